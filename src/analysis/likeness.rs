//! Which texts say nearly the same.

use std::collections::HashMap;

use crate::order::InOrder;
use crate::text::{Offset, Stretch, Text, is_wordlike, words};

/// Texts are compared by their runs of so many words (shingles: A. Broder, “On the resemblance and containment of documents”, 1997).
const RUN: usize = 5;
/// Of each text so many runs are kept, those with the smallest numbers: a sample that is the same for the same words.
const KEPT: usize = 200;
/// A run that stands in more texts than this, such as the last sentence of all of an agency's, tells nothing.
const MOST_PARTNERS: usize = 32;
/// The share of runs of both that two texts have in common to be nearly the same.
const NEARLY: f64 = 0.8;

/// A number for each run of words, case aside; a shorter text is one run.
pub fn runs(text: &Text) -> Vec<u64> {
    let Some(whole) = Stretch::new(Offset::new(0), text.len()) else { return Vec::new() };
    let hashes: Vec<u64> = words(text, whole)
        .into_iter()
        .filter_map(|word| text.slice(word))
        .filter(|word| is_wordlike(word))
        .map(|word| word.chars().flat_map(char::to_lowercase).fold(FNV, |hash, letter| mixed(hash, u64::from(letter))))
        .collect();
    let run = |words: &[u64]| words.iter().fold(FNV, |hash, word| mixed(hash, *word));
    match hashes.len() {
        0 => Vec::new(),
        1..RUN => vec![run(&hashes)],
        _ => hashes.windows(RUN).map(run).collect(),
    }
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, eight bytes at once.
fn mixed(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0100_0000_01b3) ^ (hash >> 29)
}

/// Texts that were seen, and how much a further one is like them.
#[derive(Debug, Default)]
pub struct Likeness {
    sketches: Vec<Vec<u64>>,
    holders: HashMap<u64, Vec<u32>>,
}

/// A text that was seen before: its number, counted from 0, and the share of their runs of words that both have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Like {
    pub number: usize,
    pub share: f64,
}

impl Likeness {
    /// Remembers a text; returns the one that was seen before and is most like it, if any is nearly the same.
    ///
    /// Up to 200 runs of five words it is exact; beyond them the share is that of a sample, with a standard error below 0.04.
    pub fn add(&mut self, text: &Text) -> Option<Like> {
        let mut sketch = runs(text);
        sketch.put_in_order();
        sketch.dedup();
        sketch.truncate(KEPT);
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for run in &sketch {
            for holder in self.holders.get(run).into_iter().flatten() {
                *shared.entry(*holder).or_default() += 1;
            }
        }
        // What shares few of the runs that tell something can't be nearly the same.
        let likely = shared.into_iter().filter(|(_, both)| both * 3 >= sketch.len());
        let compared = likely.map(|(number, _)| Like { number: number as usize, share: share(&self.sketches[number as usize], &sketch) });
        let best = compared.filter(|like| like.share >= NEARLY).fold(None, |best: Option<Like>, like| match best {
            Some(known) if (known.share, like.number) > (like.share, known.number) => Some(known),
            _ => Some(like),
        });
        let number = self.sketches.len() as u32;
        for run in &sketch {
            let holders = self.holders.entry(*run).or_default();
            if holders.len() < MOST_PARTNERS {
                holders.push(number);
            }
        }
        self.sketches.push(sketch);
        best
    }
}

/// The share of common numbers among the smallest of both, which estimates that of all.
fn share(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut k, mut both, mut either) = (0, 0, 0_usize, 0_usize);
    while either < KEPT && (i < a.len() || k < b.len()) {
        match (a.get(i), b.get(k)) {
            (Some(x), Some(y)) if x == y => (i, k, both) = (i + 1, k + 1, both + 1),
            (Some(x), Some(y)) if x < y => i += 1,
            (Some(_), None) => i += 1,
            _ => k += 1,
        }
        either += 1;
    }
    both as f64 / either.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(from: usize, to: usize, changed: usize) -> Text {
        let words: Vec<String> =
            (from..to).map(|n| if n % 1000 == 7 && n / 1000 < changed { format!("x{n}") } else { format!("w{n}") }).collect();
        Text::new(words.join(" "))
    }

    #[test]
    fn texts_that_are_nearly_the_same_are_found_and_others_are_not() {
        let mut likeness = Likeness::default();
        assert_eq!(likeness.add(&text(0, 400, 0)), None);
        assert_eq!(likeness.add(&text(0, 400, 0)), Some(Like { number: 0, share: 1.0 }));
        // One word of four hundred: five runs of 396.
        let near = likeness.add(&text(0, 400, 1)).expect("nearly the same");
        assert!(near.number == 0 && near.share > 0.9, "{near:?}");
        // A half that is the same is another story of the same day.
        assert_eq!(likeness.add(&text(200, 600, 0)), None);
        assert_eq!(likeness.add(&text(5_000, 5_400, 0)), None);
        // Short ones, and one without words.
        assert_eq!(likeness.add(&Text::new("Yes, he said.")), None);
        assert_eq!(likeness.add(&Text::new("yes – he said")).map(|like| like.number), Some(5));
        assert_eq!((likeness.add(&Text::new("…")), likeness.add(&Text::new("…"))), (None, None));
    }

    #[test]
    fn a_sample_of_a_long_text_tells_as_much_as_the_whole() {
        let mut likeness = Likeness::default();
        likeness.add(&text(0, 20_000, 0));
        // Twenty words of twenty thousand.
        let near = likeness.add(&text(0, 20_000, 20)).expect("nearly the same");
        assert!(near.share > 0.95, "{near:?}");
        // A tenth is new.
        let near = likeness.add(&text(2_000, 22_000, 0)).expect("nearly the same");
        assert!((near.share - 18.0 / 22.0).abs() < 0.12, "{near:?}");
        assert_eq!(likeness.add(&text(10_000, 30_000, 0)), None);
    }

    #[test]
    fn what_stands_in_all_texts_makes_none_of_them_alike() {
        let mut likeness = Likeness::default();
        for n in 0..100 {
            let own = text(n * 100, n * 100 + 60, 0);
            assert_eq!(likeness.add(&Text::new(format!("{} All rights of this agency are reserved by it.", own.as_str()))), None, "{n}");
        }
    }
}
