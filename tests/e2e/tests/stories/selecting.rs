//! The ways in which people select words with a mouse, and what stays selected.

use standpoint_e2e::{Desk, Upload, assert_sound, seen, until};

use crate::steps::tag;

#[test]
fn words_are_selected_forwards_backwards_and_by_clicks() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.select_backwards("[Ali Akbar Ahmadian] at a meeting");
    desk.click_command("tag-speaker");
    desk.wait_for_focus("Ali Akbar Ahmadian");
    desk.click_word_times("[Haniyeh], for his part", 2);
    desk.click_command("tag-speaker");
    desk.wait_for_focus("Haniyeh");
    // Three clicks take the paragraph; neither its closing full stop nor the gap behind it belongs to a span.
    desk.click_word_times("[Haniyeh], for his part", 3);
    desk.click_command("tag-claim");
    let paragraph = "Haniyeh, for his part, recognized Iran’s outstanding contribution to fostering cooperation among Muslim countries and \
                     resistance groups";
    desk.wait_for_focus(paragraph);
    let export = desk.export();
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn a_selection_over_paragraphs_keeps_the_text_between() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.select("in [Tehran.\n\nAhmadian] said that");
    desk.click_command("tag-claim");
    until("the words of both", || seen(desk.focused().is_some_and(|(_, quote)| quote == "Tehran.\n\nAhmadian"), desk.focused()));
    let export = desk.export();
    assert_eq!(export.find("ana", "claim", "Tehran.\n\nAhmadian")["fragments"].as_array().map(Vec::len), Some(1));
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn the_text_stands_still_while_it_is_dragged_over() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    // Wherever the words lie in the window: at its lower edge, in the middle, at its upper edge.
    for scroll in ["end", "center", "start"] {
        desk.script_with(
            "document.querySelectorAll('article p.block')[7].scrollIntoView({ block: arguments[0] })",
            serde_json::json!([scroll]),
        );
        let top = |desk: &Desk| desk.script("return document.querySelector('main').scrollTop");
        let before = top(&desk);
        desk.select("[He] noted that the Palestinian");
        until("the selection", || seen(desk.selected_text() == "He", desk.selected_text()));
        assert_eq!(top(&desk), before, "scrolled while dragging, at the {scroll}");
    }
    desk.leave();
}

#[test]
fn a_click_beside_words_lets_go() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.select("[Ismail Haniyeh], the head");
    until("the selection", || seen(desk.selected_text() == "Ismail Haniyeh", desk.selected_text()));
    // A click on words that are not tagged: nothing is selected then, nothing is in hand.
    desk.click_word("[head] of the Hamas");
    until("no selection", || seen(desk.selected_text().is_empty() && desk.focused().is_none(), desk.selected_text()));
    assert_eq!(desk.cursor_word().as_deref(), Some("head"), "the cursor stands where the click was");
    desk.leave();
}

#[test]
fn a_hint_of_two_letters_is_typed_letter_by_letter() {
    let names: Vec<String> = (1..=20).map(|number| format!("Speaker{number}")).collect();
    let text = format!("{} all said that nothing happened.", names.join(" and "));
    let desk = Desk::open("?annotator=ana");
    desk.import(&[Upload::new("many.txt", text.as_str())]);
    until("the text", || seen(desk.article_text() == text, desk.article_text()));
    for name in &names {
        desk.walk_to(&format!("[{name}] a"));
        desk.press("s");
    }
    desk.walk_to("[that] nothing happened");
    desk.extend_over("[that nothing happened].");
    desk.press("c");
    desk.wait_for_role("speaker");
    let (hint, words) =
        desk.candidates().into_iter().find(|(hint, words)| hint.len() == 2 && words.starts_with("Speaker")).expect("a hint of two letters");
    desk.type_text(&hint[..1]);
    assert_eq!(desk.asking().as_deref(), Some("speaker"), "one letter is not enough");
    desk.type_text(&hint[1..]);
    desk.wait_for_role("cue");
    desk.press("Escape");
    let export = desk.export();
    let article = desk.open_article().expect("an article");
    assert!(
        export.lines("ana", &article).contains(&format!("claim: that nothing happened | speaker={words}")),
        "{:?}",
        export.lines("ana", &article)
    );
    desk.leave();
}
