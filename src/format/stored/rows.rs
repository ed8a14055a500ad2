use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Place, StoredError, project_prefix, read_layer, read_record, write_layer, write_record};
use crate::edit::AnnotationStore;
use crate::model::*;
use crate::order::InOrder;

/// A key and its value, as either store holds them.
pub type Row = (String, String);

/// Records by key.
pub type Records = Vec<(RecordKey, Rc<Record>)>;

/// What both stores hold of a project; `None` where a store is not there.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    pub database: Option<Vec<Row>>,
    pub local: Option<Vec<Row>>,
    /// This copy's order of articles; those it does not name come after, as they were made.
    pub listed: Vec<ArticleId>,
}

/// What they come to together.
#[derive(Clone, Debug)]
pub struct Gathered {
    pub store: AnnotationStore,
    /// Rows that can't be read; all others are in `store`.
    pub spoilt: Vec<Spoilt>,
    /// Records that the database has not, or not in this version.
    pub owed_database: BTreeSet<RecordKey>,
    /// The same for local storage.
    pub owed_local: BTreeSet<RecordKey>,
}

/// A row that can't be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoilt {
    pub row: Row,
    pub error: StoredError,
}

/// Merges what both stores hold of a project; rows of other projects and other keys are passed over.
///
/// `None` where no row is the project's. Law: the same for every order of the rows, and whichever store holds a row.
pub fn gather(project: &ProjectId, holdings: Holdings) -> Option<Gathered> {
    let prefix = project_prefix(project);
    let mut spoilt = Vec::new();
    let mut placed = |rows: Option<Vec<Row>>| -> Vec<(Place, Row)> {
        let mut found = Vec::new();
        for row in rows.unwrap_or_default() {
            match Place::parse(&row.0) {
                Some((of, place)) if of == *project => found.push((place, row)),
                None if row.0.starts_with(&prefix) => spoilt.push(Spoilt { row, error: StoredError::UnknownKey }),
                _ => {}
            }
        }
        found
    };
    let (database, local) = (placed(holdings.database), placed(holdings.local));
    if database.is_empty() && local.is_empty() && spoilt.is_empty() {
        return None;
    }
    let header = ProjectHeader { title: project.as_str().into(), ..ProjectHeader::untitled(project.clone()) };
    let empty = AnnotationStore::empty(header, default_scheme());
    // Articles before the annotations on them, whose spans are checked against the texts of either store.
    let on_text = |(place, _): &(Place, Row)| matches!(place, Place::Layer(..) | Place::Record(RecordKey::Annotation(..)));
    let (database, others): (Vec<_>, Vec<_>) = database.into_iter().partition(on_text);
    let (local, local_others): (Vec<_>, Vec<_>) = local.into_iter().partition(on_text);
    let others = [others, local_others].map(|rows| read_all(rows, &empty, &mut spoilt));
    let texts = empty.merge(others.iter().flatten().cloned()).0;
    let layers = [database, local].map(|rows| read_all(rows, &texts, &mut spoilt));
    let [in_database, in_local] = [0, 1].map(|store| empty.merge(others[store].iter().chain(&layers[store]).cloned()).0);
    let (store, owed_database) = in_database.merge_copy(&in_local);
    let (_, owed_local) = in_local.merge_copy(&in_database);
    let mut made: Vec<(Timestamp, ArticleId)> = store
        .all_records()
        .filter_map(|(key, record)| match key {
            RecordKey::Article(id) => Some((record.current.created.clone(), id)),
            _ => None,
        })
        .collect();
    made.put_in_order();
    let order: Vec<ArticleId> = holdings.listed.into_iter().chain(made.into_iter().map(|(_, id)| id)).collect();
    Some(Gathered { store: store.with_order(&order), spoilt, owed_database, owed_local })
}

fn read_all(rows: Vec<(Place, Row)>, texts: &AnnotationStore, spoilt: &mut Vec<Spoilt>) -> Records {
    let mut records = Records::with_capacity(rows.len());
    for (place, row) in rows {
        match read_place(&place, &row.1, texts) {
            Ok(read) => records.extend(read),
            Err(error) => spoilt.push(Spoilt { row, error }),
        }
    }
    records
}

/// The records of the value at a place; spans are checked against the article's text where `store` has it.
pub fn read_place(place: &Place, value: &str, store: &AnnotationStore) -> Result<Records, StoredError> {
    let layer = |article: &ArticleId, annotator: &AnnotatorId| {
        let text = store.article(article).map(|article| article.text.clone());
        read_layer(article, annotator, text.as_ref(), value)
    };
    let shared = |records: Vec<(RecordKey, Record)>| records.into_iter().map(|(key, record)| (key, Rc::new(record))).collect();
    match place {
        Place::Layer(article, annotator) => layer(article, annotator).map(shared),
        Place::Record(key @ RecordKey::Annotation(article, annotator, _)) => {
            let records = layer(article, annotator)?;
            if records.iter().any(|(other, _)| other != key) { Err(StoredError::OtherKey) } else { Ok(shared(records)) }
        }
        Place::Record(key) => read_record(key, value).map(|record| vec![(key.clone(), Rc::new(record))]),
    }
}

/// The value that a place has in `store`; `None` where nothing is left there.
pub fn write_place(store: &AnnotationStore, place: &Place) -> Option<String> {
    match place {
        Place::Layer(article, annotator) => {
            let own = store.layers(article)?.keyed_records().filter(|(_, of, _)| *of == annotator);
            let mut own = own.map(|(id, _, record)| (id, &**record)).peekable();
            own.peek()?;
            Some(write_layer(article, annotator, own))
        }
        Place::Record(key) => store.record(key).map(|record| write_one(key, record)),
    }
}

/// The value of one record at its own place.
pub fn write_one(key: &RecordKey, record: &Record) -> String {
    match key {
        RecordKey::Annotation(article, annotator, id) => write_layer(article, annotator, [(id, record)]),
        _ => write_record(record),
    }
}

/// The projects that rows belong to, each with its rows.
pub fn by_project(rows: impl IntoIterator<Item = Row>) -> BTreeMap<ProjectId, Vec<Row>> {
    let mut projects: BTreeMap<ProjectId, Vec<Row>> = BTreeMap::new();
    for row in rows {
        if let Some((project, _)) = Place::parse(&row.0) {
            projects.entry(project).or_default().push(row);
        }
    }
    projects
}
