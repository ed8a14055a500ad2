//! Where the work is kept, how safely, and what brings it back.

use std::rc::Rc;

use yew::prelude::*;

use super::backups;
use super::desk::use_shelf;
use super::dialogs::{Keeping, Modal};
use super::importing;
use super::outcome::Outcome;
use super::texts::told;
use crate::browser::{self, Backing, Chosen, Persistence};
use crate::edit::RestorePoint;
use crate::session::Action;

mod files;
mod keeping;
mod points;
mod stores;
mod texts;

pub use files::{files, reminder};
pub use keeping::{Lasting, lasting};
pub use points::{PointActions, PointRow, points};
pub use stores::{StoreFacts, stores};
pub use texts::{Texts, texts};

#[derive(Properties, PartialEq)]
pub struct StorageDialogProps {
    pub keeping: Keeping,
    pub on_close: Callback<()>,
}

/// What the stores and the browser answered.
#[derive(Clone, PartialEq)]
struct Answer {
    facts: StoreFacts,
    persistence: Persistence,
    merges: Vec<Rc<RestorePoint>>,
}

/// The section in which is said what became of something.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Lasting,
    Texts,
    Files,
    Points,
}

#[component]
pub fn StorageDialog(props: &StorageDialogProps) -> Html {
    let shelf = use_shelf();
    let answer = use_state(|| None::<Answer>);
    // Counts what was done here, after which the stores are asked again.
    let turn = use_state(|| 0_u32);
    let asked = use_state(|| None::<AttrValue>);
    let outcome = use_state(|| None::<(Part, Outcome)>);
    {
        let (shelf, answer) = (shelf.clone(), answer.setter());
        let Keeping { revision, saved, .. } = props.keeping;
        use_effect_with((revision, saved, *turn), move |_| {
            browser::spawn_local(async move {
                let store = shelf.latest.get().store.clone();
                let storage = &shelf.storage;
                let facts = StoreFacts {
                    backing: storage.backing(),
                    held: storage.held(&store).await,
                    no_database: storage.why_no_database().map(|why| why.to_string().into()),
                    not_mirrored: shelf.saver.mirror_refused().map(|why| why.to_string().into()),
                    local: storage.local_use(),
                    room: browser::room().await,
                };
                let merges = storage.restore_points(&store).await.into_iter().map(Rc::new).collect();
                answer.set(Some(Answer { facts, persistence: browser::persistence().await, merges }));
            });
        });
    }
    let fetching = use_state(|| None::<(usize, usize)>);
    // Whoever leaves the dialog leaves the rest of the texts where they are.
    let mounted = use_mut_ref(|| Rc::new(()));
    // What has the keyboard after the next render.
    let focus = use_mut_ref(|| None::<String>);
    {
        let focus = focus.clone();
        use_effect(move || {
            if let Some(selector) = focus.take() {
                browser::focus(&selector);
            }
        });
    }
    let Some(Answer { facts, persistence, merges }) = (*answer).clone() else {
        return html! { <Modal title="Storage" on_close={props.on_close.clone()}><p class="hint-text">{ "Looking…" }</p></Modal> };
    };
    let done = {
        let (outcome, turn) = (outcome.clone(), turn.clone());
        move |part: Part, became: Result<String, String>| {
            outcome.set(Some((part, became.map(Into::into).map_err(Into::into))));
            turn.set(*turn + 1);
        }
    };
    let on_persist = {
        let done = done.clone();
        Callback::from(move |()| {
            let done = done.clone();
            browser::spawn_local(async move {
                let became = match browser::persist().await {
                    Persistence::Promised => Ok("Granted.".to_owned()),
                    Persistence::NotPromised => {
                        Err("Refused. Browsers grant it to pages that are visited often, bookmarked or installed; back up now and then."
                            .to_owned())
                    }
                    Persistence::Unknown => Err("Not available here.".to_owned()),
                };
                done(Part::Lasting, became);
            });
        })
    };
    let on_back_up = {
        let (done, shelf) = (done.clone(), shelf.clone());
        Callback::from(move |()| {
            let (done, shelf) = (done.clone(), shelf.clone());
            browser::spawn_local(async move { done(Part::Files, backups::back_up(&shelf).await) });
        })
    };
    let away = shelf.latest.get().catalogue.elsewhere().len();
    let on_fetch = {
        let (done, shelf, fetching, mounted) = (done.clone(), shelf.clone(), fetching.clone(), mounted.clone());
        Callback::from(move |()| {
            let (done, shelf, fetching, mounted) = (done.clone(), shelf.clone(), fetching.setter(), Rc::downgrade(&mounted.borrow()));
            browser::spawn_local(async move {
                let missing = shelf
                    .saver
                    .fetch_all(|got, all| {
                        fetching.set(Some((got, all)));
                        mounted.upgrade().is_some()
                    })
                    .await;
                if mounted.upgrade().is_some() {
                    fetching.set(None);
                    done(Part::Texts, told(&missing));
                }
            });
        })
    };
    let on_files = {
        let shelf = shelf.clone();
        Callback::from(move |files: Vec<Chosen>| browser::spawn_local(importing::import(files, (*shelf).clone())))
    };
    let on_remind = {
        let shelf = shelf.clone();
        Callback::from(move |steps: u64| {
            shelf.storage.set_remind_after(steps);
            shelf.act.emit(Action::RemindAfter(steps));
        })
    };
    let rows = merges
        .iter()
        .map(|point| {
            let at: AttrValue = point.at.as_str().to_owned().into();
            let would = (*asked == Some(at.clone())).then(|| {
                let taken_back = shelf.latest.get().store.take_back(point);
                (taken_back.changed.len(), taken_back.kept)
            });
            let when = browser::local_time(point.at.as_str()).into();
            PointRow { at, when, label: point.label.to_string().into(), records: point.changes.len(), would }
        })
        .collect::<Vec<_>>();
    let find = move |at: &AttrValue| merges.iter().find(|point| point.at.as_str() == at.as_str()).cloned();
    let ask = {
        let (asked, outcome, shelf, find) = (asked.clone(), outcome.clone(), shelf.clone(), find.clone());
        Callback::from(move |at: Option<AttrValue>| {
            outcome.set(None);
            let (button, of) = match &at {
                Some(at) => (".would + .buttons button", Some(at)),
                None => ("[data-command=take-back-point]", asked.as_ref()),
            };
            // Instants hold no quotation marks.
            let focused = of.map(|at| format!("dialog [data-point=\"{at}\"] {button}"));
            let Some(point) = at.as_ref().and_then(&find) else {
                *focus.borrow_mut() = focused;
                return asked.set(None);
            };
            let (asked, shelf, focus) = (asked.clone(), shelf.clone(), focus.clone());
            browser::spawn_local(async move {
                // What would go back can be told only of what is in memory.
                shelf.saver.need(point.articles()).await;
                *focus.borrow_mut() = focused;
                asked.set(at);
            });
        })
    };
    let take_back = {
        let (done, shelf, asked, find) = (done.clone(), shelf.clone(), asked.clone(), find.clone());
        Callback::from(move |at: AttrValue| {
            let Some(point) = find(&at) else { return };
            let (done, shelf) = (done.clone(), shelf.clone());
            asked.set(None);
            browser::spawn_local(async move { done(Part::Points, backups::go_back(point, &shelf).await) });
        })
    };
    let forget = Callback::from(move |at: AttrValue| {
        let Some(point) = find(&at) else { return };
        let (done, shelf) = (done.clone(), shelf.clone());
        browser::spawn_local(async move {
            backups::forget(&point, &shelf).await;
            done(Part::Points, Ok("Forgotten.".to_owned()));
        });
    });
    let became = |part: Part| outcome.as_ref().filter(|(of, _)| *of == part).map(|(_, outcome)| outcome);
    let remembers = matches!(facts.backing, Backing::Both | Backing::DatabaseAlone);
    let forgets = browser::forgets_after_a_week();
    html! {
        <Modal title="Storage" on_close={props.on_close.clone()}>
            { stores(&facts) }
            { lasting(Lasting { persistence, forgets, offline: browser::offline() }, became(Part::Lasting), &on_persist) }
            { texts(&Texts { away, progress: *fetching, outcome: became(Part::Texts) }, &on_fetch) }
            { files(became(Part::Files), &on_back_up, &on_files) }
            { reminder(props.keeping, &on_remind) }
            { points(remembers.then_some(&rows[..]), became(Part::Points), &PointActions { ask, take_back, forget }) }
        </Modal>
    }
}
