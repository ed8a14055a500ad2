//! Search, and tagging what says the same.

use std::collections::BTreeSet;
use std::rc::Rc;

use standpoint::analysis::Met;
use standpoint::edit::Command;
use standpoint::model::*;
use standpoint::session::*;
use standpoint::text::{Letters, Query, find};

use crate::desk::*;

/// Takes every letter as it is.
struct AsTheyAre;

impl Letters for AsTheyAre {
    fn parts(&mut self, letter: char, _: bool) -> Rc<str> {
        letter.to_string().into()
    }
}

/// What the page's search finds in the open article.
fn search(desk: &Desk, query: &Query) -> Findings {
    let article = desk.state.open_article().expect("an article");
    let hits = find(&article.text, query, &mut AsTheyAre);
    let layers = desk.state.store.layers(&article.id).map(|layers| &**layers);
    Findings { articles: vec![FoundIn::new(article, layers, &desk.state.annotator, &hits)], ..Findings::default() }
}

fn seed(desk: &Desk) -> Rc<Seed> {
    match &desk.state.dialog {
        Some(Dialog::Find(seed)) => seed.clone(),
        other => panic!("no search: {other:?}"),
    }
}

fn type_id(id: &str) -> TypeId {
    TypeId::new(id).expect("an id")
}

#[test]
fn every_place_that_says_the_same_gets_the_frame_in_one_step() {
    let mut desk = Desk::open("seed-a");
    let source = desk.tag("Ahmadian", "speaker");
    desk.press("2");
    let before = desk.quotes();
    let source_is = desk.focused();
    desk.press("p");
    let seed = seed(&desk);
    let given = seed.given.clone().expect("a frame");
    assert_eq!((&*seed.words, given.says.len()), ("Ahmadian", 1), "{:?}", given.says);
    let speaker = type_id("speaker");
    let findings = search(&desk, &Query { words: seed.words.clone(), whole: true, case: true, marks: false });
    let none = BTreeSet::new();
    let tally = findings.tally(&speaker, &none);
    assert!(tally.hits > 1 && tally.tagged == 1 && tally.chosen == tally.hits - 1, "{tally:?}");
    desk.act(Action::Dialog(None));
    desk.act(Action::ToggleLayer(desk.state.annotator.clone()));
    let places = findings.places(&speaker, &none);
    desk.act(Action::Run(Command::TagAlike { frame: given.frame.clone(), places, origin: OriginKind::Propagated }));
    assert_eq!(desk.quotes().len(), before.len() + tally.chosen);
    assert_eq!(desk.state.focus.as_ref(), Some(&source), "the person stays where they were");
    assert!(desk.state.hidden.is_empty(), "what is made is seen");
    for annotation in desk.own().iter().filter(|annotation| annotation.id != source) {
        assert_eq!((&annotation.attributes, annotation.origin.kind), (&source_is.attributes, OriginKind::Propagated));
    }
    let again = search(&desk, &Query { words: seed.words.clone(), whole: true, case: true, marks: false });
    assert_eq!(again.tally(&speaker, &none).chosen, 0, "all of them are tagged now");
    desk.press("Ctrl+z");
    assert_eq!(desk.quotes(), before);
}

#[test]
fn what_overlaps_another_of_the_type_is_tagged_only_when_chosen() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Ali Akbar Ahmadian", "speaker");
    desk.act(Action::Escape);
    let findings = search(&desk, &Query { words: "Ahmadian".into(), ..Query::default() });
    let (speaker, cue) = (type_id("speaker"), type_id("cue"));
    let none = BTreeSet::new();
    let within = findings.hits().position(|(_, hit)| hit.met(&speaker) == Some(Met::Overlapping)).expect("the one within the name");
    let (tally, as_cue) = (findings.tally(&speaker, &none), findings.tally(&cue, &none));
    assert_eq!((tally.overlapping, tally.tagged, tally.chosen), (1, 0, tally.hits - 1));
    assert_eq!((as_cue.overlapping, as_cue.chosen), (0, tally.hits), "other types may overlap");
    assert_eq!(findings.tally(&speaker, &BTreeSet::from([within])).chosen, tally.hits);
    assert_eq!(findings.tally(&speaker, &findings.turned_for_all(&speaker, true)).chosen, tally.hits);
    assert_eq!(findings.places(&speaker, &findings.turned_for_all(&speaker, false)), []);
    let (_, hit) = findings.hits().nth(within).expect("the hit");
    assert!(hit.before.ends_with("Ali Akbar ") && &*hit.words == "Ahmadian", "{hit:?}");
}

#[test]
fn nothing_says_the_same_as_nothing_or_as_several_fragments() {
    let mut desk = Desk::open("seed-a");
    desk.press("p");
    assert_eq!(desk.state.dialog, None);
    let claim = desk.tag("resistance", "claim");
    desk.act(Action::Escape);
    desk.act(Action::Focus(Some(claim)));
    desk.act(Action::Select(Some(desk.words("Ali Akbar Ahmadian"))));
    desk.press("+");
    assert_eq!(desk.focused().span().map(|span| span.fragments().len()), Some(2));
    desk.press("p");
    assert_eq!(desk.state.dialog, None);
    assert!(desk.state.notices.iter().any(|notice| notice.text.contains("several fragments")), "{:?}", desk.state.notices);
}

#[test]
fn a_search_begins_with_the_selection_and_a_hit_is_gone_to() {
    let mut desk = Desk::open("seed-a");
    let words = desk.words("Ahmadian");
    desk.act(Action::Select(Some(words)));
    desk.press("Shift+Ctrl+f");
    assert_eq!((&*seed(&desk).words, &seed(&desk).given), ("Ahmadian", &None));
    desk.act(Action::Dialog(None));
    let other = ArticleId::new("seed-b").expect("an id");
    // Within a word: a selection would snap, a hit is taken as it is.
    let within = desk.state.store.article(&other).and_then(|article| {
        let start = find(&article.text, &Query { words: "akhal".into(), ..Query::default() }, &mut AsTheyAre);
        start.first().copied()
    });
    let within = within.expect("Nakhala");
    desk.act(Action::GoTo { article: other.clone(), words: within });
    assert_eq!(desk.state.article, Some(other));
    assert_eq!(desk.state.in_hand(), Some(within));
    assert!(desk.state.scroll > 0);
}
