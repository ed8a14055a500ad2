//! The mouse: words are found where they are drawn, and dragged over or clicked there.

use serde_json::{Value, json};

use crate::{Desk, Seen, until};

/// Words of the article with what stands around them, so that they are found once: in `"He [noted] that"` the words in
/// brackets are meant; without brackets all of them.
pub(crate) struct Picture<'a> {
    before: &'a str,
    words: &'a str,
    after: &'a str,
}

impl<'a> Picture<'a> {
    pub fn parse(picture: &'a str) -> Self {
        let bracketed = picture.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once(']')?)));
        match bracketed {
            Some((before, (words, after))) => Self { before, words, after },
            None => Self { before: "", words: picture, after: "" },
        }
    }

    pub fn arguments(&self) -> Value {
        json!([self.before, self.words, self.after])
    }
}

/// Defines `place(before, words, after)`, in UTF-16 units of the article's text, and `range(start, end)`.
pub const PLACES: &str = r#"
const article = document.querySelector('article[data-article]');
const whole = article ? article.textContent : '';
const place = (before, words, after) => {
  const phrase = before + words + after, at = whole.indexOf(phrase);
  if (at < 0) return { problem: `no “${phrase}” in the article` };
  if (whole.indexOf(phrase, at + 1) >= 0) return { problem: `“${phrase}” more than once in the article` };
  return { start: at + before.length, end: at + before.length + words.length };
};
const range = (start, end) => {
  const found = document.createRange(), walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  let from = 0, begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const to = from + node.data.length;
    if (!begun && start < to) { found.setStart(node, start - from); begun = true; }
    if (begun && end <= to) { found.setEnd(node, end - from); return found; }
    from = to;
  }
  return found;
};
"#;

/// Where to press and where to let go: just inside the first and the last grapheme, whichever way the script runs. Looked
/// at twice, two frames apart: what scrolled a moment ago may still move.
const ENDS: &str = r#"
const found = place(...arguments);
if (found.problem) return found;
const graphemes = [...new Intl.Segmenter().segment(whole.slice(found.start, found.end))];
const edge = (grapheme, near) => {
  const start = found.start + grapheme.index, rects = [...range(start, start + grapheme.segment.length).getClientRects()];
  const rect = rects.filter((rect) => rect.width > 0).at(near === 'start' ? 0 : -1);
  if (!rect) return null;
  const leftwards = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/.test(grapheme.segment);
  const inside = Math.min(rect.width / 4, 3);
  const x = (near === 'start') !== leftwards ? rect.left + inside : rect.right - inside;
  return { x: Math.round(x * 8) / 8, y: Math.round(rect.top + rect.height / 2) };
};
const hits = (point) => point && document.elementFromPoint(point.x, point.y)?.closest('article[data-article]');
const look = () => {
  const from = edge(graphemes[0], 'start'), to = edge(graphemes.at(-1), 'end');
  const column = article.closest('[data-scrolls]').getBoundingClientRect();
  const middle = column.top + column.height * .4;
  const block = range(found.start, found.start + 1).startContainer.parentElement.closest('p').getBoundingClientRect();
  return { from, to, hit: Boolean(hits(from) && hits(to)), x: column.left + column.width / 2, y: middle,
    off: Math.round((from ? from.y : block.top) - middle) };
};
const frame = () => new Promise((done) => requestAnimationFrame(done));
return (async () => {
  const first = look();
  await frame();
  await frame();
  const second = look();
  return { ...second, still: JSON.stringify(first) === JSON.stringify(second) };
})();
"#;

impl Desk {
    /// Selects words by dragging the mouse over them.
    #[track_caller]
    pub fn select(&self, picture: &str) {
        let (from, to) = self.ends(picture);
        self.drag(from, to);
    }

    /// The same from the last of the words to the first.
    #[track_caller]
    pub fn select_backwards(&self, picture: &str) {
        let (from, to) = self.ends(picture);
        self.drag(to, from);
    }

    #[track_caller]
    fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let half = (to.0, (from.1 + to.1) / 2.0);
        self.act(json!([mouse(vec![moved(from), down(), moved(half), moved(to), up()])]));
    }

    /// Selects words as the handles of a touch selection do: it changes, with no button that is let go.
    #[track_caller]
    pub fn select_by_touch(&self, picture: &str) {
        self.ends(picture);
        let script = format!(
            "{PLACES} const found = place(...arguments), chosen = range(found.start, found.end);
             getSelection().removeAllRanges(); getSelection().addRange(chosen); return null"
        );
        self.script_with(&script, Picture::parse(picture).arguments());
    }

    /// Clicks on the first of the words.
    #[track_caller]
    pub fn click_word(&self, picture: &str) {
        let (from, _) = self.ends(picture);
        self.act(json!([mouse(vec![moved(from), down(), up()])]));
    }

    /// Clicks twice, or three times, in a row on the first of the words.
    #[track_caller]
    pub fn click_word_times(&self, picture: &str, times: usize) {
        let (from, _) = self.ends(picture);
        let clicks = std::iter::repeat_n([down(), up()], times).flatten();
        self.act(json!([mouse(std::iter::once(moved(from)).chain(clicks).collect())]));
    }

    /// Scrolls to the words with the wheel; where they begin and end, in CSS pixels of the viewport.
    #[track_caller]
    pub(crate) fn ends(&self, picture: &str) -> ((f64, f64), (f64, f64)) {
        let arguments = Picture::parse(picture).arguments();
        until(&format!("“{picture}” in sight"), || {
            let found = self.script_with(&format!("{PLACES}{ENDS}"), arguments.clone());
            if let Some(problem) = found["problem"].as_str() {
                return Err(problem.to_owned());
            }
            if found["still"] != true {
                return Err(format!("them moving: {found}"));
            }
            if found["hit"] == true {
                return Ok((point(&found["from"])?, point(&found["to"])?));
            }
            let (x, y) = point(&found)?;
            let by = found["off"].as_i64().unwrap_or_default();
            self.act(json!([{ "type": "wheel", "id": "wheel", "actions": [
                { "type": "scroll", "x": x.round() as i64, "y": y.round() as i64, "deltaX": 0, "deltaY": by, "duration": 0 },
            ] }]));
            Err(format!("them {by} pixels off, or behind something: {found}"))
        })
    }

    /// Chooses the option of that value in the select box that matches `selector`.
    #[track_caller]
    pub fn choose(&self, selector: &str, value: &str) {
        // The box of a headless browser can't be opened as a list; keys would depend on its language.
        const SCRIPT: &str = "const [selector, value] = arguments, box = document.querySelector(selector);
            if (![...(box?.options ?? [])].some((option) => option.value === value)) return box?.outerHTML ?? 'no such box';
            // As by pointer: it has the focus, and no ring around it.
            box.focus({ focusVisible: false }); box.value = value; box.dispatchEvent(new Event('change', { bubbles: true })); return null;";
        until(&format!("{value} in {selector}"), || match self.script_with(SCRIPT, json!([selector, value])) {
            Value::Null => Ok(()),
            found => Err(found.to_string()),
        });
    }

    /// Clicks the first button of that `data-command` that can be seen and pressed.
    #[track_caller]
    pub fn click_command(&self, command: &str) {
        self.click(&format!("button[data-command=\"{command}\"]"));
    }

    /// Clicks the first element of `selector` that can be seen and is not disabled.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        self.click_with_text(selector, "");
    }

    /// The same for the first that shows `text`.
    #[track_caller]
    pub fn click_with_text(&self, selector: &str, text: &str) {
        const SCRIPT: &str = r#"
            const [selector, text] = arguments, all = [...document.querySelectorAll(selector)];
            const ready = (element) => !element.disabled && element.checkVisibility({ visibilityProperty: true })
              && element.getBoundingClientRect().width > 0 && element.textContent.includes(text);
            return all.find(ready) ?? all.map((element) => element.outerHTML.slice(0, 300)).join('\n');
        "#;
        until(&format!("{selector} “{text}” to be clicked"), || {
            let session = self.browser.session();
            let found = self.browser.run(session.execute(SCRIPT, vec![json!(selector), json!(text)]));
            if let Value::String(others) = found.json() {
                return Err(if others.is_empty() { "none".to_owned() } else { format!("only {others}") });
            }
            let element = self.browser.run(async { found.element() });
            // What lies under something else, or was just drawn anew, can't be clicked yet.
            self.browser.runtime().block_on(element.click()).map_err(|error| first_lines(&error.to_string()))
        });
    }
}

/// A driver's error without the addresses of its own functions.
fn first_lines(error: &str) -> String {
    error.lines().take_while(|line| !line.contains("Stacktrace")).map(str::trim).collect::<Vec<_>>().join(" ")
}

fn point(found: &Value) -> Seen<(f64, f64)> {
    found["x"].as_f64().zip(found["y"].as_f64()).ok_or_else(|| format!("no place: {found}"))
}

fn mouse(actions: Vec<Value>) -> Value {
    json!({ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions })
}

fn moved((x, y): (f64, f64)) -> Value {
    json!({ "type": "pointerMove", "origin": "viewport", "duration": 0, "x": x, "y": y })
}

fn down() -> Value {
    json!({ "type": "pointerDown", "button": 0 })
}

fn up() -> Value {
    json!({ "type": "pointerUp", "button": 0 })
}
