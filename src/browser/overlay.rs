//! What lies over the text and is no part of it: the handles of what is in hand, and the links of its frame.
//!
//! Places are CSS pixels, counted from the upper left corner of what the text column scrolls.

use web_sys::{DomRect, Element, HtmlElement};

use super::document::document;
use super::links::{Column, Line, routes};
use super::selection::{article_element, range_of};
use crate::session::{Edge, Link};
use crate::text::{Stretch, right_to_left};

/// The column's own corner, as the viewport sees it now.
fn origin(column: &Element) -> (f64, f64) {
    let rect = column.get_bounding_client_rect();
    (rect.left() - f64::from(column.scroll_left()), rect.top() - f64::from(column.scroll_top()))
}

fn column() -> Option<Element> {
    article_element()?.closest("[data-scrolls]").ok()?
}

/// The lines of a stretch, as boxes of the viewport.
fn lines(stretch: Stretch) -> Vec<DomRect> {
    let Some(rects) = range_of(stretch).and_then(|range| range.get_client_rects()) else { return Vec::new() };
    (0..rects.length()).filter_map(|at| rects.get(at)).filter(|rect| rect.width() > 0.0).collect()
}

fn runs_leftwards(stretch: Stretch) -> bool {
    let words = range_of(stretch).and_then(|range| range.to_string().as_string());
    words.and_then(|words| right_to_left(&words)).unwrap_or(false)
}

/// Where an edge of a stretch is drawn, as the viewport sees it.
struct EdgePlace {
    x: f64,
    /// The line's upper end.
    y: f64,
    height: f64,
    /// Whether what is left of it lies outside of the stretch.
    opens_left: bool,
}

fn edge_place(stretch: Stretch, edge: Edge) -> Option<EdgePlace> {
    // The letter beside the edge tells which way the script runs there.
    let letter = match edge {
        Edge::Start => Stretch::new(stretch.start(), stretch.start() + 1),
        Edge::End => Stretch::new(stretch.end().saturating_sub(1), stretch.end()),
    }?;
    let boxes = lines(letter);
    let (rect, leftwards) = match boxes.first() {
        Some(rect) => (rect.clone(), runs_leftwards(letter)),
        // Part of a cluster has no box of its own.
        None => (if edge == Edge::Start { lines(stretch).into_iter().next() } else { lines(stretch).pop() }?, false),
    };
    let opens_left = (edge == Edge::Start) != leftwards;
    let x = if opens_left { rect.left() } else { rect.right() };
    Some(EdgePlace { x, y: rect.top(), height: rect.height(), opens_left })
}

/// As wide as what is seen of a handle becomes, in CSS pixels.
const KNOB: f64 = 25.0;

/// Puts a handle at an edge of a stretch; hides it where the text view does not show that.
pub fn place_grip(handle: &HtmlElement, stretch: Stretch, edge: Edge) {
    let style = handle.style();
    let place = || -> Option<()> {
        let EdgePlace { x, y, height, opens_left } = edge_place(stretch, edge)?;
        let column = column()?;
        let (left, top) = origin(&column);
        // Outside of the stretch, but where there is no room for it.
        let hangs = match opens_left {
            true if x - left < KNOB => "right",
            false if x - left > f64::from(column.client_width()) - KNOB => "left",
            true => "left",
            false => "right",
        };
        handle.set_attribute("data-hangs", hangs).ok()?;
        style.set_property("left", &format!("{:.1}px", x - left)).ok()?;
        style.set_property("top", &format!("{:.1}px", y - top)).ok()?;
        style.set_property("height", &format!("{height:.1}px")).ok()
    };
    let shown = place().is_some();
    let _ = style.set_property("display", if shown { "" } else { "none" });
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// Draws links into an `<svg>` that has no contents but these.
pub fn draw_links(picture: &Element, links: &[Link]) {
    picture.set_text_content(None);
    let draw = || -> Option<()> {
        let (column, article) = (column()?, article_element()?.get_bounding_client_rect());
        let (left, top) = origin(&column);
        let inner = column.get_bounding_client_rect();
        let room = Column {
            left: inner.left() - left,
            right: inner.left() - left + f64::from(column.client_width()),
            text_left: article.left() - left,
            text_right: article.right() - left,
        };
        let line = |stretch: Stretch| {
            let first = lines(stretch).into_iter().next()?;
            let leftwards = runs_leftwards(stretch);
            Some(Line { left: first.left() - left, right: first.right() - left, bottom: first.bottom() - top, leftwards })
        };
        let ends: Vec<_> = links.iter().filter_map(|link| Some((link, line(link.from)?, line(link.to)?))).collect();
        let places: Vec<_> = ends.iter().map(|(link, from, to)| (*from, *to, link.role.chars().count())).collect();
        for ((link, ..), route) in ends.iter().zip(routes(&room, &places)) {
            let path = element("path")?;
            let _ = path.set_attribute("d", &route.path);
            let _ = path.set_attribute("class", &format!("c-{}", link.color.as_str()));
            let _ = picture.append_child(&path);
            let head = element("path")?;
            let _ = head.set_attribute("d", &route.head);
            let _ = head.set_attribute("class", &format!("head c-{}", link.color.as_str()));
            let _ = picture.append_child(&head);
            if let Some((x, y, anchor)) = route.label {
                let text = element("text")?;
                let place = [
                    ("x", format!("{x:.1}")),
                    ("y", format!("{y:.1}")),
                    ("text-anchor", anchor.to_owned()),
                    ("class", format!("c-{}", link.color.as_str())),
                ];
                for (name, value) in place {
                    let _ = text.set_attribute(name, &value);
                }
                text.set_text_content(Some(&link.role.to_lowercase()));
                let _ = picture.append_child(&text);
            }
        }
        Some(())
    };
    draw();
}

fn element(name: &str) -> Option<Element> {
    document()?.create_element_ns(Some(SVG), name).ok()
}

/// Scrolls the text while a pointer at that height (viewport pixels) is near its upper or lower end; whether it did.
pub fn scroll_text_near_ends(y: f64) -> bool {
    column().is_some_and(|column| scroll_near_ends(&column, y))
}

/// The same for the column that lies under the pointer.
pub fn scroll_column_near_ends(x: f64, y: f64) -> bool {
    element_at(x, y, ".right, .left").is_some_and(|column| scroll_near_ends(&column, y))
}

fn scroll_near_ends(column: &Element, y: f64) -> bool {
    const NEAR: f64 = 32.0;
    const STEP: i32 = 14;
    let view = column.get_bounding_client_rect();
    let by = if y < view.top() + NEAR {
        -STEP
    } else if y > view.bottom() - NEAR {
        STEP
    } else {
        return false;
    };
    let before = column.scroll_top();
    column.set_scroll_top(before + by);
    column.scroll_top() != before
}

/// Follows the pointer with a label of what it carries.
pub fn place_ghost(ghost: &HtmlElement, x: f64, y: f64) {
    let style = ghost.style();
    let _ = style.set_property("left", &format!("{:.0}px", x + 12.0));
    let _ = style.set_property("top", &format!("{:.0}px", y + 12.0));
}

/// What `selector` finds under a point of the viewport, looking through what lies above it.
pub fn element_at(x: f64, y: f64, selector: &str) -> Option<Element> {
    document()?.element_from_point(x as f32, y as f32)?.closest(selector).ok()?
}

/// Says on the page that the selection was made by holding a finger on a word, or that it was not.
pub fn mark_held(held: bool) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.toggle_attribute_with_force("data-held", held);
    }
}
