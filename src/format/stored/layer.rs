use std::rc::Rc;

use serde_json::Value;

use super::StoredError;
use super::envelope::{open, seal};
use super::row::{Layer, from_row, malformed, write_row};
use super::strings::{Strings, Table};
use crate::edit::merge_records;
use crate::model::{AnnotationId, AnnotatorId, ArticleId, Record, RecordKey};
use crate::text::Text;

/// All annotation records of one article and annotator: live ones, tombstones, and their conflicts.
///
/// The ids come beside the records, since a tombstone doesn't know its own.
pub fn write_layer<'a>(
    article: &ArticleId,
    annotator: &AnnotatorId,
    records: impl IntoIterator<Item = (&'a AnnotationId, &'a Record)>,
) -> String {
    let mut table = Table::default();
    let mut rows = String::new();
    for (id, versioned) in records.into_iter().flat_map(|(id, record)| record.versions().map(move |versioned| (id, versioned))) {
        if !rows.is_empty() {
            rows.push(',');
        }
        write_row(&mut rows, id, versioned, &mut table);
    }
    let head =
        serde_json::to_string(&(article.as_str(), annotator.as_str(), table.into_strings())).expect("invariant: strings become JSON");
    let head = head.strip_suffix(']').expect("invariant: a tuple becomes an array");
    seal(&format!("{head},[{rows}]]"))
}

/// What [`write_layer`] wrote. A span that doesn't fit into `text` becomes an orphan with its offsets and without words.
pub fn read_layer(
    article: &ArticleId,
    annotator: &AnnotatorId,
    text: Option<&Text>,
    stored: &str,
) -> Result<Vec<(RecordKey, Record)>, StoredError> {
    let payload = open(stored)?;
    let (stored_article, stored_annotator, strings, rows): (String, String, Vec<Rc<str>>, Vec<Value>) =
        serde_json::from_str(payload).map_err(|error| malformed(&error.to_string()))?;
    if stored_article != article.as_str() || stored_annotator != annotator.as_str() {
        return Err(StoredError::OtherKey);
    }
    let (strings, layer) = (Strings(strings), Layer { article, annotator, text });
    let mut records: Vec<(RecordKey, Record)> = Vec::with_capacity(rows.len());
    for row in &rows {
        let (id, versioned) = from_row(row, &strings, &layer)?;
        let key = RecordKey::Annotation(article.clone(), annotator.clone(), id);
        let one = Record::single(versioned);
        // The versions of one record follow one another.
        match records.last_mut().filter(|(last, _)| *last == key) {
            Some((_, record)) => *record = merge_records(record, &one),
            None => records.push((key, one)),
        }
    }
    Ok(records)
}
