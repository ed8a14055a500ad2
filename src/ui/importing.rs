//! Files on their way in: each is read, judged, and handed to the desk or to the person.

use std::rc::Rc;

use yew::Callback;

use crate::browser::{Chosen, PageDecoder, Storage, fetch_text, read_files};
use crate::edit::{AnnotationStore, Command};
use crate::format::native::Reading;
use crate::format::{native, plain};
use crate::model::{Article, ProjectId};
use crate::session::{Action, Notice, Review};

/// Reads the chosen files. Texts are added as one undoable step; a project that is sound and the one on the desk is
/// merged; anything else asks first. What can't be read is named and harms nothing.
pub async fn import(files: Vec<Chosen>, project: ProjectId, storage: Storage, act: Callback<Action>) {
    let mut articles: Vec<Article> = Vec::new();
    for (name, bytes) in read_files(files, native::MAX_BYTES as u64).await {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(why) => {
                act.emit(Action::Say(Notice::failed(why)));
                continue;
            }
        };
        if name.to_lowercase().ends_with(".json") {
            match String::from_utf8(bytes) {
                Ok(json) => read_project(&name, &json, &project, &storage, &act),
                Err(error) => act.emit(Action::Say(Notice::failed(format!("{name}: not UTF-8 text (byte {}).", error.utf8_error().valid_up_to())))),
            }
        } else {
            match plain::read(&name, &bytes, &PageDecoder) {
                Ok(article) => articles.push(article),
                Err(error) => act.emit(Action::Say(Notice::failed(format!("{error}.")))),
            }
        }
    }
    if !articles.is_empty() {
        act.emit(Action::Run(Command::AddArticles { articles }));
    }
}

/// A pasted text becomes an article.
pub fn import_text(text: &str, act: &Callback<Action>) {
    match plain::read("pasted text", text.as_bytes(), &PageDecoder) {
        Ok(article) => act.emit(Action::Run(Command::AddArticles { articles: vec![article] })),
        Err(error) => act.emit(Action::Say(Notice::failed(format!("{error}.")))),
    }
}

/// The project behind a link that the person has confirmed.
pub async fn import_link(url: String, project: ProjectId, storage: Storage, act: Callback<Action>) {
    match fetch_text(&url, native::MAX_BYTES).await {
        Ok(json) => read_project(&url, &json, &project, &storage, &act),
        Err(why) => act.emit(Action::Say(Notice::failed(why))),
    }
}

fn read_project(name: &str, json: &str, project: &ProjectId, storage: &Storage, act: &Callback<Action>) {
    match native::read(name, json) {
        Ok(Reading { store, issues }) => {
            let same_project = store.header().id == *project;
            let issues: Vec<Rc<str>> = issues.iter().map(|issue| issue.to_string().into()).collect();
            let review = Review { file: name.into(), project: store, issues, same_project };
            if review.issues.is_empty() && same_project {
                take_in(&review, storage, act);
            } else {
                act.emit(Action::Review(Rc::new(review)));
            }
        }
        Err(error) => act.emit(Action::Say(Notice::failed(format!("{error}. Nothing was changed.")))),
    }
}

/// Merges a copy of the project on the desk; any other project is opened, merged with what this device has of it.
pub fn take_in(review: &Review, storage: &Storage, act: &Callback<Action>) {
    if review.same_project {
        let notice = format!("{} was merged into this project.", review.file);
        act.emit(Action::Merge { incoming: review.project.clone(), notice: Some(notice.into()) });
        return;
    }
    match storage.load(&review.project.header().id) {
        Some(loaded) => {
            act.emit(Action::Open { store: loaded.store, article: None, saved: true });
            for problem in loaded.problems {
                act.emit(Action::Say(Notice::failed(problem)));
            }
            let notice = format!("{} was merged with the work on this device.", review.file);
            act.emit(Action::Merge { incoming: review.project.clone(), notice: Some(notice.into()) });
        }
        None => act.emit(Action::Open { store: review.project.clone(), article: None, saved: false }),
    }
}

/// The whole project as a file: its name and content.
pub fn export(store: &AnnotationStore) -> (String, String) {
    let header = store.header();
    let plain: String = header.title.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).take(60).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let name = if parts.is_empty() { header.id.to_string() } else { parts.join("-").to_lowercase() };
    (format!("{name}.standpoint.json"), native::write(store))
}
