use yew::prelude::*;

use super::forms::{ConfirmForm, TitleForm};
use crate::model::ProjectId;
use crate::ui::outcome::{Outcome, said};
use crate::ui::words::counted;

/// A project as the list shows it.
#[derive(Clone, PartialEq)]
pub struct ProjectRow {
    pub id: ProjectId,
    pub title: AttrValue,
    pub articles: usize,
    /// What it takes of the stores, in words, as soon as that is known.
    pub size: Option<AttrValue>,
    /// Whether it lies on the desk.
    pub open: bool,
    pub archived: bool,
}

/// Which form is open in the list.
#[derive(Clone, PartialEq, Default)]
pub enum Doing {
    #[default]
    Nothing,
    /// A new project is given a title.
    Beginning,
    Renaming(ProjectId),
    Deleting(ProjectId),
}

/// What the person wants with the projects.
#[derive(Clone, PartialEq)]
pub enum Wish {
    Do(Doing),
    Open(ProjectId),
    Begin(String),
    Rename(ProjectId, String),
    Duplicate(ProjectId),
    Archive(ProjectId),
    Unarchive(ProjectId),
    Delete(ProjectId),
    /// The `n`th of those deleted since the page was opened.
    Undelete(usize),
}

/// What the list shows.
pub struct ProjectListView<'a> {
    /// `None` until the stores have answered.
    pub rows: Option<Vec<ProjectRow>>,
    /// Titles of what was deleted since the page was opened.
    pub deleted: Vec<AttrValue>,
    pub doing: &'a Doing,
    pub outcome: Option<&'a Outcome>,
}

/// The projects of this device, and what can be done with each.
pub fn project_list(view: &ProjectListView<'_>, on: &Callback<Wish>) -> Html {
    let rows = |archived: bool| -> Vec<Html> {
        let rows = view.rows.iter().flatten().filter(|row| row.archived == archived);
        rows.map(|row| project(row, view.doing, on)).collect()
    };
    let (listed, archived) = (rows(false), rows(true));
    let opened_from_archive = view.rows.iter().flatten().any(|row| row.archived && row.open);
    let begin = on.reform(|_: MouseEvent| Wish::Do(Doing::Beginning));
    let stop = on.reform(|()| Wish::Do(Doing::Nothing));
    html! {
        <>
            if view.rows.is_none() { <p class="hint-text" key="waiting">{ "Looking…" }</p> }
            <ul class="projects" key="listed">{ for listed }</ul>
            if !archived.is_empty() {
                <details class="archived" key="archived" open={opened_from_archive}>
                    <summary>{ format!("Archived · {}", archived.len()) }</summary>
                    <ul class="projects">{ for archived }</ul>
                </details>
            }
            if !view.deleted.is_empty() {
                <ul class="deleted" key="deleted">
                    { for view.deleted.iter().enumerate().map(|(index, title)| html! {
                        <li key={index}>
                            <span dir="auto">{ title }</span>
                            <small>{ "deleted; here until this page is closed" }</small>
                            <button type="button" data-command="undelete" data-deleted={index.to_string()} aria-label={format!("Bring “{title}” back")}
                                onclick={on.reform(move |_: MouseEvent| Wish::Undelete(index))}>{ "Bring back" }</button>
                        </li>
                    }) }
                </ul>
            }
            <key="said">{ said(view.outcome) }</>
            if *view.doing == Doing::Beginning {
                <TitleForm key="beginning" title="" label="Title of the new project" save="Create" command="create-project" on_save={on.reform(Wish::Begin)} on_stop={stop} />
            } else {
                <div class="buttons" key="begin">
                    <button type="button" data-command="new-project" onclick={begin}>{ "New project" }</button>
                    <p class="hint-text">{ "To bring one in, drop its JSON file, or a backup, on the page." }</p>
                </div>
            }
        </>
    }
}

fn project(row: &ProjectRow, doing: &Doing, on_wish: &Callback<Wish>) -> Html {
    let ProjectRow { id, title, articles, size, open, archived } = row;
    let on = |wish: Wish| on_wish.reform(move |_: MouseEvent| wish.clone());
    let stop = on_wish.reform(|()| Wish::Do(Doing::Nothing));
    let facts = [Some(counted(*articles, "article")), size.as_ref().map(|size| size.to_string()), open.then(|| "open".to_owned())];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let tool = |command: &'static str, words: &'static str, wish: Wish, refusal: Option<&'static str>| {
        html! {
            <button type="button" class="quiet" data-command={command} aria-label={format!("{words}: {title}")} disabled={refusal.is_some()} title={refusal} onclick={on(wish)}>{ words }</button>
        }
    };
    html! {
        <li key={id.to_string()} data-project={id.to_string()} class={classes!(open.then_some("on"))}>
            <button type="button" class="project-card" data-command="open-project" disabled={*open} aria-current={open.then_some("true")} title={(!open).then_some("Open this project")} onclick={on(Wish::Open(id.clone()))}>
                <b dir="auto">{ title }</b>
                <small>{ facts.join(" · ") }</small>
            </button>
            if *doing == Doing::Renaming(id.clone()) {
                <TitleForm key="renaming" title={title.clone()} label={format!("New title of {title}")} save="Rename" command="save-title"
                    on_save={ let id = id.clone(); on_wish.reform(move |title| Wish::Rename(id.clone(), title)) } on_stop={stop} />
            } else if *doing == Doing::Deleting(id.clone()) {
                <ConfirmForm key="deleting" title={title.clone()} on_delete={ let id = id.clone(); on_wish.reform(move |()| Wish::Delete(id.clone())) } on_stop={stop} />
            } else {
                <div class="project-tools" key="tools">
                    { tool("rename-project", "Rename", Wish::Do(Doing::Renaming(id.clone())), None) }
                    { tool("duplicate-project", "Duplicate", Wish::Duplicate(id.clone()), None) }
                    if *archived {
                        { tool("unarchive-project", "Put back", Wish::Unarchive(id.clone()), None) }
                    } else {
                        { tool("archive-project", "Archive", Wish::Archive(id.clone()), open.then_some("Open another project first")) }
                    }
                    { tool("delete-project", "Delete", Wish::Do(Doing::Deleting(id.clone())), None) }
                </div>
            }
        </li>
    }
}
