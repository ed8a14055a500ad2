use js_sys::{Date, Math, Object, Reflect};
use wasm_bindgen::JsValue;

use super::storage::device;
use crate::edit::Fresh;
use crate::model::{LOAD_DIGITS, Replica, Timestamp};
use crate::session::Moment;

/// Now, and fresh randomness.
pub fn moment() -> Moment {
    let date = Date::new_0();
    let now = date.to_iso_string().as_string().and_then(|text| Timestamp::parse(&text)).unwrap_or_else(Timestamp::unknown);
    Moment { now, fresh: Fresh { millis: date.get_time() as u64, entropy: random_bits(64) } }
}

/// A replica for this page load: the device, and 48 random bits.
pub fn new_replica() -> Replica {
    Replica::new(&format!("{}{}", device(), random_digits(LOAD_DIGITS))).expect("invariant: hex digits are an id")
}

/// Hex digits that nobody knew before; at most 16.
pub(super) fn random_digits(digits: usize) -> String {
    format!("{:0digits$x}", random_bits(digits as u32 * 4))
}

/// Up to 64 random bits; from `crypto` where the browser has it (it needs no secure context).
fn random_bits(bits: u32) -> u64 {
    let strong = || -> Option<u64> {
        let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
        let fill: js_sys::Function = Reflect::get(&crypto, &"getRandomValues".into()).ok()?.into();
        let bytes = js_sys::Uint8Array::new_with_length(8);
        fill.call1(&crypto, &bytes).ok()?;
        let mut random = [0; 8];
        bytes.copy_to(&mut random);
        Some(u64::from_le_bytes(random))
    };
    let weak = || (Math::random() * f64::from(u32::MAX)) as u64 | (((Math::random() * f64::from(u32::MAX)) as u64) << 32);
    strong().unwrap_or_else(weak) >> (64 - bits)
}

/// An instant in the person's own time and manner.
pub fn local_time(time: &str) -> String {
    let options = Object::new();
    for part in ["year", "month", "day", "hour", "minute"] {
        let style = if part == "month" { "short" } else { "numeric" };
        let _ = Reflect::set(&options, &part.into(), &style.into());
    }
    Date::new(&JsValue::from_str(time)).to_locale_string("default", &options).into()
}

/// Milliseconds since some instant, to measure how long something takes.
pub fn millis() -> f64 {
    Date::now()
}

/// The local day, `2026-11-26`.
pub fn today() -> String {
    let now = Date::new_0();
    format!("{:04}-{:02}-{:02}", now.get_full_year(), now.get_month() + 1, now.get_date())
}

/// The local time of day, `12:04:31`.
pub fn time_of_day() -> String {
    let now = Date::new_0();
    format!("{:02}:{:02}:{:02}", now.get_hours(), now.get_minutes(), now.get_seconds())
}
