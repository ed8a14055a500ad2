use super::action::Edge;
use super::filling::HINT_LETTERS;
use super::{Dialog, Intent, Motion, State, Unit};
use crate::model::{Article, Direction};

/// A key as the browser reports it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPress {
    /// `KeyboardEvent.key`: the character, whatever the layout, or a name such as `ArrowLeft`.
    pub key: String,
    /// `KeyboardEvent.code`: the key's place, such as `KeyZ`, for layouts without Latin letters.
    pub code: String,
    pub control: bool,
    pub alt: bool,
    pub shift: bool,
    pub meta: bool,
    /// Whether ⌥ and ⌘ do what Ctrl does elsewhere.
    pub mac: bool,
}

/// What a key means at the desk; `None` leaves it to the browser.
pub fn intent_of(state: &State, press: &KeyPress) -> Option<Intent> {
    let letter = letter_of(state, press);
    // AltGr reports Ctrl and Alt together, and types a character.
    let types = letter.is_some_and(|letter| !letter.is_ascii_alphanumeric()) && press.control && press.alt;
    let command = if press.mac { press.meta } else { press.control };
    if command && !press.alt {
        match (letter.map(|letter| letter.to_ascii_lowercase()), press.shift) {
            (Some('z'), false) => return Some(Intent::Undo),
            (Some('z'), true) | (Some('y'), _) => return Some(Intent::Redo),
            (Some('k'), false) if state.dialog.as_ref().is_none_or(|dialog| !dialog.is_modal()) => return Some(Intent::Palette),
            _ => {}
        }
    }
    if state.dialog.as_ref().is_some_and(Dialog::is_modal) {
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
        // While hints are typed, it is the key for a wrong letter.
        "Backspace" if state.filling.is_some() => return Some(Intent::EraseHint),
        "Delete" | "Backspace" if state.focus.is_some() => return Some(Intent::Delete),
        _ => {}
    }
    let letter = letter?;
    if let Some(of) = state.store.scheme().types.iter().find(|of| of.key == Some(letter)) {
        return Some(Intent::Tag(of.id.clone()));
    }
    if state.filling.is_some() && HINT_LETTERS.contains(letter) {
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
        Direction::Auto => article.text.as_str().chars().find(|letter| letter.is_alphabetic()).is_some_and(
            |letter| matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff),
        ),
    }
}

/// The character of a key. A letter that neither the scheme nor the desk knows counts as the Latin one in its place, and
/// Caps Lock makes no other letter.
fn letter_of(state: &State, press: &KeyPress) -> Option<char> {
    let letter = single(&press.key)?;
    if state.store.scheme().types.iter().any(|of| of.key == Some(letter)) {
        return Some(letter);
    }
    let latin = || match press.code.as_str() {
        "BracketLeft" => Some(if press.shift { '{' } else { '[' }),
        "BracketRight" => Some(if press.shift { '}' } else { ']' }),
        code => single(code.strip_prefix("Key")?).map(|letter| letter.to_ascii_lowercase()),
    };
    if letter.is_alphabetic() && !letter.is_ascii() {
        return latin().or(Some(letter));
    }
    Some(if press.shift { letter } else { letter.to_ascii_lowercase() })
}

fn single(key: &str) -> Option<char> {
    let mut chars = key.chars();
    chars.next().filter(|_| chars.next().is_none())
}
