use std::rc::Rc;

use yew::prelude::*;

use super::desk::{dot, use_hands};
use super::dialogs::Modal;
use super::words::counted;
use crate::session::{Action, Lacking};

#[derive(Properties, PartialEq)]
pub struct FinishingProps {
    pub lacking: Rc<Vec<Lacking>>,
    pub on_close: Callback<()>,
}

/// What is unfinished in an article that is to be done: each line leads to its first, and the person decides.
#[component]
pub fn Finishing(props: &FinishingProps) -> Html {
    let hands = use_hands();
    let total: usize = props.lacking.iter().map(|kind| kind.count).sum();
    html! {
        <Modal title="Done with this article?" on_close={props.on_close.clone()}>
            <p>{ format!("{} still open in it:", if total == 1 { "One thing is".to_owned() } else { format!("{} are", counted(total, "thing")) }) }</p>
            <ul class="lacking">
                { for props.lacking.iter().map(|kind| {
                    let first = kind.first.clone();
                    html! {
                        <li key={format!("{}{}", kind.type_name, kind.what)}>
                            <button type="button" data-command="take-up" onclick={hands.act.reform(move |_: MouseEvent| Action::TakeUp(first.clone()))}>
                                <b>{ kind.count }</b>{ dot(Some(kind.color)) }<span><bdi>{ &*kind.type_name }</bdi>{ ": " }{ kind.what.to_lowercase() }</span>
                                <small>{ if kind.count == 1 { "Go there" } else { "Go to the first" } }</small>
                            </button>
                        </li>
                    }
                }) }
            </ul>
            <div class="buttons">
                <button type="button" class="primary" data-command="not-done" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ "Not done yet" }</button>
                <button type="button" data-command="done-anyway" onclick={hands.act.reform(|_: MouseEvent| Action::MarkDoneAnyway)}>{ "Done all the same" }</button>
            </div>
        </Modal>
    }
}
