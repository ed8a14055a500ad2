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

/// Whether it is one of Wikidata's ids: `Q` and a number that doesn't begin with 0.
pub fn is_wikidata_id(item: &str) -> bool {
    item.strip_prefix('Q').is_some_and(|digits| {
        (1..=18).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    #[default]
    Person,
    Group,
    Place,
    Other,
}
