//! A tab that holds a copy of a project and edits it.

use std::collections::BTreeMap;
use std::rc::Rc;

use standpoint::edit::{AnnotationStore, Command, Context, Fresh, History, Refusal, Transaction, plan};
use standpoint::model::*;

use super::*;

/// `annotator` at article `a`.
pub fn context(annotator: &str) -> Context {
    let fresh = Fresh { millis: 1_790_000_000_000, entropy: 7 };
    Context { annotator: annotator_id(annotator), article: Some(article_id("a")), fresh }
}

/// The `number`th change of `replica`, at that many milliseconds past midnight.
pub fn stamp(replica: &str, number: u64) -> Stamp {
    Stamp { replica: Replica::new(replica).expect("an id"), number, now: instant(number) }
}

pub fn instant(millis: u64) -> Timestamp {
    let (seconds, rest) = (millis / 1000, millis % 1000);
    let text = format!("2026-01-01T{:02}:{:02}:{:02}.{rest:03}Z", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    Timestamp::parse(&text).expect("an instant")
}

#[derive(Clone, Debug)]
pub struct Tab {
    pub store: AnnotationStore,
    pub history: History,
    /// The articles that can be brought in.
    pub pool: Rc<[Article]>,
    replica: Rc<str>,
    skew: Skew,
}

impl Tab {
    pub fn open(store: AnnotationStore, replica: &str, skew: Skew) -> Self {
        Self { store, history: History::default(), pool: Rc::default(), replica: replica.into(), skew }
    }

    /// Another tab with the same project.
    pub fn fork(&self, replica: &str, skew: Skew) -> Self {
        Self { pool: self.pool.clone(), ..Self::open(self.store.clone(), replica, skew) }
    }

    pub fn stamp(&self) -> Stamp {
        let number = self.store.greatest_number() + 1;
        let now = match self.skew {
            Skew::None => number,
            Skew::Behind => number / 3,
            Skew::Ahead => number * 3,
            Skew::Stopped => 0,
        };
        Stamp { now: instant(now), ..stamp(&self.replica, number) }
    }

    /// `annotator` at `article`, with ids that no other tab makes.
    pub fn context(&self, annotator: &str, article: &str) -> Context {
        let name = self.replica.bytes().fold(0u64, |sum, byte| sum.wrapping_mul(257).wrapping_add(u64::from(byte)));
        let fresh = Fresh { millis: 1_790_000_000_000 + self.store.greatest_number(), entropy: name << 20 };
        Context { fresh, article: Some(article_id(article)), ..context(annotator) }
    }

    /// Does what `annotator` wants in article `a`.
    pub fn does(&mut self, annotator: &str, command: Command) -> Result<Transaction, Refusal> {
        self.carries_out(&self.context(annotator, "a"), &command)
    }

    pub fn plays(&mut self, wish: &Wish) -> Result<(Command, Transaction), Refusal> {
        let (context, command) = wish.command(self);
        let transaction = self.carries_out(&context, &command)?;
        Ok((command, transaction))
    }

    fn carries_out(&mut self, context: &Context, command: &Command) -> Result<Transaction, Refusal> {
        let transaction = plan(&self.store, context, command)?;
        self.apply(&transaction);
        self.history.record(transaction.clone());
        Ok(transaction)
    }

    pub fn apply(&mut self, transaction: &Transaction) {
        let (store, _) = self.store.apply(transaction, &self.stamp()).unwrap_or_else(|error| panic!("{}: {error}", transaction.label));
        self.store = store;
    }

    pub fn undoes(&mut self) {
        let step = self.history.undo().expect("a step to undo");
        self.apply(&step);
    }

    pub fn redoes(&mut self) {
        let step = self.history.redo().expect("a step to redo");
        self.apply(&step);
    }

    pub fn merges(&mut self, other: &Tab) {
        self.store = merged(&self.store, &other.store);
    }
}

pub fn merged(a: &AnnotationStore, b: &AnnotationStore) -> AnnotationStore {
    a.merge_copy(b).0
}

pub fn records(store: &AnnotationStore) -> BTreeMap<RecordKey, Rc<Record>> {
    store.all_records().map(|(key, record)| (key, record.clone())).collect()
}

/// What the person sees: the live content of every record, and the articles in their order.
pub fn live_contents(store: &AnnotationStore) -> (BTreeMap<RecordKey, Content>, Vec<ArticleId>) {
    let live = store.all_records().filter_map(|(key, record)| Some((key, record.current.content.clone()?)));
    (live.collect(), store.article_ids().to_vec())
}

/// Fails unless every index is what the records alone give.
pub fn indices_hold(store: &AnnotationStore) {
    let keys: Vec<RecordKey> = store.all_records().map(|(key, _)| key).collect();
    let listed: Vec<&ArticleId> = keys.iter().filter_map(|key| if let RecordKey::Article(id) = key { Some(id) } else { None }).collect();
    let mut live: Vec<&ArticleId> = listed.into_iter().filter(|id| store.article(id).is_some()).collect();
    let mut ordered: Vec<&ArticleId> = store.article_ids().iter().collect();
    live.sort();
    ordered.sort();
    assert_eq!(ordered, live, "each live article is listed once");
    let greatest = store.all_records().flat_map(|(_, record)| record.versions()).map(|versioned| versioned.version.greatest()).max();
    // What was taken back may have had the greatest; numbers never go back.
    assert!(store.greatest_number() >= greatest.unwrap_or(0));
    for layers in keys.iter().filter_map(RecordKey::article).filter_map(|id| store.layers(id)) {
        assert_eq!(**layers, layers.reindexed());
        let place = |annotation: &Annotation| annotation.span().map(|span| (span.start(), span.end()));
        let ordered = layers.ordered();
        let live: Vec<&Rc<Annotation>> = ordered.iter().collect();
        let sorted = live.windows(2).all(|pair| place(pair[1]).is_none() || place(pair[0]).is_some() && place(pair[0]) <= place(pair[1]));
        assert!(sorted, "annotations lie in reading order, orphans last");
        let live = layers.records().filter(|record| record.current.content.is_some()).count();
        assert_eq!(ordered.len(), live);
        for annotation in ordered {
            let mut naming: Vec<(&AnnotationId, &RoleId)> = Vec::new();
            for other in ordered.iter().filter(|other| other.annotator == annotation.annotator) {
                naming.extend(
                    other
                        .roles
                        .keys()
                        .filter(|role| other.fillers(role).contains(&Filler::Annotation(annotation.id.clone())))
                        .map(|role| (&other.id, role)),
                );
            }
            naming.sort();
            let referrers = layers.referrers(&annotation.id, &annotation.annotator).map(|referrer| (&referrer.annotation, &referrer.role));
            assert!(referrers.eq(naming), "the roles that name {} are indexed", annotation.id);
        }
    }
}
