use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_hands;
use crate::browser::{self, Beat, HtmlElement, JsCast, Listener, Wait};
use crate::model::{AnnotationId, EntityId, Filler, RoleId};
use crate::session::Action;

/// So far a mouse goes before it carries, in CSS pixels; a finger that goes as far wants to scroll.
const FAR: f64 = 6.0;
/// So long a finger rests before it carries, in milliseconds.
const RESTS: u32 = 450;

/// What `data-filler` says of an element that can be carried into a role.
pub fn filler_mark(filler: &Filler) -> AttrValue {
    match filler {
        Filler::Annotation(id) => format!("annotation:{id}").into(),
        Filler::Entity(id) => format!("entity:{id}").into(),
    }
}

fn parse_mark(mark: &str) -> Option<Filler> {
    match mark.split_once(':')? {
        ("annotation", id) => AnnotationId::new(id).map(Filler::Annotation),
        ("entity", id) => EntityId::new(id).map(Filler::Entity),
        _ => None,
    }
}

/// What a pointer has pressed, and carries once `carries` says so.
struct Held {
    pointer: i32,
    from: (f64, f64),
    filler: Filler,
    label: String,
    carries: bool,
    at: (f64, f64),
    /// Goes on while it carries: the columns scroll where their ends are near.
    beat: Option<Beat>,
    /// A finger's rest.
    _rest: Option<Wait>,
}

/// Lets chips, rows and entities be carried into a role of the frame in hand; draws what is carried beside the pointer.
#[component]
pub fn Carrying() -> Html {
    let hands = use_hands();
    let label = use_state(|| None::<AttrValue>);
    let ghost = use_node_ref();
    {
        let (act, label, ghost) = (hands.act.clone(), label.clone(), ghost.clone());
        use_effect_with((), move |()| {
            let listeners = listeners(act, Callback::from(move |text: Option<AttrValue>| label.set(text)), ghost);
            move || drop(listeners)
        });
    }
    html! {
        <div ref={ghost} class={classes!("ghost", label.is_none().then_some("idle"))} aria-hidden="true" dir="auto">{ label.as_ref().cloned().unwrap_or_default() }</div>
    }
}

fn listeners(act: Callback<Action>, show: Callback<Option<AttrValue>>, ghost: NodeRef) -> Vec<Option<Listener>> {
    let held: Rc<RefCell<Option<Held>>> = Rc::default();
    // A click that ends a carrying is none.
    let swallow = Rc::new(Cell::new(false));
    let place = move |x: f64, y: f64| {
        if let Some(ghost) = ghost.cast::<HtmlElement>() {
            browser::place_ghost(&ghost, x, y);
        }
    };
    let begin = {
        let (held, act, show, place, swallow) = (held.clone(), act.clone(), show.clone(), place.clone(), swallow.clone());
        move || {
            let beat = {
                let held = Rc::downgrade(&held);
                Beat::every(30, move || {
                    let at = held.upgrade().and_then(|held| held.borrow().as_ref().map(|held| held.at));
                    if let Some((x, y)) = at {
                        browser::scroll_column_near_ends(x, y);
                    }
                })
            };
            let begun = held.borrow_mut().as_mut().map(|held| {
                held.carries = true;
                held.beat = Some(beat);
                (held.filler.clone(), held.label.clone(), held.from)
            });
            if let Some((filler, label, (x, y))) = begun {
                swallow.set(true);
                show.emit(Some(label.into()));
                place(x, y);
                act.emit(Action::Carry(Some(filler)));
            }
        }
    };
    let end = {
        let (held, show) = (held.clone(), show.clone());
        move || {
            let carried = held.take().is_some_and(|held| held.carries);
            if carried {
                show.emit(None);
            }
            carried
        }
    };
    let carries = {
        let held = held.clone();
        move || held.borrow().as_ref().is_some_and(|held| held.carries)
    };
    let pressed = {
        let (held, begin, swallow) = (held.clone(), begin.clone(), swallow.clone());
        browser::listen_document("pointerdown", move |event| {
            swallow.set(false);
            let Some(pointer) = event.dyn_ref::<browser::PointerEvent>().filter(|pointer| pointer.button() == 0) else { return };
            let Some(source) = browser::target_of(event).and_then(|target| target.closest("[data-filler]").ok()?) else { return };
            let Some(filler) = source.get_attribute("data-filler").as_deref().and_then(parse_mark) else { return };
            let rest = (pointer.pointer_type() == "touch").then(|| browser::after(RESTS, begin.clone()));
            *held.borrow_mut() = Some(Held {
                pointer: pointer.pointer_id(),
                from: (f64::from(pointer.client_x()), f64::from(pointer.client_y())),
                filler,
                label: source.text_content().unwrap_or_default(),
                carries: false,
                at: (f64::from(pointer.client_x()), f64::from(pointer.client_y())),
                beat: None,
                _rest: rest,
            });
        })
    };
    let moved = {
        let (held, begin, place) = (held.clone(), begin, place);
        browser::listen_document("pointermove", move |event| {
            let Some(pointer) = event.dyn_ref::<browser::PointerEvent>() else { return };
            let (x, y) = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
            let is_far = held.borrow_mut().as_mut().filter(|held| held.pointer == pointer.pointer_id()).map(|held| {
                held.at = (x, y);
                (held.carries, (held.from.0 - x).hypot(held.from.1 - y) > FAR)
            });
            match is_far {
                Some((true, _)) => {
                    event.prevent_default();
                    place(x, y);
                }
                Some((false, true)) if pointer.pointer_type() == "touch" => *held.borrow_mut() = None,
                Some((false, true)) => begin(),
                _ => {}
            }
        })
    };
    let dropped = {
        let (end, act) = (end.clone(), act.clone());
        browser::listen_document("pointerup", move |event| {
            if !end() {
                return;
            }
            let Some(pointer) = event.dyn_ref::<browser::PointerEvent>() else { return };
            let target = browser::element_at(f64::from(pointer.client_x()), f64::from(pointer.client_y()), ".frame [data-role]");
            match target.and_then(|target| target.get_attribute("data-role")).as_deref().and_then(RoleId::new) {
                Some(role) => act.emit(Action::DropInto(role)),
                None => act.emit(Action::Carry(None)),
            }
        })
    };
    let given_up = |event: &'static str| {
        let (end, act) = (end.clone(), act.clone());
        browser::listen_document(event, move |_| {
            if end() {
                act.emit(Action::Carry(None));
            }
        })
    };
    let cancelled = given_up("pointercancel");
    let escaped = {
        let (end, act) = (end.clone(), act.clone());
        browser::listen_first("keydown", move |event| {
            if event.dyn_ref::<browser::KeyboardEvent>().is_some_and(|event| event.key() == "Escape") && end() {
                event.prevent_default();
                event.stop_propagation();
                act.emit(Action::Carry(None));
            }
        })
    };
    // While a finger carries, the page stays where it is, and no menu opens.
    let quiet = |name: &'static str| {
        let carries = carries.clone();
        browser::listen_first(name, move |event| {
            if carries() {
                event.prevent_default();
            }
        })
    };
    let (scrolls, menus, drags) = (quiet("touchmove"), quiet("contextmenu"), quiet("dragstart"));
    let clicked = browser::listen_first("click", move |event| {
        if swallow.take() {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    vec![pressed, moved, dropped, cancelled, escaped, scrolls, menus, drags, clicked]
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_what_is_carried() {
        for filler in [Filler::Annotation(AnnotationId::new("a-1").expect("an id")), Filler::Entity(EntityId::new("raisi").expect("an id"))]
        {
            assert_eq!(parse_mark(&filler_mark(&filler)), Some(filler));
        }
        assert_eq!(parse_mark("annotation:no id"), None);
        assert_eq!(parse_mark("role:speaker"), None);
    }
}
