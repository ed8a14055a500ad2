//! Who one is, and as whom one works.

use yew::prelude::*;

use super::desk::use_shelf;
use super::dialogs::Modal;
use super::words::counted;
use crate::browser::{self, HtmlInputElement};
use crate::edit::Command;
use crate::model::AnnotatorId;
use crate::session::{Action, TeamRow, team};

#[derive(Properties, PartialEq)]
pub struct AnnotatorProps {
    /// The name of the person at the desk; may be empty.
    pub name: AttrValue,
    pub revision: u64,
    pub on_close: Callback<()>,
}

#[component]
pub fn AnnotatorDialog(props: &AnnotatorProps) -> Html {
    let shelf = use_shelf();
    let state = shelf.latest.get();
    let (own, new) = (use_node_ref(), use_node_ref());
    let refused = use_state(|| None::<String>);
    let value = |field: &NodeRef| field.cast::<HtmlInputElement>().map(|field| field.value());
    let on_name = {
        let (act, close, own) = (shelf.act.clone(), props.on_close.clone(), own.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(name) = value(&own) {
                act.emit(Action::Run(Command::RenameAnnotator { name }));
            }
            close.emit(());
        })
    };
    let work_as = {
        let (shelf, close) = (shelf.clone(), props.on_close.clone());
        Callback::from(move |(annotator, name): (AnnotatorId, Option<String>)| {
            close.emit(());
            shelf.act.emit(Action::WorkAs { annotator: annotator.clone(), name });
            let state = shelf.latest.get();
            // It may have been refused.
            if state.annotator == annotator {
                shelf.storage.set_annotator_of(&state.store.header().id, &annotator);
                browser::leave_annotator_link();
            }
        })
    };
    let on_new = {
        let (work_as, new, refused, shelf) = (work_as.clone(), new.clone(), refused.clone(), shelf.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = value(&new).unwrap_or_default().trim().to_owned();
            let known = shelf.latest.get().store.annotators().any(|annotator| annotator.name.trim() == name);
            match (name.is_empty(), known) {
                (true, _) => refused.set(Some("Say the name first.".to_owned())),
                (_, true) => refused
                    .set(Some(format!("There is an annotator called {name} already: go on with that work above, or say another name."))),
                _ => work_as.emit((browser::new_annotator(), Some(name))),
            }
        })
    };
    let rows = team(&state);
    html! {
        <Modal title="Your name, and whose work this is" on_close={props.on_close.clone()}>
            <section>
                <h3>{ "Your name" }</h3>
                <form class="naming" onsubmit={on_name}>
                    <input ref={own} type="text" dir="auto" autofocus=true maxlength="64" aria-label="Your name" value={props.name.clone()} />
                    <button type="submit" class="primary" data-command="save-name">{ "Save" }</button>
                </form>
                <p class="hint-text">{ "Your annotations carry it, so that a team can tell its work apart. It stays on this device until you export." }</p>
            </section>
            { whose_view(&rows, &work_as) }
            <section>
                <h3>{ "Somebody new" }</h3>
                <form class="naming" onsubmit={on_new}>
                    <input ref={new} type="text" dir="auto" maxlength="64" aria-label="Name of somebody new" placeholder="Name" />
                    <button type="submit" data-command="work-as-new">{ "Begin as this annotator" }</button>
                </form>
                <p class="warning" role="alert">{ (*refused).clone().unwrap_or_default() }</p>
            </section>
        </Modal>
    }
}

/// Everybody whose work can be gone on with.
pub fn whose_view(rows: &[TeamRow], work_as: &Callback<(AnnotatorId, Option<String>)>) -> Html {
    html! {
        <section>
            <h3>{ "Whose work do you continue?" }</h3>
            <ul class="workers" data-list="workers">
                { for rows.iter().map(|row| {
                    let (work_as, annotator) = (work_as.clone(), row.annotator.clone());
                    let onclick = Callback::from(move |_: MouseEvent| work_as.emit((annotator.clone(), None)));
                    let annotations = counted(row.finished + row.unfinished, "annotation");
                    let said = format!("{annotations} in {}, {} done", counted(row.annotated, "article"), row.articles[2]);
                    html! {
                        <li key={row.annotator.to_string()}>
                            <button type="button" data-command="work-as" data-annotator={row.annotator.to_string()} aria-current={row.own.then_some("true")} disabled={row.own} {onclick}>
                                <b><bdi>{ &*row.name }</bdi>if let Some(mark) = &row.mark { { " " }<span class="who-mark">{ &**mark }</span> }</b>
                                <small>{ said }{ if row.own { " · you work as this annotator" } else { "" } }</small>
                            </button>
                        </li>
                    }
                }) }
            </ul>
            <p class="hint-text">{ "What you do from then on is that annotator’s work, on this device, until you choose another one. Nothing of either is lost, and undo takes back the steps of the one as whom you work." }</p>
        </section>
    }
}
