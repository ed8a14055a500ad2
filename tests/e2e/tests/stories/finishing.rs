//! An article is done when nothing in it is open, or when somebody says so all the same.

use standpoint_e2e::Desk;

use crate::steps::{ANA, tag};

#[test]
fn done_says_what_is_open_and_leads_there() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    tag(&desk, "He [noted that the Palestinian resistance], which", "claim");
    desk.press("Escape");
    desk.press("Escape");
    desk.press("Shift+D");
    desk.wait_for_text("dialog .lacking", &["1", "Claim: no speaker"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.press("Shift+D");
    desk.wait_for("dialog .lacking");
    desk.press("Tab");
    desk.tab_to("dialog [data-command=take-up]");
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_for_role("speaker");
    desk.press("Escape");
    desk.press("Shift+D");
    desk.wait_for("dialog .lacking");
    desk.tab_to("dialog [data-command=done-anyway]");
    desk.press("Enter");
    desk.wait_for_text("[data-open-article=seed-a]", &["done"]);
    assert_eq!(desk.export().list("progress").len(), 1);
    desk.leave();
}
