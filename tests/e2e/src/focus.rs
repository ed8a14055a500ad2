//! Where the keyboard is, and getting to controls by Tab alone.

use serde_json::json;

use crate::{Desk, until};

impl Desk {
    /// Whether what has the keyboard matches `selector`.
    #[track_caller]
    pub fn has_keyboard(&self, selector: &str) -> bool {
        self.script_with("return document.activeElement.matches(arguments[0])", json!([selector])) == true
    }

    /// The beginning of what has the keyboard, as markup.
    #[track_caller]
    pub fn keyboard(&self) -> String {
        self.script("return document.activeElement.outerHTML.slice(0, 120)").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until what matches `selector` has the keyboard.
    #[track_caller]
    pub fn wait_for_keyboard(&self, selector: &str) {
        until(&format!("the keyboard on {selector}"), || if self.has_keyboard(selector) { Ok(()) } else { Err(self.keyboard()) });
    }

    /// Presses Tab until what matches `selector` has the keyboard; panics where it goes round without it.
    #[track_caller]
    pub fn tab_to(&self, selector: &str) {
        const CONTROLS: &str = "button, input, select, textarea, summary, a[href], [tabindex]";
        self.wait_for(selector);
        let most = self.visible_texts(CONTROLS).len() + 5;
        for _ in 0..most {
            if self.has_keyboard(selector) {
                return;
            }
            self.press("Tab");
        }
        panic!("Tab does not reach {selector}; it is on {}", self.keyboard());
    }
}
