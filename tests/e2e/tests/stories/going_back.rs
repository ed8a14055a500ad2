//! A merge is taken back days later: the storage dialog lists what was merged, says what would change, and forgets what it
//! is told to forget.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, Upload, assert_sound, seen, until};

use crate::steps::{ANA, by_palette, pictures, tag};

const POINT: &str = "dialog .points > li";
const NONE: &str = "dialog [aria-label=\"Merges to take back\"] .hint-text";
const WOULD: &str = "dialog .would";

#[track_caller]
fn open(desk: &Desk) {
    desk.click_command("storage");
    desk.wait_for("dialog [data-store=database]");
}

#[track_caller]
fn close(desk: &Desk) {
    desk.press("Escape");
    desk.wait_gone("dialog");
}

/// The restore points in the database: what was merged, and how many records it changed.
fn remembered(desk: &Desk) -> Vec<(String, usize)> {
    let rows = desk.database().into_iter().filter(|(key, _)| key.starts_with("standpoint/restore/seed-articles/"));
    let read = |value: String| -> Value { serde_json::from_str(value.splitn(3, ' ').nth(2).expect("a sealed value")).expect("JSON") };
    let point = |(_, value): (String, String)| {
        let value = read(value);
        (value[1].as_str().unwrap_or_default().to_owned(), value[2].as_array().map_or(0, Vec::len))
    };
    rows.map(point).collect()
}

#[track_caller]
fn until_remembered(desk: &Desk, count: usize) {
    until(&format!("{count} restore points"), || seen(remembered(desk).len() == count, remembered(desk)));
}

/// The project as a colleague sends it who began with `own`.
fn from_ben(own: &Export) -> Upload {
    let mut copy = own.project.clone();
    copy["annotators"].as_array_mut().expect("a list").push(json!({ "id": "ben", "name": "Ben" }));
    let bens = json!({ "id": "ben-1", "article": "seed-a", "annotator": "ben", "type": "speaker",
        "fragments": [{ "start": 474, "end": 482, "text": "Ahmadian" }] });
    copy["annotations"].as_array_mut().expect("a list").push(bens);
    Upload::new("from-ben.json", copy.to_string())
}

/// The same after he has said more of his annotation.
fn noted(merged: &Export, file: &str, note: &str, number: u32) -> Upload {
    let mut copy = merged.project.clone();
    let mut records = copy["annotations"].as_array_mut().into_iter().flatten();
    let record = records.find(|record| record["id"] == "ben-1").expect("Ben’s annotation");
    record["note"] = json!(note);
    record["version"]["elsewhere"] = json!(number);
    Upload::new(file, copy.to_string())
}

fn note(desk: &Desk) -> String {
    desk.export().find("ben", "speaker", "Ahmadian")["note"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_merge_is_listed_and_taken_back_after_a_reload() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    open(&desk);
    desk.wait_for_text(NONE, &["None."]);
    close(&desk);
    let own = desk.export();
    desk.import(&[from_ben(&own)]);
    desk.wait_for("[data-layer=ben]");
    desk.saved();
    let merged = desk.export();
    assert_eq!(merged.lines("ben", "seed-a"), ["speaker: Ahmadian"]);
    until_remembered(&desk, 1);
    let changed = remembered(&desk)[0].1;
    assert_eq!(changed, 2, "Ben, and his annotation");

    desk.reload();
    open(&desk);
    desk.wait_for_text(POINT, &["from-ben.json was merged into this project.", "2 records"]);
    pictures(&desk, "merges");
    desk.click_command("take-back-point");
    desk.wait_for_text(WOULD, &["2 records would be as before the merge."]);
    pictures(&desk, "merge-asked");
    // Until one agrees nothing is changed.
    desk.click_command("leave-point");
    desk.wait_gone(WOULD);
    close(&desk);
    assert_eq!(desk.export().text(), merged.text());

    open(&desk);
    desk.click_command("take-back-point");
    desk.click_command("confirm-take-back");
    desk.wait_for_text("dialog [role=status]", &["Taken back: the project is as it was before."]);
    desk.wait_for_text(NONE, &["None."]);
    assert!(!desk.sees(POINT));
    close(&desk);
    desk.wait_gone("[data-layer=ben]");
    let back = desk.export();
    assert_eq!(back.text(), own.text(), "byte for byte, with no trace of a deletion");
    assert_sound(&[&back]);
    desk.saved();
    assert_eq!(remembered(&desk), []);
    desk.reload();
    assert_eq!(desk.export().text(), own.text(), "on the device, too");

    // Nothing stands in the way of the same file.
    desk.import(&[from_ben(&own)]);
    desk.wait_for("[data-layer=ben]");
    assert_eq!(desk.export().content(), merged.content());
    desk.leave();
}

#[test]
fn of_an_older_merge_what_changed_since_stays_and_what_is_of_no_use_is_forgotten() {
    let desk = Desk::open(ANA);
    let own = desk.export();
    desk.import(&[from_ben(&own)]);
    desk.wait_for("[data-layer=ben]");
    desk.saved();
    let merged = desk.export();
    for (number, words) in [(1, "first"), (2, "second")] {
        let file = format!("{words}.json");
        desk.import(&[noted(&merged, &file, words, number)]);
        desk.wait_for_text("[role=status] .notice", &[&file]);
        desk.saved();
    }
    assert_eq!(note(&desk), "second");
    until_remembered(&desk, 3);
    open(&desk);
    let listed = || desk.visible_texts(&format!("{POINT} > p[dir]"));
    let all = ["second.json", "first.json", "from-ben.json"].map(|file| format!("{file} was merged into this project."));
    assert_eq!(listed(), all, "the latest first");
    let ask = |file: &str| {
        desk.click(&format!("{POINT} [data-command=take-back-point][aria-label*=\"{file}\"]"));
    };

    // The second has overtaken all of the first.
    ask("first.json");
    desk.wait_for_text(WOULD, &["nothing to take back"]);
    assert!(!desk.sees("[data-command=confirm-take-back]"));
    desk.click_command("forget-point");
    desk.wait_for_text("dialog [role=status]", &["Forgotten."]);
    until("two left", || seen(listed() == [all[0].clone(), all[2].clone()], listed()));
    close(&desk);
    assert_eq!(note(&desk), "second", "to forget changes nothing else");
    desk.reload();
    open(&desk);
    until("still two", || seen(listed() == [all[0].clone(), all[2].clone()], listed()));

    // Of the oldest only Ben himself is as he came.
    ask("from-ben.json");
    desk.wait_for_text(WOULD, &["1 record would be as before the merge; 1 changed since and stays."]);
    desk.click_command("leave-point");
    ask("second.json");
    desk.wait_for_text(WOULD, &["1 record would be as before the merge."]);
    desk.click_command("confirm-take-back");
    desk.wait_for_text("dialog [role=status]", &["Taken back: the project is as it was before."]);
    close(&desk);
    assert_eq!(note(&desk), "first");
    open(&desk);
    ask("from-ben.json");
    desk.wait_for_text(WOULD, &["1 record would be as before the merge; 1 changed since and stays."]);
    desk.click_command("confirm-take-back");
    desk.wait_for_text("dialog [role=status]", &["Taken back, but for 1 that changed since"]);
    desk.wait_for_text(NONE, &["None."]);
    close(&desk);
    assert_eq!(note(&desk), "first", "what changed since is still here");
    until_remembered(&desk, 0);
    desk.leave();
}

#[test]
fn a_merge_is_taken_back_by_keys_alone() {
    let desk = Desk::open(ANA);
    let export = |desk: &Desk| desk.export_by(|desk| by_palette(desk, "export", "Export"));
    let own = export(&desk);
    desk.import(&[from_ben(&own)]);
    desk.wait_for("[data-layer=ben]");
    desk.saved();
    let merged = export(&desk);
    let open = || {
        by_palette(&desk, "merges", "Storage, backups and merges");
        desk.tab_to("dialog [data-command=take-back-point]");
        desk.press("Enter");
        desk.wait_for_text(WOULD, &["2 records would be as before the merge."]);
        // The answer is where the question was.
        desk.wait_for_keyboard("[data-command=confirm-take-back]");
    };
    open();
    desk.press("Tab Enter");
    desk.wait_gone(WOULD);
    desk.wait_for_keyboard("[data-command=take-back-point]");
    close(&desk);
    assert_eq!(export(&desk).text(), merged.text(), "nothing was changed");

    open();
    desk.press("Enter");
    desk.wait_for_text("dialog [role=status]", &["Taken back: the project is as it was before."]);
    close(&desk);
    assert_eq!(export(&desk).text(), own.text(), "byte for byte");
    desk.press("ArrowRight s");
    until("a tag by key", || seen(desk.focused().is_some(), desk.cursor_word()));
    desk.leave();
}
