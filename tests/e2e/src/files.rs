use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use crate::Desk;

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
        let paths = self.on_disk(uploads).join("\n");
        let session = self.browser.session();
        let input =
            self.browser.run(session.execute("return document.querySelector('input[type=file][data-command=import]')", vec![json!(null)]));
        let input = self.browser.run(async { input.element() });
        self.browser.run(input.send_keys(paths));
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
