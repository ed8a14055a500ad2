//! What the string features of an annotation say.

use std::rc::Rc;

use super::entities;
use super::layers::{ANNOTATOR, ENTITY, ENTITY_ROLES, IDENTIFIER, NOTE};
use crate::format::exchange::{End, ForeignLink, ForeignSpan, Spot};

/// Takes the features of a span in any order; what has no meaning of its own is an attribute.
#[derive(Default)]
pub struct Strings {
    entity: Option<Rc<str>>,
    identifier: Option<Rc<str>>,
    is_named: bool,
}

impl Strings {
    /// A type called `Span` says by a feature what a span is; all others by their name.
    pub fn add(&mut self, name: &str, value: Rc<str>, span: &mut ForeignSpan, links: &mut Vec<ForeignLink>) {
        let is_generic = self.is_named || &*span.label == "Span";
        match name {
            NOTE => span.note = value,
            ANNOTATOR if !value.is_empty() => span.annotator = Some(value),
            ENTITY => self.entity = Some(value),
            IDENTIFIER if !value.is_empty() => self.identifier = Some(value),
            "label" | "value" if is_generic && !self.is_named && !value.is_empty() => {
                span.label = value;
                self.is_named = true;
            }
            ENTITY_ROLES => match entities::fillers(&value) {
                Some(fillers) => links.extend(fillers.into_iter().map(|(label, entity)| ForeignLink {
                    spot: span.spot.clone(),
                    label,
                    from: span.id.clone(),
                    to: End::Entity(entity),
                })),
                None => span.attributes.push((name.into(), value)),
            },
            _ => span.attributes.push((name.into(), value)),
        }
    }

    /// An entity is one that has an identifier; without it, it is an attribute like others.
    pub fn finish(self, span: &mut ForeignSpan) {
        match (self.identifier, self.entity) {
            (Some(identifier), name) => span.entity = Some(entities::entity(&identifier, name.as_deref())),
            (None, Some(name)) => span.attributes.push((ENTITY.into(), name)),
            (None, None) => {}
        }
    }
}

/// That one span fills a role of another.
pub fn link(spot: &Spot, label: Rc<str>, from: &Rc<str>, to: &Rc<str>) -> ForeignLink {
    ForeignLink { spot: spot.clone(), label, from: from.clone(), to: End::Span(to.clone()) }
}
