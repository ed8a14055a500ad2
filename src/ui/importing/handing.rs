//! The one way by which a copy of the project on the desk comes in.

use std::collections::BTreeSet;

use crate::edit::{another_text_of, own_stem};
use crate::model::ArticleId;
use crate::order::Gather;
use crate::session::{Action, Decided, Handing};
use crate::ui::desk::Shelf;

/// Merges copies, or asks first what they contradict; all that this takes is brought into memory before.
pub async fn hand_in(handing: Handing, decided: Option<Decided>, shelf: &Shelf) {
    if decided.is_some() {
        shelf.decisions.set(shelf.decisions.get() + 1);
    }
    let known: BTreeSet<&ArticleId> = handing.copies.iter().flat_map(|copy| copy.project.known_articles()).gather();
    let stems: BTreeSet<&str> = known.iter().map(|id| own_stem(id)).gather();
    let is_of = |id: &&ArticleId| known.contains(id) || another_text_of(id).is_some_and(|stem| stems.contains(stem));
    let state = shelf.latest.get();
    let needed: Vec<ArticleId> = state.catalogue.unloaded().iter().filter(is_of).cloned().collect();
    shelf.saver.need(needed).await;
    shelf.act.emit(Action::HandIn { handing: handing.into(), decided });
}
