//! Two stores of the same work: either alone is enough, what is full is said and made good, and nothing newer is overwritten.

use std::collections::BTreeSet;

use serde_json::Value;
use standpoint_e2e::{Desk, Screen, Upload, seen, until};

use crate::steps::{
    ALERT, ANA, UGLY, asks_before_leaving, dismiss_alerts, fill_storage, free_storage, import_article, listed_articles, picture, tag,
    until_save_state, with_little_room,
};

/// The keys of a store's records, without settings and the like.
fn keys(rows: &[(String, String)]) -> BTreeSet<String> {
    rows.iter().map(|(key, _)| key.clone()).filter(|key| key.starts_with("standpoint/1/")).collect()
}

/// The keys that the database has for what local storage holds: a row for each annotation of a layer.
fn one_by_one(local: &[(String, String)]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (key, value) in local.iter().filter(|(key, _)| key.starts_with("standpoint/1/")) {
        if !key.contains("/a/") {
            found.insert(key.clone());
            continue;
        }
        let payload = value.splitn(3, ' ').nth(2).expect("a version, a checksum, and the layer");
        let layer: Value = serde_json::from_str(payload).expect("JSON");
        let rows = layer[3].as_array().expect("rows");
        let id =
            |row: &Value| layer[2][row[0].as_u64().and_then(|at| usize::try_from(at).ok()).expect("a place")].as_str().map(str::to_owned);
        found.extend(rows.iter().map(|row| format!("{key}/{}", id(row).expect("an id"))));
    }
    found
}

#[test]
fn a_full_local_storage_does_not_matter_while_there_is_a_database() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    fill_storage(&desk);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    assert!(!asks_before_leaving(&desk));
    desk.reload();
    until_save_state(&desk, "ok", &["Saved"]);
    assert_eq!(desk.alerts(), Vec::<String>::new());
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"]);
    desk.leave();
}

#[test]
fn a_full_database_is_said_and_made_good() {
    let desk = with_little_room();
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    desk.fill_database();
    tag(&desk, "[Haniyeh], for his part", "speaker");
    until_save_state(&desk, "warn", &["crash may lose the last minute", "full"]);
    assert!(!asks_before_leaving(&desk), "local storage has it");
    picture(&desk, "database-full", &[Screen::Desk, Screen::Phone]);
    // It is there after a reload, though still in local storage alone.
    desk.reload();
    tag(&desk, "[Ahmadian] said that", "speaker");
    until_save_state(&desk, "warn", &["crash may lose the last minute", "full"]);
    assert_eq!(desk.export().lines("ana", "seed-a").len(), 3);

    desk.limit_database(None);
    until_save_state(&desk, "ok", &["Saved"]);
    let local = desk.storage();
    assert_eq!(keys(&desk.database()), one_by_one(&local), "all of it is in the database");
    desk.script("localStorage.clear()");
    desk.reload();
    desk.end_tour();
    assert_eq!(desk.export().lines("ana", "seed-a").len(), 3);
    desk.leave();
}

#[test]
fn when_both_stores_are_full_the_page_says_so_and_recovers() {
    let desk = with_little_room();
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    fill_storage(&desk);
    desk.fill_database();
    let id = tag(&desk, "[Haniyeh], for his part", "speaker");
    until_save_state(&desk, "bad", &["Not saved", "full", "export now"]);
    picture(&desk, "both-full", &[Screen::Desk, Screen::Phone]);
    assert_eq!(desk.drawn_words(&id), ["Haniyeh"], "the work is still here");
    assert!(asks_before_leaving(&desk), "leaving now would lose it");
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"], "and can be taken out");

    // Room in local storage is enough, though less safe.
    free_storage(&desk);
    until_save_state(&desk, "warn", &["crash may lose the last minute", "full"]);
    assert!(!asks_before_leaving(&desk));
    fill_storage(&desk);
    tag(&desk, "[Ahmadian] said that", "speaker");
    until_save_state(&desk, "bad", &["Not saved"]);
    // Room in the database is all that is needed.
    desk.limit_database(None);
    until_save_state(&desk, "ok", &["Saved"]);
    assert!(!asks_before_leaving(&desk), "all of it is stored");
    desk.reload();
    assert_eq!(desk.export().lines("ana", "seed-a").len(), 3, "nothing of it is lost after all");
    desk.leave();
}

#[test]
fn articles_that_the_database_has_no_room_for_are_in_local_storage() {
    let desk = with_little_room();
    desk.fill_database();
    let paragraph = "The minister said that nothing new had been said on that day. ".repeat(20);
    let text = |number: usize| format!("Text {number}\n\n{}", format!("{paragraph}\n\n").repeat(300));
    let uploads: Vec<Upload> = (1..=3).map(|number| Upload::new(&format!("text-{number}.txt"), text(number))).collect();
    desk.import(&uploads);
    until("the articles", || seen(listed_articles(&desk).len() == 5, listed_articles(&desk)));
    until_save_state(&desk, "warn", &["crash may lose the last minute", "full"]);
    let before = listed_articles(&desk);
    desk.reload();
    assert_eq!(listed_articles(&desk), before, "what is said to be saved is there");
    desk.leave();
}

/// The same value as the next stored form would have it: it begins with its number.
fn newer(value: &str) -> String {
    format!("2{}", &value[1..])
}

#[test]
fn what_a_newer_page_wrote_into_local_storage_is_never_overwritten() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let (key, value) = desk.storage().into_iter().find(|(key, _)| key.ends_with("/a/seed-a/ana")).expect("ana’s layer");
    let newer = newer(&value);
    desk.script_with("localStorage.setItem(...arguments)", serde_json::json!([key, newer]));
    desk.reload();
    desk.wait_for_text(ALERT, &["newer version", "1 annotator’s layer", "left as it is"]);
    picture(&desk, "newer-row", &[Screen::Desk]);
    let kept = || desk.storage().into_iter().find(|(other, _)| *other == key).map(|(_, value)| value);
    assert_eq!(kept().as_deref(), Some(newer.as_str()), "at once");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    desk.reload();
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"], "the database has it all");
    assert_eq!(kept().as_deref(), Some(newer.as_str()), "after more work and another visit");
    desk.leave();
}

#[test]
fn what_a_newer_page_wrote_into_the_database_is_never_overwritten() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let (key, value) = desk.database().into_iter().find(|(key, _)| key.contains("/a/seed-a/ana/")).expect("ana’s annotation");
    let newer = newer(&value);
    desk.put_in_database(&key, &newer);
    desk.reload();
    desk.wait_for_text(ALERT, &["newer version", "1 annotation on", "left as it is"]);
    desk.click_word("Ali Akbar Ahmadian");
    desk.click("[data-attribute=form] [data-option=name]");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "warn", &["newer version"]);
    let rows = desk.database();
    assert!(rows.contains(&(key.clone(), newer.clone())), "it is as it was");
    let mine = rows.iter().filter(|(key, _)| key.contains("/a/seed-a/ana/")).count();
    assert_eq!(mine, 2, "all else goes on being stored");
    desk.reload();
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian | form=name", "speaker: Haniyeh"]);
    assert!(desk.database().contains(&(key, newer)), "it is as it was");
    // What is kept in local storage alone is said as long as it is so, whatever is stored meanwhile.
    until_save_state(&desk, "warn", &["newer version"]);
    tag(&desk, "[Ahmadian] said that", "speaker");
    desk.saved();
    until_save_state(&desk, "warn", &["newer version"]);
    desk.leave();
}

#[test]
fn either_store_alone_gives_an_ugly_article_back() {
    let desk = Desk::open("?annotator=ana");
    let article = import_article(&desk, "ugly.txt", UGLY);
    tag(&desk, "lobt [Familie] 👨‍👩‍👧‍👦", "speaker");
    desk.click(".frame textarea");
    desk.type_text("wer? “🇮🇷” ≠ e\u{301}");
    desk.press("Escape");
    tag(&desk, "[👨‍👩‍👧‍👦] in Genf", "cue");
    tag(&desk, "🇮🇷[🇵🇸] wehten", "target");
    tag(&desk, "[cafe\u{301}, und Za\u{300}\u{334}lgo] schwieg", "claim");
    tag(&desk, "[قال الرئيس] إن", "speaker");
    tag(&desk, "אמר [שלום לכולם].", "claim");
    desk.saved();
    let before = desk.export();
    assert_eq!(before.work_of("ana").len(), 6);
    let local = desk.storage();
    assert!(local.iter().all(|(key, value)| !key.starts_with("standpoint/1/") || value.is_ascii()), "a single letter beyond costs double");
    let database = desk.database();
    assert_eq!(keys(&database), one_by_one(&local));
    let open = |desk: &Desk| {
        desk.go(&format!("?annotator=ana&article={article}"));
        desk.end_tour();
        assert_eq!(desk.alerts(), Vec::<String>::new());
        assert_eq!(desk.article_text(), UGLY.replace("\r\n", "\n"));
        assert_eq!(desk.export().text(), before.text(), "byte for byte");
    };

    desk.visit(Desk::BLANK);
    desk.script("localStorage.clear()");
    open(&desk);
    until("the second copy again", || seen(keys(&desk.storage()) == keys(&local), keys(&desk.storage())));

    desk.visit(Desk::BLANK);
    assert_eq!(desk.delete_database(), "deleted");
    open(&desk);
    until_save_state(&desk, "ok", &["Saved"]);
    until("the database again", || seen(keys(&desk.database()) == keys(&database), keys(&desk.database())));
    desk.leave();
}

/// What the first release kept in local storage, its only store, and the file that it exported.
const LOCAL_1: &str = include_str!("../../../released/1-local-storage.json");
const PROJECT_1: &str = include_str!("../../../released/1-project.json");

#[test]
fn what_the_first_release_stored_is_opened_whole_and_goes_into_the_database() {
    let rows: Vec<(String, String)> = serde_json::from_str(LOCAL_1).expect("pairs of strings");
    let desk = Desk::bare();
    desk.visit(Desk::BLANK);
    for (key, value) in &rows {
        desk.script_with("localStorage.setItem(...arguments)", serde_json::json!([key, value]));
    }
    // The sample beside the page has gone on since, and would be merged in as any hosted project's news.
    desk.site().add("/project.json", "{}");
    let annotators = || desk.script("return localStorage.getItem('standpoint/annotator')");
    assert_eq!(annotators(), Value::Null);
    desk.go("?annotator=ana");
    assert!(!desk.sees(".tour"), "this is no first visit");
    assert_eq!(desk.alerts(), Vec::<String>::new());
    assert_eq!(desk.export().text(), PROJECT_1, "byte for byte");
    until_save_state(&desk, "ok", &["Saved"]);
    let expected = one_by_one(&rows);
    until("all of it in the database", || seen(keys(&desk.database()) == expected, keys(&desk.database())));
    assert_eq!(keys(&desk.storage()), keys(&rows), "what was there stays");

    // From there alone it is the same.
    desk.visit(Desk::BLANK);
    desk.script("localStorage.clear()");
    desk.go("?annotator=ana");
    desk.end_tour();
    dismiss_alerts(&desk);
    assert_eq!(desk.export().text(), PROJECT_1);
    assert_eq!(keys(&desk.database()), expected);
    desk.leave();
}
