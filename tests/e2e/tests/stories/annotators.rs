//! A lead with two annotators' files: their work is told apart in the text, compared row by row, and gone on with.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Export, Upload, assert_sound, seen, until};

use crate::steps::{ANA, pictures, tag};

/// The project as `who` hands it in, with what they tagged in the first article: a type, words, and what else is said.
fn from(who: &str, name: &str, own: &Export, tagged: &[(&str, &str, Value)]) -> Upload {
    let mut copy = own.project.clone();
    let text = copy["articles"][0]["text"].as_str().expect("a text").to_owned();
    copy["annotators"].as_array_mut().expect("a list").push(json!({ "id": who, "name": name }));
    for (at, (type_id, words, more)) in tagged.iter().enumerate() {
        let start = text[..text.find(words).unwrap_or_else(|| panic!("no {words:?}"))].chars().count();
        let mut record = json!({ "id": format!("{who}-{at}"), "article": "seed-a", "annotator": who, "type": type_id,
            "fragments": [{ "start": start, "end": start + words.chars().count(), "text": words }] });
        for (field, value) in more.as_object().into_iter().flatten() {
            record[field] = value.clone();
        }
        copy["annotations"].as_array_mut().expect("a list").push(record);
    }
    Upload::new(&format!("{who}.json"), copy.to_string())
}

/// How the rows are told: the verdict and the words of the first cell.
fn rows(desk: &Desk) -> Vec<String> {
    desk.visible_texts(".compare-table tbody tr").iter().map(|row| row.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn two_annotators_are_told_apart_compared_and_gone_on_with() {
    let desk = Desk::open(ANA);
    let own = desk.export();
    let polarity = |option: &str| json!({ "attributes": { "polarity": option } });
    let ben = [
        ("speaker", "Ali Akbar Ahmadian", json!({})),
        ("stance", "the best method", polarity("favor")),
        ("claim", "the Palestinian resistance", json!({ "roles": { "speaker": [{ "annotation": "ben-0" }] } })),
    ];
    let cleo = [
        ("speaker", "Ali Akbar Ahmadian", json!({})),
        ("stance", "best method", polarity("against")),
        ("claim", "the Palestinian resistance", json!({ "roles": { "speaker": [{ "annotation": "cleo-0" }] } })),
        ("cue", "has noted that", json!({})),
    ];
    desk.import(&[from("ben", "Ben Okri", &own, &ben), from("cleo", "Cleo", &own, &cleo)]);
    desk.wait_for_text("[role=status] .notice", &["2 files were merged"]);

    // In the list and in the text, each has a mark.
    assert_eq!(desk.visible_texts(".layers .who-mark"), ["BO", "C", "WE"]);
    let tags = desk.script("return [...document.querySelectorAll('article [data-tag]')].map((one) => one.dataset.tag).join(' ')");
    assert!(tags.as_str().is_some_and(|tags| tags.contains("·BO") && tags.contains("S·C") && tags.contains("▲·WE")), "{tags}");
    let text = own.article("seed-a")["text"].as_str().expect("a text");
    assert_eq!(desk.article_text(), text, "the text view shows the article’s text and nothing else");

    // By key; Ben on the left, Cleo on the right, since ana has done nothing here.
    desk.press("=");
    desk.wait_for("dialog .compare-table");
    assert_eq!(desk.value("[data-field=compare-first]").as_deref(), Some("ben"));
    assert_eq!(desk.value("[data-field=compare-second]").as_deref(), Some("cleo"));
    desk.wait_for_text("[data-agreement]", &["= 2 same, ≠ 1 differs, ← 0 only Ben Okri, → 1 only Cleo"]);
    assert_eq!(rows(&desk).len(), 4, "{:?}", rows(&desk));
    pictures(&desk, "compare");
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.click("dialog [data-field=only-differences]");
    until("the differences alone", || seen(rows(&desk).len() == 2, rows(&desk)));
    desk.wait_for_text("[data-row=differs]", &["≠", "Stance", "differs: edges, polarity", "polarity: Favor", "polarity: Against"]);
    desk.wait_for_text("[data-row=only-second]", &["→", "Cue", "only Cleo"]);
    desk.choose("[data-field=compare-first]", "example");
    desk.wait_for_text(".compare-table thead", &["Worked example", "Cleo"]);
    desk.choose("[data-field=compare-first]", "ben");
    desk.wait_for_text(".compare-table thead", &["Ben Okri", "Cleo"]);

    // A row leads to its annotation, hidden or not, and the way back to where one was.
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.click("[data-layer=cleo]");
    desk.click("[data-command=compare]");
    desk.wait_for("dialog [data-row=differs]");
    desk.click("[data-compared=cleo-1]");
    desk.wait_gone("dialog");
    desk.wait_for_focus("best method");
    desk.wait_for_text(".frame .read-only", &["Work of Cleo C"]);
    assert_eq!(desk.script("return document.querySelector('[data-layer=cleo]').checked"), json!(true), "it is shown again");
    pictures(&desk, "others");
    desk.press("=");
    desk.wait_for("dialog .compare-table");
    assert_eq!(rows(&desk).len(), 2, "only the differences, as before");
    desk.press("Escape");
    desk.wait_gone("dialog");

    // On with Ben's work: Cleo's and ana's stay, and undo knows Ben's steps alone.
    let mine = tag(&desk, "[He] noted that the Palestinian", "speaker");
    desk.press("Escape Escape");
    desk.click_command("annotator");
    desk.wait_for_text("[data-list=workers]", &["you work as this annotator", "Ben Okri BO", "3 annotations"]);
    pictures(&desk, "whose-work");
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.click("dialog [data-command=work-as][data-annotator=ben]");
    desk.wait_gone("dialog");
    desk.wait_for_text(".layers", &["Ben Okri (you)"]);
    assert_eq!(desk.is_enabled("undo"), Some(false));
    assert!(!desk.address().contains("annotator="), "{}", desk.address());
    tag(&desk, "[has noted] that resistance is the best method to end the more than 75-year Israeli", "cue");
    desk.saved();
    desk.reload();
    desk.wait_for_text(".layers", &["Ben Okri (you)"]);
    let after = desk.export();
    assert_eq!(after.work_of("ben").len(), 4);
    assert_eq!(after.work_of("cleo").len(), 4);
    assert!(after.work_of("ana").iter().any(|record| record["id"] == mine.as_str()));
    assert_sound(&[&after]);

    // The lead's overview: one annotator, and all in a table.
    desk.press("Ctrl+k");
    desk.wait_for("dialog .search:focus");
    desk.type_text("overview");
    desk.wait_for_text(".palette .on", &["Overview: progress"]);
    desk.press("Enter");
    desk.wait_for("dialog [data-field=whose-progress]");
    desk.choose("[data-field=whose-progress]", "every body");
    desk.wait_for_text("[data-worker=cleo]", &["Cleo"]);
    pictures(&desk, "team");
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.click("[data-worker=cleo] button");
    desk.wait_for_text("dialog h3", &["Progress of Cleo"]);
    desk.leave();
}

#[test]
fn somebody_new_begins_with_a_name() {
    let desk = Desk::open(ANA);
    desk.click_command("annotator");
    desk.wait_for("dialog [data-list=workers]");
    desk.click_command("work-as-new");
    desk.wait_for_text("dialog [role=alert]", &["Say the name first."]);
    desk.click("dialog [aria-label='Name of somebody new']");
    desk.type_text("Worked example");
    desk.press("Enter");
    desk.wait_for_text("dialog [role=alert]", &["There is an annotator called Worked example already"]);
    desk.press("Ctrl+a");
    desk.type_text("Dora");
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_for_text(".layers", &["Dora (you)"]);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    desk.reload();
    desk.wait_for_text(".layers", &["Dora (you)"]);
    let dora = desk.export().list("annotators").iter().find(|record| record["name"] == "Dora").cloned().expect("Dora");
    assert_eq!(desk.export().work_of(dora["id"].as_str().unwrap_or_default()).len(), 1);
    desk.leave();
}
