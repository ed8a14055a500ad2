//! A project's title, and a copy of a whole project.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::*;
use standpoint::edit::{AnnotationStore, Command, Refusal, title_of_copy};
use standpoint::model::*;

fn sample() -> AnnotationStore {
    standpoint::format::native::read("project.json", include_str!("../static/project.json")).expect("the sample").store
}

fn rename(title: &str) -> Command {
    Command::RenameProject { title: title.to_owned() }
}

fn project_id(id: &str) -> ProjectId {
    ProjectId::new(id).expect("an id")
}

#[test]
fn a_project_is_renamed_and_its_title_comes_back() {
    let mut tab = Tab::open(sample(), "r", Skew::None);
    let before = tab.store.header().clone();
    let step = tab.does("ana", rename("  A survey, الصحافة 📰 ")).expect("a plan");
    assert_eq!(&*step.label, "rename the project");
    assert_eq!(&*tab.store.header().title, "A survey, الصحافة 📰");
    assert_eq!((&tab.store.header().id, &tab.store.header().guidelines), (&before.id, &before.guidelines));
    tab.undoes();
    assert_eq!(*tab.store.header(), before);
    tab.redoes();
    assert_eq!(&*tab.store.header().title, "A survey, الصحافة 📰");
}

#[test]
fn guidelines_are_written_key_by_key_and_taken_back_as_one() {
    let write = |guidelines: &str| Command::SetGuidelines { guidelines: guidelines.to_owned() };
    let mut tab = Tab::open(sample(), "r", Skew::None);
    let before = tab.store.header().clone();
    assert_eq!(tab.does("ana", write(&before.guidelines)), Err(Refusal::NothingToDo));
    tab.does("ana", write("# Cl")).expect("a plan");
    let step = tab.does("ana", write("# Claim 📰\n")).expect("a plan");
    assert_eq!(&*step.label, "write the guidelines");
    assert_eq!(**tab.store.header(), ProjectHeader { guidelines: "# Claim 📰\n".into(), ..(*before).clone() });
    // None at all is right, too.
    tab.does("ana", write("")).expect("a plan");
    assert_eq!(&*tab.store.header().guidelines, "");
    for _ in 0..3 {
        tab.undoes();
    }
    assert_eq!(*tab.store.header(), before);
}

#[test]
fn no_title_and_the_same_title_are_refused() {
    let mut tab = Tab::open(sample(), "r", Skew::None);
    let title = tab.store.header().title.to_string();
    assert_eq!(tab.does("ana", rename(" \n")), Err(Refusal::NoName));
    assert_eq!(tab.does("ana", rename(&format!(" {title} "))), Err(Refusal::NothingToDo));
}

#[test]
fn a_project_without_a_header_goes_by_its_id_again_when_its_new_title_is_undone() {
    let header = ProjectHeader::untitled(project_id("lost-header"));
    let mut tab = Tab::open(AnnotationStore::empty(header.clone(), default_scheme()), "r", Skew::None);
    tab.does("ana", rename("Found")).expect("a plan");
    assert_eq!(&*tab.store.header().title, "Found");
    tab.undoes();
    assert_eq!(**tab.store.header(), header);
}

#[test]
fn titles_given_in_two_copies_are_both_kept_and_a_third_rivals_neither_away() {
    let mut one = Tab::open(sample(), "r", Skew::None);
    let mut other = one.fork("s", Skew::None);
    one.does("ana", rename("One")).expect("a plan");
    other.does("ana", rename("Other")).expect("a plan");
    one.merges(&other);
    let versions = |tab: &Tab| tab.store.record(&RecordKey::Project).expect("a header").versions().count();
    assert_eq!(versions(&one), 2);
    one.does("ana", rename("Third")).expect("a plan");
    assert_eq!((&*one.store.header().title, versions(&one)), ("Third", 2));
}

#[test]
fn titles_under_one_number_can_still_be_renamed() {
    let mut one = Tab::open(sample(), "r", Skew::None);
    let mut twin = one.fork("r", Skew::None);
    one.does("ana", rename("One")).expect("a plan");
    twin.does("ana", rename("Twin")).expect("a plan");
    one.merges(&twin);
    one.does("ana", rename("Settled")).expect("a plan");
    assert_eq!(&*one.store.header().title, "Settled");
}

#[test]
fn a_copy_holds_all_records_under_a_name_of_its_own() {
    let store = sample();
    let copy = store.copied(project_id("copy"), "Copy of it", &stamp("r", 900));
    assert_eq!((copy.header().id.as_str(), &*copy.header().title), ("copy", "Copy of it"));
    assert_eq!(copy.header().guidelines, store.header().guidelines);
    assert_eq!(copy.article_ids(), store.article_ids());
    let (mut ours, mut theirs) = (records(&store), records(&copy));
    let (before, after) = (ours.remove(&RecordKey::Project).expect("a header"), theirs.remove(&RecordKey::Project).expect("a header"));
    assert_eq!(ours, theirs);
    assert_eq!(after.current.version.compare(&before.current.version), VersionOrder::Newer);
    indices_hold(&copy);
    // Changing the copy leaves the original alone, and it can be written and read like any project.
    let file = standpoint::format::native::write(&copy);
    assert_eq!(standpoint::format::native::read("copy.json", &file).expect("a project").store, copy);
}

#[test]
fn copies_have_titles_of_their_own() {
    assert_eq!(title_of_copy("A", &["A"]), "Copy of A");
    assert_eq!(title_of_copy("A", &["A", "Copy of A", "Copy of A (2)"]), "Copy of A (3)");
}
