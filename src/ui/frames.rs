//! Who says what, as a table that can be searched and sorted.

use yew::prelude::*;

use super::desk::{dot, use_shelf};
use super::dialogs::Modal;
use super::words::counted;
use crate::browser;
use crate::model::{AnnotationId, AnnotatorId, TypeId};
use crate::session::{Action, Completeness, FrameFilter, FrameOrder, FrameRow, LayerItem, frame_rows, layer_items, stance_marks};

/// Rows drawn at first, and with each "more".
const PAGE: usize = 100;

const COLUMNS: [(FrameOrder, &str); 4] = [
    (FrameOrder::Speaker, "Speaker"),
    (FrameOrder::Words, "What is said"),
    (FrameOrder::Stances, "Stances"),
    (FrameOrder::Lacking, "Unfinished"),
];

const COMPLETENESS: [(Completeness, &str, &str); 3] = [
    (Completeness::Any, "any", "finished or not"),
    (Completeness::Finished, "finished", "finished"),
    (Completeness::Unfinished, "unfinished", "unfinished"),
];

#[derive(Properties, PartialEq)]
pub struct FramesProps {
    /// Grows with every change of the project.
    pub revision: u64,
    pub on_close: Callback<()>,
}

#[component]
pub fn FramesDialog(props: &FramesProps) -> Html {
    let shelf = use_shelf();
    let filter = use_state(FrameFilter::default);
    let drawn = use_state(|| PAGE);
    // The row that the keys lead to.
    let at = use_state(|| None::<usize>);
    let state = shelf.latest.get();
    let scheme = state.store.scheme().clone();
    let all = frame_rows(&state);
    let total = all.len();
    let types: Vec<_> = scheme.types.iter().filter(|of| all.iter().any(|row| row.type_id == of.id)).collect();
    let layers: Vec<LayerItem> =
        layer_items(&state).into_iter().filter(|layer| all.iter().any(|row| row.annotator == layer.annotator)).collect();
    let rows = filter.of(all);
    let change = {
        let (filter, drawn, at) = (filter.clone(), drawn.clone(), at.clone());
        move |set: &dyn Fn(&mut FrameFilter)| {
            let mut next = (*filter).clone();
            set(&mut next);
            drawn.set(PAGE);
            at.set(None);
            filter.set(next);
        }
    };
    let value = |event: &Event| browser::target_of(event).map(|field| browser::value_of(&field)).unwrap_or_default();
    let on_words = {
        let change = change.clone();
        Callback::from(move |event: InputEvent| {
            let words = browser::target_of(&event).map(|field| browser::value_of(&field)).unwrap_or_default();
            change(&|filter| filter.words = words.clone());
        })
    };
    let on_type = {
        let change = change.clone();
        Callback::from(move |event: Event| change(&|filter| filter.type_id = TypeId::new(&value(&event))))
    };
    let on_annotator = {
        let change = change.clone();
        Callback::from(move |event: Event| change(&|filter| filter.annotator = AnnotatorId::new(&value(&event))))
    };
    let on_mark = {
        let change = change.clone();
        Callback::from(move |event: Event| change(&|filter| filter.mark = value(&event).chars().next()))
    };
    let on_completeness = {
        let change = change.clone();
        Callback::from(move |event: Event| {
            let found = COMPLETENESS.iter().find(|(_, word, _)| *word == value(&event)).map_or(Completeness::Any, |(of, ..)| *of);
            change(&|filter| filter.completeness = found);
        })
    };
    // Up, down, and back to the order of the text.
    let sort = |by: FrameOrder| {
        let change = change.clone();
        move |_: MouseEvent| {
            change(&|filter| {
                (filter.by, filter.descending) = match (filter.by == by, filter.descending) {
                    (false, _) => (by, false),
                    (true, false) => (by, true),
                    (true, true) => (FrameOrder::Place, false),
                }
            })
        }
    };
    let go = |action: Action| {
        let shelf = shelf.clone();
        Callback::from(move |_: MouseEvent| {
            shelf.act.emit(Action::Dialog(None));
            shelf.act.emit(action.clone());
        })
    };
    let by_keys = {
        let (at, shelf) = (at.clone(), shelf.clone());
        let ids: Vec<AnnotationId> = rows.iter().take(*drawn).map(|row| row.id.clone()).collect();
        Callback::from(move |event: KeyboardEvent| {
            let last = ids.len().saturating_sub(1);
            let next = match event.key().as_str() {
                "ArrowDown" => at.map_or(0, |at| (at + 1).min(last)),
                "ArrowUp" => at.map_or(last, |at| at.saturating_sub(1)),
                "Enter" => {
                    event.prevent_default();
                    if let Some(id) = ids.get(at.unwrap_or(0)) {
                        shelf.act.emit(Action::Dialog(None));
                        shelf.act.emit(Action::Focus(Some(id.clone())));
                    }
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            at.set(Some(next));
            browser::show_in_list(&format!("#frame-{next}"));
        })
    };
    html! {
        <Modal title="Who says what" on_close={props.on_close.clone()}>
            <div class="frames">
                <div class="frame-filter">
                    <input type="search" autofocus=true dir="auto" aria-label="Speaker or words" placeholder="Speaker or words" value={filter.words.clone()} oninput={on_words} onkeydown={by_keys}
                        aria-controls="frames" aria-activedescendant={at.map(|at| format!("frame-{at}"))} />
                    <select aria-label="Type" data-field="frame-type" onchange={on_type}>
                        <option value="" selected={filter.type_id.is_none()}>{ "every type" }</option>
                        { for types.iter().map(|of| html! { <option key={of.id.to_string()} value={of.id.to_string()} selected={filter.type_id.as_ref() == Some(&of.id)}>{ &*of.name }</option> }) }
                    </select>
                    if layers.len() > 1 || filter.annotator.is_some() {
                        <select aria-label="Annotator" data-field="frame-annotator" onchange={on_annotator}>
                            <option value="" selected={filter.annotator.is_none()}>{ "everybody" }</option>
                            { for layers.iter().map(|layer| html! { <option key={layer.annotator.to_string()} value={layer.annotator.to_string()} selected={filter.annotator.as_ref() == Some(&layer.annotator)}>{ &*layer.called }</option> }) }
                        </select>
                    } else {
                        <span hidden=true></span>
                    }
                    <select aria-label="Stance" data-field="frame-mark" onchange={on_mark}>
                        <option value="" selected={filter.mark.is_none()}>{ "any stance or none" }</option>
                        { for stance_marks(&scheme).iter().map(|(mark, name)| html! { <option key={mark.to_string()} value={mark.to_string()} selected={filter.mark == Some(*mark)}>{ format!("{mark} {name}") }</option> }) }
                    </select>
                    <select aria-label="Completeness" data-field="frame-completeness" onchange={on_completeness}>
                        { for COMPLETENESS.iter().map(|(of, word, label)| html! { <option key={*word} value={*word} selected={filter.completeness == *of}>{ *label }</option> }) }
                    </select>
                </div>
                <p class="hint-text" role="status">{ if rows.len() == total { counted(total, "frame") } else { format!("{} of {}", rows.len(), counted(total, "frame")) } }</p>
                if total == 0 {
                    <p class="hint-text">{ "Claims and stances appear here once they are tagged." }</p>
                } else {
                    <table class="frame-table">
                        <thead><tr>
                            { for COLUMNS.iter().map(|(by, label)| {
                                let (on, descending) = (filter.by == *by, filter.descending);
                                let sorted = if !on { "none" } else if descending { "descending" } else { "ascending" };
                                html! {
                                    <th scope="col" key={*label} aria-sort={sorted}><button type="button" data-sort={label.to_lowercase()} onclick={sort(*by)}>{ *label }<span aria-hidden="true">{ if !on { "" } else if descending { " ↓" } else { " ↑" } }</span></button></th>
                                }
                            }) }
                        </tr></thead>
                        <tbody id="frames">
                            { for rows.iter().take(*drawn).enumerate().map(|(n, row)| frame_row(n, row, *at, &go)) }
                        </tbody>
                    </table>
                    if rows.len() > *drawn {
                        <button type="button" class="quiet" data-command="more-frames" onclick={let drawn = drawn.clone(); move |_: MouseEvent| drawn.set(*drawn + PAGE)}>{ format!("{} more", rows.len() - *drawn) }</button>
                    }
                }
            </div>
        </Modal>
    }
}

/// `at` is the row that the keys lead to.
fn frame_row(n: usize, row: &FrameRow, at: Option<usize>, go: &impl Fn(Action) -> Callback<MouseEvent>) -> Html {
    html! {
        <tr key={n} id={format!("frame-{n}")} class={(at == Some(n)).then_some("on")} data-frame-row={row.id.to_string()}>
            <td dir="auto" data-label="Speaker">{ row.speaker.as_deref().unwrap_or("nobody yet") }</td>
            <td data-label="What is said">
                <button type="button" class="quote" onclick={go(Action::Focus(Some(row.id.clone())))}>
                    if row.depth > 0 { { nested(row.depth) } }
                    { dot(Some(row.color)) }{ " " }<q dir="auto">{ &*row.quote }</q>
                    if let Some(of) = &row.of { <small dir="auto">{ " " }{ &**of }</small> }
                </button>
            </td>
            <td data-label="Stances">
                { for row.stances.iter().map(|stance| html! {
                    <button type="button" key={stance.id.to_string()} class={classes!("mark", stance.color.map(|color| format!("ink-{}", color.as_str())))} onclick={go(Action::Focus(Some(stance.id.clone())))} dir="auto">
                        { stance.mark.map(|mark| format!("{mark} ")).unwrap_or_default() }{ &*stance.quote }
                    </button>
                }) }
            </td>
            <td data-label="Unfinished">
                if !row.lacking.is_empty() {
                    <button type="button" class="link gaps" onclick={go(Action::TakeUp(row.id.clone()))}>{ row.lacking.join(", ") }</button>
                }
            </td>
        </tr>
    }
}

/// An arrow for each claim around a claim; more than four say no more.
pub fn nested(depth: usize) -> Html {
    let arrows = "↳".repeat(depth.min(4));
    html! { <span class="nested" title="Said within what another says">{ arrows }<span class="unseen">{ "within another claim: " }</span>{ " " }</span> }
}
