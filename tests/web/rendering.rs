use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use standpoint::edit::AnnotationStore;
use standpoint::format::native;
use standpoint::model::{AnnotatorId, ArticleId};
use standpoint::ui;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, KeyboardEvent, KeyboardEventInit, MutationObserver, MutationObserverInit, MutationRecord};

use super::document::{SIZES, document as generated, project};
use super::page::*;

async fn frame() {
    let painted = js_sys::Promise::new(&mut |done, _| {
        web_sys::window().expect("a window").request_animation_frame(&done).expect("a frame");
    });
    wasm_bindgen_futures::JsFuture::from(painted).await.expect("a frame");
}

async fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    for _ in 0..1200 {
        if let Some(found) = look() {
            return found;
        }
        frame().await;
    }
    panic!("{what} did not come: {}", document().body().expect("a body").text_content().unwrap_or_default());
}

fn press(key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    document().body().expect("a body").dispatch_event(&event).expect("dispatched");
}

fn block_of(node: &web_sys::Node) -> Option<Element> {
    let element = node.clone().dyn_into::<Element>().ok().or_else(|| node.parent_element())?;
    element.closest("p.block").ok()?
}

/// The document of the benches.
fn ten_thousand_words() -> AnnotationStore {
    let json = project("m", &generated(include_str!("../seeds/001_f575fd86f2f680c2.txt"), SIZES[1])).to_string();
    native::read("m.json", &json).expect("a project").store
}

/// With 10,000 words and 1,000 spans, an edit changes the blocks that it touches alone, and the others are not even rendered
/// again.
#[wasm_bindgen_test]
async fn an_edit_renders_the_blocks_that_it_touches_alone() {
    let (storage, store) = store_alone(ten_thousand_words());
    storage.set_last(&store.header().id, ArticleId::new("m").as_ref());
    storage.set_toured();
    storage.annotator(|| AnnotatorId::new("me").expect("an id"));
    let root = document().create_element("div").expect("an element");
    document().body().expect("a body").append_child(&root).expect("appended");
    ui::start(root.clone());
    let article = until("the article", || document().query_selector("article[data-article='m']").ok()?).await;
    let text = article.text_content().expect("text");
    let blocks = article.query_selector_all("p.block").expect("a query").length();
    assert!(blocks > 100, "{blocks} blocks");
    // The tags of a long text come when the page has time, without a change of its words.
    until("the last tags", || article.query_selector("p.block:nth-last-child(2) [data-annotations]").ok()?).await;
    assert_eq!(article.text_content().expect("text"), text);

    let touched: Rc<RefCell<Vec<web_sys::Node>>> = Rc::default();
    let seen = touched.clone();
    let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |records: js_sys::Array| {
        seen.borrow_mut().extend(records.iter().filter_map(|record| record.unchecked_into::<MutationRecord>().target()));
    });
    let observer = MutationObserver::new(on_change.as_ref().unchecked_ref()).expect("an observer");
    let init = MutationObserverInit::new();
    init.set_subtree(true);
    init.set_child_list(true);
    init.set_attributes(true);
    init.set_character_data(true);
    observer.observe_with_options(&article, &init).expect("observing");

    // The blocks that keys changed in the document, and those that were rendered, by their beginnings.
    let press_all = async |keys: &[&str]| {
        frame().await;
        frame().await;
        touched.take();
        ui::blocks_rendered();
        for key in keys {
            press(key);
        }
        frame().await;
        frame().await;
        let beginning = |block: Element| block.query_selector("[data-start]").ok()??.get_attribute("data-start")?.parse().ok();
        let changed: BTreeSet<u32> = touched.take().iter().filter_map(block_of).filter_map(beginning).collect();
        (changed, ui::blocks_rendered().into_iter().collect::<BTreeSet<u32>>())
    };
    for _ in 0..60 {
        press("ArrowDown");
    }
    let none = BTreeSet::new();
    assert_eq!(press_all(&["ArrowRight"]).await, (none.clone(), none), "the cursor is no part of the text");
    let (tagged, rendered) = press_all(&["q"]).await;
    assert_eq!(tagged.len(), 1, "a tag is drawn in its own block: {tagged:?}");
    assert_eq!(rendered, tagged, "and no other is looked at");
    assert_eq!(press_all(&["]"]).await, (tagged.clone(), tagged.clone()), "a moved edge");
    assert_eq!(press_all(&["Delete"]).await, (tagged.clone(), tagged.clone()), "one that is gone");
    // A claim asks who makes it, and shows hints where candidates are; the answer takes them away.
    let (asking, rendered) = press_all(&["c"]).await;
    assert_eq!(rendered, asking);
    assert!(asking.is_superset(&tagged) && asking.len() < blocks as usize / 2, "candidates are near: {asking:?}");
    let (filled, rendered) = press_all(&["Enter"]).await;
    assert_eq!(rendered, filled);
    assert!(filled.is_subset(&asking) && !filled.is_empty(), "{filled:?} of {asking:?}");
    assert_eq!(article.text_content().expect("text"), text, "drawing changes no letter");
    observer.disconnect();
}
