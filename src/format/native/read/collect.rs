//! From a file of the right shape to a store.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::apart::{Apart, Texts};
use super::{Reading, derived_project_id};
use crate::edit::{AnnotationStore, Sorts, merge_records};
use crate::format::native::Place;
use crate::format::native::check::{FILE_ANNOTATOR, Stage, header, scheme, tombstone, versioned};
use crate::format::native::file::{Article, ArticleText, Conflict, File, Version, Versioning};
use crate::format::native::issue::{Outcome, Problem};
use crate::model::*;
use crate::order::InOrder;

/// The file's records, each with the versions that no other overtakes.
#[derive(Default)]
struct Records {
    /// In the file's order, which is that of the articles.
    keys: Vec<RecordKey>,
    records: HashMap<RecordKey, Record>,
}

impl Records {
    fn add(&mut self, key: RecordKey, versioned: Versioned) {
        let one = Record::single(versioned);
        match self.records.get_mut(&key) {
            Some(record) => *record = merge_records(record, &one),
            None => {
                self.keys.push(key.clone());
                self.records.insert(key, one);
            }
        }
    }

    /// Annotations last and sorted by place, so that each is indexed at the end of its article's list.
    fn into_sorted(mut self) -> Vec<(RecordKey, Rc<Record>)> {
        let mut records: Vec<(RecordKey, Rc<Record>)> =
            self.keys.into_iter().filter_map(|key| self.records.remove_entry(&key)).map(|(key, record)| (key, Rc::new(record))).collect();
        records.put_in_order_by(|(_, a), (_, b)| in_reading_order(a, b));
        records
    }
}

/// As an article's list has its annotations; all other records before them, as they came.
fn in_reading_order(a: &Record, b: &Record) -> Ordering {
    match (annotation(a), annotation(b)) {
        (Some(a), Some(b)) => a.order(b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    }
}

fn annotation(record: &Record) -> Option<&Rc<Annotation>> {
    record.current.content.as_ref()?.as_annotation()
}

/// `budget` is what may be spent on finding moved words, in compared code points. Of a part of a project, `beside` is the rest.
pub fn collect(file: &str, mut stated: File, budget: u64, texts: Texts<'_>, beside: Option<&AnnotationStore>) -> Reading {
    let mut stage = Stage::new(file, budget);
    let mut records = Records::default();
    let (mut apart, articles) = Apart::of(std::mem::take(&mut stated.articles), texts, &mut stage);
    let defaults = defaults(file, &articles, &apart);
    let project = Place::root("project");
    let is_record = stated.project.as_ref().is_some_and(|project| project.version != Versioning::NotARecord);
    let stamped = stated.project.as_ref().map(|project| Version::Project(project.clone())).filter(|_| is_record);
    let header = header(stated.project, Some(defaults), project, &mut stage);
    if let Some(version) = stamped {
        // The same header, with the defaults in, under the file's version.
        let version = filled_in(version, &header);
        if let Some(versioned) = versioned(version, project, &mut stage) {
            records.add(RecordKey::Project, versioned);
        }
    }
    let scheme = match stated.scheme {
        Some(of) if of.version == Versioning::NotARecord => Rc::new(scheme(of, Place::root("scheme"), &mut stage)),
        Some(of) => match versioned(Version::Scheme(of), Place::root("scheme"), &mut stage) {
            Some(Versioned { content: Some(Content::Scheme(scheme)), created, modified, version }) => {
                records.add(RecordKey::Scheme, Versioned { content: Some(Content::Scheme(scheme.clone())), created, modified, version });
                scheme
            }
            _ => Rc::new(default_scheme()),
        },
        None => beside.map_or_else(|| Rc::new(default_scheme()), |beside| beside.scheme().clone()),
    };
    if let Some(known) = &mut stage.project {
        known.scheme = Some(scheme.clone());
        known.entities = stated.entities.iter().filter_map(|entity| EntityId::new(&entity.id)).collect();
        known.annotators = stated.annotators.iter().filter_map(|annotator| AnnotatorId::new(&annotator.id)).collect();
        known.annotations = stated
            .annotations
            .iter()
            .filter_map(|annotation| {
                Some((
                    annotation.article.clone(),
                    annotation.annotator.clone().unwrap_or_else(|| FILE_ANNOTATOR.into()),
                    annotation.id.clone()?,
                ))
            })
            .collect();
        let deleted = stated.deleted.iter().filter(|deleted| deleted.kind == crate::format::native::file::Kind::Article);
        known.gone = deleted.filter_map(|deleted| ArticleId::new(deleted.id.as_deref()?)).collect();
        known.gone.extend(apart.remote_articles().cloned());
        known.beside = beside.cloned();
    }
    let named_only = |version: &Versioning, name: &str| *version == Versioning::NotARecord && name.is_empty();
    let annotators =
        stated.annotators.into_iter().map(|record| (!named_only(&record.version, &record.name)).then_some(Version::Annotator(record)));
    list("articles", articles.into_iter().map(|record| Some(Version::Article(Box::new(record?)))), &mut records, &mut stage);
    list("annotators", annotators, &mut records, &mut stage);
    let assignments =
        stated.assignments.into_iter().map(|record| (!apart.is_left_out(&record.article)).then_some(Version::Assignment(record)));
    list("assignments", assignments, &mut records, &mut stage);
    list("entities", stated.entities.into_iter().map(|record| Some(Version::Entity(record))), &mut records, &mut stage);
    let annotations = stated.annotations.into_iter().map(|record| Some(Version::Annotation(Box::new(apart.annotation(record)?))));
    list("annotations", annotations, &mut records, &mut stage);
    conflicts(stated.conflicts.into_iter().map(|conflict| apart.conflict(conflict)), &mut records, &mut stage);
    for (index, deleted) in stated.deleted.into_iter().enumerate() {
        let Some(deleted) = apart.tombstone(deleted) else { continue };
        if let Some((key, versioned)) = tombstone(deleted, Place::root("deleted").item(index), &mut stage) {
            records.add(key, versioned);
        }
    }
    list("progress", stated.progress.into_iter().map(|record| Some(Version::Progress(apart.progress(record)?))), &mut records, &mut stage);
    let places = std::mem::take(&mut apart.places);
    let scheme = Rc::unwrap_or_clone(scheme);
    let (store, _) = AnnotationStore::empty(header, scheme).merge(records.into_sorted());
    let places = if places.is_empty() { store.article_ids().to_vec() } else { places };
    let remotes = apart.into_remotes(&places, store.scheme());
    Reading { store, issues: stage.report.issues, remotes, places }
}

/// The project's id and title where the file says none.
fn defaults(file: &str, articles: &[Option<Article>], apart: &Apart) -> (ProjectId, Rc<str>) {
    let texts = articles.iter().flatten().filter_map(|article| match &article.text {
        ArticleText::Here(text) => Some(&**text),
        ArticleText::Elsewhere(_) => None,
    });
    let id = derived_project_id(texts.chain(apart.hashes()));
    let title = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    (ProjectId::new(&id).expect("invariant: hex digits make an id"), title.into())
}

fn filled_in(version: Version, header: &ProjectHeader) -> Version {
    match version {
        Version::Project(project) => Version::Project(crate::format::native::file::Project {
            id: Some(header.id.as_str().into()),
            title: Some(header.title.clone()),
            ..project
        }),
        other => other,
    }
}

/// One list of records, of which each may come once.
fn list(name: &str, stated: impl Iterator<Item = Option<Version>>, records: &mut Records, stage: &mut Stage) {
    let list = Place::root(name);
    let mut seen = HashSet::new();
    for (index, version) in stated.enumerate() {
        let place = list.item(index);
        let Some(versioned) = version.and_then(|version| versioned(version, place, stage)) else { continue };
        let Some(key) = versioned.content.as_ref().map(Content::key) else { continue };
        if !seen.insert(key.clone()) {
            stage.report.add(place, Problem::Duplicate(name_of(&key)), Outcome::Skipped);
            continue;
        }
        if let (Some(Content::Article(article)), Some(known)) = (&versioned.content, &mut stage.project) {
            known.texts.insert(article.id.clone(), article.text.clone());
        }
        records.add(key, versioned);
    }
}

/// What a message calls a record.
fn name_of(key: &RecordKey) -> String {
    match key {
        RecordKey::Project => "the project".to_owned(),
        RecordKey::Scheme => "the scheme".to_owned(),
        RecordKey::Annotator(id) => format!("annotator {id}"),
        RecordKey::Entity(id) => format!("entity {id}"),
        RecordKey::Article(id) => format!("article {id}"),
        RecordKey::Annotation(_, _, id) => format!("annotation {id}"),
        RecordKey::Assignment(article, annotator) => format!("the assignment of {article} to {annotator}"),
        RecordKey::Progress(article, annotator) => format!("the progress of {annotator} with {article}"),
    }
}

fn conflicts(stated: impl Iterator<Item = Option<Conflict>>, records: &mut Records, stage: &mut Stage) {
    let list = Place::root("conflicts");
    for (index, conflict) in stated.enumerate() {
        let Some(conflict) = conflict else { continue };
        let item = list.item(index);
        let added = match conflict {
            Conflict::Live(version) => {
                versioned(version, item.field("record"), stage).and_then(|versioned| Some((versioned.content.as_ref()?.key(), versioned)))
            }
            Conflict::Deleted { deleted, .. } => tombstone(deleted, item.field("deleted"), stage),
        };
        if let Some((key, versioned)) = added {
            records.add(key, versioned);
        }
    }
}
