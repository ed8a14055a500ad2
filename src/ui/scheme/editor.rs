use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{self, HtmlInputElement};
use crate::model::Scheme;

/// A scheme that was changed, by a key in a field or otherwise.
pub struct Changed {
    pub scheme: Rc<Scheme>,
    pub typing: bool,
}

/// The scheme as it stands in the fields, and what hears of each change.
#[derive(Clone, PartialEq)]
pub struct Editor {
    pub scheme: Rc<Scheme>,
    pub on_change: Callback<Changed>,
}

impl Editor {
    /// For a field of text: `set` puts what stands in it into the scheme.
    pub fn typed(&self, set: impl Fn(&mut Scheme, String) + 'static) -> Callback<InputEvent> {
        let editor = self.clone();
        Callback::from(move |event: InputEvent| {
            let value = browser::target_of(&event).map(|field| browser::value_of(&field)).unwrap_or_default();
            editor.change(true, |scheme| set(scheme, value));
        })
    }

    /// For a choice.
    pub fn chosen(&self, set: impl Fn(&mut Scheme, String) + 'static) -> Callback<Event> {
        let editor = self.clone();
        Callback::from(move |event: Event| {
            let value = browser::target_of(&event).map(|field| browser::value_of(&field)).unwrap_or_default();
            editor.change(false, |scheme| set(scheme, value));
        })
    }

    /// For a box that is ticked or not.
    pub fn ticked(&self, set: impl Fn(&mut Scheme, bool) + 'static) -> Callback<Event> {
        let editor = self.clone();
        Callback::from(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            editor.change(false, |scheme| set(scheme, on));
        })
    }

    /// For a button.
    pub fn clicked(&self, set: impl Fn(&mut Scheme) + 'static) -> Callback<MouseEvent> {
        let editor = self.clone();
        Callback::from(move |_: MouseEvent| editor.change(false, &set))
    }

    /// For a form that names something new.
    pub fn added(&self, set: impl Fn(&mut Scheme, &str) + 'static) -> Callback<String> {
        let editor = self.clone();
        Callback::from(move |name: String| editor.change(false, |scheme| set(scheme, &name)))
    }

    fn change(&self, typing: bool, set: impl FnOnce(&mut Scheme)) {
        let mut next = (*self.scheme).clone();
        set(&mut next);
        self.on_change.emit(Changed { scheme: Rc::new(next), typing });
    }
}

/// One character, which may be of several code units; what is typed last stays.
pub fn character(text: &str) -> Option<char> {
    text.trim().chars().last()
}

#[derive(Properties, PartialEq)]
pub struct AddingProps {
    /// What is added, as in "add a type".
    pub what: AttrValue,
    pub command: AttrValue,
    pub on_add: Callback<String>,
}

/// A field for a name, which stays for the next one.
#[component]
pub fn Adding(props: &AddingProps) -> Html {
    let field = use_node_ref();
    let onsubmit = {
        let (field, on_add) = (field.clone(), props.on_add.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = field.cast::<HtmlInputElement>() {
                let name = input.value();
                input.set_value("");
                if !name.trim().is_empty() {
                    on_add.emit(name);
                }
            }
        })
    };
    html! {
        <form class="naming adding" {onsubmit}>
            <input ref={field} type="text" dir="auto" maxlength="100" aria-label={format!("Name of a new {}", props.what)} placeholder={format!("New {}", props.what)} />
            <button type="submit" data-command={props.command.clone()}>{ "Add" }</button>
        </form>
    }
}
