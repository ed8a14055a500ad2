//! The same job by keys alone: nothing is clicked, and nothing gets the focus but by keys.

use standpoint_e2e::{Desk, Export, seen, until};

use crate::steps::{CLAIM, by_palette, survives_undo_redo_and_reload};

fn open_by_keys(on: &str) -> Desk {
    at_the_text(Desk::bare(), on)
}

/// The desk where keys alone led to the text.
pub fn at_the_text(desk: Desk, on: &str) -> Desk {
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
pub fn tag(desk: &Desk, picture: &str, key: &str) {
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
    assert_eq!(desk.cursor_word().as_deref(), Some("noted"));
    desk.press("q .");
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
pub fn export(desk: &Desk) -> Export {
    desk.export_by(|desk| by_palette(desk, "export", "Export"))
}

#[track_caller]
fn a_job_by_keyboard(desk: Desk, on: &str) {
    let desk = at_the_text(desk, on);
    let before = export(&desk);
    label(&desk);
    let press = |keys: &'static str| move |desk: &Desk| desk.press(keys);
    survives_undo_redo_and_reload(&desk, on, &before, export, press("Ctrl+z"), press("Ctrl+Shift+z"));
    desk.leave();
}

#[test]
fn a_job_by_keyboard_on_the_first_seed() {
    a_job_by_keyboard(Desk::bare(), "seed-a");
}

#[test]
fn a_job_by_keyboard_on_the_first_seed_in_firefox() {
    a_job_by_keyboard(Desk::in_firefox(), "seed-a");
}

#[test]
fn a_job_by_keyboard_on_the_second_seed() {
    a_job_by_keyboard(Desk::bare(), "seed-b");
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

    for (key, words) in [("]", "hailed Iran"), ("[", "part, hailed Iran"), ("{", "hailed Iran"), ("}", "hailed")] {
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

#[test]
fn a_claim_with_a_long_speaker_takes_ten_keys() {
    let desk = open_by_keys("seed-a");
    desk.walk_to("[Iran’s] new Secretary of Supreme");
    desk.press("Shift+F");
    desk.wait_for_text(".foot .ask", &["Select to the word that begins with"]);
    desk.press("s n");
    until("the speaker", || seen(desk.selected_text().ends_with("National Security Council (SNSC)"), desk.selected_text()));
    desk.press("s Shift+ArrowRight q . c Enter Enter");
    desk.wait_for_focus("that resistance is the best method to end the more than 75-year Israeli occupation of Palestine");
    assert_eq!(
        export(&desk).lines("ana", "seed-a"),
        [
            "speaker: Iran’s new Secretary of Supreme National Security Council (SNSC)",
            "cue: has noted",
            "claim: that resistance is the best method to end the more than 75-year Israeli occupation of Palestine | cue=has noted \
             speaker=Iran’s new Secretary of Supreme National Security Council (SNSC)",
        ]
    );
    desk.leave();
}

/// The key of this command in the list of keys.
const NEXT: &str = "[data-rebind=next-annotation]";

#[test]
fn keys_are_changed_refused_kept_and_given_back() {
    let desk = open_by_keys("seed-b");
    desk.press("?");
    desk.wait_for(NEXT);
    desk.shot("keys-light");
    desk.tab_to(NEXT);
    desk.press("Enter");
    desk.wait_for_text(NEXT, &["press a key"]);
    desk.press("k");
    desk.wait_for_text(".outcome", &["Not taken: k is the key for “Previous annotation”"]);
    desk.press("Escape");
    desk.wait_for_text(NEXT, &["j"]);
    desk.wait_for("dialog");
    desk.press("Enter w");
    desk.wait_for_text(NEXT, &["w"]);
    desk.shot("keys-changed");
    desk.press("Escape");
    desk.wait_gone("dialog");

    tag(&desk, "[Nakhala], for his part, hailed", "s");
    tag(&desk, "for his part, [hailed] Iran", "q");
    desk.press("k");
    desk.wait_for_focus("Nakhala");
    desk.press("w");
    desk.wait_for_focus("hailed");

    // It is the device's, so the next visit has it, too.
    desk.saved();
    desk.reload();
    desk.press("Ctrl+k");
    desk.wait_for(".palette");
    desk.type_text("next annotation");
    desk.wait_for_text(".palette .on", &["Next annotation", "w"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    by_palette(&desk, "all keys", "All keys");
    desk.click_command("reset-keys");
    desk.wait_for_text(NEXT, &["j"]);
    desk.leave();
}

#[test]
fn without_single_keys_every_command_is_there_still() {
    let desk = open_by_keys("seed-a");
    by_palette(&desk, "all keys", "All keys");
    desk.wait_for("[data-command=single-keys]");
    desk.click("[data-command=single-keys]");
    desk.wait_for_text(".outcome", &["Single keys do nothing now"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.walk_to("[Haniyeh], for his part");
    let before = desk.revision();
    desk.press("s ?");
    by_palette(&desk, "speaker", "Speaker");
    desk.wait_for_focus("Haniyeh");
    assert_eq!(desk.revision(), before + 1, "the letter did nothing");
    assert_eq!(export(&desk).lines("ana", "seed-a"), ["speaker: Haniyeh"]);
    desk.leave();
}
