//! What is done stays: over a reload, between projects and annotators, in two tabs, and when something in the storage is
//! damaged.

use serde_json::json;
use standpoint_e2e::{Desk, Screen, seen, until};

use crate::steps::{ALERT, ANA, dismiss_alerts, listed_articles, picture, tag};

#[test]
fn a_reload_keeps_the_work_and_the_open_article() {
    let desk = Desk::open("?annotator=ana");
    desk.wait_for_article("seed-a");
    desk.click("[data-open-article=seed-b]");
    desk.wait_for_article("seed-b");
    until("the article in the address", || seen(desk.address().contains("article=seed-b"), desk.address()));
    tag(&desk, "[Nakhala], for his part, hailed", "speaker");
    desk.click_command("mark-done");
    desk.wait_for_text("[data-open-article=seed-b]", &["done"]);
    desk.saved();
    let before = desk.export();
    // A new visit with no article in the address.
    desk.go("?annotator=ana");
    assert!(!desk.sees(".tour"), "the tour comes once");
    assert_eq!(desk.open_article().as_deref(), Some("seed-b"));
    desk.wait_for_text("[data-open-article=seed-b]", &["done"]);
    let after = desk.export();
    assert_eq!(after.annotations(), before.annotations());
    assert_eq!(after.list("progress"), before.list("progress"));
    // The address has the last word on what is open.
    desk.go("?annotator=ana&article=seed-a");
    assert_eq!(desk.open_article().as_deref(), Some("seed-a"));
    desk.go("?article=nowhere");
    desk.wait_for_text("[role=alert] .notice p", &["nowhere"]);
    desk.leave();
}

#[test]
fn the_address_names_project_article_and_annotator() {
    let desk = Desk::bare();
    let other = json!({ "format": "standpoint", "version": 1, "project": { "id": "other", "title": "Other work" },
        "annotators": [{ "id": "ben", "name": "Ben Müller" }],
        "articles": [{ "id": "x", "text": "Raisi said no." }, { "id": "y", "text": "“No”, she said." }] });
    desk.site().add("/other.json", other.to_string());
    desk.go("?project=/other.json&article=y&annotator=Ben%20M%C3%BCller");
    assert_eq!(desk.open_article().as_deref(), Some("y"));
    assert_eq!(listed_articles(&desk), ["x", "y"]);
    desk.wait_for_text(".bar .project", &["Other work"]);
    tag(&desk, "she", "speaker");
    desk.saved();
    assert_eq!(desk.export().lines("ben", "y"), ["speaker: she"], "a name finds the annotator who has it");

    // Somebody new, by a name that can't be an id.
    desk.go("?project=/other.json&article=x&annotator=Zo%C3%AB%20Q");
    tag(&desk, "Raisi", "speaker");
    let export = desk.export();
    assert_eq!(export.lines("ben", "y"), ["speaker: she"]);
    let zoe = export.list("annotators").iter().find(|annotator| annotator["name"] == "Zoë Q").expect("she is recorded");
    let zoe = zoe["id"].as_str().expect("an id").to_owned();
    assert_eq!(export.lines(&zoe, "x"), ["speaker: Raisi"]);
    desk.saved();
    desk.reload();
    assert_eq!(desk.export().lines(&zoe, "x"), ["speaker: Raisi"], "the same link means the same person");

    // Without a project in the address it is the one that was open last.
    desk.go("?annotator=ben");
    desk.wait_for_text(".bar .project", &["Other work"]);
    desk.leave();
}

#[test]
fn a_project_that_is_not_there_is_said_to_be_missing() {
    let mut desk = Desk::bare();
    desk.forgive("404 (Not Found)");
    desk.go("?project=/nowhere.json&annotator=ana");
    desk.wait_for_text("[role=alert] .notice p", &["nowhere.json", "404"]);
    assert_eq!(listed_articles(&desk), ["seed-a", "seed-b"], "the sample opens instead");
    desk.go("?project=javascript:alert(1)");
    desk.wait_for_text("[role=alert] .notice p", &["javascript:alert(1)", "not a web address"]);
    desk.leave();
}

#[test]
fn two_tabs_see_each_other_and_lose_nothing() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let first = desk.tab();
    let second = desk.open_tab("?annotator=ana&article=seed-a");
    let in_second = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    desk.look_at(&first);
    until("the other tab’s work", || seen(desk.drawn_words(&in_second) == ["Haniyeh"], desk.drawn_words(&in_second)));
    let in_first = tag(&desk, "[Ahmadian] said that", "speaker");
    desk.saved();
    desk.look_at(&second);
    until("the first tab’s work", || seen(desk.drawn_words(&in_first) == ["Ahmadian"], desk.drawn_words(&in_first)));
    // Each takes back its own step, not the other's.
    desk.click_command("undo");
    until("its own step undone", || seen(desk.drawn_words(&in_second).is_empty(), desk.drawn_words(&in_second)));
    assert_eq!(desk.drawn_words(&in_first), ["Ahmadian"]);
    desk.click_command("redo");
    until("its own step done again", || seen(!desk.drawn_words(&in_second).is_empty(), ()));
    let before = desk.saved();
    // Work on the other article in one tab does not disturb this one.
    desk.look_at(&first);
    until("the redone work", || seen(!desk.drawn_words(&in_second).is_empty(), ()));
    desk.click("[data-open-article=seed-b]");
    desk.wait_for_article("seed-b");
    let in_other_article = tag(&desk, "[Nakhala], for his part, hailed", "speaker");
    desk.saved();
    desk.look_at(&second);
    until("the first tab’s work on the other article", || seen(desk.revision() > before, desk.revision()));
    assert_eq!(desk.open_article().as_deref(), Some("seed-a"));
    desk.saved();
    for tab in [&first, &second] {
        desk.look_at(tab);
        desk.reload();
        let export = desk.export();
        let mut ids: Vec<String> =
            export.work_of("ana").iter().map(|record| record["id"].as_str().unwrap_or_default().to_owned()).collect();
        ids.sort();
        let mut expected = [in_first.clone(), in_second.clone(), in_other_article.clone()];
        expected.sort();
        assert_eq!(ids, expected);
        assert_eq!(export.list("conflicts"), &[] as &[serde_json::Value]);
    }
    desk.leave();
}

#[test]
fn two_tabs_may_change_the_same_annotation() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let id = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    let first = desk.tab();
    let second = desk.open_tab("?annotator=ana&article=seed-a");
    desk.click_word("[Haniyeh], for his part");
    until("it to be in hand", || match desk.focused() {
        Some((focus, _)) if focus == id => Ok(()),
        other => {
            desk.click_word("[Haniyeh], for his part");
            Err(format!("{other:?}"))
        }
    });
    desk.click("[data-attribute=form] [data-option=name]");
    desk.saved();
    desk.look_at(&first);
    desk.wait_for("[data-attribute=form] [data-option=name].on");
    desk.click_command("delete");
    desk.saved();
    desk.look_at(&second);
    until("it to go here too", || seen(desk.drawn_words(&id).is_empty(), desk.drawn_words(&id)));
    desk.reload();
    assert_eq!(desk.export().work_of("ana").len(), 0);
    desk.leave();
}

#[test]
fn a_step_that_another_tab_made_impossible_is_said_and_dropped() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let id = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    let first = desk.tab();
    desk.open_tab("?annotator=ana&article=seed-a");
    desk.click("details summary");
    desk.click(&format!("[data-list=annotations] [data-annotation=\"{id}\"]"));
    desk.click("[data-attribute=form] [data-option=name]");
    desk.saved();
    desk.look_at(&first);
    desk.wait_for("[data-attribute=form] [data-option=name].on");
    // To undo the tag now would throw the other tab's work away.
    desk.click_command("undo");
    desk.wait_for_text("[role=alert] .notice p", &["Not done"]);
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Haniyeh | form=name"]);
    desk.leave();
}

/// A value with one character changed in the middle, as a failing disk would change it.
fn spoilt(value: &str) -> String {
    let middle = value.len() / 2;
    format!("{}~{}", &value[..middle], &value[middle + 1..])
}

/// The row whose key ends so.
#[track_caller]
fn row(rows: Vec<(String, String)>, end: &str) -> (String, String) {
    rows.into_iter().find(|(key, _)| key.ends_with(end)).unwrap_or_else(|| panic!("no row {end}"))
}

const LAYER: &str = "/a/seed-a/ana";

#[test]
fn damage_in_one_store_is_put_aside_and_the_other_copy_used() {
    let desk = Desk::open(ANA);
    let id = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let before = desk.export();
    let (key, value) = row(desk.storage(), LAYER);
    desk.script_with("localStorage.setItem(...arguments)", json!([key, spoilt(&value)]));
    desk.reload();
    desk.wait_for_text(ALERT, &["One of two copies was damaged", "1 annotator’s layer on", "Resistance best option", "other copy used"]);
    picture(&desk, "damaged-one", &[Screen::Desk, Screen::Phone]);
    assert_eq!(desk.export().project, before.project, "nothing is missing");
    until("the second copy again", || seen(desk.storage().contains(&(key.clone(), value.clone())), desk.storage()));
    let aside = (format!("standpoint/quarantine/{key}"), spoilt(&value));
    assert!(desk.storage().contains(&aside), "what was damaged is kept");

    let (key, value) = row(desk.database(), &format!("{LAYER}/{id}"));
    desk.put_in_database(&key, &spoilt(&value));
    desk.reload();
    desk.wait_for_text(ALERT, &["One of two copies was damaged", "1 annotation on", "other copy used"]);
    assert_eq!(desk.export().project, before.project, "nothing is missing");
    until("the row again", || seen(desk.database().contains(&(key.clone(), value.clone())), desk.database()));
    let aside = (format!("standpoint/quarantine/{key}"), spoilt(&value));
    assert!(desk.database().contains(&aside), "what was damaged is kept");

    // Nothing is left to be reported.
    desk.saved();
    desk.reload();
    assert_eq!(desk.alerts(), Vec::<String>::new());
    assert_eq!(desk.export().project, before.project);
    desk.leave();
}

#[test]
fn damage_in_both_stores_loses_that_one_annotation() {
    let desk = Desk::open(ANA);
    let id = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.click("[data-open-article=seed-b]");
    desk.wait_for_article("seed-b");
    tag(&desk, "[Nakhala], for his part, hailed", "speaker");
    desk.saved();
    let before = desk.export();
    assert!(desk.storage().iter().all(|(key, _)| key.starts_with("standpoint/")), "every key of ours says so");
    let (layer, value) = row(desk.storage(), LAYER);
    desk.script_with("localStorage.setItem(...arguments)", json!([layer, spoilt(&value)]));
    let (key, value) = row(desk.database(), &format!("{LAYER}/{id}"));
    desk.put_in_database(&key, &spoilt(&value));

    desk.reload();
    let said = desk.wait_for_text(ALERT, &["Missing here: 1 annotation on", "put aside", "recovery page"]);
    assert!(!desk.alerts().concat().contains("other copy"), "there is none: {said}");
    picture(&desk, "damaged-both", &[Screen::Desk, Screen::Phone]);
    let after = desk.export();
    assert_eq!(after.lines("ana", "seed-a"), ["speaker: Haniyeh"]);
    assert_eq!(after.lines("ana", "seed-b"), ["speaker: Nakhala"]);
    assert_eq!(after.lines("example", "seed-a"), before.lines("example", "seed-a"));

    // Work goes on where the damage was, and the next visit has nothing to report.
    dismiss_alerts(&desk);
    desk.click("[data-open-article=seed-a]");
    desk.wait_for_article("seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    desk.reload();
    assert_eq!(desk.alerts(), Vec::<String>::new());
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"]);
    desk.leave();
}

#[test]
fn what_other_pages_store_is_left_alone() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let foreign =
        [("standpoint/1/../r/project", "x"), ("standpoint/9/p/r/project", "{}"), ("notes", "mine"), ("standpoint/1/p/r/project", "junk")];
    for (key, value) in foreign {
        desk.script_with("localStorage.setItem(...arguments)", json!([key, value]));
    }
    desk.reload();
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let stored = desk.storage();
    for (key, value) in foreign {
        assert!(stored.contains(&(key.to_owned(), value.to_owned())), "{key} is still there");
    }
    desk.click_command("projects");
    desk.wait_for_text(".projects", &["Sample: two articles"]);
    desk.leave();
}
