//! Two tabs on one article, in a browser that dies again and again.

use std::time::Instant;

use standpoint_durability::{Belief, Deed, Make, Page, Saving, Story, Version, settings, until};

/// After so many rounds on one profile the article is full of tags, and the page is worth a fresh start.
const ROUNDS_A_PROFILE: u64 = 25;

#[test]
fn two_tabs_in_chromium() {
    two_tabs(Make::Chromium);
}

#[test]
fn two_tabs_in_firefox() {
    two_tabs(Make::Firefox);
}

fn two_tabs(make: Make) {
    let mut story = Story::begin(make, "two_tabs", Belief::Always);
    story.settle();
    let mut pages = [story.open("A"), story.open("B")];
    for round in 1..=settings::rounds().div_ceil(4) {
        agree(&mut story, &pages);
        for _ in 0..story.random.below(13) {
            let page = &pages[story.random.below(2) as usize];
            story.work(page);
            if story.random.chance(15) {
                agree(&mut story, &pages);
            }
        }
        if story.random.chance(50) {
            measure(&mut story, &pages);
        }
        let [a, b] = &pages;
        story.end_at_random(&[a, b]);
        if round % ROUNDS_A_PROFILE == 0 {
            story.move_house();
            story.settle();
        }
        // What the first of them finds is there; what the second finds is the same, or they would not agree.
        let [a, b] = pages;
        let a = story.open_again(a);
        story.check(&a);
        let b = story.open_again(b);
        pages = [a, b];
    }
    agree(&mut story, &pages);
    story.finish();
}

/// Waits until all of both tabs is saved and each shows what is: the same.
fn agree(story: &mut Story, pages: &[Page; 2]) {
    until("two tabs to show the same", || {
        let looks = pages.each_ref().map(|page| story.look_at_all(page));
        if !pages.iter().all(|page| story.ledger.has_promised_all(page.name)) {
            return Err("one that has not called all of its work saved".to_owned());
        }
        for look in &looks {
            if !look.is_saved() {
                return Err(look.summary());
            }
            assert_eq!(look.saving, Saving::Ok, "nothing is wrong with the storage: {}", look.says);
            if let Some(version) = story.ledger.lacking(&look.versions).first() {
                return Err(format!("one without {version}"));
            }
        }
        let [a, b] = looks.map(|look| look.versions);
        let only = |these: &[Version], those: &[Version]| these.iter().find(|version| !those.contains(version)).map(Version::to_string);
        match only(&a, &b).or_else(|| only(&b, &a)) {
            Some(version) => Err(format!("one with {version}")),
            None => Ok(()),
        }
    });
}

/// How long it takes until one tab shows what was made in the other.
fn measure(story: &mut Story, pages: &[Page; 2]) {
    agree(story, pages);
    let here = story.random.below(2) as usize;
    let deed = Deed::tag(&mut story.random);
    let began = Instant::now();
    let made = story.act(&pages[here], &deed).made;
    let Some(version) = made.iter().flat_map(|made| &made.versions).last() else { return };
    until("the other tab’s edit", || {
        let look = story.look_at_all(&pages[1 - here]);
        if look.versions.contains(version) { Ok(()) } else { Err(look.summary()) }
    });
    story.figures.latencies.push(began.elapsed());
}
