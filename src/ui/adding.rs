//! A text typed or pasted, or one from an address.

use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_shelf;
use super::dialogs::Modal;
use super::importing;
use crate::browser::{self, HtmlInputElement, HtmlTextAreaElement};
use crate::format::links::{WEB, is_address};

#[derive(Properties, PartialEq)]
pub struct AddProps {
    /// The address to begin with, or empty.
    pub address: String,
    pub on_close: Callback<()>,
}

/// What became of an address.
#[derive(Clone, PartialEq)]
enum Loading {
    Not,
    Under,
    Failed(Rc<str>),
}

#[component]
pub fn AddDialog(props: &AddProps) -> Html {
    let shelf = use_shelf();
    let address = use_state(|| props.address.clone());
    let text = use_state(String::new);
    let loading = use_state(|| Loading::Not);
    let load = {
        let (shelf, address, loading) = (shelf.clone(), address.clone(), loading.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let address: Rc<str> = address.trim().into();
            if !is_address(&address, &WEB) {
                return loading.set(Loading::Failed("An address begins with https:// or http://.".into()));
            }
            loading.set(Loading::Under);
            let (shelf, loading) = ((*shelf).clone(), loading.setter());
            browser::spawn_local(async move {
                if let Err(why) = importing::import_address(address, shelf).await {
                    loading.set(Loading::Failed(why.into()));
                }
            });
        })
    };
    let add = {
        let (shelf, text, close) = (shelf.clone(), text.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            close.emit(());
            browser::spawn_local(importing::import_text((*text).clone(), (*shelf).clone()));
        })
    };
    let on_address = {
        let address = address.clone();
        Callback::from(move |event: InputEvent| address.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let on_text = {
        let text = text.clone();
        Callback::from(move |event: InputEvent| text.set(event.target_unchecked_into::<HtmlTextAreaElement>().value()))
    };
    let is_under = *loading == Loading::Under;
    html! {
        <Modal title="Add a text" on_close={props.on_close.clone()}>
            <div class="adding">
                <form onsubmit={load}>
                    <label for="add-address">{ "From a web address" }</label>
                    <div class="line">
                        <input id="add-address" type="url" inputmode="url" dir="ltr" placeholder="https://" autocomplete="off" spellcheck="false" autofocus=true value={(*address).clone()} oninput={on_address} />
                        <button type="submit" data-command="load-address" disabled={is_under || address.trim().is_empty()}>{ if is_under { "Loading…" } else { "Load" } }</button>
                    </div>
                    <p class="hint-text">{ "That server sees that you ask for the page; nothing else is sent. It has to let other pages read it (CORS), which many sites don’t: save their pages as files and drop them here." }</p>
                    if let Loading::Failed(why) = &*loading { <p class="warning" role="alert">{ &**why }</p> }
                </form>
                <form onsubmit={add}>
                    <label for="add-text">{ "Or its text" }</label>
                    <textarea id="add-text" dir="auto" rows="8" value={(*text).clone()} oninput={on_text} />
                    <div class="buttons">
                        <button type="submit" class="primary" data-command="add-typed" disabled={text.trim().is_empty()}>{ "Add the text" }</button>
                    </div>
                </form>
                <p class="hint-text">{ "Files can be dropped anywhere on the page: plain text, web pages, Markdown, tables of articles (CSV, TSV, JSON, JSON Lines), zip archives of them, project files, and other programs’ annotations." }</p>
            </div>
        </Modal>
    }
}
