use std::collections::BTreeMap;
use std::rc::Rc;

use super::file::{Str, Versioning};
use super::issue::{Outcome, Problem};
use super::{Place, Report, to_file};
use crate::model::{Content, Replica, Timestamp, Version, Versioned};
use crate::text::sha256_hex;

/// The times and the version of a record as a file has them.
#[derive(Clone, Debug, Default)]
pub struct Stamps {
    pub created: Option<Str>,
    pub modified: Option<Str>,
    pub version: Versioning,
}

impl Stamps {
    pub fn of(versioned: &Versioned) -> Self {
        Self {
            created: Some(versioned.created.as_str().into()),
            modified: Some(versioned.modified.as_str().into()),
            version: Versioning::Vector(entries(&versioned.version)),
        }
    }

    pub fn not_a_record() -> Self {
        Self { version: Versioning::NotARecord, ..Self::default() }
    }

    /// The content with these times and this version; what is missing or unsound is made up from the content.
    pub fn put_on(self, content: Content, place: Place<'_>, report: &mut Report) -> Versioned {
        let created = time(self.created, place.field("created"), report);
        let modified = time(self.modified, place.field("modified"), report);
        let version = version(self.version, place, report).unwrap_or_else(|made_up| made_up(&to_file::fingerprint(&content)));
        Versioned { content: Some(content), created, modified, version }
    }

    /// A tombstone with these times and this version; `name` tells the record from all others.
    pub fn put_on_tombstone(self, name: &str, place: Place<'_>, report: &mut Report) -> Versioned {
        let created = time(self.created, place.field("created"), report);
        let modified = time(self.modified, place.field("modified"), report);
        let version = version(self.version, place, report).unwrap_or_else(|made_up| made_up(&sha256_hex(name)));
        Versioned { content: None, created, modified, version }
    }
}

fn time(stated: Option<Rc<str>>, place: Place<'_>, report: &mut Report) -> Timestamp {
    let Some(stated) = stated else { return Timestamp::unknown() };
    Timestamp::parse(&stated).unwrap_or_else(|| {
        let unknown = Timestamp::unknown();
        report.add(place, Problem::BadTime(stated.to_string()), Outcome::Filled { with: unknown.to_string() });
        unknown
    })
}

/// A version as files have it: for each replica the number of its last change.
pub fn entries(version: &Version) -> BTreeMap<String, u64> {
    version.entries().iter().map(|(replica, number)| (replica.to_string(), *number)).collect()
}

/// What [`entries`] made; `None` of what is no version.
pub fn vector(entries: &BTreeMap<String, u64>) -> Option<Version> {
    let entries: Option<Vec<_>> = entries.iter().map(|(replica, number)| Some((Replica::new(replica)?, *number))).collect();
    entries.and_then(Version::new)
}

/// The version, or how to make one from the hash of the content.
fn version(stated: Versioning, place: Place<'_>, report: &mut Report) -> Result<Version, fn(&str) -> Version> {
    let Versioning::Vector(entries) = stated else { return Err(made_up) };
    vector(&entries).filter(|version| version.greatest() <= report.greatest).ok_or_else(|| {
        report.add(place.field("version"), Problem::BadVersion, Outcome::Filled { with: "a version made from the content".to_owned() });
        made_up as fn(&str) -> Version
    })
}

/// The version that a record gets which says none.
pub fn made_up_version(content: &Content) -> Version {
    made_up(&to_file::fingerprint(content))
}

/// `{"i-<16 hex digits of the hash>": 1}`: the same content always gets the same version, so that it merges with itself.
fn made_up(hash: &str) -> Version {
    let replica = Replica::new(&format!("i-{}", hash.get(..16).unwrap_or(hash)));
    Version::new(replica.map(|replica| (replica, 1))).expect("invariant: hex digits make a replica")
}
