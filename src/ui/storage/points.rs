use yew::prelude::*;

use crate::ui::outcome::{Outcome, Said};
use crate::ui::words::counted;

/// A merge that can be taken back.
#[derive(Clone, PartialEq)]
pub struct PointRow {
    /// Its instant, which names it.
    pub at: AttrValue,
    /// The same in the person's own time and manner.
    pub when: AttrValue,
    pub label: AttrValue,
    pub records: usize,
    /// Once asked: how many records would go back, and how many changed since and would stay.
    pub would: Option<(usize, usize)>,
}

#[derive(Properties, PartialEq)]
pub struct PointsProps {
    pub rows: Vec<PointRow>,
    /// Where there is none, no merge is remembered.
    pub has_database: bool,
    pub outcome: Option<Outcome>,
    /// What would happen is shown for this one.
    pub on_ask: Callback<Option<AttrValue>>,
    pub on_take_back: Callback<AttrValue>,
    pub on_forget: Callback<AttrValue>,
}

/// The merges of this project, the latest first.
#[component]
pub fn Points(props: &PointsProps) -> Html {
    html! {
        <section aria-label="Merges to take back">
            <h3>{ "Merges to take back" }</h3>
            if !props.has_database {
                <p class="hint-text">{ "Merges are remembered in the browser’s database alone, which is not there." }</p>
            } else if props.rows.is_empty() {
                <p class="hint-text">{ "None. A file that is merged into this project can be taken back here later; the last ten are kept." }</p>
            } else {
                <ul class="points">{ for props.rows.iter().map(|row| point(row, props)) }</ul>
            }
            <Said outcome={props.outcome.clone()} />
        </section>
    }
}

fn point(row: &PointRow, props: &PointsProps) -> Html {
    let at = || row.at.clone();
    let emit = |callback: &Callback<AttrValue>| {
        let at = at();
        callback.reform(move |_: MouseEvent| at.clone())
    };
    let ask = {
        let at = at();
        props.on_ask.reform(move |_: MouseEvent| Some(at.clone()))
    };
    let leave = props.on_ask.reform(|_: MouseEvent| None);
    html! {
        <li key={row.at.to_string()} data-point={row.at.clone()}>
            <p dir="auto">{ &row.label }</p>
            <small>{ format!("{} · {}", row.when, counted(row.records, "record")) }</small>
            if let Some((back, kept)) = row.would {
                <p class="would" role="status">{ would(back, kept) }</p>
                <div class="buttons">
                    if back > 0 {
                        <button type="button" class="primary" data-command="confirm-take-back" onclick={emit(&props.on_take_back)}>{ "Take it back" }</button>
                    } else {
                        <button type="button" data-command="forget-point" onclick={emit(&props.on_forget)}>{ "Forget it" }</button>
                    }
                    <button type="button" data-command="leave-point" onclick={leave}>{ "Leave it" }</button>
                </div>
            } else {
                <button type="button" class="quiet" data-command="take-back-point" aria-label={format!("Take back: {}", row.label)} onclick={ask}>{ "Take back…" }</button>
            }
        </li>
    }
}

/// What taking a merge back would do.
fn would(back: usize, kept: usize) -> String {
    match (back, kept) {
        (0, _) => "Nothing of it is left as it came, so there is nothing to take back.".to_owned(),
        (back, 0) => format!("{} would be as before the merge.", counted(back, "record")),
        (back, 1) => format!("{} would be as before the merge; 1 changed since and stays.", counted(back, "record")),
        (back, kept) => format!("{} would be as before the merge; {kept} changed since and stay.", counted(back, "record")),
    }
}
