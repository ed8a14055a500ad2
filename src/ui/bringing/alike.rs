//! Articles that are nearly the same as others, and whether they come in all the same.

use std::collections::BTreeSet;
use std::rc::Rc;

use yew::prelude::*;

use super::BringActions;
use crate::browser::HtmlInputElement;
use crate::model::ArticleId;
use crate::order::Gather;
use crate::ui::dialogs::issue_list;
use crate::ui::importing::near::{Near, told};
use crate::ui::words::counted;

/// What is known of it.
#[derive(Clone, Default, PartialEq)]
pub enum Likes {
    #[default]
    Unknown,
    /// So much of the comparison is done, in percent.
    Looking(u8),
    Found(Rc<Vec<Near>>, Twins),
}

/// What becomes of articles that are nearly the same as others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twins {
    Kept,
    LeftOut,
}

impl Likes {
    /// The articles that are not to come in.
    pub fn left_out(&self) -> BTreeSet<ArticleId> {
        match self {
            Self::Found(found, Twins::LeftOut) => found.iter().map(|near| near.article.clone()).gather(),
            _ => BTreeSet::new(),
        }
    }
}

/// `has_annotations`: those that would go with an article are a reason to keep it.
pub fn alike(likes: &Likes, has_annotations: bool, on: &BringActions) -> Html {
    let (found, twins) = match likes {
        Likes::Unknown => return html! {},
        Likes::Looking(percent) => {
            return html! { <p class="hint-text" role="status">{ format!("Looking for texts that are nearly the same: {percent} %") }</p> };
        }
        Likes::Found(found, _) if found.is_empty() => return html! {},
        Likes::Found(found, twins) => (found, *twins),
    };
    const MOST: usize = 200;
    let lines: Vec<Rc<str>> = found.iter().take(MOST).map(|near| told(near).into()).collect();
    let onchange = on.twins.reform(|event: Event| match event.target_unchecked_into::<HtmlInputElement>().checked() {
        true => Twins::LeftOut,
        false => Twins::Kept,
    });
    html! {
        <section class="problems" data-list="alike">
            <h3>{ format!("{} nearly the same as another", counted(found.len(), "text")) }</h3>
            { issue_list(&lines) }
            if found.len() > MOST { <p class="hint-text">{ format!("And {} more.", found.len() - MOST) }</p> }
            if !has_annotations {
                <label class="tick"><input type="checkbox" data-command="leave-twins" checked={twins == Twins::LeftOut} {onchange} /><span>{ format!("Leave {} out", if found.len() == 1 { "it" } else { "these" }) }</span></label>
            }
        </section>
    }
}
