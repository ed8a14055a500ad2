//! Two annotators' work on the open article, side by side.

use std::ops::Range;
use std::rc::Rc;

use super::frame::{chip, quote};
use super::{LayerItem, State, layer_items, shortened};
use crate::analysis::{Aligned, Difference, compared};
use crate::model::*;

/// Whose work is compared, and what of it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparing {
    /// On the left and on the right.
    pub annotators: [AnnotatorId; 2],
    pub only_differences: bool,
}

/// Left or right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    First,
    Second,
}

impl Comparing {
    /// Oneself and the next who has done something here. Who has done nothing here, while two others have, looks at those.
    /// `None` where nobody else has done anything in the project.
    pub fn of(state: &State) -> Option<Self> {
        let layers = layer_items(state);
        let others = || layers.iter().filter(|layer| !layer.own);
        let mut here = others().filter(|layer| layer.here > 0);
        let own_here = layers.iter().any(|layer| layer.own && layer.here > 0);
        let pair = |one: &LayerItem, other: &LayerItem| Self {
            annotators: [one.annotator.clone(), other.annotator.clone()],
            only_differences: false,
        };
        match (here.next(), here.next()) {
            (Some(one), Some(other)) if !own_here => Some(pair(one, other)),
            (Some(other), _) => Some(pair(layers.first()?, other)),
            (None, _) => Some(pair(layers.first()?, others().next()?)),
        }
    }

    /// The same where it still can be, once annotators may be gone.
    pub fn still(self, state: &State) -> Option<Self> {
        let layers = layer_items(state);
        let is_there = |annotator: &AnnotatorId| layers.iter().any(|layer| layer.annotator == *annotator);
        self.annotators.iter().all(is_there).then_some(self)
    }

    /// With somebody else in a column; who stood in the other one goes over.
    pub fn with(&self, column: Column, annotator: AnnotatorId) -> Self {
        let [first, second] = self.annotators.clone();
        let annotators = match column {
            Column::First if annotator == second => [second, first],
            Column::Second if annotator == first => [second, first],
            Column::First => [annotator, second],
            Column::Second => [first, annotator],
        };
        Self { annotators, ..self.clone() }
    }
}

/// How many rows say the same, differ, or are one annotator's alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    pub same: usize,
    pub differ: usize,
    pub only_first: usize,
    pub only_second: usize,
}

/// All that can be said of two annotators in the open article; its rows are made when they are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    rows: Vec<Aligned>,
}

/// Two annotations that correspond, or one and nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareRow {
    pub verdict: Verdict,
    pub type_name: Rc<str>,
    pub color: Color,
    /// What differs, in the words of the scheme.
    pub differing: Vec<Rc<str>>,
    pub cells: [Option<CompareCell>; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Same,
    Differs,
    OnlyFirst,
    OnlySecond,
}

impl Verdict {
    /// A mark that says it without colour.
    pub fn mark(self) -> char {
        match self {
            Self::Same => '=',
            Self::Differs => '≠',
            Self::OnlyFirst => '←',
            Self::OnlySecond => '→',
        }
    }

    /// What scripts and tests call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs => "differs",
            Self::OnlyFirst => "only-first",
            Self::OnlySecond => "only-second",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareCell {
    pub annotator: AnnotatorId,
    pub id: AnnotationId,
    pub quote: Rc<str>,
    /// Its words are not in the text.
    pub orphan: bool,
    /// What the other says otherwise; of one that is alone, all. Names and values.
    pub details: Vec<(Rc<str>, Rc<str>)>,
}

/// Code points of a quote or a value that are shown, and of the words of one filler.
const LONGEST: usize = 160;
const LONGEST_FILLER: usize = 60;

pub fn comparison(state: &State, comparing: &Comparing) -> Comparison {
    let [first, second] = &comparing.annotators;
    let rows = state.article.as_ref().map(|article| compared(&state.store, article, first, second));
    Comparison { rows: rows.unwrap_or_default() }
}

impl Comparison {
    pub fn agreement(&self) -> Agreement {
        let mut agreement = Agreement::default();
        self.rows.iter().for_each(|row| agreement.count(row));
        agreement
    }

    /// Of each type that one of the two has used, in the scheme's order.
    pub fn by_type(&self, scheme: &Scheme) -> Vec<(Rc<str>, Color, Agreement)> {
        let mut counts: Vec<(&TypeId, Agreement)> = scheme.types.iter().map(|of| (&of.id, Agreement::default())).collect();
        for row in &self.rows {
            let type_id = &annotation_of(row).type_id;
            match counts.iter_mut().find(|(id, _)| *id == type_id) {
                Some((_, agreement)) => agreement.count(row),
                None => {
                    let mut agreement = Agreement::default();
                    agreement.count(row);
                    counts.push((type_id, agreement));
                }
            }
        }
        let used = counts.into_iter().filter(|(_, agreement)| *agreement != Agreement::default());
        used.map(|(id, agreement)| {
            let (name, color) = type_look(scheme, id);
            (name, color, agreement)
        })
        .collect()
    }

    /// How many rows are listed.
    pub fn len(&self, comparing: &Comparing) -> usize {
        self.listed(comparing).count()
    }

    pub fn rows(&self, state: &State, comparing: &Comparing, rows: Range<usize>) -> Vec<CompareRow> {
        let Some(article) = state.open_article() else { return Vec::new() };
        self.listed(comparing).skip(rows.start).take(rows.len()).map(|row| row_of(state, article, row)).collect()
    }

    fn listed(&self, comparing: &Comparing) -> impl Iterator<Item = &Aligned> {
        let all = !comparing.only_differences;
        self.rows.iter().filter(move |row| all || verdict(row) != Verdict::Same)
    }
}

impl Agreement {
    fn count(&mut self, row: &Aligned) {
        *match verdict(row) {
            Verdict::Same => &mut self.same,
            Verdict::Differs => &mut self.differ,
            Verdict::OnlyFirst => &mut self.only_first,
            Verdict::OnlySecond => &mut self.only_second,
        } += 1;
    }
}

fn verdict(row: &Aligned) -> Verdict {
    match row {
        Aligned::First(_) => Verdict::OnlyFirst,
        Aligned::Second(_) => Verdict::OnlySecond,
        Aligned::Both { differences, .. } if differences.is_empty() => Verdict::Same,
        Aligned::Both { .. } => Verdict::Differs,
    }
}

fn annotation_of(row: &Aligned) -> &Rc<Annotation> {
    match row {
        Aligned::First(annotation) | Aligned::Second(annotation) | Aligned::Both { first: annotation, .. } => annotation,
    }
}

fn type_look(scheme: &Scheme, id: &TypeId) -> (Rc<str>, Color) {
    scheme.type_of(id).map_or_else(|| (id.as_str().into(), Color::Gray), |of| (of.name.clone(), of.color))
}

fn row_of(state: &State, article: &Article, row: &Aligned) -> CompareRow {
    let scheme = state.store.scheme();
    let of = scheme.type_of(&annotation_of(row).type_id);
    let (type_name, color) = type_look(scheme, &annotation_of(row).type_id);
    let alone = |annotation: &Rc<Annotation>| cell(state, article, annotation, &said(annotation));
    let (cells, differing) = match row {
        Aligned::First(annotation) => ([Some(alone(annotation)), None], Vec::new()),
        Aligned::Second(annotation) => ([None, Some(alone(annotation))], Vec::new()),
        Aligned::Both { first, second, differences } => {
            let told = |annotation| Some(cell(state, article, annotation, differences));
            ([told(first), told(second)], differences.iter().map(|difference| name_of(of, difference)).collect())
        }
    };
    CompareRow { verdict: verdict(row), type_name, color, differing, cells }
}

/// All that an annotation says beside its words.
fn said(annotation: &Annotation) -> Vec<Difference> {
    let attributes = annotation.attributes.keys().cloned().map(Difference::Attribute);
    let roles = annotation.roles.keys().cloned().map(Difference::Role);
    attributes.chain(roles).chain(annotation.entity.iter().map(|_| Difference::Entity)).collect()
}

fn name_of(of: Option<&AnnotationType>, difference: &Difference) -> Rc<str> {
    match difference {
        Difference::Edges => "edges".into(),
        Difference::Attribute(id) => {
            of.and_then(|of| of.attribute(id)).map_or_else(|| id.as_str().into(), |of| of.name.to_lowercase().into())
        }
        Difference::Role(id) => of.and_then(|of| of.role(id)).map_or_else(|| id.as_str().into(), |of| of.name.to_lowercase().into()),
        Difference::Entity => "entity".into(),
    }
}

fn cell(state: &State, article: &Article, annotation: &Annotation, told: &[Difference]) -> CompareCell {
    let of = state.store.scheme().type_of(&annotation.type_id);
    let value = |difference: &Difference| -> Option<Rc<str>> {
        let text = match difference {
            Difference::Edges => return None,
            Difference::Attribute(id) => match annotation.attributes.get(id) {
                Some(AttributeValue::Number(number)) => number.to_string(),
                Some(AttributeValue::Text(text)) => {
                    let options = of.and_then(|of| of.attribute(id)).map_or(&[][..], |of| of.options());
                    let option = options.iter().find(|option| option.id.as_str() == &**text);
                    option.map_or_else(|| text.to_string(), |option| option.name.to_string())
                }
                None => "not set".to_owned(),
            },
            Difference::Role(id) => match annotation.fillers(id) {
                [] => "nobody and nothing".to_owned(),
                fillers => fillers.iter().map(|filler| filler_words(state, article, annotation, filler)).collect::<Vec<_>>().join(", "),
            },
            Difference::Entity => annotation.entity.as_ref().map_or_else(|| "tied to nobody".to_owned(), |id| state.entity_name(id)),
        };
        Some(shortened(&text, LONGEST))
    };
    CompareCell {
        annotator: annotation.annotator.clone(),
        id: annotation.id.clone(),
        quote: shortened(&quote(article, annotation), LONGEST),
        orphan: annotation.span().is_none(),
        details: told.iter().filter_map(|difference| Some((name_of(of, difference), value(difference)?))).collect(),
    }
}

fn filler_words(state: &State, article: &Article, of: &Annotation, filler: &Filler) -> String {
    let chip = chip(state, article, of, filler);
    let label = shortened(&chip.label, LONGEST_FILLER);
    chip.entity.map_or_else(|| label.to_string(), |entity| format!("{label} ({entity})"))
}
