//! Which key does what: defaults, the scheme's own keys, and what a person changed on this device.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::{Intent, intents};
use crate::model::Scheme;
use crate::order::InOrder;

/// A key with its modifiers, as it is bound, stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chord {
    /// Ctrl, and on macOS ⌘.
    pub control: bool,
    pub alt: bool,
    /// Only beside Ctrl or Alt or with a named key: else the character itself says it.
    pub shift: bool,
    /// A character (`j`, `J`, `{`), or a name of `KeyboardEvent.key` such as `Delete`.
    pub key: Rc<str>,
}

impl Chord {
    /// Reads what [`Chord`] is written as: `j`, `Ctrl+Shift+z`, `Alt+PageDown`, `+`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut chord = Self { control: false, alt: false, shift: false, key: "".into() };
        let mut rest = text;
        for (name, flag) in [("Ctrl+", &mut chord.control), ("Alt+", &mut chord.alt), ("Shift+", &mut chord.shift)] {
            if let Some(behind) = rest.strip_prefix(name) {
                *flag = true;
                rest = behind;
            }
        }
        let named = rest.chars().count() > 1 && rest.chars().all(|letter| letter.is_ascii_alphanumeric());
        let character = rest.chars().count() == 1 && !rest.contains(|letter: char| letter.is_whitespace() || letter.is_control());
        chord.key = rest.into();
        (named || character).then_some(chord)
    }

    fn is_single(&self) -> bool {
        !self.control && !self.alt && self.key.chars().count() == 1
    }

    /// The letter that stands alone, if it is one.
    pub(super) fn single(&self) -> Option<char> {
        self.key.chars().next().filter(|_| self.is_single())
    }

    /// As a key is shown: `Ctrl Shift Z`.
    pub fn shown(&self) -> String {
        let modified = self.control || self.alt;
        let key = if modified { self.key.to_uppercase() } else { self.key.to_string() };
        let key = if self.key.chars().count() > 1 { self.key.to_string() } else { key };
        let parts = [(self.control, "Ctrl"), (self.alt, "Alt"), (self.shift, "Shift")];
        parts.iter().filter(|(on, _)| *on).map(|(_, name)| format!("{name} ")).collect::<String>() + &key
    }

    /// Why nothing can be bound to it.
    fn reserved(&self) -> Option<String> {
        let name = self.shown();
        match &*self.key {
            "Tab" | "Enter" | "Escape" | "Backspace" | "Home" | "End" | "Shift" | "Control" | "Alt" | "Meta" => {
                return Some(format!("{name} always does the same"));
            }
            key if key.starts_with("Arrow") => return Some("the arrows move the cursor".to_owned()),
            "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" if self.is_single() => {
                return Some("digits set the first attribute".to_owned());
            }
            _ => {}
        }
        let browsers = if self.shift { "tnwijcqp" } else { "acfhlnopqrstuvwx+-0123456789" };
        let is_browsers = self.control && !self.alt && self.key.chars().next().is_some_and(|key| browsers.contains(key));
        let is_function = self.key.len() > 1 && self.key.starts_with('F') && self.key[1..].parse::<u8>().is_ok();
        (is_browsers || is_function).then(|| format!("{name} belongs to the browser"))
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [(self.control, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if on {
                f.write_str(name)?;
            }
        }
        f.write_str(&self.key)
    }
}

/// What a person changed of the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyMap {
    /// By the intent's name; `None` takes its key off.
    changed: BTreeMap<Rc<str>, Option<Chord>>,
    /// Whether single characters, without Ctrl or Alt, do anything (WCAG 2.1.4).
    pub single: bool,
}

impl Default for KeyMap {
    fn default() -> Self {
        Self { changed: BTreeMap::new(), single: true }
    }
}

/// How single keys that are switched off are written.
const NO_SINGLES: &str = "no single keys";

impl KeyMap {
    /// Reads what it is written as; lines that mean nothing are passed over, since they may be a newer page's.
    pub fn parse(text: &str) -> Self {
        let mut map = Self::default();
        for line in text.lines() {
            match line.split_once('=') {
                Some((name, "")) => drop(map.changed.insert(name.into(), None)),
                Some((name, chord)) => {
                    if let Some(chord) = Chord::parse(chord) {
                        map.changed.insert(name.into(), Some(chord));
                    }
                }
                None if line == NO_SINGLES => map.single = false,
                None => {}
            }
        }
        map
    }

    pub fn is_changed(&self) -> bool {
        *self != Self::default()
    }

    /// Whether the person chose this intent's key.
    pub fn has_changed(&self, intent: &Intent) -> bool {
        self.changed.contains_key(&intent.name())
    }

    /// What a key does; the person's own choice goes before the scheme's keys, and these before the desk's.
    pub fn intent(&self, scheme: &Scheme, chord: &Chord) -> Option<Intent> {
        if chord.is_single() && !self.single {
            return None;
        }
        let written = chord.to_string();
        let rank = |intent: &Intent| match self.chosen(intent) {
            Some(chosen) => (chosen.as_ref() == Some(chord)).then_some(0),
            None => has_by_default(intent, scheme, &written).then(|| u8::from(!is_schemes(intent)) + 1),
        };
        let mut bound: Vec<(u8, Intent)> = bindable(scheme).into_iter().filter_map(|intent| Some((rank(&intent)?, intent))).collect();
        bound.put_in_order_by_key(|(rank, _)| *rank);
        bound.into_iter().next().map(|(_, intent)| intent)
    }

    /// What the person chose for an intent, if anything.
    fn chosen(&self, intent: &Intent) -> Option<&Option<Chord>> {
        // Most people change nothing, and keys are looked up with each render.
        if self.changed.is_empty() { None } else { self.changed.get(&intent.name()) }
    }

    /// The key that an intent would have, if no other took it.
    fn own(&self, scheme: &Scheme, intent: &Intent) -> Option<Chord> {
        match self.chosen(intent) {
            Some(chosen) => chosen.clone(),
            None => defaults(intent, scheme).first().and_then(|key| Chord::parse(key)),
        }
    }

    /// The key of an intent, unless another intent has taken it.
    pub fn chord(&self, scheme: &Scheme, intent: &Intent) -> Option<Chord> {
        let chord = self.own(scheme, intent);
        chord.filter(|chord| self.intent(scheme, chord).as_ref() == Some(intent))
    }

    /// Binds `chord` to `intent`; else why it can't be.
    pub fn rebound(&self, scheme: &Scheme, intent: &Intent, chord: Chord) -> Result<Self, String> {
        if let Some(why) = chord.reserved() {
            return Err(why);
        }
        if let Some(other) = self.with_single(true).intent(scheme, &chord).filter(|other| other != intent) {
            return Err(format!("{} is the key for “{}”", chord.shown(), other.plain_label(scheme)));
        }
        let mut map = self.clone();
        map.changed.insert(intent.name(), Some(chord));
        Ok(map)
    }

    /// With single keys switched on or off.
    pub fn with_single(&self, single: bool) -> Self {
        Self { single, ..self.clone() }
    }

    /// Takes the key off.
    pub fn unbound(&self, intent: &Intent) -> Self {
        let mut map = self.clone();
        map.changed.insert(intent.name(), None);
        map
    }

    /// Takes back what the person chose for `intent`.
    pub fn restored(&self, intent: &Intent) -> Self {
        let mut map = self.clone();
        map.changed.remove(&intent.name());
        map
    }

    /// Letters that do nothing by themselves, in the order in which fingers find them: what hints are made of.
    pub fn free_letters(&self, scheme: &Scheme) -> Vec<char> {
        let taken: Vec<char> = bindable(scheme).iter().filter_map(|intent| self.own(scheme, intent)?.single()).collect();
        LETTERS.chars().filter(|letter| !taken.contains(letter)).collect()
    }
}

impl fmt::Display for KeyMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.single {
            writeln!(f, "{NO_SINGLES}")?;
        }
        for (name, chord) in &self.changed {
            writeln!(f, "{name}={}", chord.as_ref().map(ToString::to_string).unwrap_or_default())?;
        }
        Ok(())
    }
}

const LETTERS: &str = "afdlhrewiouvbmyzgtcsqnpkjx";

fn is_schemes(intent: &Intent) -> bool {
    matches!(intent, Intent::Tag(_) | Intent::Retype(_))
}

/// Everything that a key can be bound to.
pub fn bindable(scheme: &Scheme) -> Vec<Intent> {
    let retypes = scheme.types.iter().map(|of| Intent::Retype(of.id.clone()));
    // What is chosen under the cursor always has Enter, which else means something that stands in its place.
    let all = intents(scheme).into_iter().filter(|intent| *intent != Intent::FocusHere);
    all.chain(retypes).chain([Intent::Palette]).collect()
}

/// The keys that an intent has unless the person chooses another, the one that is shown first; as chords are written.
fn defaults(intent: &Intent, scheme: &Scheme) -> Vec<Rc<str>> {
    match intent {
        Intent::Tag(id) | Intent::Retype(id) => {
            let key = scheme.type_of(id).and_then(|of| of.key);
            let key = key.and_then(|key| if matches!(intent, Intent::Tag(_)) { Some(key) } else { with_shift(key) });
            key.map(|key| key.to_string().into()).into_iter().collect()
        }
        other => other.default_keys().iter().map(|key| (*key).into()).collect(),
    }
}

fn has_by_default(intent: &Intent, scheme: &Scheme, written: &str) -> bool {
    match intent {
        Intent::Tag(_) | Intent::Retype(_) => defaults(intent, scheme).iter().any(|key| **key == *written),
        other => other.default_keys().contains(&written),
    }
}

/// A type's key with Shift, where that is another letter.
fn with_shift(key: char) -> Option<char> {
    let mut upper = key.to_uppercase();
    upper.next().filter(|shifted| key.is_lowercase() && *shifted != key && upper.next().is_none())
}
