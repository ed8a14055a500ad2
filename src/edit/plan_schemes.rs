//! The command that changes the scheme, and what becomes of the annotations of types that are gone.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::plan::{Desk, change, removed};
use super::plan_roles::takes;
use super::{ArticleLayers, Edit, Refusal, Transaction};
use crate::model::*;

/// What becomes of the annotations of a type that the new scheme lacks: everybody's, as a scheme is everybody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They stay as they are, of a type that the scheme does not know.
    Keep,
    /// They get this type, and keep what it has too: attributes, roles, the entity.
    Convert(TypeId),
    Delete,
}

/// The new scheme. Annotations of types that stay keep all they have: ids are what counts, and a name can change.
///
/// Of articles that are not in the store, nothing is known: whoever converts or deletes brings them in first.
pub(super) fn set(desk: &Desk<'_>, scheme: &Rc<Scheme>, fates: &[(TypeId, Fate)]) -> Result<Transaction, Refusal> {
    check(scheme)?;
    for (_, fate) in fates {
        if let Fate::Convert(into) = fate
            && scheme.type_of(into).is_none()
        {
            return Err(Refusal::UnknownType(into.clone()));
        }
    }
    let fates = Fates { scheme, fates };
    let mut edits: Vec<Edit> = desk.written(Content::Scheme(scheme.clone())).into_iter().collect();
    let mut removals = Vec::new();
    for article in desk.store.article_ids() {
        let Some(layers) = desk.store.layers(article) else { continue };
        if layers.ordered().iter().all(|annotation| *fates.of(&annotation.type_id) == Fate::Keep) {
            continue;
        }
        for annotation in layers.ordered() {
            match fates.of(&annotation.type_id) {
                Fate::Delete => removals.push(removed(annotation)),
                _ => edits.extend(change(annotation, fates.applied(layers, annotation))),
            }
        }
    }
    // Last, so that taking it back brings what is named before what names it.
    edits.extend(removals);
    desk.transaction("change the scheme", edits)
}

struct Fates<'a> {
    scheme: &'a Scheme,
    fates: &'a [(TypeId, Fate)],
}

impl Fates<'_> {
    fn of(&self, type_id: &TypeId) -> &Fate {
        let fate = self.fates.iter().find(|(of, _)| of == type_id).filter(|_| self.scheme.type_of(type_id).is_none());
        fate.map_or(&Fate::Keep, |(_, fate)| fate)
    }

    /// An annotation that stays: its roles let go of what is deleted, and of what they do not take in its new type.
    fn applied(&self, layers: &ArticleLayers, annotation: &Annotation) -> Annotation {
        let mut after = annotation.clone();
        let converted = match self.of(&annotation.type_id) {
            Fate::Convert(into) => self.scheme.type_of(into),
            _ => None,
        };
        if let Some(of) = converted {
            after.type_id = of.id.clone();
            after.attributes.retain(|attribute, value| of.attribute(attribute).is_some_and(|attribute| takes(attribute, value)));
            after.entity = after.entity.filter(|_| of.entity.is_possible());
        }
        let of = self.scheme.type_of(&after.type_id);
        for (id, fillers) in std::mem::take(&mut after.roles) {
            let role = of.and_then(|of| of.role(&id));
            if converted.is_some() && role.is_none() {
                continue;
            }
            let takes = |type_id: &TypeId| role.is_none_or(|role| role.accepts.contains(type_id));
            let stays = |filler: &Filler| match filler {
                Filler::Entity(_) => converted.is_none() || role.is_some_and(|role| role.entities),
                // What is missing may come with another copy.
                Filler::Annotation(filler) => {
                    layers.annotation(filler, &annotation.annotator).is_none_or(|filler| match self.of(&filler.type_id) {
                        Fate::Delete => false,
                        Fate::Convert(into) => takes(into),
                        Fate::Keep => converted.is_none() || takes(&filler.type_id),
                    })
                }
            };
            let most = role.filter(|_| converted.is_some()).and_then(|role| role.max).map_or(usize::MAX, |max| max as usize);
            let kept: Vec<Filler> = fillers.into_iter().filter(stays).take(most).collect();
            if !kept.is_empty() {
                after.roles.insert(id, kept);
            }
        }
        after
    }
}

/// Whether people can work with a scheme: names are there, and no key has two meanings.
pub fn check(scheme: &Scheme) -> Result<(), Refusal> {
    let fault = |why: String| Err(Refusal::BadScheme(why));
    let (mut ids, mut keys) = (BTreeSet::new(), Vec::new());
    for of in &scheme.types {
        let name = of.name.trim();
        if name.is_empty() {
            return fault("every type needs a name".to_owned());
        }
        if !ids.insert(&of.id) {
            return fault(format!("two types have the id “{}”", of.id));
        }
        if let Some(key) = of.key {
            if key.is_ascii_digit() || key.is_whitespace() || key.is_control() {
                return fault(format!("a type’s key is a letter or a sign, and “{key}” is none"));
            }
            if let Some((_, other)) = keys.iter().find(|(other, _)| *other == key) {
                return fault(format!("“{key}” is the key of both “{other}” and “{name}”"));
            }
            keys.push((key, name));
        }
        let parts = of.attributes.iter().map(|attribute| ("attribute", &attribute.name));
        let options = of.attributes.iter().flat_map(|attribute| attribute.options()).map(|option| ("option", &option.name));
        let roles = of.roles.iter().map(|role| ("role", &role.name));
        if let Some((part, _)) = parts.chain(options).chain(roles).find(|(_, name)| name.trim().is_empty()) {
            return fault(format!("every {part} of “{name}” needs a name"));
        }
        if let Some(role) = of.roles.iter().find(|role| role.max.is_some_and(|max| max < role.min.max(1))) {
            return fault(format!("“{}” can’t hold fewer than it needs", role.name));
        }
    }
    Ok(())
}
