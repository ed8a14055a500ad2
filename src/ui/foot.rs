use yew::prelude::*;

use crate::session::{Intent, Seeking};

use super::desk::use_hands;

#[derive(Properties, PartialEq)]
pub struct FootProps {
    /// Name and key of each type.
    pub types: Vec<(AttrValue, Option<AttrValue>)>,
    /// While a role asks.
    pub asking: Option<Asking>,
    /// While an attribute has to be chosen: its name, and its options with their keys.
    pub choosing: Option<(AttrValue, Vec<(char, AttrValue)>)>,
    /// While a word is named by its first letters.
    pub seeking: Option<Seeking>,
    /// The keys for the next unfinished and for the list of keys.
    pub next: Option<AttrValue>,
    pub keys: Option<AttrValue>,
    /// What was done last.
    pub status: AttrValue,
    pub place: AttrValue,
    pub exact: bool,
}

/// A role that asks: its name, and hint and words of the nearest candidate.
#[derive(Clone, PartialEq)]
pub struct Asking {
    pub role: AttrValue,
    pub nearest: Option<(AttrValue, AttrValue)>,
    /// Whether somebody fills it already.
    pub is_filled: bool,
}

/// The foot: what the keys do now, and what was done last.
#[component]
pub fn Foot(props: &FootProps) -> Html {
    let hands = use_hands();
    let keys = hands.perform.reform(|_: MouseEvent| Intent::Keys);
    html! {
        <footer class="foot">
            <div class="key-line">
            if let Some(seeking) = &props.seeking {
                <span class="ask"><b>{ if seeking.extend { "Select to the word that begins with" } else { "Go to the word that begins with" } }</b></span>
                <span><kbd>{ if seeking.typed.is_empty() { "…" } else { &seeking.typed } }</kbd></span>
                <span>{ "two letters, or one and " }<kbd>{ "Enter" }</kbd></span>
                <span><kbd>{ "Esc" }</kbd>{ " stay here" }</span>
            } else if let Some(Asking { role, nearest, is_filled }) = &props.asking {
                <span class="ask"><b>{ format!("{role}?") }</b></span>
                if let Some((hint, words)) = nearest {
                    <span><kbd>{ hint }</kbd>{ " … type a hint" }</span>
                    <span class="nearest"><kbd>{ "Enter" }</kbd>{ " " }<q dir="auto">{ words }</q></span>
                }
                if *is_filled {
                    <span><kbd>{ "⌫" }</kbd>{ " empty it" }</span>
                }
                <span>{ "or select words and tag them" }</span>
                <span><kbd>{ "Esc" }</kbd>{ " leave it open" }</span>
            } else if let Some((name, options)) = &props.choosing {
                <span class="ask"><b>{ format!("{name}?") }</b></span>
                { for options.iter().map(|(key, option)| html! { <span key={key.to_string()}><kbd>{ key }</kbd>{ " " }{ option }</span> }) }
            } else {
                { for props.types.iter().filter_map(|(name, key)| key.as_ref().map(|key| html! { <span key={name.to_string()}><kbd>{ key }</kbd>{ " " }{ name.to_lowercase() }</span> })) }
                if let Some(next) = &props.next {
                    <span><kbd>{ next }</kbd>{ " next unfinished" }</span>
                }
                <button type="button" class="quiet" onclick={keys} data-command="keys-foot">if let Some(key) = &props.keys { <kbd>{ key }</kbd> }{ " all keys" }</button>
            }
            </div>
            <span class="gap"></span>
            if props.exact {
                <span class="exact">{ "exact selection" }</span>
            }
            <span class="done" role="status" aria-live="polite">{ &props.status }</span>
            <span class="place">{ &props.place }</span>
        </footer>
    }
}
