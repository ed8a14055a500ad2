//! Articles that are not in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Saver;
use crate::browser::listen::when_idle;
use crate::browser::storage::{Extent, Loaded};
use crate::edit::AnnotationStore;
use crate::model::*;
use crate::order::Gather;
use crate::session::{Action, Missing, Notice, Offer, State};

impl Saver {
    /// Reads the article that is wanted on the desk and is not in memory; where its text can't be had, says why.
    pub(super) fn fetch_wanted(self: &Rc<Self>, state: &State) {
        let Some(wanted) = state.wanted.clone() else { return };
        if self.reading.borrow().as_ref() == Some(&wanted) {
            return;
        }
        *self.reading.borrow_mut() = Some(wanted.clone());
        let saver = self.clone();
        spawn_local(async move {
            let missing = saver.need([wanted.clone()]).await;
            saver.reading.borrow_mut().take_if(|reading| *reading == wanted);
            if !missing.is_empty() {
                (saver.act)(Action::NotLoaded(wanted));
            }
        });
    }

    /// Brings the records of these articles into memory, where they are not; texts that are elsewhere are fetched. What can't be had is
    /// said to the person, and returned.
    pub async fn need(self: &Rc<Self>, articles: impl IntoIterator<Item = ArticleId>) -> Missing {
        let missing = self.need_with(articles, &BTreeMap::new()).await;
        if !missing.is_empty() {
            (self.act)(Action::Say(Notice::refused(missing.told())));
        }
        missing
    }

    /// The same, where some texts are at hand; what can't be had is not said.
    pub async fn need_with(
        self: &Rc<Self>,
        articles: impl IntoIterator<Item = ArticleId>,
        at_hand: &BTreeMap<ArticleId, Rc<str>>,
    ) -> Missing {
        let state = (self.state)();
        let mut articles: BTreeSet<ArticleId> = articles.into_iter().filter(|article| state.catalogue.is_unloaded(article)).gather();
        if articles.is_empty() {
            return Missing::default();
        }
        let project = state.store.header().id.clone();
        let loaded = self.storage.load(&project, Extent::Articles(&articles)).await;
        let is_stored =
            |article: &ArticleId| loaded.as_ref().is_some_and(|loaded| loaded.store.record(&RecordKey::Article(article.clone())).is_some());
        let away: Vec<ArticleId> = articles.iter().filter(|article| !is_stored(article)).cloned().collect();
        let come = self.fetch(&away, at_hand).await;
        if (self.state)().store.header().id != project {
            return Missing::default();
        }
        let mut records = Vec::new();
        if let Some(Loaded { store, problems, debts, .. }) = loaded {
            records.extend(store.shared_records());
            self.debts.borrow_mut().owed.extend(debts.owed);
            for problem in problems {
                (self.act)(Action::Say(Notice::failed(problem).offering(Offer::Storage)));
            }
        }
        for (article, _) in &come.missing.0 {
            articles.remove(article);
        }
        self.settle(&articles, &come);
        records.extend(come.records);
        (self.act)(Action::Loaded { articles: articles.iter().cloned().collect(), records });
        // A card that counted something else is written anew.
        let now = (self.state)();
        let differ = articles.into_iter().filter(|article| state.catalogue.card(article) != now.catalogue.card(article));
        self.debts.borrow_mut().cardless.extend(differ);
        self.look();
        if !self.storage.has_database() {
            self.mirror_waiting();
            if self.mirror_refused().is_none() {
                self.storage.forget_local_remotes(&project, &come.articles);
            }
        }
        come.missing
    }

    /// The whole project as far as it is on this device, those of its articles too that are not in memory.
    pub async fn whole(&self) -> AnnotationStore {
        let state = (self.state)();
        if state.catalogue.unloaded().is_empty() {
            return state.store.clone();
        }
        let stored = self.storage.load(&state.store.header().id, Extent::All).await;
        let whole = stored.map_or_else(|| state.store.clone(), |stored| stored.store.merge_copy(&state.store).0);
        whole.with_order(state.catalogue.listed())
    }

    /// Compares what local storage holds of one article after another with the database, while the page has nothing to do.
    pub(super) fn check_when_idle(self: &Rc<Self>) {
        let Some(article) = self.debts.borrow_mut().unchecked.pop() else { return };
        let saver = self.clone();
        let project = (self.state)().store.header().id.clone();
        when_idle(move || {
            spawn_local(async move {
                let one = BTreeSet::from([article.clone()]);
                let found = saver.storage.load(&project, Extent::Articles(&one)).await;
                if (saver.state)().store.header().id != project {
                    return;
                }
                // Something that the database missed: it comes into memory, and from there into the database.
                if found.is_some_and(|found| !found.debts.owed.is_empty()) {
                    saver.need([article]).await;
                }
                saver.check_when_idle();
            });
        });
    }
}
