//! What each column of a table is.

use std::rc::Rc;

use yew::prelude::*;

use super::BringActions;
use crate::browser;
use crate::format::articles::{Field, Heading, Table};
use crate::session::Choosing;

pub fn columns_table(table: &Rc<Table>, choosing: &Choosing, on: &BringActions) -> Html {
    let rows = table.headings.iter().zip(&choosing.columns.0).enumerate();
    html! {
        <>
            <table class="mapping" data-list="columns">
                <thead><tr><th scope="col">{ "Column" }</th><th scope="col">{ "Filled" }</th><th scope="col">{ "Is the" }</th></tr></thead>
                <tbody>{ for rows.map(|(n, (heading, column))| column_row(n, heading, column.field, choosing, on)) }</tbody>
            </table>
            if !choosing.columns.has(Field::Text) { <p class="warning" role="alert">{ "Say which column is the text." }</p> }
        </>
    }
}

fn column_row(n: usize, heading: &Heading, field: Field, choosing: &Choosing, on: &BringActions) -> Html {
    let onchange = {
        let choosing = choosing.clone();
        on.choose.reform(move |event: Event| {
            let field = Field::of_name(&browser::value_of(&event.target_unchecked_into())).unwrap_or(Field::Nothing);
            Choosing { columns: choosing.columns.with(n, field), ..choosing.clone() }
        })
    };
    html! {
        <tr key={n} class="label">
            <th scope="row"><bdi>{ &*heading.name }</bdi><small class="sample" dir="auto">{ &*heading.sample }</small></th>
            <td class="count">{ heading.filled }</td>
            <td>
                <select data-column={heading.name.to_string()} aria-label={format!("What the column {} is", heading.name)} {onchange}>
                    { for Field::ALL.into_iter().map(|choice| html! { <option key={choice.name()} value={choice.name()} selected={choice == field}>{ choice.label() }</option> }) }
                </select>
            </td>
        </tr>
    }
}
