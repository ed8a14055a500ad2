use std::cell::Cell;
use std::rc::Rc;

use standpoint::browser::{article_selection, offset_clicked, select_in_article, stretch_rect};
use standpoint::text::Stretch;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, MouseEvent, MouseEventInit, Node};

use super::page::document;

/// Two blocks, cut where the page might cut them; some letters take two UTF-16 units.
const BLOCKS: [&[&str]; 2] = [&["He 👩\u{200d}👧 ", "said", " “e\u{301}🎉”", "\n\n"], &["قال ", "🇳🇴x", "\n"]];

/// The text view of an article in the page, gone when the test is over.
struct View(Element);

impl View {
    fn draw() -> Self {
        let make = |name: &str| document().create_element(name).expect("an element");
        let article = make("article");
        article.set_attribute("data-article", "a").expect("set");
        let mut start = 0;
        for block in BLOCKS {
            let paragraph = make("p");
            for piece in block {
                let segment = make("span");
                segment.set_attribute("data-start", &start.to_string()).expect("set");
                segment.set_text_content(Some(piece));
                paragraph.append_child(&segment).expect("appended");
                start += piece.chars().count();
            }
            article.append_child(&paragraph).expect("appended");
        }
        document().body().expect("a body").append_child(&article).expect("appended");
        Self(article)
    }

    fn text() -> Vec<char> {
        BLOCKS.concat().concat().chars().collect()
    }
}

impl Drop for View {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn select(start: (&Node, u32), end: (&Node, u32)) {
    let selection = web_sys::window().expect("a window").get_selection().expect("allowed").expect("there");
    selection.remove_all_ranges().expect("removed");
    let range = document().create_range().expect("a range");
    range.set_start(start.0, start.1).expect("set");
    range.set_end(end.0, end.1).expect("set");
    selection.add_range(&range).expect("added");
}

#[wasm_bindgen_test]
fn every_stretch_comes_back_from_the_browser_s_selection() {
    let _view = View::draw();
    let text = View::text();
    let selection = web_sys::window().expect("a window").get_selection().expect("allowed").expect("there");
    for start in 0..text.len() as u32 {
        for end in start + 1..=text.len() as u32 {
            let stretch = Stretch::of(start, end);
            select_in_article(stretch);
            assert_eq!(article_selection(), stretch);
            let selected: String = text[start as usize..end as usize].iter().collect();
            let range = selection.get_range_at(0).expect("a range");
            assert_eq!(String::from(range.to_string()), selected);
        }
    }
    select_in_article(None);
    assert_eq!(article_selection(), None);
}

#[wasm_bindgen_test]
fn points_between_elements_count_too() {
    let view = View::draw();
    let length = View::text().len() as u32;
    let body: Node = document().body().expect("a body").into();
    let article: Node = view.0.clone().into();
    select((&article, 0), (&article, 2));
    assert_eq!(article_selection(), Stretch::of(0, length));
    select((&article, 1), (&article, 2));
    let first: u32 = BLOCKS[0].concat().chars().count() as u32;
    assert_eq!(article_selection(), Stretch::of(first, length));
    let paragraph: Node = view.0.first_element_child().expect("a block").into();
    select((&paragraph, 1), (&paragraph, 2));
    assert_eq!(article_selection(), Stretch::of(7, 11), "the segment “said”");
    // From inside the article to behind it, as a drag that ends below does.
    let last = view.0.last_element_child().and_then(|block| block.first_element_child()).expect("a segment");
    select((&last.first_child().expect("text"), 0), (&body, body.child_nodes().length()));
    assert_eq!(article_selection(), Stretch::of(first, length));
}

#[wasm_bindgen_test]
fn a_selection_elsewhere_is_not_the_article_s() {
    let _view = View::draw();
    let elsewhere = document().create_element("p").expect("an element");
    elsewhere.set_text_content(Some("other words"));
    document().body().expect("a body").append_child(&elsewhere).expect("appended");
    let text = elsewhere.first_child().expect("text");
    select((&text, 0), (&text, 5));
    assert_eq!(article_selection(), None);
    elsewhere.remove();
}

#[wasm_bindgen_test]
fn a_stretch_knows_its_place() {
    let view = View::draw();
    let segment = view.0.query_selector("[data-start='7']").expect("a query").expect("a segment");
    let (_, top, width, height) = stretch_rect(Stretch::of(7, 11).expect("a stretch")).expect("a rectangle");
    let rect = segment.get_bounding_client_rect();
    assert!((rect.top() - top).abs() < 1.0 && (rect.width() - width).abs() < 1.0 && height > 1.0);
}

/// Every letter of two left-to-right segments, hit near its left edge and near its right one.
#[wasm_bindgen_test]
fn a_click_finds_the_letter_that_it_hits() {
    let view = View::draw();
    view.0.scroll_into_view();
    for at in [0, 1, 7, 8, 9, 10] {
        let segment =
            view.0.query_selector(if at < 7 { "[data-start='0']" } else { "[data-start='7']" }).expect("a query").expect("a segment");
        let (left, top, width, height) = stretch_rect(Stretch::of(at, at + 1).expect("a stretch")).expect("a rectangle");
        for share in [0.2, 0.8] {
            let init = MouseEventInit::new();
            init.set_client_x((left + width * share).floor() as i32);
            init.set_client_y((top + height / 2.0) as i32);
            init.set_bubbles(true);
            let found: Rc<Cell<Option<u32>>> = Rc::default();
            let seen = found.clone();
            let listener =
                Closure::<dyn FnMut(MouseEvent)>::new(move |event: MouseEvent| seen.set(offset_clicked(&event).map(|offset| offset.get())));
            view.0.add_event_listener_with_callback("click", listener.as_ref().unchecked_ref()).expect("listening");
            segment.dispatch_event(&MouseEvent::new_with_mouse_event_init_dict("click", &init).expect("an event")).expect("dispatched");
            view.0.remove_event_listener_with_callback("click", listener.as_ref().unchecked_ref()).expect("removed");
            assert_eq!(found.get(), Some(at), "{share} of the letter at {at}");
        }
    }
}
