//! The list of all keys, in which they can be changed.

use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_shelf;
use super::dialogs::Modal;
use crate::browser::{self, HtmlInputElement};
use crate::session::{Action, Intent, IntentView, KeyMap, chord_of};

/// What no key can be changed for: keys that always do the same.
const FIXED: [(&str, &str); 8] = [
    ("← →", "Word cursor; with Shift: extend the selection"),
    ("Ctrl ← →", "By sentence (⌥ on macOS); with Shift: extend to the sentence’s end"),
    ("↑ ↓", "By paragraph"),
    ("Home End", "To the first or the last word of what is in hand, or else of the sentence; with Shift: extend to it"),
    ("Ctrl Home, End", "To the beginning or the end of the article"),
    ("Enter", "Take the nearest for the role that asks; else choose the annotation under the cursor, again for the one around it"),
    ("1 … 9", "Set the first attribute of the chosen annotation"),
    ("Esc", "Leave the role open, drop the selection, let go of the annotation"),
];

/// What a button shows while it waits for its key.
const PRESS: &str = "press a key …";

#[derive(Properties, PartialEq)]
pub struct KeysProps {
    /// Everything that a key can be bound to.
    pub intents: Vec<IntentView>,
    pub keys: Rc<KeyMap>,
    pub on_close: Callback<()>,
}

/// Every key, and a way to choose another.
#[component]
pub fn Keys(props: &KeysProps) -> Html {
    let shelf = use_shelf();
    // Which intent waits for its key.
    let waiting = use_state(|| None::<Intent>);
    let said = use_state(|| None::<(bool, String)>);
    let set = {
        let (shelf, waiting, said) = (shelf.clone(), waiting.clone(), said.clone());
        move |map: KeyMap, text: String| {
            shelf.storage.set_keys(&map);
            shelf.act.emit(Action::SetKeys(Rc::new(map)));
            waiting.set(None);
            said.set(Some((true, text)));
        }
    };
    let onkeydown = {
        let (shelf, waiting, said, set) = (shelf.clone(), waiting.clone(), said.clone(), set.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(intent) = (*waiting).clone() else { return };
            let press = browser::key_press(&event);
            let state = shelf.latest.get();
            if press.key == "Tab" {
                return waiting.set(None);
            }
            event.prevent_default();
            event.stop_propagation();
            let name = intent.plain_label(state.store.scheme());
            match press.key.as_str() {
                "Escape" => waiting.set(None),
                "Backspace" => set(state.keys.unbound(&intent), format!("“{name}” has no key now.")),
                _ => {
                    if let Some(chord) = chord_of(&state, &press) {
                        let shown = chord.shown();
                        match state.keys.rebound(state.store.scheme(), &intent, chord) {
                            Ok(map) => set(map, format!("{shown} is the key for “{name}” now.")),
                            Err(why) => said.set(Some((false, format!("Not taken: {why}.")))),
                        }
                    }
                }
            }
        })
    };
    let row = |view: &IntentView| {
        let intent = view.intent.clone();
        let waits = waiting.as_ref() == Some(&intent);
        let state = shelf.latest.get();
        let name = intent.plain_label(state.store.scheme());
        let onclick = {
            let (waiting, said, intent) = (waiting.clone(), said.clone(), intent.clone());
            Callback::from(move |_: MouseEvent| {
                waiting.set((!waits).then(|| intent.clone()));
                said.set(None);
            })
        };
        let restore = {
            let (set, keys, intent, name) = (set.clone(), props.keys.clone(), intent.clone(), name.clone());
            Callback::from(move |_: MouseEvent| set(keys.restored(&intent), format!("“{name}” has its own key again.")))
        };
        // What it is called contains what it shows, so that whoever speaks to the page can name it.
        let called =
            if waits { format!("{name}: {PRESS}") } else { format!("{name}: {}. Change the key", view.key.as_deref().unwrap_or("none")) };
        html! {
            <tr key={view.name.to_string()}>
                <td>
                    <button type="button" class={classes!("rebind", waits.then_some("on"))} data-rebind={view.name.to_string()} aria-pressed={waits.to_string()}
                        aria-label={called} title="Change the key" onclick={onclick}>
                        if waits { { PRESS } } else if let Some(key) = &view.key { <kbd>{ &**key }</kbd> } else { <span class="hint-text">{ "none" }</span> }
                    </button>
                </td>
                <td>{ &name }
                    if props.keys.has_changed(&intent) {
                        { " " }<button type="button" class="link" data-restore={view.name.to_string()} onclick={restore}>{ "back to its own key" }</button>
                    }
                </td>
            </tr>
        }
    };
    let onsingle = {
        let (set, keys) = (set.clone(), props.keys.clone());
        Callback::from(move |event: Event| {
            let single = event.target_unchecked_into::<HtmlInputElement>().checked();
            let text = if single { "Single keys work." } else { "Single keys do nothing now; the list of commands still finds each." };
            set(keys.with_single(single), text.to_owned());
        })
    };
    let reset = {
        let set = set.clone();
        Callback::from(move |_: MouseEvent| set(KeyMap::default(), "All keys are as they were.".to_owned()))
    };
    html! {
        <Modal title="All keys" on_close={props.on_close.clone()}>
            <p class="hint-text">{ "To change a key, click it and press another; Backspace takes it off, Esc leaves it. It is kept on this device." }</p>
            <div {onkeydown}>
                <table class="keys"><tbody>
                    { for FIXED.iter().map(|(key, what)| html! { <tr key={*key}><td><kbd>{ *key }</kbd></td><td>{ *what }</td></tr> }) }
                    { for props.intents.iter().filter(|view| view.key.is_some()).map(row) }
                </tbody></table>
                <details><summary>{ "Commands without a key" }</summary>
                    <table class="keys"><tbody>{ for props.intents.iter().filter(|view| view.key.is_none()).map(row) }</tbody></table>
                </details>
            </div>
            <p><label><input type="checkbox" data-command="single-keys" checked={props.keys.single} onchange={onsingle} />{ " Keys without Ctrl or Alt do something" }</label></p>
            if props.keys.is_changed() {
                <div class="buttons"><button type="button" data-command="reset-keys" onclick={reset}>{ "All keys as they were" }</button></div>
            }
            <div class={classes!("outcome", said.as_ref().filter(|(done, _)| !done).map(|_| "failed"))} role="status">
                if let Some((_, text)) = &*said { <p>{ text }</p> }
            </div>
        </Modal>
    }
}
