//! Records: everything that two copies of a project can change, each with its versions.

use std::rc::Rc;

use super::{Annotation, AnnotationId, AnnotatorId, Article, ArticleId, Entity, EntityId, ProjectId, Scheme, Timestamp, Version};

/// What a project says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectHeader {
    pub id: ProjectId,
    pub title: Rc<str>,
    pub description: Rc<str>,
    /// Markdown.
    pub guidelines: Rc<str>,
    pub others: Others,
}

/// Whether those who have articles assigned see what the other annotators do.
///
/// A matter of what the page shows, against bias, not of secrecy: what is in a file can be read there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Others {
    #[default]
    Shown,
    Hidden,
}

impl ProjectHeader {
    /// The header of a project that says nothing of itself.
    pub fn untitled(id: ProjectId) -> Self {
        Self { title: id.as_str().into(), id, description: "".into(), guidelines: "".into(), others: Others::default() }
    }
}

/// Whose work a layer of annotations is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotator {
    pub id: AnnotatorId,
    /// May be empty until the work is handed in.
    pub name: Rc<str>,
}

/// How far an annotator has come with an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub article: ArticleId,
    pub annotator: AnnotatorId,
    pub status: Status,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    #[default]
    New,
    InProgress,
    Done,
}

/// That an article was given to an annotator to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    pub article: ArticleId,
    pub annotator: AnnotatorId,
    /// Where it stands among what the annotator is to read: the smallest first, and what has none comes last, in the project's order.
    pub place: Option<u32>,
}

/// Which record; there is one scheme and one header a project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKey {
    Project,
    Scheme,
    Annotator(AnnotatorId),
    Assignment(ArticleId, AnnotatorId),
    Entity(EntityId),
    Article(ArticleId),
    /// With the article and the annotator it belongs to: an annotation never moves to another layer.
    Annotation(ArticleId, AnnotatorId, AnnotationId),
    Progress(ArticleId, AnnotatorId),
}

/// The kind of a record, as files and messages name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    Project,
    Scheme,
    Annotator,
    Assignment,
    Entity,
    Article,
    Annotation,
    Progress,
}

impl RecordKind {
    /// What messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Scheme => "scheme",
            Self::Annotator => "annotator",
            Self::Assignment => "assignment",
            Self::Entity => "entity",
            Self::Article => "article",
            Self::Annotation => "annotation",
            Self::Progress => "article’s status",
        }
    }
}

impl RecordKey {
    pub fn kind(&self) -> RecordKind {
        match self {
            Self::Project => RecordKind::Project,
            Self::Scheme => RecordKind::Scheme,
            Self::Annotator(_) => RecordKind::Annotator,
            Self::Assignment(..) => RecordKind::Assignment,
            Self::Entity(_) => RecordKind::Entity,
            Self::Article(_) => RecordKind::Article,
            Self::Annotation(..) => RecordKind::Annotation,
            Self::Progress(..) => RecordKind::Progress,
        }
    }

    /// The article that the record belongs to or is.
    pub fn article(&self) -> Option<&ArticleId> {
        match self {
            Self::Assignment(article, _) | Self::Article(article) | Self::Annotation(article, ..) | Self::Progress(article, _) => {
                Some(article)
            }
            Self::Project | Self::Scheme | Self::Annotator(_) | Self::Entity(_) => None,
        }
    }

    /// The article with which the record comes into memory and leaves it; `None` of what is there as long as the project is open.
    ///
    /// Who is to work on an article must be known before it is opened.
    pub fn in_memory_with(&self) -> Option<&ArticleId> {
        match self {
            Self::Assignment(..) => None,
            other => other.article(),
        }
    }
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Project(Rc<ProjectHeader>),
    Scheme(Rc<Scheme>),
    Annotator(Rc<Annotator>),
    Assignment(Rc<Assignment>),
    Entity(Rc<Entity>),
    Article(Rc<Article>),
    Annotation(Rc<Annotation>),
    Progress(Rc<Progress>),
}

impl Content {
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Project(_) => RecordKey::Project,
            Self::Scheme(_) => RecordKey::Scheme,
            Self::Annotator(annotator) => RecordKey::Annotator(annotator.id.clone()),
            Self::Assignment(assignment) => RecordKey::Assignment(assignment.article.clone(), assignment.annotator.clone()),
            Self::Entity(entity) => RecordKey::Entity(entity.id.clone()),
            Self::Article(article) => RecordKey::Article(article.id.clone()),
            Self::Annotation(annotation) => annotation.key(),
            Self::Progress(progress) => RecordKey::Progress(progress.article.clone(), progress.annotator.clone()),
        }
    }

    pub fn as_annotation(&self) -> Option<&Rc<Annotation>> {
        match self {
            Self::Annotation(annotation) => Some(annotation),
            _ => None,
        }
    }
}

impl Annotation {
    pub fn key(&self) -> RecordKey {
        RecordKey::Annotation(self.article.clone(), self.annotator.clone(), self.id.clone())
    }
}

impl From<Annotation> for Content {
    fn from(annotation: Annotation) -> Self {
        Self::Annotation(Rc::new(annotation))
    }
}

/// One version of a record: its content, or `None` where it was deleted (a tombstone).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versioned {
    pub content: Option<Content>,
    pub created: Timestamp,
    pub modified: Timestamp,
    pub version: Version,
}

/// The versions of a record that no other dominates; `current` is the one that is shown.
///
/// More than one is a conflict, in which nothing is lost. Built by `edit::merge` alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub current: Versioned,
    pub conflicts: Vec<Versioned>,
}

impl Record {
    pub fn single(versioned: Versioned) -> Self {
        Self { current: versioned, conflicts: Vec::new() }
    }

    pub fn versions(&self) -> impl Iterator<Item = &Versioned> {
        std::iter::once(&self.current).chain(&self.conflicts)
    }

    /// By which it is known whether it was changed since: each change adds to one of them.
    pub fn vectors(&self) -> Vec<Version> {
        self.versions().map(|versioned| versioned.version.clone()).collect()
    }

    /// A version that knows all of them.
    pub fn joined_version(&self) -> Version {
        self.conflicts.iter().fold(self.current.version.clone(), |version, conflict| version.join(&conflict.version))
    }
}
