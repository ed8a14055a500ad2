//! What slows a day down when it is not right: where the text stands, what an arrow changes, what is in sight.

use serde_json::json;
use standpoint_e2e::{Desk, Screen, seen, until};

use crate::steps::{ANA, tag};

fn number(desk: &Desk, script: &str) -> f64 {
    desk.script(script).as_f64().unwrap_or(f64::NAN)
}

const SCROLLED: &str = "return document.querySelector('main').scrollTop";

#[test]
fn the_text_follows_the_cursor_while_an_annotation_is_in_hand() {
    let desk = Desk::open("?annotator=ana&article=seed-b");
    tag(&desk, "[Ahmadian] said that", "speaker");
    assert_eq!(number(&desk, SCROLLED), 0.0);
    desk.press("Ctrl+End");
    until("the end in sight", || seen(number(&desk, SCROLLED) > 500.0, number(&desk, SCROLLED)));
    desk.press("Ctrl+Home");
    until("the beginning in sight", || seen(number(&desk, SCROLLED) < 100.0, number(&desk, SCROLLED)));
    // What is taken in hand comes in sight, too.
    desk.press("Ctrl+End");
    until("the end in sight", || seen(number(&desk, SCROLLED) > 500.0, number(&desk, SCROLLED)));
    desk.press("k");
    until("the annotation in sight", || seen(number(&desk, SCROLLED) < 300.0, number(&desk, SCROLLED)));
    desk.leave();
}

#[test]
fn words_stay_where_they_are_when_a_role_asks() {
    let desk = Desk::open(ANA);
    desk.on(Screen::Desk);
    for words in ["[He] noted that the Palestinian", "[Haniyeh], for his part", "[President Ebrahim Raisi] also"] {
        tag(&desk, words, "speaker");
    }
    tag(&desk, "[the Palestinian resistance], which", "claim");
    let places = |desk: &Desk| {
        desk.script("return [...document.querySelectorAll('article [data-start]')].map((one) => [one.offsetLeft, one.offsetTop])")
    };
    let before = places(&desk);
    desk.click_command("fill-speaker");
    desk.wait_for_role("speaker");
    until("a hint", || seen(desk.hint_at("[He] noted that the Palestinian").is_some(), desk.candidates()));
    assert_eq!(places(&desk), before);
    desk.leave();
}

#[test]
fn an_arrow_opens_a_list_and_changes_nothing() {
    let desk = Desk::open(ANA);
    tag(&desk, "[He] noted that the Palestinian", "speaker");
    let revision = desk.revision();
    desk.tab_to(".frame select.type");
    for key in ["ArrowDown", "c"] {
        desk.press(key);
        assert_eq!(desk.focused().map(|(_, words)| words).as_deref(), Some("He"));
        assert_eq!(desk.script("return document.querySelector('.frame select.type').value"), json!("speaker"));
        assert_eq!(desk.revision(), revision, "{key} changed something");
        desk.press("Escape");
    }
    desk.leave();
}

#[test]
fn the_table_of_frames_is_walked_by_keys() {
    let desk = Desk::open("?annotator=example&article=seed-a");
    desk.click_command("frames");
    desk.wait_for_keyboard("dialog input[type=search]");
    desk.press("ArrowDown ArrowDown");
    desk.wait_for_text("dialog tr.on", &["the resistance’s involvement"]);
    desk.press("Enter");
    desk.wait_gone("dialog");
    let words = until("its frame", || desk.focused().map(|(_, words)| words).ok_or_else(|| "none".to_owned()));
    assert!(words.starts_with("that the resistance’s involvement"), "{words}");
    // The cursor came along.
    assert_eq!(desk.cursor_word().as_deref(), Some("that"));
    desk.leave();
}

#[test]
fn the_frame_in_hand_comes_back_in_sight() {
    let desk = Desk::open("?annotator=example&article=seed-a");
    desk.on(Screen::Desk);
    desk.press("j");
    desk.wait_for(".frame blockquote");
    desk.script("document.querySelector('.right').scrollTop = 900");
    until("the column scrolled", || seen(number(&desk, "return document.querySelector('.right').scrollTop") > 50.0, ()));
    desk.press("j");
    until("the frame in sight", || seen(number(&desk, "return document.querySelector('.right').scrollTop") == 0.0, ()));
    desk.leave();
}
