//! Two schemes as one, and what of an annotation a scheme does not know.

use std::rc::Rc;

use crate::model::*;

/// The union of two schemes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    pub scheme: Scheme,
    /// Where both have something of one id and say different things of it; the first scheme's is kept.
    pub differing: Vec<Differing>,
}

/// Something that two schemes describe differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// The type, and the attribute, option or role of it: names.
    pub place: Vec<Rc<str>>,
    /// What differs, in words.
    pub what: Vec<&'static str>,
}

/// The types, attributes, options and roles of both, by id; what a role takes is joined, too.
///
/// Of what both have the first scheme's is kept. A key that is taken is given up by what comes from the second. The new parts
/// stand behind the others, in the second scheme's order.
pub fn joined_schemes(first: &Scheme, second: &Scheme) -> Joined {
    let mut joined = Joined { scheme: first.clone(), differing: Vec::new() };
    if first.name != second.name {
        joined.differing.push(Differing { place: Vec::new(), what: vec!["name"] });
    }
    for other in &second.types {
        match joined.scheme.types.iter_mut().find(|of| of.id == other.id) {
            Some(of) => join_type(of, other, &mut joined.differing),
            None => {
                let is_free = |key: &char| joined.scheme.types.iter().all(|of| of.key != Some(*key));
                let key = other.key.filter(is_free);
                joined.scheme.types.push(AnnotationType { key, ..other.clone() });
            }
        }
    }
    joined
}

fn join_type(of: &mut AnnotationType, other: &AnnotationType, differing: &mut Vec<Differing>) {
    let mut differ = |place: Vec<Rc<str>>, facts: &[(&'static str, bool)]| {
        let what: Vec<&'static str> = facts.iter().filter(|(_, same)| !same).map(|(what, _)| *what).collect();
        if !what.is_empty() {
            differing.push(Differing { place, what });
        }
    };
    let looks = of.color == other.color && of.line == other.line && of.fill == other.fill;
    let facts = [
        ("name", of.name == other.name),
        ("look", looks),
        ("key", of.key == other.key),
        ("description", of.description == other.description),
        ("what it stands for", of.means == other.means),
        ("ties to entities", of.entity == other.entity),
    ];
    differ(vec![of.name.clone()], &facts);
    for theirs in &other.attributes {
        let Some(attribute) = of.attributes.iter_mut().find(|attribute| attribute.id == theirs.id) else {
            of.attributes.push(theirs.clone());
            continue;
        };
        let place = vec![of.name.clone(), attribute.name.clone()];
        let of_one_kind = std::mem::discriminant(&attribute.kind) == std::mem::discriminant(&theirs.kind);
        let facts = [
            ("name", attribute.name == theirs.name),
            ("kind", of_one_kind),
            ("whether it is required", attribute.required == theirs.required),
            ("description", attribute.description == theirs.description),
        ];
        differ(place.clone(), &facts);
        let (AttributeKind::Choice(options), AttributeKind::Choice(others)) = (&mut attribute.kind, &theirs.kind) else { continue };
        for other in others {
            let Some(option) = options.iter().find(|option| option.id == other.id) else {
                let is_free = |key: &char| options.iter().all(|option| option.key != Some(*key));
                let key = other.key.filter(is_free);
                options.push(AttributeOption { key, ..other.clone() });
                continue;
            };
            let facts = [
                ("name", option.name == other.name),
                ("key", option.key == other.key),
                ("look", option.color == other.color && option.mark == other.mark),
                ("description", option.description == other.description),
            ];
            differ([place.clone(), vec![option.name.clone()]].concat(), &facts);
        }
    }
    for theirs in &other.roles {
        let Some(role) = of.roles.iter_mut().find(|role| role.id == theirs.id) else {
            of.roles.push(theirs.clone());
            continue;
        };
        let facts = [
            ("name", role.name == theirs.name),
            ("how many it takes", role.min == theirs.min && role.max == theirs.max),
            ("whether it takes entities", role.entities == theirs.entities),
            ("what it stands for", role.means == theirs.means),
            ("description", role.description == theirs.description),
        ];
        differ(vec![of.name.clone(), role.name.clone()], &facts);
        let more = theirs.accepts.iter().filter(|accepted| !role.accepts.contains(accepted)).cloned().collect::<Vec<_>>();
        role.accepts.extend(more);
    }
}

/// Whether a scheme has the type of an annotation, its attributes, the options that it chose, and its roles.
pub fn knows(scheme: &Scheme, annotation: &Annotation) -> bool {
    let Some(of) = scheme.type_of(&annotation.type_id) else { return false };
    let knows_value = |id: &AttributeId, value: &AttributeValue| match (of.attribute(id).map(|attribute| &attribute.kind), value) {
        (None, _) => false,
        (Some(AttributeKind::Choice(options)), AttributeValue::Text(option)) => options.iter().any(|known| known.id.as_str() == &**option),
        (Some(_), _) => true,
    };
    annotation.attributes.iter().all(|(id, value)| knows_value(id, value)) && annotation.roles.keys().all(|role| of.role(role).is_some())
}
