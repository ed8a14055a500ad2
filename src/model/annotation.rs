use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Number;

use super::{AnnotationId, AnnotatorId, ArticleId, AttributeId, EntityId, RoleId, Span, TypeId};

/// A span with a type, attributes, roles, perhaps an entity, a note, its annotator and its origin.
///
/// Its times and version are no part of it: they are stamped on by `apply` and live in `Versioned`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    pub id: AnnotationId,
    pub article: ArticleId,
    pub annotator: AnnotatorId,
    pub type_id: TypeId,
    pub anchor: Anchor,
    pub attributes: BTreeMap<AttributeId, AttributeValue>,
    /// In the order in which they were filled; no role has an empty list.
    pub roles: BTreeMap<RoleId, Vec<Filler>>,
    pub entity: Option<EntityId>,
    pub note: Rc<str>,
    pub origin: Origin,
}

impl Annotation {
    pub fn span(&self) -> Option<&Span> {
        match &self.anchor {
            Anchor::Placed(span) => Some(span),
            Anchor::Orphan(_) => None,
        }
    }

    pub fn fillers(&self, role: &RoleId) -> &[Filler] {
        self.roles.get(role).map_or(&[], Vec::as_slice)
    }

    /// Every annotation that a role names, with the role.
    pub fn filler_annotations(&self) -> impl Iterator<Item = (&RoleId, &AnnotationId)> {
        self.roles.iter().flat_map(|(role, fillers)| {
            fillers.iter().filter_map(move |filler| match filler {
                Filler::Annotation(id) => Some((role, id)),
                Filler::Entity(_) => None,
            })
        })
    }

    /// The same annotation with `filler` taken out of `role`; a role that becomes empty goes.
    pub fn without_filler(&self, role: &RoleId, filler: &Filler) -> Self {
        let mut annotation = self.clone();
        if let Some(fillers) = annotation.roles.get_mut(role) {
            fillers.retain(|other| other != filler);
            if fillers.is_empty() {
                annotation.roles.remove(role);
            }
        }
        annotation
    }
}

/// Where an annotation lies in its article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    Placed(Span),
    /// Its words were not found in the text: kept, listed and exported, never dropped.
    Orphan(Orphan),
}

/// What is known of an annotation that could not be placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    pub fragments: Vec<LostFragment>,
    /// Up to 32 code points that stood before the first fragment.
    pub prefix: Rc<str>,
    /// Up to 32 code points that stood after the last fragment.
    pub suffix: Rc<str>,
}

/// A fragment as its file gave it: the offsets (code points) mean nothing in the present text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostFragment {
    pub start: u32,
    pub end: u32,
    pub text: Rc<str>,
}

/// What an attribute is set to; a choice is the id of its option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    Text(Rc<str>),
    Number(Number),
}

/// What fills a role: another annotation of the same article and annotator, or an entity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filler {
    Annotation(AnnotationId),
    Entity(EntityId),
}

/// Where an annotation comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    pub kind: OriginKind,
    /// The format it was imported from.
    pub format: Option<Rc<str>>,
    /// The rule that suggested it.
    pub rule: Option<Rc<str>>,
    /// How sure the rule is, in per cent, 0 to 100.
    pub confidence: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OriginKind {
    Manual,
    Imported,
    Suggested,
    Propagated,
    Transferred,
}

impl Origin {
    pub fn manual() -> Self {
        Self { kind: OriginKind::Manual, format: None, rule: None, confidence: None }
    }
}
