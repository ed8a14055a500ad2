//! From the file's types to `model`: what is sound is taken over, everything else is reported with its place.

mod annotation;
mod article;
mod fragments;
mod others;
mod scheme;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::file::{self, Str, Versioning};
use super::issue::{Outcome, Problem};
use super::stamp::Stamps;
use super::{Place, Report};
use crate::edit::AnnotationStore;
use crate::model::*;
use crate::text::Text;
pub use others::{header, tombstone};
pub use scheme::scheme;

/// What a record is checked against, and the issues found so far.
pub struct Stage {
    pub report: Report,
    /// `None` where a record comes alone, as from storage: then nothing is checked against other records.
    pub project: Option<Known>,
    /// What may still be spent on finding moved words, in compared code points.
    budget: u64,
}

/// The other records of the same file.
#[derive(Default)]
pub struct Known {
    pub scheme: Option<Rc<Scheme>>,
    pub texts: HashMap<ArticleId, Text>,
    /// Articles that are not shown, deleted ones among them: what lies on them can't be checked, and is kept.
    pub gone: HashSet<ArticleId>,
    pub entities: HashSet<EntityId>,
    pub annotators: HashSet<AnnotatorId>,
    /// Article, annotator and id, as the file has them.
    pub annotations: HashSet<(Str, Str, Str)>,
    /// Where the file is only a part of a project: what is here of it.
    pub beside: Option<AnnotationStore>,
}

impl Known {
    fn knows_annotator(&self, id: &AnnotatorId) -> bool {
        self.annotators.contains(id) || self.beside.as_ref().is_some_and(|beside| beside.annotator(id).is_some())
    }

    fn knows_entity(&self, id: &EntityId) -> bool {
        self.entities.contains(id) || self.beside.as_ref().is_some_and(|beside| beside.entity(id).is_some())
    }
}

/// Some seconds: enough for thousands of changed quotations in articles of common length. What is left when it is spent
/// becomes an orphan, which loses nothing.
pub const BUDGET: u64 = 3_000_000_000;

/// The annotator of annotations that name none.
pub const FILE_ANNOTATOR: &str = "file";

impl Stage {
    pub fn new(file: &str, budget: u64) -> Self {
        Self { report: Report::new(file), project: Some(Known::default()), budget }
    }

    /// For one record by itself.
    pub fn alone() -> Self {
        Self { report: Report::of_own(), project: None, budget: BUDGET }
    }

    /// `None`, reported, when `stated` can't be an id.
    fn id<T>(&mut self, parse: fn(&str) -> Option<T>, stated: &str, place: Place<'_>) -> Option<T> {
        let id = parse(stated);
        if id.is_none() {
            self.report.add(place, Problem::BadId(stated.to_owned()), Outcome::Skipped);
        }
        id
    }

    /// The choice that `stated` names, or else `fallback`, reported under the word `with`.
    fn word<T>(
        &mut self,
        kind: &'static str,
        parse: fn(&str) -> Option<T>,
        stated: &Option<Str>,
        fallback: (T, &str),
        place: Place<'_>,
    ) -> T {
        let Some(stated) = stated else { return fallback.0 };
        parse(stated).unwrap_or_else(|| {
            self.report.add(
                place,
                Problem::UnknownWord { kind, found: stated.to_string() },
                Outcome::Filled { with: fallback.1.to_owned() },
            );
            fallback.0
        })
    }

    fn knows_article(&self, id: &ArticleId) -> bool {
        self.project.as_ref().is_none_or(|known| known.texts.contains_key(id) || known.gone.contains(id))
    }

    fn knows_annotator(&self, id: &AnnotatorId) -> bool {
        self.project.as_ref().is_none_or(|known| known.knows_annotator(id)) || id.as_str() == FILE_ANNOTATOR
    }

    fn knows_entity(&self, id: &EntityId) -> bool {
        self.project.as_ref().is_none_or(|known| known.knows_entity(id)) || id.is_author()
    }
}

/// One version of a record; `None`, reported, where nothing of it can be kept.
pub fn versioned(version: file::Version, place: Place<'_>, stage: &mut Stage) -> Option<Versioned> {
    macro_rules! stamps {
        ($record:ident) => {
            Stamps { created: $record.created.take(), modified: $record.modified.take(), version: std::mem::take(&mut $record.version) }
        };
    }
    let (content, stamps) = match version {
        file::Version::Project(mut record) => {
            let stamps = stamps!(record);
            (Content::Project(Rc::new(header(Some(record), None, place, stage))), stamps)
        }
        file::Version::Scheme(mut record) => {
            let stamps = stamps!(record);
            (Content::Scheme(Rc::new(scheme(record, place, stage))), stamps)
        }
        file::Version::Annotator(mut record) => {
            let stamps = stamps!(record);
            (Content::Annotator(Rc::new(others::annotator(record, place, stage)?)), stamps)
        }
        file::Version::Assignment(mut record) => {
            let stamps = stamps!(record);
            (Content::Assignment(Rc::new(others::assignment(record, place, stage)?)), stamps)
        }
        file::Version::Entity(mut record) => {
            let stamps = stamps!(record);
            (Content::Entity(Rc::new(others::entity(record, place, stage)?)), stamps)
        }
        file::Version::Article(mut record) => {
            let stamps = stamps!(record);
            (Content::Article(Rc::new(article::article(*record, place, stage)?)), stamps)
        }
        file::Version::Annotation(mut record) => {
            let standing = if matches!(record.version, Versioning::Vector(_)) {
                annotation::Standing::Recorded
            } else {
                annotation::Standing::Written
            };
            let stamps = stamps!(record);
            (Content::Annotation(Rc::new(annotation::annotation(*record, standing, place, stage)?)), stamps)
        }
        file::Version::Progress(mut record) => {
            let stamps = stamps!(record);
            (Content::Progress(Rc::new(others::progress(record, place, stage)?)), stamps)
        }
    };
    Some(stamps.put_on(content, place, &mut stage.report))
}
