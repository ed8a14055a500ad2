//! Project files whose texts lie in files of their own.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};
use standpoint::edit::AnnotationStore;
use standpoint::format::native::{self, NotTheText, Reading, Remote, Texts, exact_text, path_below, read_with};
use standpoint::format::stored::{read_remote, write_remote};
use standpoint::model::*;
use standpoint::text::sha256_hex;

const TEXT: &str = "Raisi said “no”.";

fn file(articles: Value) -> String {
    json!({
        "format": "standpoint", "version": 1, "project": { "id": "team", "title": "Team" },
        "annotators": [{ "id": "ana", "name": "Ana" }],
        "assignments": [{ "article": "far", "annotator": "ana" }],
        "articles": articles,
        "annotations": [
            { "article": "far", "annotator": "ana", "type": "claim", "fragments": [{ "start": 11, "end": 15, "text": "“no”" }] },
            { "article": "near", "annotator": "ana", "type": "claim", "fragments": [{ "start": 0, "end": 3 }] }
        ],
        "progress": [{ "article": "far", "annotator": "ana", "status": "done" }]
    })
    .to_string()
}

fn far(href: &str) -> Value {
    json!({ "id": "far", "title": "Far", "text": { "href": href }, "sha256": sha256_hex(TEXT) })
}

fn both(href: &str) -> String {
    file(json!([far(href), { "id": "near", "text": "Yes." }]))
}

/// As of a host with everything under one address.
fn hosted(json: &str) -> Reading {
    let resolve = |href: &str| path_below(href).map(|path| Rc::from(format!("https://host/{path}")));
    read_with("project.json", json, Texts::Addresses(&resolve)).expect("a project")
}

fn problems(reading: &Reading) -> Vec<String> {
    reading.issues.iter().map(ToString::to_string).collect()
}

fn ids(store: &AnnotationStore) -> Vec<&str> {
    store.article_ids().iter().map(ArticleId::as_str).collect()
}

fn id(id: &str) -> ArticleId {
    ArticleId::new(id).expect("an id")
}

#[test]
fn what_belongs_to_a_text_elsewhere_waits_for_it() {
    let reading = hosted(&both("articles/far.txt"));
    assert_eq!(problems(&reading), Vec::<String>::new());
    assert_eq!(ids(&reading.store), ["near"]);
    assert_eq!(reading.places, [id("far"), id("near")]);
    let [remote] = &reading.remotes[..] else { panic!("one remote: {:?}", reading.remotes) };
    assert_eq!((&*remote.address, &*remote.card.label), ("https://host/articles/far.txt", "Far"));
    let work = remote.card.work_of(&AnnotatorId::new("ana").expect("an id"));
    assert_eq!((work.annotations, work.claims, work.status), (1, 1, Status::Done));
    let (records, issues) = remote.records(TEXT, &reading.store).expect("its text");
    assert!(issues.is_empty(), "{issues:?}");
    let whole = reading.store.merge(records).0.with_order(&reading.places);
    let inline = both("x").replace(r#"{"href":"x"}"#, &json!(TEXT).to_string());
    assert_eq!(whole, native::read("project.json", &inline).expect("a project").store, "it is what it would have been in one file");
}

#[test]
fn what_is_wrong_with_the_annotations_is_told_when_the_text_is_there() {
    let json = both("far.txt").replace(r#""start":11,"end":15"#, r#""start":0,"end":4"#);
    let reading = hosted(&json);
    let (records, issues) = reading.remotes[0].records(TEXT, &reading.store).expect("its text");
    assert_eq!(issues.len(), 1);
    assert!(issues[0].to_string().starts_with("“Far”, annotations[0].fragments[0]"), "{}", issues[0]);
    let whole = reading.store.merge(records).0;
    let spans: Vec<_> = whole.annotations(&id("far")).iter().filter_map(|annotation| annotation.span()).map(|span| span.hull()).collect();
    assert_eq!(spans.iter().map(|span| (span.start().get(), span.end().get())).collect::<Vec<_>>(), [(11, 15)], "found by its words");
}

#[test]
fn a_file_alone_tells_which_texts_it_lacks_and_loses_nothing_else() {
    let reading = native::read("project.json", &both("articles/far.txt")).expect("a project");
    assert_eq!(
        problems(&reading),
        ["project.json, articles[0].text: the text lies in another file, articles/far.txt: open the project by its address, or \
             together with that file (in a zip or a folder); left out"]
    );
    assert_eq!(ids(&reading.store), ["near"]);
    assert_eq!(reading.store.annotations(&id("near")).iter().count(), 1);
    assert!(reading.store.all_records().all(|(key, _)| key.article() != Some(&id("far"))), "nothing of it hangs in the air");
}

#[test]
fn texts_in_files_beside_it_are_as_if_they_stood_in_it() {
    let files = BTreeMap::from([("articles/far.txt", TEXT.as_bytes())]);
    let from = |path: &str| files.get(path).map(|bytes| bytes.to_vec()).ok_or_else(|| "there is no such file".to_owned());
    let reading = read_with("project.json", &both("./articles/far.txt"), Texts::Files(&from)).expect("a project");
    assert_eq!(problems(&reading), Vec::<String>::new());
    assert_eq!(ids(&reading.store), ["far", "near"]);
    let reading = read_with("project.json", &both("articles/other.txt"), Texts::Files(&from)).expect("a project");
    assert_eq!(
        problems(&reading),
        ["project.json, articles[0].text: the text can't be had: articles/other.txt: there is no such file; left out"]
    );
}

#[test]
fn only_places_beside_the_file_are_places_for_texts() {
    for (href, path) in [("a.txt", "a.txt"), ("./a/./b.txt", "a/b.txt"), ("a/../b.txt", "b.txt"), ("a//b.txt", "a/b.txt")] {
        assert_eq!(path_below(href).as_deref(), Some(path));
    }
    for href in [
        "",
        ".",
        "..",
        "../a.txt",
        "a/../../b.txt",
        "/etc/passwd",
        "//host/a",
        "javascript:alert(1)",
        "data:,x",
        "file:///etc/passwd",
        "https://other/a.txt",
        "C:\\a.txt",
        "a\\..\\..\\b",
        "a.txt?x",
        "a.txt#x",
        "a\n.txt",
    ] {
        assert_eq!(path_below(href), None, "{href}");
        let reading = hosted(&both(href));
        assert_eq!(problems(&reading).len(), 1, "{href}");
        assert!(problems(&reading)[0].starts_with("project.json, articles[0].text: "), "{:?}", problems(&reading));
        assert_eq!((ids(&reading.store), reading.remotes.len()), (vec!["near"], 0));
    }
}

#[test]
fn a_text_elsewhere_needs_its_hash() {
    for sha256 in [Value::Null, json!("12"), json!("z".repeat(64))] {
        let mut article = far("far.txt");
        article["sha256"] = sha256;
        let reading = hosted(&file(json!([article])));
        let said = "project.json, articles[0].sha256: a text in another file needs its SHA-256, 64 hex digits; left out";
        assert_eq!(problems(&reading)[0], said);
    }
    let mut article = far("far.txt");
    article["sha256"] = json!(sha256_hex(TEXT).to_uppercase());
    assert!(hosted(&file(json!([article]))).remotes[0].records(TEXT, &AnnotationStore::empty(header(), default_scheme())).is_ok());
}

fn header() -> ProjectHeader {
    ProjectHeader::untitled(ProjectId::new("p").expect("an id"))
}

#[test]
fn another_text_is_not_taken_and_common_reasons_are_named() {
    let hash = sha256_hex("one\ntwo\n");
    let why = |text: &[u8]| exact_text(text.to_vec(), &hash).expect_err("another text").to_string();
    assert_eq!(exact_text(b"one\ntwo\n".to_vec(), &hash), Ok("one\ntwo\n".to_owned()));
    assert_eq!(
        why("\u{feff}one\ntwo\n".as_bytes()),
        "the file is another text than the project says: it begins with a byte order mark, which the text has not"
    );
    assert_eq!(why(b"one\r\ntwo\r\n"), "the file is another text than the project says: its line ends were changed (CR LF and LF)");
    assert_eq!(why(b"else"), "the file is another text than the project says");
    assert_eq!(why(b"one\xff"), "the file is not UTF-8 text (byte 3)");
    let remote = &hosted(&both("far.txt")).remotes[0];
    let beside = AnnotationStore::empty(header(), default_scheme());
    assert_eq!(remote.records("else", &beside).err(), Some(NotTheText::Other("")));
}

#[test]
fn ids_that_come_twice_are_told_wherever_the_texts_lie() {
    let near = json!({ "id": "far", "text": "Else." });
    for articles in [json!([far("a.txt"), near]), json!([far("a.txt"), far("b.txt")])] {
        let reading = hosted(&file(articles));
        assert!(problems(&reading).contains(&"project.json, articles[1]: article far comes a second time; left out".to_owned()));
        assert_eq!((ids(&reading.store).len(), reading.remotes.len()), (0, 1));
    }
    let reading = hosted(&file(json!([{ "id": "far", "text": "Raisi said “no”." }, far("a.txt")])));
    assert_eq!((ids(&reading.store), reading.remotes.len()), (vec!["far"], 0));
}

#[test]
fn the_shape_of_a_text_is_checked_with_its_path() {
    for (text, why) in [
        (json!(1), "invalid type: integer `1`, expected a string, or an object with `href`"),
        (json!({}), "missing field `href`"),
        (json!({ "href": "a", "sha": "b" }), "unknown field `sha`, expected `href`"),
    ] {
        let json = file(json!([{ "id": "far", "text": text }]));
        let error = native::read("project.json", &json).expect_err("another shape").to_string();
        assert!(error.contains("articles[0].text") && error.ends_with(why), "{error}");
    }
}

#[test]
fn a_project_that_is_written_apart_comes_back_as_it_was() {
    let mut json: Value = serde_json::from_str(&both("x")).expect("JSON");
    json["articles"] = json!([{ "id": "Near", "text": "A." }, { "id": "near", "text": "Yes." }, { "id": "far", "text": TEXT }]);
    let store = native::read("project.json", &json.to_string()).expect("a project").store;
    let (json, texts) = native::write_apart(&store);
    assert_eq!(texts.keys().collect::<Vec<_>>(), ["articles/Near.txt", "articles/far.txt", "articles/near~2.txt"]);
    assert_eq!(native::text_paths(&json), texts.keys().cloned().collect());
    assert!(!json.contains(&json!(TEXT).to_string()), "no text is in it");
    let from = |path: &str| texts.get(path).map(|text| text.clone().into_bytes()).ok_or_else(|| "not there".to_owned());
    let reading = read_with("project.json", &json, Texts::Files(&from)).expect("a project");
    assert_eq!((problems(&reading), reading.store), (Vec::new(), store));
}

#[test]
fn projects_that_say_no_id_differ_by_their_texts() {
    let project = |text: &str| {
        let article = json!({ "id": "a", "text": { "href": "a.txt" }, "sha256": sha256_hex(text) });
        hosted(&json!({ "format": "standpoint", "version": 1, "articles": [article] }).to_string()).store.header().id.clone()
    };
    assert_ne!(project("one"), project("two"));
    assert_eq!(project("one"), project("one"));
}

#[test]
fn a_stored_remote_comes_back_as_it_was() {
    let remote = hosted(&both("far.txt")).remotes.remove(0);
    let stored = write_remote(&remote);
    assert!(stored.is_ascii());
    assert_eq!(read_remote(&remote.article, &stored), Ok(remote.clone()));
    assert!(read_remote(&id("other"), &stored).is_err());
    let bytes = stored.as_bytes();
    for at in (0..bytes.len()).step_by(7) {
        let mut spoilt = bytes.to_vec();
        spoilt[at] ^= 1;
        let read: Option<Remote> = String::from_utf8(spoilt).ok().and_then(|spoilt| read_remote(&remote.article, &spoilt).ok());
        assert_eq!(read, None, "byte {at}");
    }
}
