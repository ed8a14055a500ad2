//! What is wrong within the right shape: every problem is reported with its place and what was done about it.

#![cfg(not(target_arch = "wasm32"))]

mod format_pictures;

use format_pictures::{annotated, article, found, picture, project, reading};
use serde_json::json;
use standpoint::format::native::{Outcome, Problem};
use standpoint::model::*;
use standpoint::text::Stretch;

const TEXT: &str = "Raisi said the talks failed.";

#[test]
fn a_sound_file_has_no_issue() {
    let reading = annotated(TEXT, json!([{ "article": "a", "type": "speaker", "fragments": [{ "start": 0, "end": 5, "text": "Raisi" }] }]));
    assert_eq!(found(&reading), Vec::<String>::new());
    assert_eq!(picture(&reading), "[Raisi|speaker] said the talks failed.");
}

#[test]
fn of_two_with_one_id_the_second_is_left_out() {
    let twice = |first, second| {
        json!([
            { "id": "x", "article": "a", "type": first, "fragments": [{ "start": 0, "end": 5 }] },
            { "id": "x", "article": "a", "type": second, "fragments": [{ "start": 6, "end": 10 }] }
        ])
    };
    let reading = annotated(TEXT, twice("speaker", "cue"));
    assert_eq!(found(&reading), ["annotations[1]: left out"]);
    assert_eq!(picture(&reading), "[Raisi|speaker] said the talks failed.");
    let reading = reading_of_lists(json!({ "articles": [article("a", "One."), article("a", "Two.")] }));
    assert_eq!(found(&reading), ["articles[1]: left out"]);
    assert_eq!(picture(&reading), "One.");
    let reading = reading_of_lists(
        json!({ "entities": [{ "id": "e" }, { "id": "f" }, { "id": "e" }], "annotators": [{ "id": "x" }, { "id": "x" }] }),
    );
    assert_eq!(found(&reading), ["annotators[1]: left out", "entities[2]: left out"]);
}

fn reading_of_lists(lists: serde_json::Value) -> standpoint::format::native::Reading {
    reading(project(lists))
}

#[test]
fn what_has_an_id_outside_the_grammar_is_left_out() {
    let place = json!([{ "start": 0, "end": 5 }]);
    let reading = annotated(
        TEXT,
        json!([
            { "id": "ä", "article": "a", "type": "cue", "fragments": place },
            { "id": "", "article": "a", "type": "cue", "fragments": place },
            { "article": "a b", "type": "cue", "fragments": place },
            { "article": "a", "annotator": "x".repeat(65), "type": "cue", "fragments": place },
            { "article": "a", "type": "c/d", "fragments": place },
            { "id": "n", "article": "a", "type": "stance", "fragments": place, "attributes": { "p q": "x" }, "roles": { "ü": [], "holder": [{ "annotation": "?" }, { "entity": "!" }] }, "entity": "*" }
        ]),
    );
    assert_eq!(
        found(&reading),
        [
            "annotations[0].id: left out",
            "annotations[1].id: left out",
            "annotations[2].article: left out",
            "annotations[3].annotator: left out",
            "annotations[4].type: left out",
            "annotations[5].attributes.p q: left out",
            "annotations[5].roles.holder[0].annotation: left out",
            "annotations[5].roles.holder[1].entity: left out",
            "annotations[5].roles.ü: left out",
            "annotations[5].entity: left out",
        ]
    );
    assert_eq!(picture(&reading), "[Raisi|stance] said the talks failed.");
    let reading =
        reading_of_lists(json!({ "articles": [article("a/b", "x")], "entities": [{ "id": "ö" }], "annotators": [{ "id": " " }] }));
    assert_eq!(found(&reading), ["articles[0].id: left out", "annotators[0].id: left out", "entities[0].id: left out"]);
}

#[test]
fn a_span_past_the_end_reversed_or_empty_is_an_orphan() {
    for (start, end, problem) in [
        (14, 99, Problem::PastEnd { end: 99, length: 28 }),
        (28, 29, Problem::PastEnd { end: 29, length: 28 }),
        (10, 6, Problem::Reversed { start: 10, end: 6 }),
        (6, 6, Problem::EmptyFragment { at: 6 }),
        (u32::MAX, u32::MAX, Problem::EmptyFragment { at: u32::MAX }),
    ] {
        let reading = annotated(TEXT, json!([{ "article": "a", "type": "cue", "fragments": [{ "start": start, "end": end }] }]));
        assert_eq!(found(&reading), ["annotations[0].fragments[0].end: kept without a place in the text"]);
        assert_eq!(reading.issues[0].problem, problem);
        assert_eq!(picture(&reading), format!("Raisi said the talks failed. ({start}–{end} “”|cue)"));
    }
    let reading = annotated(TEXT, json!([{ "article": "a", "type": "cue", "fragments": [] }]));
    assert_eq!(found(&reading), ["annotations[0].fragments: kept without a place in the text"]);
}

#[test]
fn a_span_past_the_end_is_found_again_by_its_words() {
    let reading = annotated(TEXT, json!([{ "article": "a", "type": "cue", "fragments": [{ "start": 600, "end": 604, "text": "said" }] }]));
    assert_eq!(found(&reading), ["annotations[0].fragments[0].end: moved from 600–604 to 6–10"]);
    assert_eq!(reading.issues[0].outcome, Outcome::Reanchored { from: (600, 604), to: Stretch::of(6, 10).expect("a stretch") });
    assert_eq!(picture(&reading), "Raisi [said|cue] the talks failed.");
}

#[test]
fn fragments_that_overlap_touch_or_are_out_of_order_are_put_right() {
    let of = |fragments: serde_json::Value| annotated(TEXT, json!([{ "article": "a", "type": "claim", "fragments": fragments }]));
    let touching = of(json!([{ "start": 0, "end": 5 }, { "start": 5, "end": 10 }]));
    assert_eq!(found(&touching), ["annotations[0].fragments: kept"]);
    assert_eq!(touching.issues[0].problem, Problem::Touching);
    assert_eq!(picture(&touching), "[Raisi said|claim] the talks failed.");
    let unsorted = of(json!([{ "start": 11, "end": 14 }, { "start": 0, "end": 5 }]));
    assert_eq!(unsorted.issues[0].problem, Problem::Unsorted);
    assert_eq!(found(&unsorted), ["annotations[0].fragments: kept"]);
    assert_eq!(picture(&unsorted), "[Raisi|claim] said [the|claim] talks failed.");
    let both = of(json!([{ "start": 4, "end": 10 }, { "start": 0, "end": 5 }]));
    assert_eq!(found(&both), ["annotations[0].fragments: kept", "annotations[0].fragments: kept"]);
    assert_eq!(picture(&both), "[Raisi said|claim] the talks failed.");
}

#[test]
fn words_that_moved_are_found_again() {
    let fragments = json!([{ "start": 0, "end": 3, "text": "the" }, { "start": 10, "end": 16, "text": "failed" }]);
    let reading = annotated(TEXT, json!([{ "article": "a", "type": "claim", "fragments": fragments }]));
    assert_eq!(
        found(&reading),
        ["annotations[0].fragments[0].text: moved from 0–3 to 11–14", "annotations[0].fragments[1].text: moved from 10–16 to 21–27"]
    );
    assert_eq!(picture(&reading), "Raisi said [the|claim] talks [failed|claim].");
}

#[test]
fn words_that_are_gone_make_an_orphan() {
    let fragments = json!([{ "start": 0, "end": 5, "text": "Raisi" }, { "start": 6, "end": 10, "text": "denied" }]);
    let reading = annotated(TEXT, json!([{ "article": "a", "type": "claim", "fragments": fragments, "prefix": "So ", "suffix": "." }]));
    assert_eq!(found(&reading), ["annotations[0].fragments[1].text: kept without a place in the text"]);
    assert_eq!(picture(&reading), "Raisi said the talks failed. (0–5 “Raisi” 6–10 “denied”|claim)");
    let json = standpoint::format::native::write(&reading.store);
    assert!(json.contains(r#""fragments":[],"orphaned":[{"start":0,"end":5,"text":"Raisi"},{"start":6,"end":10,"text":"denied"}],"prefix":"So ","suffix":".""#), "{json}");
}

#[test]
fn an_annotation_is_either_placed_or_an_orphan() {
    let annotation = json!([{ "article": "a", "type": "cue", "fragments": [{ "start": 6, "end": 10 }], "orphaned": [{ "start": 0, "end": 1, "text": "x" }] }]);
    let reading = annotated(TEXT, annotation);
    assert_eq!(found(&reading), ["annotations[0].orphaned: left out"]);
    assert_eq!(picture(&reading), "Raisi [said|cue] the talks failed.");
}

#[test]
fn a_role_to_itself_goes_and_one_to_nothing_is_unfinished() {
    let filler = |id: &str| json!({ "annotation": id });
    let reading = annotated(
        TEXT,
        json!([
            { "id": "s", "article": "a", "type": "speaker", "fragments": [{ "start": 0, "end": 5 }] },
            { "id": "c", "article": "a", "type": "claim", "fragments": [{ "start": 11, "end": 27 }],
              "roles": { "repeats": [filler("c")], "speaker": [filler("s"), filler("nobody"), filler("s"), {}, { "annotation": "s", "entity": "author" }, { "entity": "author" }] } }
        ]),
    );
    assert_eq!(
        found(&reading),
        [
            "annotations[1].roles.repeats[0].annotation: left out",
            "annotations[1].roles.speaker[1].annotation: kept",
            "annotations[1].roles.speaker[2]: left out",
            "annotations[1].roles.speaker[3]: left out",
            "annotations[1].roles.speaker[4]: left out",
        ]
    );
    assert_eq!(reading.issues[0].problem, Problem::SelfRole);
    assert_eq!(reading.issues[1].problem, Problem::MissingFiller("nobody".to_owned()));
    assert_eq!(picture(&reading), "[Raisi|speaker] said [the talks failed|claim speaker=s,nobody,@author].");
}

#[test]
fn what_is_not_in_the_scheme_is_left_out_or_kept() {
    let place = json!([{ "start": 0, "end": 5 }]);
    let reading = annotated(
        TEXT,
        json!([
            { "article": "a", "type": "verb", "fragments": place },
            { "article": "elsewhere", "type": "cue", "fragments": place },
            { "id": "n", "article": "a", "annotator": "eve", "type": "stance", "fragments": place, "entity": "nobody",
              "attributes": { "colour": "red", "intensity": 3, "polarity": "sideways" }, "roles": { "owner": [{ "entity": "author" }], "holder": [{ "entity": "x" }] } },
            { "id": "m", "article": "a", "annotator": "eve", "type": "cue", "fragments": place }
        ]),
    );
    assert_eq!(
        found(&reading),
        [
            "annotations[0].type: left out",
            "annotations[1].article: left out",
            "annotations[2].annotator: kept",
            "annotations[2].attributes.colour: kept",
            "annotations[2].attributes.intensity: kept",
            "annotations[2].attributes.polarity: kept",
            "annotations[2].roles.holder[0].entity: kept",
            "annotations[2].roles.owner: kept",
            "annotations[2].entity: kept",
        ]
    );
    assert_eq!(picture(&reading), "[[Raisi|stance holder=@x owner=@author]|cue] said the talks failed.");
}

#[test]
fn a_record_of_a_project_is_kept_even_if_its_type_or_article_is_not_here() {
    let record = |id, article, of| json!({ "id": id, "article": article, "annotator": "file", "type": of, "fragments": [{ "start": 0, "end": 5 }], "version": { "r": 1 } });
    let reading = annotated(TEXT, json!([record("n", "a", "verb"), record("m", "elsewhere", "cue")]));
    assert_eq!(found(&reading), ["annotations[0].type: kept", "annotations[1].article: kept"]);
    assert_eq!(picture(&reading), "[Raisi|verb] said the talks failed.");
    assert_eq!(reading.store.all_records().filter(|(key, _)| key.kind() == RecordKind::Annotation).count(), 2);
}

#[test]
fn every_issue_says_file_place_problem_and_outcome() {
    let reading = annotated(TEXT, json!([{ "article": "a", "type": "cue", "fragments": [{ "start": 0, "end": 4, "text": "said" }] }]));
    assert_eq!(
        reading.issues[0].to_string(),
        "seeds.json, annotations[0].fragments[0].text: the article has “Rais” there, not “said”; moved from 0–4 to 6–10"
    );
}
