use std::rc::Rc;

use super::address::{ForeignLink, ProjectLink, annotator_wanted, article_wanted, project_link};
use super::hosted::{Coming, Edition, come, fetch_hosted, hosted, own_project};
use super::listen::ahead;
use super::{Backing, Extent, Loaded, Refused, Storage, clock};
use crate::edit::AnnotationStore;
use crate::format::share;
use crate::model::*;
use crate::session::{Elsewhere, Notice, Offer, Review};

/// What a page load begins with.
pub struct Start {
    pub loaded: Loaded,
    pub article: Option<ArticleId>,
    /// Whether a store holds all of it already.
    pub saved: bool,
    pub annotator: AnnotatorId,
    /// The name of a new annotator, to be recorded.
    pub new_name: Option<String>,
    /// A project to merge in.
    pub incoming: Option<Coming>,
    /// What was read of a host, to be remembered once it is stored.
    pub edition: Option<Edition>,
    /// A file that needs a decision.
    pub review: Option<Review>,
    /// A link to another origin, to be confirmed.
    pub foreign: Option<ForeignLink>,
    /// What a share link in the address holds.
    pub shared: Option<Review>,
    /// The sample, where it lies on the desk only because nothing else does until the person has decided on the link.
    pub stopgap: Option<ProjectId>,
    pub notices: Vec<Notice>,
    /// Whether the address names a project.
    pub linked: bool,
    pub first_visit: bool,
}

/// Finds what to open: the project of the address, else the last one, else the one that is hosted beside the page, else an empty project.
/// `share` is a share link that stood in the address; what it holds waits for the person.
pub async fn start(storage: &Rc<Storage>, share: Option<String>) -> Start {
    let mut notices = Vec::new();
    let link = project_link();
    let linked = link.is_some();
    // What has to travel does so while the database is opened.
    let mut early = match &link {
        Some(Ok(ProjectLink::Own(url))) => Some(ahead(fetch_hosted(url.clone()))),
        None if storage.last().is_none() => Some(ahead(fetch_hosted(own_project()))),
        _ => None,
    };
    storage.connect().await;
    let mut incoming = None;
    let mut review = None;
    let mut edition = None;
    let mut foreign = None;
    notices.extend(warning(storage));
    notices.extend(storage.emptied().map(|why| {
        let text = format!("The browser found its database damaged and emptied it ({why}). What the second copy in local storage held is here; what was done last before may be missing.");
        Notice::failed(text).offering(Offer::Storage)
    }));
    let last = storage.last();
    let mut wanted = article_wanted();
    let mut opened: Option<(Loaded, bool)> = None;
    match link {
        Some(Ok(ProjectLink::Foreign(link))) => {
            // What came from there before lies behind the question, so that there is work to do with no network, too.
            if let Some((project, _)) = storage.hosted_at(&link.url) {
                opened = storage.load(&project, Extent::Desk(wanted.as_ref())).await.map(|loaded| (loaded, true));
            }
            foreign = Some(link);
        }
        Some(Ok(ProjectLink::Own(url))) => match hosted(come(early.take(), &url).await, &url, storage, wanted.as_ref()).await {
            Ok(found) => {
                (opened, incoming, edition) = (found.opened, found.incoming, found.edition);
                notices.extend(found.notice);
                review = found.review;
            }
            Err(why) => notices.push(Notice::failed(why)),
        },
        Some(Err(why)) => notices.push(Notice::failed(why)),
        None => {}
    }
    let shared = share.and_then(|fragment| match read_share(&fragment) {
        Ok(review) => Some(review),
        Err(why) => {
            notices.push(Notice::failed(why));
            None
        }
    });
    let mut first_visit = false;
    let mut stopgap = None;
    if opened.is_none()
        && let Some((project, article)) = &last
        && let Some(loaded) = storage.load(project, Extent::Desk(wanted.as_ref().or(article.as_ref()))).await
    {
        opened = Some((loaded, true));
    }
    if opened.is_none() {
        let url = own_project();
        // Someone may have worked on it and lost only the note of what was open last.
        match hosted(come(early.take(), &url).await, &url, storage, wanted.as_ref()).await {
            Ok(found) => {
                (opened, incoming) = (found.opened, found.incoming);
                notices.extend(found.notice);
                stopgap =
                    opened.as_ref().filter(|(_, saved)| shared.is_some() && !saved).map(|(loaded, _)| loaded.store.header().id.clone());
                // What the address holds or names is decided first.
                if review.is_none() && shared.is_none() {
                    (review, edition) = (found.review, found.edition);
                }
            }
            Err(why) => notices.push(Notice::failed(format!("The project of this page can’t be opened: {why}"))),
        }
        first_visit = review.is_none() && foreign.is_none() && shared.is_none();
    }
    // Until the person has decided on a linked project, another one lies on the desk.
    let undecided = review.is_some() || foreign.is_some() || shared.is_some();
    let (mut loaded, saved) = opened.unwrap_or_else(|| (Loaded::fresh(empty_project("My project")), false));
    notices.extend(std::mem::take(&mut loaded.problems).into_iter().map(|problem| Notice::failed(problem).offering(Offer::Storage)));
    let store = &loaded.store;
    let remembered = last.filter(|(project, _)| *project == store.header().id).and_then(|(_, article)| article);
    let (annotator, new_name) = who(storage, store);
    // Who and which article the address means is said of the linked project.
    let new_name = new_name.filter(|_| !undecided);
    if undecided {
        super::address::want_later(wanted.take());
    }
    if let Some(wanted) = &wanted
        && store.article(wanted).is_none()
        && loaded.rest.cards.get(wanted).is_none_or(Option::is_none)
        && incoming.as_ref().is_none_or(|coming| !coming.has(wanted))
    {
        notices.push(Notice::failed(format!("There is no article “{wanted}” in this project.")));
    }
    Start {
        article: wanted.filter(|wanted| store.article(wanted).is_some() || loaded.rest.elsewhere.contains(wanted)).or(remembered),
        loaded,
        saved,
        annotator,
        new_name,
        incoming,
        edition,
        review,
        foreign,
        shared,
        stopgap,
        notices,
        linked,
        first_visit,
    }
}

/// What a share link holds, or a sentence that says why it can't be opened.
pub fn read_share(fragment: &str) -> Result<Review, String> {
    let reading = share::read(fragment).map_err(|problem| format!("The share link can’t be opened: {problem}. Nothing was changed."))?;
    let issues = reading.issues.iter().map(|issue| issue.to_string().into()).collect();
    Ok(Review { file: "The share link".into(), project: reading.store, issues, elsewhere: Elsewhere::default() })
}

/// What to say of a browser that keeps too little.
fn warning(storage: &Storage) -> Option<Notice> {
    let why = storage.why_no_database().unwrap_or_else(Refused::none);
    match storage.backing() {
        Backing::Both | Backing::DatabaseAlone => None,
        Backing::LocalAlone if why.is_newer() => Some(Notice::refused(
            "A newer version of this page keeps its work in this browser’s database, which this older one leaves alone: some of your work may not be shown. Open the newer page; what you do here meanwhile is kept in local storage, where it finds it.",
        )),
        Backing::LocalAlone if why.is_of_disk() => Some(Notice::failed(format!(
            "The browser’s database can’t be opened: the disk may be full or failing, and nothing you do here is safe before you export it ({why})."
        ))),
        Backing::LocalAlone => Some(Notice::refused(format!(
            "Your work is kept in this browser’s small local storage alone ({why}): a crash may lose the last minute, and only one tab can edit. Export now and then."
        ))),
        Backing::Memory => Some(Notice::failed(
            "This browser lets the page store nothing, so nothing will be here after a reload: export before you leave.",
        )),
    }
}

/// Whose desk it is in a project, and their name where they are new to it: `?annotator=` by id, then by name, else new;
/// without it, as whom one chose to work in this project, else whoever this device belongs to.
pub fn who(storage: &Storage, store: &AnnotationStore) -> (AnnotatorId, Option<String>) {
    let Some(wanted) = annotator_wanted() else {
        let chosen = storage.annotator_of(&store.header().id);
        return (chosen.unwrap_or_else(|| storage.annotator(new_annotator)), None);
    };
    if let Some(known) = store
        .annotators()
        .find(|annotator| annotator.id.as_str() == wanted)
        .or_else(|| store.annotators().find(|annotator| *annotator.name == *wanted))
    {
        return (known.id.clone(), None);
    }
    // A name that can be an id is one, so that the same link means the same person on every device.
    (AnnotatorId::new(&wanted).unwrap_or_else(new_annotator), Some(wanted))
}

/// An id for somebody new.
pub fn new_annotator() -> AnnotatorId {
    let random = clock::random_digits(15);
    AnnotatorId::new(&format!("u-{random}")).expect("invariant: hex digits are an id")
}

/// A project of one's own without articles, under a new id.
pub fn empty_project(title: &str) -> AnnotationStore {
    let moment = clock::moment();
    let id = ProjectId::new(&moment.fresh.uuid(0)).expect("invariant: a UUID is an id");
    let header = ProjectHeader { title: title.into(), ..ProjectHeader::untitled(id) };
    let scheme = default_scheme();
    let version = Version::default().advanced(&clock::new_replica(), 1);
    let records = [Content::Project(Rc::new(header.clone())), Content::Scheme(Rc::new(scheme.clone()))].map(|content| {
        let versioned = Versioned {
            content: Some(content.clone()),
            created: moment.now.clone(),
            modified: moment.now.clone(),
            version: version.clone(),
        };
        (content.key(), Rc::new(Record::single(versioned)))
    });
    AnnotationStore::empty(header, scheme).merge(records).0
}
