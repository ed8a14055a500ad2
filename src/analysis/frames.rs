use std::rc::Rc;

use super::Outline;
use crate::edit::{AnnotationStore, ArticleLayers, Sorted, begins_before};
use crate::model::{Annotation, Article, AttributeKind, AttributeValue, Color, Filler, Meaning, Role, Scheme, Span};
use crate::text::Stretch;

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

/// Who says a claim, and the stances that it bears, of those that `pick` lets through; in reading order.
pub fn attribution(
    store: &AnnotationStore,
    article: &Article,
    outline: &Outline,
    claim: &Rc<Annotation>,
    pick: impl Fn(&Annotation) -> bool,
) -> Attribution {
    let (scheme, layers) = (store.scheme(), outline.layers());
    let speakers = names_meaning(store, article, outline, claim, Meaning::Speaker);
    let towards = layers.referrers(&claim.id, &claim.annotator).filter_map(|referrer| {
        let stance = layers.annotation(&referrer.annotation, &claim.annotator)?;
        let is_stance = scheme.type_of(&stance.type_id).and_then(|of| of.means) == Some(Meaning::Stance);
        (is_stance && fillers_meaning(scheme, stance, Meaning::Target).any(|filler| names(filler, claim))).then_some(stance)
    });
    let borne: Sorted<Rc<Annotation>> = towards.chain(inside(claim, outline.stances())).filter(|stance| pick(stance)).cloned().collect();
    Attribution { claim: claim.clone(), speakers, stances: borne.iter().map(|stance| stance_mark(scheme, article, stance)).collect() }
}

/// The names of those who fill the roles of `annotation` that mean this.
pub fn names_meaning(
    store: &AnnotationStore,
    article: &Article,
    outline: &Outline,
    annotation: &Annotation,
    means: Meaning,
) -> Vec<String> {
    let fillers = fillers_meaning(store.scheme(), annotation, means);
    fillers.map(|filler| filler_name(store, outline.layers(), article, annotation, filler)).collect()
}

fn names(filler: &Filler, claim: &Annotation) -> bool {
    matches!(filler, Filler::Annotation(id) if *id == claim.id)
}

/// Which of `stances` have all their words in the claim's.
fn inside<'a>(claim: &'a Annotation, stances: &'a Sorted<Rc<Annotation>>) -> impl Iterator<Item = &'a Rc<Annotation>> {
    let fragments = claim.span().map_or(&[][..], Span::fragments);
    let near = claim.span().map(|span| (begins_before(stances, span.start()), begins_before(stances, span.end())));
    let near = near.map_or(0..0, |(from, to)| from..to);
    let holds = move |part: &Stretch| fragments.iter().any(|whole| whole.contains_stretch(*part));
    stances
        .iter_from(near.start)
        .take(near.len())
        .filter(move |stance| stance.annotator == claim.annotator && stance.span().is_some_and(|span| span.fragments().iter().all(holds)))
}

fn fillers_meaning<'a>(scheme: &'a Scheme, annotation: &'a Annotation, means: Meaning) -> impl Iterator<Item = &'a Filler> {
    let roles: &[Role] = scheme.type_of(&annotation.type_id).map_or(&[], |of| &of.roles);
    roles.iter().filter(move |role| role.means == Some(means)).flat_map(|role| annotation.fillers(&role.id))
}

fn filler_name(store: &AnnotationStore, layers: &ArticleLayers, article: &Article, of: &Annotation, filler: &Filler) -> String {
    let entity_name = |id| {
        store.entity(&store.standing(id)).map_or_else(
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

/// A stance in a few words, with the mark of the option that gives it one.
pub fn stance_mark(scheme: &Scheme, article: &Article, stance: &Rc<Annotation>) -> StanceMark {
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
