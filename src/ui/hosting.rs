//! What a host says of its project after the page has opened.

use std::rc::Rc;

use super::desk::Shelf;
use super::importing::handing::hand_in;
use crate::browser::{self, Edition, News, pause};
use crate::edit::{AnnotationStore, HandIn};
use crate::model::ArticleId;
use crate::session::{Action, Dialog, Handing, Notice};

/// Merges what a host has into the copy on the desk, or asks first what it contradicts; silent where nothing is new. Behind it the article
/// `open` is opened.
pub async fn merge(file: &Rc<str>, host: AnnotationStore, label: &str, open: Option<ArticleId>, shelf: &Shelf) {
    shelf.saver.need(host.known_articles().cloned().collect::<Vec<_>>()).await;
    let store = shelf.latest.get().store.clone();
    let project = store.hosted(&host);
    if store.merge_copy(&project).1.is_empty() {
        if let Some(article) = open {
            shelf.act.emit(Action::OpenArticle(article));
        }
        return;
    }
    let copy = HandIn { file: file.clone(), project };
    hand_in(Handing { open, ..Handing::new(vec![copy], label.to_owned()) }, None, shelf).await;
}

/// Between two looks at whether all is stored, in milliseconds, and how many looks.
const LOOK: (u32, u32) = (250, 240);

/// Remembers what was read of a host, but not before it is stored: what was not, or was declined, must be read again.
pub async fn remember_when_stored(edition: Edition, shelf: &Shelf) {
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
        if state.saved_revision == Some(state.revision) {
            return edition.remember(&shelf.storage);
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
        News::Merge(file, host) => merge(&file, host, "What is new in the hosted project was merged with your work.", None, shelf).await,
        News::Decide(review) => {
            shelf.act.emit(Action::Say(Notice::done("The address of this page has something new.")));
            shelf.act.emit(Action::Review(Rc::new(review)));
        }
    }
    remember_when_stored(edition, shelf).await;
}
