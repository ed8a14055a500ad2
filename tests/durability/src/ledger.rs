//! What a browser that comes back must show: the law of the whole crate.

use std::collections::BTreeMap;
use std::fmt;

use crate::browser::End;
use crate::figures::Tally;
use crate::page::{Look, Saving};
use crate::record::Version;

/// What was made and what of it was called saved, since the page was found open last.
#[derive(Clone, Debug)]
pub struct Ledger {
    belief: Belief,
    /// What has to be there, whatever happens.
    base: Vec<Version>,
    edits: Vec<Edit>,
    /// What was there at some time, and is not missed any more.
    past: Vec<Version>,
}

/// When the page's word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belief {
    /// Nothing is wrong with the storage: what is called saved outlives any end.
    Always,
    /// It says what it is worth: [`Saving::Ok`] outlives any end, [`Saving::Warn`] all but a kill.
    ByTone,
}

#[derive(Clone, Debug)]
struct Edit {
    page: &'static str,
    name: String,
    versions: Vec<Version>,
    /// The least revision of its page that can have it.
    least: u64,
    promise: Promise,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Promise {
    None,
    /// Saved, unless the browser is killed.
    Soft,
    Firm,
}

impl Ledger {
    /// Begins with what the page shows now and calls saved.
    pub fn new(belief: Belief, found: Vec<Version>) -> Self {
        Self { belief, base: found, edits: Vec::new(), past: Vec::new() }
    }

    /// Takes down what a page says and what was made in it; looks are given in the order in which they were taken.
    ///
    /// What the bar says of saving is drawn with the edit. The revisions beside it come later, by the page's own effects, so
    /// that they alone would be no promise for an edit of just now.
    pub fn saw(&mut self, page: &'static str, look: &Look) {
        let worth = match (look.saving, self.belief) {
            (Saving::Ok, _) | (Saving::Warn, Belief::Always) => Promise::Firm,
            (Saving::Warn, Belief::ByTone) => Promise::Soft,
            (Saving::Busy | Saving::Bad, _) => Promise::None,
        };
        let mut least = 0;
        for edit in self.edits.iter_mut().filter(|edit| edit.page == page) {
            // The wiped ones wait for whatever comes next.
            if edit.name != WIPED {
                least = least.max(edit.least);
            }
            if look.saved.is_some_and(|saved| saved >= edit.least) {
                edit.promise = edit.promise.max(worth);
            }
        }
        // What was made before this look may not be drawn in it.
        for made in &look.made {
            let is_news = |version: &&Version| !self.known().any(|known| known == *version);
            let versions: Vec<Version> = made.versions.iter().filter(is_news).cloned().collect();
            if !versions.is_empty() {
                least = least.max(made.shown) + 1;
                self.edits.push(Edit { page, name: made.name.clone(), versions, least, promise: Promise::None });
            }
        }
    }

    /// How many edits there were since the page was found open last, and what became of them.
    pub fn tally(&self, found: &[Version]) -> Tally {
        let there = by_key(found);
        let mut tally = Tally::default();
        for edit in self.edits.iter().filter(|edit| edit.name != WIPED) {
            tally.edits += 1;
            tally.wide += usize::from(edit.versions.len() > 1);
            tally.promised += usize::from(edit.promise > Promise::None);
            tally.gone += usize::from(!edit.versions.iter().all(|version| is_in(&there, version)));
        }
        tally
    }

    /// Whether the page has called all of its own work saved.
    pub fn has_promised_all(&self, page: &str) -> bool {
        self.edits.iter().all(|edit| edit.page != page || edit.promise > Promise::None)
    }

    /// Whether `found` has all that was called saved so far; what it lacks.
    pub fn lacking<'a>(&'a self, found: &[Version]) -> Vec<&'a Version> {
        let found = by_key(found);
        self.promised(Promise::Firm).filter(|version| !is_in(&found, version)).collect()
    }

    /// What is wrong with what was found after `end`: nothing, or a line for each breach.
    ///
    /// - What was called saved is there, or something made from it.
    /// - Every other edit is there whole or not at all.
    /// - What is there was made by somebody, and says what it said.
    pub fn judge(&self, found: &[Version], end: End) -> Vec<String> {
        let least = if end == End::Kill { Promise::Firm } else { Promise::Soft };
        let there = by_key(found);
        let mut wrong = Vec::new();
        let promised: Vec<&Version> = self.promised(least).collect();
        for version in promised.iter().filter(|version| !is_in(&there, version)) {
            // What was made from it is missed as well, and says enough.
            if promised.iter().any(|other| other.has(version) && !version.has(other)) {
                continue;
            }
            let instead: Vec<String> = there.get(version.key.as_str()).into_iter().flatten().map(|version| version.to_string()).collect();
            wrong.push(format!("called saved and lost: {version}\n      there is: {instead:?}"));
        }
        for edit in self.edits.iter().filter(|edit| edit.promise < least) {
            let (has, lacks): (Vec<&Version>, Vec<&Version>) = edit.versions.iter().partition(|version| is_in(&there, version));
            if !has.is_empty() && !lacks.is_empty() {
                let has: Vec<&str> = has.iter().map(|version| version.key.as_str()).collect();
                let lacks: Vec<String> = lacks.iter().map(|version| version.to_string()).collect();
                wrong.push(format!("half an edit ({}): has {has:?}, lacks {lacks:?}", edit.name));
            }
        }
        // Whoever wipes one store may bring back what another one still had of an earlier day.
        let is_wiped = self.edits.iter().any(|edit| edit.name == WIPED);
        let known = by_key(self.known().chain(self.past.iter().filter(|_| is_wiped)));
        for version in found {
            let is_this = |known: &&Version| *known == version || is_named_by_address(version) && known.content == version.content;
            if !known.get(version.key.as_str()).is_some_and(|known| known.iter().any(is_this)) {
                wrong.push(format!("nobody made: {version}"));
            }
        }
        wrong
    }

    /// Goes on from what was found: it stays, and what is not in it has never been.
    ///
    /// What the page has found but does not call saved, yet, is an edit that waits for its promise.
    pub fn go_on(&mut self, page: &'static str, found: &Look, end: End) {
        let is_broken = !self.judge(&found.versions, end).is_empty();
        self.remember(found);
        if found.is_saved() && found.saving == Saving::Ok || is_broken {
            self.base = found.versions.clone();
            self.edits.clear();
            return;
        }
        let least = if end == End::Kill { Promise::Firm } else { Promise::Soft };
        self.base = self.promised(least).cloned().collect();
        let there = by_key(&found.versions);
        self.edits.retain(|edit| edit.promise < least && edit.versions.iter().all(|version| is_in(&there, version)));
        for edit in &mut self.edits {
            *edit = Edit { page, name: "found".to_owned(), least: found.revision, promise: Promise::None, ..edit.clone() };
        }
        let anew = |version: &&Version| is_named_by_address(version) && !self.known().any(|known| known == *version);
        let anew: Vec<Version> = found.versions.iter().filter(anew).cloned().collect();
        let found =
            |version| Edit { page, name: "found".to_owned(), versions: vec![version], least: found.revision, promise: Promise::None };
        self.edits.extend(anew.into_iter().map(found));
    }

    /// What the page shows was wiped from the storage by somebody else: it is there again when the page says so of a later
    /// revision, and until then there may be any of it.
    pub fn wiped(&mut self, page: &'static str, shown: &Look) {
        self.remember(shown);
        self.base.clear();
        let edits = shown.versions.iter().map(|version| Edit {
            page,
            name: WIPED.to_owned(),
            versions: vec![version.clone()],
            least: shown.revision + 1,
            promise: Promise::None,
        });
        self.edits = edits.collect();
    }

    /// What is not shown any more is of the past.
    fn remember(&mut self, shown: &Look) {
        let overcome: Vec<Version> = self.known().filter(|version| !shown.versions.contains(version)).cloned().collect();
        self.past.extend(overcome);
    }

    fn known(&self) -> impl Iterator<Item = &Version> {
        self.base.iter().chain(self.edits.iter().flat_map(|edit| &edit.versions))
    }

    fn promised(&self, least: Promise) -> impl Iterator<Item = &Version> {
        let edits = self.edits.iter().filter(move |edit| edit.promise >= least);
        self.base.iter().chain(edits.flat_map(|edit| &edit.versions))
    }
}

/// The annotator whom the address names is recorded anew by each visit that does not find them.
fn is_named_by_address(version: &Version) -> bool {
    version.key.starts_with("annotator ")
}

/// Instead of what an edit did.
const WIPED: &str = "shown when the storage was wiped";

type ByKey<'a> = BTreeMap<&'a str, Vec<&'a Version>>;

fn by_key<'a>(versions: impl IntoIterator<Item = &'a Version>) -> ByKey<'a> {
    let mut found = ByKey::new();
    for version in versions {
        found.entry(&version.key).or_default().push(version);
    }
    found
}

fn is_in(found: &ByKey<'_>, version: &Version) -> bool {
    found.get(version.key.as_str()).is_some_and(|found| found.iter().any(|found| found.has(version)))
}

/// The history of edits, each with what it wrote.
impl fmt::Display for Ledger {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wiped, edits): (Vec<&Edit>, Vec<&Edit>) = self.edits.iter().partition(|edit| edit.name == WIPED);
        if let Some(Edit { least, .. }) = wiped.first() {
            writeln!(formatter, "  the storage was wiped of {} versions before revision {least}", wiped.len())?;
        }
        for (number, edit) in (1..).zip(edits) {
            let promise = match edit.promise {
                Promise::None => "not called saved",
                Promise::Soft => "called saved, unless killed",
                Promise::Firm => "called saved",
            };
            writeln!(formatter, "  {number}. tab {}, {} (revision {} or later, {promise})", edit.page, edit.name, edit.least)?;
            for version in &edit.versions {
                writeln!(formatter, "       {version}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
