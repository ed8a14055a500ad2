//! The frames of the open article as a table: who says what, and what stances are taken in it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::frame::quote;
use super::lists::what_lacks;
use super::state::annotator_name;
use super::{State, shortened};
use crate::analysis::{attribution, names_meaning, stance_mark};
use crate::model::*;
use crate::order::InOrder;

/// A claim with its speakers and stances, or a stance outside all claims with its holders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameRow {
    pub id: AnnotationId,
    pub type_id: TypeId,
    pub color: Color,
    /// `None` where nobody is named yet.
    pub speaker: Option<Rc<str>>,
    pub quote: Rc<str>,
    /// In how many other claims its words lie: what A says that B says has 1.
    pub depth: usize,
    pub stances: Vec<StanceCell>,
    /// What is unfinished about it and its stances.
    pub lacking: Vec<Rc<str>>,
    /// Whose work it is, where it is not one's own.
    pub of: Option<Rc<str>>,
    pub annotator: AnnotatorId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StanceCell {
    pub id: AnnotationId,
    pub quote: Rc<str>,
    pub mark: Option<char>,
    pub color: Option<Color>,
}

/// Which frames are shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrameFilter {
    /// In the speaker's name, the words or a stance's words; without case.
    pub words: String,
    pub type_id: Option<TypeId>,
    pub annotator: Option<AnnotatorId>,
    /// Of a stance.
    pub mark: Option<char>,
    pub completeness: Completeness,
    pub by: FrameOrder,
    pub descending: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Completeness {
    #[default]
    Any,
    Finished,
    Unfinished,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FrameOrder {
    /// As in the text.
    #[default]
    Place,
    Speaker,
    Words,
    Stances,
    Lacking,
}

/// Every frame that can be seen, in reading order.
pub fn frame_rows(state: &State) -> Vec<FrameRow> {
    let (Some(article), Some(outline)) =
        (state.open_article(), state.article.as_ref().and_then(|article| state.catalogue.outline(article)))
    else {
        return Vec::new();
    };
    let scheme = state.store.scheme();
    let shown = |annotation: &Annotation| state.is_shown(annotation);
    let row = |annotation: &Rc<Annotation>, speakers: Vec<String>, depth: usize, stances: Vec<StanceCell>, of_stances: Vec<Rc<str>>| {
        let of = scheme.type_of(&annotation.type_id);
        let own = outline.gaps(annotation).iter().map(|gap| what_lacks(scheme, annotation, gap).into()).collect::<Vec<Rc<str>>>();
        FrameRow {
            id: annotation.id.clone(),
            type_id: annotation.type_id.clone(),
            color: of.map_or(Color::Gray, |of| of.color),
            speaker: (!speakers.is_empty()).then(|| speakers.join(", ").into()),
            quote: shortened(&quote(article, annotation), 160),
            depth,
            stances,
            lacking: own.into_iter().chain(of_stances).collect(),
            of: (!state.is_own(annotation)).then(|| annotator_name(&state.store, &state.annotator, &annotation.annotator).into()),
            annotator: annotation.annotator.clone(),
        }
    };
    let mut rows: Vec<(Rc<Annotation>, FrameRow)> = Vec::new();
    // Claims around the one at hand: they come before it, since they begin earlier, or with it and end later.
    let mut borne: BTreeSet<(AnnotatorId, AnnotationId)> = BTreeSet::new();
    let mut around: Vec<Rc<Annotation>> = Vec::new();
    for claim in outline.claims().iter().filter(|claim| shown(claim)) {
        around.retain(|other| reaches_to(other, claim));
        let depth = around.iter().filter(|other| bears(other, claim)).count();
        around.push(claim.clone());
        let found = attribution(&state.store, article, outline, claim, shown);
        let gaps = found.stances.iter().flat_map(|mark| {
            let gaps = outline.gaps(&mark.stance);
            gaps.iter().map(|gap| what_lacks(scheme, &mark.stance, gap).into()).collect::<Vec<Rc<str>>>()
        });
        let lacking = gaps.collect();
        borne.extend(found.stances.iter().map(|mark| (mark.stance.annotator.clone(), mark.stance.id.clone())));
        let stances = found.stances.into_iter().map(|mark| StanceCell {
            id: mark.stance.id.clone(),
            quote: shortened(&mark.quote, 60),
            mark: mark.mark,
            color: mark.color,
        });
        rows.push((claim.clone(), row(claim, found.speakers, depth, stances.collect(), lacking)));
    }
    let loose = |stance: &&Rc<Annotation>| shown(stance) && !borne.contains(&(stance.annotator.clone(), stance.id.clone()));
    for stance in outline.stances().iter().filter(loose) {
        let mark = stance_mark(scheme, article, stance);
        let holders = names_meaning(&state.store, article, outline, stance, Meaning::Holder);
        let cell = StanceCell { id: stance.id.clone(), quote: shortened(&mark.quote, 60), mark: mark.mark, color: mark.color };
        rows.push((stance.clone(), row(stance, holders, 0, vec![cell], Vec::new())));
    }
    rows.put_in_order_by(|(a, _), (b, _)| crate::edit::Sorts::order(a, b));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Whether `other` goes on where `claim` begins.
fn reaches_to(other: &Annotation, claim: &Annotation) -> bool {
    match (other.span(), claim.span()) {
        (Some(other), Some(claim)) => other.end() > claim.start(),
        _ => false,
    }
}

/// Whether all words of `claim`, and not the same ones, lie in `other`, by the same annotator: A says that B says so.
pub(super) fn bears(other: &Annotation, claim: &Annotation) -> bool {
    match (other.span(), claim.span()) {
        (Some(whole), Some(part)) if whole != part && other.annotator == claim.annotator => {
            part.fragments().iter().all(|part| whole.fragments().iter().any(|whole| whole.contains_stretch(*part)))
        }
        _ => false,
    }
}

/// The marks that stances have, with the names of the options that bring them.
pub fn stance_marks(scheme: &Scheme) -> Vec<(char, Rc<str>)> {
    let options = scheme.types.iter().flat_map(|of| &of.attributes).flat_map(|attribute| attribute.options());
    let mut marks: Vec<(char, Rc<str>)> = Vec::new();
    for option in options {
        if let Some(mark) = option.mark.filter(|mark| marks.iter().all(|(other, _)| other != mark)) {
            marks.push((mark, option.name.clone()));
        }
    }
    marks
}

impl FrameFilter {
    /// Those of `rows` that fit, in the order asked for.
    pub fn of(&self, rows: Vec<FrameRow>) -> Vec<FrameRow> {
        let words = self.words.trim().to_lowercase();
        let named = |text: &str| text.to_lowercase().contains(&words);
        let fits = |row: &FrameRow| {
            let speaker = row.speaker.as_deref().unwrap_or_default();
            (words.is_empty() || named(speaker) || named(&row.quote) || row.stances.iter().any(|stance| named(&stance.quote)))
                && self.type_id.as_ref().is_none_or(|type_id| *type_id == row.type_id)
                && self.annotator.as_ref().is_none_or(|annotator| *annotator == row.annotator)
                && self.mark.is_none_or(|mark| row.stances.iter().any(|stance| stance.mark == Some(mark)))
                && match self.completeness {
                    Completeness::Any => true,
                    Completeness::Finished => row.lacking.is_empty(),
                    Completeness::Unfinished => !row.lacking.is_empty(),
                }
        };
        let mut rows: Vec<FrameRow> = rows.into_iter().filter(fits).collect();
        match self.by {
            FrameOrder::Place => {}
            // Those of nobody last.
            FrameOrder::Speaker => {
                rows.put_in_order_by_key(|row| (row.speaker.is_none(), row.speaker.as_ref().map(|name| name.to_lowercase())))
            }
            FrameOrder::Words => rows.put_in_order_by_key(|row| row.quote.to_lowercase()),
            FrameOrder::Stances => rows.put_in_order_by_key(|row| row.stances.len()),
            FrameOrder::Lacking => rows.put_in_order_by_key(|row| row.lacking.len()),
        }
        if self.descending {
            rows.reverse();
        }
        rows
    }
}
