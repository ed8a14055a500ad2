//! What a pointer drags: edges, and chips into roles.

use standpoint::model::*;
use standpoint::session::*;
use standpoint::text::{Offset, is_grapheme_boundary};

use crate::desk::{Desk, role};

const NOBODY: &str =
    r#"{"format":"standpoint","version":1,"project":{"id":"p","title":"p"},"articles":[{"id":"x","text":"TEXT"}],"annotations":[]}"#;

fn drop_at(desk: &mut Desk, edge: Edge, to: Offset, snapping: Snapping) {
    desk.act(Action::DropEdge { grip: Grip::Fragment(0), edge, to, snapping });
}

#[test]
fn an_edge_dragged_into_a_word_takes_it_whole_and_roles_stay() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Haniyeh", "speaker");
    desk.tag("outstanding contribution", "claim");
    desk.press("Enter Escape");
    let to = desk.words("fostering cooperation").start() + 13;
    drop_at(&mut desk, Edge::End, to, Snapping::Usual);
    assert!(desk.quotes().contains(&"claim: outstanding contribution to fostering cooperation".to_owned()), "{:?}", desk.quotes());
    let to = desk.words("recognized Iran’s").start() + 12;
    drop_at(&mut desk, Edge::Start, to, Snapping::Usual);
    assert!(desk.quotes().contains(&"claim: Iran’s outstanding contribution to fostering cooperation".to_owned()), "{:?}", desk.quotes());
    assert_eq!(role(&desk.focused(), "speaker").len(), 1);
    desk.press("Ctrl+z");
    assert!(desk.quotes().contains(&"claim: outstanding contribution to fostering cooperation".to_owned()), "a drag is one step");
    // Behind the full stop lies nothing that belongs to it.
    let to = desk.words("resistance groups.").end();
    drop_at(&mut desk, Edge::End, to, Snapping::Usual);
    assert!(desk.focused().span().expect("placed").quote(&desk.state.open_article().expect("open").text).ends_with("resistance groups"));
}

#[test]
fn with_alt_letters_count_and_beyond_the_other_edge_nothing_happens() {
    let mut desk = Desk::open("seed-a");
    let tagged = desk.tag("outstanding contribution", "claim");
    desk.press("Escape");
    let start = desk.words("outstanding contribution").start();
    drop_at(&mut desk, Edge::End, start + 5, Snapping::Off);
    assert_eq!(desk.quotes(), ["claim: outst"]);
    for to in [start, Offset::default()] {
        drop_at(&mut desk, Edge::End, to, Snapping::Off);
        assert_eq!(desk.quotes(), ["claim: outst"]);
        assert!(desk.state.notices.last().is_some_and(|notice| notice.text.contains("othing")), "{:?}", desk.state.notices);
    }
    assert_eq!(desk.focused().id, tagged);
    drop_at(&mut desk, Edge::End, Offset::new(u32::MAX), Snapping::Off);
    assert_eq!(desk.focused().span().expect("placed").end(), desk.state.open_article().expect("open").text.len(), "not beyond the text");
}

#[test]
fn no_edge_lands_within_a_grapheme() {
    let mut desk = Desk::open("seed-a");
    desk.read(&NOBODY.replace("TEXT", "a 👩\u{200d}👩\u{200d}👧 cafe\u{301} said b"));
    desk.tag("said", "cue");
    desk.press("Escape");
    let text = desk.state.open_article().expect("open").text.clone();
    for to in 0..text.len().get() - 2 {
        for snapping in [Snapping::Usual, Snapping::Off] {
            for edge in [Edge::Start, Edge::End] {
                let Some(moved) = dragged(&desk.state, Grip::Fragment(0), edge, Offset::new(to), snapping) else { continue };
                assert!(is_grapheme_boundary(&text, moved.start()) && is_grapheme_boundary(&text, moved.end()), "{to} {edge:?} {moved:?}");
            }
        }
    }
}

#[test]
fn one_fragment_of_several_is_dragged_and_meets_the_next() {
    let mut desk = Desk::open("seed-a");
    desk.tag("The resistance’s unity", "claim");
    desk.press("Escape");
    let words = desk.words("disappointed the Zionist regime");
    desk.act(Action::Select(Some(words)));
    desk.press("+");
    let to = desk.words("in this war disappointed").start();
    desk.act(Action::DropEdge { grip: Grip::Fragment(1), edge: Edge::Start, to, snapping: Snapping::Usual });
    assert_eq!(desk.quotes(), ["claim: The resistance’s unity … in this war disappointed the Zionist regime"]);
    let to = desk.words("war disappointed").end();
    desk.act(Action::DropEdge { grip: Grip::Fragment(0), edge: Edge::End, to, snapping: Snapping::Usual });
    let text = desk.state.open_article().expect("open").text.clone();
    assert_eq!(desk.focused().span().map(|span| span.fragments().len()), Some(1));
    assert!(desk.focused().span().expect("placed").quote(&text).ends_with("disappointed the Zionist regime"));
    // A place that is gone moves nothing.
    assert_eq!(dragged(&desk.state, Grip::Fragment(7), Edge::End, to, Snapping::Usual), None);
}

#[test]
fn the_selection_has_edges_too_and_another_s_work_has_none() {
    let mut desk = Desk::open("seed-a");
    let words = desk.words("outstanding");
    desk.act(Action::Select(Some(words)));
    let to = desk.words("contribution to").start() + 4;
    desk.act(Action::DropEdge { grip: Grip::Selection, edge: Edge::End, to, snapping: Snapping::Usual });
    assert_eq!(desk.state.selection.map(Selection::stretch), Some(desk.words("outstanding contribution")));
    desk.act(Action::Escape);
    desk.act(Action::FocusNext);
    assert!(!desk.state.is_own(&desk.focused()), "the example’s");
    assert_eq!(overlay(&desk.state).fragments, []);
    assert_eq!(dragged(&desk.state, Grip::Fragment(0), Edge::End, to, Snapping::Usual), None);
}

#[test]
fn alt_selects_letters_for_this_once() {
    let mut desk = Desk::open("seed-a");
    let words = desk.words("tstand");
    desk.act(Action::SelectExactly(words));
    desk.press("c");
    assert_eq!(desk.quotes(), ["claim: tstand"]);
    desk.press("Escape");
    let words = desk.words("ntributi");
    desk.act(Action::Select(Some(words)));
    assert_eq!(desk.state.selection.map(Selection::stretch), Some(desk.words("contribution")));
}

#[test]
fn what_is_carried_fills_the_role_that_takes_it() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Haniyeh", "speaker");
    let cue = desk.tag("recognized", "cue");
    desk.tag("Iran’s outstanding contribution", "claim");
    desk.press("Escape");
    let fitting = |desk: &Desk| -> Vec<String> {
        let frame = frame_view(&desk.state).expect("a frame");
        frame.roles.iter().filter(|role| role.fitting).map(|role| role.id.to_string()).collect()
    };
    assert!(fitting(&desk).is_empty());
    desk.act(Action::Carry(Some(Filler::Annotation(speaker.clone()))));
    assert_eq!(fitting(&desk), ["speaker"]);
    desk.act(Action::DropInto(RoleId::new("speaker").expect("an id")));
    assert_eq!(role(&desk.focused(), "speaker"), [Filler::Annotation(speaker.clone())]);
    assert_eq!(desk.state.carried, None);
    // What does not fit is refused in words, and so changes nothing.
    let before = desk.state.revision;
    desk.act(Action::Carry(Some(Filler::Annotation(speaker.clone()))));
    desk.act(Action::DropInto(RoleId::new("cue").expect("an id")));
    assert_eq!(desk.state.revision, before);
    assert!(desk.state.notices.last().is_some_and(|notice| notice.tone == Tone::Refused), "{:?}", desk.state.notices);
    // Into the role that asks: the next one asks then.
    desk.act(Action::AskRole(desk.focused().id.clone(), RoleId::new("cue").expect("an id")));
    desk.act(Action::Carry(Some(Filler::Annotation(cue))));
    desk.act(Action::DropInto(RoleId::new("cue").expect("an id")));
    assert_eq!(role(&desk.focused(), "cue").len(), 1);
    assert_eq!(desk.state.filling, None);
    desk.act(Action::Carry(Some(Filler::Entity(EntityId::author()))));
    assert_eq!(fitting(&desk), ["speaker"]);
    desk.act(Action::Carry(None));
    assert!(fitting(&desk).is_empty());
}

#[test]
fn links_lead_from_the_frame_in_hand_to_its_fillers_and_from_what_it_fills() {
    let mut desk = Desk::open("seed-a");
    let speaker = desk.tag("Haniyeh", "speaker");
    desk.tag("Iran’s outstanding contribution", "claim");
    desk.press("Enter Escape");
    let (claim, who) = (desk.words("Iran’s outstanding contribution"), desk.words("Haniyeh"));
    let link = |desk: &Desk| overlay(&desk.state).links.iter().map(|link| (link.role.to_string(), link.from, link.to)).collect::<Vec<_>>();
    assert_eq!(link(&desk), [("Speaker".to_owned(), claim, who)]);
    desk.act(Action::Focus(Some(speaker)));
    assert_eq!(link(&desk), [("Speaker".to_owned(), claim, who)]);
    desk.act(Action::Focus(None));
    assert_eq!(link(&desk), []);
}

#[test]
fn a_sentence_a_line_cuts_the_text_at_sentences_and_changes_none_of_it() {
    let mut desk = Desk::open("seed-b");
    let text = desk.shown();
    let stops = |desk: &Desk| {
        desk.state
            .page
            .blocks
            .iter()
            .flat_map(|block| &block.segments)
            .filter(|segment| segment.class.split(' ').any(|class| class == "stop"))
            .count()
    };
    assert_eq!(stops(&desk), 0);
    let which = TRAITS.iter().position(|of| of.name == "sentences").expect("the trait");
    desk.act(Action::SetReading(desk.state.reading.with(which, 1)));
    assert_eq!(desk.shown(), text);
    let broken = stops(&desk);
    assert!(broken > 10, "{broken}");
    // A span over several sentences, and an edit: both are drawn as they would be from nothing.
    desk.tag("noted that resistance is the best method", "claim");
    assert_eq!(desk.shown(), text);
    assert_eq!(*desk.state.page, Page::afresh(&desk.state));
    assert_eq!(stops(&desk), broken);
    desk.act(Action::SetReading(Reading::default()));
    assert_eq!(stops(&desk), 0);
    assert_eq!(*desk.state.page, Page::afresh(&desk.state));
}

#[test]
fn what_a_says_that_b_says_is_marked_in_the_list_as_in_the_table() {
    let mut desk = Desk::open("seed-b");
    desk.tag("noted that resistance is the best method", "claim");
    desk.press("Escape");
    desk.tag("resistance is the best method", "claim");
    desk.press("Escape");
    desk.tag("the best", "claim");
    let own: Vec<AnnotationId> = desk.own().iter().map(|annotation| annotation.id.clone()).collect();
    let rows = desk.state.lists.claims(0..100);
    let depths: Vec<usize> = own.iter().map(|id| rows.iter().find(|row| row.id == *id).expect("a row").depth).collect();
    assert_eq!(depths, [0, 1, 2]);
    for row in frame_rows(&desk.state) {
        if let Some(listed) = rows.iter().find(|listed| listed.id == row.id) {
            assert_eq!(listed.depth, row.depth, "{}", row.quote);
        }
    }
}
