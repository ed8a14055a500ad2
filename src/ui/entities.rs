//! The register of entities: who they are, who is the same, and where they are mentioned.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Hands, use_hands, use_shelf};
use super::dialogs::Modal;
use super::words::counted;
use crate::browser::{self, HtmlInputElement};
use crate::edit::{Command, Mention, Portrait};
use crate::model::{AnnotationId, ArticleId, Entity, EntityId, EntityKind};
use crate::session::{Action, MentionView, Registered, State, mentions, register};

const KINDS: [(EntityKind, &str); 4] =
    [(EntityKind::Person, "Person"), (EntityKind::Group, "Group"), (EntityKind::Place, "Place"), (EntityKind::Other, "Other")];

/// Mentions and entities drawn at most; the rest is counted.
const MOST_DRAWN: usize = 200;

#[derive(Properties, PartialEq)]
pub struct EntitiesProps {
    /// The one that is open.
    pub open: Option<EntityId>,
    /// Grows with each change of the records.
    pub revision: u64,
    pub on_close: Callback<()>,
}

#[component]
pub fn Entities(props: &EntitiesProps) -> Html {
    let (hands, shelf) = (use_hands(), use_shelf());
    let filter = use_state(String::new);
    let state = shelf.latest.get();
    let listings = register(&state);
    if let Some(listing) = props.open.as_ref().and_then(|open| listings.iter().find(|listing| listing.entity.id == *open)) {
        let others: Vec<Rc<Entity>> =
            listings.iter().filter(|other| other.entity.id != listing.entity.id).map(|other| other.entity.clone()).collect();
        let found = mentions(&state, &listing.entity.id);
        return html! {
            <Modal title={listing.entity.name.to_string()} on_close={props.on_close.clone()} key={listing.entity.id.to_string()}>
                <One listing={listing.clone()} {others} mentions={found} labels={labels(&state)} />
            </Modal>
        };
    }
    let wanted = filter.trim().to_lowercase();
    let fits = |listing: &&Registered| {
        let entity = &listing.entity;
        std::iter::once(&entity.name).chain(&entity.aliases).any(|name| name.to_lowercase().contains(&wanted))
    };
    let found: Vec<&Registered> = listings.iter().filter(fits).collect();
    let oninput = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| filter.set(event.target_unchecked_into::<HtmlInputElement>().value()))
    };
    html! {
        <Modal title="Entities" on_close={props.on_close.clone()} key="entities">
            <input class="search" type="search" dir="auto" autofocus=true placeholder="Find a name" aria-label="Find a name" value={(*filter).clone()} {oninput} />
            if listings.is_empty() {
                <p class="hint-text">{ "Nobody yet. Choose a speaker in the text and press e: who it is becomes an entity." }</p>
            } else if found.is_empty() {
                <p class="hint-text">{ "Nobody has this name." }</p>
            }
            <ul class="palette" data-list="entities">
                { for found.iter().take(MOST_DRAWN).map(|listing| {
                    let open = listing.entity.id.clone();
                    html! {
                        <li key={open.to_string()}>
                            <button type="button" data-entity={open.to_string()} onclick={hands.act.reform(move |_: MouseEvent| opened(Some(&open)))}>
                                <bdi>{ &*listing.entity.name }</bdi><small dir="auto">{ listing.entity.aliases.join(", ") }</small><small class="count">{ listing.mentions }</small>
                            </button>
                        </li>
                    }
                }) }
            </ul>
            if found.len() > MOST_DRAWN { <p class="hint-text">{ format!("… and {} more: type part of a name", found.len() - MOST_DRAWN) }</p> }
        </Modal>
    }
}

fn opened(entity: Option<&EntityId>) -> Action {
    Action::Dialog(Some(crate::session::Dialog::Entities(entity.cloned())))
}

fn labels(state: &State) -> Rc<Vec<(ArticleId, Rc<str>)>> {
    let articles = state.catalogue.listed().iter().filter_map(|id| Some((id.clone(), state.catalogue.card(id)?.label.clone())));
    Rc::new(articles.collect())
}

#[derive(Properties, PartialEq)]
struct OneProps {
    listing: Registered,
    others: Vec<Rc<Entity>>,
    mentions: Vec<MentionView>,
    labels: Rc<Vec<(ArticleId, Rc<str>)>>,
}

/// One entity: what is known of it, whom it is the same as, and its mentions.
#[component]
fn One(props: &OneProps) -> Html {
    let hands = use_hands();
    let entity = &props.listing.entity;
    let form = use_node_ref();
    let chosen = use_state(BTreeSet::<Mention>::new);
    let save = {
        let (act, id, form) = (hands.act.clone(), entity.id.clone(), form.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let value = |name: &str| {
                let field = form.cast::<browser::Element>().and_then(|form| form.query_selector(&format!("[name={name}]")).ok().flatten());
                field.map(|field| browser::value_of(&field)).unwrap_or_default()
            };
            let kind = KINDS.iter().find(|(_, name)| *name == value("kind")).map_or(EntityKind::Other, |(kind, _)| *kind);
            let aliases = value("aliases").lines().map(str::to_owned).collect();
            let portrait = Portrait { name: value("name"), kind, aliases, description: value("description"), wikidata: value("wikidata") };
            act.emit(Action::Run(Command::Describe { entity: id.clone(), portrait }));
        })
    };
    let merge = {
        let (act, from) = (hands.act.clone(), entity.id.clone());
        Callback::from(move |event: Event| {
            let into = browser::target_of(&event).and_then(|select| EntityId::new(&browser::value_of(&select)));
            if let Some(into) = into {
                act.emit(Action::Run(Command::MergeEntities { from: from.clone(), into: into.clone() }));
                act.emit(opened(Some(&into)));
            }
        })
    };
    let split = {
        let (act, id, chosen) = (hands.act.clone(), entity.id.clone(), chosen.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let form = event.target_unchecked_into::<browser::Element>();
            let field = form.query_selector("input").ok().flatten();
            let name = field.map(|field| browser::value_of(&field)).unwrap_or_default();
            act.emit(Action::Run(Command::SplitEntity { entity: id.clone(), name, mentions: chosen.iter().cloned().collect() }));
            chosen.set(BTreeSet::new());
        })
    };
    html! {
        <div class="entity-page">
            <button type="button" class="quiet" data-command="all-entities" onclick={hands.act.reform(|_: MouseEvent| opened(None))}>{ "‹ All entities" }</button>
            <form ref={form} class="entity-form" onsubmit={save} key={format!("{entity:?}")}>
                <label>{ "Name" }<input name="name" type="text" dir="auto" value={entity.name.to_string()} /></label>
                <label>{ "Kind" }<select name="kind">{ for KINDS.iter().map(|(kind, name)| html! { <option value={*name} selected={entity.kind == *kind}>{ *name }</option> }) }</select></label>
                <label>{ "Other names, one a line" }<textarea name="aliases" rows="3" dir="auto" value={entity.aliases.join("\n")} /></label>
                <label>{ "Who or what it is" }<input name="description" type="text" dir="auto" value={entity.description.to_string()} /></label>
                <label>{ "Wikidata" }<input name="wikidata" type="text" placeholder="Q42" value={entity.wikidata.as_ref().map(ToString::to_string).unwrap_or_default()} /></label>
                <button type="submit" class="primary" data-command="save-entity">{ "Save" }</button>
            </form>
            if !props.others.is_empty() && !entity.id.is_author() {
                <label class="merge">{ "The same as" }
                    <select data-field="merge-into" onchange={merge}>
                        <option value="" selected=true>{ "…" }</option>
                        { for props.others.iter().map(|other| html! { <option key={other.id.to_string()} value={other.id.to_string()}>{ &*other.name }</option> }) }
                    </select>
                </label>
            }
            { for props.listing.merged.iter().map(|(id, name)| {
                let command = Command::PartEntities { entity: id.clone() };
                html! { <p key={id.to_string()} class="merged"><span>{ "Merged into this: " }<bdi>{ &**name }</bdi></span><button type="button" class="quiet" data-command="part-entity" onclick={hands.act.reform(move |_: MouseEvent| Action::Run(command.clone()))}>{ "Part them again" }</button></p> }
            }) }
            <h3>{ counted(props.mentions.len(), "mention") }</h3>
            { mention_list(&hands, props, &chosen) }
            if !chosen.is_empty() {
                <form class="naming split" onsubmit={split}>
                    <input type="text" dir="auto" aria-label="Name of the one that is split off" placeholder={format!("Who {} really is", if chosen.len() == 1 { "this" } else { "these" })} />
                    <button type="submit" class="primary" data-command="split-entity">{ format!("Split {} off", counted(chosen.len(), "mention")) }</button>
                </form>
            }
        </div>
    }
}

fn mention_list(hands: &Hands, props: &OneProps, chosen: &UseStateHandle<BTreeSet<Mention>>) -> Html {
    let row = |mention: &MentionView| {
        let key: (ArticleId, AnnotationId) = (mention.article.clone(), mention.id.clone());
        let go = {
            let (act, article, focus) = (hands.act.clone(), mention.article.clone(), mention.id.clone());
            Callback::from(move |_: MouseEvent| {
                act.emit(Action::Dialog(None));
                act.emit(Action::OpenArticle(article.clone()));
                act.emit(Action::Focus(Some(focus.clone())));
            })
        };
        let turn = {
            let (chosen, key) = (chosen.clone(), key.clone());
            Callback::from(move |_: Event| {
                let mut next = (*chosen).clone();
                if !next.remove(&key) {
                    next.insert(key.clone());
                }
                chosen.set(next);
            })
        };
        html! {
            <li key={format!("{} {}", mention.article, mention.id)}>
                if mention.own {
                    <input type="checkbox" data-mention={mention.id.to_string()} checked={chosen.contains(&key)} onchange={turn} aria-label={format!("Split off: {}{}{}", mention.before, mention.words, mention.after)} />
                } else {
                    <span class="tick" title="Another annotator’s"></span>
                }
                <button type="button" dir="auto" title="Go there" onclick={go}>{ &*mention.before }<mark>{ &*mention.words }</mark>{ &*mention.after }</button>
            </li>
        }
    };
    let mut last = None;
    let mut parts: Vec<Html> = Vec::new();
    for mention in props.mentions.iter().take(MOST_DRAWN) {
        if last.replace(&mention.article) != Some(&mention.article) {
            let label = props.labels.iter().find(|(id, _)| *id == mention.article).map(|(_, label)| label.clone()).unwrap_or_default();
            parts.push(html! { <li class="where" key={mention.article.to_string()}><bdi>{ &*label }</bdi></li> });
        }
        parts.push(row(mention));
    }
    html! {
        <>
            <ul class="hits" data-list="mentions">{ parts }</ul>
            if props.mentions.len() > MOST_DRAWN { <p class="hint-text">{ format!("… and {} more", props.mentions.len() - MOST_DRAWN) }</p> }
        </>
    }
}
