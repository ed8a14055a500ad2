//! Who gets which articles: the lead's choices, and what would come of them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::State;
use super::page::word_count;
use crate::analysis::{Parting, parted};
use crate::edit::{AnnotationStore, Assignee, Share};
use crate::model::*;
use crate::order::{Gather, InOrder};

/// What the lead chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assigning {
    /// The annotators: a name a line.
    pub names: Rc<str>,
    /// By how many of them each article is annotated.
    pub each_by: usize,
    /// So many of the articles are annotated by all of them.
    pub common: usize,
    pub seed: u64,
    pub which: Which,
    pub others: Others,
}

/// Which articles are assigned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All of them anew; what was assigned before does not count any more.
    #[default]
    All,
    /// Those that nobody has yet; the others stay with whoever has them.
    Unassigned,
}

/// An article and its length in words.
pub type Length = (ArticleId, usize);

/// What would come of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub rows: Vec<DraftRow>,
    pub shares: Vec<Share>,
    /// How many articles are assigned to nobody.
    pub left: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    pub name: Rc<str>,
    /// The articles that they have now, and how many of these they have done.
    pub before: usize,
    pub done: usize,
    /// What they would have.
    pub articles: usize,
    pub words: usize,
    /// The fewest and the most articles that they share with one of the others; `None` where there is no other.
    pub shared: Option<(usize, usize)>,
}

/// More people than anybody leads, and longer names than anybody has.
pub const MOST_PEOPLE: usize = 200;
const LONGEST_NAME: usize = 64;

impl Assigning {
    /// The people who have articles now, else those who are known by name and not the one at the desk.
    pub fn of(state: &State) -> Self {
        let assigned: BTreeSet<&AnnotatorId> = state.store.assignments().map(|assignment| &assignment.annotator).gather();
        let named = |id: &AnnotatorId| state.store.annotator(id).map(|annotator| annotator.name.clone()).filter(|name| !name.is_empty());
        let mut names: Vec<Rc<str>> = match assigned.is_empty() {
            true => state.store.annotators().filter(|of| of.id != state.annotator).filter_map(|of| named(&of.id)).collect(),
            false => assigned.into_iter().map(|id| named(id).unwrap_or_else(|| id.as_str().into())).collect(),
        };
        names.put_in_order();
        let mut readers: BTreeMap<&ArticleId, usize> = BTreeMap::new();
        state.store.assignments().for_each(|assignment| *readers.entry(&assignment.article).or_default() += 1);
        // As most articles have it now.
        let mut often: BTreeMap<usize, usize> = BTreeMap::new();
        readers.into_values().for_each(|count| *often.entry(count).or_default() += 1);
        let each_by = often.into_iter().max_by_key(|(_, times)| *times).map_or(1, |(count, _)| count);
        let which = if state.store.assignments().next().is_some() { Which::Unassigned } else { Which::All };
        Self { names: names.join("\n").into(), each_by, common: 0, seed: 1, which, others: state.store.header().others }
    }

    /// Each person once, in the order of the lines.
    fn people(&self, store: &AnnotationStore) -> Result<Vec<(Rc<str>, Assignee)>, String> {
        let mut people: Vec<(Rc<str>, Assignee)> = Vec::new();
        for name in self.names.lines().map(str::trim).filter(|name| !name.is_empty()) {
            if name.chars().count() > LONGEST_NAME {
                return Err(format!(
                    "A name has {LONGEST_NAME} characters at most: “{}…” is longer.",
                    name.chars().take(20).collect::<String>()
                ));
            }
            let by_id = || store.annotators().find(|annotator| annotator.id.as_str() == name);
            let known = store.annotators().find(|annotator| *annotator.name == *name).or_else(by_id);
            let who = known.map_or_else(|| Assignee::New(name.to_owned()), |known| Assignee::Known(known.id.clone()));
            if people.iter().all(|(_, other)| *other != who) {
                people.push((name.into(), who));
            }
        }
        match people.len() {
            0 => Err("Say who annotates: a name a line.".to_owned()),
            many if many > MOST_PEOPLE => {
                Err(format!("{many} people are more than the {MOST_PEOPLE} that this page can assign articles to."))
            }
            _ => Ok(people),
        }
    }
}

/// How long the project's articles are, in its order, by the texts in `whole`; and of how many that is a guess, since their texts are not
/// on this device: as long as the others are on average.
pub fn lengths(whole: &AnnotationStore, all: &[ArticleId]) -> (Vec<Length>, usize) {
    let known: BTreeMap<&ArticleId, usize> = whole.articles().map(|article| (&article.id, word_count(article))).gather();
    let average = known.values().sum::<usize>().checked_div(known.len()).unwrap_or(1);
    let lengths = all.iter().map(|article| (article.clone(), known.get(article).copied().unwrap_or(average))).collect();
    (lengths, all.iter().filter(|article| !known.contains_key(article)).count())
}

/// What comes of the choices, or a sentence on why nothing does.
pub fn draft(state: &State, lengths: &[Length], choice: &Assigning) -> Result<Draft, String> {
    let people = choice.people(&state.store)?;
    if choice.each_by > people.len() {
        return Err(format!(
            "Each article by {} takes as many annotators; there {}.",
            choice.each_by,
            match people.len() {
                1 => "is 1".to_owned(),
                many => format!("are {many}"),
            }
        ));
    }
    if choice.each_by == 0 && choice.common == 0 {
        return Err("Nobody would get anything.".to_owned());
    }
    if lengths.is_empty() {
        return Err("There is no article to assign.".to_owned());
    }
    let words: BTreeMap<&ArticleId, usize> = lengths.iter().map(|(article, words)| (article, *words)).gather();
    // What people have now, as far as it is there.
    let mut before: BTreeMap<AnnotatorId, Vec<ArticleId>> = BTreeMap::new();
    let order: Vec<ArticleId> = lengths.iter().map(|(article, _)| article.clone()).collect();
    let holders: BTreeSet<AnnotatorId> = state.store.assignments().map(|assignment| assignment.annotator.clone()).gather();
    for holder in holders {
        let mut own = state.store.assigned_to(&holder, &order);
        own.retain(|article| words.contains_key(article));
        before.insert(holder, own);
    }
    let of = |who: &Assignee| match who {
        Assignee::Known(id) => before.get(id).map_or(&[][..], Vec::as_slice),
        Assignee::New(_) => &[],
    };
    let taken: BTreeSet<&ArticleId> = match choice.which {
        Which::All => BTreeSet::new(),
        Which::Unassigned => before.values().flatten().gather(),
    };
    let open: Vec<&Length> = lengths.iter().filter(|(article, _)| !taken.contains(article)).collect();
    if open.is_empty() {
        return Err("Every article is assigned to somebody already.".to_owned());
    }
    let load = |articles: &[ArticleId]| articles.iter().map(|article| words.get(article).map_or(0, |words| (*words).max(1))).sum::<usize>();
    let loads: Vec<usize> = people.iter().map(|(_, who)| if choice.which == Which::All { 0 } else { load(of(who)) }).collect();
    let parting = Parting { each_by: choice.each_by, common: choice.common, seed: choice.seed };
    let given = parted(&open.iter().map(|(_, words)| *words).collect::<Vec<_>>(), &loads, parting);
    let mut shares: Vec<Share> = Vec::new();
    for ((_, who), given) in people.iter().zip(given) {
        let mut articles: Vec<ArticleId> = if choice.which == Which::All { Vec::new() } else { of(who).to_vec() };
        articles.extend(given.into_iter().map(|n| open[n].0.clone()));
        shares.push(Share { who: who.clone(), articles });
    }
    let sets: Vec<BTreeSet<&ArticleId>> = shares.iter().map(|share| share.articles.iter().gather()).collect();
    let is_done = |who: &Assignee, article: &ArticleId| match who {
        Assignee::Known(id) => state.catalogue.card(article).is_some_and(|card| card.work_of(id).status == Status::Done),
        Assignee::New(_) => false,
    };
    let row = |n: usize, (name, who): &(Rc<str>, Assignee)| {
        let shared = |m: usize| sets[n].intersection(&sets[m]).count();
        let others = (0..sets.len()).filter(|m| *m != n).map(shared);
        let had = of(who);
        DraftRow {
            name: name.clone(),
            before: had.len(),
            done: had.iter().filter(|article| is_done(who, article)).count(),
            articles: shares[n].articles.len(),
            words: shares[n].articles.iter().map(|article| words.get(article).copied().unwrap_or(0)).sum(),
            shared: others.clone().min().zip(others.max()),
        }
    };
    let rows = people.iter().enumerate().map(|(n, person)| row(n, person)).collect();
    if choice.which == Which::Unassigned {
        let named = |id: &AnnotatorId| people.iter().any(|(_, who)| *who == Assignee::Known(id.clone()));
        let rest = before.into_iter().filter(|(id, _)| !named(id));
        shares.extend(rest.map(|(id, articles)| Share { who: Assignee::Known(id), articles }));
    }
    let held: BTreeSet<&ArticleId> = shares.iter().flat_map(|share| &share.articles).gather();
    let left = lengths.iter().filter(|(article, _)| !held.contains(article)).count();
    Ok(Draft { rows, shares, left })
}

/// Those who have articles, with what each is called in a link: the name, or the id where there is none or two have it.
pub fn invited(state: &State) -> Vec<(Rc<str>, Rc<str>)> {
    let holders: BTreeSet<&AnnotatorId> = state.store.assignments().map(|assignment| &assignment.annotator).gather();
    let mut invited: Vec<(Rc<str>, Rc<str>)> = Vec::new();
    for id in holders {
        let name: Rc<str> = state.annotator_name(id).into();
        let called = |other: &Rc<Annotator>| *other.name == *name || other.id.as_str() == &*name;
        let is_unique = state.store.annotators().filter(|other| called(other)).count() == 1;
        let called = if is_unique { name.clone() } else { id.as_str().into() };
        invited.push((name, called));
    }
    invited.put_in_order();
    invited
}
