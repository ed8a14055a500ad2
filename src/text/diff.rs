//! Where two texts differ, word by word, with some words around each place.

use std::ops::Range;
use std::rc::Rc;

use imara_diff::{Algorithm, Diff, Hunk, InternedInput};
use unicode_segmentation::UnicodeSegmentation;

use super::Offset;

/// What is between two texts, ready to be shown; sizes are bounded, whatever the texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differences {
    /// The first code point that is not the same in both, counted from the beginning of either.
    pub first: Offset,
    /// Places that differ, in the texts' order; those close to each other are one.
    pub places: Vec<Vec<Piece>>,
    /// Places beyond those shown.
    pub more: usize,
}

/// A stretch of one text or of both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub of: Side,
    pub text: Rc<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Both,
    /// Only in the first text.
    First,
    /// Only in the second text.
    Second,
}

/// Words and gaps that are compared one by one; texts that differ in more are compared line by line.
const MOST_WORDS: usize = 6_000;
const MOST_LINES: usize = 6_000;
/// Places that are shown.
const MOST_PLACES: usize = 12;
/// Pieces that a place is shown in; one with more ends in an ellipsis.
const MOST_PIECES: usize = 60;
/// Words and gaps around a place.
const AROUND: u32 = 14;
/// Code points of a piece that are shown.
const MOST_LETTERS: usize = 240;
/// Bytes in which the beginning of a word is sought.
const A_WORD: usize = 200;

/// The differences of two texts; `None` where there is none.
///
/// What both begin and end with is not looked at, and the rest by Myers' algorithm with the heuristics of git, which give up on
/// the shortest answer where it would take long.
pub fn differences(first: &str, second: &str) -> Option<Differences> {
    if first == second {
        return None;
    }
    let begin = common(first.chars(), second.chars());
    let (rest, other) = (&first[begin..], &second[begin..]);
    let end = common(rest.chars().rev(), other.chars().rev());
    // Some of what is common stays, as the words around the first and the last place.
    let from = word_before(first, begin);
    let (first_to, second_to) = (first.len() - end, second.len() - end);
    let tail = word_after(&first[first_to..]);
    let (a, b) = (&first[from..first_to + tail], &second[from..second_to + tail]);
    let (places, more) = compared(a, b);
    let at = first[..begin].chars().count();
    Some(Differences { first: Offset::new(u32::try_from(at).unwrap_or(u32::MAX)), places, more })
}

/// Bytes of the code points that two texts begin with.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b).map(|(letter, _)| letter.len_utf8()).sum()
}

/// Some words before `at`, from the beginning of one.
fn word_before(text: &str, at: usize) -> usize {
    let mut from = at.saturating_sub(A_WORD);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    match text[from..at].find(char::is_whitespace) {
        Some(gap) if from > 0 => from + gap,
        _ => from,
    }
}

/// Bytes of some words at the beginning, to the end of one.
fn word_after(text: &str) -> usize {
    let mut to = A_WORD.min(text.len());
    while !text.is_char_boundary(to) {
        to += 1;
    }
    match text[..to].rfind(char::is_whitespace) {
        Some(gap) if to < text.len() => gap,
        _ => to,
    }
}

fn compared(a: &str, b: &str) -> (Vec<Vec<Piece>>, usize) {
    let words = |text| UnicodeSegmentation::split_word_bounds(text).take(MOST_WORDS + 1).collect::<Vec<&str>>();
    let (of_a, of_b) = (words(a), words(b));
    if of_a.len() <= MOST_WORDS && of_b.len() <= MOST_WORDS {
        return places(&of_a, &of_b, AROUND);
    }
    // The last piece is all that is left.
    let lines = |text| str::splitn(text, MOST_LINES, '\n').collect::<Vec<&str>>();
    places(&lines(a), &lines(b), 1)
}

fn places(a: &[&str], b: &[&str], around: u32) -> (Vec<Vec<Piece>>, usize) {
    let mut input = InternedInput::default();
    input.update_before(a.iter().copied());
    input.update_after(b.iter().copied());
    let diff = Diff::compute(Algorithm::Myers, &input);
    let gap = if around == 1 { "\n" } else { "" };
    let joined = |tokens: &[&str], range: Range<u32>| tokens[range.start as usize..range.end as usize].join(gap);
    let (of_first, of_second) = (|range| joined(a, range), |range| joined(b, range));
    let hunks: Vec<Hunk> = diff.hunks().collect();
    let together = hunks.chunk_by(|one, next| next.before.start - one.before.end <= 2 * around);
    let mut places = Vec::new();
    let mut all = 0;
    for of_place in together {
        all += 1;
        let [first, ..] = of_place else { continue };
        if places.len() == MOST_PLACES {
            continue;
        }
        let from = first.before.start.saturating_sub(around);
        let mut place = Vec::from_iter(piece(Side::Both, &of_first(from..first.before.start), Cut::Beginning));
        for (n, hunk) in of_place.iter().enumerate() {
            if place.len() >= MOST_PIECES {
                place.push(Piece { of: Side::Both, text: "…".into() });
                break;
            }
            place.extend(piece(Side::First, &of_first(hunk.before.clone()), Cut::Middle));
            place.extend(piece(Side::Second, &of_second(hunk.after.clone()), Cut::Middle));
            let (to, cut) = match of_place.get(n + 1) {
                Some(next) => (next.before.start, Cut::Middle),
                None => ((hunk.before.end + around).min(a.len() as u32), Cut::End),
            };
            place.extend(piece(Side::Both, &of_first(hunk.before.end..to), cut));
        }
        places.push(place);
    }
    let more = all - places.len();
    (places, more)
}

/// Where a long piece is cut.
#[derive(Clone, Copy)]
enum Cut {
    Beginning,
    Middle,
    End,
}

fn piece(of: Side, text: &str, cut: Cut) -> Option<Piece> {
    let length = text.chars().count();
    let text = if length <= MOST_LETTERS {
        text.to_owned()
    } else {
        let head = |count: usize| text.chars().take(count).collect::<String>();
        let tail = |count: usize| text.chars().skip(length - count).collect::<String>();
        match cut {
            Cut::Beginning => format!("…{}", tail(MOST_LETTERS)),
            Cut::Middle => format!("{} … {}", head(MOST_LETTERS * 2 / 3), tail(MOST_LETTERS / 3)),
            Cut::End => format!("{}…", head(MOST_LETTERS)),
        }
    };
    (!text.is_empty()).then(|| Piece { of, text: text.into() })
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    /// What is only in the first stands in `[-…-]`, what is only in the second in `{+…+}`; places are parted by ` / `.
    fn drawn(first: &str, second: &str) -> String {
        let Some(found) = differences(first, second) else { return "the same".to_owned() };
        let place = |pieces: &Vec<Piece>| {
            pieces
                .iter()
                .map(|Piece { of, text }| match of {
                    Side::Both => text.to_string(),
                    Side::First => format!("[-{text}-]"),
                    Side::Second => format!("{{+{text}+}}"),
                })
                .collect::<String>()
        };
        format!("{}: {}", found.first, found.places.iter().map(place).collect::<Vec<_>>().join(" / "))
    }

    #[test]
    fn words_are_compared_whole_and_the_place_is_counted_in_code_points() {
        assert_eq!(drawn("so", "so"), "the same");
        assert_eq!(drawn("🎉 The minister spoke.", "🎉 The ministers spoke."), "14: 🎉 The [-minister-]{+ministers+} spoke.");
        assert_eq!(drawn("", "new"), "0: {+new+}");
        assert_eq!(drawn("one\ntwo", "one\r\ntwo"), "3: one[-\n-]{+\r\n+}two");
        assert_eq!(drawn("aaa", "aa"), "2: [-aaa-]{+aa+}");
    }

    #[test]
    fn places_far_from_each_other_are_shown_apart_and_only_so_many() {
        let long = (0..200).map(|n| format!("w{n}")).collect::<Vec<_>>();
        let mut other = long.clone();
        (other[20], other[150]) = ("x".into(), "y".into());
        assert_eq!(
            drawn(&long.join(" "), &other.join(" ")),
            "70: w13 w14 w15 w16 w17 w18 w19 [-w20-]{+x+} w21 w22 w23 w24 w25 w26 w27 / w143 w144 w145 w146 w147 w148 w149 [-w150-]{+y+} w151 w152 w153 w154 w155 w156 w157"
        );
        let all: Vec<String> = long.iter().enumerate().map(|(n, word)| if n % 20 == 0 { "z".into() } else { word.clone() }).collect();
        let long = [long.clone(), long.clone(), long].concat().join(" ");
        let all = [all.clone(), all.clone(), all].concat().join(" ");
        let found = differences(&long, &all).expect("differences");
        assert_eq!((found.places.len(), found.more), (MOST_PLACES, 18));
    }

    #[test]
    fn long_texts_with_nothing_in_common_are_compared_in_bounded_time_and_shown_in_part() {
        let text = |seed: u64| -> String {
            let mut state = seed;
            let mut word = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                format!("{:x}", state >> 54)
            };
            (0..19_000).map(|_| word()).collect::<Vec<_>>().join(" ")
        };
        for (a, b) in [
            (text(1)[..11_000].to_owned(), text(2)[..11_000].to_owned()),
            (text(1), text(2)),
            (text(1).replace(' ', "\n").repeat(30), text(2).replace(' ', "\n").repeat(30)),
        ] {
            let found = differences(&a, &b).expect("differences");
            assert!(found.places.len() <= MOST_PLACES);
            let letters: usize = found.places.iter().flatten().map(|piece| piece.text.chars().count()).sum();
            assert!(letters <= 200_000, "{letters}");
        }
    }
}
