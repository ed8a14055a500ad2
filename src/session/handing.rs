//! Copies of the project on their way in: what they contradict, what the person decides of it, and what that does.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::words::counted;
use crate::edit::{AnnotationStore, Clashes, HandIn, Stated, TextClash, Whose, joined_schemes};
use crate::model::*;
use crate::order::Gather;
use crate::text::{Differences, differences};

mod schemes;
mod told;

pub use schemes::{SchemeOption, scheme_options, unknown_to};
pub(super) use told::{conflicts, told};

/// Copies that are to be merged as one, and what they were seen to contradict; without copies, what the project itself has in two
/// versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handing {
    pub copies: Vec<HandIn>,
    /// What was merged, in words: what is said of it, and how it is listed among the merges to take back.
    pub label: Rc<str>,
    /// The article to open behind it.
    pub open: Option<ArticleId>,
    pub clashes: Clashes,
}

/// What the person decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Which texts come in as articles of their own, by the ids that they get; all others are left out.
    pub own: BTreeSet<ArticleId>,
    pub scheme: Option<SchemeChoice>,
    /// Whose words are taken, counted as in [`Clashes::headers`]; what is not named stays as it is.
    pub header: BTreeMap<HeaderField, usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeChoice {
    /// One of [`Clashes::schemes`].
    This(usize),
    /// All of them, as one.
    Joined,
}

/// What a project says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HeaderField {
    Title,
    Description,
    Guidelines,
    Others,
}

impl HeaderField {
    pub const ALL: [Self; 4] = [Self::Title, Self::Description, Self::Guidelines, Self::Others];

    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Description => "description",
            Self::Guidelines => "guidelines",
            Self::Others => "rule on each other’s work",
        }
    }

    /// What it says, in words.
    pub fn of(self, header: &ProjectHeader) -> Rc<str> {
        match self {
            Self::Title => header.title.clone(),
            Self::Description => header.description.clone(),
            Self::Guidelines => header.guidelines.clone(),
            Self::Others => match header.others {
                Others::Shown => "Annotators may see each other’s work.".into(),
                Others::Hidden => "Annotators see their own work alone.".into(),
            },
        }
    }

    fn copy(self, from: &ProjectHeader, into: &mut ProjectHeader) {
        match self {
            Self::Title => into.title = from.title.clone(),
            Self::Description => into.description = from.description.clone(),
            Self::Guidelines => into.guidelines = from.guidelines.clone(),
            Self::Others => into.others = from.others,
        }
    }
}

/// What becomes the only version of the scheme and of the header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub scheme: Option<Rc<Scheme>>,
    pub header: Option<Rc<ProjectHeader>>,
}

/// An article of which files have another text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextView {
    pub article: ArticleId,
    pub label: Rc<str>,
    pub standing_in: Rc<str>,
    pub files: Rc<str>,
    /// Live annotations that the files have in it.
    pub annotations: usize,
    pub own_id: ArticleId,
    pub differences: Option<Differences>,
}

/// A field of the header that copies fill differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    pub field: HeaderField,
    /// What may be chosen, the present one first: its number in [`Clashes::headers`], whose it is, and how it differs from the first.
    pub choices: Vec<(usize, Rc<str>, Option<Differences>)>,
}

/// Texts whose differences are shown; more are counted.
pub const MOST_TEXTS: usize = 30;

impl Handing {
    pub fn new(copies: Vec<HandIn>, label: impl Into<Rc<str>>) -> Self {
        Self { copies, label: label.into(), open: None, clashes: Clashes::default() }
    }

    /// Files that were dropped, as one merge.
    pub fn of_files(copies: Vec<HandIn>) -> Self {
        let label = match &copies[..] {
            [one] => format!("{} was merged into this project.", one.file),
            many => {
                format!("{} were merged into this project: {}.", counted(many.len(), "file"), names(many.iter().map(|copy| &*copy.file)))
            }
        };
        Self::new(copies, label)
    }

    /// What is to become of scheme and header; `None` as long as a choice is missing.
    pub fn settled(&self, decided: &Decided) -> Option<Settled> {
        let scheme = match (&self.clashes.schemes[..], decided.scheme) {
            ([], _) => None,
            (_, None) => return None,
            (schemes, Some(SchemeChoice::This(n))) => Some(schemes.get(n)?.content.clone()),
            (schemes, Some(SchemeChoice::Joined)) => Some(Rc::new(all_joined(schemes)?)),
        };
        let header = self.clashes.headers.first().map(|first| {
            let mut header = ProjectHeader::clone(&first.content);
            for field in HeaderField::ALL {
                let chosen = decided.header.get(&field).and_then(|n| self.clashes.headers.get(*n)).unwrap_or(first);
                field.copy(&chosen.content, &mut header);
            }
            Rc::new(header)
        });
        Some(Settled { scheme, header })
    }

    /// Whose it is, in words.
    fn whose(&self, whose: &Whose) -> &str {
        match whose {
            Whose::Here => "this project",
            Whose::File(n) => self.copies.get(*n).map_or("a file", |copy| &copy.file),
        }
    }

    fn stated_by<T>(&self, stated: &Stated<T>) -> Rc<str> {
        names(stated.stands_in.iter().map(|whose| self.whose(whose))).into()
    }

    /// The texts that clash, each with what differs: as many as are shown.
    pub fn texts(&self) -> Vec<TextView> {
        self.clashes.texts.iter().take(MOST_TEXTS).map(|clash| self.text(clash)).collect()
    }

    fn text(&self, clash: &TextClash) -> TextView {
        let article = &clash.other.id;
        let files = || clash.files.iter().filter_map(|n| self.copies.get(*n));
        TextView {
            article: article.clone(),
            label: clash.standing.label().into(),
            standing_in: self.whose(&clash.standing_in).into(),
            files: names(files().map(|copy| &*copy.file)).into(),
            annotations: work(files().map(|copy| &copy.project), article),
            own_id: clash.own_id.clone(),
            differences: differences(clash.standing.text.as_str(), clash.other.text.as_str()),
        }
    }

    /// The fields of the header that differ.
    pub fn fields(&self) -> Vec<FieldView> {
        let Some(first) = self.clashes.headers.first() else { return Vec::new() };
        let mut fields = Vec::new();
        for field in HeaderField::ALL {
            let present = field.of(&first.content);
            let mut seen = vec![present.clone()];
            let mut choices = vec![(0, self.stated_by(first), None)];
            for (n, stated) in self.clashes.headers.iter().enumerate() {
                let other = field.of(&stated.content);
                if !seen.contains(&other) {
                    choices.push((n, self.stated_by(stated), differences(&present, &other)));
                    seen.push(other);
                }
            }
            if choices.len() > 1 {
                fields.push(FieldView { field, choices });
            }
        }
        fields
    }
}

/// Annotations that copies have in an article, each counted once.
fn work<'a>(copies: impl Iterator<Item = &'a AnnotationStore>, article: &ArticleId) -> usize {
    let all = copies.flat_map(|copy| copy.annotations(article).iter());
    all.map(|annotation| (annotation.annotator.clone(), annotation.id.clone())).gather::<BTreeSet<_>>().len()
}

/// All schemes as one; of what several have, the first one's is kept.
fn all_joined(schemes: &[Stated<Scheme>]) -> Option<Scheme> {
    let (first, rest) = schemes.split_first()?;
    Some(rest.iter().fold(Scheme::clone(&first.content), |joined, next| joined_schemes(&joined, &next.content).scheme))
}

/// A few names, and how many more.
fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 6;
    let all: Vec<&str> = all.collect();
    match all.len() {
        0..=MOST => all.join(", "),
        many => format!("{} and {} more", all[..MOST].join(", "), many - MOST),
    }
}
