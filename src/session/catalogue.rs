use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::analysis::{Card, Outline};
use crate::edit::{AnnotationStore, Sorted, Sorts};
use crate::model::{AnnotatorId, ArticleId, Status};

/// Every article of the project as the list shows it; the store holds the records of some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Of live articles.
    cards: Sorted<Listed>,
    /// Of live articles whose records are in memory and that somebody has annotated.
    outlines: BTreeMap<ArticleId, Rc<Outline>>,
    /// Known articles, live or removed, whose records are not in memory.
    unloaded: Rc<BTreeSet<ArticleId>>,
    /// Those among them whose texts are not on this device.
    elsewhere: Rc<BTreeSet<ArticleId>>,
    /// Articles in this copy's order, removed ones too, so that one that comes back finds its place.
    places: Rc<Vec<ArticleId>>,
    placed: Rc<BTreeSet<ArticleId>>,
    listed: Rc<Vec<ArticleId>>,
    tallies: BTreeMap<AnnotatorId, Tally>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    article: ArticleId,
    card: Rc<Card>,
}

impl Sorts for Listed {
    fn order(&self, other: &Self) -> Ordering {
        self.article.cmp(&other.article)
    }

    fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.card, &other.card)
    }
}

/// Of how many articles an annotator has annotated something, and how many are done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    annotated: usize,
    done: usize,
}

/// The articles that a project has beside those in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unloaded {
    /// Their cards; `None` of one that was removed.
    pub cards: BTreeMap<ArticleId, Option<Rc<Card>>>,
    /// Those among them whose texts are not on this device.
    pub elsewhere: BTreeSet<ArticleId>,
    /// The order of all articles.
    pub places: Vec<ArticleId>,
}

impl Catalogue {
    /// The catalogue of a project that has just been opened.
    pub fn of(store: &AnnotationStore, rest: Unloaded) -> Self {
        let places = if rest.places.is_empty() { store.article_ids().to_vec() } else { rest.places };
        let mut catalogue = Self { placed: Rc::new(places.iter().cloned().collect()), places: Rc::new(places), ..Self::default() };
        catalogue.unloaded = Rc::new(rest.cards.keys().cloned().collect());
        catalogue.elsewhere = Rc::new(rest.elsewhere);
        for (article, card) in rest.cards {
            catalogue.put(article, card);
        }
        for article in store.article_ids() {
            let outline = store.layers(article).map(|layers| Rc::new(Outline::of(store.scheme(), layers)));
            catalogue.put(article.clone(), Card::from_outline(store, article, outline.as_deref()).map(Rc::new));
            catalogue.outlines.extend(outline.map(|outline| (article.clone(), outline)));
        }
        catalogue.list();
        catalogue
    }

    pub fn card(&self, article: &ArticleId) -> Option<&Rc<Card>> {
        self.cards.find(|listed| listed.article.cmp(article)).map(|listed| &listed.card)
    }

    /// `None` of an article that is not in memory, or that nobody has annotated.
    pub fn outline(&self, article: &ArticleId) -> Option<&Rc<Outline>> {
        self.outlines.get(article)
    }

    /// Those who have annotated something.
    pub fn at_work(&self) -> impl Iterator<Item = &AnnotatorId> {
        self.tallies.iter().filter(|(_, tally)| tally.annotated > 0).map(|(annotator, _)| annotator)
    }

    /// How many articles an annotator has done.
    pub fn done(&self, annotator: &AnnotatorId) -> usize {
        self.tallies.get(annotator).map_or(0, |tally| tally.done)
    }

    /// Live articles in this copy's order.
    pub fn listed(&self) -> &[ArticleId] {
        &self.listed
    }

    /// Whether the same articles are listed in the same order, as far as can be told at once.
    pub fn lists_the_same_as(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.listed, &other.listed)
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
        self.cards.iter().filter(|listed| !self.unloaded.contains(&listed.article)).count()
    }

    /// All whose records are not in memory, removed ones too.
    pub fn unloaded(&self) -> &BTreeSet<ArticleId> {
        &self.unloaded
    }

    /// Those among them whose texts are not on this device.
    pub fn elsewhere(&self) -> &BTreeSet<ArticleId> {
        &self.elsewhere
    }

    /// Whether the article is known, live or removed, in memory or not.
    pub fn knows(&self, article: &ArticleId) -> bool {
        self.placed.contains(article)
    }

    /// The records of these articles came into memory.
    pub fn loading(&self, articles: &[ArticleId]) -> Self {
        let mut next = self.clone();
        let (unloaded, elsewhere) = (Rc::make_mut(&mut next.unloaded), Rc::make_mut(&mut next.elsewhere));
        for article in articles {
            unloaded.remove(article);
            elsewhere.remove(article);
        }
        next
    }

    /// Articles of which all but their texts is known by now.
    pub fn announcing(&self, cards: Vec<(ArticleId, Rc<Card>)>) -> Self {
        let mut next = self.clone();
        Rc::make_mut(&mut next.unloaded).extend(cards.iter().map(|(article, _)| article.clone()));
        Rc::make_mut(&mut next.elsewhere).extend(cards.iter().map(|(article, _)| article.clone()));
        next.changed(cards.into_iter().map(|(article, card)| (article, Some(card))).collect())
    }

    /// The records of these articles leave the memory; their cards stay.
    pub fn unloading(&self, articles: &BTreeSet<ArticleId>) -> Self {
        let mut next = self.clone();
        Rc::make_mut(&mut next.unloaded).extend(articles.iter().cloned());
        next.outlines.retain(|article, _| !articles.contains(article));
        next
    }

    /// What another tab says of articles that are not in memory here.
    pub fn told(&self, cards: Vec<(ArticleId, Option<Rc<Card>>)>) -> Self {
        let mut next = self.changed(cards.into_iter().filter(|(article, _)| self.unloaded.contains(article)).collect());
        if !self.elsewhere.is_empty() {
            // The other tab has stored them.
            let differs = |article: &ArticleId| next.card(article) != self.card(article);
            let here: BTreeSet<ArticleId> = self.elsewhere.iter().filter(|article| differs(article)).cloned().collect();
            let elsewhere = Rc::make_mut(&mut next.elsewhere);
            elsewhere.retain(|article| !here.contains(article));
        }
        next
    }

    /// The catalogue after the records in memory changed; the same where no card did.
    pub fn following(self: &Rc<Self>, before: &AnnotationStore, store: &AnnotationStore) -> Rc<Self> {
        let scheme_changed = store.scheme() != before.scheme();
        let records_changed = !store.has_same_records_as(before);
        let mut changes: Vec<(ArticleId, Option<Rc<Card>>)> = Vec::new();
        let mut outlines: Vec<(ArticleId, Option<Rc<Outline>>)> = Vec::new();
        for article in store.article_ids() {
            let old = self.card(article).filter(|_| !self.unloaded.contains(article));
            let outline = self.outlines.get(article);
            let layers = store.layers(article);
            let same_work = !scheme_changed && outline.map(|outline| outline.layers()) == layers;
            if old.is_some() && same_work && !records_changed {
                continue;
            }
            let outline = match (outline, layers) {
                (Some(outline), Some(_)) if same_work => Some(outline.clone()),
                (Some(outline), Some(layers)) => Some(Rc::new(outline.following(store.scheme(), layers))),
                (None, layers) => layers.map(|layers| Rc::new(Outline::of(store.scheme(), layers))),
                (Some(_), None) => None,
            };
            let card = Card::from_outline(store, article, outline.as_deref());
            if card.as_ref() != old.map(|card| &**card) {
                changes.push((article.clone(), card.map(Rc::new)));
            }
            if !same_work {
                outlines.push((article.clone(), outline));
            }
        }
        if records_changed {
            let gone = |listed: &&Listed| !self.unloaded.contains(&listed.article) && store.article(&listed.article).is_none();
            changes.extend(self.cards.iter().filter(gone).map(|listed| (listed.article.clone(), None)));
            let gone = self.outlines.keys().filter(|article| store.article(article).is_none());
            outlines.extend(gone.map(|article| (article.clone(), None)));
        }
        if changes.is_empty() && outlines.is_empty() {
            return self.clone();
        }
        let mut next = if changes.is_empty() { (**self).clone() } else { self.changed(changes) };
        for (article, outline) in outlines {
            match outline {
                Some(outline) => next.outlines.insert(article, outline),
                None => next.outlines.remove(&article),
            };
        }
        Rc::new(next)
    }

    fn changed(&self, changes: Vec<(ArticleId, Option<Rc<Card>>)>) -> Self {
        let mut next = self.clone();
        let mut members = false;
        for (article, card) in changes {
            members |= card.is_some() != self.card(&article).is_some();
            next.put(article, card);
        }
        if members {
            next.list();
        }
        next
    }

    fn put(&mut self, article: ArticleId, card: Option<Rc<Card>>) {
        if !self.placed.contains(&article) {
            Rc::make_mut(&mut self.placed).insert(article.clone());
            Rc::make_mut(&mut self.places).push(article.clone());
        }
        let old = match &card {
            None => self.cards.take(|listed| listed.article.cmp(&article)),
            Some(card) => self.cards.put(Listed { article, card: card.clone() }),
        };
        if let Some(old) = old {
            self.tally(&old.card, |count, one| *count -= one);
        }
        if let Some(card) = card {
            self.tally(&card, |count, one| *count += one);
        }
    }

    fn tally(&mut self, card: &Card, count: impl Fn(&mut usize, usize)) {
        for (annotator, work) in &card.work {
            let tally = self.tallies.entry(annotator.clone()).or_default();
            count(&mut tally.annotated, usize::from(work.annotations > 0));
            count(&mut tally.done, usize::from(work.status == Status::Done));
            if *tally == Tally::default() {
                self.tallies.remove(annotator);
            }
        }
    }

    fn list(&mut self) {
        self.listed = Rc::new(self.places.iter().filter(|article| self.card(article).is_some()).cloned().collect());
    }
}
