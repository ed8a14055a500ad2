//! What else is said of an annotation: its entity, a note, another type; and what happens when two copies disagree.

use serde_json::json;
use standpoint_e2e::{Desk, Upload, seen, until};

use crate::steps::{listed_articles, tag};

#[test]
fn a_mention_is_tied_to_an_entity_old_or_new() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "[Ismail Haniyeh], the head", "speaker");
    desk.choose("[data-field=entity]", "haniyeh");
    desk.wait_for_text(".entity", &["Ismail Haniyeh"]);
    tag(&desk, "[the resistance movements] for", "speaker");
    desk.choose("[data-field=entity]", "new entity");
    desk.wait_for("form.naming input");
    desk.click_command("create-entity");
    desk.wait_for_text(".entity", &["the resistance movements"]);
    let export = desk.export();
    assert_eq!(export.find("ana", "speaker", "Ismail Haniyeh")["entity"], "haniyeh");
    let tied = export.find("ana", "speaker", "the resistance movements")["entity"].clone();
    let entity = export.list("entities").iter().find(|entity| entity["id"] == tied).expect("it is in the project");
    assert_eq!(entity["name"], "the resistance movements");
    desk.click_command("undo");
    until("the tie undone", || seen(desk.value("[data-field=entity]").as_deref() == Some(""), desk.value("[data-field=entity]")));
    assert_eq!(desk.export().find("ana", "speaker", "the resistance movements")["entity"], json!(null));
    desk.leave();
}

#[test]
fn a_note_takes_every_key_as_text() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    let mut expected = desk.export().work_of("ana");
    desk.click(".frame textarea");
    desk.type_text("sqctg jkn 123 + [x] ?/");
    assert!(!desk.sees("dialog"));
    desk.press("Escape");
    desk.saved();
    expected[0]["note"] = json!("sqctg jkn 123 + [x] ?/");
    assert_eq!(desk.export().work_of("ana"), expected, "nothing but the note changed");
    // The whole note is one step.
    desk.click_command("undo");
    until("no note", || seen(desk.value(".frame textarea").as_deref() == Some(""), desk.value(".frame textarea")));
    desk.click_command("redo");
    until("the note again", || seen(desk.value(".frame textarea").is_some_and(|note| note.ends_with("?/")), desk.value(".frame textarea")));
    // After it the keys are the desk's again.
    desk.press("1");
    desk.wait_for("[data-attribute=form] [data-option=name].on");
    // In the filter of the articles they are text too.
    let revision = desk.revision();
    desk.press("/");
    desk.type_text("secretary");
    until("one article", || seen(listed_articles(&desk) == ["seed-b"], listed_articles(&desk)));
    assert_eq!(desk.revision(), revision);
    desk.leave();
}

#[test]
fn another_type_keeps_what_fits_it() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let id = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.press("1");
    tag(&desk, "that [resistance] is the best", "stance");
    desk.click_command("fill-holder");
    desk.click_with_text("[data-candidate]", "Ali Akbar Ahmadian");
    desk.press("Escape");
    desk.click_word("Ali Akbar Ahmadian");
    desk.wait_for_focus("Ali Akbar Ahmadian");
    desk.choose(".frame select.type", "target");
    until("another type", || seen(!desk.sees("[data-attribute=form]"), desk.visible_texts(".frame")));
    let export = desk.export();
    assert_eq!(export.find("ana", "target", "Ali Akbar Ahmadian")["id"], id);
    // A target can't hold a stance.
    assert_eq!(export.lines("ana", "seed-a"), ["stance: resistance", "target: Ali Akbar Ahmadian"]);
    let revision = desk.revision();
    desk.click_command("undo");
    until("the type undone", || seen(desk.revision() > revision, revision));
    assert_eq!(
        desk.export().lines("ana", "seed-a"),
        ["stance: resistance | holder=Ali Akbar Ahmadian", "speaker: Ali Akbar Ahmadian | form=name"]
    );
    desk.leave();
}

#[test]
fn copies_that_disagree_are_both_kept_until_the_person_chooses() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let id = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    let shared = desk.export();
    // Here it becomes a name; in the copy on another machine, a pronoun.
    desk.click("[data-attribute=form] [data-option=name]");
    let mut copy = shared.project.clone();
    let record = copy["annotations"].as_array_mut().into_iter().flatten().find(|record| record["id"] == id.as_str()).expect("the record");
    record["attributes"] = json!({ "form": "pronoun" });
    record["version"]["elsewhere"] = json!(1);
    desk.import(&[Upload::new("copy.json", copy.to_string())]);
    desk.wait_for_text(".todo li", &["Two versions"]);
    let merged = desk.export();
    assert_eq!(merged.list("conflicts").len(), 1);

    desk.click_with_text(".todo button", "Two versions");
    desk.wait_for_focus("Ali Akbar Ahmadian");
    let versions = desk.visible_texts("[data-command=resolve]");
    assert!(
        versions.len() == 2 && versions.iter().any(|one| one.contains("name")) && versions.iter().any(|one| one.contains("pronoun")),
        "{versions:?}"
    );
    desk.click_with_text("[data-command=resolve]", "pronoun");
    until("one version", || seen(!desk.sees("[data-command=resolve]"), desk.visible_texts("[data-command=resolve]")));
    desk.saved();
    desk.reload();
    let settled = desk.export();
    assert_eq!(settled.lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian | form=pronoun"]);
    assert_eq!(settled.list("conflicts").len(), 0);
    // The same copy again has nothing new to say.
    desk.import(&[Upload::new("copy.json", copy.to_string())]);
    desk.wait_for_text(".foot [role=status]", &["othing new"]);
    desk.leave();
}
