//! The projects of this device: what there is, what it takes, and what can be done with each.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Shelf, use_shelf};
use super::dialogs::Modal;
use super::outcome::Outcome;
use super::shelving::{self, Done};
use super::words::size;
use crate::browser::{self, Measured, StoredProject};
use crate::model::ProjectId;

mod forms;
mod list;

pub use list::{Doing, ProjectListView, ProjectRow, Wish, project_list};

#[derive(Properties, PartialEq)]
pub struct ProjectsProps {
    pub open_project: ProjectId,
    /// Of the open project, which may be newer than what is stored.
    pub open_title: AttrValue,
    pub open_articles: usize,
    pub on_project: Callback<ProjectId>,
    pub on_close: Callback<()>,
}

#[component]
pub fn Projects(props: &ProjectsProps) -> Html {
    let shelf = use_shelf();
    let found = use_state(|| None::<Found>);
    let doing = use_state(Doing::default);
    let outcome = use_state(|| None::<Outcome>);
    let busy = use_mut_ref(|| false);
    let lister = {
        let (shelf, found) = (shelf.clone(), found.setter());
        use_memo((), |()| Lister { shelf, found, focus: Rc::default(), turn: Rc::default(), known: Rc::default() })
    };
    {
        let lister = lister.clone();
        use_effect_with((), move |()| {
            let turn = lister.turn.clone();
            browser::spawn_local(async move { lister.list(None).await });
            move || turn.set(turn.get() + 1)
        });
    }
    {
        let focus = lister.focus.clone();
        use_effect(move || {
            if let Some(selector) = focus.take() {
                browser::focus(&selector);
            }
        });
    }
    let on_wish = {
        let (doing, outcome, lister, on_project) = (doing.clone(), outcome.clone(), lister.clone(), props.on_project.clone());
        Callback::from(move |wish: Wish| match wish {
            Wish::Open(id) => on_project.emit(id),
            Wish::Do(next) => {
                if next == Doing::Nothing {
                    *lister.focus.borrow_mut() = Some(opener(&doing));
                }
                outcome.set(None);
                doing.set(next);
            }
            wish => {
                // One thing at a time: a second click must not copy twice.
                if busy.replace(true) {
                    return;
                }
                let (doing, outcome, lister, busy) = (doing.clone(), outcome.clone(), lister.clone(), busy.clone());
                browser::spawn_local(async move {
                    let became = carry_out(&wish, &lister).await;
                    busy.replace(false);
                    let (said, focused) = match became {
                        Ok(Done { said, focus }) => (Ok(said.into()), focus),
                        Err(why) => (Err(why.into()), None),
                    };
                    doing.set(Doing::Nothing);
                    outcome.set(Some(said));
                    lister.list(focused).await;
                });
            }
        })
    };
    let rows = found.as_ref().map(|found| rows(found, props));
    let deleted = shelf.deleted.borrow().iter().map(|deleted| deleted.title.clone().into()).collect::<Vec<AttrValue>>();
    html! {
        <Modal title="Projects on this device" on_close={props.on_close.clone()}>
            { project_list(&ProjectListView { rows, deleted, doing: &doing, outcome: outcome.as_ref() }, &on_wish) }
        </Modal>
    }
}

async fn carry_out(wish: &Wish, lister: &Lister) -> Result<Done, String> {
    let shelf = &lister.shelf;
    match wish {
        Wish::Begin(title) => shelving::begin(title, shelf).await,
        Wish::Rename(id, title) => shelving::rename(id, title, shelf).await,
        Wish::Duplicate(id) => shelving::duplicate(id, shelf).await,
        Wish::Archive(id) => shelving::archive(id, shelf),
        Wish::Unarchive(id) => shelving::unarchive(id, shelf),
        Wish::Delete(id) => shelving::delete(id, shelf).await,
        Wish::Undelete(index) => shelving::undelete(*index, shelf).await,
        Wish::Do(_) | Wish::Open(_) => Err(String::new()),
    }
}

/// The button that opens a form, which has the focus again after it.
fn opener(doing: &Doing) -> String {
    match doing {
        Doing::Renaming(id) => shelving::tool(id, "rename-project"),
        Doing::Deleting(id) => shelving::tool(id, "delete-project"),
        Doing::Beginning | Doing::Nothing => "dialog [data-command=new-project]".to_owned(),
    }
}

/// What is stored, with its sizes as far as they are known.
type Found = Vec<(StoredProject, Option<Measured>)>;

/// Lists the projects at once, and then what each takes, one after the other.
struct Lister {
    shelf: Rc<Shelf>,
    found: UseStateSetter<Option<Found>>,
    /// What has the keyboard after the next render.
    focus: Rc<RefCell<Option<String>>>,
    /// Grows with every new list and at the end, so that an older one stops.
    turn: Rc<Cell<u32>>,
    known: Rc<RefCell<BTreeMap<ProjectId, Measured>>>,
}

impl Lister {
    async fn list(&self, focused: Option<String>) {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        let storage = &self.shelf.storage;
        let listed = storage.projects().await;
        let mut found: Found = listed.into_iter().map(|project| (project.clone(), self.known.borrow().get(&project.id).copied())).collect();
        if self.turn.get() == turn {
            *self.focus.borrow_mut() = focused;
            self.found.set(Some(found.clone()));
        }
        for at in 0..found.len() {
            if self.turn.get() != turn {
                return;
            }
            let id = found[at].0.id.clone();
            let measured = storage.measure(&id).await;
            self.known.borrow_mut().insert(id, measured);
            found[at].1 = Some(measured);
            if self.turn.get() == turn {
                self.found.set(Some(found.clone()));
            }
        }
    }
}

fn rows(found: &Found, props: &ProjectsProps) -> Vec<ProjectRow> {
    let mut rows: Vec<ProjectRow> = found
        .iter()
        .map(|(project, measured)| ProjectRow {
            id: project.id.clone(),
            title: project.title.clone().into(),
            articles: measured.map_or(project.articles, |measured| measured.articles),
            size: measured.map(|measured| size(measured.units as u64).into()),
            open: false,
            archived: project.archived,
        })
        .collect();
    // Where nothing can be stored it is on the desk alone.
    if !rows.iter().any(|row| row.id == props.open_project) {
        let (id, title) = (props.open_project.clone(), AttrValue::default());
        rows.insert(0, ProjectRow { id, title, articles: 0, size: None, open: false, archived: false });
    }
    for row in rows.iter_mut().filter(|row| row.id == props.open_project) {
        (row.open, row.title, row.articles) = (true, props.open_title.clone(), props.open_articles);
    }
    rows
}
