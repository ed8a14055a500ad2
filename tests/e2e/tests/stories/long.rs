//! Long articles: the lists beside the text show a part, which follows the work and grows on demand.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, seen, until};

const CLAIMS: usize = 250;

/// A project of one article with claims that nobody makes: all are unfinished.
fn long_project() -> String {
    let text: String = (0..CLAIMS).map(|at| format!("{}Claim number {at} is made here.", if at % 5 == 0 { "\n\n" } else { " " })).collect();
    let text = text.trim_start();
    let claims: Vec<Value> = (0..CLAIMS)
        .map(|at| {
            let words = format!("number {at} is");
            let start = text.find(&words).expect("the words");
            json!({ "id": format!("c{at:03}"), "article": "long", "annotator": "ana", "type": "claim",
                "fragments": [{ "start": start, "end": start + words.len() }] })
        })
        .collect();
    json!({ "format": "standpoint", "version": 1, "project": { "id": "long", "title": "Long" },
        "annotators": [{ "id": "ana", "name": "Ana" }], "articles": [{ "id": "long", "text": text }], "annotations": claims })
    .to_string()
}

fn rows(desk: &Desk, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((row) => row.querySelector('q').textContent)";
    let found = desk.script_with(script, json!([selector]));
    found.as_array().into_iter().flatten().filter_map(|row| row.as_str().map(str::to_owned)).collect()
}

fn words(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers.map(|at| format!("number {at} is")).collect()
}

#[test]
fn lists_show_the_part_where_the_work_is_and_more_on_demand() {
    let desk = Desk::bare();
    desk.site().add("/long.json", long_project());
    desk.go("?project=/long.json&annotator=ana");
    desk.end_tour();
    desk.wait_for_text("h2", &["Unfinished · 250"]);
    let listed = |selector: &str, numbers: std::ops::Range<usize>| {
        until(&format!("{numbers:?} in {selector}"), || seen(rows(&desk, selector) == words(numbers.clone()), rows(&desk, selector)));
    };
    listed(".claims tbody tr", 0..20);
    listed(".todo li", 0..20);
    assert_eq!(desk.visible_texts("[data-command=later-claims]"), ["Show 100 of 230 later claims"]);
    for shown in [120, 220, 250] {
        desk.click_command("later-claims");
        listed(".claims tbody tr", 0..shown);
    }
    assert!(!desk.sees("[data-command=later-claims]"), "nothing is left to show");

    // What is unfinished follows the focus, to the last and back to the first.
    desk.click_with_text(".claims button.quote", "number 230 is");
    desk.wait_for_focus("number 230 is");
    listed(".todo li", 220..240);
    desk.click_command("earlier-unfinished");
    listed(".todo li", 120..240);
    desk.click_command("later-unfinished");
    listed(".todo li", 120..250);
    desk.click_with_text(".todo button", "number 249 is");
    desk.wait_for_focus("number 249 is");
    desk.press("n");
    desk.wait_for_focus("number 0 is");
    // With as many more on each side as were asked for.
    listed(".todo li", 0..120);

    // Folded up, the list of all costs nothing; unfolded, it begins where the focus is.
    assert_eq!(rows(&desk, "[data-list=annotations] li"), Vec::<String>::new());
    desk.press("Escape Escape k");
    desk.wait_for_focus("number 249 is");
    desk.click("details summary");
    listed("[data-list=annotations] li", 240..250);
    let first = desk.script("return document.querySelector('[data-list=annotations]').start");
    assert_eq!(first, 241, "a screen reader counts from there");

    // A change takes its row along, and undo brings it back.
    desk.click_with_text("[data-list=annotations] button", "number 243 is");
    desk.wait_for_focus("number 243 is");
    desk.press("Delete");
    desk.wait_for_text("h2", &["Unfinished · 249"]);
    let mut left = words(240..250);
    left.remove(3);
    until("its row to go", || seen(rows(&desk, "[data-list=annotations] li") == left, rows(&desk, "[data-list=annotations] li")));
    desk.press("Ctrl+z");
    listed("[data-list=annotations] li", 240..250);
    desk.leave();
}
