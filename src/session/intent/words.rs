//! What commands are called, and their keys.

use super::{CLAUSE, Intent, QUOTATION, SENTENCE};
use crate::model::{Scheme, TypeId};
use crate::session::State;
use crate::session::action::Edge;

impl Intent {
    /// What it is called, whatever the state.
    pub fn plain_label(&self, scheme: &Scheme) -> String {
        let name = |id: &TypeId| scheme.type_of(id).map_or_else(|| id.to_string(), |of| of.name.to_string());
        match self {
            Self::Undo => "Undo".to_owned(),
            Self::Redo => "Redo".to_owned(),
            Self::Tag(type_id) => name(type_id),
            Self::Retype(type_id) => format!("Change to {}", name(type_id).to_lowercase()),
            other => other.text(false).to_owned(),
        }
    }

    pub(super) fn label(&self, state: &State) -> String {
        match self {
            Self::Undo => state.history.next_undo().map_or_else(|| "Undo".to_owned(), |step| format!("Undo: {}", step.label)),
            Self::Redo => state.history.next_redo().map_or_else(|| "Redo".to_owned(), |step| format!("Redo: {}", step.label)),
            Self::Tag(_) | Self::Retype(_) => self.plain_label(state.store.scheme()),
            Self::ToggleLayer(annotator) => {
                let verb = if state.hidden.contains(annotator) { "Show" } else { "Hide" };
                format!("{verb} the work of {}", state.annotator_name(annotator))
            }
            Self::RemoveLayer(annotator) => format!("Remove the work of {} from the project", state.annotator_name(annotator)),
            other => other.text(state.exact).to_owned(),
        }
    }

    fn text(&self, exact: bool) -> &'static str {
        match self {
            // These are named by what they act on.
            Self::Undo | Self::Redo | Self::Tag(_) | Self::Retype(_) => "",
            Self::ExportProject => "Export the project (JSON)",
            Self::ExportAs => "Export in other formats, in part, or split",
            Self::HandIn => "Hand in: your work as a file for whoever leads the project",
            Self::Share => "Share a link that holds articles",
            Self::Assign => "Assign articles to annotators",
            Self::ToggleListing => "List all articles, or only those assigned to you",
            Self::AddText => "Add a text by hand or from a web address",
            Self::Import => "Add articles, a project file, or other programs’ files",
            Self::Delete => "Delete the annotation",
            Self::AddSelection => "Add the selection to the annotation (a further fragment)",
            Self::CutSelection => "Take the selection off the annotation",
            Self::NextAnnotation => "Next annotation",
            Self::PreviousAnnotation => "Previous annotation",
            Self::NextUnfinished => "Next unfinished",
            Self::NextConflict => "Next conflict: what copies say different things of",
            Self::FocusHere => "Choose the annotation under the cursor; again for the one around it",
            Self::NextArticle => "Next article",
            Self::PreviousArticle => "Previous article",
            Self::MarkDone => "Mark the article as done",
            Self::Reopen => "Reopen the article",
            Self::ToggleExact if exact => "Snap selections to words",
            Self::ToggleExact => "Select exactly, inside words too",
            Self::MoveEdge(Edge::Start, motion) if motion.forward => "Start one word later",
            Self::MoveEdge(Edge::Start, _) => "Start one word earlier",
            Self::MoveEdge(Edge::End, motion) if motion.forward => "End one word later",
            Self::MoveEdge(Edge::End, _) => "End one word earlier",
            Self::Move(_) => "Move the cursor",
            Self::Extend(CLAUSE) => "Select to the end of the clause",
            Self::Extend(SENTENCE) => "Select to the end of the sentence",
            Self::Extend(QUOTATION) => "Select to the next quotation mark",
            Self::Extend(_) => "Extend the selection",
            Self::Seek { extend: false } => "Go to a word by its first letters",
            Self::Seek { extend: true } => "Select to a word by its first letters",
            Self::SeekAgain => "Go to the next word with the same first letters",
            Self::SeekLetter(_) => "A letter of the word",
            Self::EraseLetter => "Take the letter back",
            Self::Sought => "Go to the word",
            Self::CopyFrame => "Copy the frame (type, attributes, roles)",
            Self::GiveFrame => "Give the copied frame to the selection or the annotation",
            Self::Option(_) => "Set the first attribute",
            Self::Hint(_) => "Fill the role with the hinted one",
            Self::EraseHint => "Take the last letter of the hint back",
            Self::FillNearest => "Fill the role with the nearest",
            Self::Escape => "Leave it",
            Self::Find => "Find in the texts, and tag what is found",
            Self::FindSame => "Tag every place that says the same alike",
            Self::WhoIs => "Say who this is (its entity)",
            Self::NextUntied => "Say who the next mention is that is tied to nobody",
            Self::NextMention => "Next mention of the same entity",
            Self::PreviousMention => "Previous mention of the same entity",
            Self::Entities => "Entities: merge, split, describe",
            Self::CopyToMine => "Copy the annotation to my work",
            Self::RemoveArticle => "Remove the article from the project",
            Self::AskNextRole => "Ask for the next role of this frame, filled or not",
            Self::ToggleLayer(_) => "Show or hide this annotator’s work",
            Self::RemoveLayer(_) => "Remove this annotator’s work from the project",
            Self::Compare => "Compare two annotators, side by side",
            Self::Filter => "Filter the articles",
            Self::ToggleArticles => "Articles",
            Self::ToggleTheme => "Switch light and dark",
            Self::Keys => "All keys",
            Self::Palette => "All commands",
            Self::Guidelines => "Guidelines",
            Self::Scheme => "Scheme: types, attributes, roles",
            Self::Overview => "Overview: progress, and who takes which stance",
            Self::Frames => "Who says what, as a table",
            Self::Print => "Print the article with its frames",
            Self::Reading => "Reading: size, width, lines and face of the text, a sentence a line",
            Self::FocusMode => "Focus mode: the text alone, or all again",
            Self::History => "History: the steps that can be undone",
            Self::Projects => "Projects on this device",
            Self::Storage => "Storage, backups and merges to take back",
            Self::ExportRest => "Export without the articles whose texts are not on this device",
            Self::FetchTexts => "Get all texts now, for work without a network",
            Self::BackUp => "Back up all projects into one file",
            Self::TakeBack => "Take the last merge back",
            Self::TakeOver => "Edit in this tab",
            Self::Keep => "Store the project again",
            Self::Renew => "Use the newer version of this page",
            Self::Undelete => "Bring the deleted project back",
            Self::Annotator => "Your name, or work as another annotator",
            Self::Tour => "Show me around",
        }
    }

    /// The keys of those that belong to no scheme, unless the person chose others.
    pub(in crate::session) fn default_keys(&self) -> &'static [&'static str] {
        match self {
            Self::Undo => &["Ctrl+z"],
            Self::Redo => &["Ctrl+Shift+z", "Ctrl+y"],
            Self::Palette => &["Ctrl+k"],
            Self::Delete => &["Delete"],
            Self::AddSelection => &["+"],
            Self::CutSelection => &["-"],
            Self::NextAnnotation => &["j"],
            Self::PreviousAnnotation => &["k"],
            Self::NextUnfinished => &["n"],
            Self::MarkDone => &["D"],
            Self::ToggleExact => &["x"],
            Self::MoveEdge(Edge::Start, motion) if motion.forward => &["{"],
            Self::MoveEdge(Edge::Start, _) => &["["],
            Self::MoveEdge(Edge::End, motion) if motion.forward => &["]"],
            Self::MoveEdge(Edge::End, _) => &["}"],
            Self::Extend(CLAUSE) => &[","],
            Self::Extend(SENTENCE) => &["."],
            Self::Extend(QUOTATION) => &["\""],
            Self::Seek { extend: false } => &["f"],
            Self::Seek { extend: true } => &["F"],
            Self::SeekAgain => &[";"],
            Self::CopyFrame => &["y"],
            Self::GiveFrame => &["Y"],
            Self::Find => &["Ctrl+Shift+f"],
            Self::FindSame => &["p"],
            Self::WhoIs => &["e"],
            Self::AskNextRole => &["r"],
            Self::NextUntied => &["N"],
            Self::ExportAs => &["E"],
            Self::HandIn => &["H"],
            Self::AddText => &["A"],
            Self::NextMention => &["m"],
            Self::PreviousMention => &["M"],
            Self::Filter => &["/"],
            Self::Compare => &["="],
            Self::Keys => &["?"],
            Self::Guidelines => &["i"],
            Self::NextArticle => &["Alt+PageDown"],
            Self::PreviousArticle => &["Alt+PageUp"],
            _ => &[],
        }
    }
}
