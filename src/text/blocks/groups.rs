//! Groups of sentences for a text without paragraphs.

use unicode_segmentation::UnicodeSegmentation;

use super::super::marks::{ends_abbreviated, ends_sentence, pairs};
use super::super::words::segments;
use super::super::{Offset, Stretch, Text, next_grapheme, sentences};
use crate::order::InOrder;

/// A group may end from here on (all in code points).
const SHORTEST: u32 = 300;
/// A group ends before the sentence that would make it longer.
const LONGEST: u32 = 500;
/// A group inside a quotation ends here all the same.
const LONGEST_QUOTED: u32 = 900;
/// A last group shorter than this joins the group before.
const REMAINDER: u32 = 150;
/// A longer sentence is cut between words, …
const SENTENCE: u32 = 4_000;
/// … in pieces of this length.
const PIECE: u32 = 1_000;
/// A longer pair of quotation marks is taken for a slip.
const QUOTATION: u32 = 1_500;

/// Adds the offsets inside `piece` where a group begins.
pub(super) fn cut(text: &Text, piece: Stretch, cuts: &mut Vec<Offset>) {
    if piece.len() <= LONGEST + REMAINDER {
        return;
    }
    let content = text.slice(piece).unwrap_or_default();
    let quotations = quotations(piece.start(), content);
    let mut start = piece.start();
    let mut candidate = None;
    for sentence in sentences(text, piece) {
        let end = sentence.end();
        if end - start > LONGEST
            && let Some(cut) = candidate.take()
        {
            cuts.push(cut);
            start = cut;
        }
        if sentence.len() > SENTENCE {
            cuts.push(sentence.start());
            start = cut_words(text, sentence, cuts);
        }
        let length = end - start;
        let fits = length >= SHORTEST && !is_inside(&quotations, end) && is_end(text, sentence);
        if fits || length >= LONGEST_QUOTED {
            candidate = Some(end);
        }
    }
    cuts.extend(candidate.filter(|&cut| piece.end() - cut >= REMAINDER));
}

/// Whether the full stop is no abbreviation's, and no line break alone ends the sentence.
fn is_end(text: &Text, sentence: Stretch) -> bool {
    let content = text.slice(sentence).unwrap_or_default();
    ends_sentence(content) && !ends_abbreviated(content)
}

fn quotations(origin: Offset, content: &str) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = pairs(None, content)
        .into_iter()
        .filter(|(open, close)| close - open <= QUOTATION)
        .filter_map(|(open, close)| Stretch::new(origin + open, origin + close + 1))
        .collect();
    found.put_in_order();
    // Only the outermost count.
    let mut outer: Vec<Stretch> = Vec::new();
    for quotation in found {
        if outer.last().is_none_or(|last| !last.overlaps(quotation)) {
            outer.push(quotation);
        }
    }
    outer
}

fn is_inside(quotations: &[Stretch], offset: Offset) -> bool {
    let index = quotations.partition_point(|quotation| quotation.end() <= offset);
    quotations.get(index).is_some_and(|quotation| quotation.start() < offset)
}

/// Cuts a very long sentence between words, and inside a word only where that is too long; the start of the last piece.
fn cut_words(text: &Text, sentence: Stretch, cuts: &mut Vec<Offset>) -> Offset {
    let content = text.slice(sentence).unwrap_or_default();
    let mut start = sentence.start();
    let mut after_space = false;
    for (word, token) in segments(sentence.start(), content.split_word_bounds()) {
        let space = token.chars().all(char::is_whitespace);
        let length = word.start() - start;
        if !space && (length >= PIECE && after_space || length >= 2 * PIECE) {
            cuts.push(word.start());
            start = word.start();
        }
        while word.end() - start > SENTENCE {
            let cut = next_grapheme(text, start + (SENTENCE - 1));
            if cut >= word.end() {
                break;
            }
            cuts.push(cut);
            start = cut;
        }
        after_space = space;
    }
    start
}
