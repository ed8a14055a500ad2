//! What can be done with whole projects.

use super::desk::Shelf;
use super::importing::{self, Held};
use super::words::{counted, quoted};
use crate::browser::{self, Backing, Extent, Loaded, Message, Put};
use crate::edit::{AnnotationStore, Command, Context, Refusal, plan, title_of_copy};
use crate::model::{ProjectId, Stamp};
use crate::session::{Action, Editing, Notice, Offer, SaveState};

/// What was done, in words.
pub struct Done {
    pub said: String,
    /// A selector for what the keyboard goes on with.
    pub focus: Option<String>,
}

impl Done {
    fn at(said: String, focus: String) -> Self {
        Self { said, focus: Some(focus) }
    }
}

/// The selector of a button in a project's row.
pub fn tool(id: &ProjectId, command: &str) -> String {
    // Ids match `[A-Za-z0-9._-]`, so they need no escaping inside quotes.
    format!("dialog [data-project=\"{id}\"] [data-command={command}]")
}

/// Opens a new project of that title.
pub async fn begin(title: &str, shelf: &Shelf) -> Result<Done, String> {
    let title = title.trim();
    if title.is_empty() {
        return Err("A title is needed.".to_owned());
    }
    leave(shelf).await?;
    shelf.act.emit(Action::Dialog(None));
    browser::leave_project_link("");
    importing::open(Loaded::fresh(browser::empty_project(title)), Held::Nowhere, shelf);
    let said = format!("New project {}: drop texts on the page, or paste one", quoted(title));
    shelf.act.emit(Action::Say(Notice::done(said.clone())));
    Ok(Done { said, focus: None })
}

/// Gives a project another title: as a step of work where it is open, else straight in the stores.
pub async fn rename(id: &ProjectId, title: &str, shelf: &Shelf) -> Result<Done, String> {
    let state = shelf.latest.get();
    let command = Command::RenameProject { title: title.to_owned() };
    let done = |said: String| Ok(Done::at(said, tool(id, "rename-project")));
    let planned = |store: &AnnotationStore| {
        let context = Context { annotator: state.annotator.clone(), article: None, fresh: browser::moment().fresh };
        plan(store, &context, &command)
    };
    let answer = |refusal: Refusal| match refusal {
        Refusal::NothingToDo => done("It has this title already.".to_owned()),
        Refusal::NoName => Err("A title is needed.".to_owned()),
        other => Err(format!("Not renamed: {other}.")),
    };
    if state.store.header().id == *id {
        if state.editing == Editing::InAnotherTab {
            return Err("Not renamed: another tab edits this project.".to_owned());
        }
        if let Err(refusal) = planned(&state.store) {
            return answer(refusal);
        }
        shelf.act.emit(Action::Run(command.clone()));
        return done("Renamed. Undo takes it back.".to_owned());
    }
    let loaded = shelf.storage.load(id, Extent::All).await.ok_or("It is not there any more.")?;
    let transaction = match planned(&loaded.store) {
        Ok(transaction) => transaction,
        Err(refusal) => return answer(refusal),
    };
    let (renamed, _) = loaded.store.apply(&transaction, &stamp(&loaded.store, shelf)).map_err(|error| format!("Not renamed: {error}."))?;
    put(&renamed, shelf).await.map_err(|why| format!("Not renamed: {why}."))?;
    shelf.storage.set_unexported(id, shelf.storage.unexported(id) + 1);
    done(with_problems("Renamed.", loaded.problems))
}

/// Stores another project with the same records; it is there when this says so.
pub async fn duplicate(id: &ProjectId, shelf: &Shelf) -> Result<Done, String> {
    let (store, problems) = everything(id, shelf).await?;
    let (copy, title) = copied(&store, shelf).await;
    keep_copy(&copy, shelf).await.map_err(|why| format!("Not copied: {why}."))?;
    Ok(Done::at(with_problems(&format!("Copied as {}.", quoted(&title)), problems), tool(&copy.header().id, "open-project")))
}

/// The same project under a new id and title, and that title.
pub async fn copied(store: &AnnotationStore, shelf: &Shelf) -> (AnnotationStore, String) {
    let listed = shelf.storage.projects().await;
    let taken: Vec<&str> = listed.iter().map(|project| project.title.as_str()).collect();
    let title = title_of_copy(&store.header().title, &taken);
    let id = ProjectId::new(&browser::moment().fresh.uuid(0)).expect("invariant: a UUID is an id");
    (store.copied(id, &title, &stamp(store, shelf)), title)
}

/// Stores a new project whole, or nothing of it.
pub async fn keep_copy(copy: &AnnotationStore, shelf: &Shelf) -> Result<(), String> {
    let stored = shelf.storage.put(copy).await;
    if stored.is_err() {
        drop(shelf.storage.delete(&copy.header().id).await);
    }
    stored.map(drop)
}

/// What is archived is this device's own: no other copy of the project knows.
pub fn archive(id: &ProjectId, shelf: &Shelf) -> Result<Done, String> {
    shelf.storage.archive(id, true);
    if !shelf.storage.is_archived(id) {
        return Err("Not archived: the list is kept in local storage, which has no room or is denied.".to_owned());
    }
    Ok(Done::at("Archived: it stays on this device, below the others.".to_owned(), "dialog .archived summary".to_owned()))
}

pub fn unarchive(id: &ProjectId, shelf: &Shelf) -> Result<Done, String> {
    shelf.storage.archive(id, false);
    Ok(Done::at("Back in the list.".to_owned(), tool(id, "archive-project")))
}

/// Takes a project off this device. The open one makes room for another first.
pub async fn delete(id: &ProjectId, shelf: &Shelf) -> Result<Done, String> {
    if shelf.storage.backing() == Backing::Memory {
        return Err("Nothing of it is stored: it goes when this tab is closed.".to_owned());
    }
    if shelf.latest.get().store.header().id == *id {
        make_room(id, shelf).await?;
    }
    let deleted = shelf.storage.delete(id).await.map_err(|why| format!("Not deleted: {why}."))?;
    shelf.saver.say(&Message::Deleted { project: id.to_string() });
    let said = format!("Deleted {}.", quoted(&deleted.title));
    let last = {
        let mut all = shelf.deleted.borrow_mut();
        all.push(deleted);
        all.len() - 1
    };
    shelf.act.emit(Action::Say(Notice::done(said.clone()).offering(Offer::Undelete)));
    Ok(Done::at(said, format!("dialog [data-deleted=\"{last}\"]")))
}

/// Opens the first other project of the list, or a new one, once all of the open one is stored: what were stored after the
/// deletion would come back.
async fn make_room(id: &ProjectId, shelf: &Shelf) -> Result<(), String> {
    let mut others = shelf.storage.projects().await;
    others.retain(|other| other.id != *id);
    let mut next = None;
    for other in &others {
        next = shelf.storage.load(&other.id, Extent::Desk(None)).await;
        if next.is_some() {
            break;
        }
    }
    if let Err(why) = settle(shelf).await {
        let state = shelf.latest.get();
        // What could not be stored may go once the person has it as a file.
        if !matches!(state.save, SaveState::NotSaved { .. }) || state.would_lose_work() {
            return Err(why);
        }
    }
    browser::leave_project_link("");
    match next {
        Some(loaded) => importing::open(loaded, Held::OnDevice, shelf),
        None => importing::open(Loaded::fresh(browser::empty_project("My project")), Held::Nowhere, shelf),
    }
    Ok(())
}

/// Waits until all that this tab changed is stored; does not wait where nothing is on its way.
pub async fn settle(shelf: &Shelf) -> Result<(), String> {
    const STEP: u32 = 10;
    const PATIENCE: u32 = 10_000;
    for _ in 0..PATIENCE / STEP {
        let state = shelf.latest.get();
        if state.editing == Editing::InAnotherTab {
            return Err("Another tab edits this project.".to_owned());
        }
        if state.unsaved.is_empty() {
            return Ok(());
        }
        if matches!(state.save, SaveState::NotSaved { .. }) {
            return Err(unsaved(shelf));
        }
        browser::pause(STEP).await;
    }
    Err("The last changes are still being saved: try again in a moment.".to_owned())
}

/// Waits until another project can be opened, in this very task, without losing work: all that is on its way into the stores
/// is there. Else says why not.
pub async fn leave(shelf: &Shelf) -> Result<(), String> {
    let settled = settle(shelf).await;
    let state = shelf.latest.get();
    match settled {
        _ if state.would_lose_work() => {
            Err(format!("“{}” could not be saved: export it before you open another project.", state.store.header().title))
        }
        Err(why) if matches!(state.save, SaveState::Saving) => Err(why),
        _ => Ok(()),
    }
}

/// Brings the `index`th of the deleted projects back.
pub async fn undelete(index: usize, shelf: &Shelf) -> Result<Done, String> {
    let Some(deleted) = shelf.deleted.borrow().get(index).cloned() else { return Err("It is back already.".to_owned()) };
    let kept = |why: String| format!("Not brought back: {why}. {} is kept here until the page is closed.", quoted(&deleted.title));
    shelf.storage.undelete(&deleted).await.map_err(kept)?;
    let was_last = {
        let mut all = shelf.deleted.borrow_mut();
        all.retain(|other| *other != deleted);
        all.len() == index
    };
    let state = shelf.latest.get();
    if state.store.header().id == deleted.id
        && let Some(loaded) = shelf.storage.load(&deleted.id, Extent::Desk(state.article.as_ref())).await
    {
        let records = loaded.store.shared_records().collect();
        shelf.act.emit(Action::Arrived { records, cards: loaded.rest.cards.into_iter().collect() });
    }
    // The offer is of the one deleted last, and would now bring back another, or nothing.
    for notice in state.notices.iter().filter(|notice| was_last && notice.offer == Some(Offer::Undelete)) {
        shelf.act.emit(Action::Dismiss(notice.id));
    }
    Ok(Done::at(format!("Brought back {}.", quoted(&deleted.title)), tool(&deleted.id, "open-project")))
}

/// All of a project, the open one as it is on the desk; with what of it could not be read.
async fn everything(id: &ProjectId, shelf: &Shelf) -> Result<(AnnotationStore, Vec<String>), String> {
    let state = shelf.latest.get();
    if state.store.header().id == *id {
        let missing = shelf.saver.fetch_all(|_, _| true).await;
        let problems = if missing.is_empty() { Vec::new() } else { vec![not_copied(missing.0.len())] };
        return Ok((shelf.saver.whole().await, problems));
    }
    let mut loaded = shelf.storage.load(id, Extent::All).await.ok_or("It is not there any more.")?;
    let away = loaded.rest.elsewhere.len();
    loaded.problems.extend((away > 0).then(|| not_copied(away)));
    Ok((loaded.store, loaded.problems))
}

fn not_copied(articles: usize) -> String {
    format!("Not in it: {} whose texts are not on this device.", counted(articles, "article"))
}

/// Stores a project that is not on the desk, and tells the tabs that have it open.
pub async fn put(store: &AnnotationStore, shelf: &Shelf) -> Result<(), String> {
    let Put { rows, cards } = shelf.storage.put(store).await?;
    if !rows.is_empty() {
        shelf.saver.say(&Message::Changed { project: store.header().id.to_string(), rows, cards, replace: false });
    }
    Ok(())
}

fn stamp(store: &AnnotationStore, shelf: &Shelf) -> Stamp {
    let state = shelf.latest.get();
    let number = state.number.max(store.greatest_number()) + 1;
    Stamp { replica: state.replica.clone(), number, now: browser::moment().now }
}

fn unsaved(shelf: &Shelf) -> String {
    format!("The last changes of {} could not be saved: export it first.", quoted(&shelf.latest.get().store.header().title))
}

fn with_problems(said: &str, problems: Vec<String>) -> String {
    std::iter::once(said.to_owned()).chain(problems).collect::<Vec<_>>().join(" ")
}
