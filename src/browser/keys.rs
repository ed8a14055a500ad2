use web_sys::KeyboardEvent;

use crate::session::KeyPress;

use super::document::is_mac;

pub fn key_press(event: &KeyboardEvent) -> KeyPress {
    KeyPress {
        key: event.key(),
        code: event.code(),
        control: event.ctrl_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        meta: event.meta_key(),
        mac: is_mac(),
    }
}
