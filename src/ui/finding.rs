//! Searching the texts, and tagging what was found.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::{use_shelf, with_articles};
use super::dialogs::Modal;
use super::words::counted;
use crate::analysis::Met;
use crate::browser::{self, HtmlInputElement, JsCast};
use crate::edit::{Command, Frame};
use crate::model::{AnnotationType, ArticleId, OriginKind, TypeId};
use crate::order::Gather;
use crate::session::{Action, Findings, Hit, LONGEST_QUERY, MOST_HITS, Search, Seed, Tally};
use crate::text::{Query, Stretch};

/// Hits drawn at first, and with each "more".
const PAGE_OF_HITS: usize = 100;
/// Milliseconds without a key until the search begins.
const TYPING: u32 = 150;

/// What was looked for last, and what was to be tagged as what.
#[derive(Default)]
pub struct LastFind {
    search: Search,
    as_type: Option<TypeId>,
}

#[derive(Properties)]
pub struct FindingProps {
    pub seed: Rc<Seed>,
    /// What the next time begins with.
    pub last: Rc<RefCell<LastFind>>,
    pub on_close: Callback<()>,
}

impl PartialEq for FindingProps {
    fn eq(&self, other: &Self) -> bool {
        self.seed == other.seed && Rc::ptr_eq(&self.last, &other.last) && self.on_close == other.on_close
    }
}

/// How far the search is.
#[derive(Clone, PartialEq)]
enum Found {
    /// So many articles are done.
    Looking(usize),
    Done(Rc<Findings>),
    Failed(Rc<str>),
}

#[component]
pub fn Finding(props: &FindingProps) -> Html {
    let shelf = use_shelf();
    let state = shelf.latest.get();
    let scheme = state.store.scheme().clone();
    let given = props.seed.given.as_ref();
    let search = use_state(|| first_search(&props.seed, &props.last.borrow().search));
    let found = use_state(|| Found::Done(Rc::default()));
    // `None` for the frame that was given, or else the scheme's first type.
    let chosen_type = use_state(|| {
        let last = props.last.borrow().as_type.clone().filter(|last| given.is_none() && scheme.type_of(last).is_some());
        last.or_else(|| given.is_none().then(|| state.focused().map(|annotation| annotation.type_id.clone())).flatten())
    });
    let turned = use_state(|| Rc::new(BTreeSet::<usize>::new()));
    let drawn = use_state(|| PAGE_OF_HITS);
    let at = use_state(|| 0_usize);
    {
        let (shelf, found, turned, drawn, at) = (shelf.clone(), found.clone(), turned.clone(), drawn.clone(), at.clone());
        let (last, is_for_given) = (props.last.clone(), given.is_some());
        use_effect_with((*search).clone(), move |search| {
            // How an annotation's own words are looked for is no choice of the person's.
            match is_for_given {
                true => last.borrow_mut().search.everywhere = search.everywhere,
                false => last.borrow_mut().search = search.clone(),
            }
            let search = search.clone();
            // What is dropped when the search changes: whoever waits for it is gone then.
            let waits = Rc::new(());
            let waiting = Rc::downgrade(&waits);
            let begin = browser::after(if search.query.words.is_empty() { 0 } else { TYPING }, move || {
                browser::spawn_local(async move {
                    let heard = |done| {
                        let waited = waiting.upgrade().is_some();
                        if waited && done > 0 && search.everywhere {
                            found.set(Found::Looking(done));
                        }
                        waited
                    };
                    let result = match search.query.words.trim().is_empty() {
                        true => Ok(Some(Findings::default())),
                        false => browser::find_all(&search, || shelf.latest.get(), &shelf.storage, heard).await,
                    };
                    if waiting.upgrade().is_none() {
                        return;
                    }
                    turned.set(Rc::default());
                    drawn.set(PAGE_OF_HITS);
                    at.set(0);
                    match result {
                        Ok(findings) => found.set(Found::Done(Rc::new(findings.unwrap_or_default()))),
                        Err(why) => found.set(Found::Failed(why.into())),
                    }
                });
            });
            move || drop((begin, waits))
        });
    }
    // What was looked for last stands there, to be typed over.
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                browser::focus_and_select(&field);
            }
        });
    }
    let change = {
        let search = search.clone();
        move |change: &dyn Fn(&mut Search)| {
            let mut next = (*search).clone();
            change(&mut next);
            search.set(next);
        }
    };
    let oninput = {
        let change = change.clone();
        Callback::from(move |event: InputEvent| {
            let words = event.target_unchecked_into::<HtmlInputElement>().value();
            change(&|search| search.query.words = words.as_str().into());
        })
    };
    let toggle = |name: &'static str, label: String, on: bool, set: fn(&mut Search, bool)| {
        let change = change.clone();
        let onchange = Callback::from(move |event: Event| {
            let on = event.target_unchecked_into::<HtmlInputElement>().checked();
            change(&|search| set(search, on));
        });
        html! { <label><input type="checkbox" data-find={name} checked={on} {onchange} />{ label }</label> }
    };
    let as_type = chosen_type.as_ref().or(given.map(|given| &given.frame.type_id)).or(scheme.types.first().map(|of| &of.id)).cloned();
    let of = as_type.as_ref().and_then(|id| scheme.type_of(id));
    let frame = match (given, &*chosen_type) {
        (Some(given), None) => Some(given.frame.clone()),
        _ => of.map(|of| Rc::new(Frame::bare(of.id.clone()))),
    };
    let nothing = Rc::new(Findings::default());
    let findings = match &*found {
        Found::Done(findings) => findings,
        _ => &nothing,
    };
    let tally = as_type.as_ref().map(|type_id| findings.tally(type_id, &turned)).unwrap_or_default();
    let tag = {
        let (shelf, findings, turned) = (shelf.clone(), findings.clone(), turned.clone());
        let places = as_type.as_ref().map(|type_id| findings.places(type_id, &turned)).unwrap_or_default();
        Callback::from(move |()| {
            if let Some(frame) = frame.clone().filter(|_| !places.is_empty()) {
                let command = Command::TagAlike { frame, places: places.clone(), origin: OriginKind::Propagated };
                let articles: BTreeSet<ArticleId> = places.iter().map(|place| place.article.clone()).gather();
                with_articles(&shelf, articles.into_iter().collect(), vec![Action::Dialog(None), Action::Run(command)]);
            }
        })
    };
    let go = {
        let shelf = shelf.clone();
        Callback::from(move |(article, words): (ArticleId, Stretch)| {
            with_articles(&shelf, vec![article.clone()], vec![Action::Dialog(None), Action::GoTo { article, words }]);
        })
    };
    let turn = {
        let turned = turned.clone();
        Callback::from(move |n: usize| {
            let mut next = (**turned).clone();
            if !next.remove(&n) {
                next.insert(n);
            }
            turned.set(Rc::new(next));
        })
    };
    let turn_all = |chosen: bool| {
        let (turned, findings, as_type) = (turned.clone(), findings.clone(), as_type.clone());
        move |_: MouseEvent| {
            if let Some(type_id) = &as_type {
                turned.set(Rc::new(findings.turned_for_all(type_id, chosen)));
            }
        }
    };
    let shown = (*drawn).min(tally.hits);
    let onkeydown = {
        let (tag, at) = (tag.clone(), at.clone());
        Callback::from(move |event: KeyboardEvent| {
            let in_list = browser::target_of(&event).is_some_and(|target| target.closest("[data-list=hits]").ok().flatten().is_some());
            let next = match event.key().as_str() {
                "Enter" if event.ctrl_key() || event.meta_key() => {
                    event.prevent_default();
                    return tag.emit(());
                }
                "ArrowDown" if in_list => *at + 1,
                "ArrowUp" if in_list => at.saturating_sub(1),
                "ArrowDown" | "Enter" if is_field(&event) => *at,
                _ => return,
            };
            event.prevent_default();
            let next = next.min(shown.saturating_sub(1));
            browser::focus(&format!("[data-row=\"{next}\"]"));
            at.set(next);
        })
    };
    let on_type = {
        let (chosen_type, turned, last) = (chosen_type.clone(), turned.clone(), props.last.clone());
        let is_for_given = given.is_some();
        Callback::from(move |event: Event| {
            // Options are known by their places; what is given comes before the scheme's types.
            let value = browser::target_of(&event).map(|select| browser::value_of(&select)).unwrap_or_default();
            let chosen = TypeId::new(&value);
            if !is_for_given {
                last.borrow_mut().as_type = chosen.clone();
            }
            chosen_type.set(chosen);
            turned.set(Rc::default());
        })
    };
    let all = state.listed().len();
    let query = &search.query;
    let title = given.map_or_else(|| "Find in the texts".to_owned(), |_| "Tag every place that says the same".to_owned());
    html! {
        <Modal {title} on_close={props.on_close.clone()}>
            <div class="finding" {onkeydown}>
                <input ref={field} class="search" type="search" dir="auto" autofocus=true placeholder="Words, or part of a word" aria-label="Words to find" maxlength={LONGEST_QUERY.to_string()} data-find="words" value={query.words.to_string()} {oninput} />
                <div class="options" role="group" aria-label="How to find">
                    { toggle("whole", "Whole words".to_owned(), query.whole, |search, on| search.query.whole = on) }
                    { toggle("case", "Same case".to_owned(), query.case, |search, on| search.query.case = on) }
                    if !search.pattern { { toggle("marks", "Same accents".to_owned(), query.marks, |search, on| search.query.marks = on) } }
                    { toggle("pattern", "Regular expression".to_owned(), search.pattern, |search, on| search.pattern = on) }
                    if all > 1 { { toggle("everywhere", format!("In all {all} articles"), search.everywhere, |search, on| search.everywhere = on) } }
                </div>
                { outcome(&found, &search, &tally, of, all) }
                if tally.hits > 0 {
                    <div class="tagging">
                        <select aria-label="Tag as" data-find="type" onchange={on_type}>
                            if let Some(given) = given {
                                <option value="" selected={chosen_type.is_none()}>{ format!("{}, like the one chosen", scheme.type_of(&given.frame.type_id).map_or("?", |of| &of.name)) }</option>
                            }
                            { for scheme.types.iter().map(|of| {
                                let selected = given.is_none() && as_type.as_ref() == Some(&of.id) || chosen_type.as_ref() == Some(&of.id);
                                html! { <option value={of.id.to_string()} {selected}>{ &*of.name }</option> }
                            }) }
                        </select>
                        <button type="button" class="primary" data-command="tag-hits" title="Ctrl Enter" disabled={tally.chosen == 0} onclick={tag.reform(|_: MouseEvent| ())}>{ tag_label(&tally, of) }</button>
                        <span class="gap"></span>
                        <button type="button" class="quiet" data-command="all-hits" onclick={turn_all(true)}>{ "All" }</button>
                        <button type="button" class="quiet" data-command="no-hits" onclick={turn_all(false)}>{ "None" }</button>
                    </div>
                    if let Some(given) = given.filter(|given| chosen_type.is_none() && !given.says.is_empty()) {
                        <p class="hint-text" dir="auto">{ format!("Each gets {}.", given.says.join("; ")) }</p>
                    }
                    <p class="hint-text by-keys"><kbd>{ "Enter" }</kbd>{ " walks the places, and goes to one; " }<kbd>{ "Space" }</kbd>{ " chooses; " }<kbd>{ "Ctrl Enter" }</kbd>{ " tags" }</p>
                    <div data-list="hits">{ rows(findings, as_type.as_ref(), &turned, shown, *at, &Rows { turn, go }) }</div>
                    if shown < tally.hits {
                        <button type="button" class="wide-button" data-command="more-hits" onclick={let drawn = drawn.clone(); move |_: MouseEvent| drawn.set(*drawn + PAGE_OF_HITS)}>{ format!("Show {} of {} more", PAGE_OF_HITS.min(tally.hits - shown), tally.hits - shown) }</button>
                    }
                }
            </div>
        </Modal>
    }
}

/// What a search begins with: the words in hand, or else those of the last time.
fn first_search(seed: &Seed, last: &Search) -> Search {
    match &seed.given {
        // Names differ by case ("US", "us"), and parts of words are other words.
        Some(_) => Search {
            query: Query { words: seed.words.clone(), whole: true, case: true, marks: false },
            pattern: false,
            everywhere: last.everywhere,
        },
        None if seed.words.is_empty() => last.clone(),
        None => Search { query: Query { words: seed.words.clone(), ..last.query.clone() }, pattern: false, ..last.clone() },
    }
}

fn is_field(event: &KeyboardEvent) -> bool {
    browser::target_of(event).is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some_and(|input| input.type_() == "search"))
}

fn tag_label(tally: &Tally, of: Option<&AnnotationType>) -> String {
    format!("Tag {} as {}", tally.chosen, of.map_or("", |of| &of.name))
}

fn outcome(found: &Found, search: &Search, tally: &Tally, of: Option<&AnnotationType>, all: usize) -> Html {
    let said = match found {
        Found::Failed(why) => return html! { <p class="bad" role="alert" data-found="failed">{ &**why }</p> },
        Found::Looking(done) => format!("Looking … {done} of {all} articles"),
        Found::Done(_) if search.query.words.trim().is_empty() => String::new(),
        Found::Done(findings) if findings.is_empty() => {
            format!("Nothing of this is in {}{}.", if search.everywhere { "any article" } else { "this article" }, unread(findings))
        }
        Found::Done(findings) => {
            let mut said = if findings.more {
                format!("The first {},{:03} places", MOST_HITS / 1_000, MOST_HITS % 1_000)
            } else {
                counted(tally.hits, "place")
            };
            if search.everywhere {
                said.push_str(&format!(" in {}", counted(findings.articles.len(), "article")));
            }
            let name = of.map_or("", |of| &of.name);
            if tally.tagged > 0 {
                said.push_str(&format!("; {} tagged as {name} already", tally.tagged));
            }
            if tally.overlapping > 0 {
                said.push_str(&format!("; {} sharing words with another {name}", tally.overlapping));
            }
            said + &unread(findings) + "."
        }
    };
    let done = matches!(found, Found::Done(_)).then_some("done");
    html! { <p class="hint-text" role="status" data-found={done}>{ said }</p> }
}

fn unread(findings: &Findings) -> String {
    let told = |count: usize, what: &str| if count == 0 { String::new() } else { format!("; {} {what}", counted(count, "article")) };
    told(findings.unread, "could not be read") + &told(findings.elsewhere, "not searched, since the text is not on this device")
}

/// What can be done with a hit.
struct Rows {
    turn: Callback<usize>,
    go: Callback<(ArticleId, Stretch)>,
}

/// The first `shown` hits, article by article. One of them, `at`, is what Tab comes to.
fn rows(findings: &Findings, as_type: Option<&TypeId>, turned: &BTreeSet<usize>, shown: usize, at: usize, can: &Rows) -> Html {
    let mut n = 0;
    let mut parts = Vec::new();
    for found in &findings.articles {
        if n >= shown {
            break;
        }
        let first = n;
        let lines = found.hits.iter().take(shown - n).map(|hit| {
            let number = n;
            n += 1;
            row(hit, number, as_type, turned.contains(&number), number == at, &found.article, can)
        });
        let lines: Vec<Html> = lines.collect();
        parts.push(html! {
            <section key={found.article.to_string()} aria-label={found.label.to_string()}>
                <h3><bdi>{ &*found.label }</bdi>{ format!(" · {}", found.hits.len()) }</h3>
                <ul class="hits" data-first={first.to_string()}>{ lines }</ul>
            </section>
        });
    }
    parts.into_iter().collect()
}

fn row(hit: &Hit, n: usize, as_type: Option<&TypeId>, turned: bool, reached: bool, article: &ArticleId, can: &Rows) -> Html {
    let met = as_type.and_then(|type_id| hit.met(type_id));
    let chosen = as_type.is_some_and(|type_id| hit.is_chosen(type_id, turned));
    let go = {
        let place = (article.clone(), hit.stretch);
        can.go.reform(move |()| place.clone())
    };
    let tab = if reached { "0" } else { "-1" };
    let box_ = if met == Some(Met::Same) {
        html! { <span class="tick" aria-hidden="true">{ "✓" }</span> }
    } else {
        let on_key = {
            let go = go.clone();
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Enter" && !event.ctrl_key() && !event.meta_key() {
                    event.prevent_default();
                    event.stop_propagation();
                    go.emit(());
                }
            })
        };
        html! {
            <input type="checkbox" data-row={n.to_string()} tabindex={tab} checked={chosen} aria-label={format!("Tag “{}”: {}{}{}", hit.words, hit.before, hit.words, hit.after)}
                onchange={can.turn.reform(move |_: Event| n)} onkeydown={on_key} />
        }
    };
    let tagged = met == Some(Met::Same);
    html! {
        <li key={n}>
            { box_ }
            <button type="button" dir="auto" data-hit={n.to_string()} data-row={tagged.then(|| n.to_string())} tabindex={if tagged { tab } else { "-1" }} title="Go there" onclick={go.reform(|_: MouseEvent| ())}>
                { &*hit.before }<mark>{ &*hit.words }</mark>{ &*hit.after }
            </button>
            if let Some(met) = met { <small>{ if met == Met::Same { "tagged so" } else { "overlaps" } }</small> }
        </li>
    }
}
