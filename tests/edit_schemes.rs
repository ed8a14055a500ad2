//! Changing the scheme: what is renamed keeps its annotations, what is removed is kept, converted or deleted.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use std::rc::Rc;

use common::*;
use standpoint::edit::{Command, Fate, Refusal, check};
use standpoint::format::native;
use standpoint::model::*;

fn changed(change: impl FnOnce(&mut Scheme)) -> Rc<Scheme> {
    let mut scheme = default_scheme();
    change(&mut scheme);
    Rc::new(scheme)
}

fn without(id: &str) -> Rc<Scheme> {
    changed(|scheme| {
        scheme.types.retain(|of| of.id != type_id(id));
        for role in scheme.types.iter_mut().flat_map(|of| &mut of.roles) {
            role.accepts.retain(|accepted| *accepted != type_id(id));
        }
    })
}

fn set(scheme: Rc<Scheme>, fates: &[(&str, Fate)]) -> Command {
    Command::SetScheme { scheme, fates: fates.iter().map(|(id, fate)| (type_id(id), fate.clone())).collect() }
}

/// The article drawn `before` after `command`, which is then taken back and done again.
#[track_caller]
fn becomes(before: &str, command: Command, expected: &str) {
    let mut tab = Tab::open(picture(before).store(), "r", Skew::None);
    let scheme = tab.store.scheme().clone();
    tab.does("bo", command).expect("a plan");
    indices_hold(&tab.store);
    assert_eq!(draw(&tab.store, "ana"), expected);
    tab.undoes();
    assert_eq!((draw(&tab.store, "ana").as_str(), tab.store.scheme()), (before, &scheme));
    tab.redoes();
    assert_eq!(draw(&tab.store, "ana"), expected);
}

const FRAME: &str = "[He|speaker#s] [hailed|stance#t holder:s target:c polarity=favor] [so|claim#c speaker:s quotation=direct]";

#[test]
fn a_new_name_leaves_every_annotation_as_it_is() {
    let renamed = changed(|scheme| {
        scheme.name = "Ours".into();
        scheme.types[2].name = "Assertion".into();
        scheme.types[2].attributes[0].name = "How".into();
        scheme.types[2].roles[0].name = "Said by".into();
    });
    becomes(FRAME, set(renamed.clone(), &[]), FRAME);
    let mut tab = Tab::open(picture(FRAME).store(), "r", Skew::None);
    let step = tab.does("ana", set(renamed.clone(), &[])).expect("a plan");
    assert_eq!((&*step.label, step.edits.len()), ("change the scheme", 1));
    assert_eq!(tab.store.scheme(), &renamed);
    assert_eq!(tab.does("ana", set(renamed, &[])), Err(Refusal::NothingToDo));
}

#[test]
fn the_annotations_of_a_removed_type_are_kept_converted_or_deleted() {
    becomes(FRAME, set(without("claim"), &[]), FRAME);
    becomes(FRAME, set(without("claim"), &[("claim", Fate::Keep)]), FRAME);
    // Links to what is gone go with it, and links to what becomes something else stay where they are accepted.
    becomes(FRAME, set(without("claim"), &[("claim", Fate::Delete)]), "[He|speaker#s] [hailed|stance#t holder:s polarity=favor] so");
    becomes(
        FRAME,
        set(without("claim"), &[("claim", Fate::Convert(type_id("target")))]),
        "[He|speaker#s] [hailed|stance#t holder:s target:c polarity=favor] [so|target#c]",
    );
    becomes(
        FRAME,
        set(without("speaker"), &[("speaker", Fate::Convert(type_id("cue")))]),
        "[He|cue#s] [hailed|stance#t target:c polarity=favor] [so|claim#c quotation=direct]",
    );
    // What both types have is kept.
    becomes(
        "[He|speaker#s] [so|claim#c speaker:s] [no|stance#t holder:s target:c polarity=favor]",
        set(
            changed(|scheme| {
                let mut other = scheme.types[3].clone();
                (other.id, other.name, other.key) = (type_id("opinion"), "Opinion".into(), Some('o'));
                other.roles.remove(0);
                scheme.types[3] = other;
            }),
            &[("stance", Fate::Convert(type_id("opinion")))],
        ),
        "[He|speaker#s] [so|claim#c speaker:s] [no|opinion#t target:c polarity=favor]",
    );
    // A type that stays has no fate.
    becomes(FRAME, set(without("target"), &[("claim", Fate::Delete)]), FRAME);
}

#[test]
fn everybodys_annotations_have_the_same_fate() {
    let store = picture("[He|speaker#s] said [so|claim#c]").by("bo").onto(&picture("[He|speaker#s] said [so|claim#c speaker:s]").store());
    let mut tab = Tab::open(store, "r", Skew::None);
    tab.does("ana", set(without("claim"), &[("claim", Fate::Delete)])).expect("a plan");
    assert_eq!([draw(&tab.store, "ana"), draw(&tab.store, "bo")], ["[He|speaker#s] said so", "[He|speaker#s] said so"]);
}

#[test]
fn a_scheme_that_nobody_could_work_with_is_refused() {
    let refused = |change: fn(&mut Scheme)| check(&changed(change)).expect_err("a fault").to_string();
    assert_eq!(refused(|scheme| scheme.types[0].name = " ".into()), "every type needs a name");
    assert_eq!(refused(|scheme| scheme.types[0].key = Some('c')), "“c” is the key of both “Speaker” and “Claim”");
    assert_eq!(refused(|scheme| scheme.types[0].key = Some('1')), "a type’s key is a letter or a sign, and “1” is none");
    assert_eq!(refused(|scheme| scheme.types[2].roles[0].name = "".into()), "every role of “Claim” needs a name");
    assert_eq!(refused(|scheme| scheme.types[2].attributes[0].name = "".into()), "every attribute of “Claim” needs a name");
    assert_eq!(refused(|scheme| scheme.types[2].roles[0].max = Some(0)), "“Speaker” can’t hold fewer than it needs");
    assert_eq!(refused(|scheme| scheme.types[1].id = scheme.types[0].id.clone()), "two types have the id “speaker”");
    let mut tab = Tab::open(picture(FRAME).store(), "r", Skew::None);
    let into_nothing = set(without("claim"), &[("claim", Fate::Convert(type_id("claim")))]);
    assert_eq!(tab.does("ana", into_nothing), Err(Refusal::UnknownType(type_id("claim"))));
}

#[test]
fn ready_schemes_can_be_worked_with_and_survive_the_file() {
    let schemes = ready_schemes();
    assert_eq!(
        schemes.iter().map(|scheme| &*scheme.name).collect::<Vec<_>>(),
        ["Speakers, claims and stance", "Attribution (PARC)", "Structured sentiment", "Named entities"]
    );
    assert_eq!(schemes[0], default_scheme());
    for scheme in schemes {
        assert_eq!(check(&scheme), Ok(()));
        let accepted = scheme.types.iter().flat_map(|of| &of.roles).flat_map(|role| &role.accepts);
        assert!(accepted.into_iter().all(|accepted| scheme.type_of(accepted).is_some()), "{}", scheme.name);
        let mut tab = Tab::open(picture("He said so").store(), "r", Skew::None);
        let other = changed(|other| other.name = "Other".into());
        tab.does("ana", set(other, &[])).expect("a plan");
        tab.does("ana", set(Rc::new(scheme.clone()), &[])).expect("a plan");
        let read = native::read("p.json", &native::write(&tab.store)).expect("a project");
        assert!(read.issues.is_empty(), "{:?}", read.issues);
        assert_eq!(**read.store.scheme(), scheme);
    }
}
