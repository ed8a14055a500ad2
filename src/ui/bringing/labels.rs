//! What each label, attribute, value and link of the files becomes.

use std::rc::Rc;

use yew::prelude::*;

use super::BringActions;
use crate::browser;
use crate::format::exchange::Wish;
use crate::session::{Choosing, Mapped, Row};

pub fn mapping_table(rows: &[Row], choosing: &Choosing, on: &BringActions) -> Html {
    if rows.is_empty() {
        return html! { <p class="hint-text">{ "Nothing is annotated in it." }</p> };
    }
    html! {
        <table class="mapping" data-list="mapping">
            <thead><tr><th scope="col">{ "In the file" }</th><th scope="col">{ "Times" }</th><th scope="col">{ "Becomes" }</th></tr></thead>
            <tbody>{ for rows.iter().map(|row| mapping_row(row, choosing, on)) }</tbody>
        </table>
    }
}

const NEW: &str = "+new";
const OUT: &str = "+out";

fn mapping_row(row: &Row, choosing: &Choosing, on: &BringActions) -> Html {
    let (kind, key) = match &row.of {
        Mapped::Type(label) => ("label", label.to_string()),
        Mapped::Attribute(label, name) => ("attribute", format!("{label}/{name}")),
        Mapped::Value(label, name, value) => ("value", format!("{label}/{name}/{value}")),
        Mapped::Role(label, link) => ("role", format!("{label}/{link}")),
    };
    let chosen: Rc<str> = match (&row.becomes, &row.made) {
        (Some(id), _) => id.clone(),
        (None, Some(_)) => NEW.into(),
        (None, None) => OUT.into(),
    };
    let onchange = {
        let (choosing, of) = (choosing.clone(), row.of.clone());
        on.choose.reform(move |event: Event| {
            let wish = match browser::value_of(&event.target_unchecked_into()).as_str() {
                NEW => Wish::New,
                OUT => Wish::Nothing,
                id => Wish::This(id.into()),
            };
            choosing.with(&of, &wish)
        })
    };
    let made = row.made.as_ref().unwrap_or(&row.name);
    let option = |value: Rc<str>, label: String| html! { <option key={value.to_string()} value={value.to_string()} selected={value == chosen}>{ label }</option> };
    html! {
        <tr key={format!("{kind} {key}")} class={kind}>
            <th scope="row"><bdi>{ &*row.name }</bdi>{ " " }if kind != "label" { <small>{ kind }</small> }</th>
            <td class="count">{ row.count }</td>
            <td>
                <select data-mapping={kind} data-of={key} aria-label={format!("What the {kind} {} becomes", row.name)} {onchange}>
                    { for row.choices.iter().map(|(id, name)| option(id.clone(), name.to_string())) }
                    { option(NEW.into(), format!("New: {made}")) }
                    { option(OUT.into(), "Leave out".to_owned()) }
                </select>
            </td>
        </tr>
    }
}
