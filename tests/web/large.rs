//! Projects too large to be in memory as a whole: their cards are, and what is on the desk.

use std::rc::Rc;

use standpoint::browser::{Copy, Extent, Loaded, Storage};
use standpoint::edit::{AnnotationStore, Assignee, Command, Share};
use standpoint::model::*;
use standpoint::session::{Action, MOST_LOADED, State};
use wasm_bindgen_test::wasm_bindgen_test;

use super::both_stores::{Tab, empty_stores};
use super::page::*;

const ARTICLES: usize = MOST_LOADED + 20;

fn article(number: usize) -> ArticleId {
    ArticleId::new(&format!("a{number:03}")).expect("an id")
}

/// More articles than are held in memory, each with one annotation of Ben's.
fn large() -> AnnotationStore {
    let words = |number: usize| format!("Minister {number} said no.");
    let articles: Vec<String> = (0..ARTICLES).map(|n| format!("{{\"id\":\"{}\",\"text\":\"{}\"}}", article(n), words(n))).collect();
    let annotations: Vec<String> = (0..ARTICLES)
        .map(|n| {
            format!(
                "{{\"article\":\"{}\",\"annotator\":\"ben\",\"type\":\"speaker\",\"fragments\":[{{\"start\":0,\"end\":8}}]}}",
                article(n)
            )
        })
        .collect();
    let json = format!(
        "{{\"format\":\"standpoint\",\"version\":1,\"project\":{{\"id\":\"large\",\"title\":\"Large\"}},\"articles\":[{}],\"annotations\":[{}]}}",
        articles.join(","),
        annotations.join(",")
    );
    standpoint::format::native::read("large.json", &json).expect("a project").store
}

fn id() -> ProjectId {
    ProjectId::new("large").expect("an id")
}

async fn stored() -> (Rc<Storage>, AnnotationStore) {
    let storage = empty_stores().await;
    let store = large();
    storage.put(&store).await.expect("stored");
    clear_storage();
    (storage, store)
}

fn open(storage: &Rc<Storage>, loaded: Loaded, replica: &str) -> Tab {
    let Loaded { store, rest, debts, .. } = loaded;
    let tab = Tab::open(storage, store.clone(), replica);
    tab.act(Action::Open { store, article: None, saved: true, unexported: 0, rest });
    tab.saver.turn_to(debts);
    tab
}

async fn at_desk() -> (Tab, AnnotationStore) {
    let (storage, store) = stored().await;
    let loaded = storage.load(&id(), Extent::Desk(Some(&article(7)))).await.expect("the project");
    (open(&storage, loaded, "r1"), store)
}

fn loaded(state: &State) -> Vec<String> {
    state.store.article_ids().iter().map(ToString::to_string).collect()
}

async fn goes_to(tab: &Tab, number: usize) {
    tab.act(Action::OpenArticle(article(number)));
    wait_until(|| tab.state().article == Some(article(number))).await;
}

#[wasm_bindgen_test]
async fn one_article_is_read_and_all_are_listed() {
    let (tab, store) = at_desk().await;
    let state = tab.state();
    assert_eq!(loaded(&state), ["a007"]);
    assert_eq!(state.catalogue.listed(), store.article_ids());
    let card = state.catalogue.card(&article(90)).expect("its card");
    assert_eq!((&*card.label, card.work_of(&AnnotatorId::new("ben").expect("an id")).annotations), ("Minister 90 said no.", 1));
    goes_to(&tab, 90).await;
    assert_eq!(tab.state().store.annotations(&article(90)).len(), 1);
    assert_eq!(tab.state().store.annotations(&article(91)).len(), 0, "nobody has looked at it");
}

#[wasm_bindgen_test]
async fn the_whole_project_is_what_was_stored_and_what_was_done_since() {
    let (tab, store) = at_desk().await;
    assert_eq!(records(&tab.saver.whole().await), records(&store));
    tab.tag("cue", 11, 15);
    goes_to(&tab, 33).await;
    tab.act(Action::Run(Command::SetStatus { status: Status::Done }));
    let whole = tab.saver.whole().await;
    assert_eq!(records(&whole).len(), records(&store).len() + 3, "an annotation and two statuses");
    assert_eq!(whole.article_ids(), store.article_ids());
    tab.settled().await;
    let again = tab.storage.load(&id(), Extent::Desk(None)).await.expect("the project");
    let card = again.rest.cards.get(&article(33)).cloned().flatten().expect("its card");
    assert_eq!(card.work_of(&tab.state().annotator).status, Status::Done, "the card knows, though the article is not read");
    assert_eq!(again.rest.cards.get(&article(7)).cloned().flatten().expect("its card").work_of(&tab.state().annotator).annotations, 1);
}

#[wasm_bindgen_test]
async fn what_was_not_looked_at_for_long_leaves_the_memory_and_is_not_lost() {
    let (tab, store) = at_desk().await;
    tab.tag("cue", 11, 15);
    tab.saver.need((0..ARTICLES).map(article)).await;
    let number = |state: &State| state.store.article_ids().len();
    assert_eq!(number(&tab.state()), ARTICLES);
    goes_to(&tab, 100).await;
    tab.tag("cue", 13, 17);
    tab.settled().await;
    wait_until(|| number(&tab.state()) <= 2).await;
    assert_eq!(loaded(&tab.state()), ["a007", "a100"], "what can be undone into stays");
    assert_eq!(records(&tab.saver.whole().await).len(), records(&store).len() + 4, "an annotation and a status each");
    tab.act(Action::Undo);
    tab.act(Action::Undo);
    assert_eq!(tab.state().article, Some(article(7)));
}

#[wasm_bindgen_test]
async fn a_tab_that_has_not_read_an_article_learns_of_work_on_it_by_its_card() {
    let (first, _) = at_desk().await;
    let storage = Storage::open();
    storage.connect().await;
    let loaded_too = storage.load(&id(), Extent::Desk(Some(&article(8)))).await.expect("the project");
    let second = open(&storage, loaded_too, "r2");
    first.tag("cue", 11, 15);
    first.settled().await;
    let annotator = first.state().annotator.clone();
    let count = |state: &State| state.catalogue.card(&article(7)).map_or(0, |card| card.work_of(&annotator).annotations);
    wait_until(|| count(&second.state()) == 1).await;
    assert_eq!(loaded(&second.state()), ["a008"]);
    goes_to(&second, 7).await;
    assert_eq!(second.state().store.annotations(&article(7)).len(), 2);
}

#[wasm_bindgen_test]
async fn work_that_only_local_storage_has_is_found_though_its_article_is_not_open() {
    let (storage, store) = stored().await;
    // As a page leaves it that was killed before its transaction was done.
    let killed = tag(&desk_at(store, article(50), "r9"), "cue", 12, 16);
    storage.mirror(Copy { store: &killed.store, order: killed.catalogue.places() }, &killed.unsaved, 0);
    let loaded = storage.load(&id(), Extent::Desk(Some(&article(7)))).await.expect("the project");
    assert_eq!(loaded.debts.unchecked, [article(50)]);
    let tab = open(&storage, loaded, "r1");
    let key = |(key, _): &(String, String)| key.contains("/a/a050/ana/");
    loop {
        if stored_rows().await.iter().any(key) {
            break;
        }
        wait_a_little().await;
    }
    let annotator = tab.state().annotator.clone();
    let count = |state: &State| state.catalogue.card(&article(50)).map_or(0, |card| card.work_of(&annotator).annotations);
    wait_until(|| count(&tab.state()) == 1).await;
}

#[wasm_bindgen_test]
async fn a_card_that_is_missing_or_damaged_is_made_again() {
    let (storage, store) = stored().await;
    put_row("standpoint/card/large/a020", "1 00000000 nonsense").await;
    let loaded = storage.load(&id(), Extent::Desk(Some(&article(7)))).await.expect("the project");
    assert_eq!(loaded.problems, Vec::<String>::new(), "it is made from what it counts");
    assert_eq!(loaded.debts.cardless.iter().collect::<Vec<_>>(), [&article(20)]);
    let tab = open(&storage, loaded, "r1");
    assert_eq!(tab.state().catalogue.listed().len(), store.article_ids().len());
    loop {
        let rows = stored_rows().await;
        if rows.iter().any(|(key, value)| key.ends_with("/card/large/a020") && value.contains("Minister 20")) {
            break;
        }
        wait_a_little().await;
    }
}

#[wasm_bindgen_test]
async fn an_article_that_is_added_again_or_removed_is_known_though_it_is_not_in_memory() {
    let (tab, store) = at_desk().await;
    tab.saver.need([article(60)]).await;
    tab.act(Action::Run(Command::RemoveArticle { article: article(60) }));
    tab.settled().await;
    let fresh = Storage::open();
    fresh.connect().await;
    let loaded = fresh.load(&id(), Extent::Desk(None)).await.expect("the project");
    assert_eq!(loaded.rest.cards.get(&article(60)), Some(&None));
    let again = open(&fresh, loaded, "r2");
    assert_eq!(again.state().catalogue.listed().len(), store.article_ids().len() - 1);
    let known = store.article(&article(60)).expect("the article").clone();
    again.saver.need([article(60)]).await;
    again.act(Action::Run(Command::AddArticles { articles: vec![known] }));
    let record = again.state().store.record(&RecordKey::Article(article(60))).cloned().expect("a record");
    assert!(record.conflicts.is_empty(), "it knows that it was removed");
    assert_eq!(again.state().catalogue.listed(), store.article_ids(), "and finds its place");
}

#[wasm_bindgen_test]
async fn what_is_assigned_is_known_and_taken_up_though_it_is_not_in_memory() {
    let (tab, store) = at_desk().await;
    let ana = tab.state().annotator.clone();
    let share = Share { who: Assignee::Known(ana.clone()), articles: vec![article(90), article(33)] };
    tab.act(Action::Run(Command::Assign { shares: vec![share], others: Others::Hidden }));
    tab.settled().await;
    for has_local in [true, false] {
        if !has_local {
            clear_storage();
        }
        let fresh = Storage::open();
        fresh.connect().await;
        let loaded = fresh.load(&id(), Extent::Desk(Some(&article(8)))).await.expect("the project");
        assert_eq!(loaded.store.article_ids(), [article(8)]);
        assert_eq!(loaded.store.assigned_to(&ana, &[]), [article(90), article(33)]);
        let again = open(&fresh, loaded, if has_local { "r2" } else { "r3" });
        assert_eq!(again.state().listed(), [article(90), article(33)]);
        again.act(Action::TakeUpAssigned);
        wait_until(|| again.state().article == Some(article(90))).await;
        assert!(!again.state().shows(&AnnotatorId::new("ben").expect("an id")), "others’ work is hidden");
        again.act(Action::Run(Command::SetStatus { status: if has_local { Status::InProgress } else { Status::New } }));
        again.settled().await;
        // Articles leave the memory, what is assigned does not.
        again.saver.need((0..ARTICLES).map(article)).await;
        goes_to(&again, 33).await;
        again.act(Action::Run(Command::SetStatus { status: if has_local { Status::InProgress } else { Status::New } }));
        again.settled().await;
        wait_until(|| again.state().store.article_ids().len() <= 3).await;
        assert_eq!(again.state().listed(), [article(90), article(33)]);
        assert_eq!(again.saver.whole().await.article_ids(), store.article_ids());
    }
}
