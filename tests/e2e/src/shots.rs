//! Screens of different sizes and shades, and pictures of them.

use std::path::PathBuf;

use serde_json::json;

use crate::{Desk, until};

/// What the page is looked at on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// 1440 × 900 CSS pixels, with a mouse.
    Desk,
    /// 390 × 844 CSS pixels, by touch, two device pixels to one.
    Phone,
}

impl Screen {
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Desk => (1440, 900),
            Self::Phone => (390, 844),
        }
    }
}

impl Desk {
    #[track_caller]
    pub fn on(&self, screen: Screen) {
        let (width, height) = screen.size();
        let mobile = screen == Screen::Phone;
        self.show_on(width, height, mobile);
    }

    /// Makes the window so many CSS pixels wide and high; a narrow one is a phone's, whose scroll bars take no room.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        self.show_on(width, height, width <= 720);
    }

    /// Zooms the page of a desk's window of so many screen pixels to `percent`.
    #[track_caller]
    pub fn zoom(&self, (width, height): (u32, u32), percent: u32) {
        self.lay_out(width * 100 / percent, height * 100 / percent, f64::from(percent) / 100.0, false);
    }

    #[track_caller]
    fn show_on(&self, width: u32, height: u32, mobile: bool) {
        self.lay_out(width, height, if mobile { 2.0 } else { 1.0 }, mobile);
    }

    #[track_caller]
    fn lay_out(&self, width: u32, height: u32, scale: f64, mobile: bool) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": mobile });
        self.browser.devtools("Emulation.setDeviceMetricsOverride", metrics);
        until("the screen's size", || {
            // A phone lays out a page that says nothing of screens, such as the empty one, as wide as it likes.
            let found = self.script("return [innerWidth, innerHeight, screen.width, screen.height]");
            let fits = |at: usize| found[at] == json!(width) && found[at + 1] == json!(height);
            if fits(0) || (mobile && fits(2)) { Ok(()) } else { Err(found.to_string()) }
        });
    }

    /// Makes the system dark (`"dark"`) or light (`"light"`).
    #[track_caller]
    pub fn shade(&self, scheme: &str) {
        self.prefer(&[("prefers-color-scheme", scheme)]);
    }

    /// What the system is set to, as media features and their values; what is not named is as on a new system.
    #[track_caller]
    pub fn prefer(&self, features: &[(&str, &str)]) {
        let named: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": named }));
        let all = features.iter().map(|(name, value)| format!("({name}: {value})")).collect::<Vec<_>>().join(" and ");
        until(&all, || match self.script_with("return matchMedia(arguments[0]).matches", json!([all])) {
            found if found == true => Ok(()),
            found => Err(found.to_string()),
        });
    }

    /// Prints the page as the browser does by itself; the size of the file, in bytes of base64.
    #[track_caller]
    pub fn print(&self) -> usize {
        let found = self.browser.devtools("Page.printToPDF", json!({ "printBackground": true }));
        found["data"].as_str().map_or(0, str::len)
    }

    /// Lays the page out as on paper, as wide as an A4 sheet without its margins, until a shade is chosen.
    #[track_caller]
    pub fn on_paper(&self) {
        self.show_on(700, 1000, false);
        self.browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" }));
        until("paper", || if self.script("return matchMedia('print').matches") == true { Ok(()) } else { Err("a screen".to_owned()) });
    }

    /// Takes a picture into `STANDPOINT_SHOTS`, if that is set.
    #[track_caller]
    pub fn shot(&self, name: &str) {
        let Some(folder) = std::env::var_os("STANDPOINT_SHOTS").map(PathBuf::from) else { return };
        std::fs::create_dir_all(&folder).expect("the folder for pictures");
        let picture = self.browser.run(self.browser.session().screenshot_as_png());
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("a picture in its folder");
    }
}
