//! Copies of the project that come in: what they contradict, what is asked, and what each answer does.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use standpoint::edit::{Command, HandIn};
use standpoint::format::native;
use standpoint::model::*;
use standpoint::session::*;
use standpoint::text::Side;

use crate::desk::*;

/// The sample as somebody sends it who changed its file by `change`.
fn copy(file: &str, change: impl Fn(&mut serde_json::Value)) -> HandIn {
    let mut json: serde_json::Value = serde_json::from_str(include_str!("../../static/project.json")).expect("the sample");
    change(&mut json);
    let reading = native::read(file, &json.to_string()).expect("a project");
    assert_eq!(reading.issues, [], "{file} is sound");
    HandIn { file: file.into(), project: reading.store }
}

fn add_note(json: &mut serde_json::Value, who: &str) {
    let annotators = json["annotators"].as_array_mut().expect("a list");
    annotators.push(serde_json::json!({ "id": who, "name": who }));
    let text: String = json["articles"][0]["text"].as_str().expect("a text").chars().take(10).collect();
    let annotation = serde_json::json!({ "id": format!("{who}-1"), "article": "seed-a", "annotator": who, "type": "speaker",
        "fragments": [{ "start": 0, "end": 10, "text": text }] });
    json["annotations"].as_array_mut().expect("a list").push(annotation);
}

/// Ben's copy, in which the text of the first article has another word.
fn other_text() -> HandIn {
    copy("ben.json", |json| {
        add_note(json, "ben");
        let text = json["articles"][0]["text"].as_str().expect("a text").replacen("resistance is", "resistance was", 1);
        json["articles"][0]["sha256"] = standpoint::text::sha256_hex(&text).into();
        json["articles"][0]["text"] = text.into();
        for record in json["annotations"].as_array_mut().into_iter().flatten().filter(|record| record["article"] == "seed-a") {
            let after = |at: &serde_json::Value| at.as_u64().is_some_and(|at| at > 590);
            for fragment in record["fragments"].as_array_mut().into_iter().flatten() {
                for edge in ["start", "end"] {
                    if after(&fragment[edge]) {
                        fragment[edge] = (fragment[edge].as_u64().expect("a number") + 1).into();
                    }
                }
                fragment.as_object_mut().expect("a fragment").remove("text");
            }
        }
    })
}

fn hand_in(desk: &mut Desk, copies: Vec<HandIn>) -> Option<Rc<Handing>> {
    desk.act(Action::HandIn { handing: Rc::new(Handing::of_files(copies)), decided: None });
    match &desk.state.dialog {
        Some(Dialog::Clashes(handing)) => Some(handing.clone()),
        _ => None,
    }
}

fn agree(desk: &mut Desk, handing: &Rc<Handing>, decided: Decided) {
    desk.act(Action::Dialog(None));
    desk.act(Action::HandIn { handing: handing.clone(), decided: Some(decided) });
}

fn said(desk: &Desk) -> Vec<String> {
    desk.state.notices.iter().map(|notice| notice.text.to_string()).collect()
}

#[test]
fn files_that_contradict_nothing_are_merged_at_once_and_counted() {
    let mut desk = Desk::open("seed-a");
    let before = desk.state.store.clone();
    let copies = vec![copy("cleo.json", |json| add_note(json, "cleo")), copy("dan.json", |json| add_note(json, "dan"))];
    assert_eq!(hand_in(&mut desk, copies.clone()), None);
    let all = before.article_ids().iter().map(|article| before.annotations(article).len()).sum::<usize>();
    assert_eq!(
        said(&desk),
        [format!(
            "2 files were merged into this project: cleo.json, dan.json. New: 2 annotators and 2 annotations. {all} annotations were known already."
        )]
    );
    desk.act(Action::TakeBack);
    assert_eq!(desk.state.store, before);
    // Again it comes again, and the third time there is nothing new in it.
    hand_in(&mut desk, copies.clone());
    let merged = desk.state.store.clone();
    hand_in(&mut desk, copies);
    assert_eq!((&desk.state.store, &*desk.state.status), (&merged, "nothing new in it"));
}

#[test]
fn another_text_is_shown_and_left_out_with_all_that_belongs_to_it() {
    let mut desk = Desk::open("seed-a");
    let before = desk.state.store.clone();
    let handing = hand_in(&mut desk, vec![copy("cleo.json", |json| add_note(json, "cleo")), other_text()]).expect("a question");
    assert_eq!(desk.state.store, before);
    let [text] = &handing.texts()[..] else { panic!("{:?}", handing.clashes) };
    assert_eq!(
        (text.article.as_str(), &*text.standing_in, &*text.files, text.own_id.as_str()),
        ("seed-a", "this project", "ben.json", "seed-a-2")
    );
    let differences = text.differences.as_ref().expect("a difference");
    let shown: Vec<(Side, &str)> = differences.places.iter().flatten().map(|piece| (piece.of, &*piece.text)).collect();
    assert!(shown.contains(&(Side::First, "is")) && shown.contains(&(Side::Second, "was")), "{shown:?}");
    assert_eq!(text.annotations, before.annotations(&text.article).len() + 1);

    agree(&mut desk, &handing, Decided::default());
    let after = desk.state.store.clone();
    let names: Vec<&str> = after.annotators().map(|annotator| annotator.id.as_str()).collect();
    assert!(names.contains(&"ben") && names.contains(&"cleo"), "{names:?}");
    assert_eq!(after.annotations(&text.article).len(), before.annotations(&text.article).len() + 1, "Cleo’s");
    assert_eq!(after.article(&text.article), before.article(&text.article));
    assert!(said(&desk)[0].contains("1 article with another text was left out."), "{:?}", said(&desk));
    desk.act(Action::TakeBack);
    assert_eq!(desk.state.store, before);
}

#[test]
fn another_text_comes_in_as_an_article_of_its_own_and_stays_the_same_article() {
    let mut desk = Desk::open("seed-a");
    let before = desk.state.store.clone();
    let handing = hand_in(&mut desk, vec![other_text()]).expect("a question");
    let own = handing.clashes.texts[0].own_id.clone();
    let decided = Decided { own: BTreeSet::from([own.clone()]), ..Decided::default() };
    agree(&mut desk, &handing, decided.clone());
    let merged = desk.state.store.clone();
    assert_eq!(merged.annotations(&own).len(), handing.texts()[0].annotations);
    assert!(merged.annotations(&own).iter().all(|annotation| annotation.article == own));
    assert_eq!(merged.article_ids().len(), before.article_ids().len() + 1);
    // The same file again: the same question, and the same article.
    let again = hand_in(&mut desk, vec![other_text()]).expect("a question");
    assert_eq!(again.clashes.texts[0].own_id, own);
    agree(&mut desk, &again, decided);
    assert_eq!(desk.state.store, merged);
}

#[test]
fn two_files_contradict_each_other_too() {
    let mut desk = Desk::open("seed-a");
    let new = |file: &str, text: &'static str| {
        copy(file, |json| {
            let article = serde_json::json!({ "id": "new", "title": "", "text": text, "sha256": standpoint::text::sha256_hex(text) });
            json["articles"].as_array_mut().expect("a list").push(article);
        })
    };
    let handing = hand_in(&mut desk, vec![new("a.json", "one\n"), new("b.json", "one\r\n"), new("c.json", "one\r\n")]).expect("a question");
    let [text] = &handing.texts()[..] else { panic!("{:?}", handing.clashes) };
    assert_eq!((&*text.standing_in, &*text.files), ("a.json", "b.json, c.json"));
    agree(&mut desk, &handing, Decided::default());
    assert_eq!(
        desk.state.store.article(&ArticleId::new("new").expect("an id")).map(|article| article.text.as_str().to_owned()),
        Some("one\n".to_owned())
    );
}

/// The copy in which a type was added, by a page load that does not know of what was changed here.
fn other_scheme() -> HandIn {
    copy("ben.json", |json| {
        json["scheme"]["version"] = serde_json::json!({ "ben": 7 });
        let mut of = json["scheme"]["types"][0].clone();
        (of["id"], of["name"], of["key"]) = ("place".into(), "Place".into(), "v".into());
        json["scheme"]["types"].as_array_mut().expect("a list").push(of);
        json["scheme"]["types"][1]["name"] = "Signal".into();
        add_note(json, "ben");
        let last = json["annotations"].as_array().expect("a list").len() - 1;
        json["annotations"][last]["type"] = "place".into();
    })
}

#[test]
fn schemes_that_neither_overtakes_are_asked_about_and_joined_in_one_step() {
    let mut desk = Desk::open("seed-a");
    let mut scheme = Scheme::clone(desk.state.store.scheme());
    let event = add_type(&mut scheme, "Event");
    scheme.types[event].key = Some('v');
    desk.act(Action::Run(Command::SetScheme { scheme: Rc::new(scheme), fates: Vec::new() }));
    let before = desk.state.store.clone();
    let handing = hand_in(&mut desk, vec![other_scheme()]).expect("a question");
    let options = scheme_options(&before, &handing, &BTreeSet::new());
    let [ours, theirs, joined] = &options[..] else { panic!("{options:?}") };
    assert_eq!((ours.whose.as_deref(), theirs.whose.as_deref()), (Some("this project"), Some("ben.json")));
    assert!(ours.gets.is_empty() && ours.loses.is_empty());
    assert_eq!((ours.unknown, theirs.unknown, joined.unknown), ((0, 1), (0, 0), (0, 0)));
    assert_eq!((&theirs.gets[..], &theirs.loses[..]), (&["the type “Place”".into()][..], &["the type “Event”".into()][..]));
    assert_eq!(joined.gets, ["the type “Place”".into()]);
    assert_eq!(joined.kept.iter().map(|of| of.what.clone()).collect::<Vec<_>>(), [vec!["name"]]);
    // A key can't have two meanings.
    assert_eq!(joined.scheme.types.iter().find(|of| of.id.as_str() == "place").map(|of| of.key), Some(None));
    assert!(options.iter().all(|option| option.fault.is_none()));

    // Without a choice it is asked again, and nothing is changed.
    agree(&mut desk, &handing, Decided::default());
    assert_eq!(desk.state.store, before);
    assert!(matches!(desk.state.dialog, Some(Dialog::Clashes(_))));
    for (choice, types) in
        [(SchemeChoice::This(0), &ours.scheme), (SchemeChoice::This(1), &theirs.scheme), (SchemeChoice::Joined, &joined.scheme)]
    {
        agree(&mut desk, &handing, Decided { scheme: Some(choice), ..Decided::default() });
        assert_eq!(desk.state.store.scheme(), types);
        assert!(desk.state.store.record(&RecordKey::Scheme).is_some_and(|record| record.conflicts.is_empty()));
        assert_eq!(said(&desk).last().is_some_and(|said| said.contains("The scheme changed.")), choice != SchemeChoice::This(0));
        // It overtakes both: neither copy asks again.
        let merged = desk.state.store.clone();
        assert_eq!(hand_in(&mut desk, vec![other_scheme()]), None);
        assert_eq!(desk.state.store, merged);
        desk.act(Action::TakeBack);
        assert_eq!(desk.state.store, before, "the scheme, too, with one click");
    }
}

#[test]
fn what_the_project_says_of_itself_is_kept_unless_the_person_takes_theirs() {
    let mut desk = Desk::open("seed-a");
    desk.act(Action::Run(Command::SetGuidelines { guidelines: "# Ours\n\nTag it.".to_owned() }));
    let before = desk.state.store.clone();
    let theirs = copy("ben.json", |json| {
        let header = &mut json["project"];
        header["version"] = serde_json::json!({ "ben": 7 });
        (header["title"], header["guidelines"]) = ("Another".into(), "# Ours\n\nTag everything.".into());
    });
    let handing = hand_in(&mut desk, vec![theirs.clone()]).expect("a question");
    let fields = handing.fields();
    assert_eq!(fields.iter().map(|of| of.field).collect::<Vec<_>>(), [HeaderField::Title, HeaderField::Guidelines]);
    let decided = Decided { header: BTreeMap::from([(HeaderField::Title, 1)]), ..Decided::default() };
    agree(&mut desk, &handing, decided);
    let header = desk.state.store.header().clone();
    assert_eq!((&*header.title, &*header.guidelines), ("Another", "# Ours\n\nTag it."));
    assert_eq!(hand_in(&mut desk, vec![theirs.clone()]), None);

    // What came by another road is settled when one likes.
    let mut desk = Desk::open("seed-a");
    desk.act(Action::Run(Command::SetGuidelines { guidelines: "# Ours".to_owned() }));
    desk.hear(&theirs.project);
    desk.act(Action::NextConflict);
    let Some(Dialog::Clashes(handing)) = desk.state.dialog.clone() else { panic!("{:?}", desk.state.dialog) };
    agree(&mut desk, &handing, Decided::default());
    assert!(desk.state.store.record(&RecordKey::Project).is_some_and(|record| record.conflicts.is_empty()));
    desk.act(Action::NextConflict);
    assert_eq!((desk.state.dialog.clone(), &*desk.state.status), (None, "nothing that copies disagree on"));
    assert_ne!(before.header(), desk.state.store.header());
}

#[test]
fn conflicts_are_counted_and_led_to() {
    let mut desk = Desk::open("seed-b");
    let id = desk.state.store.annotations(&ArticleId::new("seed-a").expect("an id")).iter().next().expect("an annotation").id.clone();
    let noted = |file: &str, who: &'static str| {
        copy(file, |json| {
            let record = json["annotations"].as_array_mut().into_iter().flatten().find(|record| record["id"] == id.as_str());
            let record = record.expect("the annotation");
            record["note"] = who.into();
            record["version"].as_object_mut().expect("a version").insert(who.to_owned(), 9.into());
        })
    };
    assert_eq!(hand_in(&mut desk, vec![noted("a.json", "ann"), noted("b.json", "bob")]), None);
    assert!(said(&desk)[0].contains("1 annotation was changed."), "{:?}", said(&desk));
    assert_eq!(said(&desk)[1], "1 conflict to decide: copies say different things, and both are kept.");
    assert_eq!(desk.state.notices[1].offer, Some(Offer::Conflict));
    desk.act(Intent::NextConflict.action(&desk.state).expect("an action"));
    assert_eq!((desk.state.article.as_ref().map(ArticleId::as_str), desk.state.focus.as_ref()), (Some("seed-a"), Some(&id)));
    assert_eq!(frame_view(&desk.state).expect("a frame").versions.len(), 2);
}

#[test]
fn a_decision_waits_behind_another_and_is_judged_by_what_is_there_then() {
    let mut desk = Desk::open("seed-a");
    let first = hand_in(&mut desk, vec![other_text()]).expect("a question");
    desk.act(Action::HandIn { handing: Rc::new(Handing::of_files(vec![other_text()])), decided: None });
    assert_eq!(desk.state.waiting.len(), 1);
    // Meanwhile the article was removed: what was seen is not so any more, and nothing contradicts.
    desk.act(Action::Run(Command::RemoveArticle { article: ArticleId::new("seed-a").expect("an id") }));
    agree(&mut desk, &first, Decided::default());
    assert!(matches!(desk.state.dialog, Some(Dialog::Clashes(_))), "the other one is next");
    desk.press("Escape");
    assert_eq!(desk.state.dialog, None);
    // Where another tab edits, nothing is merged.
    let before = desk.state.store.clone();
    desk.act(Action::Edit(Editing::InAnotherTab));
    assert_eq!(hand_in(&mut desk, vec![other_text()]), None);
    assert_eq!(desk.state.store, before);
}
