//! Whoever has no mouse reaches every control, sees where they are, and whoever does not see hears what each is.

use standpoint_e2e::{Desk, seen, strings, until};

use crate::steps::tag;

/// What Tab has to reach: everything that a mouse can press now.
const CONTROLS: &str = "
const room = document.querySelector('dialog[open]') ?? document;
const controls = [...room.querySelectorAll('button, input, select, textarea, summary, a[href], [tabindex=\"0\"]')]
  .filter((element) => !element.disabled && element.checkVisibility({ visibilityProperty: true }));
// Marks of an earlier walk would stand for other controls.
document.querySelectorAll('[data-reached]').forEach((element) => delete element.dataset.reached);
controls.forEach((element, index) => { element.dataset.reached = `${index}`; });
return controls.map((element) => element.dataset.reached)";

/// What has the focus: its mark, whether the focus can be seen on it, and what it is.
const FOCUSED: &str = "
const element = document.activeElement, style = getComputedStyle(element), around = element.closest('[data-scrolls]');
const ring = (style) => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
const visible = ring(style) || (around && ring(getComputedStyle(around)));
return [element.dataset.reached ?? element.localName, visible, element.outerHTML.slice(0, 120)]";

/// Presses Tab until it has gone round; panics at a control that it does not reach.
#[track_caller]
fn walk_with_tab(desk: &Desk) {
    let controls = strings(&desk.script(CONTROLS));
    assert!(controls.len() > 2, "{controls:?}");
    let mut reached = Vec::new();
    for _ in 0..controls.len() + 5 {
        desk.press("Tab");
        let found = desk.script(FOCUSED);
        let mark = found[0].as_str().unwrap_or_default().to_owned();
        if controls.contains(&mark) {
            assert_eq!(found[1], true, "the focus can't be seen on {}", found[2]);
            reached.push(mark);
        }
    }
    let missed: Vec<String> = controls.iter().filter(|mark| !reached.contains(mark)).cloned().collect();
    let shown = desk.script_with(
        "return arguments[0].map((mark) => document.querySelector(`[data-reached=\"${mark}\"]`)?.outerHTML.slice(0, 160))",
        serde_json::json!([missed]),
    );
    assert!(missed.is_empty(), "Tab does not reach {shown:#}");
}

#[test]
fn tab_reaches_every_control_and_is_never_caught() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    walk_with_tab(&desk);
    tag(&desk, "[He] noted that the Palestinian", "speaker");
    tag(&desk, "He [noted that] the Palestinian", "claim");
    desk.press("1");
    desk.select("Ali Akbar Ahmadian");
    walk_with_tab(&desk);
    desk.leave();
}

#[test]
fn a_dialog_keeps_the_focus_and_gives_it_back() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    for command in ["projects", "storage", "palette", "keys", "annotator"] {
        desk.click_command(command);
        desk.wait_for("dialog[open]");
        desk.press_times("Tab", 3);
        let inside =
            desk.script("return document.activeElement === document.body || Boolean(document.activeElement.closest('dialog[open]'))");
        assert_eq!(inside, true, "Tab left the dialog of {command}");
        desk.press("Escape");
        desk.wait_gone("dialog[open]");
    }
    // The keys are the desk's again.
    desk.press("ArrowRight ArrowRight s");
    until("a tag by key", || seen(desk.focused().is_some(), desk.cursor_word()));
    desk.leave();
}

#[test]
fn after_a_dialog_the_keyboard_is_where_it_was() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    for command in ["projects", "storage", "palette", "keys"] {
        let opener = format!(".bar [data-command={command}]");
        desk.tab_to(&opener);
        desk.press("Enter");
        desk.wait_for("dialog[open]");
        desk.press("Escape");
        desk.wait_gone("dialog[open]");
        desk.wait_for_keyboard(&opener);
    }
    // Whoever came by mouse goes on in the text.
    desk.click_command("storage");
    desk.wait_for("dialog[open]");
    desk.press("Escape");
    desk.wait_gone("dialog[open]");
    desk.wait_for_keyboard("article[data-article]");
    desk.leave();
}

#[test]
fn everything_has_a_name_and_a_place_for_those_who_listen() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "[He] noted that the Palestinian", "speaker");
    tag(&desk, "He [noted that] the Palestinian", "claim");
    desk.click_command("fill-speaker");
    let nameless = desk.script(
        "const named = (element) => element.getAttribute('aria-label') || element.textContent.trim() || element.labels?.length || element.title;
         return [...document.querySelectorAll('button, input, select, textarea, summary, a[href], article, nav, aside, [role]')]
           .filter((element) => element.checkVisibility() && !named(element) && !/^(alert|status)$/.test(element.getAttribute('role')))
           .map((element) => element.outerHTML.slice(0, 160))",
    );
    assert_eq!(nameless, serde_json::json!([]));
    // The marks in the text are for the eye: read aloud they would come between the words.
    let spoken = desk.script(
        "return [...document.querySelectorAll('[data-tag]')]
           .map((segment) => getComputedStyle(segment, '::before').content)
           .filter((content) => !content.endsWith('/ \"\"'))",
    );
    assert_eq!(spoken, serde_json::json!([]));
    let missing = desk.script(
        "return ['main', 'nav', 'h1, article .block-title', '[role=status]', '[role=alert]'].filter((what) => !document.querySelector(what))",
    );
    assert_eq!(missing, serde_json::json!([]));
    // What was done is said.
    desk.press("Escape");
    desk.click_command("undo");
    desk.wait_for_text(".foot [role=status]", &["ndone"]);
    desk.leave();
}
