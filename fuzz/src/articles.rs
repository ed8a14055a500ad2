//! Articles that are no plain text: pages, Markdown, tables.

use standpoint::format::articles::{Columns, NativePages, PageParser, Table, markdown, page};
use standpoint::format::exchange::{Foreign, Source};
use standpoint::format::formats::Format;

use crate::exchange::brought;
use crate::own::is_sound;
use crate::within;

pub fn pages(bytes: &[u8]) {
    let file = Source::whole("fuzzed.html", String::from_utf8_lossy(bytes));
    // The parser is the browser's own in the page: what it takes is its own matter. Each element is a thing, however short.
    let tree = NativePages.parse(&file.text);
    let elements = file.text.matches('<').count();
    taken(within("reading", file.text.len(), |_| elements, || page(&file.spot(), tree)));
}

pub fn notes(bytes: &[u8]) {
    let file = Source::whole("fuzzed.md", String::from_utf8_lossy(bytes));
    taken(within("reading", file.text.len(), |_| 0, || markdown(&file)));
}

pub fn table(bytes: &[u8]) {
    let file = Source::whole("fuzzed.csv", String::from_utf8_lossy(bytes));
    let is_json = file.text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    let file = if is_json { Source { name: "fuzzed.json".into(), ..file } } else { file };
    let table = within("reading", file.text.len(), Table::len, || Table::read(&file));
    let columns = Columns::proposed(&table.headings);
    assert_eq!(columns.0.len(), table.headings.len());
    taken(table.foreign(&columns));
}

/// Nothing of it is annotated, and it makes a sound project.
fn taken(foreign: Foreign) {
    assert!(foreign.texts.iter().all(|text| text.spans.is_empty() && text.links.is_empty() && !text.text.trim().is_empty()));
    is_sound(&brought(foreign, Format::Training, None).store);
}
