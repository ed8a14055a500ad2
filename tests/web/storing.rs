//! Local storage: each value checked, nothing overwritten that somebody else wrote, nothing lost in silence.

use std::rc::Rc;

use standpoint::browser::{Copy, Extent, Storage, Unmirrored};
use standpoint::edit::AnnotationStore;
use standpoint::model::*;
use standpoint::session::State;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::*;

fn mirror(storage: &Storage, state: &State) -> Unmirrored {
    storage.mirror(Copy { store: &state.store, order: state.catalogue.places() }, &state.unsaved, 0)
}

async fn loaded() -> AnnotationStore {
    Storage::open().load(&project(), Extent::All).await.expect("a project").store
}

fn count(store: &AnnotationStore, article: &str) -> usize {
    store.annotations(&ArticleId::new(article).expect("an id")).len()
}

#[wasm_bindgen_test]
async fn what_was_saved_is_loaded() {
    let (_, store) = store_sample();
    let loaded = Storage::open().load(&project(), Extent::All).await.expect("a project");
    assert_eq!(loaded.problems, Vec::<String>::new());
    assert_eq!(records(&loaded.store), records(&store));
    assert_eq!(loaded.store.article_ids(), store.article_ids());
    assert_eq!(loaded.debts.owed.len(), records(&store).len(), "there is no database yet that has it");
    for key in stored_keys() {
        assert!(key.starts_with("standpoint/"), "{key}");
        let value = local_storage().get_item(&key).expect("readable").expect("a value");
        assert!(value.is_ascii(), "{key} costs two bytes a letter in some browsers");
    }
}

#[wasm_bindgen_test]
async fn an_edit_writes_its_own_layer_alone() {
    let (storage, store) = store_sample();
    let key = "standpoint/1/seed-articles/a/seed-a/example";
    let before = local_storage().get_item(key).expect("readable");
    let state = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    assert!(!state.unsaved.is_empty());
    assert_eq!(mirror(&storage, &state), Unmirrored::default());
    assert_eq!(local_storage().get_item(key).expect("readable"), before);
    assert!(stored_keys().contains(&"standpoint/1/seed-articles/a/seed-a/ana".to_owned()), "{:?}", stored_keys());
    assert_eq!(records(&loaded().await), records(&state.store));
}

#[wasm_bindgen_test]
async fn two_tabs_write_the_same_layer_and_neither_loses() {
    let (first, store) = store_sample();
    let second = Storage::open();
    let other = second.load(&project(), Extent::All).await.expect("a project").store;
    let mine = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    let theirs = tag(&desk(other, "ana", "r2"), "cue", 762, 768);
    assert_eq!(mirror(&first, &mine), Unmirrored::default());
    assert_eq!(mirror(&second, &theirs), Unmirrored::default());
    let loaded = loaded().await;
    let seed = ArticleId::new("seed-a").expect("an id");
    let own = loaded.annotations(&seed).iter().filter(|annotation| annotation.annotator.as_str() == "ana").count();
    assert_eq!(own, 2);
}

#[wasm_bindgen_test]
async fn a_damaged_layer_is_put_aside_and_the_rest_loads() {
    let (_, store) = store_sample();
    let key = "standpoint/1/seed-articles/a/seed-a/example";
    let whole = local_storage().get_item(key).expect("readable").expect("a value");
    let cut = &whole[..whole.len() / 2];
    local_storage().set_item(key, cut).expect("set");
    let loaded = Storage::open().load(&project(), Extent::All).await.expect("a project");
    assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
    assert!(loaded.problems[0].contains("Missing here: 1 annotator’s layer on"), "{:?}", loaded.problems);
    assert_eq!(local_storage().get_item(&format!("standpoint/quarantine/{key}")).expect("readable").as_deref(), Some(cut));
    assert_eq!(count(&loaded.store, "seed-a"), 0);
    assert_eq!(count(&loaded.store, "seed-b"), count(&store, "seed-b"));
    assert_eq!(loaded.store.article_ids().len(), 2);
}

#[wasm_bindgen_test]
async fn one_flipped_letter_is_noticed() {
    store_sample();
    let key = "standpoint/1/seed-articles/r/article/seed-b";
    let value = local_storage().get_item(key).expect("readable").expect("a value");
    let flipped = value.replacen("resistance", "resistence", 1);
    assert_ne!(value, flipped);
    local_storage().set_item(key, &flipped).expect("set");
    let loaded = Storage::open().load(&project(), Extent::All).await.expect("a project");
    assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
    assert!(local_storage().get_item(&format!("standpoint/quarantine/{key}")).expect("readable").is_some());
}

#[wasm_bindgen_test]
async fn a_full_storage_is_said_and_keeps_what_was_there() {
    let (storage, store) = store_sample();
    let before = local_storage().get_item("standpoint/1/seed-articles/a/seed-a/example").expect("readable");
    fill_local_storage();
    let state: Rc<State> = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    let refused = mirror(&storage, &state).refused;
    assert!(refused.values().any(|why| why.contains("full")), "{refused:?}");
    assert_eq!(local_storage().get_item("standpoint/1/seed-articles/a/seed-a/example").expect("readable"), before);
    clear_storage();
    storage.put(&state.store).await.expect("room again");
    assert_eq!(records(&loaded().await), records(&state.store));
}

#[wasm_bindgen_test]
async fn what_a_newer_page_wrote_is_left_alone() {
    let (storage, store) = store_sample();
    let (newer, other) = ("standpoint/2/seed-articles/a/seed-a/ana", "standpoint/1/seed-articles/x/new-kind");
    for key in [newer, other] {
        local_storage().set_item(key, "something new").expect("set");
    }
    let state = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    assert_eq!(mirror(&storage, &state), Unmirrored::default());
    let problems = Storage::open().load(&project(), Extent::All).await.expect("a project").problems;
    assert!(problems.len() == 1 && problems[0].contains("newer version") && problems[0].contains("left as it is"), "{problems:?}");
    for key in [newer, other] {
        assert_eq!(local_storage().get_item(key).expect("readable").as_deref(), Some("something new"));
    }
}

#[wasm_bindgen_test]
async fn projects_are_listed_by_their_titles() {
    let (storage, _) = store_sample();
    let listed = storage.projects().await;
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].id.clone(), listed[0].articles), (project(), 2));
    assert_eq!(listed[0].title, "Sample: two articles");
}
