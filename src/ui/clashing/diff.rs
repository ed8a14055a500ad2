//! Two texts, as what parts them.

use yew::prelude::*;

use crate::session::counted;
use crate::text::{Differences, Piece, Side};

/// The places that differ; what is only in the first is struck, what is only in the second underlined.
pub fn diff(found: &Differences) -> Html {
    html! {
        <div class="diff" tabindex="0" role="group" aria-label="What differs">
            { for found.places.iter().enumerate().map(|(n, place)| html! { <p key={n} dir="auto">{ for place.iter().map(piece) }</p> }) }
            if found.more > 0 { <p class="hint-text">{ format!("… and {} more", counted(found.more, "place")) }</p> }
        </div>
    }
}

fn piece(piece: &Piece) -> Html {
    match piece.of {
        Side::Both => html! { <span>{ &*piece.text }</span> },
        Side::First => html! { <del>{ visible(&piece.text) }</del> },
        Side::Second => html! { <ins>{ visible(&piece.text) }</ins> },
    }
}

/// The same with signs for what can't be seen: line ends, tabs, odd blanks, letters without a width.
fn visible(text: &str) -> String {
    let is_gap = text.chars().all(|letter| letter == ' ');
    let mut shown = String::new();
    for letter in text.chars() {
        match letter {
            '\n' => shown.push_str("↵\n"),
            '\t' => shown.push('⇥'),
            ' ' if is_gap => shown.push('␣'),
            ' ' => shown.push(' '),
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
                shown.push_str(&format!("‹U+{:04X}›", u32::from(letter)));
            }
            _ if letter.is_control() || letter.is_whitespace() => shown.push_str(&format!("‹U+{:04X}›", u32::from(letter))),
            _ => shown.push(letter),
        }
    }
    shown
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::visible;

    #[test]
    fn what_cannot_be_seen_gets_a_sign() {
        let seen = ["  ", "a b", "\r\n", "x\u{a0}y\u{200b}", "\t"].map(visible);
        assert_eq!(seen, ["␣␣", "a b", "‹U+000D›↵\n", "x‹U+00A0›y‹U+200B›", "⇥"]);
    }
}
