use std::rc::Rc;

use thiserror::Error;

use super::{Fate, Frame, Fresh, Mention, Place, Portrait};
use crate::model::*;
use crate::text::Stretch;

/// What the person wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Tags `span`; with `fills`, the new annotation takes that role of that annotation in the same step.
    Tag {
        type_id: TypeId,
        span: Span,
        fills: Option<(AnnotationId, RoleId)>,
    },
    /// `None` takes the value off.
    SetAttribute {
        annotation: AnnotationId,
        attribute: AttributeId,
        value: Option<AttributeValue>,
    },
    /// A role that holds one filler gets this one instead.
    FillRole {
        annotation: AnnotationId,
        role: RoleId,
        filler: Filler,
    },
    EmptyRole {
        annotation: AnnotationId,
        role: RoleId,
        filler: Filler,
    },
    /// `None` unties.
    TieEntity {
        annotation: AnnotationId,
        entity: Option<EntityId>,
    },
    /// Makes a new entity and ties the annotation to it.
    NewEntity {
        annotation: AnnotationId,
        name: String,
        kind: EntityKind,
    },
    /// Writes down what is known of an entity.
    Describe {
        entity: EntityId,
        portrait: Portrait,
    },
    /// Two entities are one: the mentions of `from` count as those of `into`.
    MergeEntities {
        from: EntityId,
        into: EntityId,
    },
    /// Takes a merge of entities back.
    PartEntities {
        entity: EntityId,
    },
    /// Makes a new entity of some of an entity's mentions, which are the annotator's own.
    SplitEntity {
        entity: EntityId,
        name: String,
        mentions: Vec<Mention>,
    },
    SetNote {
        annotation: AnnotationId,
        note: String,
    },
    SetSpan {
        annotation: AnnotationId,
        span: Span,
    },
    AddStretch {
        annotation: AnnotationId,
        stretch: Stretch,
    },
    CutStretch {
        annotation: AnnotationId,
        stretch: Stretch,
    },
    /// Tags all of these places alike, in one step; `origin` is what the new annotations say of where they come from.
    TagAlike {
        frame: Rc<Frame>,
        places: Vec<Place>,
        origin: OriginKind,
    },
    /// Attributes, roles and entity of another annotation of the type; what the frame leaves open stays.
    GiveFrame {
        annotation: AnnotationId,
        frame: Rc<Frame>,
    },
    ChangeType {
        annotation: AnnotationId,
        type_id: TypeId,
    },
    /// Of an annotation in conflict, every version.
    Delete {
        annotation: AnnotationId,
    },
    /// Copies another annotator's annotation, and what fills its roles, into one's own layer.
    CopyToMine {
        annotation: AnnotationId,
        from: AnnotatorId,
    },
    /// Removes an annotator's whole work, such as the worked example's.
    RemoveLayer {
        annotator: AnnotatorId,
    },
    SetStatus {
        status: Status,
    },
    AddArticles {
        articles: Vec<Rc<Article>>,
    },
    RemoveArticle {
        article: ArticleId,
    },
    RenameAnnotator {
        name: String,
    },
    /// Says who gets which articles, in the place of all that was said of it before, and whether they see each other's work.
    Assign {
        shares: Vec<Share>,
        others: Others,
    },
    RenameProject {
        title: String,
    },
    /// Writes the guidelines of the project, in Markdown.
    SetGuidelines {
        guidelines: String,
    },
    /// Changes the types, attributes and roles; `fates` says what becomes of the annotations of types that are gone.
    SetScheme {
        scheme: Rc<Scheme>,
        fates: Vec<(TypeId, Fate)>,
    },
    /// Settles a conflict: the `keep`th version, 0 being the one shown, takes the place of all. Its roles let go of
    /// annotations that are not there any more.
    Resolve {
        annotation: AnnotationId,
        keep: usize,
    },
}

/// What one annotator gets to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    pub who: Assignee,
    /// In the order of reading.
    pub articles: Vec<ArticleId>,
}

/// Who gets a share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assignee {
    Known(AnnotatorId),
    /// Somebody of this name, whom the project may not know yet.
    New(String),
}

/// Whose desk a command is planned at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    pub annotator: AnnotatorId,
    /// The open article.
    pub article: Option<ArticleId>,
    pub fresh: Fresh,
}

/// Why a command can't be done now: the tooltip of its button.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    #[error("no article is open")]
    NoArticle,
    #[error("choose an annotation first")]
    NothingChosen,
    #[error("this annotation is not there any more")]
    UnknownAnnotation,
    #[error("this is another annotator’s work; copy it to yours first")]
    NotYours,
    #[error("the scheme has no type “{0}”")]
    UnknownType(TypeId),
    #[error("a {of} has no “{name}”")]
    UnknownPart { of: String, name: String },
    #[error("the span ends after the text")]
    SpanOutOfText,
    #[error("this is tagged so already")]
    AlreadyTagged(AnnotationId),
    #[error("an annotation can’t fill a role of its own")]
    SelfReference,
    #[error("“{role}” does not take a {filler}")]
    NotAccepted { role: String, filler: String },
    #[error("“{role}” holds {max} at most")]
    RoleFull { role: String, max: u32 },
    #[error("the entity is not there any more")]
    UnknownEntity,
    #[error("Wikidata’s ids are a Q and digits, such as Q42")]
    NotWikidata,
    #[error("the article’s author is another one in each article")]
    AuthorStays,
    #[error("a {0} is not tied to an entity")]
    NoEntity(String),
    #[error("{0}")]
    BadScheme(String),
    #[error("a name is needed")]
    NoName,
    #[error("nothing would change")]
    NothingToDo,
    #[error("nothing of the span would be left; delete the annotation instead")]
    NothingLeft,
    #[error("all of these articles are here already")]
    ArticlesHere,
    #[error("this is a {is}, and the copied frame is that of a {frame}")]
    OtherType { is: String, frame: String },
    #[error("there are two versions of this under one number; choose one first")]
    Unresolved,
}
