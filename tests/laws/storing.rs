//! What the stores promise: whichever of them survives, and whatever is in it, nothing is lost and nothing is made up.

use proptest::prelude::*;
use proptest::test_runner::TestRng;
use standpoint::edit::{AnnotationStore, RestorePoint};
use standpoint::format::backup;
use standpoint::format::stored::{Gathered, Holdings, Row, gather, read_restore_point, write_restore_point};
use standpoint::model::*;

use crate::cases;
use crate::common::*;

fn gathered(store: &AnnotationStore, database: Vec<Row>, local: Vec<Row>) -> Option<Gathered> {
    gather(&store.header().id, Holdings { database: Some(database), local: Some(local), listed: store.article_ids().to_vec() })
}

/// A permutation, and which of its elements to take.
fn shuffled<T: Clone>(mut rows: Vec<T>, rng: &mut TestRng) -> Vec<T> {
    for at in (1..rows.len()).rev() {
        rows.swap(at, (rng.next_u32() as usize) % (at + 1));
    }
    rows
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn either_store_alone_is_the_whole_project(story in stories(24, 40)) {
        let store = story.tab().store;
        for (database, local) in [(database_rows(&store), Vec::new()), (Vec::new(), local_rows(&store)), (local_rows(&store), database_rows(&store))] {
            let found = gathered(&store, database, local).expect("a project");
            prop_assert_eq!(found.spoilt, Vec::new());
            prop_assert_eq!(records(&found.store), records(&store));
            prop_assert_eq!(found.store.article_ids(), store.article_ids());
        }
    }

    #[test]
    fn rows_in_any_order_from_either_store_are_the_project(story in stories(24, 40), mut rng in any::<u64>().prop_perturb(|_, rng| rng)) {
        let store = story.tab().store;
        let (mut database, mut local) = (Vec::new(), Vec::new());
        // Each record is in the database, in local storage, or in both; some rows come twice.
        for row in database_rows(&store) {
            let side = rng.next_u32() % 4;
            if side != 0 {
                database.push(row.clone());
            }
            if side != 1 {
                local.push(row.clone());
            }
            if side == 2 {
                database.push(row);
            }
        }
        let found = gathered(&store, shuffled(database, &mut rng), shuffled(local, &mut rng)).expect("a project");
        prop_assert_eq!(records(&found.store), records(&store));
        prop_assert_eq!(found.spoilt, Vec::new());
    }

    #[test]
    fn what_the_stores_hold_is_merged_and_what_each_lacks_is_named(story in stories(24, 40)) {
        let [a, b, _] = story.tabs().map(|tab| tab.store);
        let both = merged(&a, &b);
        let found = gathered(&a, database_rows(&a), local_rows(&b)).expect("a project");
        prop_assert_eq!(records(&found.store), records(&both));
        for (lacking, owed) in [(&a, &found.owed_database), (&b, &found.owed_local)] {
            // Writing just what is owed makes the store whole.
            let mended = lacking.merge(owed.iter().filter_map(|key| Some((key.clone(), found.store.record(key)?.clone())))).0;
            prop_assert_eq!(records(&mended), records(&both));
            prop_assert!(owed.iter().all(|key| lacking.record(key) != both.record(key)), "and nothing more");
        }
    }

    #[test]
    fn three_tabs_agree_however_their_records_are_delivered(story in stories(30, 40), mut rng in any::<u64>().prop_perturb(|_, rng| rng)) {
        let tabs = story.tabs().map(|tab| tab.store);
        let mut deliveries: Vec<(RecordKey, _)> = tabs.iter().flat_map(records).collect();
        // Some come twice.
        let again: Vec<_> = deliveries.iter().filter(|_| rng.next_u32().is_multiple_of(3)).cloned().collect();
        deliveries.extend(again);
        let arrived = tabs.clone().map(|mut store| {
            let order = shuffled(deliveries.clone(), &mut rng);
            let mut rest = order.as_slice();
            while !rest.is_empty() {
                let (now, later) = rest.split_at(1 + (rng.next_u32() as usize) % rest.len().min(7));
                store = store.merge(now.iter().cloned()).0;
                rest = later;
            }
            store
        });
        prop_assert_eq!(records(&arrived[0]), records(&arrived[1]));
        prop_assert_eq!(records(&arrived[1]), records(&arrived[2]));
        for store in &tabs {
            prop_assert_eq!(records(&merged(&arrived[0], store)), records(&arrived[0]), "nothing of any tab is lost");
        }
        indices_hold(&arrived[0]);
    }

    #[test]
    fn a_restore_point_outlives_the_page_and_keeps_what_came_after(story in stories(24, 30), wishes in wishes(1..12)) {
        let [tab, other, _] = story.tabs();
        let (both, changed) = tab.store.merge_copy(&other.store);
        let point = RestorePoint::between(&tab.store, &both, &changed, instant(1), "merged".into());
        let project = &tab.store.header().id;
        let read = read_restore_point(project, &write_restore_point(project, &point), &both);
        prop_assert_eq!(read.as_ref(), Ok(&point));

        let mut later = tab.clone();
        later.store = both.clone();
        for wish in &wishes {
            let _ = later.plays(wish);
        }
        let back = later.store.take_back(&point);
        for change in &point.changes {
            let untouched = later.store.record(&change.key) == both.record(&change.key);
            let expected = if untouched { change.before.as_ref() } else { later.store.record(&change.key) };
            prop_assert_eq!(back.store.record(&change.key), expected);
        }
        for (key, record) in records(&later.store) {
            if !changed.contains(&key) {
                prop_assert_eq!(back.store.record(&key), Some(&record), "what the merge did not touch stays");
            }
        }
        indices_hold(&back.store);
    }

    #[test]
    fn a_backup_holds_every_project(story in stories(24, 30), mut rng in any::<u64>().prop_perturb(|_, rng| rng)) {
        let store = story.tab().store;
        let mut rows = database_rows(&store);
        rows.extend(local_rows(&store));
        rows.push(("standpoint/theme".to_owned(), "dark".to_owned()));
        let ids: Vec<&str> = store.article_ids().iter().map(ArticleId::as_str).collect();
        rows.push((format!("standpoint/order/{}", store.header().id), ids.join(" ")));
        let json = backup::write(&instant(5), &shuffled(rows, &mut rng));
        prop_assert!(backup::is_backup(&json));
        let read = backup::read("backup.json", &json).expect("what was written can be read");
        prop_assert_eq!(read.made, Some(instant(5)));
        prop_assert_eq!(read.others, 2);
        prop_assert_eq!(read.projects.len(), 1);
        prop_assert_eq!(&read.projects[0].problems, &Vec::<String>::new());
        prop_assert_eq!(records(&read.projects[0].store), records(&store));
        prop_assert_eq!(read.projects[0].store.article_ids(), store.article_ids());
    }
}
