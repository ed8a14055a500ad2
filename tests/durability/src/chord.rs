//! Keys by their names, as a person presses them on an American keyboard, in the words of each protocol.

use std::fmt;

use serde_json::{Value, json};

/// A key with what is held down: `Ctrl+Shift+z`, `ArrowDown`, `]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord(pub &'static str);

/// Name in `KeyboardEvent.key`, code in WebDriver, Windows' virtual key code.
const NAMED: [(&str, char, u32); 7] = [
    ("ArrowLeft", '\u{e012}', 37),
    ("ArrowUp", '\u{e013}', 38),
    ("ArrowRight", '\u{e014}', 39),
    ("ArrowDown", '\u{e015}', 40),
    ("Enter", '\u{e007}', 13),
    ("Escape", '\u{e00c}', 27),
    ("Delete", '\u{e017}', 46),
];

/// Characters that need Shift beside the capitals.
const SHIFTED: &str = "+{}";

const CONTROL: char = '\u{e009}';
const SHIFT: char = '\u{e008}';

impl Chord {
    fn parts(self) -> (bool, bool, &'static str) {
        let mut key = self.0;
        let (mut control, mut shift) = (false, false);
        while let Some((held, rest)) = key.split_once('+').filter(|(_, rest)| !rest.is_empty()) {
            control |= held == "Ctrl";
            shift |= held == "Shift";
            key = rest;
        }
        (control, shift || SHIFTED.contains(key), key)
    }

    /// The fields of a `KeyboardEvent`, for an event that a script makes.
    pub fn event(self) -> Value {
        let (control, shift, key) = self.parts();
        // Shift makes the letter a capital, as it would on the keyboard.
        let key = if shift && key.len() == 1 { key.to_uppercase() } else { key.to_owned() };
        json!({ "key": key, "code": self.code(), "ctrlKey": control, "shiftKey": shift, "bubbles": true, "cancelable": true })
    }

    /// The parameters of DevTools' `Input.dispatchKeyEvent`, down and up.
    pub fn devtools(self) -> [Value; 2] {
        let (control, shift, _) = self.parts();
        let event = self.event();
        let modifiers = (if control { 2 } else { 0 }) + (if shift { 8 } else { 0 });
        let types = |kind: &str| json!({ "type": kind, "key": event["key"], "code": event["code"], "modifiers": modifiers, "windowsVirtualKeyCode": self.number() });
        [types("rawKeyDown"), types("keyUp")]
    }

    /// The actions of BiDi's `input.performActions`, down and up.
    pub fn actions(self) -> Vec<Value> {
        let (control, shift, key) = self.parts();
        let named = NAMED.iter().find(|(name, ..)| *name == key).map(|(_, code, _)| *code);
        let key = named.or_else(|| key.chars().next()).unwrap_or(' ');
        let held = [control.then_some(CONTROL), shift.then_some(SHIFT), Some(key)];
        let held: Vec<char> = held.into_iter().flatten().collect();
        let down = held.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = held.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        down.chain(up).collect()
    }

    fn code(self) -> String {
        let (.., key) = self.parts();
        match key {
            "[" | "{" => "BracketLeft".to_owned(),
            "]" | "}" => "BracketRight".to_owned(),
            _ if key.len() > 1 => key.to_owned(),
            _ if key.starts_with(|letter: char| letter.is_ascii_digit()) => format!("Digit{key}"),
            _ => format!("Key{}", key.to_uppercase()),
        }
    }

    fn number(self) -> u32 {
        let (.., key) = self.parts();
        let named = NAMED.iter().find(|(name, ..)| *name == key).map(|(.., number)| *number);
        named.or_else(|| key.chars().next().map(|letter| u32::from(letter.to_ascii_uppercase()))).unwrap_or(0)
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}
