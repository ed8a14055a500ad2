//! Tokens and sentences, for the formats that have them.

use crate::model::{Article, Span};
use crate::text::{Offset, Stretch, blocks, sentences, words};

/// The tokens of an article (word-boundary segments of UAX #29 that are not white space), by sentence (UAX #29, cut also at the ends of
/// reading blocks).
pub struct Tokens {
    /// In order and disjoint.
    pub tokens: Vec<Stretch>,
    /// Where each sentence begins among the tokens; none is empty.
    pub sentences: Vec<usize>,
}

/// The tokens that a stretch touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    pub first: usize,
    /// Inclusive.
    pub last: usize,
    /// Whether its edges are the tokens'.
    pub is_exact: bool,
}

impl Tokens {
    pub fn of(article: &Article) -> Self {
        let (mut tokens, mut starts) = (Vec::new(), Vec::new());
        for block in blocks(&article.text, &article.zones) {
            for sentence in sentences(&article.text, block.stretch) {
                let before = tokens.len();
                tokens.extend(words(&article.text, sentence));
                if tokens.len() > before {
                    starts.push(before);
                }
            }
        }
        Self { tokens, sentences: starts }
    }

    /// `None` where it touches no token: it is white space.
    pub fn covered(&self, stretch: Stretch) -> Option<Covered> {
        let first = self.tokens.partition_point(|token| token.end() <= stretch.start());
        let behind = self.tokens.partition_point(|token| token.start() < stretch.end());
        let last = behind.checked_sub(1).filter(|last| *last >= first)?;
        let edges: (Offset, Offset) = (self.tokens[first].start(), self.tokens[last].end());
        Some(Covered { first, last, is_exact: edges == (stretch.start(), stretch.end()) })
    }

    /// The tokens of a sentence, by its number.
    pub fn sentence(&self, n: usize) -> std::ops::Range<usize> {
        self.sentences[n]..self.sentences.get(n + 1).copied().unwrap_or(self.tokens.len())
    }

    /// The same for each fragment of a span.
    pub fn covered_by(&self, span: &Span) -> Vec<Covered> {
        span.fragments().iter().filter_map(|fragment| self.covered(*fragment)).collect()
    }
}
