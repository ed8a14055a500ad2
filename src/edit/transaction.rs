use std::rc::Rc;

use crate::model::{ArticleId, Content, RecordKey};

/// One record before and after a change; `None` is absent. At least one of the two is there, and both have one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    before: Option<Content>,
    after: Option<Content>,
    scope: Scope,
}

/// Which versions of a record in conflict an edit takes the place of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The one shown; its rivals stay.
    #[default]
    Shown,
    /// All of them, as the person chose.
    AllVersions,
}

impl Edit {
    pub fn add(after: impl Into<Content>) -> Self {
        Self { before: None, after: Some(after.into()), scope: Scope::Shown }
    }

    pub fn remove(before: impl Into<Content>) -> Self {
        Self { before: Some(before.into()), after: None, scope: Scope::Shown }
    }

    /// `None` when the two are different records.
    pub fn change(before: impl Into<Content>, after: impl Into<Content>) -> Option<Self> {
        let (before, after) = (before.into(), after.into());
        (before.key() == after.key()).then_some(Self { before: Some(before), after: Some(after), scope: Scope::Shown })
    }

    /// The same edit, in the place of every version of the record.
    pub fn settling(self) -> Self {
        Self { scope: Scope::AllVersions, ..self }
    }

    pub fn scope(&self) -> Scope {
        self.scope
    }

    pub fn before(&self) -> Option<&Content> {
        self.before.as_ref()
    }

    pub fn after(&self) -> Option<&Content> {
        self.after.as_ref()
    }

    pub fn key(&self) -> RecordKey {
        self.before.as_ref().or(self.after.as_ref()).expect("invariant: an edit has a before or an after").key()
    }

    fn inverted(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone(), scope: Scope::Shown }
    }
}

/// Why a transaction happens; only what the person did enters the undo history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    User,
    /// A key in a field: one step with the keys before it in the same field.
    Typing,
    /// Articles brought in, which can be undone too.
    Import,
    /// A conflict settled.
    Resolve,
    Undo,
    Redo,
}

/// One undoable step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub cause: Cause,
    /// What it does, in words that follow "Undo: ".
    pub label: Rc<str>,
    /// The article where the person sees it happen.
    pub article: Option<ArticleId>,
    pub edits: Vec<Edit>,
}

impl Transaction {
    /// What takes this step back, on content: `apply(invert(t)) ∘ apply(t) = id`.
    pub fn invert(&self) -> Self {
        Self { edits: self.edits.iter().rev().map(Edit::inverted).collect(), ..self.clone() }
    }

    pub fn caused_by(self, cause: Cause) -> Self {
        Self { cause, ..self }
    }
}
