//! The shape of a line.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// What `format` says in each line.
pub const FORMAT: &str = "standpoint-training";
pub const VERSION: u64 = 1;

/// One article. All lists are there in each line, and all values of a field are of one type, so that table readers find one shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Line {
    /// Always `standpoint-training`.
    pub format: Rc<str>,
    pub version: u64,
    /// The article's id.
    pub id: Rc<str>,
    pub title: Rc<str>,
    /// Offsets count its Unicode code points.
    pub text: Rc<str>,
    /// BCP 47 tag, or empty.
    pub language: Rc<str>,
    pub tokens: Vec<Place>,
    /// Where each sentence begins among the tokens.
    pub sentences: Vec<usize>,
    /// In reading order.
    pub spans: Vec<Annotated>,
    pub frames: Vec<Frame>,
    /// Whom spans stand for, and who fills roles.
    pub entities: Vec<Somebody>,
    pub metadata: Meta,
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
pub struct Annotated {
    pub id: Rc<str>,
    pub annotator: Rc<str>,
    /// The type's id.
    pub label: Rc<str>,
    pub start: u32,
    /// Exclusive.
    pub end: u32,
    /// The words; of several fragments joined by “ … ”.
    pub text: String,
    pub fragments: Vec<Place>,
    /// The first token that it touches, or −1.
    pub token_start: i64,
    /// Behind the last token that it touches, or −1.
    pub token_end: i64,
    pub attributes: Vec<NameValue>,
    /// The id of whom it stands for, or empty.
    pub entity: Rc<str>,
    pub note: Rc<str>,
    /// `manual`, `imported`, `suggested`, `propagated` or `transferred`.
    pub origin: Rc<str>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct NameValue {
    /// The attribute's id.
    pub name: Rc<str>,
    /// A choice is its option's id; a number is written out.
    pub value: Rc<str>,
}

/// An annotation that links others: a claim with its speaker, a stance with its holder and target.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Frame {
    /// The span's id, among `spans`.
    pub span: Rc<str>,
    /// The type's id.
    pub label: Rc<str>,
    pub roles: Vec<Filled>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Filled {
    /// The role's id.
    pub role: Rc<str>,
    /// The id of the span that fills it, or empty.
    pub span: Rc<str>,
    /// The id of the entity that fills it, or for which that span stands, or empty.
    pub entity: Rc<str>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Somebody {
    pub id: Rc<str>,
    pub name: Rc<str>,
    /// The id in Wikidata, or empty.
    pub wikidata: Rc<str>,
}

/// What is known of an article; empty where it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Meta {
    pub publisher: Rc<str>,
    pub author: Rc<str>,
    pub url: Rc<str>,
    pub published: Rc<str>,
    pub license: Rc<str>,
    pub credit: Rc<str>,
    /// Whatever else a file said of it.
    pub extra: Vec<NameValue>,
}
