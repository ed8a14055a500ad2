use std::rc::Rc;

use super::Stage;
use crate::format::native::file::{self, Kind};
use crate::format::native::issue::{Outcome, Problem};
use crate::format::native::stamp::Stamps;
use crate::format::native::{Place, words};
use crate::model::*;

/// What a file says of the project; `defaults` are the id and the title where it says none.
pub fn header(stated: Option<file::Project>, defaults: Option<(ProjectId, Rc<str>)>, place: Place<'_>, stage: &mut Stage) -> ProjectHeader {
    let stated = stated.unwrap_or_default();
    let (id, title) = defaults.unwrap_or_else(|| (ProjectId::new("project").expect("invariant: a word is an id"), "".into()));
    let id = match &stated.id {
        Some(named) => ProjectId::new(named).unwrap_or_else(|| {
            stage.report.add(place.field("id"), Problem::BadId(named.to_string()), Outcome::Filled { with: id.to_string() });
            id
        }),
        None => id,
    };
    let others =
        stage.word("rule on others’ work", words::parse_others, &stated.others, (Others::default(), "shown"), place.field("others"));
    let (description, guidelines) = (stated.description, stated.guidelines);
    ProjectHeader { id, title: stated.title.unwrap_or(title), description, guidelines, others }
}

pub fn annotator(stated: file::Annotator, place: Place<'_>, stage: &mut Stage) -> Option<Annotator> {
    Some(Annotator { id: stage.id(AnnotatorId::new, &stated.id, place.field("id"))?, name: stated.name })
}

pub fn assignment(stated: file::Assignment, place: Place<'_>, stage: &mut Stage) -> Option<Assignment> {
    let (article, annotator) = pair(&stated.article, &stated.annotator, place, stage)?;
    Some(Assignment { article, annotator, place: stated.place })
}

pub fn progress(stated: file::Progress, place: Place<'_>, stage: &mut Stage) -> Option<Progress> {
    let (article, annotator) = pair(&stated.article, &stated.annotator, place, stage)?;
    let status = stage.word("status", words::parse_status, &Some(stated.status), (Status::New, "new"), place.field("status"));
    Some(Progress { article, annotator, status })
}

/// The article and the annotator that a record is about; both may be unknown here, which is reported.
fn pair(article: &str, annotator: &str, place: Place<'_>, stage: &mut Stage) -> Option<(ArticleId, AnnotatorId)> {
    let article = stage.id(ArticleId::new, article, place.field("article"))?;
    let annotator = stage.id(AnnotatorId::new, annotator, place.field("annotator"))?;
    if !stage.knows_article(&article) {
        stage.report.add(place.field("article"), Problem::UnknownArticle(article.to_string()), Outcome::Kept);
    }
    Some((article, annotator))
}

pub fn entity(stated: file::Entity, place: Place<'_>, stage: &mut Stage) -> Option<Entity> {
    let id = stage.id(EntityId::new, &stated.id, place.field("id"))?;
    let kind = stage.word("kind of entity", words::parse_entity_kind, &stated.kind, (EntityKind::default(), "person"), place.field("kind"));
    let wikidata = stated.wikidata.filter(|item| {
        let sound = is_wikidata_id(item);
        if !sound {
            stage.report.add(place.field("wikidata"), Problem::BadWikidata(item.to_string()), Outcome::Skipped);
        }
        sound
    });
    let into = stated.into.and_then(|into| stage.id(EntityId::new, &into, place.field("into")));
    let into = into.filter(|into| {
        if *into == id {
            stage.report.add(place.field("into"), Problem::MergedIntoItself, Outcome::Skipped);
            return false;
        }
        if !stage.knows_entity(into) {
            stage.report.add(place.field("into"), Problem::UnknownEntity(into.to_string()), Outcome::Kept);
        }
        true
    });
    let name = stated.name.unwrap_or_else(|| id.as_str().into());
    Some(Entity { id, name, kind, aliases: stated.aliases, description: stated.description, wikidata, into })
}

/// The key and the version of a deleted record; `None`, reported, when it doesn't say which record it was.
pub fn tombstone(stated: file::Tombstone, place: Place<'_>, stage: &mut Stage) -> Option<(RecordKey, Versioned)> {
    let key = tombstone_key(&stated, place, stage)?;
    let stamps = Stamps { created: stated.created, modified: stated.modified, version: stated.version };
    let versioned = stamps.put_on_tombstone(&format!("{key:?}"), place, &mut stage.report);
    Some((key, versioned))
}

fn tombstone_key(stated: &file::Tombstone, place: Place<'_>, stage: &mut Stage) -> Option<RecordKey> {
    let mut part = |name: &'static str| {
        let part = match name {
            "id" => &stated.id,
            "article" => &stated.article,
            _ => &stated.annotator,
        };
        if part.is_none() {
            stage.report.add(place.field(name), Problem::NoId, Outcome::Skipped);
        }
        let part = part.as_deref()?;
        if !is_id(part) {
            stage.report.add(place.field(name), Problem::BadId(part.to_owned()), Outcome::Skipped);
        }
        Some(part)
    };
    Some(match stated.kind {
        Kind::Project => RecordKey::Project,
        Kind::Scheme => RecordKey::Scheme,
        Kind::Annotator => RecordKey::Annotator(AnnotatorId::new(part("id")?)?),
        Kind::Entity => RecordKey::Entity(EntityId::new(part("id")?)?),
        Kind::Article => RecordKey::Article(ArticleId::new(part("id")?)?),
        Kind::Assignment => RecordKey::Assignment(ArticleId::new(part("article")?)?, AnnotatorId::new(part("annotator")?)?),
        Kind::Progress => RecordKey::Progress(ArticleId::new(part("article")?)?, AnnotatorId::new(part("annotator")?)?),
        Kind::Annotation => {
            RecordKey::Annotation(ArticleId::new(part("article")?)?, AnnotatorId::new(part("annotator")?)?, AnnotationId::new(part("id")?)?)
        }
    })
}
