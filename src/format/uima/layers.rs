//! What a scheme is called in UIMA: a type a layer, with a feature for each attribute.
//!
//! Each type of the scheme is a UIMA type of its own under `webanno.custom.`, which is where INCEpTION puts the layers that are made
//! in its settings: a layer called “Claim” there is `webanno.custom.Claim` here. One type for all with a label as a feature would
//! be one layer in one colour, with every attribute of every type on it; dkpro-cassis takes both alike (`cas.select(…)`).
//!
//! Roles are one slot feature, `roles`: an array of links that have a `role` and a `target`. It is the one way in which INCEpTION's
//! layers name other annotations, and keeps the order in which roles were filled.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{AttributeId, Scheme, TypeId};

/// Where INCEpTION has its custom layers.
pub const NAMESPACE: &str = "webanno.custom.";

pub const NOTE: &str = "note";
/// The name of whom an annotation stands for.
pub const ENTITY: &str = "entity";
/// Its item in Wikidata as an address, as INCEpTION's concept features have it, or its id in the project.
pub const IDENTIFIER: &str = "identifier";
/// Roles that are filled by an entity and no words, one a line.
pub const ENTITY_ROLES: &str = "entityRoles";
pub const ANNOTATOR: &str = "annotator";
pub const ROLES: &str = "roles";
/// Of a link.
pub const ROLE: &str = "role";
/// Of a link.
pub const TARGET: &str = "target";

/// Names that attributes can't have: they mean something here, in UIMA, or in Python.
const RESERVED: [&str; 12] = ["begin", "end", "sofa", "self", "type", "xmiID", NOTE, ENTITY, IDENTIFIER, ENTITY_ROLES, ANNOTATOR, ROLES];

/// The layers of a scheme, by type.
pub struct Layers(BTreeMap<TypeId, Layer>);

pub struct Layer {
    /// The full name of the UIMA type.
    pub name: String,
    /// The type's name in the scheme.
    pub title: String,
    /// In the scheme's order.
    pub attributes: Vec<(AttributeId, String)>,
}

impl Layers {
    pub fn of(scheme: &Scheme) -> Self {
        let mut taken = BTreeSet::new();
        let layers = scheme.types.iter().map(|of| {
            let mut features: BTreeSet<String> = RESERVED.map(str::to_lowercase).into();
            let attributes = of.attributes.iter();
            let attributes = attributes.map(|of| (of.id.clone(), free(camel(of.id.as_str(), Start::Lower), &mut features)));
            let layer = Layer {
                name: format!("{NAMESPACE}{}", free(camel(of.id.as_str(), Start::Upper), &mut taken)),
                title: of.name.to_string(),
                attributes: attributes.collect(),
            };
            (of.id.clone(), layer)
        });
        Self(layers.collect())
    }

    pub fn get(&self, id: &TypeId) -> Option<&Layer> {
        self.0.get(id)
    }

    /// In the order of the types' ids.
    pub fn iter(&self) -> impl Iterator<Item = (&TypeId, &Layer)> {
        self.0.iter()
    }
}

impl Layer {
    /// The type of the links in its roles, as INCEpTION calls it: layer, feature and `Link`.
    pub fn link_name(&self) -> String {
        format!("{}RolesLink", self.name)
    }

    /// The features whose values are strings: all but the roles.
    pub fn strings(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(_, name)| name.as_str()).chain([NOTE, ENTITY, IDENTIFIER, ENTITY_ROLES, ANNOTATOR])
    }

    pub fn attribute(&self, id: &AttributeId) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == id).map(|(_, name)| name.as_str())
    }
}

/// The last part of a type's name: what INCEpTION shows.
pub fn short_name(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Upper,
    Lower,
}

/// `my-type` as `MyType` or `myType`: letters and digits alone, a letter first. An underscore parts fields in headers of WebAnno.
fn camel(id: &str, start: Start) -> String {
    let mut name = String::new();
    let mut is_upper = start == Start::Upper;
    for letter in id.chars() {
        if !letter.is_ascii_alphanumeric() {
            is_upper = !name.is_empty() || start == Start::Upper;
            continue;
        }
        if name.is_empty() && letter.is_ascii_digit() {
            name.push(if start == Start::Upper { 'X' } else { 'x' });
        }
        name.push(if is_upper { letter.to_ascii_uppercase() } else { letter });
        is_upper = false;
    }
    if name.is_empty() { "X".into() } else { name }
}

/// The name, with as many underscores behind it as make it unlike all others; case does not part them, nor does it in file systems.
fn free(mut name: String, taken: &mut BTreeSet<String>) -> String {
    while !taken.insert(name.to_lowercase()) {
        name.push('_');
    }
    name
}
