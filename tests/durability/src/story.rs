//! One scenario in one browser: its seed, its profile, its server, and what is known of the work so far.

mod work;

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::runtime::Runtime;

use crate::browser::{Browser, End, Make, Tab};
use crate::figures::Figures;
use crate::ledger::{Belief, Ledger};
use crate::page::{Look, Page};
use crate::random::Random;
use crate::{Site, disk, settings, until};

/// A scenario as it goes on. The browser and the profile end with it.
pub struct Story {
    pub make: Make,
    pub random: Random,
    pub figures: Figures,
    pub ledger: Ledger,
    name: &'static str,
    belief: Belief,
    browser: Option<Rc<Browser>>,
    /// How the page that is open now was come to.
    last_end: End,
    /// Ends that are still to be drawn, so that none is long in coming.
    deck: Vec<End>,
    /// One server, and so one origin, over the lives of all browsers.
    site: Site,
    folder: PathBuf,
    /// The server runs as long as this is here.
    _runtime: Runtime,
}

/// After so many visits that find the law broken a story need not go on.
const ENOUGH: u64 = 5;

const QUERY: &str = "?annotator=ana&article=seed-a";

impl Story {
    /// A scenario on a profile that nobody used before.
    #[track_caller]
    pub fn begin(make: Make, name: &'static str, belief: Belief) -> Self {
        println!("\n{name} in {make}: STANDPOINT_SEED={}", settings::seed());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        Self {
            make,
            random: Random::new(settings::seed(), &format!("{name} {make}")),
            figures: Figures::default(),
            ledger: Ledger::new(belief, Vec::new()),
            name,
            belief,
            browser: None,
            last_end: End::Close,
            deck: Vec::new(),
            site: Site::start(runtime.handle()),
            folder: fresh_folder(),
            _runtime: runtime,
        }
    }

    /// Goes on with a profile that nobody used before.
    #[track_caller]
    pub fn move_house(&mut self) {
        self.browser = None;
        remove(&self.folder);
        self.folder = fresh_folder();
    }

    /// A first visit that is over after so many milliseconds, whatever the page has come to, and another one, which finds
    /// what a first visit finds.
    #[track_caller]
    pub fn first_visit(&mut self, milliseconds: u64) {
        let browser = self.browser();
        browser.navigate(&browser.open_tab(), &self.address());
        std::thread::sleep(Duration::from_millis(milliseconds));
        self.end(End::Kill);
        let page = self.open("A");
        self.ledger = Ledger::new(self.belief, page.sample());
        let found = page.look_at_all();
        let lacking = self.ledger.lacking(&found.versions);
        let mut wrong: Vec<String> = lacking.into_iter().map(|version| format!("not there: {version}")).collect();
        wrong.extend(found.alerts.iter().map(|alert| format!("the page complains: {alert}")));
        self.report(&wrong);
        self.browser().end(End::CloseTabs);
    }

    /// Opens the page, waits until it has saved what it opens with, and closes its tab: the ledger begins here.
    #[track_caller]
    pub fn settle(&mut self) {
        let page = self.open("A");
        until("the first visit to be saved", || {
            let look = page.look();
            if look.is_saved() { Ok(()) } else { Err(look.says) }
        });
        self.ledger = Ledger::new(self.belief, page.look_at_all().versions);
        self.browser().end(End::CloseTabs);
    }

    /// The browser, which is started where none is running.
    #[track_caller]
    pub fn browser(&mut self) -> Rc<Browser> {
        let (make, folder) = (self.make, &self.folder);
        self.browser.get_or_insert_with(|| Rc::new(Browser::start(make, folder))).clone()
    }

    /// Opens the page in a new tab.
    #[track_caller]
    pub fn open(&mut self, name: &'static str) -> Page {
        let browser = self.browser();
        let tab = browser.open_tab();
        Page::open(browser, tab, name, &self.address())
    }

    /// Opens the page again, in the tab where it was if that is still there.
    #[track_caller]
    pub fn open_again(&mut self, page: Page) -> Page {
        let (Some(browser), End::KillPages) = (self.browser.clone(), self.last_end) else { return self.open(page.name) };
        match Page::try_open(browser.clone(), browser.revive(page.tab()), page.name, &self.address()) {
            Ok(page) => page,
            Err(why) => {
                // Seen once in some thousand rounds: Chromium began nothing in the tab, and did not say so either. Its person would
                // end it, too; what is stored has to be there all the same.
                self.figures.silences += 1;
                assert!(self.figures.silences < 2, "the browser stays silent after its pages were killed: {why}");
                println!("the browser gives no answer after its pages were killed ({why}), and is killed itself");
                drop(browser);
                self.end(End::Kill);
                self.open(page.name)
            }
        }
    }

    /// Opens a tab with another page of the same origin, which has nothing to do with this one.
    #[track_caller]
    pub fn open_other(&mut self) -> Tab {
        let browser = self.browser();
        let tab = browser.open_tab();
        let address = format!("{}{}", self.site.origin(), Site::BLANK);
        browser.navigate(&tab, &address);
        until("the other page", || match browser.try_evaluate(&tab, "return document.title && location.href") {
            Ok(found) if found == address.as_str() => Ok(()),
            other => Err(format!("{other:?}")),
        });
        tab
    }

    /// Makes the browser, which is not running, look like one that was killed in the middle of a write; how many of its logs.
    pub fn tear_logs(&self) -> usize {
        assert!(self.browser.is_none(), "nobody writes there");
        disk::tear_logs(&self.folder)
    }

    /// Damages the logs of its databases; how many there are.
    pub fn damage_logs(&self) -> usize {
        assert!(self.browser.is_none(), "nobody writes there");
        disk::damage_logs(&self.folder)
    }

    pub fn origin(&self) -> &str {
        self.site.origin()
    }

    fn address(&self) -> String {
        format!("{}/{QUERY}", self.site.origin())
    }

    /// Ends the browser, or its pages.
    #[track_caller]
    pub fn end(&mut self, end: End) {
        let end = self.browser.as_ref().map_or(end, |browser| browser.end(end));
        if matches!(end, End::Kill | End::Close) {
            self.browser = None;
        }
        self.last_end = end;
        *self.figures.ends.entry(end).or_default() += 1;
    }

    /// Holds what the page has found against the law, and goes on from there; returns what it said.
    #[track_caller]
    pub fn check(&mut self, page: &Page) -> Look {
        let found = page.look_at_all();
        let mut wrong = self.ledger.judge(&found.versions, self.last_end);
        wrong.extend(found.damage().into_iter().map(|alert| format!("the page speaks of damage: {alert}")));
        self.figures.rounds += 1;
        self.figures.count(self.ledger.tally(&found.versions));
        self.report(&wrong);
        self.ledger.go_on(page.name, &found, self.last_end);
        found
    }

    /// Takes down breaches of the law; panics where there are too many.
    #[track_caller]
    pub fn report(&mut self, wrong: &[String]) {
        if wrong.is_empty() {
            return;
        }
        self.figures.breaches += wrong.len();
        self.figures.broken += 1;
        println!("{}", self.history("BREACH"));
        for line in wrong {
            println!("  - {line}");
        }
        assert!(self.figures.broken < ENOUGH, "{} in {}: {}", self.name, self.make, self.figures);
    }

    /// Ends the story: nothing may have been broken.
    #[track_caller]
    pub fn finish(mut self) {
        self.end(End::Close);
        println!("{} in {}: {}", self.name, self.make, self.figures);
        assert_eq!(self.figures.breaches, 0, "{} in {}: breaches of the law, see above", self.name, self.make);
    }

    fn history(&self, what: &str) -> String {
        let Self { name, make, last_end, ledger, .. } = self;
        let (seed, round) = (settings::seed(), self.figures.rounds);
        format!("\n{what} in {name}, {make}, STANDPOINT_SEED={seed}, round {round}; before, the browser was {last_end}\n{ledger}")
    }
}

impl Drop for Story {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("{}", self.history("STOPPED"));
        }
        self.browser = None;
        remove(&self.folder);
    }
}

fn fresh_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("standpoint-durability-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
}

fn remove(folder: &PathBuf) {
    let _ = std::fs::remove_dir_all(folder);
}
