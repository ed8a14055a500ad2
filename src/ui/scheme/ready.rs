use std::rc::Rc;

use yew::prelude::*;

use crate::edit::Command;
use crate::model::{Scheme, ready_schemes};
use crate::session::Action;
use crate::ui::desk::{dot, use_shelf};

#[derive(Properties, PartialEq)]
pub struct ReadyProps {
    pub revision: u64,
    pub on_end: Callback<()>,
}

/// Schemes to begin with: to take one instead of the project's own, or its types beside them.
#[component]
pub fn ReadySchemes(props: &ReadyProps) -> Html {
    let shelf = use_shelf();
    let current = shelf.latest.get().store.scheme().clone();
    let take = |scheme: Scheme| {
        let (act, on_end) = (shelf.act.clone(), props.on_end.clone());
        let scheme = Rc::new(scheme);
        Callback::from(move |_: MouseEvent| {
            act.emit(Action::Run(Command::SetScheme { scheme: scheme.clone(), fates: Vec::new() }));
            on_end.emit(());
        })
    };
    html! {
        <div class="ready">
            <p class="hint-text">{ "Annotations keep their types: what the new scheme does not know stays in the file and is shown in grey. Undo takes it back." }</p>
            <ul data-list="ready-schemes">
                { for ready_schemes().into_iter().map(|scheme| {
                    let beside = beside(&current, &scheme);
                    let (is_all_there, is_same) = (beside.types.len() == current.types.len(), scheme == *current);
                    html! {
                        <li key={scheme.id.to_string()} data-scheme={scheme.id.to_string()}>
                            <b>{ &*scheme.name }</b>
                            <span class="ready-types">{ for scheme.types.iter().map(|of| html! { <span key={of.id.to_string()}>{ dot(Some(of.color)) }{ " " }{ &*of.name }</span> }) }</span>
                            <span class="buttons">
                                <button type="button" data-command="take-scheme" disabled={is_same} onclick={take(scheme)}>{ if is_same { "In use" } else { "Use it instead" } }</button>
                                <button type="button" data-command="add-scheme" disabled={is_all_there} onclick={take(beside)}>{ "Add its types" }</button>
                            </span>
                        </li>
                    }
                }) }
            </ul>
            <div class="buttons"><button type="button" data-command="end-ready" onclick={props.on_end.reform(|_: MouseEvent| ())}>{ "Back" }</button></div>
        </div>
    }
}

/// `current` with the types of `other` that it lacks; keys that are taken are left out.
fn beside(current: &Scheme, other: &Scheme) -> Scheme {
    let mut both = current.clone();
    for of in other.types.iter().filter(|of| current.type_of(&of.id).is_none()) {
        let key = of.key.filter(|key| both.types.iter().all(|other| other.key != Some(*key)));
        both.types.push(crate::model::AnnotationType { key, ..of.clone() });
    }
    both
}
