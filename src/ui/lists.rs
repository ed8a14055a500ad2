use std::ops::Range;
use std::rc::Rc;

use yew::prelude::*;

use super::articles::{Side, more};
use super::carrying::filler_mark;
use super::desk::{dot, use_hands};
use super::frames::nested;
use crate::browser::Element;
use crate::model::{AnnotationId, Filler};
use crate::session::{Action, Intent, ListName, Lists, MORE_ROWS, MorePages, PAGE_OF_ROWS};

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
    let unfolded = use_state(|| false);
    let claims = use_part(lists, ListName::Claims, &props.focus);
    let todo = use_part(lists, ListName::Todo, &props.focus);
    let all = use_part(lists, ListName::All, &props.focus);
    let ontoggle = {
        let unfolded = unfolded.clone();
        Callback::from(move |event: Event| {
            unfolded.set(event.target_dyn_into::<Element>().is_some_and(|details| details.has_attribute("open")))
        })
    };
    let on_click = |action: Action| hands.act.reform(move |_: MouseEvent| action.clone());
    let go = |id: &AnnotationId| on_click(Action::Focus(Some(id.clone())));
    let mark = |id: &AnnotationId| filler_mark(&Filler::Annotation(id.clone()));
    let on = |id: &AnnotationId| (props.focus.as_ref() == Some(id)).then_some("on");
    html! {
        <>
            <section key="claims">
                <div class="section-head">
                    <h2>{ "Who says what" }</h2>
                    if claims.length > 0 {
                        <button type="button" class="quiet" data-command="frames" onclick={hands.perform.reform(|_: MouseEvent| Intent::Frames)}>{ "Table" }</button>
                    }
                </div>
                if claims.length == 0 {
                    <p class="hint-text">{ "Claims appear here with who makes them. Select one in the text and press its key." }</p>
                } else {
                    { claims.earlier() }
                    <table class="claims">
                        <colgroup><col class="who" /><col /></colgroup>
                        <thead class="unseen"><tr><th scope="col">{ "Speaker" }</th><th scope="col">{ "Claim and stances" }</th></tr></thead>
                        <tbody>
                        { for lists.claims(claims.rows.clone()).iter().map(|row| html! {
                            <tr key={row.id.to_string()} class={classes!(on(&row.id))}>
                                <td dir="auto">{ &*row.speaker }</td>
                                <td>
                                    <button type="button" class="quote" data-filler={mark(&row.id)} onclick={go(&row.id)}>if row.depth > 0 { { nested(row.depth) } }<q dir="auto">{ &*row.quote }</q></button>
                                    { for row.stances.iter().map(|(id, text, color)| html! {
                                        <button type="button" key={id.to_string()} class={classes!("mark", color.map(|color| format!("ink-{}", color.as_str())))} onclick={go(id)} dir="auto">{ &**text }</button>
                                    }) }
                                </td>
                            </tr>
                        }) }
                        </tbody>
                    </table>
                    { claims.later() }
                }
            </section>
            <section key="todo">
                <h2>{ format!("Unfinished · {}", todo.length) }</h2>
                if todo.length == 0 {
                    <p class="hint-text">{ if props.done { "Done: nothing is left here." } else { "Nothing is unfinished." } }</p>
                } else {
                    { todo.earlier() }
                    <ul class="todo">
                        { for lists.todo(todo.rows.clone()).iter().flat_map(|item| item.what.iter().enumerate().map(|(index, what)| html! {
                            <li key={format!("{index}{}", item.id)}><button type="button" onclick={on_click(Action::TakeUp(item.id.clone()))}><b>{ &**what }</b><q dir="auto">{ &*item.quote }</q></button></li>
                        }).collect::<Vec<Html>>()) }
                    </ul>
                    { todo.later() }
                }
            </section>
            <section key="all">
                <details {ontoggle}>
                    <summary>{ format!("All annotations · {}", all.length) }</summary>
                    if *unfolded {
                        { all.earlier() }
                        <ol class="all" data-list="annotations" start={(all.rows.start + 1).to_string()}>
                            { for lists.all(all.rows.clone()).iter().map(|item| html! {
                                <li key={format!("{}{}", item.id, item.of.as_deref().unwrap_or_default())} class={classes!(on(&item.id))}>
                                    <button type="button" onclick={go(&item.id)} data-annotation={item.id.to_string()} data-filler={item.of.is_none().then(|| mark(&item.id))}>
                                        { dot(Some(item.color)) }<span class="kind-name">{ &*item.type_name }</span><q dir="auto">{ &*item.quote }</q>
                                        if let Some(of) = &item.of { <small dir="auto">{ &**of }</small> }
                                    </button>
                                </li>
                            }) }
                        </ol>
                        { all.later() }
                    }
                </details>
            </section>
        </>
    }
}

/// The part of a list that is drawn.
struct Part {
    word: &'static str,
    length: usize,
    rows: Range<usize>,
    on_more: Callback<Side>,
}

impl Part {
    fn earlier(&self) -> Html {
        more(self.rows.start, MORE_ROWS, self.word, Side::Earlier, &self.on_more)
    }

    fn later(&self) -> Html {
        more(self.length - self.rows.end, MORE_ROWS, self.word, Side::Later, &self.on_more)
    }
}

/// The page of a list on which the focus is, or was last, and the further ones that were asked for.
#[hook]
fn use_part(lists: &Lists, list: ListName, focus: &Option<AnnotationId>) -> Part {
    let last = use_mut_ref(|| 0);
    let pages = use_state(MorePages::default);
    let length = lists.len(list);
    if let Some(place) = focus.as_ref().and_then(|focus| lists.place(list, focus)) {
        *last.borrow_mut() = place.min(length.saturating_sub(1)) / PAGE_OF_ROWS;
    }
    // The list may have become shorter.
    let page = (*last.borrow()).min(length.saturating_sub(1) / PAGE_OF_ROWS);
    let start = (page * PAGE_OF_ROWS).saturating_sub(pages.earlier * MORE_ROWS);
    let end = ((page + 1) * PAGE_OF_ROWS + pages.later * MORE_ROWS).min(length);
    let on_more = Callback::from(move |side: Side| pages.set(side.further(*pages)));
    let word = match list {
        ListName::Claims => "claims",
        ListName::Todo => "unfinished",
        ListName::All => "annotations",
    };
    Part { word, length, rows: start..end, on_more }
}
