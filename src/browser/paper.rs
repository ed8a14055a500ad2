//! The page on paper. The browser says that it prints when nothing can be rendered any more, so what paper has beside the
//! text is made here, at once, and beside the app.

use web_sys::Element;

use super::document::{body, document};
use super::{Listener, Theme, listen};
use crate::session::{FrameRow, Sheet};

/// Puts the page in order for paper as long as the browser prints it; `sheet` is asked for what belongs on it.
pub fn when_printing(sheet: impl Fn() -> Option<Sheet> + 'static) -> [Option<Listener>; 2] {
    let paper: std::rc::Rc<std::cell::RefCell<Option<Paper>>> = std::rc::Rc::default();
    let begin = {
        let paper = paper.clone();
        listen("beforeprint", move |_| {
            // What an earlier printing left goes first.
            paper.take();
            *paper.borrow_mut() = sheet().map(|sheet| Paper::lay_out(&sheet));
        })
    };
    [begin, listen("afterprint", move |_| drop(paper.take()))]
}

/// Opens the browser's own dialog for printing.
pub fn print() {
    if let Some(window) = web_sys::window() {
        let _ = window.print();
    }
}

/// By daylight and with the sheet; with its end the page is as it was.
struct Paper {
    theme: Option<String>,
    sheet: Option<Element>,
}

impl Paper {
    fn lay_out(sheet: &Sheet) -> Self {
        let theme = document().and_then(|document| document.document_element()?.get_attribute("data-theme"));
        Theme::Light.show();
        Self { theme, sheet: draw(sheet) }
    }
}

impl Drop for Paper {
    fn drop(&mut self) {
        if let Some(sheet) = &self.sheet {
            sheet.remove();
        }
        if let Some(root) = document().and_then(|document| document.document_element()) {
            let _ = match &self.theme {
                Some(theme) => root.set_attribute("data-theme", theme),
                None => root.remove_attribute("data-theme"),
            };
        }
    }
}

fn draw(sheet: &Sheet) -> Option<Element> {
    let section = put(&body(), "section", "sheet", "")?;
    let legend = put(&section, "p", "legend", "")?;
    for (color, key, name) in &sheet.legend {
        let entry = put(&legend, "span", "", "")?;
        put(&entry, "i", &format!("dot c-{}", color.as_str()), "")?;
        let key = key.map(|key| format!(" {}", key.to_uppercase())).unwrap_or_default();
        put(&entry, "span", "", &format!("{key} {name}"))?;
    }
    if !sheet.rows.is_empty() {
        put(&section, "h2", "", "Who says what")?;
        let table = put(&section, "table", "frame-table", "")?;
        let head = put(&put(&table, "thead", "", "")?, "tr", "", "")?;
        for name in ["Speaker", "What is said", "Stances", "Unfinished"] {
            put(&head, "th", "", name)?;
        }
        let contents = put(&table, "tbody", "", "")?;
        for row in &sheet.rows {
            draw_row(&contents, row)?;
        }
    }
    put(&section, "p", "hint-text", &sheet.foot)?;
    Some(section)
}

fn draw_row(contents: &Element, row: &FrameRow) -> Option<()> {
    let line = put(contents, "tr", "", "")?;
    put(&line, "td", "", row.speaker.as_deref().unwrap_or("nobody yet"))?;
    let said = put(&line, "td", "", &"↳".repeat(row.depth.min(4)))?;
    put(&said, "q", "", &row.quote)?;
    if let Some(of) = &row.of {
        put(&said, "small", "", &format!(" {of}"))?;
    }
    let stances = put(&line, "td", "", "")?;
    for stance in &row.stances {
        let mark = stance.mark.map(|mark| format!("{mark} ")).unwrap_or_default();
        put(&stances, "p", "", &format!("{mark}{}", stance.quote))?;
    }
    put(&line, "td", "gaps", &row.lacking.join(", "))?;
    Some(())
}

/// Appends an element with a text, which may run either way.
fn put(parent: &Element, name: &str, class: &str, text: &str) -> Option<Element> {
    let element = document()?.create_element(name).ok()?;
    element.set_class_name(class);
    element.set_text_content(Some(text));
    if !text.is_empty() {
        element.set_attribute("dir", "auto").ok()?;
    }
    parent.append_child(&element).ok()?;
    Some(element)
}
