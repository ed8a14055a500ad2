use std::rc::Rc;

use super::envelope::{open, seal};
use super::row::malformed;
use super::{Place, StoredError, read_place, write_one};
use crate::edit::{AnnotationStore, Change, RestorePoint};
use crate::model::{ProjectId, Record, RecordKey, Timestamp};

/// `[instant, label, [[key, before or null, after or null], …]]`, each record as at its own place.
pub fn write_restore_point(project: &ProjectId, point: &RestorePoint) -> String {
    let value = |key: &RecordKey, record: &Option<Rc<Record>>| record.as_ref().map(|record| write_one(key, record));
    let changes: Vec<_> = point
        .changes
        .iter()
        .map(|change| {
            let key = &change.key;
            (Place::Record(key.clone()).key(project), value(key, &change.before), value(key, &change.after))
        })
        .collect();
    let point = (point.at.as_str(), &*point.label, changes);
    seal(&serde_json::to_string(&point).expect("invariant: strings always become JSON"))
}

/// What [`write_restore_point`] wrote; spans are checked against the texts of `store`.
pub fn read_restore_point(project: &ProjectId, stored: &str, store: &AnnotationStore) -> Result<RestorePoint, StoredError> {
    type Stored = (String, Rc<str>, Vec<(String, Option<String>, Option<String>)>);
    let (at, label, changes): Stored = serde_json::from_str(open(stored)?).map_err(|error| malformed(&error.to_string()))?;
    let at = Timestamp::parse(&at).ok_or_else(|| malformed("a restore point has no time"))?;
    let changes: Result<Vec<Change>, StoredError> = changes
        .into_iter()
        .map(|(name, before, after)| {
            let place = match Place::parse(&name) {
                Some((of, place @ Place::Record(_))) if of == *project => place,
                _ => return Err(StoredError::OtherKey),
            };
            let one = |value: Option<String>| match value {
                None => Ok(None),
                Some(value) => Ok(read_place(&place, &value, store)?.pop().map(|(_, record)| record)),
            };
            let (before, after) = (one(before)?, one(after)?);
            let Place::Record(key) = place else { return Err(StoredError::OtherKey) };
            Ok(Change { key, before, after })
        })
        .collect();
    Ok(RestorePoint { at, label, changes: changes? })
}
