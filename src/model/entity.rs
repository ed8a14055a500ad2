use std::rc::Rc;

use super::EntityId;

/// A person, group or place behind many mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    pub id: EntityId,
    pub name: Rc<str>,
    pub kind: EntityKind,
    pub aliases: Vec<Rc<str>>,
    pub description: Rc<str>,
    /// Wikidata's id, `Q` and digits.
    pub wikidata: Option<Rc<str>>,
    /// The entity that this one was merged into.
    pub into: Option<EntityId>,
}

impl Entity {
    pub fn named(id: EntityId, name: &str) -> Self {
        Self { id, name: name.into(), kind: EntityKind::Person, aliases: Vec::new(), description: "".into(), wikidata: None, into: None }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    #[default]
    Person,
    Group,
    Place,
    Other,
}
