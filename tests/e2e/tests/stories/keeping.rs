//! The storage dialog: what it says of the stores is what they hold, what the browser answers is shown, what is set is
//! remembered, and keys alone do all of it.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Screen, seen, until};

use crate::steps::{ANA, by_palette, picture, pictures, tag};

const DATABASE: &str = "dialog [data-store=database]";
const LOCAL: &str = "dialog [data-store=local]";
const LASTING: &str = "dialog [data-persistence]";
const REMIND: &str = "dialog input[data-command=remind-after]";
const REMINDER: &str = ".notice:has([data-command=export-project])";

#[track_caller]
fn open(desk: &Desk) {
    desk.click_command("storage");
    desk.wait_for(DATABASE);
}

#[track_caller]
fn close(desk: &Desk) {
    desk.press("Escape");
    desk.wait_gone("dialog");
}

/// How many of the rows are of the sample's records, or of a part of them.
fn rows(rows: &[(String, String)], part: &str) -> usize {
    rows.iter().filter(|(key, _)| key.starts_with(&format!("standpoint/1/seed-articles/{part}"))).count()
}

/// Keys and values of local storage, in UTF-16 units.
fn units(desk: &Desk) -> u64 {
    let found = desk.script("return Object.entries(localStorage).reduce((sum, [key, value]) => sum + key.length + value.length, 0)");
    found.as_u64().expect("a number")
}

/// Value and end of the scale of each meter, local storage first.
fn meters(desk: &Desk) -> Value {
    desk.script("return [...document.querySelectorAll('dialog meter')].map(({ value, max }) => [value, max])")
}

/// The browser lends 2 GB, of which 1.2 MB are in use.
const ROOM: &str = "StorageManager.prototype.estimate = async () => ({ usage: 1234567, quota: 2000000000 });";

/// The browser gives the promise where `answer` says so, and knows that it gave it.
const PROMISE: &str = "
    self.promised = false;
    StorageManager.prototype.persisted = async () => promised;
    StorageManager.prototype.persist = async () => (promised = answer);";

fn answers(desk: &Desk, answer: bool) {
    desk.script_with("[self.answer] = arguments", json!([answer]));
}

#[test]
fn what_each_store_holds_is_said_in_numbers_that_are_right() {
    let desk = Desk::bare();
    desk.before_each_page(ROOM);
    desk.go(ANA);
    desk.end_tour();
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    let (records, layers) = (rows(&desk.database(), ""), rows(&desk.storage(), "a/"));
    assert!(records > 20 && layers == 3, "the sample has the work of another on both articles: {records}, {layers}");
    open(&desk);
    desk.wait_for_text(DATABASE, &[&format!("All of it, {records} records.")]);
    desk.wait_for_text(LOCAL, &[&format!("All annotations, {layers} layers")]);
    assert_eq!(meters(&desk), json!([[units(&desk), 5_242_880], [1_234_567, 2_000_000_000]]));
    let local = desk.wait_for_text("dialog .room", &["Local storage:", "of 5.2 MB"]);
    assert!(local.contains(&format!(" {} KB ", (units(&desk) + 500) / 1000)) && !local.contains("other pages"), "{local}");
    desk.wait_for_text("dialog .room", &["Database and all else: 1.2 MB of the 2 GB"]);
    pictures(&desk, "storage-dialog");
    close(&desk);

    // Another page's values are counted, and told apart.
    desk.script("localStorage.setItem('mine', 'x'.repeat(34_000))");
    open(&desk);
    desk.wait_for_text("dialog .room", &["34 KB are of other pages"]);
    assert_eq!(meters(&desk)[0][0], json!(units(&desk)));
    close(&desk);

    // What one of the stores lacks is not said to be there.
    desk.script("localStorage.removeItem('standpoint/1/seed-articles/a/seed-a/ana')");
    open(&desk);
    desk.wait_for_text(LOCAL, &[&format!("{} of {layers} layers", layers - 1)]);
    close(&desk);
    forget_a_row(&desk, "standpoint/1/seed-articles/a/seed-a/ana/");
    assert_eq!(rows(&desk.database(), ""), records - 1);
    open(&desk);
    desk.wait_for_text(DATABASE, &[&format!("{} of {records} records.", records - 1)]);
    desk.leave();
}

/// The first row of the database whose key begins so is gone.
fn forget_a_row(desk: &Desk, prefix: &str) {
    let (key, _) = desk.database().into_iter().find(|(key, _)| key.starts_with(prefix)).expect("a row");
    desk.script_with(
        "return new Promise((done) => {
           const opening = indexedDB.open('standpoint');
           opening.onsuccess = () => {
             const change = opening.result.transaction('rows', 'readwrite');
             change.objectStore('rows').delete(arguments[0]);
             change.oncomplete = () => { opening.result.close(); done(null); };
           };
         })",
        json!([key]),
    );
}

#[test]
fn another_tab_s_work_is_counted_while_the_dialog_is_open() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let first = desk.tab();
    let second = desk.open_tab(ANA);
    desk.look_at(&first);
    let records = rows(&desk.database(), "");
    open(&desk);
    desk.wait_for_text(DATABASE, &[&format!("All of it, {records} records.")]);
    desk.look_at(&second);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    desk.saved();
    desk.look_at(&first);
    desk.wait_for_text(DATABASE, &[&format!("All of it, {} records.", records + 1)]);
    desk.leave();
}

#[test]
fn a_browser_s_own_answer_about_lasting_storage_is_shown() {
    let desk = Desk::open(ANA);
    let promised = || desk.script("return navigator.storage.persisted()") == true;
    let before = promised();
    open(&desk);
    if !before {
        assert_eq!(desk.visible_texts("dialog [data-persistence=not-promised]").len(), 1);
        desk.click_command("persist-storage");
        let said = until("an answer", || {
            desk.visible_texts("dialog .outcome p").into_iter().next().ok_or_else(|| desk.visible_texts("dialog").concat())
        });
        assert!(said.starts_with(if promised() { "Granted." } else { "Refused." }), "{said}");
    }
    desk.wait_for(if promised() { "dialog [data-persistence=promised]" } else { "dialog [data-persistence=not-promised]" });
    // The room is the browser's own, too.
    let room = meters(&desk)[1].clone();
    let (used, limit) = (room[0].as_f64().unwrap_or_default(), room[1].as_f64().unwrap_or_default());
    assert!(0.0 < used && used < limit, "{room}");
    desk.leave();
}

#[test]
fn lasting_storage_is_asked_for_and_the_answer_shown() {
    let desk = Desk::bare();
    desk.before_each_page(PROMISE);
    desk.go(ANA);
    desk.end_tour();
    open(&desk);
    desk.wait_for_text(LASTING, &["may clear the storage"]);
    answers(&desk, false);
    desk.click_command("persist-storage");
    desk.wait_for_text("dialog [role=alert]", &["Refused.", "back up"]);
    assert!(desk.sees("dialog [data-persistence=not-promised]"));
    picture(&desk, "persistence-refused", &[Screen::Desk, Screen::Phone]);
    answers(&desk, true);
    desk.click_command("persist-storage");
    desk.wait_for_text("dialog [role=status]", &["Granted."]);
    assert!(!desk.sees("dialog [role=alert] p"), "the refusal is over");
    desk.wait_for_text("dialog [data-persistence=promised]", &["has promised"]);
    assert!(!desk.sees("[data-command=persist-storage]"), "there is no more to ask for");
    close(&desk);
    open(&desk);
    desk.wait_for("dialog [data-persistence=promised]");
    assert!(!desk.sees("dialog .outcome p"), "what was answered was said once");
    desk.leave();
}

#[test]
fn a_browser_that_can_not_be_asked_is_said_to_be_one() {
    let desk = Desk::bare();
    desk.before_each_page("Object.defineProperty(navigator, 'storage', { value: undefined });");
    desk.go(ANA);
    desk.end_tour();
    open(&desk);
    desk.wait_for_text("dialog [data-persistence=unknown]", &["https"]);
    assert!(!desk.sees("[data-command=persist-storage]"));
    desk.wait_for_text("dialog .hint-text", &["How much room the database has"]);
    assert_eq!(meters(&desk).as_array().map(Vec::len), Some(1));
    desk.leave();
}

fn remembered(desk: &Desk) -> Option<String> {
    desk.storage().into_iter().find(|(key, _)| key == "standpoint/remind").map(|(_, value)| value)
}

#[test]
fn the_reminder_s_number_is_changed_heeded_and_remembered() {
    let desk = Desk::open(ANA);
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    open(&desk);
    assert_eq!(desk.value(REMIND).as_deref(), Some("300"), "unless one says otherwise");
    assert_eq!(remembered(&desk), None);
    desk.wait_for_text("dialog [data-unexported]", &["1 change since"]);
    let set = |number: &str| {
        desk.click(REMIND);
        desk.press("Ctrl+a Delete");
        desk.type_text(number);
        desk.press("Tab");
    };
    set("3");
    until("the number", || seen(remembered(&desk).as_deref() == Some("3"), remembered(&desk)));
    // What is no number of changes changes nothing.
    for none in ["", "-2", "2.5"] {
        set(none);
        until("the number again", || seen(desk.value(REMIND).as_deref() == Some("3"), desk.value(REMIND)));
        assert_eq!(remembered(&desk).as_deref(), Some("3"));
    }
    close(&desk);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    assert!(!desk.sees(REMINDER));
    tag(&desk, "[Ahmadian] said that", "speaker");
    desk.wait_for_text(REMINDER, &["3 changes"]);
    desk.export_by(|desk| desk.click(".notice [data-command=export-project]"));
    desk.wait_gone(REMINDER);
    desk.saved();
    desk.reload();
    open(&desk);
    assert_eq!(desk.value(REMIND).as_deref(), Some("3"));
    desk.wait_for_text("dialog [data-unexported]", &["No change since"]);
    set("0");
    until("never", || seen(remembered(&desk).as_deref() == Some("0"), remembered(&desk)));
    close(&desk);
    desk.reload();
    open(&desk);
    assert_eq!(desk.value(REMIND).as_deref(), Some("0"), "never is remembered, too");
    desk.leave();
}

#[test]
fn the_storage_dialog_by_keys_alone() {
    let desk = Desk::bare();
    desk.before_each_page(PROMISE);
    desk.go(ANA);
    desk.press("Escape");
    desk.wait_gone(".tour");
    desk.tab_to("[data-command=storage]");
    desk.press("Enter");
    desk.wait_for(DATABASE);

    desk.tab_to("[data-command=persist-storage]");
    answers(&desk, false);
    desk.press("Enter");
    desk.wait_for_text("dialog [role=alert]", &["Refused."]);
    assert!(desk.has_keyboard("[data-command=persist-storage]"), "it can be asked again: {}", desk.keyboard());
    answers(&desk, true);
    desk.press("Space");
    desk.wait_for_text("dialog [role=status]", &["Granted."]);

    desk.tab_to(REMIND);
    desk.press("ArrowUp");
    until("one more", || seen(remembered(&desk).as_deref() == Some("301"), remembered(&desk)));
    desk.press("Ctrl+a");
    desk.type_text("25");
    desk.press("Enter");
    until("the number", || seen(remembered(&desk).as_deref() == Some("25"), remembered(&desk)));

    desk.tab_to("[data-command=back-up]");
    let backup = desk.export_by(|desk| desk.press("Enter"));
    desk.wait_for_text("dialog [role=status]", &["Backed up as", backup.name()]);
    assert!(desk.has_keyboard("[data-command=back-up]"), "{}", desk.keyboard());
    close(&desk);
    // The palette has the same without the dialog.
    let again = desk.export_by(|desk| by_palette(desk, "into one file", "Back up all projects"));
    desk.wait_for_text(".foot [role=status]", &["Backed up as", again.name()]);
    assert!(again.list("rows").len() > 20 && again.list("rows").len() == backup.list("rows").len());

    // From the palette it is the same dialog; after it the keys are the desk's again.
    by_palette(&desk, "storage", "Storage, backups");
    desk.wait_for(DATABASE);
    assert_eq!(desk.value(REMIND).as_deref(), Some("25"));
    close(&desk);
    desk.reload();
    by_palette(&desk, "storage", "Storage, backups");
    desk.wait_for(REMIND);
    assert_eq!(desk.value(REMIND).as_deref(), Some("25"), "remembered");
    close(&desk);
    desk.press("ArrowRight s");
    until("a tag by key", || seen(desk.focused().is_some(), desk.cursor_word()));
    desk.leave();
}

#[test]
fn what_is_done_in_the_dialog_leaves_the_keyboard_in_it() {
    let desk = Desk::bare();
    desk.before_each_page(PROMISE);
    desk.go(ANA);
    desk.end_tour();
    by_palette(&desk, "storage", "Storage, backups");
    desk.tab_to("[data-command=persist-storage]");
    answers(&desk, true);
    desk.press("Enter");
    desk.wait_for_text("dialog [role=status]", &["Granted."]);
    desk.wait_for_keyboard("dialog *");
    desk.leave();
}
