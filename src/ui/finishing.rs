use std::rc::Rc;

use yew::prelude::*;

use super::desk::{dot, use_hands};
use super::dialogs::Modal;
use super::words::counted;
use crate::edit::Command;
use crate::model::Status;
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
    // What is chosen here is done at the desk, with nothing over it.
    let choose = |action: Action| {
        let (act, close) = (hands.act.clone(), props.on_close.clone());
        move |_: MouseEvent| {
            close.emit(());
            act.emit(action.clone());
        }
    };
    let total: usize = props.lacking.iter().map(|kind| kind.count).sum();
    html! {
        <Modal title="Done with this article?" on_close={props.on_close.clone()}>
            <p>{ format!("{} still open in it:", if total == 1 { "One thing is".to_owned() } else { format!("{} are", counted(total, "thing")) }) }</p>
            <ul class="lacking">
                { for props.lacking.iter().map(|kind| {
                    html! {
                        <li key={format!("{}{}", kind.type_name, kind.what)}>
                            <button type="button" data-command="take-up" onclick={choose(Action::TakeUp(kind.first.clone()))}>
                                <b>{ kind.count }</b>{ dot(Some(kind.color)) }<span><bdi>{ &*kind.type_name }</bdi>{ ": " }{ kind.what.to_lowercase() }</span>
                                <small>{ if kind.count == 1 { "Go there" } else { "Go to the first" } }</small>
                            </button>
                        </li>
                    }
                }) }
            </ul>
            <div class="buttons">
                <button type="button" class="primary" autofocus=true data-command="not-done" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ "Not done yet" }</button>
                <button type="button" data-command="done-anyway" onclick={choose(Action::Run(Command::SetStatus { status: Status::Done }))}>{ "Done all the same" }</button>
            </div>
        </Modal>
    }
}
