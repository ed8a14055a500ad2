//! What storing costs: an edit of a large article with both stores and with none, and the opening of ten thousand articles
//! beside an empty page. Ratios within one run; prints a table, and fails nothing.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use standpoint_durability::{Browser, End, Make, Random, Site, Tab, until};

const ARTICLES: usize = 10_000;
const ANNOTATIONS: usize = 30;
const WORDS: usize = 100_000;
const SPANS: usize = 10_000;
const EDITS: usize = 40;
/// Milliseconds after a key in which what it causes is counted.
const WINDOW: u32 = 250;
const OPENINGS: usize = 7;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let site = Site::start(runtime.handle());
    site.add("/empty.html", "<!DOCTYPE html><meta charset=utf-8><title>Empty</title><p>Nothing here.</p>");
    site.add("/large.json", large_article());
    let folder = std::env::temp_dir().join(format!("standpoint-measure-{}", std::process::id()));
    println!("| what | ms |\n|---|---|");
    edits(&site, &folder);
    opening(&site, &folder);
    let _ = std::fs::remove_dir_all(&folder);
}

/// Keys that tag a word of a long article: how long the page is busy with one, with its stores and without, in turn, since
/// what else the machine does weighs more than the storing.
fn edits(site: &Site, folder: &Path) {
    let (stored, denied) = (Typist::start(site, &profile(folder, "stored")), Typist::start(site, &denying(profile(folder, "denied"))));
    let pairs: Vec<(Edit, Edit)> = (0..EDITS).map(|_| (stored.tag(), denied.tag())).collect();
    row("one tag, 100,000 words, 10,000 spans, both stores: page busy", median(pairs.iter().map(|(with, _)| with.busy).collect()));
    row("the same with every store denied", median(pairs.iter().map(|(_, without)| without.busy).collect()));
    row(
        "storing, of one edit: median of the differences (goal 5)",
        median(pairs.iter().map(|(with, without)| with.busy - without.busy).collect()),
    );
    row("from the key to “saved”", median(pairs.iter().map(|(with, _)| with.saved).collect()));
    row("longest task over 50 while the second copy is written, after a pause (0: none)", stored.longest_pause());
    stored.end();
    denied.end();
}

/// A page with a long article, in which somebody tags words.
struct Typist {
    browser: Browser,
    tab: Tab,
}

/// Milliseconds of one edit.
struct Edit {
    busy: f64,
    saved: f64,
}

impl Typist {
    fn start(site: &Site, profile: &Path) -> Self {
        let browser = Browser::start(Make::Chromium, profile);
        let tab = browser.open_tab();
        browser.navigate(&tab, &format!("{}/?project=/large.json&annotator=me", site.origin()));
        painted(&browser, &tab, ARTICLE);
        browser.evaluate(&tab, TYPIST);
        Self { browser, tab }
    }

    fn tag(&self) -> Edit {
        let script = format!(
            "for (let step = 0; step < 3; step++) {{ press('ArrowRight'); await idle(); }}
             const revision = document.documentElement.dataset.revision, start = performance.now(), watched = watch({WINDOW});
             press('s');
             const done = settled().then(() => performance.now() - start);
             const busy = await watched, saved = await done;
             press('Escape'); press('Escape'); await idle();
             return {{ busy, saved, tagged: document.documentElement.dataset.revision !== revision }};"
        );
        let times = self.browser.evaluate(&self.tab, &script);
        assert_eq!(times["tagged"], json!(true), "the key tagged nothing: {times}");
        let of = |name: &str| times[name].as_f64().expect("a time");
        Edit { busy: of("busy"), saved: of("saved") }
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

/// A project of ten thousand articles and 300,000 annotations, opened beside an empty page.
fn opening(site: &Site, folder: &Path) {
    let profile = profile(folder, "corpus");
    let browser = Browser::start(Make::Chromium, &profile);
    let tab = browser.open_tab();
    browser.navigate(&tab, &format!("{}/empty.html", site.origin()));
    until("the empty page", || match browser.try_evaluate(&tab, "return document.title") {
        Ok(title) if title == "Empty" => Ok(()),
        other => Err(format!("{other:?}")),
    });
    let words = seed_words();
    let (mut random, step) = (Random::new(1, "corpus"), 250);
    for first in (0..ARTICLES).step_by(step) {
        let texts: Vec<String> = (first..first + step).map(|_| text_of(5_000, &words, &mut random)).collect();
        browser.evaluate(&tab, &format!("const texts = {}, first = {first}, each = {ANNOTATIONS};\n{FILL}", json!(texts)));
    }
    let page = format!("{}/", site.origin());
    browser.navigate(&tab, &page);
    let first = painted(&browser, &tab, ARTICLE);
    // The cards are made at the first opening.
    until("the cards", || match browser.evaluate(&tab, CARDS).as_u64() {
        Some(cards) if cards as usize == ARTICLES => Ok(()),
        other => Err(format!("{other:?} of {ARTICLES}")),
    });
    let (mut empty, mut open) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        browser.navigate(&tab, &format!("{}/empty.html", site.origin()));
        empty.push(painted(&browser, &tab, "p"));
        browser.navigate(&tab, &page);
        open.push(painted(&browser, &tab, ARTICLE));
    }
    row("10,000 articles, 300,000 annotations: navigation → painted (goal 1,500)", median(open));
    row("an empty page in the same run", median(empty));
    row("the first opening, which makes the cards", first);
    browser.end(End::Close);
}

/// The frame after the one with `selector`, in milliseconds since the navigation.
fn painted(browser: &Browser, tab: &Tab, selector: &str) -> f64 {
    let script = format!(
        "const frame = () => new Promise(done => requestAnimationFrame(done));
         while (!document.querySelector({selector:?})) await frame();
         await frame(); return performance.now()"
    );
    until("a painted page", || match browser.try_evaluate(tab, &script) {
        Ok(time) => time.as_f64().ok_or_else(|| time.to_string()),
        Err(why) => Err(why),
    })
}

const ARTICLE: &str = "article[data-article]";

const CARDS: &str = "const db = await new Promise((ok, no) => { const open = indexedDB.open('standpoint'); open.onsuccess = () => ok(open.result); open.onerror = no });
    return await new Promise(ok => { const count = db.transaction('rows').objectStore('rows').count(IDBKeyRange.bound('standpoint/card/', 'standpoint/card0'));
        count.onsuccess = () => { db.close(); ok(count.result) } })";

/// Puts articles and annotations into the database as the page would: sealed rows.
const FILL: &str = r#"
    const table = new Uint32Array(256).map((_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n >>> 0 });
    const ascii = text => text.replace(/[\u0080-\uffff]/g, unit => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0'));
    const seal = json => { json = ascii(json); let crc = 0xffffffff;
        for (let at = 0; at < json.length; at++) crc = table[(crc ^ json.charCodeAt(at)) & 255] ^ (crc >>> 8);
        return '1 ' + ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0') + ' ' + json };
    const stamps = { created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z', version: { x: 1 } };
    const record = (kind, content) => seal(JSON.stringify([{ kind, record: { ...content, ...stamps } }]));
    const hash = async text => [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))].map(byte => byte.toString(16).padStart(2, '0')).join('');
    const rows = first === 0 ? [['standpoint/1/corpus/r/project', record('project', { id: 'corpus', title: 'Ten thousand', description: '', guidelines: '' })]] : [];
    for (const [at, text] of texts.entries()) {
        const id = 'a' + String(first + at).padStart(5, '0');
        const metadata = { publisher: 'Agency', author: null, url: null, published: null, license: null, credit: null, extra: {} };
        rows.push([`standpoint/1/corpus/r/article/${id}`, record('article', { id, title: '', text, sha256: await hash(text), language: 'en', direction: 'auto', metadata, normalization: [], zones: [] })]);
        for (let n = 0; n < each; n++) rows.push([`standpoint/1/corpus/a/${id}/ana/${id}-${n}`,
            seal(JSON.stringify([id, 'ana', ['x', `${id}-${n}`, n % 3 ? 'speaker' : 'claim'], [[1, [0, 2], 1767225600000, 0, 2, [n * 150, n * 150 + 20]]]]))]);
    }
    const db = await new Promise((ok, no) => { const open = indexedDB.open('standpoint', 1);
        open.onupgradeneeded = () => open.result.createObjectStore('rows'); open.onsuccess = () => ok(open.result); open.onerror = no });
    const change = db.transaction('rows', 'readwrite'), store = change.objectStore('rows');
    for (const [key, value] of rows) store.put(value, key);
    await new Promise((ok, no) => { change.oncomplete = ok; change.onabort = no });
    db.close();
    if (first === 0) for (const [key, value] of [['last', 'corpus/'], ['annotator', 'ana'], ['toured', '1']]) localStorage.setItem('standpoint/' + key, value);
"#;

/// Words of the sample articles, which the measured texts are made of.
fn seed_words() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/project.json");
    let sample: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("the sample")).expect("JSON");
    let texts = sample["articles"].as_array().into_iter().flatten().filter_map(|article| article["text"].as_str());
    texts.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

/// A text of at least so many characters.
fn text_of(characters: usize, words: &[String], random: &mut Random) -> String {
    let mut text = String::new();
    while text.len() < characters {
        text.push_str(&words[random.below(words.len() as u64) as usize]);
        text.push(' ');
    }
    text.trim_end().to_owned()
}

/// A project of one article of 100,000 words in paragraphs, with 10,000 spans.
fn large_article() -> String {
    let words = seed_words();
    let mut random = Random::new(1, "large");
    let (mut text, mut starts) = (String::new(), Vec::with_capacity(WORDS));
    let mut length = 0;
    for at in 0..WORDS {
        let word = &words[random.below(words.len() as u64) as usize];
        let gap = if at % 120 == 119 { "\n\n" } else { " " };
        starts.push((length, length + word.chars().count()));
        length += word.chars().count() + gap.len();
        text.push_str(word);
        text.push_str(gap);
    }
    let spans = (0..SPANS).map(|n| {
        let (first, last) = (starts[n * 10], starts[(n * 10 + n % 4).min(WORDS - 1)]);
        json!({ "id": format!("s{n}"), "article": "large", "annotator": "me", "type": "speaker", "fragments": [{ "start": first.0, "end": last.1 }] })
    });
    let spans: Vec<Value> = spans.collect();
    json!({ "format": "standpoint", "version": 1, "project": { "id": "large", "title": "Large" }, "annotators": [{ "id": "me", "name": "Me" }],
        "articles": [{ "id": "large", "text": text }], "annotations": spans })
    .to_string()
}

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

fn row(what: &str, millis: f64) {
    println!("| {what} | {millis:.1} |");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}
