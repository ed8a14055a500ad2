use super::keymap::Chord;
use super::{Dialog, Intent, Motion, State, Unit};
use crate::model::{Article, Direction};
use crate::text::{Offset, Stretch, right_to_left};

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
    let scheme = state.store.scheme();
    let chord = chord_of(state, press);
    let bound = chord.as_ref().and_then(|chord| state.keys.intent(scheme, chord));
    match &bound {
        Some(Intent::Undo | Intent::Redo) if chord.as_ref().is_some_and(|chord| chord.single().is_none()) => return bound,
        Some(Intent::Palette) if state.dialog.as_ref().is_none_or(|dialog| !dialog.is_modal()) => return bound,
        _ => {}
    }
    if state.dialog.as_ref().is_some_and(Dialog::is_modal) {
        return (press.key == "Escape").then_some(Intent::Escape);
    }
    let single = chord.as_ref().and_then(Chord::single);
    if state.seeking.is_some() {
        match press.key.as_str() {
            "Backspace" => return Some(Intent::EraseLetter),
            "Enter" | " " => return Some(Intent::Sought),
            _ => {}
        }
        if (!(press.control || press.alt || press.meta) || types_by_altgr(press))
            && let Some(letter) = one(&press.key)
        {
            return Some(Intent::SeekLetter(letter));
        }
    }
    if let Some(intent) = arrow(state, press) {
        return Some(intent);
    }
    if !(press.control || press.alt || press.meta) {
        match press.key.as_str() {
            "Escape" => return Some(Intent::Escape),
            "Enter" if state.filling.is_some() => return Some(Intent::FillNearest),
            "Enter" if state.in_hand().is_some() => return Some(Intent::FocusHere),
            // While hints are typed, it is the key for a wrong letter.
            "Backspace" if state.filling.is_some() => return Some(Intent::EraseHint),
            "Backspace" if state.focus.is_some() => return Some(Intent::Delete),
            _ => {}
        }
    }
    if let Some(intent) = bound {
        return (intent != Intent::Delete || state.focus.is_some()).then_some(intent);
    }
    let letter = single.filter(|_| state.keys.single)?;
    if state.filling.is_some() && state.keys.free_letters(scheme).contains(&letter) {
        return Some(Intent::Hint(letter));
    }
    letter.to_digit(10).filter(|digit| *digit > 0).map(Intent::Option)
}

/// What was pressed, as keys are bound; `None` where it is only a modifier.
pub fn chord_of(state: &State, press: &KeyPress) -> Option<Chord> {
    let command = if press.mac { press.meta } else { press.control };
    let other = if press.mac { press.control } else { press.meta };
    if other || matches!(press.key.as_str(), "" | "Shift" | "Control" | "Alt" | "Meta" | "AltGraph" | "Dead" | "CapsLock") {
        return None;
    }
    let altgr = types_by_altgr(press);
    let (control, alt) = (command && !altgr, press.alt && !altgr);
    let Some(typed) = one(&press.key) else {
        return Some(Chord { control, alt, shift: press.shift, key: press.key.as_str().into() });
    };
    if typed.is_whitespace() {
        return None;
    }
    if control || alt {
        let letter = in_place(press).filter(|_| !typed.is_ascii()).unwrap_or(typed).to_ascii_lowercase();
        return Some(Chord { control, alt, shift: press.shift, key: letter.to_string().into() });
    }
    let is_bound = |letter: char| {
        let chord = Chord { control, alt, shift: false, key: letter.to_string().into() };
        state.keys.intent(state.store.scheme(), &chord).is_some()
    };
    // A character that neither the scheme nor the desk knows counts as the Latin one in its place, and Caps Lock makes no
    // other letter.
    let letter = match typed {
        typed if typed.is_ascii() => Some(if press.shift { typed } else { typed.to_ascii_lowercase() }),
        typed if is_bound(typed) => Some(typed),
        typed => in_place(press).or(Some(typed)),
    };
    letter.map(|letter| Chord { control, alt, shift: false, key: letter.to_string().into() })
}

/// AltGr reports Ctrl and Alt together, and types a character.
fn types_by_altgr(press: &KeyPress) -> bool {
    press.control && press.alt && one(&press.key).is_some_and(|letter| !letter.is_ascii_alphanumeric())
}

/// What the key types on a Latin keyboard.
fn in_place(press: &KeyPress) -> Option<char> {
    let (plain, shifted) = match press.code.as_str() {
        "BracketLeft" => ('[', '{'),
        "BracketRight" => (']', '}'),
        "Comma" => (',', '<'),
        "Period" => ('.', '>'),
        "Quote" => ('\'', '"'),
        "Slash" => ('/', '?'),
        code => {
            let letter = one(code.strip_prefix("Key")?)?;
            (letter.to_ascii_lowercase(), letter)
        }
    };
    Some(if press.shift { shifted } else { plain })
}

fn arrow(state: &State, press: &KeyPress) -> Option<Intent> {
    // Ctrl elsewhere, ⌥ on macOS.
    let leap = if press.mac { press.alt } else { press.control };
    if press.alt && !press.mac {
        return None;
    }
    let leftwards = || state.open_article().is_some_and(|article| runs_right_to_left(state, article));
    let (unit, forward) = match press.key.as_str() {
        "ArrowRight" | "ArrowLeft" => (if leap { Unit::Sentence } else { Unit::Word }, (press.key == "ArrowRight") != leftwards()),
        "ArrowDown" | "ArrowUp" if !leap => (Unit::Block, press.key == "ArrowDown"),
        "Home" | "End" => (if leap { Unit::Article } else { Unit::Hand }, press.key == "End"),
        _ => return None,
    };
    let motion = Motion { unit, forward };
    Some(if press.shift { Intent::Extend(motion) } else { Intent::Move(motion) })
}

/// Which way the line runs that the keyboard stands in: as the article says, or else by the line's first strong letter, as it
/// is drawn; a line without one runs as the article begins.
fn runs_right_to_left(state: &State, article: &Article) -> bool {
    match article.direction {
        Direction::RightToLeft => true,
        Direction::LeftToRight => false,
        Direction::Auto => right_to_left(line_at(state, article)).or_else(|| right_to_left(article.text.as_str())).unwrap_or_default(),
    }
}

/// The line where a step begins: of the selection's head, the cursor, the focus, or the article's first.
fn line_at<'a>(state: &State, article: &'a Article) -> &'a str {
    let head = state.selection.map(|selection| selection.head).or(state.cursor).map(|word| word.start());
    let focus = || state.focused().and_then(|annotation| Some(annotation.span()?.start()));
    let at = head.or_else(focus).unwrap_or_default();
    let Some(block) = state.page.block_at(at).map(|index| state.page.blocks[index].stretch) else { return "" };
    let part = |start: Offset, end: Offset| Stretch::new(start, end).and_then(|stretch| article.text.slice(stretch)).unwrap_or_default();
    let (before, behind) = (part(block.start(), at), part(at, block.end()));
    let (start, end) = (before.rfind('\n').map_or(0, |line_end| line_end + 1), behind.find('\n').unwrap_or(behind.len()));
    let block = part(block.start(), block.end());
    block.get(start..before.len() + end).unwrap_or_default()
}

/// The character, where the key is named by one.
fn one(key: &str) -> Option<char> {
    let mut chars = key.chars();
    chars.next().filter(|_| chars.next().is_none())
}
