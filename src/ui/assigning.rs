//! Who gets which articles: chosen, seen before it is so, and handed out as links.

use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Shelf, use_shelf};
use super::dialogs::Modal;
use super::outcome::{Outcome, said};
use super::words::counted;
use crate::browser::{self, HtmlInputElement, HtmlTextAreaElement};
use crate::edit::Command;
use crate::model::Others;
use crate::session::{Action, Assigning, Draft, DraftRow, Length, Listing, Seat, Which, draft, grouped, invited, lengths};

#[derive(Properties, PartialEq)]
pub struct AssignProps {
    /// Of the project: another tab may work on.
    pub revision: u64,
    pub on_close: Callback<()>,
}

#[component]
pub fn AssignDialog(props: &AssignProps) -> Html {
    let shelf = use_shelf();
    let state = shelf.latest.get();
    let choice = {
        let state = state.clone();
        use_state(move || Assigning::of(&state))
    };
    let measured = use_state(|| None::<(Rc<Vec<Length>>, usize)>);
    let outcome = use_state(|| None::<Outcome>);
    {
        let (shelf, measured) = (shelf.clone(), measured.setter());
        use_effect_with((), move |()| {
            browser::spawn_local(async move {
                let whole = shelf.saver.whole().await;
                // The dialog is drawn first.
                browser::pause(0).await;
                let (lengths, guessed) = lengths(&whole, shelf.latest.get().catalogue.listed());
                measured.set(Some((Rc::new(lengths), guessed)));
            });
        });
    }
    let on_change = {
        let (choice, outcome) = (choice.clone(), outcome.clone());
        Callback::from(move |next: Assigning| {
            outcome.set(None);
            choice.set(next);
        })
    };
    let drafted = measured.as_ref().map(|(lengths, _)| draft(&state, lengths, &choice));
    let on_assign = {
        let (shelf, choice, outcome) = (shelf.clone(), choice.clone(), outcome.clone());
        let drafted = drafted.clone();
        Callback::from(move |()| {
            let Some(Ok(drafted)) = &drafted else { return };
            outcome.set(Some(assign(drafted, choice.others, &shelf)));
        })
    };
    let on_copy = {
        let (shelf, outcome) = (shelf.clone(), outcome.setter());
        Callback::from(move |()| {
            let (shelf, outcome) = (shelf.clone(), outcome.clone());
            browser::spawn_local(async move {
                outcome.set(Some(match browser::copy_text(&links(&shelf)).await {
                    Some(()) => Ok("Copied.".into()),
                    None => Err("This browser does not let the page copy: select the links and copy them yourself.".into()),
                }));
            });
        })
    };
    let links = links(&shelf);
    let view = AssignView {
        choice: &choice,
        drafted: drafted.as_ref(),
        guessed: measured.as_ref().map_or(0, |(_, guessed)| *guessed),
        links: &links,
        outcome: outcome.as_ref(),
    };
    html! {
        <Modal title="Assign articles" on_close={props.on_close.clone()}>
            { assign_view(&view, &on_change, &on_assign, &on_copy) }
        </Modal>
    }
}

/// One undoable step; whoever takes it leads the project on this device.
fn assign(drafted: &Draft, others: Others, shelf: &Shelf) -> Outcome {
    let before = shelf.latest.get().store.clone();
    shelf.act.emit(Action::Run(Command::Assign { shares: drafted.shares.clone(), others }));
    let state = shelf.latest.get();
    if state.store == before {
        return Err("Nothing was changed: it is assigned so already, or another tab edits this project.".into());
    }
    shelf.storage.set_leads(&state.store.header().id);
    shelf.act.emit(Action::Sit(Seat::Lead));
    shelf.act.emit(Action::List(Listing::All));
    Ok("Assigned. Export the project, put it where the page is, and send each person their link.".into())
}

/// A line for each person who has articles: their name, and the link that opens this page for them.
fn links(shelf: &Shelf) -> String {
    let invited = invited(&shelf.latest.get());
    let lines = invited.iter().map(|(name, called)| format!("{name}: {}", browser::link_for(called)));
    lines.collect::<Vec<_>>().join("\n")
}

pub struct AssignView<'a> {
    pub choice: &'a Assigning,
    /// `None` while the articles are being measured.
    pub drafted: Option<&'a Result<Draft, String>>,
    /// Of how many articles the length is a guess.
    pub guessed: usize,
    /// Of those who have articles now.
    pub links: &'a str,
    pub outcome: Option<&'a Outcome>,
}

/// The choices, what would come of them, and the links.
pub fn assign_view(view: &AssignView<'_>, on_change: &Callback<Assigning>, on_assign: &Callback<()>, on_copy: &Callback<()>) -> Html {
    let AssignView { choice, drafted, guessed, links, outcome } = view;
    let change = |next: fn(&Assigning, u64) -> Assigning| {
        let choice = (*choice).clone();
        on_change.reform(move |event: InputEvent| {
            let typed = event.target_unchecked_into::<HtmlInputElement>().value();
            next(&choice, typed.trim().parse().unwrap_or(0))
        })
    };
    let number = |name: &'static str, label: &'static str, value: u64, least: &'static str, oninput: Callback<InputEvent>| {
        html! {
            <label class="number"><span>{ label }</span><input type="number" inputmode="numeric" min={least} step="1" data-assign={name} value={value.to_string()} {oninput} /></label>
        }
    };
    let which = |name: &'static str, label: &'static str, which: Which| {
        let next = Assigning { which, ..(*choice).clone() };
        html! {
            <label class="tick"><input type="radio" name="which" data-assign={name} checked={choice.which == which} onchange={on_change.reform(move |_: Event| next.clone())} /><span>{ label }</span></label>
        }
    };
    let on_names = {
        let choice = (*choice).clone();
        on_change.reform(move |event: InputEvent| Assigning {
            names: event.target_unchecked_into::<HtmlTextAreaElement>().value().into(),
            ..choice.clone()
        })
    };
    let on_others = {
        let choice = (*choice).clone();
        on_change.reform(move |event: Event| {
            let others = if event.target_unchecked_into::<HtmlInputElement>().checked() { Others::Shown } else { Others::Hidden };
            Assigning { others, ..choice.clone() }
        })
    };
    let is_ready = matches!(drafted, Some(Ok(_)));
    html! {
        <div class="assigning">
            <div class="choices">
                <label class="names"><span>{ "Annotators, a name a line" }</span>
                    <textarea rows="6" dir="auto" autofocus=true spellcheck="false" data-assign="names" value={choice.names.to_string()} oninput={on_names} />
                </label>
                <div>
                    <fieldset>
                        <legend>{ "Articles" }</legend>
                        { which("all", "All of them, anew", Which::All) }
                        { which("unassigned", "Those that nobody has yet", Which::Unassigned) }
                    </fieldset>
                    { number("each-by", "Annotators per article", choice.each_by as u64, "1", change(|choice, n| Assigning { each_by: n as usize, ..choice.clone() })) }
                    { number("common", "Articles for everybody", choice.common as u64, "0", change(|choice, n| Assigning { common: n as usize, ..choice.clone() })) }
                    { number("seed", "Seed", choice.seed, "0", change(|choice, n| Assigning { seed: n, ..choice.clone() })) }
                    <label class="tick"><input type="checkbox" data-assign="others" checked={choice.others == Others::Shown} onchange={on_others} /><span>{ "They may see each other’s work" }</span></label>
                </div>
            </div>
            <section class="told" role="status" data-told="">
                { match drafted {
                    None => html! { <p class="hint-text">{ "Measuring the articles…" }</p> },
                    Some(Err(why)) => html! { <p class="warning">{ why.clone() }</p> },
                    Some(Ok(draft)) => draft_table(draft, *guessed),
                } }
            </section>
            <div class="buttons">
                <button type="button" class="primary" data-command="assign-now" disabled={!is_ready} onclick={on_assign.reform(|_: MouseEvent| ())}>{ "Assign" }</button>
            </div>
            { said(*outcome) }
            if !links.is_empty() {
                <section class="to-send" aria-label="Links">
                    <h3>{ "Links to send" }</h3>
                    <textarea readonly=true dir="ltr" spellcheck="false" rows={links.lines().count().min(6).to_string()} aria-label="A link for each annotator" data-assign="links" value={links.to_string()} />
                    <div class="buttons"><button type="button" data-command="copy-links" onclick={on_copy.reform(|_: MouseEvent| ())}>{ "Copy the links" }</button></div>
                </section>
            }
            <p class="hint-text">{ "Each person’s list shows what they are to read, in their order. Longer articles go first to those who have least to read, so that all get about as many words; the same seed draws the same again. This is no lock: whoever has the file can read all of it." }</p>
        </div>
    }
}

fn draft_table(draft: &Draft, guessed: usize) -> Html {
    let has_before = draft.rows.iter().any(|row| row.before > 0);
    let shared = |row: &DraftRow| match row.shared {
        None => "–".to_owned(),
        Some((least, most)) if least == most => least.to_string(),
        Some((least, most)) => format!("{least}–{most}"),
    };
    html! {
        <>
            <div class="scroll"><table class="parting" data-list="shares">
                <thead><tr>
                    <th scope="col">{ "Name" }</th>
                    if has_before { <th scope="col">{ "Has now" }</th> }
                    <th scope="col">{ "Gets" }</th><th scope="col">{ "Words" }</th><th scope="col">{ "Shared with each" }</th>
                </tr></thead>
                <tbody>
                    { for draft.rows.iter().map(|row| html! {
                        <tr key={row.name.to_string()}>
                            <th scope="row" dir="auto">{ &*row.name }</th>
                            if has_before { <td>{ if row.before == 0 { "–".to_owned() } else { format!("{}, {} done", row.before, row.done) } }</td> }
                            <td>{ row.articles }</td><td>{ grouped(row.words) }</td><td>{ shared(row) }</td>
                        </tr>
                    }) }
                </tbody>
            </table></div>
            if guessed > 0 { <p class="hint-text">{ format!("{} not on this device: counted as long as the others are on average.", match guessed { 1 => "The text of 1 article is".to_owned(), many => format!("The texts of {many} articles are") }) }</p> }
            if draft.left > 0 { <p class="hint-text">{ format!("{} would be assigned to nobody.", counted(draft.left, "article")) }</p> }
        </>
    }
}
