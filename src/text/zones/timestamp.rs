//! Lines that hold a date or a time and nothing else.

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// What may stand beside a date.
const COMPANIONS: [&str; 41] = [
    "updated",
    "published",
    "posted",
    "last",
    "modified",
    "first",
    "created",
    "date",
    "time",
    "issued",
    "edited",
    "on",
    "at",
    "of",
    "the",
    "by",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "h",
    "hrs",
    "hours",
    "local",
    "noon",
    "midnight",
    "gmt",
    "utc",
    "est",
    "edt",
    "pst",
    "pdt",
    "cst",
    "cdt",
    "bst",
    "cet",
    "cest",
    "ist",
    "et",
    "z",
];
const UNITS: [&str; 10] = ["minute", "minutes", "min", "mins", "hour", "hours", "day", "days", "week", "weeks"];

/// Whether the line is a date or a time, perhaps with `Updated:`, `Published on …`, a weekday or a time zone.
pub(super) fn is_timestamp(line: &str) -> bool {
    // No date is longer; keeps long paragraphs out cheaply.
    if line.len() > 120 {
        return false;
    }
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    is_ago(&words)
        || words.iter().all(|word| is_dated(word))
            && words.iter().any(|word| starts_with_digit(word))
            && (names_a_day(&words) || has_numeric_date(&lower) || has_clock(&lower))
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_dated(word: &str) -> bool {
    COMPANIONS.contains(&word) || is_month(word) || is_day(word) || is_count(word)
}

/// `7`, `2023`, `3rd`, `22T20`, `34Z`, `9pm`.
fn is_count(word: &str) -> bool {
    let tail = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = word.len() - tail.len();
    let clock = tail.strip_prefix('t').is_some_and(|hour| (1..=6).contains(&hour.len()) && hour.bytes().all(|b| b.is_ascii_digit()));
    (1..=9).contains(&digits) && (clock || matches!(tail, "" | "st" | "nd" | "rd" | "th" | "z" | "am" | "pm" | "h"))
}

fn is_month(word: &str) -> bool {
    word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(word) && (word.len() <= 4 || *month == word))
}

fn is_day(word: &str) -> bool {
    word.len() >= 3 && DAYS.iter().any(|day| day.starts_with(word) && (word.len() <= 5 || *day == word))
}

fn names_a_day(words: &[&str]) -> bool {
    words.iter().any(|word| is_month(word))
}

/// `2023-06-22`, `22.06.2023`, `6/22/23`.
fn has_numeric_date(line: &str) -> bool {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | 't')).any(|word| {
        let parts: Vec<&str> = word.split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
        parts.len() == 3
            && parts.iter().all(|part| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
            && parts.iter().any(|part| part.len() == 4 || parts.iter().all(|part| part.len() <= 2))
    })
}

/// `20:34`.
fn has_clock(line: &str) -> bool {
    line.split(':').zip(line.split(':').skip(1)).any(|(hour, minute)| {
        let digits = hour.chars().rev().take_while(char::is_ascii_digit).count();
        (1..=2).contains(&digits) && minute.bytes().take_while(u8::is_ascii_digit).count() >= 2
    })
}

/// `3 hours ago`, `Updated 5 minutes ago`.
fn is_ago(words: &[&str]) -> bool {
    let words = match words {
        ["updated" | "published" | "posted", rest @ ..] => rest,
        all => all,
    };
    matches!(words, [count, unit, "ago"]
        if UNITS.contains(unit) && (starts_with_digit(count) || matches!(*count, "a" | "an" | "one")))
}

#[cfg(test)]
mod tests {
    use super::is_timestamp;

    #[test]
    fn dates_and_times() {
        for line in [
            "2023-06-22 20:34:00",
            "2023-06-22T20:34:00Z",
            "22 June 2023",
            "June 22, 2023",
            "Thursday, 22 June 2023 20:34",
            "Thu Jun 22, 2023 8:34 p.m. EDT",
            "Updated: 22.06.2023, 20:34",
            "Published on 06/22/2023 at 8:34 PM",
            "Last updated 2023/6/22",
            "First published: 3rd of March 2021",
            "3 hours ago",
            "20:34 GMT",
        ] {
            assert!(is_timestamp(line), "{line}");
        }
    }

    #[test]
    fn other_lines() {
        for line in ["2023", "1.2.3 beta", "The vote of 22 June 2023", "May", "First at last", "March on", "Psalm 23:4", "3-2", ""] {
            assert!(!is_timestamp(line), "{line}");
        }
    }
}
