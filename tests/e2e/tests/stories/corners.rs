//! Places where people got stuck, or lost something, once.

use serde_json::json;
use standpoint_e2e::{Desk, Upload, seen, until};

use crate::steps::{fill_storage, listed_articles, tag, with_little_room};

fn project(id: &str, annotator: &str) -> String {
    json!({ "format": "standpoint", "version": 1, "project": { "id": id, "title": format!("Project {id}") },
        "annotators": [{ "id": annotator, "name": annotator }],
        "articles": [{ "id": "x", "text": "He said so." }, { "id": "y", "text": "She did not." }],
        "annotations": [{ "id": annotator, "article": "x", "annotator": annotator, "type": "speaker", "fragments": [{ "start": 0, "end": 2 }] }] })
    .to_string()
}

#[test]
fn several_files_are_decided_on_one_after_the_other() {
    let desk = Desk::open("?annotator=lead&article=seed-a");
    let files: Vec<Upload> = ["ann", "bea", "cy"].map(|name| Upload::new(&format!("{name}.json"), project("team", name))).into();
    desk.import(&files);
    desk.wait_for_text("dialog h2", &["ann.json"]);
    desk.press("Ctrl+k");
    desk.wait_for_text("dialog h2", &["ann.json"]);
    desk.click_command("accept-import");
    desk.wait_for_article("x");
    for name in ["bea", "cy"] {
        desk.wait_for_text("dialog h2", &[name]);
        desk.click_command("accept-import");
    }
    desk.wait_gone("dialog");
    until("all three", || seen(["ann", "bea", "cy"].iter().all(|name| desk.sees(&format!("[data-layer={name}]"))), ()));
    assert_eq!(desk.export().annotations().len(), 3);

    // Sound copies of the project on the desk come in, and can be taken back, together.
    desk.import(&["dee", "eve"].map(|name| Upload::new(&format!("{name}.json"), project("team", name))));
    desk.wait_for_text(".notice p", &["dee.json", "eve.json"]);
    assert_eq!(desk.export().annotations().len(), 5);
    desk.click_command("take-back");
    until("three again", || seen(!desk.sees("[data-layer=dee]") && !desk.sees("[data-layer=eve]"), ()));
    desk.leave();
}

#[test]
fn a_flawed_project_of_the_address_opens_at_its_article_for_its_annotator() {
    let desk = Desk::bare();
    let flawed = project("flawed", "u9")
        .replace("\"name\":\"u9\"", "\"name\":\"Ana Maria\"")
        .replace("\"y\"", "\"y\",\"language\":\"en\",\"sha256\":\"0\"");
    desk.site().add("/flawed.json", flawed);
    desk.go("?project=/flawed.json&annotator=Ana%20Maria&article=y");
    desk.wait_for("dialog");
    assert_eq!(desk.alerts(), Vec::<String>::new());
    desk.click_command("accept-import");
    desk.wait_for_article("y");
    desk.wait_for_text(".foot .place", &["Ana Maria"]);
    desk.saved();
    desk.reload();
    desk.wait_for("dialog");
    desk.click_command("cancel-import");
    desk.wait_gone("dialog");
    // Another project leaves the link behind.
    desk.import(&[Upload::new("other.json", project("other", "bo"))]);
    desk.click_command("accept-import");
    desk.wait_for_text(".bar .project", &["Project other"]);
    until("the address", || seen(!desk.address().contains("flawed"), desk.address()));
    desk.leave();
}

#[test]
fn work_that_could_not_be_stored_is_not_left_behind() {
    let desk = with_little_room();
    fill_storage(&desk);
    desk.fill_database();
    tag(&desk, "[Haniyeh], for his part", "speaker");
    until("the page to say so", || seen(desk.sees("[data-save-state=bad]"), ()));
    desk.import(&[Upload::new("other.json", project("other", "bo"))]);
    desk.click_command("accept-import");
    desk.wait_for_text("[role=alert] .notice p", &["could not be saved", "export"]);
    assert_eq!(desk.open_article().as_deref(), Some("seed-a"));
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Haniyeh"]);
    // It is in a file now.
    desk.import(&[Upload::new("other.json", project("other", "bo"))]);
    desk.click_command("accept-import");
    desk.wait_for_article("x");
    desk.leave();
}

#[test]
fn what_is_clicked_does_not_take_the_next_key() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.select("[outstanding] contribution");
    desk.click_command("tag-stance");
    desk.wait_for_role("holder");
    desk.click("[data-attribute=polarity] [data-option=favor]");
    desk.wait_for("[data-option=favor][aria-pressed=true]");
    desk.press("Enter");
    desk.wait_for_role("target");
    assert!(desk.sees("[data-option=favor][aria-pressed=true]"), "Enter filled the role and left the polarity alone");
    desk.press("Escape");

    desk.click("[data-open-article=seed-b]");
    desk.wait_for_article("seed-b");
    desk.press("ArrowDown s");
    desk.wait_for("[data-frame]");
    desk.choose("select[data-field=entity]", "ahmadian");
    assert_eq!(desk.script("return document.activeElement.localName"), "article", "the list gave the keyboard back");
    desk.press("ArrowRight q");
    until("the cue", || seen(desk.export().lines("ana", "seed-b").len() == 2, ()));
    desk.leave();
}

#[test]
fn a_paragraph_keeps_its_direction_when_its_first_word_is_tagged() {
    let desk = Desk::open("?annotator=ana");
    desk.import(&[Upload::new("arabic.txt", "قال الرئيس إن المقاومة هي الخيار الأفضل.\n")]);
    desk.wait_for_text("article", &["قال"]);
    let place = |desk: &Desk| {
        desk.script("const box = document.querySelector('article [data-start=\"0\"]').getBoundingClientRect(), all = document.querySelector('article').getBoundingClientRect(); return Math.round(all.right - box.right)")
    };
    let before = place(&desk);
    tag(&desk, "[قال] الرئيس", "cue");
    assert_eq!(place(&desk), before, "the first word stands at the right edge");
    desk.select("[الرئيس] إن");
    desk.click_command("tag-claim");
    desk.wait_for("[data-frame]");
    desk.leave();
}

#[test]
fn the_toolbar_follows_the_text_and_stays_in_sight() {
    let desk = Desk::open("?annotator=ana&article=seed-b");
    let toolbar = |desk: &Desk| {
        desk.script("const box = document.querySelector('[data-toolbar=tag]').getBoundingClientRect(); return [box.top, box.bottom]")
    };
    let top = |desk: &Desk| toolbar(desk)[0].as_f64().expect("a number");
    desk.select("The [comments] were made");
    desk.wait_for("[data-toolbar=tag]");
    let before = top(&desk);
    desk.script("document.querySelector('main').scrollBy(0, 40)");
    until("the toolbar to follow", || seen((before - top(&desk) - 40.0).abs() < 2.0, toolbar(&desk)));
    // A selection taller than the window.
    desk.press("Shift+ArrowDown");
    desk.press_times("Shift+ArrowDown", 12);
    until("the toolbar in sight", || {
        let (at, height) = (toolbar(&desk), desk.script("return innerHeight").as_f64().expect("a number"));
        seen(at[0].as_f64().is_some_and(|top| top >= 0.0) && at[1].as_f64().is_some_and(|bottom| bottom <= height), at)
    });
    desk.leave();
}

#[test]
fn the_palette_shows_what_is_chosen_and_gives_the_focus_on() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.press("Ctrl+k");
    desk.wait_for("dialog .search:focus");
    desk.press_times("ArrowDown", 30);
    let hidden = "const list = document.querySelector('.dialog-body').getBoundingClientRect(), on = document.querySelector('.palette .on').getBoundingClientRect();
        return on.top < list.top - 1 || on.bottom > list.bottom + 1";
    until("the chosen row in sight", || seen(desk.script(hidden) == json!(false), ()));
    desk.type_text("filter");
    desk.wait_for_text(".palette .on", &["Filter"]);
    desk.press("Enter");
    desk.wait_for(".left input[type=search]:focus");
    desk.type_text("Secretary");
    until("one article", || seen(listed_articles(&desk) == ["seed-b"], listed_articles(&desk)));
    desk.leave();
}
