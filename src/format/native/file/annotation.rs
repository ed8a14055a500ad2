use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{Str, Versioning, unique};

/// A span with a type, attributes, roles, perhaps an entity, a note, its annotator and its origin.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Annotation {
    /// `f-` and 16 hex digits of the content's SHA-256 when left out.
    pub id: Option<Str>,
    /// The article's id.
    pub article: Str,
    /// The annotator's id; `file` when left out.
    pub annotator: Option<Str>,
    /// The id of a type of the scheme.
    #[serde(rename = "type")]
    pub type_id: Str,
    /// Sorted, at least one code point apart; empty for an orphan.
    pub fragments: Vec<Fragment>,
    /// Only on an orphan, an annotation whose words were not found in the text: its fragments as they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orphaned: Option<Vec<Fragment>>,
    /// The 32 code points before the first fragment.
    #[serde(default)]
    pub prefix: Str,
    /// The 32 code points after the last fragment.
    #[serde(default)]
    pub suffix: Str,
    /// By the attribute's id; a choice is the id of its option.
    #[serde(default, deserialize_with = "unique::map")]
    pub attributes: BTreeMap<Str, Value>,
    /// What fills each role, by the role's id, in the order in which it was filled.
    #[serde(default, deserialize_with = "unique::map")]
    pub roles: BTreeMap<Str, Vec<Filler>>,
    /// The id of the entity that the words stand for.
    pub entity: Option<Str>,
    #[serde(default)]
    pub note: Str,
    /// `{"kind": "manual"}` when left out.
    #[serde(default)]
    pub origin: Origin,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(default, skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// A stretch of the article's text.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fragment {
    /// In code points.
    pub start: u32,
    /// In code points, exclusive.
    pub end: u32,
    /// The words between the two; checked on reading, taken from the article when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Str>,
}

/// What fills a role: either an annotation of the same article and annotator, or an entity.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Filler {
    /// The annotation's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotation: Option<Str>,
    /// The entity's id; `author` is the article's own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<Str>,
}

/// Where an annotation comes from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// `manual`, `imported`, `suggested`, `propagated` or `transferred`.
    pub kind: Str,
    /// The format it was imported from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Str>,
    /// The rule that suggested it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Str>,
    /// How sure the rule is, in per cent, 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<u8>,
}

impl Default for Origin {
    fn default() -> Self {
        Self { kind: "manual".into(), format: None, rule: None, confidence: None }
    }
}

/// What an attribute is set to: a text (for a choice, the id of its option) or a number.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    Text(Str),
    Number(#[cfg_attr(not(target_arch = "wasm32"), schemars(with = "f64"))] Number),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrNumber;
        impl Visitor<'_> for TextOrNumber {
            type Value = Value;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text or a number")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
                Ok(Value::Text(text.into()))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
                Ok(Value::Number(number.into()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
                Ok(Value::Number(number.into()))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
                Number::from_f64(number).map(Value::Number).ok_or_else(|| E::custom("not a finite number"))
            }
        }
        deserializer.deserialize_any(TextOrNumber)
    }
}
