//! The file that the page exports, read by somebody who knows only FORMAT.md.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::browser::Kind;
use crate::firefox::DOWNLOAD_INTO;
use crate::{Desk, until};

/// An exported project.
pub struct Export {
    pub project: Value,
    /// Where the browser put it.
    pub path: PathBuf,
}

impl Desk {
    /// Exports the project by its button and reads the file that arrives.
    #[track_caller]
    pub fn export(&self) -> Export {
        self.export_by(|desk| desk.click_command("export-project"))
    }

    /// The same for a person who asks for the file in another way.
    #[track_caller]
    pub fn export_by(&self, ask: impl FnOnce(&Desk)) -> Export {
        let path = self.download_by("json", ask);
        let text = std::fs::read_to_string(&path).expect("the file that has just arrived");
        let project = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {path:?}"));
        Export { project, path }
    }

    /// Does `ask`, and waits for the file with that ending that the page hands over for it.
    #[track_caller]
    pub fn download_by(&self, ending: &str, ask: impl FnOnce(&Desk)) -> PathBuf {
        let folder = self.fresh_folder("exports");
        self.download_into(&folder);
        ask(self);
        until("the file", || {
            let entries = std::fs::read_dir(&folder).map_err(|error| error.to_string())?;
            let names: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            let found = names.iter().find(|name| name.extension().is_some_and(|own| own == ending));
            // A browser may make the file before it fills it.
            let filled = found.filter(|path| std::fs::metadata(path).is_ok_and(|about| about.len() > 0));
            filled.cloned().ok_or_else(|| format!("{names:?}"))
        })
    }

    #[track_caller]
    fn download_into(&self, folder: &Path) {
        if self.browser.kind() == Kind::Firefox {
            self.browser.system(DOWNLOAD_INTO, json!([folder]));
        } else {
            let parameters = json!({ "behavior": "allow", "downloadPath": folder, "eventsEnabled": false });
            self.browser.devtools("Browser.setDownloadBehavior", parameters);
        }
    }
}

impl Export {
    pub fn name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    /// The file as it is.
    #[track_caller]
    pub fn text(&self) -> String {
        std::fs::read_to_string(&self.path).expect("the file that was just read")
    }

    pub fn annotations(&self) -> &[Value] {
        self.list("annotations")
    }

    pub fn articles(&self) -> &[Value] {
        self.list("articles")
    }

    #[track_caller]
    pub fn article(&self, id: &str) -> &Value {
        let found = self.articles().iter().find(|article| article["id"] == id);
        found.unwrap_or_else(|| panic!("no article {id} in the export"))
    }

    pub fn list(&self, name: &str) -> &[Value] {
        self.project[name].as_array().map_or(&[], Vec::as_slice)
    }

    /// The annotations of one annotator, without what changes by doing and undoing alone.
    pub fn work_of(&self, annotator: &str) -> Vec<Value> {
        let own = self.annotations().iter().filter(|annotation| annotation["annotator"] == annotator);
        own.cloned().map(without_stamps).collect()
    }

    /// Everything but stamps of versions and times.
    pub fn content(&self) -> Value {
        let mut content = self.project.clone();
        let lists = content.as_object_mut().map(|object| object.values_mut().filter_map(Value::as_array_mut));
        for record in lists.into_iter().flatten().flatten() {
            *record = without_stamps(record.take());
        }
        content
    }

    /// A line for each annotation of one annotator in one article, with its fillers by their words:
    /// `claim: that … there | quotation=indirect | cue=noted speaker=He`.
    pub fn lines(&self, annotator: &str, article: &str) -> Vec<String> {
        let own = self.annotations().iter().filter(|record| record["annotator"] == annotator && record["article"] == article);
        own.map(|record| self.line(record)).collect()
    }

    /// The annotation of that type on those words, by one annotator.
    #[track_caller]
    pub fn find(&self, annotator: &str, type_id: &str, words: &str) -> &Value {
        let mut own = self.annotations().iter().filter(|record| record["annotator"] == annotator && record["type"] == type_id);
        own.find(|record| quote(record) == words).unwrap_or_else(|| panic!("no {type_id} “{words}” by {annotator}"))
    }

    fn line(&self, record: &Value) -> String {
        let attributes = record["attributes"].as_object().into_iter().flatten();
        let attributes: Vec<String> = attributes.map(|(id, value)| format!("{id}={}", value.as_str().unwrap_or_default())).collect();
        let roles = record["roles"].as_object().into_iter().flatten();
        let roles: Vec<String> = roles.map(|(id, fillers)| format!("{id}={}", self.fillers(record, fillers))).collect();
        let parts = [attributes.join(" "), roles.join(" ")];
        let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let head = format!("{}: {}", record["type"].as_str().unwrap_or_default(), quote(record));
        std::iter::once(head.as_str()).chain(parts).collect::<Vec<_>>().join(" | ")
    }

    fn fillers(&self, of: &Value, fillers: &Value) -> String {
        let name = |filler: &Value| match filler["entity"].as_str() {
            Some(entity) => format!("@{entity}"),
            None => {
                let same = |other: &&Value| {
                    other["id"] == filler["annotation"] && other["annotator"] == of["annotator"] && other["article"] == of["article"]
                };
                self.annotations().iter().find(same).map_or_else(|| format!("?{}", filler["annotation"]), quote)
            }
        };
        fillers.as_array().into_iter().flatten().map(name).collect::<Vec<_>>().join("+")
    }
}

/// The words of all fragments.
pub fn quote(record: &Value) -> String {
    let fragments = record["fragments"].as_array().into_iter().flatten();
    fragments.map(|fragment| fragment["text"].as_str().unwrap_or_default()).collect::<Vec<_>>().join(" … ")
}

fn without_stamps(mut record: Value) -> Value {
    if let Some(fields) = record.as_object_mut() {
        for stamp in ["version", "created", "modified"] {
            fields.remove(stamp);
        }
    }
    record
}

/// Fails where Python, which slices the texts itself, finds anything wrong.
#[track_caller]
pub fn assert_sound(exports: &[&Export]) {
    let paths: Vec<&Path> = exports.iter().map(|export| export.path.as_path()).collect();
    check_slices(&paths).unwrap_or_else(|said| panic!("{said}"));
}

/// Runs `tests/check_slices.py`, which slices the texts as Python does; its output, as an error where it found one.
pub fn check_slices(files: &[&Path]) -> Result<String, String> {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../check_slices.py");
    let output = Command::new("python3").arg(program).args(files).output().map_err(|error| format!("python3: {error}"))?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() { Ok(said) } else { Err(said) }
}
