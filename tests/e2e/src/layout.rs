//! Whether everything fits on the screen and can be read there.

use crate::Desk;
use crate::reading::strings;

impl Desk {
    /// A line for everything that does not fit: a page wider than the screen, controls outside it or behind something
    /// else, labels that are cut off.
    #[track_caller]
    pub fn misfits(&self) -> Vec<String> {
        strings(&self.script(include_str!("look/misfits.js")))
    }

    /// A line for every text whose contrast is below the least of WCAG 2.2, success criterion 1.4.3 (level AA): 4.5, and 3
    /// for large text. What can't be used is exempt there, and here.
    #[track_caller]
    pub fn faint_texts(&self) -> Vec<String> {
        strings(&self.script(include_str!("look/contrast.js")))
    }

    /// The width of the article's text, in CSS pixels.
    #[track_caller]
    pub fn column_width(&self) -> f64 {
        let width = self.script("return document.querySelector('article[data-article]').getBoundingClientRect().width");
        width.as_f64().unwrap_or_default()
    }
}
