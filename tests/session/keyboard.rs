//! What keys do: how few of them a claim takes, and where they lead.

use standpoint::edit::Command;
use standpoint::model::*;
use standpoint::session::*;
use standpoint::text::Stretch;

use crate::desk::*;

/// The most key presses that a claim with its speaker and cue may take, from where the attribution begins.
const MOST_KEYS: usize = 12;

/// The attributions of the first seed: where they begin, the keys, and what they must leave.
const ATTRIBUTIONS: [[&str; 5]; 11] = [
    ["Resistance best option", ", c s Escape", "Iran", "", "Resistance best option to end Israel’s occupation of Palestine"],
    [
        "Iran’s new Secretary",
        "Shift+F s n s Shift+ArrowRight q . c Enter Enter",
        "Iran’s new Secretary of Supreme National Security Council (SNSC)",
        "has noted",
        "that resistance is the best method to end the more than 75-year Israeli occupation of Palestine",
    ],
    [
        "Ahmadian said that",
        "s q . c Enter Enter",
        "Ahmadian",
        "said",
        "that the resistance’s involvement in the Saif Al Quds battle was a significant turning point that led to tactical successes for the resistance movement",
    ],
    [
        "The resistance’s unity",
        ", c s q",
        "Ahmadian",
        "stated",
        "The resistance’s unity and support for the Islamic Jihad movement in this war disappointed the Zionist regime",
    ],
    [
        "He noted",
        "s q . c Enter Enter",
        "He",
        "noted",
        "that the Palestinian resistance, which previously engaged in combat in Gaza to protect itself, has now reached a stage of readiness as it increases its presence there",
    ],
    [
        "Haniyeh, for his part",
        "s f r e q . c Enter Enter",
        "Haniyeh",
        "recognized",
        "Iran’s outstanding contribution to fostering cooperation among Muslim countries and resistance groups",
    ],
    [
        "He gave",
        "s Shift+F o n q . c Enter Enter",
        "He",
        "gave the Iranian official an update on",
        "the situation in Palestine and the strategies of the resistance movements for retaining control over the Zionist regime",
    ],
    ["Raisi says", "s q . c Enter Enter", "Raisi", "says", "normalization efforts with Israel failed"],
    [
        "President Ebrahim Raisi",
        "Shift+ArrowRight Shift+ArrowRight s Shift+ArrowRight q . c Enter Enter",
        "President Ebrahim Raisi",
        "also said",
        "the efforts to normalize ties between the Zionist regime and Muslim nations have totally failed and that the Palestinian resistance will ultimately triumph",
    ],
    [
        "He also noted",
        "s Shift+ArrowRight q . c Enter Enter",
        "He",
        "also noted",
        "that one of the main goals of the Zionist regime’s efforts to normalize relations with a number of Arab and Islamic countries is to disappoint the Palestinian younger generation’s hopes for the liberation of the occupied territories",
    ],
    [
        "“We deeply",
        "\" c Shift+ArrowRight Shift+ArrowRight s q",
        "the Iranian president",
        "noted",
        "“We deeply believe that these attempts… won’t bear fruit, because the first and most serious opponents of such normalization of relations are the people of the very same Muslim and Arab countries,”",
    ],
];

#[test]
fn a_claim_with_its_speaker_and_cue_takes_at_most_twelve_keys() {
    for [from, keys, speaker, cue, claim] in ATTRIBUTIONS {
        let mut desk = Desk::open("seed-a");
        let text = desk.state.open_article().expect("an article").text.clone();
        let begin = desk.words(from).start();
        desk.put_cursor(from);
        assert!(keys.split_whitespace().count() <= MOST_KEYS, "{claim}");
        desk.press(keys);
        let found = desk.focused();
        let words = |annotation: &Annotation| annotation.span().expect("placed").quote(&text);
        assert_eq!((found.type_id.as_str(), words(&found).as_str()), ("claim", claim));
        let filled = |name: &str| match role(&found, name).as_slice() {
            [Filler::Annotation(id)] => words(desk.state.annotation(id).expect("the filler")),
            [] => String::new(),
            other => panic!("{other:?}"),
        };
        assert_eq!((filled("speaker").as_str(), filled("cue").as_str()), (speaker, cue), "{claim}");
        let first = desk.own().iter().filter_map(|annotation| annotation.span().map(Span::start)).min();
        assert_eq!(first, Some(begin), "here and not at an equal text elsewhere");
        assert_eq!(desk.state.filling, None, "nothing is left to ask: {claim}");
    }
}

#[test]
fn a_selection_made_by_keys_is_as_tidy_as_one_made_by_mouse() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("Security Council");
    desk.press("Shift+ArrowRight Shift+ArrowRight");
    // The opening bracket has its partner further on.
    assert_eq!(desk.in_hand(), "Security Council");
    desk.press("Shift+ArrowRight");
    assert_eq!(desk.in_hand(), "Security Council (SNSC)");
    desk.put_cursor("part, recognized");
    desk.press("Shift+ArrowRight");
    assert_eq!(desk.in_hand(), "part, recognized", "a comma takes no key of its own");
    desk.press("Shift+ArrowLeft");
    assert_eq!(desk.in_hand(), "part");
    // What the pointer selected goes on from its last word.
    let stretch = desk.words("outstanding contribution");
    desk.act(Action::Select(Some(stretch)));
    desk.press("Shift+ArrowRight");
    assert_eq!(desk.in_hand(), "outstanding contribution to");
    desk.press("Shift+ArrowLeft Shift+ArrowLeft");
    assert_eq!(desk.in_hand(), "outstanding");
}

#[test]
fn words_are_found_by_their_first_letters() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("Haniyeh, for his part");
    desk.press("f O u");
    assert_eq!(desk.in_hand(), "outstanding", "whatever the case");
    assert_eq!(&*desk.state.status, "outstanding", "and is said");
    desk.press("f z z");
    assert_eq!(desk.in_hand(), "outstanding", "nothing begins so");
    assert!(desk.state.status.contains("“zz”"), "{}", desk.state.status);
    desk.press("f q Escape");
    assert_eq!(desk.state.seeking, None);
    desk.press("f q Backspace a n Shift+F c Enter");
    assert!(desk.in_hand().starts_with("and ") || desk.in_hand().starts_with("an"), "{}", desk.in_hand());
    assert_eq!(desk.in_hand().split(' ').next_back().map(|word| word.starts_with('c')), Some(true), "{}", desk.in_hand());
}

#[test]
fn letters_in_any_script_are_sought_and_a_letter_that_tags_is_only_a_letter_then() {
    let mut desk = Desk::open("seed-a");
    let json = r#"{"format":"standpoint","version":1,"articles":[{"id":"mixed","text":"One قال الوزير, then s three 👩‍👩‍👧 end."}]}"#;
    desk.read(json);
    desk.press("ArrowRight f ا ل");
    assert_eq!(desk.in_hand(), "الوزير");
    desk.press("f s Enter");
    assert_eq!(desk.in_hand(), "s");
    assert!(desk.own().is_empty());
    desk.press("f 👩 Enter");
    assert_eq!(desk.in_hand(), "👩‍👩‍👧");
}

#[test]
fn enter_over_nothing_keeps_what_is_in_hand() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("outstanding");
    desk.press("s");
    let speaker = desk.focused().id.clone();
    assert_eq!(desk.in_hand(), "contribution", "the cursor is on the next word");
    desk.press("Enter");
    assert_eq!(desk.state.focus, Some(speaker));
}

#[test]
fn a_stance_in_a_claim_is_offered_the_claims_own_speaker_first() {
    let mut desk = Desk::open("seed-a");
    let holder = desk.tag("Ali Akbar Ahmadian", "speaker");
    desk.tag("Ahmadian stated", "speaker");
    desk.tag("disappointed the Zionist regime", "claim");
    desk.act(Action::Fill(Filler::Annotation(holder.clone())));
    desk.press("Escape");
    desk.tag("disappointed", "stance");
    let asking = desk.state.filling.clone().expect("the holder");
    assert_eq!(asking.candidates[0].filler, Filler::Annotation(holder), "not the nearer one");
}

#[test]
fn a_frame_is_copied_to_a_selection_and_to_another_annotation() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Haniyeh, for his part", "speaker");
    desk.tag("outstanding contribution", "claim");
    desk.act(Action::Fill(Filler::Annotation(speaker.clone())));
    desk.press("Escape 1");
    assert_eq!(intent_view(&desk.state, Intent::GiveFrame).refusal.as_deref(), Some("copy a frame first"));
    desk.press("y");
    let stretch = desk.words("fostering cooperation");
    desk.act(Action::Select(Some(stretch)));
    desk.press("Shift+Y Escape");
    let second = desk.focused();
    let text = desk.state.open_article().expect("an article").text.clone();
    assert_eq!(second.span().expect("placed").quote(&text), "fostering cooperation");
    assert_eq!(role(&second, "speaker"), [Filler::Annotation(speaker.clone())]);
    assert_eq!(second.attributes.len(), 1);
    desk.press("Ctrl+z");
    assert_eq!(desk.quotes().len(), 2, "one step");

    // To an annotation that is there; one of another type is refused, and nothing changes.
    let third = desk.tag("tactical successes", "claim");
    desk.press("Escape Shift+Y");
    assert_eq!(role(&desk.focused(), "speaker"), [Filler::Annotation(speaker.clone())]);
    assert_eq!(desk.focused().id, third);
    desk.act(Action::Focus(Some(speaker.clone())));
    desk.press("Shift+Y");
    assert!(desk.state.notices.iter().any(|notice| notice.text.contains("is that of a claim")), "{:?}", desk.state.notices);
    // A filler that is gone is left out.
    desk.act(Action::Run(Command::Delete { annotation: speaker }));
    let stretch = desk.words("Muslim countries");
    desk.act(Action::Select(Some(stretch)));
    desk.press("Shift+Y");
    assert_eq!(role(&desk.focused(), "speaker"), []);
}

#[test]
fn shift_and_a_types_key_changes_the_type() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Haniyeh, for his part", "speaker");
    desk.press("Shift+G");
    let annotation = desk.state.annotation(&speaker).expect("the same");
    assert_eq!(annotation.type_id.as_str(), "target");
}

#[test]
fn of_several_fragments_the_edge_under_the_cursor_moves() {
    let mut desk = Desk::open("seed-a");
    desk.tag("The resistance’s unity", "claim");
    desk.press("Escape");
    let stretch = desk.words("disappointed the Zionist regime");
    desk.act(Action::Select(Some(stretch)));
    desk.press("+");
    desk.put_cursor("unity and support");
    desk.press("]");
    assert_eq!(desk.quotes(), ["claim: The resistance’s unity and … disappointed the Zionist regime"]);
    desk.put_cursor("the Zionist regime, Ahmadian");
    desk.press("[ x ]");
    assert_eq!(desk.quotes(), ["claim: The resistance’s unity and … war disappointed the Zionist regime,"], "by letters where it is exact");
    desk.press("x");
    desk.put_cursor("Haniyeh, for his part");
    desk.press("{");
    assert_eq!(desk.quotes(), ["claim: resistance’s unity and … war disappointed the Zionist regime,"], "elsewhere the outer edge");
}

/// Clauses, sentences and quotations lead forward and end inside the text, wherever one stands in the ugliest of texts.
#[test]
fn every_motion_goes_on_or_stays_in_a_text_without_mercy() {
    let mut desk = Desk::open("seed-a");
    let text = "“A, (b” c]) ’’ \u{200f}قال: «نعم»، 👩‍👩‍👧!\n\n…—–\n  e\u{301}\u{301} \"x's' y\" ，、 z";
    let json = serde_json::json!({"format": "standpoint", "version": 1, "articles": [{"id": "ugly", "text": text}]}).to_string();
    desk.read(&json);
    let len = desk.state.open_article().expect("an article").text.len();
    for key in [",", ".", "\"", "Shift+ArrowRight", "Shift+Ctrl+ArrowRight"] {
        desk.press("Escape Ctrl+Home");
        let mut last = None::<Stretch>;
        for _ in 0..60 {
            desk.press(key);
            let head = desk.state.selection.map(|selection| selection.head);
            if let (Some(last), Some(head)) = (last, head) {
                assert!(head.start() >= last.start(), "{key}");
            }
            if let Some(selection) = desk.state.selection {
                assert!(selection.stretch().end() <= len);
            }
            last = head.or(last);
        }
    }
}
