//! When the browser can't keep the work: the page says so, and the work can still be taken out.

use serde_json::json;
use standpoint_e2e::{Desk, seen, until};

use crate::steps::{fill_storage, tag};

fn save_state(desk: &Desk) -> (String, String) {
    let found = desk.script("const saved = document.querySelector('[data-save-state]'); return [saved.dataset.saveState, saved.innerText]");
    (found[0].as_str().unwrap_or_default().to_owned(), found[1].as_str().unwrap_or_default().to_owned())
}

fn asks_before_leaving(desk: &Desk) -> bool {
    desk.script("return !dispatchEvent(new Event('beforeunload', { cancelable: true }))") == json!(true)
}

#[test]
fn a_full_storage_is_said_and_survived() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    fill_storage(&desk);
    let id = tag(&desk, "[Haniyeh], for his part", "speaker");
    let (state, words) = until("the page to say so", || {
        let (state, words) = save_state(&desk);
        if state == "bad" { Ok((state, words)) } else { Err(format!("{state}: {words}")) }
    });
    assert!(words.contains("Not saved") && words.contains("full") && words.contains("export"), "{state}: {words}");
    assert_eq!(desk.drawn_words(&id), ["Haniyeh"], "the work is still here");
    assert!(asks_before_leaving(&desk), "leaving now would lose it");
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian", "speaker: Haniyeh"], "and can be taken out");

    desk.script("for (const key of Object.keys(localStorage)) if (key.startsWith('other/')) localStorage.removeItem(key)");
    tag(&desk, "[Ahmadian] said that", "speaker");
    desk.saved();
    assert_eq!(save_state(&desk).0, "ok");
    assert!(!asks_before_leaving(&desk), "all of it is stored");
    desk.reload();
    assert_eq!(desk.export().lines("ana", "seed-a").len(), 3, "nothing of it is lost after all");
    desk.leave();
}

#[test]
fn without_storage_the_page_works_and_warns() {
    let desk = Desk::bare();
    desk.before_each_page(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } })",
    );
    desk.go("?annotator=ana&article=seed-a");
    desk.wait_for_text("[role=alert] .notice p", &["store nothing", "export"]);
    desk.end_tour();
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    until("the page to say so", || seen(save_state(&desk).0 == "bad", save_state(&desk)));
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    desk.leave();
}

#[test]
fn what_a_newer_page_wrote_is_never_overwritten() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.saved();
    let stored = desk.storage();
    let (key, value) = stored.iter().find(|(key, _)| key.ends_with("/a/seed-a/ana")).cloned().expect("ana’s layer");
    // A value of the next format version begins with its number.
    let newer = format!("2{}", &value[1..]);
    desk.script_with("localStorage.setItem(...arguments)", json!([key, newer]));
    desk.reload();
    desk.wait_for_text("[role=alert] .notice p", &[&key, "newer"]);
    tag(&desk, "[Haniyeh], for his part", "speaker");
    until("the page to say so", || seen(save_state(&desk).0 == "bad", save_state(&desk)));
    let kept = desk.storage().into_iter().find(|(other, _)| *other == key).map(|(_, value)| value);
    assert_eq!(kept.as_deref(), Some(newer.as_str()));
    assert_eq!(desk.export().lines("ana", "seed-a"), ["speaker: Haniyeh"]);
    desk.leave();
}
