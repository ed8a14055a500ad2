use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::layers::{ArticleLayers, Entry};
use super::merge::merge_records;
use super::sorted::Sorted;
use crate::model::*;
use crate::order::{Gather, InOrder};

/// A project: all its records, and the indices over them.
///
/// Cheap to clone: what a change does not touch is shared. Changes only by [`AnnotationStore::apply`] and
/// [`AnnotationStore::merge`].
#[derive(Clone, Debug)]
pub struct AnnotationStore {
    /// Everything but annotations, tombstones included.
    pub(super) records: Rc<BTreeMap<RecordKey, Rc<Record>>>,
    pub(super) layers: Rc<BTreeMap<ArticleId, Rc<ArticleLayers>>>,
    /// Live articles as this copy lists them; newcomers go to the end. Not merged: the order is each copy's own.
    order: Rc<Vec<ArticleId>>,
    /// The same with the removed ones, so that one that comes back finds its place; a hint, and no part of equality.
    places: Rc<Vec<ArticleId>>,
    pub(super) header: Rc<ProjectHeader>,
    pub(super) scheme: Rc<Scheme>,
    /// The greatest number in any version ever seen; only grows, and is no part of equality.
    pub(super) greatest: u64,
}

impl PartialEq for AnnotationStore {
    fn eq(&self, other: &Self) -> bool {
        let Self { records, layers, order, places: _, header, scheme, greatest: _ } = self;
        *records == other.records && *layers == other.layers && *order == other.order && *header == other.header && *scheme == other.scheme
    }
}

impl Eq for AnnotationStore {}

impl AnnotationStore {
    /// An empty project that merges with any copy of itself: its header and scheme are not records yet, so whatever
    /// record arrives takes their place.
    pub fn empty(header: ProjectHeader, scheme: Scheme) -> Self {
        Self {
            records: Rc::default(),
            layers: Rc::default(),
            order: Rc::default(),
            places: Rc::default(),
            header: Rc::new(header),
            scheme: Rc::new(scheme),
            greatest: 0,
        }
    }

    pub fn header(&self) -> &Rc<ProjectHeader> {
        &self.header
    }

    pub fn scheme(&self) -> &Rc<Scheme> {
        &self.scheme
    }

    pub fn greatest_number(&self) -> u64 {
        self.greatest
    }

    /// The live articles in this copy's order.
    pub fn articles(&self) -> impl Iterator<Item = &Rc<Article>> {
        self.order.iter().filter_map(|id| self.article(id))
    }

    pub fn article_ids(&self) -> &[ArticleId] {
        &self.order
    }

    /// Articles whose record is here, removed ones too.
    pub fn known_articles(&self) -> impl Iterator<Item = &ArticleId> {
        self.places.iter()
    }

    pub fn article(&self, id: &ArticleId) -> Option<&Rc<Article>> {
        match self.live(&RecordKey::Article(id.clone()))? {
            Content::Article(article) => Some(article),
            _ => None,
        }
    }

    pub fn entity(&self, id: &EntityId) -> Option<&Rc<Entity>> {
        match self.live(&RecordKey::Entity(id.clone()))? {
            Content::Entity(entity) => Some(entity),
            _ => None,
        }
    }

    /// Who an entity is after all merges. Where copies merged two entities into each other, both are the one with the smaller id.
    pub fn standing(&self, id: &EntityId) -> EntityId {
        let mut chain = vec![id.clone()];
        while let Some(into) = chain.last().and_then(|last| self.entity(last)?.into.clone()) {
            if let Some(first) = chain.iter().position(|other| *other == into) {
                return chain.into_iter().skip(first).min().unwrap_or(into);
            }
            // One that is not here can't stand for it.
            if !into.is_author() && self.entity(&into).is_none() {
                break;
            }
            chain.push(into);
        }
        chain.pop().unwrap_or_else(|| id.clone())
    }

    /// Live entities by id. `author` is among them only where a record says more of it than its name.
    pub fn entities(&self) -> impl Iterator<Item = &Rc<Entity>> {
        let first = EntityId::new("-").expect("invariant: a hyphen is an id");
        self.kind_from(RecordKey::Entity(first)).filter_map(|content| match content {
            Content::Entity(entity) => Some(entity),
            _ => None,
        })
    }

    pub fn annotator(&self, id: &AnnotatorId) -> Option<&Rc<Annotator>> {
        match self.live(&RecordKey::Annotator(id.clone()))? {
            Content::Annotator(annotator) => Some(annotator),
            _ => None,
        }
    }

    pub fn annotators(&self) -> impl Iterator<Item = &Rc<Annotator>> {
        let first = AnnotatorId::new("-").expect("invariant: a hyphen is an id");
        self.kind_from(RecordKey::Annotator(first)).filter_map(|content| match content {
            Content::Annotator(annotator) => Some(annotator),
            _ => None,
        })
    }

    /// Who is to work on what, by article.
    pub fn assignments(&self) -> impl Iterator<Item = &Rc<Assignment>> {
        let first = ArticleId::new("-").expect("invariant: a hyphen is an id");
        let from = RecordKey::Assignment(first, AnnotatorId::new("-").expect("invariant: a hyphen is an id"));
        self.kind_from(from).filter_map(|content| match content {
            Content::Assignment(assignment) => Some(assignment),
            _ => None,
        })
    }

    /// The articles that an annotator is to work on, in the order of reading; also such as are not in memory, or not there any more.
    /// Those without a place come last, as they stand in `order`.
    pub fn assigned_to(&self, annotator: &AnnotatorId, order: &[ArticleId]) -> Vec<ArticleId> {
        let mut own: Vec<&Rc<Assignment>> = self.assignments().filter(|assignment| assignment.annotator == *annotator).collect();
        let stands: BTreeMap<&ArticleId, usize> = match own.iter().all(|assignment| assignment.place.is_some()) {
            true => BTreeMap::new(),
            false => order.iter().zip(0..).gather(),
        };
        own.put_in_order_by_key(|of| (of.place.is_none(), of.place, stands.get(&of.article).copied().unwrap_or(usize::MAX)));
        own.into_iter().map(|assignment| assignment.article.clone()).collect()
    }

    pub fn status(&self, article: &ArticleId, annotator: &AnnotatorId) -> Status {
        match self.live(&RecordKey::Progress(article.clone(), annotator.clone())) {
            Some(Content::Progress(progress)) => progress.status,
            _ => Status::New,
        }
    }

    pub fn layers(&self, article: &ArticleId) -> Option<&Rc<ArticleLayers>> {
        self.layers.get(article)
    }

    /// Live annotations of an article by start, end, id; orphans last.
    pub fn annotations(&self, article: &ArticleId) -> &Sorted<Rc<Annotation>> {
        const NONE: &Sorted<Rc<Annotation>> = &Sorted::new();
        self.layers.get(article).map_or(NONE, |layers| layers.ordered())
    }

    pub fn annotation(&self, article: &ArticleId, annotator: &AnnotatorId, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.layers.get(article)?.annotation(id, annotator)
    }

    pub fn record(&self, key: &RecordKey) -> Option<&Rc<Record>> {
        match key {
            RecordKey::Annotation(article, annotator, id) => self.layers.get(article)?.record(id, annotator),
            _ => self.records.get(key),
        }
    }

    pub fn live(&self, key: &RecordKey) -> Option<&Content> {
        self.record(key)?.current.content.as_ref()
    }

    /// Every record, tombstones included: annotations last.
    pub fn all_records(&self) -> impl Iterator<Item = (RecordKey, &Rc<Record>)> {
        let others = self.records.iter().map(|(key, record)| (key.clone(), record));
        let annotations = self.layers.iter().flat_map(|(article, layers)| {
            layers
                .keyed_records()
                .map(move |(id, annotator, record)| (RecordKey::Annotation(article.clone(), annotator.clone(), id.clone()), record))
        });
        others.chain(annotations)
    }

    /// The same, to be handed on: a record is shared, not copied.
    pub fn shared_records(&self) -> impl Iterator<Item = (RecordKey, Rc<Record>)> {
        self.all_records().map(|(key, record)| (key, record.clone()))
    }

    /// What the live records of a kind say, from a key on; a hyphen is the first of all ids.
    fn kind_from(&self, first: RecordKey) -> impl Iterator<Item = &Content> {
        let kind = first.kind();
        let of_kind = self.records.range(first..).take_while(move |(key, _)| key.kind() == kind);
        of_kind.filter_map(|(_, record)| record.current.content.as_ref())
    }

    /// Merges records of another copy in; returns the keys of those that changed here.
    ///
    /// Commutative, associative and idempotent in all but the order of new articles.
    pub fn merge(&self, incoming: impl IntoIterator<Item = (RecordKey, Rc<Record>)>) -> (Self, BTreeSet<RecordKey>) {
        let mut store = self.clone();
        let mut changed = Vec::new();
        // The annotations of articles that have none yet: sorted once, and not with each of them.
        let mut fresh: BTreeMap<ArticleId, Vec<Entry>> = BTreeMap::new();
        for (key, record) in incoming {
            let merged = match store.record(&key) {
                Some(own) if Rc::ptr_eq(own, &record) => continue,
                Some(own) => {
                    let merged = merge_records(own, &record);
                    if merged == **own {
                        continue;
                    }
                    Rc::new(merged)
                }
                None if record.conflicts.is_empty() => record,
                None => Rc::new(merge_records(&record, &record)),
            };
            match &key {
                RecordKey::Annotation(article, annotator, id) if !store.layers.contains_key(article) => {
                    store.count(&merged);
                    let entry = Entry { id: id.clone(), annotator: annotator.clone(), record: merged };
                    match fresh.get_mut(article) {
                        Some(entries) => entries.push(entry),
                        None => drop(fresh.insert(article.clone(), vec![entry])),
                    }
                }
                _ => store.put(key.clone(), merged),
            }
            changed.push(key);
        }
        if !fresh.is_empty() {
            let layers = Rc::make_mut(&mut store.layers);
            layers.extend(fresh.into_iter().map(|(article, entries)| (article, Rc::new(ArticleLayers::of(entries)))));
        }
        let changed = changed.into_iter().collect();
        store.list_articles(&changed);
        (store, changed)
    }

    /// Merges all that another copy of the project holds; see [`AnnotationStore::merge`].
    pub fn merge_copy(&self, copy: &Self) -> (Self, BTreeSet<RecordKey>) {
        self.merge(copy.shared_records())
    }

    fn count(&mut self, record: &Record) {
        let number = record.versions().map(|versioned| versioned.version.greatest()).max().unwrap_or(0);
        self.greatest = self.greatest.max(number);
    }

    pub(super) fn put(&mut self, key: RecordKey, record: Rc<Record>) {
        self.count(&record);
        match (&key, &record.current.content) {
            (RecordKey::Annotation(article, annotator, id), _) => {
                let layers = Rc::make_mut(&mut self.layers).entry(article.clone()).or_default();
                Rc::make_mut(layers).put(id.clone(), annotator.clone(), record);
                return;
            }
            (RecordKey::Article(id), _) if !self.records.contains_key(&key) => Rc::make_mut(&mut self.places).push(id.clone()),
            (_, Some(Content::Project(header))) => self.header = header.clone(),
            // A project without a header of its own goes by its id.
            (RecordKey::Project, None) => self.header = Rc::new(ProjectHeader::untitled(self.header.id.clone())),
            (_, Some(Content::Scheme(scheme))) => self.scheme = scheme.clone(),
            // As a project without a scheme of its own is read.
            (RecordKey::Scheme, None) => self.scheme = Rc::new(default_scheme()),
            _ => {}
        }
        Rc::make_mut(&mut self.records).insert(key, record);
    }

    /// The statuses that annotators have given an article.
    pub fn progress(&self, article: &ArticleId) -> impl Iterator<Item = &Rc<Progress>> {
        // The first id of all, so that what follows begins with the article's first annotator.
        let first = AnnotatorId::new("-").expect("invariant: a hyphen is an id");
        let from = RecordKey::Progress(article.clone(), first);
        let own =
            self.records.range(from..).take_while(move |(key, _)| key.kind() == RecordKind::Progress && key.article() == Some(article));
        own.filter_map(|(_, record)| match &record.current.content {
            Some(Content::Progress(progress)) => Some(progress),
            _ => None,
        })
    }

    /// Whether nothing but annotations differs, as far as can be told at once.
    pub fn has_same_records_as(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.records, &other.records)
    }

    /// The same without all that belongs to these articles.
    pub fn without_articles(&self, articles: &BTreeSet<ArticleId>) -> Self {
        self.leaving(articles, RecordKey::article)
    }

    /// The same without what is in memory for the sake of these articles: they leave the memory, not the project.
    pub fn unloading(&self, articles: &BTreeSet<ArticleId>) -> Self {
        self.leaving(articles, RecordKey::in_memory_with)
    }

    fn leaving(&self, articles: &BTreeSet<ArticleId>, of: fn(&RecordKey) -> Option<&ArticleId>) -> Self {
        let mut store = self.clone();
        Rc::make_mut(&mut store.records).retain(|key, _| of(key).is_none_or(|article| !articles.contains(article)));
        Rc::make_mut(&mut store.layers).retain(|article, _| !articles.contains(article));
        Rc::make_mut(&mut store.places).retain(|article| !articles.contains(article));
        Rc::make_mut(&mut store.order).retain(|article| !articles.contains(article));
        store
    }

    /// Drops a record without a trace: no tombstone, so that a merge may bring it again.
    pub(super) fn forget(&mut self, key: &RecordKey) {
        match key {
            RecordKey::Annotation(article, annotator, id) => {
                let layers = Rc::make_mut(&mut self.layers);
                if let Some(of_article) = layers.get_mut(article) {
                    Rc::make_mut(of_article).forget(id, annotator);
                    if of_article.is_empty() {
                        layers.remove(article);
                    }
                }
            }
            _ => {
                Rc::make_mut(&mut self.records).remove(key);
                match key {
                    RecordKey::Article(id) => Rc::make_mut(&mut self.places).retain(|place| place != id),
                    RecordKey::Project => self.header = Rc::new(ProjectHeader::untitled(self.header.id.clone())),
                    // As a project without a scheme of its own is read.
                    RecordKey::Scheme => self.scheme = Rc::new(default_scheme()),
                    _ => {}
                }
            }
        }
    }

    /// Lists the articles anew if one of them changed: once a transaction or merge, however many came or went.
    pub(super) fn list_articles(&mut self, changed: &BTreeSet<RecordKey>) {
        if changed.iter().any(|key| key.kind() == RecordKind::Article) {
            self.order = Rc::new(self.places.iter().filter(|id| self.article(id).is_some()).cloned().collect());
        }
    }

    /// The same articles in the order of `ids`; those not named keep theirs, after them.
    pub fn with_order(&self, ids: &[ArticleId]) -> Self {
        let mut named = BTreeSet::new();
        let known = ids.iter().filter(|id| self.records.contains_key(&RecordKey::Article((*id).clone())) && named.insert((*id).clone()));
        let mut places: Vec<ArticleId> = known.cloned().collect();
        places.extend(self.places.iter().filter(|id| !named.contains(*id)).cloned());
        let order = places.iter().filter(|id| self.article(id).is_some()).cloned().collect();
        Self { order: Rc::new(order), places: Rc::new(places), ..self.clone() }
    }
}
