use std::collections::VecDeque;
use std::rc::Rc;

use super::{Cause, Transaction};

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
    pub fn record(&mut self, transaction: Transaction) {
        self.undone.clear();
        self.push(Rc::new(transaction));
    }

    fn push(&mut self, step: Step) {
        if self.done.len() == STEPS {
            self.done.pop_front();
        }
        self.done.push_back(step);
    }

    pub fn next_undo(&self) -> Option<&Step> {
        self.done.back()
    }

    pub fn next_redo(&self) -> Option<&Step> {
        self.undone.last()
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
