use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_hands;
use crate::session::{Action, Notice, Tone};

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
        let take_back = hands.act.reform(|_: MouseEvent| Action::TakeBack);
        let tone = match notice.tone {
            Tone::Done => "done",
            Tone::Refused => "refused",
            Tone::Failed => "failed",
        };
        html! {
            <div key={notice.id} class={classes!("notice", tone)}>
                <p dir="auto">{ &*notice.text }</p>
                if notice.takes_back {
                    <button type="button" class="take-back" data-command="take-back" onclick={take_back}>{ "Take back" }</button>
                }
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
