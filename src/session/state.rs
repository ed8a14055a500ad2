use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{
    Catalogue, Elsewhere, Filling, Handing, Incoming, KeyMap, Lacking, Listing, Lists, Notice, Page, Reading, Restoring, Seat, Seed,
    Selection, Shared,
};
use crate::edit::{AnnotationStore, Context, Frame, Fresh, History, RestorePoint};
use crate::model::*;
use crate::text::Stretch;

/// Everything that a tab knows. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    pub store: AnnotationStore,
    pub history: Rc<History>,
    /// The steps of those as whom one has worked in this visit, and does not now.
    pub aside: Rc<BTreeMap<AnnotatorId, Rc<History>>>,
    /// This page load, in every version that it makes.
    pub replica: Replica,
    /// Whose layer is edited.
    pub annotator: AnnotatorId,
    pub article: Option<ArticleId>,
    pub hidden: Rc<BTreeSet<AnnotatorId>>,
    /// What the annotator is to work on, in the order of reading; empty where nothing is assigned to them.
    pub assigned: Rc<Vec<ArticleId>>,
    pub listing: Listing,
    pub seat: Seat,
    /// A short mark of each annotator but the one at the desk, for the text and the lists.
    pub marks: Rc<BTreeMap<AnnotatorId, Rc<str>>>,
    /// The word under the keyboard.
    pub cursor: Option<Stretch>,
    pub selection: Option<Selection>,
    /// Whether selections keep their exact edges instead of snapping to words.
    pub exact: bool,
    pub focus: Option<AnnotationId>,
    pub hover: Option<AnnotationId>,
    pub filling: Option<Rc<Filling>>,
    /// What a pointer holds that may fill a role.
    pub carried: Option<Filler>,
    /// A word that is being named by its first letters.
    pub seeking: Option<Seeking>,
    /// The letters of the last word that was named so.
    pub sought: Rc<str>,
    /// The frame that was copied.
    pub clip: Option<Rc<Frame>>,
    /// What the keys do on this device.
    pub keys: Rc<KeyMap>,
    /// How the text is read on this device.
    pub reading: Reading,
    pub dialog: Option<Dialog>,
    /// Decisions on files that come after the one in the dialog.
    pub waiting: Rc<Vec<Dialog>>,
    /// What was done last, in words, for `role=status`.
    pub status: Rc<str>,
    /// Messages that need attention.
    pub notices: Rc<Vec<Notice>>,
    pub next_notice: u64,
    /// What the last merge changed, as long as it can be taken back as a whole.
    pub last_merge: Option<Rc<RestorePoint>>,
    /// The greatest number that this page load put into a version; never goes back, even when a merge is taken back.
    pub number: u64,
    /// Counts changes of the records as this tab shows them.
    pub revision: u64,
    /// Records changed since they were last stored, each with the revision that changed it.
    pub unsaved: Rc<BTreeMap<RecordKey, Unsaved>>,
    pub saved_revision: Option<u64>,
    /// Steps of work since the project was last handed out as a file, kept across visits.
    pub unexported: u64,
    /// After how many such steps the page reminds of exporting; 0 for never.
    pub remind_after: u64,
    /// The revision that was exported last.
    pub exported: Option<u64>,
    pub save: SaveState,
    pub editing: Editing,
    /// Grows whenever the text should scroll to the focus or the cursor.
    pub scroll: u64,
    pub page: Rc<Page>,
    pub lists: Rc<Lists>,
    pub catalogue: Rc<Catalogue>,
    /// An article that is to be opened as soon as its records are in memory.
    pub wanted: Option<ArticleId>,
    /// The articles opened in this visit, the latest last.
    pub visited: Rc<Vec<ArticleId>>,
}

/// The first letters of a word that the cursor is to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seeking {
    pub typed: String,
    /// Whether the selection reaches to it.
    pub extend: bool,
}

/// What the person may believe about their work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing to save yet.
    Unchanged,
    Saving,
    /// In the browser's database, where it outlives a crash; local time of day.
    Saved {
        at: Rc<str>,
    },
    /// In local storage alone, of which a browser that is killed may lose the last minute; why it is not in the database.
    SavedUnlessKilled {
        at: Rc<str>,
        why: Rc<str>,
    },
    /// Not stored; why, and what to do.
    NotSaved {
        why: Rc<str>,
    },
}

/// Unless the person says otherwise, the page reminds of exporting after this many steps.
pub const REMIND_AFTER: u64 = 300;

/// So many records take the stores longer than it takes to close a tab.
const SECONDS_TO_STORE: usize = 500;

/// How a changed record goes to the stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The revision that changed it.
    pub revision: u64,
    pub how: Storing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storing {
    /// Merged with what a store holds by now.
    Merge,
    /// In place of what a store holds: a merge was taken back.
    Replace,
}

/// Whether this tab may change the project: where local storage is the only store, one tab at a time may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Editing {
    Here,
    InAnotherTab,
}

/// What lies over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    Keys,
    Palette,
    /// What counts as what; at what is said of a type, if one is given.
    Guidelines(Option<TypeId>),
    /// Types, attributes and roles; at this type.
    Scheme(Option<TypeId>),
    /// Who says what in the open article, as a table.
    Frames,
    /// The project in pictures.
    Overview,
    /// How the text is read.
    Reading,
    /// The steps that can be undone and done again.
    History,
    Projects,
    Storage,
    /// The project, or some of it, in other programs' formats.
    Export,
    /// Who gets which articles.
    Assign,
    /// The annotator's own work, to be handed in.
    HandIn,
    /// A hand-out as a link.
    Share,
    /// One's name, and as whom else one can work.
    Annotator,
    /// Two annotators side by side, in the open article.
    Compare,
    Tour(u8),
    /// Words are looked for, to go to them or to tag them.
    Find(Rc<Seed>),
    /// Who this mention is.
    Who(AnnotationId),
    /// The register of entities; with one, that one is open in it.
    Entities(Option<EntityId>),
    /// The article is to be done with this unfinished in it.
    Unfinished(Rc<Vec<Lacking>>),
    Review(Rc<Review>),
    /// A hand-out came by a link.
    Shared(Rc<Shared>),
    /// What copies contradict that are to be merged.
    Clashes(Rc<Handing>),
    /// What to take of a backup.
    Restore(Rc<Restoring>),
    /// What becomes of foreign files.
    Bring(Rc<Incoming>),
    /// Files are being read; who closes it ends that.
    Carrying(Rc<Carrying>),
    /// Texts by hand, or from an address.
    Add {
        /// The address, if one was pasted.
        address: Rc<str>,
    },
    /// The address asks for a project from another origin.
    Foreign {
        url: Rc<str>,
        origin: Rc<str>,
    },
}

impl Dialog {
    /// Whether the desk can't be reached while it is open.
    pub fn is_modal(&self) -> bool {
        !matches!(self, Self::Tour(_))
    }

    /// Whether a file waits for it, so that nothing else may push it aside.
    pub fn is_decision(&self) -> bool {
        matches!(self, Self::Review(_) | Self::Clashes(_) | Self::Shared(_) | Self::Restore(_) | Self::Bring(_))
    }
}

/// How far something that takes long has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carrying {
    /// What is done, as a sentence without its full stop.
    pub what: Rc<str>,
    pub percent: u8,
}

/// A file whose import needs a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub file: Rc<str>,
    pub project: AnnotationStore,
    /// What is wrong, as sentences that name the place.
    pub issues: Vec<Rc<str>>,
    /// Articles of it whose texts are to be fetched.
    pub elsewhere: Elsewhere,
}

impl State {
    pub fn new(store: AnnotationStore, replica: Replica, annotator: AnnotatorId) -> Self {
        Self {
            lists: Rc::new(Lists::none(annotator.clone())),
            store,
            history: Rc::default(),
            aside: Rc::default(),
            replica,
            annotator,
            article: None,
            hidden: Rc::default(),
            assigned: Rc::default(),
            listing: Listing::default(),
            seat: Seat::default(),
            marks: Rc::default(),
            cursor: None,
            selection: None,
            exact: false,
            focus: None,
            hover: None,
            filling: None,
            carried: None,
            seeking: None,
            sought: "".into(),
            clip: None,
            keys: Rc::default(),
            reading: Reading::default(),
            dialog: None,
            waiting: Rc::default(),
            status: "".into(),
            notices: Rc::default(),
            next_notice: 1,
            last_merge: None,
            number: 0,
            revision: 0,
            unsaved: Rc::default(),
            saved_revision: None,
            unexported: 0,
            remind_after: REMIND_AFTER,
            exported: None,
            save: SaveState::Unchanged,
            editing: Editing::Here,
            scroll: 0,
            page: Rc::default(),
            catalogue: Rc::default(),
            wanted: None,
            visited: Rc::default(),
        }
    }

    /// Whether leaving the project now would lose steps of the person's: they are neither stored nor exported.
    pub fn would_lose_work(&self) -> bool {
        matches!(self.save, SaveState::NotSaved { .. }) && self.has_steps() && self.exported != Some(self.revision)
    }

    /// Whether there is anything to undo or to do again, of whomever one has worked as.
    pub fn has_steps(&self) -> bool {
        self.histories().any(|history| history.next_undo().is_some() || history.next_redo().is_some())
    }

    /// The steps of all as whom one has worked in this visit.
    pub fn histories(&self) -> impl Iterator<Item = &Rc<History>> {
        std::iter::once(&self.history).chain(self.aside.values())
    }

    /// Whether leaving the page now would lose work: what could not be stored, or so much that it is still being stored.
    pub fn is_at_risk(&self) -> bool {
        self.would_lose_work() || (matches!(self.save, SaveState::Saving) && self.unsaved.len() > SECONDS_TO_STORE)
    }

    pub fn open_article(&self) -> Option<&Rc<Article>> {
        self.store.article(self.article.as_ref()?)
    }

    pub fn context(&self, moment: &super::Moment) -> Context {
        Context { annotator: self.annotator.clone(), article: self.article.clone(), fresh: moment.fresh }
    }

    /// For asking [`plan`](crate::edit::plan()) what it would do.
    pub fn dry_context(&self) -> Context {
        Context { annotator: self.annotator.clone(), article: self.article.clone(), fresh: Fresh { millis: 0, entropy: 0 } }
    }

    /// The live annotation of that id in the open article.
    pub fn annotation(&self, id: &AnnotationId) -> Option<&Rc<Annotation>> {
        self.store.layers(self.article.as_ref()?)?.find(id, &self.annotator)
    }

    pub fn focused(&self) -> Option<&Rc<Annotation>> {
        self.annotation(self.focus.as_ref()?)
    }

    pub fn is_own(&self, annotation: &Annotation) -> bool {
        annotation.annotator == self.annotator
    }

    /// What a type key would tag now: the selection, or the word under the cursor.
    pub fn in_hand(&self) -> Option<Stretch> {
        self.selection.map(|selection| selection.stretch()).or(self.cursor)
    }

    /// The name of an annotator, or a word for one who has none.
    pub fn annotator_name(&self, id: &AnnotatorId) -> String {
        annotator_name(&self.store, &self.annotator, id)
    }

    /// The name of an annotator in a list of all, oneself as such.
    pub fn called(&self, id: &AnnotatorId) -> String {
        match (*id == self.annotator, self.annotator_name(id)) {
            (true, name) if name == "you" => "You".to_owned(),
            (true, name) => format!("{name} (you)"),
            (false, name) => name,
        }
    }

    /// The mark of another annotator; nobody marks their own work.
    pub fn mark_of(&self, id: &AnnotatorId) -> Option<&Rc<str>> {
        self.marks.get(id)
    }

    pub fn entity_name(&self, id: &EntityId) -> String {
        entity_name(&self.store, id)
    }
}

/// See [`State::annotator_name`]; `own` is whose desk it is.
pub(super) fn annotator_name(store: &AnnotationStore, own: &AnnotatorId, id: &AnnotatorId) -> String {
    match store.annotator(id) {
        Some(annotator) if !annotator.name.is_empty() => annotator.name.to_string(),
        _ if id == own => "you".to_owned(),
        _ => id.as_str().chars().take(12).collect(),
    }
}

pub(super) fn entity_name(store: &AnnotationStore, id: &EntityId) -> String {
    let id = &store.standing(id);
    match store.entity(id) {
        Some(entity) => entity.name.to_string(),
        None if id.is_author() => "The article’s author".to_owned(),
        None => format!("unknown entity {id}"),
    }
}
