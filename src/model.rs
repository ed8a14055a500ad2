//! What a project is made of: articles, annotations, entities, the scheme, and the versions that let copies merge.
//!
//! Nothing here is written to disk as it stands; `format` owns the serialised counterparts. Offsets are code points.

mod annotation;
mod article;
mod default_scheme;
mod entity;
mod id;
mod ready_schemes;
mod record;
mod scheme;
mod span;
mod time;
mod version;

pub use annotation::{Anchor, Annotation, AttributeValue, Filler, LostFragment, Origin, OriginKind, Orphan};
pub use article::{Article, Direction, Metadata};
pub use default_scheme::default_scheme;
pub use entity::{Entity, EntityKind, is_wikidata_id};
pub use id::{AnnotationId, AnnotatorId, ArticleId, AttributeId, EntityId, OptionId, ProjectId, RoleId, SchemeId, TypeId, is_id};
pub use ready_schemes::ready_schemes;
pub use record::{Annotator, Assignment, Content, Others, Progress, ProjectHeader, Record, RecordKey, RecordKind, Status, Versioned};
pub use scheme::{AnnotationType, Attribute, AttributeKind, AttributeOption, COLORS, Color, Line, Meaning, Role, Scheme, Tie};
pub use span::Span;
pub use time::Timestamp;
pub use version::{DEVICE_DIGITS, LOAD_DIGITS, Replica, Stamp, Version, VersionOrder};
