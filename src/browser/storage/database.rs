//! The browser's database (IndexedDB): one object store of rows, written in strict transactions.
//!
//! Bound by hand: one store of strings needs six calls, where the bindings to be had bring forty crates.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;
use std::rc::Rc;

use gloo::events::EventListener;
use js_sys::{Array, JsString, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode};

use crate::format::stored::Row;

const NAME: &str = "standpoint";
const VERSION: u32 = 1;
const ROWS: &str = "rows";
/// Milliseconds after which a database that does not answer counts as not there.
const PATIENCE: u32 = 5_000;
/// From so many keys on it is asked first which of them have a row.
const MANY: usize = 200;
/// Rows read at a time, so that a large project needs no array of all of it in the browser's hands.
const BATCH: u32 = 2_000;

/// An open connection; the last clone closes it.
#[derive(Clone)]
pub struct Database(Rc<Connection>);

struct Connection {
    connection: IdbDatabase,
    /// What the browser said when it found the database damaged and made an empty one.
    emptied: Option<String>,
    /// Until what must come before any other write is done; see [`Database::wake`].
    waking: RefCell<Option<Promise>>,
    _listeners: [EventListener; 2],
}

impl Drop for Connection {
    fn drop(&mut self) {
        // One that is merely forgotten blocks whoever wants to delete or change the database.
        self.connection.close();
    }
}

/// Why the database did not do it: the browser's name for it, and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub name: String,
    pub message: String,
}

/// What happens to a connection from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The browser closed it: its data was cleared, or its disk failed.
    Closed,
    /// Another page wants to delete the database; nothing is deleted as long as the connection is open.
    ToBeDeleted,
    /// A newer version of this page wants to change it.
    ToBeUpgraded,
}

impl Database {
    /// Opens the one in which the work is, making it where there is none.
    pub async fn open(on_lost: impl Fn(Lost) + 'static) -> Result<Self, Refused> {
        Self::open_named(NAME, on_lost).await
    }

    pub(super) async fn open_named(name: &str, on_lost: impl Fn(Lost) + 'static) -> Result<Self, Refused> {
        let opening = factory()?.open_with_u32(name, VERSION).map_err(|error| Refused::of(&error))?;
        let emptied: Rc<RefCell<Option<String>>> = Rc::default();
        let making = {
            let (opening, emptied) = (opening.clone(), emptied.clone());
            EventListener::once(&opening.clone(), "upgradeneeded", move |event| {
                // Chromium alone says so.
                let part = |name: &str| Reflect::get(event, &name.into()).ok().and_then(|part| part.as_string());
                if part("dataLoss").as_deref() == Some("total") {
                    *emptied.borrow_mut() = Some(part("dataLossMessage").unwrap_or_default());
                }
                if let Ok(result) = opening.result() {
                    let made = result.unchecked_into::<IdbDatabase>().create_object_store(ROWS);
                    drop(made);
                }
            })
        };
        let outcome = first_of(&opening, &["success", "error"], Some(PATIENCE)).await;
        drop(making);
        match outcome.as_deref() {
            Some("success") => {}
            Some(_) => return Err(Refused::of_request(&opening)),
            None => {
                // Should it answer yet, nobody may be kept waiting by a connection that is not used.
                let late = opening.clone();
                EventListener::once(&opening, "success", move |_| {
                    if let Ok(connection) = late.result() {
                        connection.unchecked_into::<IdbDatabase>().close();
                    }
                })
                .forget();
                return Err(Refused::new("TimeoutError", "it does not answer"));
            }
        }
        let connection: IdbDatabase = opening.result().map_err(|error| Refused::of(&error))?.unchecked_into();
        let on_lost = Rc::new(on_lost);
        let closed = {
            let on_lost = on_lost.clone();
            EventListener::new(&connection, "close", move |_| on_lost(Lost::Closed))
        };
        let changing = EventListener::new(&connection, "versionchange", move |event| {
            let wanted = Reflect::get(event, &"newVersion".into()).ok().and_then(|version| version.as_f64());
            on_lost(if wanted.is_some() { Lost::ToBeUpgraded } else { Lost::ToBeDeleted });
        });
        let emptied = emptied.take();
        Ok(Self(Rc::new(Connection { connection, emptied, waking: RefCell::default(), _listeners: [closed, changing] })))
    }

    /// What the browser said if it found the database damaged and made an empty one.
    pub fn emptied(&self) -> Option<&str> {
        self.0.emptied.as_deref()
    }

    /// Lets go, so that others may delete or change it.
    pub fn close(&self) {
        self.0.connection.close();
    }

    /// Every row whose key begins with `prefix`, by key.
    pub async fn rows(&self, prefix: &str) -> Result<Vec<Row>, Refused> {
        self.each(prefix, |key, value| Some((key, value.as_string()?))).await
    }

    /// The keys that begin with `prefix`, each with the UTF-16 units of its value, which is not copied.
    pub async fn lengths(&self, prefix: &str) -> Result<Vec<(String, usize)>, Refused> {
        self.each(prefix, |key, value| Some((key, value.dyn_ref::<JsString>()?.length() as usize))).await
    }

    /// What `take` makes of each row whose key begins with `prefix`, by key.
    async fn each<T>(&self, prefix: &str, take: impl Fn(String, JsValue) -> Option<T>) -> Result<Vec<T>, Refused> {
        let mut found: Vec<T> = Vec::new();
        let mut after = None;
        loop {
            let store = self.store(&self.transaction(IdbTransactionMode::Readonly)?)?;
            let range = keys_from(after.as_ref(), prefix)?;
            let keys = store.get_all_keys_with_key_and_limit(&range, BATCH).map_err(|error| Refused::of(&error))?;
            let values = store.get_all_with_key_and_limit(&range, BATCH).map_err(|error| Refused::of(&error))?;
            let keys: Array = answer(&keys).await?.unchecked_into();
            let values = match answer(&values).await {
                Ok(values) => values.unchecked_into(),
                Err(_) => self.one_by_one(&keys).await?,
            };
            // Other pages may have put anything under our name: what is no string is none of our rows.
            found.extend(keys.iter().zip(values.iter()).filter_map(|(key, value)| take(key.as_string()?, value)));
            if keys.length() < BATCH {
                return Ok(found);
            }
            after = Some(keys.get(BATCH - 1));
        }
    }

    /// The values of keys, where one that the browser can't read fails a batch; it is given up, and no other.
    async fn one_by_one(&self, keys: &Array) -> Result<Array, Refused> {
        let values = Array::new();
        for key in keys.iter() {
            let store = self.store(&self.transaction(IdbTransactionMode::Readonly)?)?;
            let asked = store.get(&key).map_err(|error| Refused::of(&error))?;
            values.push(&answer(&asked).await.unwrap_or(JsValue::UNDEFINED));
        }
        Ok(values)
    }

    /// The keys that begin with `prefix`.
    pub async fn keys(&self, prefix: &str) -> Result<Vec<String>, Refused> {
        let store = self.store(&self.transaction(IdbTransactionMode::Readonly)?)?;
        let found = store.get_all_keys_with_key(&keys_from(None, prefix)?.into()).map_err(|error| Refused::of(&error))?;
        let keys: Array = answer(&found).await?.unchecked_into();
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    pub async fn get(&self, key: &str) -> Result<Option<String>, Refused> {
        Ok(self.get_each(&[key.to_owned()]).await?.pop().flatten())
    }

    /// The values of keys, as they are at one time.
    pub async fn get_each(&self, keys: &[String]) -> Result<Vec<Option<String>>, Refused> {
        Self::present(&self.store(&self.transaction(IdbTransactionMode::Readonly)?)?, keys).await
    }

    async fn present(store: &IdbObjectStore, keys: &[String]) -> Result<Vec<Option<String>>, Refused> {
        let there = if keys.len() >= MANY { Self::there(store, keys).await? } else { None };
        let is_there = |key: &String| there.as_ref().is_none_or(|there| there.contains(key));
        let get = |key: &String| is_there(key).then(|| store.get(&key.as_str().into()).map_err(|error| Refused::of(&error))).transpose();
        let asked = keys.iter().map(get).collect::<Result<Vec<Option<IdbRequest>>, Refused>>()?;
        // They are answered in order, so that waiting for the last is waiting for all.
        if let Some(last) = asked.iter().flatten().last() {
            answer(last).await?;
        }
        let value = |request: &IdbRequest| Ok(request.result().map_err(|error| Refused::of(&error))?.as_string());
        asked.iter().map(|request| request.as_ref().map_or(Ok(None), value)).collect()
    }

    /// Which of the keys have a row; `None` where many others lie between them, so that it is quicker to ask for each.
    ///
    /// What comes in by the ten thousand is mostly new, and a question for each row takes longer than writing it.
    async fn there(store: &IdbObjectStore, keys: &[String]) -> Result<Option<HashSet<String>>, Refused> {
        let (Some(first), Some(last)) = (keys.iter().min(), keys.iter().max()) else { return Ok(None) };
        let refused = |error: JsValue| Refused::of(&error);
        let range = IdbKeyRange::bound(&first.as_str().into(), &last.as_str().into()).map_err(refused)?;
        let count = answer(&store.count_with_key(&range).map_err(refused)?).await?.as_f64().unwrap_or(f64::MAX);
        if count > (2 * keys.len()) as f64 {
            return Ok(None);
        }
        let there: Array = answer(&store.get_all_keys_with_key(&range).map_err(refused)?).await?.unchecked_into();
        Ok(Some(there.iter().filter_map(|key| key.as_string()).collect()))
    }

    pub(super) fn waking(&self) -> &RefCell<Option<Promise>> {
        &self.0.waking
    }

    /// [`Database::update`] without the mark of a visit.
    pub(super) async fn write<T>(
        &self,
        keys: &[String],
        decide: impl FnOnce(Vec<Option<String>>) -> (Vec<(String, Option<String>)>, T),
    ) -> Result<T, Refused> {
        let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
        let store = self.store(&transaction)?;
        let present = Self::present(&store, keys).await?;
        let (writes, outcome) = decide(present);
        let requests = writes.iter().map(|(key, value)| match value {
            Some(value) => store.put_with_key(&value.as_str().into(), &key.as_str().into()).map(drop),
            None => store.delete(&key.as_str().into()).map(drop),
        });
        Self::finish(&transaction, requests).await?;
        Ok(outcome)
    }

    /// Makes `requests`, the last ones of a transaction, and waits until the browser says that it is on the disk.
    pub(super) async fn finish(transaction: &IdbTransaction, requests: impl Iterator<Item = Result<(), JsValue>>) -> Result<(), Refused> {
        // The browser's word comes by events that may fire any time after the commit.
        let done = first_of(transaction, &["complete", "abort"], None);
        for request in requests {
            if let Err(error) = request {
                let _ = transaction.abort();
                return Err(Refused::of(&error));
            }
        }
        // Without it the browser waits to see whether more comes, and a page that is closed meanwhile loses it.
        commit(transaction);
        match done.await.as_deref() {
            Some("complete") => Ok(()),
            _ => Err(transaction.error().map_or_else(|| Refused::new("AbortError", "it was aborted"), |error| Refused::of(&error.into()))),
        }
    }

    /// Reading, or strict: complete only when it is on the disk, not when the system has been told.
    pub(super) fn transaction(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, Refused> {
        // Not among the typed bindings yet.
        let options = js_sys::Object::new();
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        let begin: js_sys::Function =
            Reflect::get(&self.0.connection, &"transaction".into()).map_err(|error| Refused::of(&error))?.unchecked_into();
        let begun = begin.call3(&self.0.connection, &ROWS.into(), &JsValue::from(mode), &options);
        begun.map(JsCast::unchecked_into).map_err(|error| Refused::of(&error))
    }

    pub(super) fn store(&self, transaction: &IdbTransaction) -> Result<IdbObjectStore, Refused> {
        transaction.object_store(ROWS).map_err(|error| Refused::of(&error))
    }
}

impl Refused {
    fn new(name: &str, message: &str) -> Self {
        Self { name: name.to_owned(), message: message.to_owned() }
    }

    /// The database went away while the page was open.
    pub fn taken_away() -> Self {
        Self::new("TakenAway", "")
    }

    /// The browser closed it: its data was cleared, or its disk is full or fails.
    pub fn closed() -> Self {
        Self::new("Closed", "")
    }

    /// A newer version of the page has it.
    pub fn newer() -> Self {
        Self::new("VersionError", "")
    }

    /// There is none to ask.
    pub fn none() -> Self {
        Self::new("NotSupportedError", "no database")
    }

    fn of(error: &JsValue) -> Self {
        let part = |name: &str| Reflect::get(error, &name.into()).ok().and_then(|part| part.as_string()).unwrap_or_default();
        Self { name: part("name"), message: part("message") }
    }

    fn of_request(request: &IdbRequest) -> Self {
        request.error().ok().flatten().map_or_else(|| Self::new("UnknownError", "it failed"), |error| Self::of(&error.into()))
    }

    /// Whether the connection is of no use any more, so that a new one may be.
    pub fn is_of_connection(&self) -> bool {
        matches!(self.name.as_str(), "InvalidStateError" | "TransactionInactiveError")
    }

    /// Whether a newer version of the page is the reason.
    pub fn is_newer(&self) -> bool {
        self.name == "VersionError"
    }

    /// Whether the disk itself may be the reason, so that local storage, which lies on the same one, can't be trusted
    /// either: on a full disk browsers take its values and keep them in memory alone.
    pub fn is_of_disk(&self) -> bool {
        const HARMLESS: [&str; 6] =
            ["QuotaExceededError", "VersionError", "SecurityError", "NotSupportedError", "TimeoutError", "TakenAway"];
        !self.is_of_connection() && !HARMLESS.contains(&self.name.as_str())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name.as_str() {
            "QuotaExceededError" => formatter.write_str("the browser’s database is full"),
            "VersionError" => formatter.write_str("a newer version of this page keeps its work here"),
            "SecurityError" | "NotSupportedError" => formatter.write_str("the browser denies the page its database"),
            "TimeoutError" => formatter.write_str("the browser’s database does not answer"),
            "Closed" => formatter.write_str("the browser closed its database"),
            "TakenAway" => formatter.write_str("the browser’s database was taken away"),
            name => write!(formatter, "the browser’s database refused ({name}: {})", self.message),
        }
    }
}

/// Firefox has none where cookies are off; others throw.
fn factory() -> Result<IdbFactory, Refused> {
    let window = web_sys::window().ok_or_else(Refused::none)?;
    let found = window.indexed_db().map_err(|error| Refused::of(&error))?;
    found.ok_or_else(Refused::none)
}

/// Keys that begin with `prefix`, all or those after `after`.
pub(super) fn keys_from(after: Option<&JsValue>, prefix: &str) -> Result<IdbKeyRange, Refused> {
    // Our keys are ASCII, so nothing that begins with the prefix comes after this.
    let end = JsValue::from(format!("{prefix}\u{ffff}"));
    let start = after.cloned().unwrap_or_else(|| prefix.into());
    IdbKeyRange::bound_with_lower_open_and_upper_open(&start, &end, after.is_some(), true).map_err(|error| Refused::of(&error))
}

/// Says that nothing more comes; browsers that know no such word wait until they see it.
fn commit(transaction: &IdbTransaction) {
    let commit = Reflect::get(transaction, &"commit".into()).ok().and_then(|commit| commit.dyn_into::<js_sys::Function>().ok());
    let _ = commit.map(|commit| commit.call0(transaction));
}

async fn answer(request: &IdbRequest) -> Result<JsValue, Refused> {
    match first_of(request, &["success", "error"], None).await.as_deref() {
        Some("success") => request.result().map_err(|error| Refused::of(&error)),
        _ => Err(Refused::of_request(request)),
    }
}

/// Which of the events comes first; listens from the call on, not from the first poll. `None` when `patience`, in
/// milliseconds, ends before.
fn first_of(target: &EventTarget, events: &[&'static str], patience: Option<u32>) -> impl Future<Output = Option<String>> + use<> {
    let listeners: Rc<RefCell<Vec<EventListener>>> = Rc::default();
    let mut timer = None;
    let promise = Promise::new(&mut |resolve, _| {
        for event in events {
            let resolve = resolve.clone();
            let listener = EventListener::once(target, *event, move |event| {
                let _ = resolve.call1(&JsValue::NULL, &event.type_().into());
            });
            listeners.borrow_mut().push(listener);
        }
        timer = patience.map(|millis| {
            let resolve = resolve.clone();
            gloo::timers::callback::Timeout::new(millis, move || drop(resolve.call0(&JsValue::NULL)))
        });
    });
    async move {
        let outcome = JsFuture::from(promise).await;
        drop((listeners, timer));
        outcome.ok()?.as_string()
    }
}
