//! Who says what, as a table.

use standpoint::edit::Command;
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

fn rows(desk: &Desk, filter: FrameFilter) -> Vec<String> {
    let line = |row: &FrameRow| {
        let stances: Vec<String> =
            row.stances.iter().map(|stance| format!("{}{}", stance.mark.map(String::from).unwrap_or_default(), stance.quote)).collect();
        let words: String = row.quote.split(' ').take(2).collect::<Vec<_>>().join(" ");
        format!(
            "{}{}: {words} [{}] {}",
            ">".repeat(row.depth),
            row.speaker.as_deref().unwrap_or("-"),
            stances.join(", "),
            row.lacking.join(", ")
        )
    };
    filter.of(frame_rows(&desk.state)).iter().map(line).collect()
}

/// Raisi says that Ahmadian says something, and a stance stands outside all claims.
fn desk() -> Desk {
    let mut desk = Desk::open("seed-a");
    desk.act(Action::ToggleLayer(AnnotatorId::new("example").expect("an id")));
    desk.tag("He noted that the Palestinian resistance", "claim");
    desk.act(Action::Fill(Filler::Entity(EntityId::author())));
    desk.act(Action::Escape);
    desk.act(Action::Escape);
    desk.tag("the Palestinian resistance", "claim");
    desk.act(Action::Escape);
    desk.act(Action::Escape);
    desk.tag("outstanding contribution", "stance");
    desk.act(Action::ChooseOption(1));
    desk
}

#[test]
fn what_one_says_that_another_says_is_told_as_such() {
    let desk = desk();
    assert_eq!(
        rows(&desk, FrameFilter::default()),
        [
            "The article’s author: He noted [] ",
            ">-: the Palestinian [] No speaker",
            "-: outstanding contribution [▲outstanding contribution] No holder, No target",
        ]
    );
}

#[test]
fn frames_are_found_by_words_type_stance_and_completeness_and_sorted() {
    let desk = desk();
    let found = |filter: FrameFilter| {
        rows(&desk, filter)
            .iter()
            .map(|row| row.split(": ").nth(1).unwrap_or_default().split(' ').next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let any = FrameFilter::default;
    assert_eq!(found(FrameFilter { words: "AUTHOR".into(), ..any() }), ["He"]);
    assert_eq!(found(FrameFilter { words: "contribution".into(), ..any() }), ["outstanding"]);
    assert_eq!(found(FrameFilter { type_id: TypeId::new("claim"), ..any() }), ["He", "the"]);
    assert_eq!(found(FrameFilter { mark: Some('▲'), ..any() }), ["outstanding"]);
    assert_eq!(found(FrameFilter { mark: Some('▼'), ..any() }), Vec::<String>::new());
    assert_eq!(found(FrameFilter { completeness: Completeness::Finished, ..any() }), ["He"]);
    assert_eq!(found(FrameFilter { completeness: Completeness::Unfinished, ..any() }), ["the", "outstanding"]);
    assert_eq!(found(FrameFilter { by: FrameOrder::Words, ..any() }), ["He", "outstanding", "the"]);
    assert_eq!(found(FrameFilter { by: FrameOrder::Lacking, descending: true, ..any() }), ["outstanding", "the", "He"]);
    assert_eq!(found(FrameFilter { by: FrameOrder::Speaker, ..any() }), ["He", "the", "outstanding"]);
    assert_eq!(stance_marks(desk.state.store.scheme()).iter().map(|(mark, _)| *mark).collect::<String>(), "▲▼◆◈");
}

#[test]
fn a_hidden_layer_is_not_in_the_table() {
    let mut desk = Desk::open("seed-a");
    let all = frame_rows(&desk.state).len();
    assert!(all > 2, "the worked example has frames");
    desk.act(Action::ToggleLayer(AnnotatorId::new("example").expect("an id")));
    assert_eq!(frame_rows(&desk.state), []);
    desk.act(Action::Run(Command::SetStatus { status: Status::Done }));
    assert_eq!(frame_rows(&desk.state), []);
}

#[test]
fn frames_are_those_of_one_annotator_if_one_likes() {
    let mut desk = desk();
    desk.act(Action::ToggleLayer(AnnotatorId::new("example").expect("an id")));
    let of = |who: Option<&str>| {
        let filter = FrameFilter { annotator: who.and_then(AnnotatorId::new), ..FrameFilter::default() };
        filter.of(frame_rows(&desk.state)).len()
    };
    assert_eq!((of(Some("ana")), of(Some("nobody"))), (3, 0));
    assert_eq!(of(None), of(Some("ana")) + of(Some("example")));
    assert!(of(Some("example")) > 0);
}
