//! Local storage: every record of every project, written with every change.
//!
//! Other pages and other tabs may write the same storage at any time, so each value is checked when it is read, and
//! merged, not overwritten, when somebody else wrote it since.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::document::Theme;
use super::storage_keys::{ANNOTATOR, LAST, PREFIX, Place, QUARANTINE, THEME, TOURED};
use crate::edit::{AnnotationStore, merge_records};
use crate::format::stored::{self, StoredError};
use crate::model::*;

/// The browser's local storage, or nothing where it is denied.
#[derive(Clone)]
pub struct Storage {
    local: Option<web_sys::Storage>,
    /// For each key, the beginning of the value (with its checksum) that this tab wrote or read last.
    known: Rc<RefCell<HashMap<String, String>>>,
}

/// A project as it was found.
pub struct Loaded {
    pub store: AnnotationStore,
    /// What could not be read, as sentences; it was put aside, not deleted.
    pub problems: Vec<String>,
}

/// A project in the list of those on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProject {
    pub id: ProjectId,
    pub title: String,
    pub articles: usize,
}

/// What became of a value that can't be read, in words.
enum Aside {
    Moved(String),
    /// It stands where it stood, and must not be overwritten.
    Left(String),
}

impl Aside {
    fn words(self) -> String {
        match self {
            Self::Moved(words) | Self::Left(words) => words,
        }
    }
}

/// Enough of a value to tell it from another: format version and checksum.
const HEAD: usize = 12;

impl Storage {
    pub fn open() -> Self {
        // Reading `localStorage` throws where it is denied.
        let local = web_sys::window().and_then(|window| window.local_storage().ok()?);
        Self { local, known: Rc::default() }
    }

    pub fn is_there(&self) -> bool {
        self.local.is_some()
    }

    fn get(&self, key: &str) -> Option<String> {
        self.local.as_ref()?.get_item(key).ok()?
    }

    fn set(&self, key: &str, value: &str) -> bool {
        self.local.as_ref().is_some_and(|local| local.set_item(key, value).is_ok())
    }

    fn keys(&self) -> Vec<String> {
        let Some(local) = &self.local else { return Vec::new() };
        let count = local.length().unwrap_or(0);
        (0..count).filter_map(|index| local.key(index).ok()?).filter(|key| key.starts_with(PREFIX)).collect()
    }

    pub fn projects(&self) -> Vec<StoredProject> {
        let mut found: Vec<StoredProject> = Vec::new();
        for key in self.keys() {
            let Some((id, place)) = Place::parse(&key) else { continue };
            let project = match found.iter().position(|project| project.id == id) {
                Some(at) => &mut found[at],
                None => {
                    found.push(StoredProject { title: id.to_string(), id, articles: 0 });
                    found.last_mut().expect("invariant: just pushed")
                }
            };
            match place {
                Place::Record(RecordKey::Article(_)) => project.articles += 1,
                Place::Record(RecordKey::Project) => {
                    let record = self.get(&key).and_then(|value| stored::read_record(&RecordKey::Project, &value).ok());
                    if let Some(Content::Project(header)) = record.and_then(|record| record.current.content) {
                        project.title = header.title.to_string();
                    }
                }
                _ => {}
            }
        }
        found.sort_by(|a, b| a.title.cmp(&b.title));
        found
    }

    /// Everything that is stored of a project; `None` where nothing is.
    ///
    /// What is damaged or was written by a newer version stays out and is reported; damaged values move to
    /// `standpoint/quarantine/`.
    pub fn load(&self, project: &ProjectId) -> Option<Loaded> {
        let mut places: Vec<(String, Place)> = self
            .keys()
            .into_iter()
            .filter_map(|key| Place::parse(&key).filter(|(of, _)| of == project).map(|(_, place)| (key, place)))
            .collect();
        if places.is_empty() {
            return None;
        }
        // Articles before the layers on them, whose spans are checked against the texts.
        places.sort_by_key(|(key, place)| (matches!(place, Place::Layer(..)), key.clone()));
        let header = ProjectHeader { id: project.clone(), title: project.as_str().into(), description: "".into(), guidelines: "".into() };
        let mut store = AnnotationStore::empty(header, default_scheme());
        let mut problems = Vec::new();
        let mut created: Vec<(Timestamp, ArticleId)> = Vec::new();
        for (key, place) in places {
            let Some(value) = self.get(&key) else { continue };
            match read_place(&place, &value, &store) {
                Ok(records) => {
                    self.know(&key, &value);
                    created.extend(records.iter().filter_map(|(key, record)| match key {
                        RecordKey::Article(id) => Some((record.current.created.clone(), id.clone())),
                        _ => None,
                    }));
                    store = store.merge(records).0;
                }
                Err(error) => problems.push(self.put_aside(&key, &value, &error).words()),
            }
        }
        // The list's order is this copy's own and no record; without it, as the articles came.
        created.sort();
        let listed = self.get(&order_key(project)).unwrap_or_default();
        let order: Vec<ArticleId> = listed.split(' ').filter_map(ArticleId::new).chain(created.into_iter().map(|(_, id)| id)).collect();
        Some(Loaded { store: store.with_order(&order), problems })
    }

    /// Writes the records of `keys`. All keys are tried; the error says why one could not be written.
    ///
    /// What another tab wrote in the meantime is merged in, unless `overwrite` says that it must go (a merge taken back).
    pub fn save(&self, store: &AnnotationStore, keys: &BTreeSet<RecordKey>, overwrite: bool) -> Result<(), String> {
        if self.local.is_none() {
            return Err("this browser lets the page store nothing (private window, or storage is switched off)".to_owned());
        }
        let project = &store.header().id;
        let places: BTreeSet<Place> = keys.iter().map(Place::of).collect();
        let mut failed = None;
        if keys.iter().any(|key| key.kind() == RecordKind::Article) {
            let ids: Vec<&str> = store.article_ids().iter().map(ArticleId::as_str).collect();
            self.set(&order_key(project), &ids.join(" "));
        }
        for place in places {
            let key = place.key(project);
            let mut records = records_at(store, &place);
            if !overwrite
                && let Some(value) = self.get(&key)
                && !self.knows(&key, &value)
            {
                match read_place(&place, &value, store) {
                    Ok(others) => join(&mut records, others),
                    Err(StoredError::Newer(_)) => {
                        failed = Some("a newer version of this page wrote here: reload the page to get it".to_owned());
                        continue;
                    }
                    Err(error) => {
                        if let Aside::Left(why) = self.put_aside(&key, &value, &error) {
                            failed = Some(why);
                            continue;
                        }
                    }
                }
            }
            if records.is_empty() {
                if let Some(local) = &self.local {
                    let _ = local.remove_item(&key);
                }
                continue;
            }
            let value = match &place {
                Place::Layer(article, annotator) => stored::write_layer(
                    article,
                    annotator,
                    records.iter().filter_map(|(key, record)| match key {
                        RecordKey::Annotation(_, _, id) => Some((id, &**record)),
                        _ => None,
                    }),
                ),
                Place::Record(_) => stored::write_record(&records[0].1),
            };
            if self.set(&key, &value) {
                self.know(&key, &value);
            } else {
                failed = Some("storage is full: export now, so that nothing is lost".to_owned());
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// The records of a value that another tab wrote under `key`, if it belongs to the project on the desk.
    pub fn arrived(&self, store: &AnnotationStore, key: &str, value: &str) -> Vec<(RecordKey, Rc<Record>)> {
        match Place::parse(key) {
            Some((project, place)) if project == store.header().id => read_place(&place, value, store).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    fn know(&self, key: &str, value: &str) {
        self.known.borrow_mut().insert(key.to_owned(), head(value).to_owned());
    }

    fn knows(&self, key: &str, value: &str) -> bool {
        self.known.borrow().get(key).is_some_and(|known| known == head(value))
    }

    /// Moves what can't be read out of the way and says so; what a newer version wrote stays where it is, as does what there
    /// is no room for.
    fn put_aside(&self, key: &str, value: &str, error: &StoredError) -> Aside {
        if matches!(error, StoredError::Newer(_)) {
            return Aside::Left(format!("{key}: {error}. It was left as it is."));
        }
        // Nothing that was put aside before is overwritten.
        let names = (1..).map(|n| if n == 1 { format!("{QUARANTINE}{key}") } else { format!("{QUARANTINE}{key}~{n}") });
        let free = names.into_iter().find(|name| self.get(name).is_none_or(|there| there == value)).unwrap_or_default();
        if self.set(&free, value) {
            if let Some(local) = &self.local {
                let _ = local.remove_item(key);
            }
            Aside::Moved(format!("{key}: {error}. It was put aside as {free}."))
        } else {
            Aside::Left(format!("{key}: {error}. It was left as it is."))
        }
    }

    pub fn last(&self) -> Option<(ProjectId, Option<ArticleId>)> {
        let value = self.get(LAST)?;
        let (project, article) = value.split_once('/').unwrap_or((&value, ""));
        Some((ProjectId::new(project)?, ArticleId::new(article)))
    }

    pub fn set_last(&self, project: &ProjectId, article: Option<&ArticleId>) {
        self.set(LAST, &format!("{project}/{}", article.map_or("", ArticleId::as_str)));
    }

    /// Whose desk this is; minted at the first visit.
    pub fn annotator(&self, mint: impl FnOnce() -> AnnotatorId) -> AnnotatorId {
        self.get(ANNOTATOR).and_then(|id| AnnotatorId::new(&id)).unwrap_or_else(|| {
            let id = mint();
            self.set(ANNOTATOR, id.as_str());
            id
        })
    }

    pub fn theme(&self) -> Option<Theme> {
        Theme::parse(&self.get(THEME)?)
    }

    pub fn set_theme(&self, theme: Theme) {
        self.set(THEME, theme.as_str());
    }

    pub fn has_toured(&self) -> bool {
        self.get(TOURED).is_some()
    }

    pub fn set_toured(&self) {
        self.set(TOURED, "1");
    }
}

fn order_key(project: &ProjectId) -> String {
    format!("{PREFIX}order/{project}")
}

fn head(value: &str) -> &str {
    value.get(..HEAD).unwrap_or(value)
}

fn records_at(store: &AnnotationStore, place: &Place) -> Vec<(RecordKey, Rc<Record>)> {
    match place {
        Place::Record(key) => store.record(key).map(|record| (key.clone(), record.clone())).into_iter().collect(),
        Place::Layer(article, annotator) => store.layers(article).map_or_else(Vec::new, |layers| {
            let own = layers.keyed_records().filter(|(_, of, _)| *of == annotator);
            own.map(|(id, of, record)| (RecordKey::Annotation(article.clone(), of.clone(), id.clone()), record.clone())).collect()
        }),
    }
}

fn join(records: &mut Vec<(RecordKey, Rc<Record>)>, others: Vec<(RecordKey, Rc<Record>)>) {
    for (key, other) in others {
        match records.iter_mut().find(|(own, _)| *own == key) {
            Some((_, own)) => *own = Rc::new(merge_records(own, &other)),
            None => records.push((key, other)),
        }
    }
}

fn read_place(place: &Place, value: &str, store: &AnnotationStore) -> Result<Vec<(RecordKey, Rc<Record>)>, StoredError> {
    match place {
        Place::Record(key) => stored::read_record(key, value).map(|record| vec![(key.clone(), Rc::new(record))]),
        Place::Layer(article, annotator) => {
            let text = store.article(article).map(|article| article.text.clone());
            let records = stored::read_layer(article, annotator, text.as_ref(), value)?;
            Ok(records.into_iter().map(|(key, record)| (key, Rc::new(record))).collect())
        }
    }
}
