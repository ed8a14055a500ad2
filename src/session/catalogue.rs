use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::analysis::Card;
use crate::edit::AnnotationStore;
use crate::model::{AnnotatorId, ArticleId};

/// Every article of the project as the list shows it; the store holds the records of some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Of live articles.
    cards: BTreeMap<ArticleId, Rc<Card>>,
    /// Known articles, live or removed, whose records are not in memory.
    unloaded: BTreeSet<ArticleId>,
    /// Articles in this copy's order, removed ones too, so that one that comes back finds its place.
    places: Vec<ArticleId>,
    placed: BTreeSet<ArticleId>,
    listed: Vec<ArticleId>,
    /// Those who have annotated something.
    at_work: BTreeSet<AnnotatorId>,
}

/// The articles that a project has beside those in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unloaded {
    /// Their cards; `None` of one that was removed.
    pub cards: BTreeMap<ArticleId, Option<Rc<Card>>>,
    /// The order of all articles.
    pub places: Vec<ArticleId>,
}

impl Catalogue {
    /// The catalogue of a project that has just been opened.
    pub fn of(store: &AnnotationStore, rest: Unloaded) -> Self {
        let places = if rest.places.is_empty() { store.article_ids().to_vec() } else { rest.places };
        let mut catalogue = Self { placed: places.iter().cloned().collect(), places, ..Self::default() };
        for (article, card) in rest.cards {
            catalogue.unloaded.insert(article.clone());
            catalogue.put(article, card);
        }
        for article in store.article_ids() {
            catalogue.put(article.clone(), Card::of(store, article).map(Rc::new));
        }
        catalogue.list();
        catalogue.see_who_works();
        catalogue
    }

    pub fn card(&self, article: &ArticleId) -> Option<&Rc<Card>> {
        self.cards.get(article)
    }

    pub fn cards(&self) -> impl Iterator<Item = &Rc<Card>> {
        self.cards.values()
    }

    /// Those who have annotated something.
    pub fn at_work(&self) -> &BTreeSet<AnnotatorId> {
        &self.at_work
    }

    /// Live articles in this copy's order.
    pub fn listed(&self) -> &[ArticleId] {
        &self.listed
    }

    /// Articles in this copy's order, removed ones too.
    pub fn places(&self) -> &[ArticleId] {
        &self.places
    }

    /// Whether the article's records are known and not in memory.
    pub fn is_unloaded(&self, article: &ArticleId) -> bool {
        self.unloaded.contains(article)
    }

    /// How many live articles have their records in memory.
    pub fn loaded(&self) -> usize {
        self.cards.keys().filter(|article| !self.unloaded.contains(*article)).count()
    }

    /// All whose records are not in memory, removed ones too.
    pub fn unloaded(&self) -> &BTreeSet<ArticleId> {
        &self.unloaded
    }

    /// The records of these articles came into memory.
    pub fn loading(&self, articles: &[ArticleId]) -> Self {
        let mut next = self.clone();
        for article in articles {
            next.unloaded.remove(article);
        }
        next
    }

    /// The records of these articles leave the memory; their cards stay.
    pub fn unloading(&self, articles: &BTreeSet<ArticleId>) -> Self {
        let mut next = self.clone();
        next.unloaded.extend(articles.iter().cloned());
        next
    }

    /// What another tab says of articles that are not in memory here.
    pub fn told(&self, cards: Vec<(ArticleId, Option<Rc<Card>>)>) -> Self {
        self.changed(cards.into_iter().filter(|(article, _)| self.unloaded.contains(article)).collect())
    }

    /// The catalogue after the records in memory changed; the same where no card did.
    pub fn following(self: &Rc<Self>, before: &AnnotationStore, store: &AnnotationStore) -> Rc<Self> {
        let scheme_changed = store.scheme() != before.scheme();
        let records_changed = !store.has_same_records_as(before);
        let mut changes: Vec<(ArticleId, Option<Rc<Card>>)> = Vec::new();
        for article in store.article_ids() {
            let old = self.cards.get(article).filter(|_| !self.unloaded.contains(article));
            let same_work = match (store.layers(article), before.layers(article)) {
                (Some(now), Some(then)) => Rc::ptr_eq(now, then),
                (None, None) => true,
                _ => false,
            };
            let same = same_work && !scheme_changed && (!records_changed || store.article(article) == before.article(article));
            let card = match old {
                Some(_) if same && !records_changed => continue,
                Some(card) if same => Some((**card).clone().with_statuses(store, article)),
                _ => Card::of(store, article),
            };
            if card.as_ref() != old.map(|card| &**card) {
                changes.push((article.clone(), card.map(Rc::new)));
            }
        }
        if records_changed {
            let gone = self.cards.keys().filter(|article| !self.unloaded.contains(*article) && store.article(article).is_none());
            changes.extend(gone.map(|article| (article.clone(), None)));
        }
        if changes.is_empty() { self.clone() } else { Rc::new(self.changed(changes)) }
    }

    fn changed(&self, changes: Vec<(ArticleId, Option<Rc<Card>>)>) -> Self {
        let mut next = self.clone();
        let mut members = false;
        for (article, card) in changes {
            members |= card.is_some() != self.cards.contains_key(&article);
            next.put(article, card);
        }
        if members {
            next.list();
        }
        next.see_who_works();
        next
    }

    fn put(&mut self, article: ArticleId, card: Option<Rc<Card>>) {
        match card {
            None => {
                self.cards.remove(&article);
            }
            Some(card) => {
                self.cards.insert(article.clone(), card);
            }
        }
        if !self.placed.contains(&article) {
            self.placed.insert(article.clone());
            self.places.push(article);
        }
    }

    fn see_who_works(&mut self) {
        let at_work = self.cards.values().flat_map(|card| &card.work).filter(|(_, work)| work.annotations > 0);
        let mut seen: BTreeSet<&AnnotatorId> = BTreeSet::new();
        for (annotator, _) in at_work {
            seen.insert(annotator);
        }
        self.at_work = seen.into_iter().cloned().collect();
    }

    fn list(&mut self) {
        self.listed = self.places.iter().filter(|article| self.cards.contains_key(*article)).cloned().collect();
    }
}
