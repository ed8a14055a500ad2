//! The database: one transaction after another, what it means when one is refused, and what is done about it.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{Saver, copy_of};
use crate::browser::clock;
use crate::browser::listen::after;
use crate::browser::storage::{Back, Backing, Cards, Committed, NOTHING, Refused};
use crate::format::stored::{Place, write_one};
use crate::model::*;
use crate::order::Gather;
use crate::session::{Action, Notice, Offer, SaveState, State, Storing, Unsaved};

/// How long after a refusal the database is tried again, in milliseconds.
const RETRY: u32 = 4_000;

impl Saver {
    /// One transaction after another until nothing is left to store, or the database refuses.
    pub(super) async fn store_all(self: &Rc<Self>) {
        loop {
            self.reckon();
            self.store_remotes().await;
            let state = (self.state)();
            let revision = state.revision;
            let mut unsaved: BTreeMap<RecordKey, Unsaved> = (*state.unsaved).clone();
            let debts = self.debts.borrow().clone();
            for key in debts.owed {
                unsaved.entry(key).or_insert(Unsaved { revision, how: Storing::Merge });
            }
            let cards = cards_of(&state, unsaved.keys().filter_map(RecordKey::article).chain(&debts.cardless));
            if unsaved.is_empty() && cards.is_empty() {
                break;
            }
            let connection = self.storage.connection();
            let outcome = self.storage.commit(copy_of(&state), &unsaved, state.last_merge.as_deref(), &cards).await;
            let is_open = (self.state)().store.header().id == state.store.header().id;
            if outcome.is_ok() && connection != self.storage.connection() {
                // It may have gone into a database that is deleted meanwhile.
                continue;
            }
            match outcome {
                Ok(Committed { others, rows, newer }) => {
                    self.tell(&state, rows, &unsaved, &cards);
                    if !is_open {
                        continue;
                    }
                    let mut debts = self.debts.borrow_mut();
                    debts.owed.retain(|key| !unsaved.contains_key(key));
                    debts.cardless.retain(|article| !cards.contains_key(article) && !state.catalogue.is_unloaded(article));
                    // What another tab had written there in the meantime belongs onto the card, too.
                    debts.cardless.extend(others.iter().filter_map(|(key, _)| key.article().cloned()));
                    drop(debts);
                    *self.retry.borrow_mut() = None;
                    if !others.is_empty() {
                        (self.act)(Action::Arrived { records: others, cards: Vec::new() });
                    }
                    let withheld = self.withhold(&state, &unsaved, newer);
                    if withheld.is_empty() {
                        (self.act)(Action::Saved { revision, state: SaveState::Saved { at: clock::time_of_day().into() } });
                    } else {
                        self.settle_locally(&state, &withheld, Refused::newer());
                        if matches!((self.state)().save, SaveState::NotSaved { .. }) {
                            return;
                        }
                    }
                }
                Err(refused) => {
                    if refused.is_of_connection() && connection == self.storage.connection() {
                        self.storage.drop_connection(&refused);
                        self.mirror_everything();
                    }
                    let mut places: BTreeMap<Place, Storing> = unsaved.iter().map(|(key, of)| (Place::of(key), of.how)).gather();
                    // What was left to the database alone must be written here, too.
                    places.extend(self.take_waiting());
                    let refused_too = self.storage.mirror_refused(copy_of(&state), &places);
                    if is_open {
                        *self.refused.borrow_mut() = refused_too;
                        self.debts.borrow_mut().owed.extend(unsaved.keys().cloned());
                        *self.trouble.borrow_mut() = Some(refused);
                        return self.settle_locally(&state, &unsaved, self.why());
                    }
                    if !refused_too.is_empty() {
                        let text = format!("The last changes of “{}” could not be saved: {refused}.", state.store.header().title);
                        (self.act)(Action::Say(Notice::failed(text)));
                    }
                }
            }
        }
        (self.act)(Action::Tidy);
    }

    pub(super) fn owes(&self) -> bool {
        let debts = self.debts.borrow();
        !debts.owed.is_empty() || !debts.cardless.is_empty()
    }

    /// Keeps in local storage what the database holds in a newer version's form; returns all of which that is so.
    fn withhold(&self, state: &State, stored: &BTreeMap<RecordKey, Unsaved>, newer: BTreeSet<RecordKey>) -> BTreeMap<RecordKey, Unsaved> {
        let mut withheld = self.withheld.borrow_mut();
        withheld.retain(|key| !stored.contains_key(key));
        if !newer.is_empty() {
            let places = newer.iter().map(|key| (Place::of(key), stored.get(key).map_or(Storing::Merge, |of| of.how))).gather();
            let refused = self.storage.mirror_refused(copy_of(state), &places);
            self.refused.borrow_mut().extend(refused);
        }
        withheld.extend(newer);
        let how = |key: &RecordKey| stored.get(key).copied().unwrap_or(Unsaved { revision: state.revision, how: Storing::Merge });
        withheld.iter().map(|key| (key.clone(), how(key))).gather()
    }

    /// Why local storage has to do.
    pub(super) fn why(&self) -> Refused {
        self.storage.why_no_database().or_else(|| self.trouble.borrow().clone()).unwrap_or_else(Refused::none)
    }

    /// Local storage has to do, at least for now: says whether it does.
    pub(super) fn settle_locally(self: &Rc<Self>, state: &State, unsaved: &BTreeMap<RecordKey, Unsaved>, why: Refused) {
        let local = unsaved.keys().find_map(|key| self.refused.borrow().get(&Place::of(key)).cloned());
        let failed = local.is_some();
        match local {
            None if !why.is_of_disk() => {
                let rows = unsaved.keys().map(|key| {
                    let value = state.store.record(key).map(|record| write_one(key, record));
                    (Place::Record(key.clone()).key(&state.store.header().id), value)
                });
                self.tell(state, rows.collect(), unsaved, &Cards::new());
                let at = match &state.save {
                    // Nothing was stored since.
                    SaveState::Saved { at } | SaveState::SavedUnlessKilled { at, .. } if state.unsaved.is_empty() => at.clone(),
                    _ => clock::time_of_day().into(),
                };
                let save = SaveState::SavedUnlessKilled { at, why: why.to_string().into() };
                (self.act)(Action::Saved { revision: state.revision, state: save });
            }
            local => {
                const EXPORT: &str = "export now, so that nothing is lost";
                let why = match (self.storage.backing(), local) {
                    (Backing::Memory, _) => NOTHING.to_owned(),
                    _ if why.is_of_disk() => format!("the disk may be full or failing: {EXPORT} ({why})"),
                    (Backing::Both, Some(local)) => format!("{why}, and {local}: {EXPORT}"),
                    (Backing::LocalAlone, Some(local)) => format!("{local}: {EXPORT}"),
                    _ => format!("{why}: {EXPORT}"),
                };
                (self.act)(Action::NotSaved { state: SaveState::NotSaved { why: why.into() } });
            }
        }
        // Room may come any time; what was denied from the start stays denied.
        let lost = self.storage.may_connect_again();
        let refuses = self.storage.has_database() && (failed || !why.is_newer());
        if refuses || lost || (failed && self.storage.backing() == Backing::LocalAlone) {
            let weak = Rc::downgrade(self);
            let try_again = move || {
                if let Some(saver) = weak.upgrade() {
                    saver.try_again();
                }
            };
            *self.retry.borrow_mut() = Some(after(RETRY, try_again));
        }
    }

    fn try_again(self: Rc<Self>) {
        drop(self.retry.take());
        if !self.storage.may_connect_again() {
            self.mirrored.set(0);
            return self.look();
        }
        spawn_local(async move {
            let first = !self.storage.had_database();
            self.storage.connect().await;
            if !self.storage.has_database() {
                return self.look_again();
            }
            if first {
                // What it holds beside what local storage had.
                self.catch_up();
            }
            self.keep();
        });
    }

    /// The database is still away: waits again.
    fn look_again(self: &Rc<Self>) {
        let state = (self.state)();
        self.settle_locally(&state, &state.unsaved, self.why());
    }

    /// A newer version of the page has the database from now on: says so, and keeps the work in local storage.
    pub(super) fn give_way(self: &Rc<Self>) {
        let text = "A newer version of this page has been opened: reload to get it. Until then work is kept in local storage alone.";
        (self.act)(Action::Say(Notice::failed(text)));
        let state = (self.state)();
        self.settle_locally(&state, &state.unsaved, self.why());
    }

    /// The database was taken away: opens it again and writes everything into it.
    pub(super) async fn connect_again(self: Rc<Self>) {
        let back = self.storage.connect_again().await;
        let state = (self.state)();
        let held = self.storage.articles_held(&state.store.header().id).await;
        // What was in memory, or in local storage, is written again; of all else only the cards are left.
        let is_lost = |article: &&ArticleId| {
            !held.contains(*article) && state.catalogue.card(article).is_some() && !state.catalogue.elsewhere().contains(*article)
        };
        let lost = state.catalogue.unloaded().iter().filter(is_lost);
        let text = match (back, lost.count()) {
            (Ok(Back::Whole), 0) => return self.keep(),
            (Ok(_), 0) => "The browser’s database was cleared while the page was open. All of this project was written again.".to_owned(),
            (Ok(_), lost) => format!(
                "The browser’s database was cleared while the page was open. What was open was written again, but {lost} articles were in the database alone: restore them from a backup."
            ),
            (Err(why), _) => format!("The browser’s database was taken away ({why}). Export now, to be safe."),
        };
        (self.act)(Action::Say(Notice::failed(text).offering(Offer::Export)));
        self.owe_remotes();
        let stored = state.catalogue.unloaded().iter().filter(|article| !state.catalogue.elsewhere().contains(*article));
        self.debts.borrow_mut().unchecked.extend(stored.cloned());
        self.check_when_idle();
        self.keep();
    }
}

/// The cards of articles as they are now; those that are not in memory have theirs.
fn cards_of<'a>(state: &State, articles: impl Iterator<Item = &'a ArticleId>) -> Cards {
    let here = articles.filter(|article| !state.catalogue.is_unloaded(article));
    here.map(|article| (article.clone(), state.catalogue.card(article).cloned())).collect()
}
