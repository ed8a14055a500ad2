//! Projects that somebody hosts: at the first visit they are opened, at each other one what is new of them is merged in.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::address::{beside, fetch_text, resolved};
use super::listen::turn;
use super::storage::{Extent, Loaded, Storage};
use crate::edit::AnnotationStore;
use crate::format::native::{self, Shaped, Texts};
use crate::model::*;
use crate::order::Gather;
use crate::session::{Elsewhere, Notice, Review, quoted};
use crate::text::sha256_hex;

/// The project that is hosted beside the page: whoever hosts it replaces the file to start visitors with another one.
pub fn own_project() -> String {
    resolved("project.json")
}

/// A project file that came from an address, unread.
pub struct Fetched {
    json: String,
    hash: String,
}

/// Which state of a hosted project was read; remembered, so that it is not read again before there is another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    project: ProjectId,
    url: String,
    hash: String,
}

impl Edition {
    pub async fn remember(&self, storage: &Storage) {
        storage.set_remotes_of(&self.project, &self.hash).await;
        storage.set_hosted(&self.project, &self.url, &self.hash);
    }
}

/// What is to be merged into a copy that is here.
pub struct Coming {
    /// Where it came from.
    pub file: Rc<str>,
    pub project: AnnotationStore,
    /// Articles of it whose texts are to be fetched.
    pub elsewhere: Elsewhere,
    /// What to say of it.
    pub label: Rc<str>,
}

impl Coming {
    pub fn has(&self, article: &ArticleId) -> bool {
        self.project.article(article).is_some() || self.elsewhere.remotes.iter().any(|remote| remote.article == *article)
    }
}

/// What is to be opened of a hosted project, and what comes of it.
#[derive(Default)]
pub struct Found {
    /// What to open, and whether the stores hold it already.
    pub opened: Option<(Loaded, bool)>,
    /// What to merge into it.
    pub incoming: Option<Coming>,
    /// A file with faults, which needs a decision.
    pub review: Option<Review>,
    pub notice: Option<Notice>,
    pub edition: Option<Edition>,
}

pub async fn fetch_hosted(url: String) -> Result<Fetched, String> {
    let json = fetch_text(&url, native::MAX_BYTES).await?;
    Ok(Fetched { hash: sha256_hex(&json), json })
}

/// What is on its way, or else is sent for now.
pub async fn come(early: Option<impl Future<Output = Result<Fetched, String>>>, url: &str) -> Result<Fetched, String> {
    match early {
        Some(early) => early.await,
        None => fetch_hosted(url.to_owned()).await,
    }
}

/// In tasks of their own: at the first start of the page, the browser has this code still to compile.
async fn read(fetched: &Fetched, url: &str) -> Result<Review, String> {
    let resolve = |href: &str| beside(url, href).map(Rc::from);
    turn().await;
    let shaped = Shaped::of(url, &fetched.json).map_err(|error| format!("{error}."))?;
    turn().await;
    let reading = shaped.read(Texts::Addresses(&resolve));
    let issues = reading.issues.iter().map(|issue| issue.to_string().into()).collect();
    let elsewhere = Elsewhere::of(&reading);
    Ok(Review { file: url.into(), project: reading.store, issues, elsewhere })
}

/// What to open of the project at `url`: this device's copy with what is new, or the project as it came. A host that does not
/// answer leaves the copy.
pub async fn hosted(came: Result<Fetched, String>, url: &str, storage: &Storage, wanted: Option<&ArticleId>) -> Result<Found, String> {
    let known = storage.hosted_at(url);
    let load = async |id: &ProjectId| storage.load(id, Extent::Desk(wanted)).await;
    let fetched = match came {
        Ok(fetched) => fetched,
        Err(why) => {
            let Some((id, _)) = known else { return Err(why) };
            let opened = load(&id).await.ok_or_else(|| why.clone())?;
            let notice = Notice::refused(format!("Opened as it is on this device: {why}"));
            return Ok(Found { opened: Some((opened, true)), notice: Some(notice), ..Found::default() });
        }
    };
    if let Some((id, hash)) = &known
        && *hash == fetched.hash
        && is_all_here(&fetched, id, storage).await
        && let Some(opened) = load(id).await
    {
        return Ok(Found { opened: Some((opened, true)), ..Found::default() });
    }
    let mut review = read(&fetched, url).await?;
    let mut local = load(&review.project.header().id).await;
    if local.as_ref().is_some_and(|local| is_apart(local, &review)) {
        review.project = apart(&review.project, url);
        local = load(&review.project.header().id).await;
    }
    let edition = Some(Edition { project: review.project.header().id.clone(), url: url.to_owned(), hash: fetched.hash });
    if !review.issues.is_empty() {
        // This device’s copy, if there is one, lies behind the question.
        return Ok(Found { opened: local.map(|loaded| (loaded, true)), review: Some(review), edition, ..Found::default() });
    }
    Ok(match local {
        Some(local) => {
            let label = format!("{} was merged with the work on this device.", quoted(&review.project.header().title)).into();
            let Review { file, project, elsewhere, .. } = review;
            Found { opened: Some((local, true)), incoming: Some(Coming { file, project, elsewhere, label }), edition, ..Found::default() }
        }
        None => Found { opened: Some((Loaded::hosted(review.project, &review.elsewhere), false)), edition, ..Found::default() },
    })
}

/// Whether two projects of one id have no article in common, though both have some: then they are not copies of each other.
fn is_apart(local: &Loaded, host: &Review) -> bool {
    let here: BTreeSet<&ArticleId> = local.store.known_articles().chain(local.rest.cards.keys()).gather();
    let mut there = articles_of(host).peekable();
    !here.is_empty() && there.peek().is_some() && !there.any(|article| here.contains(article))
}

fn articles_of(host: &Review) -> impl Iterator<Item = &ArticleId> {
    host.project.known_articles().chain(host.elsewhere.remotes.iter().map(|remote| &remote.article))
}

/// Whether the stores have what a file that was read before says of texts in other files.
async fn is_all_here(fetched: &Fetched, project: &ProjectId, storage: &Storage) -> bool {
    !fetched.json.contains("\"href\"") || storage.has_remotes_of(project, &fetched.hash).await
}

/// The project under an id of its own, the same at each visit.
fn apart(project: &AnnotationStore, url: &str) -> AnnotationStore {
    let id: String = project.header().id.as_str().chars().take(50).collect();
    let id = format!("{id}-{}", sha256_hex(url).get(..8).unwrap_or_default());
    project.under(ProjectId::new(&id).expect("invariant: the beginning of an id and hex digits are an id"))
}

/// What the host of this page has to say since the last visit.
pub enum News {
    /// Of the project on the desk.
    Merge(Coming),
    /// A file with faults, or another project than this address had before.
    Decide(Review),
}

/// Asks the host for the project beside the page, while another visit's work is on the desk. Silent where nobody answers, nothing is
/// new, or the project on the desk came from elsewhere.
pub async fn news(storage: &Storage, open: &AnnotationStore, known_articles: &[ArticleId]) -> Option<(News, Edition)> {
    let url = own_project();
    let known = storage.hosted_at(&url);
    let fetched = fetch_hosted(url.clone()).await.ok()?;
    if let Some((id, _)) = known.as_ref().filter(|(_, hash)| *hash == fetched.hash)
        && is_all_here(&fetched, id, storage).await
    {
        return None;
    }
    let review = read(&fetched, &url).await.ok()?;
    let id = review.project.header().id.clone();
    let here: BTreeSet<&ArticleId> = known_articles.iter().gather();
    let is_copy = id == open.header().id && articles_of(&review).any(|article| here.contains(article));
    // Of what this address had before, somebody at this device has seen it; all else is not this visit’s business.
    if !is_copy && known.is_none() {
        return None;
    }
    let news = match is_copy && review.issues.is_empty() {
        true => {
            let Review { file, project, elsewhere, .. } = review;
            News::Merge(Coming { file, project, elsewhere, label: "What is new in the hosted project was merged with your work.".into() })
        }
        false if is_copy || storage.load(&id, Extent::Desk(None)).await.is_none() => News::Decide(review),
        false => return None,
    };
    Some((news, Edition { project: id, url, hash: fetched.hash }))
}
