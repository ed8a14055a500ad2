//! What merging promises.

use proptest::prelude::*;
use standpoint::edit::{AnnotationStore, Cause, Command, Edit, Transaction, merge_records};
use standpoint::model::*;

use crate::cases;
use crate::common::*;

/// A project but for the order in which this copy lists its articles.
fn unordered(store: &AnnotationStore) -> AnnotationStore {
    let mut ids: Vec<ArticleId> = records(store).keys().filter_map(RecordKey::article).cloned().collect();
    ids.sort();
    store.with_order(&ids)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn merging_is_commutative_associative_and_idempotent(story in stories(30, 50)) {
        let [a, b, c] = story.tabs().map(|tab| tab.store);
        let (ab, bc) = (merged(&a, &b), merged(&b, &c));
        prop_assert_eq!(unordered(&ab), unordered(&merged(&b, &a)));
        prop_assert_eq!(unordered(&merged(&ab, &c)), unordered(&merged(&a, &bc)));
        prop_assert_eq!(&merged(&a, &a), &a);
        prop_assert_eq!(&merged(&ab, &b), &ab);
        prop_assert_eq!(&merged(&ab, &a), &ab);
        indices_hold(&merged(&ab, &c));
    }

    #[test]
    fn merging_record_by_record_in_any_order_is_merging(story in stories(20, 30), keys in prop::collection::vec(any::<u32>(), 64)) {
        let [a, b, _] = story.tabs().map(|tab| tab.store);
        let mut incoming: Vec<_> = records(&b).into_iter().collect();
        let mut keys = keys.into_iter().cycle();
        incoming.sort_by_cached_key(|_| keys.next());
        let one_by_one = incoming.into_iter().fold(a.clone(), |store, record| store.merge([record]).0);
        prop_assert_eq!(unordered(&one_by_one), unordered(&merged(&a, &b)));
    }

    /// Articles that are new come with all their annotations at once; a record may come twice.
    #[test]
    fn merging_all_at_once_into_nothing_is_merging_one_by_one(story in stories(20, 30), keys in prop::collection::vec(any::<u32>(), 64)) {
        let [a, b, _] = story.tabs().map(|tab| tab.store);
        let mut incoming: Vec<_> = records(&a).into_iter().chain(records(&b)).collect();
        let mut keys = keys.into_iter().cycle();
        incoming.sort_by_cached_key(|_| keys.next());
        let empty = AnnotationStore::empty(ProjectHeader::clone(a.header()), Scheme::clone(a.scheme()));
        let (at_once, changed) = empty.merge(incoming.clone());
        let one_by_one = incoming.iter().cloned().fold(empty, |store, record| store.merge([record]).0);
        prop_assert_eq!(unordered(&at_once), unordered(&one_by_one));
        prop_assert_eq!(at_once.greatest_number(), one_by_one.greatest_number());
        prop_assert_eq!(changed, incoming.into_iter().map(|(key, _)| key).collect::<std::collections::BTreeSet<_>>());
        indices_hold(&at_once);
    }

    #[test]
    fn a_merge_keeps_exactly_what_no_version_knows(story in stories(30, 50)) {
        let [a, b, _] = story.tabs().map(|tab| tab.store);
        let both = merged(&a, &b);
        for (key, record) in records(&both) {
            let sides: Vec<&Versioned> = [&a, &b].iter().filter_map(|store| store.record(&key)).flat_map(|record| record.versions()).collect();
            for side in &sides {
                let known = sides.iter().any(|other| side.version.compare(&other.version) == VersionOrder::Older);
                let kept = record.versions().any(|version| version.version == side.version && version.content == side.content);
                prop_assert_eq!(kept, !known, "{:?}", key);
            }
            prop_assert!(record.versions().all(|version| sides.iter().any(|side| **side == *version)), "nothing is made up");
            prop_assert!(record.current.content.is_some() || record.versions().all(|version| version.content.is_none()), "live before deleted");
        }
    }

    #[test]
    fn a_settled_conflict_stays_settled_whatever_old_copy_is_merged(story in stories(24, 40), keep in 0usize..3) {
        let mut tab = story.tab();
        let old = story.tabs();
        let ids: Vec<_> = tab.store.article_ids().iter().flat_map(|id| tab.store.annotations(id)).cloned().collect();
        for annotation in ids.iter().filter(|annotation| annotation.article == article_id("a")) {
            let annotator = annotation.annotator.as_str().to_owned();
            if tab.does(&annotator, Command::Resolve { annotation: annotation.id.clone(), keep }).is_err() {
                continue;
            }
            let settled = tab.store.record(&annotation.key()).expect("a record").clone();
            prop_assert!(settled.conflicts.is_empty());
            for other in &old {
                let again = merged(&tab.store, &other.store);
                prop_assert_eq!(again.record(&annotation.key()), Some(&settled));
            }
        }
    }
}

fn note(note: &str) -> Command {
    Command::SetNote { annotation: annotation_id("s"), note: note.into() }
}

fn delete() -> Command {
    Command::Delete { annotation: annotation_id("s") }
}

fn fill() -> Command {
    Command::FillRole { annotation: annotation_id("c"), role: role_id("speaker"), filler: named("s") }
}

fn key(id: &str) -> RecordKey {
    RecordKey::Annotation(article_id("a"), annotator_id("ana"), annotation_id(id))
}

/// The notes of every version, the one shown first; `–` is a tombstone.
fn notes(store: &AnnotationStore, id: &str) -> Vec<String> {
    let record = store.record(&key(id)).expect("a record");
    let note = |versioned: &Versioned| {
        versioned.content.as_ref().and_then(Content::as_annotation).map_or("–".to_owned(), |annotation| annotation.note.to_string())
    };
    record.versions().map(note).collect()
}

/// Two tabs with the same project, in which `first` and `second` were done at the same time.
fn concurrently(drawing: &str, first: impl IntoIterator<Item = Command>, second: impl IntoIterator<Item = Command>) -> [Tab; 2] {
    let mut tabs = ["r1", "r2"].map(|replica| Tab::open(picture(drawing).store(), replica, Skew::None));
    for command in first {
        tabs[0].does("ana", command).expect("a plan");
    }
    for command in second {
        tabs[1].does("ana", command).expect("a plan");
    }
    tabs
}

#[test]
fn two_edits_of_one_annotation_are_a_conflict_and_both_are_kept() {
    let [one, two] = concurrently("[He|speaker#s] said", [note("one")], [note("two"), note("two, later")]);
    let both = merged(&one.store, &two.store);
    assert_eq!(notes(&both, "s"), ["two, later", "one"]);
    assert_eq!(both.annotations(&article_id("a")).len(), 1, "one of them is shown");
}

#[test]
fn an_edit_wins_the_screen_over_a_deletion_which_is_kept() {
    for [one, two] in [
        concurrently("[He|speaker#s] said", [note("one")], [note("two"), delete()]),
        concurrently("[He|speaker#s] said", [note("two"), delete()], [note("one")]),
    ] {
        assert_eq!(notes(&merged(&one.store, &two.store), "s"), ["one", "–"]);
    }
}

#[test]
fn an_edit_that_saw_the_other_is_no_conflict() {
    let [mut one, two] = concurrently("[He|speaker#s] said", [], [note("two")]);
    one.merges(&two);
    one.does("ana", note("one")).expect("a note");
    assert_eq!(notes(&merged(&two.store, &one.store), "s"), ["one"]);
}

#[test]
fn a_role_that_a_merge_left_without_its_filler_is_kept() {
    let [one, two] = concurrently("[He|speaker#s] said [so|claim#c]", [delete()], [fill()]);
    let mut both = one.fork("r3", Skew::None);
    both.merges(&two);
    indices_hold(&both.store);
    assert_eq!(draw(&both.store, "ana"), "He said [so|claim#c speaker:s]");
    // The role can still be read, emptied and filled.
    both.does("ana", note("…")).expect_err("the speaker is deleted");
    both.does("ana", Command::EmptyRole { annotation: annotation_id("c"), role: role_id("speaker"), filler: named("s") }).expect("a plan");
    assert_eq!(draw(&both.store, "ana"), "He said [so|claim#c]");
}

#[test]
fn equal_versions_with_different_content_are_a_conflict_that_can_be_settled() {
    let [one, two] = ["one", "two"].map(|text| {
        let mut tab = Tab::open(picture("[He|speaker#s] said").store(), "r", Skew::None);
        tab.does("ana", note(text)).expect("a note");
        tab
    });
    let both = merged(&one.store, &two.store);
    assert_eq!(both.record(&key("s")), merged(&two.store, &one.store).record(&key("s")));
    let mut shown = notes(&both, "s");
    shown.sort();
    assert_eq!(shown, ["one", "two"]);

    let mut tab = one.fork("r3", Skew::None);
    tab.store = both;
    assert!(tab.does("ana", note("three")).is_err(), "no version says which of the two it replaces");
    let other = notes(&tab.store, "s")[1].clone();
    tab.does("ana", Command::Resolve { annotation: annotation_id("s"), keep: 1 }).expect("a plan");
    assert_eq!(notes(&tab.store, "s"), [other]);
}

#[test]
fn settling_takes_the_place_of_both_versions() {
    for (keep, kept) in [(0, "two"), (1, "one")] {
        let [mut one, two] = concurrently("[He|speaker#s] said", [note("one")], [note("x"), note("two")]);
        one.merges(&two);
        one.does("ana", Command::Resolve { annotation: annotation_id("s"), keep }).expect("a plan");
        assert_eq!(notes(&merged(&two.store, &one.store), "s"), [kept]);
    }
    let [mut one, two] = concurrently("[He|speaker#s] said [so|claim#c speaker:s]", [note("one")], [delete()]);
    one.merges(&two);
    one.does("ana", Command::Resolve { annotation: annotation_id("s"), keep: 1 }).expect("a plan");
    assert_eq!(draw(&one.store, "ana"), "He said [so|claim#c]");
}

#[test]
fn settling_one_conflict_leaves_another_open() {
    // The speaker and the claim are both in conflict; choosing the speaker's deletion also changes the claim's role.
    let claim_note = |text: &str| Command::SetNote { annotation: annotation_id("c"), note: text.into() };
    let drawing = "[He|speaker#s] said [so|claim#c speaker:s]";
    let [mut one, two] = concurrently(drawing, [note("x"), note("one"), claim_note("one")], [delete(), claim_note("two")]);
    one.merges(&two);
    assert_eq!((notes(&one.store, "s"), notes(&one.store, "c")), (vec!["one".into(), "–".into()], vec!["one".into(), "two".into()]));
    one.does("ana", Command::Resolve { annotation: annotation_id("s"), keep: 1 }).expect("a plan");
    assert_eq!(notes(&one.store, "c"), ["one", "two"]);
    assert_eq!(draw(&one.store, "ana"), "He said [so|claim#c]");
}

#[test]
fn a_version_chosen_lets_go_of_fillers_that_are_gone() {
    let claim_note = Command::SetNote { annotation: annotation_id("c"), note: "shown".into() };
    let [mut one, two] = concurrently("[He|speaker#s] said [so|claim#c]", [delete(), claim_note], [fill()]);
    one.merges(&two);
    assert_eq!(notes(&one.store, "c"), ["shown", ""]);
    one.does("ana", Command::Resolve { annotation: annotation_id("c"), keep: 1 }).expect("a plan");
    assert_eq!(draw(&one.store, "ana"), "He said [so|claim#c]");
}

#[test]
fn editing_what_another_wrote_keeps_ones_own_rival() {
    // Tab one wrote a rival itself: its next number must not pass for knowing it.
    let [mut one, two] = concurrently("[He|speaker#s] said", [note("one")], [note("x"), note("two")]);
    one.merges(&two);
    for text in ["edit", "another", "a third"] {
        one.does("ana", note(text)).expect("a note");
        assert_eq!(notes(&one.store, "s"), [text, "one"]);
        assert_eq!(notes(&merged(&two.store, &one.store), "s"), [text, "one"]);
    }
    one.undoes();
    assert_eq!(notes(&one.store, "s"), ["another", "one"]);
}

#[test]
fn an_edit_is_shown_even_if_the_clock_is_behind_the_rivals() {
    let drawing = "[He|speaker#s] said";
    let mut ahead = Tab::open(picture(drawing).store(), "r1", Skew::Ahead);
    let mut stopped = Tab::open(picture(drawing).store(), "r2", Skew::Stopped);
    ahead.does("ana", note("ahead")).expect("a note");
    stopped.does("ana", note("stopped")).expect("a note");
    stopped.merges(&ahead);
    assert_eq!(notes(&stopped.store, "s"), ["ahead", "stopped"]);
    stopped.does("ana", note("edited")).expect("a note");
    assert_eq!(notes(&stopped.store, "s"), ["edited", "stopped"]);
}

#[test]
fn deleting_an_annotation_in_conflict_deletes_every_version() {
    let [one, two] = concurrently("[He|speaker#s] said", [note("one")], [note("two")]);
    let mut third = one.fork("r3", Skew::None);
    third.merges(&two);
    let shown = live_contents(&third.store);
    third.does("ana", delete()).expect("a plan");
    assert_eq!(notes(&third.store, "s"), ["–"]);
    third.undoes();
    assert_eq!(live_contents(&third.store), shown);
}

#[test]
fn undoing_a_tag_leaves_what_another_tab_made_of_it() {
    let mut one = Tab::open(picture("He said").store(), "r1", Skew::None);
    let span = picture("[He|speaker#s] said").annotations[0].span().cloned().expect("a span");
    one.does("ana", Command::Tag { type_id: type_id("speaker"), span, fills: None }).expect("a plan");
    let id = one.store.annotations(&article_id("a")).iter().next().expect("an annotation").id.clone();
    let write = |text: &str| Command::SetNote { annotation: id.clone(), note: text.into() };
    let mut two = one.fork("r2", Skew::None);
    two.does("ana", write("two")).expect("a note");
    one.does("ana", write("x")).expect("a note");
    one.does("ana", write("one")).expect("a note");
    one.merges(&two);
    for _ in 0..3 {
        one.undoes();
    }
    assert_eq!(notes(&one.store, id.as_str()), ["two", "–"]);
}

#[test]
fn a_status_set_in_two_tabs_is_settled_by_setting_it_again() {
    let status = |status| Command::SetStatus { status };
    let [mut one, two] = concurrently("He said", [status(Status::InProgress)], [status(Status::Done)]);
    one.merges(&two);
    let key = RecordKey::Progress(article_id("a"), annotator_id("ana"));
    assert_eq!(one.store.record(&key).map(|record| record.conflicts.len()), Some(1));
    let shown = one.store.status(&article_id("a"), &annotator_id("ana"));
    one.does("ana", status(shown)).expect("the one shown can be chosen too");
    assert_eq!(one.store.record(&key).map(|record| record.conflicts.len()), Some(0));
}

#[test]
fn four_versions_of_a_record_merge_alike_in_any_order() {
    let tabs = ["r1", "r2", "r3", "r4"].map(|replica| {
        let mut tab = Tab::open(picture("[He|speaker#s] said").store(), replica, Skew::Stopped);
        tab.does("ana", if replica == "r3" { delete() } else { note(replica) }).expect("a plan");
        tab
    });
    let records: Vec<Record> = tabs.iter().map(|tab| (**tab.store.record(&key("s")).expect("a record")).clone()).collect();
    let all = records[1..].iter().fold(records[0].clone(), |all, record| merge_records(&all, record));
    assert_eq!(all.conflicts.len(), 3);
    assert_eq!(all.conflicts[2].content, None);
    let backwards = records[..3].iter().rev().fold(records[3].clone(), |all, record| merge_records(record, &all));
    let pairs = merge_records(&merge_records(&records[2], &records[0]), &merge_records(&records[3], &records[1]));
    assert_eq!((&backwards, &pairs), (&all, &all));
}

#[test]
fn a_record_that_arrives_with_dominated_versions_is_put_in_order() {
    let [one, two] = concurrently("[He|speaker#s] said", [note("old")], []);
    let old = two.store.record(&key("s")).expect("a record").current.clone();
    let new = one.store.record(&key("s")).expect("a record").current.clone();
    let untidy = Record { current: old.clone(), conflicts: vec![new.clone()] };
    let (store, _) = empty_store().merge([(key("s"), untidy.into())]);
    assert_eq!(store.record(&key("s")).map(|record| (**record).clone()), Some(Record::single(new)));
}

#[test]
fn header_and_scheme_travel_as_records() {
    let scheme = Scheme { name: "another".into(), ..default_scheme() };
    let edits = vec![Edit::add(Content::Scheme(scheme.into()))];
    let transaction = Transaction { cause: Cause::Import, label: "bring a scheme".into(), article: None, edits };
    let (store, _) = empty_store().apply(&transaction, &stamp("r", 1)).expect("it applies");
    assert_eq!(&*merged(&empty_store(), &store).scheme().name, "another");
    assert_eq!(&*merged(&store, &empty_store()).scheme().name, "another");
}
