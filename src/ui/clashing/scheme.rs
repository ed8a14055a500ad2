use std::rc::Rc;

use yew::prelude::*;

use super::view::{Away, ClashActions, radio};
use crate::edit::Differing;
use crate::session::{Decided, SchemeChoice, SchemeOption, counted};

/// Names that are listed of one kind.
const MOST: usize = 12;

/// The schemes to choose from, with what each does.
pub fn schemes(options: &[SchemeOption], decided: &Decided, away: &Away, on: &ClashActions) -> Html {
    let shown = |(n, option): (usize, &SchemeOption)| {
        let next = Decided { scheme: Some(option.choice), ..decided.clone() };
        let (value, title) = match (option.choice, &option.whose) {
            (SchemeChoice::This(n), Some(whose)) if n == 0 => (n.to_string(), format!("Keep it as in {whose}")),
            (SchemeChoice::This(n), whose) => (n.to_string(), format!("Take it as in {}", whose.as_deref().unwrap_or("the file"))),
            (SchemeChoice::Joined, _) => ("joined".to_owned(), "Join them: all types, attributes, options and roles".to_owned()),
        };
        let is_on = decided.scheme == Some(option.choice);
        let away = match away {
            Away::Counted(counts) => counts.get(n).copied().unwrap_or(0),
            Away::Nothing | Away::Counting => 0,
        };
        html! {
            <div key={value.clone()} data-scheme={value.clone()}>
                { radio("scheme", &value, is_on, on.decide.reform(move |_: Event| next.clone()), html! { <b>{ title }</b> }) }
                <ul class="effects">{ for effects(option, away).into_iter().map(|effect| html! { <li dir="auto">{ effect }</li> }) }</ul>
            </div>
        }
    };
    html! {
        <section data-list="schemes">
            <h3>{ "The scheme" }</h3>
            <p>{ "More than one copy changed it. Everybody works with one: what you choose takes the place of all." }</p>
            if *away == Away::Counting { <p class="hint-text" role="status">{ "Articles that are not in memory are still being counted." }</p> }
            <fieldset><legend class="unseen">{ "Which scheme" }</legend>{ for options.iter().enumerate().map(shown) }</fieldset>
        </section>
    }
}

/// What choosing it does, a line each; `away` counts annotations that are not in memory.
fn effects(option: &SchemeOption, away: usize) -> Vec<String> {
    let mut effects = Vec::new();
    if let Some(fault) = &option.fault {
        effects.push(format!("Nobody could work with it: {fault}."));
    }
    let mut list = |what: &str, names: Vec<String>| {
        if !names.is_empty() {
            effects.push(format!("{what}: {}", listed(&names)));
        }
    };
    let plain = |names: &[Rc<str>]| names.iter().map(|name| name.to_string()).collect();
    list("Adds", plain(&option.gets));
    list("Takes away", plain(&option.loses));
    list("Changes", option.changes.iter().map(differing).collect());
    list("Kept as the first has it", option.kept.iter().map(differing).collect());
    if option.gets.is_empty() && option.loses.is_empty() && option.changes.is_empty() {
        effects.push("The scheme stays as it is.".to_owned());
    }
    let (ours, theirs) = (option.unknown.0 + away, option.unknown.1);
    effects.push(match ours + theirs {
        0 => "It has the types, attributes, options and roles of every annotation.".to_owned(),
        all => {
            let has = if all == 1 { "has" } else { "have" };
            format!(
                "{} ({ours} here, {theirs} that come) {has} a type, attribute, option or role that it lacks. None is lost; an unknown type is shown in grey.",
                counted(all, "annotation")
            )
        }
    });
    effects
}

fn differing(Differing { place, what }: &Differing) -> String {
    let place = match place.is_empty() {
        true => "the scheme".to_owned(),
        false => format!("“{}”", place.join("” › “")),
    };
    format!("{place} ({})", what.join(", "))
}

fn listed(names: &[String]) -> String {
    let more = names.len().saturating_sub(MOST);
    let shown = names[..names.len() - more].join("; ");
    if more > 0 { format!("{shown}; and {more} more") } else { shown }
}
