//! Who is behind a mention, and where else somebody is mentioned.

use std::rc::Rc;

use super::State;
use crate::edit::Refusal;
use crate::model::*;
use crate::order::InOrder;
use crate::text::{Text, holds_whole};

/// The question who a mention is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    pub words: Rc<str>,
    /// Whom it is tied to.
    pub tied: Option<EntityId>,
    /// Everybody there is, the likeliest first.
    pub choices: Vec<Choice>,
    /// What somebody new would be: those who speak are persons, as a rule.
    pub kind: EntityKind,
    /// What somebody new would be called: the words without what makes them a genitive.
    pub name: Rc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub id: EntityId,
    pub name: Rc<str>,
    pub description: Rc<str>,
    pub why: Why,
}

/// Why an entity is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The words are, or hold, one of its names; so many code points of it.
    Named(usize),
    /// One of its names holds the words.
    PartOfName(usize),
    /// Mentioned last before the words.
    MentionedBefore,
    Known,
}

/// A shorter description says too little, in code points.
const LONG_ENOUGH: usize = 8;

/// How well an entity's names fit the words: the longest name that they hold as a whole word, else its description, if
/// they hold that, else a name that holds them. `words` are in small letters.
fn likeness(words: &Text, entity: &Entity) -> Option<Why> {
    let small = |name: &str| name.to_lowercase();
    let names = || std::iter::once(&entity.name).chain(&entity.aliases).filter(|name| !name.trim().is_empty());
    let held = names().filter(|name| holds_whole(words, &small(name))).map(|name| name.chars().count()).max();
    // Most names hold nothing of it: that is seen before one is counted through.
    let holds = |name: &str| name.contains(words.as_str()) && holds_whole(&name.into(), words.as_str());
    let holding = || names().filter(|name| holds(&small(name))).map(|name| name.chars().count()).min();
    // What somebody is, is what they are called where their name is not said.
    let is = small(&entity.description);
    let described = is.chars().count() >= LONG_ENOUGH && holds_whole(words, &is);
    held.or(described.then(|| is.chars().count())).map(Why::Named).or_else(|| holding().map(Why::PartOfName))
}

/// Everybody but those merged into others, those first whose names fit: the longest name first, then whose name is the shortest
/// that holds the words, then who was mentioned last before them, then by name. A pronoun fits nobody's name.
pub fn who(state: &State, annotation: &Annotation) -> Who {
    let article = state.store.article(&annotation.article);
    let words = article.zip(annotation.span()).map_or_else(String::new, |(article, span)| span.quote(&article.text));
    let small: Text = words.to_lowercase().into();
    let before = mentioned_before(state, annotation);
    let mut choices: Vec<(usize, Choice)> = state
        .store
        .entities()
        .filter(|entity| entity.into.is_none())
        .map(|entity| {
            let place = before.iter().position(|other| *other == entity.id);
            let mentioned = place.map(|_| Why::MentionedBefore);
            let why = likeness(&small, entity).or(mentioned).unwrap_or(Why::Known);
            let description = entity.description.clone();
            (place.unwrap_or(usize::MAX), Choice { id: entity.id.clone(), name: entity.name.clone(), description, why })
        })
        .collect();
    choices.put_in_order_by(|(place, a), (other_place, b)| {
        let rank = |why: Why| match why {
            Why::Named(length) => (0, usize::MAX - length),
            Why::PartOfName(length) => (1, length),
            Why::MentionedBefore => (2, 0),
            Why::Known => (3, 0),
        };
        (rank(a.why), place, &a.name, &a.id).cmp(&(rank(b.why), other_place, &b.name, &b.id))
    });
    let tied = annotation.entity.as_ref().map(|entity| state.store.standing(entity));
    let of = state.store.scheme().type_of(&annotation.type_id);
    let kind = if of.is_some_and(|of| of.means == Some(Meaning::Target)) { EntityKind::Other } else { EntityKind::Person };
    let name: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = ["’s", "'s"].iter().find_map(|end| name.strip_suffix(end)).filter(|name| !name.is_empty()).unwrap_or(&name);
    Who { tied, choices: choices.into_iter().map(|(_, choice)| choice).collect(), kind, name: name.into(), words: words.into() }
}

/// Those whom the annotator mentions before an annotation: those first who were mentioned as what it is (who spoke, for a speaker), the
/// nearest first.
fn mentioned_before(state: &State, annotation: &Annotation) -> Vec<EntityId> {
    /// As many mentions as a reader has in mind.
    const IN_MIND: usize = 40;
    let Some(layers) = state.store.layers(&annotation.article) else { return Vec::new() };
    let ordered = layers.ordered();
    let here = annotation.span().map_or(0, |span| crate::edit::begins_before(ordered, span.start()));
    let mut found: Vec<EntityId> = Vec::new();
    let own = ordered.iter_before(here).filter(|other| other.annotator == annotation.annotator);
    let in_mind: Vec<(bool, &EntityId)> =
        own.filter_map(|other| Some((other.type_id == annotation.type_id, other.entity.as_ref()?))).take(IN_MIND).collect();
    let (alike, others): (Vec<_>, Vec<_>) = in_mind.into_iter().partition(|(alike, _)| *alike);
    for (_, entity) in alike.into_iter().chain(others) {
        let entity = state.store.standing(entity);
        if !found.contains(&entity) {
            found.push(entity);
        }
    }
    found
}

/// A mention of somebody, in its context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionView {
    pub article: ArticleId,
    pub id: AnnotationId,
    pub own: bool,
    pub before: Rc<str>,
    pub words: Rc<str>,
    pub after: Rc<str>,
}

/// Annotations of an article, in order, that are tied to somebody; of layers that are shown.
pub(super) fn tied_in<'a>(state: &'a State, article: &ArticleId, entity: &'a EntityId) -> Vec<&'a Rc<Annotation>> {
    let Some(outline) = state.catalogue.outline(article) else { return Vec::new() };
    let is = |other: &EntityId| state.store.standing(other) == *entity;
    // Most articles mention only some.
    if !outline.mentions(|annotator| state.shows(annotator)).keys().any(|other| is(other)) {
        return Vec::new();
    }
    let Some(layers) = state.store.layers(article) else { return Vec::new() };
    let ordered = layers.ordered().iter();
    ordered.filter(|annotation| state.is_shown(annotation) && annotation.entity.as_ref().is_some_and(is)).collect()
}

/// All mentions of somebody in the articles that are in memory.
pub fn mentions(state: &State, entity: &EntityId) -> Vec<MentionView> {
    let mut views = Vec::new();
    for id in state.listed() {
        let Some(article) = state.store.article(id) else { continue };
        for annotation in tied_in(state, id, entity) {
            let stretch = annotation.span().map(Span::hull);
            let (before, after) = stretch.map_or_else(Default::default, |stretch| super::finding::context(&article.text, stretch));
            let words = annotation.span().map_or_else(|| "not in the text".to_owned(), |span| span.quote(&article.text));
            views.push(MentionView {
                article: id.clone(),
                id: annotation.id.clone(),
                own: state.is_own(annotation),
                before: before.into(),
                words: words.into(),
                after: after.into(),
            });
        }
    }
    views
}

/// Somebody in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    pub entity: Rc<Entity>,
    /// Mentions in the articles that are in memory, of layers that are shown.
    pub mentions: usize,
    /// Who was merged into it.
    pub merged: Vec<(EntityId, Rc<str>)>,
}

/// Everybody but those merged into others, by name.
pub fn register(state: &State) -> Vec<Registered> {
    let mut counts: std::collections::BTreeMap<EntityId, usize> = std::collections::BTreeMap::new();
    for article in state.listed() {
        let Some(outline) = state.catalogue.outline(article) else { continue };
        for (entity, count) in outline.mentions(|annotator| state.shows(annotator)) {
            *counts.entry(state.store.standing(entity)).or_default() += count;
        }
    }
    let stands = |entity: &Entity| state.store.standing(&entity.id) == entity.id;
    let mut listings: Vec<Registered> = Vec::new();
    for entity in state.store.entities().filter(|entity| stands(entity)) {
        let into_it = state.store.entities().filter(|other| other.id != entity.id && state.store.standing(&other.id) == entity.id);
        let merged = into_it.map(|other| (other.id.clone(), other.name.clone())).collect();
        listings.push(Registered { entity: entity.clone(), mentions: counts.get(&entity.id).copied().unwrap_or(0), merged });
    }
    listings.put_in_order_by(|a, b| (&a.entity.name, &a.entity.id).cmp(&(&b.entity.name, &b.entity.id)));
    listings
}

/// The mention in focus, or of what has the focus the filler that nobody is named for yet, if it can be tied to somebody; or why not.
pub(super) fn asked(state: &State) -> Result<AnnotationId, Refusal> {
    let annotation = state.focused().ok_or(Refusal::NothingChosen)?;
    if !state.is_own(annotation) {
        return Err(Refusal::NotYours);
    }
    match state.store.scheme().type_of(&annotation.type_id) {
        Some(of) if of.entity.is_possible() => Ok(annotation.id.clone()),
        Some(of) => filler_to_name(state, annotation).ok_or_else(|| Refusal::NoEntity(of.name.to_lowercase())),
        None => Err(Refusal::UnknownType(annotation.type_id.clone())),
    }
}

/// A filler of `annotation` that can be tied to somebody, one that is not yet before others; by the order of its roles.
fn filler_to_name(state: &State, annotation: &Annotation) -> Option<AnnotationId> {
    let scheme = state.store.scheme();
    let roles = &scheme.type_of(&annotation.type_id)?.roles;
    let fillers = roles.iter().flat_map(|role| annotation.fillers(&role.id)).filter_map(|filler| match filler {
        Filler::Annotation(id) => state.annotation(id),
        Filler::Entity(_) => None,
    });
    let named: Vec<_> = fillers.filter(|filler| scheme.type_of(&filler.type_id).is_some_and(|of| of.entity.is_possible())).collect();
    named.iter().find(|filler| filler.entity.is_none()).or(named.first()).map(|filler| filler.id.clone())
}

/// Whom the mention in focus is tied to.
pub(super) fn stepped(state: &State) -> Result<EntityId, &'static str> {
    let annotation = state.focused().ok_or("choose an annotation first")?;
    annotation.entity.as_ref().map(|entity| state.store.standing(entity)).ok_or("this is tied to no entity")
}
