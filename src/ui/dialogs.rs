use std::rc::Rc;

use yew::prelude::*;

use super::adding::AddDialog;
use super::annotator::AnnotatorDialog;
use super::assigning::AssignDialog;
use super::bringing::BringDialog;
use super::clashing::Clashing;
use super::comfort::{HistoryDialog, ReadingDialog};
use super::comparing::{CompareDialog, LastComparing};
use super::desk::use_hands;
use super::entities::Entities;
use super::exporting::ExportDialog;
use super::finding::{Finding, LastFind};
use super::finishing::Finishing;
use super::frames::FramesDialog;
use super::guidelines::Guidelines;
use super::handing::HandInDialog;
use super::keys::Keys;
use super::overview::OverviewDialog;
use super::projects::Projects;
use super::restoring::Restore;
use super::scheme::SchemeDialog;
use super::shared::SharedDialog;
use super::sharing::ShareDialog;
use super::storage::StorageDialog;
use super::who::AskWho;
use super::words::counted;
use crate::browser::{self, HtmlElement, HtmlInputElement};
use crate::model::ProjectId;
use crate::order::InOrder;
use crate::session::{Action, Dialog, Exporting, IntentView, KeyMap, Review};

#[derive(Properties, PartialEq)]
pub struct DialogsProps {
    pub dialog: Option<Dialog>,
    pub intents: Vec<IntentView>,
    pub keys: Rc<KeyMap>,
    pub guidelines: AttrValue,
    pub name: AttrValue,
    pub open_project: ProjectId,
    pub open_title: AttrValue,
    pub open_articles: usize,
    pub keeping: Keeping,
    pub on_project: Callback<ProjectId>,
    pub on_review: Callback<Rc<Review>>,
    /// The person agreed to load this address.
    pub on_foreign: Callback<Rc<str>>,
}

/// How far the stores have come with the work, and how far the person's own files.
#[derive(Clone, Copy, PartialEq, Default)]
pub struct Keeping {
    pub revision: u64,
    pub saved: Option<u64>,
    /// Steps of work since the project was last exported.
    pub unexported: u64,
    /// After how many such steps the page reminds of it; 0 for never.
    pub remind_after: u64,
}

/// What lies over the page, one at a time.
#[component]
pub fn Dialogs(props: &DialogsProps) -> Html {
    let hands = use_hands();
    let close = hands.act.reform(|()| Action::Dialog(None));
    let searched = use_mut_ref(LastFind::default);
    let exporting = use_state(Exporting::default);
    let compared: LastComparing = use_mut_ref(|| None);
    match &props.dialog {
        None => html! {},
        Some(Dialog::Keys) => html! { <Keys intents={props.intents.clone()} keys={props.keys.clone()} on_close={close} key="keys" /> },
        Some(Dialog::Palette) => html! { <Palette intents={props.intents.clone()} on_close={close} key="palette" /> },
        Some(Dialog::Guidelines(about)) => {
            html! { <Guidelines guidelines={props.guidelines.clone()} about={about.clone()} on_close={close} key="guidelines" /> }
        }
        Some(Dialog::Scheme(open)) => {
            html! { <SchemeDialog open={open.clone()} revision={props.keeping.revision} on_close={close} key="scheme" /> }
        }
        Some(Dialog::Frames) => html! { <FramesDialog revision={props.keeping.revision} on_close={close} key="frames" /> },
        Some(Dialog::Overview) => html! { <OverviewDialog revision={props.keeping.revision} on_close={close} key="overview" /> },
        Some(Dialog::Reading) => html! { <ReadingDialog on_close={close} key="reading" /> },
        Some(Dialog::History) => html! { <HistoryDialog revision={props.keeping.revision} on_close={close} key="history" /> },
        Some(Dialog::Projects) => {
            let (open_project, open_title) = (props.open_project.clone(), props.open_title.clone());
            html! { <Projects {open_project} {open_title} open_articles={props.open_articles} on_project={props.on_project.clone()} on_close={close} key="projects" /> }
        }
        Some(Dialog::Storage) => html! { <StorageDialog keeping={props.keeping} on_close={close} key="storage" /> },
        Some(Dialog::Export) => html! { <ExportDialog last={exporting} on_close={close} key="export" /> },
        Some(Dialog::Assign) => html! { <AssignDialog revision={props.keeping.revision} on_close={close} key="assign" /> },
        Some(Dialog::HandIn) => html! { <HandInDialog revision={props.keeping.revision} on_close={close} key="hand-in" /> },
        Some(Dialog::Share) => html! { <ShareDialog revision={props.keeping.revision} on_close={close} key="share" /> },
        Some(Dialog::Shared(shared)) => {
            html! { <SharedDialog shared={shared.clone()} on_close={close} key={format!("shared-{:p}", Rc::as_ptr(shared))} /> }
        }
        Some(Dialog::Bring(incoming)) => {
            html! { <BringDialog incoming={incoming.clone()} on_close={close} key={format!("bring-{:p}", Rc::as_ptr(incoming))} /> }
        }
        Some(Dialog::Carrying(carrying)) => {
            html! {
                <Modal title="Reading files" on_close={close.clone()} key="carrying">
                    <p role="status">{ format!("{}…", carrying.what) }</p>
                    <progress class="whole" max="100" value={carrying.percent.to_string()} aria-label={carrying.what.to_string()} />
                    <div class="buttons">
                        <button type="button" data-command="end-carrying" onclick={close.reform(|_: MouseEvent| ())}>{ "Cancel, change nothing" }</button>
                    </div>
                </Modal>
            }
        }
        Some(Dialog::Add { address }) => html! { <AddDialog address={address.to_string()} on_close={close} key="add" /> },
        Some(Dialog::Annotator) => {
            html! { <AnnotatorDialog name={props.name.clone()} revision={props.keeping.revision} on_close={close} key="annotator" /> }
        }
        Some(Dialog::Compare) => {
            html! { <CompareDialog last={compared} revision={props.keeping.revision} on_close={close} key="compare" /> }
        }
        Some(Dialog::Tour(step)) => html! { <Tour step={*step} key="tour" /> },
        Some(Dialog::Find(seed)) => {
            html! { <Finding seed={seed.clone()} last={searched} on_close={close} key={format!("find-{:p}", Rc::as_ptr(seed))} /> }
        }
        Some(Dialog::Who(annotation)) => html! { <AskWho annotation={annotation.clone()} on_close={close} key="who" /> },
        Some(Dialog::Entities(open)) => {
            html! { <Entities open={open.clone()} revision={props.keeping.revision} on_close={close} key="entities" /> }
        }
        Some(Dialog::Unfinished(lacking)) => html! { <Finishing lacking={lacking.clone()} on_close={close} key="unfinished" /> },
        Some(Dialog::Review(review)) => {
            let same_project = review.project.header().id == props.open_project;
            html! { <ReviewDialog review={review.clone()} {same_project} on_accept={props.on_review.clone()} on_close={close} key={format!("review-{:p}", Rc::as_ptr(review))} /> }
        }
        Some(Dialog::Clashes(handing)) => {
            html! { <Clashing handing={handing.clone()} revision={props.keeping.revision} on_close={close} key={format!("clashes-{:p}", Rc::as_ptr(handing))} /> }
        }
        Some(Dialog::Restore(restoring)) => {
            html! { <Restore restoring={restoring.clone()} on_close={close} key={format!("restore-{:p}", Rc::as_ptr(restoring))} /> }
        }
        Some(Dialog::Foreign { url, origin }) => {
            let url = url.clone();
            html! {
                <Modal title="Load a project from elsewhere?" on_close={close.clone()} key="foreign">
                    <p>{ "The address asks for a project from " }<b dir="ltr">{ &**origin }</b>{ ". Nothing of yours is sent there, but that server sees that you ask." }</p>
                    <div class="buttons">
                        <button type="button" class="primary" data-command="load-foreign" onclick={props.on_foreign.reform(move |_: MouseEvent| url.clone())}>{ "Load it" }</button>
                        <button type="button" onclick={close.reform(|_: MouseEvent| ())}>{ "Don’t" }</button>
                    </div>
                </Modal>
            }
        }
    }
}

#[derive(Properties, PartialEq)]
pub struct ModalProps {
    pub title: AttrValue,
    pub on_close: Callback<()>,
    #[prop_or_default]
    pub children: Children,
}

#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let shown = node.cast::<HtmlElement>().map(|dialog| (browser::show_modal(&dialog), dialog));
            // Closed, not only taken away: so the keyboard goes back to where it was.
            move || {
                if let Some((by_pointer, dialog)) = shown {
                    browser::close_modal(&dialog, by_pointer);
                }
            }
        });
    }
    {
        let node = node.clone();
        // What was used may be gone with this render; whoever has more to say of the keyboard comes after.
        use_effect(move || {
            if let Some(dialog) = node.cast::<HtmlElement>() {
                browser::keep_keyboard_in(&dialog);
            }
        });
    }
    let cancel = props.on_close.reform(|event: Event| event.prevent_default());
    let close = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <dialog ref={node} aria-label={props.title.clone()} oncancel={cancel}>
            <header><h2>{ &props.title }</h2><button type="button" class="icon" aria-label="Close" title="Close (Esc)" data-command="close-dialog" onclick={close}><span aria-hidden="true">{ "×" }</span></button></header>
            <div class="dialog-body" tabindex="0">{ props.children.clone() }</div>
        </dialog>
    }
}

#[derive(Properties, PartialEq)]
struct PaletteProps {
    intents: Vec<IntentView>,
    on_close: Callback<()>,
}

/// Every command, found by typing.
#[component]
fn Palette(props: &PaletteProps) -> Html {
    let hands = use_hands();
    let words = use_state(String::new);
    let chosen = use_state(|| 0_usize);
    let wanted = words.to_lowercase();
    let mut found: Vec<IntentView> = props
        .intents
        .iter()
        .filter(|view| wanted.split_whitespace().all(|word| view.label.to_lowercase().contains(word) || view.name.contains(word)))
        .cloned()
        .collect();
    // What begins so is what is meant.
    found.put_in_order_by_key(|view| !view.label.to_lowercase().starts_with(&wanted));
    let at = (*chosen).min(found.len().saturating_sub(1));
    use_effect_with(at, |_| browser::show_in_list(".palette .on"));
    let perform = {
        let (perform, close) = (hands.perform.clone(), props.on_close.clone());
        move |view: &IntentView| {
            close.emit(());
            perform.emit(view.intent.clone());
        }
    };
    let oninput = {
        let (words, chosen) = (words.clone(), chosen.clone());
        Callback::from(move |event: InputEvent| {
            words.set(event.target_unchecked_into::<HtmlInputElement>().value());
            chosen.set(0);
        })
    };
    let onkeydown = {
        let (chosen, found, perform) = (chosen.clone(), found.clone(), perform.clone());
        Callback::from(move |event: KeyboardEvent| {
            let last = found.len().saturating_sub(1);
            match event.key().as_str() {
                "ArrowDown" => chosen.set((at + 1).min(last)),
                "ArrowUp" => chosen.set(at.saturating_sub(1)),
                "Enter" => {
                    if let Some(view) = found.get(at).filter(|view| view.refusal.is_none()) {
                        perform(view);
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <Modal title="All commands" on_close={props.on_close.clone()}>
            // The keyboard stays in the field; which command is meant is said by its id. Two commands may have one name: each annotator's layer.
            <input class="search" type="text" autofocus=true placeholder="Type what you want to do" aria-label="Find a command"
                role="combobox" aria-autocomplete="list" aria-expanded={(!found.is_empty()).to_string()} aria-controls="palette" aria-activedescendant={found.get(at).map(|_| option_id(at))}
                value={(*words).clone()} {oninput} {onkeydown} />
            <ul class="palette" id="palette" role="listbox" aria-label="Commands">
                { for found.iter().enumerate().map(|(index, view)| {
                    let (perform, own) = (perform.clone(), view.clone());
                    html! {
                        <li key={format!("{} {}", view.name, view.label)} role="none">
                            <button type="button" role="option" id={option_id(index)} aria-selected={(index == at).to_string()} class={classes!((index == at).then_some("on"))} disabled={view.refusal.is_some()}
                                onclick={move |_: MouseEvent| perform(&own)}>
                                <span>{ &*view.label }</span>
                                if let Some(refusal) = &view.refusal { <small>{ &**refusal }</small> }
                                if let Some(key) = &view.key { <kbd>{ &**key }</kbd> }
                            </button>
                        </li>
                    }
                }) }
            </ul>
            if found.is_empty() { <p class="hint-text">{ "No command has these words." }</p> }
        </Modal>
    }
}

fn option_id(index: usize) -> String {
    format!("command-{index}")
}

const STEPS: [(&str, &str); 4] = [
    (
        "Read and tag",
        "Select words in the text, by mouse or with the arrow keys and Shift, and press a type’s key: s speaker, q cue, c claim, t stance, g target. What you select snaps to whole words.",
    ),
    (
        "Say who",
        "A claim asks for its speaker, a stance for its holder and target. Type the letter that appears at the right words, press Enter for the nearest, or click it. Esc leaves the role open.",
    ),
    (
        "See what is left",
        "On the right: the frame in hand, who says what, and everything unfinished. n walks through it. Nothing you do is lost: it is saved with every change, and Ctrl Z takes it back.",
    ),
    (
        "Take it out",
        "Export gives one JSON file with every text and annotation; offsets count Unicode code points, so Python slices it as it is. Drop your own .txt files on the page to begin.",
    ),
];

#[derive(Properties, PartialEq)]
struct TourProps {
    step: u8,
}

#[component]
fn Tour(props: &TourProps) -> Html {
    let hands = use_hands();
    let step = usize::from(props.step).min(STEPS.len() - 1);
    let (title, text) = STEPS[step];
    let next = (step + 1 < STEPS.len()).then_some(props.step + 1);
    let go = hands.act.reform(move |_: MouseEvent| Action::Dialog(next.map(Dialog::Tour)));
    let end = hands.act.reform(|_: MouseEvent| Action::Dialog(None));
    html! {
        <div class="tour" role="dialog" aria-label="Show me around">
            <h2>{ title }</h2>
            <p>{ text }</p>
            <div class="buttons">
                <span class="hint-text">{ format!("{} of {}", step + 1, STEPS.len()) }</span>
                <span class="gap"></span>
                <button type="button" data-command="tour-end" onclick={end}>{ if next.is_some() { "Skip" } else { "Close" } }</button>
                if next.is_some() { <button type="button" class="primary" data-command="tour-next" onclick={go}>{ "Next" }</button> }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ReviewProps {
    review: Rc<Review>,
    /// Whether it is a copy of the project on the desk.
    same_project: bool,
    on_accept: Callback<Rc<Review>>,
    on_close: Callback<()>,
}

/// At most this many problems are shown; the rest is counted.
const MOST_ISSUES: usize = 200;

/// What is wrong with a file, line by line.
pub fn issue_list(issues: &[Rc<str>]) -> Html {
    html! {
        <>
            <ol class="issues" data-list="issues">
                { for issues.iter().take(MOST_ISSUES).enumerate().map(|(index, issue)| html! { <li key={index} dir="auto">{ &**issue }</li> }) }
            </ol>
            if issues.len() > MOST_ISSUES { <p class="hint-text">{ format!("… and {} more", issues.len() - MOST_ISSUES) }</p> }
        </>
    }
}

#[component]
fn ReviewDialog(props: &ReviewProps) -> Html {
    let review = &props.review;
    let project = &review.project;
    let annotations: usize = project.article_ids().iter().map(|article| project.annotations(article).len()).sum();
    let accept = {
        let review = review.clone();
        props.on_accept.reform(move |_: MouseEvent| review.clone())
    };
    let cancel = props.on_close.reform(|_: MouseEvent| ());
    let articles = project.article_ids().len() + review.elsewhere.remotes.len();
    let what = format!("{} and {}", counted(articles, "article"), counted(annotations, "annotation"));
    html! {
        <Modal title={format!("Import {}", review.file)} on_close={props.on_close.clone()}>
            if review.issues.is_empty() && props.same_project {
                <p>{ format!("This file holds a copy of the project on the desk, with {what}.") }</p>
            } else if review.issues.is_empty() {
                <p>{ "This file holds another project, " }<b dir="auto">{ &*project.header().title }</b>{ format!(", with {what}. It opens beside the present one, which stays on this device.") }</p>
            } else {
                <p>{ format!("{} found. What is sound, {what}, can be imported.", counted(review.issues.len(), "problem")) }</p>
                { issue_list(&review.issues) }
            }
            <div class="buttons">
                <button type="button" class="primary" data-command="accept-import" onclick={accept}>{ if props.same_project && review.issues.is_empty() { "Merge it" } else if props.same_project { "Merge what is sound" } else { "Open it" } }</button>
                <button type="button" data-command="cancel-import" onclick={cancel}>{ "Cancel, change nothing" }</button>
            </div>
        </Modal>
    }
}
