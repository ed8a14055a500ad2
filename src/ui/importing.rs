//! Files on their way in: each is read, judged, and handed to the desk or to the person.

use std::rc::Rc;

use crate::browser::{self, Chosen, Coming, Extent, Loaded, PageDecoder, fetch_page, fetch_text, read_side_by_side};
use crate::edit::{Command, HandIn};
use crate::format::archive::is_zip;
use crate::format::backup::Backup;
use crate::format::exchange::Source;
use crate::format::links::{WEB, is_address};
use crate::format::native::{Reading, Texts};
use crate::format::recognise::is_project;
use crate::format::{articles, backup, native, plain};
use crate::model::{AnnotatorId, Article, ArticleId, Metadata, ProjectId};
use crate::session::{Action, Dialog, Elsewhere, Handing, Notice, Offer, Review, Seat};

use super::desk::Shelf;
use super::hosting;
use super::shelving::leave;

mod foreign;
pub mod handing;
pub mod near;
pub mod pump;

use foreign::Beside;
use handing::hand_in;
use pump::{Cancelled, Pump};

/// A file that was read.
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Where it came from, if that was an address.
    pub address: Option<Rc<str>>,
}

/// Reads the chosen files, those in archives too, in steps that say how far they are and can be ended. Texts are added as one undoable
/// step, and sound copies of the project on the desk are merged as one; anything else asks first. What can't be read is named and harms
/// nothing.
pub async fn import(files: Vec<Chosen>, shelf: Shelf) {
    make_room(&shelf);
    let pump = Pump::new(&shelf);
    let all = files.iter().map(Chosen::size).sum::<u64>().max(1) as f64;
    let mut read = Vec::with_capacity(files.len());
    let mut before = 0;
    for some in files.chunk_by(|a, b| is_small(a) && is_small(b)).flat_map(|some| some.chunks(SIDE_BY_SIDE)) {
        if some.len() > 1
            && let Some(bytes) = read_side_by_side(some).await
        {
            read.extend(some.iter().zip(bytes).map(|(file, bytes)| File { name: file.name(), bytes, address: None }));
            before += some.iter().map(Chosen::size).sum::<u64>();
            if !pump.heard(&format!("Reading {} files", files.len()), before as f64 / all) {
                return ended(&shelf);
            }
            continue;
        }
        for file in some {
            let what = format!("Reading {}", file.name());
            match file.read(native::MAX_BYTES as u64, |done| pump.heard(&what, (before + done) as f64 / all)).await {
                Ok(Some(bytes)) => read.push(File { name: file.name(), bytes, address: None }),
                Ok(None) => return ended(&shelf),
                Err(why) => shelf.act.emit(Action::Say(Notice::failed(why))),
            }
            before += file.size();
        }
    }
    if taken_in(read, &shelf, pump).await.is_err() {
        ended(&shelf);
    }
}

/// Files read at a time, where they are small.
const SIDE_BY_SIDE: usize = 100;

fn is_small(file: &Chosen) -> bool {
    file.size() <= 1 << 20
}

/// Loads an article, or whatever else can be imported, from an address that lets other pages read it.
pub async fn import_address(address: Rc<str>, shelf: Shelf) -> Result<(), String> {
    let (bytes, of_type) = fetch_page(&address, native::MAX_BYTES)
        .await
        .map_err(|why| format!("{why} Many sites let no other page read theirs: save the page as a file then, and drop it here."))?;
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.trim_end_matches('/').rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or("page").to_owned();
    let is_page = of_type.starts_with("text/html") || of_type.starts_with("application/xhtml");
    let name =
        if is_page && articles::Kind::of(&Source::whole(&last, "")) != Some(articles::Kind::Page) { format!("{last}.html") } else { last };
    make_room(&shelf);
    let pump = Pump::new(&shelf);
    if taken_in(vec![File { name, bytes, address: Some(address) }], &shelf, pump).await.is_err() {
        ended(&shelf);
    }
    Ok(())
}

/// What becomes of the files must not be said behind a dialog; one that decides on other files stays.
fn make_room(shelf: &Shelf) {
    if shelf.latest.get().dialog.as_ref().is_some_and(|dialog| !dialog.is_decision()) {
        shelf.act.emit(Action::Dialog(None));
    }
}

fn ended(shelf: &Shelf) {
    shelf.act.emit(Action::Say(Notice::done("The import was ended. Nothing was changed.")));
}

async fn taken_in(files: Vec<File>, shelf: &Shelf, pump: Pump) -> Result<(), Cancelled> {
    let act = &shelf.act;
    let mut read = Vec::with_capacity(files.len());
    let mut beside = Beside::new();
    for file in files {
        match is_zip(&file.bytes) {
            true => foreign::unpacked(&file.name, &file.bytes, shelf, &pump, &mut read, &mut beside).await?,
            false => read.push(file),
        }
    }
    let mut articles: Vec<Rc<Article>> = Vec::new();
    let mut copies: Vec<HandIn> = Vec::new();
    let mut backups: Vec<(Rc<str>, Backup)> = Vec::new();
    let others = foreign::offered(read, shelf, &pump).await?;
    let all = others.len() as f64;
    for (n, File { name, bytes, address }) in others.into_iter().enumerate() {
        if name.to_lowercase().ends_with(".json") {
            match String::from_utf8(bytes) {
                Ok(json) if backup::is_backup(&json) => backups.extend(super::backups::read(&name, &json, shelf)),
                Ok(json) => {
                    let texts = beside.remove(&name).unwrap_or_default();
                    let text =
                        |path: &str| texts.get(path).cloned().ok_or_else(|| "there is no such file beside the project file".to_owned());
                    let from = if texts.is_empty() { Texts::Nowhere } else { Texts::Files(&text) };
                    copies.extend(read_project(&name, &json, from, shelf));
                }
                Err(error) => {
                    act.emit(Action::Say(Notice::failed(format!("{name}: not UTF-8 text (byte {}).", error.utf8_error().valid_up_to()))))
                }
            }
        } else {
            match plain::read(&name, &bytes, &PageDecoder) {
                Ok(article) => articles.push(Rc::new(Article { metadata: Metadata { url: address, ..article.metadata }, ..article })),
                Err(error) => act.emit(Action::Say(Notice::failed(format!("{error}.")))),
            }
        }
        pump.step("Reading the texts", n as f64 / all).await?;
    }
    drop(pump);
    if let Some((file, backup)) = backups.into_iter().reduce(super::backups::joined) {
        super::backups::offer(&file, backup, shelf).await;
    }
    if !copies.is_empty() {
        hand_in(Handing::of_files(copies), None, shelf).await;
    }
    if !articles.is_empty() {
        add_articles(articles, shelf).await;
    }
    Ok(())
}

/// Adds articles in one step, and says which of them are nearly the same as others.
async fn add_articles(mut articles: Vec<Rc<Article>>, shelf: &Shelf) {
    let state = shelf.latest.get();
    let away = articles.iter().filter(|article| state.catalogue.elsewhere().contains(&article.id));
    let at_hand = away.map(|article| (article.id.clone(), article.text.as_str().into())).collect();
    let missing = shelf.saver.need_with(articles.iter().map(|article| article.id.clone()).collect::<Vec<_>>(), &at_hand).await;
    if !missing.is_empty() {
        articles.retain(|article| !missing.0.iter().any(|(id, _)| *id == article.id));
        shelf.act.emit(Action::Say(Notice::failed(format!("Not added: {}", missing.told()))));
    }
    let before = shelf.latest.get();
    let new: Vec<Rc<Article>> = articles.iter().filter(|article| before.store.article(&article.id).is_none()).cloned().collect();
    shelf.act.emit(Action::Run(Command::AddArticles { articles }));
    let Some(near) = near::near(&new, near::With::Here, shelf, |_| true).await else { return };
    if let Some(first) = near.first() {
        let more = match near.len() {
            1 => String::new(),
            many => format!(" So it is with {} more of the texts that were added.", many - 1),
        };
        shelf.act.emit(Action::Say(Notice::refused(format!("{}.{more}", near::told(first)))));
    }
}

/// A pasted text becomes an article, unless it is in a format that others have, too, or the address of one.
pub async fn import_text(text: String, shelf: Shelf) {
    let address = text.trim();
    if is_address(address, &WEB) && !address.contains(char::is_whitespace) {
        return shelf.act.emit(Action::Dialog(Some(Dialog::Add { address: address.into() })));
    }
    let pump = Pump::new(&shelf);
    // A project file that was copied whole is what it is, not an article about one.
    let name = if is_project(&text) || backup::is_backup(&text) { "pasted text.json" } else { "pasted text" };
    let file = File { name: name.to_owned(), bytes: text.into_bytes(), address: None };
    if taken_in(vec![file], &shelf, pump).await.is_err() {
        ended(&shelf);
    }
}

/// The project behind a link that the person has confirmed.
pub async fn import_link(url: Rc<str>, shelf: Shelf) {
    match fetch_text(&url, native::MAX_BYTES).await {
        Ok(json) if backup::is_backup(&json) => {
            if let Some((file, backup)) = super::backups::read(&url, &json, &shelf) {
                super::backups::offer(&file, backup, &shelf).await;
            }
        }
        Ok(json) => {
            let resolve = |href: &str| browser::beside(&url, href).map(Rc::from);
            if let Some(copy) = read_project(&url, &json, Texts::Addresses(&resolve), &shelf) {
                hand_in(Handing::of_files(vec![copy]), None, &shelf).await;
            }
        }
        Err(why) => shelf.act.emit(Action::Say(Notice::failed(why))),
    }
}

/// A sound copy of the project on the desk; anything else is asked about, or said to be unreadable.
fn read_project(name: &str, json: &str, texts: Texts<'_>, shelf: &Shelf) -> Option<HandIn> {
    let act = &shelf.act;
    match native::read_with(name, json, texts) {
        Ok(reading) => {
            let elsewhere = Elsewhere::of(&reading);
            let Reading { store, issues, .. } = reading;
            let issues: Vec<Rc<str>> = issues.iter().map(|issue| issue.to_string().into()).collect();
            let review = Review { file: name.into(), project: store, issues, elsewhere };
            if review.issues.is_empty()
                && review.elsewhere.remotes.is_empty()
                && review.project.header().id == shelf.latest.get().store.header().id
            {
                return Some(HandIn { file: review.file, project: review.project });
            }
            act.emit(Action::Review(Rc::new(review)));
        }
        Err(error) => act.emit(Action::Say(Notice::failed(format!("{error}. Nothing was changed.")))),
    }
    None
}

/// Merges a copy of the project on the desk; any other project is opened, merged with what this device has of it.
pub async fn take_in(review: Rc<Review>, shelf: Shelf) {
    let copy = HandIn { file: review.file.clone(), project: review.project.clone() };
    let id = copy.project.header().id.clone();
    let coming = |label: String| {
        let (file, project, elsewhere) = (review.file.clone(), review.project.clone(), review.elsewhere.clone());
        Coming { file, project, elsewhere, label: label.into() }
    };
    if id == shelf.latest.get().store.header().id {
        if !review.elsewhere.remotes.is_empty() {
            return hosting::merge(coming(format!("{} was merged into this project.", review.file)), None, &shelf).await;
        }
        return hand_in(Handing::of_files(vec![copy]), None, &shelf).await;
    }
    if !may_leave(&shelf).await {
        return;
    }
    let stored = shelf.storage.load(&id, Extent::All).await;
    if !may_leave(&shelf).await {
        return;
    }
    browser::leave_project_link(&review.file);
    if is_address(&review.file, &WEB) {
        shelf.storage.set_hosted(&id, &review.file, "-");
    }
    match stored {
        Some(loaded) => {
            open(loaded, Held::OnDevice, &shelf);
            let notice = format!("{} was merged with the work on this device.", review.file);
            if !review.elsewhere.remotes.is_empty() {
                return hosting::merge(coming(notice), None, &shelf).await;
            }
            hand_in(Handing::new(vec![copy], notice), None, &shelf).await;
        }
        None => open(Loaded::hosted(copy.project, &review.elsewhere), Held::Nowhere, &shelf),
    }
}

/// Opens a project of this device.
pub async fn open_stored(id: ProjectId, shelf: Shelf) {
    if may_leave(&shelf).await
        && let Some(loaded) = shelf.storage.load(&id, Extent::Desk(None)).await
        && may_leave(&shelf).await
    {
        browser::leave_project_link("");
        open(loaded, Held::OnDevice, &shelf);
    }
}

/// As [`leave`], said to the person. To be asked before another project is read, so that it is not read long before it is
/// opened, and once more behind that, since work may go on meanwhile.
pub async fn may_leave(shelf: &Shelf) -> bool {
    let left = leave(shelf).await;
    if let Err(why) = &left {
        shelf.act.emit(Action::Say(Notice::failed(why.clone())));
    }
    left.is_ok()
}

/// Where an opened project is stored already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Held {
    OnDevice,
    Nowhere,
}

/// Opens a project at the article and for the annotator that the address names, if they are its own, and says what of it
/// could not be read.
pub fn open(loaded: Loaded, held: Held, shelf: &Shelf) {
    let Loaded { store, rest, problems, debts, remotes } = loaded;
    let (annotator, name) = browser::who(&shelf.storage, &store);
    let article = browser::take_article_wanted().filter(|article| store.article(article).is_some() || rest.elsewhere.contains(article));
    let unexported = shelf.storage.unexported(&store.header().id);
    let (project, asked) = (store.header().id.clone(), article.clone());
    shelf.saver.expect(remotes);
    shelf.act.emit(Action::Open { store, article, saved: held == Held::OnDevice, unexported, rest });
    shelf.saver.turn_to(debts);
    sit_down(&project, (annotator, name), asked.as_ref(), shelf);
    for problem in problems {
        shelf.act.emit(Action::Say(Notice::failed(problem).offering(Offer::Storage)));
    }
}

/// Who sits down at a project that has just been opened, with the name of somebody new; at the article that was asked for, else at what is
/// assigned to them.
pub fn sit_down(project: &ProjectId, (annotator, name): (AnnotatorId, Option<String>), asked: Option<&ArticleId>, shelf: &Shelf) {
    if shelf.storage.leads(project) {
        shelf.act.emit(Action::Sit(Seat::Lead));
    }
    shelf.act.emit(Action::SetAnnotator { annotator, name });
    if asked.is_none() {
        shelf.act.emit(Action::TakeUpAssigned);
    }
}

/// Removes an annotator's whole work, of articles that are not in memory, too.
pub async fn remove_layer(shelf: &Shelf, annotator: AnnotatorId) {
    let state = shelf.latest.get();
    let of_theirs = |article: &&ArticleId| state.catalogue.card(article).is_some_and(|card| card.work.contains_key(&annotator));
    let articles: Vec<ArticleId> = state.catalogue.listed().iter().filter(of_theirs).cloned().collect();
    shelf.saver.need(articles).await;
    shelf.act.emit(Action::Run(Command::RemoveLayer { annotator }));
}
