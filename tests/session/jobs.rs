//! Whole pieces of work.

use std::rc::Rc;

use standpoint::edit::Command;
use standpoint::format::native;
use standpoint::model::*;
use standpoint::session::*;
use standpoint::text::Stretch;

use crate::desk::*;

#[test]
fn a_claim_with_speaker_and_cue_by_keyboard_alone() {
    let mut desk = Desk::open("seed-a");
    desk.put_cursor("He noted that the Palestinian");
    desk.press("s q Shift+Ctrl+ArrowRight");
    let hand = desk.state.in_hand().expect("a selection");
    let text = desk.state.open_article().expect("an article").text.clone();
    assert!(text.slice(hand).expect("inside").ends_with("as it increases its presence there"), "without the full stop");
    desk.press("c Enter Enter");
    let claim = desk.focused();
    assert_eq!(claim.type_id.as_str(), "claim");
    assert_eq!((role(&claim, "speaker").len(), role(&claim, "cue").len()), (1, 1));
    assert_eq!(desk.state.filling, None, "nothing is left to ask");
    assert!(desk.state.lists.lacking() == 0);
    desk.press("2");
    assert_eq!(desk.focused().attributes.values().next(), Some(&AttributeValue::Text("indirect".into())));
    assert_eq!(desk.quotes().len(), 3);
}

#[test]
fn a_stance_asks_for_holder_and_target_and_can_be_tagged_and_linked_in_one_go() {
    let mut desk = Desk::open("seed-b");
    let speaker = desk.tag("Nakhala, for his part, hailed", "speaker");
    desk.act(Action::Run(Command::Delete { annotation: speaker }));
    let speaker = desk.tag("Nakhala", "speaker");
    desk.tag("hailed", "stance");
    let asking = desk.state.filling.clone().expect("the holder");
    assert_eq!(asking.role.as_str(), "holder");
    assert_eq!(asking.candidates[0].filler, Filler::Annotation(speaker.clone()));
    let hint = asking.candidates[0].hint.to_string();
    desk.press(&hint);
    assert_eq!(desk.state.filling.as_ref().map(|filling| filling.role.to_string()), Some("target".to_owned()));
    // While the target asks, tagging words as a target fills it in the same step.
    let before = desk.state.history.next_undo().cloned();
    let stretch = desk.words("Iran for continuing to assist Palestine");
    desk.act(Action::Select(Stretch::new(stretch.start(), stretch.start() + 4)));
    desk.press("g");
    let stance = desk.focused();
    assert_eq!(stance.type_id.as_str(), "stance");
    assert_eq!(role(&stance, "target").len(), 1);
    assert_ne!(desk.state.history.next_undo().cloned(), before);
    desk.press("Ctrl+z");
    assert_eq!(role(&desk.focused(), "target").len(), 0, "one step took back the tag and the link");
    assert_eq!(desk.quotes().len(), 2);
}

#[test]
fn undo_goes_to_the_article_that_it_changes() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Haniyeh", "speaker");
    desk.act(Action::OpenArticle(ArticleId::new("seed-b").expect("an id")));
    desk.tag("Nakhala", "speaker");
    desk.press("Ctrl+z Ctrl+z");
    assert_eq!(desk.state.article.as_ref().map(ArticleId::as_str), Some("seed-a"));
    assert!(desk.own().is_empty());
    desk.press("Ctrl+y Ctrl+y");
    assert_eq!(desk.state.article.as_ref().map(ArticleId::as_str), Some("seed-b"));
    assert_eq!(desk.quotes(), ["speaker: Nakhala"]);
}

#[test]
fn a_second_selection_makes_a_discontinuous_claim_and_can_be_cut_off_again() {
    let mut desk = Desk::open("seed-a");
    let claim = desk.tag("The resistance’s unity", "claim");
    desk.press("Escape");
    let stretch = desk.words("disappointed the Zionist regime");
    desk.act(Action::Select(Some(stretch)));
    desk.press("+");
    assert_eq!(desk.quotes(), ["claim: The resistance’s unity … disappointed the Zionist regime"]);
    assert_eq!(desk.focused().id, claim);
    let stretch = desk.words("disappointed the Zionist regime");
    desk.act(Action::Select(Some(stretch)));
    desk.press("-");
    assert_eq!(desk.quotes(), ["claim: The resistance’s unity"]);
}

#[test]
fn edges_move_by_words_and_keep_the_roles() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Haniyeh", "speaker");
    let claim = desk.tag("outstanding contribution", "claim");
    desk.press("Enter Escape");
    desk.press("[ ]");
    let text = desk.state.open_article().expect("an article").text.clone();
    let moved = desk.focused();
    assert_eq!(moved.id, claim);
    assert_eq!(moved.span().expect("placed").quote(&text), "Iran’s outstanding contribution to");
    assert_eq!(role(&moved, "speaker").len(), 1);
}

#[test]
fn another_annotators_work_is_read_only_until_it_is_copied_with_its_roles() {
    let mut desk = Desk::open("seed-a");
    let id = AnnotationId::new("ex-a1-stance").expect("an id");
    desk.act(Action::Focus(Some(id.clone())));
    desk.act(Action::Delete);
    assert!(desk.state.notices.iter().any(|notice| notice.text.contains("another annotator")));
    assert!(desk.state.annotation(&id).is_some());
    desk.act(Intent::CopyToMine.action(&desk.state).expect("a copy"));
    assert_eq!(desk.quotes().len(), 3, "the stance, its holder and its target");
    let copy = desk.focused();
    assert_eq!((role(&copy, "holder").len(), role(&copy, "target").len()), (1, 1));
    assert_eq!(copy.origin.kind, OriginKind::Transferred);
}

#[test]
fn a_block_that_an_edit_does_not_touch_keeps_its_view() {
    let mut desk = Desk::open("seed-a");
    let before = desk.state.page.clone();
    desk.tag("Haniyeh, for his part", "speaker");
    let after = desk.state.page.clone();
    let redrawn: Vec<usize> = (0..before.blocks.len()).filter(|index| !Rc::ptr_eq(&before.blocks[*index], &after.blocks[*index])).collect();
    let touched = desk.own().iter().filter_map(|annotation| before.block_at(annotation.span()?.start())).collect::<Vec<_>>();
    assert_eq!(redrawn, touched);
}

#[test]
fn an_action_that_changes_nothing_gives_the_same_state() {
    let mut desk = Desk::open("seed-a");
    for action in [
        Action::Escape,
        Action::Hover(None),
        Action::OpenArticle(ArticleId::new("seed-a").expect("an id")),
        Action::Select(None),
        Action::EndFilling,
    ] {
        let before = desk.state.clone();
        desk.act(action.clone());
        assert!(Rc::ptr_eq(&before, &desk.state), "{action:?}");
    }
}

#[test]
fn the_segments_of_every_block_make_the_text() {
    for article in ["seed-a", "seed-b"] {
        let desk = Desk::open(article);
        assert_eq!(desk.shown(), desk.state.open_article().expect("an article").text.as_str());
    }
}

#[test]
fn a_merge_can_be_taken_back_until_the_next_change() {
    let mut desk = Desk::open("seed-a");
    desk.tag("Haniyeh", "speaker");
    let before = desk.state.store.clone();
    let mut other = Desk::open("seed-a");
    other.state = Rc::new(State {
        replica: Replica::new("r2").expect("an id"),
        annotator: AnnotatorId::new("bob").expect("an id"),
        ..(*other.state).clone()
    });
    other.tag("Raisi", "speaker");
    desk.merge(&other.state.store);
    assert_eq!(desk.state.store.annotations(desk.state.article.as_ref().expect("an article")).len(), 15);
    desk.act(Action::TakeBack);
    assert_eq!(desk.state.store, before);
    let replaced = desk.state.unsaved.values().filter(|unsaved| unsaved.how == Storing::Replace).count();
    assert_eq!(replaced, 2, "the stores must forget the annotation and the status, too");
    desk.merge(&other.state.store);
    desk.tag("Ahmadian", "speaker");
    desk.act(Action::TakeBack);
    assert_eq!(desk.own().len(), 2, "a change after the merge keeps it");
}

#[test]
fn next_unfinished_walks_what_is_left_and_asks_for_it() {
    let mut desk = Desk::open("seed-a");
    let claim = desk.tag("outstanding contribution", "claim");
    desk.press("Escape Escape Escape");
    assert_eq!((desk.state.focus.clone(), &*desk.state.status), (None, ""), "nothing asks any more, and nothing says so");
    assert_eq!(desk.state.lists.lacking(), 1);
    desk.press("n");
    assert_eq!(desk.state.focus, Some(claim));
    assert_eq!(desk.state.filling.as_ref().map(|filling| filling.role.to_string()), Some("speaker".to_owned()));
    // The author is always there to take.
    let author = desk
        .state
        .filling
        .as_ref()
        .expect("asking")
        .candidates
        .iter()
        .find(|candidate| candidate.filler == Filler::Entity(EntityId::author()))
        .cloned()
        .expect("the author");
    desk.press(&author.hint.chars().map(|letter| letter.to_string()).collect::<Vec<_>>().join(" "));
    assert!(desk.state.lists.lacking() == 0);
}

#[test]
fn arrows_follow_the_reading_direction() {
    let mut desk = Desk::open("seed-a");
    desk.read(r#"{"format":"standpoint","version":1,"articles":[{"id":"rtl","text":"قال الوزير إننا سنفوز."}]}"#);
    desk.press("ArrowLeft ArrowLeft");
    let text = desk.state.open_article().expect("an article").text.clone();
    assert_eq!(text.slice(desk.state.cursor.expect("a cursor")), Some("الوزير"));
    desk.press("ArrowRight");
    assert_eq!(text.slice(desk.state.cursor.expect("a cursor")), Some("قال"));
}

/// Left leads to the left whichever way the paragraph runs, by words, by sentences and with Shift.
#[test]
fn arrows_follow_the_direction_of_each_paragraph() {
    let mut desk = Desk::open("seed-a");
    let text = r"ראש הממשלה אמר שלום. הוא הלך.\n\nThe minister said so. He left.\n\n2023 20:34\n\nBBC: قال الوزير";
    desk.read(&format!(r#"{{"format":"standpoint","version":1,"articles":[{{"id":"mixed","text":"{text}"}}]}}"#));
    let goes = |desk: &mut Desk, from: &str, keys: &str, to: &str| {
        desk.put_cursor(from);
        desk.press(keys);
        assert_eq!(desk.in_hand(), to, "{keys} from {from}");
    };
    goes(&mut desk, "הממשלה", "ArrowLeft", "אמר");
    goes(&mut desk, "הממשלה", "ArrowRight", "ראש");
    goes(&mut desk, "ראש", "Ctrl+ArrowLeft", "הוא");
    goes(&mut desk, "הממשלה", "Shift+ArrowLeft", "הממשלה אמר");
    goes(&mut desk, "הממשלה", "Shift+ArrowLeft Shift+ArrowLeft Shift+ArrowRight", "הממשלה אמר");
    goes(&mut desk, "minister", "ArrowLeft", "The");
    goes(&mut desk, "The", "Ctrl+ArrowRight", "He");
    goes(&mut desk, "minister", "Shift+ArrowRight", "minister said");
    // Digits have no direction of their own: they run as the article begins.
    goes(&mut desk, "2023", "ArrowLeft", "20");
    goes(&mut desk, "BBC", "ArrowRight", "قال");
    // The step out of the Hebrew paragraph leads on, the next one goes the new paragraph's way.
    goes(&mut desk, "הלך", "ArrowLeft ArrowRight", "minister");
}

/// Only the annotations around are looked at, and the nearest of all come out.
#[test]
fn a_role_is_offered_the_nearest_of_very_many() {
    let mut desk = Desk::open("seed-a");
    let count = 400;
    let span = |at: usize, of: &str, start: usize| {
        format!(
            r#"{{"id":"{of}{at}","article":"a","annotator":"ana","type":"{of}","fragments":[{{"start":{start},"end":{}}}]}}"#,
            start + 2 + at % 5
        )
    };
    // Ten code points for each, and a claim in one of the gaps that grow the further behind it is.
    let speakers = (0..count).map(|at| span(at, "speaker", at * 10));
    for (claim, start) in [(0, 0), (1, 1_997), (2, count * 10 - 10)] {
        let json = format!(
            r#"{{"format":"standpoint","version":1,"project":{{"id":"p"}},"articles":[{{"id":"a","text":"{}"}}],"annotations":[{}]}}"#,
            "word word. ".repeat(count),
            speakers.clone().chain([span(claim, "claim", start)]).collect::<Vec<_>>().join(",")
        );
        let store = native::read("p.json", &json).expect("a project").store;
        desk.act(Action::Open { store, article: ArticleId::new("a"), saved: true, unexported: 0, rest: Unloaded::default() });
        let claim = AnnotationId::new(&format!("claim{claim}")).expect("an id");
        desk.act(Action::AskRole(claim.clone(), RoleId::new("speaker").expect("an id")));
        let offered: Vec<AnnotationId> =
            desk.state.filling.as_ref().expect("a question").candidates.iter().filter_map(annotation).collect();
        let edges = |annotation: &Annotation| annotation.span().map(|span| (span.start().get(), span.end().get())).expect("a span");
        let (from, to) = edges(desk.state.annotation(&claim).expect("the claim"));
        let mut all: Vec<(u32, u32, AnnotationId)> = desk
            .own()
            .iter()
            .filter(|other| other.id != claim)
            .map(|other| {
                let (start, end) = edges(other);
                (from.saturating_sub(end).max(start.saturating_sub(to)), start, other.id.clone())
            })
            .collect();
        all.sort();
        let nearest: Vec<AnnotationId> = all.into_iter().take(40).map(|(.., id)| id).collect();
        assert_eq!(offered, nearest);
    }
}

fn annotation(candidate: &Candidate) -> Option<AnnotationId> {
    match &candidate.filler {
        Filler::Annotation(id) => Some(id.clone()),
        Filler::Entity(_) => None,
    }
}

#[test]
fn done_asks_while_something_is_open_and_leads_to_it() {
    let mut desk = Desk::open("seed-a");
    desk.press("Shift+D");
    let status = |desk: &Desk| desk.state.store.status(&desk.state.article.clone().expect("open"), &desk.state.annotator);
    assert_eq!(status(&desk), Status::Done, "nothing is open");
    desk.press("Ctrl+z");
    let first = desk.tag("outstanding contribution", "claim");
    let second = desk.tag("the Palestinian resistance", "claim");
    let stance = desk.tag("disappointed", "stance");
    desk.press("Escape Escape Escape Shift+D");
    assert_ne!(status(&desk), Status::Done);
    let Some(Dialog::Unfinished(lacking)) = desk.state.dialog.clone() else { panic!("it asks") };
    let said: Vec<(String, String, usize)> =
        lacking.iter().map(|kind| (kind.type_name.to_string(), kind.what.to_string(), kind.count)).collect();
    let expected = [("Claim", "No speaker", 2), ("Stance", "No holder", 1), ("Stance", "No target", 1), ("Stance", "No polarity", 1)];
    let sorted = |mut list: Vec<(String, String, usize)>| {
        list.sort();
        list
    };
    assert_eq!(sorted(said), sorted(expected.map(|(of, what, count)| (of.to_owned(), what.to_owned(), count)).to_vec()));
    let claims = lacking.iter().find(|kind| &*kind.type_name == "Claim").expect("claims");
    let start = |id: &AnnotationId| desk.state.annotation(id).and_then(|of| of.span().map(Span::start)).expect("a span");
    assert_eq!(start(&claims.first), start(&first).min(start(&second)), "the first in the text");
    desk.act(Action::Dialog(None));
    desk.act(Action::TakeUp(stance.clone()));
    assert_eq!((desk.state.dialog.clone(), desk.state.focus.clone()), (None, Some(stance)));
    assert_eq!(desk.state.filling.as_ref().map(|filling| filling.role.to_string()), Some("holder".to_owned()));
    desk.press("Escape Escape Escape Shift+D");
    assert!(desk.state.dialog.is_some(), "it asks again");
    desk.act(Action::Dialog(None));
    desk.act(Action::Run(Command::SetStatus { status: Status::Done }));
    assert_eq!(status(&desk), Status::Done, "the person has the last word");
}

#[test]
fn what_overlaps_another_of_its_type_is_unfinished_and_what_lies_inside_is_not() {
    let mut desk = Desk::open("seed-a");
    let author = Filler::Entity(EntityId::author());
    let claim = |desk: &mut Desk, words: &str| {
        let claim = desk.tag(words, "claim");
        desk.act(Action::Fill(author.clone()));
        desk.press("Escape Escape Escape");
        claim
    };
    claim(&mut desk, "the Palestinian resistance, which previously engaged in combat");
    claim(&mut desk, "in combat");
    assert_eq!(desk.state.lists.lacking(), 0, "one claim may lie inside another");
    let crossing = claim(&mut desk, "combat in Gaza");
    let todo = desk.state.lists.todo(0..desk.state.lists.len(ListName::Todo));
    let said: Vec<(AnnotationId, Vec<String>)> =
        todo.iter().map(|item| (item.id.clone(), item.what.iter().map(ToString::to_string).collect())).collect();
    assert_eq!(said, [(crossing.clone(), vec!["Overlaps another claim".to_owned()])]);
    desk.press("n");
    assert_eq!(desk.state.focus, Some(crossing));
    desk.press("{");
    assert_eq!(desk.state.lists.lacking(), 0, "an edge was moved");
}
