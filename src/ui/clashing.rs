//! What copies contradict that are to be merged, and what the person decides of it.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::{Shelf, use_shelf};
use super::dialogs::Modal;
use super::importing::handing::hand_in;
use crate::browser::{self, Extent};
use crate::model::{ArticleId, Scheme};
use crate::order::Gather;
use crate::session::{Action, Decided, Handing, scheme_options, unknown_to};

mod diff;
mod scheme;
mod view;

pub use view::{Away, ClashActions, ClashView, clash_view};

/// Articles read at once to be counted.
const AT_A_TIME: usize = 64;

#[derive(Properties, PartialEq)]
pub struct ClashingProps {
    pub handing: Rc<Handing>,
    pub revision: u64,
    pub on_close: Callback<()>,
}

#[component]
pub fn Clashing(props: &ClashingProps) -> Html {
    let shelf = use_shelf();
    let handing = &props.handing;
    let decided = use_state(Decided::default);
    let away = use_state(|| Away::Nothing);
    let texts = use_memo((), |()| handing.texts());
    let fields = use_memo((), |()| handing.fields());
    let options = {
        let store = shelf.latest.get().store.clone();
        use_memo((decided.own.clone(), props.revision), |(own, _)| scheme_options(&store, handing, own))
    };
    {
        let (shelf, away, options) = (shelf.clone(), away.clone(), options.clone());
        use_effect_with((), move |()| {
            let waits = Rc::new(());
            let waiting = Rc::downgrade(&waits);
            let schemes: Vec<Rc<Scheme>> = options.iter().map(|option| option.scheme.clone()).collect();
            if !schemes.is_empty() && !shelf.latest.get().catalogue.unloaded().is_empty() {
                away.set(Away::Counting);
                browser::spawn_local(async move {
                    let counts = count(&shelf, &schemes, || waiting.upgrade().is_some()).await;
                    if waiting.upgrade().is_some() {
                        away.set(counts.map_or(Away::Nothing, Away::Counted));
                    }
                });
            }
            move || drop(waits)
        });
    }
    let agree = {
        let (handing, decided, shelf) = (handing.clone(), decided.clone(), shelf.clone());
        Callback::from(move |()| {
            shelf.act.emit(Action::Dialog(None));
            let (handing, decided, shelf) = (Handing::clone(&handing), Decided::clone(&decided), shelf.clone());
            browser::spawn_local(async move { hand_in(handing, Some(decided), &shelf).await });
        })
    };
    let decide = {
        let decided = decided.clone();
        Callback::from(move |next: Decided| decided.set(next))
    };
    let view = ClashView { handing, texts: &texts, options: &options, fields: &fields, decided: &decided, away: &away };
    let title = match &handing.copies[..] {
        [] => "What copies say differently".to_owned(),
        [one] => format!("Merge {}", one.file),
        many => format!("Merge {} files", many.len()),
    };
    html! {
        <Modal {title} on_close={props.on_close.clone()}>
            { clash_view(&view, &ClashActions { decide, agree, close: props.on_close.clone() }) }
        </Modal>
    }
}

/// How many annotations of articles that are not in memory each scheme does not know in full; they are read for it and not kept.
/// `None` where nobody waits any more, or another project was opened meanwhile.
async fn count(shelf: &Shelf, schemes: &[Rc<Scheme>], waits: impl Fn() -> bool) -> Option<Vec<usize>> {
    let state = shelf.latest.get();
    let project = state.store.header().id.clone();
    let away: Vec<&ArticleId> = state.catalogue.unloaded().difference(state.catalogue.elsewhere()).collect();
    let mut counts = vec![0; schemes.len()];
    for some in away.chunks(AT_A_TIME) {
        browser::pause(0).await;
        if !waits() || shelf.latest.get().store.header().id != project {
            return None;
        }
        let wanted: BTreeSet<ArticleId> = some.iter().copied().cloned().gather();
        let stored = shelf.storage.load(&project, Extent::Articles(&wanted)).await?;
        let unknown = unknown_to(schemes, &stored.store, some.iter().copied(), |_| true);
        counts.iter_mut().zip(unknown).for_each(|(count, more)| *count += more);
    }
    Some(counts)
}
