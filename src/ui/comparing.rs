//! Two annotators side by side: what both say of the open article, what only one says, and what they say otherwise.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::articles::{Side, more};
use super::desk::{dot, use_shelf};
use super::dialogs::Modal;
use crate::browser;
use crate::model::{AnnotatorId, Color};
use crate::session::{
    Action, Agreement, Column, CompareCell, CompareRow, Comparing, LayerItem, MORE_ROWS, Verdict, comparison, layer_items,
};

/// Whom one compared last, so that whoever comes back from the text goes on there.
pub type LastComparing = Rc<RefCell<Option<Comparing>>>;

#[derive(Properties, PartialEq)]
pub struct CompareProps {
    pub last: LastComparing,
    /// Grows with every change of the project.
    pub revision: u64,
    pub on_close: Callback<()>,
}

#[component]
pub fn CompareDialog(props: &CompareProps) -> Html {
    let shelf = use_shelf();
    let state = shelf.latest.get();
    let comparing = use_state(|| props.last.borrow().clone());
    let drawn = use_state(|| MORE_ROWS);
    let Some(now) = (*comparing).clone().and_then(|comparing| comparing.still(&state)).or_else(|| Comparing::of(&state)) else {
        return html! {
            <Modal title="Compare two annotators" on_close={props.on_close.clone()}>
                <p>{ "Nobody else has annotated anything in this project. Drop the file that somebody hands in on the page: their work comes into a layer of its own." }</p>
            </Modal>
        };
    };
    let found = use_memo((props.revision, now.annotators.clone(), state.article.clone()), |_| comparison(&state, &now));
    let on_change = {
        let (comparing, drawn, last) = (comparing.clone(), drawn.clone(), props.last.clone());
        Callback::from(move |next: Comparing| {
            *last.borrow_mut() = Some(next.clone());
            drawn.set(MORE_ROWS);
            comparing.set(Some(next));
        })
    };
    let on_more = {
        let drawn = drawn.clone();
        Callback::from(move |_: Side| drawn.set(*drawn + MORE_ROWS))
    };
    let on_go = {
        let (act, last, now) = (shelf.act.clone(), props.last.clone(), now.clone());
        Callback::from(move |cell: CompareCell| {
            *last.borrow_mut() = Some(now.clone());
            act.emit(Action::Dialog(None));
            act.emit(Action::ShowWork { annotator: cell.annotator, annotation: cell.id });
        })
    };
    let length = found.len(&now);
    let view = CompareView {
        layers: layer_items(&state),
        agreement: found.agreement(),
        by_type: found.by_type(state.store.scheme()),
        rows: found.rows(&state, &now, 0..*drawn),
        rest: length.saturating_sub(*drawn),
        comparing: now,
    };
    html! {
        <Modal title="Compare two annotators" on_close={props.on_close.clone()}>
            { compare_view(&view, &CompareActions { change: on_change, more: on_more, go: on_go }) }
        </Modal>
    }
}

pub struct CompareView {
    pub comparing: Comparing,
    pub layers: Vec<LayerItem>,
    pub agreement: Agreement,
    pub by_type: Vec<(Rc<str>, Color, Agreement)>,
    pub rows: Vec<CompareRow>,
    /// Rows that are not drawn.
    pub rest: usize,
}

pub struct CompareActions {
    pub change: Callback<Comparing>,
    pub more: Callback<Side>,
    pub go: Callback<CompareCell>,
}

pub fn compare_view(view: &CompareView, on: &CompareActions) -> Html {
    let comparing = &view.comparing;
    let names: Vec<AttrValue> = comparing.annotators.iter().map(|annotator| name_of(&view.layers, annotator)).collect();
    let [first, second] = [&names[0], &names[1]];
    let only = {
        let comparing = comparing.clone();
        on.change.reform(move |_: Event| Comparing { only_differences: !comparing.only_differences, ..comparing.clone() })
    };
    let Agreement { same, differ, only_first, only_second } = view.agreement;
    let nothing = view.agreement == Agreement::default();
    html! {
        <div class="comparing">
            <div class="frame-filter">
                { chooser(view, Column::First, &on.change) }
                { chooser(view, Column::Second, &on.change) }
                <label class="tick"><input type="checkbox" data-field="only-differences" checked={comparing.only_differences} onchange={only} /><span>{ "Only differences" }</span></label>
            </div>
            <p role="status" data-agreement="">
                { format!("= {same} same, ≠ {differ} {}, ← {only_first} only ", if differ == 1 { "differs" } else { "differ" }) }<bdi>{ first }</bdi>
                { format!(", → {only_second} only ") }<bdi>{ second }</bdi>
            </p>
            if nothing {
                <p class="hint-text">{ "Neither of the two has annotated anything in this article." }</p>
            } else {
                { by_type(&view.by_type, first, second) }
                if view.rows.is_empty() {
                    <p class="hint-text">{ "No differences: both say the same." }</p>
                } else {
                    <table class="compare-table">
                        <thead><tr>
                            <th scope="col">{ "What" }</th>
                            <th scope="col" dir="auto">{ first }</th>
                            <th scope="col" dir="auto">{ second }</th>
                        </tr></thead>
                        <tbody>{ for view.rows.iter().map(|row| compare_row(row, &names, &on.go)) }</tbody>
                    </table>
                }
                { more(view.rest, MORE_ROWS, "rows", Side::Later, &on.more) }
            }
        </div>
    }
}

fn name_of(layers: &[LayerItem], annotator: &AnnotatorId) -> AttrValue {
    let layer = layers.iter().find(|layer| layer.annotator == *annotator);
    layer.map_or_else(|| annotator.to_string(), |layer| layer.called.to_string()).into()
}

fn chooser(view: &CompareView, column: Column, on_change: &Callback<Comparing>) -> Html {
    let (label, field, at) = match column {
        Column::First => ("On the left", "compare-first", 0),
        Column::Second => ("On the right", "compare-second", 1),
    };
    let comparing = view.comparing.clone();
    let on = &view.comparing.annotators[at];
    let on_change = on_change.clone();
    let onchange = move |event: Event| {
        let value = browser::target_of(&event).map(|field| browser::value_of(&field)).unwrap_or_default();
        if let Some(annotator) = AnnotatorId::new(&value) {
            on_change.emit(comparing.with(column, annotator));
        }
    };
    html! {
        <select aria-label={label} title={label} data-field={field} {onchange}>
            { for view.layers.iter().map(|layer| html! {
                <option key={layer.annotator.to_string()} value={layer.annotator.to_string()} selected={layer.annotator == *on}>{ format!("{} · {}", layer.called, layer.here) }</option>
            }) }
        </select>
    }
}

fn by_type(counts: &[(Rc<str>, Color, Agreement)], first: &AttrValue, second: &AttrValue) -> Html {
    html! {
        <details class="by-type">
            <summary>{ "By type" }</summary>
            <div class="matrix-scroll" tabindex="0" role="region" aria-label="Agreement by type">
                <table class="agreement" data-list="agreement">
                    <thead><tr>
                        <th scope="col">{ "Type" }</th>
                        <th scope="col"><span aria-hidden="true">{ "= " }</span>{ "same" }</th>
                        <th scope="col"><span aria-hidden="true">{ "≠ " }</span>{ "differ" }</th>
                        <th scope="col"><span aria-hidden="true">{ "← " }</span>{ "only " }<bdi>{ first }</bdi></th>
                        <th scope="col"><span aria-hidden="true">{ "→ " }</span>{ "only " }<bdi>{ second }</bdi></th>
                    </tr></thead>
                    <tbody>
                        { for counts.iter().enumerate().map(|(n, (name, color, of))| html! {
                            <tr key={n}>
                                <th scope="row">{ dot(Some(*color)) }{ " " }<bdi>{ &**name }</bdi></th>
                                <td>{ of.same }</td><td>{ of.differ }</td><td>{ of.only_first }</td><td>{ of.only_second }</td>
                            </tr>
                        }) }
                    </tbody>
                </table>
            </div>
        </details>
    }
}

fn compare_row(row: &CompareRow, names: &[AttrValue], on_go: &Callback<CompareCell>) -> Html {
    let key: Vec<String> = row.cells.iter().map(|cell| cell.as_ref().map(|cell| cell.id.to_string()).unwrap_or_default()).collect();
    let said = match row.verdict {
        Verdict::Same => html! { { "same" } },
        Verdict::Differs => html! { <>{ "differs: " }<bdi>{ row.differing.join(", ") }</bdi></> },
        Verdict::OnlyFirst => html! { <>{ "only " }<bdi>{ &names[0] }</bdi></> },
        Verdict::OnlySecond => html! { <>{ "only " }<bdi>{ &names[1] }</bdi></> },
    };
    html! {
        <tr key={key.join(" ")} data-row={row.verdict.as_str()}>
            <th scope="row">
                <span class="verdict" aria-hidden="true">{ row.verdict.mark() }</span>
                <span>{ dot(Some(row.color)) }{ " " }<bdi>{ &*row.type_name }</bdi><small>{ said }</small></span>
            </th>
            { for row.cells.iter().zip(names).enumerate().map(|(n, (cell, name))| html! {
                <td key={n} class={cell.is_none().then_some("nothing")}>{ cell.as_ref().map_or_else(|| html! { <span class="unseen">{ "nothing" }</span> }, |cell| compare_cell(cell, name, on_go)) }</td>
            }) }
        </tr>
    }
}

fn compare_cell(cell: &CompareCell, name: &AttrValue, on_go: &Callback<CompareCell>) -> Html {
    let onclick = {
        let (on_go, cell) = (on_go.clone(), cell.clone());
        move |_: MouseEvent| on_go.emit(cell.clone())
    };
    html! {
        <button type="button" title="Go to it in the text" data-compared={cell.id.to_string()} data-of={cell.annotator.to_string()} {onclick}>
            <bdi class="whose">{ name }{ ": " }</bdi>
            <q dir="auto">{ &*cell.quote }</q>
            if cell.orphan { <small>{ "not in the text any more" }</small> }
            { for cell.details.iter().enumerate().map(|(n, (name, value))| html! { <small key={n}><bdi>{ &**name }</bdi>{ ": " }<bdi>{ &**value }</bdi></small> }) }
        </button>
    }
}
