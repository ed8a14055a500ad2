use standpoint::browser::Storage;
use standpoint::model::*;
use standpoint::session::Action;
use standpoint::text::Stretch;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::*;

fn tag(state: &std::rc::Rc<standpoint::session::State>, type_id: &str, start: u32, end: u32) -> std::rc::Rc<standpoint::session::State> {
    let state = act(state, Action::Select(Stretch::of(start, end)));
    act(&state, Action::Tag(TypeId::new(type_id).expect("an id")))
}

#[wasm_bindgen_test]
fn what_was_saved_is_loaded() {
    let (_, store) = store_sample();
    let loaded = Storage::open().load(&project()).expect("a project");
    assert_eq!(loaded.problems, Vec::<String>::new());
    assert_eq!(records(&loaded.store), records(&store));
    assert_eq!(loaded.store.article_ids(), store.article_ids());
    for key in stored_keys() {
        assert!(key.starts_with("standpoint/"), "{key}");
        let value = local_storage().get_item(&key).expect("readable").expect("a value");
        assert!(value.is_ascii(), "{key} costs two bytes a letter in some browsers");
    }
}

#[wasm_bindgen_test]
fn an_edit_writes_its_own_layer_alone() {
    let (storage, store) = store_sample();
    let key = "standpoint/1/seed-articles/a/seed-a/example";
    let before = local_storage().get_item(key).expect("readable");
    let state = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    assert!(!state.unsaved.is_empty());
    storage.save(&state.store, &state.unsaved, false).expect("saved");
    assert_eq!(local_storage().get_item(key).expect("readable"), before);
    assert!(stored_keys().contains(&"standpoint/1/seed-articles/a/seed-a/ana".to_owned()), "{:?}", stored_keys());
    assert_eq!(records(&Storage::open().load(&project()).expect("a project").store), records(&state.store));
}

#[wasm_bindgen_test]
fn two_tabs_write_the_same_layer_and_neither_loses() {
    let (first, store) = store_sample();
    let second = Storage::open();
    let other = second.load(&project()).expect("a project").store;
    let mine = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    let theirs = tag(&desk(other, "ana", "r2"), "cue", 762, 768);
    first.save(&mine.store, &mine.unsaved, false).expect("saved");
    second.save(&theirs.store, &theirs.unsaved, false).expect("saved");
    let loaded = Storage::open().load(&project()).expect("a project").store;
    let own = loaded
        .annotations(&ArticleId::new("seed-a").expect("an id"))
        .iter()
        .filter(|annotation| annotation.annotator.as_str() == "ana")
        .count();
    assert_eq!(own, 2);
}

#[wasm_bindgen_test]
fn a_damaged_layer_is_put_aside_and_the_rest_loads() {
    let (_, store) = store_sample();
    let key = "standpoint/1/seed-articles/a/seed-a/example";
    let whole = local_storage().get_item(key).expect("readable").expect("a value");
    let cut = &whole[..whole.len() / 2];
    local_storage().set_item(key, cut).expect("set");
    let loaded = Storage::open().load(&project()).expect("a project");
    assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
    assert!(loaded.problems[0].contains(key), "{:?}", loaded.problems);
    assert_eq!(local_storage().get_item(&format!("standpoint/quarantine/{key}")).expect("readable").as_deref(), Some(cut));
    let count =
        |store: &standpoint::edit::AnnotationStore, article: &str| store.annotations(&ArticleId::new(article).expect("an id")).len();
    assert_eq!(count(&loaded.store, "seed-a"), 0);
    assert_eq!(count(&loaded.store, "seed-b"), count(&store, "seed-b"));
    assert_eq!(loaded.store.article_ids().len(), 2);
}

#[wasm_bindgen_test]
fn one_flipped_letter_is_noticed() {
    store_sample();
    let key = "standpoint/1/seed-articles/r/article/seed-b";
    let value = local_storage().get_item(key).expect("readable").expect("a value");
    let flipped = value.replacen("resistance", "resistence", 1);
    assert_ne!(value, flipped);
    local_storage().set_item(key, &flipped).expect("set");
    let loaded = Storage::open().load(&project()).expect("a project");
    assert_eq!(loaded.problems.len(), 1, "{:?}", loaded.problems);
    assert!(local_storage().get_item(&format!("standpoint/quarantine/{key}")).expect("readable").is_some());
}

#[wasm_bindgen_test]
fn a_full_storage_is_said_and_keeps_what_was_there() {
    let (storage, store) = store_sample();
    let before = local_storage().get_item("standpoint/1/seed-articles/a/seed-a/example").expect("readable");
    let mut size = 4_000_000;
    let mut at = 0;
    while size > 8 {
        if local_storage().set_item(&format!("another-page/{at}"), &"x".repeat(size)).is_ok() {
            at += 1;
        } else {
            size /= 2;
        }
    }
    let state = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    let why = storage.save(&state.store, &state.unsaved, false).expect_err("no room");
    assert!(why.contains("full"), "{why}");
    assert_eq!(local_storage().get_item("standpoint/1/seed-articles/a/seed-a/example").expect("readable"), before);
    clear_storage();
    storage.save(&state.store, &all_keys(&state.store), false).expect("room again");
    assert_eq!(records(&Storage::open().load(&project()).expect("a project").store), records(&state.store));
}

#[wasm_bindgen_test]
fn what_a_newer_page_wrote_is_left_alone() {
    let (storage, store) = store_sample();
    let newer = "standpoint/2/seed-articles/a/seed-a/ana";
    local_storage().set_item(newer, "something new").expect("set");
    let state = tag(&desk(store, "ana", "r1"), "speaker", 753, 761);
    storage.save(&state.store, &state.unsaved, false).expect("saved");
    assert_eq!(local_storage().get_item(newer).expect("readable").as_deref(), Some("something new"));
    assert!(Storage::open().load(&project()).expect("a project").problems.is_empty());
}

#[wasm_bindgen_test]
fn projects_are_listed_by_their_titles() {
    let (storage, _) = store_sample();
    let listed = storage.projects();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].id.clone(), listed[0].articles), (project(), 2));
    assert_eq!(listed[0].title, "Sample: two articles");
}
