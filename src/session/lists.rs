//! The lists beside the text: who says what, what is unfinished, every annotation in order.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::State;
use super::frame::quote;
use crate::analysis::{Gap, attributions, gaps};
use crate::model::*;

/// What the right column lists of the open article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    pub claims: Vec<ClaimRow>,
    pub todo: Vec<TodoItem>,
    pub all: Vec<ListItem>,
    /// Entities mentioned, the most mentioned first, with how often.
    pub entities: Vec<(Rc<str>, usize)>,
}

/// A row of *speaker → claim → stances*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimRow {
    pub id: AnnotationId,
    pub speaker: Rc<str>,
    pub quote: Rc<str>,
    pub stances: Vec<(AnnotationId, Rc<str>, Option<Color>)>,
}

/// One thing that is still to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TodoItem {
    pub id: AnnotationId,
    pub what: Rc<str>,
    pub quote: Rc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    pub id: AnnotationId,
    pub type_name: Rc<str>,
    pub color: Color,
    pub quote: Rc<str>,
    /// Whose, where it is not one's own.
    pub of: Option<Rc<str>>,
}

impl Lists {
    pub(super) fn of(state: &State) -> Self {
        let Some(article) = state.open_article() else { return Self::default() };
        let Some(layers) = state.store.layers(&article.id) else { return Self::default() };
        let scheme = state.store.scheme();
        let claims = attributions(&state.store, article, |annotation| state.is_shown(annotation)).into_iter().map(|row| ClaimRow {
            id: row.claim.id.clone(),
            speaker: if row.speakers.is_empty() { "nobody yet".into() } else { row.speakers.join(", ").into() },
            quote: shortened(&quote(article, &row.claim), 90),
            stances: row
                .stances
                .into_iter()
                .map(|mark| {
                    let text = format!("{}{}", mark.mark.map(|mark| format!("{mark} ")).unwrap_or_default(), shortened(&mark.quote, 32));
                    (mark.stance.id.clone(), text.into(), mark.color)
                })
                .collect(),
        });
        let mut todo = Vec::new();
        for annotation in layers.ordered().iter().filter(|annotation| state.is_own(annotation)) {
            let gaps = gaps(scheme, layers, annotation);
            todo.extend(gaps.iter().map(|gap| TodoItem {
                id: annotation.id.clone(),
                what: what_lacks(scheme, annotation, gap).into(),
                quote: shortened(&quote(article, annotation), 70),
            }));
        }
        let all = layers.ordered().iter().filter(|annotation| state.is_shown(annotation)).map(|annotation| {
            let of = scheme.type_of(&annotation.type_id);
            ListItem {
                id: annotation.id.clone(),
                type_name: of.map_or_else(|| annotation.type_id.as_str().into(), |of| of.name.clone()),
                color: of.map_or(Color::Gray, |of| of.color),
                quote: shortened(&quote(article, annotation), 70),
                of: (!state.is_own(annotation)).then(|| state.annotator_name(&annotation.annotator).into()),
            }
        });
        let mut counts: BTreeMap<&EntityId, usize> = BTreeMap::new();
        for entity in
            layers.ordered().iter().filter(|annotation| state.is_shown(annotation)).filter_map(|annotation| annotation.entity.as_ref())
        {
            *counts.entry(entity).or_default() += 1;
        }
        let mut entities: Vec<(Rc<str>, usize)> =
            counts.into_iter().map(|(entity, count)| (state.entity_name(entity).into(), count)).collect();
        entities.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Self { claims: claims.collect(), todo, all: all.collect(), entities }
    }
}

/// At most `most` code points, cut at a word, with an ellipsis.
fn shortened(text: &str, most: usize) -> Rc<str> {
    if text.chars().count() <= most {
        return text.into();
    }
    let cut: String = text.chars().take(most).collect();
    let at = cut.rfind(char::is_whitespace).filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end()).into()
}

fn what_lacks(scheme: &Scheme, annotation: &Annotation, gap: &Gap) -> String {
    let of = scheme.type_of(&annotation.type_id);
    let role_name = |id: &RoleId| of.and_then(|of| of.role(id)).map_or_else(|| id.to_string(), |role| role.name.to_lowercase());
    match gap {
        Gap::Orphan => "Not in the text".to_owned(),
        Gap::Role(role) => format!("No {}", role_name(role)),
        Gap::MissingFiller(role) => format!("{} missing", capitalised(&role_name(role))),
        Gap::Attribute(id) => {
            format!("No {}", of.and_then(|of| of.attribute(id)).map_or_else(|| id.to_string(), |attribute| attribute.name.to_lowercase()))
        }
        Gap::Conflict => "Two versions".to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
