//! The one way by which a copy of the project on the desk comes in.

use std::collections::BTreeSet;

use crate::model::ArticleId;
use crate::order::Gather;
use crate::session::{Action, Decided, Handing};
use crate::ui::desk::Shelf;

/// Merges copies, or asks first what they contradict; all that this takes is brought into memory before.
pub async fn hand_in(handing: Handing, decided: Option<Decided>, shelf: &Shelf) {
    let known: BTreeSet<&ArticleId> = handing.copies.iter().flat_map(|copy| copy.project.known_articles()).gather();
    let is_of = |id: &&ArticleId| {
        // Another text of an article has its id with a number behind it.
        let stem = id.as_str().rsplit_once('-').filter(|(_, n)| n.bytes().all(|byte| byte.is_ascii_digit())).map(|(stem, _)| stem);
        known.contains(id) || stem.is_some_and(|stem| known.iter().any(|known| known.as_str().starts_with(stem)))
    };
    let state = shelf.latest.get();
    let needed: Vec<ArticleId> = state.catalogue.unloaded().iter().filter(is_of).cloned().collect();
    shelf.saver.need(needed).await;
    shelf.act.emit(Action::HandIn { handing: handing.into(), decided });
}
