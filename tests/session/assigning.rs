//! Articles that are assigned: parted by the lead, listed for each annotator, and what these see of each other.

use std::rc::Rc;

use serde_json::json;
use standpoint::edit::{Command, plan};
use standpoint::format::native;
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

/// A project of twelve articles, each a hundred words longer than the one before; Ana and Ben have annotated the first.
fn project() -> String {
    let text = |n: usize| vec!["word"; n * 100].join(" ");
    let articles: Vec<_> =
        (1..=12).map(|n| json!({ "id": format!("a{n:02}"), "title": format!("Article {n}"), "text": text(n) })).collect();
    let tagged = |who: &str| json!({ "article": "a01", "annotator": who, "type": "speaker", "fragments": [{ "start": 0, "end": 4 }] });
    json!({
        "format": "standpoint", "version": 1, "project": { "id": "p", "title": "Twelve" },
        "annotators": [{ "id": "u-1", "name": "Ana" }, { "id": "u-2", "name": "Ben" }, { "id": "ana", "name": "Lena" }],
        "articles": articles, "annotations": [tagged("u-1"), tagged("u-2")]
    })
    .to_string()
}

fn lead() -> Desk {
    let mut desk = Desk::open("seed-a");
    desk.read(&project());
    desk
}

fn choice(names: &str, each_by: usize) -> Assigning {
    Assigning { names: names.into(), each_by, common: 0, seed: 1, which: Which::All, others: Others::Hidden }
}

fn assign(desk: &mut Desk, choice: &Assigning) -> Draft {
    let draft = draft(&desk.state, &lengths(&desk.state.store, desk.state.catalogue.listed()).0, choice).expect("a draft");
    desk.act(Action::Run(Command::Assign { shares: draft.shares.clone(), others: choice.others }));
    draft
}

fn sits(desk: &mut Desk, who: &str) {
    desk.act(Action::SetAnnotator { annotator: AnnotatorId::new(who).expect("an id"), name: None });
    desk.act(Action::TakeUpAssigned);
}

fn listed(desk: &Desk) -> Vec<String> {
    article_list(&desk.state, "", MorePages::default()).items.iter().map(|item| item.id.to_string()).collect()
}

fn refused(desk: &Desk, choice: &Assigning) -> String {
    draft(&desk.state, &lengths(&desk.state.store, desk.state.catalogue.listed()).0, choice).expect_err("a refusal")
}

#[test]
fn the_lead_sees_before_and_after_who_gets_what() {
    let mut desk = lead();
    assert_eq!(&*Assigning::of(&desk.state).names, "Ana\nBen", "those known by name, but for whoever leads");
    let draft = assign(&mut desk, &choice("Ana\n Ben \n\nCem\nAna\n", 2));
    let told: Vec<(&str, usize, usize, usize)> = draft.rows.iter().map(|row| (&*row.name, row.before, row.done, row.articles)).collect();
    assert_eq!(told.iter().map(|row| (row.0, row.1, row.2)).collect::<Vec<_>>(), [("Ana", 0, 0), ("Ben", 0, 0), ("Cem", 0, 0)]);
    assert_eq!(told.iter().map(|row| row.3).sum::<usize>(), 24, "each article twice");
    let words: Vec<usize> = draft.rows.iter().map(|row| row.words).collect();
    assert_eq!(words.iter().sum::<usize>(), 2 * 7_800);
    assert!(words.iter().max().zip(words.iter().min()).is_some_and(|(most, least)| most - least <= 1_200), "{words:?}");
    assert!(draft.rows.iter().all(|row| row.shared.is_some_and(|(least, most)| least >= 2 && most <= 6)), "{:?}", draft.rows);
    assert_eq!(draft.left, 0);

    // What is stored is that, each with its place; somebody new has an id that a link with the name means, too.
    let cem = desk.state.store.annotators().find(|annotator| &*annotator.name == "Cem").expect("a new annotator").id.clone();
    assert_eq!(cem.as_str(), "Cem");
    for (share, who) in draft.shares.iter().zip(["u-1", "u-2", "Cem"]) {
        assert_eq!(desk.state.store.assigned_to(&AnnotatorId::new(who).expect("an id"), &[]), share.articles);
    }
    assert_eq!(desk.state.store.header().others, Others::Hidden);
    assert_eq!(&*desk.state.status, "assigned articles");
    assert_eq!(listed(&desk).len(), 12, "who leads sees all");
    assert_eq!(layer_items(&desk.state).len(), 3);
    let told: Vec<(String, usize)> = team(&desk.state).iter().map(|row| (row.name.to_string(), row.articles.iter().sum())).collect();
    let own = |n: usize| draft.shares[n].articles.len();
    let of = |name: &str, articles: usize| (name.to_owned(), articles);
    assert_eq!(told, [of("Lena", 12), of("Ana", own(0)), of("Ben", own(1)), of("Cem", own(2))], "of what is theirs to read");
    assert_eq!(
        invited(&desk.state).iter().map(|(name, called)| format!("{name} {called}")).collect::<Vec<_>>(),
        ["Ana Ana", "Ben Ben", "Cem Cem"]
    );

    // Through a file it is the same, and one step takes all of it back.
    let written = native::write(&desk.state.store);
    let read = native::read("p.json", &written).expect("a project");
    assert_eq!((read.issues.len(), &read.store), (0, &desk.state.store));
    let again = plan(&desk.state.store, &desk.state.dry_context(), &Command::Assign { shares: draft.shares, others: Others::Hidden });
    assert!(again.is_err(), "nothing would change");
    desk.act(Action::Undo);
    assert_eq!((desk.state.store.assignments().count(), desk.state.store.header().others), (0, Others::Shown));
    assert_eq!(desk.state.store.annotators().count(), 3);
    desk.act(Action::Redo);
    assert_eq!(desk.state.store.assignments().count(), 24);
}

#[test]
fn an_annotator_sees_what_is_assigned_in_its_order_and_nobody_elses_work() {
    let mut desk = lead();
    let draft = assign(&mut desk, &choice("Ana\nBen\nCem", 2));
    let own: Vec<String> = draft.shares[1].articles.iter().map(ToString::to_string).collect();
    sits(&mut desk, "u-2");
    assert_eq!(listed(&desk), own);
    assert_eq!(desk.state.article.as_ref().map(ToString::to_string).as_ref(), own.first());
    desk.press("Alt+PageDown");
    assert_eq!(desk.state.article.as_ref().map(ToString::to_string).as_ref(), own.get(1));
    desk.act(Action::OpenArticle(ArticleId::new("a01").expect("an id")));
    assert_eq!(layer_items(&desk.state).iter().map(|layer| layer.name.to_string()).collect::<Vec<_>>(), ["Ben"]);
    assert_eq!(desk.state.lists.len(ListName::All), 1, "of two that are there");
    assert_eq!(team(&desk.state).len(), 1);
    assert!(intent_view(&desk.state, Intent::Compare).refusal.is_some());
    let item = article_list(&desk.state, "article 1", MorePages::default()).items.into_iter().find(|item| item.id.as_str() == "a01");
    assert!(item.is_none_or(|item| item.others == 0));
    let tagged: usize =
        desk.state.page.blocks.iter().flat_map(|block| &block.segments).filter(|segment| segment.annotations.is_some()).count();
    assert_eq!(tagged, 1);
    let ids = desk.state.page.blocks[0].segments[0].annotations.clone().expect("an annotation");
    assert_eq!(ids.split(' ').count(), 1, "Ana’s is not drawn");
    desk.act(Action::List(Listing::All));
    assert_eq!(listed(&desk), own, "who may not see others’ work sees no other articles");
    let refusal = |desk: &Desk| intent_view(&desk.state, Intent::ToggleListing).refusal;
    assert!(refusal(&desk).is_some());

    // Done is counted of what is one's own to do.
    desk.act(Action::Dialog(None));
    desk.act(Action::OpenArticle(draft.shares[1].articles[0].clone()));
    desk.act(Action::Run(Command::SetStatus { status: Status::Done }));
    assert_eq!((desk.state.done(), desk.state.listed().len()), (1, own.len()));
    assert_eq!(own_work(&desk.state).all_articles, own.len());

    // Whoever has assigned them on this device sees everything, whatever is assigned to them.
    desk.act(Action::Sit(Seat::Lead));
    assert_eq!((listed(&desk).len(), layer_items(&desk.state).len()), (12, 2));
    assert_eq!(refusal(&desk), None);
    desk.act(Action::List(Listing::Assigned));
    assert_eq!(listed(&desk), own);

    // Once the lead lets them, annotators see each other's work, and may list all articles.
    desk.act(Action::Sit(Seat::Annotator));
    desk.act(Action::Run(Command::Assign { shares: draft.shares.clone(), others: Others::Shown }));
    assert_eq!((listed(&desk).len(), layer_items(&desk.state).len()), (own.len(), 2));
    desk.act(Action::List(Listing::All));
    assert_eq!(listed(&desk).len(), 12);
}

#[test]
fn more_articles_go_to_those_who_have_less_and_what_is_assigned_stays() {
    let mut desk = lead();
    let first = assign(&mut desk, &Assigning { each_by: 0, common: 3, ..choice("Ana\nBen", 0) });
    assert_eq!(first.left, 9, "three by everybody, and no others");
    assert_eq!(first.shares[0].articles, first.shares[1].articles);
    assert_eq!(Assigning::of(&desk.state).which, Which::Unassigned);
    let next = assign(&mut desk, &Assigning { which: Which::Unassigned, ..choice("Ana\nCem", 1) });
    assert_eq!(next.left, 0);
    let now = |who: &str| desk.state.store.assigned_to(&AnnotatorId::new(who).expect("an id"), &[]);
    assert_eq!(now("u-1")[..3], first.shares[0].articles, "what was first stays first");
    assert_eq!(now("u-2"), first.shares[1].articles, "who is not named keeps theirs");
    assert_eq!(now("u-1").len() - 3 + now("Cem").len(), 9);
    assert_eq!(next.rows.iter().map(|row| (&*row.name, row.before)).collect::<Vec<_>>(), [("Ana", 3), ("Cem", 0)]);
    let words: Vec<usize> = next.rows.iter().map(|row| row.words).collect();
    assert!(words[0].abs_diff(words[1]) <= 1_200, "{words:?}");
    assert_eq!(
        refused(&desk, &Assigning { which: Which::Unassigned, ..choice("Ana", 1) }),
        "Every article is assigned to somebody already."
    );
    // Anew: who is not named has nothing any more.
    assign(&mut desk, &choice("Cem", 1));
    assert_eq!(desk.state.store.assignments().map(|of| of.annotator.as_str()).collect::<std::collections::BTreeSet<_>>(), ["Cem"].into());
}

#[test]
fn what_can_not_be_assigned_is_said() {
    let desk = lead();
    assert_eq!(refused(&desk, &choice(" \n", 1)), "Say who annotates: a name a line.");
    assert_eq!(refused(&desk, &choice("Ana\nBen", 3)), "Each article by 3 takes as many annotators; there are 2.");
    assert_eq!(refused(&desk, &choice("Ana", 0)), "Nobody would get anything.");
    assert!(refused(&desk, &choice(&"x".repeat(65), 1)).starts_with("A name has 64 characters at most: “xxxxx"));
    let crowd: String = (0..201).map(|n| format!("p{n}\n")).collect();
    assert!(refused(&desk, &choice(&crowd, 1)).starts_with("201 people"));
    let mut empty = Desk::open("seed-a");
    empty.read(r#"{ "format": "standpoint", "version": 1 }"#);
    assert_eq!(refused(&empty, &choice("Ana", 1)), "There is no article to assign.");
}

#[test]
fn who_goes_on_as_another_annotator_finds_what_is_assigned_to_that_one() {
    let mut desk = lead();
    let draft = assign(&mut desk, &Assigning { others: Others::Shown, ..choice("Ana\nBen", 1) });
    for (n, who) in ["u-1", "u-2"].into_iter().enumerate() {
        desk.act(Action::WorkAs { annotator: AnnotatorId::new(who).expect("an id"), name: None });
        assert!(desk.state.article.as_ref().is_some_and(|open| draft.shares[n].articles.contains(open)), "{who}");
        assert_eq!(desk.state.listed(), draft.shares[n].articles);
    }
}

#[test]
fn who_opens_it_under_a_name_that_has_nothing_is_told() {
    let mut desk = lead();
    assign(&mut desk, &choice("Ana\nBen", 1));
    let name = Some("Anna".to_owned());
    desk.act(Action::SetAnnotator { annotator: AnnotatorId::new("Anna").expect("an id"), name });
    let said: Vec<Rc<str>> = desk.state.notices.iter().map(|notice| notice.text.clone()).collect();
    assert_eq!(said.len(), 1);
    assert!(said[0].contains("“\u{2068}Anna\u{2069}”, but to Ana, Ben"), "{}", said[0]);
}

#[test]
fn articles_without_a_place_come_last_as_the_project_has_them_and_gone_ones_not_at_all() {
    let mut desk = lead();
    let mut json: serde_json::Value = serde_json::from_str(&project()).expect("JSON");
    let of = |article: &str, place: Option<u32>| {
        let mut record = json!({ "article": article, "annotator": "u-1" });
        if let Some(place) = place {
            record["place"] = place.into();
        }
        record
    };
    json["assignments"] = json!([of("a03", None), of("a02", None), of("a09", Some(4)), of("a05", Some(1)), of("gone", Some(0))]);
    let reading = native::read("p.json", &json.to_string()).expect("a project");
    assert_eq!(reading.issues.len(), 1, "an article that is not there: {:?}", reading.issues);
    desk.act(Action::Open { store: reading.store, article: None, saved: true, unexported: 0, rest: Unloaded::default() });
    sits(&mut desk, "u-1");
    assert_eq!(listed(&desk), ["a05", "a09", "a02", "a03"]);
    json["project"]["others"] = "sometimes".into();
    let reading = native::read("p.json", &json.to_string()).expect("a project");
    assert!(reading.issues.iter().any(|issue| issue.to_string().contains("project.others")), "{:?}", reading.issues);
    assert_eq!(reading.store.header().others, Others::Shown);
}

#[test]
fn a_step_from_an_article_that_is_not_listed_leads_into_the_list() {
    let mut desk = lead();
    let draft = assign(&mut desk, &choice("Ana\nBen", 1));
    let elsewhere = draft.shares[0].articles[0].clone();
    sits(&mut desk, "u-2");
    desk.act(Action::OpenArticle(elsewhere.clone()));
    assert_eq!(desk.state.article, Some(elsewhere), "a link to it still opens it");
    desk.press("Alt+PageDown");
    assert_eq!(desk.state.article.as_ref(), draft.shares[1].articles.first());
}

#[test]
fn the_files_of_a_team_say_the_same_whoever_writes_them() {
    let mut desk = lead();
    assign(&mut desk, &choice("Ana\nBen", 1));
    let store = &desk.state.store;
    // What an annotator hands in says nothing of who gets what, and so contradicts nothing when the lead gives it out anew.
    let handed_in = store.work_of(&AnnotatorId::new("u-1").expect("an id"));
    assert_eq!(handed_in.assignments().count(), 0);
    let anew = draft(&desk.state, &lengths(store, desk.state.catalogue.listed()).0, &choice("Ben\nCem", 1)).expect("a draft");
    desk.act(Action::Run(Command::Assign { shares: anew.shares, others: Others::Shown }));
    let merged = desk.state.store.merge_copy(&handed_in).0;
    assert_eq!(merged.header().others, Others::Shown);
    assert!(merged.all_records().all(|(_, record)| record.conflicts.is_empty()));
}

#[test]
fn articles_whose_texts_are_not_here_are_assigned_too() {
    let desk = lead();
    let listed = desk.state.catalogue.listed();
    let here = desk.state.store.without_articles(&listed[..6].iter().cloned().collect());
    let (lengths, guessed) = lengths(&here, listed);
    assert_eq!(guessed, 6);
    assert_eq!(lengths.iter().map(|(article, _)| article.clone()).collect::<Vec<_>>(), listed);
    assert_eq!(lengths[0].1, 950, "as long as the others, 700 to 1,200 words, are on average");
    let draft = draft(&desk.state, &lengths, &choice("Ana\nBen", 1)).expect("a draft");
    assert_eq!((draft.left, draft.rows.iter().map(|row| row.articles).sum::<usize>()), (0, 12));
}
