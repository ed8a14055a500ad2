//! From the labels of a foreign file to a scheme: what each label, attribute, value and link becomes. Proposed by name,
//! changed by the person.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::foreign::Labels;
use crate::model::*;
use crate::order::InOrder;

/// A text attribute is made of values that are longer, or more, than anybody would choose from.
const LONGEST_OPTION: usize = 40;
const MOST_OPTIONS: usize = 24;

/// What becomes of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum As<Id> {
    /// Something that the scheme has, or gets.
    This(Id),
    /// It is left out, and counted.
    Nothing,
}

/// What a person wants to become of something, where that is not what is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish<Id> {
    This(Id),
    /// Something of its own, be there one of its name or not.
    New,
    Nothing,
}

/// A label, one of its attributes, and a value of that.
pub type ForeignValue = (Rc<str>, Rc<str>, Rc<str>);

/// By label; by label and attribute; by these and the value; by the label of the span that is filled and the link's own.
///
/// A wish for what is not there, since another wish took it away, is as none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    pub types: BTreeMap<Rc<str>, Wish<TypeId>>,
    pub attributes: BTreeMap<(Rc<str>, Rc<str>), Wish<AttributeId>>,
    pub values: BTreeMap<ForeignValue, Wish<OptionId>>,
    pub roles: BTreeMap<(Rc<str>, Rc<str>), Wish<RoleId>>,
}

/// What becomes of all of them, and the scheme in which they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    pub scheme: Scheme,
    pub types: BTreeMap<Rc<str>, As<TypeId>>,
    /// What a label says besides its type: `stance:against` is a stance whose polarity is against.
    pub presets: BTreeMap<Rc<str>, (AttributeId, OptionId)>,
    /// By label and attribute.
    pub attributes: BTreeMap<(Rc<str>, Rc<str>), As<AttributeId>>,
    /// By label, attribute and value, where the attribute is a choice.
    pub values: BTreeMap<ForeignValue, As<OptionId>>,
    /// By the label of the span that is filled and the link's own.
    pub roles: BTreeMap<(Rc<str>, Rc<str>), As<RoleId>>,
}

impl Mapping {
    /// What a person would choose, most of the time: what is called alike is the same, and everything else is new.
    pub fn proposed(labels: &Labels, known: Option<&Scheme>) -> Self {
        Self::wished(labels, known, &Wishes::default())
    }

    /// The same, but for what the person wishes.
    pub fn wished(labels: &Labels, known: Option<&Scheme>, wishes: &Wishes) -> Self {
        let scheme =
            known.cloned().unwrap_or_else(|| Scheme { id: fixed(SchemeId::new("imported")), name: "Imported".into(), types: Vec::new() });
        let mut mapping = Self {
            scheme,
            types: BTreeMap::new(),
            presets: BTreeMap::new(),
            attributes: BTreeMap::new(),
            values: BTreeMap::new(),
            roles: BTreeMap::new(),
        };
        for label in labels.spans.keys() {
            let becomes = match wishes.types.get(label) {
                Some(Wish::This(id)) if mapping.scheme.type_of(id).is_some() => As::This(id.clone()),
                Some(Wish::New) => As::This(mapping.new_type(label)),
                Some(Wish::Nothing) => As::Nothing,
                _ => As::This(mapping.proposed_type(label)),
            };
            mapping.types.insert(label.clone(), becomes);
        }
        for label in labels.with_entities.keys() {
            if let Some(of) = mapping.of_label(label).filter(|of| !of.entity.is_possible()) {
                of.entity = Tie::May;
            }
        }
        for ((label, name), values) in &labels.attributes {
            let id = mapping.attribute_for(label, name, values, wishes);
            mapping.attributes.insert((label.clone(), name.clone()), id.map_or(As::Nothing, As::This));
        }
        for ((label, link), fillers) in &labels.links {
            let id = mapping.role_for(label, link, fillers, wishes.roles.get(&(label.clone(), link.clone())));
            mapping.roles.insert((label.clone(), link.clone()), id.map_or(As::Nothing, As::This));
        }
        mapping
    }

    pub fn type_of(&self, label: &str) -> Option<&TypeId> {
        match self.types.get(label)? {
            As::This(id) => Some(id),
            As::Nothing => None,
        }
    }

    /// The same with those types alone that something becomes, and without what leads to others.
    pub fn pruned(mut self) -> Self {
        let used: BTreeSet<TypeId> = self
            .types
            .values()
            .filter_map(|becomes| match becomes {
                As::This(id) => Some(id.clone()),
                As::Nothing => None,
            })
            .collect();
        self.scheme.types.retain(|of| used.contains(&of.id));
        for role in self.scheme.types.iter_mut().flat_map(|of| &mut of.roles) {
            role.accepts.retain(|id| used.contains(id));
        }
        self
    }

    fn proposed_type(&mut self, label: &Rc<str>) -> TypeId {
        match self.preset(label) {
            Some((id, attribute, option)) => {
                self.presets.insert(label.clone(), (attribute, option));
                id
            }
            None => self.type_for(label),
        }
    }

    /// What `type:option` means, where no type is called so as a whole.
    fn preset(&self, label: &str) -> Option<(TypeId, AttributeId, OptionId)> {
        let known = |label: &str| self.scheme.types.iter().find(|of| is_alike(label, of.id.as_str(), &of.name));
        let (name, value) = label.rsplit_once(':').filter(|_| known(label).is_none())?;
        let of = known(name)?;
        let meant = |attribute: &Attribute| Some((of.id.clone(), attribute.id.clone(), option_for(attribute.options(), value)?));
        of.attributes.iter().find_map(meant)
    }

    fn of_label(&mut self, label: &str) -> Option<&mut AnnotationType> {
        let id = self.type_of(label)?.clone();
        self.scheme.types.iter_mut().find(|of| of.id == id)
    }

    fn type_for(&mut self, label: &str) -> TypeId {
        if let Some(of) = self.scheme.types.iter().find(|of| is_alike(label, of.id.as_str(), &of.name)) {
            return of.id.clone();
        }
        self.new_type(label)
    }

    fn new_type(&mut self, label: &str) -> TypeId {
        let id = free_id(label, |id| self.scheme.types.iter().any(|of| of.id.as_str() == id));
        let n = self.scheme.types.len();
        let keys: BTreeSet<char> = self.scheme.types.iter().filter_map(|of| of.key).collect();
        let id = fixed(TypeId::new(&id));
        self.scheme.types.push(AnnotationType {
            name: named(label, id.as_str()),
            id: id.clone(),
            means: None,
            color: COLORS[n % COLORS.len()],
            line: [Line::Solid, Line::Dashed, Line::Dotted, Line::Double][n / COLORS.len() % 4],
            fill: false,
            key: key_for(label, &keys),
            description: "".into(),
            entity: Tie::May,
            attributes: Vec::new(),
            roles: Vec::new(),
        });
        id
    }

    fn attribute_for(
        &mut self,
        label: &Rc<str>,
        name: &Rc<str>,
        values: &BTreeMap<Rc<str>, usize>,
        wishes: &Wishes,
    ) -> Option<AttributeId> {
        let of = self.of_label(label)?;
        let alike = |of: &AnnotationType| of.attributes.iter().position(|attribute| is_alike(name, attribute.id.as_str(), &attribute.name));
        let at = match wishes.attributes.get(&(label.clone(), name.clone())) {
            Some(Wish::Nothing) => return None,
            Some(Wish::New) => None,
            Some(Wish::This(id)) => of.attributes.iter().position(|attribute| attribute.id == *id).or_else(|| alike(of)),
            None => alike(of),
        };
        let at = at.unwrap_or_else(|| {
            let id = free_id(name, |id| of.attributes.iter().any(|attribute| attribute.id.as_str() == id));
            let is_choice = values.len() <= MOST_OPTIONS && values.keys().all(|value| value.chars().count() <= LONGEST_OPTION);
            of.attributes.push(Attribute {
                name: named(name, &id),
                id: fixed(AttributeId::new(&id)),
                kind: if is_choice { AttributeKind::Choice(Vec::new()) } else { AttributeKind::Text },
                required: false,
                description: "".into(),
            });
            of.attributes.len() - 1
        });
        let attribute = &mut of.attributes[at];
        let id = attribute.id.clone();
        let mut become_of = Vec::new();
        if let AttributeKind::Choice(options) = &mut attribute.kind {
            for value in values.keys() {
                let key = (label.clone(), name.clone(), value.clone());
                let becomes = match wishes.values.get(&key) {
                    Some(Wish::Nothing) => As::Nothing,
                    Some(Wish::New) => As::This(new_option(options, value)),
                    Some(Wish::This(id)) if options.iter().any(|option| option.id == *id) => As::This(id.clone()),
                    _ => As::This(option_for(options, value).unwrap_or_else(|| new_option(options, value))),
                };
                become_of.push((key, becomes));
            }
        }
        self.values.extend(become_of);
        Some(id)
    }

    fn role_for(
        &mut self,
        label: &str,
        link: &str,
        fillers: &BTreeMap<Option<Rc<str>>, usize>,
        wish: Option<&Wish<RoleId>>,
    ) -> Option<RoleId> {
        let mut accepts: Vec<TypeId> = fillers.keys().flatten().filter_map(|filler| self.type_of(filler).cloned()).collect();
        let of = self.of_label(label)?;
        let alike = |of: &AnnotationType| of.roles.iter().position(|role| is_alike(link, role.id.as_str(), &role.name));
        let at = match wish {
            Some(Wish::Nothing) => return None,
            Some(Wish::New) => None,
            Some(Wish::This(id)) => of.roles.iter().position(|role| role.id == *id).or_else(|| alike(of)),
            None => alike(of),
        };
        let at = at.unwrap_or_else(|| {
            let id = free_id(link, |id| of.roles.iter().any(|role| role.id.as_str() == id));
            of.roles.push(Role {
                name: named(link, &id),
                id: fixed(RoleId::new(&id)),
                means: None,
                accepts: Vec::new(),
                entities: false,
                min: 0,
                max: None,
                description: "".into(),
            });
            of.roles.len() - 1
        });
        let role = &mut of.roles[at];
        role.entities |= fillers.contains_key(&None);
        accepts.retain(|id| !role.accepts.contains(id));
        accepts.put_in_order();
        accepts.dedup();
        role.accepts.extend(accepts);
        Some(role.id.clone())
    }
}

fn new_option(options: &mut Vec<AttributeOption>, value: &str) -> OptionId {
    // A flag has no value: it is there.
    let value = if value.is_empty() { "yes" } else { value };
    let id = free_id(value, |id| options.iter().any(|option| option.id.as_str() == id));
    let id: OptionId = fixed(OptionId::new(&id));
    let key = ('1'..='9').nth(options.len());
    let name = named(value, id.as_str());
    options.push(AttributeOption { id: id.clone(), name, key, color: None, mark: None, description: "".into() });
    id
}

/// What people see instead of nothing.
fn named(word: &str, id: &str) -> Rc<str> {
    if word.trim().is_empty() { id.into() } else { word.into() }
}

/// The option that a file's value means.
pub fn option_for(options: &[AttributeOption], value: &str) -> Option<OptionId> {
    let value = if value.is_empty() { "yes" } else { value };
    options.iter().find(|option| is_alike(value, option.id.as_str(), &option.name)).map(|option| option.id.clone())
}

/// Whether a file's word is one of ours: case, spaces, hyphens and underscores aside.
fn is_alike(word: &str, id: &str, name: &str) -> bool {
    let plain = |word: &str| word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let word_plain = plain(word);
    if word_plain.is_empty() { word == id || word == name } else { word_plain == plain(id) || word_plain == plain(name) }
}

/// An id made of a word, which nothing has yet.
fn free_id(word: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut id: String =
        word.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' }).take(48).collect();
    while id.contains("--") {
        id = id.replace("--", "-");
    }
    let id = match id.trim_matches('-') {
        "" => "label".to_owned(),
        id => id.to_owned(),
    };
    let mut numbered = (2..).map(|n| format!("{id}-{n}"));
    if is_taken(&id) { numbered.find(|id| !is_taken(id)).unwrap_or(id) } else { id }
}

fn key_for(label: &str, taken: &BTreeSet<char>) -> Option<char> {
    let letters = label.chars().flat_map(char::to_lowercase).filter(char::is_ascii_lowercase);
    letters.chain('a'..='z').find(|letter| !taken.contains(letter))
}

fn fixed<Id>(id: Option<Id>) -> Id {
    id.expect("invariant: made of letters, digits and hyphens")
}
