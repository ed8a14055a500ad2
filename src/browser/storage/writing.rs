//! Records on their way into the stores.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Database, HEAD, Local, Refused, Storage, order_key};
use crate::analysis::Card;
use crate::browser::listen::pause;
use crate::edit::{AnnotationStore, RestorePoint, merge_records};
use crate::format::stored::{
    Place, QUARANTINE, Records, StoredError, card_prefix, project_prefix, read_place, remote_prefix, restore_prefix, write_card, write_one,
    write_place, write_restore_point,
};
use crate::model::*;
use crate::order::{Gather, InOrder};
use crate::session::{Storing, Unsaved};

/// What a strict transaction came to.
#[derive(Debug, Default)]
pub struct Committed {
    /// Records in which another tab's work was found and merged.
    pub others: Records,
    /// The rows as they stand now, `None` where one was removed: for the other tabs.
    pub rows: Vec<(String, Option<String>)>,
    /// Records whose rows a newer version of the page wrote: they were left alone.
    pub newer: BTreeSet<RecordKey>,
}

/// A project as it is to be stored: the records in memory, and the order of all its articles, removed ones too.
#[derive(Clone, Copy)]
pub struct Copy<'a> {
    pub store: &'a AnnotationStore,
    pub order: &'a [ArticleId],
}

/// What lists show of articles; `None` of one that was removed.
pub type Cards = BTreeMap<ArticleId, Option<Rc<Card>>>;

/// What of a change is not in local storage yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unmirrored {
    /// It waits until the page has time for it.
    pub later: BTreeSet<Place>,
    /// It could not be written; why.
    pub refused: BTreeMap<Place, Rc<str>>,
}

/// With a database beside it, local storage holds at most this many units of ours, …
const ROOM: usize = 4_000_000;
/// … is cleared down to this many, …
const ROOM_AGAIN: usize = 3_500_000;
/// … and of articles at most this many: their texts are many, and the database has them.
const ROOM_FOR_ARTICLES: usize = 1_000_000;
/// Values larger than this are written when the page has time: browsers ration what local storage may write.
const LARGE: usize = 64 * 1024;
/// Units of a stored annotation.
const ANNOTATION: usize = 200;
/// Rows of a transaction; more than any step of work has, so that each is stored as a whole.
const MOST_ROWS: usize = 20_000;
/// … and units of one, about: so that the page breathes while a large import is stored.
const MOST_UNITS: usize = 8_000_000;
/// Restore points kept of a project.
const RESTORE_POINTS: usize = 10;

const NEWER: &str = "a newer version of this page wrote here";
pub const NOTHING: &str = "this browser lets the page store nothing (private window, or storage is switched off)";

impl Storage {
    /// Writes what must not wait into local storage; what is large waits, where a database has it meanwhile.
    pub fn mirror(&self, copy: Copy<'_>, unsaved: &BTreeMap<RecordKey, Unsaved>, since: u64) -> Unmirrored {
        let mut places: BTreeMap<Place, Storing> = BTreeMap::new();
        for (key, unsaved) in unsaved.iter().filter(|(_, unsaved)| unsaved.revision > since) {
            let how = places.entry(Place::of(key)).or_insert(unsaved.how);
            if unsaved.how == Storing::Replace {
                *how = Storing::Replace;
            }
        }
        let mut later = BTreeSet::new();
        if self.database().is_some() {
            let mut size = 0;
            places.retain(|place, how| {
                let estimate = estimated(copy.store, place);
                size += estimate;
                // What was taken back must be gone before anything else is read.
                let now = *how == Storing::Replace || (estimate <= LARGE && size <= 4 * LARGE);
                if !now {
                    later.insert(place.clone());
                }
                now
            });
        }
        Unmirrored { later, refused: self.mirror_places(copy, &places) }
    }

    /// Writes these places into local storage, beside a database within its share of room. All are tried; what could not be
    /// written comes back, with the reason.
    pub fn mirror_places(&self, copy: Copy<'_>, places: &BTreeMap<Place, Storing>) -> BTreeMap<Place, Rc<str>> {
        let room = if self.has_database() { ROOM_FOR_ARTICLES } else { usize::MAX };
        self.mirror_within(room, copy, places)
    }

    /// The same for what the database refused: there is nothing beside which it could be too much.
    pub fn mirror_refused(&self, copy: Copy<'_>, places: &BTreeMap<Place, Storing>) -> BTreeMap<Place, Rc<str>> {
        self.mirror_within(usize::MAX, copy, places)
    }

    /// `room` is for the texts of articles, in UTF-16 units.
    fn mirror_within(&self, room: usize, copy: Copy<'_>, places: &BTreeMap<Place, Storing>) -> BTreeMap<Place, Rc<str>> {
        let Some(local) = &self.local else { return places.keys().map(|place| (place.clone(), NOTHING.into())).collect() };
        let store = copy.store;
        let project = &store.header().id;
        let bounded = room < usize::MAX;
        let mut refused = BTreeMap::new();
        if places.keys().any(is_article) {
            local.set(&order_key(project), &listed(copy.order));
        }
        let mut articles = if bounded && places.keys().any(is_article) { local.units(is_article_key) } else { 0 };
        for (place, how) in places {
            if bounded && is_article(place) {
                articles += estimated(store, place);
                if articles > room {
                    continue;
                }
            }
            if let Err(why) = self.mirror_place(local, store, project, place, *how) {
                refused.insert(place.clone(), why.into());
            }
        }
        refused
    }

    fn mirror_place(&self, local: &Local, store: &AnnotationStore, project: &ProjectId, place: &Place, how: Storing) -> Result<(), String> {
        let key = place.key(project);
        let mut merged = None;
        if how == Storing::Merge
            // Mostly this tab wrote what is there: the beginning tells, and the rest need not be copied.
            && local.beginning(&key, HEAD).is_some_and(|beginning| !self.knows(&key, &beginning))
            && let Some(value) = local.get(&key)
        {
            match read_place(place, &value, store) {
                Ok(others) => merged = Some(store.merge(others).0),
                Err(StoredError::Newer(_)) => return Err(NEWER.to_owned()),
                Err(_) => {
                    if !self.put_aside_locally(&key, &value) {
                        return Err("local storage has no room to put a damaged value aside".to_owned());
                    }
                }
            }
        }
        let Some(value) = write_place(merged.as_ref().unwrap_or(store), place) else {
            local.remove(&key);
            return Ok(());
        };
        if local.set(&key, &value) {
            self.know(&key, &value);
            Ok(())
        } else {
            Err("local storage is full".to_owned())
        }
    }

    /// Puts records into the database, merged with what is there by now, in one strict transaction; it is on the disk when
    /// this returns.
    pub(in crate::browser) async fn commit(
        &self,
        Copy { store, order }: Copy<'_>,
        unsaved: &BTreeMap<RecordKey, Unsaved>,
        point: Option<&RestorePoint>,
        cards: &Cards,
    ) -> Result<Committed, Refused> {
        let database = self.database().ok_or_else(Refused::none)?;
        let project = &store.header().id;
        let mut committed = Committed::default();
        let keys: Vec<(&RecordKey, Storing)> = unsaved.iter().map(|(key, unsaved)| (key, unsaved.how)).collect();
        // Cards alone are a part without keys.
        let parts = if keys.is_empty() { vec![&keys[..]] } else { parted(store, &keys) };
        let last = parts.len() - 1;
        let mut cards = cards.clone();
        for (at, part) in parts.into_iter().enumerate() {
            if at > 0 {
                pause(0).await;
            }
            // Each with the first records of its article: all of them at once would be a long task.
            let mut with_it: Cards = part.iter().filter_map(|(key, _)| cards.remove_entry(key.article()?)).gather();
            if at == last {
                with_it.append(&mut cards);
            }
            let names: Vec<String> = part.iter().map(|(key, _)| Place::Record((*key).clone()).key(project)).collect();
            let done = database
                .update(&names, |present| {
                    let mut writes = Vec::with_capacity(part.len());
                    let mut committed = Committed::default();
                    for (((key, how), name), present) in part.iter().zip(&names).zip(present) {
                        match row(store, key, *how, present.as_deref()) {
                            Row::Same => {}
                            Row::Write { value, other } => {
                                committed.others.extend(other.map(|record| ((*key).clone(), record)));
                                committed.rows.push((name.clone(), value.clone()));
                                writes.push((name.clone(), value));
                            }
                            Row::Damaged { aside, value } => {
                                let hash = crc32fast::hash(aside.as_bytes());
                                writes.push((format!("{QUARANTINE}{name}~{hash:08x}"), Some(aside)));
                                committed.rows.push((name.clone(), value.clone()));
                                writes.push((name.clone(), value));
                            }
                            Row::Newer => {
                                committed.newer.insert((*key).clone());
                            }
                        }
                    }
                    writes.extend(
                        with_it.iter().map(|(article, card)| {
                            (format!("{}{article}", card_prefix(project)), Some(write_card(article, card.as_deref())))
                        }),
                    );
                    if at == last {
                        // Their texts are here, and all that waited for them.
                        let come = keys.iter().filter(|(key, _)| key.kind() == RecordKind::Article).filter_map(|(key, _)| key.article());
                        writes.extend(come.map(|article| (format!("{}{article}", remote_prefix(project)), None)));
                    }
                    if at == 0 {
                        writes.extend(point.map(|point| {
                            let name = format!("{}{}", restore_prefix(project), point.at.as_str());
                            (name, Some(write_restore_point(project, point)))
                        }));
                        if part.iter().any(|(key, _)| key.kind() == RecordKind::Article) {
                            writes.push((order_key(project), Some(listed(order))));
                        }
                    }
                    (writes, committed)
                })
                .await?;
            committed.others.extend(done.others);
            committed.rows.extend(done.rows);
            committed.newer.extend(done.newer);
        }
        if point.is_some() {
            forget_old_points(&database, project).await;
        }
        Ok(committed)
    }

    /// Where local storage holds more than its share, what was edited longest ago leaves it, if the database has it; the
    /// open project comes last. Returns how many values left.
    pub async fn trim(&self, open: &ProjectId) -> usize {
        let (Some(local), Some(database)) = (&self.local, self.database()) else { return 0 };
        let mut used = local.units(|_| true);
        if used <= ROOM {
            return 0;
        }
        let mut candidates = Vec::new();
        for (key, value) in local.rows(super::PREFIX) {
            let Some((project, place)) = Place::parse(&key) else { continue };
            let empty =
                AnnotationStore::empty(ProjectHeader { title: "".into(), ..ProjectHeader::untitled(project.clone()) }, default_scheme());
            let Ok(records) = read_place(&place, &value, &empty) else { continue };
            let edited = records.iter().map(|(_, record)| record.current.modified.clone()).max();
            candidates.push(((project == *open, !is_article(&place), edited), key, value, place, project, records));
        }
        candidates.put_in_order_by(|a, b| a.0.cmp(&b.0));
        let mut left = 0;
        for (_, key, value, place, project, records) in candidates {
            if used <= ROOM_AGAIN {
                break;
            }
            if holds(&database, &project, &place, &records).await && local.get(&key).as_ref() == Some(&value) {
                local.remove(&key);
                used -= key.len() + value.len();
                left += 1;
            }
        }
        left
    }
}

/// Whether the database has these records, in these versions or newer ones.
async fn holds(database: &Database, project: &ProjectId, place: &Place, records: &Records) -> bool {
    let prefix = match place {
        Place::Layer(article, annotator) => format!("{}a/{article}/{annotator}/", project_prefix(project)),
        Place::Record(_) => place.key(project),
    };
    let Ok(rows) = database.rows(&prefix).await else { return false };
    let rows: BTreeMap<String, String> = rows.into_iter().gather();
    records.iter().all(|(key, record)| {
        let place = Place::Record(key.clone());
        let stored = rows.get(&place.key(project)).and_then(|value| super::writing::one(&place, value));
        stored.is_some_and(|stored| merge_records(&stored, record) == *stored)
    })
}

/// The record of a row, its spans unchecked.
fn one(place: &Place, value: &str) -> Option<Rc<Record>> {
    let header = ProjectHeader { title: "".into(), ..ProjectHeader::untitled(ProjectId::new("none")?) };
    read_place(place, value, &AnnotationStore::empty(header, default_scheme())).ok()?.pop().map(|(_, record)| record)
}

/// What happens to a row of the database.
enum Row {
    Same,
    /// The row's value, and the record where it holds another tab's work too.
    Write {
        value: Option<String>,
        other: Option<Rc<Record>>,
    },
    Damaged {
        aside: String,
        value: Option<String>,
    },
    Newer,
}

fn row(store: &AnnotationStore, key: &RecordKey, how: Storing, present: Option<&str>) -> Row {
    let own = store.record(key);
    let value = || own.map(|record| write_one(key, record));
    let Some(present) = present else { return Row::Write { value: value(), other: None } };
    match read_place(&Place::Record(key.clone()), present, store) {
        Err(StoredError::Newer(_)) => Row::Newer,
        Err(_) => Row::Damaged { aside: present.to_owned(), value: value() },
        Ok(_) if how == Storing::Replace => Row::Write { value: value(), other: None },
        Ok(mut there) => {
            let (Some(own), Some((_, there))) = (own, there.pop()) else { return Row::Same };
            let merged = merge_records(own, &there);
            if merged == *there {
                return if merged == **own { Row::Same } else { Row::Write { value: Some(present.to_owned()), other: Some(there) } };
            }
            let other = (merged != **own).then(|| Rc::new(merged.clone()));
            Row::Write { value: Some(write_one(key, &merged)), other }
        }
    }
}

async fn forget_old_points(database: &Database, project: &ProjectId) {
    let Ok(keys) = database.keys(&restore_prefix(project)).await else { return };
    for old in keys.iter().rev().skip(RESTORE_POINTS) {
        let _ = database.update(&[], |_| (vec![(old.clone(), None)], ())).await;
    }
}

/// What goes into one transaction each.
fn parted<'a>(store: &AnnotationStore, keys: &'a [(&'a RecordKey, Storing)]) -> Vec<&'a [(&'a RecordKey, Storing)]> {
    let (mut parts, mut begin, mut units) = (Vec::new(), 0, 0);
    for (n, (key, _)) in keys.iter().enumerate() {
        let own = estimated(store, &Place::Record((*key).clone()));
        if n > begin && (n - begin >= MOST_ROWS || units + own > MOST_UNITS) {
            parts.push(&keys[begin..n]);
            (begin, units) = (n, 0);
        }
        units += own;
    }
    parts.push(&keys[begin..]);
    parts
}

pub(super) fn listed(order: &[ArticleId]) -> String {
    let ids: Vec<&str> = order.iter().map(ArticleId::as_str).collect();
    ids.join(" ")
}

fn is_article(place: &Place) -> bool {
    matches!(place, Place::Record(RecordKey::Article(_)))
}

fn is_article_key(key: &str) -> bool {
    Place::parse(key).is_some_and(|(_, place)| is_article(&place))
}

/// About how many units a place takes.
fn estimated(store: &AnnotationStore, place: &Place) -> usize {
    match place {
        Place::Layer(article, _) => store.layers(article).map_or(0, |layers| layers.len() * ANNOTATION),
        Place::Record(RecordKey::Article(article)) => store.article(article).map_or(ANNOTATION, |article| article.text.as_str().len()),
        Place::Record(_) => ANNOTATION,
    }
}
