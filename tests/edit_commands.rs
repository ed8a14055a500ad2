//! What each command does, as pictures of the article before and after it.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::*;
use std::rc::Rc;

use standpoint::edit::{Command, Frame, Place, Refusal, plan};
use standpoint::model::*;
use standpoint::text::Stretch;

/// `ana` does `command` in the article drawn `before`; the article after it.
fn after(before: &str, command: Command) -> Result<String, Refusal> {
    let mut tab = Tab::open(picture(before).store(), "r", Skew::None);
    tab.does("ana", command)?;
    indices_hold(&tab.store);
    Ok(draw(&tab.store, "ana"))
}

#[track_caller]
fn becomes(before: &str, command: Command, expected: &str) {
    assert_eq!(after(before, command).as_deref(), Ok(expected));
}

#[track_caller]
fn refused(before: &str, command: Command, why: Refusal) {
    assert_eq!(after(before, command), Err(why));
}

/// The span that `drawing` shows.
fn span(drawing: &str) -> Span {
    picture(drawing).annotations[0].span().cloned().expect("a span")
}

fn tag(type_name: &str, drawing: &str, fills: Option<(&str, &str)>) -> Command {
    let fills = fills.map(|(id, role)| (annotation_id(id), role_id(role)));
    Command::Tag { type_id: type_id(type_name), span: span(drawing), fills }
}

fn fill(id: &str, role: &str, filler: Filler) -> Command {
    Command::FillRole { annotation: annotation_id(id), role: role_id(role), filler }
}

fn set(id: &str, attribute: &str, value: Option<AttributeValue>) -> Command {
    Command::SetAttribute { annotation: annotation_id(id), attribute: attribute_id(attribute), value }
}

fn retype(id: &str, type_name: &str) -> Command {
    Command::ChangeType { annotation: annotation_id(id), type_id: type_id(type_name) }
}

fn choice(option: &str) -> Option<AttributeValue> {
    Some(AttributeValue::Text(option.into()))
}

fn frame_of(drawing: &str) -> Rc<Frame> {
    Rc::new(Frame::of(picture(drawing).annotations.last().expect("an annotation")))
}

fn alike(frame: &str, drawings: &[&str]) -> Command {
    let places = drawings.iter().map(|drawing| Place { article: article_id("a"), span: span(drawing) }).collect();
    Command::TagAlike { frame: frame_of(frame), places, origin: OriginKind::Manual }
}

#[test]
fn places_are_tagged_alike_in_one_step_and_none_twice() {
    let claim = "[He|speaker#s] said [so|claim#c speaker:s]";
    // A place named twice or tagged so already is passed over.
    becomes(
        "[He|speaker#s] said [so|claim#c speaker:s]",
        alike(claim, &["He [said|x] so", "He [said|x] so", "He said [so|x]"]),
        "[He|speaker#s] [said|claim#new speaker:s] [so|claim#c speaker:s]",
    );
    refused(claim, alike(claim, &["He said [so|x]"]), Refusal::AlreadyTagged(annotation_id("c")));
    refused("He said so", alike("He said so [longer|claim#c]", &["He said so [longer|x]"]), Refusal::SpanOutOfText);
    // A filler that is not there is left out.
    becomes("He said so", alike(claim, &["He said [so|x]"]), "He said [so|claim#new]");
    let give = |id: &str| Command::GiveFrame { annotation: annotation_id(id), frame: frame_of(claim) };
    becomes(
        "[He|speaker#s] [said|claim#d] [so|claim#c speaker:s]",
        give("d"),
        "[He|speaker#s] [said|claim#d speaker:s] [so|claim#c speaker:s]",
    );
    refused(claim, give("c"), Refusal::NothingToDo);
    refused(claim, give("s"), Refusal::OtherType { is: "speaker".into(), frame: "claim".into() });
}

#[test]
fn tagging_and_filling_a_role_in_one_step() {
    let fills = Some(("c", "speaker"));
    becomes("He said [so|claim#c]", tag("speaker", "[He|x] said", fills), "[He|speaker#new] said [so|claim#c speaker:new]");
    becomes("a [b|cue#q] c", tag("claim", "[a b c|x]", None), "[a [b|cue#q] c|claim#new]");
    becomes("a b c", tag("claim", "[a|x] b [c|x]", None), "[a|claim#new] b [c|claim#new]");
    refused("[He|speaker#s] said", tag("speaker", "[He|x] said", None), Refusal::AlreadyTagged(annotation_id("s")));
    refused("He said", tag("speaker", "He said [so|x]", None), Refusal::SpanOutOfText);
    refused("He said", tag("bogus", "[He|x]", None), Refusal::UnknownType(type_id("bogus")));
    let not_accepted = Refusal::NotAccepted { role: "speaker".into(), filler: "cue".into() };
    refused("He said [so|claim#c]", tag("cue", "He [said|x]", fills), not_accepted);
}

#[test]
fn the_first_tag_puts_an_article_in_progress_and_the_second_does_not() {
    let mut tab = Tab::open(picture("He said so").store(), "r", Skew::None);
    let status = |tab: &Tab| tab.store.status(&article_id("a"), &annotator_id("ana"));
    tab.does("ana", tag("speaker", "[He|x]", None)).expect("a plan");
    assert_eq!(status(&tab), Status::InProgress);
    tab.does("ana", Command::SetStatus { status: Status::Done }).expect("a plan");
    tab.does("ana", tag("cue", "[He said|x]", None)).expect("a plan");
    assert_eq!(status(&tab), Status::Done);
    for expected in [Status::Done, Status::InProgress, Status::New] {
        tab.undoes();
        assert_eq!(status(&tab), expected);
    }
}

#[test]
fn a_role_for_one_changes_its_filler_and_a_role_for_many_adds_one() {
    let stance = "[He|speaker#a], [she|speaker#b] [hailed|stance#t holder:a]";
    becomes(stance, fill("t", "holder", named("b")), "[He|speaker#a], [she|speaker#b] [hailed|stance#t holder:b]");
    becomes(
        stance,
        fill("t", "holder", Filler::Entity(EntityId::author())),
        "[He|speaker#a], [she|speaker#b] [hailed|stance#t holder:@author]",
    );
    let claim = "[He|speaker#a], [she|speaker#b]: [so|claim#c speaker:a]";
    becomes(claim, fill("c", "speaker", named("b")), "[He|speaker#a], [she|speaker#b]: [so|claim#c speaker:a speaker:b]");
    refused(claim, fill("c", "speaker", named("a")), Refusal::NothingToDo);
    refused(claim, fill("c", "disputes", named("c")), Refusal::SelfReference);
    refused(claim, fill("c", "speaker", named("nobody")), Refusal::UnknownAnnotation);
    refused(claim, fill("c", "speaker", Filler::Entity(entity_id("nobody"))), Refusal::UnknownEntity);
    refused(claim, fill("c", "holder", named("a")), Refusal::UnknownPart { of: "claim".into(), name: "holder".into() });
    refused(
        claim,
        fill("c", "cue", Filler::Entity(EntityId::author())),
        Refusal::NotAccepted { role: "cue".into(), filler: "entity".into() },
    );
}

#[test]
fn claims_may_support_each_other_in_a_circle() {
    becomes("[a|claim#a supports:b] [b|claim#b]", fill("b", "supports", named("a")), "[a|claim#a supports:b] [b|claim#b supports:a]");
}

#[test]
fn an_attribute_takes_values_of_its_kind_alone() {
    becomes("[so|claim#c]", set("c", "quotation", choice("direct")), "[so|claim#c quotation=direct]");
    becomes("[so|claim#c quotation=direct]", set("c", "quotation", None), "[so|claim#c]");
    refused("[so|claim#c quotation=direct]", set("c", "quotation", choice("direct")), Refusal::NothingToDo);
    let unknown = |name: &str| Refusal::UnknownPart { of: "quotation".into(), name: name.into() };
    refused("[so|claim#c]", set("c", "quotation", choice("loud")), unknown("loud"));
    refused("[so|claim#c]", set("c", "quotation", Some(AttributeValue::Number(3.into()))), unknown("3"));
    refused("[so|claim#c]", set("c", "polarity", choice("favor")), Refusal::UnknownPart { of: "claim".into(), name: "polarity".into() });
}

#[test]
fn deleting_takes_a_filler_out_of_every_role() {
    let before = "[He|speaker#s]: [a|claim#a speaker:s supports:b], [b|claim#b speaker:s supports:a], [c|stance#t holder:s target:a]";
    becomes(
        before,
        Command::Delete { annotation: annotation_id("s") },
        "He: [a|claim#a supports:b], [b|claim#b supports:a], [c|stance#t target:a]",
    );
    becomes(before, Command::Delete { annotation: annotation_id("a") }, "[He|speaker#s]: a, [b|claim#b speaker:s], [c|stance#t holder:s]");
}

#[test]
fn another_type_keeps_what_it_has_too_and_roles_let_go_of_what_they_do_not_take() {
    becomes("[He|speaker#s form=pronoun]: [so|claim#c speaker:s]", retype("s", "cue"), "[He|cue#s]: [so|claim#c]");
    becomes(
        "[He|speaker#s form=pronoun]: [so|claim#c speaker:s], [x|stance#t target:s]",
        retype("s", "target"),
        "[He|target#s]: [so|claim#c], [x|stance#t target:s]",
    );
    becomes("[He|speaker#s]: [so|claim#c speaker:s quotation=direct]", retype("c", "stance"), "[He|speaker#s]: [so|stance#c]");
    refused("[so|claim#c]", retype("c", "claim"), Refusal::NothingToDo);
}

#[test]
fn fragments_come_and_go_and_roles_stay() {
    let stretch = |drawing: &str| span(drawing).hull();
    let id = || annotation_id("c");
    let add = |drawing: &str| Command::AddStretch { annotation: id(), stretch: stretch(drawing) };
    let cut = |drawing: &str| Command::CutStretch { annotation: id(), stretch: stretch(drawing) };
    let one = "[a|cue#q] [b|claim#c cue:q] c d";
    becomes(one, add("a b c [d|x]"), "[a|cue#q] [b|claim#c cue:q] c [d|claim#c]");
    becomes(one, add("a b[ c|x]"), "[a|cue#q] [b c|claim#c cue:q] d");
    becomes("[a b c|claim#c]", cut("a[ b |x]c"), "[a|claim#c] b [c|claim#c]");
    refused(one, cut("[a b|x]"), Refusal::NothingLeft);
    refused(one, cut("[a|x]"), Refusal::NothingToDo);
    refused(one, add("a b c d[ e|x]"), Refusal::SpanOutOfText);
    becomes(one, Command::SetSpan { annotation: id(), span: span("a b [c d|x]") }, "[a|cue#q] b [c d|claim#c cue:q]");
}

#[test]
fn emoji_and_combining_marks_count_as_code_points() {
    becomes("👩‍👩‍👧‍👦 [said|cue#q] e\u{301}", tag("speaker", "[👩‍👩‍👧‍👦|x] said", None), "[👩‍👩‍👧‍👦|speaker#new] [said|cue#q] e\u{301}");
    refused("👩‍👩‍👧‍👦", Command::SetSpan { annotation: annotation_id("nobody"), span: span("[a|x]") }, Refusal::UnknownAnnotation);
}

#[test]
fn an_orphan_is_placed_by_its_first_stretch() {
    let picture = picture("He said [so|claim#c]");
    let lost = LostFragment { start: 90, end: 92, text: "so".into() };
    let orphan = Anchor::Orphan(Orphan { fragments: vec![lost], prefix: "".into(), suffix: "".into() });
    let orphaned = Picture { annotations: vec![Annotation { anchor: orphan, ..picture.annotations[0].clone() }], ..picture };
    let mut tab = Tab::open(orphaned.store(), "r", Skew::None);
    indices_hold(&tab.store);
    let stretch = Stretch::of(8, 10).expect("a stretch");
    let cut = Command::CutStretch { annotation: annotation_id("c"), stretch };
    assert_eq!(tab.does("ana", cut), Err(Refusal::NothingLeft));
    tab.does("ana", Command::AddStretch { annotation: annotation_id("c"), stretch }).expect("a plan");
    assert_eq!(draw(&tab.store, "ana"), "He said [so|claim#c]");
}

#[test]
fn another_annotators_work_is_read_only_and_can_be_copied_with_what_it_leads_to() {
    let theirs = "[He|speaker#s] [said|cue#q] [so|claim#c speaker:s speaker:@author cue:q]";
    let store = picture(theirs).by("bo").onto(&picture("[He|speaker#mine] said so").store());
    let mut tab = Tab::open(store, "r", Skew::None);
    let delete = Command::Delete { annotation: annotation_id("c") };
    assert_eq!(tab.does("ana", delete), Err(Refusal::NotYours));
    let copy = |id: &str, from: &str| Command::CopyToMine { annotation: annotation_id(id), from: annotator_id(from) };
    tab.does("ana", copy("c", "bo")).expect("a plan");
    assert_eq!(draw(&tab.store, "ana"), "[He|speaker#mine] [said|cue#new] [so|claim#new cue:new speaker:mine speaker:@author]");
    assert_eq!(tab.store.status(&article_id("a"), &annotator_id("ana")), Status::InProgress);
    assert_eq!(draw(&tab.store, "bo"), picture_again(theirs));
    assert_eq!(tab.does("ana", copy("s", "bo")), Err(Refusal::AlreadyTagged(annotation_id("mine"))));
    assert_eq!(tab.does("ana", copy("c", "nobody")), Err(Refusal::UnknownAnnotation));
    assert_eq!(tab.does("ana", copy("mine", "ana")), Err(Refusal::NothingToDo));
}

fn picture_again(drawing: &str) -> String {
    draw(&picture(drawing).store(), "ana")
}

#[test]
fn a_copy_leaves_out_what_is_missing_and_what_comes_to_the_same_twice() {
    let theirs = "[He|speaker#s], [x|claim#c speaker:s speaker:twin speaker:missing supports:c]";
    let mut picture = picture(theirs).by("bo");
    picture.annotations.push(Annotation { id: annotation_id("twin"), ..picture.annotations[0].clone() });
    let mut tab = Tab::open(picture.onto(&common::picture("[He|speaker#mine], x").store()), "r", Skew::None);
    tab.does("ana", Command::CopyToMine { annotation: annotation_id("c"), from: annotator_id("bo") }).expect("a plan");
    assert_eq!(draw(&tab.store, "ana"), "[He|speaker#mine], [x|claim#new speaker:mine]");
}

#[test]
fn a_new_entity_is_tied_in_the_same_step() {
    let mut tab = Tab::open(picture("[He|speaker#s] [said|cue#q]").store(), "r", Skew::None);
    let new = |id: &str, name: &str| Command::NewEntity { annotation: annotation_id(id), name: name.into(), kind: EntityKind::Person };
    tab.does("ana", new("s", " Ebrahim Raisi ")).expect("a plan");
    let entity = tab.store.entities().next().expect("an entity").clone();
    assert_eq!(&*entity.name, "Ebrahim Raisi");
    let tied = |tab: &Tab| {
        tab.store.annotation(&article_id("a"), &annotator_id("ana"), &annotation_id("s")).and_then(|found| found.entity.clone())
    };
    assert_eq!(tied(&tab), Some(entity.id.clone()));
    assert_eq!(tab.does("ana", new("s", "  ")), Err(Refusal::NoName));
    assert_eq!(tab.does("ana", new("q", "Raisi")), Err(Refusal::NoEntity("cue".into())));
    let tie = |entity: Option<EntityId>| Command::TieEntity { annotation: annotation_id("s"), entity };
    assert_eq!(tab.does("ana", tie(Some(entity.id.clone()))), Err(Refusal::NothingToDo));
    assert_eq!(tab.does("ana", tie(Some(entity_id("nobody")))), Err(Refusal::UnknownEntity));
    tab.does("ana", tie(None)).expect("a plan");
    assert_eq!(tied(&tab), None);
}

#[test]
fn a_layer_goes_as_a_whole_and_leaves_the_others() {
    let drawing = "[He|speaker#s] said [so|claim#c speaker:s]";
    let mut tab = Tab::open(picture(drawing).by("bo").onto(&picture(drawing).store()), "r", Skew::None);
    tab.does("bo", Command::SetStatus { status: Status::Done }).expect("a plan");
    let shown = live_contents(&tab.store);
    tab.does("ana", Command::RemoveLayer { annotator: annotator_id("bo") }).expect("a plan");
    assert_eq!((draw(&tab.store, "bo"), draw(&tab.store, "ana")), ("He said so".into(), drawing.into()));
    assert_eq!(tab.store.status(&article_id("a"), &annotator_id("bo")), Status::New);
    tab.undoes();
    assert_eq!(live_contents(&tab.store), shown);
}

#[test]
fn articles_that_are_here_are_not_added_again() {
    let mut tab = Tab::open(picture("He said").store(), "r", Skew::None);
    let add = |ids: &[&str]| Command::AddArticles { articles: ids.iter().map(|id| Rc::new(article(id, "Another text."))).collect() };
    assert_eq!(tab.does("ana", add(&["a"])), Err(Refusal::ArticlesHere));
    let step = tab.does("ana", add(&["a", "b", "b"])).expect("a plan");
    assert_eq!(step.edits.len(), 1);
    assert_eq!(tab.store.article(&article_id("a")).expect("article a").text.as_str(), "He said");
    assert_eq!(&*step.label, "add an article");
}

#[test]
fn without_an_open_article_nothing_is_tagged() {
    let closed = standpoint::edit::Context { article: None, ..context("ana") };
    let answer = plan(&picture("He said").store(), &closed, &tag("speaker", "[He|x]", None));
    assert_eq!(answer, Err(Refusal::NoArticle));
}

#[test]
fn pictures_are_drawn_as_they_were_read() {
    for drawing in ["[[a|speaker#s] [b|claim#c speaker:s] c|stance#t holder:s polarity=mixed]", "[a|claim#c] b [c|claim#c]"] {
        assert_eq!(picture_again(drawing), drawing);
    }
}
