//! What was left out of a page on purpose, counted in words.

use std::collections::BTreeMap;

use crate::format::exchange::{Done, Foreign, Spot};
use crate::order::InOrder;

/// Words that were cut, by what they belonged to.
#[derive(Debug, Default)]
pub(super) struct Cuts(BTreeMap<&'static str, usize>);

impl Cuts {
    pub fn add(&mut self, what: &'static str, words: usize) {
        if words > 0 {
            *self.0.entry(what).or_default() += words;
        }
    }

    /// Says them in one line, the greatest first.
    pub fn told(self, spot: &Spot, foreign: &mut Foreign) {
        if self.0.is_empty() {
            return;
        }
        let mut cuts: Vec<(&str, usize)> = self.0.into_iter().collect();
        cuts.put_in_order_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let parts: Vec<String> =
            cuts.iter().map(|(what, count)| format!("{count} word{} {what}", if *count == 1 { "" } else { "s" })).collect();
        foreign.trouble(spot.clone(), format!("cut: {}", parts.join(", ")), Done::Cut);
    }
}

/// Words as white space parts them, and two letters for a word where scripts do without it: enough to say how much it was.
pub(super) fn words_in(text: &str) -> usize {
    const FIRST_WITHOUT_SPACES: char = '\u{2e80}';
    text.split_whitespace().map(|word| 1.max(word.chars().filter(|letter| *letter >= FIRST_WITHOUT_SPACES).count() / 2)).sum()
}
