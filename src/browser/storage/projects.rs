use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::device::remembered_keys;
use super::writing::Copy;
use super::{Database, Extent, Refused, Storage, order_key};
use crate::analysis::Card;
use crate::edit::AnnotationStore;
use crate::format::stored::{
    Gathered, Holdings, PREFIX, Place, QUARANTINE, Row, card_prefix, gather, project_prefix, read_record, remote_prefix, restore_prefix,
    write_card,
};
use crate::model::*;
use crate::order::{Gather, InOrder};
use crate::session::{Storing, Unsaved};

/// A project in the list of those on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredProject {
    pub id: ProjectId,
    pub title: String,
    pub articles: usize,
    pub archived: bool,
}

/// What a project takes of the stores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measured {
    /// UTF-16 units, keys included; the rows are ASCII, so bytes too.
    pub units: usize,
    /// Without the removed ones, which [`StoredProject`] can't tell.
    pub articles: usize,
}

/// A deleted project, as long as it can be brought back: all its rows, as each store held them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deleted {
    pub id: ProjectId,
    pub title: String,
    archived: bool,
    local: Vec<Row>,
    database: Vec<Row>,
}

/// Rows that are moved in one transaction.
const MOST_ROWS: usize = 20_000;

/// What was stored of a whole project, for the tabs that have it open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Put {
    pub rows: Vec<(String, Option<String>)>,
    /// The cards of its articles, as stored.
    pub cards: Vec<(String, String)>,
}

impl Storage {
    /// What is on this device, by title.
    pub async fn projects(&self) -> Vec<StoredProject> {
        let prefix = format!("{PREFIX}1/");
        let mut keys: BTreeSet<String> = self.local.as_ref().map(|local| local.keys(&prefix)).unwrap_or_default().into_iter().gather();
        if let Some(database) = self.database() {
            keys.extend(database.keys(&prefix).await.unwrap_or_default());
        }
        let mut articles: BTreeMap<ProjectId, usize> = BTreeMap::new();
        for key in keys {
            let Some((project, place)) = Place::parse(&key) else { continue };
            *articles.entry(project).or_default() += usize::from(matches!(place, Place::Record(RecordKey::Article(_))));
        }
        let mut found = Vec::with_capacity(articles.len());
        for (id, mut articles) in articles {
            // Texts may be elsewhere; one that has just come may count twice for a moment.
            articles += self.remote_ids(&id).await.len();
            let title = self.title(&id).await.unwrap_or_else(|| id.to_string());
            found.push(StoredProject { title, articles, archived: self.is_archived(&id), id });
        }
        found.put_in_order_by(|a, b| (a.archived, &a.title, &a.id).cmp(&(b.archived, &b.title, &b.id)));
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

    /// What a project takes, in both stores together, and how many articles are in it.
    pub async fn measure(&self, project: &ProjectId) -> Measured {
        let mut measured = Measured::default();
        let mut articles: BTreeMap<String, bool> = BTreeMap::new();
        for prefix in prefixes(project) {
            for (key, value) in self.local.as_ref().map(|local| local.rows(&prefix)).unwrap_or_default() {
                measured.units += key.len() + value.len();
                if is_article(&key) {
                    articles.insert(key.clone(), value.len() >= SHORT || is_live(&key, &value));
                }
            }
            let Some(database) = self.database() else { continue };
            // Last, so that it has the last word: it has what local storage has no room for.
            for (key, length) in database.lengths(&prefix).await.unwrap_or_default() {
                measured.units += key.len() + length;
                if is_article(&key) {
                    let live = length >= SHORT || database.get(&key).await.ok().flatten().is_some_and(|value| is_live(&key, &value));
                    articles.insert(key, live);
                }
            }
        }
        measured.articles = articles.into_values().filter(|live| *live).count() + self.remote_ids(project).await.len();
        measured
    }

    /// Takes a project off this device; what is returned brings it back. Where that fails, nothing is gone.
    pub async fn delete(&self, project: &ProjectId) -> Result<Deleted, String> {
        let title = self.title(project).await.unwrap_or_else(|| project.to_string());
        let archived = self.is_archived(project);
        let mut deleted = Deleted { id: project.clone(), title, archived, local: Vec::new(), database: Vec::new() };
        let [unexported, hosted, leads, annotator] = remembered_keys(project);
        let single = [order_key(project), unexported, hosted, leads, annotator];
        if let Some(database) = self.database() {
            let mut taken = take_keys(&database, &single, &mut deleted.database).await;
            for prefix in prefixes(project) {
                if taken.is_ok() {
                    taken = take_out(&database, &prefix, &mut deleted.database).await;
                }
                if let Err(refused) = &taken {
                    let back = self.undelete(&deleted).await;
                    return Err(back.err().map_or_else(|| refused.to_string(), |too| format!("{refused}, and {too}")));
                }
            }
        }
        if let Some(local) = &self.local {
            let alone = single.iter().filter_map(|key| Some((key.clone(), local.get(key)?)));
            for row in prefixes(project).iter().flat_map(|prefix| local.rows(prefix)).chain(alone) {
                self.known.borrow_mut().remove(&row.0);
                local.remove(&row.0);
                deleted.local.push(row);
            }
        }
        self.settings.borrow_mut().retain(|key, _| !single.contains(key));
        self.archive(project, false);
        Ok(deleted)
    }

    /// Brings a deleted project back, every row as it was; with what was stored under its id meanwhile it is merged.
    pub async fn undelete(&self, deleted: &Deleted) -> Result<(), String> {
        let mut met = false;
        if let Some(database) = self.database() {
            for part in deleted.database.chunks(MOST_ROWS) {
                let names: Vec<String> = part.iter().map(|(key, _)| key.clone()).collect();
                let put_back = |present: Vec<Option<String>>| {
                    let free = present.iter().zip(part).filter(|(there, _)| there.is_none());
                    let writes = free.map(|(_, (key, value))| (key.clone(), Some(value.clone()))).collect();
                    (writes, present.iter().any(Option::is_some))
                };
                met |= database.update(&names, put_back).await.map_err(|refused| refused.to_string())?;
            }
        }
        if let Some(local) = &self.local {
            for (key, value) in &deleted.local {
                if local.get(key).is_some() {
                    met = true;
                } else if !local.set(key, value) && self.database().is_none() {
                    return Err("local storage is full".to_owned());
                }
            }
        }
        if met {
            let holdings = Holdings { database: Some(deleted.database.clone()), local: Some(deleted.local.clone()), listed: Vec::new() };
            if let Some(Gathered { store, .. }) = gather(&deleted.id, holdings) {
                let store =
                    self.load(&deleted.id, Extent::All).await.map_or_else(|| store.clone(), |loaded| loaded.store.merge_copy(&store).0);
                self.put(&store).await?;
            }
        }
        if deleted.archived {
            self.archive(&deleted.id, true);
        }
        Ok(())
    }

    /// Stores a whole project that is not on the desk, merged with what is there of it; returns the rows that changed, for
    /// the other tabs.
    pub async fn put(&self, store: &AnnotationStore) -> Result<Put, String> {
        let order: Vec<ArticleId> = store.known_articles().cloned().collect();
        let copy = Copy { store, order: &order };
        let all = |(key, _)| (key, Unsaved { revision: 1, how: Storing::Merge });
        let unsaved: BTreeMap<RecordKey, Unsaved> = store.all_records().map(all).gather();
        if self.database().is_some() {
            let cards = store.known_articles().map(|article| (article.clone(), Card::of(store, article).map(Rc::new))).collect();
            let committed = self.commit(copy, &unsaved, None, &cards).await.map_err(|refused| refused.to_string())?;
            let cards = cards.iter().map(|(article, card)| (article.to_string(), write_card(article, card.as_deref()))).collect();
            return Ok(Put { rows: committed.rows, cards });
        }
        let places = unsaved.keys().map(|key| (Place::of(key), Storing::Merge)).collect();
        self.mirror_places(copy, &places).into_values().next().map_or(Ok(Put::default()), |why| Err(why.to_string()))
    }
}

/// Values of articles that are shorter may be those of removed ones, of which nothing is left but their versions.
const SHORT: usize = 1_000;

fn is_article(key: &str) -> bool {
    matches!(Place::parse(key), Some((_, Place::Record(RecordKey::Article(_)))))
}

/// Whether an article's value says that it is there.
fn is_live(key: &str, value: &str) -> bool {
    let key = Place::parse(key).and_then(|(_, place)| if let Place::Record(key) = place { Some(key) } else { None });
    key.and_then(|key| read_record(&key, value).ok()).is_some_and(|record| record.current.content.is_some())
}

/// Moves every row of the prefix from the database into `rows`.
async fn take_out(database: &Database, prefix: &str, rows: &mut Vec<Row>) -> Result<(), Refused> {
    // More may be stored meanwhile, by a transaction that had begun, or by another tab: until nothing is left.
    loop {
        let keys = database.keys(prefix).await?;
        if keys.is_empty() {
            return Ok(());
        }
        for part in keys.chunks(MOST_ROWS) {
            take_keys(database, part, rows).await?;
        }
    }
}

/// Moves these rows, as far as they are there.
async fn take_keys(database: &Database, keys: &[String], rows: &mut Vec<Row>) -> Result<(), Refused> {
    let remove = |present: Vec<Option<String>>| {
        let writes = keys.iter().map(|key| (key.clone(), None)).collect();
        (writes, present)
    };
    let present = database.update(keys, remove).await?;
    rows.extend(keys.iter().zip(present).filter_map(|(key, value)| Some((key.clone(), value?))));
    Ok(())
}

/// What the keys of a project begin with, those put aside and its restore points too.
fn prefixes(project: &ProjectId) -> [String; 5] {
    let own = project_prefix(project);
    [format!("{QUARANTINE}{own}"), restore_prefix(project), card_prefix(project), remote_prefix(project), own]
}
