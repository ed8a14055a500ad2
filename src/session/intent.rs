//! Every command by name: one list for buttons, keys and the palette.

use std::rc::Rc;

mod names;
mod words;

use super::action::Edge;
use super::{Action, Comparing, Dialog, Listing, Motion, State, Unit, finding, naming};
use crate::edit::{Command, Refusal, plan};
use crate::model::*;

/// A command of the desk. Those without an [`Action`] (files, theme, drawers) are the browser's part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    Undo,
    Redo,
    ExportProject,
    /// The project without the articles whose texts are not on this device.
    ExportRest,
    ExportAs,
    /// All texts come onto this device.
    FetchTexts,
    HandIn,
    Share,
    /// Who gets which articles.
    Assign,
    /// All articles, or those assigned alone.
    ToggleListing,
    Import,
    AddText,
    Tag(TypeId),
    /// Gives what has the focus another type.
    Retype(TypeId),
    CopyFrame,
    GiveFrame,
    Delete,
    AddSelection,
    CutSelection,
    NextAnnotation,
    PreviousAnnotation,
    NextUnfinished,
    NextConflict,
    FocusHere,
    NextArticle,
    PreviousArticle,
    MarkDone,
    Reopen,
    ToggleExact,
    MoveEdge(Edge, Motion),
    Move(Motion),
    Extend(Motion),
    Seek {
        extend: bool,
    },
    SeekLetter(char),
    EraseLetter,
    Sought,
    SeekAgain,
    Option(u32),
    Hint(char),
    EraseHint,
    /// The next role asks, filled or not.
    AskNextRole,
    FillNearest,
    Escape,
    Find,
    FindSame,
    WhoIs,
    NextUntied,
    NextMention,
    PreviousMention,
    Entities,
    CopyToMine,
    RemoveArticle,
    ToggleLayer(AnnotatorId),
    RemoveLayer(AnnotatorId),
    /// Two annotators side by side.
    Compare,
    Filter,
    ToggleArticles,
    ToggleTheme,
    Keys,
    Palette,
    Guidelines,
    Scheme,
    Frames,
    Overview,
    Reading,
    Print,
    FocusMode,
    History,
    Projects,
    Storage,
    BackUp,
    TakeBack,
    TakeOver,
    Keep,
    /// Lets the newer version of the page take over.
    Renew,
    Undelete,
    Annotator,
    Tour,
}

/// An intent as a button, a line of the palette or a row of the key list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntentView {
    pub intent: Intent,
    /// The `data-command` of its button.
    pub name: Rc<str>,
    pub label: Rc<str>,
    pub key: Option<Rc<str>>,
    /// Why it can't be done now.
    pub refusal: Option<Rc<str>>,
}

const WORD: Motion = Motion { unit: Unit::Word, forward: true };
const WORD_BACK: Motion = Motion { unit: Unit::Word, forward: false };
const CLAUSE: Motion = Motion { unit: Unit::Clause, forward: true };
const SENTENCE: Motion = Motion { unit: Unit::Sentence, forward: true };
const QUOTATION: Motion = Motion { unit: Unit::Quotation, forward: true };

/// The intents that the palette lists, in its order.
pub fn intents(scheme: &Scheme) -> Vec<Intent> {
    let tags = scheme.types.iter().map(|of| Intent::Tag(of.id.clone()));
    let rest = [
        Intent::Undo,
        Intent::Redo,
        Intent::NextUnfinished,
        Intent::NextConflict,
        Intent::NextAnnotation,
        Intent::PreviousAnnotation,
        Intent::FocusHere,
        Intent::Extend(CLAUSE),
        Intent::Extend(SENTENCE),
        Intent::Extend(QUOTATION),
        Intent::Seek { extend: false },
        Intent::Seek { extend: true },
        Intent::SeekAgain,
        Intent::AskNextRole,
        Intent::CopyFrame,
        Intent::GiveFrame,
        Intent::Delete,
        Intent::AddSelection,
        Intent::CutSelection,
        Intent::MoveEdge(Edge::Start, WORD_BACK),
        Intent::MoveEdge(Edge::Start, WORD),
        Intent::MoveEdge(Edge::End, WORD),
        Intent::MoveEdge(Edge::End, WORD_BACK),
        Intent::ToggleExact,
        Intent::Find,
        Intent::FindSame,
        Intent::WhoIs,
        Intent::NextUntied,
        Intent::NextMention,
        Intent::PreviousMention,
        Intent::Entities,
        Intent::Frames,
        Intent::Overview,
        Intent::Compare,
        Intent::CopyToMine,
        Intent::MarkDone,
        Intent::Reopen,
        Intent::NextArticle,
        Intent::PreviousArticle,
        Intent::RemoveArticle,
        Intent::Import,
        Intent::AddText,
        Intent::ExportProject,
        Intent::ExportAs,
        Intent::HandIn,
        Intent::Share,
        Intent::Assign,
        Intent::ToggleListing,
        Intent::Filter,
        Intent::Projects,
        Intent::Storage,
        Intent::BackUp,
        Intent::FetchTexts,
        Intent::Annotator,
        Intent::Guidelines,
        Intent::Scheme,
        Intent::Keys,
        Intent::Tour,
        Intent::ToggleTheme,
        Intent::Reading,
        Intent::Print,
        Intent::FocusMode,
        Intent::History,
    ];
    tags.chain(rest).collect()
}

impl Intent {
    /// What happens at the desk; `None` where it is the browser's part, or nothing is in hand.
    pub fn action(&self, state: &State) -> Option<Action> {
        Some(match self {
            Self::Undo => Action::Undo,
            Self::Redo => Action::Redo,
            Self::Tag(type_id) => Action::Tag(type_id.clone()),
            Self::Retype(type_id) => Action::Run(Command::ChangeType { annotation: state.focus.clone()?, type_id: type_id.clone() }),
            Self::CopyFrame => Action::CopyFrame,
            Self::GiveFrame => Action::GiveFrame,
            Self::Delete => Action::Delete,
            Self::AddSelection => Action::AddSelection,
            Self::CutSelection => Action::CutSelection,
            Self::NextAnnotation => Action::FocusNext,
            Self::PreviousAnnotation => Action::FocusPrevious,
            Self::NextUnfinished => Action::NextUnfinished,
            Self::NextConflict => Action::NextConflict,
            Self::FocusHere => Action::FocusHere,
            Self::Seek { extend } => Action::Seek { extend: *extend },
            Self::SeekLetter(letter) => Action::SeekLetter(*letter),
            Self::EraseLetter => Action::EraseLetter,
            Self::Sought => Action::Sought,
            Self::SeekAgain => Action::SeekAgain,
            Self::NextArticle => Action::StepArticle(1),
            Self::PreviousArticle => Action::StepArticle(-1),
            Self::MarkDone => Action::MarkDone,
            Self::Reopen => Action::Run(Command::SetStatus { status: Status::InProgress }),
            Self::ToggleExact => Action::ToggleExact,
            Self::MoveEdge(edge, by) => Action::MoveEdge { edge: *edge, by: *by },
            Self::Move(motion) => Action::Move(*motion),
            Self::Extend(motion) => Action::Extend(*motion),
            Self::Option(n) => Action::ChooseOption(*n),
            Self::Hint(letter) => Action::Hint(*letter),
            Self::EraseHint => Action::EraseHint,
            Self::AskNextRole => Action::AskNextRole,
            Self::FillNearest => Action::FillNearest,
            Self::Escape => Action::Escape,
            Self::Find => Action::Find,
            Self::FindSame => Action::FindSame,
            Self::WhoIs => Action::AskWho,
            Self::NextUntied => Action::NextUntied,
            Self::NextMention => Action::StepMention { entity: None, forward: true },
            Self::PreviousMention => Action::StepMention { entity: None, forward: false },
            Self::Entities => {
                let tied = state.focused().and_then(|annotation| annotation.entity.as_ref());
                Action::Dialog(Some(Dialog::Entities(tied.map(|entity| state.store.standing(entity)))))
            }
            Self::ToggleLayer(annotator) => Action::ToggleLayer(annotator.clone()),
            Self::CopyToMine => {
                let annotation = state.focused()?;
                Action::Run(Command::CopyToMine { annotation: annotation.id.clone(), from: annotation.annotator.clone() })
            }
            Self::RemoveArticle => Action::Run(Command::RemoveArticle { article: state.article.clone()? }),
            Self::Keys => Action::Dialog(Some(Dialog::Keys)),
            Self::Palette => Action::Dialog(Some(Dialog::Palette)),
            Self::Guidelines => Action::Dialog(Some(Dialog::Guidelines(state.focused().map(|annotation| annotation.type_id.clone())))),
            Self::Scheme => Action::Dialog(Some(Dialog::Scheme(state.focused().map(|annotation| annotation.type_id.clone())))),
            Self::Overview => Action::Dialog(Some(Dialog::Overview)),
            Self::Frames => Action::Dialog(Some(Dialog::Frames)),
            Self::Compare => Action::Dialog(Some(Dialog::Compare)),
            Self::Reading => Action::Dialog(Some(Dialog::Reading)),
            Self::History => Action::Dialog(Some(Dialog::History)),
            Self::Projects => Action::Dialog(Some(Dialog::Projects)),
            Self::Storage => Action::Dialog(Some(Dialog::Storage)),
            Self::ExportAs => Action::Dialog(Some(Dialog::Export)),
            Self::HandIn => Action::Dialog(Some(Dialog::HandIn)),
            Self::Share => Action::Dialog(Some(Dialog::Share)),
            Self::Assign => Action::Dialog(Some(Dialog::Assign)),
            Self::ToggleListing => Action::List(match state.lists_assigned() {
                true => Listing::All,
                false => Listing::Assigned,
            }),
            Self::AddText => Action::Dialog(Some(Dialog::Add { address: "".into() })),
            Self::TakeBack => Action::TakeBack,
            Self::Annotator => Action::Dialog(Some(Dialog::Annotator)),
            Self::Tour => Action::Dialog(Some(Dialog::Tour(0))),
            Self::ExportProject
            | Self::Import
            | Self::Filter
            | Self::ToggleArticles
            | Self::FocusMode
            | Self::Print
            | Self::ToggleTheme
            | Self::RemoveLayer(_)
            | Self::BackUp
            | Self::TakeOver
            | Self::Keep
            | Self::Renew
            | Self::Undelete
            | Self::ExportRest
            | Self::FetchTexts => return None,
        })
    }

    /// The key as it is shown.
    fn key(&self, state: &State) -> Option<Rc<str>> {
        match self {
            Self::Option(_) => Some("1 … 9".into()),
            Self::FocusHere | Self::FillNearest => Some("Enter".into()),
            Self::Escape => Some("Esc".into()),
            other => state.keys.chord(state.store.scheme(), other).map(|chord| chord.shown().into()),
        }
    }

    /// Why it can't be done now.
    fn refusal(&self, state: &State) -> Option<String> {
        let context = state.dry_context();
        match self {
            Self::Undo => state.history.next_undo().is_none().then(|| "nothing to undo".to_owned()),
            Self::Redo => state.history.next_redo().is_none().then(|| "nothing to redo".to_owned()),
            Self::Tag(_) => state.in_hand().is_none().then(|| "select some words first".to_owned()),
            Self::Delete => match &state.focus {
                Some(annotation) => plan(&state.store, &context, &Command::Delete { annotation: annotation.clone() })
                    .err()
                    .map(|refusal| refusal.to_string()),
                None => Some("choose an annotation first".to_owned()),
            },
            Self::AddSelection | Self::CutSelection | Self::MoveEdge(..) => match state.focused() {
                None => Some("choose an annotation first".to_owned()),
                Some(annotation) => (!state.is_own(annotation)).then(|| Refusal::NotYours.to_string()),
            },
            Self::CopyFrame | Self::Retype(_) | Self::AskNextRole if state.focus.is_none() => Some("choose an annotation first".to_owned()),
            Self::Retype(_) => state.focused().filter(|annotation| !state.is_own(annotation)).map(|_| Refusal::NotYours.to_string()),
            Self::GiveFrame if state.clip.is_none() => Some("copy a frame first".to_owned()),
            Self::Find | Self::Print | Self::Compare if state.open_article().is_none() => Some("no article is open".to_owned()),
            Self::Compare => Comparing::of(state).is_none().then(|| "nobody else has annotated anything in this project".to_owned()),
            Self::WhoIs => naming::asked(state).err().map(|why| why.to_string()),
            Self::NextMention | Self::PreviousMention => naming::stepped(state).err().map(str::to_owned),
            Self::FetchTexts => state.catalogue.elsewhere().is_empty().then(|| "all texts are on this device".to_owned()),
            Self::FindSame => finding::same_as_focused(state).err().map(str::to_owned),
            Self::ToggleListing if state.assigned.is_empty() => Some("nothing is assigned to you".to_owned()),
            Self::ToggleListing if state.is_kept_apart() => Some("this project shows you what is assigned to you alone".to_owned()),
            Self::CopyToMine => match state.focused() {
                Some(annotation) if !state.is_own(annotation) => None,
                _ => Some("choose another annotator’s annotation first".to_owned()),
            },
            Self::MarkDone => {
                plan(&state.store, &context, &Command::SetStatus { status: Status::Done }).err().map(|refusal| refusal.to_string())
            }
            Self::Reopen | Self::RemoveArticle => match self.action(state) {
                Some(Action::Run(command)) => plan(&state.store, &context, &command).err().map(|refusal| refusal.to_string()),
                _ => Some("no article is open".to_owned()),
            },
            _ => None,
        }
    }
}

pub fn intent_view(state: &State, intent: Intent) -> IntentView {
    IntentView {
        name: intent.name(),
        label: intent.label(state).into(),
        key: intent.key(state),
        refusal: intent.refusal(state).map(Into::into),
        intent,
    }
}
