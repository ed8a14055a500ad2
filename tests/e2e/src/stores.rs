//! The two stores that the page keeps its rows in: what they hold, and what a browser may do to them behind its back.

use serde_json::{Value, json};

use crate::reading::pairs;
use crate::{Desk, Site, Tab, until};

/// How a browser keeps a store from the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Reading `localStorage` throws.
    LocalStorage,
    /// Reading `indexedDB` throws.
    Database,
    /// Opening the database fires an error, until the page's `mended` is set.
    DatabaseBroken,
    /// Opening the database never comes to an end.
    DatabaseSilent,
}

impl Denial {
    fn script(self) -> &'static str {
        match self {
            Self::LocalStorage => {
                "Object.defineProperty(self, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });"
            }
            Self::Database => "Object.defineProperty(self, 'indexedDB', { get() { throw new DOMException('denied', 'SecurityError'); } });",
            Self::DatabaseBroken => {
                "const open = IDBFactory.prototype.open;
                 IDBFactory.prototype.open = function (...of) {
                   if (self.mended) return open.apply(this, of);
                   const request = new EventTarget();
                   request.error = new DOMException('Internal error opening backing store.', 'UnknownError');
                   setTimeout(() => request.dispatchEvent(new Event('error')));
                   return request;
                 };"
            }
            Self::DatabaseSilent => "IDBFactory.prototype.open = () => new EventTarget();",
        }
    }
}

/// What [`Desk::deny`] did, to be undone.
pub struct Denied(Vec<Value>);

impl Desk {
    /// Keeps stores from the page, in this tab and from its next load on; other documents of the site have them.
    #[track_caller]
    pub fn deny(&self, denials: &[Denial]) -> Denied {
        let script = |denial: &Denial| format!("if (location.pathname === '/') {{ {} }}", denial.script());
        Denied(denials.iter().map(|denial| self.before_each_page(&script(denial))).collect())
    }

    /// From the next load on the page has them again.
    #[track_caller]
    pub fn allow(&self, denied: Denied) {
        for identifier in denied.0 {
            self.browser.devtools("Page.removeScriptToEvaluateOnNewDocument", json!({ "identifier": identifier }));
        }
    }

    /// Goes to a document of the site that is not the app.
    #[track_caller]
    pub fn visit(&self, page: &str) {
        let address = format!("{}{page}", self.site().origin());
        self.browser.run(self.browser.session().goto(address));
        until(page, || match self.script("return document.readyState") {
            Value::String(state) if state == "complete" => Ok(()),
            other => Err(other.to_string()),
        });
    }

    /// Opens a further tab with a document of the site that is empty, and looks at it.
    #[track_caller]
    pub fn blank_tab(&self) -> Tab {
        let tab = self.fresh_tab();
        self.visit(Self::BLANK);
        tab
    }

    /// Where the site has a document with nothing in it.
    pub const BLANK: &str = Site::BLANK;

    /// The rows of the page's database, by key; none where there is no database.
    #[track_caller]
    pub fn database(&self) -> Vec<(String, String)> {
        pairs(&self.script(
            "const done = (request) => new Promise((done, failed) => {
               request.onsuccess = () => done(request.result);
               request.onerror = () => failed(request.error);
             });
             return (async () => {
               if (!(await indexedDB.databases()).some(({ name }) => name === 'standpoint')) return [];
               const database = await done(indexedDB.open('standpoint'));
               const rows = database.transaction('rows').objectStore('rows');
               const [keys, values] = await Promise.all([done(rows.getAllKeys()), done(rows.getAll())]);
               database.close();
               return keys.map((key, index) => [key, values[index]]);
             })()",
        ))
    }

    /// Puts a row into the page's database, in place of what is there.
    #[track_caller]
    pub fn put_in_database(&self, key: &str, value: &str) {
        self.script_with(
            "const [key, value] = arguments;
             return new Promise((done, failed) => {
               const opening = indexedDB.open('standpoint');
               opening.onerror = () => failed(opening.error);
               opening.onsuccess = () => {
                 const change = opening.result.transaction('rows', 'readwrite');
                 change.objectStore('rows').put(value, key);
                 change.oncomplete = () => { opening.result.close(); done(null); };
                 change.onabort = () => failed(change.error);
               };
             })",
            json!([key, value]),
        );
    }

    /// Deletes the page's database as any document of the site can: `"deleted"`, or `"blocked"` where the page does not let
    /// go of it within some seconds.
    #[track_caller]
    pub fn delete_database(&self) -> String {
        let said = self.script(
            "return new Promise((done) => {
               const request = indexedDB.deleteDatabase('standpoint');
               request.onsuccess = () => done('deleted');
               request.onblocked = () => setTimeout(() => done('blocked'), 10000);
               request.onerror = () => done(String(request.error));
             })",
        );
        said.as_str().unwrap_or_default().to_owned()
    }

    /// Lets the site keep so many bytes beside local storage; `None`: as many as the browser has.
    ///
    /// A browser asks only now and then how much room is left, so a limit is for before the database is used at all; that it
    /// is lifted is noticed at once.
    #[track_caller]
    pub fn limit_database(&self, bytes: Option<u64>) {
        let mut limit = json!({ "origin": self.site().origin() });
        if let Some(bytes) = bytes {
            limit["quotaSize"] = json!(bytes);
        }
        self.browser.devtools("Storage.overrideQuotaForOrigin", limit);
    }

    /// Another page of the origin takes all the room that [`Desk::limit_database`] left.
    #[track_caller]
    pub fn fill_database(&self) {
        let refused = self.script(
            "return (async () => {
               const database = await new Promise((done, failed) => {
                 const opening = indexedDB.open('other');
                 opening.onupgradeneeded = () => opening.result.createObjectStore('pieces', { autoIncrement: true });
                 opening.onsuccess = () => done(opening.result);
                 opening.onerror = () => failed(opening.error);
               });
               const add = (piece) => new Promise((done) => {
                 const adding = database.transaction('pieces', 'readwrite');
                 adding.objectStore('pieces').add(piece);
                 adding.oncomplete = () => done(true);
                 adding.onabort = () => done(false);
               });
               let size = 1 << 16, pieces = 0;
               while (size > 0 && pieces < 1000) {
                 if (await add(crypto.getRandomValues(new Uint8Array(size)))) pieces++; else size >>= 1;
               }
               database.close();
               return size === 0;
             })()",
        );
        assert_eq!(refused, true, "there was no end to the room");
    }

    /// Clears what the site has stored, as a person does in the browser's settings.
    #[track_caller]
    pub fn clear_site(&self) {
        let what = json!({ "origin": self.site().origin(), "storageTypes": "indexeddb,local_storage" });
        self.browser.devtools("Storage.clearDataForOrigin", what);
    }

    /// Leaves the page and clears what the site has stored: who opens it next was never there before.
    #[track_caller]
    pub fn begin_anew(&self) {
        self.visit(Self::BLANK);
        self.clear_site();
        until("nothing to be stored", || {
            let left = "return indexedDB.databases().then((found) => [found.length, localStorage.length, sessionStorage.length])";
            match self.script(left) {
                found if found == json!([0, 0, 0]) => Ok(()),
                found => Err(format!("databases and rows: {found}")),
            }
        });
    }

    /// Puts the page to sleep, as a browser does with a tab that nobody looked at for long.
    #[track_caller]
    pub fn freeze(&self) {
        self.browser.devtools("Page.setWebLifecycleState", json!({ "state": "frozen" }));
    }

    #[track_caller]
    pub fn wake(&self) {
        self.browser.devtools("Page.setWebLifecycleState", json!({ "state": "active" }));
    }
}
