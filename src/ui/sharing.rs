//! A hand-out as a link: chosen, measured, and copied.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Shelf, use_shelf};
use super::dialogs::Modal;
use super::outcome::{Outcome, said};
use crate::browser::{self, HtmlInputElement};
use crate::format::native;
use crate::format::package::stem;
use crate::format::share::{What, handout};
use crate::session::{Reach, ShareLink, Sharing, Work, counted, is_too_much, share_link, told_of_link};

/// Milliseconds without a change until the link is made anew.
const SETTLING: u32 = 120;

#[derive(Properties, PartialEq)]
pub struct ShareProps {
    /// Of the project: another tab may work on.
    pub revision: u64,
    pub on_close: Callback<()>,
}

/// What was made for which choices.
type Made = (Sharing, ShareLink);

#[component]
pub fn ShareDialog(props: &ShareProps) -> Html {
    let shelf = use_shelf();
    let choice = use_state(Sharing::default);
    let made = use_state(|| None::<Made>);
    let outcome = use_state(|| None::<Outcome>);
    let field = use_node_ref();
    {
        let (shelf, made, outcome) = (shelf.clone(), made.setter(), outcome.setter());
        use_effect_with((*choice, props.revision), move |(choice, _)| {
            let choice = *choice;
            let begin = browser::after(SETTLING, move || {
                browser::spawn_local(async move {
                    match link_of(choice, &shelf).await {
                        Ok(link) => made.set(Some((choice, link))),
                        Err(why) => outcome.set(Some(Err(why))),
                    }
                });
            });
            move || drop(begin)
        });
    }
    let on_change = {
        let (choice, outcome) = (choice.clone(), outcome.clone());
        Callback::from(move |next: Sharing| {
            outcome.set(None);
            choice.set(next);
        })
    };
    // What is shown is of these choices, or not shown at all.
    let link = made.as_ref().filter(|(of, _)| *of == *choice).map(|(_, link)| link.clone());
    let on_copy = {
        let (link, outcome, field) = (link.clone(), outcome.setter(), field.clone());
        Callback::from(move |()| {
            let Some(ShareLink::Ready(address)) = link.clone() else { return };
            let (outcome, field) = (outcome.clone(), field.clone());
            browser::spawn_local(async move {
                let copied = browser::copy_text(&address).await;
                if let Some(field) = field.cast::<HtmlInputElement>().filter(|_| copied.is_none()) {
                    browser::focus_and_select(&field);
                }
                let by_hand = if browser::is_mac() { "Press ⌘ C" } else { "Press Ctrl C" };
                outcome.set(Some(match copied {
                    Some(()) => Ok("Copied.".into()),
                    None => Ok(format!("The link is selected. {by_hand} to copy it: this browser does not let the page do so.").into()),
                }));
            });
        })
    };
    let on_file = {
        let (shelf, choice, outcome) = (shelf.clone(), choice.clone(), outcome.setter());
        Callback::from(move |()| {
            let (shelf, choice, outcome) = (shelf.clone(), *choice, outcome.clone());
            browser::spawn_local(async move { outcome.set(Some(hand_over(choice, &shelf).await)) });
        })
    };
    let articles = shelf.latest.get().catalogue.listed().len();
    let view = ShareView { choice: *choice, articles, link, outcome: outcome.as_ref(), field };
    html! {
        <Modal title="Share a link" on_close={props.on_close.clone()}>
            { share_view(&view, &on_change, &on_copy, &on_file) }
        </Modal>
    }
}

/// Reads the articles first that are not in memory, if there is any use in it.
async fn link_of(choice: Sharing, shelf: &Shelf) -> Result<ShareLink, AttrValue> {
    let what = choice.what(&shelf.latest.get());
    if is_too_much(&what) {
        return Ok(ShareLink::TooLong(None));
    }
    here(&what, shelf).await?;
    Ok(share_link(&shelf.latest.get().store, &what, &browser::page_address()))
}

/// Brings what is shared into memory; says what of it can’t be had.
async fn here(what: &What, shelf: &Shelf) -> Result<(), AttrValue> {
    let missing = shelf.saver.need_with(what.articles.iter().cloned().collect::<Vec<_>>(), &BTreeMap::new()).await;
    if missing.is_empty() { Ok(()) } else { Err(missing.told().into()) }
}

async fn hand_over(choice: Sharing, shelf: &Rc<Shelf>) -> Outcome {
    let what: What = choice.what(&shelf.latest.get());
    here(&what, shelf).await?;
    let store = shelf.saver.whole().await;
    let name = format!("{}.handout.standpoint.json", stem(store.header()));
    match browser::download(&name, "application/json", &native::write(&handout(&store, &what))) {
        Some(()) => Ok(format!("Downloaded {name}.").into()),
        None => Err("The browser did not let the page save a file.".into()),
    }
}

pub struct ShareView<'a> {
    pub choice: Sharing,
    /// Of the project.
    pub articles: usize,
    /// `None` while it is being made.
    pub link: Option<ShareLink>,
    pub outcome: Option<&'a Outcome>,
    pub field: NodeRef,
}

/// The choices, and what comes of them.
pub fn share_view(view: &ShareView<'_>, on_change: &Callback<Sharing>, on_copy: &Callback<()>, on_file: &Callback<()>) -> Html {
    let ShareView { choice, articles, link, outcome, field } = view;
    let radio = |group: &'static str, name: &'static str, label: String, next: Sharing, autofocus: Option<&'static str>| {
        let on = next == *choice;
        html! {
            <label class="tick"><input type="radio" name={group} data-share={name} autofocus={autofocus.is_some()} checked={on} onchange={on_change.reform(move |_: Event| next)} /><span>{ label }</span></label>
        }
    };
    let reach = |reach: Reach| Sharing { reach, ..*choice };
    let work = |work: Work| Sharing { work, ..*choice };
    let is_empty = matches!(link, None | Some(ShareLink::NoArticle));
    html! {
        <div class="sharing">
            <p>{ "The articles travel in the link itself: nothing is sent to a server. Whoever has the link can read them." }</p>
            <div class="choices">
                <fieldset>
                    <legend>{ "Articles" }</legend>
                    { radio("reach", "open", "The open one".to_owned(), reach(Reach::Open), Some("")) }
                    { radio("reach", "all", format!("All of this project ({})", counted(*articles, "article")), reach(Reach::All), None) }
                </fieldset>
                <fieldset>
                    <legend>{ "Annotations" }</legend>
                    { radio("work", "nobodys", "None".to_owned(), work(Work::Nobodys), None) }
                    { radio("work", "own", "Mine".to_owned(), work(Work::Own), None) }
                    { radio("work", "everybodys", "Everybody’s".to_owned(), work(Work::Everybodys), None) }
                </fieldset>
            </div>
            <p class="hint-text">{ "The scheme, the guidelines and who is to work on what go along, and the entities that the annotations name. Deletions do not." }</p>
            <section class="told" role="status" data-told="">{ told_view(link.as_ref()) }</section>
            if let Some(ShareLink::Ready(address)) = link {
                <input ref={field.clone()} class="share-link" type="text" readonly=true dir="ltr" spellcheck="false" aria-label="The link" data-share="link" value={address.to_string()} onfocus={select_all} />
            }
            <div class="buttons">
                if let Some(ShareLink::Ready(_)) = link {
                    <button type="button" class="primary" data-command="copy-link" onclick={on_copy.reform(|_: MouseEvent| ())}>{ "Copy link" }</button>
                }
                <button type="button" class={classes!(matches!(link, Some(ShareLink::TooLong(_))).then_some("primary"))} data-command="download-handout" disabled={is_empty} onclick={on_file.reform(|_: MouseEvent| ())}>{ "Download as a file" }</button>
            </div>
            { said(*outcome) }
        </div>
    }
}

fn select_all(event: FocusEvent) {
    event.target_unchecked_into::<HtmlInputElement>().select();
}

fn told_view(link: Option<&ShareLink>) -> Html {
    match link {
        None => html! { <p class="hint-text">{ "Measuring…" }</p> },
        Some(link @ ShareLink::Ready(_)) => html! { <p>{ told_of_link(link) }</p> },
        Some(link) => html! { <p class="warning">{ told_of_link(link) }</p> },
    }
}
