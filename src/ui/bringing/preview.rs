//! The articles as they would be, one at a time.

use yew::prelude::*;

use super::BringActions;
use crate::edit::AnnotationStore;
use crate::session::Brings;

/// Code points of a text that are shown.
const MOST: usize = 1_200;

/// `n` counts from 0; beyond the last it is the last.
pub fn preview(here: &AnnotationStore, brings: &Brings, n: usize, on: &BringActions) -> Html {
    let Some(last) = brings.articles.len().checked_sub(1) else { return html! {} };
    let n = n.min(last);
    let id = &brings.articles[n];
    let Some(article) = brings.project.article(id).or_else(|| here.article(id)) else { return html! {} };
    let metadata = &article.metadata;
    let published = metadata.published.as_ref().map(|time| time.replace('T', " "));
    let stated = [metadata.publisher.as_deref(), metadata.author.as_deref(), published.as_deref(), metadata.url.as_deref()];
    let stated = stated.into_iter().flatten().map(str::to_owned);
    // Which file it was says the dialog itself.
    let extra = metadata
        .extra
        .iter()
        .filter(|(name, _)| &***name != "file")
        .map(|(name, value)| format!("{name}: {}", value.chars().take(60).collect::<String>()));
    let facts: Vec<String> = stated.chain(extra).take(12).collect();
    let text = article.text.as_str();
    let shown = text.char_indices().nth(MOST).map_or(text, |(end, _)| &text[..end]);
    let go = |to: usize| on.show.reform(move |_: MouseEvent| to);
    html! {
        <section class="sight" data-list="preview" aria-label="Preview">
            <header>
                <h3>{ format!("Article {} of {}", n + 1, last + 1) }</h3>
                <button type="button" class="icon" data-command="preview-previous" aria-label="Previous article" disabled={n == 0} onclick={go(n.saturating_sub(1))}><span aria-hidden="true">{ "‹" }</span></button>
                <button type="button" class="icon" data-command="preview-next" aria-label="Next article" disabled={n == last} onclick={go(n + 1)}><span aria-hidden="true">{ "›" }</span></button>
            </header>
            <p class="name" dir="auto">{ article.label() }</p>
            if !facts.is_empty() { <p class="hint-text" dir="auto">{ facts.join(" · ") }</p> }
            <div class="excerpt" dir="auto" tabindex="0" lang={(!article.language.is_empty()).then(|| article.language.to_string())}>{ shown }{ if shown.len() < text.len() { "…" } else { "" } }</div>
        </section>
    }
}
