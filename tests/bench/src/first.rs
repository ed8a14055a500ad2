//! The first load: what comes over the wire, and when a person can work, beside a page that is Yew and a button.

use std::path::Path;

use standpoint_durability::Site;

use crate::page::{Page, median};
use crate::subjects::CLOCK;

const LOADS: usize = 9;

pub struct FirstLoad {
    /// Bytes of everything that the page needs, as they came (brotli), without the sample project.
    pub bytes: f64,
    /// Milliseconds from the navigation until the page is painted and has time for a key.
    pub page: f64,
    pub bare: f64,
    /// Each file and its bytes.
    pub files: Vec<(String, f64)>,
}

pub fn measure(site: &Site, folder: &Path, bare: &Path) -> FirstLoad {
    for entry in std::fs::read_dir(bare).expect("the bare page").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        site.add(&format!("/bare/{name}"), std::fs::read(entry.path()).expect("a file of the bare page"));
    }
    let page = Page::start(folder, "first", &[CLOCK]);
    let (mut pages, mut bares, mut files) = (Vec::new(), Vec::new(), Vec::new());
    let ready = |shown: &str| {
        format!(
            "await bench.painted(() => document.querySelector({shown:?})), await new Promise((done) => setTimeout(done)), performance.now()"
        )
    };
    for round in 0..=LOADS {
        page.go(&format!("{}/bare/index.html", site.origin()));
        let bare = page.wait(&ready("button")).as_f64().expect("a time");
        page.forget(site.origin());
        page.go(&format!("{}/?article=seed-a", site.origin()));
        let opened = page.wait(&ready("article[data-article=seed-a] [data-annotations]")).as_f64().expect("a time");
        if round == 0 {
            let found = page.evaluate(
                "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .map((entry) => [new URL(entry.name).pathname, entry.encodedBodySize])",
            );
            files = found
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|entry| Some((entry[0].as_str()?.to_owned(), entry[1].as_f64()?)))
                .collect();
        } else {
            bares.push(bare);
            pages.push(opened);
        }
    }
    page.end();
    let bytes = files.iter().filter(|(name, _)| name != "/project.json").map(|(_, bytes)| bytes).sum();
    FirstLoad { bytes, page: median(pages), bare: median(bares), files }
}
