//! The browser's database and local storage together: what is in either is found, what one lacks it gets.

use std::cell::RefCell;
use std::rc::Rc;

use standpoint::browser::{Backing, Extent, Saver, Storage, moment};
use standpoint::edit::{AnnotationStore, HandIn};
use standpoint::model::*;
use standpoint::session::{Action, Handing, SaveState, State, update};
use standpoint::text::Stretch;
use wasm_bindgen_test::wasm_bindgen_test;

use super::page::*;

/// Both stores, empty.
pub async fn empty_stores() -> Rc<Storage> {
    clear_storage();
    let storage = Storage::open();
    storage.connect().await;
    assert_eq!(storage.backing(), Backing::Both);
    for project in storage.projects().await {
        storage.delete(&project.id).await.expect("deleted");
    }
    clear_storage();
    storage
}

/// A tab as the app has it: every action goes through the state, then to the stores.
pub struct Tab {
    state: Rc<RefCell<Rc<State>>>,
    pub saver: Rc<Saver>,
    pub storage: Rc<Storage>,
}

impl Tab {
    pub fn open(storage: &Rc<Storage>, store: AnnotationStore, replica: &str) -> Self {
        let state = Rc::new(RefCell::new(desk(store, "ana", replica)));
        let (read, write) = (state.clone(), state.clone());
        let apply = move |action: Action| {
            let next = update(&write.borrow().clone(), action, &moment());
            *write.borrow_mut() = next;
        };
        let saver = Saver::new(storage.clone(), move || read.borrow().clone(), apply);
        saver.begin();
        Self { state, saver, storage: storage.clone() }
    }

    pub fn act(&self, action: Action) {
        let next = act(&self.state(), action);
        *self.state.borrow_mut() = next;
        self.saver.look();
    }

    /// Takes a copy in that contradicts nothing.
    pub fn merge(&self, project: AnnotationStore) {
        let copy = HandIn { file: "copy.json".into(), project };
        self.act(Action::HandIn { handing: Rc::new(Handing::new(vec![copy], "merged")), decided: None });
    }

    pub fn tag(&self, type_id: &str, start: u32, end: u32) {
        let next = tag(&self.state(), type_id, start, end);
        *self.state.borrow_mut() = next;
        self.saver.look();
    }

    pub fn state(&self) -> Rc<State> {
        self.state.borrow().clone()
    }

    pub async fn settled(&self) -> Rc<State> {
        wait_until(|| self.state().unsaved.is_empty()).await;
        self.state()
    }

    async fn found(&self) -> AnnotationStore {
        let fresh = Storage::open();
        fresh.connect().await;
        fresh.load(&self.state().store.header().id, Extent::All).await.expect("a project").store
    }
}

async fn opened() -> Tab {
    let storage = empty_stores().await;
    storage.put(&sample()).await.expect("stored");
    let loaded = storage.load(&project(), Extent::All).await.expect("a project");
    let tab = Tab::open(&storage, loaded.store, "r1");
    tab.saver.turn_to(loaded.debts);
    tab
}

#[wasm_bindgen_test]
async fn saved_means_committed_and_either_store_is_enough() {
    let tab = opened().await;
    tab.tag("speaker", 753, 761);
    assert!(matches!(tab.state().save, SaveState::Saving), "not before the transaction is done");
    let layer = "standpoint/1/seed-articles/a/seed-a/ana";
    assert!(local_storage().get_item(layer).expect("readable").is_some(), "the second copy is written at once");
    let state = tab.settled().await;
    assert!(matches!(state.save, SaveState::Saved { .. }), "{:?}", state.save);
    assert_eq!(state.saved_revision, Some(state.revision));
    assert_eq!(records(&tab.found().await), records(&state.store));
    clear_storage();
    assert_eq!(records(&tab.found().await), records(&state.store), "the database alone has it all");
}

#[wasm_bindgen_test]
async fn what_the_database_lost_comes_back_from_the_second_copy() {
    let tab = opened().await;
    tab.tag("speaker", 753, 761);
    let state = tab.settled().await;
    wait_until(|| stored_keys().iter().any(|key| key.ends_with("/r/article/seed-b"))).await;
    let second_copy: Vec<(String, String)> =
        stored_keys().into_iter().filter_map(|key| Some((key.clone(), local_storage().get_item(&key).ok()??))).collect();
    tab.storage.delete(&project()).await.expect("deleted");
    for (key, value) in &second_copy {
        local_storage().set_item(key, value).expect("set");
    }
    let fresh = Storage::open();
    fresh.connect().await;
    let loaded = fresh.load(&project(), Extent::All).await.expect("a project");
    assert_eq!(records(&loaded.store), records(&state.store));
    assert_eq!(loaded.debts.owed.len(), records(&state.store).len(), "the database is owed all of it");
}

#[wasm_bindgen_test]
async fn changes_during_a_transaction_go_into_the_next() {
    let tab = opened().await;
    for (start, end) in [(753, 761), (762, 768), (770, 775), (776, 780)] {
        tab.tag("speaker", start, end);
    }
    let state = tab.settled().await;
    assert_eq!(records(&tab.found().await), records(&state.store));
}

#[wasm_bindgen_test]
async fn tabs_see_one_another_and_write_over_nothing() {
    let first = opened().await;
    let storage = Storage::open();
    storage.connect().await;
    let second = Tab::open(&storage, storage.load(&project(), Extent::All).await.expect("a project").store, "r2");
    first.tag("speaker", 753, 761);
    second.tag("cue", 762, 768);
    first.settled().await;
    second.settled().await;
    wait_until(|| records(&first.state().store) == records(&second.state().store)).await;
    assert_eq!(records(&first.found().await), records(&first.state().store));
    let own = first.state().store.annotations(&ArticleId::new("seed-a").expect("an id")).len();
    assert_eq!(own, sample().annotations(&ArticleId::new("seed-a").expect("an id")).len() + 2);
}

/// Claims of Ben's with these numbers, each with a note.
fn many(numbers: std::ops::Range<u32>, note: &str, replica: &str) -> AnnotationStore {
    let replica = Replica::new(replica).expect("an id");
    let time = Timestamp::parse("2026-01-31T12:04:31.007Z").expect("a time");
    let record = |n: u32| {
        let annotation = Annotation {
            id: AnnotationId::new(&format!("many-{n:04}")).expect("an id"),
            article: ArticleId::new("seed-a").expect("an id"),
            annotator: AnnotatorId::new("ben").expect("an id"),
            type_id: TypeId::new("claim").expect("an id"),
            anchor: Anchor::Placed(Span::single(Stretch::of(n, n + 9).expect("a stretch"))),
            attributes: Default::default(),
            roles: Default::default(),
            entity: None,
            note: note.into(),
            origin: Origin::manual(),
        };
        let version = Version::new([(replica.clone(), 7)]).expect("a version");
        let (key, content) = (annotation.key(), Some(annotation.into()));
        (key, Rc::new(Record::single(Versioned { content, created: time.clone(), modified: time.clone(), version })))
    };
    let empty = AnnotationStore::empty((**sample().header()).clone(), (**sample().scheme()).clone());
    empty.merge(numbers.map(record)).0
}

/// Of many rows it is asked at once which are there, or, where many others lie between, of each.
#[wasm_bindgen_test]
async fn hundreds_of_rows_that_two_tabs_write_at_once_are_merged_one_by_one() {
    let first = opened().await;
    let storage = Storage::open();
    storage.connect().await;
    let second = Tab::open(&storage, storage.load(&project(), Extent::All).await.expect("a project").store, "r2");
    first.merge(many(0..900, "first", "x1"));
    second.merge(many(600..1200, "second", "x2"));
    first.settled().await;
    second.settled().await;
    let every_fourth =
        many(0..1200, "third", "x3").shared_records().enumerate().filter(|(n, _)| n % 4 == 0).map(|(_, one)| one).collect::<Vec<_>>();
    first.merge(sample().merge(every_fourth).0);
    first.settled().await;
    wait_until(|| records(&first.state().store) == records(&second.state().store)).await;
    let found = first.found().await;
    assert_eq!(records(&found), records(&first.state().store));
    let article = ArticleId::new("seed-a").expect("an id");
    let versions = |n: u32| {
        let key = RecordKey::Annotation(
            article.clone(),
            AnnotatorId::new("ben").expect("an id"),
            AnnotationId::new(&format!("many-{n:04}")).expect("an id"),
        );
        found.record(&key).map_or(0, |record| record.versions().count())
    };
    assert_eq!([0, 1, 600, 601, 1199].map(versions), [2, 1, 3, 2, 1], "each of those who wrote one");
}

#[wasm_bindgen_test]
async fn a_merge_taken_back_in_one_tab_is_taken_back_in_the_other_and_in_the_stores() {
    let first = opened().await;
    let storage = Storage::open();
    storage.connect().await;
    let second = Tab::open(&storage, storage.load(&project(), Extent::All).await.expect("a project").store, "r2");
    let before = records(&first.state().store);
    let incoming = tag(&desk(sample(), "ben", "r3"), "speaker", 753, 761).store.clone();
    first.merge(incoming);
    first.settled().await;
    wait_until(|| records(&second.state().store) == records(&first.state().store)).await;
    assert_ne!(records(&second.state().store), before);
    let points = first.storage.restore_points(&first.state().store).await;
    assert_eq!(points.len(), 1, "the restore point is stored with the merge");
    first.act(Action::GoBack(Rc::new(points[0].clone())));
    first.settled().await;
    wait_until(|| records(&second.state().store) == before).await;
    assert_eq!(records(&first.found().await), before, "no tombstone, nothing left in either store");
}

#[wasm_bindgen_test]
async fn a_full_second_copy_does_not_matter() {
    let tab = opened().await;
    fill_local_storage();
    tab.tag("speaker", 753, 761);
    let state = tab.settled().await;
    assert!(matches!(state.save, SaveState::Saved { .. }), "{:?}", state.save);
    assert!(tab.saver.mirror_refused().is_some(), "and it is known");
    assert_eq!(records(&tab.found().await), records(&state.store));
    clear_storage();
}

#[wasm_bindgen_test]
async fn damage_in_the_database_is_put_aside_and_the_second_copy_takes_its_place() {
    let tab = opened().await;
    tab.tag("speaker", 753, 761);
    let state = tab.settled().await;
    let key = stored_rows().await.into_iter().find(|(key, _)| key.contains("/a/seed-a/ana/")).expect("the row").0;
    put_row(&key, "1 00000000 nonsense").await;
    let fresh = Storage::open();
    fresh.connect().await;
    let loaded = fresh.load(&project(), Extent::All).await.expect("a project");
    assert!(loaded.problems.len() == 1 && loaded.problems[0].contains("the other copy used"), "{:?}", loaded.problems);
    assert_eq!(records(&loaded.store), records(&state.store));
    let rows = stored_rows().await;
    assert!(rows.iter().any(|(name, value)| name.contains("quarantine") && value.contains("nonsense")));
    assert!(!rows.iter().any(|(name, _)| *name == key));
    assert_eq!(loaded.debts.owed.len(), 1, "and is written there again");
}

#[wasm_bindgen_test]
async fn a_newer_row_in_the_database_is_never_overwritten() {
    let tab = opened().await;
    tab.tag("speaker", 753, 761);
    tab.settled().await;
    let row = stored_rows().await.into_iter().find(|(key, _)| key.contains("/a/seed-a/ana/")).expect("the row");
    let newer = format!("2{}", &row.1[1..]);
    put_row(&row.0, &newer).await;
    let annotation = tab.state().focus.clone().expect("the new one");
    tab.act(Action::Run(standpoint::edit::Command::SetNote { annotation, note: "mine".into() }));
    wait_until(|| !matches!(tab.state().save, SaveState::Saving)).await;
    assert!(matches!(tab.state().save, SaveState::SavedUnlessKilled { .. }), "{:?}", tab.state().save);
    assert!(stored_rows().await.contains(&(row.0, newer)), "it stands as it stood");
}

#[wasm_bindgen_test]
async fn a_deleted_project_comes_back_as_it_was() {
    let tab = opened().await;
    tab.tag("speaker", 753, 761);
    let state = tab.settled().await;
    let rows = stored_rows().await;
    let deleted = tab.storage.delete(&project()).await.expect("deleted");
    assert_eq!(deleted.title, "Sample: two articles");
    assert!(tab.storage.projects().await.is_empty());
    assert!(stored_keys().iter().all(|key| !key.contains("/1/")), "{:?}", stored_keys());
    tab.storage.undelete(&deleted).await.expect("back");
    assert_eq!(stored_rows().await, rows);
    assert_eq!(records(&tab.found().await), records(&state.store));
}

#[wasm_bindgen_test]
async fn what_lies_in_local_storage_alone_for_a_while_is_not_called_more_than_that() {
    let tab = opened().await;
    tab.tag("speaker", 753, 761);
    let state = tab.settled().await;
    assert!(matches!(state.save, SaveState::Saved { .. }), "{:?}", state.save);
    wasm_bindgen_futures::spawn_local(delete_database());
    wait_until(|| tab.storage.backing() == Backing::LocalAlone).await;
    assert!(matches!(tab.state().save, SaveState::SavedUnlessKilled { .. }), "{:?}", tab.state().save);
    tab.tag("claim", 762, 790);
    assert!(matches!(tab.state().save, SaveState::SavedUnlessKilled { .. }), "{:?}", tab.state().save);
    wait_until(|| matches!(tab.state().save, SaveState::Saved { .. })).await;
    clear_storage();
    assert_eq!(records(&tab.found().await), records(&tab.state().store));
}

#[wasm_bindgen_test]
async fn a_database_that_another_page_deletes_is_made_again_with_all_that_it_held() {
    let tab = opened().await;
    tab.tag("speaker", 753, 761);
    let state = tab.settled().await;
    // Of a project that is not on the desk, too.
    put_row("standpoint/1/other/r/annotator/ben", "1 00000000 as it was").await;
    let rows = stored_rows().await;
    delete_database().await;
    loop {
        if tab.storage.backing() == Backing::Both && stored_rows().await == rows {
            break;
        }
        wait_a_little().await;
    }
    clear_storage();
    assert_eq!(records(&tab.found().await), records(&state.store));
    assert!(state.notices.is_empty() && tab.state().notices.iter().any(|notice| notice.text.contains("written again")));
}
