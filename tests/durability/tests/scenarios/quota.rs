//! Another page of the origin takes all the room that there is.

use standpoint_durability::{Belief, End, Make, Page, Story, Tab, settings};

#[test]
fn quota_in_chromium() {
    quota(Make::Chromium);
}

#[test]
fn quota_in_firefox() {
    quota(Make::Firefox);
}

fn quota(make: Make) {
    let mut story = Story::begin(make, "quota", Belief::ByTone);
    story.settle();
    for _ in 0..settings::rounds().div_ceil(40) {
        fills_up(&mut story);
        is_full_from_the_start(&mut story);
        if make == Make::Chromium {
            databases_are_full(&mut story);
        }
    }
    let page = story.open("A");
    story.check(&page);
    story.finish();
}

fn fills_up(story: &mut Story) {
    let page = story.open("A");
    story.check(&page);
    let other = story.open_other();
    for _ in 0..2 + story.random.below(3) {
        story.work(&page);
    }
    fill(story, &other);
    story.work_with_fault(&page, 4);
    story.end(End::Kill);
}

/// The page is opened while there is no room, and there is room again while it is open.
fn is_full_from_the_start(story: &mut Story) {
    let page = story.open("A");
    story.check(&page);
    let other = story.open_other();
    fill(story, &other);
    story.work_with_fault(&page, 3);
    story.browser().evaluate(&other, FREE);
    recovers(story, &page);
}

fn databases_are_full(story: &mut Story) {
    let page = story.open("A");
    story.check(&page);
    let other = story.open_other();
    for mirror_is_full in [false, true] {
        let origin = story.origin().to_owned();
        story.browser().limit(&other, &origin, Some(1));
        if mirror_is_full {
            fill(story, &other);
        }
        story.work_with_fault(&page, 2);
        story.browser().limit(&other, &origin, None);
        story.browser().evaluate(&other, FREE);
    }
    recovers(story, &page);
}

/// The next edit brings everything to safety.
fn recovers(story: &mut Story, page: &Page) {
    let deed = standpoint_durability::Deed::tag(&mut story.random);
    story.act(page, &deed);
    story.wait_saved(page);
    story.end(End::Kill);
}

const FREE: &str = "for (const key of Object.keys(localStorage)) if (key.startsWith('other/')) localStorage.removeItem(key)";

/// Until not one more character fits.
fn fill(story: &mut Story, other: &Tab) {
    let fill = "
        let piece = 'x'.repeat(1 << 20), count = Object.keys(localStorage).length;
        while (piece.length) {
          try { localStorage.setItem(`other/${count++}`, piece) } catch { piece = piece.slice(piece.length >> 1 || 1) }
        }";
    story.browser().evaluate(other, fill);
}
