//! What is seen at this desk: all articles or those that one is to work on, everybody's work or one's own.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::State;
use crate::model::*;
use crate::order::Gather;

/// Which articles are listed where some are assigned to the annotator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Listing {
    #[default]
    Assigned,
    All,
}

/// Who sits at the desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Seat {
    #[default]
    Annotator,
    /// Whoever has assigned articles on this device: sees everything, whatever is hidden from annotators.
    Lead,
}

/// Whose work is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    hidden: Rc<BTreeSet<AnnotatorId>>,
    /// The only one who may see no others.
    alone: Option<AnnotatorId>,
}

impl Sight {
    pub fn shows(&self, annotator: &AnnotatorId) -> bool {
        !self.hidden.contains(annotator) && self.alone.as_ref().is_none_or(|alone| alone == annotator)
    }

    pub fn shows_all(&self) -> bool {
        self.hidden.is_empty() && self.alone.is_none()
    }
}

impl State {
    /// Whether the project keeps others' work from the person at the desk.
    pub fn is_kept_apart(&self) -> bool {
        !self.assigned.is_empty() && self.seat == Seat::Annotator && self.store.header().others == Others::Hidden
    }

    pub fn sight(&self) -> Sight {
        Sight { hidden: self.hidden.clone(), alone: self.is_kept_apart().then(|| self.annotator.clone()) }
    }

    pub fn is_shown(&self, annotation: &Annotation) -> bool {
        self.shows(&annotation.annotator)
    }

    pub fn shows(&self, annotator: &AnnotatorId) -> bool {
        !self.hidden.contains(annotator) && (annotator == &self.annotator || !self.is_kept_apart())
    }

    /// Whether only those articles are listed that the annotator is to work on.
    pub fn lists_assigned(&self) -> bool {
        !self.assigned.is_empty() && (self.listing == Listing::Assigned || self.is_kept_apart())
    }

    /// The articles that are to be seen, in the order of reading.
    pub fn listed(&self) -> &[ArticleId] {
        if self.lists_assigned() { &self.assigned } else { self.catalogue.listed() }
    }

    /// How many of the articles that are to be seen the annotator has done.
    pub fn done(&self) -> usize {
        let is_done =
            |article: &&ArticleId| self.catalogue.card(article).is_some_and(|card| card.work_of(&self.annotator).status == Status::Done);
        match self.lists_assigned() {
            true => self.assigned.iter().filter(is_done).count(),
            false => self.catalogue.done(&self.annotator),
        }
    }
}

/// The names of those who have articles assigned, as words; `None` where nobody has, or the annotator is one of them.
pub(super) fn assignees(state: &State) -> Option<String> {
    const MOST: usize = 5;
    let all: BTreeSet<&AnnotatorId> = state.store.assignments().map(|assignment| &assignment.annotator).gather();
    if all.is_empty() || all.contains(&state.annotator) {
        return None;
    }
    let mut names: Vec<String> = all.iter().take(MOST).map(|id| state.annotator_name(id)).collect();
    if all.len() > MOST {
        names.push(format!("{} more", all.len() - MOST));
    }
    Some(names.join(", "))
}

/// The articles that are to be worked on, of those that are there; the same as before where nothing changed.
pub(super) fn assigned(state: &State) -> Rc<Vec<ArticleId>> {
    let mut assigned = state.store.assigned_to(&state.annotator, state.catalogue.listed());
    if !assigned.is_empty() {
        let there: BTreeSet<&ArticleId> = state.catalogue.listed().iter().gather();
        assigned.retain(|article| there.contains(article));
    }
    if *state.assigned == assigned { state.assigned.clone() } else { Rc::new(assigned) }
}
