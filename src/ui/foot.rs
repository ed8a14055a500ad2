use yew::prelude::*;

use crate::session::Intent;

use super::desk::use_hands;

#[derive(Properties, PartialEq)]
pub struct FootProps {
    /// Name and key of each type.
    pub types: Vec<(AttrValue, Option<char>)>,
    /// While a role asks: its name and the nearest candidate.
    pub asking: Option<(AttrValue, Option<AttrValue>)>,
    /// What was done last.
    pub status: AttrValue,
    pub place: AttrValue,
    pub exact: bool,
}

/// The foot: what the keys do now, and what was done last.
#[component]
pub fn Foot(props: &FootProps) -> Html {
    let hands = use_hands();
    let keys = hands.perform.reform(|_: MouseEvent| Intent::Keys);
    html! {
        <footer class="foot">
            <div class="key-line">
            if let Some((role, nearest)) = &props.asking {
                <span class="ask"><b>{ format!("{role}?") }</b></span>
                <span><kbd>{ "a" }</kbd>{ " … type a hint" }</span>
                if let Some(nearest) = nearest {
                    <span class="nearest"><kbd>{ "Enter" }</kbd>{ " " }<q dir="auto">{ nearest }</q></span>
                }
                <span>{ "or select words and tag them" }</span>
                <span><kbd>{ "Esc" }</kbd>{ " leave it open" }</span>
            } else {
                { for props.types.iter().filter_map(|(name, key)| key.map(|key| html! { <span key={name.to_string()}><kbd>{ key }</kbd>{ " " }{ name.to_lowercase() }</span> })) }
                <span><kbd>{ "n" }</kbd>{ " next unfinished" }</span>
                <button type="button" class="quiet" onclick={keys} data-command="keys-foot"><kbd>{ "?" }</kbd>{ " all keys" }</button>
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
