//! Long work in small steps: the page goes on living between them, says how far it is, and lets the person end it.

use std::cell::Cell;
use std::rc::Rc;

use crate::browser;
use crate::session::{Action, Carrying, Dialog};
use crate::ui::desk::Shelf;

/// Work that takes longer than this many milliseconds says so.
const PATIENCE: f64 = 300.0;
/// What it says changes at most that often, in milliseconds: drawing it takes time, too.
const SAYING: f64 = 100.0;
/// Milliseconds of work between two breaths of the page.
const BREATH: f64 = 30.0;

/// That the person ended it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled;

pub struct Pump {
    shelf: Shelf,
    began: f64,
    /// When the page breathed last.
    breathed: Cell<f64>,
    /// What it says of the work; `None` while it says nothing.
    said: Cell<Option<u8>>,
    /// When it said so.
    spoke: Cell<f64>,
}

impl Pump {
    pub fn new(shelf: &Shelf) -> Self {
        let now = browser::millis();
        Self { shelf: shelf.clone(), began: now, breathed: Cell::new(now), said: Cell::new(None), spoke: Cell::new(0.0) }
    }

    /// Says what is done, of which this share, from 0 to 1; whether to go on.
    pub fn heard(&self, what: &str, done: f64) -> bool {
        let now = browser::millis();
        if now - self.began < PATIENCE {
            return true;
        }
        let percent = (done.clamp(0.0, 1.0) * 100.0) as u8;
        match (self.said.get(), &self.shelf.latest.get().dialog) {
            // Something else has to be decided first.
            (_, Some(other)) if other.is_decision() => {
                self.said.set(None);
                return true;
            }
            (Some(_), Some(Dialog::Carrying(_))) if now - self.spoke.get() < SAYING => return true,
            (None, _) | (Some(_), Some(Dialog::Carrying(_))) => {}
            (Some(_), _) => return false,
        }
        self.said.set(Some(percent));
        self.spoke.set(now);
        let carrying = Carrying { what: what.into(), percent };
        self.shelf.act.emit(Action::Dialog(Some(Dialog::Carrying(Rc::new(carrying)))));
        true
    }

    /// The same; lets the page breathe where it is time.
    pub async fn step(&self, what: &str, done: f64) -> Result<(), Cancelled> {
        if browser::millis() - self.breathed.get() < BREATH {
            return Ok(());
        }
        if !self.heard(what, done) {
            return Err(Cancelled);
        }
        browser::pause(0).await;
        self.breathed.set(browser::millis());
        if self.heard(what, done) { Ok(()) } else { Err(Cancelled) }
    }
}

impl Drop for Pump {
    fn drop(&mut self) {
        if self.said.get().is_some() && matches!(self.shelf.latest.get().dialog, Some(Dialog::Carrying(_))) {
            self.shelf.act.emit(Action::Dialog(None));
        }
    }
}
