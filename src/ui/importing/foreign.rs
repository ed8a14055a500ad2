//! Files of other programs, told apart from the rest and offered to the person; what they bring is decided in a dialog.

use std::collections::HashMap;
use std::rc::Rc;

use yew::Callback;

use crate::format::archive::{Bounds, unpack};
use crate::format::describe::about;
use crate::format::exchange::Source;
use crate::format::formats::Format;
use crate::format::recognise::{batches, without_wrapper};
use crate::order::InOrder;
use crate::session::{Action, Dialog, Incoming, Notice};
use crate::ui::desk::Shelf;
use crate::ui::words::counted;

/// Endings of files that are no plain text, whatever stands in them.
const OTHERS: [&str; 13] = ["jsonl", "ndjson", "jsonld", "ann", "conf", "csv", "tsv", "conll", "iob", "iob2", "bio", "xml", "zip"];

/// Adds the files of an archive that may mean something; what is wrong with it is said.
pub fn unpacked(name: &str, bytes: &[u8], shelf: &Shelf, read: &mut Vec<(String, Vec<u8>)>) {
    match unpack(bytes, Bounds::default()) {
        Ok(files) if files.is_empty() => say(&shelf.act, format!("{name} holds no files.")),
        Ok(files) => read.extend(without_wrapper(files)),
        Err(why) => say(&shelf.act, format!("{name} was not opened: {why}. Nothing was changed.")),
    }
}

/// Offers what is in a known format, each format for itself; returns the files that are for others to read.
pub fn offered(files: Vec<(String, Vec<u8>)>, act: &Callback<Action>) -> Vec<(String, Vec<u8>)> {
    let mut sources = Vec::new();
    let mut others: Vec<(String, Vec<u8>)> = Vec::new();
    let order: HashMap<String, usize> = files.iter().enumerate().map(|(n, (name, _))| (name.clone(), n)).collect();
    for (name, bytes) in files {
        match String::from_utf8(bytes) {
            Ok(text) => sources.push(Source::whole(&name, text)),
            Err(error) if is_foreign(&name) => {
                say(act, format!("{name}: not UTF-8 text (byte {}). Nothing was changed.", error.utf8_error().valid_up_to()));
            }
            Err(error) => others.push((name, error.into_bytes())),
        }
    }
    let (batches, rest) = batches(sources);
    let mut unread: Vec<Rc<str>> = Vec::new();
    for source in rest {
        // What lies beside another program's files, such as the card of an export, is no article.
        let is_beside = !batches.is_empty() && source.extension() == "md";
        match is_beside || is_foreign(&source.name) {
            true => unread.push(source.name),
            false => others.push((source.name.to_string(), source.text.into_bytes())),
        }
    }
    if batches.is_empty() && !unread.is_empty() {
        let names: Vec<&str> = unread.iter().take(5).map(|name| &**name).collect();
        let which = if unread.len() > 5 { counted(unread.len(), "file") } else { names.join(", ") };
        let known: Vec<&str> = Format::ALL.into_iter().map(|format| about(format.name()).title).collect();
        say(act, format!("{which}: in no format that this page reads. It reads project files, plain text, {}.", known.join(", ")));
    }
    for batch in batches {
        let names: Vec<&str> = batch.files.iter().map(|file| &*file.name).collect();
        let file = match names.as_slice() {
            [one] => (*one).to_owned(),
            [first, ..] => format!("{first} and {} more", names.len() - 1),
            [] => continue,
        };
        match Format::of_name(batch.name) {
            Some(format) => {
                let foreign = format.read(&batch.files);
                let incoming = Incoming::new(&file, format, foreign, std::mem::take(&mut unread));
                act.emit(Action::Dialog(Some(Dialog::Bring(Rc::new(incoming)))));
            }
            None => say(act, format!("{file} looks like {}, which this page does not read.", about(batch.name).title)),
        }
    }
    // As they were chosen, whatever their encodings.
    others.put_in_order_by_key(|(name, _)| order.get(name).copied());
    others
}

fn is_foreign(name: &str) -> bool {
    OTHERS.contains(&Source::whole(name, "").extension().as_str())
}

fn say(act: &Callback<Action>, why: String) {
    act.emit(Action::Say(Notice::failed(why)));
}
