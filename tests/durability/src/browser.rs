//! A real browser on a profile: started, looked into, and ended in whatever way.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::chord::Chord;
use crate::chromium::Chromium;
use crate::driver::Driver;
use crate::firefox::Firefox;
use crate::group::Group;
use crate::until;

/// Which browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Make {
    Chromium,
    Firefox,
}

/// How a browser's work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// SIGKILL to the processes that draw pages; the browser lives on.
    KillPages,
    /// Each of its tabs is closed, whatever the page in it is about to do; the browser lives on.
    CloseTabs,
    /// SIGKILL to all of its processes.
    Kill,
    /// As by its menu.
    Close,
}

/// A running browser. It is killed when this is dropped.
pub struct Browser {
    driver: RefCell<Box<dyn Driver>>,
    group: Group,
    /// The tabs that were opened here, the one that a person would see last.
    tabs: RefCell<Vec<Tab>>,
    /// A tab that is open and not used yet.
    spare: RefCell<Option<Tab>>,
    /// Whether it can't be closed any more.
    is_stuck: Cell<bool>,
}

/// One of its tabs, by the name that its protocol has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(String);

impl Browser {
    #[track_caller]
    pub fn start(make: Make, profile: &Path) -> Self {
        let started = match make {
            Make::Chromium => Chromium::start(profile).map(|(driver, group)| (Box::new(driver) as Box<dyn Driver>, group)),
            Make::Firefox => Firefox::start(profile).map(|(driver, group)| (Box::new(driver) as Box<dyn Driver>, group)),
        };
        match started {
            Ok((driver, group)) => {
                Self { driver: RefCell::new(driver), group, tabs: RefCell::default(), spare: RefCell::default(), is_stuck: Cell::default() }
            }
            Err(why) => panic!("{make} does not start: {why}"),
        }
    }

    /// Opens a tab, in front of the others.
    #[track_caller]
    pub fn open_tab(&self) -> Tab {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let tab = Tab(granted(self.driver.borrow_mut().open_tab()));
        self.tabs.borrow_mut().push(tab.clone());
        tab
    }

    /// Brings a tab to the front, where it hears the keyboard.
    #[track_caller]
    pub fn activate(&self, tab: &Tab) {
        if self.is_front(tab) {
            return;
        }
        granted(self.driver.borrow_mut().activate(&tab.0));
        let mut tabs = self.tabs.borrow_mut();
        tabs.retain(|other| other != tab);
        tabs.push(tab.clone());
    }

    fn is_front(&self, tab: &Tab) -> bool {
        self.tabs.borrow().last() == Some(tab)
    }

    /// A tab in place of one whose page was killed: the same where the browser lets it be used again.
    #[track_caller]
    pub fn revive(&self, tab: &Tab) -> Tab {
        if self.driver.borrow().revives_all() {
            return tab.clone();
        }
        // In this order, or the browser may be left without a tab.
        let other = self.open_tab();
        self.close_tab(tab);
        other
    }

    /// Closes a tab; the one that was in front before it is so again.
    #[track_caller]
    pub fn close_tab(&self, tab: &Tab) {
        granted(self.driver.borrow_mut().close_tab(&tab.0));
        self.tabs.borrow_mut().retain(|other| other != tab);
        let front = self.tabs.borrow_mut().pop();
        if let Some(front) = front {
            self.activate(&front);
        }
    }

    /// Goes to an address, in a tab whose page was killed too; returns before all of the page is there.
    #[track_caller]
    pub fn navigate(&self, tab: &Tab, address: &str) {
        granted(self.try_navigate(tab, address));
    }

    pub fn try_navigate(&self, Tab(tab): &Tab, address: &str) -> Result<(), String> {
        self.driver.borrow_mut().navigate(tab, address)
    }

    /// What `body`, of an asynchronous function, returns; up to its first `await` it is one task of the page.
    pub fn try_evaluate(&self, Tab(tab): &Tab, body: &str) -> Result<Value, String> {
        let expression = format!("(async () => JSON.stringify((await (async () => {{ {body} }})()) ?? null))()");
        let found = self.driver.borrow_mut().evaluate(tab, &expression);
        found.and_then(|found| serde_json::from_str(found.as_str().unwrap_or_default()).map_err(|error| format!("{error}: {found}")))
    }

    #[track_caller]
    pub fn evaluate(&self, tab: &Tab, body: &str) -> Value {
        granted(self.try_evaluate(tab, body))
    }

    /// What DevTools answers; for what the protocols have no common word for.
    #[track_caller]
    pub fn devtools(&self, Tab(tab): &Tab, method: &str, parameters: Value) -> Value {
        granted(self.driver.borrow_mut().devtools(tab, method, parameters))
    }

    /// Presses keys, one after the other, in the tab in front.
    #[track_caller]
    pub fn press(&self, Tab(tab): &Tab, chords: &[Chord]) {
        granted(self.driver.borrow_mut().press(tab, chords));
    }

    /// Limits what the databases of `origin` may hold, in bytes, until it is lifted by `None`; `false` where the browser
    /// has no means for that.
    #[track_caller]
    pub fn limit(&self, Tab(tab): &Tab, origin: &str, bytes: Option<u64>) -> bool {
        granted(self.driver.borrow_mut().limit(tab, origin, bytes))
    }

    /// Clears all that `origin` stored; `false` where the browser has no means for that.
    #[track_caller]
    pub fn clear(&self, Tab(tab): &Tab, origin: &str) -> bool {
        granted(self.driver.borrow_mut().clear(tab, origin))
    }

    /// SIGKILL to the process that keeps the pages' storage; `false` where the browser has none of its own for that.
    pub fn kill_storage(&self) -> bool {
        let driver = self.driver.borrow();
        self.group.kill_some(|_, line| driver.is_storage(line)) > 0
    }

    /// Ends the browser, or only its pages; returns how it ended, which is not always as it was meant.
    #[track_caller]
    pub fn end(&self, end: End) -> End {
        // Firefox ESR 153 waits a minute for its own session store, and then aborts, once a tab behind another was killed.
        let end = if end == End::Close && self.is_stuck.get() { End::Kill } else { end };
        match end {
            End::KillPages => self.kill_pages(),
            End::CloseTabs => {
                // Without a tab the browser would close too.
                let tabs = self.tabs.take();
                self.spare.replace(Some(self.open_tab()));
                for tab in &tabs {
                    granted(self.driver.borrow_mut().close_tab(&tab.0));
                }
            }
            End::Kill => self.group.kill(),
            End::Close => {
                self.driver.borrow_mut().close();
                until("the browser to close", || if self.group.is_gone() { Ok(()) } else { Err("still some of it".to_owned()) });
            }
        }
        end
    }

    #[track_caller]
    fn kill_pages(&self) {
        let mut driver = self.driver.borrow_mut();
        assert!(self.group.kill_some(|name, line| driver.is_content(name, line)) > 0, "a browser with a page has a process for it");
        let tabs = self.tabs.borrow();
        if let Some(front) = tabs.last() {
            granted(driver.mourn(&front.0));
        }
        if tabs.len() > 1 && !driver.revives_all() {
            self.is_stuck.set(true);
        }
    }
}

impl fmt::Display for Make {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        })
    }
}

impl fmt::Display for End {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::KillPages => "pages killed",
            Self::CloseTabs => "tabs closed",
            Self::Kill => "killed",
            Self::Close => "closed",
        })
    }
}

/// The program that the environment names by `variable`, else the first of `names` on `PATH`.
pub(crate) fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(given) = std::env::var_os(variable) {
        return given.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = names.iter().flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)));
    places.find(|place| place.is_file()).unwrap_or_else(|| panic!("no {} on PATH; set {variable}", names[0]))
}

#[track_caller]
fn granted<T>(answer: Result<T, String>) -> T {
    answer.unwrap_or_else(|why| panic!("the browser refused: {why}"))
}
