use std::rc::Rc;

use crate::edit::AnnotationStore;
use crate::model::ProjectId;

/// A backup file, of which the person chooses what comes onto this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restoring {
    pub file: Rc<str>,
    /// When it was made, in the person's own time and manner.
    pub made: Option<Rc<str>>,
    pub projects: Vec<Returning>,
    /// Lines that are no rows at all.
    pub unreadable: usize,
}

/// A project of a backup, and what restoring it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returning {
    pub id: ProjectId,
    pub store: AnnotationStore,
    pub articles: usize,
    pub annotations: usize,
    /// What of it can't be read, and stays out.
    pub problems: Rc<Vec<Rc<str>>>,
    pub effect: Effect,
}

/// What merging a copy does to what is here; counts records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The project is not on this device.
    New,
    /// All of it is here already.
    Nothing,
    Changes {
        added: usize,
        changed: usize,
        /// Present here, and deleted in the copy since.
        removed: usize,
    },
}

impl Returning {
    /// `here` is what this device has of the project.
    pub fn of(store: AnnotationStore, problems: Vec<String>, here: Option<&AnnotationStore>) -> Self {
        let effect = here.map_or(Effect::New, |here| Effect::of(here, &store));
        Self {
            id: store.header().id.clone(),
            articles: store.article_ids().len(),
            annotations: store.article_ids().iter().map(|article| store.annotations(article).len()).sum(),
            problems: Rc::new(problems.into_iter().map(Into::into).collect()),
            effect,
            store,
        }
    }
}

impl Effect {
    fn of(here: &AnnotationStore, copy: &AnnotationStore) -> Self {
        let (merged, keys) = here.merge_copy(copy);
        if keys.is_empty() {
            return Self::Nothing;
        }
        let added = keys.iter().filter(|key| here.live(key).is_none() && merged.live(key).is_some()).count();
        let removed = keys.iter().filter(|key| here.live(key).is_some() && merged.live(key).is_none()).count();
        Self::Changes { added, changed: keys.len() - added - removed, removed }
    }
}
