//! What each store holds of a project.

use std::collections::BTreeSet;

use standpoint::edit::AnnotationStore;
use standpoint::format::stored::{Place, Row, write_one, write_place};

/// The rows of the database: one a record.
pub fn database_rows(store: &AnnotationStore) -> Vec<Row> {
    let project = &store.header().id;
    store.all_records().map(|(key, record)| (Place::Record(key.clone()).key(project), write_one(&key, record))).collect()
}

/// The rows of local storage: one a layer, one for each other record.
pub fn local_rows(store: &AnnotationStore) -> Vec<Row> {
    let project = &store.header().id;
    let places: BTreeSet<Place> = store.all_records().map(|(key, _)| Place::of(&key)).collect();
    places.iter().filter_map(|place| Some((place.key(project), write_place(store, place)?))).collect()
}
