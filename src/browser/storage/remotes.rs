//! Articles whose texts are not on this device: what is known of them waits in rows of their own until the text comes.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::opening::Loaded;
use super::writing::listed;
use super::{Storage, order_key};
use crate::edit::AnnotationStore;
use crate::format::native::Remote;
use crate::format::stored::{read_remote, remote_prefix, write_remote};
use crate::model::*;
use crate::order::Gather;
use crate::session::Elsewhere;

/// Rows written in one transaction.
const AT_ONCE: usize = 2_000;

/// Articles whose texts are elsewhere, and which of them no store has yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remotes {
    pub known: BTreeMap<ArticleId, Rc<Remote>>,
    pub unstored: BTreeSet<ArticleId>,
}

impl Loaded {
    /// A project that no store has, of which some texts are elsewhere.
    pub fn hosted(store: AnnotationStore, elsewhere: &Elsewhere) -> Self {
        let known: BTreeMap<ArticleId, Rc<Remote>> =
            elsewhere.remotes.iter().map(|remote| (remote.article.clone(), remote.clone())).gather();
        let unstored = known.keys().cloned().gather();
        Self { rest: elsewhere.rest(), remotes: Remotes { known, unstored }, ..Self::fresh(store) }
    }

    /// Takes in what the stores say of texts elsewhere. Where a text came, but the page ended before all that waited for it was stored, it
    /// is put in now.
    pub(super) fn take_in_remotes(&mut self, remotes: BTreeMap<ArticleId, Remote>) {
        let mut placed: BTreeSet<ArticleId> = self.rest.places.iter().cloned().gather();
        for (article, remote) in remotes {
            if let Some(found) = self.store.article(&article) {
                let Ok((records, _)) = remote.records(found.text.as_str(), &self.store) else { continue };
                let (store, changed) = self.store.merge(records);
                let places = self.rest.places.clone();
                self.store = store.with_order(&places);
                self.debts.owed.extend(changed);
            } else if self.store.record(&RecordKey::Article(article.clone())).is_none() && !self.rest.cards.contains_key(&article) {
                self.rest.cards.insert(article.clone(), Some(remote.card.clone()));
                self.rest.elsewhere.insert(article.clone());
                if placed.insert(article.clone()) {
                    self.rest.places.push(article.clone());
                }
                self.remotes.known.insert(article, Rc::new(remote));
            }
        }
    }
}

impl Storage {
    /// What is stored of articles whose texts are elsewhere; a row that can't be read comes again with the host’s file.
    pub(super) async fn remotes(&self, project: &ProjectId) -> BTreeMap<ArticleId, Remote> {
        let prefix = remote_prefix(project);
        let mut rows = self.local.as_ref().map(|local| local.rows(&prefix)).unwrap_or_default();
        if let Some(database) = self.database() {
            rows.extend(database.rows(&prefix).await.unwrap_or_default());
        }
        let read = |(key, value): &(String, String)| {
            let article = ArticleId::new(key.strip_prefix(&prefix)?)?;
            Some((article.clone(), read_remote(&article, value).ok()?))
        };
        rows.iter().filter_map(read).gather()
    }

    /// Which articles there are rows of.
    pub(super) async fn remote_ids(&self, project: &ProjectId) -> BTreeSet<ArticleId> {
        let prefix = remote_prefix(project);
        let mut keys = self.local.as_ref().map(|local| local.keys(&prefix)).unwrap_or_default();
        if let Some(database) = self.database() {
            keys.extend(database.keys(&prefix).await.unwrap_or_default());
        }
        keys.iter().filter_map(|key| ArticleId::new(key.strip_prefix(&prefix)?)).gather()
    }

    /// Stores what is known of articles whose texts are elsewhere: in the database, or else in local storage; the error is half a sentence.
    pub(in crate::browser) async fn put_remotes(
        &self,
        project: &ProjectId,
        remotes: &[Rc<Remote>],
        order: &[ArticleId],
    ) -> Result<(), String> {
        let prefix = remote_prefix(project);
        let order = (order_key(project), listed(order));
        if let Some(local) = &self.local {
            local.set(&order.0, &order.1);
        }
        let row = |remote: &Rc<Remote>| (format!("{prefix}{}", remote.article), write_remote(remote));
        let Some(database) = self.database() else {
            let Some(local) = &self.local else { return Err(super::NOTHING.to_owned()) };
            let all = remotes.iter().map(row).all(|(key, value)| local.set(&key, &value));
            return if all { Ok(()) } else { Err("local storage is full".to_owned()) };
        };
        for some in remotes.chunks(AT_ONCE) {
            let rows = some.iter().map(row).chain([order.clone()]).map(|(key, value)| (key, Some(value))).collect();
            database.update(&[], |_| (rows, ())).await.map_err(|refused| refused.to_string())?;
        }
        Ok(())
    }

    /// Whether what this state of a hosted file says of texts elsewhere is in the stores: a database that was cleared since has lost it.
    pub(in crate::browser) async fn has_remotes_of(&self, project: &ProjectId, hash: &str) -> bool {
        let key = remote_prefix(project);
        match self.database() {
            Some(database) => database.get(&key).await.ok().flatten().is_some_and(|there| there == hash),
            None => self.local.as_ref().and_then(|local| local.get(&key)).is_some_and(|there| there == hash),
        }
    }

    /// Remembers that it is.
    pub(in crate::browser) async fn set_remotes_of(&self, project: &ProjectId, hash: &str) {
        let (key, hash) = (remote_prefix(project), hash.to_owned());
        match (self.database(), &self.local) {
            // What is not remembered is read again.
            (Some(database), _) => drop(database.update(&[], |_| (vec![(key, Some(hash))], ())).await),
            (None, Some(local)) => drop(local.set(&key, &hash)),
            (None, None) => {}
        }
    }

    /// Takes away rows of local storage, for articles whose texts have come there.
    pub(in crate::browser) fn forget_local_remotes(&self, project: &ProjectId, articles: &BTreeSet<ArticleId>) {
        if let Some(local) = &self.local {
            articles.iter().for_each(|article| local.remove(&format!("{}{article}", remote_prefix(project))));
        }
    }
}
