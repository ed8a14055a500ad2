//! Everything that only a browser knows: the clock, randomness, storage, files, links, the DOM's selection.
//!
//! No other module names `web_sys`, `js_sys`, `gloo` or `wasm_bindgen`; what `ui` needs of them is handed on here.

mod address;
mod clipboard;
mod clock;
mod decoder;
mod document;
mod files;
mod finder;
mod highlight;
mod hosted;
mod keys;
mod links;
mod listen;
mod offline;
mod overlay;
mod pages;
mod paper;
mod persistence;
mod saver;
mod selection;
mod start;
mod storage;
mod tabs;

pub use address::{
    ForeignLink, ProjectLink, annotator_wanted, article_wanted, beside, fetch_page, fetch_text, leave_annotator_link, leave_project_link,
    link_for, page_address, project_link, show_article, take_article_wanted, take_share,
};
pub use clipboard::copy_text;
pub use clock::{local_time, millis, moment, new_replica, time_of_day, today};
pub use decoder::PageDecoder;
pub use document::{
    Theme, announce_revision, click, close_modal, end_opening, focus, focus_and_select, focus_article, is_mac, is_typing, keep_keyboard_in,
    opens_list, place, place_above, scroll_to_top_unless_used, set_title, show_at_top, show_in_list, show_modal, show_reading,
    switch_focus_mode, switch_theme, target_of, value_of, was_reached_by_pointer,
};
pub use files::{Chosen, download, download_bytes, dropped_files, pasted_files, pick, read_side_by_side};
pub use finder::find_all;
pub use highlight::{clear_cursor, clear_drag, draw_cursor, draw_drag, scroll_to};
pub use hosted::{Coming, Edition, News, news};
pub use keys::key_press;
pub use listen::{
    Beat, Listener, SizeWatch, Wait, after, hold_page, listen, listen_document, listen_first, listen_layout, pause, turn, when_idle,
};
pub use offline::{Offline, keep_for_offline, offline, renew};
pub use overlay::{draw_links, element_at, mark_held, place_ghost, place_grip, scroll_column_near_ends, scroll_text_near_ends};
pub use pages::PagePages;
pub use paper::{print, when_printing};
pub use persistence::{Persistence, Room, forgets_after_a_week, persist, persistence, room};
pub use saver::{Saver, Sorted};
pub use selection::{article_selection, offset_at, offset_clicked, select_in_article, selection_by_person, stretch_rect};
pub use start::{Start, empty_project, new_annotator, read_share, start, who};
pub use storage::{
    Backing, Copy, Debts, Deleted, Extent, Held, LOCAL_UNITS, Loaded, LocalUse, Measured, Put, Refused, Remotes, Storage, StoredProject,
    Unmirrored,
};
pub use tabs::Message;
pub use wasm_bindgen::JsCast;
pub use wasm_bindgen_futures::spawn_local;
pub use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent, MouseEvent, PointerEvent, StorageEvent,
};
