use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_hands;
use crate::session::{Action, Intent, Notice, Offer, Tone};

#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    pub notices: Rc<Vec<Notice>>,
}

/// Messages that need attention, above the foot.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let hands = use_hands();
    let shown = |notice: &Notice| {
        let dismiss = {
            let id = notice.id;
            hands.act.reform(move |_: MouseEvent| Action::Dismiss(id))
        };
        let tone = match notice.tone {
            Tone::Done => "done",
            Tone::Refused => "refused",
            Tone::Failed => "failed",
        };
        html! {
            <div key={notice.id} class={classes!("notice", tone)}>
                <p dir="auto">{ &*notice.text }</p>
                if let Some(offer) = notice.offer { <OfferButton {offer} /> }
                <button type="button" class="icon" aria-label="Dismiss" title="Dismiss" onclick={dismiss}><span aria-hidden="true">{ "×" }</span></button>
            </div>
        }
    };
    let (done, urgent): (Vec<&Notice>, Vec<&Notice>) = props.notices.iter().partition(|notice| notice.tone == Tone::Done);
    html! {
        <div class="notices">
            <div role="alert">{ for urgent.into_iter().map(shown) }</div>
            <div role="status" aria-live="polite">{ for done.into_iter().map(shown) }</div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OfferProps {
    offer: Offer,
}

/// What can be done about a message, beside it.
#[component]
fn OfferButton(props: &OfferProps) -> Html {
    let hands = use_hands();
    let (intent, words) = match props.offer {
        Offer::TakeBack => (Intent::TakeBack, "Take back"),
        Offer::Export => (Intent::ExportProject, "Export"),
        Offer::ExportRest => (Intent::ExportRest, "Export the rest"),
        Offer::TakeOver => (Intent::TakeOver, "Edit here"),
        Offer::Keep => (Intent::Keep, "Keep it"),
        Offer::Renew => (Intent::Renew, "Use it now"),
        Offer::Storage => (Intent::Storage, "Storage"),
        Offer::Conflict => (Intent::NextConflict, "Show it"),
        Offer::Undelete => (Intent::Undelete, "Bring it back"),
    };
    let name = intent.name();
    let onclick = hands.perform.reform(move |_: MouseEvent| intent.clone());
    html! { <button type="button" class="offer" data-command={name.to_string()} {onclick}>{ words }</button> }
}
