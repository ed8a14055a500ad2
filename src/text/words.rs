//! Words, sentences and grapheme clusters, by Unicode Standard Annex #29.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::{Offset, Stretch, Text, sentence_ends};

/// The tokens of `within`: its word-boundary segments that are not white space, punctuation included.
///
/// The edges of `within` count as boundaries. Empty when `within` ends past the text.
pub fn words(text: &Text, within: Stretch) -> Vec<Stretch> {
    let mut words = Vec::new();
    let slice = text.slice(within).unwrap_or_default();
    let bytes = slice.as_bytes();
    let is_space = |byte: usize| bytes.get(byte).is_none_or(|byte| is_space(*byte));
    // Where the next piece between white space begins, in bytes and in code points.
    let (mut byte, mut start) = (0, within.start());
    while byte < bytes.len() {
        let before = (byte, start);
        let space = bytes[byte..].iter().take_while(|byte| self::is_space(**byte)).count();
        (byte, start) = (byte + space, start + space as u32);
        // The library looks each letter up in a table. Of what most texts are made of, a word with a mark behind it, the rules say the same.
        let letters = bytes[byte..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let is_marked = bytes.get(byte + letters).is_some_and(u8::is_ascii_punctuation);
        let behind = byte + letters + usize::from(is_marked && bytes[byte + letters] != b'_');
        if is_space(behind) {
            let end = start + letters as u32;
            words.extend(Stretch::new(start, end));
            words.extend(Stretch::new(end, start + (behind - byte) as u32));
            (byte, start) = (behind, start + (behind - byte) as u32);
            continue;
        }
        // What is none of ASCII may belong to the white space before it.
        let (from, origin) = if bytes[byte].is_ascii() { (byte, start) } else { before };
        let end = piece_end(slice, byte);
        words.extend(segments(origin, slice[from..end].split_word_bounds()).filter(|(_, word)| !is_white(word)).map(|(word, _)| word));
        (byte, start) = (end, origin + slice[from..end].chars().count() as u32);
    }
    words
}

/// White space of ASCII.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// The first run of white space of ASCII behind `from` that does not belong to other white space before it, in bytes.
fn piece_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut runs = (from + 1..text.len()).filter(|at| is_space(bytes[*at]) && !is_space(bytes[at - 1]));
    runs.find(|at| bytes[at - 1].is_ascii() || !text[..*at].ends_with(char::is_whitespace)).unwrap_or(text.len())
}

fn is_white(word: &str) -> bool {
    word.chars().all(char::is_whitespace)
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    use proptest::prelude::*;

    const PIECES: [&str; 44] = [
        "a", "word", "B2", "7", "3.5", "1,000", "_", "a_b", "don't", "don’t", "é", "ж", "漢", "か", "カ", "ा", "ب", "א", "א\"", "٣", ".",
        ",", ":", ";", "'", "\"", "-", "—", "(", "%", " ", "  ", "\t", "\n", "\r\n", "\u{b}", "\u{a0}", "\u{2003}", "\u{3000}", "🙂", "🇫",
        "\u{301}", "\u{200d}", "\u{ad}",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop_oneof![
            3 => prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..40).prop_map(|pieces| pieces.concat()),
            1 => prop::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// The reference is the library, asked about the whole text.
        #[test]
        fn tokens_are_what_the_library_says(text in text()) {
            let expected: Vec<&str> = text.split_word_bounds().filter(|word| !is_white(word)).collect();
            let whole = Text::new(text.as_str());
            let words = whole.whole().map(|all| words(&whole, all)).unwrap_or_default();
            let words: Vec<&str> = words.into_iter().filter_map(|word| whole.slice(word)).collect();
            prop_assert_eq!(words, expected);
        }
    }
}
