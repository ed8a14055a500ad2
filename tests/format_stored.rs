//! What storage holds: its size, and how it fails.

#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use proptest::prelude::*;
use standpoint::edit::{AnnotationStore, Change};
use standpoint::format::stored::{
    StoredError, read_layer, read_record, read_restore_point, write_layer, write_record, write_restore_point,
};
use standpoint::model::*;
use standpoint::text::{Stretch, Text};

fn id<T>(parse: fn(&str) -> Option<T>, text: &str) -> T {
    parse(text).expect("an id")
}

fn keys() -> (ArticleId, AnnotatorId) {
    (id(ArticleId::new, "a-52a99f930c138b10"), id(AnnotatorId::new, "0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"))
}

/// As many claims as `count`, each with two attributes, a speaker and a cue: what a busy article has.
fn claims(count: u32) -> Vec<(AnnotationId, Record)> {
    let (article, annotator) = keys();
    let name = |n: u32| id(AnnotationId::new, &format!("0193a1b2-c3d4-7e5f-8a9b-{n:012x}"));
    let filler = |n: u32| vec![Filler::Annotation(name(n % count))];
    (0..count)
        .map(|n| {
            let annotation = Annotation {
                id: name(n),
                article: article.clone(),
                annotator: annotator.clone(),
                type_id: id(TypeId::new, "claim"),
                anchor: Anchor::Placed(Span::single(Stretch::of(n * 40, n * 40 + 31).expect("a stretch"))),
                attributes: [(id(AttributeId::new, "quotation"), AttributeValue::Text("indirect".into()))].into(),
                roles: [(id(RoleId::new, "speaker"), filler(n + 1)), (id(RoleId::new, "cue"), filler(n + 2))].into(),
                entity: None,
                note: "".into(),
                origin: Origin::manual(),
            };
            let version = Version::new([(id(Replica::new, "7f3a00112233445"), u64::from(n) + 1), (id(Replica::new, "00ff99887766554"), 3)]);
            let time = |text| Timestamp::parse(text).expect("a time");
            let record = Record::single(Versioned {
                content: Some(annotation.into()),
                created: time("2026-01-31T12:04:31.007Z"),
                modified: time("2026-01-31T12:09:00.000Z"),
                version: version.expect("a version"),
            });
            (name(n), record)
        })
        .collect()
}

fn write(records: &[(AnnotationId, Record)]) -> String {
    let (article, annotator) = keys();
    write_layer(&article, &annotator, records.iter().map(|(id, record)| (id, record)))
}

#[test]
fn an_annotation_takes_at_most_200_characters() {
    let stored = write(&claims(1000));
    assert!(stored.len() <= 200 * 1000, "{}", stored.len());
    let few = write(&claims(5));
    assert!(few.len() <= 200 * 5 + 300, "{few}");
}

#[test]
fn the_stored_form_is_this() {
    let stored = write(&claims(2)[..1]);
    assert_eq!(
        stored,
        r#"1 5bc665f5 ["a-52a99f930c138b10","0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",["00ff99887766554","7f3a00112233445","0193a1b2-c3d4-7e5f-8a9b-000000000000","claim","indirect","quotation","cue","speaker","0193a1b2-c3d4-7e5f-8a9b-000000000001"],[[2,[0,3,1,1],1769861071007,268993,3,[0,31],[5,4],[[6,2],[7,8]]]]]"#
    );
}

#[test]
fn a_span_that_does_not_fit_becomes_an_orphan() {
    let (article, annotator) = keys();
    let stored = write(&claims(2));
    let read = read_layer(&article, &annotator, Some(&Text::new("é".repeat(40))), &stored).expect("what was written can be read");
    let anchors: Vec<String> = read
        .iter()
        .filter_map(|(_, record)| match &record.current.content.as_ref()?.as_annotation()?.anchor {
            Anchor::Placed(span) => Some(span.hull().to_string()),
            Anchor::Orphan(orphan) => Some(format!("{:?}", orphan.fragments)),
        })
        .collect();
    assert_eq!(anchors, ["0–31", "[LostFragment { start: 40, end: 71, text: \"\" }]"]);
}

#[test]
fn a_value_under_another_key_is_not_taken() {
    let (article, annotator) = keys();
    let stored = write(&claims(2));
    let other = id(ArticleId::new, "other");
    assert_eq!(read_layer(&other, &annotator, None, &stored), Err(StoredError::OtherKey));
    assert_eq!(read_layer(&article, &id(AnnotatorId::new, "other"), None, &stored), Err(StoredError::OtherKey));
    let (annotation, record) = &claims(3)[0];
    let key = |name: &AnnotationId| RecordKey::Annotation(article.clone(), annotator.clone(), name.clone());
    assert_eq!(read_record(&key(annotation), &write_record(record)).as_ref(), Ok(record));
    assert_eq!(read_record(&key(&id(AnnotationId::new, "other")), &write_record(record)), Err(StoredError::OtherKey));
    assert_eq!(read_record(&RecordKey::Project, &write_record(record)), Err(StoredError::OtherKey));
}

#[test]
fn a_newer_or_damaged_value_is_refused() {
    let (article, annotator) = keys();
    let stored = write(&claims(1));
    let read = |stored: &str| read_layer(&article, &annotator, None, stored);
    assert_eq!(read(&stored.replacen('1', "2", 1)), Err(StoredError::Newer(2)));
    for damaged in ["", " ", "1", "1 ", "1 00000000", "1 00000000 []", "01 00000000 ", "+1 00000000 ", "x", "{}", "\u{1f642}"] {
        assert_eq!(read(damaged), Err(StoredError::Damaged), "{damaged:?}");
    }
    let (head, payload) = stored.split_at(11);
    assert_eq!(read(&(head.to_uppercase() + payload)).is_err(), head.to_uppercase() != head);
}

#[test]
fn a_sound_checksum_over_nonsense_is_malformed() {
    let (article, annotator) = keys();
    for payload in ["", "{}", "[]", "[1,2,3,4]", "[\"a-52a99f930c138b10\",\"0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b\",[],[[0]]]"] {
        let stored = format!("1 {:08x} {payload}", crc32fast::hash(payload.as_bytes()));
        assert!(matches!(read_layer(&article, &annotator, None, &stored), Err(StoredError::Malformed(_))), "{payload}");
        assert!(matches!(read_record(&RecordKey::Project, &stored), Err(StoredError::Malformed(_))), "{payload}");
    }
}

#[test]
fn a_restore_point_of_the_first_pages_is_read() {
    let ana = Annotator { id: id(AnnotatorId::new, "ana"), name: "Ana".into() };
    let version = Version::new([(id(Replica::new, "7f3a"), 2)]).expect("a version");
    let at = Timestamp::parse("2026-01-31T12:04:31.007Z").expect("a time");
    let content = Some(Content::Annotator(Rc::new(ana)));
    let record = Record::single(Versioned { content, created: at.clone(), modified: at.clone(), version: version.clone() });
    let store = AnnotationStore::empty(ProjectHeader::untitled(id(ProjectId::new, "p")), default_scheme());
    let key = RecordKey::Annotator(id(AnnotatorId::new, "ana"));
    let value = write_record(&record);
    let project = &store.header().id;
    let place = "standpoint/1/p/r/annotator/ana";
    let payload = serde_json::json!([at.as_str(), "merged", [[place, null, value]]]).to_string();
    let stored = format!("1 {:08x} {payload}", crc32fast::hash(payload.as_bytes()));
    let point = read_restore_point(project, &stored, &store).expect("a restore point");
    assert_eq!(point.changes, [Change { key: key.clone(), before: None, after: Some(vec![version]) }]);
    let now = write_restore_point(project, &point);
    assert!(now.ends_with(r#"[["standpoint/1/p/r/annotator/ana",null,[{"7f3a":2}]]]]"#), "{now}");
    let merged = store.merge([(key.clone(), Rc::new(record))]).0;
    assert_eq!(merged.take_back(&point).store.record(&key), None, "it is as it came, and goes");
}

#[test]
fn a_tombstone_is_stored_beside_its_id() {
    let (article, annotator) = keys();
    let mut records = claims(1);
    records[0].1.current.content = None;
    let read = read_layer(&article, &annotator, None, &write(&records)).expect("what was written can be read");
    assert_eq!(read, [(RecordKey::Annotation(article, annotator, records[0].0.clone()), records[0].1.clone())]);
}

proptest! {
    #[test]
    fn any_string_is_stored_as_ascii(note in any::<String>()) {
        let header = ProjectHeader { title: note.as_str().into(), ..ProjectHeader::untitled(id(ProjectId::new, "p")) };
        let stored = write_record(&Record::single(Versioned {
            content: Some(Content::Project(Rc::new(header))),
            created: Timestamp::unknown(),
            modified: Timestamp::unknown(),
            version: Version::new([(id(Replica::new, "r"), (1 << 53) - 1)]).expect("a version"),
        }));
        prop_assert!(stored.is_ascii());
        let read = read_record(&RecordKey::Project, &stored).expect("what was written can be read");
        let empty = AnnotationStore::empty(ProjectHeader { title: "".into(), ..ProjectHeader::untitled(id(ProjectId::new, "p")) }, default_scheme());
        let (store, _) = empty.merge([(RecordKey::Project, Rc::new(read))]);
        prop_assert_eq!(&*store.header().title, note.as_str());
    }
}
