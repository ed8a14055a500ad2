//! The page around the article: the root element's attributes, theme, focus, and geometry through CSSOM.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::session::Reading;

pub(super) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

fn find_html(selector: &str) -> Option<HtmlElement> {
    find(selector)?.dyn_into().ok()
}

/// The element that an event happened to.
pub fn target_of(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// What is chosen in a list of options: the value of a `<select>`.
pub fn value_of(select: &Element) -> String {
    js_sys::Reflect::get(select, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

pub(super) fn root() -> Option<Element> {
    document()?.document_element()
}

pub(super) fn body() -> Element {
    document().and_then(|document| document.body()).expect("invariant: a page that loads a script has a body").into()
}

/// Where the desk is drawn: beside what is read while the program is on its way.
pub fn place() -> Element {
    find("#page").expect("invariant: index.html has a place for the desk")
}

/// Takes away what was read until the desk was there.
pub fn end_opening() {
    if let Some(opening) = find("body > .opening") {
        opening.remove();
    }
}

/// Writes `data-revision` and `data-saved-revision`, the page's contract with tests and scripts.
pub fn announce_revision(revision: u64, saved: Option<u64>) {
    let Some(root) = root() else { return };
    let _ = root.set_attribute("data-revision", &revision.to_string());
    match saved {
        Some(saved) => {
            let _ = root.set_attribute("data-saved-revision", &saved.to_string());
        }
        None => {
            let _ = root.remove_attribute("data-saved-revision");
        }
    }
}

pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.as_str() == name)
    }

    pub fn show(self) {
        if let Some(root) = root() {
            let _ = root.set_attribute("data-theme", self.as_str());
        }
    }
}

/// The other theme than the one on the screen; it is shown and returned.
pub fn switch_theme() -> Theme {
    let chosen = root().and_then(|root| root.get_attribute("data-theme")).and_then(|name| Theme::parse(&name));
    let dark = match chosen {
        Some(theme) => theme == Theme::Dark,
        None => web_sys::window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok()?)
            .is_some_and(|query| query.matches()),
    };
    let theme = if dark { Theme::Light } else { Theme::Dark };
    theme.show();
    theme
}

/// Shows the text as the person likes to read it.
pub fn show_reading(reading: &Reading) {
    if let Some(root) = root() {
        for (name, step) in reading.words() {
            let _ = root.set_attribute(&format!("data-{name}"), step);
        }
    }
}

/// The text alone on the screen, or everything again.
pub fn switch_focus_mode() {
    if let Some(root) = root() {
        let _ = root.toggle_attribute("data-focus-mode");
    }
}

pub fn is_mac() -> bool {
    web_sys::window()
        .and_then(|window| window.navigator().platform().ok())
        .is_some_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// Whether keys belong to a field or a control, and not to the desk.
pub fn is_typing(event: &web_sys::Event, key: &str) -> bool {
    let Some(element) = target_of(event) else { return false };
    if element.closest("input:not([type=checkbox]), textarea, select, [contenteditable]").ok().flatten().is_some() {
        return true;
    }
    // A focused button or link keeps its own keys.
    matches!(key, "Enter" | " ") && element.closest("button, a, summary, [role=option], [role=button]").ok().flatten().is_some()
}

pub fn focus(selector: &str) {
    if let Some(element) = find_html(selector) {
        let _ = element.focus();
    }
}

/// Focuses a field with all of its words selected, so that typing replaces them.
pub fn focus_and_select(field: &web_sys::HtmlInputElement) {
    let _ = field.focus();
    field.select();
}

/// Gives the keyboard to the text, which stays where it is.
pub fn focus_article() {
    if let Some(article) = super::selection::article_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = article.focus_with_options(&options);
    }
}

/// Whether an event comes from a button that was clicked, or a list that was chosen from, by pointer and outside of dialogs.
pub fn was_reached_by_pointer(event: &web_sys::Event) -> bool {
    let Some(element) = target_of(event) else { return false };
    let within = |selector: &str| element.closest(selector).ok().flatten();
    if within("dialog").is_some() {
        return false;
    }
    // A click that a key made counts no clicks.
    let clicked = event.dyn_ref::<web_sys::MouseEvent>().is_some_and(|event| event.detail() > 0);
    if event.type_() == "click" { clicked && within("button").is_some() } else { within("select:not(:focus-visible)").is_some() }
}

/// Scrolls a list so that the element can be seen.
pub fn show_in_list(selector: &str) {
    show(selector, ScrollLogicalPosition::Nearest);
}

/// Scrolls so that the element begins at the top.
pub fn show_at_top(selector: &str) {
    show(selector, ScrollLogicalPosition::Start);
}

fn show(selector: &str, at: ScrollLogicalPosition) {
    if let Some(element) = find(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(at);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls a column up, unless the pointer or the keyboard is in it.
pub fn scroll_to_top_unless_used(selector: &str) {
    let Some(column) = find(selector) else { return };
    let focused = document().and_then(|document| document.active_element());
    let is_used = column.matches(":hover").unwrap_or(false) || focused.is_some_and(|element| column.contains(Some(&element)));
    if !is_used {
        column.set_scroll_top(0);
    }
}

/// Opens the list of a closed `<select>` whose choice a key would change; whether it did.
pub fn opens_list(event: &web_sys::Event) -> bool {
    let (Some(press), Some(list)) = (event.dyn_ref::<web_sys::KeyboardEvent>(), target_of(event)) else { return false };
    let changes =
        press.key().chars().count() == 1 || matches!(&*press.key(), "ArrowUp" | "ArrowDown" | "Home" | "End" | "PageUp" | "PageDown");
    if list.tag_name() != "SELECT" || !changes || press.ctrl_key() || press.meta_key() || press.alt_key() {
        return false;
    }
    let open = js_sys::Reflect::get(&list, &"showPicker".into()).ok().and_then(|open| open.dyn_into::<js_sys::Function>().ok());
    open.is_some_and(|open| open.call0(&list).is_ok())
}

pub fn click(selector: &str) {
    if let Some(element) = find_html(selector) {
        element.click();
    }
}

/// Puts `element` above the rectangle (left, top, width, height, in CSS pixels of the viewport), or below where there is
/// no room, and inside the text’s column, or the viewport where that is too narrow.
pub fn place_above(element: &HtmlElement, (left, top, width, height): (f64, f64, f64, f64)) {
    let Some(window) = web_sys::window() else { return };
    let viewport = window.inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1024.0);
    let (own_width, own_height) = (f64::from(element.offset_width()), f64::from(element.offset_height()));
    // The lists beside the text stay as they are, to be seen and clicked.
    let column = find_html(".text").map(|column| column.get_bounding_client_rect());
    let (from, to) = column.filter(|of| of.width() >= own_width + 16.0).map_or((0.0, viewport), |of| (of.left(), of.right()));
    let x = (left + width / 2.0 - own_width / 2.0).clamp(from + 8.0, (to - own_width - 8.0).max(from + 8.0));
    let above = top - own_height - 8.0;
    // Under the top bar there is nothing to see.
    let y = if above < 56.0 { top + height + 8.0 } else { above };
    let lowest = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(768.0) - own_height - 8.0;
    let y = y.clamp(56.0, lowest.max(56.0));
    let style = element.style();
    let _ = style.set_property("left", &format!("{x:.1}px"));
    let _ = style.set_property("top", &format!("{y:.1}px"));
}

/// Gives the keyboard to a dialog's contents where nothing else on the page has it.
pub fn keep_keyboard_in(dialog: &HtmlElement) {
    let focused = document().and_then(|document| document.active_element());
    if focused.is_none_or(|element| element.tag_name() == "BODY")
        && let Ok(Some(contents)) = dialog.query_selector(".dialog-body")
        && let Ok(contents) = contents.dyn_into::<HtmlElement>()
    {
        let _ = contents.focus();
    }
}

/// Closes a `<dialog>`; what had the keyboard before it was opened has it again, or the article, for whoever opened it
/// by pointer.
pub fn close_modal(element: &HtmlElement, opened_by_pointer: bool) {
    if let Some(dialog) = element.dyn_ref::<web_sys::HtmlDialogElement>() {
        dialog.close();
    }
    if opened_by_pointer {
        focus_article();
    }
}

/// Opens a `<dialog>` over the page, which then can't be reached until it is closed; returns whether a pointer did it.
pub fn show_modal(element: &HtmlElement) -> bool {
    let by_pointer = find("button:focus:not(:focus-visible)").is_some();
    if let Some(dialog) = element.dyn_ref::<web_sys::HtmlDialogElement>()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
    // What has no field to begin with begins with what it says, which arrows scroll, and not with the button that closes it.
    let first = ["[autofocus]", ".dialog-body"].iter().find_map(|selector| element.query_selector(selector).ok().flatten());
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
    by_pointer
}
