//! Pages as the browser's parser sees them: the same as the command line's.

use standpoint::browser::PagePages;
use standpoint::format::articles::{PageParser, page};
use standpoint::format::exchange::Source;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_page_reads_what_the_command_line_reads() {
    let file = Source::whole("news.html", include_str!("../articles/news.html"));
    let read = page(&file.spot(), PagePages.parse(&file.text));
    assert_eq!(&*read.texts[0].text, include_str!("../articles/news.txt"));
    assert_eq!(read.problems[0].to_string(), include_str!("../articles/news.cut.txt"));
}

#[wasm_bindgen_test]
fn deep_and_broken_pages_are_read_and_nothing_in_them_runs() {
    let read = |html: &str| page(&Source::whole("a.html", "").spot(), PagePages.parse(html)).texts.pop().map(|text| text.text.to_string());
    assert_eq!(read(&format!("{}word", "<div>".repeat(20_000))).as_deref(), Some("word"));
    assert_eq!(read("<p>a<b>b</p>c<td>d<!-- e --><img src=x onerror='document.title=1'>").as_deref(), Some("ab\n\ncd"));
    assert_eq!(read(""), None);
}
