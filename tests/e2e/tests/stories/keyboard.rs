//! The same job by keys alone: nothing is clicked, and nothing gets the focus but by keys.

use standpoint_e2e::{Desk, Export, check_slices, seen, until};

use crate::steps::exhaust;

const CLAIM: &str = "that the Palestinian resistance, which previously engaged in combat in Gaza to protect itself, has now reached a stage \
                     of readiness as it increases its presence there";

/// What the job makes, in the order of the text.
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

fn open_by_keys(on: &str) -> Desk {
    let desk = Desk::bare();
    desk.go(&format!("?annotator=ana&article={on}"));
    desk.wait_for(".tour");
    desk.press("Escape");
    desk.wait_gone(".tour");
    // The first stop of the Tab key leads past everything else to the text.
    desk.press("Tab");
    desk.wait_for_text("a.skip:focus", &["To the text"]);
    desk.press("Enter");
    desk.press("Tab");
    desk.wait_for("article[data-article]:focus");
    desk
}

/// Walks to the words, selects them where they are several, and presses a type's key.
#[track_caller]
fn tag(desk: &Desk, picture: &str, key: &str) {
    desk.walk_to(picture);
    desk.extend_over(picture);
    let before = desk.revision();
    desk.press(key);
    until("the tag", || seen(desk.revision() > before, picture));
}

/// Types the hint that stands at the words.
#[track_caller]
fn fill_by_hint(desk: &Desk, picture: &str) {
    let hint = until(&format!("a hint at {picture}"), || desk.hint_at(picture).ok_or_else(|| format!("only {:?}", desk.candidates())));
    desk.type_text(&hint);
}

fn label(desk: &Desk) {
    tag(desk, "Ali Akbar Ahmadian", "s");
    tag(desk, "[He] noted that the Palestinian", "s");
    desk.press("ArrowRight");
    assert_eq!(desk.cursor_word().as_deref(), Some("noted"));
    desk.press("q ArrowRight Ctrl+Shift+ArrowRight");
    until("the sentence without its full stop", || seen(desk.selected_text() == CLAIM, desk.selected_text()));
    desk.press("c");
    desk.wait_for_role("speaker");
    fill_by_hint(desk, "[He] noted that the Palestinian");
    desk.wait_for_role("cue");
    assert_eq!(desk.candidates().first().map(|(_, words)| words.as_str()), Some("noted"), "the nearest comes first");
    desk.press("Enter 2");

    tag(desk, "resistance is [the best method] to end", "t");
    desk.wait_for_role("holder");
    fill_by_hint(desk, "Ali Akbar Ahmadian");
    desk.wait_for_role("target");
    tag(desk, "noted that [resistance] is the best method", "g");
    desk.wait_for_focus("the best method");
    desk.press("1");

    tag(desk, "[President Ebrahim Raisi] also said", "s");
    tag(desk, "[the efforts to normalize ties] between", "c");
    desk.wait_for_role("speaker");
    desk.press("Enter");
    desk.wait_for_role("cue");
    desk.press("Escape");
    until("the role to be left open", || seen(desk.asking().is_none(), desk.asking()));
    desk.walk_to("Muslim nations [have] totally failed");
    desk.extend_over("Muslim nations [have totally failed] and");
    desk.press("+");
    desk.wait_for_focus("the efforts to normalize ties … have totally failed");
}

fn lines(export: &Export) -> Vec<String> {
    export.lines("ana", "seed-b")
}

/// The file by the palette of commands, which keys reach.
fn export(desk: &Desk) -> Export {
    desk.export_by(|desk| {
        desk.press("Ctrl+k");
        desk.wait_for("dialog .search:focus");
        desk.type_text("export");
        desk.wait_for_text(".palette .on", &["Export"]);
        desk.press("Enter");
        desk.wait_gone("dialog");
    })
}

#[track_caller]
fn a_job_survives_undo_redo_and_reload(on: &str) {
    let desk = open_by_keys(on);
    label(&desk);
    desk.saved();
    let done = export(&desk);
    assert_eq!(done.lines("ana", on), expected());

    let undone_steps = exhaust(&desk, "undo", |desk| desk.press("Ctrl+z"));
    let undone = export(&desk);
    assert_eq!(undone.lines("ana", on), Vec::<String>::new());
    assert_eq!(exhaust(&desk, "redo", |desk| desk.press("Ctrl+Shift+z")), undone_steps);
    let redone = export(&desk);
    assert_eq!(redone.content(), done.content());

    desk.saved();
    desk.reload();
    let reloaded = export(&desk);
    assert_eq!(reloaded.annotations(), redone.annotations());
    assert_eq!(reloaded.content(), done.content());
    if let Err(said) = check_slices(&[&done.path, &undone.path, &reloaded.path]) {
        panic!("{said}");
    }
    desk.leave();
}

#[test]
fn a_job_by_keyboard_on_the_first_seed() {
    a_job_survives_undo_redo_and_reload("seed-a");
}

#[test]
fn a_job_by_keyboard_on_the_second_seed() {
    a_job_survives_undo_redo_and_reload("seed-b");
}

#[test]
fn edges_move_and_the_list_is_walked_by_keys() {
    let desk = open_by_keys("seed-b");
    tag(&desk, "[Nakhala], for his part, hailed", "s");
    tag(&desk, "for his part, [hailed] Iran", "t");
    desk.wait_for_role("holder");
    desk.press("Enter");
    desk.wait_for_role("target");
    desk.press("Escape");
    desk.wait_for_focus("hailed");

    for (key, words) in [("]", "hailed Iran"), ("[", ", hailed Iran"), ("{", "hailed Iran"), ("}", "hailed")] {
        desk.press(key);
        desk.wait_for_focus(words);
    }
    let stance = desk.wait_for_focus("hailed");

    // k and j go from one annotation to the one before and back; what is in hand keeps its fillers.
    desk.press("k");
    desk.wait_for_focus("Nakhala");
    desk.press("j");
    desk.wait_for_focus("hailed");

    desk.press("Escape");
    desk.press_times("ArrowUp", 3);
    desk.press("n");
    desk.wait_for_focus("hailed");
    desk.wait_for_role("target");
    desk.press("Escape");
    desk.press("2");
    let export_now = export(&desk);
    assert_eq!(lines(&export_now), ["speaker: Nakhala", "stance: hailed | polarity=against | holder=Nakhala"]);

    desk.press("Delete");
    until("the stance to go", || seen(desk.drawn_words(&stance).is_empty(), desk.drawn_words(&stance)));
    assert_eq!(lines(&export(&desk)), ["speaker: Nakhala"]);
    desk.press("Ctrl+z");
    desk.wait_for_focus("hailed");
    assert_eq!(export(&desk).content(), export_now.content());
    desk.press("Ctrl+y");
    until("the stance to go", || seen(desk.drawn_words(&stance).is_empty(), desk.drawn_words(&stance)));
    desk.leave();
}
