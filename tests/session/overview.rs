//! The project in figures.

use standpoint::edit::Command;
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

fn matrix(desk: &Desk) -> Vec<String> {
    let matrix = stance_matrix(&desk.state);
    let columns: String = matrix.columns.iter().map(|(mark, ..)| mark.unwrap_or('-')).collect();
    let row = |row: &MatrixRow| {
        let counts: Vec<String> = row.cells.iter().map(|cell| cell.len().to_string()).collect();
        format!("{} {}", counts.join(" "), row.holder.as_deref().unwrap_or("nobody"))
    };
    std::iter::once(columns).chain(matrix.rows.iter().map(row)).collect()
}

#[test]
fn stances_are_counted_by_who_holds_them_with_the_evidence() {
    let mut desk = Desk::open("seed-a");
    let example = matrix(&desk);
    assert_eq!(example[0], "▲▼◆◈");
    assert!(example.len() > 1, "{example:?}");
    desk.act(Action::ToggleLayer(AnnotatorId::new("example").expect("an id")));
    assert_eq!(matrix(&desk), ["▲▼◆◈"]);
    // One by the author in favour, one of nobody that is not marked.
    desk.tag("outstanding contribution", "stance");
    desk.act(Action::ChooseOption(1));
    let stance = desk.focused().id.clone();
    let role = RoleId::new("holder").expect("an id");
    desk.act(Action::Run(Command::FillRole { annotation: stance.clone(), role, filler: Filler::Entity(EntityId::author()) }));
    desk.act(Action::Escape);
    desk.act(Action::Escape);
    desk.tag("readiness", "stance");
    assert_eq!(matrix(&desk), ["▲▼◆◈-", "1 0 0 0 0 The article’s author", "0 0 0 0 1 nobody"]);
    let evidence = stance_matrix(&desk.state).rows[0].cells[0][0].clone();
    assert_eq!((evidence.article.as_str(), &evidence.stance, &*evidence.quote), ("seed-a", &stance, "outstanding contribution"));
    assert_eq!(&*evidence.targets, "");
}

#[test]
fn progress_is_counted_over_the_whole_project() {
    let mut desk = Desk::open("seed-a");
    assert_eq!(
        (progress(&desk.state, &desk.state.annotator).articles, progress(&desk.state, &desk.state.annotator).days),
        ([2, 0, 0], Vec::new())
    );
    desk.tag("Ali Akbar Ahmadian", "speaker");
    desk.act(Action::Escape);
    desk.tag("outstanding contribution", "stance");
    let found = progress(&desk.state, &desk.state.annotator);
    assert_eq!((found.articles, found.finished, found.unfinished, found.unknown), ([1, 1, 0], 1, 1, 0));
    let counts: Vec<usize> = found.types.iter().map(|(.., count)| *count).collect();
    assert_eq!(counts, [1, 0, 0, 1, 0]);
    assert_eq!(found.days.iter().map(|(_, count)| count).sum::<usize>(), 2);
    assert_eq!(found.each.iter().map(|bar| (bar.finished, bar.unfinished)).collect::<Vec<_>>(), [(1, 1), (0, 0)]);
    desk.act(Action::Run(Command::SetStatus { status: Status::Done }));
    assert_eq!(progress(&desk.state, &desk.state.annotator).articles, [1, 0, 1]);
}
