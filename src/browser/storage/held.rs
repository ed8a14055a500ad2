use std::collections::BTreeSet;

use super::Storage;
use crate::edit::AnnotationStore;
use crate::format::stored::{Place, project_prefix};
use crate::model::RecordKey;
use crate::order::Gather;

/// How much of a project each store holds; `None` where a store is not there or does not answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Records of the project, the deleted ones too.
    pub records: usize,
    pub in_database: Option<usize>,
    /// Annotations of one annotator on one article count as one layer.
    pub layers: usize,
    pub in_local: Option<usize>,
}

impl Storage {
    /// Where `store`'s project is; counts what is there under its names, whatever its version.
    pub async fn held(&self, store: &AnnotationStore) -> Held {
        let project = &store.header().id;
        let in_database = match self.database() {
            Some(database) => database.keys(&project_prefix(project)).await.ok(),
            None => None,
        };
        // What is in memory, and of a large project what the database alone has.
        let mut keys: BTreeSet<RecordKey> = store.all_records().map(|(key, _)| key).gather();
        keys.extend(in_database.iter().flatten().filter_map(|name| match Place::parse(name)?.1 {
            Place::Record(key) => Some(key),
            Place::Layer(..) => None,
        }));
        let names = |places: &mut dyn Iterator<Item = Place>| places.map(|place| place.key(project)).gather::<BTreeSet<String>>();
        let records = names(&mut keys.iter().cloned().map(Place::Record));
        let layers = names(&mut keys.iter().map(Place::of).filter(|place| matches!(place, Place::Layer(..))));
        let in_local = self.local.as_ref().map(|local| local.keys(&project_prefix(project)));
        let counted = |found: Vec<String>, wanted: &BTreeSet<String>| found.iter().filter(|name| wanted.contains(*name)).count();
        Held {
            records: records.len(),
            in_database: in_database.map(|found| counted(found, &records)),
            layers: layers.len(),
            in_local: in_local.map(|found| counted(found, &layers)),
        }
    }
}
