use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{self, Extent};
use crate::edit::{Command, Fate};
use crate::model::{ArticleId, TypeId};
use crate::session::{Action, Uses, remove_type};
use crate::ui::desk::{Shelf, use_shelf, with_articles};
use crate::ui::words::counted;

/// Articles counted between two looks at whether somebody still waits.
const AT_A_TIME: usize = 64;

#[derive(Properties, PartialEq)]
pub struct RemovingProps {
    pub type_id: TypeId,
    pub revision: u64,
    pub on_end: Callback<()>,
}

/// Asks what becomes of a type's annotations, which are counted in all articles.
#[component]
pub fn Removing(props: &RemovingProps) -> Html {
    let shelf = use_shelf();
    let uses = use_state(|| None::<Rc<Uses>>);
    let fate = use_state(|| "keep".to_owned());
    {
        let (shelf, uses, type_id) = (shelf.clone(), uses.clone(), props.type_id.clone());
        use_effect_with((props.type_id.clone(), props.revision), move |_| {
            let waits = Rc::new(());
            let waiting = Rc::downgrade(&waits);
            browser::spawn_local(async move {
                let counted = count(&shelf, &type_id, || waiting.upgrade().is_some()).await;
                if waiting.upgrade().is_some() {
                    uses.set(counted.map(Rc::new));
                }
            });
            move || drop(waits)
        });
    }
    let scheme = shelf.latest.get().store.scheme().clone();
    let Some(of) = scheme.type_of(&props.type_id) else {
        let undo = shelf.act.reform(|_: MouseEvent| Action::Undo);
        return html! {
            <p class="hint-text" role="status">{ "The type is removed. " }<button type="button" class="link" data-command="undo-removal" onclick={undo}>{ "Bring it back" }</button></p>
        };
    };
    let remove = {
        let (shelf, uses, fate, type_id) = (shelf.clone(), uses.clone(), fate.clone(), props.type_id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(uses) = &*uses else { return };
            let mut scheme = (**shelf.latest.get().store.scheme()).clone();
            remove_type(&mut scheme, &type_id);
            let fate = match fate.as_str() {
                "keep" => Fate::Keep,
                "delete" => Fate::Delete,
                other => TypeId::new(other).map_or(Fate::Keep, Fate::Convert),
            };
            let articles = if fate == Fate::Keep { Vec::new() } else { uses.articles.iter().cloned().collect() };
            let command = Command::SetScheme { scheme: Rc::new(scheme), fates: vec![(type_id.clone(), fate)] };
            with_articles(&shelf, articles, vec![Action::Run(command)]);
        })
    };
    let choice = |value: String, label: Html| {
        let (fate, on) = (fate.clone(), **fate == *value);
        let own = value.clone();
        html! {
            <label class="tick" key={value.clone()}><input type="radio" name="fate" value={value} checked={on} onchange={move |_: Event| fate.set(own.clone())} /><span>{ label }</span></label>
        }
    };
    let said = uses.as_ref().map(|uses| {
        let whose = match (uses.own, uses.others) {
            (_, 0) | (0, _) if uses.all() == 0 => String::new(),
            (_, 0) => ", all yours".to_owned(),
            (0, _) => ", all by others".to_owned(),
            (own, others) => format!(", {own} yours and {others} by others"),
        };
        match uses.all() {
            0 => "No annotation has this type.".to_owned(),
            all => format!("{} in {}{whose}.", counted(all, "annotation"), counted(uses.articles.len(), "article")),
        }
    });
    let is_used = uses.as_ref().is_some_and(|uses| uses.all() > 0);
    html! {
        <form class="removing" onsubmit={remove}>
            <h3>{ "Remove “" }<bdi>{ &*of.name }</bdi>{ "”?" }</h3>
            <p role="status" data-uses="">{ said.unwrap_or_else(|| "Counting its annotations…".to_owned()) }</p>
            if is_used {
                <fieldset>
                    <legend>{ "What becomes of them" }</legend>
                    { choice("keep".to_owned(), html! { "Keep them: they stay in the file, and are shown in grey" }) }
                    { for scheme.types.iter().filter(|other| other.id != of.id).map(|other| choice(other.id.to_string(), html! { <>{ "Make them " }<b><bdi>{ &*other.name }</bdi></b>{ ", with the attributes and roles that it has too" }</> })) }
                    { choice("delete".to_owned(), html! { "Delete them, and the links to them" }) }
                </fieldset>
            }
            <div class="buttons">
                <button type="submit" class="danger" data-command="confirm-remove-type" disabled={uses.is_none()}>{ "Remove the type" }</button>
                <button type="button" data-command="keep-type" onclick={props.on_end.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
            </div>
        </form>
    }
}

/// How much a type is used; articles that are not in memory are read for it and not kept. `None` where nobody waits any more, or
/// another project was opened meanwhile.
async fn count(shelf: &Shelf, type_id: &TypeId, waits: impl Fn() -> bool) -> Option<Uses> {
    let state = shelf.latest.get();
    let (project, articles) = (state.store.header().id.clone(), state.catalogue.listed().to_vec());
    let mut uses = Uses::default();
    for (n, some) in articles.chunks(AT_A_TIME).enumerate() {
        if n > 0 {
            browser::pause(0).await;
        }
        let now = shelf.latest.get();
        if !waits() || now.store.header().id != project {
            return None;
        }
        let (away, here): (Vec<&ArticleId>, Vec<&ArticleId>) = some.iter().partition(|article| now.catalogue.is_unloaded(article));
        let away: Vec<&ArticleId> = away.into_iter().filter(|article| !now.catalogue.elsewhere().contains(*article)).collect();
        uses.count(&now.store, here, type_id, &now.annotator);
        if !away.is_empty() {
            let wanted: BTreeSet<ArticleId> = away.iter().copied().cloned().collect();
            let stored = shelf.storage.load(&project, Extent::Articles(&wanted)).await?;
            uses.count(&stored.store, away, type_id, &now.annotator);
        }
    }
    Some(uses)
}
