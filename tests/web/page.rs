//! What the tests of this binary share: one page, one local storage, the sample project.

use std::rc::Rc;

use standpoint::browser::{Copy, Storage, moment};
use standpoint::edit::AnnotationStore;
use standpoint::format::native;
use standpoint::format::stored::Place;
use standpoint::model::*;
use standpoint::session::{Action, State, Storing, Unloaded, update};
use standpoint::text::Stretch;
use wasm_bindgen::JsCast;

pub fn document() -> web_sys::Document {
    web_sys::window().expect("a window").document().expect("a document")
}

pub fn local_storage() -> web_sys::Storage {
    web_sys::window().expect("a window").local_storage().expect("allowed").expect("there")
}

pub fn clear_storage() {
    local_storage().clear().expect("cleared");
}

pub fn stored_keys() -> Vec<String> {
    let storage = local_storage();
    let count = storage.length().expect("a length");
    let mut keys: Vec<String> = (0..count).filter_map(|index| storage.key(index).expect("a key")).collect();
    keys.sort();
    keys
}

pub fn sample() -> AnnotationStore {
    native::read("project.json", include_str!("../../static/project.json")).expect("the sample").store
}

pub fn project() -> ProjectId {
    ProjectId::new("seed-articles").expect("an id")
}

/// A fresh local storage with the whole sample in it, and no database.
pub fn store_sample() -> (Rc<Storage>, AnnotationStore) {
    store_alone(sample())
}

/// A fresh local storage with all of `store` in it, and no database.
pub fn store_alone(store: AnnotationStore) -> (Rc<Storage>, AnnotationStore) {
    clear_storage();
    let storage = Storage::open();
    let places = store.all_records().map(|(key, _)| (Place::of(&key), Storing::Merge)).collect();
    assert_eq!(storage.mirror_places(Copy { store: &store, order: store.article_ids() }, &places), Default::default());
    (storage, store)
}

/// Fills local storage to the last unit with what another page would put there.
pub fn fill_local_storage() {
    let (mut size, mut at) = (4_000_000, 0);
    while size > 0 {
        if local_storage().set_item(&format!("another-page/{at}"), &"x".repeat(size)).is_ok() {
            at += 1;
        } else {
            size /= 2;
        }
    }
}

/// The state after `type_id` was put on a stretch of code points.
pub fn tag(state: &Rc<State>, type_id: &str, start: u32, end: u32) -> Rc<State> {
    let state = act(state, Action::Select(Stretch::of(start, end)));
    act(&state, Action::Tag(TypeId::new(type_id).expect("an id")))
}

/// Waits until something has come about; a test that waits in vain is ended by its runner.
pub async fn wait_until(done: impl Fn() -> bool) {
    while !done() {
        wait_a_little().await;
    }
}

pub async fn wait_a_little() {
    gloo::timers::future::TimeoutFuture::new(5).await;
}

/// What the database holds, read without the program's own code.
pub async fn stored_rows() -> Vec<(String, String)> {
    let script = "return new Promise((resolve, reject) => { const open = indexedDB.open('standpoint'); \
        open.onsuccess = () => { const db = open.result, store = db.transaction('rows').objectStore('rows'), keys = store.getAllKeys(), values = store.getAll(); \
        values.onsuccess = () => { db.close(); resolve(keys.result.map((key, at) => [key, values.result[at]])) }; values.onerror = reject }; open.onerror = reject })";
    let found: js_sys::Array = promised(script, &[]).await.unchecked_into();
    let text = |pair: &js_sys::Array, at: u32| pair.get(at).as_string().expect("text");
    found.iter().map(|pair| pair.unchecked_into::<js_sys::Array>()).map(|pair| (text(&pair, 0), text(&pair, 1))).collect()
}

pub async fn put_row(key: &str, value: &str) {
    let script = "return new Promise((resolve, reject) => { const open = indexedDB.open('standpoint'); \
        open.onsuccess = () => { const db = open.result, change = db.transaction('rows', 'readwrite'); \
        change.objectStore('rows').put(arguments[1], arguments[0]); \
        change.oncomplete = () => { db.close(); resolve() }; change.onabort = reject }; open.onerror = reject })";
    promised(&script.replace("arguments", "args"), &[key, value]).await;
}

/// What another page of the origin may do at any time; done when it is deleted.
pub async fn delete_database() {
    let script = "return new Promise((resolve, reject) => { const gone = indexedDB.deleteDatabase('standpoint'); \
        gone.onsuccess = () => resolve(); gone.onerror = reject })";
    promised(script, &[]).await;
}

async fn promised(script: &str, arguments: &[&str]) -> wasm_bindgen::JsValue {
    let function = js_sys::Function::new_with_args("args", script);
    let arguments: js_sys::Array = arguments.iter().map(|text| wasm_bindgen::JsValue::from(*text)).collect();
    let promise: js_sys::Promise = function.call1(&wasm_bindgen::JsValue::NULL, &arguments).expect("a promise").unchecked_into();
    wasm_bindgen_futures::JsFuture::from(promise).await.expect("the database answers")
}

/// A desk of `annotator` on the first seed.
pub fn desk(store: AnnotationStore, annotator: &str, replica: &str) -> Rc<State> {
    let state = State::new(store.clone(), Replica::new(replica).expect("an id"), AnnotatorId::new(annotator).expect("an id"));
    act(&Rc::new(state), Action::Open { store, article: ArticleId::new("seed-a"), saved: true, unexported: 0, rest: Unloaded::default() })
}

/// A desk of Ana's on any article.
pub fn desk_at(store: AnnotationStore, article: ArticleId, replica: &str) -> Rc<State> {
    act(&desk(store, "ana", replica), Action::OpenArticle(article))
}

pub fn act(state: &Rc<State>, action: Action) -> Rc<State> {
    update(state, action, &moment())
}

/// Everything of a store, in an order that can be compared.
pub fn records(store: &AnnotationStore) -> Vec<(RecordKey, Rc<Record>)> {
    let mut records: Vec<_> = store.all_records().map(|(key, record)| (key, record.clone())).collect();
    records.sort_by(|a, b| a.0.cmp(&b.0));
    records
}
