//! Where sentences end, by Unicode Standard Annex #29.
//!
//! The library that knows the rules looks every letter up in a table, and looks ahead anew from each mark behind a full stop, so that a
//! full stop and a hundred thousand spaces take it minutes. But a sentence ends only behind a terminator or a line end: the library is
//! asked about these and their surroundings, and everything else is passed over.

use unicode_segmentation::UnicodeSegmentation;

/// Where this many characters without a letter follow a terminator, white space not counted twice, no sentence begins behind them.
const FAR: usize = 256;

/// The sentences in order, each with its trailing white space; together they are the text.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    ends(text).into_iter().map(move |end| {
        let sentence = &text[start..end];
        start = end;
        sentence
    })
}

/// Where each ends, in bytes.
fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    // Up to here nothing is open: whether a sentence ends before it, and what stands before it, means nothing to what follows.
    let mut settled = 0;
    let mut from = 0;
    while let Some(at) = next_end(text, from) {
        let start = context(&text[settled..at]).map_or(settled, |context| settled + context);
        let mut window = Window::default();
        let mut reached = start;
        let mut far = 0;
        for c in text[start..].chars() {
            let place = reached;
            reached += c.len_utf8();
            let is_new = window.add(c, place);
            if place < at {
                continue;
            }
            far += usize::from(is_new);
            if is_letter(c) {
                settled = place;
                break;
            }
            if far >= FAR {
                settled = reached;
                break;
            }
            settled = reached;
        }
        from = reached;
        ends.extend(window.ends());
    }
    ends.extend(Some(text.len()).filter(|end| *end > 0));
    ends
}

/// The first place from `from` on where a sentence may end. Goes by bytes: most of them are letters of ASCII.
fn next_end(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text.as_bytes()[at..].iter().position(|byte| !byte.is_ascii() || may_end(char::from(*byte)))?;
        let c = text[at..].chars().next()?;
        if may_end(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Where the last character of `before` stands that tells what a full stop behind it may be.
fn context(before: &str) -> Option<usize> {
    before.char_indices().rev().find(|(_, c)| c.is_ascii() || is_letter(*c)).map(|(at, _)| at)
}

/// Whether a sentence may end behind it: not behind a letter or a digit, nor behind most of ASCII.
fn may_end(c: char) -> bool {
    match c.is_ascii() {
        true => matches!(c, '.' | '!' | '?' | '\n' | '\r'),
        false => !c.is_alphanumeric(),
    }
}

/// Whether it is a letter for sure, behind which it is settled whether a sentence ended before: not one that belongs to the letter
/// before it, as vowel signs do.
fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' => true,
        _ if c.is_ascii() => false,
        // Their vowel signs stand for themselves where graphemes are counted.
        '\u{1000}'..='\u{109f}' | '\u{1a20}'..='\u{1aaf}' | '\u{aa60}'..='\u{aa7f}' | '\u{11700}'..='\u{1174f}' => false,
        _ => c.is_alphabetic() && !joins(c),
    }
}

/// Whether it is one grapheme with a letter before it.
fn joins(c: char) -> bool {
    let mut both = [0; 8];
    both[0] = b'a';
    let length = 1 + c.encode_utf8(&mut both[1..]).len();
    std::str::from_utf8(&both[..length]).is_ok_and(|both| both.graphemes(true).count() == 1)
}

/// A stretch of the text for the library. A run of white space within a line is one character there: it means as much.
#[derive(Default)]
struct Window {
    squeezed: String,
    /// Where each character of it stands: in it, and in the text.
    places: Vec<(usize, usize)>,
}

impl Window {
    /// Whether it says more than what stands before it.
    fn add(&mut self, c: char, place: usize) -> bool {
        if is_space(c) && self.squeezed.chars().next_back().is_some_and(is_space) {
            return false;
        }
        self.places.push((self.squeezed.len(), place));
        self.squeezed.push(c);
        true
    }

    /// Where sentences end in it, in bytes of the text; its own edges are none.
    fn ends(&self) -> impl Iterator<Item = usize> {
        let mut places = self.places.iter();
        let ends = self.squeezed.split_sentence_bound_indices().map(|(start, _)| start).filter(|start| *start > 0);
        ends.filter_map(move |end| places.find(|(within, _)| *within == end).map(|(_, place)| *place))
    }
}

/// White space that ends no line.
fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    use proptest::prelude::*;

    const PIECES: [&str; 48] = [
        "a", "B", "Qe", "é", "É", "ж", "Ж", "漢", "か", "ि", "क", "์", "ท", "ำ", "ب", "א", "ာ", "က", "1", "٣", ".", "．", "…", "!", "?",
        "。", ",", ";", "-", " ", "  ", "\t", "\u{a0}", "\u{2003}", "\n", "\r\n", "\r", "\u{85}", "\u{2029}", "\"", "”", "(", ")", "🙂",
        "\u{301}", "\u{200d}", "\u{ad}", "\u{feff}",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..60).prop_map(|pieces| pieces.concat()),
            1 => prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// The reference is the library, asked about the whole text.
        #[test]
        fn they_end_where_the_library_says(text in text()) {
            let expected: Vec<&str> = text.split_sentence_bounds().collect();
            prop_assert_eq!(split(&text).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn of_every_character_it_is_known_what_it_can_do() {
        for c in ('\0'..=char::MAX).filter(|c| !c.is_control() || c.is_whitespace()) {
            if !may_end(c) {
                assert_eq!(format!("a{c}A").split_sentence_bounds().count(), 1, "{c:?} ends a sentence");
            }
            if is_letter(c) {
                let text = format!("1. {c}A");
                assert!(text.split_sentence_bounds().all(|sentence| sentence != "A"), "{c:?} settles nothing");
            }
        }
    }

    #[test]
    fn what_follows_a_full_stop_may_be_long() {
        let spaces = " ".repeat(200_000);
        assert_eq!(split(&format!("One.{spaces}Two.")).collect::<Vec<_>>(), [format!("One.{spaces}"), "Two.".to_owned()]);
        let marks = ")(".repeat(100_000);
        assert_eq!(split(&format!("One.{marks} Two. Three")).collect::<Vec<_>>(), [format!("One.{marks} Two. "), "Three".to_owned()]);
    }
}
