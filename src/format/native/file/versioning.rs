use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

/// What stands under `version`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Versioning {
    /// The field is left out: the record gets a version made from its content.
    #[default]
    Missing,
    /// `null`: said, but not a record of its own yet, so that any record that arrives takes its place.
    NotARecord,
    /// For each replica that changed the record, the number of its last change.
    Vector(BTreeMap<String, u64>),
}

impl Versioning {
    pub fn is_missing(&self) -> bool {
        *self == Self::Missing
    }
}

impl Serialize for Versioning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing | Self::NotARecord => serializer.serialize_none(),
            Self::Vector(entries) => entries.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Versioning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Versioning;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a version such as {\"7f3a\": 2}, or null")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Versioning, E> {
                Ok(Versioning::NotARecord)
            }

            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Versioning, A::Error> {
                super::unique::entries(map).map(Versioning::Vector)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Versioning {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A version vector: for each replica that changed the record, the number of its last change. Left out, the record gets a version made from its content. Null: not a record of its own yet (project, scheme, annotators).",
            "type": ["object", "null"],
            "additionalProperties": { "type": "integer", "minimum": 1 },
            "minProperties": 1
        })
    }
}
