//! What `plan` promises.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use standpoint::edit::{AnnotationStore, Command, plan};
use standpoint::model::*;

use crate::cases;
use crate::common::*;

/// Every role that names what is not there, or the annotation itself.
fn unsound_roles(store: &AnnotationStore) -> BTreeSet<(RecordKey, RoleId, Filler)> {
    let mut found = BTreeSet::new();
    for annotation in store.article_ids().iter().flat_map(|article| store.annotations(article)) {
        for (role, id) in annotation.filler_annotations() {
            let missing = store.annotation(&annotation.article, &annotation.annotator, id).is_none();
            if missing || *id == annotation.id {
                found.insert((annotation.key(), role.clone(), Filler::Annotation(id.clone())));
            }
        }
        for (role, fillers) in &annotation.roles {
            assert!(!fillers.is_empty(), "no role has an empty list");
            for filler in fillers {
                let gone = matches!(filler, Filler::Entity(id) if !id.is_author() && store.entity(id).is_none());
                assert!(!gone, "no command deletes entities");
                assert_eq!(fillers.iter().filter(|other| *other == filler).count(), 1, "{role} names {filler:?} once");
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn plan_makes_no_dangling_role_and_no_self_reference(story in stories(40, 60), wishes in wishes(1..12)) {
        let mut tab = story.tab();
        for wish in &wishes {
            let before = unsound_roles(&tab.store);
            let Ok((command, _)) = tab.plays(wish) else { continue };
            let made: Vec<_> = unsound_roles(&tab.store).difference(&before).cloned().collect();
            // An article that was removed by one tab and comes back brings what another did there meanwhile.
            let returned = matches!(command, Command::AddArticles { .. });
            prop_assert!(made.is_empty() || returned, "{:?}", made);
        }
    }

    #[test]
    fn plan_leaves_the_work_of_other_annotators_alone(story in stories(40, 12), wishes in wishes(1..12)) {
        let mut tab = story.tab();
        for wish in &wishes {
            let annotator = wish.command(&tab).0.annotator;
            let Ok((command, transaction)) = tab.plays(wish) else { continue };
            for edit in &transaction.edits {
                match (edit.key(), &command) {
                    (RecordKey::Scheme | RecordKey::Annotation(..), Command::SetScheme { .. }) => {}
                    (RecordKey::Annotation(_, of, _) | RecordKey::Progress(_, of), Command::RemoveLayer { annotator }) => prop_assert_eq!(&of, annotator),
                    (key, Command::RemoveArticle { article }) => prop_assert_eq!(key.article(), Some(article)),
                    (RecordKey::Assignment(..) | RecordKey::Annotator(_) | RecordKey::Project, Command::Assign { .. }) => {}
                    (RecordKey::Annotation(_, of, _) | RecordKey::Progress(_, of) | RecordKey::Annotator(of), _) => prop_assert_eq!(of, annotator.clone()),
                    (
                        RecordKey::Entity(_),
                        Command::NewEntity { .. }
                        | Command::Describe { .. }
                        | Command::MergeEntities { .. }
                        | Command::PartEntities { .. }
                        | Command::SplitEntity { .. },
                    )
                    | (RecordKey::Article(_), Command::AddArticles { .. })
                    | (RecordKey::Project, Command::RenameProject { .. } | Command::SetGuidelines { .. }) => {}
                    (key, command) => prop_assert!(false, "{command:?} changes {key:?}"),
                }
            }
        }
    }

    /// `Tab::plays` fails where `apply` refuses a plan.
    #[test]
    fn what_plan_accepts_apply_accepts_and_planning_is_repeatable(story in stories(40, 60), wishes in wishes(1..12)) {
        let mut tab = story.tab();
        for wish in &wishes {
            let (context, command) = wish.command(&tab);
            let (first, second) = (plan(&tab.store, &context, &command), plan(&tab.store, &context, &command));
            prop_assert_eq!(&first, &second);
            if let Ok(transaction) = first {
                prop_assert!(!transaction.edits.is_empty() && !transaction.label.is_empty());
                tab.plays(wish).expect("what was planned");
            }
        }
    }
}

/// Guards the laws against stories in which nothing happens.
#[test]
fn every_command_is_accepted_in_some_story() {
    let mut runner = TestRunner::deterministic();
    let (mut accepted, mut conflicts, mut missing) = (BTreeSet::new(), 0, 0);
    for _ in 0..160 {
        let (story, wishes) = (stories(40, 60), wishes(20..21)).new_tree(&mut runner).expect("a story").current();
        let mut tab = story.tab();
        conflicts += tab.store.all_records().filter(|(_, record)| !record.conflicts.is_empty()).count();
        missing += unsound_roles(&tab.store).len();
        accepted.extend(wishes.iter().filter(|wish| tab.plays(wish).is_ok()).map(|wish| wish.kind));
    }
    let never: Vec<_> = Kind::ALL.iter().filter(|(_, kind)| !accepted.contains(kind)).collect();
    assert!(never.is_empty(), "never accepted: {never:?}");
    assert!(conflicts > 80, "{conflicts} conflicts");
    assert!(missing > 4, "{missing} missing fillers");
}
