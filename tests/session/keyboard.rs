//! What keys do: how few of them a claim takes, where they lead, and how they are changed.

use std::rc::Rc;

use proptest::prelude::*;
use standpoint::edit::Command;
use standpoint::format::native;
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

fn hand(desk: &Desk) -> String {
    let text = &desk.state.open_article().expect("an article").text;
    text.slice(desk.state.in_hand().expect("something in hand")).expect("inside").to_owned()
}

#[test]
fn a_selection_made_by_keys_is_as_tidy_as_one_made_by_mouse() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("Security Council");
    desk.press("Shift+ArrowRight Shift+ArrowRight");
    // The opening bracket has its partner further on.
    assert_eq!(hand(&desk), "Security Council");
    desk.press("Shift+ArrowRight");
    assert_eq!(hand(&desk), "Security Council (SNSC)");
    desk.put_cursor("part, recognized");
    desk.press("Shift+ArrowRight");
    assert_eq!(hand(&desk), "part, recognized", "a comma takes no key of its own");
    desk.press("Shift+ArrowLeft");
    assert_eq!(hand(&desk), "part");
    // What the pointer selected goes on from its last word.
    let stretch = desk.words("outstanding contribution");
    desk.act(Action::Select(Some(stretch)));
    desk.press("Shift+ArrowRight");
    assert_eq!(hand(&desk), "outstanding contribution to");
    desk.press("Shift+ArrowLeft Shift+ArrowLeft");
    assert_eq!(hand(&desk), "outstanding");
}

#[test]
fn words_are_found_by_their_first_letters() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("Haniyeh, for his part");
    desk.press("f O u");
    assert_eq!(hand(&desk), "outstanding", "whatever the case");
    assert_eq!(&*desk.state.status, "outstanding", "and is said");
    desk.press("f z z");
    assert_eq!(hand(&desk), "outstanding", "nothing begins so");
    assert!(desk.state.status.contains("“zz”"), "{}", desk.state.status);
    desk.press("f q Escape");
    assert_eq!(desk.state.seeking, None);
    desk.press("f q Backspace a n Shift+F c Enter");
    assert!(hand(&desk).starts_with("and ") || hand(&desk).starts_with("an"), "{}", hand(&desk));
    assert_eq!(hand(&desk).split(' ').next_back().map(|word| word.starts_with('c')), Some(true), "{}", hand(&desk));
}

#[test]
fn letters_in_any_script_are_sought_and_a_letter_that_tags_is_only_a_letter_then() {
    let mut desk = Desk::open("seed-a");
    let json = r#"{"format":"standpoint","version":1,"articles":[{"id":"mixed","text":"One قال الوزير, then s three 👩‍👩‍👧 end."}]}"#;
    let store = native::read("mixed.json", json).expect("a project").store;
    desk.act(Action::Open { store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
    desk.press("ArrowRight f ا ل");
    assert_eq!(hand(&desk), "الوزير");
    desk.press("f s Enter");
    assert_eq!(hand(&desk), "s");
    assert!(desk.own().is_empty());
    desk.press("f 👩 Enter");
    assert_eq!(hand(&desk), "👩‍👩‍👧");
}

#[test]
fn enter_over_nothing_keeps_what_is_in_hand() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("outstanding");
    desk.press("s");
    let speaker = desk.focused().id.clone();
    assert_eq!(hand(&desk), "contribution", "the cursor is on the next word");
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

fn chord(text: &str) -> Chord {
    Chord::parse(text).unwrap_or_else(|| panic!("{text} is no chord"))
}

#[test]
fn a_key_is_changed_and_a_clash_is_refused_with_its_reason() {
    let mut desk = Desk::open("seed-a");
    let scheme = desk.state.store.scheme().clone();
    let keys = |desk: &Desk| (*desk.state.keys).clone();
    for (key, why) in [
        ("j", "“Next annotation”"),
        ("s", "“Speaker”"),
        ("S", "“Change to speaker”"),
        ("Ctrl+w", "belongs to the browser"),
        ("F5", "belongs to the browser"),
        ("3", "digits"),
        ("ArrowLeft", "arrows"),
        ("Enter", "always"),
    ] {
        let refused = keys(&desk).rebound(&scheme, &Intent::NextUnfinished, chord(key)).expect_err("a refusal");
        assert!(refused.contains(why), "{key}: {refused}");
    }
    let map = keys(&desk).rebound(&scheme, &Intent::NextUnfinished, chord("w")).expect("a free key");
    desk.act(Action::SetKeys(Rc::new(map)));
    assert_eq!(intent_view(&desk.state, Intent::NextUnfinished).key.as_deref(), Some("w"));
    let press = |key: &str| KeyPress { key: key.to_owned(), ..KeyPress::default() };
    assert_eq!(intent_of(&desk.state, &press("w")), Some(Intent::NextUnfinished));
    assert_eq!(intent_of(&desk.state, &press("n")), None, "the old key is free");
    // And may be taken by another, of the scheme's, too; no hint is made of a letter that is bound.
    let speaker = Intent::Tag(TypeId::new("speaker").expect("an id"));
    let map = keys(&desk).rebound(&scheme, &speaker, chord("n")).expect("a free key");
    desk.act(Action::SetKeys(Rc::new(map)));
    assert_eq!(intent_of(&desk.state, &press("n")), Some(speaker.clone()));
    assert_eq!(intent_of(&desk.state, &press("s")), None);
    assert!(!desk.state.keys.free_letters(&scheme).contains(&'w'));
    desk.act(Action::SetKeys(Rc::new(keys(&desk).restored(&speaker))));
    assert_eq!(intent_of(&desk.state, &press("s")), Some(speaker));
}

#[test]
fn a_scheme_that_wants_a_key_of_the_desks_gets_it_and_the_desk_says_so() {
    let mut desk = Desk::open("seed-a");
    let json = r#"{"format":"standpoint","version":1,"scheme":{"id":"x","name":"X","types":[{"id":"joke","name":"Joke","color":"blue","key":"j"}]},
        "articles":[{"id":"a","text":"Some words."}]}"#;
    let store = native::read("x.json", json).expect("a project").store;
    desk.act(Action::Open { store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
    let press = KeyPress { key: "j".to_owned(), ..KeyPress::default() };
    assert_eq!(intent_of(&desk.state, &press), Some(Intent::Tag(TypeId::new("joke").expect("an id"))));
    assert_eq!(intent_view(&desk.state, Intent::NextAnnotation).key, None, "it is shown nowhere");
}

#[test]
fn single_keys_can_be_switched_off() {
    let mut desk = Desk::open("seed-a");
    desk.act(Action::SetKeys(Rc::new(KeyMap::default().with_single(false))));
    let means =
        |desk: &Desk, key: &str, control: bool| intent_of(&desk.state, &KeyPress { key: key.to_owned(), control, ..KeyPress::default() });
    desk.put_cursor("Haniyeh");
    for key in ["s", "n", "?", "1", "+"] {
        assert_eq!(means(&desk, key, false), None, "{key}");
    }
    assert_eq!(means(&desk, "k", true), Some(Intent::Palette));
    assert_eq!(means(&desk, "ArrowRight", false).map(|intent| intent.name().to_string()).as_deref(), Some("move"));
    assert_eq!(means(&desk, "Enter", false), Some(Intent::FocusHere));
}

#[test]
fn other_layouts_and_modifiers_keep_what_is_theirs() {
    let desk = Desk::open("seed-a");
    let means = |key: &str, code: &str, held: &str| {
        let press = KeyPress {
            key: key.to_owned(),
            code: code.to_owned(),
            control: held.contains('c'),
            alt: held.contains('a'),
            shift: held.contains('s'),
            ..KeyPress::default()
        };
        intent_of(&desk.state, &press).map(|intent| intent.name().to_string())
    };
    for (key, code, held, name) in [
        ("ы", "KeyS", "", Some("tag-speaker")),
        ("Ы", "KeyS", "s", Some("retype-speaker")),
        ("س", "KeyS", "", Some("tag-speaker")),
        ("я", "KeyZ", "c", Some("undo")),
        ("Z", "KeyZ", "cs", Some("redo")),
        // Caps Lock.
        ("S", "KeyS", "", Some("tag-speaker")),
        // German: brackets by AltGr, quotation mark by Shift and 2.
        ("[", "Digit8", "ca", Some("start-left")),
        ("\"", "Digit2", "s", Some("extend-quotation")),
        ("،", "Comma", "", Some("extend-clause")),
        // The browser's.
        ("f", "KeyF", "c", None),
        ("s", "KeyS", "c", None),
        ("ArrowLeft", "ArrowLeft", "a", None),
        ("Delete", "Delete", "cs", None),
        ("Tab", "Tab", "", None),
        ("F", "KeyF", "cs", None),
    ] {
        assert_eq!(means(key, code, held).as_deref(), name, "{key} {held}");
    }
}

#[test]
fn every_default_key_is_one_that_a_person_may_choose_and_belongs_to_one_command() {
    let desk = Desk::open("seed-a");
    let scheme = desk.state.store.scheme();
    let mut seen = std::collections::BTreeMap::new();
    for intent in bindable(scheme) {
        if let Some(chord) = desk.state.keys.chord(scheme, &intent) {
            let again = desk.state.keys.rebound(scheme, &intent, chord.clone());
            assert!(again.is_ok() || chord.control, "{again:?}");
            assert_eq!(seen.insert(chord.clone(), intent.name()), None, "{chord}");
        }
    }
    assert!(seen.len() > 25);
}

proptest! {
    /// What is stored of the keys is read as it was, whatever was chosen.
    #[test]
    fn keys_are_read_as_they_were_written(chosen in proptest::collection::vec((0_usize..60, "[a-zA-Z+=;é]", 0_u8..8, any::<bool>()), 0..12), single: bool) {
        let scheme = default_scheme();
        let all = bindable(&scheme);
        let mut map = KeyMap::default().with_single(single);
        for (at, key, held, off) in chosen {
            let intent = &all[at % all.len()];
            let chord = Chord { control: held & 1 > 0, alt: held & 2 > 0, shift: held & 4 > 0, key: key.as_str().into() };
            map = if off { map.unbound(intent) } else { map.rebound(&scheme, intent, chord).unwrap_or(map) };
        }
        prop_assert_eq!(KeyMap::parse(&map.to_string()), map.clone());
        // No key stands for two commands.
        let mut seen = std::collections::BTreeSet::new();
        for intent in &all {
            if let Some(chord) = map.chord(&scheme, intent) {
                prop_assert!(seen.insert(chord));
            }
        }
    }
}

/// Clauses, sentences and quotations lead forward and end inside the text, wherever one stands in the ugliest of texts.
#[test]
fn every_motion_goes_on_or_stays_in_a_text_without_mercy() {
    let mut desk = Desk::open("seed-a");
    let text = "“A, (b” c]) ’’ \u{200f}قال: «نعم»، 👩‍👩‍👧!\n\n…—–\n  e\u{301}\u{301} \"x's' y\" ，、 z";
    let json = serde_json::json!({"format": "standpoint", "version": 1, "articles": [{"id": "ugly", "text": text}]}).to_string();
    let store = native::read("ugly.json", &json).expect("a project").store;
    desk.act(Action::Open { store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
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
