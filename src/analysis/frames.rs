use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::edit::{AnnotationStore, ArticleLayers};
use crate::model::{
    Annotation, AnnotationId, AnnotatorId, Article, AttributeKind, AttributeValue, Color, Filler, Meaning, Role, Scheme, Span,
};
use crate::text::{Offset, Stretch};

/// Who says what: a claim with the names of its speakers and the stances that it bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    pub claim: Rc<Annotation>,
    /// Names of the speakers, as entities where they are tied to one; empty when nobody is named.
    pub speakers: Vec<String>,
    /// Stances towards the claim, and stances in the claim's words.
    pub stances: Vec<StanceMark>,
}

/// A stance in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StanceMark {
    pub stance: Rc<Annotation>,
    pub quote: String,
    pub mark: Option<char>,
    pub color: Option<Color>,
}

/// The claims of an article that `pick` lets through, in reading order.
pub fn attributions(store: &AnnotationStore, article: &Article, pick: impl Fn(&Annotation) -> bool) -> Vec<Attribution> {
    let scheme = store.scheme();
    let Some(layers) = store.layers(&article.id) else { return Vec::new() };
    let meaning = |annotation: &Annotation| scheme.type_of(&annotation.type_id).and_then(|of| of.means);
    let picked: Vec<&Rc<Annotation>> = layers.ordered().iter().filter(|annotation| pick(annotation)).collect();
    let stances: Vec<&Rc<Annotation>> = picked.iter().copied().filter(|annotation| meaning(annotation) == Some(Meaning::Stance)).collect();
    let place: BTreeMap<(&AnnotationId, &AnnotatorId), usize> =
        stances.iter().enumerate().map(|(at, stance)| ((&stance.id, &stance.annotator), at)).collect();
    let claims = picked.iter().copied().filter(|annotation| meaning(annotation) == Some(Meaning::Claim));
    claims
        .map(|claim| {
            let speakers =
                fillers_meaning(scheme, claim, Meaning::Speaker).map(|filler| filler_name(store, layers, article, claim, filler)).collect();
            let towards = layers.referrers(&claim.id, &claim.annotator).iter().filter_map(|referrer| {
                let at = *place.get(&(&referrer.annotation, &claim.annotator))?;
                fillers_meaning(scheme, stances[at], Meaning::Target).any(|filler| names(filler, claim)).then_some(at)
            });
            let borne: BTreeSet<usize> = towards.chain(inside(claim, &stances)).collect();
            Attribution {
                claim: claim.clone(),
                speakers,
                stances: borne.into_iter().map(|at| stance_mark(scheme, article, stances[at])).collect(),
            }
        })
        .collect()
}

fn names(filler: &Filler, claim: &Annotation) -> bool {
    matches!(filler, Filler::Annotation(id) if *id == claim.id)
}

/// Which of `stances`, which stand in reading order, have all their words in the claim's.
fn inside<'a>(claim: &'a Annotation, stances: &'a [&Rc<Annotation>]) -> impl Iterator<Item = usize> + 'a {
    let fragments = claim.span().map_or(&[][..], Span::fragments);
    // Orphans stand behind all that is placed.
    let begins = |at: Offset| stances.partition_point(|stance| stance.span().is_some_and(|span| span.start() < at));
    let near = claim.span().map_or(0..0, |span| begins(span.start())..begins(span.end()));
    near.filter(move |at| {
        let holds = |part: &Stretch| fragments.iter().any(|whole| whole.contains_stretch(*part));
        stances[*at].annotator == claim.annotator && stances[*at].span().is_some_and(|span| span.fragments().iter().all(holds))
    })
}

fn fillers_meaning<'a>(scheme: &'a Scheme, annotation: &'a Annotation, means: Meaning) -> impl Iterator<Item = &'a Filler> {
    let roles: &[Role] = scheme.type_of(&annotation.type_id).map_or(&[], |of| &of.roles);
    roles.iter().filter(move |role| role.means == Some(means)).flat_map(|role| annotation.fillers(&role.id))
}

fn filler_name(store: &AnnotationStore, layers: &ArticleLayers, article: &Article, of: &Annotation, filler: &Filler) -> String {
    let entity_name = |id| {
        store.entity(id).map_or_else(
            || if id.is_author() { "The article’s author".to_owned() } else { id.to_string() },
            |entity| entity.name.to_string(),
        )
    };
    match filler {
        Filler::Entity(id) => entity_name(id),
        Filler::Annotation(id) => match layers.annotation(id, &of.annotator) {
            Some(found) => match &found.entity {
                Some(entity) => entity_name(entity),
                None => found.span().map_or_else(|| "not in the text".to_owned(), |span| span.quote(&article.text)),
            },
            None => "missing".to_owned(),
        },
    }
}

fn stance_mark(scheme: &Scheme, article: &Article, stance: &Rc<Annotation>) -> StanceMark {
    let look = scheme.type_of(&stance.type_id).into_iter().flat_map(|of| &of.attributes).find_map(|attribute| {
        let (AttributeKind::Choice(options), Some(AttributeValue::Text(chosen))) = (&attribute.kind, stance.attributes.get(&attribute.id))
        else {
            return None;
        };
        options.iter().find(|option| option.id.as_str() == &**chosen && option.mark.is_some())
    });
    StanceMark {
        stance: stance.clone(),
        quote: stance.span().map_or_else(String::new, |span| span.quote(&article.text)),
        mark: look.and_then(|option| option.mark),
        color: look.and_then(|option| option.color),
    }
}
