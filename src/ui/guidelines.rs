//! What counts as what: the project's guidelines, read and written.

use std::rc::Rc;

use yew::prelude::*;

use super::desk::{use_hands, use_shelf};
use super::dialogs::Modal;
use super::markdown::drawn;
use crate::browser::{self, HtmlTextAreaElement};
use crate::edit::Command;
use crate::format::markdown::{markdown, section};
use crate::model::TypeId;
use crate::session::{Action, Intent};

#[derive(Properties, PartialEq)]
pub struct GuidelinesProps {
    pub guidelines: AttrValue,
    /// The type whose rules are looked for.
    pub about: Option<TypeId>,
    pub on_close: Callback<()>,
}

/// The guidelines whole, at what they say of a type; or a field to write them in, with what comes of it beside it.
#[component]
pub fn Guidelines(props: &GuidelinesProps) -> Html {
    let hands = use_hands();
    let shelf = use_shelf();
    let writing = use_state(|| false);
    let parts = use_memo(props.guidelines.clone(), |text| markdown(text));
    let name = props.about.as_ref().and_then(|id| shelf.latest.get().store.scheme().type_of(id).map(|of| of.name.clone()));
    let here = name.and_then(|name| section(&parts, &name)).filter(|_| !*writing);
    use_effect_with(*writing, |writing| match writing {
        true => browser::focus(".guidelines-edit textarea"),
        false => browser::show_at_top(".guidelines .here"),
    });
    let oninput = hands.act.reform(|event: InputEvent| {
        let guidelines = event.target_unchecked_into::<HtmlTextAreaElement>().value();
        Action::Type(Command::SetGuidelines { guidelines })
    });
    let turn = {
        let writing = writing.clone();
        Callback::from(move |_: MouseEvent| writing.set(!*writing))
    };
    let is_empty = props.guidelines.trim().is_empty();
    let read = match &here {
        Some(here) => html! {
            <>
                { drawn(&parts[..here.start]) }
                <div class="here">{ drawn(&parts[here.clone()]) }</div>
                { drawn(&parts[here.end..]) }
            </>
        },
        None => drawn(&parts),
    };
    html! {
        <Modal title="Guidelines" on_close={props.on_close.clone()}>
            if *writing {
                <div class="guidelines-edit">
                    <textarea dir="auto" spellcheck="true" aria-label="Guidelines, in Markdown" value={props.guidelines.clone()} {oninput}
                        placeholder={"# What we label\n\n## Claim\n\nWhat somebody is said to have said, **without** the closing full stop."} />
                    <div class="guidelines" aria-label="What the guidelines look like" role="region" tabindex="0">{ read }</div>
                </div>
            } else if is_empty {
                <p class="hint-text">{ "This project has no guidelines yet. What is written here goes to everyone with the project; what stands under a heading with a type’s name is shown beside each annotation of that type, too." }</p>
            } else {
                <div class="guidelines">{ read }</div>
            }
            <div class="buttons writing">
                <button type="button" class={(!*writing && is_empty).then_some("primary")} data-command="write-guidelines" onclick={turn}>
                    { if *writing { "Read them" } else if is_empty { "Write guidelines" } else { "Change them" } }
                </button>
                if *writing { <span class="hint-text">{ "Markdown: # heading, **strong**, *emphasis*, - list, > quotation, | table |. Saved with each key." }</span> }
            </div>
        </Modal>
    }
}

/// What the scheme says of a type's parts: a part's name, where it is one, and its description.
type Rules = Vec<(Option<Rc<str>>, Rc<str>)>;

#[derive(Properties, PartialEq)]
pub struct RulesProps {
    pub type_name: AttrValue,
    pub rules: Rules,
    pub guidelines: AttrValue,
}

/// The rules for one type at the point of decision: what the scheme says of it, and its part of the guidelines.
#[component]
pub fn TypeRules(props: &RulesProps) -> Html {
    let hands = use_hands();
    let part = use_memo((props.guidelines.clone(), props.type_name.clone()), |(guidelines, name)| {
        let parts = markdown(guidelines);
        // Its heading says what stands above already.
        section(&parts, name).map(|range| parts[range.start + 1..range.end].to_vec())
    });
    html! {
        <div class="rules" id="rules">
            { for props.rules.iter().enumerate().map(|(n, (name, text))| html! {
                <p dir="auto" key={n}>if let Some(name) = name { <b>{ &**name }{ ": " }</b> }{ &**text }</p>
            }) }
            if let Some(part) = &*part {
                <div class="guidelines">{ drawn(part) }</div>
            }
            if !props.guidelines.trim().is_empty() {
                <button type="button" class="link" data-command="all-guidelines" onclick={hands.perform.reform(|_: MouseEvent| Intent::Guidelines)}>{ "All guidelines" }</button>
            }
        </div>
    }
}
