//! Words, sentences and grapheme clusters, by Unicode Standard Annex #29.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::{Offset, Stretch, Text, sentence_ends};

/// The tokens of `within`: its word-boundary segments that are not white space, punctuation included.
///
/// The edges of `within` count as boundaries. Empty when `within` ends past the text.
pub fn words(text: &Text, within: Stretch) -> Vec<Stretch> {
    let slice = text.slice(within).unwrap_or_default();
    segments(within.start(), slice.split_word_bounds())
        .filter(|(_, word)| !word.chars().all(char::is_whitespace))
        .map(|(stretch, _)| stretch)
        .collect()
}

/// The sentences of `within`, each with its trailing white space; they partition it.
///
/// Empty when `within` ends past the text.
pub fn sentences(text: &Text, within: Stretch) -> Vec<Stretch> {
    let slice = text.slice(within).unwrap_or_default();
    segments(within.start(), sentence_ends::split(slice)).map(|(stretch, _)| stretch).collect()
}

/// Whether a token is more than punctuation: it contains a letter or a digit.
pub fn is_wordlike(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

/// The first grapheme boundary behind `offset`; the end at the end and past it.
pub fn next_grapheme(text: &Text, offset: Offset) -> Offset {
    moved(text, offset, |cursor, whole| cursor.next_boundary(whole, 0)).unwrap_or(text.len())
}

/// The last grapheme boundary before `offset`; 0 at the start.
pub fn previous_grapheme(text: &Text, offset: Offset) -> Offset {
    let offset = offset.min(text.len());
    moved(text, offset, |cursor, whole| cursor.prev_boundary(whole, 0)).unwrap_or_default()
}

/// The last grapheme boundary that is not behind `offset`.
pub fn floor_grapheme(text: &Text, offset: Offset) -> Offset {
    let offset = offset.min(text.len());
    if is_grapheme_boundary(text, offset) { offset } else { previous_grapheme(text, offset) }
}

/// The first grapheme boundary that is not before `offset`; past the end the end.
pub fn ceil_grapheme(text: &Text, offset: Offset) -> Offset {
    let offset = offset.min(text.len());
    if is_grapheme_boundary(text, offset) { offset } else { next_grapheme(text, offset) }
}

/// Whether no grapheme cluster is cut at `offset`; true at both ends of the text.
pub fn is_grapheme_boundary(text: &Text, offset: Offset) -> bool {
    let whole = text.as_str();
    text.byte_at(offset)
        .is_some_and(|byte| GraphemeCursor::new(byte.get() as usize, whole.len(), true).is_boundary(whole, 0).unwrap_or(true))
}

fn moved<E>(text: &Text, offset: Offset, step: impl FnOnce(&mut GraphemeCursor, &str) -> Result<Option<usize>, E>) -> Option<Offset> {
    let whole = text.as_str();
    let byte = text.byte_at(offset)?.get() as usize;
    let mut cursor = GraphemeCursor::new(byte, whole.len(), true);
    let reached = step(&mut cursor, whole).ok()??;
    text.at_byte(super::ByteOffset::new(reached as u32))
}

/// Places pieces that follow each other without a gap.
pub(super) fn segments<'a>(start: Offset, pieces: impl Iterator<Item = &'a str>) -> impl Iterator<Item = (Stretch, &'a str)> {
    let mut next = start;
    pieces.filter_map(move |piece| {
        let start = next;
        next = start + piece.chars().count() as u32;
        Stretch::new(start, next).map(|stretch| (stretch, piece))
    })
}
