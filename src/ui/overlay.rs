use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::*;

use super::desk::use_hands;
use crate::browser::{self, Beat, HtmlElement, JsCast, SizeWatch};
use crate::model::Color;
use crate::session::{Action, Edge, Grip, Overlay, Snapping, dragged};
use crate::text::Offset;
use crate::ui::desk::Latest;

/// The state as it is when a pointer moves; never changes, so that nothing is rendered for it.
#[derive(Clone)]
pub struct Now(pub Latest);

impl PartialEq for Now {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

#[derive(Properties, PartialEq)]
pub struct OverlayProps {
    pub overlay: Overlay,
    pub now: Now,
    /// Grows when the text was drawn anew.
    pub drawn: u64,
}

/// An edge that a pointer holds.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    grip: Grip,
    edge: Edge,
    pointer: i32,
    /// From the pointer to the middle of the edge's line, in CSS pixels: a finger holds the handle below the words.
    offset: (f64, f64),
}

/// Handles at the edges of what is in hand, and the links of its frame. All of it can be done by keys too, so that whoever
/// hears the page hears nothing of this.
#[component]
pub fn OverText(props: &OverlayProps) -> Html {
    let hands = use_hands();
    let layer = use_node_ref();
    let drag = use_state(|| None::<Drag>);
    {
        let (layer, overlay) = (layer.clone(), props.overlay.clone());
        use_effect_with((props.overlay.clone(), props.drawn), move |_| {
            let draw = move || place(&layer, &overlay);
            draw();
            let layout = browser::listen_layout(draw.clone());
            // The text may get other lines, or with the columns beside it another place.
            let size = ["article[data-article]", "main.text"].map(|watched| SizeWatch::of(watched, draw.clone()));
            move || drop((layout, size))
        });
    }
    {
        let (act, now, held) = (hands.act.clone(), props.now.clone(), drag.clone());
        use_effect_with(*drag, move |drag| {
            let following = drag.map(|drag| follow(drag, now, act, Callback::from(move |()| held.set(None))));
            move || drop(following)
        });
    }
    let grips = |grip: Grip, color: Color| {
        let drag = &drag;
        [Edge::Start, Edge::End].map(move |edge| {
            let drag = drag.clone();
            let onpointerdown = Callback::from(move |event: PointerEvent| {
                if event.button() != 0 {
                    return;
                }
                event.prevent_default();
                event.stop_propagation();
                let line = event.target_dyn_into::<HtmlElement>().map(|handle| handle.get_bounding_client_rect());
                let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
                // The handle's box is its line's, as high as the letters; what is seen of it hangs below.
                let offset = line.map_or((0.0, 0.0), |line| (line.left() - x, line.top() + line.height() / 2.0 - y));
                drag.set(Some(Drag { grip, edge, pointer: event.pointer_id(), offset }));
            });
            let (name, place) = match grip {
                Grip::Fragment(at) => ("fragment", at.to_string()),
                Grip::Selection => ("selection", String::new()),
            };
            let side = if edge == Edge::Start { "start" } else { "end" };
            html! { <i key={format!("{name}{place}{side}")} class={classes!("grip", format!("c-{}", color.as_str()))} data-grip={name} data-fragment={place} data-edge={side} {onpointerdown}></i> }
        })
    };
    let of_fragments = (0..props.overlay.fragments.len()).flat_map(|at| grips(Grip::Fragment(at), props.overlay.color));
    let of_selection = props.overlay.selection.iter().flat_map(|_| grips(Grip::Selection, Color::Blue));
    html! {
        <div ref={layer} class={classes!("over-text", drag.is_some().then_some("dragging"))} aria-hidden="true">
            <svg key="links" class="links"></svg>
            { for of_fragments.chain(of_selection) }
        </div>
    }
}

/// Puts handles and links where their words are now.
fn place(layer: &NodeRef, overlay: &Overlay) {
    let Some(layer) = layer.cast::<HtmlElement>() else { return };
    if let Ok(Some(picture)) = layer.query_selector("svg") {
        browser::draw_links(&picture, &overlay.links);
    }
    let children = layer.children();
    for handle in (0..children.length()).filter_map(|at| children.item(at)?.dyn_into::<HtmlElement>().ok()) {
        let edge = if handle.get_attribute("data-edge").as_deref() == Some("start") { Edge::Start } else { Edge::End };
        let fragment = handle.get_attribute("data-fragment").and_then(|at| at.parse::<usize>().ok());
        let stretch = match fragment {
            Some(at) => overlay.fragments.get(at).copied(),
            None => overlay.selection,
        };
        if let Some(stretch) = stretch {
            browser::place_grip(&handle, stretch, edge);
        }
    }
}

/// Where the edge would lie now, and whether it snaps.
type Reached = Rc<Cell<Option<(Offset, Snapping)>>>;

/// Listens to the pointer until it lets go, shows what the stretch would be, and then moves the edge.
fn follow(drag: Drag, now: Now, act: Callback<Action>, on_end: Callback<()>) -> impl Sized {
    let at: Rc<Cell<Option<(f64, f64)>>> = Rc::default();
    let reached: Reached = Rc::default();
    let look = {
        let (at, reached, now) = (at.clone(), reached.clone(), now.clone());
        move |snapping: Snapping| {
            let Some((x, y)) = at.get() else { return };
            let Some(offset) = browser::offset_at(x + drag.offset.0, y + drag.offset.1) else { return };
            if let Some(stretch) = dragged(&now.0.get(), drag.grip, drag.edge, offset, snapping) {
                browser::draw_drag(stretch);
                reached.set(Some((offset, snapping)));
            }
        }
    };
    let is_ours =
        move |event: &browser::Event| event.dyn_ref::<browser::PointerEvent>().is_some_and(|event| event.pointer_id() == drag.pointer);
    let moving = {
        let (at, look) = (at.clone(), look.clone());
        browser::listen_document("pointermove", move |event| {
            if let Some(event) = event.dyn_ref::<browser::PointerEvent>().filter(|event| event.pointer_id() == drag.pointer) {
                event.prevent_default();
                at.set(Some((f64::from(event.client_x()), f64::from(event.client_y()))));
                look(snapping(event));
            }
        })
    };
    // Long spans go beyond what can be seen.
    let scrolling = {
        let (at, reached) = (at.clone(), reached.clone());
        Beat::every(30, move || {
            if let Some((_, y)) = at.get()
                && browser::scroll_text_near_ends(y + drag.offset.1)
            {
                look(reached.get().map_or(Snapping::Usual, |(_, snapping)| snapping));
            }
        })
    };
    let letting_go = {
        let on_end = on_end.clone();
        browser::listen_document("pointerup", move |event| {
            if is_ours(event) {
                if let Some((to, snapping)) = reached.take() {
                    act.emit(Action::DropEdge { grip: drag.grip, edge: drag.edge, to, snapping });
                }
                on_end.emit(());
            }
        })
    };
    let cancelling = {
        let on_end = on_end.clone();
        browser::listen_document("pointercancel", move |event| {
            if is_ours(event) {
                on_end.emit(());
            }
        })
    };
    // On its way down, before the desk's own Escape.
    let escaping = browser::listen_first("keydown", move |event| {
        if event.dyn_ref::<browser::KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
            event.prevent_default();
            event.stop_propagation();
            on_end.emit(());
        }
    });
    (moving, scrolling, letting_go, cancelling, escaping, Drawn)
}

/// What is drawn of a drag, until it is dropped.
struct Drawn;

impl Drop for Drawn {
    fn drop(&mut self) {
        browser::clear_drag();
    }
}

/// With Alt letters count.
pub fn snapping(event: &browser::MouseEvent) -> Snapping {
    if event.alt_key() { Snapping::Off } else { Snapping::Usual }
}
