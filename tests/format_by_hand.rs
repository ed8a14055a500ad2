//! Files written by hand, which leave out what can be known otherwise, and how a written file looks.

#![cfg(not(target_arch = "wasm32"))]

mod format_pictures;

use format_pictures::{annotated, article, found, picture, project, reading};
use serde_json::json;
use standpoint::edit::AnnotationStore;
use standpoint::format::native::{read, write};
use standpoint::model::*;

const MINIMAL: &str = r#"{
  "format": "standpoint", "version": 1,
  "articles": [{ "id": "a", "text": "“Nein”, sagte sie." }],
  "annotations": [
    { "article": "a", "type": "claim", "fragments": [{ "start": 0, "end": 6 }] },
    { "article": "a", "type": "cue", "fragments": [{ "start": 8, "end": 13 }] }
  ]
}"#;

fn replicas(reading: &standpoint::format::native::Reading) -> Vec<String> {
    reading
        .store
        .all_records()
        .flat_map(|(_, record)| {
            record.current.version.entries().iter().map(|(replica, number)| format!("{replica} {number}")).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn a_minimal_file_gets_everything_it_leaves_out() {
    let reading = read("my articles.standpoint.json", MINIMAL).expect("a file of the right shape");
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(picture(&reading), "[“Nein”|claim], [sagte|cue] sie.");
    let store = &reading.store;
    assert_eq!(&*store.header().title, "my articles.standpoint");
    // printf '“Nein”, sagte sie.' | sha256sum
    assert_eq!(store.header().id.as_str(), "p-6e97ae38d9a5030c");
    assert_eq!(**store.scheme(), default_scheme());
    let annotation = store.annotations(&ArticleId::new("a").expect("an id")).iter().next().expect("an annotation");
    assert_eq!(annotation.annotator.as_str(), "file");
    assert!(annotation.id.as_str().len() == 18 && annotation.id.as_str().starts_with("f-"), "{}", annotation.id);
    assert_eq!(annotation.origin, Origin::manual());
    let replicas = replicas(&reading);
    assert!(
        replicas.len() == 3 && replicas.iter().all(|replica| replica.starts_with("i-") && replica.len() == 20 && replica.ends_with(" 1")),
        "{replicas:?}"
    );
    assert!(
        store
            .all_records()
            .all(|(_, record)| record.current.created == Timestamp::unknown() && record.current.modified == Timestamp::unknown())
    );
}

#[test]
fn the_same_file_read_twice_merges_with_itself() {
    let first = read("x.json", MINIMAL).expect("a file of the right shape").store;
    let second = read("y.json", &MINIMAL.replace('\n', " ")).expect("a file of the right shape").store;
    let (merged, changed) = first.merge_copy(&second);
    assert!(changed.is_empty());
    assert_eq!(merged, first);
}

#[test]
fn other_content_is_another_version() {
    let version = |note: &str| {
        let annotation = json!([{ "id": "n", "article": "a", "type": "cue", "fragments": [{ "start": 0, "end": 1 }], "note": note }]);
        let reading = annotated("No.", annotation);
        replicas(&reading)
    };
    assert_eq!(version("x"), version("x"));
    assert_ne!(version("x").last(), version("y").last());
}

#[test]
fn words_that_are_given_or_left_out_make_the_same_annotation() {
    let with = annotated(
        "No.",
        json!([{ "article": "a", "type": "cue", "fragments": [{ "start": 0, "end": 2, "text": "No" }], "prefix": "", "suffix": "." }]),
    );
    let without = annotated("No.", json!([{ "article": "a", "type": "cue", "fragments": [{ "start": 0, "end": 2 }] }]));
    assert_eq!(with.store, without.store);
}

#[test]
fn a_project_and_a_scheme_written_by_hand_become_records() {
    let reading = reading(project(json!({ "project": { "title": "Mine" }, "scheme": { "id": "s", "types": [{ "id": "t" }] } })));
    assert_eq!((&*reading.store.header().title, reading.store.scheme().types.len()), ("Mine", 1));
    let keys: Vec<RecordKey> = reading.store.all_records().map(|(key, _)| key).collect();
    assert_eq!(keys, [RecordKey::Project, RecordKey::Scheme]);
}

#[test]
fn a_byte_order_mark_before_the_file_is_no_matter() {
    assert!(read("x.json", &format!("\u{feff}{MINIMAL}")).is_ok());
}

#[test]
fn a_written_file_has_a_record_a_line() {
    let reading = read("mine.json", MINIMAL).expect("a file of the right shape");
    let lines: Vec<String> = write(&reading.store).lines().map(|line| line.chars().take(40).collect()).collect();
    assert_eq!(
        lines,
        [
            r#"{"#,
            r#"  "format": "standpoint", "version": 1,"#,
            r#"  "offsets": "unicode code points, end e"#,
            r#"  "project": {"id":"p-6e97ae38d9a5030c","#,
            r#"  "scheme": {"id":"speakers-claims-stanc"#,
            r#"  "annotators": ["#,
            r#"    {"id":"file","name":"","version":nul"#,
            r#"  ],"#,
            r#"  "assignments": [],"#,
            r#"  "entities": [],"#,
            r#"  "articles": ["#,
            r#"    {"id":"a","title":"","text":"“Nein”,"#,
            r#"  ],"#,
            r#"  "annotations": ["#,
            &lines[14],
            &lines[15],
            r#"  ],"#,
            r#"  "conflicts": [],"#,
            r#"  "deleted": [],"#,
            r#"  "progress": []"#,
            r#"}"#,
        ]
    );
}

#[test]
fn every_field_of_an_annotation_is_written_in_order() {
    let filler = json!({ "speaker": [{ "annotation": "s" }, { "entity": "author" }] });
    let annotation = json!([{
        "id": "n", "article": "a", "annotator": "ana", "type": "claim", "fragments": [{ "start": 8, "end": 13 }], "attributes": { "quotation": "direct" }, "roles": filler,
        "created": "2026-01-31T12:04:31.007Z", "modified": "2026-02-01T00:00:00.000Z", "version": { "7f3a": 2 }
    }]);
    let reading = annotated("“Nein”, sagte sie.", annotation);
    let json = write(&reading.store);
    let line = json.lines().find(|line| line.starts_with("    {\"id\":\"n\"")).expect("a line");
    assert_eq!(
        line.trim(),
        r#"{"id":"n","article":"a","annotator":"ana","type":"claim","fragments":[{"start":8,"end":13,"text":"sagte"}],"prefix":"“Nein”, ","suffix":" sie.","attributes":{"quotation":"direct"},"roles":{"speaker":[{"annotation":"s"},{"entity":"author"}]},"entity":null,"note":"","origin":{"kind":"manual"},"created":"2026-01-31T12:04:31.007Z","modified":"2026-02-01T00:00:00.000Z","version":{"7f3a":2}}"#
    );
}

#[test]
fn a_header_that_is_no_record_stays_none() {
    let header = ProjectHeader { title: "T".into(), ..ProjectHeader::untitled(ProjectId::new("p").expect("an id")) };
    let store = AnnotationStore::empty(header, default_scheme());
    let json = write(&store);
    assert!(json.contains("\"guidelines\":\"\",\"version\":null}"));
    assert_eq!(read("x.json", &json).expect("what was written can be read").store, store);
}

#[test]
fn an_article_written_by_hand_needs_id_and_text_only() {
    let reading = reading(project(json!({ "articles": [article("a", "")] })));
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(reading.store.articles().count(), 1);
}
