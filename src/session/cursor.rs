use super::{Edge, Motion, Page, Unit};
use crate::edit::blocks_touched;
use crate::model::Article;
use crate::text::{Offset, Stretch, Text, next_grapheme, previous_grapheme, sentences, snap, words};

/// A selection in the making: it was begun at `anchor` and reaches to `head`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub anchor: Stretch,
    pub head: Stretch,
}

impl Selection {
    pub fn at(stretch: Stretch) -> Self {
        Self { anchor: stretch, head: stretch }
    }

    pub fn stretch(self) -> Stretch {
        self.anchor.cover(self.head)
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
        Unit::Article if motion.forward => words(text, page.blocks.last()?.stretch).last().copied(),
        Unit::Article => cursor_at(article, page, Offset::default()),
    }
}

/// Where the head of a selection goes: as the cursor does, but a sentence step stops at the sentence's last word.
pub(super) fn extended(article: &Article, page: &Page, selection: Selection, motion: Motion) -> Option<Stretch> {
    if motion.unit != Unit::Sentence || !motion.forward {
        return moved(article, page, selection.head, motion);
    }
    let text = &article.text;
    let after = moved(article, page, selection.head, Motion { unit: Unit::Word, forward: true })?;
    let block = page.blocks[page.block_at(after.start())?].stretch;
    let sentence = sentences(text, block).into_iter().find(|sentence| sentence.contains(after.start()))?;
    // The closing full stop is no part of a span.
    words(text, sentence)
        .into_iter()
        .rev()
        .find(|word| text.slice(*word).is_some_and(crate::text::is_wordlike) && word.end() > selection.head.end())
        .or(Some(after))
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
    let stops = words.iter().map(|word| match edge {
        Edge::Start => word.start(),
        Edge::End => word.end(),
    });
    if motion.forward { stops.filter(|stop| *stop > offset).min() } else { stops.filter(|stop| *stop < offset).max() }
}

/// What a pointer's selection means: snapped to words, or exactly as it is.
pub(super) fn selected(article: &Article, page: &Page, stretch: Stretch, exact: bool) -> Option<Stretch> {
    if exact {
        return Some(stretch);
    }
    let touched = blocks_touched(&page.reading, stretch);
    let near: Vec<Stretch> = page.blocks.get(touched)?.iter().flat_map(|block| words(&article.text, block.stretch)).collect();
    snap(&article.text, stretch, &near)
}

fn step_word(article: &Article, page: &Page, from_block: usize, forward: bool) -> Option<Stretch> {
    if forward {
        page.blocks[from_block + 1..].iter().find_map(|block| words(&article.text, block.stretch).first().copied())
    } else {
        page.blocks[..from_block].iter().rev().find_map(|block| words(&article.text, block.stretch).last().copied())
    }
}
