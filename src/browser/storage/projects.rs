use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::Storage;
use super::writing::Copy;
use crate::analysis::Card;
use crate::edit::AnnotationStore;
use crate::format::stored::{PREFIX, Place, QUARANTINE, Row, card_prefix, project_prefix, read_record, restore_prefix};
use crate::model::*;
use crate::session::{Storing, Unsaved};

/// A project in the list of those on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProject {
    pub id: ProjectId,
    pub title: String,
    pub articles: usize,
    pub archived: bool,
}

/// A deleted project, as long as it can be brought back: all its rows, as each store held them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    pub title: String,
    local: Vec<Row>,
    database: Vec<Row>,
}

impl Storage {
    /// What is on this device, by title.
    pub async fn projects(&self) -> Vec<StoredProject> {
        let prefix = format!("{PREFIX}1/");
        let mut keys: BTreeSet<String> = self.local.as_ref().map(|local| local.keys(&prefix)).unwrap_or_default().into_iter().collect();
        if let Some(database) = self.database() {
            keys.extend(database.keys(&prefix).await.unwrap_or_default());
        }
        let mut articles: BTreeMap<ProjectId, usize> = BTreeMap::new();
        for key in keys {
            let Some((project, place)) = Place::parse(&key) else { continue };
            *articles.entry(project).or_default() += usize::from(matches!(place, Place::Record(RecordKey::Article(_))));
        }
        let mut found = Vec::with_capacity(articles.len());
        for (id, articles) in articles {
            let title = self.title(&id).await.unwrap_or_else(|| id.to_string());
            found.push(StoredProject { title, articles, archived: self.is_archived(&id), id });
        }
        found.sort_by(|a, b| (a.archived, &a.title, &a.id).cmp(&(b.archived, &b.title, &b.id)));
        found
    }

    async fn title(&self, project: &ProjectId) -> Option<String> {
        let key = Place::Record(RecordKey::Project).key(project);
        let mut values: Vec<String> = Vec::new();
        if let Some(database) = self.database() {
            values.extend(database.get(&key).await.ok().flatten());
        }
        values.extend(self.local.as_ref().and_then(|local| local.get(&key)));
        let records = values.iter().filter_map(|value| read_record(&RecordKey::Project, value).ok());
        let newest = records.max_by(|a, b| a.current.modified.cmp(&b.current.modified))?;
        match newest.current.content? {
            Content::Project(header) if !header.title.trim().is_empty() => Some(header.title.to_string()),
            _ => None,
        }
    }

    /// UTF-16 units that a project takes, in both stores together.
    pub async fn size(&self, project: &ProjectId) -> usize {
        let mut size = 0;
        for prefix in prefixes(project) {
            size += self.local.as_ref().map_or(0, |local| local.units(|key| key.starts_with(&prefix)));
            if let Some(database) = self.database() {
                let rows = database.rows(&prefix).await.unwrap_or_default();
                size += rows.iter().map(|(key, value)| key.len() + value.len()).sum::<usize>();
            }
        }
        size
    }

    /// Takes a project off this device; what is returned brings it back.
    pub async fn delete(&self, project: &ProjectId) -> Result<Deleted, String> {
        let mut deleted = Deleted { title: self.title(project).await.unwrap_or_else(|| project.to_string()), ..Deleted::default() };
        for prefix in prefixes(project) {
            if let Some(database) = self.database() {
                deleted.database.extend(database.rows(&prefix).await.map_err(|refused| refused.to_string())?);
            }
            deleted.local.extend(self.local.as_ref().map(|local| local.rows(&prefix)).unwrap_or_default());
        }
        // The order of articles stays: a few words, and of use should the project come back.
        if let Some(database) = self.database() {
            for prefix in prefixes(project) {
                database.remove(&prefix).await.map_err(|refused| refused.to_string())?;
            }
        }
        for (key, _) in &deleted.local {
            self.known.borrow_mut().remove(key);
            if let Some(local) = &self.local {
                local.remove(key);
            }
        }
        self.archive(project, false);
        Ok(deleted)
    }

    /// Brings a deleted project back, every row as it was.
    pub async fn undelete(&self, deleted: &Deleted) -> Result<(), String> {
        let stored = match self.database() {
            Some(database) => {
                let writes = deleted.database.iter().map(|(key, value)| (key.clone(), Some(value.clone()))).collect();
                database.update(&[], |_| (writes, ())).await.map_err(|refused| refused.to_string())
            }
            None => Ok(()),
        };
        for (key, value) in &deleted.local {
            if let Some(local) = &self.local
                && !local.set(key, value)
                && self.database().is_none()
            {
                return Err("local storage is full".to_owned());
            }
        }
        stored
    }

    /// Stores a whole project that is not on the desk, merged with what is there of it.
    pub async fn put(&self, store: &AnnotationStore) -> Result<(), String> {
        let order: Vec<ArticleId> = store.known_articles().cloned().collect();
        let copy = Copy { store, order: &order };
        let all = |(key, _)| (key, Unsaved { revision: 1, how: Storing::Merge });
        let unsaved: BTreeMap<RecordKey, Unsaved> = store.all_records().map(all).collect();
        if self.database().is_some() {
            let cards = store.known_articles().map(|article| (article.clone(), Card::of(store, article).map(Rc::new))).collect();
            return self.commit(copy, &unsaved, None, &cards).await.map(drop).map_err(|refused| refused.to_string());
        }
        let places = unsaved.keys().map(|key| (Place::of(key), Storing::Merge)).collect();
        self.mirror_places(copy, &places).into_values().next().map_or(Ok(()), |why| Err(why.to_string()))
    }
}

/// What the keys of a project begin with, those put aside and its restore points too.
fn prefixes(project: &ProjectId) -> [String; 4] {
    let own = project_prefix(project);
    [format!("{QUARANTINE}{own}"), restore_prefix(project), card_prefix(project), own]
}
