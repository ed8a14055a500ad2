//! What goes into an export, as the person chose it, and what is said of it before it is handed over.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::counted;
use crate::edit::AnnotationStore;
use crate::format::exchange::{Names, Pick, Unit};
use crate::format::formats::{Format, Settings};
use crate::format::package::{Card, Holds, Package, Packing, Part, Split, done};
use crate::model::*;

/// The choices of an export; what is left out is named, so that what comes later is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exporting {
    pub format: Format,
    pub scope: Scope,
    pub without_annotators: BTreeSet<AnnotatorId>,
    pub without_types: BTreeSet<TypeId>,
    pub without_origins: BTreeSet<OriginKind>,
    pub without_statuses: BTreeSet<Status>,
    pub names: Names,
    pub unit: Unit,
    pub split: Option<Split>,
    pub card: Card,
}

/// Which articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    All,
    /// The one on the desk.
    This,
    /// Those that somebody is done with.
    Done,
}

pub const ORIGINS: [OriginKind; 5] =
    [OriginKind::Manual, OriginKind::Imported, OriginKind::Suggested, OriginKind::Propagated, OriginKind::Transferred];
pub const STATUSES: [Status; 3] = [Status::New, Status::InProgress, Status::Done];

impl Default for Exporting {
    fn default() -> Self {
        Self {
            format: Format::ALL[0],
            scope: Scope::All,
            without_annotators: BTreeSet::new(),
            without_types: BTreeSet::new(),
            without_origins: BTreeSet::new(),
            without_statuses: BTreeSet::new(),
            names: Names::Shown,
            unit: Unit::CodePoints,
            split: None,
            card: Card::None,
        }
    }
}

impl Exporting {
    /// What a split begins with.
    pub const SPLIT: Split = Split { seed: 1, train: 80, dev: 10, test: 10 };

    /// The same as writers take it; `article` is the one on the desk.
    pub fn pick(&self, store: &AnnotationStore, article: Option<&ArticleId>) -> Pick {
        let articles = match self.scope {
            Scope::All => None,
            Scope::This => Some(article.into_iter().cloned().collect()),
            Scope::Done => Some(done(store)),
        };
        let everybody = workers(store);
        let types = store.scheme().types.iter().map(|of| of.id.clone());
        Pick {
            articles,
            annotators: all_but(everybody, &self.without_annotators),
            types: all_but(types.collect(), &self.without_types),
            origins: all_but(ORIGINS.into(), &self.without_origins),
            statuses: all_but(STATUSES.into(), &self.without_statuses),
            names: self.names,
        }
    }

    pub fn packing(&self) -> Packing {
        Packing { format: self.format, settings: Settings { unit: self.unit }, split: self.split, card: self.card }
    }

    /// How many kinds of annotations are left out, by whatever choice.
    pub fn left_out(&self) -> usize {
        self.without_annotators.len() + self.without_types.len() + self.without_origins.len() + self.without_statuses.len()
    }
}

/// `None` where nothing is left out: what nobody could choose, such as what the scheme has not, is in then.
fn all_but<T: Ord>(all: BTreeSet<T>, without: &BTreeSet<T>) -> Option<BTreeSet<T>> {
    (!without.is_empty()).then(|| all.into_iter().filter(|one| !without.contains(one)).collect())
}

/// Those who have annotations in the project.
pub fn workers(store: &AnnotationStore) -> BTreeSet<AnnotatorId> {
    let all = store.article_ids().iter().flat_map(|article| store.annotations(article).iter());
    all.map(|annotation| annotation.annotator.clone()).collect()
}

/// A package in words, before it is handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Such as “3 files in a zip: 2 articles, 40 annotations, 12 filled roles”.
    pub holds: String,
    /// By type, in the scheme's order.
    pub types: Vec<(Rc<str>, usize)>,
    /// The parts with what they hold.
    pub parts: Vec<String>,
    /// Parts that were asked for and got no article, since there are too few stories.
    pub empty_parts: Vec<&'static str>,
    /// What stands beside the button.
    pub short: String,
    /// How often each kind is lost.
    pub losses: Vec<(usize, String)>,
    /// How many annotations are written otherwise than the types say, since the format left them out.
    pub fewer: usize,
    pub is_empty: bool,
}

/// `split` is the one that the package was made with.
pub fn told(package: &Package, split: Option<Split>) -> Told {
    let asked = split.map_or([0; 3], |split| [split.train, split.dev, split.test]);
    let is_empty = |part: &Part| package.parts.iter().all(|(of, _)| of != part);
    let empty_parts = Part::ALL.into_iter().zip(asked).filter(|(part, share)| *share > 0 && is_empty(part)).map(|(part, _)| part.name());
    let lost = match package.losses.iter().count() {
        0 => "nothing is lost".to_owned(),
        1 => "1 kind of loss".to_owned(),
        kinds => format!("{kinds} kinds of loss"),
    };
    let holds = |holds: &Holds, annotations: usize, roles: usize| {
        format!("{}, {}, {}", counted(holds.articles, "article"), counted(annotations, "annotation"), counted(roles, "filled role"))
    };
    let files = match package.files.len() {
        1 => "1 file".to_owned(),
        many => format!("{many} files in a zip"),
    };
    Told {
        holds: format!("{files}: {}", holds(&package.picked, package.annotations(), package.roles())),
        types: package.picked.types.clone(),
        parts: package.parts.iter().map(|(part, of)| format!("{}: {}", part.name(), counted(of.articles, "article"))).collect(),
        empty_parts: empty_parts.collect(),
        short: format!("{}, {lost}", counted(package.annotations(), "annotation")),
        losses: package.losses.iter().map(|(loss, count)| (count, loss.to_string())).collect(),
        fewer: package.picked.annotations - package.annotations(),
        is_empty: package.picked.articles == 0,
    }
}
