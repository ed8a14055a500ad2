//! The scheme: which types, attributes and roles a project has, and how they look.

use std::rc::Rc;

use super::{AttributeId, OptionId, RoleId, SchemeId, TypeId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub id: SchemeId,
    pub name: Rc<str>,
    pub types: Vec<AnnotationType>,
}

/// A type of annotation, such as speaker or claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationType {
    pub id: TypeId,
    pub name: Rc<str>,
    /// What pictures and formats may take it for.
    pub means: Option<Meaning>,
    pub color: Color,
    pub line: Line,
    pub fill: bool,
    pub key: Option<char>,
    pub description: Rc<str>,
    /// Whether its annotations are tied to entities.
    pub entity: Tie,
    pub attributes: Vec<Attribute>,
    pub roles: Vec<Role>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub id: AttributeId,
    pub name: Rc<str>,
    pub kind: AttributeKind,
    pub required: bool,
    pub description: Rc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    Choice(Vec<AttributeOption>),
    Text,
    Number,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeOption {
    pub id: OptionId,
    pub name: Rc<str>,
    pub key: Option<char>,
    /// Takes the place of the type's colour.
    pub color: Option<Color>,
    /// Takes the place of the type's letter at the start of a span, so that colour is never alone.
    pub mark: Option<char>,
    /// When to choose it.
    pub description: Rc<str>,
}

/// A named link from an annotation to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub name: Rc<str>,
    pub means: Option<Meaning>,
    pub accepts: Vec<TypeId>,
    /// Whether an entity may fill it, the article's author included.
    pub entities: bool,
    pub min: u32,
    /// `None` is any number.
    pub max: Option<u32>,
    pub description: Rc<str>,
}

/// Whether the annotations of a type stand for entities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tie {
    #[default]
    Never,
    May,
    /// One that is tied to nobody is unfinished.
    Must,
}

impl Tie {
    pub fn is_possible(self) -> bool {
        self != Self::Never
    }
}

/// What a type or a role stands for, whatever its scheme calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    Speaker,
    Cue,
    Claim,
    Stance,
    Target,
    Holder,
}

/// A name of the palette; each is a CSS class with a light and a dark value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Color {
    Blue,
    Sky,
    Teal,
    Green,
    Olive,
    Amber,
    Orange,
    Red,
    Pink,
    Purple,
    Brown,
    Gray,
}

pub const COLORS: [Color; 12] = [
    Color::Blue,
    Color::Sky,
    Color::Teal,
    Color::Green,
    Color::Olive,
    Color::Amber,
    Color::Orange,
    Color::Red,
    Color::Pink,
    Color::Purple,
    Color::Brown,
    Color::Gray,
];

impl Color {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blue => "blue",
            Self::Sky => "sky",
            Self::Teal => "teal",
            Self::Green => "green",
            Self::Olive => "olive",
            Self::Amber => "amber",
            Self::Orange => "orange",
            Self::Red => "red",
            Self::Pink => "pink",
            Self::Purple => "purple",
            Self::Brown => "brown",
            Self::Gray => "gray",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        COLORS.into_iter().find(|color| color.as_str() == name)
    }
}

/// How a type's underline is drawn, so that types differ without colour too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Line {
    Solid,
    Dotted,
    Dashed,
    Double,
}

impl Line {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dotted => "dotted",
            Self::Dashed => "dashed",
            Self::Double => "double",
        }
    }
}

impl Scheme {
    pub fn type_of(&self, id: &TypeId) -> Option<&AnnotationType> {
        self.types.iter().find(|candidate| candidate.id == *id)
    }
}

impl AnnotationType {
    pub fn role(&self, id: &RoleId) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == *id)
    }

    pub fn attribute(&self, id: &AttributeId) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == *id)
    }
}

impl Attribute {
    /// The options of a choice; none for the other kinds.
    pub fn options(&self) -> &[AttributeOption] {
        match &self.kind {
            AttributeKind::Choice(options) => options,
            AttributeKind::Text | AttributeKind::Number => &[],
        }
    }
}
