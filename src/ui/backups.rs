//! Everything at once: one file of all projects, and the way back from it.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::desk::Shelf;
use super::importing::handing::hand_in;
use super::importing::{self, Held, may_leave};
use super::shelving::{self, settle};
use super::words::{counted, quoted};
use crate::browser::{self, Extent, Loaded};
use crate::edit::{HandIn, RestorePoint, clashes, harmless};
use crate::format::backup::{self, Backup, SavedProject};
use crate::session::{Action, Dialog, Handing, Notice, Restoring, Returning};

/// Hands all projects to the person as one file; says how that went.
pub async fn back_up(shelf: &Shelf) -> Result<String, String> {
    let rows = shelf.storage.all_rows().await.map_err(|why| format!("The backup could not be made: {why}."))?;
    let now = browser::moment().now;
    let name = format!("standpoint-backup-{}.json", now.as_str().get(..10).unwrap_or_default());
    match browser::download(&name, "application/json", &backup::write(&now, &rows)) {
        Some(()) => Ok(match shelf.latest.get().catalogue.elsewhere().len() {
            0 => format!("Backed up as {name}."),
            away => format!("Backed up as {name}, but for {} that are not on this device.", counted(away, "text")),
        }),
        None => Err("The browser did not let the page save a file.".to_owned()),
    }
}

/// A backup file; where it holds nothing, that is said.
pub fn read(file: &str, json: &str, shelf: &Shelf) -> Option<(Rc<str>, Backup)> {
    let why = match backup::read(file, json) {
        Ok(backup) if !backup.projects.is_empty() => return Some((file.into(), backup)),
        Ok(Backup { unreadable: 0, .. }) => format!("{file} holds no project"),
        Ok(Backup { unreadable, .. }) => format!("{file} holds no project, and {unreadable} of its lines can’t be read"),
        Err(error) => error.to_string(),
    };
    say(shelf, Err(format!("{why}. Nothing was changed.")));
    None
}

/// Two backups as one, so that what they would do is told of both together.
pub fn joined((file, mut backup): (Rc<str>, Backup), (other_file, other): (Rc<str>, Backup)) -> (Rc<str>, Backup) {
    for of_other in other.projects {
        match backup.projects.iter_mut().find(|project| project.id == of_other.id) {
            Some(project) => {
                project.store = project.store.merge_copy(&of_other.store).0;
                project.problems.extend(of_other.problems);
            }
            None => backup.projects.push(of_other),
        }
    }
    backup.made = None;
    backup.unreadable += other.unreadable;
    (format!("{file}, {other_file}").into(), backup)
}

/// Asks what to take of a backup; until the answer nothing is changed.
pub async fn offer(file: &str, Backup { made, projects, unreadable, .. }: Backup, shelf: &Shelf) {
    let mut returning = Vec::with_capacity(projects.len());
    for SavedProject { id, store, mut problems } in projects {
        let state = shelf.latest.get();
        let here = if state.store.header().id == id {
            Some(shelf.saver.whole().await)
        } else {
            shelf.storage.load(&id, Extent::All).await.map(|loaded| {
                problems.extend(loaded.problems.into_iter().map(|problem| format!("On this device: {problem}")));
                loaded.store
            })
        };
        returning.push(Returning::of(store, problems, here.as_ref()));
    }
    let made = made.map(|made| browser::local_time(made.as_str()).into());
    let restoring = Restoring { file: file.into(), made, projects: returning, unreadable };
    shelf.act.emit(Action::Dialog(Some(Dialog::Restore(Rc::new(restoring)))));
}

/// Merges the chosen projects with what is here of them, and shows the list of projects.
pub async fn restore(file: Rc<str>, chosen: Vec<Returning>, shelf: Shelf) {
    let mut restored = Vec::new();
    for Returning { id, store, .. } in chosen {
        let title = store.header().title.clone();
        if shelf.latest.get().store.header().id == id {
            let notice = format!("The copy of {} in {file} was merged into this project.", quoted(&title));
            let copy = HandIn { file: file.clone(), project: store };
            hand_in(Handing::new(vec![copy], notice), None, &shelf).await;
            continue;
        }
        let merged = match shelf.storage.load(&id, Extent::All).await {
            Some(loaded) => {
                let copies = [HandIn { file: file.clone(), project: store }];
                let found = clashes(&loaded.store, &copies).texts;
                if !found.is_empty() {
                    let what = counted(found.len(), "article");
                    say(
                        &shelf,
                        Err(format!("Left out of {}: {what} with another text. Open it, and restore again, to see them.", quoted(&title))),
                    );
                }
                loaded.store.merge_copy(&harmless(&loaded.store, &copies, &found, &BTreeSet::new())).0
            }
            None => store,
        };
        match shelving::put(&merged, &shelf).await {
            Ok(()) => restored.push(quoted(&title)),
            Err(why) => say(&shelf, Err(format!("Could not restore {} in full: {why}.", quoted(&title)))),
        }
    }
    if !restored.is_empty() {
        say(&shelf, Ok(format!("restored: {}", restored.join(", "))));
        shelf.act.emit(Action::Dialog(Some(Dialog::Projects)));
    }
}

/// Opens a project of a backup beside the one that it is a copy of.
pub async fn open_copy(returning: Returning, shelf: Shelf) {
    if !may_leave(&shelf).await {
        return;
    }
    let (copy, title) = shelving::copied(&returning.store, &shelf).await;
    match shelving::keep_copy(&copy, &shelf).await {
        Err(why) => say(&shelf, Err(format!("Could not store {}: {why}.", quoted(&title)))),
        Ok(()) => {
            let stored = shelf.storage.load(&copy.header().id, Extent::Desk(None)).await;
            if !may_leave(&shelf).await {
                return say(&shelf, Ok(format!("restored: {}", quoted(&title))));
            }
            browser::leave_project_link("");
            match stored {
                Some(loaded) => importing::open(loaded, Held::OnDevice, &shelf),
                None => importing::open(Loaded::fresh(copy), Held::Nowhere, &shelf),
            }
            say(&shelf, Ok(format!("opened as {}", quoted(&title))));
        }
    }
}

/// Takes a merge back, and forgets how to once that is stored; says what came of it.
pub async fn go_back(point: Rc<RestorePoint>, shelf: &Shelf) -> Result<String, String> {
    settle(shelf).await?;
    shelf.saver.need(point.articles()).await;
    let taken_back = shelf.latest.get().store.take_back(&point);
    shelf.act.emit(Action::GoBack(point.clone()));
    settle(shelf).await?;
    forget(&point, shelf).await;
    Ok(match taken_back.kept {
        0 => "Taken back: the project is as it was before.".to_owned(),
        1 => "Taken back, but for 1 that changed since and stays.".to_owned(),
        kept => format!("Taken back, but for {kept} that changed since and stay."),
    })
}

pub async fn forget(point: &RestorePoint, shelf: &Shelf) {
    let store = shelf.latest.get().store.clone();
    shelf.storage.forget_restore_point(&store, point).await;
}

/// Says on the page how something went.
pub fn say(shelf: &Shelf, outcome: Result<String, String>) {
    shelf.act.emit(Action::Say(match outcome {
        Ok(said) => Notice::done(said),
        Err(why) => Notice::failed(why),
    }));
}
