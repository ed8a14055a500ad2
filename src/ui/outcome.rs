use yew::prelude::*;

/// What became of something that was asked for, as a sentence.
pub type Outcome = Result<AttrValue, AttrValue>;

#[derive(Properties, PartialEq)]
pub struct SaidProps {
    pub outcome: Option<Outcome>,
}

/// Says in a dialog how something went: the page's own messages lie behind it, where nobody sees or hears them.
#[component]
pub fn Said(props: &SaidProps) -> Html {
    let (done, failed) = match &props.outcome {
        Some(Ok(text)) => (Some(text), None),
        Some(Err(text)) => (None, Some(text)),
        None => (None, None),
    };
    html! {
        <>
            <div role="status" class="outcome">{ for done.into_iter().map(|text| html! { <p>{ text }</p> }) }</div>
            <div role="alert" class="outcome failed">{ for failed.into_iter().map(|text| html! { <p>{ text }</p> }) }</div>
        </>
    }
}
