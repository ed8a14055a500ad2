//! The article on paper, and a sentence a line.

use serde_json::json;
use standpoint_e2e::{Desk, seen, until};

use crate::steps::{ANA, by_palette};

#[test]
fn paper_has_the_whole_text_with_its_tags_and_frames_and_nothing_else() {
    let desk = Desk::open("?annotator=example&article=seed-a");
    desk.script("document.documentElement.dataset.theme = 'dark'");
    // What is there when the browser lays the page out for paper.
    desk.script(
        "addEventListener('beforeprint', () => { window.sheets = [document.querySelector('.sheet').textContent, document.documentElement.dataset.theme] })",
    );
    // The browser prints, as with its own command.
    let paper = desk.print();
    assert!(paper > 20_000, "{paper} bytes of PDF");
    let sheets = desk.script("return window.sheets");
    assert_eq!(sheets[1], "light");
    let sheet = sheets[0].as_str().unwrap_or_default().to_owned();
    for words in ["Who says what", "Ali Akbar Ahmadian", "that resistance is the best method to end", "▲ the best method", "C Claim"] {
        assert!(sheet.contains(words), "no {words}: {sheet}");
    }
    assert_eq!(desk.script("return document.documentElement.dataset.theme"), "dark", "the screen is as it was");
    assert!(desk.script("return document.querySelector('.sheet')").is_null());

    // What is on it, as it would be laid out.
    desk.script("window.print = () => { window.printed = (window.printed ?? 0) + 1; dispatchEvent(new Event('beforeprint')) }");
    by_palette(&desk, "print", "Print the article");
    until("the browser to be asked", || seen(desk.script("return window.printed") == 1, ()));
    desk.on_paper();
    desk.wait_for(".sheet");
    for hidden in [".bar", ".left", "aside.right", ".foot", ".tagger", ".over-text .grip"] {
        assert!(!desk.sees(hidden), "{hidden} is on paper");
    }
    let wide = desk
        .script("const main = document.querySelector('main'); return [main.scrollWidth <= innerWidth, getComputedStyle(main).overflowY]");
    assert_eq!(wide, json!([true, "visible"]));
    desk.shot("paper");
    desk.leave();
}

/// Where the lines begin in which three sentences of the second sample begin.
fn lefts(desk: &Desk) -> Vec<i64> {
    const BEGIN: [[&str; 3]; 3] =
        [["movement. ", "The", " resistance’s unity"], ["stated. ", "He", " noted"], ["Palestine. ", "The", " comments"]];
    const SCRIPT: &str = "return [...arguments].map((words) => { const found = place(...words); return Math.round(range(found.start, found.start + 1).getClientRects()[0].left) })";
    let found = desk.script_with(&format!("{}{SCRIPT}", standpoint_e2e::PLACES), json!(BEGIN));
    found.as_array().into_iter().flatten().filter_map(serde_json::Value::as_i64).collect()
}

#[test]
fn each_sentence_begins_a_line_and_nothing_else_changes() {
    let desk = Desk::open("?annotator=ana&article=seed-b");
    desk.wait_for_article("seed-b");
    let text = desk.article_text();
    by_palette(&desk, "reading", "Reading: size");
    desk.click("[data-reading=sentences-lines]");
    desk.wait_for("[data-reading=sentences-lines].on");
    desk.press("Escape");
    desk.wait_gone("dialog");
    let found = lefts(&desk);
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|left| (left - found[0]).abs() < 3), "each begins a line: {found:?}");
    assert_eq!(desk.article_text(), text);
    // What is selected over the end of a line is what stands in the text.
    desk.select(
        "[battle was a significant turning point that led to tactical successes for the resistance movement. The resistance’s unity] and",
    );
    until("both sentences", || seen(desk.selected_text().ends_with("The resistance’s unity"), desk.selected_text()));
    desk.press("c");
    desk.wait_for_focus(
        "battle was a significant turning point that led to tactical successes for the resistance movement. The resistance’s unity",
    );
    desk.saved();
    let export = desk.export();
    standpoint_e2e::assert_sound(&[&export]);
    desk.reload();
    desk.wait_for_article("seed-b");
    assert_eq!(lefts(&desk), found, "it is kept");
    desk.go(ANA);
    desk.leave();
}
