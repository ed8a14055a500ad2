//! The command that says who gets which articles.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::plan::Desk;
use super::{Assignee, Edit, Refusal, Share, Transaction};
use crate::model::*;

/// All assignments as `shares` says, each with its place; what else was assigned is not any more. An article that comes twice in a share
/// counts once.
pub(super) fn assigned(desk: &Desk<'_>, shares: &[Share], others: Others) -> Result<Transaction, Refusal> {
    let mut edits = Vec::new();
    let mut wanted: BTreeMap<RecordKey, Content> = BTreeMap::new();
    for (share, n) in shares.iter().zip(0..) {
        let annotator = match &share.who {
            Assignee::Known(id) => id.clone(),
            Assignee::New(name) => {
                let name = name.trim();
                if name.is_empty() {
                    return Err(Refusal::NoName);
                }
                match desk.store.annotators().find(|annotator| *annotator.name == *name) {
                    Some(known) => known.id.clone(),
                    None => {
                        // A name that can be an id is one, as in a link that says whose work it is.
                        let id = AnnotatorId::new(name).filter(|id| desk.store.annotator(id).is_none());
                        let id = id.or_else(|| AnnotatorId::new(&desk.context.fresh.uuid(n))).ok_or(Refusal::NoName)?;
                        edits.extend(desk.written(Content::Annotator(Rc::new(Annotator { id: id.clone(), name: name.into() }))));
                        id
                    }
                }
            }
        };
        for (article, place) in share.articles.iter().zip(0..) {
            let assignment = Assignment { article: article.clone(), annotator: annotator.clone(), place: Some(place) };
            let content = Content::Assignment(Rc::new(assignment));
            wanted.entry(content.key()).or_insert(content);
        }
    }
    let gone = desk.store.assignments().map(|assignment| Content::Assignment(assignment.clone()));
    edits.extend(gone.filter(|content| !wanted.contains_key(&content.key())).map(|content| Edit::remove(content).settling()));
    edits.extend(wanted.into_values().filter_map(|content| desk.written(content)));
    edits.extend(desk.written(Content::Project(Rc::new(ProjectHeader { others, ..(**desk.store.header()).clone() }))));
    desk.transaction("assign articles", edits)
}
