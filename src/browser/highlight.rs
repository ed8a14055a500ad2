//! The word cursor and what a pointer drags: drawn by the CSS Custom Highlight API, so that no element of the text changes
//! for them.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::selection::range_of;
use crate::text::Stretch;

const CURSOR: &str = "cursor";
const DRAG: &str = "drag";

fn registry() -> Option<JsValue> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok()?;
    Reflect::get(&css, &"highlights".into()).ok().filter(|highlights| !highlights.is_undefined())
}

fn draw(name: &str, stretch: Stretch) -> Option<()> {
    let range = range_of(stretch)?;
    let registry = registry()?;
    let constructor: Function = Reflect::get(&js_sys::global(), &"Highlight".into()).ok()?.dyn_into().ok()?;
    let highlight = Reflect::construct(&constructor, &Array::of1(&range)).ok()?;
    let set: Function = Reflect::get(&registry, &"set".into()).ok()?.dyn_into().ok()?;
    set.call2(&registry, &name.into(), &highlight).ok()?;
    Some(())
}

fn clear(name: &str) -> Option<()> {
    let registry = registry()?;
    let delete: Function = Reflect::get(&registry, &"delete".into()).ok()?.dyn_into().ok()?;
    delete.call1(&registry, &name.into()).ok()?;
    Some(())
}

/// Draws the cursor on a word; where the browser has no highlights, the word is selected instead.
pub fn draw_cursor(word: Stretch) {
    if draw(CURSOR, word).is_none() && registry().is_none() {
        super::select_in_article(Some(word));
    }
}

pub fn clear_cursor() {
    clear(CURSOR);
}

/// Draws what a span would be while a pointer drags its edge.
pub fn draw_drag(stretch: Stretch) {
    draw(DRAG, stretch);
}

pub fn clear_drag() {
    clear(DRAG);
}

/// Scrolls the text so that `stretch` can be seen, if it can't be already.
pub fn scroll_to(stretch: Stretch) {
    let Some(range) = range_of(stretch) else { return };
    let rect = range.get_bounding_client_rect();
    let element = range.start_container().ok().and_then(|node| node.parent_element());
    if let Some(element) = element {
        scroll_into_sight(rect.top(), rect.bottom(), &element);
    }
}

/// Scrolls to `element` when what lies between `top` and `bottom` (viewport pixels) is outside the scrolling column.
pub(super) fn scroll_into_sight(top: f64, bottom: f64, element: &Element) {
    let Ok(Some(column)) = element.closest("[data-scrolls]") else { return };
    let view = column.get_bounding_client_rect();
    // A little room, so that neither the tagging toolbar nor the next line is cut off.
    if top < view.top() + 56.0 || bottom > view.bottom() - 56.0 {
        let options = ScrollIntoViewOptions::new();
        options.set_behavior(ScrollBehavior::Auto);
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
