//! A project that somebody hosts, and the copies that were made of it.

use std::rc::Rc;

use super::store::AnnotationStore;
use crate::model::*;
use crate::text::sha256_hex;

impl AnnotationStore {
    /// What a host has, as it is to be merged into this copy of it.
    ///
    /// A file that is written or changed by hand gives its records no versions, or those that they had, so that each of its editions
    /// would contradict the one before. Where no page has changed a record since the host said it, what the host says now overtakes it.
    /// The text of an article is never overtaken.
    pub fn hosted(&self, host: &Self) -> Self {
        let empty = Self::empty((**host.header()).clone(), (**host.scheme()).clone());
        let records = host.shared_records().map(|(key, record)| match self.record(&key).and_then(|own| overtaking(own, &record)) {
            Some(newer) => (key, Rc::new(newer)),
            None => (key, record),
        });
        empty.merge(records).0.with_order(host.article_ids())
    }
}

/// What the host says now, in a version that overtakes what it said before; `None` where versions tell it, where somebody has changed
/// the record here, or where nothing differs.
fn overtaking(own: &Record, host: &Record) -> Option<Record> {
    let is_single = own.conflicts.is_empty() && host.conflicts.is_empty();
    let (before, now) = (&own.current.version, &host.current.version);
    if !is_single || own.current.content == host.current.content || has_other_text(own, host) || !before.has_same_pages_as(now) {
        return None;
    }
    let version = match before.compare(now) {
        VersionOrder::Older => return None,
        VersionOrder::Concurrent => before.join(now),
        // It was changed by hand and kept its version, or it says again what it said two editions ago.
        VersionOrder::Newer | VersionOrder::Equal => {
            let hash = sha256_hex(&format!("{:?}", host.current.content));
            let edition = Replica::new(&format!("i-{}", hash.get(..16)?))?;
            before.advanced(&edition, before.of(&edition) + 1)
        }
    };
    Some(Record::single(Versioned { version, ..host.current.clone() }))
}

fn has_other_text(own: &Record, host: &Record) -> bool {
    match (&own.current.content, &host.current.content) {
        (Some(Content::Article(own)), Some(Content::Article(host))) => own.text.as_str() != host.text.as_str(),
        _ => false,
    }
}
