//! A browser that died in the middle of a write, so that its log ends in half a record.
//!
//! Chromium alone keeps its databases so; and it dies so once in about 500 kills, which here is done by hand.

use standpoint_durability::{Belief, End, Make, Story, settings};

use crate::faults::Fault;

#[test]
fn torn_in_chromium() {
    let mut story = Story::begin(Make::Chromium, "torn", Belief::Always);
    story.settle();
    let mut page = story.open("A");
    story.check(&page);
    for _ in 0..settings::rounds().div_ceil(10) {
        for _ in 0..story.random.below(5) {
            story.work(&page);
        }
        story.end(End::Kill);
        assert!(story.tear_logs() > 0, "this browser keeps logs");
        // What is torn is found well, …
        page = story.open("A");
        story.check(&page);
        for _ in 0..1 + story.random.below(5) {
            story.work(&page);
        }
        story.wait_saved(&page);
        story.end(End::Kill);
        // … and so is what was saved since.
        page = story.open("A");
        let found = story.check(&page);
        assert_eq!(found.alerts, Vec::<String>::new(), "a visit begins without a complaint");
        story.end_at_random(&[&page]);
        page = story.open_again(page);
        story.check(&page);
    }
    story.finish();
}

/// The log is one for all of a site’s databases: that one of them is deleted does not mend it.
#[test]
fn torn_and_deleted_in_chromium() {
    let mut story = Story::begin(Make::Chromium, "torn_and_deleted", Belief::ByTone);
    story.settle();
    let mut page = story.open("A");
    story.check(&page);
    for _ in 0..settings::rounds().div_ceil(10) {
        story.end(End::Kill);
        assert!(story.tear_logs() > 0, "this browser keeps logs");
        page = story.open("A");
        story.check(&page);
        let wait = story.random.pick(&[0, 0, 50, 400]);
        story.watch(&[&page], wait);
        Fault::DatabaseDeleted.happen(&mut story, &page);
        let shown = story.look_at_all(&page);
        story.ledger.wiped(page.name, &shown);
        let deeds = 1 + story.random.below(3);
        story.work_with_fault(&page, deeds);
        story.end(End::Kill);
        page = story.open("A");
        story.check(&page);
        story.wait_saved(&page);
    }
    story.finish();
}

#[test]
fn emptied_in_chromium() {
    let mut story = Story::begin(Make::Chromium, "emptied", Belief::Always);
    story.settle();
    let page = story.open("A");
    story.check(&page);
    for _ in 0..5 {
        story.work(&page);
    }
    story.wait_saved(&page);
    // Closed in good order, it has all of it in local storage.
    story.end(End::Close);
    assert!(story.damage_logs() > 0, "this browser keeps logs");
    let page = story.open("A");
    let found = story.look_at_all(&page);
    assert!(found.alerts.iter().any(|alert| alert.contains("found its database damaged and emptied it")), "{:?}", found.alerts);
    let lacking = story.ledger.lacking(&found.versions);
    assert!(lacking.is_empty(), "local storage has all of it: {lacking:?}");
    story.finish();
}
