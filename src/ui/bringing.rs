//! Foreign files on their way in: what they hold, what each label becomes, what went wrong, and where it goes.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Shelf, use_shelf};
use super::dialogs::{Modal, issue_list};
use super::importing;
use super::importing::near::{With, near};
use super::words::counted;
use crate::browser;
use crate::edit::{AnnotationStore, check};
use crate::format::exchange::{Done, Mapping};
use crate::format::package::stem;
use crate::model::{Article, ArticleId, ProjectHeader, ProjectId};
use crate::session::{
    Action, Brings, Choosing, Elsewhere, Goal, Incoming, Review, SchemeChange, Taking, What, bring_frame, bring_mapping, by_outcome, rows,
};

mod alike;
mod columns;
mod labels;
mod preview;

use alike::{Likes, Twins, alike};
use columns::columns_table;
use labels::mapping_table;
use preview::preview;

#[derive(Properties, PartialEq)]
pub struct BringProps {
    pub incoming: Rc<Incoming>,
    pub on_close: Callback<()>,
}

/// What was read as chosen, and what would come of it.
#[derive(Clone, PartialEq)]
struct Read {
    choosing: Choosing,
    here: AnnotationStore,
    mapping: Rc<Mapping>,
    brings: Rc<Brings>,
}

#[component]
pub fn BringDialog(props: &BringProps) -> Html {
    let shelf = use_shelf();
    let choosing = use_state(|| Choosing::of(&props.incoming));
    let read = use_state(|| None::<Read>);
    let done = use_state(|| 0_usize);
    let likes = use_state(Likes::default);
    let shown = use_state(|| 0_usize);
    // One id for the new project, however often it is chosen anew.
    let header = {
        let incoming = props.incoming.clone();
        use_memo((), move |()| {
            let id = ProjectId::new(&browser::moment().fresh.uuid(0)).expect("invariant: a UUID is an id");
            ProjectHeader { title: title(&incoming.file), ..ProjectHeader::untitled(id) }
        })
    };
    {
        let (shelf, read, incoming, header) = (shelf.clone(), read.setter(), props.incoming.clone(), header.clone());
        let (done, likes) = (done.setter(), likes.setter());
        use_effect_with((*choosing).clone(), move |choosing| {
            // Whoever waits for it is gone when the choice changes.
            let waits = Rc::new(());
            let (waiting, choosing) = (Rc::downgrade(&waits), choosing.clone());
            browser::spawn_local(async move {
                // The dialog is seen before a large file is worked on.
                browser::pause(0).await;
                let heard = |n: usize| {
                    let goes_on = waiting.upgrade().is_some();
                    if goes_on {
                        done.set(n);
                    }
                    goes_on
                };
                let Some((here, (mapping, brings))) = read_as(&shelf, &incoming, &choosing, &header, heard).await else { return };
                let brings = Rc::new(brings);
                let with = if choosing.goal == Goal::ThisProject { With::Here } else { With::Nothing };
                read.set(Some(Read { choosing, here, mapping: Rc::new(mapping), brings: brings.clone() }));
                likes.set(Likes::Looking(0));
                let new: Vec<Rc<Article>> = brings.articles.iter().filter_map(|id| brings.project.article(id)).cloned().collect();
                let heard = |share: f64| {
                    let goes_on = waiting.upgrade().is_some();
                    if goes_on {
                        likes.set(Likes::Looking((share * 100.0) as u8));
                    }
                    goes_on
                };
                if let Some(found) = near(&new, with, &shelf, heard).await
                    && waiting.upgrade().is_some()
                {
                    likes.set(Likes::Found(Rc::new(found), Twins::Kept));
                }
            });
            move || drop(waits)
        });
    }
    let on_choose = {
        let choosing = choosing.clone();
        Callback::from(move |next: Choosing| choosing.set(next))
    };
    let on_bring = {
        let (shelf, incoming, read, choosing, likes) =
            (shelf.clone(), props.incoming.clone(), read.clone(), choosing.clone(), likes.clone());
        Callback::from(move |()| {
            if let Some(read) = read.as_ref().filter(|read| read.choosing == *choosing) {
                take_in(&incoming, read, &likes.left_out(), &shelf);
            }
        })
    };
    let on_save = {
        let (incoming, read) = (props.incoming.clone(), read.clone());
        Callback::from(move |()| {
            if let Some(read) = &*read {
                let lines: Vec<String> = read.brings.troubles.iter().map(|trouble| format!("{trouble}\n")).collect();
                let name = format!("{}.problems.txt", stem(&ProjectHeader { title: incoming.file.clone(), ..(*header).clone() }));
                browser::download(&name, "text/plain;charset=utf-8", &lines.concat());
            }
        })
    };
    let on_twins = {
        let likes = likes.clone();
        Callback::from(move |twins: Twins| {
            if let Likes::Found(found, _) = &*likes {
                likes.set(Likes::Found(found.clone(), twins));
            }
        })
    };
    let on_show = {
        let shown = shown.clone();
        Callback::from(move |n: usize| shown.set(n))
    };
    let view = BringView {
        incoming: &props.incoming,
        choosing: &choosing,
        read: read.as_ref().map(|read| (&read.here, &*read.mapping, &*read.brings)),
        is_current: read.as_ref().is_some_and(|read| read.choosing == *choosing),
        done: *done,
        likes: &likes,
        shown: *shown,
    };
    let on =
        BringActions { choose: on_choose, bring: on_bring, save: on_save, close: props.on_close.clone(), twins: on_twins, show: on_show };
    html! { <Modal title={format!("Import {}", props.incoming.file)} on_close={props.on_close.clone()}>{ bring_view(&view, &on) }</Modal> }
}

/// A file's name as a project's title.
fn title(file: &str) -> Rc<str> {
    let name = file.split(',').next().unwrap_or(file).rsplit('/').next().unwrap_or(file);
    name.split('.').next().filter(|stem| !stem.trim().is_empty()).unwrap_or("Imported").into()
}

/// Reads the files as chosen, text by text; articles that they share with the project come into memory for it. `heard` gets the number of
/// texts done so far, and says whether somebody still waits; `None` where nobody did.
async fn read_as(
    shelf: &Shelf,
    incoming: &Incoming,
    choosing: &Choosing,
    header: &ProjectHeader,
    heard: impl Fn(usize) -> bool,
) -> Option<(AnnotationStore, (Mapping, Brings))> {
    /// Milliseconds of work between two breaths of the page.
    const BREATH: f64 = 30.0;
    let mut needed: BTreeSet<ArticleId> = BTreeSet::new();
    let mut breathed = browser::millis();
    loop {
        if !heard(0) {
            return None;
        }
        let state = shelf.latest.get();
        let mapping = bring_mapping(incoming, choosing, &state.store);
        let frame = bring_frame(incoming, choosing, header, &state.store, &state.annotator);
        let mut taking = Taking::new(incoming, choosing, &mapping, &frame);
        while taking.step() {
            if browser::millis() - breathed > BREATH {
                browser::pause(0).await;
                breathed = browser::millis();
                if !heard(taking.done()) {
                    return None;
                }
            }
        }
        let brings = taking.finish(&state.store);
        drop(frame);
        let away = brings.articles.iter().filter(|article| state.catalogue.is_unloaded(article)).cloned();
        let away: Vec<ArticleId> = away.filter(|article| choosing.goal == Goal::ThisProject && needed.insert(article.clone())).collect();
        if away.is_empty() {
            return Some((state.store.clone(), (mapping, brings)));
        }
        shelf.saver.need(away).await;
    }
}

fn take_in(incoming: &Incoming, read: &Read, out: &BTreeSet<ArticleId>, shelf: &Rc<Shelf>) {
    shelf.act.emit(Action::Dialog(None));
    let brings = &read.brings;
    let first = brings.articles.iter().find(|article| !out.contains(*article)).cloned();
    let project = brings.without(out);
    match read.choosing.goal {
        Goal::ThisProject => {
            let notice = format!("Imported into this project: {}.", incoming.file);
            let (incoming, scheme) = (project, Rc::new(read.mapping.scheme.clone()));
            shelf.act.emit(Action::Bring { incoming, scheme, notice: notice.into() });
            if let Some(first) = first {
                shelf.act.emit(Action::OpenArticle(first));
            }
        }
        Goal::NewProject => {
            let review = Review { file: incoming.file.clone(), project, issues: Vec::new(), elsewhere: Elsewhere::default() };
            browser::spawn_local(importing::take_in(Rc::new(review), (**shelf).clone()));
        }
    }
}

/// Of fewer texts no progress is shown.
const SHOWN_FROM: usize = 100;

pub struct BringView<'a> {
    pub incoming: &'a Incoming,
    pub choosing: &'a Choosing,
    /// The project, the mapping and what it brings; `None` at first.
    pub read: Option<(&'a AnnotationStore, &'a Mapping, &'a Brings)>,
    /// Whether it is of these choices.
    pub is_current: bool,
    /// Texts read so far.
    pub done: usize,
    pub likes: &'a Likes,
    /// The number of the article that is shown.
    pub shown: usize,
}

pub struct BringActions {
    pub choose: Callback<Choosing>,
    pub bring: Callback<()>,
    /// Saves the list of problems.
    pub save: Callback<()>,
    pub close: Callback<()>,
    pub twins: Callback<Twins>,
    pub show: Callback<usize>,
}

pub fn bring_view(view: &BringView<'_>, on: &BringActions) -> Html {
    let BringView { incoming, choosing, read, is_current, done, likes, shown } = view;
    let goal = |goal: Goal, name: &'static str, label: &'static str| {
        let next = Choosing { goal, ..(*choosing).clone() };
        html! { <label class="tick"><input type="radio" name="goal" data-goal={name} checked={choosing.goal == goal} autofocus={choosing.goal == goal} onchange={on.choose.reform(move |_: Event| next.clone())} /><span>{ label }</span></label> }
    };
    let fault = read.and_then(|(_, mapping, _)| check(&mapping.scheme).err());
    let has_any = read.is_some_and(|(_, _, brings)| !brings.articles.is_empty());
    html! {
        <div class="bringing">
            <p>{ format!("{}.", incoming.told()) }</p>
            if !incoming.unread.is_empty() { <p class="hint-text">{ format!("Not read: {}.", listed(&incoming.unread)) }</p> }
            <fieldset>
                <legend>{ "Where it goes" }</legend>
                { goal(Goal::ThisProject, "this", "Into this project, merged with what is here") }
                { goal(Goal::NewProject, "new", "Into a project of its own") }
            </fieldset>
            if incoming.unsigned > 0 { { whose(incoming, choosing, *read, on) } }
            if let Some((here, mapping, brings)) = read {
                if let What::Table(table) = &incoming.what { { columns_table(table, choosing, on) } }
                if incoming.has_annotations() { { mapping_table(&rows(incoming.labels_for(choosing.goal), mapping, here.scheme()), choosing, on) } }
                if !incoming.has_annotations() { { preview(here, brings, *shown, on) } }
                <section data-told="" role="status">{ brought(incoming, brings, choosing.goal, *is_current) }</section>
                { alike(likes, incoming.has_annotations(), on) }
                { problems(brings, on) }
                if let Some(fault) = &fault { <p class="warning" role="alert">{ format!("{fault}.") }</p> }
            } else {
                <p class="hint-text" role="status">{ "Reading…" }</p>
            }
            if !is_current && incoming.len() > SHOWN_FROM {
                <progress class="whole" max={incoming.len().to_string()} value={done.to_string()} aria-label="Texts read" />
            }
            <div class="buttons">
                <button type="button" class="primary" data-command="accept-bring" disabled={!is_current || !has_any || fault.is_some()} onclick={on.bring.reform(|_: MouseEvent| ())}>{ "Import" }</button>
                <button type="button" data-command="cancel-bring" onclick={on.close.reform(|_: MouseEvent| ())}>{ "Cancel, change nothing" }</button>
            </div>
        </div>
    }
}

/// Asks who made what the files don't say of.
fn whose(incoming: &Incoming, choosing: &Choosing, read: Option<(&AnnotationStore, &Mapping, &Brings)>, on: &BringActions) -> Html {
    let known = read.into_iter().flat_map(|(here, ..)| here.annotators()).filter(|annotator| !annotator.name.is_empty());
    let onchange = {
        let choosing = choosing.clone();
        on.choose.reform(move |event: Event| {
            let name = browser::value_of(&event.target_unchecked_into());
            Choosing { whose: name.trim().into(), ..choosing.clone() }
        })
    };
    html! {
        <div class="field">
            <label for="whose">{ "Whose work it is" }</label>
            <input id="whose" data-input="whose" list="whose-known" autocomplete="off" maxlength="200" placeholder="Yours, or another name" value={choosing.whose.clone()} {onchange} />
            <datalist id="whose-known">{ for known.map(|annotator| html! { <option key={annotator.id.as_str()} value={annotator.name.clone()} /> }) }</datalist>
            <p class="hint-text">{ format!("The files don’t say who made {}.", counted(incoming.unsigned, "annotation")) }</p>
        </div>
    }
}

fn listed(names: &[Rc<str>]) -> String {
    const MOST: usize = 8;
    let more = if names.len() > MOST { format!(" and {} more", names.len() - MOST) } else { String::new() };
    format!("{}{more}", names.iter().take(MOST).map(|name| &**name).collect::<Vec<_>>().join(", "))
}

/// What comes of it, in sentences.
fn brought(incoming: &Incoming, brings: &Brings, goal: Goal, is_current: bool) -> Html {
    let has_annotations = incoming.has_annotations();
    if !is_current {
        return html! { <p class="hint-text">{ "Reading…" }</p> };
    }
    if brings.articles.is_empty() {
        return html! { <p class="warning">{ "No text can be read, so there is nothing to import." }</p> };
    }
    let known = match (goal, brings.known_articles) {
        (Goal::NewProject, _) | (_, 0) => String::new(),
        (_, known) => format!(" ({known} of them here already)"),
    };
    let (articles, annotations) = (counted(brings.articles.len(), "article"), counted(brings.annotations, "annotation"));
    let changes = |part: fn(&SchemeChange) -> Option<String>| brings.scheme.iter().filter_map(part).collect::<Vec<_>>();
    let types = changes(|change| match change {
        SchemeChange::Type(name) => Some(format!("“{name}”")),
        SchemeChange::Part(..) => None,
    });
    let parts = changes(|change| match change {
        SchemeChange::Part(of, what) => Some(format!("{of}: {what}")),
        SchemeChange::Type(_) => None,
    });
    html! {
        <>
            <p><b>{ if has_annotations { format!("{articles}{known}, {annotations}, {}", counted(brings.roles, "filled role")) } else { format!("{articles}{known}") } }</b></p>
            if brings.orphans > 0 { <p class="warning">{ format!("{} without a place in the text.", counted(brings.orphans, "annotation")) }</p> }
            if !types.is_empty() { <p class="hint-text">{ format!("New in the scheme: {}.", types.join(", ")) }</p> }
            if !parts.is_empty() { <p class="hint-text">{ format!("Added to types of the scheme: {}.", parts.join("; ")) }</p> }
        </>
    }
}

fn problems(brings: &Brings, on: &BringActions) -> Html {
    if brings.troubles.is_empty() {
        return html! { <p class="kept">{ "No problems were found." }</p> };
    }
    let heading = |done: Done, count: usize| match done {
        Done::Cut => format!("{count} with parts that are no article, which were cut"),
        Done::Kept => format!("{count} noticed, nothing lost by it"),
        Done::Reanchored => format!("{count} found elsewhere in the text"),
        Done::Orphaned => format!("{count} kept without a place in the text"),
        Done::Skipped => format!("{count} left out"),
    };
    // What costs nothing is no problem.
    let grave = brings.troubles.iter().filter(|trouble| !matches!(trouble.done, Done::Cut | Done::Kept)).count();
    html! {
        <section class="problems" data-list="problems">
            <h3>{ if grave > 0 { counted(grave, "problem") } else { "Noticed".to_owned() } }</h3>
            { for by_outcome(&brings.troubles).into_iter().map(|(done, troubles)| {
                let lines: Vec<Rc<str>> = troubles.iter().take(201).map(|trouble| format!("{}: {}", trouble.spot, trouble.what).into()).collect();
                let more = troubles.len().saturating_sub(lines.len());
                html! {
                    <details key={format!("{done:?}")} data-done={format!("{done:?}")} open={matches!(done, Done::Skipped | Done::Cut)}>
                        <summary>{ heading(done, troubles.len()) }</summary>
                        { issue_list(&lines) }
                        if more > 0 { <p class="hint-text">{ format!("{more} more are in the list that can be saved.") }</p> }
                    </details>
                }
            }) }
            <button type="button" class="quiet" data-command="save-problems" onclick={on.save.reform(|_: MouseEvent| ())}>{ "Save the list as text" }</button>
        </section>
    }
}
