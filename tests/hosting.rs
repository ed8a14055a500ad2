//! What a host says of a project, edition after edition, and the copies that people work on; and whose page load is on which device.

#![cfg(not(target_arch = "wasm32"))]

use serde_json::{Value, json};
use standpoint::edit::AnnotationStore;
use standpoint::format::native;
use standpoint::model::*;

fn read(project: &Value) -> AnnotationStore {
    let reading = native::read("project.json", &project.to_string()).expect("a project");
    assert_eq!(reading.issues.len(), 0, "{:?}", reading.issues.iter().map(ToString::to_string).collect::<Vec<_>>());
    reading.store
}

/// A project as somebody writes it by hand.
fn edition(guidelines: &str) -> Value {
    json!({ "format": "standpoint", "version": 1, "project": { "id": "team", "title": "Team", "guidelines": guidelines },
        "articles": [{ "id": "a", "title": "A", "text": "Raisi said no." }] })
}

fn guidelines(store: &AnnotationStore) -> &str {
    &store.header().guidelines
}

fn conflicts(store: &AnnotationStore) -> usize {
    store.all_records().map(|(_, record)| record.conflicts.len()).sum()
}

fn visit(copy: &AnnotationStore, host: &Value) -> AnnotationStore {
    copy.merge_copy(&copy.hosted(&read(host))).0
}

#[test]
fn editions_by_hand_follow_each_other_back_and_forth() {
    let [one, two] = ["first", "second"].map(edition);
    let copy = read(&one);
    let copy = visit(&copy, &two);
    assert_eq!((guidelines(&copy), conflicts(&copy)), ("second", 0));
    assert_eq!(visit(&copy, &two), copy, "the same edition says nothing new");
    let copy = visit(&copy, &one);
    assert_eq!((guidelines(&copy), conflicts(&copy)), ("first", 0), "what was said before can be said again");
    let late = visit(&read(&two), &one);
    let both = copy.merge_copy(&late).0;
    assert_eq!(guidelines(&both), "first");
}

#[test]
fn an_edition_that_kept_its_versions_counts_too() {
    let mut project = edition("first");
    project["project"]["version"] = json!({ "7f3a00112233": 4 });
    let copy = read(&project);
    project["project"]["guidelines"] = json!("second");
    let copy = visit(&copy, &project);
    assert_eq!((guidelines(&copy), conflicts(&copy)), ("second", 0));
    project["project"]["guidelines"] = json!("third");
    let copy = visit(&copy, &project);
    assert_eq!((guidelines(&copy), conflicts(&copy)), ("third", 0));
    assert_eq!(visit(&copy, &project), copy);
}

#[test]
fn what_a_page_has_changed_is_not_overtaken() {
    let mut mine = edition("mine");
    mine["project"]["version"] = json!({ "7f3a00112233445566": 1 });
    let copy = visit(&read(&mine), &edition("theirs"));
    assert_eq!(conflicts(&copy), 1, "both are kept");
}

#[test]
fn the_text_of_an_article_is_never_overtaken() {
    let copy = read(&edition("first"));
    let mut host = edition("first");
    host["articles"][0]["text"] = json!("Raisi said yes.");
    let copy = visit(&copy, &host);
    let article = ArticleId::new("a").expect("an id");
    let versions = copy.record(&RecordKey::Article(article)).map_or(0, |record| record.versions().count());
    assert_eq!(versions, 2, "neither text is lost");
}

#[test]
fn under_another_id_all_else_is_the_same() {
    let store = read(&edition("first"));
    let id = ProjectId::new("team-2").expect("an id");
    let other = store.under(id.clone());
    assert_eq!(other.header().id, id);
    assert_eq!(other.under(store.header().id.clone()), store);
}

#[test]
fn a_page_load_says_on_which_device_it_was() {
    let device = |name: &str| Replica::new(name).and_then(|replica| replica.device().map(str::to_owned));
    assert_eq!(device("7f3a00112233445566").as_deref(), Some("7f3a00"));
    assert_eq!(device("7f3a00112233445566.12").as_deref(), Some("7f3a00"), "a branch is on the same");
    assert_eq!(device("7f3a00112233445"), None, "pages of before named none");
    assert_eq!(device("i-0123456789abcdef"), None);
    assert_eq!(device("sample"), None);
}

#[test]
fn work_from_another_device_is_counted() {
    let mut project = edition("first");
    project["annotators"] = json!([{ "id": "ana", "name": "Ana" }]);
    let annotation = |start: usize, version: Value| json!({ "article": "a", "annotator": "ana", "type": "speaker", "fragments": [{ "start": start, "end": start + 2 }], "version": version });
    let (own, other) = ("aaaaaa112233445566", "bbbbbb112233445566");
    project["annotations"] = json!([
        annotation(0, json!({ own: 1 })),
        annotation(1, json!({ "i-0123456789abcdef": 1 })),
        annotation(2, json!({ "112233445566778": 1 })),
        annotation(3, json!({ other: 1 })),
        annotation(4, json!({ other: 1, own: 2 })),
    ]);
    let store = read(&project);
    let count = |annotator: &str, replica: &str| {
        store.from_elsewhere(&AnnotatorId::new(annotator).expect("an id"), &Replica::new(replica).expect("an id"))
    };
    assert_eq!(count("ana", "aaaaaa998877665544"), 2);
    assert_eq!(count("ana", "bbbbbb998877665544"), 2);
    assert_eq!(count("ana", "cccccc998877665544"), 3);
    assert_eq!(count("bo", own), 0);
}
