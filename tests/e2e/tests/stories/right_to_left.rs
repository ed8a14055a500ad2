//! Arabic and Hebrew, mixed with Latin letters and numbers, in one article with a paragraph that runs the other way.

use standpoint_e2e::{Desk, Screen, assert_sound, seen, until};

use crate::steps::{by_palette, import_article, tag};

const TEXT: &str = "المقاومة هي الخيار الأفضل: طهران\n\n\
    قال أمين المجلس الأعلى للأمن القومي (SNSC) علي أكبر أحمديان إن المقاومة هي الطريقة الفضلى لإنهاء أكثر من 75 عاما من الاحتلال.\n\n\
    ראש הממשלה אמר ב-BBC כי 12 המדינות יחתמו על ההסכם עד 2027, אך השר הכחיש זאת.\n\n\
    The minister said that نعم was the answer, and left.\n";

#[track_caller]
fn until_cursor(desk: &Desk, word: &str) {
    until(&format!("the cursor on “{word}”"), || seen(desk.cursor_word().as_deref() == Some(word), desk.cursor_word()));
}

/// Where the cursor is drawn, in CSS pixels from the left.
#[track_caller]
fn middle(desk: &Desk) -> f64 {
    let place = "const { left, right } = [...CSS.highlights.get('cursor')][0].getBoundingClientRect(); return (left + right) / 2";
    desk.script(place).as_f64().expect("a place")
}

#[track_caller]
fn begin(screen: Screen) -> (Desk, String) {
    let desk = Desk::bare();
    desk.on(screen);
    desk.go("?annotator=ana");
    desk.end_tour();
    let article = import_article(&desk, "mixed.txt", TEXT);
    (desk, article)
}

/// Each arrow leads where it points, whichever way the paragraph runs.
#[test]
fn arrows_lead_where_they_point_in_every_paragraph() {
    let (desk, _) = begin(Screen::Desk);
    desk.walk_to("ראש [הממשלה] אמר");
    desk.press("ArrowLeft");
    until_cursor(&desk, "אמר");
    desk.press("ArrowRight ArrowRight");
    until_cursor(&desk, "ראש");
    desk.press("Shift+ArrowLeft");
    until("two words", || seen(desk.selected_text() == "ראש הממשלה", desk.selected_text()));
    desk.press("Escape");
    desk.walk_to("The [minister] said");
    desk.press("ArrowRight");
    until_cursor(&desk, "said");
    desk.press("ArrowLeft ArrowLeft");
    until_cursor(&desk, "The");
    desk.press("Shift+ArrowRight");
    until("two words", || seen(desk.selected_text() == "The minister", desk.selected_text()));
    // Where the cursor is drawn tells which way it went.
    let middle = |desk: &Desk| {
        let found =
            desk.script("const { left, right } = [...CSS.highlights.get('cursor')][0].getBoundingClientRect(); return (left + right) / 2");
        found.as_f64().expect("a place")
    };
    for (picture, arrow) in [("قال [أمين] المجلس", "ArrowLeft"), ("אך [השר] הכחיש", "ArrowLeft"), ("The [minister] said", "ArrowLeft")]
    {
        desk.press("Escape");
        desk.walk_to(picture);
        let before = middle(&desk);
        desk.press(arrow);
        until("a step to the left", || seen(middle(&desk) < before, (before, middle(&desk))));
    }
    desk.leave();
}

/// What an article says of its direction stands above the letters that a paragraph begins with.
#[test]
fn an_articles_own_direction_is_drawn_and_followed() {
    let project = serde_json::json!({ "format": "standpoint", "version": 1, "project": { "id": "p" },
        "articles": [{ "id": "a", "direction": "rtl", "text": "قال الوزير نعم.\n\nSNSC قال الوزير" }] });
    let desk = Desk::bare();
    desk.site().add("/own.json", project.to_string());
    desk.go("?project=/own.json&annotator=ana");
    desk.end_tour();
    desk.walk_to("[SNSC] قال");
    let before = middle(&desk);
    desk.press("ArrowLeft");
    until_cursor(&desk, "قال");
    assert!(middle(&desk) < before, "the word behind it stands to its left");
    desk.leave();
}

#[test]
fn mixed_directions_are_tagged_and_shown_by_mouse_and_keys() {
    for screen in [Screen::Desk, Screen::Phone] {
        let (desk, article) = begin(screen);
        let mut misfits = Vec::new();
        let mut look = |what: &str| {
            desk.shot(&format!("rtl-{screen:?}-{what}").to_lowercase());
            misfits.extend(desk.misfits().into_iter().chain(desk.faint_texts()).map(|line| format!("{what}, {screen:?}: {line}")));
        };
        desk.walk_to("قال [أمين] المجلس");
        desk.extend_over("قال [أمين المجلس الأعلى] للأمن");
        look("selected-by-keys");
        desk.press("s");
        desk.wait_for_focus("أمين المجلس الأعلى");
        desk.select("إن [المقاومة هي الطريقة الفضلى لإنهاء أكثر من 75 عاما] من");
        look("selected-by-mouse");
        desk.click_command("tag-claim");
        desk.wait_for_role("speaker");
        look("asking");
        desk.click_with_text("[data-candidate]", "أمين المجلس الأعلى");
        desk.wait_for_role("cue");
        desk.select("[قال] أمين");
        desk.click_command("tag-cue");
        until("no role that asks", || seen(desk.asking().is_none(), desk.asking()));
        desk.walk_to("ראש [הממשלה] אמר");
        desk.extend_over("ראש [הממשלה אמר ב-BBC] כי");
        desk.press("s");
        desk.wait_for_focus("הממשלה אמר ב-BBC");
        // Latin letters and numbers inside, and the way back: from the left to the right.
        desk.select_backwards("כי 12 [המדינות יחתמו על ההסכם עד 2027, אך השר] הכחיש");
        desk.click_command("tag-claim");
        desk.wait_for_role("speaker");
        desk.press("Enter");
        desk.wait_for_role("cue");
        desk.press("Escape");
        until("no role that asks", || seen(desk.asking().is_none(), desk.asking()));
        tag(&desk, "that [نعم] was", "stance");
        desk.click_word("הממשלה [אמר] ב-BBC");
        desk.wait_for_focus("הממשלה אמר ב-BBC");
        look("tagged");
        if screen == Screen::Desk {
            desk.click_command("frames");
            desk.wait_for("dialog .frame-table");
        } else {
            by_palette(&desk, "frames", "Who says what, as");
            desk.wait_for("dialog .frame-table");
        }
        look("table");
        desk.press("Escape");
        desk.wait_gone("dialog");
        assert_eq!(desk.article_text(), TEXT);
        let export = desk.export();
        assert_eq!(
            export.lines("ana", &article),
            [
                "cue: قال",
                "speaker: أمين المجلس الأعلى",
                "claim: المقاومة هي الطريقة الفضلى لإنهاء أكثر من 75 عاما | cue=قال speaker=أمين المجلس الأعلى",
                "speaker: הממשלה אמר ב-BBC",
                "claim: המדינות יחתמו על ההסכם עד 2027, אך השר | speaker=הממשלה אמר ב-BBC",
                "stance: نعم",
            ]
        );
        assert_sound(&[&export]);
        assert!(misfits.is_empty(), "{}", misfits.join("\n"));
        desk.leave();
    }
}
