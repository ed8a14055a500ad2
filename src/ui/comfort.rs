//! Dialogs for the person's own comfort: how the text is read, and the steps that can be undone.

use yew::prelude::*;

use super::desk::use_shelf;
use super::dialogs::Modal;
use crate::browser;
use crate::session::{Action, TRAITS, steps};

#[derive(Properties, PartialEq)]
pub struct ReadingProps {
    pub on_close: Callback<()>,
}

/// Size, width, lines and face of the text, seen at once in the page behind and in a few words here.
#[component]
pub fn ReadingDialog(props: &ReadingProps) -> Html {
    let shelf = use_shelf();
    let reading = use_state(|| shelf.latest.get().reading);
    let choose = |which: usize, step: usize| {
        let (shelf, reading) = (shelf.clone(), reading.clone());
        move |_: MouseEvent| {
            let next = reading.with(which, step);
            browser::show_reading(&next);
            shelf.storage.set_reading(&next);
            shelf.act.emit(Action::SetReading(next));
            reading.set(next);
        }
    };
    html! {
        <Modal title="Reading" on_close={props.on_close.clone()}>
            <div class="reading">
                { for TRAITS.iter().enumerate().map(|(which, of)| html! {
                    <div class="row" key={of.name}>
                        <span>{ of.label }</span>
                        <span class="segmented" role="group" aria-label={of.label}>
                            { for of.steps.iter().enumerate().map(|(step, (word, label))| {
                                let on = reading.step(which) == step;
                                html! { <button type="button" key={*word} data-reading={format!("{}-{word}", of.name)} class={on.then_some("on")} autofocus={which == 0 && on} aria-pressed={on.to_string()} onclick={choose(which, step)}>{ *label }</button> }
                            }) }
                        </span>
                    </div>
                }) }
                <p class="sample" dir="ltr">{ "Who said what, and where they stand: the article is the page, and everything else steps back." }</p>
                <p class="hint-text">{ "Kept on this device." }</p>
            </div>
        </Modal>
    }
}

#[derive(Properties, PartialEq)]
pub struct HistoryProps {
    /// Grows with every change of the project.
    pub revision: u64,
    pub on_close: Callback<()>,
}

/// Steps listed at most.
const MOST_STEPS: usize = 200;

/// Every step of this visit; a click goes back, or forth, to right after it.
#[component]
pub fn HistoryDialog(props: &HistoryProps) -> Html {
    let shelf = use_shelf();
    let all = steps(&shelf.latest.get(), MOST_STEPS);
    let is_empty = all.len() <= 1;
    html! {
        <Modal title="History" on_close={props.on_close.clone()}>
            if is_empty {
                <p class="hint-text">{ "Nothing was done yet since this page was opened. What was saved before stays; merges can be taken back under Storage." }</p>
            } else {
                <p class="hint-text">{ "Choose a step to have everything as it was right after it. Until you do something else, you can come back." }</p>
                <ol class="palette history" data-list="steps" reversed=true>
                    { for all.into_iter().map(|step| {
                        let (by, is_now) = (step.by, step.by == 0);
                        let go = shelf.act.reform(move |_: MouseEvent| Action::GoToStep(by));
                        html! {
                            <li key={by}>
                                <button type="button" data-step={by.to_string()} class={classes!((by > 0).then_some("undone"), is_now.then_some("on"))} aria-current={is_now.then_some("step")} onclick={go}>
                                    <span>{ &*step.label }</span>
                                    if let Some(quote) = &step.quote { <q dir="auto">{ &**quote }</q> }
                                    if let Some(article) = &step.article { <small dir="auto">{ &**article }</small> }
                                    if is_now { <small>{ "now" }</small> }
                                </button>
                            </li>
                        }
                    }) }
                </ol>
            }
        </Modal>
    }
}
