//! One tab, and a browser that dies again and again.

use standpoint_durability::{Belief, Make, Page, Story, settings};

/// After so many rounds on one profile the article is full of tags, and the page is worth a fresh start.
const ROUNDS_A_PROFILE: u64 = 50;

#[test]
fn rounds_in_chromium() {
    rounds(Make::Chromium);
}

#[test]
fn rounds_in_firefox() {
    rounds(Make::Firefox);
}

fn rounds(make: Make) {
    let mut story = Story::begin(make, "rounds", Belief::Always);
    let mut page = begin(&mut story);
    for round in 1..=settings::rounds() {
        for _ in 0..story.random.below(13) {
            story.work(&page);
        }
        story.end_at_random(&[&page]);
        page = story.open_again(page);
        let found = story.check(&page);
        assert_eq!(found.alerts, Vec::<String>::new(), "a visit begins without a complaint");
        if round % ROUNDS_A_PROFILE == 0 {
            story.move_house();
            page = begin(&mut story);
        }
    }
    story.finish();
}

/// A first visit that is cut short, one that is not, and one to work in.
fn begin(story: &mut Story) -> Page {
    let most = story.random.pick(&[100, 1000]);
    let over_after = story.random.below(most);
    story.first_visit(over_after);
    story.settle();
    let page = story.open("A");
    story.check(&page);
    page
}
