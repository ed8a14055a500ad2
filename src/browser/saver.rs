//! Stores what changes, in the task in which it changed, and says how that went.

mod fetching;
mod hearing;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::clock;
use super::listen::{Listener, Wait, after, when_idle};
use super::storage::{Back, Backing, Cards, Committed, Copy, Debts, NOTHING, Storage, Unmirrored};
use super::tabs::{Message, Tabs};
use crate::format::stored::{Place, write_one};
use crate::model::*;
use crate::session::{Action, Editing, Notice, Offer, SaveState, State, Storing, Unsaved};

/// How long a large value waits for more changes before it is written into local storage, in milliseconds: the database has
/// them, and the whole of it is written each time.
const PAUSE: u32 = 2_000;
/// How long after a refusal the database is tried again, in milliseconds.
const RETRY: u32 = 4_000;

/// Keeps the stores, the other tabs and the desk at one state.
///
/// Local storage is written within [`Saver::look`]; the database in transactions one after another, each with all that
/// changed meanwhile. “Saved” is said when the transaction is on the disk.
pub struct Saver {
    storage: Rc<Storage>,
    state: Box<dyn Fn() -> Rc<State>>,
    act: Box<dyn Fn(Action)>,
    tabs: RefCell<Option<Tabs>>,
    listeners: RefCell<Vec<Listener>>,
    /// Whether a transaction is under way.
    busy: Cell<bool>,
    /// Everything up to this revision went into local storage, but for what waits or was refused.
    mirrored: Cell<u64>,
    waiting: RefCell<BTreeSet<Place>>,
    idle: Cell<bool>,
    pause: RefCell<Option<Wait>>,
    refused: RefCell<BTreeMap<Place, Rc<str>>>,
    /// What the stores lack that is not new.
    debts: RefCell<Debts>,
    /// The article that is being read.
    reading: RefCell<Option<ArticleId>>,
    /// Why the database refused last.
    trouble: RefCell<Option<Rc<str>>>,
    retry: RefCell<Option<Wait>>,
    counted: Cell<u64>,
}

impl Saver {
    pub fn new(storage: Rc<Storage>, state: impl Fn() -> Rc<State> + 'static, act: impl Fn(Action) + 'static) -> Rc<Self> {
        Rc::new(Self {
            storage,
            state: Box::new(state),
            act: Box::new(act),
            tabs: RefCell::default(),
            listeners: RefCell::default(),
            busy: Cell::new(false),
            mirrored: Cell::new(0),
            waiting: RefCell::default(),
            idle: Cell::new(false),
            pause: RefCell::default(),
            refused: RefCell::default(),
            trouble: RefCell::default(),
            debts: RefCell::default(),
            reading: RefCell::default(),
            retry: RefCell::default(),
            counted: Cell::new(0),
        })
    }

    /// Begins to listen to other tabs, to the database going away, and to the page being put to sleep and woken.
    pub fn begin(self: &Rc<Self>) {
        let hear = Rc::downgrade(self);
        *self.tabs.borrow_mut() = Some(Tabs::open(move |message| {
            if let Some(saver) = hear.upgrade() {
                saver.hear(message);
            }
        }));
        let lost = Rc::downgrade(self);
        self.storage.when_lost(move || {
            if let Some(saver) = lost.upgrade() {
                // Whatever took it away may have cleared local storage, too: from now on that has to hold all of it.
                saver.mirror_everything();
                if saver.storage.is_overtaken() {
                    saver.give_way();
                } else {
                    spawn_local(async move { saver.connect_again().await });
                }
            }
        });
        let on = |event, react: fn(&Rc<Self>, &web_sys::Event)| {
            let weak = Rc::downgrade(self);
            super::listen(event, move |event| {
                if let Some(saver) = weak.upgrade() {
                    react(&saver, event);
                }
            })
        };
        let on_document = |event, react: fn(&Rc<Self>, &web_sys::Event)| {
            let weak = Rc::downgrade(self);
            super::listen_document(event, move |event| {
                if let Some(saver) = weak.upgrade() {
                    react(&saver, event);
                }
            })
        };
        let listeners = [
            on("storage", |saver, event| saver.hear_local(event)),
            on("pagehide", |saver, _| saver.mirror_waiting()),
            on("pageshow", |saver, event| {
                let kept = js_sys::Reflect::get(event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy());
                if kept {
                    saver.catch_up();
                }
            }),
            on_document("freeze", |saver, _| saver.mirror_waiting()),
            on_document("resume", |saver, _| saver.catch_up()),
            on_document("visibilitychange", |saver, _| saver.mirror_waiting()),
        ];
        self.listeners.borrow_mut().extend(listeners.into_iter().flatten());
    }

    /// Another project lies on the desk, of which the stores lack something.
    pub fn turn_to(self: &Rc<Self>, debts: Debts) {
        self.refused.borrow_mut().clear();
        *self.waiting.borrow_mut() = debts.unmirrored.iter().map(Place::of).collect();
        *self.debts.borrow_mut() = debts;
        self.counted.set((self.state)().unexported);
        self.mirror_when_idle();
        self.check_when_idle();
        if self.storage.backing() == Backing::LocalAlone {
            let project = (self.state)().store.header().id.to_string();
            self.say(&Message::WhoEdits { project });
        }
        (self.act)(Action::Edit(Editing::Here));
        self.look();
    }

    /// Looks whether something changed, and stores it.
    pub fn look(self: &Rc<Self>) {
        let state = (self.state)();
        if state.unexported != self.counted.replace(state.unexported) {
            self.storage.set_unexported(&state.store.header().id, state.unexported);
        }
        self.fetch_wanted(&state);
        let owes = self.owes() && self.retry.borrow().is_none();
        if state.unsaved.is_empty() && !owes {
            return;
        }
        if state.revision > self.mirrored.get() {
            let Unmirrored { later, refused } = self.storage.mirror(copy_of(&state), &state.unsaved, self.mirrored.replace(state.revision));
            self.waiting.borrow_mut().extend(later);
            let mut known = self.refused.borrow_mut();
            for key in state.unsaved.keys() {
                known.remove(&Place::of(key));
            }
            known.extend(refused);
            drop(known);
            self.mirror_when_idle();
        }
        if !self.storage.has_database() {
            self.settle_locally(&state, &state.unsaved);
        } else if !self.busy.replace(true) {
            let saver = self.clone();
            spawn_local(async move {
                saver.store_all().await;
                saver.busy.set(false);
            });
        }
    }

    /// One transaction after another until nothing is left to store, or the database refuses.
    async fn store_all(self: &Rc<Self>) {
        loop {
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
            match outcome {
                Ok(Committed { others, rows }) => {
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
                    (self.act)(Action::Saved { revision, state: SaveState::Saved { at: clock::time_of_day().into() } });
                }
                Err(refused) => {
                    if refused.is_of_connection() && connection == self.storage.connection() {
                        self.storage.drop_connection(&refused);
                        self.mirror_everything();
                    }
                    let mut places: BTreeMap<Place, Storing> = unsaved.iter().map(|(key, of)| (Place::of(key), of.how)).collect();
                    // What was left to the database alone must be written here, too.
                    places.extend(self.take_waiting());
                    let refused_too = self.storage.mirror_refused(copy_of(&state), &places);
                    if is_open {
                        *self.refused.borrow_mut() = refused_too;
                        self.debts.borrow_mut().owed.extend(unsaved.keys().cloned());
                        *self.trouble.borrow_mut() = Some(refused.to_string().into());
                        return self.settle_locally(&state, &unsaved);
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

    fn owes(&self) -> bool {
        let debts = self.debts.borrow();
        !debts.owed.is_empty() || !debts.cardless.is_empty()
    }

    /// Local storage has to do, at least for now: says whether it does.
    fn settle_locally(self: &Rc<Self>, state: &State, unsaved: &BTreeMap<RecordKey, Unsaved>) {
        let why = self.storage.why_no_database().or_else(|| self.trouble.borrow().clone()).unwrap_or_else(|| "no database".into());
        let local = unsaved.keys().find_map(|key| self.refused.borrow().get(&Place::of(key)).cloned());
        let failed = local.is_some();
        match local {
            None => {
                let rows = unsaved.keys().map(|key| {
                    let value = state.store.record(key).map(|record| write_one(key, record));
                    (Place::Record(key.clone()).key(&state.store.header().id), value)
                });
                self.tell(state, rows.collect(), unsaved, &Cards::new());
                let save = SaveState::SavedUnlessKilled { at: clock::time_of_day().into(), why };
                (self.act)(Action::Saved { revision: state.revision, state: save });
            }
            Some(local) => {
                let why = match self.storage.backing() {
                    Backing::Memory => NOTHING.to_owned(),
                    Backing::LocalAlone => format!("{local}: export now, so that nothing is lost"),
                    Backing::DatabaseAlone => format!("{why}: export now, so that nothing is lost"),
                    Backing::Both => format!("{why}, and {local}: export now, so that nothing is lost"),
                };
                (self.act)(Action::NotSaved { state: SaveState::NotSaved { why: why.into() } });
            }
        }
        // Room may come any time; what was denied from the start stays denied.
        let lost = self.storage.may_connect_again();
        if self.storage.has_database() || lost || (failed && self.storage.backing() == Backing::LocalAlone) {
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
            self.storage.connect().await;
            if self.storage.has_database() { self.keep() } else { self.look_again() }
        });
    }

    /// The database is still away: waits again.
    fn look_again(self: &Rc<Self>) {
        let state = (self.state)();
        self.settle_locally(&state, &state.unsaved);
    }

    /// A newer version of the page has the database from now on: says so, and keeps the work in local storage.
    fn give_way(self: &Rc<Self>) {
        let text = "A newer version of this page has been opened: reload to get it. Until then work is kept in local storage alone.";
        (self.act)(Action::Say(Notice::failed(text)));
        let state = (self.state)();
        self.settle_locally(&state, &state.unsaved);
    }

    /// Writes all that is in memory into local storage, now.
    fn mirror_everything(self: &Rc<Self>) {
        let all: BTreeSet<Place> = (self.state)().store.all_records().map(|(key, _)| Place::of(&key)).collect();
        self.waiting.borrow_mut().extend(all);
        self.mirror_waiting();
    }

    /// The database was taken away: opens it again and writes everything into it.
    async fn connect_again(self: Rc<Self>) {
        let back = self.storage.connect_again().await;
        let state = (self.state)();
        let held = self.storage.articles_held(&state.store.header().id).await;
        // What was in memory, or in local storage, is written again; of all else only the cards are left.
        let lost = state.catalogue.unloaded().iter().filter(|article| !held.contains(*article) && state.catalogue.card(article).is_some());
        let text = match (back, lost.count()) {
            (Ok(Back::Whole), 0) => return self.keep(),
            (Ok(_), 0) => "The browser’s database was cleared while the page was open. All of this project was written again.".to_owned(),
            (Ok(_), lost) => format!(
                "The browser’s database was cleared while the page was open. What was open was written again, but {lost} articles were in the database alone: restore them from a backup."
            ),
            (Err(why), _) => format!("The browser’s database was taken away ({why}). Export now, to be safe."),
        };
        (self.act)(Action::Say(Notice::failed(text).offering(Offer::Export)));
        self.debts.borrow_mut().unchecked.extend(state.catalogue.unloaded().iter().cloned());
        self.check_when_idle();
        self.keep();
    }

    /// Writes the whole project again, for a store that lost it.
    pub fn keep(self: &Rc<Self>) {
        let all: Vec<RecordKey> = (self.state)().store.all_records().map(|(key, _)| key).collect();
        self.waiting.borrow_mut().extend(all.iter().map(Place::of));
        self.debts.borrow_mut().owed.extend(all);
        self.mirror_when_idle();
        self.look();
    }

    fn take_waiting(&self) -> BTreeMap<Place, Storing> {
        self.waiting.take().into_iter().map(|place| (place, Storing::Merge)).collect()
    }

    fn mirror_when_idle(self: &Rc<Self>) {
        if self.waiting.borrow().is_empty() || self.idle.replace(true) {
            return;
        }
        let weak = Rc::downgrade(self);
        let write = move || {
            if let Some(saver) = weak.upgrade() {
                saver.idle.set(false);
                saver.mirror_waiting();
            }
        };
        *self.pause.borrow_mut() = Some(after(PAUSE, move || when_idle(write)));
    }

    /// Writes into local storage what waited for the page to have time, or must wait no longer.
    fn mirror_waiting(self: &Rc<Self>) {
        let places = self.take_waiting();
        if places.is_empty() {
            return;
        }
        let state = (self.state)();
        let refused = self.storage.mirror_places(copy_of(&state), &places);
        self.refused.borrow_mut().extend(refused);
        let saver = self.clone();
        spawn_local(async move {
            let open = (saver.state)().store.header().id.clone();
            if saver.storage.trim(&open).await > 0 {
                let refused = saver.refused.take();
                saver.waiting.borrow_mut().extend(refused.into_keys());
                saver.mirror_when_idle();
            }
        });
    }

    /// Why the second copy in local storage lacks something; `None` where it has all.
    pub fn mirror_refused(&self) -> Option<Rc<str>> {
        self.refused.borrow().values().next().cloned()
    }
}

fn copy_of(state: &State) -> Copy<'_> {
    Copy { store: &state.store, order: state.catalogue.places() }
}

/// The cards of articles as they are now; those that are not in memory have theirs.
fn cards_of<'a>(state: &State, articles: impl Iterator<Item = &'a ArticleId>) -> Cards {
    let here = articles.filter(|article| !state.catalogue.is_unloaded(article));
    here.map(|article| (article.clone(), state.catalogue.card(article).cloned())).collect()
}
