//! What a host says of its project after the page has opened.

use std::rc::Rc;

use super::desk::Shelf;
use super::importing::handing::hand_in;
use crate::browser::{self, Coming, Edition, News, Sorted, pause};
use crate::edit::HandIn;
use crate::model::ArticleId;
use crate::session::{Action, Dialog, Handing, Notice};

/// Merges what a host has into the copy on the desk, or asks first what it contradicts; silent where nothing is new. Behind it the article
/// `open` is opened.
pub async fn merge(coming: Coming, open: Option<ArticleId>, shelf: &Shelf) {
    let Coming { file, project, elsewhere, label } = coming;
    let Sorted { project, new, missing } = shelf.saver.sort(project, &elsewhere).await;
    if !missing.is_empty() {
        let text = format!("What the host says of some articles was left out. {}", missing.told());
        shelf.act.emit(Action::Say(Notice::failed(text)));
    }
    shelf.saver.need(project.known_articles().cloned().collect::<Vec<_>>()).await;
    let store = shelf.latest.get().store.clone();
    let project = store.hosted(&project);
    if store.merge_copy(&project).1.is_empty() {
        if new > 0 {
            shelf.act.emit(Action::Say(Notice::done(label)));
        }
        if let Some(article) = open {
            shelf.act.emit(Action::OpenArticle(article));
        }
        return;
    }
    let copy = HandIn { file, project };
    hand_in(Handing { open, ..Handing::new(vec![copy], label) }, None, shelf).await;
}

/// Between two looks at whether all is stored, in milliseconds, and how many looks.
const LOOK: (u32, u32) = (250, 240);

/// Remembers what was read of a host, but not before it is stored: what was not, or was declined, must be read again.
pub async fn remember_when_stored(edition: Edition, shelf: &Shelf) {
    let open = shelf.latest.get().store.header().id.clone();
    let is_asked = || matches!(shelf.latest.get().dialog, Some(Dialog::Clashes(_)));
    if is_asked() {
        let before = shelf.decisions.get();
        while is_asked() {
            pause(LOOK.0).await;
        }
        if shelf.decisions.get() == before {
            return;
        }
    }
    for _ in 0..LOOK.1 {
        let state = shelf.latest.get();
        // Of a project that was left, nobody knows what is stored.
        if state.store.header().id != open {
            return;
        }
        if state.saved_revision == Some(state.revision) && shelf.saver.has_stored_remotes() {
            return edition.remember(&shelf.storage).await;
        }
        pause(LOOK.0).await;
    }
}

/// Asks the host of this page for its project once more, and merges what is new, or asks what to do.
pub async fn look_for_news(shelf: &Shelf) {
    let state = shelf.latest.get();
    let open = state.store.header().id.clone();
    let Some((news, edition)) = browser::news(&shelf.storage, &state.store, state.catalogue.places()).await else { return };
    // Somebody may have gone to another project meanwhile.
    if shelf.latest.get().store.header().id != open {
        return;
    }
    match news {
        News::Merge(coming) => merge(coming, None, shelf).await,
        News::Decide(review) => {
            shelf.act.emit(Action::Say(Notice::done("The address of this page has something new.")));
            shelf.act.emit(Action::Review(Rc::new(review)));
        }
    }
    remember_when_stored(edition, shelf).await;
}
