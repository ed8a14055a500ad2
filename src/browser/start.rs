use std::rc::Rc;

use super::address::{ForeignLink, ProjectLink, annotator_wanted, article_wanted, fetch_text, project_link};
use super::listen::ahead;
use super::{Backing, Extent, Loaded, Refused, Storage, clock};
use crate::edit::{AnnotationStore, HandIn};
use crate::format::native;
use crate::model::*;
use crate::session::{Handing, Notice, Offer, Review};

/// What a page load begins with.
pub struct Start {
    pub loaded: Loaded,
    pub article: Option<ArticleId>,
    /// Whether a store holds all of it already.
    pub saved: bool,
    pub annotator: AnnotatorId,
    /// The name of a new annotator, to be recorded.
    pub new_name: Option<String>,
    /// A copy of the project to merge in.
    pub incoming: Option<Handing>,
    /// A file that needs a decision.
    pub review: Option<Review>,
    /// A link to another origin, to be confirmed.
    pub foreign: Option<ForeignLink>,
    pub notices: Vec<Notice>,
    pub first_visit: bool,
}

/// The sample that is hosted beside the page: replace the file to start visitors with another project.
const SAMPLE: &str = "project.json";

/// Finds what to open: the project of the address, else the last one, else the sample, else an empty project.
pub async fn start(storage: &Rc<Storage>) -> Start {
    let mut notices = Vec::new();
    let link = project_link();
    // What has to travel does so while the database is opened.
    let mut early = match &link {
        Some(Ok(ProjectLink::Own(url))) => Some(ahead(read_project(url.clone()))),
        None if storage.last().is_none() => Some(ahead(read_project(SAMPLE.to_owned()))),
        _ => None,
    };
    storage.connect().await;
    let mut incoming = None;
    let mut review = None;
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
        Some(Ok(ProjectLink::Foreign(link))) => foreign = Some(link),
        Some(Ok(ProjectLink::Own(url))) => match come(early.take(), &url).await {
            Ok((store, issues)) => {
                let local = storage.load(&store.header().id, Extent::Desk(wanted.as_ref())).await;
                let known = local.is_some();
                opened = local.map(|loaded| (loaded, true));
                if !issues.is_empty() {
                    review = Some(Review { file: url.as_str().into(), project: store, issues });
                } else if known {
                    let name = store.header().title.clone();
                    let label = format!("“{name}” from the address was merged with the work on this device.");
                    incoming = Some(coming(&url, store, label));
                } else {
                    opened = Some((Loaded::fresh(store), false));
                }
            }
            Err(why) => notices.push(Notice::failed(why)),
        },
        Some(Err(why)) => notices.push(Notice::failed(why)),
        None => {}
    }
    let mut first_visit = false;
    if opened.is_none()
        && let Some((project, article)) = &last
        && let Some(loaded) = storage.load(project, Extent::Desk(wanted.as_ref().or(article.as_ref()))).await
    {
        opened = Some((loaded, true));
    }
    // Until the person has decided on a linked project, another one lies on the desk.
    let undecided = review.is_some() || foreign.is_some();
    if opened.is_none() {
        first_visit = !undecided;
        match come(early.take(), SAMPLE).await {
            Ok((store, _)) => {
                // Someone may have worked on the sample and lost only the note of what was open last.
                match storage.load(&store.header().id, Extent::Desk(wanted.as_ref())).await {
                    Some(loaded) => {
                        incoming = Some(coming(SAMPLE, store, "The sample was merged with the work on this device.".to_owned()));
                        opened = Some((loaded, true));
                    }
                    None => opened = Some((Loaded::fresh(store), false)),
                }
            }
            Err(why) => notices.push(Notice::failed(format!("The sample project can’t be opened: {why}"))),
        }
    }
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
        && incoming.as_ref().is_none_or(|incoming| incoming.copies.iter().all(|copy| copy.project.article(wanted).is_none()))
    {
        notices.push(Notice::failed(format!("There is no article “{wanted}” in this project.")));
    }
    Start {
        article: wanted.filter(|wanted| store.article(wanted).is_some()).or(remembered),
        loaded,
        saved,
        annotator,
        new_name,
        incoming,
        review,
        foreign,
        notices,
        first_visit,
    }
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

/// A copy that comes by itself; the article that the address names is opened behind it.
fn coming(file: &str, project: AnnotationStore, label: String) -> Handing {
    let copy = HandIn { file: file.into(), project };
    Handing { open: article_wanted(), ..Handing::new(vec![copy], label) }
}

/// A project with its problems as sentences, or why there is none.
type Linked = Result<(AnnotationStore, Vec<Rc<str>>), String>;

/// A project file from the web.
async fn read_project(url: String) -> Linked {
    let json = fetch_text(&url, native::MAX_BYTES).await?;
    let reading = native::read(&url, &json).map_err(|error| format!("{error}."))?;
    Ok((reading.store, reading.issues.iter().map(|issue| issue.to_string().into()).collect()))
}

/// What is on its way, or else is sent for now.
async fn come(early: Option<impl Future<Output = Linked>>, url: &str) -> Linked {
    match early {
        Some(early) => early.await,
        None => read_project(url.to_owned()).await,
    }
}

/// Whose desk it is in a project, and their name where they are new to it: `?annotator=` by id, then by name, else new;
/// without it, whoever this device belongs to.
pub fn who(storage: &Storage, store: &AnnotationStore) -> (AnnotatorId, Option<String>) {
    let mint = || {
        let random = clock::new_replica();
        AnnotatorId::new(&format!("u-{random}")).expect("invariant: hex digits are an id")
    };
    let Some(wanted) = annotator_wanted() else { return (storage.annotator(mint), None) };
    if let Some(known) = store
        .annotators()
        .find(|annotator| annotator.id.as_str() == wanted)
        .or_else(|| store.annotators().find(|annotator| *annotator.name == *wanted))
    {
        return (known.id.clone(), None);
    }
    // A name that can be an id is one, so that the same link means the same person on every device.
    (AnnotatorId::new(&wanted).unwrap_or_else(mint), Some(wanted))
}

/// A project of one's own without articles, under a new id.
pub fn empty_project(title: &str) -> AnnotationStore {
    let moment = clock::moment();
    let id = ProjectId::new(&moment.fresh.uuid(0)).expect("invariant: a UUID is an id");
    let header = ProjectHeader { id, title: title.into(), description: "".into(), guidelines: "".into() };
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
