//! What is stored is taken away, or the database changed, by another page or by the person, while the page is open.

use standpoint_e2e::{Desk, Export, Screen, Tab, seen, until};

use crate::steps::{ALERT, ANA, asks_before_leaving, picture, tag, until_save_state};

/// Work on a first visit, its file, and a second tab with another page of the site, which is looked at.
#[track_caller]
fn at_work() -> (Desk, Tab, Export, Tab) {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let before = desk.export();
    let page = desk.tab();
    let other = desk.blank_tab();
    (desk, page, before, other)
}

/// The records of a store, without settings and the like.
fn records(rows: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut rows: Vec<(String, String)> = rows.into_iter().filter(|(key, _)| key.starts_with("standpoint/1/")).collect();
    rows.sort();
    rows
}

/// Ana’s two speakers are there, and all that was there before, after which the browser may go.
#[track_caller]
fn assert_both_are_there(desk: Desk, before: &Export) {
    desk.end_tour();
    let export = desk.export();
    assert_eq!(export.lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"]);
    assert_eq!(export.work_of("example"), before.work_of("example"));
    desk.leave();
}

#[test]
fn a_database_that_another_page_deletes_is_written_again() {
    let (desk, page, before, other) = at_work();
    let rows = records(desk.database());
    assert!(rows.len() > 20, "{rows:?}");
    assert_eq!(desk.delete_database(), "deleted", "the page does not hold on to it");
    desk.look_at(&page);
    desk.wait_for_text(ALERT, &["database", "cleared", "written again"]);
    until_save_state(&desk, "ok", &["Saved"]);
    picture(&desk, "database-deleted", &[Screen::Desk, Screen::Phone]);
    desk.look_at(&other);
    until("all of it again", || seen(records(desk.database()) == rows, records(desk.database()).len()));

    desk.look_at(&page);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    desk.look_at(&other);
    assert_eq!(records(desk.database()).len(), rows.len() + 1);
    // The database alone has it.
    desk.script("localStorage.clear()");
    desk.look_at(&page);
    desk.reload();
    assert_both_are_there(desk, &before);
}

#[test]
fn local_storage_that_another_page_clears_is_written_again() {
    let (desk, page, before, other) = at_work();
    let rows = records(desk.storage());
    desk.script("localStorage.clear()");
    until("all of it again", || seen(records(desk.storage()) == rows, records(desk.storage()).len()));
    desk.look_at(&page);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    // Local storage alone has it.
    desk.visit(Desk::BLANK);
    desk.look_at(&other);
    assert_eq!(desk.delete_database(), "deleted");
    desk.look_at(&page);
    desk.go(ANA);
    assert_both_are_there(desk, &before);
}

#[test]
fn a_database_may_be_deleted_again_and_again() {
    let (desk, page, before, other) = at_work();
    let rows = records(desk.database());
    for _ in 0..3 {
        desk.look_at(&other);
        assert_eq!(desk.delete_database(), "deleted");
        until("all of it again", || seen(records(desk.database()) == rows, records(desk.database()).len()));
    }
    desk.look_at(&page);
    until_save_state(&desk, "ok", &["Saved"]);
    assert_eq!(desk.alerts().len(), 1, "the same message is said once: {:?}", desk.alerts());
    desk.reload();
    assert_eq!(desk.export().project, before.project);
    desk.leave();
}

/// Keeps the connections that the page opens, so that a story can close them as a browser does whose disk has failed.
const CONNECTIONS: &str = "
    self.connections = [];
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...of) {
      const request = open.apply(this, of);
      request.addEventListener('success', () => connections.push(request.result));
      return request;
    };
    self.drop = () => {
      for (const connection of connections.splice(0)) {
        connection.close();
        connection.dispatchEvent(new Event('close'));
      }
    };";

#[test]
fn a_connection_that_the_browser_closes_is_opened_again_and_nothing_is_said_to_be_lost() {
    let desk = Desk::bare();
    desk.before_each_page(CONNECTIONS);
    desk.go(ANA);
    desk.end_tour();
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let rows = records(desk.database());
    desk.script("drop()");
    let id = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    let found = records(desk.database());
    assert!(rows.iter().all(|row| found.contains(row)) && found.iter().any(|(key, _)| key.ends_with(&id)), "{found:?}");
    assert!(desk.alerts().iter().all(|said| !said.contains("cleared")), "nothing was: {:?}", desk.alerts());
    desk.leave();
}

#[test]
fn what_the_person_clears_while_the_page_is_open_is_written_again() {
    let (desk, page, before, other) = at_work();
    let rows = [records(desk.storage()), records(desk.database())];
    desk.clear_site();
    desk.look_at(&page);
    desk.wait_for_text(ALERT, &["database", "cleared", "written again"]);
    picture(&desk, "site-cleared", &[Screen::Desk]);
    let id = tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "ok", &["Saved"]);
    desk.look_at(&other);
    for (name, before, read) in [("local storage", &rows[0], Desk::storage as fn(&Desk) -> _), ("the database", &rows[1], Desk::database)] {
        until(&format!("all of it in {name}"), || {
            let found = records(read(&desk));
            let missing: Vec<&String> =
                before.iter().map(|(key, _)| key).filter(|key| !found.iter().any(|(other, _)| other == *key)).collect();
            let new = found.iter().any(|(key, value)| format!("{key} {value}").contains(&id));
            seen(missing.is_empty() && new, missing)
        });
    }
    desk.look_at(&page);
    desk.reload();
    assert_both_are_there(desk, &before);
}

/// Another page of the origin changes the database as the next version of this one might, and lets go of it.
#[track_caller]
fn upgrade_database(desk: &Desk) {
    let upgraded = desk.script(
        "return new Promise((done) => {
           const request = indexedDB.open('standpoint', 2);
           request.onupgradeneeded = () => request.result.createObjectStore('more');
           request.onblocked = () => setTimeout(() => done('blocked'), 10000);
           request.onerror = () => done(String(request.error));
           request.onsuccess = () => { request.result.close(); done('upgraded'); };
         })",
    );
    assert_eq!(upgraded, "upgraded", "the page does not hold on to it");
}

#[test]
fn a_page_that_a_newer_version_overtakes_says_so_at_once() {
    let (desk, page, _, _) = at_work();
    upgrade_database(&desk);
    desk.look_at(&page);
    desk.wait_for_text(ALERT, &["newer version", "reload"]);
    until_save_state(&desk, "warn", &["crash", "newer version"]);
    picture(&desk, "database-upgraded", &[Screen::Desk, Screen::Phone]);
    desk.leave();
}

#[test]
fn beside_a_newer_version_work_goes_on_in_local_storage() {
    let (desk, page, before, other) = at_work();
    let rows = desk.database();
    upgrade_database(&desk);
    desk.look_at(&page);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    until_save_state(&desk, "warn", &["crash", "newer version"]);
    assert!(!asks_before_leaving(&desk));

    desk.reload();
    desk.wait_for_text(ALERT, &["newer version"]);
    picture(&desk, "database-upgraded-reloaded", &[Screen::Desk, Screen::Phone]);
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"]);
    tag(&desk, "[Ahmadian] said that", "speaker");
    desk.saved();
    until_save_state(&desk, "warn", &["crash", "newer version"]);
    desk.reload();
    let export = desk.export();
    assert_eq!(export.lines("ana", "seed-a").len(), 3);
    assert_eq!(export.work_of("example"), before.work_of("example"));
    desk.look_at(&other);
    assert_eq!(desk.database(), rows, "nothing of the newer version’s was touched");
    desk.leave();
}
