//! `read(write(p)) = p`, in the project file and in storage.

#![cfg(not(target_arch = "wasm32"))]

mod format_random;

use std::collections::BTreeMap;

use format_random::stores;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use standpoint::edit::AnnotationStore;
use standpoint::format::native::{self, Outcome};
use standpoint::format::stored::{StoredError, read_layer, read_record, write_layer, write_record};
use standpoint::model::*;

type Layers<'a> = BTreeMap<(ArticleId, AnnotatorId), Vec<(AnnotationId, &'a Record)>>;

fn layers(store: &AnnotationStore) -> Layers<'_> {
    let mut layers = Layers::new();
    for (key, record) in store.all_records() {
        if let RecordKey::Annotation(article, annotator, id) = key {
            layers.entry((article, annotator)).or_default().push((id, &**record));
        }
    }
    layers
}

fn write(article: &ArticleId, annotator: &AnnotatorId, records: &[(AnnotationId, &Record)]) -> String {
    write_layer(article, annotator, records.iter().map(|(id, record)| (id, *record)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_project_comes_back_as_it_was(store in stores()) {
        let json = native::write(&store);
        let reading = native::read("project.json", &json).expect("what was written can be read");
        prop_assert_eq!(&reading.store, &store);
        prop_assert!(reading.issues.iter().all(|issue| issue.outcome == Outcome::Kept), "{:?}", reading.issues);
        prop_assert_eq!(native::write(&reading.store), json);
    }

    #[test]
    fn a_file_is_json_with_a_record_a_line(store in stores()) {
        let json = native::write(&store);
        let framed = json.starts_with("{\n  \"format\": \"standpoint\", \"version\": 1,\n") && json.ends_with("\n}\n") && !json.contains('\r');
        prop_assert!(framed);
        let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let lines = json.lines().filter(|line| line.starts_with("    {")).count();
        let lists = ["annotators", "assignments", "entities", "articles", "annotations", "conflicts", "deleted", "progress"];
        prop_assert_eq!(lines, lists.iter().map(|list| value[list].as_array().map_or(0, Vec::len)).sum::<usize>());
        for annotation in value["annotations"].as_array().into_iter().flatten() {
            let article = value["articles"].as_array().into_iter().flatten().find(|article| article["id"] == annotation["article"]);
            let Some(text) = article.and_then(|article| article["text"].as_str()) else { continue };
            let text: Vec<char> = text.chars().collect();
            for fragment in annotation["fragments"].as_array().into_iter().flatten() {
                let (start, end) = (fragment["start"].as_u64().expect("a number") as usize, fragment["end"].as_u64().expect("a number") as usize);
                prop_assert_eq!(fragment["text"].as_str(), Some(&*text[start..end].iter().collect::<String>()));
            }
        }
    }

    #[test]
    fn a_tampered_file_is_read_or_refused(store in stores(), at in any::<prop::sample::Index>(), other in "[0-9a-z\"\\[\\]{},:-]", length in 0_usize..4) {
        let mut json: Vec<char> = native::write(&store).chars().collect();
        let at = at.index(json.len());
        let end = (at + length).min(json.len());
        json.splice(at..end, other.chars());
        let json: String = json.into_iter().collect();
        if let Ok(reading) = native::read("project.json", &json) {
            let again = native::read("project.json", &native::write(&reading.store)).expect("what was written can be read");
            prop_assert_eq!(again.store, reading.store);
        }
    }

    #[test]
    fn every_record_comes_back_from_storage(store in stores()) {
        for (key, record) in store.all_records() {
            let stored = write_record(record);
            prop_assert!(stored.is_ascii());
            prop_assert_eq!(&read_record(&key, &stored).expect("what was written can be read"), &**record);
        }
    }

    #[test]
    fn every_layer_comes_back_from_storage(store in stores()) {
        for ((article, annotator), records) in layers(&store) {
            let stored = write(&article, &annotator, &records);
            prop_assert!(stored.is_ascii());
            let expected: Vec<(RecordKey, Record)> = records
                .iter()
                .map(|(id, record)| (RecordKey::Annotation(article.clone(), annotator.clone(), id.clone()), (*record).clone()))
                .collect();
            let text = store.article(&article).map(|article| &article.text);
            prop_assert_eq!(read_layer(&article, &annotator, text, &stored).expect("what was written can be read"), expected);
        }
    }

    #[test]
    fn one_changed_missing_or_added_character_is_noticed(store in stores(), at in any::<prop::sample::Index>(), other in any::<char>()) {
        for ((article, annotator), records) in layers(&store) {
            let stored = write(&article, &annotator, &records);
            let at = at.index(stored.len());
            let refused = |stored: &str| matches!(read_layer(&article, &annotator, None, stored), Err(StoredError::Damaged | StoredError::Newer(_)));
            let mut changed = stored.clone();
            changed.replace_range(at..=at, other.encode_utf8(&mut [0; 4]));
            prop_assert!(changed == stored || refused(&changed), "{}", changed);
            let flipped: String = stored.char_indices().map(|(index, old)| if index == at { char::from(old as u8 ^ 1) } else { old }).collect();
            prop_assert!(refused(&flipped), "{}", flipped);
            prop_assert!(refused(&stored[..at]));
            let longer = format!("{stored}{other}");
            prop_assert!(refused(&longer));
            let mut shorter = stored.clone();
            shorter.remove(at);
            // Of a run of equal characters it doesn't matter which one goes; that one went is noticed.
            prop_assert!(refused(&shorter));
        }
    }

    #[test]
    fn nothing_that_passes_the_checksum_can_make_it_panic(payload in "[\\[\\]\\{\\},0-9\"a-c:-]{0,60}") {
        let stored = format!("1 {:08x} {payload}", crc32fast::hash(payload.as_bytes()));
        let (article, annotator) = (ArticleId::new("a").expect("an id"), AnnotatorId::new("b").expect("an id"));
        let _ = read_layer(&article, &annotator, None, &stored);
        let _ = read_record(&RecordKey::Article(article), &stored);
    }

    #[test]
    fn rows_of_any_numbers_are_read_or_refused(rows in prop::collection::vec(prop::collection::vec(any::<i8>(), 0..14), 0..4), nested in prop::collection::vec(any::<i8>(), 0..5)) {
        let rows: Vec<Vec<serde_json::Value>> = rows.into_iter().map(|row| row.into_iter().map(|number| if number % 3 == 0 { serde_json::json!(nested) } else { number.into() }).collect()).collect();
        let payload = serde_json::json!(["a", "b", ["a", "b", "c", ""], rows]).to_string();
        let stored = format!("1 {:08x} {payload}", crc32fast::hash(payload.as_bytes()));
        let (article, annotator) = (ArticleId::new("a").expect("an id"), AnnotatorId::new("b").expect("an id"));
        let _ = read_layer(&article, &annotator, None, &stored);
    }
}

#[test]
fn the_random_projects_have_everything() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut deleted, mut conflicts, mut orphans, mut pieces, mut homeless, mut dangling) = (0, 0, 0, 0, 0, 0);
    for _ in 0..200 {
        let store = stores().new_tree(&mut runner).expect("a project").current();
        for (key, record) in store.all_records() {
            deleted += usize::from(record.current.content.is_none());
            conflicts += record.conflicts.len();
            let Some(annotation) = record.current.content.as_ref().and_then(Content::as_annotation) else { continue };
            orphans += usize::from(annotation.span().is_none());
            pieces += usize::from(annotation.span().is_some_and(Span::is_discontinuous));
            homeless += usize::from(key.article().is_some_and(|article| store.article(article).is_none()));
            let missing = |id: &AnnotationId| store.annotation(&annotation.article, &annotation.annotator, id).is_none();
            dangling += annotation.filler_annotations().filter(|(_, id)| missing(id)).count();
        }
    }
    let counts = [deleted, conflicts, orphans, pieces, homeless, dangling];
    assert!(counts.iter().all(|count| *count > 20), "{counts:?}");
}
