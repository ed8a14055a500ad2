//! What the tests share: pictures of annotated texts, tabs that edit a project, and random stories of such tabs.

#![allow(dead_code, unused_imports, reason = "each test binary uses its part")]

mod kind;
mod picture;
mod rows;
mod story;
mod tab;

pub use kind::Kind;
pub use picture::{Picture, draw, picture};
pub use rows::{database_rows, local_rows};
pub use story::{Skew, Story, Wish, articles, stories, texts, wishes};
pub use tab::{Tab, context, indices_hold, instant, live_contents, merged, records, stamp};

use standpoint::edit::AnnotationStore;
use standpoint::model::*;

pub fn article_id(id: &str) -> ArticleId {
    ArticleId::new(id).expect("an id")
}

pub fn annotation_id(id: &str) -> AnnotationId {
    AnnotationId::new(id).expect("an id")
}

pub fn annotator_id(id: &str) -> AnnotatorId {
    AnnotatorId::new(id).expect("an id")
}

pub fn entity_id(id: &str) -> EntityId {
    EntityId::new(id).expect("an id")
}

pub fn type_id(id: &str) -> TypeId {
    TypeId::new(id).expect("an id")
}

pub fn role_id(id: &str) -> RoleId {
    RoleId::new(id).expect("an id")
}

pub fn attribute_id(id: &str) -> AttributeId {
    AttributeId::new(id).expect("an id")
}

pub fn named(id: &str) -> Filler {
    Filler::Annotation(annotation_id(id))
}

pub fn article(id: &str, text: &str) -> Article {
    Article {
        id: article_id(id),
        title: "".into(),
        text: text.into(),
        sha256: standpoint::text::sha256_hex(text).into(),
        language: "".into(),
        direction: Direction::Auto,
        metadata: Metadata::default(),
        normalization: Vec::new(),
        zones: Vec::new(),
    }
}

pub fn empty_store() -> AnnotationStore {
    let id = ProjectId::new("project").expect("an id");
    AnnotationStore::empty(ProjectHeader::untitled(id), default_scheme())
}
