//! Texts that are not on this device: all of them fetched, for work without a network or a file with everything in it.

use super::desk::Shelf;
use super::importing::pump::Pump;
use crate::browser;
use crate::edit::AnnotationStore;
use crate::format::native;
use crate::format::package::stem;
use crate::session::{Action, Missing, Notice, Offer, counted};

/// Fetches all texts that are not on this device, and says how far it is where that takes long.
async fn fetched(shelf: &Shelf) -> Missing {
    let pump = Pump::new(shelf);
    shelf.saver.fetch_all(|done, all| pump.heard("Getting the texts", done as f64 / all.max(1) as f64)).await
}

/// What became of it, as a sentence.
pub fn told(missing: &Missing) -> Result<String, String> {
    match missing.is_empty() {
        true => Ok("All texts are on this device now, for work without a network, too.".to_owned()),
        false => Err(format!("{}. {}", missing.count(), missing.told())),
    }
}

/// Fetches all texts, for work without a network.
pub async fn get_all(shelf: &Shelf) {
    let notice = match told(&fetched(shelf).await) {
        Ok(said) => Notice::done(said),
        Err(why) => Notice::failed(why),
    };
    shelf.act.emit(Action::Say(notice));
}

/// Hands the whole project to the person as a file; where a text is missing, nothing, unless they agree to the rest.
pub async fn export(shelf: &Shelf) {
    let missing = fetched(shelf).await;
    if !missing.is_empty() {
        let text = format!("Nothing was exported: {}. {}", missing.count(), missing.told());
        return shelf.act.emit(Action::Say(Notice::failed(text).offering(Offer::ExportRest)));
    }
    let before = shelf.latest.get().revision;
    let store = shelf.saver.whole().await;
    let name = format!("{}.standpoint.json", stem(store.header()));
    let said = match handed_over(&store, &name) {
        Some(()) => {
            // What was done while a large project was read is not in the file for sure.
            if shelf.latest.get().revision == before {
                shelf.act.emit(Action::Exported);
            }
            Notice::done(format!("exported {name}"))
        }
        None => refused(),
    };
    shelf.act.emit(Action::Say(said));
}

/// The same without the articles whose texts are not on this device, which the file’s name says.
pub async fn export_rest(shelf: &Shelf) {
    let away = shelf.latest.get().catalogue.elsewhere().len();
    let store = shelf.saver.whole().await;
    let name = match away {
        0 => format!("{}.standpoint.json", stem(store.header())),
        away => format!("{}.without-{away}.standpoint.json", stem(store.header())),
    };
    let said = match handed_over(&store, &name) {
        Some(()) => Notice::done(format!("exported {name}, without {}", counted(away, "article"))),
        None => refused(),
    };
    shelf.act.emit(Action::Say(said));
}

fn handed_over(store: &AnnotationStore, name: &str) -> Option<()> {
    browser::download(name, "application/json", &native::write(store))
}

fn refused() -> Notice {
    Notice::failed("The browser did not let the page save a file.")
}
