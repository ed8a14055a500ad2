//! The documents that everything is measured on: words of the sample articles, recombined by a fixed rule, so that they are
//! the same on every machine. Plain Rust, since the native benches use it too.

use std::fmt;

use serde_json::{Value, json};

/// Words and spans of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size {
    pub name: &'static str,
    pub words: usize,
    pub spans: usize,
}

impl fmt::Display for Size {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

pub const SIZES: [Size; 3] = [
    Size { name: "S", words: 1_000, spans: 50 },
    Size { name: "M", words: 10_000, spans: 1_000 },
    Size { name: "L", words: 100_000, spans: 10_000 },
];

pub const TYPES: [&str; 5] = ["speaker", "cue", "claim", "stance", "target"];

/// Words of a paragraph.
const PARAGRAPH: usize = 80;

#[derive(Clone, Debug)]
pub struct Document {
    pub text: String,
    pub spans: Vec<Marked>,
    /// Pairs of words that no span touches, spread over the whole, in code points.
    pub free: Vec<(usize, usize)>,
}

/// A span in code points; `of` counts in [`TYPES`].
#[derive(Clone, Copy, Debug)]
pub struct Marked {
    pub start: usize,
    pub end: usize,
    pub of: usize,
}

/// Marsaglia's xorshift64.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// A document of that size out of the words of `seed`; every fifth span reaches over the one behind it.
pub fn document(seed: &str, size: Size) -> Document {
    // Words of one UTF-16 unit a character, so that tools that count otherwise are given the same numbers.
    let seed: Vec<&str> = seed.split_whitespace().filter(|word| word.chars().all(|letter| letter.len_utf16() == 1)).collect();
    let mut dice = Dice(0x5eed_1234_5678_9abc);
    let (mut text, mut words, mut length) = (String::new(), Vec::with_capacity(size.words), 0);
    for at in 0..size.words {
        let word = seed[dice.below(seed.len())];
        let gap = if at % PARAGRAPH == PARAGRAPH - 1 { ".\n\n" } else { " " };
        let end = length + word.chars().count();
        words.push((length, end));
        length = end + gap.len();
        text.push_str(word);
        text.push_str(gap);
    }
    text.truncate(text.trim_end().len());
    let step = size.words / size.spans;
    let (mut spans, mut free) = (Vec::with_capacity(size.spans), Vec::new());
    for at in 0..size.spans {
        let first = at * step;
        let reaches_over = at % 5 == 2;
        let last = if reaches_over { first + step + 1 } else { first + dice.below(4) };
        spans.push(Marked { start: words[first].0, end: words[last.min(size.words - 1)].1, of: at % TYPES.len() });
        // Behind the reach of the one before, and not over the end of a paragraph.
        let spare = first + 6;
        if !reaches_over && at % 5 != 3 && spare % PARAGRAPH < PARAGRAPH - 3 {
            free.push((words[spare].0, words[spare + 1].1));
        }
    }
    Document { text, spans, free }
}

/// The document as a project in which all work is that of `me`: project and article have `id`, the spans are `s0`, `s1` and so
/// on, and every other claim has the speaker and the cue before it.
pub fn project(id: &str, document: &Document) -> Value {
    let annotations: Vec<Value> = document
        .spans
        .iter()
        .enumerate()
        .map(|(at, span)| {
            let linked = TYPES[span.of] == "claim" && at % 2 == 0;
            let roles = if linked {
                json!({ "speaker": [{ "annotation": format!("s{}", at - 2) }], "cue": [{ "annotation": format!("s{}", at - 1) }] })
            } else {
                json!({})
            };
            json!({ "id": format!("s{at}"), "article": id, "annotator": "me", "type": TYPES[span.of],
            "fragments": [{ "start": span.start, "end": span.end }], "roles": roles })
        })
        .collect();
    json!({ "format": "standpoint", "version": 1, "project": { "id": id, "title": id }, "annotators": [{ "id": "me", "name": "Me" }],
        "articles": [{ "id": id, "text": document.text }], "annotations": annotations })
}
