//! Keys by their names, as a person presses them on an American keyboard.

use serde_json::{Value, json};

use crate::Desk;

const MODIFIERS: [(&str, char); 3] = [("Ctrl+", '\u{e009}'), ("Shift+", '\u{e008}'), ("Alt+", '\u{e00a}')];

/// Names of `KeyboardEvent.key` and the code that WebDriver has for them.
const NAMED: [(&str, char); 14] = [
    ("ArrowLeft", '\u{e012}'),
    ("ArrowUp", '\u{e013}'),
    ("ArrowRight", '\u{e014}'),
    ("ArrowDown", '\u{e015}'),
    ("Enter", '\u{e007}'),
    ("Escape", '\u{e00c}'),
    ("Tab", '\u{e004}'),
    ("Delete", '\u{e017}'),
    ("Backspace", '\u{e003}'),
    ("Home", '\u{e011}'),
    ("End", '\u{e010}'),
    ("PageUp", '\u{e00e}'),
    ("PageDown", '\u{e00f}'),
    ("Space", ' '),
];

/// Characters that need Shift beside the letters.
const SHIFTED: &str = "+{}?\"_:<>!@#$%^&*()|~";

impl Desk {
    /// Presses keys one after the other: `"Shift+ArrowRight s Ctrl+z"`.
    #[track_caller]
    pub fn press(&self, keys: &str) {
        for key in keys.split_whitespace() {
            self.act(json!([{ "type": "key", "id": "keyboard", "actions": strokes(key) }]));
        }
    }

    /// Presses the same keys so many times.
    #[track_caller]
    pub fn press_times(&self, keys: &str, times: usize) {
        for _ in 0..times {
            self.press(keys);
        }
    }

    /// Types a text into what has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let strokes: Vec<Value> = text.chars().flat_map(|letter| [down(letter), up(letter)]).collect();
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": strokes }]));
    }

    #[track_caller]
    pub(crate) fn act(&self, sources: Value) {
        use thirtyfour::common::command::{Actions, Command};
        self.browser.run(self.browser.session().handle().cmd(Command::PerformActions(Actions::from(sources))));
    }
}

fn strokes(chord: &str) -> Vec<Value> {
    let mut rest = chord;
    let mut held = Vec::new();
    while let Some((name, code)) = MODIFIERS.iter().find(|(name, _)| rest.starts_with(name) && rest.len() > name.len()) {
        rest = &rest[name.len()..];
        held.push(*code);
    }
    let key = match NAMED.iter().find(|(name, _)| *name == rest) {
        Some((_, code)) => *code,
        None => single(rest).unwrap_or_else(|| panic!("there is no key {rest:?}")),
    };
    let shift = MODIFIERS[1].1;
    if (SHIFTED.contains(key) || key.is_ascii_uppercase()) && !held.contains(&shift) {
        held.push(shift);
    }
    let press = held.iter().copied().chain([key]).map(down);
    let release = held.iter().copied().chain([key]).collect::<Vec<_>>().into_iter().rev().map(up);
    press.chain(release).collect()
}

fn single(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

fn down(key: char) -> Value {
    json!({ "type": "keyDown", "value": key })
}

fn up(key: char) -> Value {
    json!({ "type": "keyUp", "value": key })
}
