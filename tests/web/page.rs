//! What the tests of this binary share: one page, one local storage, the sample project.

use std::collections::BTreeSet;
use std::rc::Rc;

use standpoint::browser::{Storage, moment};
use standpoint::edit::AnnotationStore;
use standpoint::format::native;
use standpoint::model::*;
use standpoint::session::{Action, State, update};

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

pub fn all_keys(store: &AnnotationStore) -> BTreeSet<RecordKey> {
    store.all_records().map(|(key, _)| key).collect()
}

/// A fresh storage with the whole sample in it.
pub fn store_sample() -> (Storage, AnnotationStore) {
    clear_storage();
    let (storage, store) = (Storage::open(), sample());
    storage.save(&store, &all_keys(&store), false).expect("saved");
    (storage, store)
}

/// A desk of `annotator` on the first seed.
pub fn desk(store: AnnotationStore, annotator: &str, replica: &str) -> Rc<State> {
    let state = State::new(store.clone(), Replica::new(replica).expect("an id"), AnnotatorId::new(annotator).expect("an id"));
    act(&Rc::new(state), Action::Open { store, article: ArticleId::new("seed-a"), saved: true })
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
