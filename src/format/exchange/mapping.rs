//! From the labels of a foreign file to a scheme: what each label, attribute, value and link becomes. Proposed by name,
//! changed by the person.

mod names;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::foreign::Labels;
use crate::model::*;
use crate::order::InOrder;
use names::{Names, is_alike, meanings, synonyms};

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
        let mut building = Building::new(Self {
            scheme,
            types: BTreeMap::new(),
            presets: BTreeMap::new(),
            attributes: BTreeMap::new(),
            values: BTreeMap::new(),
            roles: BTreeMap::new(),
        });
        for label in labels.spans.keys() {
            let becomes = match wishes.types.get(label) {
                Some(Wish::This(id)) if building.at.contains_key(id) => As::This(id.clone()),
                Some(Wish::New) => As::This(building.new_type(label)),
                Some(Wish::Nothing) => As::Nothing,
                _ => As::This(building.proposed_type(label)),
            };
            building.mapping.types.insert(label.clone(), becomes);
        }
        for label in labels.with_entities.keys() {
            let at = building.of_label(label);
            if let Some(of) = at.map(|at| &mut building.mapping.scheme.types[at]).filter(|of| !of.entity.is_possible()) {
                of.entity = Tie::May;
            }
        }
        for ((label, name), values) in &labels.attributes {
            let id = building.attribute_for(label, name, values, wishes);
            building.mapping.attributes.insert((label.clone(), name.clone()), id.map_or(As::Nothing, As::This));
        }
        for ((label, link), fillers) in &labels.links {
            let id = building.role_for(label, link, fillers, wishes.roles.get(&(label.clone(), link.clone())));
            building.mapping.roles.insert((label.clone(), link.clone()), id.map_or(As::Nothing, As::This));
        }
        building.mapping
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
}

/// A mapping in the making, in which names are found without going through them: a file may have any number of labels.
struct Building {
    mapping: Mapping,
    types: Names,
    /// Where each type stands in the scheme.
    at: HashMap<TypeId, usize>,
    keys: BTreeSet<char>,
    /// By type, as they are first asked for.
    attributes: HashMap<usize, Names>,
    roles: HashMap<usize, Names>,
    /// By type and attribute.
    options: HashMap<(usize, usize), Names>,
}

impl Building {
    fn new(mapping: Mapping) -> Self {
        let types = &mapping.scheme.types;
        Self {
            types: Names::of(types.iter().map(|of| (of.id.as_str(), &*of.name))),
            // Of several with one id the first is meant.
            at: types.iter().enumerate().rev().map(|(at, of)| (of.id.clone(), at)).collect(),
            keys: types.iter().filter_map(|of| of.key).collect(),
            attributes: HashMap::new(),
            roles: HashMap::new(),
            options: HashMap::new(),
            mapping,
        }
    }

    fn proposed_type(&mut self, label: &Rc<str>) -> TypeId {
        match self.preset(label) {
            Some((id, attribute, option)) => {
                self.mapping.presets.insert(label.clone(), (attribute, option));
                id
            }
            None => self.type_for(label),
        }
    }

    /// What `type:option` means, where no type is called so as a whole.
    fn preset(&self, label: &str) -> Option<(TypeId, AttributeId, OptionId)> {
        let known = |label: &str| self.types.find(label).map(|at| &self.mapping.scheme.types[at]);
        let (name, value) = label.rsplit_once(':').filter(|_| known(label).is_none())?;
        let of = known(name)?;
        let meant = |attribute: &Attribute| Some((of.id.clone(), attribute.id.clone(), option_for(attribute.options(), value)?));
        of.attributes.iter().find_map(meant)
    }

    /// Where the type of a label stands in the scheme.
    fn of_label(&self, label: &str) -> Option<usize> {
        self.at.get(self.mapping.type_of(label)?).copied()
    }

    fn type_for(&mut self, label: &str) -> TypeId {
        let types = &self.mapping.scheme.types;
        let meant = || meanings(label).iter().find_map(|meaning| types.iter().position(|of| of.means == Some(*meaning)));
        match self.types.find(label).or_else(meant) {
            Some(at) => self.mapping.scheme.types[at].id.clone(),
            None => self.new_type(label),
        }
    }

    fn new_type(&mut self, label: &str) -> TypeId {
        let id = self.types.free_id(label);
        let n = self.mapping.scheme.types.len();
        let id = fixed(TypeId::new(&id));
        let name = named(label, id.as_str());
        let key = key_for(label, &self.keys);
        self.keys.extend(key);
        self.types.add(id.as_str(), &name);
        self.at.insert(id.clone(), n);
        self.mapping.scheme.types.push(AnnotationType {
            name,
            id: id.clone(),
            means: None,
            color: COLORS[n % COLORS.len()],
            line: [Line::Solid, Line::Dashed, Line::Dotted, Line::Double][n / COLORS.len() % 4],
            fill: false,
            key,
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
        let of_type = self.of_label(label)?;
        let of = &mut self.mapping.scheme.types[of_type];
        let said = || Names::of(of.attributes.iter().map(|attribute| (attribute.id.as_str(), &*attribute.name)));
        let names = self.attributes.entry(of_type).or_insert_with(said);
        let at = match wishes.attributes.get(&(label.clone(), name.clone())) {
            Some(Wish::Nothing) => return None,
            Some(Wish::New) => None,
            Some(Wish::This(id)) => of.attributes.iter().position(|attribute| attribute.id == *id).or_else(|| names.find(name)),
            None => names.find(name),
        };
        let at = at.unwrap_or_else(|| {
            let id = names.free_id(name);
            names.add(&id, &named(name, &id));
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
            let said = || Names::of(options.iter().map(|option| (option.id.as_str(), &*option.name)));
            let names = self.options.entry((of_type, at)).or_insert_with(said);
            for value in values.keys() {
                let key = (label.clone(), name.clone(), value.clone());
                let becomes = match wishes.values.get(&key) {
                    Some(Wish::Nothing) => As::Nothing,
                    Some(Wish::New) => As::This(new_option(options, names, value)),
                    Some(Wish::This(id)) if options.iter().any(|option| option.id == *id) => As::This(id.clone()),
                    _ => match names.find(option_name(value)).or_else(|| synonyms(value).find_map(|value| names.find(value))) {
                        Some(at) => As::This(options[at].id.clone()),
                        None => As::This(new_option(options, names, value)),
                    },
                };
                become_of.push((key, becomes));
            }
        }
        self.mapping.values.extend(become_of);
        Some(id)
    }

    fn role_for(
        &mut self,
        label: &str,
        link: &str,
        fillers: &BTreeMap<Option<Rc<str>>, usize>,
        wish: Option<&Wish<RoleId>>,
    ) -> Option<RoleId> {
        let mut accepts: Vec<TypeId> = fillers.keys().flatten().filter_map(|filler| self.mapping.type_of(filler).cloned()).collect();
        let of_type = self.of_label(label)?;
        let of = &mut self.mapping.scheme.types[of_type];
        let said = || Names::of(of.roles.iter().map(|role| (role.id.as_str(), &*role.name)));
        let names = self.roles.entry(of_type).or_insert_with(said);
        let meant = || meanings(link).iter().find_map(|meaning| of.roles.iter().position(|role| role.means == Some(*meaning)));
        let known = || names.find(link).or_else(meant);
        let at = match wish {
            Some(Wish::Nothing) => return None,
            Some(Wish::New) => None,
            Some(Wish::This(id)) => of.roles.iter().position(|role| role.id == *id).or_else(known),
            None => known(),
        };
        let at = at.unwrap_or_else(|| {
            let id = names.free_id(link);
            names.add(&id, &named(link, &id));
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

/// A flag has no value: it is there.
fn option_name(value: &str) -> &str {
    if value.is_empty() { "yes" } else { value }
}

fn new_option(options: &mut Vec<AttributeOption>, names: &mut Names, value: &str) -> OptionId {
    let value = option_name(value);
    let id: OptionId = fixed(OptionId::new(&names.free_id(value)));
    let key = ('1'..='9').nth(options.len());
    let name = named(value, id.as_str());
    names.add(id.as_str(), &name);
    options.push(AttributeOption { id: id.clone(), name, key, color: None, mark: None, description: "".into() });
    id
}

/// What people see instead of nothing.
fn named(word: &str, id: &str) -> Rc<str> {
    if word.trim().is_empty() { id.into() } else { word.into() }
}

/// The option that a file's value means.
pub fn option_for(options: &[AttributeOption], value: &str) -> Option<OptionId> {
    let called = |value: &str| options.iter().find(|option| is_alike(value, option.id.as_str(), &option.name));
    called(option_name(value)).or_else(|| synonyms(value).find_map(called)).map(|option| option.id.clone())
}

fn key_for(label: &str, taken: &BTreeSet<char>) -> Option<char> {
    let letters = label.chars().flat_map(char::to_lowercase).filter(char::is_ascii_lowercase);
    letters.chain('a'..='z').find(|letter| !taken.contains(letter))
}

fn fixed<Id>(id: Option<Id>) -> Id {
    id.expect("invariant: made of letters, digits and hyphens")
}
