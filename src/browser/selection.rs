//! Between the DOM's selection and code points of the article.
//!
//! Every segment of the text view carries `data-start`, the code point at which it begins, so a DOM point is found by its
//! segment alone, however the text is cut.

use std::cell::Cell;

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, Element, MouseEvent, Node, Range};

use super::document::{document, target_of};
use crate::text::{Offset, Stretch};

pub(super) fn article_element() -> Option<Element> {
    document()?.query_selector("article[data-article]").ok()?
}

/// What is selected in the text view; `None` where nothing is, or the selection lies elsewhere.
pub fn article_selection() -> Option<Stretch> {
    let article = article_element()?;
    let selection = web_sys::window()?.get_selection().ok()??;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    if !article.contains(Some(&range.start_container().ok()?)) && !article.contains(Some(&range.end_container().ok()?)) {
        return None;
    }
    let start = offset_of(&article, &range.start_container().ok()?, range.start_offset().ok()?)?;
    let end = offset_of(&article, &range.end_container().ok()?, range.end_offset().ok()?)?;
    Stretch::new(start, end)
}

/// The letter that a click without a selection hit; where the browser can't tell, the first of its segment.
pub fn offset_clicked(event: &MouseEvent) -> Option<Offset> {
    let segment = target_of(event)?.closest("[data-start]").ok()??;
    let start = start_of(&segment)?;
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let caret = caret_at(x as f32, y as f32).and_then(|(node, at)| offset_of(&article_element()?, &node, at));
    let Some(caret) = caret.filter(|caret| *caret >= start) else { return Some(start) };
    // A caret lies between letters, at the nearer edge: the letter that was hit may be the one before it.
    let before = Stretch::new(Offset::new(caret.get().saturating_sub(1)), caret).filter(|_| caret > start);
    let hit = |stretch: &Stretch| {
        let rects = range_of(*stretch).and_then(|range| range.get_client_rects());
        rects.is_some_and(|rects| (0..rects.length()).filter_map(|at| rects.get(at)).any(|rect| holds(&rect, x, y)))
    };
    let end = start + u32::try_from(segment.text_content()?.chars().count()).ok()?;
    Some(before.filter(|before| caret >= end || hit(before)).map_or(caret, Stretch::start))
}

/// The gap between letters that lies nearest to a point of the viewport, if the article is there.
pub fn offset_at(x: f64, y: f64) -> Option<Offset> {
    let article = article_element()?;
    let (node, at) = caret_at(x as f32, y as f32)?;
    if article.contains(Some(&node)) { offset_of(&article, &node, at) } else { None }
}

fn holds(rect: &DomRect, x: f64, y: f64) -> bool {
    rect.left() <= x && x < rect.right() && rect.top() <= y && y < rect.bottom()
}

/// The DOM point nearest to a point of the viewport (CSS pixels), by the standard method or by its forerunner.
fn caret_at(x: f32, y: f32) -> Option<(Node, u32)> {
    let document = document()?;
    let ask = |method: &str| -> Option<JsValue> {
        let function: Function = Reflect::get(&document, &method.into()).ok()?.dyn_into().ok()?;
        function.call2(&document, &x.into(), &y.into()).ok().filter(|caret| !caret.is_null() && !caret.is_undefined())
    };
    if let Some(caret) = ask("caretPositionFromPoint") {
        let node = Reflect::get(&caret, &"offsetNode".into()).ok()?.dyn_into().ok()?;
        return Some((node, Reflect::get(&caret, &"offset".into()).ok()?.as_f64()? as u32));
    }
    let range: Range = ask("caretRangeFromPoint")?.dyn_into().ok()?;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}

fn start_of(segment: &Element) -> Option<Offset> {
    segment.get_attribute("data-start")?.parse().ok().map(Offset::new)
}

/// Where a DOM point lies in the article, in code points.
///
/// A point outside the article counts as the article's nearer end. A point between two segments is the same offset from
/// either side.
fn offset_of(article: &Element, node: &Node, at: u32) -> Option<Offset> {
    if let Some(segment) = segment_of(node) {
        let start = start_of(&segment)?;
        let before = match node.node_type() {
            Node::TEXT_NODE => code_points(&node.text_content()?, at),
            // A point between a segment's child nodes: before its only text, or after it.
            _ if at == 0 => 0,
            _ => u32::try_from(segment.text_content()?.chars().count()).ok()?,
        };
        return Some(start + before);
    }
    // Between segments or blocks, or outside: compare with each segment's own place.
    let point = document()?.create_range().ok()?;
    point.set_start(node, at).ok()?;
    let segments = article.query_selector_all("[data-start]").ok()?;
    let (mut low, mut high) = (0, segments.length());
    while low < high {
        let middle = (low + high) / 2;
        let segment = segments.get(middle)?;
        // Below zero: the segment's beginning lies before the point.
        if point.compare_point(&segment, 0).ok()? >= 0 { high = middle } else { low = middle + 1 }
    }
    match segments.get(low).and_then(|segment| segment.dyn_into::<Element>().ok()) {
        Some(segment) => start_of(&segment),
        None => {
            let last: Element = segments.get(segments.length().checked_sub(1)?)?.dyn_into().ok()?;
            Some(start_of(&last)? + u32::try_from(last.text_content()?.chars().count()).ok()?)
        }
    }
}

fn segment_of(node: &Node) -> Option<Element> {
    let element = node.clone().dyn_into::<Element>().ok().or_else(|| node.parent_element())?;
    element.closest("[data-start]").ok()?
}

/// Code points in the first `units` UTF-16 units; a point inside a surrogate pair counts as before the pair.
fn code_points(text: &str, units: u32) -> u32 {
    let mut seen = 0;
    let mut count = 0;
    for character in text.chars() {
        seen += character.len_utf16() as u32;
        if seen > units {
            break;
        }
        count += 1;
    }
    count
}

/// The DOM range of a stretch; `None` where the text view does not show it.
pub(super) fn range_of(stretch: Stretch) -> Option<Range> {
    let article = article_element()?;
    let range = document()?.create_range().ok()?;
    let (node, at) = point_of(&article, stretch.start(), Side::After)?;
    range.set_start(&node, at).ok()?;
    let (node, at) = point_of(&article, stretch.end(), Side::Before)?;
    range.set_end(&node, at).ok()?;
    Some(range)
}

/// Which of two neighbouring segments a point between them is put in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The text node and UTF-16 offset of a code point.
fn point_of(article: &Element, offset: Offset, side: Side) -> Option<(Node, u32)> {
    let block = last_begun(article, offset, side, |block| start_of(&block.first_element_child()?))?;
    let segment = last_begun(&block, offset, side, start_of)?;
    let text = segment.first_child()?;
    let within = offset - start_of(&segment)?;
    let units: usize = text.text_content()?.chars().take(within as usize).map(char::len_utf16).sum();
    Some((text, u32::try_from(units).ok()?))
}

/// The last child that begins at `offset` or before it, or the first; `begin` says where a child begins.
///
/// Children are looked up, not listed: a long text has tens of thousands.
fn last_begun(parent: &Element, offset: Offset, side: Side, begin: impl Fn(&Element) -> Option<Offset>) -> Option<Element> {
    let children = parent.children();
    let (mut low, mut high) = (0, children.length());
    while low < high {
        let middle = (low + high) / 2;
        let start = begin(&children.item(middle)?)?;
        if start > offset || (start == offset && side == Side::Before) { high = middle } else { low = middle + 1 }
    }
    children.item(low.saturating_sub(1))
}

thread_local! {
    /// What the page itself made the browser's selection last.
    static SHOWN: Cell<Option<Stretch>> = const { Cell::new(None) };
}

/// What the person has made the browser's selection; `None` of what only shows what was selected here, perhaps a moment ago.
pub fn selection_by_person() -> Option<Stretch> {
    article_selection().filter(|stretch| SHOWN.get() != Some(*stretch))
}

/// Makes `stretch` the browser's own selection, or clears it where it lies in the article.
pub fn select_in_article(stretch: Option<Stretch>) {
    SHOWN.set(stretch);
    let Some(selection) = web_sys::window().and_then(|window| window.get_selection().ok()?) else { return };
    match stretch {
        Some(stretch) => {
            if article_selection() != Some(stretch)
                && let Some(range) = range_of(stretch)
            {
                let _ = selection.remove_all_ranges();
                let _ = selection.add_range(&range);
            }
        }
        None if article_selection().is_some() => {
            let _ = selection.remove_all_ranges();
        }
        None => {}
    }
}

/// The rectangle of a stretch's first line in sight, or of all of it where none is: left, top, width, height in CSS pixels
/// of the viewport.
pub fn stretch_rect(stretch: Stretch) -> Option<(f64, f64, f64, f64)> {
    let range = range_of(stretch)?;
    let column = article_element()?.closest("[data-scrolls]").ok()?.map(|column| column.get_bounding_client_rect());
    let in_sight = |rect: &DomRect| column.as_ref().is_none_or(|column| rect.top() >= column.top() && rect.bottom() <= column.bottom());
    let lines = range.get_client_rects();
    let first =
        lines.and_then(|lines| (0..lines.length()).filter_map(|at| lines.get(at)).find(|rect| rect.width() > 0.0 && in_sight(rect)));
    let rect = first.unwrap_or_else(|| range.get_bounding_client_rect());
    Some((rect.left(), rect.top(), rect.width(), rect.height()))
}

#[cfg(test)]
mod tests {
    use super::code_points;

    #[test]
    fn utf16_units_are_not_code_points() {
        assert_eq!(code_points("a🎉b", 0), 0);
        assert_eq!(code_points("a🎉b", 1), 1);
        assert_eq!(code_points("a🎉b", 2), 1, "inside the pair");
        assert_eq!(code_points("a🎉b", 3), 2);
        assert_eq!(code_points("a🎉b", 99), 3);
    }
}
