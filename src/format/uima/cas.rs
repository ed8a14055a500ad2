//! The shape of a file, read without a tree of the whole of it: a value that fits nowhere is passed over.

use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use crate::format::exchange::Maybe;

/// Takes scalars where something else belongs for nothing at all.
macro_rules! pass_over {
    ($($of:ty: $visit:ident),*) => {
        $(fn $visit<E>(self, _: $of) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        })*
    };
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Cas {
    #[serde(rename = "%TYPES")]
    types: Types,
    /// `None` where the file has none: it is no CAS.
    #[serde(rename = "%FEATURE_STRUCTURES")]
    pub structures: Option<Structures>,
}

type Types = Maybe<HashMap<Box<str>, Maybe<Type>>>;

/// A type; what it says of its features, their values say too.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Type {
    #[serde(rename = "%SUPER_TYPE")]
    parent: Maybe<Box<str>>,
}

/// As a list, or by id.
#[derive(Default)]
pub(super) struct Structures {
    pub all: Vec<Structure>,
    /// How many have no id or no type, and the number of the first of them.
    pub bad: Option<(usize, usize)>,
}

#[derive(Debug, Default)]
pub(super) struct Structure {
    pub id: u64,
    pub of: Box<str>,
    /// Its number in the file.
    pub number: usize,
    pub features: Vec<(Box<str>, Feature)>,
    /// The elements of an array: those that are whole numbers, or the ids of structures.
    pub numbers: Vec<u64>,
    /// All others, as words.
    pub words: Vec<Box<str>>,
}

#[derive(Debug, PartialEq)]
pub(super) enum Feature {
    Text(Rc<str>),
    Number(Number),
    Flag(bool),
    Reference(u64),
    Nothing,
    /// Of a shape that features have not.
    Strange,
}

impl Cas {
    /// The type above each type.
    pub fn parents(&mut self) -> HashMap<Box<str>, Box<str>> {
        let types = std::mem::take(&mut self.types).get().unwrap_or_default();
        let parents = types.into_iter().filter_map(|(name, of)| Some((name, of.get()?.parent.get()?)));
        parents.filter(|(_, parent)| !parent.is_empty()).collect()
    }
}

impl Structure {
    pub fn get(&self, name: &str) -> Option<&Feature> {
        self.features.iter().find(|(other, _)| &**other == name).map(|(_, value)| value)
    }

    /// What is not empty.
    pub fn text(&self, name: &str) -> Option<&Rc<str>> {
        match self.get(name) {
            Some(Feature::Text(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// What leads to somewhere: 0 is nowhere.
    pub fn reference(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            Some(Feature::Reference(id)) => Some(*id),
            _ => None,
        }
    }

    /// `None` where it is missing, negative, or no whole number.
    pub fn offset(&self, name: &str) -> Option<u64> {
        match self.get(name) {
            Some(Feature::Number(number)) => number.as_u64(),
            _ => None,
        }
    }
}

/// Any value at all; what is no number, word or truth value is [`Feature::Strange`].
impl<'de> Deserialize<'de> for Feature {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Feature;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value")
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Feature, E> {
                Ok(Feature::Flag(flag))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Feature, E> {
                Ok(Feature::Number(number.into()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Feature, E> {
                Ok(Feature::Number(number.into()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Feature, E> {
                Ok(Number::from_f64(number).map_or(Feature::Strange, Feature::Number))
            }

            fn visit_str<E>(self, text: &str) -> Result<Feature, E> {
                Ok(Feature::Text(text.into()))
            }

            fn visit_unit<E>(self) -> Result<Feature, E> {
                Ok(Feature::Nothing)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Feature, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Feature::Strange)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Feature, A::Error> {
                while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Feature::Strange)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

impl<'de> Deserialize<'de> for Structures {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Structures;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("feature structures")
            }

            pass_over!(bool: visit_bool, i64: visit_i64, u64: visit_u64, f64: visit_f64, &str: visit_str);

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Structures, A::Error> {
                let (mut structures, mut number) = (Structures::default(), 0);
                while let Some(one) = items.next_element_seed(One { id: None, number })? {
                    structures.add(one, number);
                    number += 1;
                }
                Ok(structures)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Structures, A::Error> {
                let (mut structures, mut number) = (Structures::default(), 0);
                while let Some(id) = entries.next_key::<Box<str>>()? {
                    let one = entries.next_value_seed(One { id: id.parse().ok(), number })?;
                    structures.add(one, number);
                    number += 1;
                }
                Ok(structures)
            }
        }
        deserializer.deserialize_any(All)
    }
}

impl Structures {
    fn add(&mut self, one: Option<Structure>, number: usize) {
        match one {
            Some(one) => self.all.push(one),
            None => self.bad = Some(self.bad.map_or((1, number), |(count, first)| (count + 1, first))),
        }
    }
}

/// A structure; `None` for what has no id or no type.
struct One {
    id: Option<u64>,
    number: usize,
}

impl<'de> DeserializeSeed<'de> for One {
    type Value = Option<Structure>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for One {
    type Value = Option<Structure>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a feature structure")
    }

    pass_over!(bool: visit_bool, i64: visit_i64, u64: visit_u64, f64: visit_f64, &str: visit_str);

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Self::Value::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut structure = Structure { number: self.number, ..Structure::default() };
        let (mut id, mut of) = (self.id, None);
        while let Some(name) = entries.next_key::<Box<str>>()? {
            if &*name == "%ELEMENTS" {
                entries.next_value_seed(Elements(&mut structure))?;
                continue;
            }
            let value: Feature = entries.next_value()?;
            match (&*name, value) {
                ("%ID", Feature::Number(number)) => id = number.as_u64(),
                ("%TYPE", Feature::Text(text)) => of = Some(text),
                (name, value) => structure.features.extend(feature(name, value)),
            }
        }
        structure.features.shrink_to_fit();
        Ok(id.zip(of).map(|(id, of)| Structure { id, of: (&*of).into(), ..structure }))
    }
}

/// `@` is before the name of what leads to a structure, `^` before an offset's, `#` before that of a number that JSON has not.
fn feature(name: &str, value: Feature) -> Option<(Box<str>, Feature)> {
    if let Some(name) = name.strip_prefix('@') {
        let value = match value {
            Feature::Number(number) => number.as_u64().map_or(Feature::Strange, Feature::Reference),
            Feature::Nothing => Feature::Nothing,
            _ => Feature::Strange,
        };
        let value = if value == Feature::Reference(0) { Feature::Nothing } else { value };
        return Some((name.into(), value));
    }
    let name = name.strip_prefix(['^', '#']).unwrap_or(name);
    (!name.starts_with('%')).then(|| (name.into(), value))
}

struct Elements<'a>(&'a mut Structure);

impl<'de> DeserializeSeed<'de> for Elements<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("elements")
    }

    // A string is bytes in base 64: nobody annotates with them.
    pass_over!(bool: visit_bool, i64: visit_i64, u64: visit_u64, f64: visit_f64, &str: visit_str);

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Feature>()? {
            match item {
                Feature::Number(number) => match number.as_u64() {
                    Some(number) => self.0.numbers.push(number),
                    None => self.0.words.push(number.to_string().into()),
                },
                Feature::Text(text) => self.0.words.push((&*text).into()),
                Feature::Flag(flag) => self.0.words.push(flag.to_string().into()),
                _ => {}
            }
        }
        Ok(())
    }
}
