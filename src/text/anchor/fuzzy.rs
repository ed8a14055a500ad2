//! Approximate search (Sellers 1980): the edit distance of a pattern to every end in a text.

use std::cmp::Reverse;

use super::super::{Offset, Stretch, Text};
use super::Context;

/// Shorter quotations (code points) are similar to anything.
const SHORTEST: usize = 8;
/// The search near the old place covers this many code points on each side, or four lengths of the quotation, as
/// far as the work allows.
const WINDOW: u32 = 2_000;
/// Cells of the distance table that one search may fill.
const WORK: u64 = 50_000_000;

/// The most similar stretch and its errors: near the old place if there is one, else anywhere.
pub(super) fn find(text: &Text, exact: &str, context: &Context<'_>) -> Option<(Stretch, u32)> {
    let pattern: Vec<char> = exact.chars().collect();
    if pattern.len() < SHORTEST {
        return None;
    }
    let length = pattern.len() as u32;
    let widest = (WORK / u64::from(length)).saturating_sub(u64::from(length)) / 2;
    let reach = u64::from(WINDOW.max(length.saturating_mul(4))).min(widest) as u32;
    let near = context.near.min(text.len());
    let window = Stretch::new(near.saturating_sub(reach), (near + length + reach).min(text.len()));
    let whole = text.whole()?;
    let affordable = |area: &Stretch| u64::from(area.len()) * u64::from(length) <= WORK;
    window
        .filter(affordable)
        .and_then(|window| search(text, window, &pattern, context))
        .or_else(|| Some(whole).filter(affordable).and_then(|whole| search(text, whole, &pattern, context)))
}

/// A cell of the table: the errors, and where in the text the match began.
#[derive(Clone, Copy)]
struct Cell {
    errors: u32,
    start: u32,
}

impl Cell {
    fn with_error(self) -> Self {
        Cell { errors: self.errors + 1, start: self.start }
    }
}

fn search(text: &Text, area: Stretch, pattern: &[char], context: &Context<'_>) -> Option<(Stretch, u32)> {
    let mut allowed = pattern.len() as u32 / 5;
    let mut ends: Vec<(Cell, u32)> = Vec::new();
    let mut column: Vec<Cell> = (0..=pattern.len() as u32).map(|errors| Cell { errors, start: 0 }).collect();
    for (index, character) in text.slice(area)?.chars().enumerate() {
        let end = index as u32 + 1;
        advance(&mut column, pattern, character, end);
        let Some(&last) = column.last() else { continue };
        if last.errors > allowed || last.start >= end {
            continue;
        }
        if last.errors < allowed {
            allowed = last.errors;
            ends.clear();
        }
        ends.push((last, end));
    }
    let matches = ends.into_iter().filter_map(|(cell, end)| {
        let stretch = Stretch::new(area.start() + cell.start, area.start() + end)?;
        Some((stretch, cell.errors))
    });
    matches.filter(|&(_, errors)| errors == allowed).min_by_key(|&(stretch, _)| rank(text, stretch, pattern.len(), context))
}

/// Fills the next column of the table in place.
fn advance(column: &mut [Cell], pattern: &[char], character: char, end: u32) {
    let Some((first, rest)) = column.split_first_mut() else {
        return;
    };
    let mut diagonal = *first;
    *first = Cell { errors: 0, start: end };
    let mut above = *first;
    for (cell, &wanted) in rest.iter_mut().zip(pattern) {
        let left = *cell;
        let best = if wanted == character {
            diagonal
        } else if diagonal.errors <= left.errors && diagonal.errors <= above.errors {
            diagonal.with_error()
        } else if left.errors <= above.errors {
            left.with_error()
        } else {
            above.with_error()
        };
        diagonal = left;
        *cell = best;
        above = best;
    }
}

/// Lower is better: more context, nearer, closer to the length of the quotation.
fn rank(text: &Text, stretch: Stretch, length: usize, context: &Context<'_>) -> (Reverse<u32>, u32, u32, Offset) {
    let before = text.prefix(stretch, context.prefix.chars().count() as u32);
    let after = text.suffix(stretch, context.suffix.chars().count() as u32);
    (Reverse(context.score(before, after)), context.distance(stretch.start()), stretch.len().abs_diff(length as u32), stretch.start())
}
