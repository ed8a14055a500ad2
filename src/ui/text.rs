use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_hands;
use super::overlay::{Now, OverText};
use crate::browser;
use crate::model::{AnnotationId, ArticleId, Direction, Filler};
use crate::session::{Action, BlockView, Filling, Overlay, Page, SegmentView};
use crate::text::{Offset, ZoneKind};

#[derive(Properties, PartialEq)]
pub struct TextPaneProps {
    /// What the article is called whose text is on its way.
    pub awaited: Option<AttrValue>,
    pub page: Rc<Page>,
    /// Under the headline: publisher, licence, number of words.
    pub byline: AttrValue,
    pub filling: Option<Rc<Filling>>,
    /// The group of blocks where the cursor or the focus is.
    pub near: Option<usize>,
    pub overlay: Overlay,
    pub now: Now,
    /// Grows when the text was drawn anew.
    pub drawn: u64,
}

/// The article. One set of listeners on `<article>`; the segments say by their attributes what they are.
#[component]
pub fn TextPane(props: &TextPaneProps) -> Html {
    let hands = use_hands();
    let drawn = use_drawn(&props.page);
    let Some(article) = &props.page.article else {
        return html! {
            <main class="text" data-scrolls="" id="text">
                <div class="empty">
                    if let Some(awaited) = &props.awaited {
                        <h1 dir="auto">{ awaited }</h1>
                        <p role="status">{ "The text is on its way…" }</p>
                    } else {
                        <h1>{ "No article yet" }</h1>
                        <p>{ "Drop text files or a Standpoint project here, paste a text, or choose files with “Add”." }</p>
                    }
                </div>
            </main>
        };
    };
    let onclick = {
        let act = hands.act.clone();
        let filling = props.filling.clone();
        Callback::from(move |event: MouseEvent| {
            let Some(element) = browser::target_of(&event) else { return };
            // A drag ends in a click too; what it selected is not to be lost.
            if browser::article_selection().is_some() {
                return;
            }
            let Some(offset) = browser::offset_clicked(&event) else { return };
            let here = element.get_attribute("data-annotations").unwrap_or_default();
            let filler = here.split(' ').filter_map(AnnotationId::new).map(Filler::Annotation).find(|filler| {
                filling.as_ref().is_some_and(|filling| filling.candidates.iter().any(|candidate| candidate.filler == *filler))
            });
            match filler {
                Some(filler) => act.emit(Action::Fill(filler)),
                None => {
                    act.emit(Action::PutCursor(offset));
                    act.emit(Action::FocusAt(offset));
                }
            }
        })
    };
    let onmouseover = {
        let act = hands.act.clone();
        Callback::from(move |event: MouseEvent| {
            let first = browser::target_of(&event)
                .and_then(|element| element.get_attribute("data-annotations"))
                .and_then(|ids| AnnotationId::new(ids.split(' ').next()?));
            act.emit(Action::Hover(first));
        })
    };
    let onmouseleave = hands.act.reform(|_: MouseEvent| Action::Hover(None));
    let dir = match article.direction {
        Direction::Auto => "auto",
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let lang = (!article.language.is_empty()).then(|| AttrValue::from(article.language.to_string()));
    let titled = article.zones.iter().any(|zone| zone.kind == ZoneKind::Title);
    let first_title = props.page.blocks.iter().position(|view| view.zone == Some(ZoneKind::Title));
    html! {
        <main class="text" data-scrolls="" id="text">
            <header class="head">
                if !titled {
                    <h1 dir="auto">{ article.label() }</h1>
                }
                <p>{ &props.byline }</p>
            </header>
            <article key={article.id.to_string()} data-article={article.id.to_string()} {dir} {lang} tabindex="0"
                aria-label={format!("Text of {}", article.label())} class={classes!(props.filling.is_some().then_some("asking"))}
                {onclick} {onmouseover} {onmouseleave}>
                { for props.page.blocks.chunks(GROUP).enumerate().map(|(at, views)| html! { <Blocks key={at} views={views.to_vec()} in_full={at < drawn || props.near == Some(at)} first_title={first_title.and_then(|index| index.checked_sub(at * GROUP))} /> }) }
            </article>
            <OverText overlay={props.overlay.clone()} now={props.now.clone()} drawn={props.drawn + drawn as u64} />
        </main>
    }
}

/// Blocks of a group: what an edit does not touch is passed over a group at a time.
const GROUP: usize = 32;

/// The group of the block that begins at `offset` or before it.
pub fn group_of(page: &Page, offset: Offset) -> Option<usize> {
    let behind = page.blocks.partition_point(|view| view.stretch.start() <= offset);
    Some(behind.checked_sub(1)? / GROUP)
}

/// Groups that are drawn in full at once, and then whenever the page has time.
const AT_ONCE: usize = 2;
const AT_A_TIME: usize = 4;

/// How many groups of the open article are drawn in full. A long one has all of its words at once, and its tags first where
/// reading begins.
#[hook]
fn use_drawn(page: &Page) -> usize {
    let reached = use_state(|| (None, AT_ONCE));
    let article = page.article.as_ref().map(|article| article.id.clone());
    let drawn = if reached.0 == article { reached.1 } else { AT_ONCE };
    let is_short = page.blocks.len() <= drawn * GROUP;
    use_effect_with((article, drawn, is_short), move |(article, drawn, is_short)| {
        if !*is_short {
            draw_more(reached, (article.clone(), drawn + AT_A_TIME));
        }
    });
    drawn
}

/// Draws more when the page has time. A selection that is being made keeps its nodes until it is heard: from then on its
/// group is drawn in full.
fn draw_more(reached: UseStateHandle<(Option<ArticleId>, usize)>, next: (Option<ArticleId>, usize)) {
    const HEARD: u32 = 600;
    browser::when_idle(move || {
        browser::spawn_local(async move {
            if browser::article_selection().is_some() {
                browser::pause(HEARD).await;
            }
            reached.set(next);
        })
    });
}

#[derive(Properties, PartialEq)]
struct BlocksProps {
    views: Vec<Rc<BlockView>>,
    in_full: bool,
    /// The first block that is a title, counted from the group's first.
    first_title: Option<usize>,
}

/// A group of paragraphs.
#[component]
fn Blocks(props: &BlocksProps) -> Html {
    let in_full = props.in_full;
    let blocks = props.views.iter().enumerate().map(|(index, view)| {
        html! { <Block key={view.stretch.start().get()} view={view.clone()} {in_full} level={level(view, props.first_title == Some(index))} /> }
    });
    html! { <>{ for blocks }</> }
}

/// Which level of heading a block is, if one: an article says its title twice sometimes, a screen reader says it once.
fn level(view: &BlockView, first_title: bool) -> Option<u8> {
    match view.zone {
        Some(ZoneKind::Title) if first_title => Some(1),
        Some(ZoneKind::Subhead) => Some(2),
        _ => None,
    }
}

#[cfg(debug_assertions)]
thread_local! {
    static RENDERED: std::cell::RefCell<Vec<u32>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// Where the blocks begin, in code points, that were rendered since this was asked last: a render that changes nothing shows
/// nowhere else. Only in builds for development.
#[cfg(debug_assertions)]
pub fn blocks_rendered() -> Vec<u32> {
    RENDERED.take()
}

#[derive(Properties, PartialEq)]
struct BlockProps {
    view: Rc<BlockView>,
    in_full: bool,
    level: Option<u8>,
}

/// A paragraph; renders again only when its own view changed.
#[component]
fn Block(props: &BlockProps) -> Html {
    let view = &props.view;
    #[cfg(debug_assertions)]
    RENDERED.with_borrow_mut(|blocks| blocks.push(view.stretch.start().get()));
    let zone = view.zone.map(ZoneKind::as_str);
    html! {
        <p class={classes!("block", zone.map(|zone| format!("block-{zone}")))} role={props.level.map(|_| "heading")} aria-level={props.level.map(|level| level.to_string())}>
            if props.in_full { { for view.segments.iter().map(segment) } } else { { for view.segments.chunk_by(|one, next| one.gap == next.gap).map(words) } }
        </p>
    }
}

/// The words of neighbouring segments, without what is said of them.
fn words(segments: &[SegmentView]) -> Html {
    let Some(first) = segments.first() else { return Html::default() };
    let text: String = segments.iter().map(|view| &*view.text).collect();
    html! { <span key={first.start.get()} class={first.gap.then_some("gap")} data-start={first.start.get().to_string()}>{ text }</span> }
}

fn segment(view: &SegmentView) -> Html {
    let class = if view.gap { format!("gap {}", view.class) } else { view.class.to_string() };
    html! {
        <span key={view.start.get()} class={class} data-start={view.start.get().to_string()}
            data-annotations={view.annotations.as_ref().map(|ids| AttrValue::from(ids.clone()))}
            data-tag={view.tag.as_ref().map(|tag| AttrValue::from(tag.clone()))}
            data-hint={view.hint.as_ref().map(|hint| AttrValue::from(hint.clone()))}>{ AttrValue::from(view.text.clone()) }</span>
    }
}
