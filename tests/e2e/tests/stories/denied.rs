//! Stores that the browser keeps from the page: it works with what is left, and says what that means.

use standpoint_e2e::{Denial, Denied, Desk, Screen, seen, until};

use crate::steps::{ALERT, ANA, asks_before_leaving, picture, save_state, tag, until_drawn, until_save_state};

const BOTH_SCREENS: &[Screen] = &[Screen::Desk, Screen::Phone];

/// A first visit with a browser that keeps these stores from the page.
#[track_caller]
fn visit(denials: &[Denial]) -> (Desk, Denied) {
    let desk = Desk::bare();
    let denied = desk.deny(denials);
    desk.go(ANA);
    desk.end_tour();
    (desk, denied)
}

/// The page works from local storage, says so and why, and finds the work again.
fn works_from_local_storage(denial: Denial, why: &str, name: &str, screens: &[Screen]) {
    let (desk, denied) = visit(&[denial]);
    desk.wait_for_text(ALERT, &["local storage alone", why, "crash", "Export"]);
    picture(&desk, &format!("{name}-first"), &[Screen::Desk]);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let said = until_save_state(&desk, "warn", &["crash may lose the last minute", why]);
    assert!(!said.contains("Not saved"), "{said}");
    assert!(!asks_before_leaving(&desk), "it is saved after all");
    picture(&desk, name, screens);

    desk.reload();
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    until_save_state(&desk, "warn", &["crash may lose the last minute", why]);
    desk.wait_for_text(ALERT, &["local storage alone", why]);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    let before = desk.export();

    // Once the browser has a database after all, all of it goes there.
    desk.visit(Desk::BLANK);
    assert_eq!(desk.database(), []);
    desk.allow(denied);
    desk.go(ANA);
    until_save_state(&desk, "ok", &["Saved"]);
    until("it in the database", || {
        let found: Vec<String> = desk.database().into_iter().map(|(key, _)| key).filter(|key| key.contains("/a/seed-a/ana/")).collect();
        seen(found.len() == 2, found)
    });
    assert_eq!(desk.alerts(), Vec::<String>::new());
    assert_eq!(desk.export().project, before.project);
    desk.leave();
}

#[test]
fn without_a_database_the_page_works_from_local_storage() {
    works_from_local_storage(Denial::Database, "denies the page its database", "denied-database", BOTH_SCREENS);
}

#[test]
fn a_database_that_can_not_be_opened_makes_the_disk_suspect() {
    let (desk, _) = visit(&[Denial::DatabaseBroken]);
    desk.wait_for_text(ALERT, &["disk may be full or failing", "export", "UnknownError"]);
    picture(&desk, "broken-database-first", &[Screen::Desk]);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    until_save_state(&desk, "bad", &["Not saved", "disk may be full or failing", "export now"]);
    picture(&desk, "broken-database", BOTH_SCREENS);
    assert!(asks_before_leaving(&desk), "it may be in memory alone");
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    assert!(!asks_before_leaving(&desk), "it is in a file");
    // Where local storage kept it after all, it is there again.
    desk.reload();
    let before = desk.export();
    assert_eq!(before.lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    // The database is asked for again and again.
    desk.script("self.mended = true");
    until_save_state(&desk, "ok", &["Saved"]);
    until("it in the database", || {
        let found: Vec<String> = desk.database().into_iter().map(|(key, _)| key).filter(|key| key.contains("/a/seed-a/ana/")).collect();
        seen(found.len() == 1, found)
    });
    assert!(!asks_before_leaving(&desk));
    assert_eq!(desk.export().project, before.project);
    desk.leave();
}

#[test]
fn a_database_that_begins_to_fail_makes_the_disk_suspect() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    desk.script("self.commit = IDBTransaction.prototype.commit; IDBTransaction.prototype.commit = function () { this.abort(); }");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    until_save_state(&desk, "bad", &["Not saved", "disk may be full or failing", "export now"]);
    assert!(asks_before_leaving(&desk));
    desk.script("IDBTransaction.prototype.commit = self.commit");
    until_save_state(&desk, "ok", &["Saved"]);
    assert!(!asks_before_leaving(&desk));
    desk.reload();
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"]);
    desk.leave();
}

#[test]
fn a_database_that_never_answers_is_not_waited_for() {
    works_from_local_storage(Denial::DatabaseSilent, "does not answer", "silent-database", &[Screen::Desk]);
}

#[test]
fn while_the_database_does_not_answer_the_page_says_that_it_opens() {
    let desk = Desk::bare();
    desk.deny(&[Denial::DatabaseSilent]);
    desk.visit(&format!("/{ANA}"));
    desk.wait_for_text("body", &["…"]);
    desk.shot("silent-database-waiting-desk-light");
    desk.wait_until_open();
    desk.leave();
}

#[test]
fn without_a_database_one_tab_edits_and_another_can_take_over() {
    let (desk, _) = visit(&[Denial::Database]);
    let first = desk.tab();
    let by_first = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let second = desk.fresh_tab();
    desk.deny(&[Denial::Database]);
    desk.go(ANA);
    desk.wait_for_text(ALERT, &["Another tab edits"]);
    desk.wait_for(".notice [data-command=take-over]");
    until_drawn(&desk, &by_first, &["Ali Akbar Ahmadian"]);
    until_save_state(&desk, "warn", &["Reading only", "another tab edits"]);
    picture(&desk, "reads-only", BOTH_SCREENS);

    // Here nothing can be changed, …
    let revision = desk.revision();
    desk.select("[Haniyeh], for his part");
    desk.click_command("tag-speaker");
    desk.wait_for_text(ALERT, &["Not done", "another tab edits"]);
    picture(&desk, "reads-only-refused", &[Screen::Desk]);
    assert_eq!(desk.revision(), revision, "nothing was changed");
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    // … but what the other tab does is seen.
    desk.look_at(&first);
    let last_of_first = tag(&desk, "[Ahmadian] said that", "speaker");
    desk.saved();
    desk.look_at(&second);
    until_drawn(&desk, &last_of_first, &["Ahmadian"]);

    desk.click_command("take-over");
    desk.wait_gone(".notice [data-command=take-over]");
    until_save_state(&desk, "warn", &["crash may lose the last minute"]);
    let by_second = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    desk.look_at(&first);
    desk.wait_for_text(ALERT, &["Another tab edits"]);
    until_drawn(&desk, &by_second, &["Haniyeh"]);
    desk.select("[He] noted that the Palestinian");
    desk.click_command("tag-speaker");
    desk.wait_for_text(ALERT, &["Not done", "another tab edits"]);

    for tab in [&first, &second] {
        desk.look_at(tab);
        desk.reload();
        let lines = desk.export().lines("ana", "seed-a");
        assert_eq!(lines, ["speaker: Ali Akbar Ahmadian", "speaker: Ahmadian", "speaker: Haniyeh"], "in the order of the text");
    }
    desk.leave();
}

#[test]
fn without_local_storage_the_database_alone_keeps_the_work() {
    let (desk, _) = visit(&[Denial::LocalStorage]);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    assert!(!asks_before_leaving(&desk));
    picture(&desk, "denied-local-storage", &[Screen::Desk]);
    let before = desk.export();
    desk.click("[data-open-article=seed-b]");
    desk.wait_for_article("seed-b");
    // What the device remembers is there, too: what was open, and that the tour was seen.
    desk.go("?annotator=ana");
    desk.wait_for_article("seed-b");
    assert!(!desk.sees(".tour"), "the tour comes once");
    assert_eq!(desk.alerts(), Vec::<String>::new());
    assert_eq!(desk.export().project, before.project);
    desk.click("[data-open-article=seed-a]");
    desk.wait_for_article("seed-a");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    desk.visit(Desk::BLANK);
    assert_eq!(desk.storage(), []);
    assert_eq!(desk.database().iter().filter(|(key, _)| key.contains("/a/seed-a/ana/")).count(), 2);
    desk.leave();
}

#[test]
fn without_storage_the_page_works_and_warns() {
    let (desk, _) = visit(&[Denial::LocalStorage, Denial::Database]);
    desk.wait_for_text(ALERT, &["store nothing", "export"]);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    let said = until_save_state(&desk, "bad", &["Not saved", "store nothing"]);
    assert!(!said.contains("crash"), "{said}");
    picture(&desk, "denied-both", BOTH_SCREENS);
    assert!(asks_before_leaving(&desk), "leaving now would lose it");
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    assert!(!asks_before_leaving(&desk), "it is in a file");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    until("the page to hold on to it", || seen(asks_before_leaving(&desk), save_state(&desk)));
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"]);
    desk.leave();
}
