//! The whole project in figures: how far it is, and who takes which stance.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::frame::quote;
use super::{State, shortened};
use crate::analysis::{names_meaning, stance_mark};
use crate::model::*;
use crate::order::{Gather, InOrder};

/// How far one annotator's work is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Articles that are new, in progress, and done.
    pub articles: [usize; 3],
    /// The first of them in the project's order, at most [`MOST_BARS`].
    pub each: Vec<ArticleBar>,
    /// Of all articles: annotations that lack nothing, and the others.
    pub finished: usize,
    pub unfinished: usize,
    /// How many annotations each type has, in the scheme's order; of articles in memory.
    pub types: Vec<(Rc<str>, Color, usize)>,
    /// How many annotations were made on each day (UTC), the last [`MOST_DAYS`] on which there were some; of articles in memory.
    pub days: Vec<(Rc<str>, usize)>,
    /// Articles of which types and days are not known, since they are not in memory.
    pub unknown: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleBar {
    pub article: ArticleId,
    pub label: Rc<str>,
    pub status: Status,
    pub finished: usize,
    pub unfinished: usize,
}

/// Articles that get a bar of their own.
pub const MOST_BARS: usize = 100;
/// Days that get a bar of their own.
pub const MOST_DAYS: usize = 30;

/// How far an annotator is with the whole project, for a table of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRow {
    pub annotator: AnnotatorId,
    pub name: Rc<str>,
    /// The name, of oneself as such.
    pub called: Rc<str>,
    pub mark: Option<Rc<str>>,
    pub own: bool,
    /// Articles that are new, in progress, and done: of those assigned to the annotator, if any are, else of all.
    pub articles: [usize; 3],
    /// Whether articles are assigned to the annotator.
    pub assigned: bool,
    /// Articles with an annotation.
    pub annotated: usize,
    /// Annotations that lack nothing, and the others.
    pub finished: usize,
    pub unfinished: usize,
}

/// Everybody who is named in the project, has articles assigned, or has done something in it; oneself first, then in the order of their
/// names. Oneself alone where the project keeps others' work apart.
pub fn team(state: &State) -> Vec<TeamRow> {
    let mut assigned: BTreeMap<&AnnotatorId, BTreeSet<&ArticleId>> = BTreeMap::new();
    for assignment in state.store.assignments().filter(|assignment| state.catalogue.card(&assignment.article).is_some()) {
        assigned.entry(&assignment.annotator).or_default().insert(&assignment.article);
    }
    let row = |annotator: &AnnotatorId| TeamRow {
        name: state.annotator_name(annotator).into(),
        called: state.called(annotator).into(),
        mark: state.mark_of(annotator).cloned(),
        own: *annotator == state.annotator,
        annotator: annotator.clone(),
        articles: [assigned.get(annotator).map_or(state.catalogue.listed().len(), BTreeSet::len), 0, 0],
        assigned: assigned.contains_key(annotator),
        annotated: 0,
        finished: 0,
        unfinished: 0,
    };
    let named = state.store.annotators().map(|annotator| &annotator.id);
    let known = std::iter::once(&state.annotator).chain(named).chain(state.catalogue.at_work()).chain(assigned.keys().copied());
    let mut rows: BTreeMap<AnnotatorId, TeamRow> = known.map(|annotator| (annotator.clone(), row(annotator))).gather();
    for article in state.catalogue.listed() {
        let Some(card) = state.catalogue.card(article) else { continue };
        for (annotator, work) in &card.work {
            let row = rows.entry(annotator.clone()).or_insert_with(|| row(annotator));
            if assigned.get(annotator).is_none_or(|own| own.contains(article)) {
                row.articles[0] -= 1;
                row.articles[place(work.status)] += 1;
            }
            row.annotated += usize::from(work.annotations > 0);
            row.finished += work.finished;
            row.unfinished += work.unfinished;
        }
    }
    let is_seen = |row: &TeamRow| row.own || !state.is_kept_apart();
    let mut rows: Vec<TeamRow> = rows.into_values().filter(is_seen).collect();
    rows.put_in_order_by_key(|row| (!row.own, row.name.to_lowercase()));
    rows
}

fn place(status: Status) -> usize {
    match status {
        Status::New => 0,
        Status::InProgress => 1,
        Status::Done => 2,
    }
}

/// The progress of one annotator.
pub fn progress(state: &State, annotator: &AnnotatorId) -> Progress {
    let mut progress = Progress::default();
    let mut types: BTreeMap<TypeId, usize> = BTreeMap::new();
    let mut days: BTreeMap<Rc<str>, usize> = BTreeMap::new();
    let theirs = state.store.assigned_to(annotator, state.catalogue.listed());
    let articles = match (*annotator == state.annotator, theirs.is_empty()) {
        (true, _) => state.listed(),
        (false, true) => state.catalogue.listed(),
        (false, false) => &theirs,
    };
    for article in articles {
        let Some(card) = state.catalogue.card(article) else { continue };
        let work = card.work_of(annotator);
        progress.articles[place(work.status)] += 1;
        progress.finished += work.finished;
        progress.unfinished += work.unfinished;
        if progress.each.len() < MOST_BARS {
            let (label, status) = (card.label.clone(), work.status);
            progress.each.push(ArticleBar {
                article: article.clone(),
                label,
                status,
                finished: work.finished,
                unfinished: work.unfinished,
            });
        }
        if state.catalogue.is_unloaded(article) {
            progress.unknown += 1;
            continue;
        }
        for annotation in state.store.annotations(article).iter().filter(|annotation| annotation.annotator == *annotator) {
            *types.entry(annotation.type_id.clone()).or_default() += 1;
            let created = state.store.record(&annotation.key()).map(|record| record.current.created.clone());
            if let Some(day) =
                created.filter(|created| *created != Timestamp::unknown()).and_then(|created| created.as_str().get(..10).map(Rc::from))
            {
                *days.entry(day).or_default() += 1;
            }
        }
    }
    let known = state.store.scheme().types.iter().map(|of| (of.name.clone(), of.color, types.remove(&of.id).unwrap_or_default()));
    progress.types = known.collect();
    progress.types.extend(types.into_iter().map(|(id, count)| (id.as_str().into(), Color::Gray, count)));
    let early = days.len().saturating_sub(MOST_DAYS);
    progress.days = days.into_iter().skip(early).collect();
    progress
}

/// Who takes which stance, over all articles in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The options that stances are told apart by: mark, name and colour. The last column is of stances without any.
    pub columns: Vec<(Option<char>, Rc<str>, Option<Color>)>,
    /// Those who hold the most stances first; nobody last.
    pub rows: Vec<MatrixRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// `None` of stances whose holder nobody has named yet.
    pub holder: Option<Rc<str>>,
    /// A cell a column.
    pub cells: Vec<Vec<Evidence>>,
}

/// A stance, where it is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    pub article: ArticleId,
    pub label: Rc<str>,
    pub stance: AnnotationId,
    pub quote: Rc<str>,
    /// Towards what.
    pub targets: Rc<str>,
}

/// The stances of all layers that are shown.
pub fn stance_matrix(state: &State) -> Matrix {
    let scheme = state.store.scheme();
    let stances = scheme.types.iter().filter(|of| of.means == Some(Meaning::Stance));
    let mut columns: Vec<(Option<char>, Rc<str>, Option<Color>)> = Vec::new();
    for option in stances.flat_map(|of| &of.attributes).flat_map(|attribute| attribute.options()).filter(|option| option.mark.is_some()) {
        if columns.iter().all(|(mark, ..)| *mark != option.mark) {
            columns.push((option.mark, option.name.clone(), option.color));
        }
    }
    columns.push((None, "unmarked".into(), None));
    let mut rows: BTreeMap<Option<Rc<str>>, Vec<Vec<Evidence>>> = BTreeMap::new();
    for article in state.listed() {
        let (Some(article), Some(outline)) = (state.store.article(article), state.catalogue.outline(article)) else { continue };
        for stance in outline.stances().iter().filter(|stance| state.is_shown(stance)) {
            let mark = stance_mark(scheme, article, stance).mark;
            let column = columns.iter().position(|(other, ..)| *other == mark).unwrap_or(columns.len() - 1);
            let evidence = Evidence {
                article: article.id.clone(),
                label: article.label().into(),
                stance: stance.id.clone(),
                quote: shortened(&quote(article, stance), 80),
                targets: shortened(&names_meaning(&state.store, article, outline, stance, Meaning::Target).join(", "), 80),
            };
            let holders = names_meaning(&state.store, article, outline, stance, Meaning::Holder);
            let named: Vec<Option<Rc<str>>> =
                if holders.is_empty() { vec![None] } else { holders.iter().map(|name| Some(name.as_str().into())).gather() };
            for holder in named {
                rows.entry(holder).or_insert_with(|| vec![Vec::new(); columns.len()])[column].push(evidence.clone());
            }
        }
    }
    // A column that nobody needs takes no room.
    if rows.values().all(|cells| cells[columns.len() - 1].is_empty()) {
        columns.pop();
        rows.values_mut().for_each(|cells| drop(cells.pop()));
    }
    let mut rows: Vec<MatrixRow> = rows.into_iter().map(|(holder, cells)| MatrixRow { holder, cells }).collect();
    rows.put_in_order_by_key(|row| (row.holder.is_none(), std::cmp::Reverse(row.cells.iter().map(Vec::len).sum::<usize>())));
    Matrix { columns, rows }
}
