use yew::prelude::*;

use super::desk::{IntentButton, use_hands};
use crate::session::{Intent, IntentView, SaveState};

#[derive(Properties, PartialEq)]
pub struct BarProps {
    pub project: AttrValue,
    pub save: SaveState,
    pub articles: IntentView,
    pub undo: IntentView,
    pub redo: IntentView,
    pub palette: IntentView,
    pub theme: IntentView,
    pub keys: IntentView,
    pub projects: IntentView,
    pub export: IntentView,
}

/// The top bar: project, what is saved, what can be done.
#[component]
pub fn Bar(props: &BarProps) -> Html {
    let storage = use_hands().perform.reform(|_: MouseEvent| Intent::Storage);
    let (tone, long, detail) = match &props.save {
        SaveState::Unchanged => ("ok", "Saved on this device".to_owned(), "Nothing has changed since it was saved.".to_owned()),
        SaveState::Saving => ("busy", "Saving…".to_owned(), "Being written to this device.".to_owned()),
        SaveState::Saved { at } => (
            "ok",
            format!("Saved on this device {at}"),
            "Every change is on this device’s disk: it is there after a crash, too.".to_owned(),
        ),
        SaveState::SavedUnlessKilled { at, why } => (
            "warn",
            format!("Saved {at}, but a crash may lose the last minute"),
            format!("Saved in this browser’s local storage alone ({why}). Should the browser crash, the last minute may be lost."),
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
            <IntentButton view={props.palette.clone()} class="find" name="Commands Ctrl K"><span class="words">{ "Commands " }</span><kbd>{ "Ctrl K" }</kbd></IntentButton>
            <IntentButton view={props.theme.clone()} class="icon"><span aria-hidden="true">{ "◐" }</span></IntentButton>
            <IntentButton view={props.keys.clone()} class="icon"><span aria-hidden="true">{ "?" }</span></IntentButton>
            <IntentButton view={props.export.clone()} class="primary">{ "Export" }</IntentButton>
        </header>
    }
}
