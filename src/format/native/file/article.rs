use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::{Str, Versioning, unique};

/// One frozen text with its metadata. A text inside a project file is never changed on reading.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub id: Str,
    /// The headline; empty where the text has none.
    #[serde(default)]
    pub title: Str,
    pub text: ArticleText,
    /// SHA-256 of the text in UTF-8: 64 lower-case hex digits. Needed where the text lies in another file.
    pub sha256: Option<Str>,
    /// BCP 47 tag, or empty when unknown.
    #[serde(default)]
    pub language: Str,
    /// `auto` (when left out), `ltr` or `rtl`.
    pub direction: Option<Str>,
    #[serde(default)]
    pub metadata: Metadata,
    /// What was changed when the raw file was decoded.
    #[serde(default)]
    pub normalization: Vec<Normalization>,
    /// Stretches with a layout role, sorted and disjoint; what no zone covers is body.
    #[serde(default)]
    pub zones: Vec<Zone>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(default, skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// What is known of an article besides its text; null is unknown.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Metadata {
    pub publisher: Option<Str>,
    pub author: Option<Str>,
    /// An `http` or `https` address.
    pub url: Option<Str>,
    /// A date or a local time, as the source gives it.
    pub published: Option<Str>,
    pub license: Option<Str>,
    /// The sentence that the licence asks to show.
    pub credit: Option<Str>,
    /// What a foreign file said and the fields above have no place for.
    #[serde(deserialize_with = "unique::map")]
    pub extra: BTreeMap<Str, Str>,
}

/// One kind of change made to a raw file on the way in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Normalization {
    /// What was changed.
    pub kind: Str,
    /// How often.
    pub count: u32,
}

/// A stretch of the text with a layout role.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// `title`, `timestamp`, `dateline`, `subhead`, `boilerplate` or `noise`.
    pub kind: Str,
    /// In code points.
    pub start: u32,
    /// In code points, exclusive.
    pub end: u32,
}

/// An article's text: a string, or where it lies.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ArticleText {
    Here(Str),
    Elsewhere(TextFile),
}

/// A text that lies in a file of its own, in UTF-8: exactly that text and nothing else.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TextFile {
    /// Its address, relative to that of the project file, and on the same server.
    pub href: Str,
}

// By hand, since serde's untagged enums lose the path of an error.
impl<'de> Deserialize<'de> for ArticleText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = ArticleText;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string, or an object with `href`")
            }

            fn visit_str<E>(self, text: &str) -> Result<ArticleText, E> {
                Ok(ArticleText::Here(text.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ArticleText, A::Error> {
                TextFile::deserialize(MapAccessDeserializer::new(map)).map(ArticleText::Elsewhere)
            }
        }
        deserializer.deserialize_any(Either)
    }
}
