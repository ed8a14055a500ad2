//! Handing in: the annotator's own work as one file, for whoever leads the project.

use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Shelf, use_shelf};
use super::dialogs::Modal;
use super::outcome::{Outcome, said};
use super::words::counted;
use crate::browser::{self, HtmlInputElement};
use crate::edit::Command;
use crate::format::native;
use crate::session::{Action, OwnWork, own_work, own_work_name};

#[derive(Properties, PartialEq)]
pub struct HandInProps {
    pub revision: u64,
    pub on_close: Callback<()>,
}

const NAME: &str = "#hand-in-name";

/// Says what there is to hand in and whose it is, warns where somebody else may work under the same name, and gives the file.
#[component]
pub fn HandInDialog(props: &HandInProps) -> Html {
    let shelf = use_shelf();
    let elsewhere = use_state(|| 0_usize);
    let outcome = use_state(|| None::<Outcome>);
    let field = use_node_ref();
    {
        let (shelf, elsewhere) = (shelf.clone(), elsewhere.setter());
        use_effect_with(props.revision, move |_| {
            browser::spawn_local(async move {
                let whole = shelf.saver.whole().await;
                let state = shelf.latest.get();
                elsewhere.set(whole.from_elsewhere(&state.annotator, &state.replica));
            });
        });
    }
    let onsubmit = {
        let (shelf, field, outcome) = (shelf.clone(), field.clone(), outcome.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = field.cast::<HtmlInputElement>().map(|field| field.value().trim().to_owned()).unwrap_or_default();
            if name.is_empty() {
                outcome.set(Some(Err("Say your name first, so that it can be told whose work this is.".into())));
                return browser::focus(NAME);
            }
            let (shelf, outcome) = (shelf.clone(), outcome.clone());
            browser::spawn_local(async move { outcome.set(Some(handed_in(&name, &shelf).await)) });
        })
    };
    let told = own_work(&shelf.latest.get());
    html! {
        <Modal title="Hand in your work" on_close={props.on_close.clone()}>
            { hand_in_view(&told, *elsewhere, &HandInForm { field, outcome: (*outcome).clone(), onsubmit }) }
        </Modal>
    }
}

/// What the form needs beside what it tells.
pub struct HandInForm {
    pub field: NodeRef,
    pub outcome: Option<Outcome>,
    pub onsubmit: Callback<SubmitEvent>,
}

pub fn hand_in_view(told: &OwnWork, elsewhere: usize, form: &HandInForm) -> Html {
    let OwnWork { name, annotations, unfinished, articles, done, all_articles } = told;
    let is_empty = *annotations == 0 && *articles == 0;
    html! {
        <div class="handing">
            if is_empty {
                <p>{ "You have not annotated anything in this project yet, so there is nothing to hand in." }</p>
            } else {
                <ul class="told-lines" data-list="hand-in">
                    <li><b>{ counted(*annotations, "annotation") }</b>{ format!(" in {articles} of {}", counted(*all_articles, "article")) }</li>
                    <li>{ match (*done, *articles) {
                        (1, 1) => "It is marked as done.".to_owned(),
                        (0, 1) => "It is not marked as done.".to_owned(),
                        (done, articles) if done == articles => "Every article that you worked on is marked as done.".to_owned(),
                        (0, _) => "None of them is marked as done.".to_owned(),
                        (1, _) => "1 of them is marked as done.".to_owned(),
                        (done, _) => format!("{done} of them are marked as done."),
                    } }</li>
                    if *unfinished > 0 {
                        <li>{ format!("{} something.", match *unfinished { 1 => "1 annotation lacks".to_owned(), many => format!("{many} annotations lack") }) }</li>
                    }
                </ul>
                if elsewhere > 0 {
                    <p class="warning" data-elsewhere={elsewhere.to_string()}>
                        { match elsewhere { 1 => "1 of your annotations was".to_owned(), many => format!("{many} of your annotations were") } }
                        { " made or changed on another device. If that was not you, somebody else works under your name: tell whoever leads the project before you hand in." }
                    </p>
                }
                <form class="handing-form" onsubmit={form.onsubmit.clone()}>
                    <label for="hand-in-name">{ "Your name, as the team knows you" }</label>
                    <div class="line">
                        <input ref={form.field.clone()} id="hand-in-name" type="text" dir="auto" maxlength="64" autocomplete="name" autofocus={name.is_empty()} value={name.to_string()} />
                        <button type="submit" class="primary" autofocus={!name.is_empty()} data-command="download-hand-in">{ "Save the file" }</button>
                    </div>
                </form>
            }
            { said(form.outcome.as_ref()) }
            <p class="hint-text">{ "The file holds your annotations, the texts they are in, the entities and the scheme, and nothing of others. Send it to whoever leads the project: by mail, or as your team does. This page sends nothing. You can go on and hand in again; the newer file is merged with the older one." }</p>
        </div>
    }
}

/// Names the annotator and hands the file to the person.
async fn handed_in(name: &str, shelf: &Rc<Shelf>) -> Outcome {
    let state = shelf.latest.get();
    if state.store.annotator(&state.annotator).is_none_or(|annotator| *annotator.name != *name) {
        shelf.act.emit(Action::Run(Command::RenameAnnotator { name: name.to_owned() }));
    }
    let whole = shelf.saver.whole().await;
    let work = whole.work_of(&shelf.latest.get().annotator);
    let file = own_work_name(&work, name, &browser::today());
    match browser::download(&file, "application/json", &native::write(&work)) {
        Some(()) => Ok(format!("Saved as {file}. Now send it.").into()),
        None => Err("The browser did not let the page save a file.".into()),
    }
}
