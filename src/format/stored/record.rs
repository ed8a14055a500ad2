use super::StoredError;
use super::envelope::{open, seal};
use super::row::malformed;
use crate::edit::merge_records;
use crate::format::native::file::{self, Conflict};
use crate::format::native::stamp::Stamps;
use crate::format::native::{Outcome, Place, Stage, to_file, versioned};
use crate::model::{Record, RecordKey, RecordKind, Versioned};

/// Any record, each of its versions as in a project file; annotations too, though [`super::write_layer`] is shorter.
pub fn write_record(record: &Record) -> String {
    let versions: Vec<String> = record.versions().map(|versioned| to_file::json(&to_stored(versioned))).collect();
    seal(&format!("[{}]", versions.join(",")))
}

/// What [`write_record`] wrote, for the key under which it was stored.
pub fn read_record(key: &RecordKey, stored: &str) -> Result<Record, StoredError> {
    let stored: Vec<Conflict> = serde_json::from_str(open(stored)?).map_err(|error| malformed(&error.to_string()))?;
    let mut records = stored.into_iter().map(|version| from_stored(key, version).map(Record::single));
    let first = records.next().ok_or_else(|| malformed("a record has no version"))??;
    records.try_fold(first, |record, other| Ok(merge_records(&record, &other?)))
}

/// A tombstone doesn't know its key: that is stored beside the value, so any kind stands here.
fn to_stored(versioned: &Versioned) -> Conflict {
    let stamps = Stamps::of(versioned);
    match &versioned.content {
        Some(content) => Conflict::Live(to_file::version(content, None, stamps)),
        None => {
            let deleted = to_file::tombstone(&RecordKey::Project, stamps);
            Conflict::Deleted { kind: RecordKind::Project.into(), deleted }
        }
    }
}

fn from_stored(key: &RecordKey, stored: Conflict) -> Result<Versioned, StoredError> {
    let mut stage = Stage::alone();
    let place = Place::root("record");
    let versioned = match stored {
        Conflict::Live(version) => versioned(version, place, &mut stage),
        Conflict::Deleted { deleted, .. } => {
            let file::Tombstone { created, modified, version, .. } = deleted;
            Some(Stamps { created, modified, version }.put_on_tombstone("", place, &mut stage.report))
        }
    };
    if let Some(issue) = stage.report.issues.iter().find(|issue| issue.outcome != Outcome::Kept) {
        return Err(malformed(&format!("{}: {}", issue.place, issue.problem)));
    }
    let versioned = versioned.ok_or_else(|| malformed("a record is incomplete"))?;
    if versioned.content.as_ref().is_some_and(|content| content.key() != *key) {
        return Err(StoredError::OtherKey);
    }
    Ok(versioned)
}
