//! What becomes of a foreign file's labels, and what the scheme gets by it.

use std::borrow::Borrow;
use std::rc::Rc;

use super::{Choosing, desk_intent};
use crate::format::exchange::{As, Labels, Mapping, Wish};
use crate::model::*;

/// What the scheme gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeChange {
    Type(Rc<str>),
    /// A part of a type that is there: its name, and what is new in it.
    Part(Rc<str>, Rc<str>),
}

/// New types have keys of letters in their names, or any others, that neither a type nor the desk has.
pub(super) fn give_keys(scheme: &mut Scheme, before: &Scheme) {
    let is_new = |of: &AnnotationType| before.type_of(&of.id).is_none();
    scheme.types.iter_mut().filter(|of| is_new(of)).for_each(|of| of.key = None);
    for n in 0..scheme.types.len() {
        if is_new(&scheme.types[n]) {
            let name = scheme.types[n].name.clone();
            let letters = name.chars().flat_map(char::to_lowercase).filter(char::is_ascii_lowercase).chain('a'..='z');
            let mut free = letters.filter(|key| scheme.types.iter().all(|of| of.key != Some(*key)) && desk_intent(*key).is_none());
            scheme.types[n].key = free.next();
        }
    }
}

pub(super) fn scheme_changes(before: &Scheme, after: &Scheme) -> Vec<SchemeChange> {
    let mut changes = Vec::new();
    for of in &after.types {
        let Some(old) = before.type_of(&of.id) else {
            changes.push(SchemeChange::Type(of.name.clone()));
            continue;
        };
        let mut part = |what: String| changes.push(SchemeChange::Part(of.name.clone(), what.into()));
        for attribute in &of.attributes {
            match old.attribute(&attribute.id) {
                None => part(format!("the attribute “{}”", attribute.name)),
                Some(known) if known.options().len() < attribute.options().len() => {
                    let new: Vec<&str> = attribute.options()[known.options().len()..].iter().map(|option| &*option.name).collect();
                    part(format!("“{}” for “{}”", new.join("”, “"), attribute.name));
                }
                Some(_) => {}
            }
        }
        for role in &of.roles {
            match old.role(&role.id) {
                None => part(format!("the role “{}”", role.name)),
                Some(known) if known != role => part(format!("more that may fill “{}”", role.name)),
                Some(_) => {}
            }
        }
        if old.entity != of.entity {
            part("ties to entities".to_owned());
        }
    }
    changes
}

/// A line of the table: what a label, attribute, value or link of the files becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub of: Mapped,
    pub name: Rc<str>,
    pub count: usize,
    /// What may be chosen: ids with names.
    pub choices: Vec<(Rc<str>, Rc<str>)>,
    /// The id of what was chosen or is proposed, of those that were there before.
    pub becomes: Option<Rc<str>>,
    /// The name of what is made for it, where something is.
    pub made: Option<Rc<str>>,
}

/// What a row is about, by the files' own words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mapped {
    Type(Rc<str>),
    Attribute(Rc<str>, Rc<str>),
    Value(Rc<str>, Rc<str>, Rc<str>),
    Role(Rc<str>, Rc<str>),
}

impl Choosing {
    /// The same with another wish for a row: an id, `new` for something of its own, or nothing.
    pub fn with(&self, of: &Mapped, wish: &Wish<Rc<str>>) -> Self {
        fn read<Id>(wish: &Wish<Rc<str>>, parse: impl Fn(&str) -> Option<Id>) -> Option<Wish<Id>> {
            match wish {
                Wish::This(id) => parse(id).map(Wish::This),
                Wish::New => Some(Wish::New),
                Wish::Nothing => Some(Wish::Nothing),
            }
        }
        let mut next = self.clone();
        let wishes = &mut next.wishes;
        match of.clone() {
            Mapped::Type(label) => wishes.types.extend(read(wish, TypeId::new).map(|wish| (label, wish))),
            Mapped::Attribute(label, name) => wishes.attributes.extend(read(wish, AttributeId::new).map(|wish| ((label, name), wish))),
            Mapped::Value(label, name, value) => {
                wishes.values.extend(read(wish, OptionId::new).map(|wish| ((label, name, value), wish)));
            }
            Mapped::Role(label, link) => wishes.roles.extend(read(wish, RoleId::new).map(|wish| ((label, link), wish))),
        }
        next
    }
}

/// Values that are listed of one attribute.
const MOST_VALUES: usize = 50;

/// The table: each label, behind it its attributes with their values and its roles. What belongs to a label that is left out is not there.
pub fn rows(labels: &Labels, mapping: &Mapping, before: &Scheme) -> Vec<Row> {
    let mut rows = Vec::new();
    let types: Vec<(Rc<str>, Rc<str>)> = before.types.iter().map(|of| (of.id.as_str().into(), of.name.clone())).collect();
    for (label, count) in &labels.spans {
        let becomes = mapping.types.get(label);
        rows.push(row(Mapped::Type(label.clone()), label, *count, types.clone(), becomes.map(id_of), |id| {
            mapping.scheme.types.iter().find(|of| of.id.as_str() == id).map(|of| of.name.clone())
        }));
        let Some(of) = mapping.type_of(label).and_then(|id| mapping.scheme.type_of(id)) else { continue };
        let old = before.type_of(&of.id);
        let attributes: Vec<(Rc<str>, Rc<str>)> =
            old.iter().flat_map(|old| &old.attributes).map(|attribute| (attribute.id.as_str().into(), attribute.name.clone())).collect();
        for ((_, name), values) in labels.attributes.iter().filter(|((of, _), _)| of == label) {
            let becomes = mapping.attributes.get(&(label.clone(), name.clone()));
            let count = values.values().sum();
            rows.push(row(Mapped::Attribute(label.clone(), name.clone()), name, count, attributes.clone(), becomes.map(id_of), |id| {
                of.attributes.iter().find(|attribute| attribute.id.as_str() == id).map(|attribute| attribute.name.clone())
            }));
            let Some(As::This(id)) = becomes else { continue };
            let options: Vec<(Rc<str>, Rc<str>)> = old
                .and_then(|old| old.attribute(id))
                .into_iter()
                .flat_map(|attribute| attribute.options())
                .map(|option| (option.id.as_str().into(), option.name.clone()))
                .collect();
            let now = of.attribute(id).map(Attribute::options).unwrap_or_default();
            for (value, count) in values.iter().take(MOST_VALUES) {
                let key = (label.clone(), name.clone(), value.clone());
                let Some(becomes) = mapping.values.get(&key) else { continue };
                let shown = if value.is_empty() { "yes".into() } else { value.clone() };
                let of = Mapped::Value(key.0, key.1, key.2);
                rows.push(row(of, &shown, *count, options.clone(), Some(id_of(becomes)), |id| {
                    now.iter().find(|option| option.id.as_str() == id).map(|option| option.name.clone())
                }));
            }
        }
        let roles: Vec<(Rc<str>, Rc<str>)> =
            old.iter().flat_map(|old| &old.roles).map(|role| (role.id.as_str().into(), role.name.clone())).collect();
        for ((_, link), fillers) in labels.links.iter().filter(|((of, _), _)| of == label) {
            let becomes = mapping.roles.get(&(label.clone(), link.clone()));
            let count = fillers.values().sum();
            rows.push(row(Mapped::Role(label.clone(), link.clone()), link, count, roles.clone(), becomes.map(id_of), |id| {
                of.roles.iter().find(|role| role.id.as_str() == id).map(|role| role.name.clone())
            }));
        }
    }
    rows
}

fn id_of<Id: Borrow<str>>(becomes: &As<Id>) -> Option<Rc<str>> {
    match becomes {
        As::This(id) => Some(id.borrow().into()),
        As::Nothing => None,
    }
}

/// `becomes` is the id of what it becomes, which was there before if it is among the choices.
fn row(
    of: Mapped,
    name: &Rc<str>,
    count: usize,
    choices: Vec<(Rc<str>, Rc<str>)>,
    becomes: Option<Option<Rc<str>>>,
    named: impl Fn(&str) -> Option<Rc<str>>,
) -> Row {
    let becomes = becomes.flatten();
    let was_there = becomes.as_ref().is_some_and(|id| choices.iter().any(|(choice, _)| choice == id));
    let made = becomes.as_ref().filter(|_| !was_there).and_then(|id| named(id));
    Row { of, name: name.clone(), count, choices, becomes: becomes.filter(|_| was_there), made }
}
