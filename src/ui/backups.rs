//! Everything at once: one file of all projects, and what was deleted.

use super::desk::Shelf;
use crate::browser;
use crate::format::backup;
use crate::session::{Action, Notice};

/// Hands all projects to the person as one file.
pub async fn back_up(shelf: &Shelf) {
    let said = match shelf.storage.all_rows().await {
        Err(why) => Notice::failed(format!("The backup could not be made: {why}.")),
        Ok(rows) => {
            let now = browser::moment().now;
            let name = format!("standpoint-backup-{}.json", now.as_str().get(..10).unwrap_or_default());
            match browser::download(&name, "application/json", &backup::write(&now, &rows)) {
                Some(()) => Notice::done(format!("backed up as {name}")),
                None => Notice::failed("The browser did not let the page save a file."),
            }
        }
    };
    shelf.act.emit(Action::Say(said));
}

/// Brings the project back that was deleted last.
pub async fn undelete(shelf: &Shelf) {
    let Some(deleted) = shelf.deleted.borrow_mut().pop() else { return };
    let said = match shelf.storage.undelete(&deleted).await {
        Ok(()) => Notice::done(format!("“{}” is back", deleted.title)),
        Err(why) => {
            let text = format!("“{}” could not be brought back: {why}. It is kept here until the page is closed.", deleted.title);
            shelf.deleted.borrow_mut().push(deleted);
            Notice::failed(text)
        }
    };
    shelf.act.emit(Action::Say(said));
}
