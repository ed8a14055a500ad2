//! Texts that are not on this device: fetched when they are needed, and from then on like all others.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Saver;
use crate::browser::address::{NotFetched, fetch_file};
use crate::browser::listen::{ahead, pause};
use crate::edit::AnnotationStore;
use crate::format::links::{WEB, is_address};
use crate::format::native::{Remote, exact_text};
use crate::format::plain;
use crate::format::stored::{Place, Records};
use crate::model::*;
use crate::order::Gather;
use crate::session::{Action, Elsewhere, Missing, Notice, State, quoted};
use crate::text::sha256_hex;

/// Texts that are fetched side by side.
const SIDE_BY_SIDE: usize = 8;
/// Texts that are brought into memory before they are stored, and may leave it again.
const AT_A_TIME: usize = 40;
/// Milliseconds between two looks at whether they are, and how many looks.
const LOOK: (u32, u32) = (20, 500);

/// What came of texts that were fetched.
#[derive(Default)]
pub(super) struct Come {
    pub records: Records,
    pub missing: Missing,
    pub articles: BTreeSet<ArticleId>,
}

/// What becomes of a host's file that has some texts elsewhere.
pub struct Sorted {
    /// What is to be merged: with all of articles whose texts are on this device.
    pub project: AnnotationStore,
    /// How many articles are in the list now that were not.
    pub new: usize,
    /// Articles on this device of which the host has another text, which can't be had.
    pub missing: Missing,
}

impl Saver {
    /// The records of those of the articles whose texts are elsewhere. Nothing is stored or brought into memory yet.
    pub(super) async fn fetch(&self, articles: &[ArticleId], at_hand: &BTreeMap<ArticleId, Rc<str>>) -> Come {
        let known = self.remotes.borrow().known.clone();
        let wanted: Vec<&Rc<Remote>> = articles.iter().filter_map(|article| known.get(article)).collect();
        let beside = (self.state)().store.clone();
        let mut come = Come::default();
        for some in wanted.chunks(SIDE_BY_SIDE) {
            let begun: Vec<_> =
                some.iter().map(|remote| ahead(text_of((*remote).clone(), at_hand.get(&remote.article).cloned()))).collect();
            for (remote, text) in some.iter().zip(begun) {
                let found = text.await.and_then(|text| remote.records(&text, &beside).map_err(|why| not_taken(remote, &why.to_string())));
                match found {
                    Ok((records, issues)) => {
                        come.articles.insert(remote.article.clone());
                        come.records.extend(records);
                        if let Some(first) = issues.first() {
                            let more = if issues.len() > 1 { format!(" ({} more such places)", issues.len() - 1) } else { String::new() };
                            (self.act)(Action::Say(Notice::refused(format!("{first}{more}."))));
                        }
                    }
                    Err(why) => come.missing.0.push((remote.article.clone(), why.into())),
                }
            }
        }
        come
    }

    /// These articles are about to be in memory; what came from elsewhere is to be stored.
    pub(super) fn settle(&self, articles: &BTreeSet<ArticleId>, come: &Come) {
        let mut remotes = self.remotes.borrow_mut();
        for article in articles {
            remotes.known.remove(article);
            remotes.unstored.remove(article);
        }
        if come.articles.is_empty() {
            return;
        }
        let mut debts = self.debts.borrow_mut();
        debts.owed.extend(come.records.iter().map(|(key, _)| key.clone()));
        debts.cardless.extend(come.articles.iter().cloned());
        self.waiting.borrow_mut().extend(come.records.iter().map(|(key, _)| Place::of(key)));
    }

    /// Lists what a host says of articles whose texts it has in other files, and puts what it says of those on this device to the rest.
    pub async fn sort(self: &Rc<Self>, host: AnnotationStore, elsewhere: &Elsewhere) -> Sorted {
        let state = (self.state)();
        let project = state.store.header().id.clone();
        // What the host has in its file now, or has removed, is not waited for any more.
        let here: Vec<ArticleId> =
            host.known_articles().filter(|article| state.catalogue.elsewhere().contains(*article)).cloned().collect();
        if !here.is_empty() {
            self.settle(&here.iter().cloned().gather(), &Come::default());
            (self.act)(Action::Loaded { articles: here, records: Vec::new() });
        }
        let (mut listed, mut on_device) = (Vec::new(), Vec::new());
        for remote in &elsewhere.remotes {
            let article = &remote.article;
            if state.catalogue.elsewhere().contains(article) || !state.catalogue.knows(article) {
                listed.push(remote.clone());
            } else if state.catalogue.card(article).is_some() {
                on_device.push(remote.clone());
            }
        }
        self.need(on_device.iter().map(|remote| remote.article.clone()).collect::<Vec<_>>()).await;
        let mut sorted = Sorted { project: host, new: 0, missing: Missing::default() };
        for remote in on_device {
            let now = (self.state)();
            let Some(article) = now.store.article(&remote.article) else { continue };
            let own: Rc<str> = article.text.as_str().into();
            let found = text_of(remote.clone(), Some(own)).await;
            match found.and_then(|text| remote.records(&text, &now.store).map_err(|why| not_taken(&remote, &why.to_string()))) {
                Ok((records, _)) => sorted.project = sorted.project.merge(records).0,
                Err(why) => sorted.missing.0.push((remote.article.clone(), why.into())),
            }
        }
        let now = (self.state)();
        if now.store.header().id != project {
            return sorted;
        }
        // Somebody may have opened one meanwhile.
        listed.retain(|remote| now.catalogue.elsewhere().contains(&remote.article) || !now.catalogue.knows(&remote.article));
        let mut remotes = self.remotes.borrow_mut();
        let mut cards = Vec::new();
        for remote in listed {
            let before = remotes.known.insert(remote.article.clone(), remote.clone());
            sorted.new += usize::from(before.is_none());
            if before.as_ref() != Some(&remote) {
                remotes.unstored.insert(remote.article.clone());
                cards.push((remote.article.clone(), remote.card.clone()));
            }
        }
        drop(remotes);
        if !cards.is_empty() {
            (self.act)(Action::Announced(cards));
            self.look();
        }
        sorted
    }

    /// Brings all texts onto this device. `heard` gets how many are done and how many there are, and says whether to go on; it ends
    /// where nobody answers.
    pub async fn fetch_all(self: &Rc<Self>, mut heard: impl FnMut(usize, usize) -> bool) -> Missing {
        let project = (self.state)().store.header().id.clone();
        let catalogue = (self.state)().catalogue.clone();
        let all: Vec<ArticleId> = catalogue.listed().iter().filter(|article| catalogue.elsewhere().contains(*article)).cloned().collect();
        let mut missing = Missing::default();
        let mut goes_on = true;
        for (n, some) in all.chunks(AT_A_TIME).enumerate() {
            if (self.state)().store.header().id != project {
                break;
            }
            goes_on = goes_on && heard(n * AT_A_TIME, all.len());
            if !goes_on {
                missing.0.extend(some.iter().map(|article| (article.clone(), not_here(&(self.state)(), article).into())));
                continue;
            }
            let lacking = self.need_with(some.to_vec(), &BTreeMap::new()).await;
            // With no network each of thousands would be asked for in vain.
            goes_on = lacking.0.len() < some.len();
            missing.0.extend(lacking.0);
            for _ in 0..LOOK.1 {
                if !self.storage.has_database() || !(self.owes() || self.busy.get()) {
                    break;
                }
                pause(LOOK.0).await;
            }
        }
        missing
    }

    pub(super) fn owe_remotes(&self) {
        let mut remotes = self.remotes.borrow_mut();
        remotes.unstored = remotes.known.keys().cloned().gather();
    }

    /// Whether the stores have all that is known of texts elsewhere.
    pub fn has_stored_remotes(&self) -> bool {
        self.remotes.borrow().unstored.is_empty()
    }

    pub(super) async fn store_remotes(&self) {
        let state = (self.state)();
        let waiting = self.unstored();
        if waiting.is_empty() {
            return;
        }
        // Where it fails, it is tried again with what is stored next.
        if self.storage.put_remotes(&state.store.header().id, &waiting, state.catalogue.places()).await.is_ok() {
            self.are_stored(&waiting);
        }
    }

    /// The same without a database.
    pub(super) fn store_remotes_locally(self: &Rc<Self>, state: &State) {
        let waiting = self.unstored();
        if waiting.is_empty() {
            return;
        }
        // Said once: they are in memory, and come again with the host’s file.
        self.are_stored(&waiting);
        let (saver, project, places) = (self.clone(), state.store.header().id.clone(), state.catalogue.places().to_vec());
        wasm_bindgen_futures::spawn_local(async move {
            if let Err(why) = saver.storage.put_remotes(&project, &waiting, &places).await {
                let text = format!(
                    "The list of articles whose texts are not on this device can’t be kept here: {why}. It comes again with a network."
                );
                (saver.act)(Action::Say(Notice::refused(text)));
            }
        });
    }

    fn unstored(&self) -> Vec<Rc<Remote>> {
        let remotes = self.remotes.borrow();
        remotes.unstored.iter().filter_map(|article| remotes.known.get(article)).cloned().collect()
    }

    fn are_stored(&self, stored: &[Rc<Remote>]) {
        let mut remotes = self.remotes.borrow_mut();
        for remote in stored {
            // It may have been said anew meanwhile.
            if remotes.known.get(&remote.article).is_none_or(|known| known == remote) {
                remotes.unstored.remove(&remote.article);
            }
        }
    }
}

/// The text of an article: the one at hand, if it is that, else what its address has.
async fn text_of(remote: Rc<Remote>, at_hand: Option<Rc<str>>) -> Result<Rc<str>, String> {
    if let Some(text) = at_hand.filter(|text| sha256_hex(text) == *remote.sha256) {
        return Ok(text);
    }
    if !is_address(&remote.address, &WEB) {
        return Err(not_taken(&remote, "its address is no web address"));
    }
    match fetch_file(&remote.address, plain::MAX_BYTES).await {
        Ok(bytes) => exact_text(bytes, &remote.sha256).map(Into::into).map_err(|why| not_taken(&remote, &why.to_string())),
        Err(NotFetched::NoAnswer(_)) => Err(no_network(&remote.card.label)),
        Err(NotFetched::Refused(why)) => Err(format!("The text of {} can’t be had: {why}", quoted(&remote.card.label))),
    }
}

fn no_network(label: &str) -> String {
    format!("The text of {} is not on this device yet; it comes with a network.", quoted(label))
}

fn not_here(state: &State, article: &ArticleId) -> String {
    no_network(state.catalogue.card(article).map_or(article.as_str(), |card| &card.label))
}

fn not_taken(remote: &Remote, why: &str) -> String {
    format!("The text of {} was not taken: {why} ({}).", quoted(&remote.card.label), remote.address)
}
