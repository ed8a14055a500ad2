use super::{Edge, Motion, Page, Unit};
use crate::edit::blocks_touched;
use crate::model::Article;
use crate::text::{
    Offset, Stretch, Text, begins_with, is_solid, next_grapheme, parts_clauses, previous_grapheme, quotation_end, sentences, snap, words,
};

/// A selection in the making: it was begun at `anchor` and reaches to `head`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub anchor: Stretch,
    pub head: Stretch,
    stretch: Stretch,
}

impl Selection {
    /// Made by keys: without what is stray at its ends, unless it is `exact`.
    pub(super) fn between(article: &Article, page: &Page, anchor: Stretch, head: Stretch, exact: bool) -> Self {
        let cover = anchor.cover(head);
        let snapped = || snap(&article.text, cover, &near(article, page, cover));
        Self { anchor, head, stretch: if exact { cover } else { snapped().unwrap_or(cover) } }
    }

    /// Made by pointer: whole words, unless it is `exact`; keys go on from its last word. `None` where it means nothing.
    pub(super) fn over(article: &Article, page: &Page, stretch: Stretch, exact: bool) -> Option<Self> {
        let near = near(article, page, stretch);
        let stretch = if exact { stretch } else { snap(&article.text, stretch, &near)? };
        let inside = |word: &&Stretch| stretch.contains_stretch(**word);
        let anchor = near.iter().find(inside).copied().unwrap_or(stretch);
        Some(Self { anchor, head: near.iter().rfind(inside).copied().unwrap_or(anchor), stretch })
    }

    /// What is selected.
    pub fn stretch(self) -> Stretch {
        self.stretch
    }
}

/// The word at `offset`, or else the next one, or else the last one; `None` in a text without words.
pub fn cursor_at(article: &Article, page: &Page, offset: Offset) -> Option<Stretch> {
    let at = page.block_at(offset)?;
    let here = words(&article.text, page.blocks[at].stretch);
    if let Some(word) = here.iter().find(|word| word.end() > offset) {
        return Some(*word);
    }
    step_word(article, page, at, true).or_else(|| here.last().copied()).or_else(|| step_word(article, page, at, false))
}

/// The stretch that a step of `motion` leads to from `from`: a word, and for graphemes the grapheme itself.
pub(super) fn moved(article: &Article, page: &Page, from: Stretch, motion: Motion) -> Option<Stretch> {
    let text = &article.text;
    match motion.unit {
        Unit::Grapheme if motion.forward => Stretch::new(from.end(), next_grapheme(text, from.end())),
        Unit::Grapheme => Stretch::new(previous_grapheme(text, from.start()), from.start()),
        Unit::Word => {
            let at = page.block_at(from.start())?;
            let here = words(text, page.blocks[at].stretch);
            let next = if motion.forward {
                here.iter().find(|word| word.start() >= from.end()).copied()
            } else {
                here.iter().rev().find(|word| word.end() <= from.start()).copied()
            };
            next.or_else(|| step_word(article, page, at, motion.forward))
        }
        Unit::Sentence => {
            let at = page.block_at(from.start())?;
            let here = sentences(text, page.blocks[at].stretch);
            let index = here.iter().position(|sentence| sentence.contains(from.start()))?;
            let target = if motion.forward {
                here.get(index + 1).map(|sentence| sentence.start())
            } else if words(text, here[index]).first().is_some_and(|first| first.start() < from.start()) {
                Some(here[index].start())
            } else {
                index.checked_sub(1).map(|index| here[index].start())
            };
            match target {
                Some(offset) => cursor_at(article, page, offset),
                None if motion.forward => step_word(article, page, at, true),
                None => {
                    let word = step_word(article, page, at, false)?;
                    let block = page.blocks[page.block_at(word.start())?].stretch;
                    let last = sentences(text, block).into_iter().rev().find(|sentence| sentence.start() <= word.start())?;
                    cursor_at(article, page, last.start())
                }
            }
        }
        Unit::Block => {
            let at = page.block_at(from.start())?;
            let next = if motion.forward { at + 1 } else { at.checked_sub(1)? };
            cursor_at(article, page, page.blocks.get(next)?.stretch.start())
        }
        // Where something ends is where a selection ends, and no place to go to; what is in hand is not known here.
        Unit::Clause | Unit::Quotation | Unit::Hand => None,
        Unit::Article if motion.forward => words(text, page.blocks.last()?.stretch).last().copied(),
        Unit::Article => cursor_at(article, page, Offset::default()),
    }
}

/// Where the head of a selection goes: as the cursor does, but past punctuation that a span leaves out at its ends, and a
/// sentence step stops at the sentence's last word.
pub(super) fn extended(article: &Article, page: &Page, selection: Selection, motion: Motion) -> Option<Stretch> {
    match (motion.unit, motion.forward) {
        (Unit::Word, forward) => solid(article, page, selection.head, forward),
        (Unit::Clause, _) => ending(article, page, selection.head, |token| parts_clauses(&article.text, token)),
        (Unit::Sentence, true) => ending(article, page, selection.head, |_| false),
        (Unit::Quotation, _) => quotation_mark(article, page, selection.anchor.cover(selection.head)),
        _ => moved(article, page, selection.head, motion),
    }
}

/// The first or the last word of `hand`, or else of the sentence in which `from` lies, without stray punctuation.
pub(super) fn end_of(article: &Article, page: &Page, hand: Option<Stretch>, from: Stretch, last: bool) -> Option<Stretch> {
    let whole = hand.or_else(|| sentence_at(article, page, from.start()))?;
    let is_inside = |word: &&Stretch| whole.overlaps(**word) && article.text.slice(**word).is_some_and(is_solid);
    let words = near(article, page, whole);
    if last { words.iter().rfind(is_inside).copied() } else { words.iter().find(is_inside).copied() }
}

/// The next or the last token that is more than stray punctuation.
pub(super) fn solid(article: &Article, page: &Page, from: Stretch, forward: bool) -> Option<Stretch> {
    let mut at = from;
    loop {
        at = moved(article, page, at, Motion { unit: Unit::Word, forward })?;
        if article.text.slice(at).is_some_and(is_solid) {
            return Some(at);
        }
    }
}

fn sentence_at(article: &Article, page: &Page, offset: Offset) -> Option<Stretch> {
    let block = page.blocks[page.block_at(offset)?].stretch;
    sentences(&article.text, block).into_iter().find(|sentence| sentence.contains(offset))
}

/// The last token behind `from` that is no stray punctuation, of its sentence or until `ends` says so.
fn ending(article: &Article, page: &Page, from: Stretch, ends: impl Fn(Stretch) -> bool) -> Option<Stretch> {
    let text = &article.text;
    let after = solid(article, page, from, true)?;
    let sentence = sentence_at(article, page, after.start())?;
    let behind = words(text, sentence).into_iter().filter(|word| word.start() >= after.start()).take_while(|word| !ends(*word));
    Some(behind.filter(|word| text.slice(*word).is_some_and(is_solid)).fold(after, |_, word| word))
}

/// The quotation mark at which what is in `hand` ends, in its block or a later one.
fn quotation_mark(article: &Article, page: &Page, hand: Stretch) -> Option<Stretch> {
    let at = page.block_at(hand.start())?;
    page.blocks[at..].iter().find_map(|block| quotation_end(&article.text, block.stretch, hand))
}

/// The next word behind `from` that begins with `letters`.
pub(super) fn beginning_with(article: &Article, page: &Page, from: Stretch, letters: &str) -> Option<Stretch> {
    let at = page.block_at(from.start())?;
    page.blocks[at..].iter().find_map(|block| begins_with(&article.text, &words(&article.text, block.stretch), from.end(), letters))
}

/// Where an `edge` that lies at `offset` goes by one step: a start to where a word begins, an end to where one ends.
pub(super) fn moved_edge(article: &Article, page: &Page, edge: Edge, offset: Offset, motion: Motion) -> Option<Offset> {
    let text: &Text = &article.text;
    if motion.unit == Unit::Grapheme {
        let to = if motion.forward { next_grapheme(text, offset) } else { previous_grapheme(text, offset) };
        return (to != offset).then_some(to);
    }
    let at = page.block_at(offset)?;
    let near = page.blocks[at.saturating_sub(1)].stretch.cover(page.blocks[(at + 1).min(page.blocks.len() - 1)].stretch);
    let words = words(text, near);
    let stops = words.iter().filter(|word| text.slice(**word).is_some_and(is_solid)).map(|word| match edge {
        Edge::Start => word.start(),
        Edge::End => word.end(),
    });
    if motion.forward { stops.filter(|stop| *stop > offset).min() } else { stops.filter(|stop| *stop < offset).max() }
}

/// The words of the blocks that a stretch touches.
pub(super) fn near(article: &Article, page: &Page, stretch: Stretch) -> Vec<Stretch> {
    let touched = page.blocks.get(blocks_touched(&page.reading, stretch)).unwrap_or_default();
    touched.iter().flat_map(|block| words(&article.text, block.stretch)).collect()
}

fn step_word(article: &Article, page: &Page, from_block: usize, forward: bool) -> Option<Stretch> {
    if forward {
        page.blocks[from_block + 1..].iter().find_map(|block| words(&article.text, block.stretch).first().copied())
    } else {
        page.blocks[..from_block].iter().rev().find_map(|block| words(&article.text, block.stretch).last().copied())
    }
}
