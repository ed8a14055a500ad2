//! Eight hours a day: text as one likes it, the text alone, and a list of steps to go back to.

use serde_json::Value;
use standpoint_e2e::{Desk, quote, seen, until};

use crate::steps::{ANA, by_palette};

/// The computed style of the article.
fn style(desk: &Desk, property: &str) -> String {
    let found = desk.script_with("return getComputedStyle(document.querySelector('article'))[arguments[0]]", serde_json::json!([property]));
    found.as_str().unwrap_or_default().to_owned()
}

fn number(text: &str) -> f64 {
    text.trim_end_matches("px").parse().unwrap_or_else(|_| panic!("{text} is no length"))
}

#[test]
fn the_text_is_read_as_one_likes_and_stays_so() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    let usual = ["fontSize", "lineHeight", "maxWidth"].map(|property| number(&style(&desk, property)));
    by_palette(&desk, "reading", "Reading: size");
    for choice in ["size-largest", "measure-wide", "leading-loose", "face-sans"] {
        desk.click(&format!("[data-reading={choice}]"));
        desk.wait_for(&format!("[data-reading={choice}].on"));
    }
    desk.press("Escape");
    desk.wait_gone("dialog");
    let larger = |desk: &Desk| {
        let now = ["fontSize", "lineHeight", "maxWidth"].map(|property| number(&style(desk, property)));
        assert!(now.iter().zip(usual).all(|(now, usual)| *now > usual * 1.2), "{now:?} after {usual:?}");
        assert!(!style(desk, "fontFamily").contains("serif,"), "{}", style(desk, "fontFamily"));
    };
    larger(&desk);
    // A tag lands where it should, whatever the size.
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    desk.saved();
    desk.reload();
    desk.wait_for_article("seed-a");
    larger(&desk);
    // The device's second memory has it, too.
    desk.script("localStorage.removeItem('standpoint/reading')");
    desk.reload();
    desk.wait_for_article("seed-a");
    by_palette(&desk, "reading", "Reading: size");
    desk.wait_for("[data-reading=size-largest].on");
    desk.press("Escape");
    desk.leave();
}

#[test]
fn the_text_alone_is_worked_in_and_left() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    assert!(desk.sees(".left") && desk.sees("aside.right") && !desk.sees(".leave-focus"));
    by_palette(&desk, "focus mode", "Focus mode");
    desk.wait_for(".leave-focus");
    assert!(!desk.sees(".left") && !desk.sees("aside.right"));
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    desk.click_command("focus-mode");
    desk.wait_gone(".leave-focus");
    desk.wait_for(".frame [data-field=entity]");
    assert_eq!(quote(&desk.export().work_of("ana")[0]), "Ahmadian");
    desk.leave();
}

#[test]
fn a_list_of_steps_leads_back_and_forth() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    for (words, key) in [("regime, [Ahmadian]", "s"), ("[He] noted that the Palestinian", "g"), ("[Haniyeh], for his part", "q")] {
        desk.walk_to(words);
        desk.press(key);
        desk.wait_for_focus(words.split(['[', ']']).nth(1).expect("brackets"));
    }
    let own = |desk: &Desk| desk.export().work_of("ana").iter().map(quote).collect::<Vec<_>>();
    assert_eq!(own(&desk), ["Ahmadian", "He", "Haniyeh"]);
    by_palette(&desk, "history", "History: the steps");
    let list = desk.visible_texts("dialog [data-step]");
    assert_eq!(list.len(), 4, "{list:?}");
    assert!(list[0].starts_with("tag cue") && list[0].contains("Haniyeh") && list[0].ends_with("now"), "{list:?}");
    // Right after the first.
    desk.click("dialog [data-step='-2']");
    desk.wait_for("dialog [data-step='2'].undone");
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert_eq!(own(&desk), ["Ahmadian"]);
    by_palette(&desk, "history", "History: the steps");
    // By keys alone, forth by one.
    desk.tab_to("dialog [data-step='1']");
    desk.press("Enter");
    desk.wait_for("dialog [data-step='1'].undone");
    until("two steps back", || {
        let there = desk.sees("dialog [data-step='-2']");
        seen(there, desk.visible_texts("dialog [data-step]"))
    });
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert_eq!(own(&desk), ["Ahmadian", "He"]);
    assert_ne!(desk.script("return document.documentElement.dataset.savedRevision ?? null"), Value::Null);
    desk.leave();
}

#[test]
fn who_says_what_is_a_table_that_leads_back_to_the_text() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    let example = desk.visible_texts(".claims tbody tr").len();
    desk.click_command("frames");
    desk.wait_for_keyboard("dialog input[type=search]");
    let rows = |desk: &Desk| desk.visible_texts("dialog [data-frame-row]");
    assert_eq!(rows(&desk).len(), example);
    desk.type_text("best method");
    until("one frame", || seen(rows(&desk).len() == 1, rows(&desk)));
    desk.press("Ctrl+a Delete");
    desk.choose("[data-field=frame-mark]", "▲");
    until("frames with a stance in favour", || {
        let rows = rows(&desk);
        seen(!rows.is_empty() && rows.iter().all(|row| row.contains('▲')), rows)
    });
    desk.choose("[data-field=frame-mark]", "");
    // By keys: sorted by speaker, both ways.
    desk.tab_to("[data-sort=speaker]");
    desk.press("Enter");
    desk.wait_for("th[aria-sort=ascending] [data-sort=speaker]");
    let up = rows(&desk);
    desk.press("Enter");
    desk.wait_for("th[aria-sort=descending] [data-sort=speaker]");
    assert_eq!(rows(&desk).len(), up.len());
    desk.choose("[data-field=frame-completeness]", "unfinished");
    until("none of the example is unfinished", || seen(rows(&desk).is_empty(), rows(&desk)));
    desk.choose("[data-field=frame-completeness]", "any");
    desk.click_with_text("dialog .mark", "the best method");
    desk.wait_gone("dialog");
    desk.wait_for_focus("the best method");
    desk.leave();
}

#[test]
fn the_overview_shows_progress_and_stances_and_leads_to_the_evidence() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    by_palette(&desk, "overview", "Overview: progress");
    desk.wait_for_text("dialog [data-progress]", &["0 articles done, 1 in progress, 1 new", "1 annotation finished"]);
    assert_eq!(desk.visible_texts("dialog [data-list=articles-progress] li").len(), 2);
    desk.wait_for_text("dialog .counts", &["Speaker"]);
    // By keys: a cell of the matrix, its evidence, and the words themselves.
    desk.tab_to("dialog [data-cell]");
    desk.press("Enter");
    let quote = desk.wait_for("dialog [data-list=evidence] q");
    desk.tab_to("dialog [data-list=evidence] button");
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_for_focus(quote.trim());
    desk.leave();
}
