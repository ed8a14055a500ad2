//! Articles whose texts are not on this device.

use std::rc::Rc;

use serde_json::json;
use standpoint::format::native::{self, Texts};
use standpoint::model::*;
use standpoint::session::*;
use standpoint::text::sha256_hex;

use crate::desk::Desk;

fn id(id: &str) -> ArticleId {
    ArticleId::new(id).expect("an id")
}

fn text(id: &str) -> String {
    format!("Raisi said no in {id}.")
}

/// A hosted project of these articles; those in capitals have their texts in it.
fn hosted(articles: &[&str]) -> native::Reading {
    let article = |id: &&str| match id.to_uppercase() == **id {
        true => json!({ "id": id, "text": text(id) }),
        false => {
            json!({ "id": id, "title": format!("Story {id}"), "text": { "href": format!("{id}.txt") }, "sha256": sha256_hex(&text(id)) })
        }
    };
    let articles: Vec<_> = articles.iter().map(article).collect();
    let json = json!({ "format": "standpoint", "version": 1, "project": { "id": "p" }, "articles": articles }).to_string();
    let resolve = |href: &str| Some(Rc::from(format!("https://host/{href}")));
    native::read_with("project.json", &json, Texts::Addresses(&resolve)).expect("a project")
}

fn opened(articles: &[&str], article: Option<&str>) -> (Desk, Elsewhere) {
    let reading = hosted(articles);
    let elsewhere = Elsewhere::of(&reading);
    let mut desk = Desk::open("seed-a");
    let (store, rest) = (reading.store, elsewhere.rest());
    desk.act(Action::Open { store, article: article.map(id), saved: false, unexported: 0, rest });
    (desk, elsewhere)
}

fn comes(desk: &mut Desk, elsewhere: &Elsewhere, article: &str) {
    let remote = elsewhere.remotes.iter().find(|remote| remote.article == id(article)).expect("a remote");
    let records = remote.records(&text(article), &desk.state.store).expect("its text").0;
    desk.act(Action::Loaded { articles: vec![id(article)], records });
}

fn listed(desk: &Desk) -> Vec<&str> {
    desk.state.catalogue.listed().iter().map(ArticleId::as_str).collect()
}

#[test]
fn all_articles_are_listed_in_the_files_order_and_the_first_is_waited_for() {
    let (mut desk, elsewhere) = opened(&["c", "b", "a"], None);
    assert_eq!(listed(&desk), ["c", "b", "a"]);
    assert_eq!((desk.state.article.clone(), desk.state.wanted.clone()), (None, Some(id("c"))));
    comes(&mut desk, &elsewhere, "c");
    assert_eq!((desk.state.article.clone(), desk.state.wanted.clone()), (Some(id("c")), None));
    assert_eq!(desk.state.catalogue.elsewhere().iter().collect::<Vec<_>>(), [&id("a"), &id("b")]);
    assert_eq!(listed(&desk), ["c", "b", "a"]);
    assert_eq!(&*desk.state.catalogue.card(&id("c")).expect("a card").label, "Story c");
}

#[test]
fn one_that_is_here_opens_at_once_and_a_wanted_one_when_it_comes() {
    let (desk, _) = opened(&["a", "B"], None);
    assert_eq!((desk.state.article.clone(), desk.state.wanted.clone()), (Some(id("B")), None));
    let (mut desk, elsewhere) = opened(&["a", "B"], Some("a"));
    assert_eq!((desk.state.article.clone(), desk.state.wanted.clone()), (None, Some(id("a"))));
    comes(&mut desk, &elsewhere, "a");
    assert_eq!(desk.state.article, Some(id("a")));
}

#[test]
fn a_text_that_does_not_come_is_not_asked_for_again_and_again() {
    let (mut desk, _) = opened(&["a", "b"], None);
    desk.act(Action::NotLoaded(id("a")));
    assert_eq!((desk.state.article.clone(), desk.state.wanted.clone()), (None, None));
    for action in [Action::Say(Notice::done("x")), Action::Escape, Action::Tidy] {
        desk.act(action);
        assert_eq!(desk.state.wanted, None);
    }
    desk.act(Action::OpenArticle(id("a")));
    assert_eq!(desk.state.wanted, Some(id("a")), "unless the person asks");
    let (mut desk, _) = opened(&["a", "B"], Some("a"));
    desk.act(Action::NotLoaded(id("a")));
    assert_eq!(desk.state.article, Some(id("B")), "what is here can be read meanwhile");
    desk.act(Action::OpenArticle(id("a")));
    desk.act(Action::NotLoaded(id("a")));
    assert_eq!((desk.state.article.clone(), desk.state.wanted.clone()), (Some(id("B")), None));
}

#[test]
fn news_of_articles_apart_are_listed_and_another_tab_that_stored_one_is_believed() {
    let (mut desk, elsewhere) = opened(&["a", "B"], None);
    let news = Elsewhere::of(&hosted(&["c"]));
    desk.act(Action::Announced(news.remotes.iter().map(|remote| (remote.article.clone(), remote.card.clone())).collect()));
    assert_eq!(listed(&desk), ["a", "B", "c"]);
    assert_eq!(desk.state.catalogue.elsewhere().len(), 2);
    let card = Rc::new(standpoint::analysis::Card { label: "Story a, begun".into(), ..Default::default() });
    desk.act(Action::Arrived { records: Vec::new(), cards: vec![(id("a"), Some(card)), (id("c"), Some(news.remotes[0].card.clone()))] });
    assert_eq!(desk.state.catalogue.elsewhere().iter().collect::<Vec<_>>(), [&id("c")]);
    assert!(desk.state.catalogue.is_unloaded(&id("a")), "it is to be read from the stores");
    assert_eq!(elsewhere.remotes.len(), 1);
}

#[test]
fn what_is_missing_is_told_with_three_reasons_and_a_count() {
    let missing = |count: usize| Missing((0..count).map(|n| (id(&format!("a{n}")), Rc::from(format!("No {n}.")))).collect());
    assert_eq!(missing(1).told(), "No 0.");
    assert_eq!(missing(4).told(), "No 0. No 1. No 2. So it is with 1 more.");
    assert_eq!(missing(9).told(), "No 0. No 1. No 2. So it is with 6 more.");
    assert_eq!(
        (missing(1).count(), missing(2).count()),
        ("1 text is not on this device".to_owned(), "2 texts are not on this device".to_owned())
    );
}

#[test]
fn all_texts_can_be_asked_for_while_some_are_away() {
    let (mut desk, elsewhere) = opened(&["a"], None);
    assert_eq!(intent_view(&desk.state, Intent::FetchTexts).refusal, None);
    comes(&mut desk, &elsewhere, "a");
    assert!(intent_view(&desk.state, Intent::FetchTexts).refusal.is_some());
}
