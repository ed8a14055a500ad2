//! What several stories do.

use standpoint_e2e::{Desk, seen, until};

/// Does `step` until the button of `command` says that it can't be done any more; how often that was.
#[track_caller]
pub fn exhaust(desk: &Desk, command: &str, step: impl Fn(&Desk)) -> usize {
    let mut steps = 0;
    while desk.is_enabled(command) == Some(true) {
        let before = desk.revision();
        step(desk);
        until("a step of the history", || seen(desk.revision() > before, before));
        steps += 1;
        assert!(steps < 100, "{command} has no end");
    }
    steps
}

/// Tags words by mouse and leaves the roles that ask open; the annotation's id.
#[track_caller]
pub fn tag(desk: &Desk, picture: &str, type_id: &str) -> String {
    let before = desk.revision();
    desk.select(picture);
    desk.click_command(&format!("tag-{type_id}"));
    until(&format!("“{picture}” tagged"), || seen(desk.revision() > before, desk.alerts()));
    if desk.asking().is_some() {
        desk.press("Escape");
        until("the role left open", || seen(desk.asking().is_none(), desk.asking()));
    }
    desk.focused().expect("what was tagged is in hand").0
}

/// The ids of the articles in the list.
#[track_caller]
pub fn listed_articles(desk: &Desk) -> Vec<String> {
    let found = desk.script("return [...document.querySelectorAll('[data-open-article]')].map((button) => button.dataset.openArticle)");
    found.as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

/// Takes all messages off the screen.
#[track_caller]
pub fn dismiss_alerts(desk: &Desk) {
    while !desk.alerts().is_empty() {
        let before = desk.alerts().len();
        desk.click("[role=alert] .notice [aria-label=Dismiss]");
        until("a message to go", || seen(desk.alerts().len() < before, desk.alerts()));
    }
}
