//! Somebody who has never been here.

use standpoint_e2e::{Desk, seen, until};

use crate::steps::{by_palette, exhaust, listed_articles, tag};

#[test]
fn the_sample_opens_with_a_tour_and_a_worked_example() {
    let desk = Desk::bare();
    desk.go("");
    assert_eq!(listed_articles(&desk), ["seed-a", "seed-b"]);
    assert_eq!(desk.open_article().as_deref(), Some("seed-a"));
    desk.wait_for_text(".bar .project", &["Sample"]);
    // The first step offers to skip, the last to close; between them three times "Next".
    for step in 1..=4 {
        desk.wait_for_text(".tour", &[&format!("{step} of 4")]);
        assert_eq!(desk.sees("[data-command=tour-next]"), step < 4);
        if step < 4 {
            desk.click_command("tour-next");
        }
    }
    desk.wait_for_text("[data-command=tour-end]", &["Close"]);
    desk.click_command("tour-end");
    desk.wait_gone(".tour");
    desk.saved();
    desk.reload();
    assert!(!desk.sees(".tour"), "the tour comes once");

    // The worked example can be looked at, frame by frame, and not be changed.
    assert_eq!(
        desk.drawn_words("ex-a1-claim").concat(),
        "that resistance is the best method to end the more than 75-year Israeli occupation of Palestine"
    );
    desk.click_word("[that] resistance is the best method");
    desk.wait_for_focus("that resistance is the best method to end the more than 75-year Israeli occupation of Palestine");
    desk.wait_for_text(".frame .read-only", &["Worked example"]);
    assert_eq!(desk.is_enabled("delete"), None);
    let revision = desk.revision();
    desk.press("Delete 1");
    desk.wait_for("[role=alert] .notice");
    assert_eq!(desk.revision(), revision);
    desk.leave();
}

#[test]
fn the_tour_can_be_asked_for_again_and_left_by_key() {
    let desk = Desk::open("");
    by_palette(&desk, "show me around", "Show me around");
    desk.wait_for_text(".tour", &["1 of 4"]);
    desk.press("Escape");
    desk.wait_gone(".tour");
    desk.leave();
}

#[test]
fn the_example_is_hidden_removed_and_brought_back() {
    let desk = Desk::open("");
    let before = desk.export();
    desk.click("[data-layer=example]");
    until("the example to hide", || seen(desk.drawn_words("ex-a1-claim").is_empty(), desk.drawn_words("ex-a1-claim")));
    assert_eq!(desk.export().project, before.project, "hiding changes nothing");
    desk.click("[data-layer=example]");
    until("the example to show", || seen(!desk.drawn_words("ex-a1-claim").is_empty(), ()));

    let own = tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.click_command("remove-layer");
    until("the example to go", || seen(desk.drawn_words("ex-a1-claim").is_empty(), desk.drawn_words("ex-a1-claim")));
    let removed = desk.export();
    assert_eq!(removed.work_of("example").len(), 0, "in both articles");
    assert_eq!(desk.drawn_words(&own), ["Ali Akbar Ahmadian"]);
    desk.saved();
    desk.click_command("undo");
    until("the example to come back", || seen(!desk.drawn_words("ex-a1-claim").is_empty(), ()));
    assert_eq!(desk.export().work_of("example"), before.work_of("example"));

    desk.click_command("redo");
    until("the example to go", || seen(desk.drawn_words("ex-a1-claim").is_empty(), ()));
    desk.saved();
    desk.reload();
    let reloaded = desk.export();
    assert_eq!(reloaded.content(), removed.content(), "it stays away");
    desk.leave();
}

#[test]
fn an_example_is_copied_to_ones_own_work() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.click_word("[best] method to end");
    desk.wait_for_focus("the best method");
    desk.click_command("copy-to-mine");
    desk.wait_gone(".frame .read-only");
    // What fills its roles comes along.
    assert_eq!(
        desk.export().lines("ana", "seed-a"),
        [
            "speaker: Iran’s new Secretary of Supreme National Security Council (SNSC) | form=description",
            "target: resistance",
            "stance: the best method | intensity=strong polarity=favor | \
             holder=Iran’s new Secretary of Supreme National Security Council (SNSC) target=resistance",
        ]
    );
    exhaust(&desk, "undo", |desk| desk.click_command("undo"));
    assert_eq!(desk.export().work_of("ana").len(), 0);
    desk.leave();
}

#[test]
fn a_name_travels_with_the_work() {
    let desk = Desk::open("");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.click_command("annotator");
    desk.wait_for("dialog input:focus");
    desk.type_text("Zoë Ünal 👩‍🔬");
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_for_text(".layers", &["Zoë Ünal 👩‍🔬"]);
    let named = |name: &str| {
        let export = desk.export();
        let all: Vec<_> = export.list("annotators").iter().filter(|annotator| annotator["name"] == name).cloned().collect();
        assert_eq!(all.len(), 1, "{name} in {:?}", export.list("annotators"));
        (all[0]["id"].as_str().expect("an id").to_owned(), export)
    };
    let (id, export) = named("Zoë Ünal 👩‍🔬");
    assert_eq!(export.lines(&id, "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    // Another name for the same person.
    desk.click_command("annotator");
    desk.wait_for("dialog input:focus");
    desk.press("Ctrl+a");
    desk.type_text("Zoë");
    desk.click_command("save-name");
    desk.wait_gone("dialog");
    assert_eq!(named("Zoë").0, id);
    desk.saved();
    desk.reload();
    desk.wait_for_text(".layers", &["Zoë"]);
    assert_eq!(named("Zoë").1.lines(&id, "seed-a"), ["speaker: Ali Akbar Ahmadian"]);
    desk.leave();
}
