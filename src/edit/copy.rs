use std::rc::Rc;

use super::AnnotationStore;
use crate::model::{Content, ProjectHeader, ProjectId, Record, RecordKey, Stamp, Version, Versioned};

impl AnnotationStore {
    /// The project once more under another id and title: a project of its own, which never merges with this one.
    ///
    /// Every record but the header keeps all its versions; the header has one, newer than those it had.
    pub fn copied(&self, id: ProjectId, title: &str, stamp: &Stamp) -> Self {
        let header = ProjectHeader { id, title: title.into(), ..(**self.header()).clone() };
        let version = self.record(&RecordKey::Project).map_or_else(Version::default, |record| record.joined_version());
        let own = Record::single(Versioned {
            content: Some(Content::Project(Rc::new(header.clone()))),
            created: stamp.now.clone(),
            modified: stamp.now.clone(),
            version: version.advanced(&stamp.replica, stamp.number),
        });
        self.with_header(header, Some(own))
    }

    /// The same records under another id: each keeps all its versions, but the header, which has the one that is shown.
    pub fn under(&self, id: ProjectId) -> Self {
        let header = ProjectHeader { id, ..(**self.header()).clone() };
        let shown = self.record(&RecordKey::Project).map(|record| {
            let content = record.current.content.as_ref().map(|_| Content::Project(Rc::new(header.clone())));
            Record::single(Versioned { content, ..record.current.clone() })
        });
        self.with_header(header, shown)
    }

    fn with_header(&self, header: ProjectHeader, record: Option<Record>) -> Self {
        let rest = self.shared_records().filter(|(key, _)| *key != RecordKey::Project);
        let records = record.map(|record| (RecordKey::Project, Rc::new(record))).into_iter().chain(rest);
        Self::empty(header, (**self.scheme()).clone()).merge(records).0.with_order(self.article_ids())
    }
}

/// A title for a copy of `title` that is not among `taken`.
pub fn title_of_copy(title: &str, taken: &[&str]) -> String {
    let first = format!("Copy of {title}");
    let more = (2..).map(|n| format!("{first} ({n})"));
    std::iter::once(first.clone()).chain(more).find(|title| !taken.contains(&title.as_str())).unwrap_or(first)
}
