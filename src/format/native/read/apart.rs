//! Articles whose texts lie in other files: told from the others, with all that belongs to them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde::Deserialize;

use crate::format::native::Place;
use crate::format::native::check::Stage;
use crate::format::native::file::{Annotation, Article, ArticleText, Conflict, Kind, Progress, Str, TextFile, Tombstone, Version};
use crate::format::native::issue::{Outcome, Problem};
use crate::format::native::remote::{Draft, NotTheText, Remote, exact_text};
use crate::model::*;
use crate::order::Gather;

/// Where the texts are that a project file does not hold itself.
pub enum Texts<'a> {
    /// Nobody knows: their articles are left out, and reported.
    Nowhere,
    /// Each at an address, which is found from its `href`; `None` where that is no place for a text.
    Addresses(&'a dyn Fn(&str) -> Option<Rc<str>>),
    /// Each in a file beside it, which is found by its path from there; the error is half a sentence.
    Files(&'a dyn Fn(&str) -> Result<Vec<u8>, String>),
}

/// The path, below the folder of the project file, that an `href` means; `None` where it leads elsewhere.
pub fn path_below(href: &str) -> Option<String> {
    let is_odd = |letter: char| letter.is_control() || matches!(letter, '\\' | ':' | '?' | '#');
    if href.starts_with('/') || href.chars().any(is_odd) {
        return None;
    }
    let mut path: Vec<&str> = Vec::new();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(path.pop()?),
            part => path.push(part),
        }
    }
    if path.is_empty() { None } else { Some(path.join("/")) }
}

/// The paths of the texts that a project file has in files beside it, as far as they are any; nothing where it is no project file.
pub fn text_paths(json: &str) -> BTreeSet<String> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Stated {
        articles: Vec<StatedArticle>,
    }
    #[derive(Deserialize)]
    struct StatedArticle {
        text: ArticleText,
    }
    // Most files have none, and need not be read twice.
    if !json.contains("\"href\"") {
        return BTreeSet::new();
    }
    let stated: Stated = serde_json::from_str(json.trim_start_matches('\u{feff}')).unwrap_or_default();
    let hrefs = stated.articles.iter().filter_map(|article| match &article.text {
        ArticleText::Elsewhere(TextFile { href }) => path_below(href),
        ArticleText::Here(_) => None,
    });
    hrefs.gather()
}

/// What became of an article whose text is not in the file.
enum Aside {
    LeftOut,
    Remote(Box<Draft>),
}

/// The articles that are not in the store.
#[derive(Default)]
pub struct Apart {
    asides: HashMap<Str, Aside>,
    /// All articles that are kept, in the file's order; empty where none is apart.
    pub places: Vec<ArticleId>,
}

impl Apart {
    /// Tells the articles apart; `None` stands for those that are not among the others, or have the id of one before them.
    pub fn of(articles: Vec<Article>, texts: Texts<'_>, stage: &mut Stage) -> (Self, Vec<Option<Article>>) {
        let mut apart = Self::default();
        if !articles.iter().any(|article| matches!(article.text, ArticleText::Elsewhere(_))) {
            return (apart, articles.into_iter().map(Some).collect());
        }
        let list = Place::root("articles");
        let mut seen: HashSet<Str> = HashSet::new();
        let mut here = Vec::with_capacity(articles.len());
        for (index, mut article) in articles.into_iter().enumerate() {
            let place = list.item(index);
            let Some(id) = ArticleId::new(&article.id) else {
                stage.report.add(place.field("id"), Problem::BadId(article.id.to_string()), Outcome::Skipped);
                here.push(None);
                continue;
            };
            if !seen.insert(article.id.clone()) {
                stage.report.add(place, Problem::Duplicate(format!("article {id}")), Outcome::Skipped);
                here.push(None);
                continue;
            }
            let found = match &article.text {
                ArticleText::Here(_) => Ok(Found::Text(None)),
                ArticleText::Elsewhere(TextFile { href }) => find(href, article.sha256.as_deref(), &texts),
            };
            here.push(match found {
                Ok(Found::Text(text)) => {
                    if let Some(text) = text {
                        article.text = ArticleText::Here(text.into());
                    }
                    apart.places.push(id);
                    Some(article)
                }
                Ok(Found::Address(address)) => {
                    apart.places.push(id.clone());
                    apart.asides.insert(article.id.clone(), Aside::Remote(Box::new(Draft::new(id, address, article))));
                    None
                }
                Err(problem) => {
                    let field = if problem == Problem::NoHash { "sha256" } else { "text" };
                    stage.report.add(place.field(field), problem, Outcome::Skipped);
                    apart.asides.insert(article.id, Aside::LeftOut);
                    None
                }
            });
        }
        (apart, here)
    }

    /// The articles whose texts can be fetched.
    pub fn remote_articles(&self) -> impl Iterator<Item = &ArticleId> {
        self.asides.values().filter_map(|aside| match aside {
            Aside::Remote(draft) => Some(&draft.id),
            Aside::LeftOut => None,
        })
    }

    /// The hashes of their texts, in the file's order.
    pub fn hashes(&self) -> impl Iterator<Item = &str> {
        self.places.iter().filter_map(|article| match self.asides.get(article.as_str())? {
            Aside::Remote(draft) => draft.article.sha256.as_deref(),
            Aside::LeftOut => None,
        })
    }

    /// Whether what belongs to the article is left out with it.
    pub fn is_left_out(&self, article: &str) -> bool {
        matches!(self.asides.get(article), Some(Aside::LeftOut))
    }

    /// The annotation, unless its article is not here.
    pub fn annotation(&mut self, record: Annotation) -> Option<Annotation> {
        match self.asides.get_mut(&record.article) {
            None => return Some(record),
            Some(Aside::Remote(draft)) => draft.annotations.push(record),
            Some(Aside::LeftOut) => {}
        }
        None
    }

    pub fn progress(&mut self, record: Progress) -> Option<Progress> {
        match self.asides.get_mut(&record.article) {
            None => return Some(record),
            Some(Aside::Remote(draft)) => draft.progress.push(record),
            Some(Aside::LeftOut) => {}
        }
        None
    }

    pub fn conflict(&mut self, conflict: Conflict) -> Option<Conflict> {
        let aside = match &conflict {
            Conflict::Live(Version::Article(record)) => self.asides.get_mut(&record.id),
            Conflict::Live(Version::Annotation(record)) => self.asides.get_mut(&record.article),
            Conflict::Live(Version::Progress(record)) => self.asides.get_mut(&record.article),
            Conflict::Live(_) => None,
            Conflict::Deleted { deleted, .. } => self.of_tombstone(deleted),
        };
        match aside {
            None => return Some(conflict),
            Some(Aside::Remote(draft)) => draft.conflicts.push(conflict),
            Some(Aside::LeftOut) => {}
        }
        None
    }

    pub fn tombstone(&mut self, deleted: Tombstone) -> Option<Tombstone> {
        match self.of_tombstone(&deleted) {
            None => return Some(deleted),
            Some(Aside::Remote(draft)) => draft.deleted.push(deleted),
            Some(Aside::LeftOut) => {}
        }
        None
    }

    fn of_tombstone(&mut self, deleted: &Tombstone) -> Option<&mut Aside> {
        let article = match deleted.kind {
            Kind::Article => deleted.id.as_ref(),
            Kind::Annotation | Kind::Progress => deleted.article.as_ref(),
            _ => None,
        };
        self.asides.get_mut(article?)
    }

    /// In the order of `places`.
    pub fn into_remotes(mut self, places: &[ArticleId], scheme: &Scheme) -> Vec<Remote> {
        let in_order = places.iter().filter_map(|article| self.asides.remove(article.as_str()));
        let remote = |aside: Aside| match aside {
            Aside::Remote(draft) => Some(draft.into_remote(scheme)),
            Aside::LeftOut => None,
        };
        in_order.filter_map(remote).collect()
    }
}

enum Found {
    /// `None` of a text that stands in the file.
    Text(Option<String>),
    Address(Rc<str>),
}

fn find(href: &str, sha256: Option<&str>, texts: &Texts<'_>) -> Result<Found, Problem> {
    let bad = || Problem::BadHref(href.to_owned());
    let is_hash = |stated: &&str| stated.len() == 64 && stated.bytes().all(|byte| byte.is_ascii_hexdigit());
    if let Texts::Nowhere = texts {
        return Err(Problem::TextElsewhere(href.to_owned()));
    }
    let sha256 = sha256.filter(is_hash).ok_or(Problem::NoHash)?;
    match texts {
        Texts::Nowhere => Err(Problem::TextElsewhere(href.to_owned())),
        Texts::Addresses(resolve) => resolve(href).map(Found::Address).ok_or_else(bad),
        Texts::Files(read) => {
            let path = path_below(href).ok_or_else(bad)?;
            let bytes = read(&path).map_err(|why| Problem::NoText(format!("{path}: {why}")))?;
            let said = |why: NotTheText| Problem::NoText(format!("{path}: {why}"));
            exact_text(bytes, sha256).map(|text| Found::Text(Some(text))).map_err(said)
        }
    }
}
