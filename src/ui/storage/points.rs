use yew::prelude::*;

use crate::ui::outcome::{Outcome, said};
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

/// What can be done with merges.
pub struct PointActions {
    /// What would happen is shown for this one.
    pub ask: Callback<Option<AttrValue>>,
    pub take_back: Callback<AttrValue>,
    pub forget: Callback<AttrValue>,
}

/// The merges of this project, the latest first.
///
/// Without a database no merge is remembered, and `rows` is `None`.
pub fn points(rows: Option<&[PointRow]>, outcome: Option<&Outcome>, on: &PointActions) -> Html {
    html! {
        <section aria-label="Merges to take back">
            <h3>{ "Merges to take back" }</h3>
            if rows.is_none() {
                <p class="hint-text">{ "Merges are remembered in the browser’s database alone, which is not there." }</p>
            } else if rows.is_some_and(<[PointRow]>::is_empty) {
                <p class="hint-text">{ "None. A file that is merged into this project can be taken back here later; the last ten are kept." }</p>
            } else {
                <ul class="points">{ for rows.into_iter().flatten().map(|row| point(row, on)) }</ul>
            }
            { said(outcome) }
        </section>
    }
}

fn point(row: &PointRow, on: &PointActions) -> Html {
    let at = || row.at.clone();
    let emit = |callback: &Callback<AttrValue>| {
        let at = at();
        callback.reform(move |_: MouseEvent| at.clone())
    };
    let ask = {
        let at = at();
        on.ask.reform(move |_: MouseEvent| Some(at.clone()))
    };
    let leave = on.ask.reform(|_: MouseEvent| None);
    html! {
        <li key={row.at.to_string()} data-point={row.at.clone()}>
            <p dir="auto">{ &row.label }</p>
            <small>{ format!("{} · {}", row.when, counted(row.records, "record")) }</small>
            if let Some((back, kept)) = row.would {
                <p class="would" role="status">{ would(back, kept) }</p>
                <div class="buttons">
                    if back > 0 {
                        <button type="button" class="primary" data-command="confirm-take-back" onclick={emit(&on.take_back)}>{ "Take it back" }</button>
                    } else {
                        <button type="button" data-command="forget-point" onclick={emit(&on.forget)}>{ "Forget it" }</button>
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
