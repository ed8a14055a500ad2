//! Reading blocks: a text laid out in paragraphs, whatever its line breaks.

mod groups;

use super::layout::{Paragraph, hints, paragraphs};
use super::{Offset, Stretch, Text, Zone, ZoneKind, ceil_grapheme, floor_grapheme};
use crate::order::InOrder;

/// A paragraph longer than this (code points) is a run-on text, read in groups of sentences.
const RUN_ON: u32 = 900;

/// A stretch of text that is laid out as one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// With its trailing white space.
    pub stretch: Stretch,
    /// Where the trailing white space begins; the start for a block of white space only.
    pub content_end: Offset,
}

/// The reading blocks, in order; they partition the text.
///
/// A block is a paragraph, cut at the edges of zones other than datelines. A paragraph of more than 900 code points is
/// cut at the gaps where paragraph breaks were lost (NBSP and space after a sentence), then in groups of sentences of
/// 300–500 code points, outside quotations where that is possible. A sentence of more than 4,000 is cut between words.
/// White space in front of the text belongs to the first block, all other to the block before it.
pub fn blocks(text: &Text, zones: &[Zone]) -> Vec<Block> {
    let mut cuts = Vec::new();
    let paragraphs = paragraphs(text);
    let mut zones = zones.iter().peekable();
    for paragraph in &paragraphs {
        cuts.push(paragraph.stretch.start());
        let mut inner = Vec::new();
        while let Some(zone) = zones.peek()
            && zone.stretch.start() < paragraph.stretch.end()
        {
            inner.extend(edges(text, paragraph, zone));
            if zone.stretch.end() > paragraph.stretch.end() {
                break;
            }
            zones.next();
        }
        cut_paragraph(text, paragraph, inner, &mut cuts);
    }
    assemble(text, cuts)
}

/// Where the zone makes a block begin inside the paragraph.
fn edges(text: &Text, paragraph: &Paragraph<'_>, zone: &Zone) -> Vec<Offset> {
    if zone.kind == ZoneKind::Dateline {
        return Vec::new();
    }
    [zone.stretch.start(), zone.stretch.end()]
        .into_iter()
        .filter(|&edge| paragraph.stretch.start() < edge && edge < paragraph.stretch.end())
        .map(|edge| ceil_grapheme(text, edge))
        .collect()
}

fn cut_paragraph(text: &Text, paragraph: &Paragraph<'_>, mut inner: Vec<Offset>, cuts: &mut Vec<Offset>) {
    let stretch = paragraph.stretch;
    if stretch.len() > RUN_ON {
        let lost = hints(paragraph.content).into_iter().filter(|hint| hint.is_lost_break());
        inner.extend(lost.map(|hint| stretch.start() + hint.gap_end));
        inner.put_in_order();
        inner.dedup();
    }
    let mut start = stretch.start();
    inner.push(stretch.end());
    for end in inner {
        if let Some(piece) = Stretch::new(start, end) {
            cuts.push(start);
            if stretch.len() > RUN_ON {
                groups::cut(text, piece, cuts);
            }
            start = end;
        }
    }
}

/// Makes blocks of the offsets where they begin.
fn assemble(text: &Text, mut cuts: Vec<Offset>) -> Vec<Block> {
    for cut in &mut cuts {
        *cut = floor_grapheme(text, skip_space(text, *cut));
    }
    cuts.put_in_order();
    cuts.dedup();
    let mut starts = vec![Offset::ZERO];
    starts.extend(cuts.into_iter().skip(1).filter(|&cut| cut < text.len()));
    starts.dedup();
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(&start, end)| Stretch::new(start, end))
        .map(|stretch| {
            let content = text.slice(stretch).unwrap_or_default().trim_end();
            Block { stretch, content_end: stretch.start() + content.chars().count() as u32 }
        })
        .collect()
}

/// The first offset from `offset` on that is not white space.
fn skip_space(text: &Text, offset: Offset) -> Offset {
    let rest = Stretch::new(offset, text.len()).and_then(|rest| text.slice(rest));
    let space = rest.unwrap_or_default().chars().take_while(|c| c.is_whitespace()).count();
    offset + space as u32
}
