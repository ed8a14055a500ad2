//! The serialised counterparts of `model`: what stands in a project file, field by field, in the file's order.
//!
//! Each doc comment here is a description in the JSON Schema. Nothing is checked in these types but their shape.

mod annotation;
mod article;
mod conflict;
mod scheme;
mod unique;
mod versioning;

use std::rc::Rc;

use serde::{Deserialize, Serialize};

pub use annotation::{Annotation, Filler, Fragment, Origin, Value};
pub use article::{Article, ArticleText, Metadata, Normalization, TextFile, Zone};
pub use conflict::{Conflict, Kind, Tombstone, Version};
pub use scheme::{Attribute, AttributeOption, Role, Scheme, Type};
pub use versioning::Versioning;

pub type Str = Rc<str>;

/// What `format` says.
pub const FORMAT: &str = "standpoint";
/// What `version` says: the greatest that this program reads.
pub const VERSION: u64 = 1;
/// What `offsets` says.
pub const OFFSETS: &str = "unicode code points, end exclusive";

/// A Standpoint project: news articles with who speaks, what they claim and where they stand.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Always `standpoint`.
    #[expect(dead_code, reason = "looked at before the rest is read")]
    pub format: String,
    /// The version of this format: 1.
    #[expect(dead_code, reason = "looked at before the rest is read")]
    pub version: u64,
    /// How all offsets are counted. Only `unicode code points, end exclusive` is known.
    pub offsets: Option<String>,
    /// What the project says of itself.
    pub project: Option<Project>,
    /// The types, attributes and roles; the default scheme when left out.
    pub scheme: Option<Scheme>,
    /// Whose work the layers of annotations are.
    #[serde(default)]
    pub annotators: Vec<Annotator>,
    /// Which article was given to which annotator.
    #[serde(default)]
    pub assignments: Vec<Assignment>,
    /// Persons, groups and places behind the mentions. `author` is always there and need not be listed.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// The articles, in the project's order.
    #[serde(default)]
    pub articles: Vec<Article>,
    /// The annotations, by article, start, end and id.
    #[serde(default)]
    pub annotations: Vec<Annotation>,
    /// The versions of records that are not shown, but that no other version overtakes.
    #[serde(default)]
    pub conflicts: Vec<Conflict>,
    /// Tombstones of deleted records, so that merging doesn't bring them back.
    #[serde(default)]
    pub deleted: Vec<Tombstone>,
    /// How far each annotator has come with each article.
    #[serde(default)]
    pub progress: Vec<Progress>,
}

/// What a project says of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Project {
    /// An id; `p-` and 16 hex digits of the articles' SHA-256 when left out.
    pub id: Option<Str>,
    /// The file's name without its extension when left out.
    pub title: Option<Str>,
    pub description: Str,
    /// Markdown.
    pub guidelines: Str,
    /// Whether those who have articles assigned see what the other annotators do: `shown` or `hidden`; `shown` when left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub others: Option<Str>,
    /// RFC 3339 in UTC with milliseconds: `2026-01-31T12:04:31.007Z`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// Whose work a layer of annotations is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Annotator {
    pub id: Str,
    /// May be empty.
    #[serde(default)]
    pub name: Str,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(default, skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// That an article was given to an annotator to work on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The article's id.
    pub article: Str,
    /// The annotator's id.
    pub annotator: Str,
    /// Where it stands among what the annotator is to read: the smallest first, those without one last, in the project's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(default, skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// A person, group or place behind many mentions.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entity {
    pub id: Str,
    /// The id when left out.
    pub name: Option<Str>,
    /// `person`, `group`, `place` or `other`; `person` when left out.
    pub kind: Option<Str>,
    #[serde(default)]
    pub aliases: Vec<Str>,
    #[serde(default)]
    pub description: Str,
    /// Wikidata's id: `Q` and digits.
    pub wikidata: Option<Str>,
    /// The id of the entity that this one was merged into.
    pub into: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(default, skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// How far an annotator has come with an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// The article's id.
    pub article: Str,
    /// The annotator's id.
    pub annotator: Str,
    /// `new`, `in progress` or `done`.
    pub status: Str,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(default, skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}
