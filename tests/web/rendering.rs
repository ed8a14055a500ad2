use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use standpoint::model::ArticleId;
use standpoint::ui;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, KeyboardEvent, KeyboardEventInit, MutationObserver, MutationObserverInit, MutationRecord};

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

fn press(key: &str, shift: bool) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_shift_key(shift);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
    document().body().expect("a body").dispatch_event(&event).expect("dispatched");
}

fn revision() -> Option<u64> {
    document().document_element()?.get_attribute("data-revision")?.parse().ok()
}

fn block_of(node: &web_sys::Node) -> Option<Element> {
    let element = node.clone().dyn_into::<Element>().ok().or_else(|| node.parent_element())?;
    element.closest("p.block").ok()?
}

/// One tag touches the paragraph it lies in, and no other; a move of the cursor touches none.
#[wasm_bindgen_test]
async fn a_tag_changes_its_own_paragraph_alone() {
    let (storage, _) = store_sample();
    storage.set_last(&project(), ArticleId::new("seed-a").as_ref());
    storage.set_toured();
    let root = document().create_element("div").expect("an element");
    document().body().expect("a body").append_child(&root).expect("appended");
    ui::start(root.clone());
    let article = until("the article", || document().query_selector("article[data-article='seed-a']").ok()?).await;
    let text = article.text_content().expect("text");
    let started = until("a revision", revision).await;

    // The first word after the title and the time: all the keys work without any focus.
    press("ArrowDown", false);
    press("ArrowDown", false);
    press("ArrowDown", false);
    press("ArrowDown", false);
    frame().await;
    frame().await;

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

    press("ArrowRight", false);
    frame().await;
    frame().await;
    assert_eq!(touched.borrow().len(), 0, "the cursor is drawn without a change of the text's elements");

    press("ArrowRight", true);
    press("s", false);
    until("the tag", || revision().filter(|revision| *revision > started)).await;
    frame().await;
    frame().await;
    let blocks: BTreeSet<String> = touched.borrow().iter().filter_map(block_of).filter_map(|block| block.text_content()).collect();
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    assert_eq!(article.text_content().expect("text"), text, "drawing changes no letter");
    let tagged = article.query_selector_all("[data-tag='S']").expect("a query").length();
    assert!(tagged > 0, "the tag is shown");
    observer.disconnect();
    // The other tests look for their own article.
    root.remove();
}
