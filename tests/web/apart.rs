//! Articles whose texts are not on this device: what is known of them waits in rows of their own.

use std::collections::BTreeMap;
use std::rc::Rc;

use standpoint::browser::{Extent, Loaded, Storage};
use standpoint::edit::AnnotationStore;
use standpoint::format::native::{Reading, Remote, Texts, read_with};
use standpoint::format::stored::{Place, remote_prefix, write_one, write_remote};
use standpoint::model::*;
use standpoint::session::{Action, Elsewhere};
use standpoint::text::sha256_hex;
use wasm_bindgen_test::wasm_bindgen_test;

use super::both_stores::{Tab, empty_stores};
use super::page::*;

const TEXT: &str = "Raisi said no.";

fn id() -> ProjectId {
    ProjectId::new("apart").expect("an id")
}

fn far() -> ArticleId {
    ArticleId::new("far").expect("an id")
}

fn hosted() -> Reading {
    let json = format!(
        r#"{{"format":"standpoint","version":1,"project":{{"id":"apart","title":"Apart"}},
        "articles":[{{"id":"x","title":"X","text":{{"href":"x.txt"}},"sha256":"{hash}"}},{{"id":"far","title":"Far","text":{{"href":"far.txt"}},"sha256":"{hash}"}},{{"id":"near","text":"Yes."}}],
        "annotations":[{{"article":"far","annotator":"ben","type":"speaker","fragments":[{{"start":0,"end":5,"text":"Raisi"}}]}}]}}"#,
        hash = sha256_hex(TEXT)
    );
    // Nobody answers there.
    let resolve = |href: &str| Some(Rc::from(format!("http://127.0.0.1:9/{href}")));
    read_with("project.json", &json, Texts::Addresses(&resolve)).expect("a project")
}

fn opened(storage: &Rc<Storage>, loaded: Loaded, saved: bool) -> Tab {
    let Loaded { store, rest, debts, remotes, .. } = loaded;
    let tab = Tab::open(storage, store.clone(), "r1");
    tab.saver.expect(remotes);
    tab.act(Action::Open { store, article: ArticleId::new("near"), saved, unexported: 0, rest });
    tab.saver.turn_to(debts);
    tab
}

async fn at_desk() -> Tab {
    let storage = empty_stores().await;
    let reading = hosted();
    let elsewhere = Elsewhere::of(&reading);
    opened(&storage, Loaded::hosted(reading.store, &elsewhere), false)
}

async fn keys() -> Vec<String> {
    stored_rows().await.into_iter().map(|(key, _)| key).filter(|key| key.contains("/apart/")).collect()
}

fn has(keys: &[String], key: &str) -> bool {
    keys.iter().any(|other| other == key)
}

#[wasm_bindgen_test]
async fn what_waits_for_a_text_is_stored_and_found_again_in_its_order() {
    let tab = at_desk().await;
    tab.settled().await;
    let stored = keys().await;
    assert!(has(&stored, "standpoint/elsewhere/apart/far") && !has(&stored, "standpoint/1/apart/r/article/far"), "{stored:?}");
    clear_storage();
    let again = tab.storage.load(&id(), Extent::Desk(None)).await.expect("the project");
    assert_eq!(again.rest.elsewhere.iter().collect::<Vec<_>>(), [&far(), &ArticleId::new("x").expect("an id")]);
    assert_eq!(again.rest.places, hosted().places);
    let remotes: Vec<Remote> = again.remotes.known.values().map(|remote| (**remote).clone()).collect();
    let mut expected = hosted().remotes;
    expected.sort_by(|a, b| a.article.cmp(&b.article));
    assert_eq!(remotes, expected);
    assert!(again.remotes.unstored.is_empty());
}

#[wasm_bindgen_test]
async fn a_text_that_came_is_stored_with_what_waited_for_it_and_the_row_goes() {
    let tab = at_desk().await;
    tab.settled().await;
    let missing = tab.saver.need([far()]).await;
    assert!(missing.told().ends_with("is not on this device yet; it comes with a network."), "{}", missing.told());
    assert!(tab.state().store.article(&far()).is_none() && tab.state().catalogue.elsewhere().contains(&far()));
    let missing = tab.saver.need_with([far()], &BTreeMap::from([(far(), Rc::from(TEXT))])).await;
    assert!(missing.is_empty());
    assert_eq!(tab.state().store.annotations(&far()).len(), 1);
    assert!(!tab.state().catalogue.elsewhere().contains(&far()));
    tab.settled().await;
    wait_until_stored("standpoint/1/apart/r/article/far").await;
    let stored = keys().await;
    assert!(!has(&stored, "standpoint/elsewhere/apart/far") && has(&stored, "standpoint/card/apart/far"), "{stored:?}");
    clear_storage();
    let again = Storage::open();
    again.connect().await;
    let again = again.load(&id(), Extent::Desk(None)).await.expect("the project");
    assert_eq!((again.store.annotations(&far()).len(), again.rest.elsewhere.len()), (1, 1));
    let ids: Vec<&str> = again.rest.places.iter().map(ArticleId::as_str).collect();
    assert_eq!(ids, ["x", "far", "near"]);
}

#[wasm_bindgen_test]
async fn a_page_that_ended_between_text_and_annotations_loses_none() {
    let storage = empty_stores().await;
    let reading = hosted();
    let remote = reading.remotes.iter().find(|remote| remote.article == far()).expect("a remote");
    let (records, _) = remote.records(TEXT, &reading.store).expect("its text");
    let (key, record) = records.iter().find(|(key, _)| key.kind() == RecordKind::Article).expect("the article");
    put_row(&Place::Record(key.clone()).key(&id()), &write_one(key, record)).await;
    put_row(&format!("{}far", remote_prefix(&id())), &write_remote(remote)).await;
    let loaded = storage.load(&id(), Extent::Desk(None)).await.expect("the project");
    assert_eq!(loaded.store.annotations(&far()).len(), 1);
    assert!(loaded.rest.elsewhere.is_empty() && loaded.debts.owed.iter().any(|key| key.kind() == RecordKind::Annotation));
}

async fn wait_until_stored(key: &str) {
    while !has(&keys().await, key) {
        wait_a_little().await;
    }
}

/// So that a change of it is noticed here.
#[wasm_bindgen_test]
fn the_excerpt_alone_gives_the_records() {
    let remote = &hosted().remotes[1];
    let beside = AnnotationStore::empty(ProjectHeader::untitled(id()), default_scheme());
    assert_eq!(remote.records(TEXT, &beside).expect("its text").0.len(), 2);
}
