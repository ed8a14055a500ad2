//! What earlier versions of the page stored is read by this one, whole.
//!
//! `tests/released/<stored form>-…` was made by a released page in a browser and is never made again: a new stored form
//! gets files of its own beside it.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::*;
use standpoint::format::native;
use standpoint::format::stored::{Holdings, Row, gather};
use standpoint::model::*;

/// Stored form 1, before there was a database: everything in local storage.
const LOCAL_1: &str = include_str!("released/1-local-storage.json");
/// What the same page exported.
const PROJECT_1: &str = include_str!("released/1-project.json");

#[test]
fn local_storage_of_stored_form_1_is_read_whole() {
    let rows: Vec<Row> = serde_json::from_str(LOCAL_1).expect("pairs of strings");
    let project = ProjectId::new("seed-articles").expect("an id");
    let order = rows.iter().find(|(key, _)| key == "standpoint/order/seed-articles").expect("the order of articles");
    let listed = order.1.split(' ').filter_map(ArticleId::new).collect();
    let read = gather(&project, Holdings { local: Some(rows), database: None, listed }).expect("the project");
    assert_eq!(read.spoilt, Vec::new());
    assert_eq!(native::write(&read.store), PROJECT_1, "as that page exported it, byte for byte");

    // All of it goes into the database, and from there alone it is the same again.
    assert_eq!(read.owed_database.len(), records(&read.store).len());
    let holdings = Holdings { database: Some(database_rows(&read.store)), local: None, listed: read.store.article_ids().to_vec() };
    let moved = gather(&project, holdings).expect("the project");
    assert_eq!(native::write(&moved.store), PROJECT_1);
}

#[test]
fn a_project_file_of_version_1_is_read_whole() {
    let read = native::read("1-project.json", PROJECT_1).expect("a project file");
    assert_eq!(read.issues, Vec::new());
    assert_eq!(native::write(&read.store), PROJECT_1);
}
