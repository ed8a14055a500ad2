use yew::prelude::*;

use super::desk::{IntentButton, dot};
use crate::browser::{self, HtmlElement};
use crate::model::Color;
use crate::session::IntentView;
use crate::text::Stretch;

#[derive(Properties, PartialEq)]
pub struct TaggerProps {
    /// What a button would tag.
    pub selection: Option<Stretch>,
    pub types: Vec<(IntentView, Color)>,
    pub add: IntentView,
    pub cut: IntentView,
    /// Grows when the text was drawn anew, so that the toolbar finds its place again.
    pub drawn: u64,
}

/// The toolbar at the selection; at phone width a bar of its own that is always there.
#[component]
pub fn Tagger(props: &TaggerProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with((props.selection, props.drawn), move |(selection, _)| {
            let selection = *selection;
            let place = move || {
                if let (Some(selection), Some(element)) = (selection, node.cast::<HtmlElement>())
                    && let Some(rect) = browser::stretch_rect(selection)
                {
                    browser::place_above(&element, rect);
                }
            };
            place();
            let following = selection.map(|_| browser::listen_layout(place));
            move || drop(following)
        });
    }
    // The selection must outlive a press on a button.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    let fragment_buttons = props.add.refusal.is_none();
    html! {
        <section class="tags" aria-label="Tags">
        <div ref={node} class={classes!("tagger", props.selection.is_none().then_some("idle"))} role="toolbar" data-toolbar="tag" aria-label="Tag the selection" {onmousedown}>
            { for props.types.iter().map(|(view, color)| html! {
                <IntentButton key={view.name.to_string()} view={view.clone()} name={view.key.as_ref().map(|key| format!("{} {key}", view.label))}>
                    { dot(Some(*color)) }{ " " }{ &*view.label }{ " " }
                    if let Some(key) = &view.key { <kbd>{ &**key }</kbd> }
                </IntentButton>
            }) }
            if fragment_buttons {
                <span class="fragments">
                    <IntentButton view={props.add.clone()} class="icon">{ "+" }</IntentButton>
                    <IntentButton view={props.cut.clone()} class="icon">{ "−" }</IntentButton>
                </span>
            }
        </div>
        </section>
    }
}
