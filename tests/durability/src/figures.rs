use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::browser::End;

/// What a story counted.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    pub rounds: u64,
    pub tally: Tally,
    pub ends: BTreeMap<End, u64>,
    /// Visits that found the law broken, and lines that say how.
    pub broken: u64,
    pub breaches: usize,
    /// Looks at a page with a fault in its storage, by what it said.
    pub said: BTreeMap<&'static str, u64>,
    /// Browsers that gave no answer after their pages were killed.
    pub silences: u64,
    /// From an edit in one tab until another shows it.
    pub latencies: Vec<Duration>,
}

/// What became of edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub edits: usize,
    /// Edits that wrote more than one record.
    pub wide: usize,
    /// Edits that were seen called saved.
    pub promised: usize,
    /// Edits that were not there afterwards.
    pub gone: usize,
}

impl Figures {
    pub fn count(&mut self, tally: Tally) {
        self.tally.edits += tally.edits;
        self.tally.wide += tally.wide;
        self.tally.promised += tally.promised;
        self.tally.gone += tally.gone;
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { edits, wide, promised, gone } = self.tally;
        write!(formatter, "{} rounds, {edits} edits ({wide} of several records), {promised} called saved, {gone} gone; ", self.rounds)?;
        let ends: Vec<String> = self.ends.iter().map(|(end, count)| format!("{count} {end}")).collect();
        write!(formatter, "{}; {} breaches", ends.join(", "), self.breaches)?;
        let said: Vec<String> = self.said.iter().map(|(what, count)| format!("{count} {what}")).collect();
        if !said.is_empty() {
            write!(formatter, "; with a fault in the storage it said: {}", said.join(", "))?;
        }
        let mut sorted = self.latencies.clone();
        sorted.sort();
        if let (Some(middle), Some(most)) = (sorted.get(sorted.len() / 2), sorted.last()) {
            write!(
                formatter,
                "; an edit shows in the other tab after {} ms (median of {}), {} ms at most",
                middle.as_millis(),
                sorted.len(),
                most.as_millis()
            )?;
        }
        Ok(())
    }
}
