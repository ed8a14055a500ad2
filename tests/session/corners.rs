//! What goes wrong at desks, and must not.

use std::rc::Rc;

use standpoint::edit::Command;
use standpoint::format::native;
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

#[test]
fn a_copy_with_another_text_merges_and_every_view_still_draws() {
    let read = |text: &str, end: u32| {
        let json = format!(
            r#"{{"format":"standpoint","version":1,"project":{{"id":"p"}},"articles":[{{"id":"a","text":"{text}"}}],
            "annotations":[{{"id":"x{end}","article":"a","annotator":"ana","type":"claim","fragments":[{{"start":{},"end":{end}}}]}}]}}"#,
            end - 4
        );
        native::read("copy.json", &json).expect("a project").store
    };
    for (mine, theirs) in [(("A much longer text than that.", 28), ("Short.", 5)), (("Short.", 5), ("A much longer text than that.", 28))] {
        let mut desk = Desk::open("seed-a");
        desk.act(Action::Open {
            store: read(mine.0, mine.1),
            article: ArticleId::new("a"),
            saved: true,
            unexported: 0,
            rest: Unloaded::default(),
        });
        desk.hear(&read(theirs.0, theirs.1));
        let article = desk.state.open_article().expect("an article").clone();
        assert_eq!(desk.state.store.annotations(&article.id).len(), 2, "nothing is lost");
        assert_eq!(desk.shown(), article.text.as_str());
        for annotation in desk.state.store.annotations(&article.id).iter().cloned().collect::<Vec<_>>() {
            desk.act(Action::Focus(Some(annotation.id.clone())));
            assert!(frame_view(&desk.state).is_some());
        }
        let json = native::write(&desk.state.store);
        let again = native::read("again.json", &json).expect("what we wrote");
        assert_eq!(again.store.annotations(&article.id).len(), 2, "{:?}", again.issues);
    }
}

#[test]
fn every_key_of_a_note_is_stored_and_all_of_them_are_one_step() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Ali Akbar Ahmadian", "speaker");
    let steps = |desk: &Desk| {
        let mut history = (*desk.state.history).clone();
        std::iter::from_fn(|| history.undo()).count()
    };
    let before = steps(&desk);
    for note in ["w", "wh", "who", "who?"] {
        desk.act(Action::Type(Command::SetNote { annotation: speaker.clone(), note: note.to_owned() }));
        assert_eq!(&*desk.state.annotation(&speaker).expect("the speaker").note, note);
        assert!(!desk.state.unsaved.is_empty());
    }
    assert_eq!(steps(&desk), before + 1);
    desk.act(Action::Undo);
    assert_eq!(&*desk.state.annotation(&speaker).expect("the speaker").note, "");
    desk.act(Action::Redo);
    assert_eq!(&*desk.state.annotation(&speaker).expect("the speaker").note, "who?");
    // What is typed back to what it was is no step at all; another field begins another.
    desk.act(Action::Type(Command::SetNote { annotation: speaker.clone(), note: String::new() }));
    assert_eq!(steps(&desk), before);
    let cue = desk.tag("noted", "cue");
    desk.act(Action::Type(Command::SetNote { annotation: cue.clone(), note: "x".to_owned() }));
    desk.act(Action::Type(Command::SetNote { annotation: speaker, note: "y".to_owned() }));
    desk.act(Action::Type(Command::SetNote { annotation: cue, note: "xy".to_owned() }));
    assert_eq!(steps(&desk), before + 4);
}

#[test]
fn a_removed_article_gives_way_to_its_neighbour_and_undo_comes_back_to_it() {
    for (first, second) in [("seed-a", "seed-b"), ("seed-b", "seed-a")] {
        let mut desk = Desk::open(first);
        let open = |desk: &Desk| desk.state.article.as_ref().map(|article| article.as_str().to_owned());
        desk.act(Action::Run(Command::RemoveArticle { article: ArticleId::new(first).expect("an id") }));
        assert_eq!(open(&desk).as_deref(), Some(second));
        desk.act(Action::Run(Command::RemoveArticle { article: ArticleId::new(second).expect("an id") }));
        assert_eq!(open(&desk), None);
        desk.act(Action::Undo);
        assert_eq!(open(&desk).as_deref(), Some(second));
        desk.act(Action::Undo);
        assert_eq!(open(&desk).as_deref(), Some(first));
        desk.act(Action::Redo);
        assert_eq!(open(&desk).as_deref(), Some(second));
    }
}

#[test]
fn what_another_tab_did_after_a_merge_is_not_taken_back() {
    let mut desk = Desk::open("seed-a");
    let mut copy = Desk::open("seed-a");
    copy.tag("noted", "cue");
    desk.merge(&copy.state.store);
    assert!(desk.state.notices.iter().any(|notice| notice.offer == Some(Offer::TakeBack)));
    let mut tab = Desk::open("seed-a");
    // Another instant, so another id.
    tab.put_cursor("noted");
    tab.tag("Ali Akbar Ahmadian", "speaker");
    desk.hear(&tab.state.store);
    assert!(!desk.state.notices.iter().any(|notice| notice.offer == Some(Offer::TakeBack)), "the button is gone");
    desk.act(Action::TakeBack);
    assert_eq!(desk.quotes().len(), 2, "{:?}", desk.quotes());
}

#[test]
fn files_that_wait_for_a_decision_come_one_after_the_other() {
    let mut desk = Desk::open("seed-a");
    let review = |name: &str| {
        let project = desk.state.store.clone();
        Action::Review(Rc::new(Review { file: name.into(), project, issues: vec!["odd".into()], elsewhere: Elsewhere::default() }))
    };
    let reviews = [review("a.json"), review("b.json"), review("c.json")];
    let shown = |desk: &Desk| match &desk.state.dialog {
        Some(Dialog::Review(review)) => Some(review.file.to_string()),
        _ => None,
    };
    for review in reviews {
        desk.act(review);
    }
    assert_eq!(shown(&desk).as_deref(), Some("a.json"));
    desk.act(Action::Dialog(Some(Dialog::Keys)));
    assert_eq!(shown(&desk).as_deref(), Some("a.json"), "a decision is not pushed aside");
    let palette = KeyPress { key: "k".to_owned(), control: true, ..KeyPress::default() };
    assert_eq!(intent_of(&desk.state, &palette), None);
    desk.act(Action::Dialog(None));
    assert_eq!(shown(&desk).as_deref(), Some("b.json"));
    desk.press("Escape");
    assert_eq!(shown(&desk).as_deref(), Some("c.json"));
    desk.act(Action::Dialog(None));
    assert_eq!(desk.state.dialog, None);
}

#[test]
fn a_role_that_asks_takes_words_that_are_tagged_already() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Ali Akbar Ahmadian", "speaker");
    let claim = desk.tag("recognized Iran’s outstanding contribution", "claim");
    assert!(desk.state.filling.is_some());
    let words = desk.words("Ali Akbar Ahmadian");
    desk.act(Action::Select(Some(words)));
    desk.press("s");
    let claim = desk.state.annotation(&claim).expect("the claim");
    assert_eq!(claim.fillers(&RoleId::new("speaker").expect("an id")), [Filler::Annotation(speaker)]);
}

#[test]
fn keys_keep_their_meaning_while_a_role_asks() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Ali Akbar Ahmadian", "speaker");
    let claim = desk.tag("recognized Iran’s outstanding contribution", "claim");
    assert!(desk.state.filling.is_some());
    desk.press("Backspace");
    assert!(desk.state.annotation(&claim).is_some(), "Backspace is for the hint, not for the claim");
    assert!(desk.state.filling.is_some());
    desk.press("k");
    assert_ne!(desk.state.focus.as_ref(), Some(&claim), "k went on to another annotation");
    desk.press("n");
    assert_eq!(desk.state.focus.as_ref(), Some(&claim));
    assert!(desk.state.filling.is_some(), "n asks for what is missing");
}

#[test]
fn keys_work_while_the_tour_is_shown() {
    let mut desk = Desk::open("seed-a");
    desk.act(Action::Dialog(Some(Dialog::Tour(0))));
    desk.put_cursor("noted that the Palestinian");
    desk.press("q");
    assert_eq!(desk.quotes(), ["cue: noted"]);
    desk.press("Escape");
    assert_eq!(desk.state.dialog, None);
}

#[test]
fn other_keyboards_have_the_same_keys() {
    let desk = Desk::open("seed-a");
    let press = |key: &str, code: &str, control: bool, shift: bool| {
        let press = KeyPress { key: key.to_owned(), code: code.to_owned(), control, shift, ..KeyPress::default() };
        intent_of(&desk.state, &press)
    };
    let cue = TypeId::new("cue").expect("an id");
    assert_eq!(press("я", "KeyZ", true, false), Some(Intent::Undo));
    assert_eq!(press("Я", "KeyZ", true, true), Some(Intent::Redo));
    assert_eq!(press("й", "KeyQ", false, false), Some(Intent::Tag(cue.clone())));
    assert_eq!(press("Q", "KeyQ", false, false), Some(Intent::Tag(cue)), "Caps Lock");
    assert_eq!(press("о", "KeyJ", false, false), Some(Intent::NextAnnotation));
    assert!(matches!(press("х", "BracketLeft", false, false), Some(Intent::MoveEdge(Edge::Start, _))));
    // A German z lies where the English y is: what is written on the key counts.
    assert_eq!(press("z", "KeyY", true, false), Some(Intent::Undo));
}

#[test]
fn exact_selections_begin_inside_words_and_grow_both_ways() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("contribution");
    desk.press("x ArrowRight ArrowRight Shift+ArrowRight");
    let selected = |desk: &Desk| {
        let stretch = desk.state.in_hand().expect("a selection");
        desk.state.open_article().expect("an article").text.slice(stretch).expect("inside").to_owned()
    };
    assert_eq!(selected(&desk), "nt");
    desk.press("Shift+ArrowLeft Shift+ArrowLeft Shift+ArrowLeft");
    assert_eq!(selected(&desk), "con", "back over where it began");
    desk.press("x");
    assert!(!desk.state.exact);
}

#[test]
fn what_is_tagged_is_seen_even_if_ones_work_was_hidden() {
    let mut desk = Desk::open("seed-a");
    desk.act(Action::ToggleLayer(AnnotatorId::new("ana").expect("an id")));
    desk.tag("Ali Akbar Ahmadian", "speaker");
    assert!(desk.state.hidden.is_empty());
}

#[test]
fn a_layer_without_work_is_not_listed_and_two_layers_may_share_an_id() {
    let json = r#"{"format":"standpoint","version":1,"project":{"id":"p"},"annotators":[{"id":"ana","name":"Ana"},{"id":"bo","name":"Bo"},{"id":"cy","name":"Cy"}],
        "articles":[{"id":"a","text":"He said so."}],"annotations":[
        {"id":"same","article":"a","annotator":"bo","type":"speaker","fragments":[{"start":0,"end":2}]},
        {"id":"same","article":"a","annotator":"cy","type":"speaker","fragments":[{"start":0,"end":2}]},
        {"id":"last","article":"a","annotator":"cy","type":"cue","fragments":[{"start":3,"end":7}]}]}"#;
    let mut desk = Desk::open("seed-a");
    let store = native::read("two.json", json).expect("a project").store;
    desk.act(Action::Open { store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
    let names = |desk: &Desk| layer_items(&desk.state).into_iter().map(|layer| layer.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&desk), ["Ana", "Bo", "Cy"]);
    desk.press("j");
    desk.press("j");
    assert_eq!(desk.state.focus.as_ref().map(AnnotationId::as_str), Some("last"));
    desk.act(Action::Run(Command::RemoveLayer { annotator: AnnotatorId::new("bo").expect("an id") }));
    assert_eq!(names(&desk), ["Ana", "Cy"]);
}

#[test]
fn work_that_is_nowhere_else_is_known() {
    let mut desk = Desk::open("seed-a");
    desk.act(Action::NotSaved { state: SaveState::NotSaved { why: "full".into() } });
    assert!(!desk.state.would_lose_work(), "nothing was done yet");
    desk.tag("Ali Akbar Ahmadian", "speaker");
    desk.act(Action::NotSaved { state: SaveState::NotSaved { why: "full".into() } });
    assert!(desk.state.would_lose_work());
    desk.act(Action::Exported);
    assert!(!desk.state.would_lose_work(), "it is in a file");
    desk.tag("noted", "cue");
    desk.act(Action::NotSaved { state: SaveState::NotSaved { why: "full".into() } });
    assert!(desk.state.would_lose_work());
}

#[test]
fn the_text_is_drawn_anew_when_the_scheme_changes_its_looks() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Ali Akbar Ahmadian", "speaker");
    let blue = |desk: &Desk| desk.state.page.blocks.iter().flat_map(|block| &block.segments).any(|segment| segment.class.contains("-blue"));
    assert!(blue(&desk));
    let mut scheme = (**desk.state.store.scheme()).clone();
    for of in scheme.types.iter_mut().filter(|of| of.color == Color::Blue) {
        of.color = Color::Purple;
    }
    let version = Version::default().advanced(&Replica::new("r2").expect("an id"), 99);
    let now = Timestamp::parse("2027-01-01T00:00:00.000Z").expect("a time");
    let record =
        Record::single(Versioned { content: Some(Content::Scheme(Rc::new(scheme))), created: now.clone(), modified: now, version });
    desk.act(Action::Arrived { records: vec![(RecordKey::Scheme, Rc::new(record))], cards: Vec::new() });
    assert!(!blue(&desk));
}
