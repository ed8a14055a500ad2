//! What the undo history promises.

use proptest::prelude::*;
use standpoint::edit::{Command, History, STEPS};
use standpoint::model::Status;

use crate::cases;
use crate::common::*;

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn undoing_every_step_and_redoing_it_changes_no_content(story in stories(30, 24), wishes in wishes(0..25)) {
        let mut tab = story.tab();
        let mut shown = vec![live_contents(&tab.store)];
        for wish in &wishes {
            if tab.plays(wish).is_ok() {
                shown.push(live_contents(&tab.store));
            }
        }
        for content in shown.iter().rev().skip(1) {
            tab.undoes();
            indices_hold(&tab.store);
            prop_assert_eq!(&live_contents(&tab.store), content);
        }
        prop_assert!(tab.history.next_undo().is_none());
        for content in &shown[1..] {
            tab.redoes();
            prop_assert_eq!(&live_contents(&tab.store), content);
        }
        prop_assert!(tab.history.next_redo().is_none());
    }

    #[test]
    fn undo_and_redo_in_any_order_lead_where_they_led_before(story in stories(30, 0), wishes in wishes(1..12), turns in prop::collection::vec(prop::bool::ANY, 0..30)) {
        let mut tab = story.tab();
        let mut shown = vec![live_contents(&tab.store)];
        for wish in &wishes {
            if tab.plays(wish).is_ok() {
                shown.push(live_contents(&tab.store));
            }
        }
        let mut at = shown.len() - 1;
        for back in turns {
            if back && at > 0 {
                tab.undoes();
                at -= 1;
            } else if !back && at + 1 < shown.len() {
                tab.redoes();
                at += 1;
            }
            prop_assert_eq!(&live_contents(&tab.store), &shown[at]);
        }
    }
}

#[test]
fn the_last_thousand_steps_can_be_undone() {
    let mut tab = Tab::open(picture("[He|speaker#s] said").store(), "r", Skew::None);
    let mut shown = Vec::new();
    for step in 0..STEPS + 7 {
        shown.push(live_contents(&tab.store));
        tab.does("ana", Command::SetNote { annotation: annotation_id("s"), note: step.to_string() }).expect("a new note");
    }
    let last = live_contents(&tab.store);
    for content in shown.iter().rev().take(STEPS) {
        tab.undoes();
        assert_eq!(live_contents(&tab.store), *content);
    }
    assert_eq!(tab.history.undo(), None);
    for _ in 0..STEPS {
        tab.redoes();
    }
    assert_eq!(live_contents(&tab.store), last);
    assert_eq!(tab.history.redo(), None);
}

#[test]
fn a_filler_deleted_and_undone_is_back_in_its_roles() {
    let drawing = "[He|speaker#s] said [so|claim#c speaker:s], [not that|claim#d disputes:c speaker:s]";
    let mut tab = Tab::open(picture(drawing).store(), "r", Skew::None);
    tab.does("ana", Command::Delete { annotation: annotation_id("s") }).expect("it is there");
    assert_eq!(draw(&tab.store, "ana"), "He said [so|claim#c], [not that|claim#d disputes:c]");
    tab.undoes();
    assert_eq!(draw(&tab.store, "ana"), drawing);
    indices_hold(&tab.store);
}

#[test]
fn an_article_removed_and_undone_is_back_with_all_that_lay_on_it() {
    let store = picture("[He|speaker#s] said [so|claim#c speaker:s]").store();
    let mut tab = Tab::open(picture("He [said|cue#q] so").by("bo").onto(&store), "r", Skew::None);
    tab.does("ana", Command::SetStatus { status: Status::Done }).expect("a new status");
    let shown = live_contents(&tab.store);
    tab.does("ana", Command::RemoveArticle { article: article_id("a") }).expect("it is there");
    assert!(tab.store.annotations(&article_id("a")).is_empty());
    assert_eq!(tab.store.status(&article_id("a"), &annotator_id("ana")), Status::New);
    tab.undoes();
    assert_eq!(live_contents(&tab.store), shown);
}

#[test]
fn a_step_that_no_longer_applies_is_dropped_and_the_one_before_it_is_next() {
    let mut tab = Tab::open(picture("[He|speaker#s] said [so|claim#c]").store(), "r", Skew::None);
    let note = |id: &str, note: &str| Command::SetNote { annotation: annotation_id(id), note: note.into() };
    tab.does("ana", note("c", "mine")).expect("a note");
    tab.does("ana", note("s", "mine")).expect("a note");
    let mut other = tab.fork("other", Skew::None);
    other.does("ana", note("s", "theirs")).expect("a note");
    tab.merges(&other);
    let step = tab.history.undo().expect("a step");
    tab.store.apply(&step, &tab.stamp()).expect_err("the other tab wrote since");
    tab.history.drop_undone();
    assert_eq!(tab.history.next_redo(), None);
    tab.undoes();
    let claim = tab.store.annotation(&article_id("a"), &annotator_id("ana"), &annotation_id("c")).expect("the claim");
    assert_eq!(&*claim.note, "");
    let mut redo = tab.history.clone();
    redo.redo().expect("a step");
    redo.drop_redone();
    assert_eq!(redo, History::default());
}
