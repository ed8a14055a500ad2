//! What a merge of copies came to, in words.

use std::collections::BTreeSet;

use super::Handing;
use crate::edit::{AnnotationStore, clashes};
use crate::model::*;
use crate::session::words::counted;

/// What came new, what was known, what changed beside; sentences that stand behind the label.
pub fn told(
    before: &AnnotationStore,
    after: &AnnotationStore,
    changed: &BTreeSet<RecordKey>,
    incoming: &AnnotationStore,
    handing: &Handing,
) -> String {
    let new = |kind: RecordKind| {
        let of_kind = changed.iter().filter(|key| key.kind() == kind);
        of_kind.filter(|key| before.live(key).is_none() && after.live(key).is_some()).count()
    };
    let parts = [(RecordKind::Annotator, "annotator"), (RecordKind::Article, "article"), (RecordKind::Annotation, "annotation")];
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(kind, name)| (new(kind), name))
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| counted(count, name))
        .collect();
    let mut sentences = Vec::new();
    if let Some((last, rest)) = parts.split_last() {
        let all = if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) };
        sentences.push(format!("New: {all}."));
    }
    let is_annotation = |key: &&RecordKey| key.kind() == RecordKind::Annotation;
    let touched = changed.iter().filter(is_annotation).filter(|key| before.live(key).is_some());
    let (gone, other): (Vec<&RecordKey>, Vec<&RecordKey>) = touched.partition(|key| after.live(key).is_none());
    let coming = incoming.article_ids().iter().flat_map(|article| incoming.annotations(article));
    let known = coming.filter(|annotation| before.live(&annotation.key()).is_some() && !changed.contains(&annotation.key())).count();
    let was = |count: usize| if count == 1 { "was" } else { "were" };
    let counts = [(other.len(), "changed"), (gone.len(), "deleted there, and so here"), (known, "known already")];
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
        sentences.push(format!("{} {} {what}.", counted(count, "annotation"), was(count)));
    }
    if before.scheme() != after.scheme() {
        sentences.push("The scheme changed.".to_owned());
    }
    if before.header() != after.header() {
        sentences.push("What the project says of itself changed.".to_owned());
    }
    let left = handing.clashes.texts.iter().filter(|clash| incoming.article(&clash.own_id).is_none()).count();
    if left > 0 {
        sentences.push(format!("{} with another text {} left out.", counted(left, "article"), was(left)));
    }
    sentences.join(" ")
}

/// What waits for a decision: annotations of articles in memory that copies say different things of, and whether scheme or header do.
pub fn conflicts(store: &AnnotationStore) -> (Vec<&Annotation>, usize) {
    let contested = |annotation: &&Annotation| store.record(&annotation.key()).is_some_and(|record| !record.conflicts.is_empty());
    let all = store.article_ids().iter().flat_map(|article| store.annotations(article)).map(|annotation| &**annotation);
    let of_project = clashes(store, &[]);
    let count = usize::from(!of_project.schemes.is_empty()) + usize::from(!of_project.headers.is_empty());
    (all.filter(contested).collect(), count)
}
