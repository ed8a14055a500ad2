use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use super::{Cause, Edit, Transaction};
use crate::model::ArticleId;
use crate::order::Gather;

/// How many steps can be undone.
pub const STEPS: usize = 1000;

/// What this tab did and can take back, over all articles. Ends with the tab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
}

/// A transaction as it was done.
pub type Step = Rc<Transaction>;

impl History {
    /// Notes a step of the person; what had been undone before can't be redone after it.
    ///
    /// Typing goes on with the step before it, where that typed into the same field.
    pub fn record(&mut self, transaction: Transaction) {
        self.undone.clear();
        let Some(step) = self.done.back().and_then(|last| continued(last, &transaction)) else {
            return self.push(Rc::new(transaction));
        };
        self.done.pop_back();
        if !step.edits.is_empty() {
            self.push(Rc::new(step));
        }
    }

    fn push(&mut self, step: Step) {
        if self.done.len() == STEPS {
            self.done.pop_front();
        }
        self.done.push_back(step);
    }

    /// What can be undone, the first step first.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &Step> + ExactSizeIterator {
        self.done.iter()
    }

    /// What can be done again, the next one last.
    pub fn undone(&self) -> &[Step] {
        &self.undone
    }

    pub fn next_undo(&self) -> Option<&Step> {
        self.done.back()
    }

    pub fn next_redo(&self) -> Option<&Step> {
        self.undone.last()
    }

    /// The articles that steps can lead back or forth to.
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        let steps = self.done.iter().chain(&self.undone);
        steps.flat_map(|step| &step.edits).filter_map(|edit| edit.key().in_memory_with().cloned()).gather()
    }

    /// The last step, inverted and ready to apply; it moves to what can be redone.
    pub fn undo(&mut self) -> Option<Transaction> {
        let step = self.done.pop_back()?;
        let inverse = step.invert().caused_by(Cause::Undo);
        self.undone.push(step);
        Some(inverse)
    }

    /// The step undone last, ready to apply again.
    pub fn redo(&mut self) -> Option<Transaction> {
        let step = self.undone.pop()?;
        let again = (*step).clone().caused_by(Cause::Redo);
        self.push(step);
        Some(again)
    }

    /// Forgets the step that `undo` has just handed out, because it does not apply any more.
    pub fn drop_undone(&mut self) {
        self.undone.pop();
    }

    /// Forgets the step that `redo` has just handed out, because it does not apply any more.
    pub fn drop_redone(&mut self) {
        self.done.pop_back();
    }
}

/// Two steps of typing in the same field as one; `None` where `next` is a step of its own. One without edits is none.
fn continued(last: &Transaction, next: &Transaction) -> Option<Transaction> {
    let [second] = &*next.edits else { return None };
    if last.cause != Cause::Typing || next.cause != Cause::Typing || last.label != next.label {
        return None;
    }
    let at = last.edits.iter().position(|first| first.key() == second.key() && first.after() == second.before())?;
    let mut edits = last.edits.clone();
    match (last.edits[at].before(), second.after()) {
        (Some(before), Some(after)) if before == after => {
            edits.remove(at);
        }
        (Some(before), Some(after)) => edits[at] = Edit::change(before.clone(), after.clone())?,
        _ => return None,
    }
    Some(Transaction { edits, ..next.clone() })
}
