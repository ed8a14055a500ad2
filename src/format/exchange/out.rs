//! What writers write to.

use std::collections::BTreeMap;

use super::loss::{Loss, Losses};
use super::sheet::Sheet;

/// Makes files of a project, an article at a time.
pub trait Writer {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out);

    /// After the last article: what comes once, and what closes a file.
    fn finish(&mut self, out: &mut Out) {
        let _ = out;
    }
}

/// Files that grow, and what they could not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Out {
    files: BTreeMap<String, String>,
    pub losses: Losses,
}

impl Out {
    /// Adds `text` at the end of the file at `path`, whose folders are parted by `/`.
    pub fn add(&mut self, path: &str, text: &str) {
        match self.files.get_mut(path) {
            Some(file) => file.push_str(text),
            None => drop(self.files.insert(path.to_owned(), text.to_owned())),
        }
    }

    pub fn lose(&mut self, loss: Loss) {
        self.losses.add(loss);
    }

    pub fn lose_many(&mut self, loss: Loss, count: usize) {
        self.losses.add_many(loss, count);
    }

    /// What was added since, by path; later additions to a path belong behind it.
    pub fn take(&mut self) -> BTreeMap<String, String> {
        std::mem::take(&mut self.files)
    }
}

/// A name as a file's: what file systems stumble over is `_`, and one that would be hidden or special is not.
pub fn file_name(name: &str) -> String {
    let safe = |letter: char| if letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.') { letter } else { '_' };
    let name: String = name.chars().map(safe).take(80).collect();
    if name.trim_matches('.').is_empty() || name.starts_with('.') { format!("_{name}") } else { name }
}
