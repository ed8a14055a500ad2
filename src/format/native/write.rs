use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::file::{self, FORMAT, OFFSETS, VERSION};
use super::stamp::Stamps;
use super::to_file::{self, json};
use crate::edit::AnnotationStore;
use crate::model::{AnnotatorId, ArticleId, Content, Record, RecordKey, RecordKind, Versioned};
use crate::text::Text;

/// The whole project: UTF-8, LF, a line for each record.
///
/// Law: `read(write(p)) = p`, conflicts, tombstones and the order of articles included.
pub fn write(store: &AnnotationStore) -> String {
    written(store, live_articles(store).map(|version| to_file::record_json(&version)).collect())
}

/// The same with each text in a file of its own, and those files by their paths: for a host whose visitors need not have all of them.
///
/// Paths differ in more than capitals, so that no file system takes two for one.
pub fn write_apart(store: &AnnotationStore) -> (String, BTreeMap<String, String>) {
    let mut texts = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let articles = live_articles(store).map(|mut version| {
        if let file::Version::Article(article) = &mut version
            && let file::ArticleText::Here(text) = &article.text
        {
            let name = (1..).map(|n| if n == 1 { article.id.to_string() } else { format!("{}~{n}", article.id) });
            let name = name.into_iter().find(|name| taken.insert(name.to_ascii_lowercase())).unwrap_or_default();
            let path = format!("articles/{name}.txt");
            texts.insert(path.clone(), text.to_string());
            article.text = file::ArticleText::Elsewhere(file::TextFile { href: path.into() });
        }
        to_file::record_json(&version)
    });
    let articles = articles.collect();
    (written(store, articles), texts)
}

fn written(store: &AnnotationStore, articles: Vec<String>) -> String {
    let mut lists = Lists::default();
    for (key, record) in store.all_records() {
        lists.add(store, &key, record);
    }
    lists.articles = articles;
    lists.annotations = annotations(store);
    lists.unlisted_annotators(store);
    let mut out = String::from("{\n");
    let _ = write!(out, "  \"format\": {}, \"version\": {VERSION},\n  \"offsets\": {}", json(&FORMAT), json(&OFFSETS));
    single(&mut out, "project", &project(store));
    single(&mut out, "scheme", &scheme(store));
    list(&mut out, "annotators", &lists.annotators);
    list(&mut out, "assignments", &lists.assignments);
    list(&mut out, "entities", &lists.entities);
    list(&mut out, "articles", &lists.articles);
    list(&mut out, "annotations", &lists.annotations);
    list(&mut out, "conflicts", &lists.conflicts);
    list(&mut out, "deleted", &lists.deleted);
    list(&mut out, "progress", &lists.progress);
    out.push_str("\n}\n");
    out
}

/// The JSON of each record, by the list it stands in.
#[derive(Default)]
struct Lists {
    annotators: Vec<String>,
    assignments: Vec<String>,
    entities: Vec<String>,
    articles: Vec<String>,
    annotations: Vec<String>,
    conflicts: Vec<String>,
    deleted: Vec<String>,
    progress: Vec<String>,
}

impl Lists {
    fn add(&mut self, store: &AnnotationStore, key: &RecordKey, record: &Record) {
        match &record.current.content {
            Some(content) => {
                let list = match key.kind() {
                    RecordKind::Annotator => Some(&mut self.annotators),
                    RecordKind::Assignment => Some(&mut self.assignments),
                    RecordKind::Entity => Some(&mut self.entities),
                    RecordKind::Progress => Some(&mut self.progress),
                    // Written elsewhere: there is one of each, or their order is not that of their ids.
                    RecordKind::Project | RecordKind::Scheme | RecordKind::Article | RecordKind::Annotation => None,
                };
                if let Some(list) = list {
                    list.push(record_json(content, &record.current, None));
                }
            }
            None => self.deleted.push(json(&to_file::tombstone(key, Stamps::of(&record.current)))),
        }
        for conflict in &record.conflicts {
            let stamps = Stamps::of(conflict);
            let conflict = match &conflict.content {
                Some(content) => file::Conflict::Live(to_file::version(content, text(store, key), stamps)),
                None => file::Conflict::Deleted { kind: key.kind().into(), deleted: to_file::tombstone(key, stamps) },
            };
            self.conflicts.push(json(&conflict));
        }
    }

    /// Named, so that a reader of the file finds everybody.
    fn unlisted_annotators(&mut self, store: &AnnotationStore) {
        self.annotators.extend(unlisted(store).iter().map(json));
    }
}

/// Those who have a layer and no record of their own.
pub fn unlisted(store: &AnnotationStore) -> Vec<file::Annotator> {
    let layers = store.article_ids().iter().flat_map(|article| store.annotations(article));
    let unlisted: BTreeSet<&AnnotatorId> =
        layers.map(|annotation| &annotation.annotator).filter(|id| store.record(&RecordKey::Annotator((*id).clone())).is_none()).collect();
    let named = |id: &AnnotatorId| crate::model::Annotator { id: id.clone(), name: "".into() };
    unlisted.into_iter().map(|id| to_file::annotator(&named(id), Stamps::not_a_record())).collect()
}

fn live_articles(store: &AnnotationStore) -> impl Iterator<Item = file::Version> {
    let live = |id: &ArticleId| {
        let current = &store.record(&RecordKey::Article(id.clone()))?.current;
        Some(to_file::version(current.content.as_ref()?, None, Stamps::of(current)))
    };
    store.article_ids().iter().filter_map(live)
}

/// By article as listed, start, end and id; those of articles that are not here last.
fn annotations(store: &AnnotationStore) -> Vec<String> {
    let mut lines = Vec::new();
    for id in store.article_ids() {
        let text = store.article(id).map(|article| &article.text);
        lines.extend(store.annotations(id).iter().filter_map(|annotation| live_json(store, &annotation.key(), text)));
    }
    let homeless = store
        .all_records()
        .filter(|(key, _)| key.kind() == RecordKind::Annotation && key.article().is_some_and(|id| store.article(id).is_none()));
    lines.extend(homeless.filter_map(|(_, record)| Some(record_json(record.current.content.as_ref()?, &record.current, None))));
    lines
}

fn project(store: &AnnotationStore) -> String {
    live_json(store, &RecordKey::Project, None).unwrap_or_else(|| json(&to_file::project(store.header(), Stamps::not_a_record())))
}

fn scheme(store: &AnnotationStore) -> String {
    live_json(store, &RecordKey::Scheme, None).unwrap_or_else(|| json(&to_file::scheme(store.scheme(), Stamps::not_a_record())))
}

fn live_json(store: &AnnotationStore, key: &RecordKey, text: Option<&Text>) -> Option<String> {
    let current = &store.record(key)?.current;
    Some(record_json(current.content.as_ref()?, current, text))
}

fn record_json(content: &Content, versioned: &Versioned, text: Option<&Text>) -> String {
    to_file::record_json(&to_file::version(content, text, Stamps::of(versioned)))
}

fn text<'a>(store: &'a AnnotationStore, key: &RecordKey) -> Option<&'a Text> {
    Some(&store.article(key.article()?)?.text)
}

fn single(out: &mut String, name: &str, json: &str) {
    let _ = write!(out, ",\n  \"{name}\": {json}");
}

fn list(out: &mut String, name: &str, lines: &[String]) {
    let _ = write!(out, ",\n  \"{name}\": [");
    for (index, line) in lines.iter().enumerate() {
        out.push_str(if index == 0 { "\n    " } else { ",\n    " });
        out.push_str(line);
    }
    out.push_str(if lines.is_empty() { "]" } else { "\n  ]" });
}
