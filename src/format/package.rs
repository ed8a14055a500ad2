//! An export as it is handed over: files of a format, parted into training, development and test data where that is wished for,
//! with a card that describes them.

mod card;
mod stories;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::archive;
use super::exchange::{Loss, Losses, Out, Pick, Sheet, Sheets, Writer};
use super::formats::{Format, Settings};
use crate::edit::AnnotationStore;
use crate::model::*;
use crate::order::InOrder;
use crate::text::sha256_hex;

pub use card::license_id;
pub use stories::stories;

/// What is packed, besides which annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packing {
    pub format: Format,
    pub settings: Settings,
    pub split: Option<Split>,
    pub card: Card,
}

/// Whether a `README.md` comes with the files, in the shape of a dataset card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Card {
    #[default]
    None,
    Written,
}

/// How articles are parted. The shares are relative to their sum: per cent, or any other numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    /// Another seed parts the same articles in another way.
    pub seed: u64,
    pub train: u32,
    pub dev: u32,
    pub test: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Train,
    Dev,
    Test,
}

impl Part {
    pub const ALL: [Self; 3] = [Self::Train, Self::Dev, Self::Test];

    /// The folder of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
            Self::Test => "test",
        }
    }
}

/// How much there is of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holds {
    pub articles: usize,
    pub annotations: usize,
    /// Roles that are filled, each filler counted.
    pub roles: usize,
    /// In the order of the scheme; none is there with 0.
    pub types: Vec<(Rc<str>, usize)>,
}

/// Files by their paths, and what is said of them before they are handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    pub files: BTreeMap<String, String>,
    /// What was picked and has a place; what the format lost of it is in `losses`.
    pub picked: Holds,
    /// Of each part that has articles; none where nothing is parted.
    pub parts: Vec<(Part, Holds)>,
    pub losses: Losses,
    /// What of `losses` is the format's own, not of what no format can hold.
    pub own_losses: Losses,
}

/// What the person gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parcel {
    One { name: String, text: String },
    Zip { name: String, bytes: Vec<u8> },
}

/// Writes everything that is picked.
pub fn pack(store: &AnnotationStore, pick: &Pick, packing: &Packing) -> Package {
    let sheets = Sheets::new(store, pick);
    let of = packing.split.map(|split| {
        let picked = |id: &ArticleId| pick.articles.as_ref().is_none_or(|some| some.contains(id));
        split.part(&store.articles().filter(|article| picked(&article.id)).collect::<Vec<_>>())
    });
    let mut package = Package::default();
    let mut writing: BTreeMap<Option<Part>, Writing> = BTreeMap::new();
    for sheet in sheets.iter() {
        let part = of.as_ref().and_then(|of| of.get(&sheet.article.id).copied());
        let one = writing.entry(part).or_insert_with(|| Writing {
            writer: packing.format.writer(&sheets, packing.settings),
            out: Out::default(),
            count: Count::default(),
        });
        package.losses.add_all(&sheet.losses);
        one.count.add(&sheet);
        one.writer.article(&sheet, &mut one.out);
    }
    let mut all = Count::default();
    for (part, mut one) in writing {
        one.writer.finish(&mut one.out);
        package.losses.add_all(&one.out.losses);
        package.own_losses.add_all(&one.out.losses);
        all.add_all(&one.count);
        package.parts.extend(part.map(|part| (part, one.count.holds(store.scheme()))));
        let folder = part.map(|part| format!("{}/", part.name())).unwrap_or_default();
        package.files.extend(one.out.take().into_iter().map(|(path, text)| (format!("{folder}{path}"), text)));
    }
    package.picked = all.holds(store.scheme());
    if packing.card == Card::Written {
        let card = card::card(store, &sheets, packing, &package, of.as_ref());
        package.files.insert("README.md".to_owned(), card);
    }
    package
}

struct Writing {
    writer: Box<dyn Writer>,
    out: Out,
    count: Count,
}

#[derive(Default)]
struct Count {
    articles: usize,
    annotations: usize,
    roles: usize,
    types: BTreeMap<TypeId, usize>,
}

impl Count {
    fn add(&mut self, sheet: &Sheet<'_>) {
        self.articles += 1;
        self.annotations += sheet.marks.len();
        for mark in &sheet.marks {
            self.roles += mark.roles.len();
            *self.types.entry(mark.of.id.clone()).or_default() += 1;
        }
    }

    fn add_all(&mut self, others: &Self) {
        self.articles += others.articles;
        self.annotations += others.annotations;
        self.roles += others.roles;
        for (id, count) in &others.types {
            *self.types.entry(id.clone()).or_default() += count;
        }
    }

    fn holds(&self, scheme: &Scheme) -> Holds {
        let types = scheme.types.iter().filter_map(|of| Some((of.name.clone(), *self.types.get(&of.id)?)));
        Holds { articles: self.articles, annotations: self.annotations, roles: self.roles, types: types.collect() }
    }
}

impl Package {
    /// Annotations that are in the files.
    pub fn annotations(&self) -> usize {
        let lost = [Loss::Overlap, Loss::Annotation].map(|loss| self.own_losses.count(loss));
        self.picked.annotations.saturating_sub(lost.iter().sum())
    }

    /// Filled roles that are in the files.
    pub fn roles(&self) -> usize {
        let lost = [Loss::Role, Loss::EntityFiller, Loss::FillerElsewhere].map(|loss| self.own_losses.count(loss));
        self.picked.roles.saturating_sub(lost.iter().sum())
    }

    /// One file as itself, several as a zip; named after `stem`. `None` where there is none.
    pub fn parcel(mut self, stem: &str, format: Format) -> Option<Parcel> {
        match self.files.len() {
            0 => None,
            1 => {
                let (path, text) = self.files.pop_first()?;
                let own = path.rsplit('/').next().unwrap_or(&path);
                Some(Parcel::One { name: format!("{stem}.{own}"), text })
            }
            _ => Some(Parcel::Zip { name: format!("{stem}.{}.zip", format.name()), bytes: archive::pack(&self.files) }),
        }
    }
}

/// A title as the beginning of a file's name; the project's id where the title has no letters.
pub fn stem(header: &ProjectHeader) -> String {
    slug(&header.title).unwrap_or_else(|| header.id.to_string())
}

/// A name as a part of a file's name: its letters and digits, with hyphens between; `None` where it has none.
pub fn slug(name: &str) -> Option<String> {
    let plain: String = name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).take(60).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("-").to_lowercase())
}

impl Split {
    /// Which part each article belongs to. What tells one story stays together, so that nothing is tested on what was trained on.
    ///
    /// Of the same articles and seed there are the same parts. Shares that are all 0 make everything training data.
    pub fn part(&self, articles: &[&Rc<Article>]) -> BTreeMap<ArticleId, Part> {
        let shares = [self.train, self.dev, self.test].map(u64::from);
        let sum = shares.iter().sum::<u64>().max(1);
        let drawn = |group: &Vec<usize>| {
            let first = group.iter().map(|n| articles[*n].id.as_str()).min().unwrap_or_default();
            sha256_hex(&format!("{} {first}", self.seed))
        };
        let mut groups: Vec<(usize, String, Vec<usize>)> =
            stories(articles).into_iter().map(|group| (group.len(), drawn(&group), group)).collect();
        // The large ones first: what is small fills up what they leave.
        groups.put_in_order_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut sizes = [0_u64; 3];
        let mut parts = BTreeMap::new();
        for (size, _, group) in groups {
            // What a part still lacks of its share, times the sum.
            let lacks = |n: usize| (shares[n] * articles.len() as u64) as i128 - (sizes[n] * sum) as i128;
            let wanted = (0..3).filter(|n| shares[*n] > 0);
            let at = wanted.fold(0, |best, n| if shares[best] == 0 || lacks(n) > lacks(best) { n } else { best });
            sizes[at] += size as u64;
            parts.extend(group.into_iter().map(|n| (articles[n].id.clone(), Part::ALL[at])));
        }
        parts
    }
}

/// Articles of the project that somebody is done with.
pub fn done(store: &AnnotationStore) -> BTreeSet<ArticleId> {
    let is_done = |id: &&ArticleId| store.progress(id).any(|progress| progress.status == Status::Done);
    store.article_ids().iter().filter(is_done).cloned().collect()
}
