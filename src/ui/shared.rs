//! Hand-outs that come by a link: shown before they are opened, and opened only when the person says so.

use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Shelf, use_shelf};
use super::dialogs::{Modal, issue_list};
use super::importing::{self, Held};
use super::words::counted;
use crate::browser::{self, Loaded};
use crate::session::{Action, Arrival, Contents, Dialog, Notice, Review, Shared, Standing};

/// Takes up the links that come into the address while the page is open.
#[hook]
pub fn use_shared_links(shelf: Rc<Shelf>, ready: bool) {
    use_effect_with(ready, move |ready| {
        let take = move || {
            let Some(fragment) = browser::take_share() else { return };
            match browser::read_share(&fragment) {
                Ok(review) => {
                    let shelf = (*shelf).clone();
                    browser::spawn_local(async move { ask(review, Arrival::Later, &shelf).await });
                }
                Err(why) => shelf.act.emit(Action::Say(Notice::failed(why))),
            }
        };
        let listener = ready.then(|| {
            // One may have come while the page was opening.
            take();
            browser::listen("hashchange", move |_| take())
        });
        move || drop(listener)
    });
}

/// Shows what a link holds.
pub async fn ask(review: Review, arrival: Arrival, shelf: &Shelf) {
    let id = review.project.header().id.clone();
    let state = shelf.latest.get();
    let standing = if arrival == Arrival::OnSample(id.clone()) {
        // A sample of the same project that nobody has seen yet.
        Standing::New
    } else if id == state.store.header().id {
        Standing::OnDesk
    } else if shelf.storage.projects().await.iter().any(|project| project.id == id) {
        Standing::OnDevice
    } else {
        Standing::New
    };
    let holds = Contents::of(&review.project, &state.annotator);
    let shared = Shared { review: Rc::new(review), standing, arrival, holds };
    shelf.act.emit(Action::Dialog(Some(Dialog::Shared(Rc::new(shared)))));
}

/// Opens what a link holds, or merges it. A sample that lies on the desk in its stead, and that nobody worked on, does not stay: as one
/// project more in the list, or as what the link is merged with, it would be in the way.
async fn open(shared: Rc<Shared>, shelf: Shelf) {
    let before = shelf.latest.get();
    let was = before.store.header().id.clone();
    let is_untouched = !before.has_steps();
    let sample = match &shared.arrival {
        Arrival::OnSample(sample) if *sample == was && is_untouched => Some(sample),
        Arrival::OnSample(_) | Arrival::AtStart | Arrival::Later => None,
    };
    let project = &shared.review.project;
    if let Some(sample) = sample.filter(|sample| **sample == project.header().id) {
        if importing::may_leave(&shelf).await && shelf.storage.delete(sample).await.is_ok() {
            importing::open(Loaded::fresh(project.clone()), Held::Nowhere, &shelf);
        }
        return;
    }
    importing::take_in(shared.review.clone(), shelf.clone()).await;
    let now = shelf.latest.get();
    let is_still = now.store.header().id == was;
    if let Some(sample) = sample.filter(|_| !is_still) {
        drop(shelf.storage.delete(sample).await);
    }
    if is_still && shared.arrival != Arrival::Later {
        // As it is when a project is opened: the address means its people and articles.
        if browser::annotator_wanted().is_some() {
            let (annotator, name) = browser::who(&shelf.storage, &now.store);
            shelf.act.emit(Action::SetAnnotator { annotator, name });
        }
        if let Some(article) = browser::take_article_wanted().filter(|article| now.store.article(article).is_some()) {
            shelf.act.emit(Action::OpenArticle(article));
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct SharedProps {
    pub shared: Rc<Shared>,
    pub on_close: Callback<()>,
}

#[component]
pub fn SharedDialog(props: &SharedProps) -> Html {
    let shelf = use_shelf();
    let on_open = {
        let shared = props.shared.clone();
        Callback::from(move |()| {
            shelf.act.emit(Action::Dialog(None));
            browser::spawn_local(open(shared.clone(), (*shelf).clone()));
        })
    };
    html! {
        <Modal title="Open what this link holds?" on_close={props.on_close.clone()}>
            { shared_view(&props.shared, &on_open, &props.on_close) }
        </Modal>
    }
}

/// What the link holds, and what opening it would do.
pub fn shared_view(shared: &Shared, on_open: &Callback<()>, on_leave: &Callback<()>) -> Html {
    let Shared { review, standing, arrival, holds } = shared;
    let Contents { title, titles, articles, guidelines, .. } = holds;
    let becomes = match (standing, arrival) {
        (Standing::OnDesk | Standing::OnDevice, _) => {
            "This device has this project already. What the link holds will be merged with the work on this device; nothing of yours is replaced."
        }
        (Standing::New, Arrival::OnSample(_)) => "It opens as a project of its own on this device.",
        (Standing::New, Arrival::AtStart | Arrival::Later) => "It opens as a project of its own beside yours.",
    };
    let rest = articles.saturating_sub(titles.len());
    html! {
        <div class="shared" data-standing={format!("{standing:?}")}>
            <p><b dir="auto">{ if title.trim().is_empty() { "A project without a title" } else { &**title } }</b></p>
            <p data-told="">{ holds.in_words() }{ if *guidelines { ". Guidelines come along." } else { ". No guidelines come along." } }</p>
            <ul class="titles">
                { for titles.iter().enumerate().map(|(n, title)| html! { <li key={n} dir="auto">{ &**title }</li> }) }
            </ul>
            if rest > 0 { <p class="hint-text">{ format!("… and {rest} more") }</p> }
            <p>{ becomes }</p>
            if !review.issues.is_empty() {
                <p class="warning">{ format!("{} found in it. What is sound can be opened.", counted(review.issues.len(), "problem")) }</p>
                { issue_list(&review.issues) }
            }
            <div class="buttons">
                <button type="button" class="primary" autofocus=true data-command="open-shared" onclick={on_open.reform(|_: MouseEvent| ())}>{ "Open" }</button>
                <button type="button" data-command="leave-shared" onclick={on_leave.reform(|_: MouseEvent| ())}>{ "Leave it" }</button>
            </div>
        </div>
    }
}
