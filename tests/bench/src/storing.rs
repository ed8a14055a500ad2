//! What storing costs: an edit of the large document with both stores and with none.

use std::path::{Path, PathBuf};

use serde_json::json;
use standpoint_durability::{Browser, End, Make, Site, Tab, until};

use crate::document::Size;
use crate::page::median;

const EDITS: usize = 40;
/// Milliseconds after a key in which what it causes is counted.
const WINDOW: u32 = 250;

/// Medians, in milliseconds.
pub struct Storing {
    /// How long the page is busy with one tag, with its stores and without.
    pub stored: f64,
    pub denied: f64,
    /// Of the differences, one by one.
    pub difference: f64,
    /// The longest task over 50 while the second copy is written, after a pause; zero for none.
    pub pause: f64,
}

/// Keys that tag a word of a long article, with the stores and without, in turn, since what else the machine does weighs
/// more than the storing.
pub fn measure(site: &Site, folder: &Path, size: Size) -> Storing {
    let start = |profile: &Path| Typist::start(site, profile, size);
    let (stored, denied) = (start(&profile(folder, "stored")), start(&denying(profile(folder, "denied"))));
    let pairs: Vec<(f64, f64)> = (0..EDITS).map(|_| (stored.tag(), denied.tag())).collect();
    let storing = Storing {
        stored: median(pairs.iter().map(|(with, _)| *with).collect()),
        denied: median(pairs.iter().map(|(_, without)| *without).collect()),
        difference: median(pairs.iter().map(|(with, without)| with - without).collect()),
        pause: stored.longest_pause(),
    };
    stored.end();
    denied.end();
    storing
}

/// A page with a long article, in which somebody tags words.
struct Typist {
    browser: Browser,
    tab: Tab,
}

impl Typist {
    fn start(site: &Site, profile: &Path, size: Size) -> Self {
        let browser = Browser::start(Make::Chromium, profile);
        let tab = browser.open_tab();
        browser.navigate(&tab, &format!("{}/?project=/{}.json&annotator=me", site.origin(), size.name));
        until("the article", || match browser.try_evaluate(&tab, "return !!document.querySelector('article [data-annotations]')") {
            Ok(json) if json == true => Ok(()),
            other => Err(format!("{other:?}")),
        });
        browser.evaluate(&tab, TYPIST);
        Self { browser, tab }
    }

    /// How long the page is busy with one tag, in milliseconds.
    fn tag(&self) -> f64 {
        let script = format!(
            "for (let step = 0; step < 3; step++) {{ press('ArrowRight'); await idle(); }}
             const revision = document.documentElement.dataset.revision, watched = watch({WINDOW});
             press('s');
             const done = settled(), busy = await watched;
             await done;
             press('Escape'); press('Escape'); await idle();
             return {{ busy, tagged: document.documentElement.dataset.revision !== revision }};"
        );
        let times = self.browser.evaluate(&self.tab, &script);
        assert_eq!(times["tagged"], json!(true), "the key tagged nothing: {times}");
        times["busy"].as_f64().expect("a time")
    }

    /// The longest task of the seconds after the last edit, in milliseconds.
    fn longest_pause(&self) -> f64 {
        let script = "let longest = 0;
             new PerformanceObserver(list => { for (const task of list.getEntries()) longest = Math.max(longest, task.duration); }).observe({ type: 'longtask' });
             press('ArrowRight'); press('s'); await settled();
             // What the edit itself took is told of late, but before the copy is due.
             await new Promise(done => setTimeout(done, 500)); longest = 0;
             await new Promise(done => setTimeout(done, 6000));
             return longest;";
        self.browser.evaluate(&self.tab, script).as_f64().expect("a time")
    }

    fn end(self) {
        self.browser.end(End::Close);
    }
}

/// What a typist's page needs.
const TYPIST: &str = "document.querySelector('[data-command=tour-end]')?.click();
     globalThis.settled = () => new Promise(done => { const look = () => {
         const state = document.querySelector('[data-save-state]').dataset.saveState;
         if (state === 'busy') setTimeout(look, 5); else done(); }; look(); });
     // How long the page was busy within a window from now on: the gaps in an unbroken row of messages.
     globalThis.watch = millis => new Promise(done => {
         let last = performance.now(), busy = 0; const end = last + millis, { port1, port2 } = new MessageChannel();
         port1.onmessage = () => { const now = performance.now(); if (now - last > 0.3) busy += now - last; last = now;
             if (now > end) done(busy); else port2.postMessage(0); };
         port2.postMessage(0); });
     globalThis.idle = () => new Promise(done => requestIdleCallback(done));
     globalThis.press = (key, init) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
     await settled(); await idle();";

fn profile(folder: &Path, name: &str) -> PathBuf {
    let profile = folder.join(name);
    std::fs::create_dir_all(&profile).expect("a folder for temporary files");
    profile
}

/// A profile in which pages may store nothing.
fn denying(profile: PathBuf) -> PathBuf {
    let preferences = json!({ "profile": { "default_content_setting_values": { "cookies": 2 } } });
    std::fs::create_dir_all(profile.join("Default")).expect("a folder for temporary files");
    std::fs::write(profile.join("Default/Preferences"), preferences.to_string()).expect("a file");
    profile
}
