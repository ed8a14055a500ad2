//! Several annotators at one desk: whose work is marked, compared, counted and gone on with.

use std::rc::Rc;

use standpoint::edit::Command;
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

fn annotator(id: &str) -> AnnotatorId {
    AnnotatorId::new(id).expect("an id")
}

/// Ana, Ben and an unnamed third, each with something in the first article; Ana is at the desk.
fn team_desk() -> Desk {
    let mut desk = Desk::open("seed-a");
    desk.act(Action::ToggleLayer(annotator("example")));
    for (who, name) in [("ben", Some("Ben")), ("u-3", None), ("ana", Some("Ana Novak"))] {
        desk.act(Action::SetAnnotator { annotator: annotator(who), name: name.map(str::to_owned) });
        desk.tag("Ali Akbar Ahmadian", "speaker");
        desk.act(Action::Escape);
    }
    desk.act(Action::Escape);
    desk
}

fn said(desk: &Desk) -> String {
    desk.state.status.to_string()
}

#[test]
fn others_are_marked_in_the_text_and_in_the_list_and_oneself_is_not() {
    let mut desk = team_desk();
    let marks = |desk: &Desk| {
        layer_items(&desk.state)
            .iter()
            .map(|layer| format!("{} {}", layer.called, layer.mark.as_deref().unwrap_or("-")))
            .collect::<Vec<_>>()
    };
    assert_eq!(marks(&desk), ["Ana Novak (you) -", "Ben B", "Worked example WE", "u-3 U3"]);
    let segment = |desk: &Desk| {
        let at = desk.words("Ali Akbar Ahmadian").start();
        let page = desk.state.page.clone();
        let segment = page.blocks.iter().flat_map(|block| &block.segments).find(|segment| segment.start == at).expect("a segment").clone();
        (segment.tag.as_deref().unwrap_or_default().to_owned(), segment.class.to_string())
    };
    let (tag, class) = segment(&desk);
    assert_eq!(tag, "S S·U3·B", "the letter once for two others");
    assert_eq!(class.matches("-others").count(), 2, "{class}");

    // From Ben's desk it is Ben's that is not marked, and nothing else has changed.
    desk.act(Action::WorkAs { annotator: annotator("ben"), name: None });
    let (tag, _) = segment(&desk);
    assert_eq!(tag, "S·AN·U3 S");
    assert_eq!(desk.shown(), desk.state.open_article().expect("an article").text.as_str());
    let theirs =
        desk.state.store.annotations(desk.state.article.as_ref().expect("one")).iter().find(|of| of.annotator == annotator("ana")).cloned();
    desk.act(Action::Focus(Some(theirs.expect("Ana’s").id.clone())));
    assert_eq!(frame_view(&desk.state).expect("a frame").mark.as_deref(), Some("AN"));
}

#[test]
fn whoever_works_as_another_changes_that_layer_alone_and_undoes_their_own_steps() {
    let mut desk = team_desk();
    desk.tag("outstanding contribution", "stance");
    assert!(desk.state.filling.is_some());
    let ana = desk.quotes();
    let word = desk.words("readiness");
    desk.act(Action::Select(Some(word)));
    desk.act(Action::ToggleLayer(annotator("ben")));
    desk.act(Action::WorkAs { annotator: annotator("ben"), name: None });
    let state = &desk.state;
    assert_eq!(
        (&state.focus, &state.selection, state.filling.is_some(), state.hidden.contains(&annotator("ben"))),
        (&None, &None, false, false)
    );
    assert!(said(&desk).contains("working as “\u{2068}Ben\u{2069}” now"), "{}", said(&desk));
    assert_eq!(desk.quotes(), ["speaker: Ali Akbar Ahmadian"]);

    // Nothing of this visit is Ben's to undo.
    desk.act(Action::Undo);
    assert_eq!(said(&desk), "nothing to undo");
    desk.tag("readiness", "target");
    assert_eq!(desk.quotes(), ["speaker: Ali Akbar Ahmadian", "target: readiness"]);
    desk.act(Action::WorkAs { annotator: annotator("ana"), name: None });
    assert_eq!(desk.quotes(), ana);
    desk.act(Action::Undo);
    assert_eq!(desk.quotes().len(), ana.len() - 1, "Ana’s last step, although Ben’s came later");
    desk.act(Action::Redo);
    assert_eq!(desk.quotes(), ana);
    desk.act(Action::WorkAs { annotator: annotator("ben"), name: None });
    assert_eq!(desk.quotes(), ["speaker: Ali Akbar Ahmadian", "target: readiness"]);
    desk.act(Action::Undo);
    assert_eq!(desk.quotes(), ["speaker: Ali Akbar Ahmadian"]);
    assert!(desk.state.has_steps());
    // With another project nothing of it is left.
    let store = desk.state.store.clone();
    desk.act(Action::Open { store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
    assert!(!desk.state.has_steps());
}

#[test]
fn somebody_new_begins_with_a_name_and_no_work() {
    let mut desk = team_desk();
    let before = desk.state.clone();
    desk.act(Action::WorkAs { annotator: annotator("u-9"), name: Some("Ännchen".to_owned()) });
    assert_eq!((desk.quotes(), desk.state.annotator_name(&annotator("u-9"))), (Vec::new(), "Ännchen".to_owned()));
    assert_eq!(
        team(&desk.state).iter().map(|row| &*row.called).collect::<Vec<_>>(),
        ["Ännchen (you)", "Ana Novak", "Ben", "u-3", "Worked example"]
    );
    // The one as whom one works already is nobody new.
    let now = desk.state.clone();
    desk.act(Action::WorkAs { annotator: annotator("u-9"), name: None });
    assert!(Rc::ptr_eq(&now, &desk.state));
    // Where another tab edits, nobody is named.
    let mut only_reads = Desk::open("seed-a");
    only_reads.state = before;
    only_reads.act(Action::Edit(Editing::InAnotherTab));
    only_reads.act(Action::WorkAs { annotator: annotator("u-9"), name: Some("Ännchen".to_owned()) });
    assert_eq!((only_reads.state.annotator.as_str(), only_reads.state.store.annotator(&annotator("u-9"))), ("ana", None));
}

fn rows(desk: &Desk, comparing: &Comparing) -> Vec<String> {
    let found = comparison(&desk.state, comparing);
    let line = |row: &CompareRow| {
        let cell = |cell: &Option<CompareCell>| {
            cell.as_ref().map_or_else(
                || "-".to_owned(),
                |cell| {
                    let details: Vec<String> = cell.details.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                    format!("{}{}", cell.quote, if details.is_empty() { String::new() } else { format!(" ({})", details.join("; ")) })
                },
            )
        };
        format!("{} {} {} | {} | {}", row.verdict.mark(), row.type_name, row.differing.join(", "), cell(&row.cells[0]), cell(&row.cells[1]))
    };
    found.rows(&desk.state, comparing, 0..usize::MAX).iter().map(line).collect()
}

#[test]
fn two_annotators_are_compared_and_a_row_leads_to_its_annotation() {
    let mut desk = team_desk();
    desk.tag("outstanding contribution", "stance");
    desk.act(Action::ChooseOption(1));
    let (annotation, role) = (desk.focused().id.clone(), RoleId::new("holder").expect("an id"));
    desk.act(Action::Run(Command::FillRole { annotation, role, filler: Filler::Entity(EntityId::author()) }));
    desk.act(Action::WorkAs { annotator: annotator("ben"), name: None });
    let theirs = desk.tag("contribution", "stance");
    desk.act(Action::ChooseOption(2));
    desk.tag("readiness", "target");
    desk.act(Action::WorkAs { annotator: annotator("ana"), name: None });

    let comparing = Comparing::of(&desk.state).expect("there are others");
    assert_eq!(comparing.annotators, [annotator("ana"), annotator("ben")], "oneself, and the next who has done something here");
    let all = rows(&desk, &comparing);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all.contains(&"= Speaker  | Ali Akbar Ahmadian | Ali Akbar Ahmadian".to_owned()), "{all:?}");
    assert!(all.contains(&"→ Target  | - | readiness".to_owned()), "{all:?}");
    assert!(
        all.contains(
            &"≠ Stance edges, polarity, holder | outstanding contribution (polarity: Favor; holder: The article’s author) | contribution (polarity: Against; holder: nobody and nothing)".to_owned()
        ),
        "{all:?}"
    );
    let found = comparison(&desk.state, &comparing);
    assert_eq!(found.agreement(), Agreement { same: 1, differ: 1, only_first: 0, only_second: 1 });
    let types: Vec<String> = found.by_type(desk.state.store.scheme()).iter().map(|(name, ..)| name.to_string()).collect();
    assert_eq!(types, ["Speaker", "Stance", "Target"]);
    let less = Comparing { only_differences: true, ..comparing.clone() };
    assert_eq!((rows(&desk, &less).len(), found.len(&less)), (2, 2));
    // Somebody else, and the two the other way round.
    assert_eq!(comparing.with(Column::First, annotator("ben")).annotators, [annotator("ben"), annotator("ana")]);
    let third = comparing.with(Column::Second, annotator("u-3"));
    assert_eq!(rows(&desk, &third).iter().map(|row| row.chars().next()).collect::<Vec<_>>(), [Some('='), Some('←')]);

    // A row leads to the annotation, shown or not.
    desk.act(Action::ToggleLayer(annotator("ben")));
    desk.act(Action::ShowWork { annotator: annotator("ben"), annotation: theirs.clone() });
    assert_eq!((desk.focused().id.clone(), desk.state.hidden.contains(&annotator("ben"))), (theirs, false));
    desk.press("=");
    assert_eq!(desk.state.dialog, Some(Dialog::Compare));
}

#[test]
fn who_has_done_nothing_here_compares_two_others() {
    let mut desk = team_desk();
    desk.act(Action::SetAnnotator { annotator: annotator("lead"), name: Some("Lead".to_owned()) });
    assert_eq!(Comparing::of(&desk.state).expect("two").annotators, [annotator("ana"), annotator("ben")]);
    desk.act(Action::Run(Command::RemoveLayer { annotator: annotator("ben") }));
    let last = Comparing { annotators: [annotator("ben"), annotator("ana")], only_differences: false };
    assert_eq!(last.still(&desk.state), None);
    let nobody = Desk::open("seed-a");
    assert!(intent_view(&nobody.state, Intent::Compare).refusal.is_none(), "the example is there");
    let mut alone = Desk::open("seed-a");
    alone.act(Action::Run(Command::RemoveLayer { annotator: annotator("example") }));
    assert!(intent_view(&alone.state, Intent::Compare).refusal.is_some());
}

#[test]
fn progress_is_told_of_one_and_of_all() {
    let mut desk = team_desk();
    desk.act(Action::Run(Command::SetStatus { status: Status::Done }));
    let row = |row: &TeamRow| format!("{}: {:?} {}+{}", row.called, row.articles, row.finished, row.unfinished);
    assert_eq!(
        team(&desk.state).iter().map(row).collect::<Vec<_>>(),
        ["Ana Novak (you): [1, 0, 1] 1+0", "Ben: [1, 1, 0] 1+0", "u-3: [1, 1, 0] 1+0", "Worked example: [2, 0, 0] 18+0"]
    );
    let example = progress(&desk.state, &annotator("example"));
    assert_eq!((example.articles, example.finished), ([2, 0, 0], 18));
    assert_eq!(progress(&desk.state, &annotator("ben")).types.iter().map(|(.., count)| *count).collect::<Vec<_>>(), [1, 0, 0, 0, 0]);
}
