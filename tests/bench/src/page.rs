//! One tab of a browser of its own in which works are timed.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use standpoint_durability::{Browser, Chord, End, Make, Tab};

pub struct Page {
    browser: Browser,
    tab: Tab,
    profile: PathBuf,
}

/// Milliseconds of one work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timed {
    /// From the last input event to the frame after the one that shows what it caused.
    pub shown: f64,
    /// From that event until the page says that it is saved; zero where nothing is.
    pub saved: f64,
    /// The page's own part: what its scripts ran, from the event until all was quiet.
    pub script: f64,
    /// The browser's part: styles and layout.
    pub layout: f64,
}

/// What a page takes in memory, in bytes, after a collection of garbage.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    pub heap: f64,
    pub wasm: f64,
    pub nodes: f64,
}

impl Page {
    /// A browser whose pages have `scripts` before their own.
    pub fn start(folder: &Path, name: &str, scripts: &[&str]) -> Self {
        let profile = folder.join(name.replace(' ', "-"));
        std::fs::create_dir_all(&profile).expect("a folder for temporary files");
        let browser = Browser::start(Make::Chromium, &profile);
        let tab = browser.open_tab();
        for script in scripts {
            browser.devtools(&tab, "Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
        }
        browser.devtools(&tab, "Performance.enable", json!({}));
        Self { browser, tab, profile }
    }

    pub fn go(&self, address: &str) {
        self.browser.navigate(&self.tab, address);
    }

    pub fn evaluate(&self, body: &str) -> Value {
        self.browser.evaluate(&self.tab, body)
    }

    pub fn number(&self, body: &str) -> f64 {
        let found = self.evaluate(body);
        found.as_f64().unwrap_or_else(|| panic!("{found} is no number: {body}"))
    }

    /// Clears all that the origin stored. The page is left before: an open one stores again what it has in memory.
    pub fn forget(&self, origin: &str) {
        self.go("about:blank");
        self.browser.clear(&self.tab, origin);
    }

    /// Waits until the expression is neither null nor an error, for as long as the slowest of the measured tools takes.
    pub fn wait(&self, expression: &str) -> Value {
        let began = Instant::now();
        loop {
            match self.browser.try_evaluate(&self.tab, &format!("return {expression}")) {
                Ok(found) if !found.is_null() => return found,
                seen if began.elapsed() > Duration::from_secs(180) => panic!("waited for {expression}; there was {seen:?}"),
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    /// Does `work` of the page's subject for the `n`-th time.
    pub fn time(&self, work: &str, n: usize) -> Timed {
        let input = self.evaluate(&format!("return await bench.before({work:?}, {n})"));
        let before = self.metrics();
        if let Some(keys) = input["keys"].as_array() {
            let chords: Vec<Chord> = keys.iter().map(chord).collect();
            self.browser.press(&self.tab, &chords);
        } else if let Some(drag) = input["drag"].as_array() {
            self.drag(drag);
        } else {
            self.evaluate("bench.act()");
        }
        let shown = self.number("return await bench.pending");
        let saved = self.number("const saved = await bench.settled(); await bench.idle(); await bench.frame(); return saved");
        let after = self.metrics();
        Timed { shown, saved, script: (after.0 - before.0) * 1000.0, layout: (after.1 - before.1) * 1000.0 }
    }

    /// Seconds of scripts, and of styles and layout, since the page began.
    fn metrics(&self) -> (f64, f64) {
        let answer = self.browser.devtools(&self.tab, "Performance.getMetrics", json!({}));
        let of = |name: &str| {
            answer["metrics"]
                .as_array()
                .into_iter()
                .flatten()
                .find(|metric| metric["name"] == name)
                .and_then(|metric| metric["value"].as_f64())
        };
        let of = |name: &str| of(name).unwrap_or_else(|| panic!("DevTools does not tell {name}"));
        (of("ScriptDuration"), of("LayoutDuration") + of("RecalcStyleDuration"))
    }

    /// By the mouse, as slowly as a person who means to select and not to click.
    fn drag(&self, places: &[Value]) {
        let [from_x, from_y, to_x, to_y] = places else { panic!("a drag has four places") };
        let mouse = |kind: &str, x: &Value, y: &Value, buttons: u8| {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": 1 });
            self.browser.devtools(&self.tab, "Input.dispatchMouseEvent", event);
        };
        mouse("mousePressed", from_x, from_y, 1);
        mouse("mouseMoved", to_x, to_y, 1);
        std::thread::sleep(Duration::from_millis(400));
        mouse("mouseReleased", to_x, to_y, 0);
    }

    pub fn memory(&self) -> Memory {
        self.evaluate("await bench.idle()");
        self.browser.devtools(&self.tab, "HeapProfiler.collectGarbage", json!({}));
        let heap = self.browser.devtools(&self.tab, "Runtime.getHeapUsage", json!({}));
        Memory {
            heap: heap["usedSize"].as_f64().expect("the heap's size"),
            wasm: self.number("return bench.memory()"),
            nodes: self.number("return document.getElementsByTagName('*').length"),
        }
    }

    /// Scrolls from top to bottom in 180 frames: the frames after the first second, in milliseconds, sorted.
    pub fn scroll(&self, pane: &str) -> Vec<f64> {
        let frames = self.evaluate(&format!("return await bench.scroll({pane:?})"));
        let frames = frames.as_array().into_iter().flatten().map(|frame| (frame[0].as_f64(), frame[1].as_f64()));
        let mut late: Vec<f64> = frames.filter(|(at, _)| *at > Some(1000.0)).filter_map(|(_, took)| took).collect();
        late.sort_by(f64::total_cmp);
        late
    }

    /// Ends the browser and clears its profile away.
    pub fn end(self) {
        self.browser.end(End::Close);
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

fn chord(key: &Value) -> Chord {
    const KEYS: [&str; 9] = ["s", "]", "Delete", "Ctrl+z", "1", "Enter", "j", "ArrowRight", "Escape"];
    let known = KEYS.into_iter().find(|known| key == known);
    Chord(known.unwrap_or_else(|| panic!("no key {key}")))
}

pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
