//! What `apply` promises.

use std::rc::Rc;

use proptest::prelude::*;
use standpoint::edit::{ApplyError, Cause, Command, Edit, Scope, Transaction, plan};
use standpoint::model::*;

use crate::cases;
use crate::common::*;

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn applying_and_taking_back_changes_neither_content_nor_indices(story in stories(40, 24), wishes in wishes(1..10)) {
        let mut tab = story.tab();
        for wish in &wishes {
            let before = live_contents(&tab.store);
            let Ok((_, transaction)) = tab.plays(wish) else { continue };
            indices_hold(&tab.store);
            let mut back = tab.clone();
            back.apply(&transaction.invert());
            indices_hold(&back.store);
            prop_assert_eq!(live_contents(&back.store), before);
        }
    }

    #[test]
    fn what_is_applied_is_what_is_shown(story in stories(40, 24), wishes in wishes(1..10)) {
        let mut tab = story.tab();
        for wish in &wishes {
            let Ok((_, transaction)) = tab.plays(wish) else { continue };
            for edit in &transaction.edits {
                prop_assert_eq!(tab.store.live(&edit.key()), edit.after());
            }
        }
    }

    #[test]
    fn versions_only_grow(story in stories(40, 24), wishes in wishes(1..10)) {
        let mut tab = story.tab();
        for wish in &wishes {
            let before = tab.store.clone();
            let Ok((_, transaction)) = tab.plays(wish) else { continue };
            prop_assert!(tab.store.greatest_number() > before.greatest_number());
            let changed = tab.store.apply(&transaction.invert(), &tab.stamp()).expect("the inverse applies").1;
            let keys: std::collections::BTreeSet<RecordKey> = transaction.edits.iter().map(Edit::key).collect();
            prop_assert_eq!(&changed, &keys);
            for (key, old) in records(&before) {
                let new = tab.store.record(&key).expect("a record never goes");
                if keys.contains(&key) {
                    prop_assert_eq!(new.current.version.compare(&old.current.version), VersionOrder::Newer);
                    prop_assert_eq!(&new.current.created, &old.current.created);
                } else {
                    prop_assert!(std::rc::Rc::ptr_eq(new, &old), "what a change does not touch is shared");
                }
            }
        }
    }

    #[test]
    fn a_rival_stays_until_somebody_settles_the_conflict(story in stories(24, 40), wishes in wishes(1..10)) {
        let mut tab = story.tab();
        for wish in &wishes {
            let before = tab.store.clone();
            let Ok((_, transaction)) = tab.plays(wish) else { continue };
            let mut back = tab.clone();
            back.apply(&transaction.invert().caused_by(Cause::Undo));
            for edit in &transaction.edits {
                let key = edit.key();
                let rivals = before.record(&key).map_or(&[][..], |record| &record.conflicts);
                let record = tab.store.record(&key).expect("an edited record");
                match edit.scope() {
                    Scope::AllVersions => prop_assert!(record.conflicts.is_empty()),
                    Scope::Shown => prop_assert_eq!(&record.conflicts[..], rivals),
                }
                prop_assert_eq!(&back.store.record(&key).expect("an edited record").conflicts, &record.conflicts);
            }
        }
    }

    #[test]
    fn all_or_nothing(story in stories(40, 0), wish in wishes(1..4), spoiled in any::<prop::sample::Index>()) {
        let mut tab = story.tab();
        for wish in &wish {
            let Ok((_, transaction)) = tab.plays(wish) else { continue };
            let before = tab.store.clone();
            // Its records are as they should be after it, so each of its edits is out of date now.
            prop_assert!(before.apply(&transaction, &tab.stamp()).is_err() || transaction.edits.iter().all(|edit| edit.before() == edit.after()));
            let mut half = transaction.invert();
            let at = spoiled.index(half.edits.len() + 1);
            half.edits.insert(at, Edit::remove(Content::Annotation(picture("[x|cue]").annotations[0].clone().into())));
            prop_assert!(matches!(before.apply(&half, &tab.stamp()), Err(ApplyError::UnknownRecord(_))));
        }
    }
}

fn transaction(edits: Vec<Edit>) -> Transaction {
    Transaction { cause: Cause::User, label: "test".into(), article: None, edits }
}

#[test]
fn apply_says_why_not() {
    let picture = picture("[He|speaker#s] said [so|claim#c speaker:s]");
    let store = picture.store();
    let (speaker, claim) = (picture.annotations[0].clone(), picture.annotations[1].clone());
    let moved = Annotation { note: "a note".into(), ..speaker.clone() };
    let elsewhere = Annotation { article: article_id("z"), ..speaker.clone() };
    let far = Annotation { id: annotation_id("far"), ..crate::common::picture("0123456789 123 [x|cue]").annotations[0].clone() };
    let error = |edit: Edit| store.apply(&transaction(vec![edit]), &stamp("r", 9)).expect_err("an error");
    assert_eq!(error(Edit::add(claim.clone())), ApplyError::DuplicateId(claim.key()));
    assert_eq!(error(Edit::remove(elsewhere.clone())), ApplyError::UnknownRecord(elsewhere.key()));
    assert_eq!(error(Edit::remove(moved.clone())), ApplyError::StaleBefore(speaker.key()));
    assert_eq!(error(Edit::add(elsewhere.clone())), ApplyError::UnknownArticle(elsewhere.id));
    assert_eq!(error(Edit::add(far.clone())), ApplyError::SpanOutOfText(far.id));
    assert_eq!(Edit::change(speaker, claim), None, "an edit changes one record");
}

#[test]
fn one_transaction_may_change_a_record_twice() {
    let picture = picture("[He|speaker#s] said");
    let first = picture.annotations[0].clone();
    let (second, third) = (Annotation { note: "2".into(), ..first.clone() }, Annotation { note: "3".into(), ..first.clone() });
    let edits =
        vec![Edit::change(first.clone(), second.clone()).expect("one record"), Edit::change(second, third.clone()).expect("one record")];
    let (store, changed) = picture.store().apply(&transaction(edits.clone()), &stamp("r", 9)).expect("it applies");
    assert_eq!(store.live(&first.key()), Some(&third.into()));
    assert_eq!(changed.len(), 1);
    let (store, _) = store.apply(&transaction(edits).invert(), &stamp("r", 19)).expect("it applies");
    assert_eq!(store.live(&first.key()), Some(&first.into()));
}

#[test]
fn an_article_that_comes_back_finds_its_place() {
    let mut tab = Tab::open(empty_store(), "r", Skew::None);
    let three = ["a", "b", "c"].map(|id| Rc::new(article(id, "He said so.")));
    tab.does("ana", Command::AddArticles { articles: three.to_vec() }).expect("new articles");
    tab.does("ana", Command::RemoveArticle { article: article_id("b") }).expect("it is there");
    assert_eq!(tab.store.article_ids(), [article_id("a"), article_id("c")]);
    tab.undoes();
    assert_eq!(tab.store.article_ids(), [article_id("a"), article_id("b"), article_id("c")]);
    let order = [article_id("c"), article_id("c"), article_id("bogus"), article_id("a")];
    assert_eq!(tab.store.with_order(&order).article_ids(), [article_id("c"), article_id("a"), article_id("b")]);
}

#[test]
fn ids_that_two_annotators_share_are_two_annotations() {
    let drawing = "[He|speaker#s] said [so|claim#c speaker:s]";
    let mut store = picture(drawing).by("bo").onto(&picture(drawing).store());
    indices_hold(&store);
    let delete = plan(&store, &context("ana"), &Command::Delete { annotation: annotation_id("s") }).expect("a plan");
    store = store.apply(&delete, &stamp("r", 9)).expect("it applies").0;
    indices_hold(&store);
    assert_eq!(draw(&store, "ana"), "He said [so|claim#c]");
    assert_eq!(draw(&store, "bo"), drawing);
}
