//! What is said when stored values can't be read.

use standpoint::edit::AnnotationStore;
use standpoint::format::stored::{Gathered, Holdings, Row, gather};
use standpoint::session::damage;

use crate::common::*;

fn project() -> AnnotationStore {
    picture("[The minister|speaker] said “[we win|claim]”.").by("ana").onto(&empty_store())
}

/// What is said of a project whose stores hold these rows.
fn said(database: Vec<Row>, local: Option<Vec<Row>>) -> Vec<String> {
    let store = project();
    let holdings = Holdings { database: Some(database), local, listed: Vec::new() };
    let Gathered { store, spoilt, .. } = gather(&store.header().id, holdings).expect("a project");
    damage(&spoilt, &store)
}

/// The rows, those whose key has `part` in it as `change` makes them.
fn with(rows: Vec<Row>, part: &str, change: fn(&str) -> String) -> Vec<Row> {
    let changed: Vec<Row> =
        rows.iter().map(|(key, value)| (key.clone(), if key.contains(part) { change(value) } else { value.clone() })).collect();
    assert_ne!(changed, rows, "there is none");
    changed
}

fn flip(value: &str) -> String {
    format!("{}?", &value[..value.len() - 1])
}

fn newer(value: &str) -> String {
    format!("2{}", &value[1..])
}

#[test]
fn sound_rows_are_nothing_to_talk_of() {
    let store = project();
    assert_eq!(said(database_rows(&store), Some(local_rows(&store))), Vec::<String>::new());
}

#[test]
fn what_has_another_copy_is_not_said_to_be_missing() {
    let store = project();
    let one = [
        "One of two copies was damaged (1 annotator’s layer on “\u{2068}The minister said “we win”.\u{2069}”). It was put aside, and the other copy used.",
    ];
    assert_eq!(said(database_rows(&store), Some(with(local_rows(&store), "/a/a/ana", flip))), one);
    let two = [
        "One of two copies was damaged (2 annotations on “\u{2068}The minister said “we win”.\u{2069}”). It was put aside, and the other copy used.",
    ];
    assert_eq!(said(with(database_rows(&store), "/a/a/ana/", flip), Some(local_rows(&store))), two);
}

#[test]
fn what_both_stores_lost_is_missing_and_no_other_copy_is_claimed() {
    let store = project();
    let id = store.annotations(&article_id("a")).iter().next().expect("an annotation").id.clone();
    let (database, local) = (with(database_rows(&store), &format!("/a/a/ana/{id}"), flip), with(local_rows(&store), "/a/a/ana", flip));
    let one = [
        "Missing here: 1 annotation on “\u{2068}The minister said “we win”.\u{2069}”. It is damaged, and was put aside; the recovery page can save what is left of it.",
    ];
    assert_eq!(said(database, Some(local)), one);
    let all = "Missing here: 2 annotations on “\u{2068}The minister said “we win”.\u{2069}”. It is damaged, and was put aside; the recovery page can save what is left of it.";
    let (database, local) = (with(database_rows(&store), "/a/a/ana/", flip), with(local_rows(&store), "/a/a/ana", flip));
    assert_eq!(said(database.clone(), Some(local)), [all]);
    assert_eq!(said(database, None), [all]);
    let layer = "Missing here: 1 annotator’s layer on “\u{2068}The minister said “we win”.\u{2069}”. It is damaged, and was put aside; the recovery page can save what is left of it.";
    let general: Vec<Row> = database_rows(&store).into_iter().filter(|(key, _)| !key.contains("/a/a/")).collect();
    assert_eq!(said(general, Some(with(local_rows(&store), "/a/a/ana", flip))), [layer]);
}

#[test]
fn what_a_newer_version_wrote_is_no_damage() {
    let store = project();
    let rows = with(with(database_rows(&store), "/a/a/ana/", newer), "/r/article/", flip);
    let article = "One of two copies was damaged (the article “\u{2068}The minister said “we win”.\u{2069}”). It was put aside, and the other copy used.";
    let left = "A newer version of this page wrote what this one can’t read (2 annotations on “\u{2068}The minister said “we win”.\u{2069}”). It was left as it is: open the newer page to see it.";
    assert_eq!(said(rows.clone(), Some(local_rows(&store))), [article, left]);
    // Of a key that nobody here knows there is no more to say than that it is there.
    let unknown = format!("standpoint/1/{}/z/more", store.header().id);
    let mut rows = database_rows(&store);
    rows.push((unknown, "1 00000000 {}".to_owned()));
    let other = "A newer version of this page wrote what this one can’t read (1 value of an unknown kind). It was left as it is: open the newer page to see it.";
    assert_eq!(said(rows, None), [other]);
}
