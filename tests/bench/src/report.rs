//! The table, and what of the budgets is met.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::corpus::Corpus;
use crate::document::{SIZES, Size};
use crate::first::FirstLoad;
use crate::importing::Importing;
use crate::native::Native;
use crate::storing::Storing;
use crate::subjects::{Measured, SUBJECTS, Subject};

pub struct Run {
    pub first: FirstLoad,
    pub documents: BTreeMap<(Size, Subject), Measured>,
    pub corpus: Corpus,
    pub storing: Storing,
    pub importing: Importing,
    pub native: Vec<Native>,
}

/// A promise of the design, with what came of it.
struct Budget {
    what: String,
    got: f64,
    most: f64,
    unit: &'static str,
}

const WORKS: [(&str, &str); 8] = [
    ("add", "add a span"),
    ("delete", "delete it"),
    ("undo", "undo that"),
    ("attribute", "change an attribute"),
    ("role", "fill a role"),
    ("focus", "go to the next annotation"),
    ("edge", "move an edge"),
    ("cursor", "move the word cursor"),
];

const FRAME: f64 = 1000.0 / 60.0;
const KB: f64 = 1000.0;
const MB: f64 = 1_000_000.0;

impl Run {
    fn of(&self, size: Size, subject: Subject) -> &Measured {
        &self.documents[&(size, subject)]
    }

    fn shown(&self, size: Size, subject: Subject, work: &str) -> Option<f64> {
        self.of(size, subject).works.get(work).map(|timed| timed.shown)
    }

    pub fn tables(&self) -> String {
        let mut out = String::new();
        let mut line = |text: String| writeln!(out, "{text}").expect("a string takes all");
        line("| milliseconds | ".to_owned() + &SUBJECTS.map(Subject::name).join(" | ") + " |");
        line("|---|---|---|---|---|".to_owned());
        for size in SIZES {
            let row = |what: &str, of: &dyn Fn(&Measured) -> Option<f64>| {
                let cells = SUBJECTS.map(|subject| of(self.of(size, subject)).map_or("–".to_owned(), |value| format!("{value:.0}")));
                format!("| {}: {what} | {} |", size.name, cells.join(" | "))
            };
            line(row("navigation → painted", &|measured| Some(measured.navigated)));
            line(row("data → painted", &|measured| Some(measured.opened)));
            line(row("opened again, from the stores", &|measured| measured.again));
            for (work, name) in WORKS {
                line(row(name, &|measured| measured.works.get(work).map(|timed| timed.shown)));
            }
            line(row("scrolling: frame, 95th percentile", &|measured| percentile(&measured.frames, 95)));
            line(row("scrolling: frames over 50 ms", &|measured| Some(long_frames(&measured.frames))));
            line(row("heap and wasm memory, MB", &|measured| Some((measured.memory.heap + measured.memory.wasm) / MB)));
            line(row("DOM elements", &|measured| Some(measured.memory.nodes)));
        }
        line(String::new());
        line("| the page's own part of a work, milliseconds | S | M | L | L / S |".to_owned());
        line("|---|---|---|---|---|".to_owned());
        for (work, name) in WORKS {
            let parts = SIZES.map(|size| self.of(size, Subject::Standpoint).works[work]);
            let [small, middle, large] = parts.map(|timed| timed.script);
            line(format!("| {name}: scripts | {small:.1} | {middle:.1} | {large:.1} | {:.1} |", large / small));
            let [small, middle, large] = parts.map(|timed| timed.layout);
            line(format!("| {name}: the browser's styles and layout | {small:.1} | {middle:.1} | {large:.1} | {:.1} |", large / small));
            let [small, middle, large] = parts.map(|timed| timed.saved);
            line(format!("| {name}: from the key to “saved” | {small:.1} | {middle:.1} | {large:.1} | {:.1} |", large / small));
        }
        line(String::new());
        line("| the core, natively, microseconds | S | M | L | L / S |".to_owned());
        line("|---|---|---|---|---|".to_owned());
        for native in &self.native {
            let [small, middle, large] = native.medians;
            line(format!("| {} | {small:.1} | {middle:.1} | {large:.1} | {:.1} |", native.name, native.growth()));
        }
        line(String::new());
        line("| first load, bytes as they come | |".to_owned());
        line("|---|---|".to_owned());
        for (name, bytes) in &self.first.files {
            line(format!("| `{name}` | {bytes:.0} |"));
        }
        line(String::new());
        line("| other | ms |".to_owned());
        line("|---|---|".to_owned());
        let Corpus { painted, empty, first, filter, switch, find } = self.corpus;
        let others = [
            ("first load: interactive on a sample article", self.first.page),
            ("a page that is Yew and a button, in the same run", self.first.bare),
            ("10,000 articles, 300,000 annotations: navigation → painted", painted),
            ("an empty page in the same run", empty),
            ("the first opening of the 10,000, which makes their cards", first),
            ("a key in the filter of the 10,000", filter),
            ("another one of the 10,000", switch),
            ("a word → its places in all of the 10,000 (150 of it waits for further letters)", find),
            ("1,000 brat documents (6 MB of text, 25,000 frames): files → what they bring is told", self.importing.told),
            ("the same: “Import” → the articles in the list", self.importing.taken),
            ("one tag at L, both stores: page busy", self.storing.stored),
            ("the same with every store denied", self.storing.denied),
            ("median of the differences: storing", self.storing.difference),
            ("longest task over 50 while the second copy is written (0: none)", self.storing.pause),
        ];
        for (what, millis) in others {
            line(format!("| {what} | {millis:.1} |"));
        }
        line(String::new());
        let Importing { converted, plain, validated, size, .. } = self.importing;
        line(format!("| command line, {size:.0} MB of training data | MB a CPU second |"));
        line("|---|---|".to_owned());
        for (what, rate) in
            [("read and written as training data", converted), ("read, written for doccano", plain), ("read and checked", validated)]
        {
            line(format!("| {what} | {rate:.1} |"));
        }
        line(String::new());
        line("| budget | goal | measured | |".to_owned());
        line("|---|---|---|---|".to_owned());
        for Budget { what, got, most, unit } in self.budgets() {
            let verdict = if got <= most { "met" } else { "**missed**" };
            line(format!("| {what} | ≤ {most:.1} {unit} | {got:.1} {unit} | {verdict} |"));
        }
        out
    }

    fn budgets(&self) -> Vec<Budget> {
        use Subject::{Floor, RecogitoHighlights, RecogitoSpans, Standpoint};
        let [small, middle, large] = SIZES;
        let mut budgets = Vec::new();
        let mut budget =
            |what: &str, got: f64, most: f64, unit: &'static str| budgets.push(Budget { what: what.to_owned(), got, most, unit });
        let other = |size: Size, of: &dyn Fn(&Measured) -> f64| of(self.of(size, RecogitoSpans)).min(of(self.of(size, RecogitoHighlights)));
        let own = |size: Size| self.of(size, Standpoint);
        budget("S: navigation → painted, as soon as recogito", own(small).navigated, other(small, &|measured| measured.navigated), "ms");
        budget("M: data → painted, 1.5 × the bare page", own(middle).opened, 1.5 * self.of(middle, Floor).opened, "ms");
        budget("L: data → painted, 2 × the bare page", own(large).opened, 2.0 * self.of(large, Floor).opened, "ms");
        for work in ["add", "delete", "undo"] {
            for size in [small, middle] {
                if size == small && work != "add" {
                    continue;
                }
                let most = self.shown(size, Floor, work).unwrap_or(f64::NAN) + FRAME;
                budget(&format!("{}: {work} a span, the bare page and a frame", size.name), own(size).works[work].shown, most, "ms");
            }
        }
        budget(
            "L: add a span, sooner than recogito",
            own(large).works["add"].shown,
            other(large, &|measured| measured.works["add"].shown),
            "ms",
        );
        budget("L: scrolling, frames over 50 ms after the first second", long_frames(&own(large).frames), 0.0, "frames");
        budget("L: scrolling, 95th percentile of the frames", percentile(&own(large).frames, 95).unwrap_or(f64::NAN), 20.0, "ms");
        let memory = |size: Size| own(size).memory.heap + own(size).memory.wasm;
        budget("L: heap and wasm memory", memory(large) / MB, 40.0, "MB");
        let spans = (large.spans - small.spans) as f64 * 1024.0;
        let characters = (large.words - small.words) as f64 * self.first_words() * 8.0;
        budget(
            "from S to L: memory, 1 KB a span and 8 bytes a character",
            (memory(large) - memory(small)) / MB,
            (spans + characters) / MB,
            "MB",
        );
        for (work, name) in WORKS {
            let growth = own(large).works[work].script / own(small).works[work].script;
            budget(&format!("{name}: the page's own part, L / S"), growth, 2.0, "×");
        }
        budget("storing, of one edit at L", self.storing.difference, 5.0, "ms");
        budget("10,000 articles: navigation → painted", self.corpus.painted, 1000.0, "ms");
        budget("10,000 articles: a key in the filter", self.corpus.filter, 100.0, "ms");
        budget("10,000 articles: another article", self.corpus.switch, 100.0, "ms");
        budget("1,000 brat documents imported", self.importing.told + self.importing.taken, 3000.0, "ms");
        budget("command line: seconds for 100 MB of training data, read and written", 100.0 / self.importing.converted, 1.0, "s");
        budget("first load: everything that the page needs", self.first.bytes / KB, 250.0, "KB");
        budget("first load: interactive, a bare Yew page and 50 ms", self.first.page, self.first.bare + 50.0, "ms");
        for native in
            self.native.iter().filter(|native| ["plan a tag", "tag at the desk", "move the cursor"].contains(&native.name.as_str()))
        {
            budget(&format!("core, {}: L / S", native.name), native.growth(), 2.0, "×");
        }
        budgets
    }

    /// Characters of a word with its gap, about.
    fn first_words(&self) -> f64 {
        6.0
    }
}

fn long_frames(frames: &[f64]) -> f64 {
    frames.iter().filter(|took| **took > 50.0).count() as f64
}

fn percentile(frames: &[f64], of: usize) -> Option<f64> {
    frames.get((frames.len() * of / 100).min(frames.len().saturating_sub(1))).copied()
}
