//! What other programs' files cost: a thousand brat documents in the page, and lines through the command line.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use standpoint_durability::Site;

use crate::document::Dice;
use crate::page::{Page, median};
use crate::subjects::CLOCK;

const DOCUMENTS: usize = 1_000;
const CHARACTERS: usize = 6_000;
/// Of each document; in each a speaker, a claim and a stance, and three roles.
const FRAMES: usize = 25;
/// Bytes that the command line reads.
const LINES: usize = 100_000_000;

/// Medians.
pub struct Importing {
    /// Milliseconds from the choice of the files until the dialog tells what they bring.
    pub told: f64,
    /// Milliseconds from the button until the list shows the articles.
    pub taken: f64,
    /// Megabytes of text, and of files, a second of processor time: training data to the same, to a format without tokens, and checked.
    pub converted: f64,
    pub plain: f64,
    pub validated: f64,
    /// The same files' size in megabytes.
    pub size: f64,
}

/// `program` is the command line's.
pub fn measure(site: &Site, folder: &Path, program: &Path, words: &[&str]) -> Importing {
    let documents: Vec<(String, String)> = (0..DOCUMENTS).map(|n| document(words, n)).collect();
    let mut times: Vec<(f64, f64)> = Vec::new();
    for _ in 0..3 {
        let page = Page::start(folder, &format!("importing-{}", times.len()), &[CLOCK]);
        page.go(&format!("{}/", site.origin()));
        page.wait("document.querySelector('article[data-article]') && 1");
        page.evaluate("globalThis.files = new DataTransfer()");
        for (first, some) in documents.chunks(50).enumerate() {
            let some = json!(some);
            page.evaluate(&format!(
                "for (const [n, [text, ann]] of {some}.entries()) {{ const name = 'doc' + ({first} * 50 + n);
                 files.items.add(new File([text], name + '.txt')); files.items.add(new File([ann], name + '.ann')) }}"
            ));
        }
        let told = page.number(
            "const input = document.querySelector('input[data-command=import]'); input.files = files.files;
             const began = performance.now(); input.dispatchEvent(new Event('change', { bubbles: true }));
             await bench.painted(() => document.querySelector('[data-told] b') && !document.querySelector('[data-command=accept-bring]').disabled);
             return performance.now() - began",
        );
        let seen = page.evaluate("return document.querySelector('[data-told]').textContent");
        assert!(
            seen.as_str().is_some_and(|seen| seen.contains(&format!("{DOCUMENTS} articles, {} annotations", 3 * FRAMES * DOCUMENTS))),
            "{seen}"
        );
        let taken = page.number(
            "const began = performance.now(); document.querySelector('[data-command=accept-bring]').click();
             await bench.painted(() => !document.querySelector('dialog') && / of 1,?002 /.test(document.querySelector('.left h2').textContent));
             return performance.now() - began",
        );
        times.push((told, taken));
        page.end();
    }
    let lines = folder.join("lines.jsonl");
    let brat = folder.join("brat");
    std::fs::create_dir_all(&brat).expect("a folder");
    for (n, (text, ann)) in documents.iter().enumerate() {
        std::fs::write(brat.join(format!("doc{n}.txt")), text).expect("written");
        std::fs::write(brat.join(format!("doc{n}.ann")), ann).expect("written");
    }
    run(program, &["convert", "--to", "training", "--out", &folder.display().to_string(), &brat.display().to_string()]);
    let made = std::fs::read_to_string(folder.join("training.jsonl")).expect("what the program wrote");
    // The same articles again and again, each time with other ids and words.
    let mut all = String::with_capacity(LINES + made.len());
    let mut round = 0;
    while all.len() < LINES {
        all.push_str(&made.replace("\"id\":\"doc", &format!("\"id\":\"r{round}doc")).replace("resist", &format!("r{round:05}")));
        round += 1;
    }
    std::fs::write(&lines, &all).expect("written");
    let path = lines.display().to_string();
    let rate = |arguments: &[&str]| all.len() as f64 / 1e6 / run(program, arguments);
    Importing {
        told: median(times.iter().map(|(told, _)| *told).collect()),
        taken: median(times.iter().map(|(_, taken)| *taken).collect()),
        converted: rate(&["convert", "--to", "training", "--out", &folder.display().to_string(), &path]),
        plain: rate(&["convert", "--to", "doccano", "--out", &folder.display().to_string(), &path]),
        validated: rate(&["validate", &path]),
        size: all.len() as f64 / 1e6,
    }
}

/// Runs the command line; returns the seconds of processor time that it took.
fn run(program: &Path, arguments: &[&str]) -> f64 {
    let script = "TIMEFORMAT='%U %S'; time \"$@\" > /dev/null 2> \"$0\"";
    let said = std::env::temp_dir().join(format!("standpoint-bench-said-{}", std::process::id()));
    let output = Command::new("bash").args(["-c", script]).arg(&said).arg(program).args(arguments).output().expect("a shell");
    let timed = String::from_utf8_lossy(&output.stderr);
    let seconds: Option<f64> = timed.split_whitespace().map(|time| time.replace(',', ".").parse::<f64>().ok()).sum();
    assert!(output.status.success(), "{arguments:?}: {}", std::fs::read_to_string(&said).unwrap_or_default());
    seconds.unwrap_or_else(|| panic!("no times in {timed}"))
}

/// A text of words in sentences, and what brat would have of it.
fn document(words: &[&str], n: usize) -> (String, String) {
    let mut dice = Dice(0x0b5e_55ed_0000_0001 + n as u64 * 77);
    let (mut text, mut ann) = (String::new(), String::new());
    let mut length = 0;
    let (mut span, mut event) = (0, 0);
    let step = CHARACTERS / FRAMES;
    for frame in 0..FRAMES {
        let mut places = Vec::new();
        for (label, count) in [("Speaker", 2), ("Claim", 8), ("Stance", 4)] {
            let start = length;
            let said: Vec<&str> = (0..count).map(|_| words[dice.below(words.len())]).collect();
            let said = said.join(" ");
            length += said.chars().count();
            span += 1;
            writeln!(ann, "T{span}\t{label} {start} {length}\t{said}").expect("a string takes all");
            places.push(span);
            text.push_str(&said);
            text.push(' ');
            length += 1;
        }
        event += 2;
        let [speaker, claim, stance] = places[..] else { unreachable!("three spans") };
        writeln!(ann, "E{}\tClaim:T{claim} Speaker:T{speaker}\nE{event}\tStance:T{stance} Holder:T{speaker} Target:T{claim}", event - 1)
            .expect("a string takes all");
        while length < (frame + 1) * step {
            let word = words[dice.below(words.len())];
            text.push_str(word);
            length += word.chars().count() + 1;
            text.push(if dice.below(80) == 0 { '\n' } else { ' ' });
        }
    }
    (text, ann)
}
