//! The one way by which a copy of the project on the desk comes in.

use std::collections::BTreeSet;

use crate::edit::{another_text_of, own_stem};
use crate::model::ArticleId;
use crate::order::Gather;
use crate::session::{Action, Decided, Handing, Notice};
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
    // A copy may bring the very text that is not on this device yet.
    let text = |article: &ArticleId| handing.copies.iter().find_map(|copy| Some(copy.project.article(article)?.text.as_str().into()));
    let away = needed.iter().filter(|article| state.catalogue.elsewhere().contains(*article));
    let at_hand = away.filter_map(|article| Some((article.clone(), text(article)?))).gather();
    let missing = shelf.saver.need_with(needed, &at_hand).await;
    if !missing.is_empty() {
        let text = format!("Not merged, since it can’t be compared: {} Nothing was changed.", missing.told());
        return shelf.act.emit(Action::Say(Notice::failed(text)));
    }
    shelf.act.emit(Action::HandIn { handing: handing.into(), decided });
}
