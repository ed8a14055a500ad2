//! What several stories do.

use standpoint_e2e::{Desk, Export, assert_sound, seen, strings, until};

pub const CLAIM: &str = "that the Palestinian resistance, which previously engaged in combat in Gaza to protect itself, has now reached a stage \
                     of readiness as it increases its presence there";

/// What the labelling job makes, in the order of the text.
fn expected() -> Vec<String> {
    vec![
        "target: resistance".to_owned(),
        "stance: the best method | polarity=favor | holder=Ali Akbar Ahmadian target=resistance".to_owned(),
        "speaker: Ali Akbar Ahmadian".to_owned(),
        "speaker: He".to_owned(),
        "cue: noted".to_owned(),
        format!("claim: {CLAIM} | quotation=indirect | cue=noted speaker=He"),
        "speaker: President Ebrahim Raisi".to_owned(),
        "claim: the efforts to normalize ties … have totally failed | speaker=President Ebrahim Raisi".to_owned(),
    ]
}

/// Undone, redone and reloaded, the labelling on the desk stays the same; `before` is the export without it.
#[track_caller]
pub fn survives_undo_redo_and_reload(
    desk: &Desk,
    on: &str,
    before: &Export,
    export: impl Fn(&Desk) -> Export,
    undo: impl Fn(&Desk),
    redo: impl Fn(&Desk),
) {
    desk.saved();
    let done = export(desk);
    assert_eq!(done.lines("ana", on), expected());
    assert_eq!(done.name(), "sample-two-articles.standpoint.json");
    let text = done.article(on)["text"].as_str().expect("a text");
    assert_eq!(desk.article_text(), text, "the text view shows the article's text and nothing else");

    let undone_steps = exhaust(desk, "undo", undo);
    let undone = export(desk);
    assert_eq!(undone.lines("ana", on), Vec::<String>::new());
    assert_eq!(undone.work_of("example"), before.work_of("example"), "another’s work is as it was");
    assert_eq!(exhaust(desk, "redo", redo), undone_steps);
    let redone = export(desk);
    assert_eq!(redone.content(), done.content());
    assert_ne!(redone.annotations(), done.annotations(), "a redo makes new versions");

    desk.saved();
    desk.reload();
    assert_eq!(desk.open_article().as_deref(), Some(on));
    let reloaded = export(desk);
    assert_eq!(reloaded.annotations(), redone.annotations());
    assert_eq!(reloaded.content(), done.content());
    assert_sound(&[&done, &undone, &reloaded]);
}

/// Finds a command in the palette by `words` and runs the one whose label contains `label`.
#[track_caller]
pub fn by_palette(desk: &Desk, words: &str, label: &str) {
    desk.press("Ctrl+k");
    desk.wait_for("dialog .search:focus");
    desk.type_text(words);
    desk.wait_for_text(".palette .on", &[label]);
    desk.press("Enter");
    desk.wait_gone("dialog .search");
}

/// Another page of the origin takes all the room that local storage has.
#[track_caller]
pub fn fill_storage(desk: &Desk) {
    desk.script(
        "let piece = 'x'.repeat(1 << 20), count = 0;
         while (piece.length) {
           try { localStorage.setItem(`other/${count++}`, piece); } catch { piece = piece.slice(piece.length >> 1 || 1); }
         }",
    );
}

/// Does `step` until the button of `command` says that it can't be done any more; how often that was.
#[track_caller]
pub fn exhaust(desk: &Desk, command: &str, step: impl Fn(&Desk)) -> usize {
    let mut steps = 0;
    while desk.is_enabled(command) == Some(true) {
        let before = desk.revision();
        step(desk);
        until("a step of the history", || seen(desk.revision() > before, before));
        steps += 1;
        assert!(steps < 100, "{command} has no end");
    }
    steps
}

/// Tags words by mouse and leaves the roles that ask open; the annotation's id.
#[track_caller]
pub fn tag(desk: &Desk, picture: &str, type_id: &str) -> String {
    let before = desk.revision();
    desk.select(picture);
    desk.click_command(&format!("tag-{type_id}"));
    until(&format!("“{picture}” tagged"), || seen(desk.revision() > before, desk.alerts()));
    if desk.asking().is_some() {
        desk.press("Escape");
        until("the role left open", || seen(desk.asking().is_none(), desk.asking()));
    }
    desk.focused().expect("what was tagged is in hand").0
}

/// The ids of the articles in the list.
#[track_caller]
pub fn listed_articles(desk: &Desk) -> Vec<String> {
    strings(&desk.script("return [...document.querySelectorAll('[data-open-article]')].map((button) => button.dataset.openArticle)"))
}

/// Takes all messages off the screen.
#[track_caller]
pub fn dismiss_alerts(desk: &Desk) {
    while !desk.alerts().is_empty() {
        let before = desk.alerts().len();
        desk.click("[role=alert] .notice [aria-label=Dismiss]");
        until("a message to go", || seen(desk.alerts().len() < before, desk.alerts()));
    }
}
