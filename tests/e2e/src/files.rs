use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::{Desk, until};

/// A file on the person's disk.
pub struct Upload {
    name: String,
    content: Vec<u8>,
}

impl Upload {
    pub fn new(name: &str, content: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), content: content.into() }
    }
}

impl Desk {
    /// Chooses files in the page's file dialog.
    #[track_caller]
    pub fn import(&self, uploads: &[Upload]) {
        self.choose_files("import", uploads);
    }

    /// Chooses files in the file dialog of the input of that `data-command`.
    #[track_caller]
    pub fn choose_files(&self, command: &str, uploads: &[Upload]) {
        const SCRIPT: &str = "return document.querySelector(`input[type=file][data-command=\"${arguments[0]}\"]`)";
        let paths = self.on_disk(uploads).join("\n");
        let session = self.browser.session();
        let input = self.browser.run(session.execute(SCRIPT, vec![json!(command)]));
        let input = self.browser.run(async { input.element() });
        self.browser.run(input.send_keys(paths));
    }

    /// Does `ask`, which must open the file dialog of the input of that `data-command`, and chooses files there.
    #[track_caller]
    pub fn choose_files_when(&self, ask: impl FnOnce(&Desk), command: &str, uploads: &[Upload]) {
        // A headless browser has no such dialog; that it was asked for is all that can be seen.
        const CATCH: &str = "
            const input = document.querySelector(`input[type=file][data-command=\"${arguments[0]}\"]`);
            input?.addEventListener('click', (event) => { event.preventDefault(); input.dataset.asked = ''; }, { once: true });
            return input !== null";
        // Its dialog may just be opening.
        until("the input for files", || if self.script_with(CATCH, json!([command])) == true { Ok(()) } else { Err(command.to_owned()) });
        ask(self);
        until("the file dialog", || match self.script("return document.querySelectorAll('input[data-asked]').length") {
            found if found == 1 => Ok(()),
            found => Err(found.to_string()),
        });
        self.script("delete document.querySelector('input[data-asked]').dataset.asked");
        self.choose_files(command, uploads);
    }

    /// Drags files from the person's desktop over the text and drops them there.
    #[track_caller]
    pub fn drop_files(&self, uploads: &[Upload]) {
        let data = json!({ "items": [], "files": self.on_disk(uploads), "dragOperationsMask": 1 });
        for step in ["dragEnter", "dragOver", "drop"] {
            self.browser.devtools("Input.dispatchDragEvent", json!({ "type": step, "x": 600, "y": 300, "data": data }));
        }
    }

    /// Writes the files; their paths.
    fn on_disk(&self, uploads: &[Upload]) -> Vec<String> {
        let folder = self.fresh_folder("uploads");
        let written = uploads.iter().map(|upload| {
            let path = folder.join(&upload.name);
            std::fs::write(&path, &upload.content).expect("a file of one's own");
            path.display().to_string()
        });
        written.collect()
    }

    /// An empty folder that goes with the browser.
    pub(crate) fn fresh_folder(&self, kind: &str) -> PathBuf {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = self.browser.folder().join(kind).join(COUNT.fetch_add(1, Ordering::Relaxed).to_string());
        std::fs::create_dir_all(&folder).expect("a folder of one's own");
        folder
    }
}
