use std::rc::Rc;

use yew::prelude::*;

use super::diff::diff;
use super::scheme::schemes;
use crate::session::{Decided, FieldView, Handing, MOST_TEXTS, SchemeOption, TextView, counted};

/// All that the dialog shows.
pub struct ClashView<'a> {
    pub handing: &'a Handing,
    pub texts: &'a [TextView],
    pub options: &'a [SchemeOption],
    pub fields: &'a [FieldView],
    pub decided: &'a Decided,
    pub away: &'a Away,
}

/// What is known of articles that are not in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Away {
    /// There are none, or nothing has to be known of them.
    Nothing,
    Counting,
    /// For each scheme, annotations that it does not know in full.
    Counted(Vec<usize>),
}

pub struct ClashActions {
    pub decide: Callback<Decided>,
    pub agree: Callback<()>,
    pub close: Callback<()>,
}

/// What clashes, and the choices.
pub fn clash_view(view: &ClashView<'_>, on: &ClashActions) -> Html {
    let ClashView { handing, texts, options, fields, decided, away } = view;
    let is_decided = handing.settled(decided).is_some();
    let is_merge = !handing.copies.is_empty();
    html! {
        <div class="clashing">
            <p>{ if is_merge { "Nothing is changed before you agree. All that is not listed here is merged without loss." } else { "Copies of the project say different things. What you choose takes the place of all." } }</p>
            if !texts.is_empty() { { text_clashes(handing, texts, decided, on) } }
            if !options.is_empty() { { schemes(options, decided, away, on) } }
            { for fields.iter().map(|field| header(field, decided, on)) }
            <div class="buttons">
                <button type="button" class="primary" data-command="accept-merge" disabled={!is_decided} onclick={on.agree.reform(|_: MouseEvent| ())}>{ if is_merge { "Merge" } else { "Settle it so" } }</button>
                <button type="button" data-command="cancel-merge" onclick={on.close.reform(|_: MouseEvent| ())}>{ "Cancel, change nothing" }</button>
                if !is_decided { <p class="hint-text">{ "Choose a scheme first." }</p> }
            </div>
        </div>
    }
}

fn text_clashes(handing: &Handing, texts: &[TextView], decided: &Decided, on: &ClashActions) -> Html {
    let all = handing.clashes.texts.len();
    let all_own = Decided { own: handing.clashes.texts.iter().map(|clash| clash.own_id.clone()).collect(), ..decided.clone() };
    let none_own = Decided { own: Default::default(), ..decided.clone() };
    html! {
        <section data-list="texts">
            <h3>{ match all { 1 => "An article has another text".to_owned(), many => format!("{many} articles have another text") } }</h3>
            <p>{ "An article’s text never changes, so one of the two comes from another clean-up or another edition. Annotations are bound to their text: they can’t be moved to the other." }</p>
            if all > 1 {
                <div class="buttons">
                    <button type="button" data-command="leave-all-out" onclick={on.decide.reform(move |_: MouseEvent| none_own.clone())}>{ "Leave all out" }</button>
                    <button type="button" data-command="take-all-apart" onclick={on.decide.reform(move |_: MouseEvent| all_own.clone())}>{ "Take all in, as articles of their own" }</button>
                </div>
            }
            <ul class="clashes">{ for texts.iter().map(|text| text_clash(text, decided, on)) }</ul>
            if all > MOST_TEXTS { <p class="hint-text">{ format!("… and {}, which stand as all do: left out, unless all are taken in.", counted(all - texts.len(), "more article")) }</p> }
        </section>
    }
}

fn text_clash(text: &TextView, decided: &Decided, on: &ClashActions) -> Html {
    let is_own = decided.own.contains(&text.own_id);
    let with = match text.annotations {
        0 => "no annotation lies in it".to_owned(),
        count => format!("with its {}", counted(count, "annotation")),
    };
    let choose = |own: Option<()>| {
        let mut next = decided.clone();
        match own {
            Some(()) => drop(next.own.insert(text.own_id.clone())),
            None => drop(next.own.remove(&text.own_id)),
        }
        on.decide.reform(move |_: Event| next.clone())
    };
    let name = format!("text-{}", text.own_id);
    let first = text.differences.as_ref().map(|found| found.first.get());
    html! {
        <li key={text.own_id.to_string()} data-clash={text.article.to_string()}>
            <h4 dir="auto">{ &*text.label }</h4>
            <p><del>{ &*text.standing_in }</del>{ " and " }<ins>{ &*text.files }</ins>{ format!(" differ in {}. ", text.article) }
                if let Some(first) = first { { match first { 0 => "They differ from the first character on.".to_owned(), same => format!("The first {} are the same.", counted(same as usize, "character")) } } }</p>
            { for text.differences.iter().map(diff) }
            <fieldset>
                <legend class="unseen">{ format!("What becomes of the text in {}", text.files) }</legend>
                { radio(&name, "leave-out", !is_own, choose(None), html! { format!("Leave it out ({with})") }) }
                { radio(&name, "take-apart", is_own, choose(Some(())), html! { format!("Take it in as an article of its own, {} ({with})", text.own_id) }) }
            </fieldset>
        </li>
    }
}

fn header(field: &FieldView, decided: &Decided, on: &ClashActions) -> Html {
    let name = field.field.name();
    let chosen = decided.header.get(&field.field).copied().unwrap_or(0);
    let choice = |(n, whose, found): &(usize, Rc<str>, Option<crate::text::Differences>)| {
        let mut next = decided.clone();
        next.header.insert(field.field, *n);
        let words = match n {
            0 => format!("Keep it as in {whose}"),
            _ => format!("Take it as in {whose}"),
        };
        html! {
            <>
                { radio(name, &n.to_string(), chosen == *n, on.decide.reform(move |_: Event| next.clone()), html! { words }) }
                { for found.iter().map(diff) }
            </>
        }
    };
    html! {
        <section key={name} data-field={name}>
            <h3>{ format!("The project’s {name}") }</h3>
            <p>{ "More than one copy changed it. Struck is what only the first has, underlined what only the other has." }</p>
            <fieldset><legend class="unseen">{ format!("Which {name}") }</legend>{ for field.choices.iter().map(choice) }</fieldset>
        </section>
    }
}

/// A choice out of several with one name.
pub fn radio(name: &str, value: &str, on: bool, onchange: Callback<Event>, words: Html) -> Html {
    html! {
        <label class="tick" key={value.to_owned()}><input type="radio" name={name.to_owned()} value={value.to_owned()} checked={on} {onchange} /><span>{ words }</span></label>
    }
}
