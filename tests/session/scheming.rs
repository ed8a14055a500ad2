//! The scheme at the desk: what is unfinished by it, and the list of steps that it and all else leave.

use std::rc::Rc;

use standpoint::edit::{Command, Fate};
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

fn change(desk: &mut Desk, change: impl FnOnce(&mut Scheme)) {
    let mut scheme = (**desk.state.store.scheme()).clone();
    change(&mut scheme);
    desk.act(Action::Run(Command::SetScheme { scheme: Rc::new(scheme), fates: Vec::new() }));
}

#[test]
fn a_mention_of_nobody_is_unfinished_where_everybody_must_be_named() {
    let mut desk = Desk::open("seed-a");
    desk.tag("President Ebrahim Raisi", "speaker");
    assert!(!frame_view(&desk.state).and_then(|frame| frame.entity).is_some_and(|entity| entity.missing));
    change(&mut desk, |scheme| scheme.types[0].entity = Tie::Must);
    assert!(frame_view(&desk.state).and_then(|frame| frame.entity).is_some_and(|entity| entity.missing));
    let mention = desk.focused().id.clone();
    desk.act(Action::Escape);
    desk.act(Action::NextUnfinished);
    assert_eq!(desk.state.dialog, Some(Dialog::Who(mention.clone())));
    desk.act(Action::Dialog(None));
    desk.act(Action::MarkDone);
    let Some(Dialog::Unfinished(lacking)) = &desk.state.dialog else { panic!("{:?}", desk.state.dialog) };
    assert_eq!(lacking.iter().map(|kind| &*kind.what).collect::<Vec<_>>(), ["Nobody named"]);
    desk.act(Action::Dialog(None));
    desk.act(Action::Run(Command::TieEntity { annotation: mention, entity: EntityId::new("raisi") }));
    assert!(desk.state.lists.lacking_by_kind().is_empty());
}

#[test]
fn what_is_in_hand_survives_that_its_type_is_removed() {
    let mut desk = Desk::open("seed-a");
    desk.tag("President Ebrahim Raisi", "claim");
    let claim = desk.focused().id.clone();
    desk.act(Action::AskRole(claim.clone(), RoleId::new("speaker").expect("an id")));
    assert!(desk.state.filling.is_some());
    let before = desk.state.store.clone();
    for fate in [Fate::Keep, Fate::Delete, Fate::Convert(TypeId::new("target").expect("an id"))] {
        let mut scheme = (**desk.state.store.scheme()).clone();
        remove_type(&mut scheme, &TypeId::new("claim").expect("an id"));
        let fates = vec![(TypeId::new("claim").expect("an id"), fate.clone())];
        desk.act(Action::Run(Command::SetScheme { scheme: Rc::new(scheme), fates }));
        assert_eq!(desk.state.focus.is_some(), fate != Fate::Delete);
        assert_eq!(frame_view(&desk.state).is_some(), fate != Fate::Delete);
        // Keys that now mean nothing do nothing.
        desk.act(Action::FillNearest);
        desk.act(Action::ChooseOption(1));
        desk.act(Action::Undo);
        while desk.state.store.scheme() != before.scheme() {
            desk.act(Action::Undo);
        }
        desk.act(Action::Focus(Some(claim.clone())));
        assert_eq!(&*desk.focused().type_id.to_string(), "claim");
    }
}

#[test]
fn the_list_of_steps_leads_to_each_of_them() {
    let mut desk = Desk::open("seed-a");
    assert_eq!(steps(&desk.state, 10).iter().map(|step| step.by).collect::<Vec<_>>(), [0]);
    let mut seen = vec![desk.own().len()];
    for words in ["President Ebrahim Raisi", "Ali Akbar Ahmadian", "Haniyeh"] {
        desk.act(Action::Escape);
        desk.tag(words, "target");
        seen.push(desk.own().len());
    }
    let listed = |desk: &Desk| steps(&desk.state, 10).iter().map(|step| step.by).collect::<Vec<_>>();
    assert_eq!(listed(&desk), [0, -1, -2, -3]);
    assert_eq!(steps(&desk.state, 10)[0].quote.as_deref(), Some("Haniyeh"));
    for (to, left) in [(-3, [3, 2, 1, 0]), (2, [1, 0, -1, -2]), (-1, [2, 1, 0, -1]), (2, [0, -1, -2, -3])] {
        desk.act(Action::GoToStep(to));
        assert_eq!(listed(&desk), left);
        let at = left.iter().rev().position(|by| *by == 0).expect("now");
        assert_eq!(desk.own().len(), seen[at]);
    }
    // More than there is goes as far as it can; of many steps the last are listed.
    desk.act(Action::GoToStep(-50));
    assert_eq!(listed(&desk), [3, 2, 1, 0]);
    desk.act(Action::GoToStep(50));
    assert_eq!(steps(&desk.state, 2).iter().map(|step| step.by).collect::<Vec<_>>(), [0, -1]);
}
