//! Texts that break careless counting: emoji of several code points, flags, combining marks, letters beyond the basic
//! plane, two directions, CRLF, no paragraphs.

use standpoint_e2e::{Desk, assert_sound, seen, until};

use crate::steps::{UGLY, import_article};

/// Tags the words that are in hand and waits for the frame with `words`.
#[track_caller]
fn tag(desk: &Desk, command: &str, words: &str) {
    desk.click_command(command);
    desk.wait_for_focus(words);
    // The next selection is not to fill a role of this one.
    desk.press("Escape");
}

#[test]
fn clusters_stay_whole_by_mouse_and_keyboard() {
    let desk = Desk::open("?annotator=ana");
    let article = import_article(&desk, "ugly.txt", UGLY);
    assert_eq!(desk.article_text(), UGLY.replace("\r\n", "\n"));

    desk.select("lobt [Familie] 👨‍👩‍👧‍👦");
    tag(&desk, "tag-speaker", "Familie");
    desk.select("[👨‍👩‍👧‍👦] in Genf");
    tag(&desk, "tag-cue", "👨‍👩‍👧‍👦");
    desk.select("👨‍👩‍👧‍👦 [in Genf]");
    tag(&desk, "tag-target", "in Genf");
    desk.select("[👍🏽: Ministerin] lobt");
    tag(&desk, "tag-claim", "👍🏽: Ministerin");
    desk.select("[🇮🇷]🇵🇸");
    tag(&desk, "tag-speaker", "🇮🇷");
    desk.select("🇮🇷[🇵🇸] wehten");
    tag(&desk, "tag-target", "🇵🇸");
    // A drag that begins and ends inside words takes them whole, marks included.
    desk.select("dem ca[fe\u{301}, und Z]a");
    tag(&desk, "tag-claim", "cafe\u{301}, und Za\u{300}\u{334}lgo");
    desk.select("[قال الرئيس] إن");
    tag(&desk, "tag-speaker", "قال الرئيس");
    desk.select("אמר [שלום לכולם].");
    tag(&desk, "tag-claim", "שלום לכולם");

    desk.walk_to("[𝔘𝔫𝔦𝔠𝔬𝔡𝔢] sagte");
    desk.press("s");
    desk.wait_for_focus("𝔘𝔫𝔦𝔠𝔬𝔡𝔢");
    desk.walk_to("«[Das] 🎉 ist gut");
    desk.extend_over("[Das 🎉 ist gut].»");
    desk.press("c");
    desk.wait_for_focus("Das 🎉 ist gut");
    desk.press("Escape");
    desk.walk_to("ראש [הממשלה] אמר");
    desk.press("s");
    desk.wait_for_focus("הממשלה");

    let export = desk.export();
    let found = export.article(&article);
    assert_eq!(found["text"], UGLY.replace("\r\n", "\n"));
    assert_eq!(found["normalization"], serde_json::json!([{ "kind": "crlf-to-lf", "count": UGLY.matches("\r\n").count() }]));
    assert_eq!(found["metadata"]["extra"]["file"], "ugly.txt");
    let words: Vec<String> = export.lines("ana", &article);
    assert_eq!(
        words,
        [
            "claim: 👍🏽: Ministerin",
            "speaker: Familie",
            "cue: 👨‍👩‍👧‍👦",
            "target: in Genf",
            "speaker: 🇮🇷",
            "target: 🇵🇸",
            "claim: cafe\u{301}, und Za\u{300}\u{334}lgo",
            "speaker: 𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
            "claim: Das 🎉 ist gut",
            "speaker: قال الرئيس",
            "speaker: הממשלה",
            "claim: שלום לכולם",
        ]
    );
    for record in export.work_of("ana") {
        let quote = standpoint_e2e::quote(&record);
        assert_eq!(desk.drawn_words(record["id"].as_str().expect("an id")).concat(), quote, "drawn where it belongs");
    }
    assert_sound(&[&export]);
    desk.saved();
    desk.reload();
    assert_eq!(desk.export().content(), export.content());
    desk.leave();
}

#[test]
fn an_exact_selection_never_cuts_a_cluster() {
    let desk = Desk::open("?annotator=ana");
    let article = import_article(&desk, "ugly.txt", UGLY);
    desk.press("x");
    desk.wait_for_text(".foot .exact", &["exact"]);
    desk.select("[Minister]in lobt");
    tag(&desk, "tag-target", "Minister");
    // The mouse is let go on the mark of the last letter.
    desk.select("vor dem c[afe\u{301}], und");
    tag(&desk, "tag-cue", "afe\u{301}");
    desk.walk_to("dem [cafe\u{301}], und");
    // The cursor goes by letters, and the e with its mark is one.
    desk.press_times("Shift+ArrowRight", 6);
    until("a selection up to the next word", || seen(desk.selected_text() == "cafe\u{301}, u", desk.selected_text()));
    desk.press("g");
    desk.wait_for_focus("cafe\u{301}, u");
    desk.press("]");
    desk.wait_for_focus("cafe\u{301}, un");
    desk.press_times("}", 5);
    desk.wait_for_focus("caf");
    desk.press("]");
    desk.wait_for_focus("cafe\u{301}");
    desk.walk_to("Familie [👨‍👩‍👧‍👦] in");
    desk.press("s");
    desk.wait_for_focus("👨‍👩‍👧‍👦");
    desk.press("[");
    desk.wait_for_focus(" 👨‍👩‍👧‍👦");
    desk.press("} }");
    desk.wait_for_focus(" ");
    desk.press("]");
    desk.wait_for_focus(" 👨‍👩‍👧‍👦");

    let export = desk.export();
    assert_eq!(export.lines("ana", &article), ["target: Minister", "speaker:  👨‍👩‍👧‍👦", "target: cafe\u{301}", "cue: afe\u{301}"]);
    assert_sound(&[&export]);
    desk.leave();
}

const RIGHT_TO_LEFT: &str = "قال الرئيس الإيراني إن المقاومة هي الخيار الأفضل.\n\n\
    وأضاف زياد النخالة (SNSC) أن 75 عاما من الاحتلال فشلت، كما أكد «الجهاد».\n";

#[test]
fn an_article_from_right_to_left_is_walked_leftwards() {
    let desk = Desk::open("?annotator=ana");
    let article = import_article(&desk, "arabic.txt", RIGHT_TO_LEFT);
    assert_eq!(desk.article_text(), RIGHT_TO_LEFT);
    assert_eq!(desk.script("return getComputedStyle(document.querySelector('article')).direction"), "rtl");
    desk.press("ArrowLeft ArrowLeft");
    until("the second word", || seen(desk.cursor_word().as_deref() == Some("الرئيس"), desk.cursor_word()));
    desk.press("ArrowRight");
    until("the first word again", || seen(desk.cursor_word().as_deref() == Some("قال"), desk.cursor_word()));

    desk.walk_to("قال [الرئيس] الإيراني");
    desk.extend_over("قال [الرئيس الإيراني] إن");
    desk.press("s");
    desk.wait_for_focus("الرئيس الإيراني");
    desk.select("[المقاومة هي الخيار الأفضل].");
    desk.click_command("tag-claim");
    desk.wait_for_focus("المقاومة هي الخيار الأفضل");
    desk.press("Enter");
    // One selection over Arabic, Latin letters in brackets, and digits.
    desk.select("[النخالة (SNSC) أن 75 عاما] من");
    desk.click_command("tag-target");
    desk.wait_for_focus("النخالة (SNSC) أن 75 عاما");

    let export = desk.export();
    assert_eq!(
        export.lines("ana", &article),
        ["speaker: الرئيس الإيراني", "claim: المقاومة هي الخيار الأفضل | speaker=الرئيس الإيراني", "target: النخالة (SNSC) أن 75 عاما",]
    );
    assert_sound(&[&export]);
    desk.leave();
}

#[test]
fn a_text_on_one_line_is_cut_to_be_read_but_not_changed() {
    let sentence = "The minister said on day NUMBER that “the talks” had failed, and nobody disagreed. ";
    let text: String = (1..=60).map(|number| sentence.replace("NUMBER", &number.to_string())).collect();
    let desk = Desk::open("?annotator=ana");
    let article = import_article(&desk, "one-line.txt", &text);
    assert_eq!(desk.article_text(), text);
    let blocks = desk.script("return document.querySelectorAll('article p.block').length").as_u64().expect("a number");
    assert!(blocks > 5, "{blocks} blocks for 60 sentences");
    desk.select("said on day 41 [that “the talks” had failed]");
    desk.click_command("tag-claim");
    desk.wait_for_focus("that “the talks” had failed");
    desk.walk_to("[The] minister said on day 58");
    desk.extend_over("[The minister] said on day 58");
    desk.press("s");
    desk.wait_for_focus("that “the talks” had failed");
    let export = desk.export();
    assert_eq!(
        export.lines("ana", &article),
        ["claim: that “the talks” had failed | speaker=The minister", "speaker: The minister"],
        "tagging while the role asks fills it"
    );
    assert_sound(&[&export]);
    desk.leave();
}
