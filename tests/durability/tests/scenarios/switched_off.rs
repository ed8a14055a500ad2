//! A storage that is switched off, emptied or deleted while the page is open. The page says so, or stores all of it again.

use standpoint_durability::{Belief, End, Make, Page, Story, settings};

use crate::faults::Fault;

#[test]
fn switched_off_in_chromium() {
    switched_off(Make::Chromium);
}

#[test]
fn switched_off_in_firefox() {
    switched_off(Make::Firefox);
}

fn switched_off(make: Make) {
    let mut story = Story::begin(make, "switched_off", Belief::ByTone);
    story.settle();
    let mut page = story.open("A");
    story.check(&page);
    for _ in 0..settings::rounds().div_ceil(40) {
        for fault in Fault::ALL.into_iter().filter(|fault| fault.is_possible(make) && settings::wants_fault(&format!("{fault:?}"))) {
            println!("  {fault:?}");
            page = happens(&mut story, page, fault);
        }
    }
    story.finish();
}

/// A page that works, a fault, work with it, an end, and the page as it is found after that.
fn happens(story: &mut Story, page: Page, fault: Fault) -> Page {
    for _ in 0..1 + story.random.below(3) {
        story.work(&page);
    }
    if story.random.chance(50) {
        story.wait_saved(&page);
    }
    fault.happen(story, &page);
    if fault.wipes() {
        let shown = story.look_at_all(&page);
        story.ledger.wiped(page.name, &shown);
    }
    let deeds = 1 + story.random.below(4);
    story.work_with_fault(&page, deeds);
    let end = story.random.pick(&[End::Kill, End::Kill, End::Kill, End::KillPages, End::Close]);
    story.end(end);
    let page = story.open_again(page);
    story.check(&page);
    story.wait_saved(&page);
    page
}
