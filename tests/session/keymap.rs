//! Which key does what, and how a person changes it.

use std::rc::Rc;

use proptest::prelude::*;
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

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
    desk.read(json);
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
        ("N", "KeyN", "cs", None),
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
