//! A project of ten thousand articles and 300,000 annotations: opened, filtered, walked.

use std::path::Path;

use serde_json::json;
use standpoint_durability::Site;

use crate::document::Dice;
use crate::page::{Page, median};
use crate::subjects::CLOCK;

const ARTICLES: usize = 10_000;
/// Characters of an article's text, and its annotations.
const CHARACTERS: usize = 5_000;
const ANNOTATIONS: usize = 30;
const OPENINGS: usize = 7;

/// Medians, in milliseconds.
pub struct Corpus {
    /// From the navigation until the list is painted; the same of an empty page.
    pub painted: f64,
    pub empty: f64,
    /// The first opening, which makes the cards of the list.
    pub first: f64,
    pub filter: f64,
    pub switch: f64,
    /// From the last letter of a word until its places in all articles are painted; waiting for further letters is in it.
    pub find: f64,
}

pub fn measure(site: &Site, folder: &Path, words: &[&str]) -> Corpus {
    site.add("/empty.html", "<!DOCTYPE html><meta charset=utf-8><link rel=icon href=data:><title>Empty</title><p>Nothing here.</p>");
    let page = Page::start(folder, "corpus", &[CLOCK, SUBJECT]);
    let (open, empty) = (format!("{}/", site.origin()), format!("{}/empty.html", site.origin()));
    page.go(&empty);
    page.wait("document.title === 'Empty' || null");
    let mut dice = Dice(0x0c0f_fee0_1234_5678);
    let step = 250;
    for first in (0..ARTICLES).step_by(step) {
        let texts: Vec<String> = (0..step).map(|_| text(words, &mut dice)).collect();
        page.evaluate(&format!("const texts = {}, first = {first}, each = {ANNOTATIONS};\n{FILL}", json!(texts)));
    }
    let list =
        "await bench.painted(() => document.querySelector('article[data-article]') && document.querySelector('[data-open-article]'))";
    page.go(&open);
    let first = page.wait(list).as_f64().expect("a time");
    // The cards are made at the first opening.
    page.wait(&format!("await (async () => {{ {CARDS} }})() === {ARTICLES} || null"));
    let (mut empties, mut opens) = (Vec::new(), Vec::new());
    for _ in 0..OPENINGS {
        page.go(&empty);
        empties.push(page.wait("await bench.painted(() => document.querySelector('p'))").as_f64().expect("a time"));
        page.go(&open);
        opens.push(page.wait(list).as_f64().expect("a time"));
    }
    page.evaluate("await bench.settled(); await bench.idle()");
    let filter = median((0..24).map(|n| page.time("filter", n).shown).collect());
    page.evaluate("subject.type('')");
    let switch = median((0..15).map(|n| page.time("switch", n).shown).collect());
    page.evaluate("await subject.look()");
    let find = median((0..3).map(|n| page.time("find", n).shown).collect());
    page.end();
    Corpus { painted: median(opens), empty: median(empties), first, filter, switch, find }
}

/// A text of at least so many characters.
fn text(words: &[&str], dice: &mut Dice) -> String {
    let mut text = String::new();
    while text.len() < CHARACTERS {
        text.push_str(words[dice.below(words.len())]);
        text.push(' ');
    }
    text.trim_end().to_owned()
}

/// Types the beginnings of articles' names into the filter, clears it again, goes from article to article, and looks for words.
const SUBJECT: &str = r#"{
    const shown = () => [...document.querySelectorAll("[data-open-article]")].map((item) => item.dataset.openArticle).join();
    let before, names, wanted;
    const type = (text) => {
        const field = document.querySelector("input.search");
        field.value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    // Opens the search in all articles.
    const look = async () => {
        document.querySelector("[data-command=find]").click();
        await bench.painted(() => document.querySelector("[data-find=everywhere]"));
        document.querySelector("[data-find=everywhere]").click();
    };
    const said = () => document.querySelector("[data-found=done]")?.textContent ?? "";
    globalThis.subject = { type, look, steps: {
        find: {
            async before(n) { wanted = ["ahmadian", "nakhala", "extinction"][n] },
            act: () => {
                const field = document.querySelector("[data-find=words]");
                field.value = wanted;
                field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            },
            shown: () => said() && document.querySelector(".hits mark")?.textContent.toLowerCase() === wanted,
        },
        filter: {
            async before(n) {
                names ??= [...document.querySelectorAll("[data-open-article] b")].map((name) => name.textContent);
                // What is left by a name's beginning, and all of them again.
                wanted = n % 2 ? "" : names[n].slice(0, 8);
                before = shown();
            },
            act: () => type(wanted),
            shown: () => shown() !== before,
        },
        switch: {
            async before(n) {
                const items = [...document.querySelectorAll("[data-open-article]")];
                wanted = items[(n * 37 + 11) % items.length];
            },
            act: () => wanted.click(),
            shown: () => document.querySelector(`article[data-article="${wanted.dataset.openArticle}"] [data-annotations]`),
        },
    } };
}"#;

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
