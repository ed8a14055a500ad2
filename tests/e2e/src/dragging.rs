//! What is dragged: handles, chips, and a finger that rests.

use serde_json::{Value, json};

use crate::pointer::{PLACES, Picture};
use crate::{Desk, seen, until};

/// CSS pixels of the viewport.
type Point = (f64, f64);

/// Keys that are held meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    Nothing,
    Alt,
}

impl Desk {
    /// The middle of the first element of `selector` that shows `text`, which is brought into sight.
    #[track_caller]
    fn middle(&self, selector: &str, text: &str) -> Point {
        const SCRIPT: &str = "const [selector, text] = arguments;
            const found = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility() && one.textContent.includes(text));
            if (!found) return 'nothing like it';
            found.scrollIntoView({ block: 'nearest', inline: 'nearest' });
            const box = found.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
            const over = document.elementFromPoint(x, y);
            return found.contains(over) ? [x, y] : `it behind ${over?.outerHTML.slice(0, 200)}`";
        self.point(&format!("{selector} “{text}”"), SCRIPT, json!([selector, text]))
    }

    /// The knob of a handle: of the `at`th fragment of the annotation in hand, or of the selection, where there is none.
    #[track_caller]
    fn knob(&self, edge: &str, at: Option<usize>) -> Point {
        const SCRIPT: &str = "const [selector] = arguments, handle = document.querySelector(selector);
            if (!handle || !handle.checkVisibility()) return 'no handle';
            const box = handle.getBoundingClientRect(), knob = getComputedStyle(handle, '::after'), half = parseFloat(knob.width) / 2 + 2;
            const x = box.left + (handle.dataset.hangs === 'left' ? 1 - half : half - 1), y = box.bottom + 3 + half;
            const over = document.elementFromPoint(x, y);
            return over === handle ? [x, y] : `it behind ${over?.outerHTML.slice(0, 200)}`";
        let selector = handle(edge, at);
        self.point(&selector, SCRIPT, json!([selector]))
    }

    /// The middle of words of the text, or of their first line, which are brought into sight.
    #[track_caller]
    fn word(&self, picture: &str) -> Point {
        const SCRIPT: &str = "const found = place(...arguments), [line] = range(found.start, found.end).getClientRects();
             return [line.left + line.width / 2, line.top + line.height / 2]";
        self.ends(picture);
        self.point(picture, &format!("{PLACES}{SCRIPT}"), Picture::parse(picture).arguments())
    }

    #[track_caller]
    fn point(&self, what: &str, script: &str, arguments: Value) -> Point {
        until(&format!("{what} at rest"), || {
            let first = self.script_with(script, arguments.clone());
            let second = self.script_with(script, arguments.clone());
            let point = second[0].as_f64().zip(second[1].as_f64());
            point.filter(|_| first == second).ok_or_else(|| format!("{first}, then {second}"))
        })
    }

    /// Drags the handle of an edge to a word with the mouse.
    #[track_caller]
    pub fn drag_edge(&self, edge: &str, fragment: usize, to: &str, held: Held) {
        let to = self.word(to);
        let from = self.knob(edge, Some(fragment));
        let below = self.beside(edge, Some(fragment), from, to);
        self.press_and_move(from, below, held);
        self.let_go(held);
    }

    /// Where a pointer that holds the knob at `held` lets go for the edge to lie at `words`: it keeps its
    /// distance from the edge's line.
    #[track_caller]
    fn beside(&self, edge: &str, fragment: Option<usize>, held: Point, words: Point) -> Point {
        const SCRIPT: &str =
            "const box = document.querySelector(arguments[0]).getBoundingClientRect(); return [box.left, box.top + box.height / 2]";
        let line = self.script_with(SCRIPT, json!([handle(edge, fragment)]));
        let (x, y) = line[0].as_f64().zip(line[1].as_f64()).expect("a handle");
        (words.0 + held.0 - x, words.1 + held.1 - y)
    }

    /// The same, but the mouse is not let go.
    #[track_caller]
    pub fn drag_edge_and_hold(&self, edge: &str, fragment: usize, to: &str) {
        let to = self.word(to);
        let from = self.knob(edge, Some(fragment));
        let below = self.beside(edge, Some(fragment), from, to);
        self.press_and_move(from, below, Held::Nothing);
    }

    /// Carries the element that shows `text` to another one with the mouse, and holds it there; a column that hides that one is
    /// scrolled by holding near its upper end.
    #[track_caller]
    pub fn carry(&self, selector: &str, text: &str, to: &str) {
        const SCRIPT: &str =
            "const box = document.querySelector(arguments[0])?.getBoundingClientRect(); if (!box) return 'nothing like it';
            const x = box.left + box.width / 2, y = box.top + box.height / 2, column = document.querySelector('.right');
            if (column.contains(document.querySelector(arguments[0])) && column.scrollTop > 0) return 'its column on the way up';
            return document.elementFromPoint(x, y)?.closest(arguments[0]) ? [x, y] : 'it out of sight'";
        let from = self.middle(selector, text);
        let column =
            self.script("const box = document.querySelector('.right').getBoundingClientRect(); return [box.left + 60, box.top + 12]");
        let top = (column[0].as_f64().unwrap_or_default(), column[1].as_f64().unwrap_or_default());
        self.press_and_move(from, top, Held::Nothing);
        let to = self.point(to, SCRIPT, json!([to]));
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" },
            "actions": [{ "type": "pointerMove", "origin": "viewport", "duration": 0, "x": to.0, "y": to.1 }] }]));
    }

    #[track_caller]
    fn press_and_move(&self, from: Point, to: Point, held: Held) {
        let half = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let move_to = |(x, y): Point| json!({ "type": "pointerMove", "origin": "viewport", "duration": 0, "x": x, "y": y });
        if held == Held::Alt {
            self.act(json!([{ "type": "key", "id": "keys", "actions": [{ "type": "keyDown", "value": ALT }] }]));
        }
        let actions = json!([move_to(from), { "type": "pointerDown", "button": 0 }, move_to(half), move_to(to)]);
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": actions }]));
    }

    /// Lets go of the mouse, and of what is held meanwhile.
    #[track_caller]
    pub fn let_go(&self, held: Held) {
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": [{ "type": "pointerUp", "button": 0 }] }]));
        if held == Held::Alt {
            self.act(json!([{ "type": "key", "id": "keys", "actions": [{ "type": "keyUp", "value": ALT }] }]));
        }
    }

    /// Selects words with Alt held, so that letters count; from the middle of the first letter to the middle of the last.
    #[track_caller]
    pub fn select_letters(&self, first: &str, last: &str) {
        let (from, to) = (self.word(first), self.word(last));
        self.press_and_move((from.0 - 3.0, from.1), (to.0 + 3.0, to.1), Held::Alt);
        self.let_go(Held::Alt);
    }

    /// Rests a finger on a word until `selector` is there.
    #[track_caller]
    pub fn hold_finger(&self, picture: &str, selector: &str) {
        let (x, y) = self.word(picture);
        self.finger("touchStart", Some((x, y)));
        self.wait_for(selector);
        self.finger("touchEnd", None);
    }

    /// Draws a selection's or a fragment's handle to a word with a finger.
    #[track_caller]
    pub fn drag_by_finger(&self, edge: &str, fragment: Option<usize>, to: &str) {
        let to = self.word(to);
        let from = self.knob(edge, fragment);
        let to = self.beside(edge, fragment, from, to);
        let half = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        // As slowly as a person who aims: what is thrown goes on moving, and swallows the next tap.
        for (step, (what, at)) in [("touchStart", Some(from)), ("touchMove", Some(half)), ("touchMove", Some(to))].into_iter().enumerate() {
            self.finger_at(what, at, step);
        }
        until("what the stretch would be", || seen(self.script("return CSS.highlights.has('drag')") == true, ()));
        self.finger_at("touchMove", Some((to.0, to.1 + 1.0)), 3);
        self.finger_at("touchEnd", None, 4);
    }

    /// What a finger does, by a clock of its own: half a second for each step.
    #[track_caller]
    fn finger_at(&self, what: &str, at: Option<Point>, step: usize) {
        let points: Vec<Value> = at.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock behind 1970").as_secs_f64();
        let timestamp = now + step as f64 / 2.0;
        self.browser.devtools("Input.dispatchTouchEvent", json!({ "type": what, "touchPoints": points, "timestamp": timestamp }));
    }

    #[track_caller]
    fn finger(&self, what: &str, at: Option<Point>) {
        let points: Vec<Value> = at.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
        self.browser.devtools("Input.dispatchTouchEvent", json!({ "type": what, "touchPoints": points }));
    }
}

/// The handle of an edge: of a fragment of the annotation in hand, counted from 0, or of the selection.
fn handle(edge: &str, fragment: Option<usize>) -> String {
    let place = fragment.map_or_else(|| "[data-grip=selection]".to_owned(), |at| format!("[data-grip=fragment][data-fragment=\"{at}\"]"));
    format!(".grip[data-edge={edge}]{place}")
}

/// WebDriver's name for the Alt key.
const ALT: &str = "\u{e00a}";
