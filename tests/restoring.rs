//! What restoring a backup would do, and that a decision on one file is not pushed aside by another.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::rc::Rc;

use common::*;
use standpoint::edit::{AnnotationStore, Command, Fresh, RestorePoint};
use standpoint::format::{backup, stored};
use standpoint::model::*;
use standpoint::session::*;

/// A backup of this tab's project alone, as it would be read from its file.
fn backed_up(tab: &Tab) -> AnnotationStore {
    let project = &tab.store.header().id;
    let row = |(key, record): (RecordKey, &Rc<Record>)| (stored::Place::Record(key.clone()).key(project), stored::write_one(&key, record));
    let rows: Vec<stored::Row> = tab.store.all_records().map(row).collect();
    let json = backup::write(&instant(1), &rows);
    assert!(backup::is_backup(&json));
    let mut read = backup::read("backup.json", &json).expect("a backup");
    read.projects.pop().expect("a project").store
}

#[test]
fn the_preview_counts_what_comes_changes_and_goes() {
    let mut here = Tab::open(picture("[He|speaker#s] said [so|claim#c], [she|speaker#t]").store(), "r", Skew::None);
    let mut there = here.fork("s", Skew::None);
    assert_eq!(Returning::of(backed_up(&there), Vec::new(), None).effect, Effect::New);
    assert_eq!(Returning::of(backed_up(&there), Vec::new(), Some(&here.store)).effect, Effect::Nothing);
    there.does("ana", Command::SetNote { annotation: annotation_id("c"), note: "a remark".into() }).expect("a plan");
    there.does("ana", Command::Delete { annotation: annotation_id("t") }).expect("a plan");
    there.does("bo", Command::RenameAnnotator { name: "Bo".into() }).expect("a plan");
    let returning = Returning::of(backed_up(&there), Vec::new(), Some(&here.store));
    assert_eq!(returning.effect, Effect::Changes { added: 1, changed: 1, removed: 1 });
    assert_eq!((returning.articles, returning.annotations), (1, 2));
    // What is newer here stays, and is no change.
    here.merges(&there);
    here.does("ana", Command::SetNote { annotation: annotation_id("c"), note: "another".into() }).expect("a plan");
    assert_eq!(Returning::of(backed_up(&there), Vec::new(), Some(&here.store)).effect, Effect::Nothing);
}

#[test]
fn decisions_queue_and_nothing_else_pushes_them_aside() {
    let store = picture("He said so").store();
    let act =
        |state: &Rc<State>, action: Action| update(state, action, &Moment { now: instant(1), fresh: Fresh { millis: 0, entropy: 0 } });
    let state = Rc::new(State::new(store.clone(), Replica::new("r").expect("an id"), annotator_id("ana")));
    let restore = |file: &str| {
        let projects = vec![Returning::of(store.clone(), Vec::new(), None)];
        Dialog::Restore(Rc::new(Restoring { file: file.into(), made: None, projects, unreadable: 0 }))
    };
    let review = Rc::new(Review {
        file: "project.json".into(),
        project: store.clone(),
        issues: Vec::new(),
        elsewhere: standpoint::session::Elsewhere::default(),
    });
    let state = act(&state, Action::Dialog(Some(Dialog::Storage)));
    let state = act(&state, Action::Dialog(Some(restore("one"))));
    assert_eq!(state.dialog, Some(restore("one")), "storage gives way");
    let state = act(&state, Action::Dialog(Some(Dialog::Projects)));
    let state = act(&state, Action::Review(review.clone()));
    let state = act(&state, Action::Dialog(Some(restore("two"))));
    let mut shown = Vec::new();
    let mut state = state;
    while let Some(dialog) = state.dialog.clone() {
        shown.push(dialog);
        state = act(&state, Action::Dialog(None));
    }
    assert_eq!(shown, [restore("one"), Dialog::Review(review), restore("two")]);
}

#[test]
fn a_scheme_that_a_merge_brought_goes_with_it() {
    let store = picture("[He|speaker#s] said so").store();
    assert!(store.record(&RecordKey::Scheme).is_none());
    let scheme = Scheme { name: "Another".into(), ..default_scheme() };
    let content = Content::Scheme(Rc::new(scheme.clone()));
    let version = Version::default().advanced(&Replica::new("r").expect("an id"), 9);
    let record = Record::single(Versioned { content: Some(content.clone()), created: instant(1), modified: instant(1), version });
    let (merged, changed) = store.merge([(content.key(), Rc::new(record))]);
    assert_eq!(**merged.scheme(), scheme);
    let point = RestorePoint::between(&store, &merged, &changed, instant(2), "a file".into());
    let back = merged.take_back(&point).store;
    assert!(back.record(&RecordKey::Scheme).is_none());
    assert_eq!(**back.scheme(), default_scheme(), "as it is read again");
}
