use gloo::file::{File, FileList, futures::read_as_bytes};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, DataTransfer, Event, HtmlAnchorElement, HtmlInputElement, Url};

use super::document::document;

/// A file that the person chose, not read yet.
pub struct Chosen(File);

fn chosen(list: Option<web_sys::FileList>) -> Vec<Chosen> {
    list.map(FileList::from).map_or_else(Vec::new, |files| files.iter().cloned().map(Chosen).collect())
}

/// The files of an input; the input is emptied, so that the same file can be chosen again.
pub fn pick(event: &Event) -> Vec<Chosen> {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return Vec::new() };
    let files = chosen(input.files());
    input.set_value("");
    files
}

pub fn dropped_files(event: &Event) -> Vec<Chosen> {
    let transfer = event.dyn_ref::<web_sys::MouseEvent>().and_then(|event| transfer_of(event, "dataTransfer"));
    chosen(transfer.and_then(|transfer| transfer.files()))
}

/// Files of a paste, and else its plain text.
pub fn pasted_files(event: &Event) -> (Vec<Chosen>, Option<String>) {
    let Some(transfer) = transfer_of(event, "clipboardData") else { return (Vec::new(), None) };
    let text = transfer.get_data("text/plain").ok().filter(|text| !text.trim().is_empty());
    (chosen(transfer.files()), text)
}

fn transfer_of(event: &JsValue, name: &str) -> Option<DataTransfer> {
    js_sys::Reflect::get(event, &name.into()).ok()?.dyn_into().ok()
}

/// Name and bytes of each file that could be read, and a sentence for each that could not. A file over `most_bytes` is
/// refused before it is read.
pub async fn read_files(files: Vec<Chosen>, most_bytes: u64) -> Vec<(String, Result<Vec<u8>, String>)> {
    let mut read = Vec::with_capacity(files.len());
    for Chosen(file) in files {
        let name = file.name();
        let bytes = if file.size() > most_bytes {
            Err(format!("{name} is larger than {} MB.", most_bytes >> 20))
        } else {
            read_as_bytes(&file).await.map_err(|error| format!("{name} can’t be read ({error})."))
        };
        read.push((name, bytes));
    }
    read
}

/// Hands `text` to the person as a file; `None` where the browser can't.
pub fn download(name: &str, mime: &str, text: &str) -> Option<()> {
    let blob = Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &of_type(mime)).ok()?;
    hand_out(name, &blob)
}

/// The same for bytes.
pub fn download_bytes(name: &str, mime: &str, bytes: &[u8]) -> Option<()> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &of_type(mime)).ok()?;
    hand_out(name, &blob)
}

fn of_type(mime: &str) -> BlobPropertyBag {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    options
}

fn hand_out(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let anchor: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser has begun the download; what it is of need not stay in memory after it.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Some(())
}
