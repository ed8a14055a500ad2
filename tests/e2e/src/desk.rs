use serde_json::{Value, json};
use thirtyfour::WindowHandle;

use crate::browser::Kind;
use crate::{Browser, Host, Site, seen, until};

/// A person before the page: one browser, one profile, one server.
pub struct Desk {
    pub(crate) browser: Browser,
    site: Site,
    /// Where the page is: the site, or a host.
    base: String,
    /// What the console may say without being a fault, as parts of its lines.
    pub(crate) forgiven: Vec<String>,
}

/// One of the desk's browser tabs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab(WindowHandle);

impl Desk {
    /// A desk with a browser that has no page open yet.
    pub fn bare() -> Self {
        Self::before(Browser::start())
    }

    /// The same with Firefox: what needs Chrome's protocol (screens, shades, denied stores, dropped files) can't be done at it.
    pub fn in_firefox() -> Self {
        Self::before(Browser::firefox())
    }

    /// The same with WebKitGTK: this desk can't be left either, since that browser keeps no log of complaints.
    pub fn in_webkit() -> Self {
        Self::before(Browser::webkit())
    }

    fn before(browser: Browser) -> Self {
        let site = Site::start(browser.runtime());
        let base = format!("{}/", site.origin());
        Self { browser, site, base, forgiven: Vec::new() }
    }

    /// The same desk before a host's page.
    pub fn before_host(self, host: &Host) -> Self {
        Self { base: host.address(), ..self }
    }

    /// The address of the page, with a slash at its end.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// A desk where the page is open and the tour, if it came, is over. `query` is the address behind the page's own,
    /// such as `?article=seed-a`.
    #[track_caller]
    pub fn open(query: &str) -> Self {
        let desk = Self::bare();
        desk.go(query);
        desk.end_tour();
        desk
    }

    pub fn site(&self) -> &Site {
        &self.site
    }

    /// A second server, which to the page is another origin.
    pub fn elsewhere(&self) -> Site {
        Site::start(self.browser.runtime())
    }

    /// Opens the page and waits until it shows what it found to open.
    #[track_caller]
    pub fn go(&self, query: &str) {
        let address = format!("{}{query}", self.base);
        self.browser.run(self.browser.session().goto(address));
        self.wait_until_open();
    }

    #[track_caller]
    pub fn reload(&self) {
        if self.browser.kind() == Kind::Firefox {
            // Its driver reloads past the page's worker, which a person's reload does not.
            self.script("self.isOld = true; location.reload()");
            until("another document", || seen(self.script("return self.isOld ?? null").is_null(), "the one before"));
        } else {
            self.browser.run(self.browser.session().refresh());
        }
        self.wait_until_open();
    }

    /// Waits until the page shows what it found to open.
    #[track_caller]
    pub fn wait_until_open(&self) {
        until("the page to open", || match self.script("return document.documentElement?.dataset.revision ?? null") {
            Value::Null => Err(format!("“{}”", self.script("return document.body?.innerText ?? null"))),
            _ => Ok(()),
        });
    }

    /// Closes the tour of a first visit by its button.
    #[track_caller]
    pub fn end_tour(&self) {
        if self.sees("[data-command=tour-end]") {
            self.click_command("tour-end");
            until("the tour to end", || if self.sees(".tour") { Err("the tour".to_owned()) } else { Ok(()) });
        }
    }

    /// Waits until the page says that everything is stored; returns the revision that is.
    #[track_caller]
    pub fn saved(&self) -> u64 {
        let script = "const {revision, savedRevision} = document.documentElement.dataset; return [revision ?? null, savedRevision ?? null]";
        until("the work to be saved", || {
            let found = self.script(script);
            let number = |index: usize| found[index].as_str().and_then(|text| text.parse::<u64>().ok());
            match (number(0), number(1)) {
                (Some(revision), Some(saved)) if revision == saved => Ok(saved),
                _ => Err(format!("revision {}, saved {}", found[0], found[1])),
            }
        })
    }

    /// The number of changes that the page counts.
    #[track_caller]
    pub fn revision(&self) -> u64 {
        let found = self.script("return Number(document.documentElement.dataset.revision)");
        found.as_u64().unwrap_or_else(|| panic!("the page counts no changes: {found}"))
    }

    /// What Chromium says by its protocol.
    #[track_caller]
    pub fn devtools(&self, method: &str) -> Value {
        self.browser.devtools(method, json!({}))
    }

    pub fn address(&self) -> String {
        self.script("return location.href").as_str().unwrap_or_default().to_owned()
    }

    /// The tab that the desk looks at.
    #[track_caller]
    pub fn tab(&self) -> Tab {
        Tab(self.browser.run(self.browser.session().window()))
    }

    /// Opens the page in a further tab and looks at it.
    #[track_caller]
    pub fn open_tab(&self, query: &str) -> Tab {
        let tab = self.fresh_tab();
        self.go(query);
        tab
    }

    /// Opens a further tab with nothing in it and looks at it.
    #[track_caller]
    pub fn fresh_tab(&self) -> Tab {
        let tab = Tab(self.browser.run(self.browser.session().new_tab()));
        self.look_at(&tab);
        tab
    }

    /// Opens a further window with nothing in it and looks at it; the tab in the other window stays in sight.
    #[track_caller]
    pub fn fresh_window(&self) -> Tab {
        let tab = Tab(self.browser.run(self.browser.session().new_window()));
        self.look_at(&tab);
        tab
    }

    #[track_caller]
    pub fn look_at(&self, tab: &Tab) {
        self.browser.run(self.browser.session().switch_to_window(tab.0.clone()));
    }

    /// What `script`, a function body, returns; for looking, not for doing.
    #[track_caller]
    pub fn script(&self, script: &str) -> Value {
        self.browser.script(script, json!([]))
    }

    #[track_caller]
    pub fn script_with(&self, script: &str, arguments: Value) -> Value {
        self.browser.script(script, arguments)
    }

    /// Runs `script` in every page of this tab from now on, before anything of the page's own; what to name it by.
    #[track_caller]
    pub fn before_each_page(&self, script: &str) -> Value {
        self.browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))["identifier"].take()
    }

    /// From here on the console may say lines that contain `part`.
    pub fn forgive(&mut self, part: &str) {
        self.forgiven.push(part.to_owned());
    }

    /// Ends the story: nothing may have been complained of.
    #[track_caller]
    pub fn leave(self) {
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "the browser complained:\n{complaints:#?}");
    }
}
