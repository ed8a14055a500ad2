//! What eight hours at the desk are made of: small steps that should lead where one thinks.

use standpoint::model::*;
use standpoint::session::*;

use crate::desk::{Desk, role};

fn id(text: &str) -> EntityId {
    EntityId::new(text).expect("an id")
}

fn tie(desk: &mut Desk, mention: &AnnotationId, entity: &str) {
    desk.act(Action::Run(standpoint::edit::Command::TieEntity { annotation: mention.clone(), entity: Some(id(entity)) }));
}

#[test]
fn what_a_cut_leaves_has_no_loose_edges() {
    let mut desk = Desk::open("seed-a");
    desk.tag("The resistance’s unity and support for the Islamic Jihad", "claim");
    desk.press("Escape");
    let middle = desk.words("unity");
    desk.act(Action::Select(Some(middle)));
    desk.press("-");
    assert_eq!(desk.quotes(), ["claim: The resistance’s … and support for the Islamic Jihad"]);
    desk.press("Ctrl+z");
    // A comma at the cut goes with it; letters that were cut exactly stay cut.
    desk.act(Action::Focus(None));
    desk.tag("Haniyeh, for his part, recognized", "claim");
    desk.press("Escape");
    let aside = desk.words("for his part");
    desk.act(Action::Select(Some(aside)));
    desk.press("-");
    assert!(desk.quotes().contains(&"claim: Haniyeh … recognized".to_owned()), "{:?}", desk.quotes());
    let letters = desk.words("cogni");
    desk.act(Action::SelectExactly(letters));
    desk.press("-");
    assert!(desk.quotes().contains(&"claim: Haniyeh … re … zed".to_owned()), "{:?}", desk.quotes());
}

#[test]
fn a_filled_role_is_asked_for_again_and_emptied_by_keys() {
    let mut desk = Desk::open("seed-a");
    desk.press("r");
    assert_eq!(&*desk.state.status, "choose an annotation first");
    desk.tag("Haniyeh", "speaker");
    let other = desk.tag("Ahmadian", "speaker");
    desk.tag("outstanding", "stance");
    desk.act(Action::Fill(Filler::Annotation(other)));
    desk.press("Escape r");
    assert_eq!(desk.state.filling.as_ref().map(|filling| filling.role.to_string()), Some("holder".to_owned()));
    desk.press("Enter");
    assert_eq!(role(&desk.focused(), "holder").len(), 1, "another in its place");
    desk.press("Escape r Backspace");
    assert!(role(&desk.focused(), "holder").is_empty());
    desk.press("r");
    assert_eq!(desk.state.filling.as_ref().map(|filling| filling.role.to_string()), Some("target".to_owned()));
    desk.press("r");
    assert_eq!(desk.state.filling.as_ref().map(|filling| filling.role.to_string()), Some("holder".to_owned()), "and around");
    desk.press("Ctrl+z");
    assert_eq!(role(&desk.focused(), "holder").len(), 1, "emptying is a step");
}

#[test]
fn a_stance_is_about_the_target_tagged_for_it_and_not_about_the_claim_that_it_lies_in() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Iran’s outstanding contribution to fostering cooperation", "claim");
    desk.press("Escape");
    let used = desk.tag("cooperation", "target");
    let about = desk.tag("contribution", "target");
    let far = desk.tag("normalization", "target");
    desk.tag("outstanding", "stance");
    desk.press("Escape");
    let stance = desk.focused().id.clone();
    desk.act(Action::AskRole(stance.clone(), RoleId::new("target").expect("an id")));
    let order = |desk: &Desk| -> Vec<Filler> {
        let filling = desk.state.filling.as_ref().expect("it asks");
        filling
            .candidates
            .iter()
            .filter(|candidate| matches!(candidate.filler, Filler::Annotation(_)))
            .map(|candidate| candidate.filler.clone())
            .collect()
    };
    let found = order(&desk);
    assert_eq!(found[..3], [&about, &used, &far].map(|id| Filler::Annotation(id.clone())));
    let claim = desk.own().iter().find(|annotation| annotation.type_id.as_str() == "claim").expect("the claim").id.clone();
    assert_eq!(found.last(), Some(&Filler::Annotation(claim)), "the claim around it comes last");
    // What another stance is about comes behind what nothing is about yet.
    desk.act(Action::Fill(Filler::Annotation(about.clone())));
    desk.press("Escape");
    desk.tag("fostering", "stance");
    let second = desk.focused().id.clone();
    desk.act(Action::AskRole(second, RoleId::new("target").expect("an id")));
    let found = order(&desk);
    assert_eq!(found[0], Filler::Annotation(used));
    assert!(
        found.iter().position(|filler| *filler == Filler::Annotation(far.clone()))
            < found.iter().position(|filler| *filler == Filler::Annotation(about.clone()))
    );
}

#[test]
fn two_that_begin_with_one_word_both_show_their_letters() {
    let mut desk = Desk::open("seed-a");
    desk.tag("outstanding contribution", "claim");
    desk.press("Escape");
    desk.tag("outstanding", "target");
    desk.tag("recognized", "stance");
    desk.act(Action::AskRole(desk.focused().id.clone(), RoleId::new("target").expect("an id")));
    let hints: Vec<String> = desk
        .state
        .page
        .blocks
        .iter()
        .flat_map(|block| &block.segments)
        .filter_map(|segment| Some(segment.hint.as_ref()?.to_string()))
        .collect();
    let filling = desk.state.filling.clone().expect("it asks");
    let own: Vec<&str> = filling.annotation_hints().map(|(_, hint)| &**hint).collect();
    let both = hints.iter().find(|hints| hints.contains(' ')).unwrap_or_else(|| panic!("{hints:?}"));
    assert!(both.split(' ').count() == 2 && both.split(' ').all(|hint| own.contains(&hint)), "{both:?} of {own:?}");
}

#[test]
fn whoever_spoke_last_is_meant_before_what_was_talked_about() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Ali Akbar Ahmadian", "speaker");
    tie(&mut desk, &speaker, "ahmadian");
    let target = desk.tag("the Zionist regime, Ahmadian", "target");
    tie(&mut desk, &target, "israel");
    desk.tag("He", "speaker");
    let question = who(&desk.state, &desk.focused());
    assert_eq!(question.choices[0].id, id("ahmadian"), "{:?}", question.choices);
    assert_eq!(question.kind, EntityKind::Person);
    desk.tag("Saif Al Quds battle", "target");
    let question = who(&desk.state, &desk.focused());
    assert_eq!(question.kind, EntityKind::Other);
    desk.tag("Iran’s", "speaker");
    assert_eq!(&*who(&desk.state, &desk.focused()).name, "Iran");
}

#[test]
fn on_a_claim_it_is_the_speaker_who_is_asked_for() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Haniyeh", "speaker");
    desk.tag("Iran’s outstanding contribution", "claim");
    desk.press("Enter Escape e");
    assert_eq!(desk.state.dialog, Some(Dialog::Who(speaker.clone())));
    desk.act(Action::Dialog(None));
    assert_eq!(desk.focused().type_id.as_str(), "claim", "which stays in hand");
    desk.tag("fostering", "claim");
    desk.press("Escape e");
    assert_eq!(desk.state.dialog, None);
    assert!(desk.state.notices.last().is_some_and(|notice| notice.text.contains("Nobody to name")), "{:?}", desk.state.notices);
}

#[test]
fn why_something_was_not_done_is_said_until_the_next_thing_is() {
    let mut desk = Desk::open("seed-a");
    desk.press("y");
    assert!(desk.state.notices.iter().any(|notice| notice.tone == Tone::Refused));
    desk.act(Action::Hover(None));
    assert_eq!(desk.state.notices.len(), 1, "the pointer passes by");
    desk.press("ArrowRight");
    assert!(desk.state.notices.is_empty());
    desk.act(Action::Say(Notice::failed("the disk is full")));
    desk.press("ArrowRight Escape");
    assert_eq!(desk.state.notices.len(), 1, "what is wrong stays");
}

#[test]
fn the_cursor_goes_where_a_click_in_a_list_or_an_undo_leads() {
    let mut desk = Desk::open("seed-a");
    let first = desk.tag("Haniyeh", "speaker");
    desk.tag("normalization", "speaker");
    desk.act(Action::Focus(Some(first.clone())));
    assert_eq!(desk.state.cursor, Some(desk.words("Haniyeh")));
    desk.act(Action::Run(standpoint::edit::Command::Delete { annotation: first }));
    desk.act(Action::PutCursor(standpoint::text::Offset::default()));
    desk.press("Ctrl+z");
    assert_eq!(desk.state.cursor, Some(desk.words("Haniyeh")), "what came back");
    desk.press("Ctrl+z");
    assert_eq!(desk.state.cursor, Some(desk.words("normalization")), "what went");
}

#[test]
fn going_around_is_said() {
    let mut desk = Desk::open("seed-a");
    let count = desk.state.lists.len(ListName::All);
    for _ in 0..count {
        desk.press("j");
        assert_ne!(&*desk.state.status, "all around, and on from there");
    }
    desk.press("j");
    assert_eq!(&*desk.state.status, "all around, and on from there");
    desk.press("k");
    assert_eq!(&*desk.state.status, "all around, and on from there");
}

#[test]
fn keys_that_need_something_in_hand_say_so() {
    for keys in ["1", "["] {
        let mut desk = Desk::open("seed-a");
        desk.press(keys);
        assert_eq!(&*desk.state.status, "choose an annotation first", "{keys}");
    }
    let mut desk = Desk::open("seed-a");
    desk.tag("has noted", "cue");
    desk.press("1");
    assert_eq!(&*desk.state.status, "there is nothing to choose of this");
}

#[test]
fn a_word_is_gone_to_again_and_marks_are_no_words() {
    let mut desk = Desk::open("seed-a");
    desk.press(";");
    assert_eq!(&*desk.state.status, "no word was named by its letters yet");
    desk.press("f h a");
    let first = desk.state.cursor;
    desk.press(";");
    assert_ne!(desk.state.cursor, first);
    let text = desk.state.open_article().expect("open").text.clone();
    for place in [first, desk.state.cursor] {
        assert!(text.slice(place.expect("a cursor")).expect("words").to_lowercase().starts_with("ha"));
    }
    let comma = desk.words(", for his part").start();
    desk.act(Action::PutCursor(comma));
    desk.press("c");
    assert!(desk.own().is_empty() && desk.state.status.contains("no word"), "{:?}", desk.quotes());
    desk.act(Action::SelectExactly(standpoint::text::Stretch::new(comma, comma + 1).expect("a comma")));
    desk.press("c");
    assert_eq!(desk.quotes(), ["claim: ,"]);
}

#[test]
fn a_description_says_who_somebody_is() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Iran’s new Secretary of Supreme National Security Council (SNSC)", "speaker");
    tie(&mut desk, &speaker, "ahmadian");
    let portrait = standpoint::edit::Portrait {
        name: "Ali Akbar Ahmadian".into(),
        kind: EntityKind::Person,
        aliases: vec![],
        description: "Secretary of Supreme National Security Council".into(),
        wikidata: String::new(),
    };
    desk.act(Action::Run(standpoint::edit::Command::Describe { entity: id("ahmadian"), portrait }));
    desk.act(Action::Focus(Some(speaker)));
    let question = who(&desk.state, &desk.focused());
    assert!(matches!(question.choices[0].why, Why::Named(_)) && question.choices[0].id == id("ahmadian"), "{:?}", question.choices[0]);
}

#[test]
fn another_s_work_is_hidden_by_a_command() {
    let mut desk = Desk::open("seed-a");
    let example = AnnotatorId::new("example").expect("an id");
    let view = intent_view(&desk.state, Intent::ToggleLayer(example.clone()));
    assert_eq!(&*view.label, "Hide the work of Worked example");
    desk.act(view.intent.action(&desk.state).expect("the desk’s"));
    assert!(desk.state.hidden.contains(&example));
    assert_eq!(&*intent_view(&desk.state, Intent::ToggleLayer(example)).label, "Show the work of Worked example");
}

#[test]
fn home_and_end_lead_to_the_ends_of_what_is_in_hand() {
    let mut desk = Desk::open("seed-a");
    desk.tag("The resistance’s unity and support for the Islamic Jihad movement", "claim");
    desk.press("Escape");
    assert_eq!(desk.focused().type_id.as_str(), "claim");
    desk.press("Home");
    assert_eq!(desk.in_hand(), "The");
    desk.press("End");
    assert_eq!(desk.in_hand(), "movement");
    desk.press("Home Shift+End");
    assert_eq!(desk.in_hand(), "The resistance’s unity and support for the Islamic Jihad movement");
    // With nothing in hand, of the sentence, without its full stop.
    desk.act(Action::Focus(None));
    desk.put_cursor("recognized");
    desk.press("End");
    assert_eq!(desk.in_hand(), "groups");
    desk.press("Home");
    assert_eq!(desk.in_hand(), "Haniyeh");
    desk.press("Shift+End");
    let words = desk.in_hand();
    assert!(words.starts_with("Haniyeh, for") && words.ends_with("resistance groups"), "{words}");
}

#[test]
fn the_cursor_passes_by_what_nobody_tags() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("Haniyeh, for");
    desk.press("ArrowRight");
    assert_eq!(desk.in_hand(), "for");
    desk.press("ArrowLeft");
    assert_eq!(desk.in_hand(), "Haniyeh");
    // Letter by letter it goes to every one.
    desk.put_cursor("Haniyeh, for");
    desk.press("x");
    desk.press(&["ArrowRight"; 7].join(" "));
    assert_eq!(desk.in_hand(), ",");
}

#[test]
fn mentions_that_are_tied_to_nobody_are_counted_and_gone_through() {
    let mut desk = Desk::open("seed-a");
    let before = desk.state.lists.untied();
    let first = desk.tag("Haniyeh, for", "speaker");
    let second = desk.tag("Ahmadian said", "speaker");
    desk.press("Escape");
    assert_eq!(desk.state.lists.untied(), before + 2);
    desk.act(Action::Focus(None));
    desk.press("Shift+N");
    assert!(matches!(&desk.state.dialog, Some(Dialog::Who(asked)) if *asked == second), "the first in the text: {:?}", desk.state.dialog);
    desk.act(Action::Dialog(None));
    tie(&mut desk, &second, "ahmadian");
    desk.press("Shift+N");
    assert!(matches!(&desk.state.dialog, Some(Dialog::Who(asked)) if *asked == first), "{:?}", desk.state.dialog);
    desk.act(Action::Dialog(None));
    tie(&mut desk, &first, "haniyeh");
    desk.press("Shift+N");
    assert_eq!(desk.state.dialog, None);
    assert_eq!(&*desk.state.status, "every mention here is tied to an entity");
    assert_eq!(desk.state.lists.untied(), before);
    desk.press("Ctrl+z");
    assert_eq!(desk.state.lists.untied(), before + 1);
}

#[test]
fn the_foot_says_what_was_done() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Haniyeh", "speaker");
    assert_eq!(&*desk.state.status, "tagged speaker");
    desk.press("Delete");
    assert_eq!(&*desk.state.status, "deleted speaker");
}
