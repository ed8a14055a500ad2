use serde::{Deserialize, Serialize};

use super::{Str, Versioning};

/// The types, attributes and roles of a project, and how they look.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Scheme {
    /// An id; `scheme` when left out.
    pub id: Option<Str>,
    pub name: Str,
    pub types: Vec<Type>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// A type of annotation, such as speaker or claim.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Type {
    pub id: Str,
    /// The id when left out.
    pub name: Option<Str>,
    /// What pictures and other formats may take it for: `speaker`, `cue`, `claim`, `stance`, `target`, `holder` or null.
    pub means: Option<Str>,
    /// `blue`, `sky`, `teal`, `green`, `olive`, `amber`, `orange`, `red`, `pink`, `purple`, `brown` or `gray` (when left out).
    pub color: Option<Str>,
    /// How it is underlined: `solid` (when left out), `dotted`, `dashed` or `double`.
    pub line: Option<Str>,
    /// Whether its words get a background.
    #[serde(default)]
    pub fill: bool,
    /// The key that tags with it: one character or null.
    pub key: Option<Str>,
    #[serde(default)]
    pub description: Str,
    /// Whether an annotation of this type may be tied to an entity.
    #[serde(default)]
    pub entity: bool,
    /// Whether an annotation of this type that is tied to none is unfinished.
    #[serde(default, skip_serializing_if = "is_off")]
    pub entity_required: bool,
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// A property of the annotations of a type.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    pub id: Str,
    /// The id when left out.
    pub name: Option<Str>,
    /// `choice`, `text` or `number`; when left out, `choice` where there are options and `text` where there are none.
    pub kind: Option<Str>,
    /// Whether an annotation without it is unfinished.
    #[serde(default)]
    pub required: bool,
    /// What a choice chooses from; only for `choice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<AttributeOption>>,
    /// When to use it, for those who annotate.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub description: Str,
}

/// What a choice attribute can be set to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AttributeOption {
    pub id: Str,
    /// The id when left out.
    pub name: Option<Str>,
    /// The key that sets it: one character or null.
    pub key: Option<Str>,
    /// Takes the place of the type's colour; a name of the palette or null.
    pub color: Option<Str>,
    /// Takes the place of the type's letter at the start of a span, so that colour is never alone: one character or null.
    pub mark: Option<Str>,
    /// When to use it, for those who annotate.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub description: Str,
}

/// A named link from the annotations of a type to others.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub id: Str,
    /// The id when left out.
    pub name: Option<Str>,
    /// What pictures and other formats may take it for; as for a type.
    pub means: Option<Str>,
    /// The ids of the types that may fill it.
    #[serde(default)]
    pub accepts: Vec<Str>,
    /// Whether an entity may fill it, the article's author included.
    #[serde(default)]
    pub entities: bool,
    /// The least number of fillers; with fewer the annotation is unfinished.
    #[serde(default)]
    pub min: u32,
    /// The greatest number of fillers; null is any.
    pub max: Option<u32>,
    /// When to use it, for those who annotate.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub description: Str,
}

fn is_off(flag: &bool) -> bool {
    !flag
}

fn is_empty(text: &Str) -> bool {
    text.is_empty()
}
