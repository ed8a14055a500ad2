use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::{Annotation, Annotator, Article, Assignment, Entity, Progress, Project, Scheme, Str, Versioning};
use crate::model::RecordKind;

/// The kind of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Project,
    Scheme,
    Annotator,
    Assignment,
    Entity,
    Article,
    Annotation,
    Progress,
}

/// That a record was deleted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tombstone {
    pub kind: Kind,
    /// Of an annotation, article, entity or annotator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Str>,
    /// Of an annotation, progress or assignment: the article's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Str>,
    /// Of an annotation, progress or assignment: the annotator's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotator: Option<Str>,
    /// RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<Str>,
    /// When it was deleted: RFC 3339 in UTC with milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Str>,
    #[serde(default, skip_serializing_if = "Versioning::is_missing")]
    pub version: Versioning,
}

/// One version of one record, of whatever kind.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(tag = "kind", content = "record", rename_all = "lowercase")]
pub enum Version {
    Project(Project),
    Scheme(Scheme),
    Annotator(Annotator),
    Assignment(Assignment),
    Entity(Entity),
    Article(Box<Article>),
    Annotation(Box<Annotation>),
    Progress(Progress),
}

/// A version of a record that is not shown, but that no other version overtakes: `kind`, then `record` or `deleted`.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Conflict {
    Live(Version),
    Deleted { kind: Kind, deleted: Tombstone },
}

impl From<RecordKind> for Kind {
    fn from(kind: RecordKind) -> Self {
        match kind {
            RecordKind::Project => Self::Project,
            RecordKind::Scheme => Self::Scheme,
            RecordKind::Annotator => Self::Annotator,
            RecordKind::Assignment => Self::Assignment,
            RecordKind::Entity => Self::Entity,
            RecordKind::Article => Self::Article,
            RecordKind::Annotation => Self::Annotation,
            RecordKind::Progress => Self::Progress,
        }
    }
}

// By hand, since serde's tagged and untagged enums lose the path of an error inside the record.
impl<'de> Deserialize<'de> for Conflict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KindFirst;
        impl<'de> Visitor<'de> for KindFirst {
            type Value = Conflict;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("`kind`, then `record` or `deleted`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Conflict, A::Error> {
                if map.next_key::<String>()?.as_deref() != Some("kind") {
                    return Err(A::Error::custom("`kind` has to come first"));
                }
                let kind = map.next_value()?;
                let conflict = match map.next_key::<String>()?.as_deref() {
                    Some("record") => Conflict::Live(version(kind, &mut map)?),
                    Some("deleted") => Conflict::Deleted { kind, deleted: map.next_value()? },
                    Some(other) => return Err(A::Error::unknown_field(other, &["kind", "record", "deleted"])),
                    None => return Err(A::Error::missing_field("record")),
                };
                match map.next_key::<String>()? {
                    None => Ok(conflict),
                    Some(other) => Err(A::Error::custom(format_args!("unknown field `{other}`, nothing else is expected"))),
                }
            }
        }
        deserializer.deserialize_map(KindFirst)
    }
}

fn version<'de, A: MapAccess<'de>>(kind: Kind, map: &mut A) -> Result<Version, A::Error> {
    Ok(match kind {
        Kind::Project => Version::Project(map.next_value()?),
        Kind::Scheme => Version::Scheme(map.next_value()?),
        Kind::Annotator => Version::Annotator(map.next_value()?),
        Kind::Assignment => Version::Assignment(map.next_value()?),
        Kind::Entity => Version::Entity(map.next_value()?),
        Kind::Article => Version::Article(map.next_value()?),
        Kind::Annotation => Version::Annotation(map.next_value()?),
        Kind::Progress => Version::Progress(map.next_value()?),
    })
}
