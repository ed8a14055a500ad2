//! What is wrong with articles, the scheme, entities, times and versions: place and outcome.

#![cfg(not(target_arch = "wasm32"))]

mod format_pictures;

use format_pictures::{annotated, article, found, project, reading};
use serde_json::json;
use standpoint::format::native::{Problem, read, write};
use standpoint::model::*;
use standpoint::text::sha256_hex;

#[test]
fn an_article_keeps_its_text_and_gets_its_true_hash() {
    let mut changed = article("a", "Two.");
    changed["sha256"] = sha256_hex("One.").into();
    let reading = reading(project(json!({ "articles": [changed] })));
    assert_eq!(found(&reading), ["articles[0].sha256: kept"]);
    let article = reading.store.articles().next().expect("an article");
    assert_eq!((article.text.as_str(), &*article.sha256), ("Two.", &*sha256_hex("Two.")));
}

#[test]
fn the_text_of_a_project_file_is_never_changed() {
    let text = "\u{feff}a\r\nb\rc\u{a0}\u{ad}e\u{301} ";
    let reading = reading(project(json!({ "articles": [article("a", text)] })));
    assert_eq!(reading.store.articles().next().map(|article| article.text.as_str().to_owned()).as_deref(), Some(text));
    assert_eq!(found(&reading), Vec::<String>::new());
}

#[test]
fn zones_out_of_the_text_overlapping_or_unheard_of_are_left_out() {
    let zone = |kind, start, end| json!({ "kind": kind, "start": start, "end": end });
    let mut zoned = article("a", "A title. And more.");
    zoned["zones"] = json!([
        zone("noise", 9, 12),
        zone("title", 0, 8),
        zone("subhead", 7, 9),
        zone("noise", 10, 19),
        zone("noise", 3, 3),
        zone("noise", 5, 2),
        zone("body", 12, 13)
    ]);
    let reading = reading(project(json!({ "articles": [zoned] })));
    assert_eq!(
        found(&reading),
        [
            "articles[0].zones[3]: left out",
            "articles[0].zones[4]: left out",
            "articles[0].zones[5]: left out",
            "articles[0].zones[6].kind: left out",
            "articles[0].zones[2]: left out",
        ]
    );
    let article = reading.store.articles().next().expect("an article");
    let zones: Vec<String> = article.zones.iter().map(|zone| format!("{} {}", zone.kind, zone.stretch)).collect();
    assert_eq!(zones, ["title 0–8", "noise 9–12"]);
}

#[test]
fn what_is_no_web_address_is_set_aside() {
    for bad in
        ["javascript:alert(1)", "ftp://example.org", "//example.org", "https://", "http://a b", "data:text/html,x", " https://example.org"]
    {
        let mut linked = article("a", "x");
        linked["metadata"] = json!({ "url": bad, "extra": { "url": "taken" } });
        let reading = reading(project(json!({ "articles": [linked] })));
        assert_eq!(found(&reading), ["articles[0].metadata.url: “metadata.extra.url_” took its place"], "{bad}");
        let article = reading.store.articles().next().expect("an article");
        assert_eq!((&article.metadata.url, article.metadata.extra.get("url_").map(|url| &**url)), (&None, Some(bad)));
    }
}

#[test]
fn unknown_direction_and_changes_are_named() {
    let mut odd = article("a", "x");
    odd["direction"] = "up".into();
    odd["normalization"] = json!([{ "kind": "crlf-to-lf", "count": 2 }, { "kind": "trimmed", "count": 1 }]);
    let reading = reading(project(json!({ "articles": [odd] })));
    assert_eq!(found(&reading), ["articles[0].direction: “auto” took its place", "articles[0].normalization[1].kind: left out"]);
}

#[test]
fn a_scheme_gets_plain_looks_for_unknown_ones() {
    let scheme = json!({ "types": [
        { "id": "t", "color": "mauve", "line": "wavy", "means": "noun", "key": "ab",
          "attributes": [{ "id": "x", "kind": "colour" }, { "id": "o", "options": [{ "id": "p", "color": "mauve", "mark": "", "key": "1" }, { "id": "p" }] }, { "id": "n", "kind": "number", "options": [{ "id": "p" }] }, { "id": "x" }, { "id": "" }],
          "roles": [{ "id": "r", "means": "verb", "accepts": ["t", "u", "!"], "min": 2, "max": 1 }, { "id": "r" }] },
        { "id": "t" }, { "id": "no id" }
    ] });
    let reading = reading(project(json!({ "scheme": scheme })));
    let mut issues = found(&reading);
    issues.sort();
    let mut expected = [
        "scheme.types[0].means: “none” took its place",
        "scheme.types[0].color: “gray” took its place",
        "scheme.types[0].line: “solid” took its place",
        "scheme.types[0].key: left out",
        "scheme.types[0].attributes[0].kind: “text” took its place",
        "scheme.types[0].attributes[1].options[0].color: “none” took its place",
        "scheme.types[0].attributes[1].options[0].mark: left out",
        "scheme.types[0].attributes[1].options[1].id: left out",
        "scheme.types[0].attributes[2].options: left out",
        "scheme.types[0].attributes[3].id: left out",
        "scheme.types[0].attributes[4].id: left out",
        "scheme.types[0].roles[0].means: “none” took its place",
        "scheme.types[0].roles[0].accepts[1]: kept",
        "scheme.types[0].roles[0].accepts[2]: left out",
        "scheme.types[0].roles[0].min: kept",
        "scheme.types[0].roles[1].id: left out",
        "scheme.types[1].id: left out",
        "scheme.types[2].id: left out",
    ];
    expected.sort_unstable();
    assert_eq!(issues, expected);
    let of = &reading.store.scheme().types[0];
    assert_eq!((of.color, of.line, of.means, of.key, &*of.name), (Color::Gray, Line::Solid, None, None, "t"));
    assert_eq!(of.attributes.iter().map(|attribute| attribute.id.as_str()).collect::<Vec<_>>(), ["x", "o", "n"]);
}

#[test]
fn entities_lose_bad_links_only() {
    let entities = json!([
        { "id": "e", "kind": "ghost", "wikidata": "http://www.wikidata.org/entity/Q42", "into": "e" },
        { "id": "f", "wikidata": "Q042", "into": "nobody" },
        { "id": "g", "wikidata": "Q794", "into": "f" }
    ]);
    let reading = reading(project(json!({ "entities": entities })));
    assert_eq!(
        found(&reading),
        [
            "entities[0].kind: “person” took its place",
            "entities[0].wikidata: left out",
            "entities[0].into: left out",
            "entities[1].wikidata: left out",
            "entities[1].into: kept",
        ]
    );
    assert_eq!(reading.store.entities().count(), 3);
}

#[test]
fn bad_times_and_versions_are_replaced() {
    let annotation = |id: &str, version| json!({ "id": id, "article": "a", "type": "cue", "fragments": [{ "start": 0, "end": 1 }], "created": "yesterday", "modified": "2026-02-30T00:00:00.000Z", "version": version });
    let reading =
        annotated("One.", json!([annotation("n", json!({})), annotation("m", json!({ "r": 0 })), annotation("l", json!({ "ü": 1 }))]));
    let expected: Vec<String> = (0..3)
        .flat_map(|index| {
            [
                format!("annotations[{index}].created: “1970-01-01T00:00:00.000Z” took its place"),
                format!("annotations[{index}].modified: “1970-01-01T00:00:00.000Z” took its place"),
                format!("annotations[{index}].version: “a version made from the content” took its place"),
            ]
        })
        .collect();
    assert_eq!(found(&reading), expected);
    for (_, record) in reading.store.all_records() {
        let [(replica, 1)] = record.current.version.entries() else { panic!("{:?}", record.current.version) };
        assert!(replica.as_str().starts_with("i-") && replica.as_str().len() == 18);
    }
}

#[test]
fn progress_deletions_and_conflicts_are_checked_too() {
    let reading = reading(project(json!({
        "articles": [article("a", "One.")],
        "progress": [{ "article": "a", "annotator": "x", "status": "begun" }, { "article": "b", "annotator": "x", "status": "done" }, { "article": "a", "annotator": "x", "status": "done" }],
        "assignments": [{ "article": "a", "annotator": "?" }],
        "deleted": [{ "kind": "annotation", "id": "n", "article": "a" }, { "kind": "entity", "id": "ä" }],
        "conflicts": [
            { "kind": "annotation", "record": { "id": "n", "article": "a", "type": "cue", "fragments": [{ "start": 3, "end": 7 }], "version": { "r": 1 } } },
            { "kind": "entity", "deleted": { "kind": "entity", "version": { "r": 1 } } }
        ]
    })));
    assert_eq!(
        found(&reading),
        [
            "assignments[0].annotator: left out",
            "conflicts[0].record.fragments[0].end: kept without a place in the text",
            "conflicts[1].deleted.id: left out",
            "deleted[0].annotator: left out",
            "deleted[1].id: left out",
            "progress[0].status: “new” took its place",
            "progress[1].article: kept",
            "progress[2]: left out",
        ]
    );
}

#[test]
fn a_bad_id_of_the_project_or_its_scheme_is_replaced() {
    let reading = reading(project(json!({ "project": { "id": "my project" }, "scheme": { "id": "my scheme" } })));
    assert_eq!(found(&reading), ["project.id: “p-e3b0c44298fc1c14” took its place", "scheme.id: “scheme” took its place"]);
    assert_eq!(reading.issues[0].problem, Problem::BadId("my project".to_owned()));
}

#[test]
fn origin_and_confidence_are_checked() {
    let annotation = json!([{ "id": "n", "article": "a", "type": "cue", "fragments": [{ "start": 0, "end": 1 }], "origin": { "kind": "guessed", "confidence": 101 } }]);
    let reading = annotated("One.", annotation);
    assert_eq!(found(&reading), ["annotations[0].origin.kind: “imported” took its place", "annotations[0].origin.confidence: left out"]);
}

#[test]
fn what_was_read_with_issues_reads_without_them_once_written() {
    let annotations = json!([{ "article": "a", "type": "cue", "fragments": [{ "start": 3, "end": 9 }], "created": "?", "roles": { "x": [{}] } }, { "article": "a", "type": "?", "fragments": [] }]);
    let reading = annotated("One.", annotations);
    assert!(!reading.issues.is_empty());
    let again = read("again.json", &write(&reading.store)).expect("what was written can be read");
    assert_eq!((found(&again), &again.store), (Vec::new(), &reading.store));
}
