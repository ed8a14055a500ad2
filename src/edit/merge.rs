//! Merging: per record, the versions that no other dominates.

use std::cmp::Ordering;

use crate::model::{Record, VersionOrder, Versioned};
use crate::order::InOrder;

/// Keeps what neither side has overtaken.
///
/// Commutative, associative and idempotent. Shown as current: live before deleted, then the greatest `modified`, then
/// the greatest number in the version, then the canonical content; equal content under equal versions is one version.
pub fn merge_records(a: &Record, b: &Record) -> Record {
    let mut kept: Vec<Versioned> = Vec::new();
    let all: Vec<&Versioned> = a.versions().chain(b.versions()).collect();
    for candidate in &all {
        let overtaken = all.iter().any(|other| candidate.version.compare(&other.version) == VersionOrder::Older);
        if overtaken {
            continue;
        }
        let twin = kept.iter_mut().find(|other| other.version == candidate.version && other.content == candidate.content);
        match twin {
            // The same change seen twice: only its times can differ, and the greater pair stands for both.
            Some(twin) => {
                if (&candidate.modified, &candidate.created) > (&twin.modified, &twin.created) {
                    *twin = (*candidate).clone();
                }
            }
            None => kept.push((*candidate).clone()),
        }
    }
    kept.put_in_order_by(shown_first);
    let current = kept.remove(0);
    Record { current, conflicts: kept }
}

fn shown_first(a: &Versioned, b: &Versioned) -> Ordering {
    b.content
        .is_some()
        .cmp(&a.content.is_some())
        .then_with(|| b.modified.cmp(&a.modified))
        .then_with(|| b.version.greatest().cmp(&a.version.greatest()))
        .then_with(|| b.version.cmp(&a.version))
        // Equal versions with different content: any order serves, as long as every copy finds the same one.
        .then_with(|| format!("{:?}", a.content).cmp(&format!("{:?}", b.content)))
}
