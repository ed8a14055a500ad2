use std::collections::BTreeMap;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::envelope::{open, seal};
use super::row::malformed;
use super::{Place, StoredError, read_place, write_one};
use crate::edit::{AnnotationStore, Change, RestorePoint};
use crate::format::native::stamp;
use crate::model::{ProjectId, Record, Timestamp, Version};

/// What a record was after the merge.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum After {
    /// For each replica that changed it the number of its last change, of each of its versions.
    Versions(Vec<BTreeMap<String, u64>>),
    /// The whole record, as the first pages wrote it.
    Value(String),
}

/// `[instant, label, [[key, before or null, after or null], …]]`: before as the record stood at its own place, after its versions.
pub fn write_restore_point(project: &ProjectId, point: &RestorePoint) -> String {
    let changes: Vec<_> = point
        .changes
        .iter()
        .map(|change| {
            let before = change.before.as_ref().map(|record| write_one(&change.key, record));
            let after = change.after.as_ref().map(|versions| After::Versions(versions.iter().map(stamp::entries).collect()));
            (Place::Record(change.key.clone()).key(project), before, after)
        })
        .collect();
    let point = (point.at.as_str(), &*point.label, changes);
    seal(&serde_json::to_string(&point).expect("invariant: strings always become JSON"))
}

/// What [`write_restore_point`] wrote; spans are checked against the texts of `store`.
pub fn read_restore_point(project: &ProjectId, stored: &str, store: &AnnotationStore) -> Result<RestorePoint, StoredError> {
    type Stored = (String, Rc<str>, Vec<(String, Option<String>, Option<After>)>);
    let (at, label, changes): Stored = serde_json::from_str(open(stored)?).map_err(|error| malformed(&error.to_string()))?;
    let at = Timestamp::parse(&at).ok_or_else(|| malformed("a restore point has no time"))?;
    let changes: Result<Vec<Change>, StoredError> = changes
        .into_iter()
        .map(|(name, before, after)| {
            let place = match Place::parse(&name) {
                Some((of, place @ Place::Record(_))) if of == *project => place,
                _ => return Err(StoredError::OtherKey),
            };
            let one = |value: String| -> Result<Option<Rc<Record>>, StoredError> {
                Ok(read_place(&place, &value, store)?.pop().map(|(_, record)| record))
            };
            let before = before.map(one).transpose()?.flatten();
            let after = match after {
                None => None,
                Some(After::Value(value)) => one(value)?.map(|record| record.vectors()),
                Some(After::Versions(versions)) => {
                    let versions: Option<Vec<Version>> = versions.iter().map(stamp::vector).collect();
                    Some(versions.ok_or_else(|| malformed("a restore point has a version that is none"))?)
                }
            };
            let Place::Record(key) = place else { return Err(StoredError::OtherKey) };
            Ok(Change { key, before, after })
        })
        .collect();
    Ok(RestorePoint { at, label, changes: changes? })
}
