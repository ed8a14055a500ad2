use super::action::Edge;
use super::{Intent, Motion, State, Unit};
use crate::model::{Article, Direction};

/// A key as the browser reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPress {
    /// `KeyboardEvent.key`: the character, whatever the layout, or a name such as `ArrowLeft`.
    pub key: String,
    pub control: bool,
    pub alt: bool,
    pub shift: bool,
    pub meta: bool,
    /// Whether ⌥ and ⌘ do what Ctrl does elsewhere.
    pub mac: bool,
}

/// What a key means at the desk; `None` leaves it to the browser.
pub fn intent_of(state: &State, press: &KeyPress) -> Option<Intent> {
    let letter = single(&press.key);
    // AltGr reports Ctrl and Alt together, and types a character.
    let types = letter.is_some_and(|letter| !letter.is_ascii_alphanumeric()) && press.control && press.alt;
    let command = if press.mac { press.meta } else { press.control };
    if command && !press.alt {
        match (press.key.to_lowercase().as_str(), press.shift) {
            ("z", false) => return Some(Intent::Undo),
            ("z", true) | ("y", _) => return Some(Intent::Redo),
            ("k", false) => return Some(Intent::Palette),
            _ => {}
        }
    }
    if state.dialog.is_some() {
        return (press.key == "Escape").then_some(Intent::Escape);
    }
    if let Some(intent) = arrow(state, press) {
        return Some(intent);
    }
    if (press.control || press.alt || press.meta) && !types {
        return None;
    }
    match press.key.as_str() {
        "Escape" => return Some(Intent::Escape),
        "Enter" if state.filling.is_some() => return Some(Intent::FillNearest),
        "Enter" if state.in_hand().is_some() => return Some(Intent::FocusHere),
        "Delete" | "Backspace" if state.focus.is_some() => return Some(Intent::Delete),
        _ => {}
    }
    let letter = letter?;
    if let Some(of) = state.store.scheme().types.iter().find(|of| of.key == Some(letter)) {
        return Some(Intent::Tag(of.id.clone()));
    }
    if state.filling.is_some() && letter.is_alphabetic() {
        return Some(Intent::Hint(letter));
    }
    let word = |forward| Motion { unit: Unit::Word, forward };
    Some(match letter {
        'j' => Intent::NextAnnotation,
        'k' => Intent::PreviousAnnotation,
        'n' => Intent::NextUnfinished,
        'x' => Intent::ToggleExact,
        '+' => Intent::AddSelection,
        '-' => Intent::CutSelection,
        '[' => Intent::MoveEdge(Edge::Start, word(false)),
        '{' => Intent::MoveEdge(Edge::Start, word(true)),
        ']' => Intent::MoveEdge(Edge::End, word(true)),
        '}' => Intent::MoveEdge(Edge::End, word(false)),
        '?' => Intent::Keys,
        '/' => Intent::Filter,
        '1'..='9' => Intent::Option(letter.to_digit(10)?),
        _ => return None,
    })
}

fn arrow(state: &State, press: &KeyPress) -> Option<Intent> {
    let rtl = state.open_article().is_some_and(|article| runs_right_to_left(article));
    // Ctrl elsewhere, ⌥ on macOS.
    let leap = if press.mac { press.alt } else { press.control };
    if press.alt && !press.mac {
        return match press.key.as_str() {
            "PageDown" => Some(Intent::NextArticle),
            "PageUp" => Some(Intent::PreviousArticle),
            _ => None,
        };
    }
    let (unit, forward) = match press.key.as_str() {
        "ArrowRight" | "ArrowLeft" => (if leap { Unit::Sentence } else { Unit::Word }, (press.key == "ArrowRight") != rtl),
        "ArrowDown" | "ArrowUp" if !leap => (Unit::Block, press.key == "ArrowDown"),
        "Home" | "End" if leap => (Unit::Article, press.key == "End"),
        _ => return None,
    };
    let motion = Motion { unit, forward };
    Some(if press.shift { Intent::Extend(motion) } else { Intent::Move(motion) })
}

/// By the article's direction, or else by its first strong letter.
fn runs_right_to_left(article: &Article) -> bool {
    match article.direction {
        Direction::RightToLeft => true,
        Direction::LeftToRight => false,
        Direction::Auto => article
            .text
            .as_str()
            .chars()
            .find(|letter| letter.is_alphabetic())
            .is_some_and(|letter| matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff)),
    }
}

fn single(key: &str) -> Option<char> {
    let mut chars = key.chars();
    chars.next().filter(|_| chars.next().is_none())
}
