use js_sys::{Function, JsString, Reflect};
use wasm_bindgen::JsCast;

use crate::format::stored::{PREFIX, Row};

/// Local storage, as rows of ours among those of other pages.
///
/// It holds 5,242,880 UTF-16 units an origin, keys included; a failed overwrite keeps the old value.
#[derive(Clone)]
pub struct Local(web_sys::Storage);

/// How much local storage may hold, in UTF-16 units.
pub const LOCAL_UNITS: usize = 5_242_880;

/// UTF-16 units in local storage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LocalUse {
    pub ours: usize,
    pub others: usize,
}

impl Local {
    /// `None` where it is denied: reading `localStorage` throws there.
    pub fn open() -> Option<Self> {
        web_sys::window().and_then(|window| window.local_storage().ok()?).map(Self)
    }

    pub fn get(&self, key: &str) -> Option<String> {
        self.0.get_item(key).ok()?
    }

    /// The first `units` UTF-16 units of a value.
    pub fn beginning(&self, key: &str, units: usize) -> Option<String> {
        self.value(key)?.slice(0, u32::try_from(units).ok()?).as_string()
    }

    /// Whether there was room for it.
    pub fn set(&self, key: &str, value: &str) -> bool {
        self.0.set_item(key, value).is_ok()
    }

    pub fn remove(&self, key: &str) {
        let _ = self.0.remove_item(key);
    }

    /// Our keys that begin with `prefix`.
    pub fn keys(&self, prefix: &str) -> Vec<String> {
        self.all_keys().filter(|key| key.starts_with(prefix)).collect()
    }

    pub fn rows(&self, prefix: &str) -> Vec<Row> {
        self.keys(prefix).into_iter().filter_map(|key| Some((self.get(&key)?, key))).map(|(value, key)| (key, value)).collect()
    }

    pub fn used(&self) -> LocalUse {
        let (ours, all) = (self.units(|key| key.starts_with(PREFIX)), self.units(|_| true));
        LocalUse { ours, others: all - ours }
    }

    /// The units of the keys that fit, and of their values, which are only measured, not copied.
    pub fn units(&self, fits: impl Fn(&str) -> bool) -> usize {
        let keys = self.all_keys().filter(|key| fits(key));
        keys.map(|key| units(&key) + self.length(&key)).sum()
    }

    fn length(&self, key: &str) -> usize {
        self.value(key).map_or(0, |value| value.length() as usize)
    }

    /// A value that stays the browser's own.
    fn value(&self, key: &str) -> Option<JsString> {
        let get: Function = Reflect::get(&self.0, &"getItem".into()).ok()?.dyn_into().ok()?;
        get.call1(&self.0, &key.into()).ok()?.dyn_into().ok()
    }

    fn all_keys(&self) -> impl Iterator<Item = String> {
        let count = self.0.length().unwrap_or(0);
        (0..count).filter_map(|index| self.0.key(index).ok()?)
    }
}

/// UTF-16 units; our own values are ASCII, another page's may be anything.
fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}
