//! Searching texts: words by our own rules, regular expressions by the browser's.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use js_sys::{JsString, Object, Promise, Reflect, RegExp, Uint32Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Worker;

use super::listen::{after, pause};
use super::storage::{Extent, Storage};
use crate::model::ArticleId;
use crate::order::Gather;
use crate::session::{Findings, FoundIn, MOST_HITS, Search, State};
use crate::text::{Letters, Stretch, Text, Utf16Offset, find, is_grapheme_boundary, is_whole};

/// Milliseconds that a regular expression may take in one article.
const PATIENCE: u32 = 3_000;
/// Articles searched between two looks at whether somebody still waits.
const AT_A_TIME: usize = 64;

/// What the search finds in the open article, or in all. `heard` gets the number of articles done so far, and says whether to go
/// on; `None` where it did not. Articles that are not in memory are read for the search and not kept.
///
/// Fails where a regular expression is none, or takes too long, with a sentence that says so.
pub async fn find_all(
    search: &Search,
    state: impl Fn() -> Rc<State>,
    storage: &Storage,
    mut heard: impl FnMut(usize) -> bool,
) -> Result<Option<Findings>, String> {
    let now = state();
    let project = now.store.header().id.clone();
    let articles: Vec<ArticleId> = if search.everywhere { now.listed().to_vec() } else { now.article.iter().cloned().collect() };
    drop(now);
    let mut means = Means { search, letters: PageLetters::default(), worker: None };
    let mut findings = Findings::default();
    let mut left = MOST_HITS;
    for (n, some) in articles.chunks(AT_A_TIME).enumerate() {
        if n > 0 {
            pause(0).await;
        }
        let now = state();
        if now.store.header().id != project || !heard(n * AT_A_TIME) {
            return Ok(None);
        }
        let away: BTreeSet<ArticleId> = some
            .iter()
            .filter(|article| now.catalogue.is_unloaded(article) && !now.catalogue.elsewhere().contains(*article))
            .cloned()
            .gather();
        let stored = if away.is_empty() { None } else { storage.load(&project, Extent::Articles(&away)).await };
        for id in some {
            if now.catalogue.elsewhere().contains(id) {
                findings.elsewhere += 1;
                continue;
            }
            let store = if away.contains(id) { stored.as_ref().map(|stored| &stored.store) } else { Some(&now.store) };
            let Some((store, article)) = store.and_then(|store| Some((store, store.article(id)?))) else {
                findings.unread += 1;
                continue;
            };
            let mut hits = means.hits(&article.text, &article.label(), left + 1).await?;
            findings.more = hits.len() > left;
            hits.truncate(left);
            left -= hits.len();
            if !hits.is_empty() {
                findings.articles.push(FoundIn::new(article, store.layers(id).map(|layers| &**layers), &now.annotator, &hits));
            }
            if findings.more {
                return Ok(Some(findings));
            }
        }
    }
    Ok(heard(articles.len()).then_some(findings))
}

/// What it takes to search a text.
struct Means<'a> {
    search: &'a Search,
    letters: PageLetters,
    worker: Option<PatternWorker>,
}

impl Means<'_> {
    /// Up to `most` hits in one text, which is called `label`.
    async fn hits(&mut self, text: &Text, label: &str, most: usize) -> Result<Vec<Stretch>, String> {
        let query = &self.search.query;
        if !self.search.pattern {
            let mut hits = find(text, query, &mut self.letters);
            hits.truncate(most);
            return Ok(hits);
        }
        let worker = match &mut self.worker {
            Some(worker) => worker,
            none => none.insert(PatternWorker::new()?),
        };
        let flags = if query.case { "gmu" } else { "gimu" };
        let found = worker.ask(&query.words, flags, text.as_str(), most, label).await?;
        let offset = |at: u32| text.at_utf16(Utf16Offset::new(at)).filter(|offset| is_grapheme_boundary(text, *offset));
        let hits = found.chunks_exact(2).filter_map(|hit| Stretch::new(offset(hit[0])?, offset(hit[1])?));
        Ok(hits.filter(|hit| !query.whole || is_whole(text, *hit)).collect())
    }
}

/// A worker that tries regular expressions; ended when it is dropped.
struct PatternWorker(Worker);

impl Drop for PatternWorker {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

impl PatternWorker {
    fn new() -> Result<Self, String> {
        Worker::new("./find-worker.js").map(Self).map_err(|_| NO_WORKER.to_owned())
    }

    /// The beginnings and ends of up to `most` hits, in UTF-16 code units.
    async fn ask(&self, source: &str, flags: &str, text: &str, most: usize, label: &str) -> Result<Vec<u32>, String> {
        let question = Object::new();
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        let values: [(&str, JsValue); 4] =
            [("source", source.into()), ("flags", flags.into()), ("text", text.into()), ("most", most.into())];
        for (name, value) in values {
            let _ = Reflect::set(&question, &name.into(), &value);
        }
        let mut held = None;
        let answered = Promise::new(&mut |answer, _| {
            let late = {
                let answer = answer.clone();
                after(PATIENCE, move || drop(answer.call1(&JsValue::NULL, &JsValue::NULL)))
            };
            let heard = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| drop(answer.call1(&JsValue::NULL, &event)));
            self.0.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            self.0.set_onerror(Some(heard.as_ref().unchecked_ref()));
            held = Some((late, heard));
        });
        let _ = self.0.post_message(&question);
        let answer = JsFuture::from(answered).await.unwrap_or(JsValue::NULL);
        drop(held);
        if answer.is_null() {
            return Err(format!("This expression takes too long in “{label}”."));
        }
        let part = |name: &str| Reflect::get(&answer, &"data".into()).and_then(|data| Reflect::get(&data, &name.into())).ok();
        if let Some(hits) = part("hits").and_then(|hits| hits.dyn_into::<Uint32Array>().ok()) {
            return Ok(hits.to_vec());
        }
        // Engines begin with what everybody sees: "Invalid regular expression: /a(/: Unterminated group".
        let why = part("error").and_then(|error| error.as_string());
        let why = why.map(|why| why.rsplit(": ").next().unwrap_or_default().to_owned());
        Err(why.map_or_else(|| NO_WORKER.to_owned(), |why| format!("This is no regular expression: {}.", why.trim_end_matches('.'))))
    }
}

const NO_WORKER: &str = "Regular expressions can’t be tried: the file find-worker.js, which does it beside the page, could not be loaded.";

/// Canonical decomposition as the browser knows it.
#[derive(Default)]
struct PageLetters {
    known: BTreeMap<(char, bool), Rc<str>>,
    mark: Option<RegExp>,
}

impl Letters for PageLetters {
    fn parts(&mut self, letter: char, marks: bool) -> Rc<str> {
        if let Some(known) = self.known.get(&(letter, marks)) {
            return known.clone();
        }
        let mut parts = JsString::from(letter.to_string()).normalize("NFD");
        if !marks {
            let mark = self.mark.get_or_insert_with(|| RegExp::new(r"\p{M}", "gu"));
            parts = parts.replace_by_pattern(mark, "");
        }
        let parts: Rc<str> = String::from(parts).into();
        self.known.insert((letter, marks), parts.clone());
        parts
    }
}
