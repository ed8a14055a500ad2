use std::rc::Rc;

use super::{Decided, Editing, Grip, Handing, KeyMap, Listing, Reading, Review, SaveState, Seat, Snapping, Unloaded};
use crate::analysis::Card;
use crate::edit::{AnnotationStore, Command, Fresh, RestorePoint};
use crate::model::*;
use crate::text::{Offset, Stretch};

/// When an action happens and the randomness it may use: what only the browser knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub now: Timestamp,
    pub fresh: Fresh,
}

/// What can happen at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Another project comes onto the desk; `saved` says whether the store has it all already.
    Open {
        store: AnnotationStore,
        article: Option<ArticleId>,
        saved: bool,
        /// Steps of work since it was last handed out as a file.
        unexported: u64,
        /// What the project has beside `store`.
        rest: Unloaded,
    },
    /// The records of articles came into memory.
    Loaded {
        articles: Vec<ArticleId>,
        records: Vec<(RecordKey, Rc<Record>)>,
    },
    /// The text of an article can't be had now.
    NotLoaded(ArticleId),
    /// Articles of which all but their texts is known by now.
    Announced(Vec<(ArticleId, Rc<Card>)>),
    /// Everything is stored: what has not been looked at for long may leave the memory.
    Tidy,
    Run(Command),
    /// What a key in a field makes of the field: stored at once, and one step of undo with the keys before it.
    Type(Command),
    Undo,
    Redo,
    /// So many steps forth, or back where it is negative.
    GoToStep(isize),
    OpenArticle(ArticleId),
    /// The open article `by` places further down the list.
    StepArticle(isize),
    /// A selection made with the pointer, in code points; `None` where it collapsed.
    Select(Option<Stretch>),
    /// The same for one that is to keep its exact edges.
    SelectExactly(Stretch),
    /// The word cursor goes to the word at this offset.
    PutCursor(Offset),
    Move(Motion),
    Extend(Motion),
    ToggleExact,
    /// Asks for the letters that a word begins with; with `extend`, the selection reaches to it.
    Seek {
        extend: bool,
    },
    SeekLetter(char),
    EraseLetter,
    /// Goes to the word that begins with the letters so far.
    Sought,
    /// Goes to the next word that begins with the same letters.
    SeekAgain,
    /// Drops the innermost thing in hand: role filling, then selection, then focus.
    Escape,
    Focus(Option<AnnotationId>),
    /// Focuses what covers the offset; again and again walks outwards.
    FocusAt(Offset),
    /// Focuses what covers the word in hand, if anything does.
    FocusHere,
    FocusNext,
    FocusPrevious,
    NextUnfinished,
    /// Focuses an annotation that lacks something; its first empty role asks.
    TakeUp(AnnotationId),
    /// Marks the open article as done; asks first where something in it is unfinished.
    MarkDone,
    Hover(Option<AnnotationId>),
    /// Tags the selection, or the word under the cursor.
    Tag(TypeId),
    /// Notes type, attributes and roles of what has the focus.
    CopyFrame,
    /// Gives what is in hand the frame that was noted: a selection is tagged so, else the focused annotation takes it.
    GiveFrame,
    /// The `n`th option of the first choice attribute, counted from 1.
    ChooseOption(u32),
    Delete,
    MoveEdge {
        edge: Edge,
        by: Motion,
    },
    /// A pointer let go of an edge at this offset.
    DropEdge {
        grip: Grip,
        edge: Edge,
        to: Offset,
        snapping: Snapping,
    },
    /// A pointer took hold of what may fill a role, or let go of it elsewhere.
    Carry(Option<Filler>),
    /// What is carried fills this role of the focused annotation.
    DropInto(RoleId),
    AddSelection,
    CutSelection,
    AskRole(AnnotationId, RoleId),
    /// One letter of a hint.
    Hint(char),
    Fill(Filler),
    EraseHint,
    /// The next role of the focused annotation asks, filled or not.
    AskNextRole,
    FillNearest,
    EndFilling,
    /// Opens the first article that is assigned and not done, unless one of those assigned is open.
    TakeUpAssigned,
    /// Which articles are listed, where some are assigned.
    List(Listing),
    /// Who sits at the desk, as far as this device knows.
    Sit(Seat),
    ToggleLayer(AnnotatorId),
    /// Looks for words in the texts.
    Find,
    /// Looks for all that says the same as the focused annotation, to be given its frame.
    FindSame,
    /// Asks who the focused mention is.
    AskWho,
    /// Asks who the next mention is that is tied to no entity.
    NextUntied,
    /// Focuses the next mention of this entity, or else of the focused mention's, in this article and the others in memory.
    StepMention {
        entity: Option<EntityId>,
        forward: bool,
    },
    /// Opens an article, whose records are in memory, and selects these words of it.
    GoTo {
        article: ArticleId,
        words: Stretch,
    },
    Dialog(Option<super::Dialog>),
    /// A file was read with problems, or belongs to another project: the person decides.
    Review(Rc<Review>),
    /// Copies of the project: merged where they contradict nothing that has to be decided, or as it was; asked about else.
    HandIn {
        handing: Rc<Handing>,
        decided: Option<Decided>,
    },
    /// Goes to the next annotation that copies say different things of; behind the last, to what they say of the project.
    NextConflict,
    /// What foreign files say, with the scheme that it is said in: one merge, which can be taken back.
    Bring {
        incoming: AnnotationStore,
        scheme: Rc<Scheme>,
        notice: Rc<str>,
    },
    TakeBack,
    /// An older merge is taken back; what changed since stays.
    GoBack(Rc<RestorePoint>),
    /// What another tab wrote, and what it says of the articles.
    Arrived {
        records: Vec<(RecordKey, Rc<Record>)>,
        cards: Vec<(ArticleId, Option<Rc<Card>>)>,
    },
    /// What another tab took back: each record as it was before, or gone.
    Replaced {
        records: Vec<(RecordKey, Option<Rc<Record>>)>,
        cards: Vec<(ArticleId, Option<Rc<Card>>)>,
    },
    /// Whether this tab may change the project.
    Edit(Editing),
    /// What the keys do on this device.
    SetKeys(Rc<KeyMap>),
    /// How the text is read on this device.
    SetReading(Reading),
    /// After how many steps the page reminds of exporting; 0 for never.
    RemindAfter(u64),
    /// Whose desk this is; the name is for one who is new here. No step of work, so undo knows nothing of it.
    SetAnnotator {
        annotator: AnnotatorId,
        name: Option<String>,
    },
    /// The person at the desk works as somebody else from now on, whose steps alone can be undone then; the name is for one who is new.
    WorkAs {
        annotator: AnnotatorId,
        name: Option<String>,
    },
    /// Goes to an annotation of somebody's in the open article, and shows their work where it is hidden.
    ShowWork {
        annotator: AnnotatorId,
        annotation: AnnotationId,
    },
    Say(super::Notice),
    Dismiss(u64),
    /// The project was handed to the person as a file.
    Exported,
    Saved {
        revision: u64,
        state: SaveState,
    },
    NotSaved {
        state: SaveState,
    },
}

/// Which edge of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

/// A step of the cursor or of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Motion {
    pub unit: Unit,
    pub forward: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Grapheme,
    Word,
    /// To a comma, a colon or a dash; forward alone.
    Clause,
    Sentence,
    /// To the next quotation mark; forward alone.
    Quotation,
    Block,
    Article,
    /// To the first or the last word of the annotation in hand, or else of the sentence.
    Hand,
}
