//! Headlines inside a paragraph whose breaks were lost, found by the gaps that are left.

use super::super::Stretch;
use super::super::layout::{Hint, HintKind, Paragraph, hints};
use super::super::marks::{ends_abbreviated, ends_sentence, is_terminator};
use super::is_headline_text;

/// In code points.
const LONGEST: u32 = 120;
const FEWEST_WORDS: usize = 3;

/// The headlines inside one paragraph.
///
/// Three shapes are known: a fragment between two gaps; a fragment between the end of a sentence and a gap
/// (`… regime. Minister visits city␣␣ In a meeting …`); a whole quotation behind a gap, followed by a new sentence
/// (`…␣␣ “We are one” Raisi praised …`).
pub(super) fn headlines(paragraph: &Paragraph<'_>) -> Vec<Stretch> {
    let hints = hints(paragraph.content);
    if hints.is_empty() {
        return Vec::new();
    }
    let characters: Vec<char> = paragraph.content.chars().collect();
    let soft_counts = soft_gaps_are_rare(&hints, &characters);
    let mut headlines = Vec::new();
    let mut previous: Option<Hint> = None;
    for hint in hints.into_iter().filter(|hint| hint.kind == HintKind::Hard || soft_counts) {
        let before = fragment_before(&characters, hint, previous);
        let behind = if hint.after_sentence { quotation_behind(&characters, hint.gap_end) } else { None };
        let origin = paragraph.stretch.start();
        let found = before.into_iter().chain(behind);
        headlines.extend(found.filter_map(|(start, end)| Stretch::new(origin + start, origin + end)));
        previous = Some(hint);
    }
    headlines
}

/// Whether plain double spaces are exceptions, not the typist's habit after each sentence.
fn soft_gaps_are_rare(hints: &[Hint], characters: &[char]) -> bool {
    let soft = hints.iter().filter(|hint| hint.kind == HintKind::Soft && hint.after_sentence).count();
    let single = characters.windows(3).filter(|window| is_terminator(window[0]) && window[1] == ' ' && window[2].is_uppercase()).count();
    soft < single
}

/// The headline that ends at the gap, if it is no sentence.
fn fragment_before(characters: &[char], hint: Hint, previous: Option<Hint>) -> Option<(u32, u32)> {
    if hint.after_sentence || !begins_sentence(characters, hint.gap_end) {
        return None;
    }
    let floor = previous.map_or(0, |previous| previous.gap_end);
    let after_gap = match previous {
        Some(previous) => previous.after_sentence,
        None => hint.kind == HintKind::Hard,
    };
    let start = match last_sentence_start(characters, floor, hint.gap_start) {
        Some(start) if hint.kind == HintKind::Hard => start,
        None if after_gap => floor,
        _ => return None,
    };
    is_headline_at(characters, start, hint.gap_start).then_some((start, hint.gap_start))
}

/// Where the last sentence between `floor` and `end` begins behind another; `None` when there is but one.
fn last_sentence_start(characters: &[char], floor: u32, end: u32) -> Option<u32> {
    let lowest = floor.max(end.saturating_sub(LONGEST + 1));
    (lowest + 2..end).rev().find(|&start| {
        characters[start as usize - 1] == ' ' && begins_sentence(characters, start) && {
            let before: String = characters[lowest as usize..start as usize].iter().collect();
            ends_sentence(&before) && !ends_abbreviated(&before)
        }
    })
}

/// The quotation that starts behind the gap, when a new sentence follows it without a comma or a word of saying.
fn quotation_behind(characters: &[char], start: u32) -> Option<(u32, u32)> {
    let closing = match characters.get(start as usize)? {
        '“' => '”',
        '«' => '»',
        '„' => '“',
        '"' => '"',
        _ => return None,
    };
    let length = characters.iter().skip(start as usize + 1).take(LONGEST as usize).position(|&c| c == closing)?;
    let end = start + length as u32 + 2;
    let last = characters.get(end as usize - 2)?;
    let follows = characters.get(end as usize) == Some(&' ') && begins_sentence(characters, end + 1);
    (follows && last.is_alphanumeric() && !is_attributed(characters, end as usize) && is_headline_at(characters, start, end))
        .then_some((start, end))
}

/// Whether one of the next words is a word of saying, so that the quotation belongs to a sentence.
fn is_attributed(characters: &[char], end: usize) -> bool {
    const SAYING: [&str; 24] = [
        "said",
        "says",
        "say",
        "added",
        "adds",
        "stated",
        "states",
        "told",
        "tells",
        "noted",
        "notes",
        "asked",
        "asks",
        "wrote",
        "writes",
        "declared",
        "insisted",
        "warned",
        "argued",
        "claimed",
        "explained",
        "replied",
        "remarked",
        "announced",
    ];
    let next: String = characters.iter().skip(end).take(60).collect();
    next.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(5).any(|word| SAYING.contains(&word))
}

fn is_headline_at(characters: &[char], start: u32, end: u32) -> bool {
    let fragment: String = characters[start as usize..end as usize].iter().collect();
    end - start <= LONGEST && fragment.split_whitespace().count() >= FEWEST_WORDS && is_headline_text(&fragment)
}

fn begins_sentence(characters: &[char], start: u32) -> bool {
    characters
        .get(start as usize)
        .is_some_and(|&c| c.is_numeric() || c.is_alphabetic() && !c.is_lowercase() || matches!(c, '“' | '"' | '‘' | '«' | '„'))
}
