//! Articles that come in and are nearly the same as others: wires print one text in many papers, and one page is saved twice.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::analysis::Likeness;
use crate::browser::{self, Extent};
use crate::model::{Article, ArticleId};
use crate::order::Gather;
use crate::ui::desk::Shelf;

/// A new article, and the one that it is nearly the same as.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    pub article: ArticleId,
    pub label: Rc<str>,
    pub like: Rc<str>,
    /// Of the runs of words in both, from 0 to 1.
    pub share: f64,
    /// Whether the other is in the project already; else it comes in, too.
    pub is_here: bool,
}

/// What new articles are compared with, beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// All articles of the project on the desk.
    Here,
    Nothing,
}

/// Articles read at once from the stores.
const AT_A_TIME: usize = 64;

/// Compares new articles with each other and with those of the project, in memory or not. `heard` gets the share that is done and says
/// whether to go on; `None` where it did not.
pub async fn near(new: &[Rc<Article>], with: With, shelf: &Shelf, mut heard: impl FnMut(f64) -> bool) -> Option<Vec<Near>> {
    let incoming: BTreeSet<&ArticleId> = new.iter().map(|article| &article.id).gather();
    let state = shelf.latest.get();
    let project = state.store.header().id.clone();
    let known: Vec<ArticleId> = match with {
        With::Here => state.catalogue.listed().iter().filter(|article| !incoming.contains(article)).cloned().collect(),
        With::Nothing => Vec::new(),
    };
    drop(state);
    let all = (known.len() + new.len()).max(1) as f64;
    let mut likeness = Likeness::default();
    let mut labels: Vec<Rc<str>> = Vec::with_capacity(known.len() + new.len());
    for some in known.chunks(AT_A_TIME) {
        browser::pause(0).await;
        let state = shelf.latest.get();
        if state.store.header().id != project || !heard(labels.len() as f64 / all) {
            return None;
        }
        let away: BTreeSet<ArticleId> = some.iter().filter(|article| state.catalogue.is_unloaded(article)).cloned().gather();
        let stored = if away.is_empty() { None } else { shelf.storage.load(&project, Extent::Articles(&away)).await };
        for id in some {
            let store = if away.contains(id) { stored.as_ref().map(|stored| &stored.store) } else { Some(&state.store) };
            if let Some(article) = store.and_then(|store| store.article(id)) {
                likeness.add(&article.text);
                labels.push(article.label().into());
            }
        }
    }
    let here = labels.len();
    let mut found = Vec::new();
    for (n, article) in new.iter().enumerate() {
        if n % AT_A_TIME == AT_A_TIME - 1 {
            browser::pause(0).await;
            if !heard(labels.len() as f64 / all) {
                return None;
            }
        }
        let label: Rc<str> = article.label().into();
        if let Some(like) = likeness.add(&article.text) {
            let (like, share, is_here) = (labels[like.number].clone(), like.share, like.number < here);
            found.push(Near { article: article.id.clone(), label: label.clone(), like, share, is_here });
        }
        labels.push(label);
    }
    Some(found)
}

/// “A” is nearly the same as “B”, which is here already.
pub fn told(near: &Near) -> String {
    let Near { label, like, share, is_here, .. } = near;
    let how = if *share >= 1.0 { "has the same words as".to_owned() } else { format!("is to {:.0} % the same as", share * 100.0) };
    let whom = if label == like { "another of that title".to_owned() } else { format!("“{like}”") };
    let place = if *is_here { ", which is here already" } else { "" };
    format!("“{label}” {how} {whom}{place}")
}
