//! The two forms of the list of projects. Esc leaves a form, and only the next Esc the dialog.

use yew::prelude::*;

use crate::browser::{self, HtmlInputElement};
use crate::ui::words::{DELETE, confirmation, confirms};

/// A title has at most this many letters.
const MOST_LETTERS: &str = "200";

#[derive(Properties, PartialEq)]
pub struct TitleFormProps {
    pub title: AttrValue,
    pub label: AttrValue,
    pub save: AttrValue,
    pub command: AttrValue,
    pub on_save: Callback<String>,
    pub on_stop: Callback<()>,
}

/// A field for a title.
#[component]
pub fn TitleForm(props: &TitleFormProps) -> Html {
    let field = use_field();
    let onsubmit = {
        let field = field.clone();
        props.on_save.reform(move |event: SubmitEvent| {
            event.prevent_default();
            field.cast::<HtmlInputElement>().map_or_else(String::new, |input| input.value())
        })
    };
    html! {
        <form class="naming" {onsubmit} onkeydown={left_by_escape(&props.on_stop)}>
            <input ref={field} type="text" dir="auto" required=true maxlength={MOST_LETTERS} aria-label={props.label.clone()} placeholder={props.label.clone()} value={props.title.clone()} />
            <button type="submit" class="primary" data-command={props.command.clone()}>{ &props.save }</button>
            <button type="button" data-command="cancel-form" onclick={props.on_stop.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
        </form>
    }
}

#[derive(Properties, PartialEq)]
pub struct ConfirmFormProps {
    pub title: AttrValue,
    pub on_delete: Callback<()>,
    pub on_stop: Callback<()>,
}

/// Deleting takes typing the title, or its first words, so that no slip of the hand does it.
#[component]
pub fn ConfirmForm(props: &ConfirmFormProps) -> Html {
    let field = use_field();
    let typed = use_state(String::new);
    let phrase = confirmation(&props.title);
    let fits = confirms(&typed, &phrase);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| typed.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    let onsubmit = {
        let on_delete = props.on_delete.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if fits {
                on_delete.emit(());
            }
        })
    };
    html! {
        <form class="naming confirming" {onsubmit} onkeydown={left_by_escape(&props.on_stop)}>
            <p>
                { "Type " }<b dir="auto">{ &phrase }</b>
                if !phrase.is_ascii() { { " or " }<b>{ DELETE }</b> }
                { " to delete it from this device. It can be brought back until this page is closed." }
            </p>
            <input ref={field} type="text" dir="auto" autocomplete="off" aria-label={format!("Type “{phrase}” to delete the project")} value={(*typed).clone()} {oninput} />
            <button type="submit" class="danger" data-command="confirm-delete" disabled={!fits}>{ "Delete" }</button>
            <button type="button" data-command="cancel-form" onclick={props.on_stop.reform(|_: MouseEvent| ())}>{ "Keep it" }</button>
        </form>
    }
}

/// A field that has the keyboard as soon as it is there.
#[hook]
fn use_field() -> NodeRef {
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                browser::focus_and_select(&input);
            }
        });
    }
    field
}

fn left_by_escape(on_stop: &Callback<()>) -> Callback<KeyboardEvent> {
    let on_stop = on_stop.clone();
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            on_stop.emit(());
        }
    })
}
