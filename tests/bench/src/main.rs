//! What the built page costs, in a real Chromium: `make bench`. Documents of three sizes beside a bare page and beside
//! recogito's text annotator, a project of ten thousand articles, the first load, and storing.
//!
//! Prints the tables and what of the budgets is met, writes them into `docs/performance.md`, and fails nothing: times on a
//! shared machine are no test. Only ratios within one run are to be trusted.
//!
//! `bench RECOGITO BARE PROGRAM CORE [PART…]`: the folder of recogito's package, the one of the built bare page, the command line, the
//! file of what `cargo bench` printed; with sizes or works named, only those are measured and printed.

mod corpus;
mod document;
mod first;
mod importing;
mod native;
mod page;
mod report;
mod storing;
mod subjects;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use standpoint_durability::Site;

use document::{SIZES, document};
use report::Run;
use subjects::{SUBJECTS, Subject};

const SEED: &str = include_str!("../../seeds/001_f575fd86f2f680c2.txt");

/// How often a work is timed.
const TIMES: usize = 9;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut path = |what: &str| arguments.next().map(PathBuf::from).unwrap_or_else(|| panic!("no path of {what} given"));
    let (recogito, bare, program, core) = (path("recogito"), path("the bare page"), path("the command line"), path("the core's benches"));
    let parts: Vec<String> = arguments.collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let site = Site::start(runtime.handle());
    let folder = std::env::temp_dir().join(format!("standpoint-bench-{}", std::process::id()));
    let documents = SIZES.map(|size| (size, document(SEED, size)));
    for (size, document) in &documents {
        subjects::serve(&site, &recogito, *size, document);
    }
    if parts.is_empty() {
        say("the first load");
        let first = first::measure(&site, &folder, &bare);
        let mut measured = BTreeMap::new();
        for (size, document) in &documents {
            for subject in SUBJECTS {
                say(&format!("{}: {}", size.name, subject.name()));
                measured.insert((*size, subject), subjects::measure(&site, &folder, subject, *size, document, TIMES));
            }
        }
        say("ten thousand articles");
        let corpus = corpus::measure(&site, &folder, &SEED.split_whitespace().collect::<Vec<_>>());
        say("storing");
        let storing = storing::measure(&site, &folder, SIZES[2]);
        say("other programs' files");
        let importing = importing::measure(&site, &folder, &program, &SEED.split_whitespace().collect::<Vec<_>>());
        let run = Run { importing, first, documents: measured, corpus, storing, native: native::read(&core) };
        let tables = run.tables();
        println!("{tables}");
        write(&tables);
    }
    for part in &parts {
        match part.as_str() {
            "first" => {
                let first = first::measure(&site, &folder, &bare);
                println!("{:?} bytes {} page {:.1} bare {:.1}", first.files, first.bytes, first.page, first.bare);
            }
            "corpus" => {
                let corpus = corpus::measure(&site, &folder, &SEED.split_whitespace().collect::<Vec<_>>());
                println!(
                    "painted {:.0} empty {:.0} first {:.0} filter {:.1} switch {:.1} find {:.0}",
                    corpus.painted, corpus.empty, corpus.first, corpus.filter, corpus.switch, corpus.find
                );
            }
            "importing" => {
                let importing = importing::measure(&site, &folder, &program, &SEED.split_whitespace().collect::<Vec<_>>());
                println!(
                    "told {:.0} taken {:.0}; of {:.0} MB, MB/s: to training {:.1} to doccano {:.1} validated {:.1}",
                    importing.told, importing.taken, importing.size, importing.converted, importing.plain, importing.validated
                );
            }
            "storing" => {
                let storing = storing::measure(&site, &folder, SIZES[2]);
                println!(
                    "stored {:.1} denied {:.1} difference {:.1} pause {:.1}",
                    storing.stored, storing.denied, storing.difference, storing.pause
                );
            }
            "native" => {
                native::read(&core).iter().for_each(|native| println!("{} {:?} {:.1}", native.name, native.medians, native.growth()))
            }
            part => {
                for (size, document) in documents.iter().filter(|(size, _)| part.starts_with(size.name)) {
                    for subject in SUBJECTS.into_iter().filter(|subject| part.len() == 1 || part.ends_with(short(*subject))) {
                        let measured = subjects::measure(&site, &folder, subject, *size, document, TIMES);
                        print!("{}", measured.summary(&format!("{} {}", size.name, subject.name())));
                    }
                }
            }
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
}

fn short(subject: Subject) -> &'static str {
    match subject {
        Subject::Floor => "floor",
        Subject::RecogitoSpans => "spans",
        Subject::RecogitoHighlights => "highlights",
        Subject::Standpoint => "own",
    }
}

fn say(what: &str) {
    eprintln!("measuring: {what}");
}

/// Puts the tables between the marks in the document.
fn write(tables: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/performance.md");
    let document = std::fs::read_to_string(&path).expect("docs/performance.md");
    let (before, rest) = document.split_once(BEGIN).expect("the mark where the tables begin");
    let (_, after) = rest.split_once(END).expect("the mark where they end");
    std::fs::write(&path, format!("{before}{BEGIN}\n\n{tables}\n{END}{after}")).expect("docs/performance.md can be written");
}

const BEGIN: &str = "<!-- written by make bench: begin -->";
const END: &str = "<!-- written by make bench: end -->";
