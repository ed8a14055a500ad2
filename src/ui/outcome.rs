use yew::prelude::*;

/// What became of something that was asked for, as a sentence.
pub type Outcome = Result<AttrValue, AttrValue>;

/// Says in a dialog how something went: the page's own messages lie behind it, where nobody sees or hears them.
pub fn said(outcome: Option<&Outcome>) -> Html {
    let line = |text: &AttrValue| html! { <p>{ text }</p> };
    html! {
        <>
            <div role="status" class="outcome">{ for outcome.and_then(|outcome| outcome.as_ref().ok()).map(line) }</div>
            <div role="alert" class="outcome failed">{ for outcome.and_then(|outcome| outcome.as_ref().err()).map(line) }</div>
        </>
    }
}
