//! Articles of a hosted project whose texts lie in files of their own.

use std::rc::Rc;

use super::Unloaded;
use super::words::counted;
use crate::format::native::{Reading, Remote};
use crate::model::ArticleId;
use crate::order::Gather;

/// What a project file says of articles whose texts it has not, and the order of all its articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    pub remotes: Vec<Rc<Remote>>,
    pub places: Vec<ArticleId>,
}

impl Elsewhere {
    pub fn of(reading: &Reading) -> Self {
        Self { remotes: reading.remotes.iter().cloned().map(Rc::new).collect(), places: reading.places.clone() }
    }

    /// What the catalogue has of them.
    pub fn rest(&self) -> Unloaded {
        if self.remotes.is_empty() {
            return Unloaded::default();
        }
        let card = |remote: &Rc<Remote>| (remote.article.clone(), Some(remote.card.clone()));
        Unloaded {
            cards: self.remotes.iter().map(card).gather(),
            elsewhere: self.remotes.iter().map(|remote| remote.article.clone()).gather(),
            places: self.places.clone(),
        }
    }
}

/// Articles whose texts could not be had, each with a sentence that says why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing(pub Vec<(ArticleId, Rc<str>)>);

impl Missing {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Why, of up to three of them; how many there are else.
    pub fn told(&self) -> String {
        const MOST: usize = 3;
        let mut told: Vec<String> = self.0.iter().take(MOST).map(|(_, why)| why.to_string()).collect();
        match self.0.len().saturating_sub(MOST) {
            0 => {}
            1 => told.push("So it is with 1 more.".to_owned()),
            more => told.push(format!("So it is with {more} more.")),
        }
        told.join(" ")
    }

    /// “3 texts are not on this device”.
    pub fn count(&self) -> String {
        match self.0.len() {
            1 => "1 text is not on this device".to_owned(),
            many => format!("{} are not on this device", counted(many, "text")),
        }
    }
}
