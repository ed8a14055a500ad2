//! What is read of a project when it is opened: all of a small one; of a large one the articles' cards and what is needed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Database, Refused, Remotes, Storage, order_key};
use crate::analysis::Card;
use crate::edit::AnnotationStore;
use crate::format::native::Remote;
use crate::format::stored::{Gathered, Holdings, Place, Row, card_prefix, gather, project_prefix, read_card};
use crate::model::*;
use crate::order::Gather;
use crate::session::{MOST_LOADED, Unloaded, damage};

/// A project as it was found.
pub struct Loaded {
    pub store: AnnotationStore,
    /// What is stored of it and not in `store`.
    pub rest: Unloaded,
    /// What could not be read, as sentences; it was put aside, not deleted.
    pub problems: Vec<String>,
    pub debts: Debts,
    /// Articles whose texts are elsewhere.
    pub remotes: Remotes,
}

/// What the stores lack of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Debts {
    /// Records that the database has not, or not in this version.
    pub owed: BTreeSet<RecordKey>,
    /// Articles whose card it has not.
    pub cardless: BTreeSet<ArticleId>,
    /// Records that local storage lacks.
    pub unmirrored: BTreeSet<RecordKey>,
    /// Articles of which local storage holds something that was not compared with the database yet.
    pub unchecked: Vec<ArticleId>,
    /// The number of the connection whose database was read, or 0.
    pub connection: u32,
}

/// How much of a project to read.
#[derive(Clone, Copy, Debug)]
pub enum Extent<'a> {
    All,
    /// All of a small project; of a large one what concerns no single article, and this article or else the first.
    Desk(Option<&'a ArticleId>),
    /// These articles alone.
    Articles(&'a BTreeSet<ArticleId>),
}

/// What concerns no single article.
const GENERAL: [&str; 5] = ["r/project", "r/scheme", "r/annotator/", "r/assignment/", "r/entity/"];
/// Up to so many articles are asked for one by one; beyond it, everything is read.
const ONE_BY_ONE: usize = 200;

impl Loaded {
    /// A project that no store has.
    pub fn fresh(store: AnnotationStore) -> Self {
        Self { store, rest: Unloaded::default(), problems: Vec::new(), debts: Debts::default(), remotes: Remotes::default() }
    }
}

impl Storage {
    /// What is stored of a project; `None` where nothing is.
    ///
    /// What is damaged or was written by a newer version stays out and is reported; damaged values move to
    /// `standpoint/quarantine/`.
    pub async fn load(&self, project: &ProjectId, extent: Extent<'_>) -> Option<Loaded> {
        let mut problems = Vec::new();
        let connection = self.connection();
        let local = self.local.as_ref().map(|local| local.rows(&project_prefix(project)));
        let remotes = match extent {
            Extent::Articles(_) => BTreeMap::new(),
            Extent::All | Extent::Desk(_) => self.remotes(project).await,
        };
        let found = match self.database() {
            None => Ok(None),
            Some(database) => read(&database, project, extent, local.as_deref().unwrap_or_default(), &remotes).await.map(Some),
        };
        let found = found.unwrap_or_else(|refused| {
            problems.push(format!("{refused}. What it holds of this project is not here; nothing of it was changed."));
            None
        });
        let Found { rows, wanted, cards, cardless, order } = found.unwrap_or_default();
        let (local, unchecked) = split(local, wanted.as_ref());
        for (key, value) in local.iter().flatten() {
            self.know(key, value);
        }
        let listed = self.local.as_ref().and_then(|local| local.get(&order_key(project))).or(order).unwrap_or_default();
        let listed: Vec<ArticleId> = listed.split(' ').filter_map(ArticleId::new).collect();
        let Gathered { store, spoilt, owed_database, owed_local } =
            gather(project, Holdings { database: rows, local, listed: listed.clone() })?;
        problems.extend(damage(&spoilt, &store));
        for spoilt in spoilt {
            // What can't be read is looked at again before anything is written over it.
            self.known.borrow_mut().remove(&spoilt.row.0);
            self.put_aside(&spoilt).await;
        }
        let mut places = listed;
        places.extend(store.known_articles().chain(cards.keys()).filter(|article| !places.contains(article)).cloned().collect::<Vec<_>>());
        let rest = Unloaded { cards, places, ..Unloaded::default() };
        let debts = Debts { owed: owed_database, cardless, unmirrored: owed_local, unchecked, connection };
        let mut loaded = Loaded { store, rest, problems, debts, remotes: Remotes::default() };
        loaded.take_in_remotes(remotes);
        Some(loaded)
    }
}

/// What the database has of a project.
#[derive(Default)]
struct Found {
    rows: Option<Vec<Row>>,
    /// The articles that were asked for; `None` for all.
    wanted: Option<BTreeSet<ArticleId>>,
    /// Of the articles that were not.
    cards: BTreeMap<ArticleId, Option<Rc<Card>>>,
    cardless: BTreeSet<ArticleId>,
    order: Option<String>,
}

async fn read(
    database: &Database,
    project: &ProjectId,
    extent: Extent<'_>,
    local: &[Row],
    remotes: &BTreeMap<ArticleId, Remote>,
) -> Result<Found, Refused> {
    let prefix = project_prefix(project);
    let order = database.get(&order_key(project)).await?;
    let all = |cardless| Found { cardless, order: order.clone(), ..Found::default() };
    let (wanted, mut cards, cardless, general) = match extent {
        Extent::All => return Ok(Found { rows: Some(database.rows(&prefix).await?), ..all(BTreeSet::new()) }),
        Extent::Articles(articles) => (articles.clone(), BTreeMap::new(), BTreeSet::new(), &[][..]),
        Extent::Desk(article) => {
            let known = articles_in(database.keys(&format!("{prefix}r/article/")).await?.iter());
            let cards = read_cards(database, project).await?;
            // An article without a card, or one that only local storage has, must be looked at.
            let mut cardless: BTreeSet<ArticleId> = known.iter().filter(|article| !cards.contains_key(*article)).cloned().gather();
            cardless.extend(articles_in(local.iter().map(|(key, _)| key)).into_iter().filter(|article| !known.contains(article)));
            // A text that came is looked at together with what waited for it.
            cardless.extend(known.iter().filter(|article| remotes.contains_key(*article)).cloned());
            if known.len() <= MOST_LOADED {
                return Ok(Found { rows: Some(database.rows(&prefix).await?), ..all(cardless) });
            }
            let live = |article: &&ArticleId| cards.get(*article).is_some_and(Option::is_some);
            let first = order.iter().flat_map(|order| order.split(' ')).filter_map(ArticleId::new).find(|article| live(&article));
            let mut wanted = cardless.clone();
            wanted.extend(article.filter(live).cloned().or(first).or_else(|| known.iter().find(live).cloned()));
            (wanted, cards, cardless, &GENERAL[..])
        }
    };
    if wanted.len() > ONE_BY_ONE {
        return Ok(Found { rows: Some(database.rows(&prefix).await?), ..all(cardless) });
    }
    let mut rows = Vec::new();
    for part in general {
        rows.extend(database.rows(&format!("{prefix}{part}")).await?);
    }
    for article in &wanted {
        rows.extend(
            database.get(&format!("{prefix}r/article/{article}")).await?.map(|value| (format!("{prefix}r/article/{article}"), value)),
        );
        for part in ["a", "r/progress"] {
            rows.extend(database.rows(&format!("{prefix}{part}/{article}/")).await?);
        }
        cards.remove(article);
    }
    Ok(Found { rows: Some(rows), wanted: Some(wanted), cards, cardless, order })
}

/// The cards that can be read; an article whose card can't is looked at as one without.
async fn read_cards(database: &Database, project: &ProjectId) -> Result<BTreeMap<ArticleId, Option<Rc<Card>>>, Refused> {
    let prefix = card_prefix(project);
    let rows = database.rows(&prefix).await?;
    let read = |(key, value): &Row| {
        let article = ArticleId::new(key.strip_prefix(&prefix)?)?;
        let card = read_card(&article, value).ok()?;
        Some((article, card.map(Rc::new)))
    };
    Ok(rows.iter().filter_map(read).gather())
}

fn articles_in<'a>(keys: impl Iterator<Item = &'a String>) -> BTreeSet<ArticleId> {
    keys.filter_map(|key| article_of(key)).gather()
}

fn article_of(key: &str) -> Option<ArticleId> {
    match Place::parse(key)?.1 {
        Place::Layer(article, _) => Some(article),
        Place::Record(record) => record.in_memory_with().cloned(),
    }
}

/// The rows of local storage that concern what is wanted, and the articles that the others are about.
fn split(local: Option<Vec<Row>>, wanted: Option<&BTreeSet<ArticleId>>) -> (Option<Vec<Row>>, Vec<ArticleId>) {
    let (Some(rows), Some(wanted)) = (local.as_ref(), wanted) else { return (local, Vec::new()) };
    let mut unchecked = BTreeSet::new();
    let here = rows.iter().filter(|(key, _)| match article_of(key) {
        Some(article) if !wanted.contains(&article) => {
            unchecked.insert(article);
            false
        }
        _ => true,
    });
    let here = here.cloned().collect();
    (Some(here), unchecked.into_iter().collect())
}
