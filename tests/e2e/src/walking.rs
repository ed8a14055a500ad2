//! Getting to words by keys alone, as a person does who watches the cursor.

use serde_json::json;

use crate::pointer::PLACES;
use crate::{Desk, until};

/// Where a range of the document stands, in UTF-16 units of the article's text.
const SPAN: &str = "
const span = (drawn) => {
  const before = document.createRange();
  before.setStart(article, 0);
  before.setEnd(drawn.startContainer, drawn.startOffset);
  const start = before.toString().length;
  return [start, start + drawn.toString().length];
};";

/// The span of the word cursor.
const CURSOR: &str = "const [drawn] = CSS.highlights.get('cursor') ?? []; return drawn ? span(drawn) : null";

/// The span of the browser's selection.
const SELECTION: &str = "const chosen = getSelection(); return chosen.isCollapsed ? null : span(chosen.getRangeAt(0))";

impl Desk {
    /// The word that the cursor is drawn on.
    #[track_caller]
    pub fn cursor_word(&self) -> Option<String> {
        let (start, end) = self.drawn(CURSOR)?;
        let word = self.script_with(&format!("{PLACES} return whole.slice(...arguments)"), json!([start, end]));
        word.as_str().map(str::to_owned)
    }

    /// Walks the cursor to the first of the words: by paragraph while the words lie in a later one, then by sentence, then
    /// by word.
    #[track_caller]
    pub fn walk_to(&self, picture: &str) {
        let (target, _) = self.units(picture);
        if self.drawn(CURSOR).is_none() {
            self.press("ArrowRight");
        }
        self.walk_by(target, || ("ArrowDown".to_owned(), "ArrowUp".to_owned()));
        self.walk_by(target, || {
            let (forth, back) = self.arrows();
            (format!("Ctrl+{forth}"), format!("Ctrl+{back}"))
        });
        self.walk_by(target, || {
            let (forth, back) = self.arrows();
            (forth.to_owned(), back.to_owned())
        });
        let (start, _) = self.cursor();
        assert_eq!(start, target, "the cursor can't be walked to “{picture}”; it is on {:?}", self.cursor_word());
    }

    /// The arrow keys that lead on and back in the text: by the article's own direction, else by the first strong letter of
    /// the line that the cursor is in, or else of the article.
    #[track_caller]
    fn arrows(&self) -> (&'static str, &'static str) {
        const LEFTWARDS: &str = r"if (article.dir !== 'auto') return article.dir === 'rtl';
            const from = whole.lastIndexOf('\n', arguments[0] - 1) + 1, to = whole.indexOf('\n', arguments[0]);
            const strong = (text) => /\p{L}/u.exec(text)?.[0], letter = strong(whole.slice(from, to < 0 ? undefined : to)) ?? strong(whole);
            return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(letter ?? '')";
        let leftwards = self.script_with(&format!("{PLACES}{LEFTWARDS}"), json!([self.cursor().0]));
        if leftwards == true { ("ArrowLeft", "ArrowRight") } else { ("ArrowRight", "ArrowLeft") }
    }

    /// Steps towards the target until it is reached or passed; `keys` lead forth and back from where the cursor is.
    #[track_caller]
    fn walk_by(&self, target: u64, keys: impl Fn() -> (String, String)) {
        loop {
            let (before, _) = self.cursor();
            if before == target {
                return;
            }
            let (forth, back) = keys();
            self.press(if before < target { &forth } else { &back });
            let (after, _) = self.cursor();
            // Past it, or no further: a smaller step has to do the rest.
            if after == before || (after > target) != (before > target) {
                return;
            }
        }
    }

    /// Extends the selection from the cursor, which stands on the first of the words, to the last of them.
    #[track_caller]
    pub fn extend_over(&self, picture: &str) {
        let (start, end) = self.units(picture);
        assert_eq!(self.cursor().0, start, "the cursor stands on the first word");
        let (forth, _) = self.arrows();
        let mut reached = self.cursor().1;
        while reached < end {
            self.press(&format!("Shift+{forth}"));
            let Some((from, to)) = self.drawn(SELECTION) else { panic!("Shift+{forth} selects nothing") };
            assert!(from == start && to > reached, "Shift+{forth} went from {start}–{reached} to {from}–{to}");
            reached = to;
        }
        assert_eq!(reached, end, "the selection can't end where “{picture}” ends: “{}”", self.selected_text());
    }

    #[track_caller]
    fn cursor(&self) -> (u64, u64) {
        until("the cursor", || self.drawn(CURSOR).ok_or_else(|| "none".to_owned()))
    }

    #[track_caller]
    fn drawn(&self, what: &str) -> Option<(u64, u64)> {
        let found = self.script(&format!("{PLACES}{SPAN}{what}"));
        found[0].as_u64().zip(found[1].as_u64())
    }

    #[track_caller]
    fn units(&self, picture: &str) -> (u64, u64) {
        let found = self.at(picture, "return [found.start, found.end]");
        found[0].as_u64().zip(found[1].as_u64()).unwrap_or_else(|| panic!("{found}"))
    }
}
