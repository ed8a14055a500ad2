//! What goes wrong with a storage while a page is open.

use standpoint_durability::{Make, Page, Story};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The page's calls to write local storage throw from now on.
    MirrorThrows,
    /// The page can begin no transaction from now on.
    DatabaseThrows,
    /// The page's transactions begin, and none can be committed.
    DatabaseAborts,
    BothThrow,
    /// Another page of the origin clears local storage.
    MirrorCleared,
    /// Another page of the origin deletes the database.
    DatabaseDeleted,
    BothDeleted,
    /// The person clears the site's data in the browser's own dialog.
    SiteCleared,
    /// The process that keeps the storage dies, and the browser starts another.
    StorageKilled,
}

impl Fault {
    pub const ALL: [Self; 9] = [
        Self::MirrorThrows,
        Self::DatabaseThrows,
        Self::DatabaseAborts,
        Self::BothThrow,
        Self::MirrorCleared,
        Self::DatabaseDeleted,
        Self::BothDeleted,
        Self::SiteCleared,
        Self::StorageKilled,
    ];

    /// Whether there are means for it.
    pub fn is_possible(self, make: Make) -> bool {
        !matches!(self, Self::SiteCleared | Self::StorageKilled) || make == Make::Chromium
    }

    /// Whether it takes away what is stored already.
    pub fn wipes(self) -> bool {
        matches!(self, Self::MirrorCleared | Self::DatabaseDeleted | Self::BothDeleted | Self::SiteCleared)
    }

    #[track_caller]
    pub fn happen(self, story: &mut Story, page: &Page) {
        const MIRROR_THROWS: &str = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') };";
        const DATABASE_THROWS: &str =
            "IDBDatabase.prototype.transaction = () => { throw new DOMException('closing', 'InvalidStateError') };";
        // As a full disk does it: the write is taken, and the transaction aborted later.
        const DATABASE_ABORTS: &str = "
            IDBTransaction.prototype.commit = () => {};
            for (const write of ['put', 'add', 'delete']) {
              const plain = IDBObjectStore.prototype[write];
              IDBObjectStore.prototype[write] = function (...given) {
                queueMicrotask(() => { try { this.transaction.abort() } catch {} });
                return plain.apply(this, given);
              };
            }";
        const CLEAR: &str = "localStorage.clear();";
        // A page that does not let go of its connection blocks it: then it is done when that page is closed.
        const DELETE: &str = "
            await new Promise((done) => {
              const request = indexedDB.deleteDatabase('standpoint');
              request.onsuccess = request.onblocked = request.onerror = done;
            });";
        let browser = story.browser();
        let script = match self {
            Self::MirrorThrows => MIRROR_THROWS.to_owned(),
            Self::DatabaseThrows => DATABASE_THROWS.to_owned(),
            Self::DatabaseAborts => DATABASE_ABORTS.to_owned(),
            Self::BothThrow => format!("{MIRROR_THROWS} {DATABASE_THROWS}"),
            Self::MirrorCleared => CLEAR.to_owned(),
            Self::DatabaseDeleted => DELETE.to_owned(),
            Self::BothDeleted => format!("{CLEAR} {DELETE}"),
            Self::SiteCleared => String::new(),
            Self::StorageKilled => {
                assert!(browser.kill_storage(), "a process of its own keeps the storage");
                return;
            }
        };
        if !self.wipes() {
            page.evaluate(&script);
            return;
        }
        let other = story.open_other();
        if self == Self::SiteCleared {
            browser.clear(&other, story.origin());
        }
        browser.evaluate(&other, &script);
        browser.close_tab(&other);
    }
}
