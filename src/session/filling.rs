use std::rc::Rc;

use super::State;
use crate::analysis::is_filled;
use crate::edit::begins_before;
use crate::model::*;
use crate::order::InOrder;

/// A role that asks for its filler, with the candidates and their hints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    pub annotation: AnnotationId,
    pub role: RoleId,
    /// What was typed of a two-letter hint.
    pub typed: String,
    /// The most plausible first.
    pub candidates: Vec<Candidate>,
}

/// Something that may fill the role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub filler: Filler,
    pub hint: Rc<str>,
    pub label: Rc<str>,
    /// Who is behind a mention.
    pub entity: Option<Rc<str>>,
}

/// At most this many annotations are offered, the most plausible ones.
const MOST_ANNOTATIONS: usize = 40;

impl Filling {
    /// The hints to draw in the text.
    pub fn annotation_hints(&self) -> impl Iterator<Item = (&AnnotationId, &Rc<str>)> {
        self.candidates.iter().filter(|candidate| candidate.hint.starts_with(&self.typed)).filter_map(|candidate| match &candidate.filler {
            Filler::Annotation(id) => Some((id, &candidate.hint)),
            Filler::Entity(_) => None,
        })
    }
}

/// Everything that may fill `role` of `annotation` and does not yet, each with a hint: annotations, the nearest first and
/// those that fill another of its roles last, then entities. For a stance within a claim, who makes the claim comes before all.
pub fn candidates(state: &State, annotation: &Annotation, role: &RoleId) -> Vec<Candidate> {
    let Some(article) = state.open_article() else { return Vec::new() };
    let Some(role) = state.store.scheme().type_of(&annotation.type_id).and_then(|of| of.role(role)) else { return Vec::new() };
    let fills = annotation.fillers(&role.id);
    // What fills another of its roles is rarely meant again: nobody is for or against themselves.
    let elsewhere: Vec<&AnnotationId> = annotation.filler_annotations().map(|(_, filler)| filler).collect();
    let is_possible = |other: &&Rc<Annotation>| {
        other.annotator == annotation.annotator
            && other.id != annotation.id
            && role.accepts.contains(&other.type_id)
            && !fills.contains(&Filler::Annotation(other.id.clone()))
    };
    let ordered = state.store.annotations(&article.id);
    let here = annotation.span().map_or(0, |span| begins_before(ordered, span.start()));
    let most = MOST_ANNOTATIONS + elsewhere.len();
    let behind = ordered.iter_from(here).filter(is_possible).take(most);
    let voices = if role.means == Some(Meaning::Holder) { voices(state, annotation) } else { Vec::new() };
    let layers = state.store.layers(&article.id);
    // What a stance is about is rarely the claim that it lies in, and what was tagged as a target and is nobody's yet is so for it.
    let aim = |other: &Annotation| {
        if role.means != Some(Meaning::Target) {
            return 1;
        }
        let of = state.store.scheme().type_of(&other.type_id);
        let is_target = of.is_some_and(|of| of.means == Some(Meaning::Target));
        let encloses = matches!((other.span(), annotation.span()), (Some(whole), Some(part)) if whole.hull().contains_stretch(part.hull()));
        let is_free = || layers.is_some_and(|layers| layers.referrers(&other.id, &other.annotator).next().is_none());
        match (encloses, is_target) {
            (true, _) => 2,
            (false, true) if is_free() => 0,
            _ => 1,
        }
    };
    let is_other = |other: &Annotation| !voices.contains(&Filler::Annotation(other.id.clone()));
    let mut near: Vec<(_, &Rc<Annotation>)> = ordered
        .iter_before(here)
        .filter(is_possible)
        .take(most)
        .chain(behind)
        .map(|other| ((is_other(other), elsewhere.contains(&&other.id), aim(other), distance(annotation, other)), other))
        .collect();
    near.put_in_order_by_key(|(rank, other)| (*rank, other.span().map(Span::start)));
    near.truncate(MOST_ANNOTATIONS);
    let mut found: Vec<(Filler, Rc<str>, Option<Rc<str>>)> = near
        .into_iter()
        .map(|(_, other)| {
            (
                Filler::Annotation(other.id.clone()),
                other.span().map_or_else(|| "not in the text".into(), |span| span.quote(&article.text).into()),
                other.entity.as_ref().map(|entity| state.entity_name(entity).into()),
            )
        })
        .collect();
    if role.entities {
        let author = EntityId::author();
        let named = state.store.entities().filter(|entity| entity.into.is_none() && !entity.id.is_author()).map(|entity| entity.id.clone());
        let entities = std::iter::once(author).chain(named).map(|id| (state.entity_name(&id).into(), Filler::Entity(id)));
        found.extend(entities.filter(|(_, filler)| !fills.contains(filler)).map(|(name, filler): (Rc<str>, _)| (filler, name, None)));
    }
    let hints = hints(&state.keys.free_letters(state.store.scheme()), found.len());
    found.into_iter().zip(hints).map(|((filler, label, entity), hint)| Candidate { filler, hint, label, entity }).collect()
}

/// Who makes the innermost claim that `annotation` lies in: whoever voices a claim holds, as a rule, its stances.
fn voices(state: &State, annotation: &Annotation) -> Vec<Filler> {
    let Some(span) = annotation.span() else { return Vec::new() };
    let scheme = state.store.scheme();
    let of = |other: &Annotation| scheme.type_of(&other.type_id).filter(|of| of.means == Some(Meaning::Claim));
    let around = state.page.annotations_near(span.start()).filter(|other| {
        other.annotator == annotation.annotator
            && other.id != annotation.id
            && of(other).is_some()
            && other.span().is_some_and(|claim| claim.hull().contains_stretch(span.hull()))
    });
    let innermost = around.min_by_key(|other| other.span().map(|claim| claim.hull().len()));
    let speakers = innermost.into_iter().flat_map(|claim| {
        let roles = of(claim).into_iter().flat_map(|of| &of.roles).filter(|role| role.means == Some(Meaning::Speaker));
        roles.flat_map(|role| claim.fillers(&role.id))
    });
    speakers.cloned().collect()
}

/// Code points between two annotations; 0 where they overlap. Equal distances count what comes first as nearer.
fn distance(a: &Annotation, b: &Annotation) -> u32 {
    match (a.span(), b.span()) {
        (Some(a), Some(b)) => {
            let gap = |first: &Span, second: &Span| second.start().get().saturating_sub(first.end().get());
            gap(a, b).max(gap(b, a))
        }
        _ => u32::MAX,
    }
}

/// `count` hints of `letters`, the shortest first, none the beginning of another: as many of one letter as can be kept while the
/// others begin enough pairs, or as many pairs, where these are too few.
fn hints(letters: &[char], count: usize) -> Vec<Rc<str>> {
    let mut hints: Vec<String> = letters.iter().map(char::to_string).collect();
    while hints.len() < count && letters.len() > 1 {
        let shortest = hints[0].len();
        let last = hints.iter().rposition(|hint| hint.len() == shortest).unwrap_or(0);
        let lead = hints.remove(last);
        hints.extend(letters.iter().map(|letter| format!("{lead}{letter}")));
    }
    hints.into_iter().take(count).map(Into::into).collect()
}

/// The next role of `annotation` that should ask for its filler: one that is required or means something, and is empty.
pub(super) fn next_role(state: &State, annotation: &Annotation, after: Option<&RoleId>) -> Option<RoleId> {
    let of = state.store.scheme().type_of(&annotation.type_id)?;
    let layers = state.store.layers(&annotation.article)?;
    let skip = after.and_then(|role| of.roles.iter().position(|other| other.id == *role)).map_or(0, |at| at + 1);
    let asks = |role: &&Role| {
        (role.min > 0 || role.means.is_some()) && !annotation.fillers(&role.id).iter().any(|filler| is_filled(layers, annotation, filler))
    };
    of.roles.iter().skip(skip).find(asks).map(|role| role.id.clone())
}

/// The role asking, or `None` where nothing could fill it and nothing is left to say.
pub(super) fn ask(state: &State, annotation: &Annotation, role: RoleId) -> Filling {
    let candidates = candidates(state, annotation, &role);
    Filling { annotation: annotation.id.clone(), role, typed: String::new(), candidates }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::KeyMap;

    #[test]
    fn hints_are_distinct_and_none_begins_another() {
        for count in [0, 1, 5, 12, 13, 40, 200, 2000] {
            let hints = hints(&KeyMap::default().free_letters(&default_scheme()), count);
            assert_eq!(hints.len(), count);
            for (index, hint) in hints.iter().enumerate() {
                assert!(hints.iter().enumerate().all(|(other, longer)| other == index || !longer.starts_with(&**hint)), "{hint}");
            }
        }
    }
}
