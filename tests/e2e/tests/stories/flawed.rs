//! Project files of the right shape with something wrong in them: a review names file, place and what would be done;
//! cancelled it changes nothing, accepted it takes what is sound.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, Upload, seen, until};

use crate::steps::tag;

/// One thing that is wrong, and what becomes of it.
struct Flaw {
    file: &'static str,
    /// Changes the project; the second number is where in `annotations` Ben's flawed claim stands.
    spoil: fn(&mut Value, usize),
    /// The path in the message; `#` stands for that number.
    place: &'static str,
    /// What the message says of it.
    said: &'static str,
    /// Ben's claim after the import, as `Export::lines` has it; `None` where it was left out.
    outcome: Option<&'static str>,
}

const CLAIM: &str = "claim: that the resistance’s involvement in the Saif Al Quds battle was a significant turning point that led to \
                     tactical successes for the resistance movement";

fn flaws() -> Vec<Flaw> {
    fn fragments(project: &mut Value, at: usize, fragments: Value) {
        project["annotations"][at]["fragments"] = fragments;
    }
    vec![
        Flaw {
            file: "duplicate.json",
            spoil: |project, at| project["annotations"][at]["id"] = json!("ben-sound"),
            place: "annotations[#]",
            said: "a second time",
            outcome: None,
        },
        Flaw {
            file: "bad-id.json",
            spoil: |project, at| project["annotations"][at]["id"] = json!("ben/flawed claim"),
            place: "annotations[#].id",
            said: "ben/flawed claim",
            outcome: None,
        },
        Flaw {
            file: "past-end.json",
            spoil: |project, at| fragments(project, at, json!([{ "start": 2100, "end": 2109 }])),
            place: "annotations[#].fragments[0].end",
            said: "ends at 2109, the text at 2108",
            outcome: Some("claim: "),
        },
        Flaw {
            file: "reversed.json",
            spoil: |project, at| fragments(project, at, json!([{ "start": 639, "end": 488 }])),
            place: "annotations[#].fragments[0].end",
            said: "before its start 639",
            outcome: Some("claim: "),
        },
        Flaw {
            file: "empty-span.json",
            spoil: |project, at| fragments(project, at, json!([{ "start": 488, "end": 488 }])),
            place: "annotations[#].fragments[0].end",
            said: "488–488 is empty",
            outcome: Some("claim: "),
        },
        Flaw {
            file: "overlapping.json",
            spoil: |project, at| fragments(project, at, json!([{ "start": 488, "end": 600 }, { "start": 590, "end": 639 }])),
            place: "annotations[#].fragments",
            said: "overlap",
            outcome: Some(CLAIM),
        },
        Flaw {
            file: "self-role.json",
            spoil: |project, at| project["annotations"][at]["roles"] = json!({ "repeats": [{ "annotation": "ben-flawed" }] }),
            place: "annotations[#].roles.repeats[0].annotation",
            said: "its own role",
            outcome: Some(CLAIM),
        },
        Flaw {
            file: "missing-filler.json",
            spoil: |project, at| project["annotations"][at]["roles"] = json!({ "speaker": [{ "annotation": "nobody" }] }),
            place: "annotations[#].roles.speaker[0].annotation",
            said: "no annotation nobody",
            outcome: Some("(claim) speaker=?\"nobody\""),
        },
        Flaw {
            file: "moved.json",
            spoil: |project, at| fragments(project, at, json!([{ "start": 488, "end": 506, "text": "the Zionist regime, Ahmadian" }])),
            place: "annotations[#].fragments[0].text",
            said: "moved from 488–506 to 733–761",
            outcome: Some("claim: the Zionist regime, Ahmadian"),
        },
        Flaw {
            file: "gone.json",
            spoil: |project, at| fragments(project, at, json!([{ "start": 488, "end": 496, "text": "xylophone" }])),
            place: "annotations[#].fragments[0].text",
            said: "xylophone",
            outcome: Some("claim: "),
        },
        Flaw {
            file: "unknown-type.json",
            spoil: |project, at| project["annotations"][at]["type"] = json!("verb"),
            place: "annotations[#].type",
            said: "no type verb",
            outcome: None,
        },
        Flaw {
            file: "unknown-article.json",
            spoil: |project, at| project["annotations"][at]["article"] = json!("seed-z"),
            place: "annotations[#].article",
            said: "no article seed-z",
            outcome: None,
        },
        Flaw {
            file: "unknown-colour.json",
            spoil: |project, _| project["scheme"]["types"][2]["color"] = json!("ultraviolet"),
            place: "scheme.types[2].color",
            said: "ultraviolet",
            outcome: Some(CLAIM),
        },
    ]
}

/// The project as Ben sends it: with an annotation that is sound and one that `flaw` spoils; and the latter's number.
fn spoilt(own: &Export, flaw: &Flaw) -> (String, usize) {
    let mut project = own.project.clone();
    let annotators = project["annotators"].as_array_mut().expect("a list");
    if annotators.iter().all(|annotator| annotator["id"] != "ben") {
        annotators.push(json!({ "id": "ben", "name": "Ben" }));
    }
    let annotations = project["annotations"].as_array_mut().expect("a list");
    let of_ben = |id: &str, type_id: &str, start: u32, end: u32| {
        let fragments = json!([{ "start": start, "end": end }]);
        json!({ "id": id, "article": "seed-a", "annotator": "ben", "type": type_id, "fragments": fragments })
    };
    annotations.push(of_ben("ben-sound", "speaker", 474, 482));
    annotations.push(of_ben("ben-flawed", "claim", 488, 639));
    let at = annotations.len() - 1;
    (flaw.spoil)(&mut project, at);
    (project.to_string(), at)
}

#[test]
fn every_flaw_is_named_cancelled_and_survived() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let own = desk.export();
    for flaw in flaws() {
        let (content, at) = spoilt(&own, &flaw);
        let review = || {
            desk.import(&[Upload::new(flaw.file, content.as_str())]);
            let place = format!("{}, {}: ", flaw.file, flaw.place.replace('#', &at.to_string()));
            desk.wait_for_text("dialog [data-list=issues] li", &[&place, flaw.said]);
        };
        review();
        desk.click_command("cancel-import");
        desk.wait_gone("dialog");
        assert_eq!(desk.export().project, own.project, "{} was cancelled", flaw.file);

        review();
        desk.click_command("accept-import");
        desk.wait_for("[data-layer=ben]");
        let accepted = desk.export();
        let mut lines = accepted.lines("ben", "seed-a");
        let sound = lines.iter().position(|line| line == "speaker: Ahmadian").unwrap_or_else(|| panic!("{}: {lines:?}", flaw.file));
        lines.remove(sound);
        let expected: Vec<String> = flaw.outcome.iter().map(|outcome| outcome.replace("(claim)", &format!("{CLAIM} |"))).collect();
        assert_eq!(lines, expected, "{}", flaw.file);
        assert_eq!(accepted.work_of("ana"), own.work_of("ana"), "{}", flaw.file);

        desk.click_command("take-back");
        desk.wait_gone("[data-layer=ben]");
        assert_eq!(desk.export().content(), own.content(), "{} was taken back", flaw.file);
    }
    desk.saved();
    desk.reload();
    assert_eq!(desk.export().content(), own.content());
    desk.leave();
}

/// Ben opens the flawed file himself.
fn as_ben(file: &str) -> Desk {
    let desk = Desk::open("?annotator=ben&article=seed-a");
    let flaw = flaws().into_iter().find(|flaw| flaw.file == file).expect("one of the flaws");
    let (content, _) = spoilt(&desk.export(), &flaw);
    desk.import(&[Upload::new(file, content)]);
    desk.click_command("accept-import");
    desk.wait_gone("dialog");
    desk
}

#[test]
fn a_missing_filler_is_unfinished_work() {
    let desk = as_ben("missing-filler.json");
    desk.wait_for_text(".todo li", &["Speaker missing"]);
    desk.click_with_text(".todo button", "Speaker missing");
    desk.wait_for_focus(CLAIM.trim_start_matches("claim: "));
    desk.wait_for_text("[data-role=speaker] .chip.missing", &["missing"]);
    desk.click("[data-role=speaker] [data-command=empty-role]");
    desk.wait_for_text(".todo li", &["No speaker"]);
    desk.leave();
}

#[test]
fn words_that_are_gone_are_unfinished_work_that_can_be_placed() {
    let desk = as_ben("gone.json");
    desk.wait_for_text(".todo li", &["Not in the text"]);
    desk.click_with_text(".todo button", "Not in the text");
    desk.wait_for_focus("xylophone");
    desk.select("[Ahmadian said] that the resistance");
    desk.click_command("add-fragment");
    until("it to be placed", || seen(desk.drawn_words("ben-flawed").concat() == "Ahmadian said", desk.drawn_words("ben-flawed")));
    let export = desk.export();
    assert_eq!(export.find("ben", "claim", "Ahmadian said")["id"], "ben-flawed");
    assert!(desk.visible_texts(".todo li").iter().all(|item| !item.contains("Not in the text")));
    desk.leave();
}
