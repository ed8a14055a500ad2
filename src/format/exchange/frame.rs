//! Where what files say goes.

use std::rc::Rc;

use crate::edit::AnnotationStore;
use crate::model::{AnnotatorId, ProjectHeader, ProjectId};

/// Where it all goes.
pub struct Frame<'a> {
    pub header: ProjectHeader,
    /// Who did the work where the file does not say.
    pub annotator: Whose,
    /// The format's name, for the origin of each annotation.
    pub format: &'a str,
    /// The project that it will be merged into: what that has is not made anew.
    pub known: Option<&'a AnnotationStore>,
    pub versions: Versions,
}

impl<'a> Frame<'a> {
    /// A project of its own, without a title.
    pub fn new(project: ProjectId, annotator: AnnotatorId, format: &'a str) -> Self {
        Self {
            header: ProjectHeader::untitled(project),
            annotator: Whose::Id(annotator),
            format,
            known: None,
            versions: Versions::default(),
        }
    }
}

/// Somebody who did work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The one with this id, whom the project knows or will know.
    Id(AnnotatorId),
    /// The one with this name; a new annotator where the project has none.
    Named(Rc<str>),
}

/// Which version records get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Versions {
    /// One made of the content: a file that is read twice merges with itself.
    #[default]
    OfContent,
    /// One for all, for what is looked at and never stored or merged: making one of the content is a seventh of the work.
    Alike,
}
