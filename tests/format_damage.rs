//! Every byte of what is stored, flipped in turn: never a panic, never a silent loss.

#![cfg(not(target_arch = "wasm32"))]

mod common;

use common::*;
use standpoint::edit::{AnnotationStore, Command};
use standpoint::format::backup;
use standpoint::format::stored::{Gathered, Holdings, Place, Row, Spoilt, gather};
use standpoint::model::*;

/// Two annotators, a conflict, a tombstone, an entity, a note, letters of every width.
fn project() -> AnnotationStore {
    let text = picture("[The minister|speaker] said “[we 👩‍👩‍👧‍👦 win|claim]”, e\u{301}tc. שלום").by("ana");
    let store = text.onto(&empty_store());
    let mut tab = Tab::open(store, "r1", Skew::None);
    let ids: Vec<AnnotationId> = tab.store.annotations(&article_id("a")).iter().map(|annotation| annotation.id.clone()).collect();
    let does = |tab: &mut Tab, command: Command| tab.does("ana", command).expect("it can be done");
    let mut other = tab.fork("r2", Skew::Ahead);
    does(&mut tab, Command::SetNote { annotation: ids[0].clone(), note: "who?".into() });
    does(&mut other, Command::SetNote { annotation: ids[0].clone(), note: "«qui»".into() });
    does(&mut other, Command::Delete { annotation: ids[1].clone() });
    does(&mut tab, Command::NewEntity { annotation: ids[0].clone(), name: "Ministère".into(), kind: EntityKind::Group });
    tab.merges(&other);
    does(&mut tab, Command::SetStatus { status: Status::Done });
    tab.store
}

fn found(store: &AnnotationStore, database: Vec<Row>, local: Vec<Row>) -> Gathered {
    let holdings = Holdings { database: Some(database), local: Some(local), listed: store.article_ids().to_vec() };
    gather(&store.header().id, holdings).expect("the other rows are still there")
}

/// Every value that differs from `value` in one byte, by its lowest or a high bit, or by its end.
fn damaged(value: &str) -> impl Iterator<Item = String> {
    let flipped = (0..value.len()).flat_map(move |at| {
        [0x01_u8, 0x40].map(|bits| {
            let mut bytes = value.as_bytes().to_vec();
            bytes[at] ^= bits;
            String::from_utf8(bytes).expect("ASCII stays ASCII")
        })
    });
    let shortened = (0..value.len()).step_by(5).map(|end| value[..end].to_owned());
    flipped.chain(shortened).chain([format!("{value}0"), format!("{value}{value}"), format!(" {value}")])
}

/// Damages every row of one store in turn, while the other holds `rest`.
fn damage_each(store: &AnnotationStore, rows: &[Row], look: impl Fn(Vec<Row>, &Row)) {
    let mut tried = 0;
    for (at, (key, value)) in rows.iter().enumerate() {
        for bad in damaged(value) {
            let mut rows = rows.to_vec();
            rows[at].1 = bad;
            let row = rows[at].clone();
            look(rows, &row);
            tried += 1;
        }
        assert!(value.is_ascii() && key.is_ascii());
    }
    assert!(tried > 2 * rows.iter().map(|(_, value)| value.len()).sum::<usize>(), "{} was tried", store.header().id);
}

#[test]
fn a_damaged_value_is_reported_and_all_others_are_read() {
    let store = project();
    let whole = records(&store);
    for rows in [database_rows(&store), local_rows(&store)] {
        damage_each(&store, &rows, |rows, bad| {
            let Gathered { store: read, spoilt, .. } = found(&store, rows, Vec::new());
            let named: Vec<&Row> = spoilt.iter().map(|Spoilt { row, .. }| row).collect();
            assert_eq!(named, [bad], "it is named");
            let (_, place) = Place::parse(&bad.0).expect("a place");
            for (key, record) in &whole {
                if Place::of(key) != place && Place::Record(key.clone()) != place {
                    let there = read.record(key).unwrap_or_else(|| panic!("{key:?} is lost beside {}", bad.0));
                    // A span is checked against its text, and this one's text may be what was damaged.
                    assert_eq!(there, record);
                }
            }
        });
    }
}

#[test]
fn a_damaged_value_of_one_store_costs_nothing_where_the_other_is_whole() {
    let store = project();
    let (database, local) = (database_rows(&store), local_rows(&store));
    let whole = records(&store);
    damage_each(&store, &database, |rows, bad| {
        let gathered = found(&store, rows, local.clone());
        assert_eq!(records(&gathered.store), whole, "{}", bad.0);
        assert_eq!(gathered.spoilt.len(), 1);
        assert_eq!(gathered.owed_database.len(), 1, "and the database gets it again");
    });
    damage_each(&store, &local, |rows, bad| {
        let gathered = found(&store, database.clone(), rows);
        assert_eq!(records(&gathered.store), whole, "{}", bad.0);
        assert_eq!(gathered.spoilt.len(), 1);
    });
}

#[test]
fn a_key_that_is_not_its_values_own_is_reported() {
    let store = project();
    let prefix = format!("standpoint/1/{}/", store.header().id);
    for rows in [database_rows(&store), local_rows(&store)] {
        for at in 0..rows.len() {
            for position in prefix.len()..rows[at].0.len() {
                let mut rows = rows.clone();
                let mut key = rows[at].0.clone().into_bytes();
                key[position] ^= 0x01;
                rows[at].0 = String::from_utf8(key).expect("ASCII stays ASCII");
                let moved = rows[at].0.clone();
                // Where the key is another row's own, that row is what the store still has.
                let spoilt = found(&store, rows, Vec::new()).spoilt;
                assert!(spoilt.iter().any(|Spoilt { row, .. }| row.0 == moved), "{moved} is not what its value says");
            }
        }
    }
}

#[test]
fn a_damaged_backup_is_refused_or_its_rows_are_named() {
    let store = project();
    let rows = database_rows(&store);
    let json = backup::write(&instant(0), &rows);
    let whole = records(&store);
    for at in 0..json.len() {
        for bits in [0x01_u8, 0x40] {
            let mut bytes = json.as_bytes().to_vec();
            bytes[at] ^= bits;
            let Ok(bad) = String::from_utf8(bytes) else { continue };
            let Ok(read) = backup::read("backup.json", &bad) else { continue };
            let of_project: Vec<_> = read.projects.iter().filter(|saved| saved.id == store.header().id).collect();
            let intact = of_project.iter().any(|saved| records(&saved.store) == whole);
            // A flipped letter of a project's id makes a project of its own; one of our prefix makes a stranger.
            let told = of_project.iter().any(|saved| !saved.problems.is_empty())
                || read.projects.len() > 1
                || read.others > 0
                || read.unreadable > 0;
            assert!(intact || told, "byte {at} is lost in silence");
        }
    }
}

#[test]
fn a_backup_that_is_cut_off_or_has_a_spoilt_line_gives_all_its_other_rows() {
    let store = project();
    let rows = database_rows(&store);
    let json = backup::write(&instant(0), &rows);
    let spoilt = json.replacen("who?", "\\ud800", 1);
    assert_ne!(spoilt, json);
    let cut = &json[..json.len() - 40];
    for bad in [spoilt.as_str(), cut] {
        let read = backup::read("backup.json", bad).expect("most of it can be read");
        assert_eq!((read.unreadable, read.projects.len()), (1, 1));
        assert_eq!(records(&read.projects[0].store).len(), rows.len() - 1);
    }
    assert!(backup::read("backup.json", "{\"format\":\"standpoint-backup\",\"version\":1").is_err());
    assert!(backup::read("backup.json", "{\"format\":\"standpoint-backup\",\"version\":2,\"rows\":[\n]}").is_err());
}

#[test]
fn foreign_and_newer_content_is_told_apart() {
    let store = project();
    let mut rows = database_rows(&store);
    let name = |rest: &str| format!("standpoint/1/{}/{rest}", store.header().id);
    rows.push((name("a/a/ben"), "hello".to_owned()));
    rows.push((name("r/entity/x"), "2 00000000 {}".to_owned()));
    rows.push((name("z/unknown"), "1 00000000 {}".to_owned()));
    rows.push(("notes".to_owned(), "mine".to_owned()));
    let gathered = found(&store, rows, Vec::new());
    assert_eq!(records(&gathered.store), records(&store));
    let words: Vec<String> = gathered.spoilt.iter().map(|spoilt| format!("{}: {}", spoilt.row.0, spoilt.error)).collect();
    assert_eq!(words.len(), 3, "{words:#?}");
    assert!(words.iter().any(|words| words.contains("a/a/ben") && words.contains("damaged")));
    assert!(words.iter().any(|words| words.contains("r/entity/x") && words.contains("newer")));
    assert!(words.iter().any(|words| words.contains("z/unknown") && words.contains("newer")), "{words:#?}");
}
