//! The project in pictures: how far it is, and who takes which stance.

use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_shelf;
use super::dialogs::Modal;
use super::words::counted;
use crate::browser;
use crate::model::{AnnotatorId, Status};
use crate::session::{Action, ArticleBar, Evidence, MOST_BARS, Matrix, Progress, TeamRow, progress, stance_matrix, team};

#[derive(Properties, PartialEq)]
pub struct OverviewProps {
    /// Grows with every change of the project.
    pub revision: u64,
    pub on_close: Callback<()>,
}

#[component]
pub fn OverviewDialog(props: &OverviewProps) -> Html {
    let shelf = use_shelf();
    let state = shelf.latest.get();
    // Row and column of the matrix whose stances are listed.
    let chosen = use_state(|| None::<(usize, usize)>);
    let whose = use_state(|| None::<Whose>);
    let rows = team(&state);
    // Whoever was chosen may be gone.
    let now = (*whose).clone().filter(|whose| rows.iter().any(|row| whose.is(row))).unwrap_or_else(|| Whose::Of(state.annotator.clone()));
    let shown = match &now {
        Whose::Of(annotator) => rows.iter().find(|row| row.annotator == *annotator),
        Whose::Everybody => None,
    };
    let matrix = stance_matrix(&state);
    let go = {
        let act = shelf.act.clone();
        move |actions: Vec<Action>| {
            let act = act.clone();
            Callback::from(move |_: MouseEvent| {
                act.emit(Action::Dialog(None));
                actions.iter().cloned().for_each(|action| act.emit(action));
            })
        }
    };
    html! {
        <Modal title="Overview" on_close={props.on_close.clone()}>
            <div class="overview">
                if rows.len() > 1 {
                    { chooser(&rows, &now, &whose) }
                } else {
                    <span hidden=true></span>
                }
                { match shown {
                    Some(row) => one(row, &progress(&state, &row.annotator), &go),
                    None => everybody(&rows, &whose),
                } }
                <section aria-label="Stances">
                    <h3>{ "Who takes which stance" }</h3>
                    { matrix_picture(&matrix, &chosen) }
                    if let Some((row, column)) = *chosen { { evidence(&matrix, row, column, &go) } }
                </section>
            </div>
        </Modal>
    }
}

/// Whose progress is shown.
#[derive(Clone, PartialEq)]
pub enum Whose {
    Of(AnnotatorId),
    Everybody,
}

impl Whose {
    fn is(&self, row: &TeamRow) -> bool {
        match self {
            Self::Of(annotator) => row.annotator == *annotator,
            Self::Everybody => true,
        }
    }
}

/// The value of the list's entry for all; no id has a space.
const EVERYBODY: &str = "every body";

fn chooser(rows: &[TeamRow], now: &Whose, whose: &UseStateHandle<Option<Whose>>) -> Html {
    let onchange = {
        let whose = whose.clone();
        Callback::from(move |event: Event| {
            let value = browser::target_of(&event).map(|field| browser::value_of(&field)).unwrap_or_default();
            whose.set(Some(AnnotatorId::new(&value).map_or(Whose::Everybody, Whose::Of)));
        })
    };
    html! {
        <p class="frame-filter">
            <select aria-label="Whose progress" data-field="whose-progress" {onchange}>
                { for rows.iter().map(|row| html! { <option key={row.annotator.to_string()} value={row.annotator.to_string()} selected={*now == Whose::Of(row.annotator.clone())}>{ &*row.called }</option> }) }
                <option value={EVERYBODY} selected={*now == Whose::Everybody}>{ "everybody" }</option>
            </select>
        </p>
    }
}

/// How far one annotator is.
fn one(row: &TeamRow, progress: &Progress, go: &impl Fn(Vec<Action>) -> Callback<MouseEvent>) -> Html {
    let (title, types, none) = match row.own {
        true => ("Your progress".to_owned(), "Your annotations by type".to_owned(), "No annotation of yours yet."),
        false => (
            format!("Progress of {}", row.name),
            format!("Annotations of {} by type", row.name),
            "No annotation yet of which the day is known.",
        ),
    };
    html! {
        <>
            <section aria-label="Progress">
                <h3 dir="auto">{ title }</h3>
                { articles_picture(progress) }
                <ul class="bars" data-list="articles-progress">
                    { for progress.each.iter().map(|bar| article_bar(bar, go)) }
                </ul>
                if progress.articles.iter().sum::<usize>() > MOST_BARS { <p class="hint-text">{ format!("The first {MOST_BARS} articles.") }</p> }
            </section>
            <section aria-label="Types"><h3 dir="auto">{ types }</h3>{ counts(progress.types.iter().map(|(name, color, count)| (name.clone(), color.as_str(), *count)).collect()) }</section>
            <section aria-label="Days">
                <h3>{ "By day" }</h3>
                if progress.days.is_empty() { <p class="hint-text">{ none }</p> }
                { counts(progress.days.iter().map(|(day, count)| (day.clone(), "blue", *count)).collect()) }
                if progress.unknown > 0 { <p class="hint-text">{ format!("Types, days and stances are counted in the articles that are in memory; {} are not.", counted(progress.unknown, "article")) }</p> }
            </section>
        </>
    }
}

/// Everybody in a row each; a name leads to that annotator's progress.
fn everybody(rows: &[TeamRow], whose: &UseStateHandle<Option<Whose>>) -> Html {
    let choose = {
        let whose = whose.clone();
        Callback::from(move |annotator: AnnotatorId| whose.set(Some(Whose::Of(annotator))))
    };
    html! {
        <section aria-label="Progress">
            <h3>{ "Everybody’s progress" }</h3>
            { team_table(rows, &choose) }
        </section>
    }
}

pub fn team_table(rows: &[TeamRow], choose: &Callback<AnnotatorId>) -> Html {
    html! {
        <div class="matrix-scroll" tabindex="0" role="region" aria-label="Everybody’s progress">
            <table class="team" data-list="team">
                <thead>
                    <tr><th scope="col" rowspan="2">{ "Annotator" }</th><th scope="colgroup" colspan="3">{ "Articles" }</th><th scope="colgroup" colspan="2">{ "Annotations" }</th></tr>
                    <tr><th scope="col">{ "done" }</th><th scope="col">{ "in progress" }</th><th scope="col">{ "new" }</th><th scope="col">{ "all" }</th><th scope="col">{ "unfinished" }</th></tr>
                </thead>
                <tbody>
                    { for rows.iter().map(|row| {
                        let annotator = row.annotator.clone();
                        let [new, begun, done] = row.articles;
                        html! {
                            <tr key={row.annotator.to_string()} data-worker={row.annotator.to_string()}>
                                <th scope="row"><button type="button" class="link" onclick={choose.reform(move |_: MouseEvent| annotator.clone())}><bdi>{ &*row.called }</bdi></button>if let Some(mark) = &row.mark { { " " }<span class="who-mark">{ &**mark }</span> }</th>
                                <td>{ done }</td><td>{ begun }</td><td>{ new }</td><td>{ row.finished + row.unfinished }</td><td>{ row.unfinished }</td>
                            </tr>
                        }
                    }) }
                </tbody>
            </table>
        </div>
    }
}

/// A bar of new, begun and finished articles.
fn articles_picture(progress: &Progress) -> Html {
    let [new, begun, done] = progress.articles;
    let total = (new + begun + done).max(1);
    let said = format!(
        "{} done, {begun} in progress, {new} new; {} finished, {} unfinished",
        counted(done, "article"),
        counted(progress.finished, "annotation"),
        progress.unfinished
    );
    html! {
        <>
            <svg class="bar-picture" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                { piece(0.0, share(done, total), "done") }
                { piece(share(done, total), share(begun, total), "begun") }
            </svg>
            <p data-progress="">{ said }</p>
        </>
    }
}

fn article_bar(bar: &ArticleBar, go: &impl Fn(Vec<Action>) -> Callback<MouseEvent>) -> Html {
    let total = (bar.finished + bar.unfinished).max(1);
    let status = match bar.status {
        Status::New => "new",
        Status::InProgress => "in progress",
        Status::Done => "done",
    };
    html! {
        <li key={bar.article.to_string()}>
            <button type="button" onclick={go(vec![Action::OpenArticle(bar.article.clone())])}>
                <bdi class="label">{ &*bar.label }</bdi>
                <svg class="bar-picture" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    { piece(0.0, share(bar.finished, total), "done") }
                    { piece(share(bar.finished, total), share(bar.unfinished, total), "open") }
                </svg>
                <small>{ format!("{status} · {} finished, {} not", bar.finished, bar.unfinished) }</small>
            </button>
        </li>
    }
}

/// A bar for each count, in proportion to the largest.
fn counts(counts: Vec<(Rc<str>, &'static str, usize)>) -> Html {
    let most = counts.iter().map(|(.., count)| *count).max().unwrap_or_default().max(1);
    html! {
        <table class="counts"><tbody>
            { for counts.iter().enumerate().map(|(n, (name, color, count))| html! {
                <tr key={n}>
                    <th scope="row" dir="auto">{ &**name }</th>
                    <td class={format!("ink-{color}")}><svg class="bar-picture" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{ piece(0.0, share(*count, most), "ink") }</svg></td>
                    <td>{ *count }</td>
                </tr>
            }) }
        </tbody></table>
    }
}

/// In per cent.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

fn piece(from: f64, width: f64, class: &'static str) -> Html {
    html! { <rect {class} x={format!("{from:.2}")} y="0" width={format!("{width:.2}")} height="6" /> }
}

fn matrix_picture(matrix: &Matrix, chosen: &UseStateHandle<Option<(usize, usize)>>) -> Html {
    if matrix.rows.is_empty() {
        return html! { <p class="hint-text">{ "Stances appear here with who holds them." }</p> };
    }
    let most = matrix.rows.iter().flat_map(|row| &row.cells).map(Vec::len).max().unwrap_or_default().max(1);
    html! {
        <div class="matrix-scroll" tabindex="0" role="region" aria-label="Who takes which stance">
            <table class="matrix">
                <thead><tr><th scope="col">{ "Holder" }</th>{ for matrix.columns.iter().enumerate().map(|(n, (mark, name, color))| html! { <th scope="col" key={n} class={color.map(|color| format!("ink-{}", color.as_str()))}>{ mark.map(|mark| format!("{mark} ")).unwrap_or_default() }<span class={mark.map(|_| "column-name")}>{ &**name }</span></th> }) }</tr></thead>
                <tbody>
                    { for matrix.rows.iter().enumerate().map(|(row, of)| html! {
                        <tr key={row}>
                            <th scope="row" dir="auto">{ of.holder.as_deref().unwrap_or("nobody yet") }</th>
                            { for of.cells.iter().enumerate().map(|(column, cell)| {
                                let on = **chosen == Some((row, column));
                                let chosen = chosen.clone();
                                let color = matrix.columns[column].2.map(|color| format!("ink-{}", color.as_str()));
                                html! {
                                    <td key={column} class={color}>
                                        if !cell.is_empty() {
                                            // Its area says how many, and the figure says it too.
                                            <button type="button" data-cell={format!("{row}-{column}")} aria-expanded={on.to_string()} onclick={move |_: MouseEvent| chosen.set((!on).then_some((row, column)))}>
                                                <svg class="dot-picture" viewBox="-10 -10 20 20" aria-hidden="true"><circle class="ink" r={format!("{:.2}", 9.0 * (cell.len() as f64 / most as f64).sqrt())} /></svg>{ cell.len() }
                                            </button>
                                        }
                                    </td>
                                }
                            }) }
                        </tr>
                    }) }
                </tbody>
            </table>
        </div>
    }
}

fn evidence(matrix: &Matrix, row: usize, column: usize, go: &impl Fn(Vec<Action>) -> Callback<MouseEvent>) -> Html {
    let Some(cell) = matrix.rows.get(row).and_then(|row| row.cells.get(column)) else { return html! {} };
    html! {
        <ul class="evidence" data-list="evidence">
            { for cell.iter().enumerate().map(|(n, of): (usize, &Evidence)| html! {
                <li key={n}>
                    <button type="button" onclick={go(vec![Action::OpenArticle(of.article.clone()), Action::Focus(Some(of.stance.clone()))])}>
                        <q dir="auto">{ &*of.quote }</q>
                        if !of.targets.is_empty() { <span>{ " towards " }<bdi>{ &*of.targets }</bdi></span> }
                        <small dir="auto">{ &*of.label }</small>
                    </button>
                </li>
            }) }
        </ul>
    }
}
