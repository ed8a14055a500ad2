//! The editor of the scheme: every change is saved at once, seen in the text at once, and a step of undo.

mod editor;
mod parts;
mod ready;
mod removing;
mod type_form;

use std::rc::Rc;

use yew::prelude::*;

use self::editor::{Adding, Changed, Editor};
use self::ready::ReadySchemes;
use self::removing::Removing;
use self::type_form::TypeForm;
use super::desk::{dot, use_shelf};
use super::dialogs::Modal;
use crate::edit::{Command, check};
use crate::model::{Scheme, TypeId};
use crate::session::{Action, add_type};

#[derive(Properties, PartialEq)]
pub struct SchemeProps {
    /// Grows with every change of the project.
    pub revision: u64,
    /// The type to begin with.
    pub open: Option<TypeId>,
    pub on_close: Callback<()>,
}

/// What stands beside the list of types.
#[derive(Clone, PartialEq)]
enum Shown {
    /// The type of that id, or else the first.
    Type(Option<TypeId>),
    Removing(TypeId),
    Ready,
}

#[component]
pub fn SchemeDialog(props: &SchemeProps) -> Html {
    let shelf = use_shelf();
    let stored = shelf.latest.get().store.scheme().clone();
    let shown = use_state(|| Shown::Type(props.open.clone()));
    // What stands in the fields while nobody could work with it, and why; it is saved once that is mended.
    let faulty = use_state(|| None::<(Rc<Scheme>, String)>);
    let scheme = faulty.as_ref().map_or(&stored, |(scheme, _)| scheme).clone();
    let on_change = {
        let (shelf, faulty, stored) = (shelf.clone(), faulty.clone(), stored.clone());
        Callback::from(move |Changed { scheme, typing }: Changed| match check(&scheme) {
            Err(why) => faulty.set(Some((scheme, why.to_string()))),
            Ok(()) => {
                faulty.set(None);
                if scheme != stored {
                    let command = Command::SetScheme { scheme, fates: Vec::new() };
                    shelf.act.emit(if typing { Action::Type(command) } else { Action::Run(command) });
                }
            }
        })
    };
    let editor = Editor { scheme: scheme.clone(), on_change };
    let show = |next: Shown| {
        let shown = shown.clone();
        Callback::from(move |()| shown.set(next.clone()))
    };
    let at = match &*shown {
        Shown::Type(id) => {
            id.as_ref().and_then(|id| scheme.types.iter().position(|of| of.id == *id)).or((!scheme.types.is_empty()).then_some(0))
        }
        Shown::Removing(_) | Shown::Ready => None,
    };
    let on_add = {
        let (editor, shown) = (editor.clone(), shown.clone());
        Callback::from(move |name: String| {
            let mut next = (*editor.scheme).clone();
            let at = add_type(&mut next, &name);
            shown.set(Shown::Type(Some(next.types[at].id.clone())));
            editor.on_change.emit(Changed { scheme: Rc::new(next), typing: false });
        })
    };
    let name = editor.typed(|scheme, name| scheme.name = name.into());
    html! {
        <Modal title="Scheme" on_close={props.on_close.clone()}>
            <div class="scheme">
                <div class="scheme-types">
                    <label>{ "Name of the scheme" }<input type="text" dir="auto" data-field="scheme-name" value={scheme.name.to_string()} oninput={name} /></label>
                    <ul data-list="types">
                        { for scheme.types.iter().enumerate().map(|(n, of)| html! {
                            <li key={of.id.to_string()}>
                                <button type="button" data-type={of.id.to_string()} class={classes!((at == Some(n)).then_some("on"))} aria-pressed={(at == Some(n)).to_string()}
                                    onclick={show(Shown::Type(Some(of.id.clone()))).reform(|_: MouseEvent| ())}>
                                    { dot(Some(of.color)) }<bdi>{ if of.name.trim().is_empty() { of.id.as_str() } else { &of.name } }</bdi>
                                    if let Some(key) = of.key { <kbd>{ key }</kbd> }
                                </button>
                            </li>
                        }) }
                    </ul>
                    <Adding what="type" command="add-type" {on_add} />
                    <button type="button" class="quiet" data-command="ready-schemes" onclick={show(Shown::Ready).reform(|_: MouseEvent| ())}>{ "Ready schemes…" }</button>
                </div>
                <div class="scheme-type">
                    if let Some((_, why)) = &*faulty { <p class="fault" role="alert">{ format!("Not saved yet: {why}.") }</p> }
                    if let Some(at) = at {
                        <TypeForm key={scheme.types[at].id.to_string()} {editor} {at} on_remove={show(Shown::Removing(scheme.types[at].id.clone()))} />
                    } else if let Shown::Removing(id) = &*shown {
                        <Removing type_id={id.clone()} revision={props.revision} on_end={show(Shown::Type(Some(id.clone())))} key="removing" />
                    } else if *shown == Shown::Ready {
                        <ReadySchemes revision={props.revision} on_end={show(Shown::Type(None))} key="ready" />
                    } else {
                        <p class="hint-text">{ "This scheme has no types: add one, or take a ready scheme." }</p>
                    }
                </div>
            </div>
        </Modal>
    }
}
