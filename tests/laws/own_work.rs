//! Handing in: one's own work and nothing else, which merges where the whole would have.

use std::collections::BTreeSet;

use proptest::prelude::*;
use standpoint::edit::AnnotationStore;
use standpoint::format::native;
use standpoint::model::*;

use crate::cases;
use crate::common::*;

fn worker(key: &RecordKey) -> Option<&AnnotatorId> {
    match key {
        RecordKey::Annotation(_, annotator, _) | RecordKey::Progress(_, annotator) => Some(annotator),
        _ => None,
    }
}

/// Who has done something, named or not.
fn workers(store: &AnnotationStore) -> BTreeSet<AnnotatorId> {
    records(store).into_keys().filter_map(|key| worker(&key).cloned()).collect()
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_handed_in_is_ones_own_work_whole(story in stories(30, 50)) {
        let [a, b, _] = story.tabs().map(|tab| tab.store);
        let all = merged(&a, &b);
        for annotator in &workers(&all) {
            let work = all.work_of(annotator);
            for (key, record) in records(&work) {
                prop_assert!(worker(&key).is_none_or(|worker| worker == annotator), "{:?} is another's", key);
                prop_assert_eq!(all.record(&key), Some(&record), "{:?} is as it was", key);
            }
            for (key, _) in records(&all).into_iter().filter(|(key, _)| worker(key) == Some(annotator)) {
                prop_assert!(work.record(&key).is_some(), "{:?} is missing", key);
                let article = key.article().expect("invariant: work is in an article");
                prop_assert_eq!(work.article(article), all.article(article), "the text goes along");
            }
            prop_assert!(all.merge_copy(&work).1.is_empty(), "who has all of it learns nothing");
            let read = native::read("work.json", &native::write(&work)).expect("what the page writes it reads");
            prop_assert_eq!(&read.store, &work);
        }
    }

    /// The lead has the project as it was handed out; whoever hands in has gone on from there.
    #[test]
    fn what_is_handed_in_merges_to_the_union_in_any_order(story in stories(20, 40)) {
        let [a, b, lead] = story.tabs().map(|tab| tab.store);
        let both = merged(&a, &b);
        let works: Vec<AnnotationStore> =
            [&a, &b].into_iter().flat_map(|copy| workers(copy).iter().map(|annotator| copy.work_of(annotator)).collect::<Vec<_>>()).collect();
        let one = works.iter().fold(lead.clone(), |lead, work| lead.merge_copy(work).0);
        let other = works.iter().rev().chain(&works).fold(lead.clone(), |lead, work| lead.merge_copy(work).0);
        prop_assert_eq!(records(&one), records(&other), "order and number of files are all the same");
        let whole = merged(&lead, &both);
        for (key, record) in records(&whole).into_iter().filter(|(key, _)| worker(key).is_some()) {
            prop_assert_eq!(one.record(&key), Some(&record), "{:?}", key);
        }
    }
}
