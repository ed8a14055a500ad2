//! The commands that follow links: filling roles, and keeping them whole when what they name changes or goes.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::plan::{Desk, change, removed};
use super::{Edit, Refusal, Transaction};
use crate::model::*;
use crate::order::Gather;

/// `annotation` with `filler` in `role`.
pub(super) fn filled(desk: &Desk<'_>, annotation: &Annotation, role: &RoleId, filler: &Filler) -> Result<Annotation, Refusal> {
    match filler {
        Filler::Annotation(id) => {
            let own = desk.own(id)?;
            filled_by(desk, annotation, role, &own)
        }
        Filler::Entity(id) => {
            let role = role_of(desk, annotation, role)?;
            if !role.entities {
                return Err(Refusal::NotAccepted { role: role.name.to_lowercase(), filler: "entity".to_owned() });
            }
            if !desk.knows(id) {
                return Err(Refusal::UnknownEntity);
            }
            with_filler(annotation, role, filler.clone())
        }
    }
}

/// `annotation` with `filler`, which need not be in the store yet, in `role`.
pub(super) fn filled_by(desk: &Desk<'_>, annotation: &Annotation, role: &RoleId, filler: &Annotation) -> Result<Annotation, Refusal> {
    let role = role_of(desk, annotation, role)?;
    if filler.id == annotation.id {
        return Err(Refusal::SelfReference);
    }
    if !role.accepts.contains(&filler.type_id) {
        return Err(Refusal::NotAccepted { role: role.name.to_lowercase(), filler: desk.type_name(&filler.type_id) });
    }
    with_filler(annotation, role, Filler::Annotation(filler.id.clone()))
}

fn role_of<'a>(desk: &'a Desk<'_>, annotation: &Annotation, role: &RoleId) -> Result<&'a Role, Refusal> {
    let of = desk.type_of(&annotation.type_id)?;
    of.role(role).ok_or_else(|| Refusal::UnknownPart { of: of.name.to_lowercase(), name: role.to_string() })
}

fn with_filler(annotation: &Annotation, role: &Role, filler: Filler) -> Result<Annotation, Refusal> {
    let mut annotation = annotation.clone();
    let fillers = annotation.roles.entry(role.id.clone()).or_default();
    if fillers.contains(&filler) {
        return Err(Refusal::NothingToDo);
    }
    match role.max {
        Some(1) => *fillers = vec![filler],
        Some(max) if fillers.len() >= max as usize => return Err(Refusal::RoleFull { role: role.name.to_lowercase(), max }),
        _ => fillers.push(filler),
    }
    Ok(annotation)
}

/// Deletes `annotation` and takes it out of the roles that name it.
pub(super) fn deleted(desk: &Desk<'_>, annotation: &Rc<Annotation>) -> Vec<Edit> {
    let mut edits = released(desk, annotation, |_, _| true);
    edits.push(removed(annotation));
    edits
}

/// Takes `annotation` out of the roles, of other annotations, that `release` picks.
fn released(desk: &Desk<'_>, annotation: &Annotation, release: impl Fn(&Annotation, &RoleId) -> bool) -> Vec<Edit> {
    let Some(layers) = desk.store.layers(&annotation.article) else { return Vec::new() };
    let filler = Filler::Annotation(annotation.id.clone());
    let mut changed: BTreeMap<AnnotationId, (Rc<Annotation>, Annotation)> = BTreeMap::new();
    for referrer in layers.referrers(&annotation.id, &annotation.annotator) {
        let Some(before) = layers.annotation(&referrer.annotation, &annotation.annotator) else { continue };
        if before.id != annotation.id && release(before, &referrer.role) {
            let entry = changed.entry(before.id.clone()).or_insert_with(|| (before.clone(), (**before).clone()));
            entry.1 = entry.1.without_filler(&referrer.role, &filler);
        }
    }
    changed.into_values().filter_map(|(before, after)| change(&before, after)).collect()
}

/// Whether `value` is of the attribute's kind; a choice takes its own options.
pub(super) fn takes(attribute: &Attribute, value: &AttributeValue) -> bool {
    match (&attribute.kind, value) {
        (AttributeKind::Choice(options), AttributeValue::Text(chosen)) => options.iter().any(|option| option.id.as_str() == &**chosen),
        (AttributeKind::Text, AttributeValue::Text(_)) | (AttributeKind::Number, AttributeValue::Number(_)) => true,
        _ => false,
    }
}

/// `kept`, without the annotations in its roles that are not there any more and that `shown` does not name there.
pub(super) fn reconnected(desk: &Desk<'_>, kept: &Annotation, shown: &Annotation) -> Annotation {
    let mut kept = kept.clone();
    for (role, fillers) in &mut kept.roles {
        fillers.retain(|filler| match filler {
            Filler::Annotation(id) => shown.fillers(role).contains(filler) || *id != shown.id && desk.own(id).is_ok(),
            Filler::Entity(_) => true,
        });
    }
    kept.roles.retain(|_, fillers| !fillers.is_empty());
    kept
}

/// Those of `fillers` that `role` of `annotation` takes, as far as it has room: annotations of its article, and entities.
pub(super) fn accepted(desk: &Desk<'_>, annotation: &Annotation, role: &Role, fillers: &[Filler]) -> Vec<Filler> {
    let own = |id: &AnnotationId| desk.store.annotation(&annotation.article, &annotation.annotator, id);
    let takes = |filler: &&Filler| match filler {
        Filler::Annotation(id) => own(id).is_some_and(|filler| role.accepts.contains(&filler.type_id)),
        // One that is not here yet may come with another copy.
        Filler::Entity(_) => role.entities,
    };
    fillers.iter().filter(takes).take(role.max.map_or(usize::MAX, |max| max as usize)).cloned().collect()
}

/// Gives `annotation` another type: what the new type has too is kept, and roles elsewhere that don't take the new type
/// let go of it.
pub(super) fn retyped(desk: &Desk<'_>, annotation: &Rc<Annotation>, type_id: &TypeId) -> Result<Vec<Edit>, Refusal> {
    let of = desk.type_of(type_id)?;
    if annotation.type_id == *type_id {
        return Err(Refusal::NothingToDo);
    }
    let mut after = (**annotation).clone();
    after.type_id = type_id.clone();
    after.attributes.retain(|attribute, value| of.attribute(attribute).is_some_and(|attribute| takes(attribute, value)));
    if !of.entity.is_possible() {
        after.entity = None;
    }
    let mut roles = BTreeMap::new();
    for (role, fillers) in std::mem::take(&mut after.roles) {
        let Some(role) = of.role(&role) else { continue };
        let fillers = accepted(desk, &after, role, &fillers);
        if !fillers.is_empty() {
            roles.insert(role.id.clone(), fillers);
        }
    }
    after.roles = roles;
    let mut edits = released(desk, annotation, |holder, role| {
        !desk.type_of(&holder.type_id).ok().and_then(|of| of.role(role)).is_some_and(|role| role.accepts.contains(type_id))
    });
    edits.extend(change(annotation, after));
    Ok(edits)
}

/// Copies an annotation of another annotator, with everything that its roles lead to, into the own layer. What one has
/// tagged alike already (same type and span) is used, not copied.
pub(super) fn copied(desk: &Desk<'_>, id: &AnnotationId, from: &AnnotatorId) -> Result<Transaction, Refusal> {
    let article = desk.article()?.id.clone();
    let annotator = &desk.context.annotator;
    if from == annotator {
        return Err(Refusal::NothingToDo);
    }
    let mut found: Vec<Rc<Annotation>> = Vec::new();
    let mut open = vec![id.clone()];
    while let Some(id) = open.pop() {
        let Some(annotation) = desk.store.annotation(&article, from, &id) else { continue };
        if found.iter().any(|other| other.id == id) {
            continue;
        }
        found.push(annotation.clone());
        open.extend(annotation.filler_annotations().map(|(_, id)| id.clone()));
    }
    if found.is_empty() {
        return Err(Refusal::UnknownAnnotation);
    }
    let twin = |annotation: &Annotation| desk.store.layers(&article)?.twin(annotator, &annotation.type_id, &annotation.anchor);
    let twins: BTreeMap<AnnotationId, AnnotationId> =
        found.iter().filter_map(|annotation| Some((annotation.id.clone(), twin(annotation)?.id.clone()))).gather();
    if let Some(own) = twins.get(id).filter(|_| twins.len() == found.len()) {
        return Err(Refusal::AlreadyTagged(own.clone()));
    }
    let name = |annotation: &Rc<Annotation>, n: u32| {
        (annotation.id.clone(), twins.get(&annotation.id).cloned().unwrap_or_else(|| desk.fresh_id(n)))
    };
    let names: BTreeMap<AnnotationId, AnnotationId> = found.iter().zip(0..).map(|(annotation, n)| name(annotation, n)).gather();
    let mut edits: Vec<Edit> = found
        .iter()
        .filter(|annotation| !twins.contains_key(&annotation.id))
        .map(|annotation| Edit::add(copy(desk, annotation, &names)))
        .collect();
    edits.extend(desk.begun(&article));
    desk.transaction("copy to my work", edits)
}

/// A copy in the own layer. Its roles name what `names` gives for theirs; what was missing, named itself or comes to the
/// same annotation twice is left out.
fn copy(desk: &Desk<'_>, annotation: &Annotation, names: &BTreeMap<AnnotationId, AnnotationId>) -> Annotation {
    let mut copy = annotation.clone();
    copy.id = names[&annotation.id].clone();
    copy.annotator = desk.context.annotator.clone();
    copy.origin = Origin { kind: OriginKind::Transferred, ..Origin::manual() };
    for fillers in copy.roles.values_mut() {
        let mut renamed: Vec<Filler> = Vec::with_capacity(fillers.len());
        for filler in fillers.drain(..) {
            let filler = match filler {
                Filler::Annotation(id) => names.get(&id).filter(|name| **name != copy.id).cloned().map(Filler::Annotation),
                entity => Some(entity),
            };
            renamed.extend(filler.filter(|filler| !renamed.contains(filler)));
        }
        *fillers = renamed;
    }
    copy.roles.retain(|_, fillers| !fillers.is_empty());
    copy
}
