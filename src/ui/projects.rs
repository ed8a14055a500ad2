use yew::prelude::*;

use super::desk::use_shelf;
use super::dialogs::{Modal, counted};
use crate::browser::{self, StoredProject};
use crate::model::ProjectId;

#[derive(Properties, PartialEq)]
pub struct ProjectsProps {
    pub open_project: ProjectId,
    pub on_project: Callback<ProjectId>,
    pub on_close: Callback<()>,
}

/// What is on this device.
#[component]
pub fn Projects(props: &ProjectsProps) -> Html {
    let shelf = use_shelf();
    let projects = use_state(|| None::<Vec<StoredProject>>);
    {
        let projects = projects.clone();
        use_effect_with((), move |()| {
            browser::spawn_local(async move { projects.set(Some(shelf.storage.projects().await)) });
        });
    }
    html! {
        <Modal title="Projects on this device" on_close={props.on_close.clone()}>
            <ul class="projects">
                { for projects.iter().flatten().map(|project| {
                    let id = project.id.clone();
                    html! {
                        <li key={project.id.to_string()}>
                            <button type="button" disabled={project.id == props.open_project} onclick={props.on_project.reform(move |_: MouseEvent| id.clone())}>
                                <b dir="auto">{ &project.title }</b>
                                <small>{ format!("{}{}", counted(project.articles, "article"), if project.id == props.open_project { " · open" } else { "" }) }</small>
                            </button>
                        </li>
                    }
                }) }
            </ul>
            <p class="hint-text">{ "To bring in another project, drop its JSON file on the page." }</p>
        </Modal>
    }
}
