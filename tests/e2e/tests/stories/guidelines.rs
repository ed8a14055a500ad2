//! What counts as what: guidelines are written, read whole, and read where the decision is made.

use standpoint_e2e::{Desk, seen, until};

use crate::steps::{ANA, by_palette};

#[test]
fn the_rules_for_a_type_stand_beside_its_annotations() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    desk.walk_to("regime, [Ahmadian]");
    desk.press("s");
    desk.wait_for_focus("Ahmadian");
    desk.click_command("rules");
    let rules = desk.wait_for_text(".frame .rules", &["Words that name who speaks", "Tie each to its entity"]);
    assert!(!rules.contains("Quotation marks belong"), "{rules}");
    // They stay open for the next one, and speak of its type.
    desk.press("Shift+C");
    desk.wait_for_text(".frame .rules", &["Quotation marks belong", "closing full stop"]);
    // All of them by key, at what they say of the type in hand.
    desk.press("i");
    desk.wait_for_text("dialog .guidelines .here", &["What is attributed"]);
    let at = desk.script(
        "const here = document.querySelector('dialog .here').getBoundingClientRect();\
         const body = document.querySelector('.dialog-body').getBoundingClientRect();\
         return here.top >= body.top - 1 && here.top < body.bottom",
    );
    assert_eq!(at, true, "the section is in sight");
    assert!(desk.visible_texts("dialog .guidelines")[0].contains("Polarity"));
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.leave();
}

#[test]
fn guidelines_are_written_with_what_comes_of_them_beside_and_are_saved_with_each_key() {
    let desk = Desk::open(ANA);
    desk.wait_for_article("seed-a");
    by_palette(&desk, "guidelines", "Guidelines");
    desk.click_command("write-guidelines");
    desk.wait_for_keyboard("dialog textarea");
    desk.press("Ctrl+a");
    desk.type_text("# Ours\n\n## Cues\n\nOnly **verbs**: قال 👩‍👩‍👧");
    desk.wait_for_text(".guidelines-edit .guidelines strong", &["verbs"]);
    desk.saved();
    desk.reload();
    desk.wait_for_article("seed-a");
    let export = desk.export();
    assert_eq!(export.project["project"]["guidelines"], "# Ours\n\n## Cues\n\nOnly **verbs**: قال 👩‍👩‍👧");
    by_palette(&desk, "guidelines", "Guidelines");
    desk.wait_for_text("dialog .guidelines h4", &["Cues"]);
    desk.click_command("write-guidelines");
    desk.wait_for_keyboard("dialog textarea");
    desk.press("Ctrl+a Delete");
    until("nothing to read", || {
        let shown = desk.visible_texts(".guidelines-edit .guidelines");
        seen(shown.iter().all(String::is_empty), shown)
    });
    desk.click_command("write-guidelines");
    desk.wait_for_text("dialog", &["no guidelines yet"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    // One step of undo for a stretch of typing.
    desk.press("Ctrl+z");
    by_palette(&desk, "guidelines", "Guidelines");
    desk.wait_for_text("dialog .guidelines", &["Only verbs"]);
    desk.leave();
}
