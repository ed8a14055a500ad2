//! Words are found, gone to, and tagged where they stand.

use standpoint_e2e::{Desk, Upload, assert_sound, seen, until};

use crate::steps::{ANA, UGLY, import_article, tag};

/// Opens the search and types `words`; what it says when it is done.
#[track_caller]
fn find(desk: &Desk, words: &str) -> String {
    desk.press("Ctrl+Shift+f");
    desk.wait_for_keyboard("dialog [data-find=words]");
    desk.press("Ctrl+a");
    desk.type_text(words);
    desk.wait_for_text("dialog [data-found=done]", &["place"])
}

#[test]
fn a_name_is_tagged_everywhere_by_keyboard_as_one_step() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    desk.press("1");
    let before = desk.export();
    desk.press("p");
    desk.wait_for_text("dialog [data-found=done]", &["place", "1 tagged as Speaker already"]);
    desk.wait_for_text("dialog", &["Each gets Form: "]);
    desk.press("Ctrl+Enter");
    desk.wait_gone("dialog");
    desk.saved();
    let tagged = desk.export();
    let made = tagged.work_of("ana");
    assert_eq!(made.len(), 3, "{made:?}");
    for record in &made {
        assert_eq!(standpoint_e2e::quote(record), "Ahmadian");
        assert_eq!(record["attributes"], made[0]["attributes"]);
        assert_eq!(record["attributes"].as_object().map(serde_json::Map::len), Some(1));
    }
    let propagated = made.iter().filter(|record| record["origin"]["kind"] == "propagated").count();
    assert_eq!(propagated, made.len() - 1);
    desk.press("Ctrl+z");
    until("one step back", || seen(desk.export().work_of("ana").len() == 1, ()));
    let undone = desk.export();
    assert_eq!(undone.lines("ana", "seed-a"), before.lines("ana", "seed-a"));
    assert_eq!(undone.work_of("example"), before.work_of("example"));
    assert_sound(&[&before, &tagged]);
    desk.leave();
}

#[test]
fn what_was_tagged_as_what_is_remembered() {
    let desk = Desk::open(ANA);
    let tagging = |desk: &Desk| desk.wait_for_text("dialog [data-command=tag-hits]", &["Tag"]);
    find(&desk, "resistance");
    assert!(tagging(&desk).ends_with("Speaker"), "the scheme’s first");
    desk.choose("dialog [data-find=type]", "target");
    desk.press("Escape");
    desk.wait_gone("dialog");
    find(&desk, "Palestine");
    assert!(tagging(&desk).ends_with("Target"));
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.leave();
}

#[test]
fn chosen_hits_of_all_articles_are_tagged_by_mouse_and_a_hit_leads_to_its_place() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    desk.click_command("find");
    desk.wait_for_keyboard("dialog [data-find=words]");
    desk.type_text("RAISI");
    desk.click("dialog [data-find=everywhere]");
    desk.wait_for_text("dialog [data-found=done]", &["in 2 articles"]);
    let hits = desk.visible_texts("dialog [data-hit]").len();
    assert!(hits > 2, "{hits}");
    desk.choose("dialog [data-find=type]", "target");
    desk.click("dialog [data-row='0']");
    desk.wait_for_text("dialog [data-command=tag-hits]", &[&format!("Tag {} as Target", hits - 1)]);
    desk.click_command("tag-hits");
    desk.wait_gone("dialog");
    let export = desk.export();
    let made = export.work_of("ana");
    assert_eq!(made.len(), hits - 1);
    assert!(made.iter().all(|record| standpoint_e2e::quote(record) == "Raisi" && record["type"] == "target"), "{made:?}");
    assert_sound(&[&export]);

    assert!(find(&desk, "Nakhala").contains("place"));
    let last = desk.visible_texts("dialog [data-hit]").len() - 1;
    desk.click(&format!("dialog [data-hit='{last}']"));
    desk.wait_gone("dialog");
    desk.wait_for_article("seed-b");
    until("the words that were found", || seen(desk.selected_text() == "Nakhala", desk.selected_text()));
    desk.leave();
}

#[test]
fn a_list_of_hits_is_walked_and_gone_from_by_keys() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    find(&desk, "resistance");
    desk.press("Enter");
    desk.wait_for_keyboard("dialog [data-row='0']");
    desk.press_times("ArrowDown", 2);
    desk.wait_for_keyboard("dialog [data-row='2']");
    desk.press("Space");
    let hits = desk.visible_texts("dialog [data-hit]").len();
    desk.wait_for_text("dialog [data-command=tag-hits]", &[&format!("Tag {} as", hits - 1)]);
    desk.press("Enter");
    desk.wait_gone("dialog");
    until("the third of them", || {
        let selected = desk.selected_text();
        seen(selected.eq_ignore_ascii_case("resistance"), selected)
    });
    // The next search begins with what is selected.
    desk.press("Ctrl+Shift+f");
    desk.wait_for_keyboard("dialog [data-find=words]");
    assert_eq!(desk.value("dialog [data-find=words]").map(|words| words.to_lowercase()).as_deref(), Some("resistance"));
    // It is typed over.
    desk.type_text("Haniyeh");
    assert_eq!(desk.value("dialog [data-find=words]").as_deref(), Some("Haniyeh"));
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.leave();
}

#[test]
fn expressions_are_tried_refused_and_ended() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    find(&desk, "resistance");
    desk.click("dialog [data-find=pattern]");
    desk.click("dialog [data-find=words]");
    let ask = |words: &str| {
        desk.press("Ctrl+a");
        desk.type_text(words);
    };
    ask(r"\b(said|noted|stated)\b");
    desk.wait_for_text("dialog [data-found=done]", &["place"]);
    until("hits of the expression", || {
        let marks = desk.visible_texts("dialog .hits mark");
        seen(!marks.is_empty() && marks.iter().all(|mark| ["said", "noted", "stated"].contains(&&*mark.to_lowercase())), marks)
    });
    ask("(said");
    desk.wait_for_text("dialog [data-found=failed]", &["This is no regular expression"]);
    // Tried in the page, this one would hold it for longer than anybody waits.
    ask("([^x]*)*([^y]*)*zzzq");
    desk.wait_for_text("dialog [data-found=failed]", &["takes too long"]);
    ask("zzzq|qzzz");
    desk.wait_for_text("dialog [data-found=done]", &["Nothing of this"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.leave();
}

#[test]
fn scripts_accents_and_clusters_are_found_whole() {
    let desk = Desk::open("?annotator=ana");
    import_article(&desk, "ugly.txt", UGLY);
    for (words, marked) in [
        ("CAFÉ", "cafe\u{301}"),
        ("zalgo", "Za\u{300}\u{334}lgo"),
        ("geschütztem leerzeichen", "geschütztem\u{a0}Leerzeichen"),
        ("👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"),
        ("\"das 🎉", "«Das 🎉"),
        ("قال الرئيس", "قال الرئيس"),
        ("שלום", "שלום"),
    ] {
        find(&desk, words);
        until(words, || {
            let marks = desk.visible_texts("dialog .hits mark");
            seen(marks.len() == 1 && marks[0].replace('\u{a0}', " ") == marked.replace('\u{a0}', " "), marks)
        });
        desk.press("Ctrl+Enter");
        desk.wait_gone("dialog");
        desk.press("Escape");
    }
    desk.press("Ctrl+Shift+f");
    desk.wait_for_keyboard("dialog [data-find=words]");
    desk.press("Ctrl+a");
    desk.type_text("👨");
    desk.wait_for_text("dialog [data-found=done]", &["Nothing of this"]);
    desk.press("Escape");
    let export = desk.export();
    assert_eq!(export.work_of("ana").len(), 7);
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn articles_that_are_not_in_memory_are_searched_and_tagged_too() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    let many = |n: usize| Upload::new(&format!("{n:03}.txt"), format!("Report {n}\n\nThe envoy of Ruritania spoke in town {n}.\n"));
    desk.import(&(0..130).map(many).collect::<Vec<_>>());
    desk.wait_for_text(".left", &["0 of 132 done"]);
    desk.saved();
    desk.go(ANA);
    desk.wait_for_article("seed-a");
    tag(&desk, "Ali Akbar Ahmadian", "speaker");
    desk.press("Ctrl+Shift+f");
    desk.wait_for_keyboard("dialog [data-find=words]");
    desk.type_text("ruritania");
    desk.click("dialog [data-find=everywhere]");
    desk.wait_for_text("dialog [data-found=done]", &["130 places in 130 articles"]);
    assert_eq!(desk.visible_texts("dialog [data-hit]").len(), 100);
    desk.click("dialog [data-command=more-hits]");
    until("all hits", || seen(desk.visible_texts("dialog [data-hit]").len() == 130, ()));
    desk.click_command("tag-hits");
    desk.wait_gone("dialog");
    desk.saved();
    desk.reload();
    let export = desk.export();
    assert_eq!(export.work_of("ana").len(), 131);
    assert_sound(&[&export]);
    desk.leave();
}
