//! The same documents in a bare page, in another tool with both of its renderers, and in the page.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use standpoint_durability::Site;

use crate::document::{Document, Size, project};
use crate::page::{Memory, Page, Timed, median};

pub const CLOCK: &str = include_str!("../pages/clock.js");
const STANDPOINT: &str = include_str!("../pages/standpoint.js");
const FLOOR: &str = include_str!("../pages/floor.html");
const RECOGITO: &str = include_str!("../pages/recogito.html");

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Paragraphs with three highlights: what the browser and the measuring cost by themselves.
    Floor,
    RecogitoSpans,
    RecogitoHighlights,
    Standpoint,
}

pub const SUBJECTS: [Subject; 4] = [Subject::Floor, Subject::RecogitoSpans, Subject::RecogitoHighlights, Subject::Standpoint];

impl Subject {
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "bare page",
            Self::RecogitoSpans => "recogito, spans",
            Self::RecogitoHighlights => "recogito, highlights",
            Self::Standpoint => "Standpoint",
        }
    }

    /// In the order in which one leaves what the next one needs.
    fn works(self) -> &'static [&'static str] {
        match self {
            Self::Floor => &["add", "delete", "undo"],
            Self::RecogitoSpans | Self::RecogitoHighlights => &["add", "edge", "attribute", "focus", "delete", "undo", "delete"],
            Self::Standpoint => &["add", "edge", "delete", "undo", "focus", "attribute", "role", "cursor"],
        }
    }

    fn pane(self) -> &'static str {
        if self == Self::Standpoint { "main.text" } else { "html" }
    }
}

/// What was measured of a subject with a document.
#[derive(Debug, Default)]
pub struct Measured {
    /// From the navigation, and from the data's being there, until it is painted, in milliseconds.
    pub navigated: f64,
    pub opened: f64,
    /// From the navigation until it is painted, with the work in the stores.
    pub again: Option<f64>,
    /// Medians by work.
    pub works: BTreeMap<&'static str, Timed>,
    pub memory: Memory,
    /// Frames of scrolling after the first second, sorted.
    pub frames: Vec<f64>,
}

impl Measured {
    /// A line for each thing that was measured, for a look at one subject alone.
    pub fn summary(&self, of: &str) -> String {
        let Self { navigated, opened, again, works, memory, frames } = self;
        let mut lines = format!("{of}: navigated {navigated:.0}, opened {opened:.0}, again {again:.0?}\n");
        for (work, Timed { shown, saved, script, layout }) in works {
            lines += &format!("  {work}: shown {shown:.1}, saved {saved:.1}, script {script:.1}, layout {layout:.1}\n");
        }
        let Memory { heap, wasm, nodes } = memory;
        lines += &format!("  heap {:.1} MB, wasm {:.1} MB, {nodes} elements\n", heap / 1e6, wasm / 1e6);
        let longest: Vec<String> = frames.iter().rev().take(6).map(|took| format!("{took:.0}")).collect();
        lines + &format!("  {} frames after the first second, the longest {}\n", frames.len(), longest.join(" "))
    }
}

/// Lays out what all subjects need to be served.
pub fn serve(site: &Site, recogito: &Path, size: Size, document: &Document) {
    let read = |name: &str| std::fs::read(recogito.join(name)).unwrap_or_else(|why| panic!("{name} of recogito: {why}"));
    site.add("/recogito.js", read("text-annotator.umd.js"));
    site.add("/recogito.css", read("text-annotator.css"));
    site.add("/recogito.html", RECOGITO);
    site.add("/floor.html", FLOOR);
    let spans: Vec<Value> = document.spans.iter().map(|span| json!([span.start, span.end, span.of])).collect();
    let plain = json!({ "text": document.text, "spans": spans, "free": document.free });
    site.add(&format!("/{}.plain.json", size.name), plain.to_string());
    site.add(&format!("/{}.json", size.name), project(size.name, document).to_string());
}

pub fn measure(site: &Site, folder: &Path, subject: Subject, size: Size, document: &Document, times: usize) -> Measured {
    let scripts: &[&str] = if subject == Subject::Standpoint { &[CLOCK, STANDPOINT] } else { &[CLOCK] };
    let page = Page::start(folder, &format!("{} {}", subject.name(), size.name), scripts);
    let mut measured = Measured::default();
    open(&page, site, subject, size, &mut measured);
    measured.memory = page.memory();
    for work in subject.works() {
        measured.works.entry(work).or_default();
    }
    let mut all: BTreeMap<&'static str, Vec<Timed>> = BTreeMap::new();
    let spread = document.free.len() / (times + 2);
    // The first round warms up.
    for n in 0..=times {
        for (index, work) in subject.works().iter().enumerate() {
            // Each round works somewhere else, and each of its works that chooses words on other ones.
            let timed = page.time(work, (n + 1) * spread + index % spread.max(1));
            if n > 0 {
                all.entry(work).or_default().push(timed);
            }
        }
    }
    for (work, timed) in all {
        let of = |part: fn(&Timed) -> f64| median(timed.iter().map(part).collect());
        measured.works.insert(
            work,
            Timed {
                shown: of(|timed| timed.shown),
                saved: of(|timed| timed.saved),
                script: of(|timed| timed.script),
                layout: of(|timed| timed.layout),
            },
        );
    }
    measured.frames = page.scroll(subject.pane());
    if subject == Subject::Standpoint {
        let again = (0..3).map(|_| {
            page.go(&format!("{}/", site.origin()));
            page.wait(PAINTED).as_f64().expect("a time")
        });
        measured.again = Some(median(again.collect()));
    }
    page.end();
    measured
}

/// When the open article with its annotations was painted; waits as the page does.
const PAINTED: &str = "await bench.painted(() => document.querySelector('article[data-article] [data-annotations]'))";

fn open(page: &Page, site: &Site, subject: Subject, size: Size, measured: &mut Measured) {
    let (origin, name) = (site.origin(), size.name);
    match subject {
        Subject::Floor => page.go(&format!("{origin}/floor.html?document=/{name}.plain.json")),
        Subject::RecogitoSpans => page.go(&format!("{origin}/recogito.html?renderer=SPANS&document=/{name}.plain.json")),
        Subject::RecogitoHighlights => page.go(&format!("{origin}/recogito.html?renderer=CSS_HIGHLIGHTS&document=/{name}.plain.json")),
        Subject::Standpoint => page.go(&format!("{origin}/?project=/{name}.json&annotator=me")),
    }
    if subject != Subject::Standpoint {
        page.wait("bench.opened ?? null");
        measured.navigated = page.number("return bench.opened");
        measured.opened = measured.navigated - page.number("return bench.arrived()");
        return;
    }
    measured.navigated = page.wait(PAINTED).as_f64().expect("a time");
    page.evaluate("await bench.settled(); await bench.idle()");
    // The others have their data when their scripts are there: here a file is put on the open page.
    page.forget(origin);
    page.go(&format!("{origin}/?annotator=me"));
    page.wait(PAINTED);
    measured.opened = page.number(&format!(
        "document.querySelector('[data-command=tour-end]')?.click(); await bench.settled(); await bench.idle();
         const file = new File([await (await fetch('/{name}.json')).text()], '{name}.json', {{ type: 'application/json' }});
         subject.free = (await (await fetch('/{name}.plain.json')).json()).free;
         const files = new DataTransfer(), field = document.querySelector('input[type=file][data-command=import]');
         files.items.add(file);
         await bench.idle(); await bench.frame();
         const given = performance.now();
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));
         // It is read, and then asks whether it is to be opened beside the project that is there.
         const agree = () => [...document.querySelectorAll('dialog button')].find((button) => button.textContent === 'Open it');
         while (!agree()) await bench.frame();
         agree().click();
         const painted = await bench.painted(() => document.querySelector('article[data-article={name}] [data-annotations]'));
         await bench.settled(); await bench.idle();
         return painted - given"
    ));
}
