//! The page in a tab: opened, worked in, and looked at.

use std::rc::Rc;

use serde_json::{Value, json};

use crate::browser::{Browser, Tab};
use crate::chord::Chord;
use crate::hand::Deed;
use crate::record::Version;
use crate::until;
use crate::wire::SILENCE;

/// A tab in which the page is open.
pub struct Page {
    browser: Rc<Browser>,
    tab: Tab,
    /// What reports call it.
    pub name: &'static str,
}

/// What the page said at one instant, and what was made since the last look.
#[derive(Clone, Debug)]
pub struct Look {
    pub revision: u64,
    pub saved: Option<u64>,
    pub saving: Saving,
    /// The words beside it.
    pub says: String,
    pub alerts: Vec<String>,
    pub made: Vec<Made>,
    /// Every version of every record; empty in a look that does not ask for them.
    pub versions: Vec<Version>,
}

/// The tone in which the bar speaks of saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    Busy,
    Ok,
    /// Saved, but a crash may lose the last minute.
    Warn,
    Bad,
}

/// One edit, as it was seen in the page.
#[derive(Clone, Debug)]
pub struct Made {
    /// The key or the command.
    pub name: String,
    /// The versions that it wrote, and perhaps some that another tab made just before.
    pub versions: Vec<Version>,
    /// The revision that stood on the page before it.
    pub shown: u64,
}

impl Page {
    /// Opens `address` and waits until the page shows what it found.
    #[track_caller]
    pub fn open(browser: Rc<Browser>, tab: Tab, name: &'static str, address: &str) -> Self {
        Self::try_open(browser, tab, name, address).unwrap_or_else(|why| panic!("{name} does not open: {why}"))
    }

    /// The same; an error is of a browser that does not even answer.
    #[track_caller]
    pub fn try_open(browser: Rc<Browser>, tab: Tab, name: &'static str, address: &str) -> Result<Self, String> {
        browser.activate(&tab);
        // Where a tab whose page was killed refuses, it is asked again below.
        let asked = browser.try_navigate(&tab, address);
        if let Err(why) = &asked
            && why.contains(SILENCE)
        {
            return Err(why.clone());
        }
        let page = Self { browser, tab, name };
        until("the page to open", || {
            match page.browser.try_evaluate(&page.tab, "return document.documentElement.dataset.revision ?? document.body.innerText") {
                Ok(Value::String(number)) if number.parse::<u64>().is_ok() => Ok(()),
                Ok(other) => Err(other.to_string()),
                // Between two documents there is nothing to ask; and a browser may tell late that the last page died, in place of
                // the one that was asked for since.
                Err(why) => {
                    if why.contains("parent process browsing contexts") {
                        let _ = page.browser.try_navigate(&page.tab, address);
                    }
                    Err(format!("{why} (when asked first: {asked:?})"))
                }
            }
        });
        page.evaluate(include_str!("watch.js"));
        page.evaluate("document.querySelector('[data-command=tour-end]')?.click()");
        Ok(page)
    }

    #[track_caller]
    pub fn look(&self) -> Look {
        Look::read(&self.browser.evaluate(&self.tab, "return watch.take()"))
    }

    /// A look at every version of every record too.
    #[track_caller]
    pub fn look_at_all(&self) -> Look {
        Look::read(&self.browser.evaluate(&self.tab, "return watch.all()"))
    }

    /// Does something as a person would, and says what came of it in the page's memory.
    ///
    /// What the answer has of the page itself may be older: the page draws after it has answered.
    #[track_caller]
    pub fn act(&self, deed: &Deed) -> Look {
        match deed {
            Deed::Press(chords) => {
                self.browser.activate(&self.tab);
                self.evaluate("await watch.ready()");
                self.browser.press(&self.tab, chords);
                self.look()
            }
            Deed::Burst(chords) => self.script("watch.keys", &events(chords)),
            Deed::Click(chords, command) => {
                // The button is there when the page has drawn what the keys lead to.
                self.evaluate(&format!("await watch.keys({})", events(chords)));
                self.script("watch.click", &json!(command))
            }
            Deed::Note(letters) => self.script("watch.note", &json!(letters)),
        }
    }

    /// Every version of every record that a first visit begins with.
    #[track_caller]
    pub fn sample(&self) -> Vec<Version> {
        Version::read_all(&self.evaluate("return watch.sample()"))
    }

    /// For looking, and for what other scripts of the origin might do.
    #[track_caller]
    pub fn evaluate(&self, body: &str) -> Value {
        self.browser.evaluate(&self.tab, body)
    }

    pub fn tab(&self) -> &Tab {
        &self.tab
    }

    #[track_caller]
    fn script(&self, call: &str, argument: &Value) -> Look {
        Look::read(&self.browser.evaluate(&self.tab, &format!("await {call}({argument}); return watch.take()")))
    }
}

impl Look {
    #[track_caller]
    fn read(found: &Value) -> Self {
        let made = found["made"].as_array().into_iter().flatten();
        Self {
            revision: revision(&found["revision"]).unwrap_or_else(|| panic!("the page counts no changes: {found}")),
            saved: revision(&found["savedRevision"]),
            saving: match found["saving"].as_str() {
                Some("busy") => Saving::Busy,
                Some("ok") => Saving::Ok,
                Some("warn") => Saving::Warn,
                Some("bad") => Saving::Bad,
                other => panic!("the page says {other:?} of saving"),
            },
            says: found["says"].as_str().unwrap_or_default().to_owned(),
            alerts: texts(&found["alerts"]),
            made: made
                .map(|made| Made {
                    name: made["name"].as_str().unwrap_or_default().to_owned(),
                    versions: Version::read_all(&made["versions"]),
                    shown: revision(&made["shown"]).unwrap_or_else(|| panic!("the page counted no changes before {made}")),
                })
                .collect(),
            versions: Version::read_all(&found["versions"]),
        }
    }

    /// Whether the page says that all of it is saved, in both places: the bar knows of the last edit first.
    pub fn is_saved(&self) -> bool {
        self.saved == Some(self.revision) && matches!(self.saving, Saving::Ok | Saving::Warn)
    }

    pub fn summary(&self) -> String {
        format!("revision {}, saved {:?}: {}", self.revision, self.saved, self.says)
    }

    /// Alerts that speak of damage.
    pub fn damage(&self) -> Vec<&String> {
        const WORDS: [&str; 4] = ["put aside", "quarantine", "damaged", "could not be read"];
        self.alerts.iter().filter(|alert| WORDS.iter().any(|word| alert.to_lowercase().contains(word))).collect()
    }
}

fn events(chords: &[Chord]) -> Value {
    chords.iter().map(|chord| chord.event()).collect()
}

fn revision(found: &Value) -> Option<u64> {
    found.as_str()?.parse().ok()
}

fn texts(found: &Value) -> Vec<String> {
    found.as_array().into_iter().flatten().filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}
