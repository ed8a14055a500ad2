use crate::edit::ArticleLayers;
use crate::model::{Anchor, Annotation, AttributeId, Filler, RoleId, Scheme, Tie};

/// Something that an annotation still lacks; derived from the scheme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Its words are not in the text.
    Orphan,
    /// Fewer fillers than the role asks for.
    Role(RoleId),
    /// A required attribute without a value.
    Attribute(AttributeId),
    /// It stands for nobody, and annotations of its type must.
    Entity,
    /// The role names an annotation that is not there.
    MissingFiller(RoleId),
    /// Two copies changed it, and nobody has chosen.
    Conflict,
    /// It shares words with another of its type and annotator that begins before it; neither lies inside the other.
    Crossing,
}

/// What `annotation` lacks by itself, roles first, in the scheme's order; what it shares with others, the outline knows.
///
/// A filler that is missing does not count as filling its role.
pub fn gaps(scheme: &Scheme, layers: &ArticleLayers, annotation: &Annotation) -> Vec<Gap> {
    let mut gaps = Vec::new();
    if matches!(annotation.anchor, Anchor::Orphan(_)) {
        gaps.push(Gap::Orphan);
    }
    if let Some(of) = scheme.type_of(&annotation.type_id) {
        for role in &of.roles {
            let fillers = annotation.fillers(&role.id);
            let there = fillers.iter().filter(|filler| is_filled(layers, annotation, filler)).count();
            if there < fillers.len() {
                gaps.push(Gap::MissingFiller(role.id.clone()));
            }
            if there < role.min as usize {
                gaps.push(Gap::Role(role.id.clone()));
            }
        }
        let unset = of.attributes.iter().filter(|attribute| attribute.required && !annotation.attributes.contains_key(&attribute.id));
        if of.entity == Tie::Must && annotation.entity.is_none() {
            gaps.push(Gap::Entity);
        }
        gaps.extend(unset.map(|attribute| Gap::Attribute(attribute.id.clone())));
    }
    if layers.record(&annotation.id, &annotation.annotator).is_some_and(|record| !record.conflicts.is_empty()) {
        gaps.push(Gap::Conflict);
    }
    gaps
}

/// Whether what `filler` names is there.
pub fn is_filled(layers: &ArticleLayers, annotation: &Annotation, filler: &Filler) -> bool {
    match filler {
        Filler::Annotation(id) => layers.annotation(id, &annotation.annotator).is_some(),
        // An entity may arrive later from another copy; its id already says who is meant.
        Filler::Entity(_) => true,
    }
}
