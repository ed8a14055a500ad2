//! Mentions are tied to those who are meant, who are named, merged, parted and split in a register.

use standpoint_e2e::{Desk, Export, assert_sound, quote, seen, until};

use crate::steps::{ALERT, ANA, by_palette, tag};

/// Whom ana's mentions are tied to, in the order of the text.
fn tied(export: &Export) -> Vec<String> {
    let own = export.work_of("ana");
    own.iter().map(|record| format!("{}: {}", quote(record), record["entity"].as_str().unwrap_or("-"))).collect()
}

/// Opens one entity of the register.
#[track_caller]
fn open_entity(desk: &Desk, id: &str) {
    by_palette(desk, "entities", "Entities: merge");
    desk.wait_for("dialog[open]");
    if desk.sees("dialog [data-command=all-entities]") {
        desk.click_command("all-entities");
    }
    desk.click(&format!("dialog [data-entity='{id}']"));
    desk.wait_for("dialog .entity-form");
}

#[test]
fn a_name_takes_one_key_and_a_pronoun_is_asked_for() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    desk.press("e");
    desk.wait_for_text("dialog [aria-selected=true]", &["Ali Akbar Ahmadian"]);
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.walk_to("[He] noted that the Palestinian");
    desk.press("s");
    desk.wait_for_focus("He");
    desk.press("e");
    desk.wait_for_text("dialog [data-who]:first-of-type", &["mentioned before"]);
    // Nobody's name fits, so that nothing is guessed.
    desk.press("Enter");
    assert!(!desk.sees("dialog [aria-selected=true]"));
    desk.press("ArrowDown Enter");
    desk.wait_gone("dialog");
    desk.walk_to("[Haniyeh], for his part");
    desk.press("s");
    desk.wait_for_focus("Haniyeh");
    desk.press("e");
    desk.wait_for("dialog [data-who]");
    desk.type_text("Somebody else");
    desk.press("Enter");
    desk.wait_gone("dialog");
    let export = desk.export();
    let found = tied(&export);
    assert_eq!(found[..2], ["Ahmadian: ahmadian", "He: ahmadian"]);
    let made = export.list("entities").iter().find(|entity| entity["name"] == "Somebody else").expect("the new entity");
    assert_eq!(found[2], format!("Haniyeh: {}", made["id"].as_str().unwrap_or_default()));
    // From mention to mention, the worked example's too, and back.
    desk.press("Shift+M");
    desk.press("Escape Escape");
    desk.walk_to("regime, [Ahmadian]");
    desk.press("Enter");
    desk.wait_for_focus("Ahmadian");
    desk.press("m");
    until("the next mention", || seen(desk.focused().is_some_and(|(_, words)| words == "He" || words == "Ahmadian"), desk.focused()));
    desk.click("[data-mentioned=ahmadian]");
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn entities_are_described_merged_parted_and_split_without_losing_a_mention() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    for (words, typed) in [("Ali Akbar Ahmadian", "ahmadian"), ("Ismail Haniyeh", "haniyeh"), ("President Ebrahim Raisi", "raisi")] {
        tag(&desk, words, "speaker");
        desk.press("e");
        desk.wait_for("dialog [data-who]");
        desk.type_text(typed);
        desk.press("Enter");
        desk.wait_gone("dialog");
        desk.press("Escape");
    }
    let before = tied(&desk.export());
    assert_eq!(before, ["Ali Akbar Ahmadian: ahmadian", "Ismail Haniyeh: haniyeh", "President Ebrahim Raisi: raisi"]);

    open_entity(&desk, "haniyeh");
    desk.click("dialog [name=wikidata]");
    desk.type_text("42");
    desk.press("Enter");
    desk.wait_for_text(ALERT, &["Wikidata"]);
    desk.press("Ctrl+a");
    desk.type_text("Q57411");
    desk.click("dialog [name=aliases]");
    desk.press("Ctrl+a");
    desk.type_text("Haniyeh");
    desk.click_command("save-entity");
    desk.press("Escape");
    desk.wait_gone("dialog");
    until("what was written down", || {
        let export = desk.export();
        let entity = export.list("entities").iter().find(|entity| entity["id"] == "haniyeh").cloned();
        seen(entity.as_ref().is_some_and(|entity| entity["wikidata"] == "Q57411" && entity["aliases"][0] == "Haniyeh"), entity)
    });

    open_entity(&desk, "haniyeh");
    desk.choose("dialog [data-field=merge-into]", "ahmadian");
    desk.wait_for_text("dialog .merged", &["Ismail Haniyeh"]);
    desk.wait_for_text("dialog h3", &["mentions"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert_eq!(tied(&desk.export()), before);
    open_entity(&desk, "ahmadian");
    desk.click_command("part-entity");
    desk.wait_gone("dialog .merged");
    desk.press("Escape");
    desk.wait_gone("dialog");

    open_entity(&desk, "raisi");
    desk.click("dialog [data-mention]");
    desk.click("dialog .split input");
    desk.type_text("Another Raisi");
    desk.press("Enter");
    desk.wait_gone("dialog .split");
    desk.press("Escape");
    desk.wait_gone("dialog");
    let export = desk.export();
    let other = export.list("entities").iter().find(|entity| entity["name"] == "Another Raisi").expect("the other");
    assert_eq!(tied(&export)[2], format!("President Ebrahim Raisi: {}", other["id"].as_str().unwrap_or_default()));
    assert_eq!(tied(&export)[..2], before[..2]);
    assert_sound(&[&export]);
    desk.press("Ctrl+z");
    until("one step back", || seen(tied(&desk.export()) == before, ()));
    desk.leave();
}
