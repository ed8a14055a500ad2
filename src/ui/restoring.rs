//! A backup file on its way in: what is in it, and what each project would change here.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::backups;
use super::desk::use_shelf;
use super::dialogs::{Modal, issue_list};
use super::words::counted;
use crate::browser;
use crate::model::ProjectId;
use crate::order::Gather;
use crate::session::{Action, Effect, Restoring, Returning};

#[derive(Properties, PartialEq)]
pub struct RestoreProps {
    pub restoring: Rc<Restoring>,
    pub on_close: Callback<()>,
}

#[component]
pub fn Restore(props: &RestoreProps) -> Html {
    let shelf = use_shelf();
    let chosen = {
        let projects = &props.restoring.projects;
        use_state(|| {
            projects.iter().filter(|project| project.effect != Effect::Nothing).map(|project| project.id.clone()).gather::<BTreeSet<_>>()
        })
    };
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |id: ProjectId| {
            let mut next = (*chosen).clone();
            if !next.remove(&id) {
                next.insert(id);
            }
            chosen.set(next);
        })
    };
    let restore = {
        let (restoring, chosen, shelf) = (props.restoring.clone(), chosen.clone(), shelf.clone());
        Callback::from(move |()| {
            let wanted = restoring.projects.iter().filter(|project| chosen.contains(&project.id)).cloned().collect();
            shelf.act.emit(Action::Dialog(None));
            browser::spawn_local(backups::restore(restoring.file.clone(), wanted, (*shelf).clone()));
        })
    };
    let copy = {
        Callback::from(move |project: Returning| {
            shelf.act.emit(Action::Dialog(None));
            browser::spawn_local(backups::open_copy(project, (*shelf).clone()));
        })
    };
    html! {
        <Modal title={format!("Restore from {}", props.restoring.file)} on_close={props.on_close.clone()}>
            { restore_view(&props.restoring, &chosen, &RestoreActions { choose, restore, copy, close: props.on_close.clone() }) }
        </Modal>
    }
}

/// What can be done with a backup.
pub struct RestoreActions {
    /// Chooses a project, or leaves it out again.
    pub choose: Callback<ProjectId>,
    pub restore: Callback<()>,
    pub copy: Callback<Returning>,
    pub close: Callback<()>,
}

/// The projects of a backup, to choose from.
pub fn restore_view(restoring: &Restoring, chosen: &BTreeSet<ProjectId>, on: &RestoreActions) -> Html {
    let Restoring { made, projects, unreadable, .. } = restoring;
    let made = made.as_ref().map_or_else(String::new, |made| format!("This backup was made {made}. "));
    html! {
        <>
            <p>{ format!("{made}Nothing is changed before you choose, and what is here is merged with it, not replaced.") }</p>
            if *unreadable > 0 { <p class="warning">{ format!("{} of the file can’t be read.", counted(*unreadable, "line")) }</p> }
            <ul class="restoring">
                { for projects.iter().map(|project| choice(project, chosen.contains(&project.id), on)) }
            </ul>
            <div class="buttons">
                <button type="button" class="primary" data-command="restore-chosen" disabled={chosen.is_empty()} onclick={on.restore.reform(|_: MouseEvent| ())}>{ "Restore the chosen" }</button>
                <button type="button" data-command="cancel-restore" onclick={on.close.reform(|_: MouseEvent| ())}>{ "Cancel, change nothing" }</button>
            </div>
        </>
    }
}

fn choice(project: &Returning, chosen: bool, on: &RestoreActions) -> Html {
    let title = &project.store.header().title;
    let choose = {
        let id = project.id.clone();
        on.choose.reform(move |_: Event| id.clone())
    };
    let copy = {
        let project = project.clone();
        on.copy.reform(move |_: MouseEvent| project.clone())
    };
    html! {
        <li key={project.id.to_string()} data-project={project.id.to_string()}>
            <label>
                <input type="checkbox" data-command="choose-project" checked={chosen} disabled={project.effect == Effect::Nothing} onchange={choose} />
                <b dir="auto">{ &**title }</b>
            </label>
            <p class="hint-text">{ format!("{}, {}", counted(project.articles, "article"), counted(project.annotations, "annotation")) }</p>
            <p class="effect">{ would(project.effect) }</p>
            if !project.problems.is_empty() {
                <details>
                    <summary>{ format!("{}: what is damaged stays out", counted(project.problems.len(), "problem")) }</summary>
                    { issue_list(&project.problems) }
                </details>
            }
            <button type="button" class="quiet" data-command="open-copy" aria-label={format!("Open as a copy: {title}")} onclick={copy}>{ "Open as a copy" }</button>
        </li>
    }
}

/// What restoring a project would do, as a sentence.
fn would(effect: Effect) -> String {
    match effect {
        Effect::New => "Not on this device: it will be added.".to_owned(),
        Effect::Nothing => "All of it is on this device already.".to_owned(),
        Effect::Changes { added, changed, removed } => {
            let part = |count: usize, words: String| (count > 0).then_some(words);
            let parts = [
                part(added, counted(added, "new record")),
                part(changed, format!("{changed} changed")),
                part(removed, format!("{removed} removed, as they were deleted there")),
            ];
            let parts: Vec<String> = parts.into_iter().flatten().collect();
            format!("{}{}.", parts.join(", "), if removed == 0 { "; nothing is removed" } else { "" })
        }
    }
}
