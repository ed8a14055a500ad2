use serde_json::json;

use super::*;
use crate::page::Made;

/// `"x a1 b2 words"`: the record x as the page loads a and b changed it; `-` for words is its deletion.
fn version(picture: &str) -> Version {
    let mut parts: Vec<&str> = picture.split(' ').collect();
    let words = parts.pop().unwrap_or_default();
    let vector = parts[1..].iter().map(|part| (part[..1].to_owned(), part[1..].parse().expect("a number")));
    Version { key: parts[0].to_owned(), vector: vector.collect(), content: (words != "-").then(|| json!(words)) }
}

fn versions(pictures: &[&str]) -> Vec<Version> {
    pictures.iter().map(|picture| version(picture)).collect()
}

/// A look in which each edit was made after revision `shown` stood on the page.
fn look(revision: u64, saved: u64, saving: Saving, shown: u64, edits: &[&[&str]]) -> Look {
    let made = edits.iter().map(|edit| Made { name: "k".to_owned(), versions: versions(edit), shown }).collect();
    Look { revision, saved: Some(saved), saving, says: String::new(), alerts: Vec::new(), made, versions: Vec::new() }
}

fn says(revision: u64, saved: u64, saving: Saving) -> Look {
    look(revision, saved, saving, 0, &[])
}

/// A page that found x and y, deleted x, which took it out of y, and changed y again; both before it drew.
fn ledger(belief: Belief) -> Ledger {
    let mut ledger = Ledger::new(belief, versions(&["x s1 old", "y s1 old"]));
    ledger.saw("A", &look(1, 1, Saving::Ok, 1, &[&["x s1 a1 -", "y s1 a1 less"]]));
    ledger.saw("A", &look(1, 1, Saving::Busy, 1, &[&["y s1 a2 more"]]));
    ledger
}

fn is_sound(ledger: &Ledger, found: &[&str]) -> bool {
    ledger.judge(&versions(found), End::Kill).is_empty()
}

#[test]
fn an_edit_without_a_promise_is_there_whole_or_not_at_all() {
    let ledger = ledger(Belief::Always);
    assert!(is_sound(&ledger, &["x s1 old", "y s1 old"]));
    assert!(is_sound(&ledger, &["x s1 a1 -", "y s1 a1 less"]));
    assert!(is_sound(&ledger, &["x s1 a1 -", "y s1 a2 more"]));
    assert!(!is_sound(&ledger, &["x s1 old", "y s1 a1 less"]), "half of the first edit");
    assert!(!is_sound(&ledger, &["x s1 old", "y s1 a2 more"]), "half of the first edit, and the second");
}

#[test]
fn what_was_called_saved_is_there() {
    let mut ledger = ledger(Belief::Always);
    ledger.saw("B", &says(9, 9, Saving::Ok));
    assert!(is_sound(&ledger, &["x s1 old", "y s1 old"]), "another tab’s word is about its own work");
    ledger.saw("A", &says(2, 2, Saving::Busy));
    ledger.saw("A", &says(1, 1, Saving::Ok));
    assert!(is_sound(&ledger, &["x s1 old", "y s1 old"]), "the page says so in one place only");
    ledger.saw("A", &says(2, 2, Saving::Ok));
    assert!(!is_sound(&ledger, &["x s1 old", "y s1 old"]));
    assert!(is_sound(&ledger, &["x s1 a1 -", "y s1 a1 less"]));
    assert!(is_sound(&ledger, &["x s1 a1 -", "y s1 a2 more"]), "what was made from it has it");
    ledger.saw("A", &says(3, 3, Saving::Ok));
    assert!(!is_sound(&ledger, &["x s1 a1 -", "y s1 a1 less"]));
}

#[test]
fn what_nobody_made_and_what_is_gone_are_seen() {
    let ledger = ledger(Belief::Always);
    assert!(!is_sound(&ledger, &["x s1 old", "y s1 old", "z b1 new"]));
    assert!(!is_sound(&ledger, &["x s1 older", "y s1 old"]), "the same version with other words");
    assert!(!is_sound(&ledger, &["x s1 old"]), "a record is gone without a trace");
}

#[test]
fn what_another_tab_made_is_not_made_again() {
    let mut ledger = ledger(Belief::Always);
    ledger.saw("B", &look(2, 2, Saving::Ok, 1, &[&["y s1 a2 more", "z b1 new"]]));
    assert!(is_sound(&ledger, &["x s1 old", "y s1 old", "z b1 new"]));
}

#[test]
fn a_promise_is_worth_what_the_page_says_it_is() {
    let mut ledger = ledger(Belief::ByTone);
    ledger.saw("A", &says(3, 3, Saving::Bad));
    let nothing = versions(&["x s1 old", "y s1 old"]);
    assert_eq!(ledger.judge(&nothing, End::Close), Vec::<String>::new());
    ledger.saw("A", &says(3, 3, Saving::Warn));
    assert_eq!(ledger.judge(&nothing, End::Kill), Vec::<String>::new());
    assert_ne!(ledger.judge(&nothing, End::Close), Vec::<String>::new());
    assert_ne!(ledger.judge(&nothing, End::KillPages), Vec::<String>::new());
    ledger.saw("A", &says(3, 3, Saving::Ok));
    assert_ne!(ledger.judge(&nothing, End::Kill), Vec::<String>::new());
}

#[test]
fn what_was_found_unsaved_waits_for_its_promise() {
    let mut ledger = ledger(Belief::Always);
    let found = Look { versions: versions(&["x s1 a1 -", "y s1 a1 less"]), ..says(1, 0, Saving::Busy) };
    ledger.go_on("A", &found, End::Kill);
    assert!(is_sound(&ledger, &["x s1 a1 -", "y s1 a1 less"]));
    assert!(is_sound(&ledger, &["x s1 old", "y s1 old"]));
    assert!(!is_sound(&ledger, &["x s1 a1 -", "y s1 a2 more"]), "the second edit was lost, and is back");
    ledger.saw("A", &says(1, 1, Saving::Ok));
    assert!(!is_sound(&ledger, &["x s1 old", "y s1 old"]));
}

#[test]
fn whoever_each_visit_records_anew_is_known_to_the_next_one() {
    let ana = |vector: &str| Version { key: "annotator ana".to_owned(), ..version(&format!("x {vector} Ana")) };
    let found = |vector: &str| Look { versions: vec![ana(vector)], ..says(1, 0, Saving::Busy) };
    let mut ledger = Ledger::new(Belief::ByTone, vec![ana("a1")]);
    ledger.wiped("A", &found("a1"));
    for visit in ["b1", "c1", "d1"] {
        assert_eq!(ledger.judge(&[ana(visit)], End::Kill), Vec::<String>::new());
        ledger.go_on("A", &found(visit), End::Kill);
    }
}

#[test]
fn what_was_wiped_may_be_anywhere_until_the_page_has_saved_again() {
    let mut ledger = ledger(Belief::ByTone);
    let shown = Look { versions: versions(&["x s1 a1 -", "y s1 a2 more"]), ..says(3, 3, Saving::Ok) };
    ledger.wiped("A", &shown);
    ledger.saw("A", &says(3, 3, Saving::Ok));
    assert!(is_sound(&ledger, &[]));
    assert!(is_sound(&ledger, &["y s1 a2 more"]));
    ledger.saw("A", &look(3, 3, Saving::Ok, 3, &[&["z a3 new"]]));
    ledger.saw("A", &says(4, 4, Saving::Ok));
    assert!(!is_sound(&ledger, &["z a3 new"]));
    assert!(is_sound(&ledger, &["x s1 a1 -", "y s1 a2 more", "z a3 new"]));
    assert!(ledger.has_promised_all("A"));
}

#[test]
fn an_older_state_is_nothing_that_nobody_made_where_the_storage_was_wiped() {
    let mut ledger = ledger(Belief::ByTone);
    let found = Look { versions: versions(&["x s1 a1 -", "y s1 a2 more"]), ..says(1, 1, Saving::Ok) };
    ledger.go_on("A", &found, End::Close);
    assert!(!is_sound(&ledger, &["x s1 old", "y s1 old"]));
    ledger.wiped("A", &found);
    assert!(is_sound(&ledger, &["x s1 old", "y s1 old"]));
    assert!(!is_sound(&ledger, &["z a3 new"]));
}
