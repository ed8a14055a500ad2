//! The shape of a line.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer, Serialize};

/// What `format` says in each line.
pub const FORMAT: &str = "standpoint-training";
pub const VERSION: u64 = 1;

// Its words are borrowed, from the file or from the project.
/// One article. All lists are there in each line, and all values of a field are of one type, so that table readers find one shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Line<'a> {
    /// Always `standpoint-training`.
    #[serde(borrow)]
    pub format: Cow<'a, str>,
    pub version: u64,
    /// The article's id.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub title: Cow<'a, str>,
    /// Offsets count its Unicode code points.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    /// BCP 47 tag, or empty.
    #[serde(borrow)]
    pub language: Cow<'a, str>,
    #[serde(deserialize_with = "unread")]
    pub tokens: Vec<Place>,
    /// Where each sentence begins among the tokens.
    #[serde(deserialize_with = "unread")]
    pub sentences: Vec<usize>,
    /// In reading order.
    #[serde(borrow)]
    pub spans: Vec<Annotated<'a>>,
    #[serde(borrow)]
    pub frames: Vec<Frame<'a>>,
    /// Whom spans stand for, and who fills roles.
    #[serde(borrow)]
    pub entities: Vec<Somebody<'a>>,
    #[serde(borrow)]
    pub metadata: Meta<'a>,
}

/// Passes over a value, whatever it is: what follows from the text is not believed.
fn unread<'de, D: Deserializer<'de>, T: Default>(deserializer: D) -> Result<T, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| T::default())
}

/// A stretch of the text: a word or a punctuation mark by UAX #29, or a fragment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Place {
    pub start: u32,
    pub end: u32,
}

/// An annotation. One of several fragments has all of them in `fragments`; `start` and `end` are the first one's and the last one's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Annotated<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub annotator: Cow<'a, str>,
    /// The type's id.
    #[serde(borrow)]
    pub label: Cow<'a, str>,
    pub start: u32,
    /// Exclusive.
    pub end: u32,
    /// The words; of several fragments joined by “ … ”.
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    pub fragments: Vec<Place>,
    /// The first token that it touches, or −1.
    pub token_start: i64,
    /// Behind the last token that it touches, or −1.
    pub token_end: i64,
    #[serde(borrow)]
    pub attributes: Vec<NameValue<'a>>,
    /// The id of whom it stands for, or empty.
    #[serde(borrow)]
    pub entity: Cow<'a, str>,
    #[serde(borrow)]
    pub note: Cow<'a, str>,
    /// `manual`, `imported`, `suggested`, `propagated` or `transferred`.
    #[serde(borrow)]
    pub origin: Cow<'a, str>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct NameValue<'a> {
    /// The attribute's id.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// A choice is its option's id; a number is written out.
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

/// An annotation that links others: a claim with its speaker, a stance with its holder and target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Frame<'a> {
    /// The span's id, among `spans`.
    #[serde(borrow)]
    pub span: Cow<'a, str>,
    /// The type's id.
    #[serde(borrow)]
    pub label: Cow<'a, str>,
    #[serde(borrow)]
    pub roles: Vec<Filled<'a>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Filled<'a> {
    /// The role's id.
    #[serde(borrow)]
    pub role: Cow<'a, str>,
    /// The id of the span that fills it, or empty.
    #[serde(borrow)]
    pub span: Cow<'a, str>,
    /// The id of the entity that fills it, or for which that span stands, or empty.
    #[serde(borrow)]
    pub entity: Cow<'a, str>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Somebody<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// The id in Wikidata, or empty.
    #[serde(borrow)]
    pub wikidata: Cow<'a, str>,
}

/// What is known of an article; empty where it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Meta<'a> {
    #[serde(borrow)]
    pub publisher: Cow<'a, str>,
    #[serde(borrow)]
    pub author: Cow<'a, str>,
    #[serde(borrow)]
    pub url: Cow<'a, str>,
    #[serde(borrow)]
    pub published: Cow<'a, str>,
    #[serde(borrow)]
    pub license: Cow<'a, str>,
    #[serde(borrow)]
    pub credit: Cow<'a, str>,
    /// Whatever else a file said of it.
    #[serde(borrow)]
    pub extra: Vec<NameValue<'a>>,
}
