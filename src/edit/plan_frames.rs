//! The commands that give what one annotation says to others.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Desk, change};
use super::plan_roles::{accepted, takes};
use super::{Edit, Refusal, Transaction};
use crate::model::*;

/// What an annotation says beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub type_id: TypeId,
    pub attributes: BTreeMap<AttributeId, AttributeValue>,
    pub roles: BTreeMap<RoleId, Vec<Filler>>,
    pub entity: Option<EntityId>,
}

impl Frame {
    /// That of an annotation which says nothing but its type.
    pub fn bare(type_id: TypeId) -> Self {
        Self { type_id, attributes: BTreeMap::new(), roles: BTreeMap::new(), entity: None }
    }

    pub fn of(annotation: &Annotation) -> Self {
        Self {
            type_id: annotation.type_id.clone(),
            attributes: annotation.attributes.clone(),
            roles: annotation.roles.clone(),
            entity: annotation.entity.clone(),
        }
    }
}

/// A stretch of words in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub article: ArticleId,
    pub span: Span,
}

/// Tags every place that is not tagged so already. Roles keep the fillers that are there: entities everywhere, annotations in
/// their own article.
pub(super) fn tagged(desk: &Desk<'_>, frame: &Frame, places: &[Place], origin: OriginKind) -> Result<Transaction, Refusal> {
    let of = desk.type_of(&frame.type_id)?;
    let mut edits = Vec::new();
    let mut begun = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut there = None;
    for Place { article, span } in places {
        let text = &desk.store.article(article).ok_or(Refusal::NoArticle)?.text;
        if !span.fits(text) {
            return Err(Refusal::SpanOutOfText);
        }
        if !seen.insert((article, span.fragments())) {
            continue;
        }
        if let Some(twin) = desk.twin(article, &of.id, span) {
            there.get_or_insert(twin.id.clone());
            continue;
        }
        let bare = desk.bare(edits.len() as u32, article, &of.id, span);
        let bare = Annotation { origin: Origin { kind: origin, ..Origin::manual() }, ..bare };
        edits.push(Edit::add(with_frame(desk, &bare, frame)?));
        begun.insert(article);
    }
    if let (true, Some(there)) = (edits.is_empty(), there) {
        return Err(Refusal::AlreadyTagged(there));
    }
    let label = match edits.len() {
        1 => format!("tag {}", of.name.to_lowercase()),
        count => format!("tag {count} as {}", of.name.to_lowercase()),
    };
    edits.extend(begun.iter().filter_map(|article| desk.begun(article)));
    let mut transaction = desk.transaction(&label, edits)?;
    // Undoing it goes to where the person was, if something was tagged there.
    let here = desk.context.article.as_ref().filter(|here| begun.contains(here)).or(begun.first().copied());
    transaction.article = here.cloned();
    Ok(transaction)
}

/// Gives an annotation the frame of another of its type: what it says already stays where the frame says nothing.
pub(super) fn given(desk: &Desk<'_>, id: &AnnotationId, frame: &Frame) -> Result<Transaction, Refusal> {
    let annotation = desk.own(id)?;
    if annotation.type_id != frame.type_id {
        return Err(Refusal::OtherType { is: desk.type_name(&annotation.type_id), frame: desk.type_name(&frame.type_id) });
    }
    let edits = change(&annotation, with_frame(desk, &annotation, frame)?);
    desk.transaction(&format!("give {} the copied frame", desk.type_name(&annotation.type_id)), edits.into_iter().collect())
}

/// `annotation` with what of `frame` fits it: the scheme may have changed, and what filled a role may be gone.
fn with_frame(desk: &Desk<'_>, annotation: &Annotation, frame: &Frame) -> Result<Annotation, Refusal> {
    let of = desk.type_of(&frame.type_id)?;
    let mut after = annotation.clone();
    let fits = |(id, value): &(&AttributeId, &AttributeValue)| of.attribute(id).is_some_and(|attribute| takes(attribute, value));
    after.attributes.extend(frame.attributes.iter().filter(fits).map(|(id, value)| (id.clone(), value.clone())));
    for role in &of.roles {
        let is_there = |filler: &&Filler| match filler {
            Filler::Annotation(id) => *id != annotation.id,
            Filler::Entity(id) => desk.knows(id),
        };
        let wanted: Vec<Filler> = frame.roles.get(&role.id).into_iter().flatten().filter(is_there).cloned().collect();
        let fillers = accepted(desk, annotation, role, &wanted);
        if !fillers.is_empty() {
            after.roles.insert(role.id.clone(), fillers);
        }
    }
    let entity = frame.entity.clone().filter(|id| of.entity.is_possible() && desk.knows(id));
    after.entity = entity.or(after.entity);
    Ok(after)
}
