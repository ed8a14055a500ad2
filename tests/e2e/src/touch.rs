//! A finger on the screen.

use serde_json::json;

use crate::{Desk, Screen, until};

impl Desk {
    /// A phone, whose screen feels fingers.
    #[track_caller]
    pub fn on_a_touch_screen(&self) {
        self.on(Screen::Phone);
        self.browser.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": true, "maxTouchPoints": 1 }));
    }

    /// Taps the first element of `selector` that shows `text` and can be pressed, which is brought into sight.
    #[track_caller]
    pub fn tap(&self, selector: &str, text: &str) {
        const SCRIPT: &str = "const [selector, text] = arguments;
            const found = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility() && !one.disabled && one.textContent.includes(text));
            if (!found) return 'nothing like it';
            found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            const box = found.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
            const over = document.elementFromPoint(x, y);
            return found.contains(over) ? [x, y] : `it behind ${over?.outerHTML.slice(0, 200)}`";
        let point = until(&format!("{selector} “{text}” to be tapped"), || {
            let found = self.script_with(SCRIPT, json!([selector, text]));
            found[0].as_f64().zip(found[1].as_f64()).ok_or_else(|| found.to_string())
        });
        let finger = json!([{ "x": point.0, "y": point.1 }]);
        self.browser.devtools("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": finger }));
        self.browser.devtools("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
    }
}
