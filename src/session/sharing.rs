//! Share links: what goes into one, whether it is short enough to arrive, and what is said of one that came before it is opened.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::page::word_count;
use super::state::annotator_name;
use super::{Review, State, counted, grouped, shortened};
use crate::edit::AnnotationStore;
use crate::format::share::{self, What, Whose};
use crate::model::*;
use crate::order::{Gather, InOrder};

/// The choices of a share link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sharing {
    pub reach: Reach,
    pub work: Work,
}

/// Which articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Open,
    All,
}

/// Whose annotations go along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Nobodys,
    Own,
    Everybodys,
}

impl Default for Sharing {
    fn default() -> Self {
        Self { reach: Reach::Open, work: Work::Nobodys }
    }
}

impl Sharing {
    pub fn what(&self, state: &State) -> What {
        let articles = match self.reach {
            Reach::Open => state.article.iter().cloned().gather(),
            Reach::All => state.catalogue.listed().iter().cloned().gather(),
        };
        let annotations = match self.work {
            Work::Nobodys => Whose::Nobodys,
            Work::Own => Whose::Of(state.annotator.clone()),
            Work::Everybodys => Whose::Everybodys,
        };
        What { articles, annotations }
    }
}

/// So many characters mail and chat programs pass on.
pub const EASY_LENGTH: usize = 2_000;
/// The longest link that is offered, in characters.
pub const MOST_LENGTH: usize = 8_000;
/// More articles are not even read: of each, id, version and a line of text take more than a hundredth of the longest link.
const MOST_ARTICLES: usize = 100;
/// More bytes of text are not even packed: into the longest link they would have to shrink to a twentieth, as no prose does.
const MOST_BYTES: usize = 20 * MOST_LENGTH * 3 / 4;
/// The least that an annotation takes as JSON, in bytes.
const ANNOTATION: usize = 60;

/// What comes of the choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    NoArticle,
    /// The whole address; it has as many characters as bytes, or the page has a strange address itself.
    Ready(Rc<str>),
    /// With its length in characters, where it was worth finding out.
    TooLong(Option<usize>),
}

/// Whether a link is too long, as far as can be told before any article is read.
pub fn is_too_much(what: &What) -> bool {
    what.articles.len() > MOST_ARTICLES
}

/// The link to a hand-out of `store`, in which its articles are; `page` is the page's address without `?` and `#`.
pub fn link(store: &AnnotationStore, what: &What, page: &str) -> Link {
    if what.articles.is_empty() {
        return Link::NoArticle;
    }
    if is_too_much(what) || size(store, what) > MOST_BYTES {
        return Link::TooLong(None);
    }
    let link = format!("{page}#{}", share::write(store, what));
    match link.chars().count() {
        length if length > MOST_LENGTH => Link::TooLong(Some(length)),
        _ => Link::Ready(link.into()),
    }
}

/// About how many bytes there are to pack, at the least.
fn size(store: &AnnotationStore, what: &What) -> usize {
    let of_article = |id: &ArticleId| {
        let text = store.article(id).map_or(0, |article| article.text.as_str().len());
        let annotations = match &what.annotations {
            Whose::Nobodys => 0,
            Whose::Of(one) => store.annotations(id).iter().filter(|annotation| annotation.annotator == *one).count(),
            Whose::Everybodys => store.annotations(id).len(),
        };
        text + annotations * ANNOTATION
    };
    store.header().guidelines.len() + what.articles.iter().map(of_article).sum::<usize>()
}

/// What is said of a link's length.
pub fn told(link: &Link) -> String {
    let characters = |length: usize| format!("{} characters", grouped(length));
    match link {
        Link::NoArticle => "No article is open.".to_owned(),
        Link::Ready(address) => match address.chars().count() {
            length if length <= EASY_LENGTH => format!("{}: mail and chat pass it on.", characters(length)),
            length => format!(
                "{}: it works in browsers, but some mail and chat programs cut a link of this length. Test it, or attach the file.",
                characters(length)
            ),
        },
        Link::TooLong(length) => format!(
            "{} A link of up to {} would arrive. Attach the file; for this much, a project that is hosted beside the page suits more (docs/hosting.md).",
            length.map_or_else(|| "Too much for a link.".to_owned(), |length| format!("{} are too many for a link.", characters(length))),
            characters(MOST_LENGTH)
        ),
    }
}

/// A hand-out that came by a link, and that the person decides on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    pub review: Rc<Review>,
    pub standing: Standing,
    pub arrival: Arrival,
    pub holds: Contents,
}

/// Where the hand-out's project is already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    OnDesk,
    OnDevice,
    New,
}

/// When a link came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The page began with it: who is meant by the address is said of its project.
    AtStart,
    /// The same on a first visit: this sample lies on the desk only until the person has decided.
    OnSample(ProjectId),
    Later,
}

/// What a hand-out holds, in numbers and names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    pub title: Rc<str>,
    pub articles: usize,
    /// Of the first articles.
    pub titles: Vec<Rc<str>>,
    pub words: usize,
    /// Whose annotations, and how many each; the most first.
    pub work: Vec<(String, usize)>,
    pub guidelines: bool,
}

/// Titles that are shown.
const MOST_TITLES: usize = 5;
/// Of a title or a name, in code points.
const MOST_LETTERS: usize = 80;

impl Contents {
    /// `own` is whose desk it comes to.
    pub fn of(project: &AnnotationStore, own: &AnnotatorId) -> Self {
        let name = |id: &AnnotatorId| shortened(&annotator_name(project, own, id), MOST_LETTERS).to_string();
        let mut work: BTreeMap<&AnnotatorId, usize> = BTreeMap::new();
        for annotation in project.article_ids().iter().flat_map(|article| project.annotations(article).iter()) {
            *work.entry(&annotation.annotator).or_default() += 1;
        }
        let mut work: Vec<(String, usize)> = work.into_iter().map(|(id, count)| (name(id), count)).collect();
        work.put_in_order_by_key(|(_, count)| usize::MAX - count);
        Self {
            title: project.header().title.clone(),
            articles: project.article_ids().len(),
            titles: project.articles().take(MOST_TITLES).map(|article| shortened(&article.label(), MOST_LETTERS)).collect(),
            words: project.articles().map(|article| word_count(article)).sum(),
            work,
            guidelines: !project.header().guidelines.trim().is_empty(),
        }
    }

    pub fn annotations(&self) -> usize {
        self.work.iter().map(|(_, count)| count).sum()
    }

    /// “2 articles with 1,384 words, 10 annotations by Ana”.
    pub fn in_words(&self) -> String {
        const MOST_NAMES: usize = 3;
        let mut names: Vec<String> = self.work.iter().take(MOST_NAMES).map(|(name, _)| name.clone()).collect();
        if self.work.len() > MOST_NAMES {
            names.push(format!("{} more", self.work.len() - MOST_NAMES));
        }
        let annotations = match self.annotations() {
            0 => "no annotations".to_owned(),
            1 => format!("1 annotation by {}", names.join(", ")),
            many => format!("{} annotations by {}", grouped(many), names.join(", ")),
        };
        let words = if self.words == 1 { "1 word".to_owned() } else { format!("{} words", grouped(self.words)) };
        format!("{} with {words}, {annotations}", counted(self.articles, "article"))
    }
}
