//! Two stores of the same rows: local storage, written in the task of the edit, and the browser's database, whose strict
//! transactions outlive a crash. Either alone is enough to find the work again; at start they are merged by version.
//!
//! Other pages and other tabs may write either at any time, so each value is checked when it is read, and merged, not
//! overwritten, when somebody else wrote it since.

mod backup;
mod database;
mod device;
mod held;
mod local;
mod opening;
mod projects;
mod remotes;
mod torn;
mod writing;

pub use device::device;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

pub use database::Refused;
use database::{Database, Lost};
pub use held::Held;
use local::Local;
pub use local::{LOCAL_UNITS, LocalUse};
pub use opening::{Debts, Extent, Loaded};
pub use projects::{Deleted, Measured, Put, StoredProject};
pub use remotes::Remotes;
pub use writing::{Cards, Committed, Copy, NOTHING, Unmirrored};

use crate::format::stored::{PREFIX, QUARANTINE, RECORDS, Row, Spoilt, project_prefix};
use crate::model::*;
use crate::order::{Gather, InOrder};

/// What the browser lets the page keep rows in.
pub struct Storage {
    local: Option<Local>,
    database: RefCell<Option<Database>>,
    /// Why there is no database.
    denied: RefCell<Option<Refused>>,
    /// The connection to a database that another page wants to delete; it is not deleted before this is closed.
    doomed: RefCell<Option<Database>>,
    /// Whether there was a database in this visit, so that it is worth asking again.
    had_database: Cell<bool>,
    /// Whether what it held is being put into a new one.
    rescuing: Cell<bool>,
    /// How many connections were opened; each goes by its number.
    opened: Cell<u32>,
    /// The number of the one that is there, or 0.
    connection: Cell<u32>,
    /// What happened to one before it was taken on.
    lost_early: Cell<Option<(u32, Lost)>>,
    /// What to do when the database goes away.
    lost: RefCell<Option<Rc<dyn Fn()>>>,
    /// What the browser said when it found the database damaged and made an empty one.
    emptied: RefCell<Option<Rc<str>>>,
    /// What the device remembers, whatever becomes of local storage meanwhile.
    settings: RefCell<HashMap<String, String>>,
    /// For each key of local storage, the beginning of the value (with its checksum) that this tab wrote or read last.
    known: RefCell<HashMap<String, String>>,
}

/// What a database was like that had been taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Back {
    /// Only the connection was lost.
    Whole,
    Emptied,
}

/// Which stores there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backing {
    Both,
    DatabaseAlone,
    LocalAlone,
    Memory,
}

/// How often a database that was taken away is asked for, and how many milliseconds lie between.
const TRIES: usize = 8;
const BETWEEN_TRIES: u32 = 250;

/// Rows put back in one transaction.
const RESCUED_AT_ONCE: usize = 20_000;

/// Enough of a value to tell it from another: format version and checksum.
const HEAD: usize = 12;

impl Storage {
    /// What can be had at once: local storage. [`Storage::connect`] adds the database.
    pub fn open() -> Rc<Self> {
        Rc::new(Self {
            local: Local::open(),
            database: RefCell::default(),
            denied: RefCell::default(),
            doomed: RefCell::default(),
            had_database: Cell::new(false),
            rescuing: Cell::new(false),
            opened: Cell::new(0),
            connection: Cell::new(0),
            lost_early: Cell::new(None),
            lost: RefCell::default(),
            emptied: RefCell::default(),
            settings: RefCell::default(),
            known: RefCell::default(),
        })
    }

    /// Opens the database; where that fails, [`Storage::why_no_database`] says why.
    pub async fn connect(self: &Rc<Self>) {
        match self.open_database().await {
            Ok((number, database)) => self.take_on(number, database).await,
            Err(refused) => *self.denied.borrow_mut() = Some(refused),
        }
    }

    /// A connection, and its number, of which nobody knows yet.
    async fn open_database(self: &Rc<Self>) -> Result<(u32, Database), Refused> {
        let number = self.opened.get() + 1;
        self.opened.set(number);
        let weak = Rc::downgrade(self);
        let on_lost = move |lost| {
            if let Some(storage) = weak.upgrade() {
                storage.let_go(number, lost);
            }
        };
        let database = Database::open(on_lost).await?;
        // A database that can't be written says so at the first commit.
        let _ = database.wake().await;
        Ok((number, database))
    }

    async fn take_on(&self, number: u32, database: Database) {
        *self.emptied.borrow_mut() = database.emptied().map(Into::into);
        *self.database.borrow_mut() = Some(database);
        *self.denied.borrow_mut() = None;
        self.had_database.set(true);
        self.connection.set(number);
        if let Some((early, lost)) = self.lost_early.take()
            && early == number
        {
            return self.let_go(number, lost);
        }
        self.recall_settings().await;
    }

    /// What to do when the database has gone away under the page and can be asked for again.
    pub fn when_lost(&self, then: impl Fn() + 'static) {
        *self.lost.borrow_mut() = Some(Rc::new(then));
    }

    fn let_go(&self, number: u32, lost: Lost) {
        if number != self.connection.get() {
            // Of one that is being taken on it matters yet, of an older one no more.
            if number == self.opened.get() {
                self.lost_early.set(Some((number, lost)));
            }
            return;
        }
        let Some(database) = self.database.borrow_mut().take() else { return };
        self.connection.set(0);
        *self.denied.borrow_mut() = Some(match lost {
            Lost::ToBeUpgraded => {
                database.close();
                Refused::newer()
            }
            Lost::ToBeDeleted => {
                *self.doomed.borrow_mut() = Some(database);
                Refused::taken_away()
            }
            Lost::Closed => Refused::closed(),
        });
        let then = self.lost.borrow().clone();
        if let Some(then) = then {
            then();
        }
    }

    /// Opens the database again after it was taken away, with all that it held where there was time to read it.
    ///
    /// To refuse a deletion would only put it off until this tab closes; so it is let through, and undone.
    pub(super) async fn connect_again(self: &Rc<Self>) -> Result<Back, Refused> {
        self.rescuing.set(true);
        let back = self.rescue().await;
        self.rescuing.set(false);
        back
    }

    async fn rescue(self: &Rc<Self>) -> Result<Back, Refused> {
        let doomed = self.doomed.take();
        let rescued = match &doomed {
            Some(doomed) => doomed.rows(PREFIX).await.unwrap_or_default(),
            None => Vec::new(),
        };
        if let Some(doomed) = doomed {
            doomed.close();
        }
        let mut tries = 0;
        let (number, database) = loop {
            match self.open_database().await {
                Ok(opened) => break opened,
                Err(refused) if tries == TRIES => {
                    *self.denied.borrow_mut() = Some(refused.clone());
                    return Err(refused);
                }
                Err(_) => tries += 1,
            }
            // A browser that is still clearing up refuses at first.
            super::pause(BETWEEN_TRIES).await;
        };
        // Nothing is called saved in it before all is back.
        let emptied = database.keys(RECORDS).await?.is_empty();
        for part in rescued.chunks(RESCUED_AT_ONCE) {
            let names: Vec<String> = part.iter().map(|(key, _)| key.clone()).collect();
            // What another tab has stored since is newer than what was rescued.
            let put_back = |present: Vec<Option<String>>| {
                let missing = part.iter().zip(present).filter(|(_, there)| there.is_none());
                (missing.map(|((key, value), _)| (key.clone(), Some(value.clone()))).collect(), ())
            };
            database.update(&names, put_back).await?;
        }
        self.take_on(number, database).await;
        Ok(if emptied { Back::Emptied } else { Back::Whole })
    }

    /// The articles of a project whose records the database has.
    pub(super) async fn articles_held(&self, project: &ProjectId) -> BTreeSet<ArticleId> {
        let Some(database) = self.database() else { return BTreeSet::new() };
        let prefix = format!("{}r/article/", project_prefix(project));
        let keys = database.keys(&prefix).await.unwrap_or_default();
        keys.iter().filter_map(|key| ArticleId::new(key.strip_prefix(&prefix)?)).gather()
    }

    pub fn backing(&self) -> Backing {
        match (self.local.is_some(), self.database.borrow().is_some()) {
            (true, true) => Backing::Both,
            (false, true) => Backing::DatabaseAlone,
            (true, false) => Backing::LocalAlone,
            (false, false) => Backing::Memory,
        }
    }

    /// Lets go of a connection that is of no use any more, without a word: it is asked for again.
    pub(super) fn drop_connection(&self, refused: &Refused) {
        if let Some(database) = self.database.borrow_mut().take() {
            database.close();
        }
        self.connection.set(0);
        *self.denied.borrow_mut() = Some(refused.clone());
    }

    /// Which connection it is, or 0: what was stored or refused by another says nothing of this one.
    pub(super) fn connection(&self) -> u32 {
        self.connection.get()
    }

    pub(super) fn had_database(&self) -> bool {
        self.had_database.get()
    }

    /// Whether there is none, but may be yet: there was one in this visit, or the disk may have failed for a moment.
    pub fn may_connect_again(&self) -> bool {
        let of_disk = || self.why_no_database().is_some_and(|refused| refused.is_of_disk());
        !self.has_database() && !self.rescuing.get() && (self.had_database.get() || of_disk())
    }

    pub fn has_database(&self) -> bool {
        self.database.borrow().is_some()
    }

    pub fn why_no_database(&self) -> Option<Refused> {
        self.denied.borrow().clone()
    }

    /// What the browser said if it found the database damaged and made an empty one.
    pub fn emptied(&self) -> Option<Rc<str>> {
        self.emptied.borrow().clone()
    }

    /// The page goes, or sleeps: says so to the database, for the next visit.
    pub fn rest(&self) {
        if let Some(database) = self.database() {
            super::spawn_local(async move { drop(database.rest().await) });
        }
    }

    /// How much local storage holds; `None` where it is denied.
    pub fn local_use(&self) -> Option<LocalUse> {
        self.local.as_ref().map(Local::used)
    }

    fn database(&self) -> Option<Database> {
        self.database.borrow().clone()
    }

    /// Moves what can't be read out of the way; what a newer version wrote stays where it is, as does what there is no room
    /// for.
    async fn put_aside(&self, Spoilt { row: (key, value), error }: &Spoilt) {
        if error.is_of_newer() {
            return;
        }
        if self.local.as_ref().is_some_and(|local| local.get(key).as_ref() == Some(value)) {
            self.put_aside_locally(key, value);
        }
        let Some(database) = self.database() else { return };
        let names = [key.clone(), format!("{QUARANTINE}{key}")];
        let moving = |present: Vec<Option<String>>| match present.as_slice() {
            [Some(there), aside] if there == value => {
                let free = match aside {
                    Some(other) if other != value => format!("{}~{:08x}", names[1], crc32fast::hash(value.as_bytes())),
                    _ => names[1].clone(),
                };
                (vec![(key.clone(), None), (free, Some(value.clone()))], ())
            }
            _ => (Vec::new(), ()),
        };
        // Where it can't be moved, it stays, and is found again.
        let _ = database.update(&names, moving).await;
    }

    /// Whether there was room to move a value of local storage.
    fn put_aside_locally(&self, key: &str, value: &str) -> bool {
        let Some(local) = &self.local else { return false };
        // Nothing that was put aside before is overwritten.
        let mut names = (1..).map(|n| if n == 1 { format!("{QUARANTINE}{key}") } else { format!("{QUARANTINE}{key}~{n}") });
        let free = names.find(|name| local.get(name).is_none_or(|there| there == value));
        let moved = free.is_some_and(|free| local.set(&free, value));
        if moved {
            local.remove(key);
        }
        moved
    }

    /// The rows of ours that either store holds, all of them: for a backup.
    pub async fn all_rows(&self) -> Result<Vec<Row>, String> {
        let mut rows = match self.database() {
            Some(database) => database.rows(PREFIX).await.map_err(|refused| refused.to_string())?,
            None => Vec::new(),
        };
        rows.extend(self.local.as_ref().map(|local| local.rows(PREFIX)).unwrap_or_default());
        rows.put_in_order();
        rows.dedup();
        Ok(rows)
    }

    fn know(&self, key: &str, value: &str) {
        self.known.borrow_mut().insert(key.to_owned(), head(value).to_owned());
    }

    fn knows(&self, key: &str, value: &str) -> bool {
        self.known.borrow().get(key).is_some_and(|known| known == head(value))
    }
}

fn order_key(project: &ProjectId) -> String {
    format!("{PREFIX}order/{project}")
}

fn head(value: &str) -> &str {
    value.get(..HEAD).unwrap_or(value)
}
