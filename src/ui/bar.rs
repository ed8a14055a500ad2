use yew::prelude::*;

use super::desk::{IntentButton, use_hands};
use crate::session::{Intent, IntentView, SaveState};

#[derive(Properties, PartialEq)]
pub struct BarProps {
    pub project: AttrValue,
    pub save: SaveState,
    /// Another tab edits, and this one only shows.
    pub reads_only: bool,
    pub articles: IntentView,
    pub undo: IntentView,
    pub redo: IntentView,
    pub search: IntentView,
    pub palette: IntentView,
    pub theme: IntentView,
    pub focus_mode: IntentView,
    pub keys: IntentView,
    pub projects: IntentView,
    pub share: IntentView,
    pub export: IntentView,
    pub export_as: IntentView,
}

/// The top bar: project, what is saved, what can be done.
#[component]
pub fn Bar(props: &BarProps) -> Html {
    let storage = use_hands().perform.reform(|_: MouseEvent| Intent::Storage);
    let (tone, long, detail) = match &props.save {
        _ if props.reads_only => (
            "warn",
            "Reading only: another tab edits".to_owned(),
            "This browser denies the page its database, so that only one tab at a time can save safely. Any attempt to change something offers to edit here.".to_owned(),
        ),
        SaveState::Unchanged => ("ok", "Saved on this device".to_owned(), "Nothing has changed since it was saved.".to_owned()),
        SaveState::Saving => ("busy", "Saving…".to_owned(), "Being written to this device.".to_owned()),
        SaveState::Saved { at } => (
            "ok",
            format!("Saved on this device {at}"),
            "Every change is in this browser’s database: it is there after a crash, too. Only a private window forgets it, when it is closed.".to_owned(),
        ),
        SaveState::SavedUnlessKilled { at, why } => (
            "warn",
            format!("A crash may lose the last minute: {why} (saved {at})"),
            format!("Saved {at} in this browser’s local storage alone ({why}). Should the browser crash, the last minute may be lost."),
        ),
        SaveState::NotSaved { why } => ("bad", format!("Not saved: {why}"), format!("Not saved: {why}.")),
    };
    html! {
        <header class="bar">
            <IntentButton view={props.articles.clone()} class="icon menu"><span aria-hidden="true">{ "☰" }</span></IntentButton>
            <span class="name">{ "Standpoint" }</span>
            <IntentButton view={props.projects.clone()} class="project" name={format!("{}: projects on this device", props.project)}>{ props.project.clone() }</IntentButton>
            <button type="button" class={classes!("saved", tone)} title={detail} data-save-state={tone} data-command="storage" onclick={storage}><span class="words">{ long }</span></button>
            <span class="gap"></span>
            <IntentButton view={props.undo.clone()} class="icon"><span aria-hidden="true">{ "↶" }</span></IntentButton>
            <IntentButton view={props.redo.clone()} class="icon"><span aria-hidden="true">{ "↷" }</span></IntentButton>
            <IntentButton view={props.search.clone()} class="texts">{ "Find" }</IntentButton>
            <IntentButton view={props.palette.clone()} class="find" name="Commands Ctrl K"><span class="words">{ "Commands " }</span><kbd>{ "Ctrl K" }</kbd></IntentButton>
            <IntentButton view={props.focus_mode.clone()} class="leave-focus" name="Leave focus mode">{ "Leave focus" }</IntentButton>
            <IntentButton view={props.theme.clone()} class="icon"><span aria-hidden="true">{ "◐" }</span></IntentButton>
            <IntentButton view={props.keys.clone()} class="icon"><span aria-hidden="true">{ "?" }</span></IntentButton>
            <IntentButton view={props.share.clone()} class="share">{ "Share" }</IntentButton>
            <IntentButton view={props.export.clone()} class="primary">{ "Export" }</IntentButton>
            <IntentButton view={props.export_as.clone()} class="icon as"><span aria-hidden="true">{ "▾" }</span></IntentButton>
        </header>
    }
}
