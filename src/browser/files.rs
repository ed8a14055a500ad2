use gloo::file::{File, FileList, futures::read_as_bytes};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
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

impl Chosen {
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        self.0.size()
    }

    /// Reads it in parts of some megabytes; `heard` gets the bytes read so far, and says whether to go on: `None` where it did not.
    ///
    /// Fails, with a sentence, where it is larger than `most_bytes`, before it is read, or can't be read.
    pub async fn read(&self, most_bytes: u64, mut heard: impl FnMut(u64) -> bool) -> Result<Option<Vec<u8>>, String> {
        const PART: u64 = 8 << 20;
        let (name, size) = (self.name(), self.size());
        if size > most_bytes {
            return Err(format!("{name} is larger than {} MB.", most_bytes >> 20));
        }
        let mut bytes = Vec::with_capacity(size as usize);
        let mut at = 0;
        while at < size {
            let end = size.min(at + PART);
            let part = read_as_bytes(&self.0.slice(at, end)).await.map_err(|error| format!("{name} can’t be read ({error})."))?;
            if part.is_empty() {
                return Err(format!("{name} became shorter while it was read."));
            }
            at += part.len() as u64;
            bytes.extend_from_slice(&part);
            if !heard(at) {
                return Ok(None);
            }
        }
        Ok(Some(bytes))
    }
}

/// Reads files of some kilobytes side by side: one after the other, a thousand of them would take seconds for nothing but waiting.
/// `None` where one of them can't be read.
pub async fn read_side_by_side(files: &[Chosen]) -> Option<Vec<Vec<u8>>> {
    let blobs = files.iter().map(|Chosen(file)| <File as AsRef<Blob>>::as_ref(file).array_buffer());
    let all: js_sys::Array = JsFuture::from(js_sys::Promise::all(&blobs.collect::<js_sys::Array>())).await.ok()?.dyn_into().ok()?;
    Some(all.iter().map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec()).collect())
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
