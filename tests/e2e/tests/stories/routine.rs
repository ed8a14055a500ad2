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

/// Where every twentieth letter of the article is drawn, to a pixel.
const LETTERS: &str = "
const nodes = document.createTreeWalker(document.querySelector('article[data-article]'), NodeFilter.SHOW_TEXT);
const range = document.createRange(), places = [];
for (let at = 0, node; (node = nodes.nextNode()); ) for (let n = 0; n < node.length; n++, at++) if (at % 20 === 0) {
  range.setStart(node, n); range.setEnd(node, n + 1);
  const { left, top } = range.getBoundingClientRect();
  places.push([Math.round(left), Math.round(top)]);
}
return places";

#[test]
fn no_letter_moves_when_words_are_tagged() {
    for screen in [Screen::Desk, Screen::Phone] {
        let desk = Desk::open(ANA);
        desk.on(screen);
        desk.saved();
        let before = desk.script(LETTERS);
        assert!(before.as_array().is_some_and(|letters| letters.len() > 90), "{before}");
        // Two that begin at one place, and one that runs over the end of a line.
        for (words, type_id) in
            [("[Haniyeh], for his part", "speaker"), ("[Haniyeh, for his part, recognized Iran’s outstanding contribution]", "claim")]
        {
            tag(&desk, words, type_id);
            desk.press("Escape");
        }
        desk.script("document.querySelector('main').scrollTop = 0");
        assert_eq!(desk.script(LETTERS), before, "{screen:?}");
        desk.leave();
    }
}

#[test]
fn a_dialog_begins_with_what_it_says() {
    let desk = Desk::open(ANA);
    for (key, part) in [("?", ".dialog-body"), ("i", ".dialog-body"), ("Ctrl+Shift+f", "[data-find=words]")] {
        desk.press(key);
        desk.wait_for_keyboard(&format!("dialog {part}"));
        desk.press("Escape");
        desk.wait_gone("dialog");
    }
    desk.leave();
}

#[test]
fn mentions_that_are_tied_to_nobody_are_named_one_after_another() {
    let desk = Desk::open(ANA);
    for words in ["[Haniyeh], for his part", "[He] noted that the Palestinian"] {
        tag(&desk, words, "speaker");
        desk.press("Escape");
    }
    desk.wait_for_text("[data-command=next-untied]", &["Tied to nobody", "2"]);
    desk.press("Shift+N");
    desk.wait_for_text("dialog h2", &["“He”"]);
    desk.type_text("ahmadian");
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_for_text("[data-command=next-untied]", &["1"]);
    desk.click_command("next-untied");
    desk.wait_for_text("dialog h2", &["Haniyeh"]);
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_gone("[data-command=next-untied]");
    let tied: Vec<_> = desk.export().work_of("ana").iter().map(|record| record["entity"].clone()).collect();
    assert_eq!(tied, [json!("ahmadian"), json!("haniyeh")]);
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
