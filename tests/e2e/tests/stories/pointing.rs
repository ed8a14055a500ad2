//! What is dragged by mouse and by finger: edges, chips, selections.

use serde_json::json;
use standpoint_e2e::{Desk, Export, Held, Screen, assert_sound, quote, seen, until};

use crate::steps::{ALERT, ANA, tag};

/// Everything that ana made, a line each.
fn lines(export: &Export) -> Vec<String> {
    export.lines("ana", "seed-a")
}

#[track_caller]
fn changed_to(desk: &Desk, words: &str) {
    desk.wait_for_focus(words);
}

#[test]
fn edges_are_dragged_and_roles_stay() {
    let desk = Desk::open(ANA);
    desk.on(Screen::Desk);
    let speaker = "[He] noted that the Palestinian";
    tag(&desk, speaker, "speaker");
    tag(&desk, "[which previously engaged] in combat", "claim");
    desk.click_command("fill-speaker");
    desk.wait_for_role("speaker");
    desk.press("Enter Escape");
    // The end goes into the middle of a word, which comes as a whole; the start goes up to a line before.
    desk.drag_edge("end", 0, "protect [itself], has", Held::Nothing);
    changed_to(&desk, "which previously engaged in combat in Gaza to protect itself");
    desk.drag_edge("start", 0, "noted that the [Palestinian] resistance, which", Held::Nothing);
    changed_to(&desk, "Palestinian resistance, which previously engaged in combat in Gaza to protect itself");
    // With Alt letters count.
    desk.drag_edge("end", 0, "in Ga[za] to protect", Held::Alt);
    let cut = until("an edge within a word", || {
        let words = desk.focused().map(|(_, words)| words).unwrap_or_default();
        if words.contains("combat in Ga") && !words.contains("Gaza") { Ok(words) } else { Err(words) }
    });
    // Escape leaves the edge where it was.
    desk.drag_edge_and_hold("end", 0, "has now [reached] a stage");
    desk.wait_for("html:has(.dragging)");
    desk.press("Escape");
    desk.wait_gone(".dragging");
    desk.let_go(Held::Nothing);
    assert_eq!(desk.focused().map(|(_, words)| words), Some(cut));
    // Each drag is one step.
    desk.press("Ctrl+z");
    changed_to(&desk, "Palestinian resistance, which previously engaged in combat in Gaza to protect itself");
    desk.saved();
    let export = desk.export();
    assert_eq!(
        lines(&export),
        ["speaker: He", "claim: Palestinian resistance, which previously engaged in combat in Gaza to protect itself | speaker=He"]
    );
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn a_selection_with_alt_keeps_its_letters() {
    let desk = Desk::open(ANA);
    desk.select_letters("out[s]tanding contribution to", "outstan[d]ing contribution to");
    until("letters", || seen(!desk.selected_text().is_empty() && !desk.selected_text().contains("outst"), desk.selected_text()));
    let letters = desk.selected_text();
    assert!(letters.contains("tan") && !letters.contains("ing"), "{letters}");
    desk.press("t");
    desk.wait_for_focus(&letters);
    desk.leave();
}

#[test]
fn chips_are_carried_into_roles() {
    let desk = Desk::open(ANA);
    desk.on(Screen::Desk);
    tag(&desk, "[He] noted that the Palestinian", "speaker");
    tag(&desk, "He [noted] that the Palestinian", "cue");
    tag(&desk, "[the Palestinian resistance], which", "claim");
    desk.click("summary");
    // The role that takes it is seen while it is carried; let go elsewhere, it stays empty.
    desk.carry("[data-list=annotations] [data-filler]", "He", ".frame blockquote");
    desk.wait_for(".ghost:not(.idle)");
    desk.wait_for("[data-role=speaker].fitting");
    assert!(!desk.sees("[data-role=cue].fitting"));
    desk.let_go(Held::Nothing);
    desk.wait_gone(".ghost:not(.idle)");
    assert!(desk.sees("[data-role=speaker] .wanted"), "nothing was filled");
    desk.carry("[data-list=annotations] [data-filler]", "noted", "[data-role=cue]");
    desk.let_go(Held::Nothing);
    desk.wait_for_text("[data-role=cue] .chip-label", &["noted"]);
    desk.carry("[data-list=annotations] [data-filler]", "He", "[data-role=speaker]");
    desk.let_go(Held::Nothing);
    desk.wait_for_text("[data-role=speaker] .chip-label", &["He"]);
    // What does not fit is refused in words.
    desk.carry("[data-role=speaker] .chip", "He", "[data-role=cue]");
    desk.let_go(Held::Nothing);
    desk.wait_for_text(ALERT, &["cue"]);
    // An entity of the left column fills a role too.
    desk.carry(".left [data-filler]", "Ahmadian", "[data-role=speaker]");
    desk.let_go(Held::Nothing);
    desk.wait_for_text("[data-role=speaker] .chip-group + .chip-group .chip-label", &["Ali Akbar Ahmadian"]);
    desk.saved();
    let export = desk.export();
    let found = export.find("ana", "claim", "the Palestinian resistance");
    assert_eq!(found["roles"]["speaker"].as_array().map(Vec::len), Some(2), "{found}");
    assert_eq!(found["roles"]["cue"].as_array().map(Vec::len), Some(1), "{found}");
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn a_finger_rests_on_a_word_and_draws_its_handles() {
    let desk = Desk::bare();
    desk.on_a_touch_screen();
    desk.go(ANA);
    desk.wait_for(".tour");
    desk.tap("[data-command=tour-end]", "");
    desk.wait_gone(".tour");
    desk.hold_finger("[outstanding] contribution", "html[data-held]");
    until("the word", || seen(desk.selected_text() == "outstanding", desk.selected_text()));
    desk.drag_by_finger("end", None, "outstanding [contribution] to");
    until("two words", || seen(desk.selected_text() == "outstanding contribution", desk.selected_text()));
    desk.drag_by_finger("start", None, "recognized [Iran’s] outstanding");
    until("four words", || seen(desk.selected_text() == "Iran’s outstanding contribution", desk.selected_text()));
    desk.tap("button[data-command=tag-claim]", "");
    desk.wait_for_focus("Iran’s outstanding contribution");
    // What is tagged has handles, too.
    desk.drag_by_finger("end", Some(0), "fostering [cooperation]");
    desk.wait_for_focus("Iran’s outstanding contribution to fostering cooperation");
    desk.saved();
    let export = desk.export_by(|desk| desk.tap("[data-command=export-project]", ""));
    let work = export.work_of("ana");
    assert_eq!(work.iter().map(quote).collect::<Vec<_>>(), ["Iran’s outstanding contribution to fostering cooperation"]);
    assert_sound(&[&export]);
    desk.leave();
}

/// Boxes of the letters that links go over: what crosses no letter hides none.
const CROSSED: &str = r#"
const links = [...document.querySelectorAll('.links path:not(.head)')], letters = [];
const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const range = document.createRange(); range.selectNodeContents(node);
  // The upper and lower fifth of a line's box hold no letters, but for the tails of some.
  letters.push(...[...range.getClientRects()].filter((box) => box.width > 0).map((box) => ({ left: box.left, right: box.right, top: box.top + box.height / 5, bottom: box.bottom - box.height / 5 })));
}
const crossed = [];
for (const link of links) {
  const toScreen = link.getScreenCTM(), length = link.getTotalLength();
  for (let at = 0; at <= length; at += 2) {
    const { x, y } = link.getPointAtLength(at).matrixTransform(toScreen);
    const under = letters.find((box) => box.left < x && x < box.right && box.top < y && y < box.bottom);
    if (under) crossed.push([Math.round(x), Math.round(y)]);
  }
}
return { links: links.length, crossed };
"#;

/// Where the arrow of the first link ends, counted from the words that it leads to.
const HEAD: &str = r#"
const head = document.querySelector('.links .head').getBoundingClientRect();
const found = place(...arguments), box = range(found.start, found.end).getClientRects()[0];
return [Math.round(head.left - box.left), Math.round(head.top - box.bottom)];
"#;

#[test]
fn links_of_the_frame_in_hand_lead_to_its_words_and_hide_none() {
    let desk = Desk::open("?annotator=example&article=seed-a");
    desk.click_word("[The] resistance’s unity");
    desk.wait_for_focus("The resistance’s unity and support for the Islamic Jihad movement in this war disappointed the Zionist regime");
    let crossed = |desk: &Desk| {
        until("two links over no letter", || {
            let found = desk.script(CROSSED);
            seen(found["links"] == 2 && found["crossed"] == json!([]), found)
        })
    };
    crossed(&desk);
    let head = |desk: &Desk| {
        let script = format!("{}{HEAD}", standpoint_e2e::PLACES);
        until("the arrow at its words", || {
            let found = desk.script_with(&script, json!(["Ahmadian ", "stated", "."]));
            let (x, y) = (found[0].as_i64().unwrap_or(999), found[1].as_i64().unwrap_or(999));
            if (-4..12).contains(&x) && (0..24).contains(&y) { Ok((x, y)) } else { Err(found.to_string()) }
        })
    };
    let at = head(&desk);
    desk.script("document.querySelector('main').scrollBy(0, 90)");
    assert_eq!(head(&desk), at, "it is scrolled with the words");
    desk.resize(1100, 700);
    head(&desk);
    crossed(&desk);
    desk.resize(390, 844);
    head(&desk);
    crossed(&desk);
    desk.press("Escape 2");
    until("no link", || seen(desk.script("return document.querySelectorAll('.links path').length") == 0, ()));
    desk.leave();
}
