//! Small sentences that several dialogs share.

pub use crate::session::{counted, quoted};

/// So many bytes, as people say it: `under 1 KB`, `34 KB`, `1.2 MB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")];
    for (unit, name) in UNITS {
        // Rounding must not show 1000 KB.
        if bytes >= unit - unit / 2000 {
            let tenths = (bytes * 10 + unit / 2) / unit;
            let exact = tenths < 100 && name != "KB" && !tenths.is_multiple_of(10);
            return if exact { format!("{}.{} {name}", tenths / 10, tenths % 10) } else { format!("{} {name}", (bytes + unit / 2) / unit) };
        }
    }
    "under 1 KB".to_owned()
}

/// What has to be typed before a project is deleted: its title, or as many of its first words as are not too many; `delete`
/// where it has none that can be typed.
pub fn confirmation(title: &str) -> String {
    const MOST: usize = 30;
    let mut phrase = String::new();
    for word in title.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)) {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if phrase.chars().count() + word.chars().count() >= MOST {
            break;
        }
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(word);
    }
    if phrase.is_empty() { DELETE.to_owned() } else { phrase }
}

/// The word that always confirms where a keyboard may lack the title's letters.
pub const DELETE: &str = "delete";

/// Whether `typed` is what [`confirmation`] asks for, whatever its case, punctuation and spaces.
pub fn confirms(typed: &str, phrase: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let typed = letters(typed);
    typed == letters(phrase) || (!phrase.is_ascii() && typed == DELETE)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_say_them() {
        let said: Vec<String> =
            [0, 999, 1_000, 34_400, 999_499, 999_600, 1_240_000, 12_300_000, 2_000_000_000, 64_000_000_000].map(size).into();
        assert_eq!(said, ["under 1 KB", "under 1 KB", "1 KB", "34 KB", "999 KB", "1 MB", "1.2 MB", "12 MB", "2 GB", "64 GB"]);
    }

    #[test]
    fn a_deletion_is_confirmed_by_the_title_or_its_first_words() {
        assert_eq!(confirmation("Sample: two articles"), "Sample two articles");
        assert_eq!(confirmation("A survey of how newspapers quote their sources"), "A survey of how newspapers");
        assert_eq!(confirmation("📰 صحافة 📰"), "صحافة");
        for without_words in ["📰📰", " — ", &"ش".repeat(200)] {
            assert_eq!(confirmation(without_words), DELETE);
        }
    }

    #[test]
    fn case_spaces_and_punctuation_do_not_matter_to_a_confirmation() {
        assert!(confirms(" sample:  Two articles.", "Sample two articles"));
        assert!(!confirms("Sample two article", "Sample two articles") && !confirms("", "Sample") && !confirms("delete", "Sample"));
        assert!(confirms("delete", "صحافة") && confirms("صحافة", "صحافة"));
    }
}
