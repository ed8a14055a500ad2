//! What copies of a project contradict that are to be merged, before anything is: texts, schemes, headers.
//!
//! All else is merged record by record and keeps both versions. These can't be: a span means nothing in another text, and
//! everybody works with one scheme.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::merge::merge_records;
use super::{AnnotationStore, Edit};
use crate::model::*;

mod schemes;

pub use schemes::{Differing, Joined, joined_schemes, knows};

/// A copy of the project, as a file brings it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandIn {
    /// The file's name.
    pub file: Rc<str>,
    pub project: AnnotationStore,
}

/// What has to be decided before copies are merged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clashes {
    /// By article, and then by which file came first.
    pub texts: Vec<TextClash>,
    /// Schemes none of which overtakes another: this project's first, if it is one of them. Empty, or at least two.
    pub schemes: Vec<Stated<Scheme>>,
    /// The same of what the project says of itself.
    pub headers: Vec<Stated<ProjectHeader>>,
}

impl Clashes {
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.schemes.is_empty() && self.headers.is_empty()
    }
}

/// An article that files have another text of than the one that stands under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextClash {
    /// The article as it stands: this project's, or else that of the first file which has it.
    pub standing: Rc<Article>,
    pub standing_in: Whose,
    /// The article as the files have it.
    pub other: Rc<Article>,
    /// Which files, counted from 0.
    pub files: Vec<usize>,
    /// The id under which it can come in as an article of its own; the same text keeps it, whenever it comes again.
    pub own_id: ArticleId,
}

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    Here,
    File(usize),
}

/// What copies say, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    pub content: Rc<T>,
    pub stands_in: Vec<Whose>,
}

/// What the copies contradict, `here` or among themselves.
///
/// An article that was removed has no text, so nothing contradicts it. A copy that was made of `here` with both texts in it, by
/// a page that let them in, contradicts nothing that is not known.
pub fn clashes(here: &AnnotationStore, copies: &[HandIn]) -> Clashes {
    Clashes {
        texts: text_clashes(here, copies),
        schemes: stated(here, copies, &RecordKey::Scheme, |content| match content {
            Content::Scheme(scheme) => Some(scheme),
            _ => None,
        }),
        headers: stated(here, copies, &RecordKey::Project, |content| match content {
            Content::Project(header) => Some(header),
            _ => None,
        }),
    }
}

fn text_clashes(here: &AnnotationStore, copies: &[HandIn]) -> Vec<TextClash> {
    let mut first: BTreeMap<&ArticleId, usize> = BTreeMap::new();
    let mut found: BTreeMap<&ArticleId, Vec<TextClash>> = BTreeMap::new();
    for (n, copy) in copies.iter().enumerate() {
        for other in copy.project.articles() {
            let (id, standing_in) = match first.get(&other.id) {
                _ if here.article(&other.id).is_some() => (&other.id, Whose::Here),
                Some(file) => (&other.id, Whose::File(*file)),
                None => {
                    first.insert(&other.id, n);
                    continue;
                }
            };
            let key = RecordKey::Article(id.clone());
            let stands = match standing_in {
                Whose::Here => here,
                Whose::File(file) => &copies[file].project,
            };
            let (Some(standing), Some(known), Some(record)) = (stands.article(id), stands.record(&key), copy.project.record(&key)) else {
                continue;
            };
            let is_known = |text: &Article| texts(known).any(|known| known.text == text.text);
            if standing.text == other.text && texts(record).all(|text| is_known(text)) {
                continue;
            }
            let of_article = found.entry(id).or_default();
            match of_article.iter_mut().find(|clash| clash.other.text == other.text) {
                Some(clash) => clash.files.push(n),
                None => of_article.push(TextClash {
                    standing: standing.clone(),
                    standing_in,
                    other: other.clone(),
                    files: vec![n],
                    own_id: other.id.clone(),
                }),
            }
        }
    }
    let mut clashes: Vec<TextClash> = found.into_values().flatten().collect();
    name(here, copies, &mut clashes);
    clashes
}

/// The articles that a record's versions have, one text each.
fn texts(record: &Record) -> impl Iterator<Item = &Rc<Article>> {
    record.versions().filter_map(|versioned| match &versioned.content {
        Some(Content::Article(article)) => Some(article),
        _ => None,
    })
}

/// Gives each text its own id: the article's with a number behind it, which nothing has, or the very same text.
fn name(here: &AnnotationStore, copies: &[HandIn], clashes: &mut [TextClash]) {
    let mut given: BTreeMap<ArticleId, Rc<Article>> = BTreeMap::new();
    for clash in clashes {
        let id = own_ids(&clash.other.id).find(|id| {
            let has = |article: &Rc<Article>| article.text == clash.other.text;
            let key = RecordKey::Article(id.clone());
            let stores = std::iter::once(here).chain(copies.iter().map(|copy| &copy.project));
            let fits = stores.filter(|store| store.record(&key).is_some()).all(|store| store.article(id).is_some_and(has));
            fits && given.get(id).is_none_or(has)
        });
        if let Some(id) = id {
            given.insert(id.clone(), clash.other.clone());
            clash.own_id = id;
        }
    }
}

/// The ids that another text of an article may have, in order: `a-2`, `a-3`, …
fn own_ids(article: &ArticleId) -> impl Iterator<Item = ArticleId> {
    let stem = own_stem(article);
    (2_u64..).filter_map(move |n| ArticleId::new(&format!("{stem}-{n}")))
}

/// What the ids of other texts of an article begin with: its own id, shortened where a number would make it too long.
pub fn own_stem(article: &ArticleId) -> &str {
    article.as_str().get(..MOST_OF_ID).unwrap_or(article.as_str())
}

/// Leaves room for a hyphen and a number in an id of 64 characters.
const MOST_OF_ID: usize = 48;

/// The [`own_stem`] of the article that this one may be another text of.
pub fn another_text_of(article: &ArticleId) -> Option<&str> {
    let (stem, number) = article.as_str().rsplit_once('-')?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(stem)
}

/// What stands under `key` after a merge of all, where it is more than one thing.
fn stated<T: Eq>(here: &AnnotationStore, copies: &[HandIn], key: &RecordKey, read: impl Fn(&Content) -> Option<&Rc<T>>) -> Vec<Stated<T>> {
    let stores = || std::iter::once((Whose::Here, here)).chain(copies.iter().enumerate().map(|(n, copy)| (Whose::File(n), &copy.project)));
    let records = stores().filter_map(|(_, store)| store.record(key));
    let Some(merged) = records.map(|record| Record::clone(record)).reduce(|a, b| merge_records(&a, &b)) else { return Vec::new() };
    let mut all: Vec<Stated<T>> = Vec::new();
    for content in merged.versions().filter_map(|versioned| read(versioned.content.as_ref()?)) {
        if all.iter().any(|other| other.content == *content) {
            continue;
        }
        let says = |store: &AnnotationStore| {
            let record = store.record(key);
            record.is_some_and(|record| record.versions().any(|version| version.content.as_ref().and_then(&read) == Some(content)))
        };
        let stands_in = stores().filter(|(_, store)| says(store)).map(|(whose, _)| whose).collect();
        all.push(Stated { content: content.clone(), stands_in });
    }
    if all.len() < 2 {
        return Vec::new();
    }
    // What is shown here goes first, and then what else is here.
    let shown = here.live(key).and_then(&read);
    let (first, rest): (Vec<Stated<T>>, Vec<Stated<T>>) = all.into_iter().partition(|stated| Some(&stated.content) == shown);
    let (known, new): (Vec<Stated<T>>, Vec<Stated<T>>) = rest.into_iter().partition(|stated| stated.stands_in.contains(&Whose::Here));
    first.into_iter().chain(known).chain(new).collect()
}

/// Everything in the copies but the articles that clash, with all that belongs to them; of these, the texts in `taken` come under
/// their own ids.
///
/// Law: merged, it brings exactly the records of the copies that belong to no clashing article.
pub fn harmless(here: &AnnotationStore, copies: &[HandIn], texts: &[TextClash], taken: &BTreeSet<ArticleId>) -> AnnotationStore {
    let mut all: Option<AnnotationStore> = None;
    for (n, copy) in copies.iter().enumerate() {
        let of_file = || texts.iter().filter(|clash| clash.files.contains(&n));
        let out: BTreeSet<ArticleId> = of_file().map(|clash| clash.other.id.clone()).collect();
        let mut sound = if out.is_empty() { copy.project.clone() } else { copy.project.without_articles(&out) };
        for clash in of_file().filter(|clash| taken.contains(&clash.own_id)) {
            sound = sound.merge(moved(&copy.project, &clash.other.id, &clash.own_id)).0;
        }
        all = Some(match all {
            Some(all) => all.merge_copy(&sound).0,
            None => sound,
        });
    }
    all.unwrap_or_else(|| AnnotationStore::empty(ProjectHeader::clone(here.header()), Scheme::clone(here.scheme())))
}

/// All that belongs to an article, as belonging to another; versions and times stay, so that it is the same whenever it comes.
fn moved(store: &AnnotationStore, from: &ArticleId, to: &ArticleId) -> Vec<(RecordKey, Rc<Record>)> {
    let of_article = store.all_records().filter(|(key, _)| key.article() == Some(from));
    let key = |key: RecordKey| match key {
        RecordKey::Article(_) => RecordKey::Article(to.clone()),
        RecordKey::Assignment(_, annotator) => RecordKey::Assignment(to.clone(), annotator),
        RecordKey::Progress(_, annotator) => RecordKey::Progress(to.clone(), annotator),
        RecordKey::Annotation(_, annotator, id) => RecordKey::Annotation(to.clone(), annotator, id),
        other => other,
    };
    let content = |content: &Content| match content {
        Content::Article(article) => Content::Article(Rc::new(Article { id: to.clone(), ..Article::clone(article) })),
        Content::Assignment(of) => Content::Assignment(Rc::new(Assignment { article: to.clone(), ..Assignment::clone(of) })),
        Content::Progress(of) => Content::Progress(Rc::new(Progress { article: to.clone(), ..Progress::clone(of) })),
        Content::Annotation(of) => Content::Annotation(Rc::new(Annotation { article: to.clone(), ..Annotation::clone(of) })),
        other => other.clone(),
    };
    let versioned = |of: &Versioned| Versioned { content: of.content.as_ref().map(content), ..of.clone() };
    let record =
        |record: &Record| Record { current: versioned(&record.current), conflicts: record.conflicts.iter().map(versioned).collect() };
    of_article.map(|(of, rows)| (key(of), Rc::new(record(rows)))).collect()
}

/// The edit that makes `content` the only version of its record; none where it is.
pub fn settling(store: &AnnotationStore, content: Content) -> Option<Edit> {
    let record = store.record(&content.key());
    let before = record.and_then(|record| record.current.content.clone());
    match before {
        Some(before) if before == content && record.is_some_and(|record| record.conflicts.is_empty()) => None,
        Some(before) => Some(Edit::change(before, content)?.settling()),
        None => Some(Edit::add(content).settling()),
    }
}
