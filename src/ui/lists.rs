use std::rc::Rc;

use yew::prelude::*;

use super::desk::{dot, use_hands};
use crate::model::AnnotationId;
use crate::session::{Action, Lists};

#[derive(Properties, PartialEq)]
pub struct ListsProps {
    pub lists: Rc<Lists>,
    pub focus: Option<AnnotationId>,
    pub done: bool,
}

/// Who says what, what is unfinished, and every annotation in reading order.
#[component]
pub fn SideLists(props: &ListsProps) -> Html {
    let hands = use_hands();
    let lists = &props.lists;
    let go = |id: &AnnotationId| {
        let id = id.clone();
        hands.act.reform(move |_: MouseEvent| Action::Focus(Some(id.clone())))
    };
    let on = |id: &AnnotationId| (props.focus.as_ref() == Some(id)).then_some("on");
    html! {
        <>
            <section key="claims">
                <h2>{ "Who says what" }</h2>
                if lists.claims.is_empty() {
                    <p class="hint-text">{ "Claims appear here with who makes them. Select one in the text and press its key." }</p>
                } else {
                    <table class="claims">
                        <colgroup><col class="who" /><col /></colgroup>
                        <thead class="unseen"><tr><th scope="col">{ "Speaker" }</th><th scope="col">{ "Claim and stances" }</th></tr></thead>
                        <tbody>
                        { for lists.claims.iter().map(|row| html! {
                            <tr key={row.id.to_string()} class={classes!(on(&row.id))}>
                                <td dir="auto">{ &*row.speaker }</td>
                                <td>
                                    <button type="button" class="quote" onclick={go(&row.id)}><q dir="auto">{ &*row.quote }</q></button>
                                    { for row.stances.iter().map(|(id, text, color)| html! {
                                        <button type="button" key={id.to_string()} class={classes!("mark", color.map(|color| format!("ink-{}", color.as_str())))} onclick={go(id)} dir="auto">{ &**text }</button>
                                    }) }
                                </td>
                            </tr>
                        }) }
                        </tbody>
                    </table>
                }
            </section>
            <section key="todo">
                <h2>{ format!("Unfinished · {}", lists.todo.len()) }</h2>
                if lists.todo.is_empty() {
                    <p class="hint-text">{ if props.done { "Done: nothing is left here." } else { "Nothing is unfinished." } }</p>
                } else {
                    <ul class="todo">
                        { for lists.todo.iter().enumerate().map(|(index, item)| html! {
                            <li key={format!("{index}{}", item.id)}><button type="button" onclick={go(&item.id)}><b>{ &*item.what }</b><q dir="auto">{ &*item.quote }</q></button></li>
                        }) }
                    </ul>
                }
            </section>
            <section key="all">
                <details>
                    <summary>{ format!("All annotations · {}", lists.all.len()) }</summary>
                    <ol class="all" data-list="annotations">
                        { for lists.all.iter().map(|item| html! {
                            <li key={format!("{}{}", item.id, item.of.as_deref().unwrap_or_default())} class={classes!(on(&item.id))}>
                                <button type="button" onclick={go(&item.id)} data-annotation={item.id.to_string()}>
                                    { dot(Some(item.color)) }<span class="kind-name">{ &*item.type_name }</span><q dir="auto">{ &*item.quote }</q>
                                    if let Some(of) = &item.of { <small dir="auto">{ &**of }</small> }
                                </button>
                            </li>
                        }) }
                    </ol>
                </details>
            </section>
        </>
    }
}
