use std::rc::Rc;

use yew::prelude::*;

use super::desk::{use_hands, use_shelf};
use super::dialogs::Modal;
use crate::browser::{self, HtmlInputElement};
use crate::edit::Command;
use crate::model::{AnnotationId, EntityKind};
use crate::session::{Action, Choice, Why, shortened, who};

#[derive(Properties, PartialEq)]
pub struct AskWhoProps {
    pub annotation: AnnotationId,
    pub on_close: Callback<()>,
}

/// Entities drawn at most; typing finds the others.
const MOST_DRAWN: usize = 100;

/// What somebody new may be: its `data-who`, and in words.
const KINDS: [(EntityKind, &str, &str); 4] = [
    (EntityKind::Person, "+", "a person"),
    (EntityKind::Group, "+group", "a group"),
    (EntityKind::Place, "+place", "a place"),
    (EntityKind::Other, "+other", "something else"),
];

/// A line of the answers.
#[derive(Clone, PartialEq)]
enum Answer {
    Known(Choice),
    New(Rc<str>, EntityKind),
    Nobody,
}

/// Asks who a mention is. Whose name fits comes first and has `Enter`; where nobody's does, as with a pronoun, nothing is guessed:
/// those mentioned before come first, and a key chooses.
#[component]
pub fn AskWho(props: &AskWhoProps) -> Html {
    let (hands, shelf) = (use_hands(), use_shelf());
    let typed = use_state(String::new);
    // Which line is meant, once a key said so.
    let chosen = use_state(|| None::<usize>);
    let state = shelf.latest.get();
    let Some(question) = state.annotation(&props.annotation).map(|annotation| who(&state, annotation)) else {
        return html! {};
    };
    let wanted = typed.trim().to_lowercase();
    let fits = |choice: &&Choice| {
        wanted.is_empty()
            || state.store.entity(&choice.id).is_some_and(|entity| {
                std::iter::once(&entity.name).chain(&entity.aliases).any(|name| name.to_lowercase().contains(&wanted))
            })
    };
    let known: Vec<&Choice> = question.choices.iter().filter(fits).take(MOST_DRAWN).collect();
    let name: Rc<str> = if wanted.is_empty() { question.name.clone() } else { typed.trim().into() };
    let is_sure = wanted.is_empty() && matches!(known.first().map(|choice| choice.why), Some(Why::Named(_) | Why::PartOfName(_)));
    let mut answers: Vec<Answer> = known.into_iter().cloned().map(Answer::Known).collect();
    let likely = KINDS.iter().filter(|(kind, ..)| *kind == question.kind);
    let others = KINDS.iter().filter(|(kind, ..)| *kind != question.kind);
    answers.extend(likely.chain(others).map(|(kind, ..)| Answer::New(name.clone(), *kind)));
    if question.tied.is_some() {
        answers.push(Answer::Nobody);
    }
    let last = answers.len() - 1;
    let at = chosen.map(|at| at.min(last)).or((is_sure || !wanted.is_empty()).then_some(0));
    let give = {
        let (act, annotation, close) = (hands.act.clone(), props.annotation.clone(), props.on_close.clone());
        move |answer: &Answer| {
            close.emit(());
            act.emit(Action::Run(match answer {
                Answer::Known(choice) => Command::TieEntity { annotation: annotation.clone(), entity: Some(choice.id.clone()) },
                Answer::Nobody => Command::TieEntity { annotation: annotation.clone(), entity: None },
                Answer::New(name, kind) => Command::NewEntity { annotation: annotation.clone(), name: name.to_string(), kind: *kind },
            }));
        }
    };
    let oninput = {
        let (typed, chosen) = (typed.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
            chosen.set(None);
        })
    };
    let onkeydown = {
        let (chosen, give, answers) = (chosen.clone(), give.clone(), answers.clone());
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowDown" => at.map_or(0, |at| (at + 1) % (last + 1)),
                "ArrowUp" => at.map_or(last, |at| at.checked_sub(1).unwrap_or(last)),
                "Enter" => {
                    event.prevent_default();
                    if let Some(answer) = at.and_then(|at| answers.get(at)) {
                        give(answer);
                    }
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            chosen.set(Some(next));
            browser::show_in_list(&format!("#who-{next}"));
        })
    };
    let line = |index: usize, answer: &Answer| {
        let (label, note): (Html, Rc<str>) = match answer {
            Answer::Known(choice) => {
                let note = match choice.why {
                    _ if question.tied.as_ref() == Some(&choice.id) => "as it is".into(),
                    Why::MentionedBefore => "mentioned before".into(),
                    _ => choice.description.clone(),
                };
                (html! { <bdi>{ &*choice.name }</bdi> }, note)
            }
            Answer::New(name, kind) => {
                let as_what = KINDS.iter().find(|(other, ..)| other == kind).map_or("", |(_, _, as_what)| as_what);
                (html! { <span>{ "Somebody new: " }<bdi>{ &**name }</bdi></span> }, as_what.into())
            }
            Answer::Nobody => (html! { <span>{ "Nobody: untie it" }</span> }, "".into()),
        };
        let (give, own) = (give.clone(), answer.clone());
        let name = match answer {
            Answer::Known(choice) => choice.id.to_string(),
            Answer::New(_, kind) => KINDS.iter().find(|(other, ..)| other == kind).map_or("+", |(_, mark, _)| mark).to_string(),
            Answer::Nobody => "-".to_owned(),
        };
        html! {
            <li key={name.clone()} role="none">
                <button type="button" role="option" tabindex="-1" id={format!("who-{index}")} data-who={name} aria-selected={(at == Some(index)).to_string()} class={classes!((at == Some(index)).then_some("on"))}
                    onclick={move |_: MouseEvent| give(&own)}>{ label }<small dir="auto">{ &*note }</small></button>
            </li>
        }
    };
    html! {
        <Modal title={format!("Who is “{}”?", shortened(&question.words, 60))} on_close={props.on_close.clone()}>
            <input class="search" type="text" dir="auto" autofocus=true placeholder="A name; arrows choose" aria-label="Name"
                role="combobox" aria-autocomplete="list" aria-expanded="true" aria-controls="who" aria-activedescendant={at.map(|at| format!("who-{at}"))}
                value={(*typed).clone()} {oninput} {onkeydown} />
            if at.is_none() { <p class="hint-text">{ "No name fits these words. ↓ chooses, letters look for a name." }</p> }
            <ul class="palette" id="who" role="listbox" aria-label="Entities">{ for answers.iter().enumerate().map(|(index, answer)| line(index, answer)) }</ul>
        </Modal>
    }
}
