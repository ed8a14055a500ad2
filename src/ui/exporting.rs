//! Exports in other programs' formats: chosen, told what they hold and lose, and handed over.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::{use_hands, use_shelf};
use super::dialogs::Modal;
use super::outcome::{Outcome, said};
use crate::browser::{self, HtmlInputElement};
use crate::edit::AnnotationStore;
use crate::format::describe::{Offsets, about};
use crate::format::exchange::{Names, Unit};
use crate::format::formats::Format;
use crate::format::package::{Card, Package, Parcel, Split, done, pack, stem};
use crate::model::{AnnotatorId, OriginKind, Status};
use crate::session::{Exporting, Intent, Missing, ORIGINS, STATUSES, Scope, Told, counted, told, workers};

/// Milliseconds without a change until the files are written anew.
const SETTLING: u32 = 120;

#[derive(Properties, PartialEq)]
pub struct ExportProps {
    /// What the last time ended with.
    pub last: UseStateHandle<Exporting>,
    pub on_close: Callback<()>,
}

/// What was written for which choices.
type Written = (Exporting, Rc<Package>);

#[component]
pub fn ExportDialog(props: &ExportProps) -> Html {
    let shelf = use_shelf();
    let perform = use_hands().perform;
    let whole = use_state(|| None::<Rc<AnnotationStore>>);
    // How many texts came that are not on this device, of how many; and which can't be had.
    let fetching = use_state(|| None::<(usize, usize)>);
    let missing = use_state(|| None::<Missing>);
    let written = use_state(|| None::<Written>);
    let outcome = use_state(|| None::<Outcome>);
    let choice = &props.last;
    {
        let (shelf, whole) = (shelf.clone(), whole.setter());
        let (fetching, missing) = (fetching.setter(), missing.setter());
        use_effect_with((), move |()| {
            let waits = Rc::new(());
            let waiting = Rc::downgrade(&waits);
            browser::spawn_local(async move {
                let heard = |done, all| {
                    fetching.set(Some((done, all)));
                    waiting.upgrade().is_some()
                };
                let lacking = shelf.saver.fetch_all(heard).await;
                if waiting.upgrade().is_none() {
                    return;
                }
                match lacking.is_empty() {
                    true => whole.set(Some(Rc::new(shelf.saver.whole().await))),
                    false => missing.set(Some(lacking)),
                }
            });
            move || drop(waits)
        });
    }
    let on_rest = {
        let (shelf, whole) = (shelf.clone(), whole.setter());
        Callback::from(move |_: MouseEvent| {
            let (shelf, whole) = (shelf.clone(), whole.clone());
            browser::spawn_local(async move { whole.set(Some(Rc::new(shelf.saver.whole().await))) });
        })
    };
    let article = shelf.latest.get().article.clone();
    {
        let (written, article) = (written.setter(), article.clone());
        use_effect_with(((*whole).clone(), (**choice).clone()), move |(whole, choice)| {
            let (whole, choice) = (whole.clone(), choice.clone());
            let begin = browser::after(SETTLING, move || {
                if let Some(store) = whole {
                    let package = pack(&store, &choice.pick(&store, article.as_ref()), &choice.packing());
                    written.set(Some((choice, Rc::new(package))));
                }
            });
            move || drop(begin)
        });
    }
    // The keyboard comes to the choices as soon as they are there.
    use_effect_with(whole.is_some(), |_| browser::focus(".formats input:checked"));
    let on_change = {
        let (choice, outcome) = (choice.clone(), outcome.clone());
        Callback::from(move |next: Exporting| {
            outcome.set(None);
            choice.set(next);
        })
    };
    // What is shown is of these choices, or not shown at all.
    let package = written.as_ref().filter(|(of, _)| *of == **choice).map(|(_, package)| package.clone());
    let on_download = {
        let (whole, package, outcome, format) = (whole.clone(), package.clone(), outcome.clone(), choice.format);
        Callback::from(move |()| {
            if let Some((store, package)) = whole.as_ref().zip(package.as_ref()) {
                outcome.set(Some(hand_over(package, store, format).map(Into::into).map_err(Into::into)));
            }
        })
    };
    html! {
        <Modal title="Export in other formats" on_close={props.on_close.clone()}>
            <p class="hint-text">{ "To hand articles to others: " }<button type="button" class="quiet" data-command="share" onclick={perform.reform(|_: MouseEvent| Intent::Share)}>{ "Share a link" }</button></p>
            if let Some(missing) = &*missing {
                <p class="warning" role="alert">{ format!("Not in these files: {}. {}", counted(missing.0.len(), "article"), missing.told()) }</p>
            }
            if let Some(store) = &*whole {
                { export_view(&ExportView { store, choice, told: package.map(|package| told(&package, choice.split)), outcome: outcome.as_ref() }, &on_change, &on_download) }
            } else if missing.is_some() {
                <div class="buttons"><button type="button" data-command="export-without" onclick={on_rest}>{ "Go on without them" }</button></div>
            } else if let Some((done, all)) = *fetching {
                <p class="hint-text" role="status">{ format!("Getting the texts: {done} of {all}…") }</p>
            } else {
                <p class="hint-text">{ "Reading the project…" }</p>
            }
        </Modal>
    }
}

fn hand_over(package: &Package, store: &AnnotationStore, format: Format) -> Result<String, String> {
    let parcel = package.clone().parcel(&stem(store.header()), format).ok_or("There is nothing to download.")?;
    let (name, went) = match &parcel {
        Parcel::One { name, text } => (name, browser::download(name, "application/octet-stream", text)),
        Parcel::Zip { name, bytes } => (name, browser::download_bytes(name, "application/zip", bytes)),
    };
    went.map(|()| format!("Exported {name}.")).ok_or_else(|| "The browser did not let the page save a file.".to_owned())
}

pub struct ExportView<'a> {
    pub store: &'a AnnotationStore,
    pub choice: &'a Exporting,
    /// `None` while it is being written.
    pub told: Option<Told>,
    pub outcome: Option<&'a Outcome>,
}

/// The choices, and what comes of them.
pub fn export_view(view: &ExportView<'_>, on_change: &Callback<Exporting>, on_download: &Callback<()>) -> Html {
    let ExportView { store, choice, told, outcome } = view;
    let own = about(choice.format.name());
    let with = |change: fn(&mut Exporting)| {
        let mut next = (*choice).clone();
        change(&mut next);
        on_change.reform(move |_: Event| next.clone())
    };
    let tick = |name: &'static str, label: &'static str, on: bool, change: fn(&mut Exporting)| {
        html! { <label class="tick"><input type="checkbox" data-export={name} checked={on} onchange={with(change)} /><span>{ label }</span></label> }
    };
    let scope = |scope: Scope, name: &'static str, label: String| {
        let next = Exporting { scope, ..(*choice).clone() };
        html! {
            <label class="tick"><input type="radio" name="scope" data-export={name} checked={choice.scope == scope} onchange={on_change.reform(move |_: Event| next.clone())} /><span>{ label }</span></label>
        }
    };
    let download = on_download.reform(|_: MouseEvent| ());
    html! {
        <div class="exporting">
            <fieldset class="formats">
                <legend>{ "Format" }</legend>
                { for Format::ALL.into_iter().map(|format| {
                    let (of, next) = (about(format.name()), Exporting { format, ..(*choice).clone() });
                    html! {
                        <label class="tick" key={format.name()}>
                            <input type="radio" name="format" data-format={format.name()} checked={choice.format == format} onchange={on_change.reform(move |_: Event| next.clone())} />
                            <span><b>{ of.title }</b><small>{ format!("For {}. Holds {}.", of.purpose, of.holds) }</small></span>
                        </label>
                    }
                }) }
            </fieldset>
            <div class="choices">
                <fieldset>
                    <legend>{ "Articles" }</legend>
                    { scope(Scope::All, "all", format!("All ({})", store.article_ids().len())) }
                    { scope(Scope::This, "this", "The one on the desk".to_owned()) }
                    { scope(Scope::Done, "done", format!("Those that somebody is done with ({})", done(store).len())) }
                </fieldset>
                { narrowing(store, choice, on_change) }
                <fieldset>
                    <legend>{ "Files" }</legend>
                    { tick("redact", "Numbers instead of annotators’ names", choice.names == Names::Redacted, |next| {
                        next.names = if next.names == Names::Shown { Names::Redacted } else { Names::Shown };
                    }) }
                    { tick("card", "A README.md that describes the data (dataset card)", choice.card == Card::Written, |next| {
                        next.card = if next.card == Card::None { Card::Written } else { Card::None };
                    }) }
                    { tick("split", "Split into train, dev and test; versions of one story stay together", choice.split.is_some(), |next| {
                        next.split = if next.split.is_none() { Some(Exporting::SPLIT) } else { None };
                    }) }
                    if let Some(split) = choice.split { { shares(split, choice, on_change) } }
                    if own.offsets == Offsets::Open {
                        <label class="tick"><input type="checkbox" data-export="utf16" checked={choice.unit == Unit::Utf16} onchange={with(|next| {
                            next.unit = if next.unit == Unit::Utf16 { Unit::CodePoints } else { Unit::Utf16 };
                        })} /><span>{ "Offsets in UTF-16 code units, as its editor counts, instead of code points, as Python does" }</span></label>
                    }
                </fieldset>
            </div>
            <section class="told" role="status" data-told="">{ told_view(told.as_ref()) }</section>
            <div class="buttons">
                <button type="button" class="primary" data-command="download-export" disabled={told.as_ref().is_none_or(|told| told.is_empty)} onclick={download}>{ "Download" }</button>
                if let Some(told) = told.as_ref().filter(|told| outcome.is_none() && !told.is_empty) { <span class="hint-text" aria-hidden="true">{ &told.short }</span> }
                { said(*outcome) }
            </div>
        </div>
    }
}

/// What the files hold and what they lose.
fn told_view(told: Option<&Told>) -> Html {
    let Some(told) = told else { return html! { <p class="hint-text">{ "Counting…" }</p> } };
    if told.is_empty {
        return html! { <p class="warning">{ "No article is chosen." }</p> };
    }
    let list = |of: &[(Rc<str>, usize)]| of.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(" · ");
    html! {
        <>
            <p><b>{ &told.holds }</b></p>
            if !told.types.is_empty() {
                <p class="hint-text" dir="auto">{ list(&told.types) }{ if told.fewer > 0 { format!("; {} of these the format leaves out", told.fewer) } else { String::new() } }</p>
            }
            if !told.parts.is_empty() { <p class="hint-text">{ told.parts.join(" · ") }</p> }
            if !told.empty_parts.is_empty() {
                <p class="warning">{ format!("No article for {}: there are too few stories.", told.empty_parts.join(" and ")) }</p>
            }
            if told.losses.is_empty() {
                <p class="kept">{ "Nothing of what is chosen is lost." }</p>
            } else {
                <p>{ "Not in the files:" }</p>
                <ul data-list="losses">
                    { for told.losses.iter().map(|(count, loss)| html! { <li key={loss.clone()}><b>{ count }</b>{ " " }{ loss }</li> }) }
                </ul>
            }
        </>
    }
}

/// Whose work, of which types, where from and how far: all of it, unless something is left out.
fn narrowing(store: &AnnotationStore, choice: &Exporting, on_change: &Callback<Exporting>) -> Html {
    let origin = |of: OriginKind| match of {
        OriginKind::Manual => "by hand",
        OriginKind::Imported => "imported",
        OriginKind::Suggested => "suggested",
        OriginKind::Propagated => "tagged alike",
        OriginKind::Transferred => "transferred",
    };
    let status = |of: Status| match of {
        Status::New => "not begun",
        Status::InProgress => "begun",
        Status::Done => "done",
    };
    let name = |id: &AnnotatorId| {
        let name = store.annotator(id).map(|annotator| annotator.name.trim().to_owned()).filter(|name| !name.is_empty());
        name.unwrap_or_else(|| id.as_str().chars().take(12).collect())
    };
    let group =
        |legend: &'static str, ticks: Vec<Html>| html! { <fieldset class="group"><legend>{ legend }</legend>{ for ticks }</fieldset> };
    let everybody = workers(store);
    let annotators = everybody.iter().map(|id| {
        toggle(format!("annotator-{id}"), name(id), &choice.without_annotators, id, choice, on_change, |next| &mut next.without_annotators)
    });
    let types = store.scheme().types.iter().map(|of| {
        toggle(format!("type-{}", of.id), of.name.to_string(), &choice.without_types, &of.id, choice, on_change, |next| {
            &mut next.without_types
        })
    });
    let origins = ORIGINS.iter().map(|of| {
        toggle(format!("origin-{of:?}"), origin(*of).to_owned(), &choice.without_origins, of, choice, on_change, |next| {
            &mut next.without_origins
        })
    });
    let statuses = STATUSES.iter().map(|of| {
        toggle(format!("status-{of:?}"), status(*of).to_owned(), &choice.without_statuses, of, choice, on_change, |next| {
            &mut next.without_statuses
        })
    });
    let left_out = match choice.left_out() {
        0 => "all".to_owned(),
        some => format!("{some} left out"),
    };
    html! {
        <details>
            <summary>{ format!("Which annotations: {left_out}") }</summary>
            { group("Whose", annotators.collect()) }
            { group("Types", types.collect()) }
            { group("Made", origins.collect()) }
            { group("On articles that their annotator has", statuses.collect()) }
        </details>
    }
}

fn toggle<T: Ord + Clone + 'static>(
    name: String,
    label: String,
    without: &BTreeSet<T>,
    of: &T,
    choice: &Exporting,
    on_change: &Callback<Exporting>,
    set: fn(&mut Exporting) -> &mut BTreeSet<T>,
) -> Html {
    let mut next = choice.clone();
    let on = !without.contains(of);
    if on {
        set(&mut next).insert(of.clone());
    } else {
        set(&mut next).remove(of);
    }
    html! {
        <label class="tick" key={name.clone()}><input type="checkbox" data-export={name} checked={on} onchange={on_change.reform(move |_: Event| next.clone())} /><span dir="auto">{ label }</span></label>
    }
}

/// How much goes into each part, and the number that the parting is drawn from.
fn shares(split: Split, choice: &Exporting, on_change: &Callback<Exporting>) -> Html {
    let field = |name: &'static str, value: String, most: &'static str, set: fn(&mut Split, u32)| {
        let (choice, on_change) = (choice.clone(), on_change.clone());
        let oninput = Callback::from(move |event: InputEvent| {
            // What is no number yet is being typed.
            if let Ok(number) = event.target_unchecked_into::<HtmlInputElement>().value().parse::<u32>() {
                let mut split = split;
                set(&mut split, number);
                on_change.emit(Exporting { split: Some(split), ..choice.clone() });
            }
        });
        html! { <label key={name}><span>{ name }</span><input type="number" min="0" max={most} data-export={format!("share-{name}")} {value} {oninput} /></label> }
    };
    html! {
        <div class="shares">
            { field("train", split.train.to_string(), "100", |split, number| split.train = number) }
            { field("dev", split.dev.to_string(), "100", |split, number| split.dev = number) }
            { field("test", split.test.to_string(), "100", |split, number| split.test = number) }
            { field("seed", split.seed.to_string(), "4294967295", |split, number| split.seed = number.into()) }
        </div>
    }
}
