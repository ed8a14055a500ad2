use std::rc::Rc;

use yew::prelude::*;

use super::carrying::filler_mark;
use super::desk::{IntentButton, use_hands};
use crate::browser::{HtmlInputElement, pick};
use crate::model::{EntityId, Filler, Status};
use crate::session::{Action, ArticleItem, ArticleList, Intent, IntentView, LayerItem, Listing, MorePages, PAGE_OF_ARTICLES};

#[derive(Properties, PartialEq)]
pub struct ArticlesProps {
    pub list: ArticleList,
    /// All articles of the project, filtered or not.
    pub total: usize,
    pub done: usize,
    /// Where articles are assigned to the person at the desk.
    pub assigned: Option<AssignedView>,
    /// The lead's; `None` at an annotator's desk.
    pub assign: Option<IntentView>,
    pub layers: Vec<LayerItem>,
    /// Entities with the number of their mentions in the open article.
    pub entities: Vec<(EntityId, Rc<str>, usize)>,
    /// Own mentions that could be tied to an entity and are not.
    pub untied: usize,
    /// The key that asks who they are.
    pub untied_key: Option<AttrValue>,
    pub filter: AttrValue,
    pub on_filter: Callback<String>,
    /// Draws another page of a long list.
    pub on_more: Callback<Side>,
    pub on_files: Callback<Vec<crate::browser::Chosen>>,
    pub import: IntentView,
    pub add_text: IntentView,
    pub annotator: IntentView,
    pub open: bool,
    /// Closes the drawer, where the list is one.
    pub on_leave: Callback<()>,
}

/// What the system's own dialog shows first; any file can be chosen in it, and is judged by what stands in it.
const ACCEPTED: &str = ".txt,.md,.html,.htm,.json,.jsonl,.ndjson,.jsonld,.ann,.conf,.csv,.tsv,.conll,.iob,.iob2,.bio,.xml,.zip,text/plain,text/html,text/markdown,application/json,application/zip";

/// What is said of a list of assigned articles.
#[derive(Clone, Debug, PartialEq)]
pub struct AssignedView {
    /// How many are assigned.
    pub own: usize,
    /// How many there are in the project, where all may be listed.
    pub all: Option<usize>,
    pub listing: Listing,
}

/// A side of the part of the list that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Earlier,
    Later,
}

impl Side {
    /// One page more on this side.
    pub fn further(self, pages: MorePages) -> MorePages {
        match self {
            Self::Earlier => MorePages { earlier: pages.earlier + 1, ..pages },
            Self::Later => MorePages { later: pages.later + 1, ..pages },
        }
    }
}

/// The left column: articles, whose work is shown, entities.
#[component]
pub fn Articles(props: &ArticlesProps) -> Html {
    let hands = use_hands();
    let oninput = props.on_filter.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let onchange = props.on_files.reform(|event: Event| pick(&event));
    let ask_next = format!("Say who the next one is{}", props.untied_key.as_ref().map(|key| format!(" ({key})")).unwrap_or_default());
    html! {
        <nav class={classes!("left", props.open.then_some("open"))} aria-label="Articles and layers">
            <div class="tools">
                <input class="search" type="search" placeholder="Filter articles" aria-label="Filter articles" value={props.filter.clone()} {oninput} />
                <IntentButton view={props.import.clone()} class="add">{ "Add" }</IntentButton>
                <IntentButton view={props.add_text.clone()} class="add more">{ "▾" }</IntentButton>
                <input type="file" data-command="import" multiple=true hidden=true accept={ACCEPTED} aria-label="Add files" {onchange} />
            </div>
            <section>
                <div class="section-head">
                    <h2>{ format!("Articles · {} of {} done", props.done, props.total) }</h2>
                    if let Some(assign) = &props.assign { <IntentButton view={assign.clone()} class="quiet">{ "Assign" }</IntentButton> }
                </div>
                if let Some(assigned) = &props.assigned { { assigned_view(assigned, &hands.act) } }
                if props.list.items.is_empty() {
                    <p class="hint-text">
                        { if props.total == 0 { "Drop texts, web pages, tables of articles or another program’s files anywhere on this page, or paste a text." } else { "No article matches the filter." } }
                    </p>
                } else {
                    { more(props.list.before, PAGE_OF_ARTICLES, "articles", Side::Earlier, &props.on_more) }
                    <ul>{ for props.list.items.iter().map(|item| html! { <Item key={item.id.to_string()} item={item.clone()} on_leave={props.on_leave.clone()} /> }) }</ul>
                    { more(props.list.after, PAGE_OF_ARTICLES, "articles", Side::Later, &props.on_more) }
                }
            </section>
            <section>
                <div class="section-head">
                    <h2>{ "Whose work" }</h2>
                    if props.layers.len() > 1 {
                        <button type="button" class="quiet" data-command="compare" title="Compare two annotators, side by side" onclick={hands.perform.reform(|_: MouseEvent| Intent::Compare)}>{ "Compare" }</button>
                    }
                </div>
                <ul class="layers">
                    { for props.layers.iter().map(|layer| {
                        let toggle = { let annotator = layer.annotator.clone(); hands.act.reform(move |_: Event| Action::ToggleLayer(annotator.clone())) };
                        let remove = { let annotator = layer.annotator.clone(); hands.perform.reform(move |_: MouseEvent| Intent::RemoveLayer(annotator.clone())) };
                        html! {
                            <li key={layer.annotator.to_string()}>
                                <label title={if layer.own { "Your own work" } else { "Show or hide this annotator’s work" }}>
                                    <input type="checkbox" checked={layer.shown} onchange={toggle} data-layer={layer.annotator.to_string()} />
                                    <span class="layer-name" dir="auto">{ &*layer.called }</span>
                                    if let Some(mark) = &layer.mark { <span class="who-mark" title="Marks this annotator’s work in the text">{ &**mark }</span> }
                                </label>
                                if layer.own {
                                    <IntentButton view={props.annotator.clone()} class="quiet">{ "name" }</IntentButton>
                                } else {
                                    <button type="button" class="quiet" onclick={remove} data-command="remove-layer" title="Remove this annotator’s work from the project (can be undone)">{ "remove" }</button>
                                }
                                <span class="count">{ layer.here }</span>
                            </li>
                        }
                    }) }
                </ul>
            </section>
            if !props.entities.is_empty() || props.untied > 0 {
                <section>
                    <div class="section-head"><h2>{ "Entities in this article" }</h2><button type="button" class="quiet" data-command="entities" onclick={hands.perform.reform(|_: MouseEvent| Intent::Entities)}>{ "All" }</button></div>
                    <ul>{ for props.entities.iter().map(|(id, name, count)| {
                        let entity = id.clone();
                        html! { <li key={id.to_string()}><button type="button" class="entity" title="Go to the next mention; drag it into a role" data-filler={filler_mark(&Filler::Entity(id.clone()))} data-mentioned={id.to_string()} onclick={hands.act.reform(move |_: MouseEvent| Action::StepMention { entity: Some(entity.clone()), forward: true })}><bdi>{ &**name }</bdi><span>{ count }</span></button></li> }
                    }) }</ul>
                    if props.untied > 0 {
                        <button type="button" class="entity untied" data-command="next-untied" title={ask_next} onclick={hands.perform.reform(|_: MouseEvent| Intent::NextUntied)}><bdi>{ "Tied to nobody" }</bdi><span>{ props.untied }</span></button>
                    }
                </section>
            }
        </nav>
    }
}

/// Says that the list is of what one is to read, and lets one see the others where that is allowed.
fn assigned_view(of: &AssignedView, act: &Callback<Action>) -> Html {
    let Some(all) = of.all else {
        return html! { <p class="hint-text assigned">{ "Assigned to you, in this order." }</p> };
    };
    let button = |listing: Listing, name: &'static str, label: String| {
        html! {
            <button type="button" data-command={name} aria-pressed={(of.listing == listing).to_string()} onclick={act.reform(move |_: MouseEvent| Action::List(listing))}>{ label }</button>
        }
    };
    html! {
        <div class="switch" role="group" aria-label="Which articles are listed">
            { button(Listing::Assigned, "list-assigned", format!("Yours · {}", of.own)) }
            { button(Listing::All, "list-all", format!("All · {all}")) }
        </div>
    }
}

/// The button to the next page on a side; nothing, but in its place, where there is none.
pub fn more(count: usize, page: usize, of: &str, side: Side, on_more: &Callback<Side>) -> Html {
    if count == 0 {
        return html! { <span hidden=true></span> };
    }
    let word = match side {
        Side::Earlier => "earlier",
        Side::Later => "later",
    };
    let name = format!("{word}-{of}");
    let onclick = on_more.reform(move |_: MouseEvent| side);
    html! { <button type="button" class="wide-button" data-command={name} {onclick}>{ if count > page { format!("Show {page} of {count} {word} {of}") } else { format!("Show {count} {word} {of}") } }</button> }
}

#[derive(Properties, PartialEq)]
struct ItemProps {
    item: ArticleItem,
    on_leave: Callback<()>,
}

#[component]
fn Item(props: &ItemProps) -> Html {
    let hands = use_hands();
    let item = &props.item;
    let onclick = {
        let (act, leave, id) = (hands.act.clone(), props.on_leave.clone(), item.id.clone());
        Callback::from(move |_: MouseEvent| {
            act.emit(Action::OpenArticle(id.clone()));
            leave.emit(());
        })
    };
    let mut facts: Vec<String> = item.publisher.iter().map(|publisher| publisher.to_string()).collect();
    facts.push(match (item.claims, item.annotations) {
        (0, 0) => "nothing of yours yet".to_owned(),
        (0, 1) => "1 annotation".to_owned(),
        (0, annotations) => format!("{annotations} annotations"),
        (1, _) => "1 claim".to_owned(),
        (claims, _) => format!("{claims} claims"),
    });
    if item.others > 0 {
        facts.push(format!("{} by others", item.others));
    }
    if item.unfinished > 0 {
        facts.push(format!("{} unfinished", item.unfinished));
    }
    if item.status == Status::Done {
        facts.push("✓ done".to_owned());
    }
    // An eighth at a time: widths are classes, since the page's policy allows no style attributes. Less than all is never drawn as all.
    let share = (item.finished * 8).checked_div(item.annotations).unwrap_or(0);
    let finished = match item.annotations {
        0 => None,
        all if item.finished == all => Some("Nothing of what is tagged is unfinished".to_owned()),
        all => Some(format!("{} of {all} annotations are finished", item.finished)),
    };
    html! {
        <li>
            <button type="button" class={classes!("article", item.open.then_some("on"))} aria-current={item.open.then_some("true")} data-open-article={item.id.to_string()} title={finished} {onclick}>
                <b dir="auto">{ &*item.label }</b>
                <small>{ facts.join(" · ") }</small>
                <span class="meter" aria-hidden="true"><i class={format!("share-{share}")}></i></span>
            </button>
        </li>
    }
}
