//! What mouse and fingers select.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use crate::browser::{self, JsCast, Wait};
use crate::session::{Action, Snapping};
use crate::text::Stretch;
use crate::ui::overlay::snapping;

/// Selections made with mouse, touch or the browser's own keys.
///
/// A drag is read when the button is let go, with Alt as it is; a touch selection, which has no such end, when it has rested.
#[hook]
pub fn use_pointer_selection(act: Callback<Action>) {
    use_effect_with((), move |()| {
        let pressed = Rc::new(Cell::new(false));
        let waiting: Rc<RefCell<Option<Wait>>> = Rc::default();
        let read = {
            let act = act.clone();
            move |snapping: Snapping| match (browser::article_selection(), snapping) {
                (Some(stretch), Snapping::Usual) => act.emit(Action::Select(Some(stretch))),
                (Some(stretch), Snapping::Off) => act.emit(Action::SelectExactly(stretch)),
                (None, _) => {}
            }
        };
        let down = {
            let (pressed, act) = (pressed.clone(), act.clone());
            browser::listen_document("pointerdown", move |event| {
                pressed.set(true);
                // With Shift the browser extends what is selected.
                let extends = event.dyn_ref::<browser::MouseEvent>().is_some_and(|event| event.shift_key());
                if is_in_text(event) && !extends {
                    browser::mark_held(false);
                    act.emit(Action::Select(None));
                }
            })
        };
        let up = {
            let pressed = pressed.clone();
            browser::listen_document("pointerup", move |event| {
                pressed.set(false);
                read(event.dyn_ref::<browser::MouseEvent>().map_or(Snapping::Usual, snapping));
            })
        };
        let cancel = {
            let pressed = pressed.clone();
            browser::listen_document("pointercancel", move |_| pressed.set(false))
        };
        let change = browser::listen_document("selectionchange", move |_| {
            let (pressed, act) = (pressed.clone(), act.clone());
            *waiting.borrow_mut() = Some(browser::after(250, move || {
                // What a key has let go of by now may still be drawn where the page is slow.
                if let Some(stretch) = browser::selection_by_person().filter(|_| !pressed.get()) {
                    act.emit(Action::Select(Some(stretch)));
                }
            }));
        });
        move || drop((down, up, cancel, change))
    });
}

fn is_in_text(event: &browser::Event) -> bool {
    browser::target_of(event).is_some_and(|element| element.closest("article[data-article]").ok().flatten().is_some())
}

/// A finger that rests on a word selects it, in milliseconds: later than where the browser does that by itself.
const HOLD: u32 = 650;
/// A finger that goes farther, in CSS pixels, wants to scroll.
const STEADY: f64 = 10.0;

/// A finger that has not gone far, and what happens when it rests.
struct Holding {
    at: (f64, f64),
    _wait: Wait,
}

/// A word that a finger is held on is selected where the browser has not done so, and gets handles of the page's own.
#[hook]
pub fn use_hold(act: Callback<Action>) {
    use_effect_with((), move |()| {
        let holding: Rc<RefCell<Option<Holding>>> = Rc::default();
        let down = {
            let holding = holding.clone();
            browser::listen_document("pointerdown", move |event| {
                let finger =
                    event.dyn_ref::<browser::PointerEvent>().filter(|pointer| pointer.pointer_type() == "touch" && pointer.is_primary());
                let Some(pointer) = finger.filter(|_| is_in_text(event)).cloned() else { return };
                let at = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
                let act = act.clone();
                let wait = browser::after(HOLD, move || {
                    let word = browser::offset_clicked(&pointer).and_then(|offset| Stretch::new(offset, offset + 1));
                    if browser::article_selection().is_none() && word.is_some() {
                        browser::mark_held(true);
                        act.emit(Action::Select(word));
                    }
                });
                *holding.borrow_mut() = Some(Holding { at, _wait: wait });
            })
        };
        let moved = {
            let holding = holding.clone();
            browser::listen_document("pointermove", move |event| {
                let Some(pointer) = event.dyn_ref::<browser::PointerEvent>() else { return };
                let (x, y) = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
                let went = holding.borrow().as_ref().is_some_and(|held| (held.at.0 - x).hypot(held.at.1 - y) > STEADY);
                if went {
                    holding.take();
                }
            })
        };
        let over = |event: &'static str| {
            let holding = holding.clone();
            browser::listen_document(event, move |_| drop(holding.take()))
        };
        let (up, cancel) = (over("pointerup"), over("pointercancel"));
        move || drop((down, moved, up, cancel))
    });
}
