//! A lead drops what annotators hand in: what contradicts the project is shown and asked about, all else is merged, and one
//! click takes all of it back.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, Upload, assert_sound, seen, until};

use crate::steps::{ANA, by_palette, pictures, tag};

/// The project as `who` hands it in, with an annotation of theirs; `change` is what else they did.
fn from(who: &str, own: &Export, change: impl Fn(&mut Value)) -> Upload {
    let mut copy = own.project.clone();
    copy["annotators"].as_array_mut().expect("a list").push(json!({ "id": who, "name": who }));
    let theirs = json!({ "id": format!("{who}-1"), "article": "seed-b", "annotator": who, "type": "speaker",
        "fragments": [{ "start": 0, "end": 5 }] });
    copy["annotations"].as_array_mut().expect("a list").push(theirs);
    change(&mut copy);
    Upload::new(&format!("{who}.json"), copy.to_string())
}

/// Another clean-up of the first article: two spaces, which move all that follows, and a line end more.
fn cleaned_up(copy: &mut Value) {
    let article = &mut copy["articles"][0];
    let text = article["text"].as_str().expect("a text").replacen("has noted that", "has  noted that", 1);
    article.as_object_mut().expect("an article").remove("sha256");
    article["text"] = (text + "\n").into();
}

fn ids(export: &Export, list: &str) -> Vec<String> {
    let mut ids: Vec<String> = export.list(list).iter().map(|record| record["id"].as_str().unwrap_or_default().to_owned()).collect();
    ids.sort();
    ids
}

#[test]
fn three_files_at_once_of_which_one_has_another_text() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let own = desk.export();
    let cleo = |copy: &mut Value| {
        cleaned_up(copy);
        let words: String = copy["articles"][0]["text"].as_str().expect("a text").chars().take(10).collect();
        let theirs = json!({ "id": "cleo-2", "article": "seed-a", "annotator": "cleo", "type": "speaker",
            "fragments": [{ "start": 0, "end": 10, "text": words }] });
        // Whose work has moved is of no matter here: hers alone.
        let all = copy["annotations"].as_array_mut().expect("a list");
        all.retain(|record| record["article"] != "seed-a");
        all.push(theirs);
    };
    let files = || [from("ben", &own, |_| ()), from("cleo", &own, cleo), from("dan", &own, |_| ())];
    let revision = desk.revision();
    desk.import(&files());
    desk.wait_for_text("dialog h2", &["Merge 3 files"]);
    let shown = desk.wait_for_text("[data-clash=\"seed-a\"]", &["this project and cleo.json differ in seed-a", "with its 1 annotation"]);
    assert!(shown.contains("characters are the same"), "{shown}");
    let texts = |selector: &str| desk.visible_texts(&format!("[data-clash=\"seed-a\"] .diff {selector}"));
    assert_eq!((texts("del"), texts("ins")), (vec!["␣".to_owned()], vec!["␣␣".to_owned(), "↵".to_owned()]));
    pictures(&desk, "hand-in-text");
    assert_eq!(desk.barriers(), Vec::<String>::new());
    assert_eq!(desk.revision(), revision, "nothing is changed before one agrees");

    // By keys: what is proposed is to leave it out.
    desk.tab_to("dialog [data-command=accept-merge]");
    desk.press("Enter");
    desk.wait_gone("dialog");
    let said = desk.wait_for_text("[role=status] .notice", &["3 files were merged", "New: 3 annotators and 3 annotations."]);
    assert!(said.contains("1 article with another text was left out."), "{said}");
    let merged = desk.export();
    let mut union = ids(&own, "annotations");
    union.extend(["ben-1", "cleo-1", "dan-1"].map(str::to_owned));
    union.sort();
    assert_eq!(ids(&merged, "annotations"), union, "the union, but for what lies in the other text");
    assert_eq!(merged.articles(), own.articles());
    assert_eq!(merged.project["scheme"], own.project["scheme"]);
    assert_eq!(merged.list("conflicts"), own.list("conflicts"));
    assert_sound(&[&merged]);
    desk.click_command("take-back");
    desk.wait_gone("[data-layer=ben]");
    assert_eq!(desk.export().text(), own.text(), "byte for byte");

    // Taken in apart: an article more, with her annotation in it; the other one stays as it is.
    desk.import(&files());
    desk.wait_for("dialog [data-clash]");
    desk.click("[data-clash=\"seed-a\"] input[value=take-apart]");
    desk.click_command("accept-merge");
    desk.wait_for("[data-layer=ben]");
    let apart = desk.export();
    assert_eq!(ids(&apart, "articles"), ["seed-a", "seed-a-2", "seed-b"]);
    assert_eq!(apart.article("seed-a"), own.article("seed-a"));
    assert_eq!(apart.lines("cleo", "seed-a-2"), ["speaker: Resistance"]);
    assert_sound(&[&apart]);
    desk.saved();
    desk.reload();
    assert_eq!(desk.export().text(), apart.text());
    desk.leave();
}

/// The file of a lead's or annotator's page that changed the scheme without knowing of the other.
fn with_type(copy: &mut Value, replica: &str, name: &str) {
    copy["scheme"]["version"] = json!({ replica: 3 });
    let mut of = copy["scheme"]["types"][0].clone();
    (of["id"], of["name"]) = (name.to_lowercase().into(), name.into());
    of.as_object_mut().expect("a type").remove("key");
    copy["scheme"]["types"].as_array_mut().expect("a list").push(of);
}

fn types(export: &Export) -> Vec<String> {
    let types = export.project["scheme"]["types"].as_array().expect("types");
    types.iter().filter_map(|of| of["id"].as_str()).skip(5).map(str::to_owned).collect()
}

#[test]
fn a_scheme_that_was_changed_on_two_sides_is_joined() {
    let desk = Desk::open(ANA);
    let first = desk.export();
    // The lead's own change comes as a file, too: it overtakes what was never changed, and nobody is asked.
    desk.import(&[from("lead", &first, |copy| with_type(copy, "lead", "Event"))]);
    desk.wait_for_text("[role=status] .notice", &["lead.json was merged", "The scheme changed."]);
    let own = desk.export();
    assert_eq!(types(&own), ["event"]);
    let place = |copy: &mut Value| {
        with_type(copy, "ben", "Place");
        let all = copy["annotations"].as_array_mut().expect("a list");
        let last = all.last_mut().expect("Ben’s");
        last["type"] = "place".into();
    };
    let guidelines = |copy: &mut Value| {
        copy["project"]["version"] = json!({ "dan": 4 });
        copy["project"]["guidelines"] = "# Dan’s\n\nTag all.".into();
    };
    let files = || [from("ben", &first, place), from("dan", &first, guidelines)];
    desk.import(&files());
    desk.wait_for_text("[data-scheme=\"0\"]", &["Keep it as in this project", "stays as it is", "1 annotation (0 here, 1 that come)"]);
    desk.wait_for_text("[data-scheme=\"1\"]", &["Take it as in ben.json", "Adds: the type “Place”", "Takes away: the type “Event”"]);
    desk.wait_for_text("[data-field=guidelines]", &["Keep it as in this project, ben.json", "Take it as in dan.json", "Dan’s"]);
    assert_eq!(desk.is_enabled("accept-merge"), Some(false), "a scheme is chosen by nobody but the person");
    desk.click("[data-scheme=joined] input");
    until("all is decided", || seen(desk.is_enabled("accept-merge") == Some(true), "not yet"));
    pictures(&desk, "hand-in-scheme");
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.click_command("accept-merge");
    desk.wait_for_text("[role=status] .notice", &["2 files were merged", "The scheme changed."]);
    let joined = desk.export();
    assert_eq!(types(&joined), ["event", "place"]);
    assert_eq!(joined.project["project"]["guidelines"], own.project["project"]["guidelines"]);
    assert_eq!(joined.work_of("ben").len(), 1);
    assert_eq!(joined.list("conflicts"), own.list("conflicts"));
    desk.click_command("take-back");
    desk.wait_gone("[data-layer=ben]");
    assert_eq!(desk.export().text(), own.text(), "scheme, guidelines and work in one click");
    desk.leave();
}

#[test]
fn conflicts_are_counted_and_the_first_is_shown() {
    let desk = Desk::open(ANA);
    let id = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let own = desk.export();
    let noted = |who: &'static str| {
        let id = id.clone();
        from(who, &own, move |copy| {
            let all = copy["annotations"].as_array_mut().into_iter().flatten();
            let record = all.into_iter().find(|record| record["id"] == id.as_str()).expect("the annotation");
            record["note"] = who.into();
            record["version"][who] = json!(9);
        })
    };
    desk.press("Escape");
    desk.import(&[noted("ben"), noted("dan")]);
    desk.wait_for_text(".notices [role=status]", &["1 annotation was changed.", "1 conflict to decide"]);
    desk.click_command("next-conflict");
    desk.wait_for_focus("Ali Akbar Ahmadian");
    desk.wait_for_text(".right .versions", &["Changed in two places at once"]);
    by_palette(&desk, "next conflict", "Next conflict: what copies say different things of");
    desk.leave();
}

#[test]
fn a_copy_that_an_address_names_is_asked_about_as_a_file_is() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let own = desk.export();
    let mut copy = own.project.clone();
    cleaned_up(&mut copy);
    copy["annotations"].as_array_mut().expect("a list").retain(|record| record["article"] != "seed-a");
    desk.site().add("/copy.json", copy.to_string());
    desk.go("?project=copy.json&annotator=ana");
    desk.wait_for_text("dialog [data-clash]", &["this project and", "copy.json", "differ in seed-a"]);
    desk.click_command("cancel-merge");
    desk.wait_gone("dialog");
    assert_eq!(desk.export().text(), own.text());

    // Asked again, since nothing was decided; what was decided is remembered until the file is another one.
    desk.reload();
    desk.wait_for("dialog [data-clash]");
    desk.click_command("accept-merge");
    desk.wait_gone("dialog");
    let is_remembered = || desk.storage().iter().any(|(key, value)| key.starts_with("standpoint/hosted/") && value.ends_with("copy.json"));
    until("the file to be remembered", || seen(is_remembered(), "not remembered"));
    desk.reload();
    assert!(!desk.sees("dialog[open]"), "it is not asked twice");
    assert_eq!(desk.export().text(), own.text());
    desk.leave();
}
