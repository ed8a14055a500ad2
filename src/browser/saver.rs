//! Stores what changes, in the task in which it changed, and says how that went.

mod fetching;
mod hearing;
mod remote;
mod storing;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

pub use remote::Sorted;

use super::listen::{Listener, Wait, after, when_idle, when_painted};
use super::storage::{Backing, Copy, Debts, Refused, Remotes, Storage, Unmirrored};
use super::tabs::{Message, Tabs};
use crate::format::stored::Place;
use crate::model::*;
use crate::order::Gather;
use crate::session::{Action, Editing, State, Storing};

/// How long a large value waits for more changes before it is written into local storage, in milliseconds: the database has
/// them, and the whole of it is written each time.
const PAUSE: u32 = 2_000;

/// So many changes at once come from a file, which still holds them: what they show is painted before they are stored.
const MANY: usize = 1_000;

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
    /// How far a large import is on its way into the stores.
    bulk: Cell<Bulk>,
    refused: RefCell<BTreeMap<Place, Rc<str>>>,
    /// What the stores lack that is not new.
    debts: RefCell<Debts>,
    /// The number of the connection whose database the debts were reckoned against, or 0.
    reckoned: Cell<u32>,
    /// Articles whose texts are not on this device.
    remotes: RefCell<Remotes>,
    /// The article that is being read.
    reading: RefCell<Option<ArticleId>>,
    /// Why the database refused last.
    trouble: RefCell<Option<Refused>>,
    /// Records of which a newer version of the page wrote the database's row: this one leaves it, and keeps them in local
    /// storage alone.
    withheld: RefCell<BTreeSet<RecordKey>>,
    retry: RefCell<Option<Wait>>,
    counted: Cell<u64>,
}

/// What becomes of a large import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Bulk {
    #[default]
    None,
    /// The page is about to paint it.
    Painting,
    /// It is being stored.
    Due,
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
            bulk: Cell::default(),
            refused: RefCell::default(),
            trouble: RefCell::default(),
            withheld: RefCell::default(),
            debts: RefCell::default(),
            reckoned: Cell::new(0),
            remotes: RefCell::default(),
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
                // Whatever took it away may have cleared local storage, too: from now on that has to hold all of it, and
                // whatever database comes next lacks it, too.
                saver.owe_everything();
                saver.mirror_everything();
                if saver.storage.why_no_database().is_some_and(|refused| refused.is_newer()) {
                    saver.give_way();
                } else {
                    // Browsers write local storage to the disk in their own time.
                    let state = (saver.state)();
                    saver.settle_locally(&state, &state.unsaved, saver.why());
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
            on("pagehide", |saver, _| {
                saver.store_bulk();
                saver.mirror_waiting();
                saver.storage.rest();
            }),
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

    /// Another project comes onto the desk in the same task, of which these texts are elsewhere.
    pub fn expect(&self, remotes: Remotes) {
        *self.remotes.borrow_mut() = remotes;
    }

    /// Another project lies on the desk, of which the stores lack something.
    pub fn turn_to(self: &Rc<Self>, debts: Debts) {
        self.refused.borrow_mut().clear();
        self.withheld.borrow_mut().clear();
        *self.waiting.borrow_mut() = debts.unmirrored.iter().map(Place::of).collect();
        self.reckoned.set(debts.connection);
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
        let owes = (self.owes() || !self.has_stored_remotes()) && self.retry.borrow().is_none();
        if state.unsaved.is_empty() && !owes {
            self.bulk.set(Bulk::None);
            return;
        }
        if self.is_painted_first(&state) {
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
            self.store_remotes_locally(&state);
            self.settle_locally(&state, &state.unsaved, self.why());
        } else if !self.busy.replace(true) {
            let saver = self.clone();
            spawn_local(async move {
                saver.store_all().await;
                saver.busy.set(false);
            });
        }
    }

    /// Whether a large import waits for the page to paint it.
    fn is_painted_first(self: &Rc<Self>, state: &State) -> bool {
        match self.bulk.get() {
            _ if state.unsaved.len() < MANY => self.bulk.set(Bulk::None),
            Bulk::Due => {}
            Bulk::Painting => return true,
            Bulk::None => {
                self.bulk.set(Bulk::Painting);
                let weak = Rc::downgrade(self);
                when_painted(move || {
                    if let Some(saver) = weak.upgrade() {
                        saver.store_bulk();
                    }
                });
                return true;
            }
        }
        false
    }

    fn store_bulk(self: &Rc<Self>) {
        if self.bulk.get() == Bulk::Painting {
            self.bulk.set(Bulk::Due);
            self.look();
        }
    }

    /// Writes all that is in memory into local storage, now.
    fn mirror_everything(self: &Rc<Self>) {
        let all: BTreeSet<Place> = (self.state)().store.all_records().map(|(key, _)| Place::of(&key)).gather();
        self.waiting.borrow_mut().extend(all);
        self.mirror_waiting();
    }

    /// Writes the whole project again, for a store that lost it.
    pub fn keep(self: &Rc<Self>) {
        self.owe_everything();
        self.waiting.borrow_mut().extend((self.state)().store.all_records().map(|(key, _)| Place::of(&key)));
        self.mirror_when_idle();
        self.look();
    }

    fn owe_everything(&self) {
        self.debts.borrow_mut().owed.extend((self.state)().store.all_records().map(|(key, _)| key));
    }

    /// A database that was opened since lacks whatever was called saved in the meantime: that went into local storage alone,
    /// and nothing may be called more than that before the database has all of it.
    fn reckon(&self) {
        let connection = self.storage.connection();
        if self.reckoned.replace(connection) != connection {
            self.owe_everything();
        }
    }

    fn take_waiting(&self) -> BTreeMap<Place, Storing> {
        self.waiting.take().into_iter().map(|place| (place, Storing::Merge)).gather()
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
