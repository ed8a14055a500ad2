//! Files that are there only when all of them are whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where a command's files go.
pub enum Output {
    /// One file, to standard output.
    Stream { name: Option<String> },
    /// Each beside its place under a passing name, and to its place at the end.
    Folder { folder: PathBuf, begun: BTreeSet<PathBuf> },
}

impl Output {
    pub fn to(folder: Option<&String>) -> Self {
        match folder {
            Some(folder) => Self::Folder { folder: folder.into(), begun: BTreeSet::new() },
            None => Self::Stream { name: None },
        }
    }

    /// Adds to files, each by its path within the folder.
    pub fn add(&mut self, files: &BTreeMap<String, String>) -> Result<(), String> {
        for (path, text) in files {
            match self {
                Self::Stream { name } => {
                    if files.len() > 1 || name.as_ref().is_some_and(|name| name != path) {
                        return Err("there are several files: --out names the folder for them".to_owned());
                    }
                    *name = Some(path.clone());
                    io::stdout().lock().write_all(text.as_bytes()).map_err(|problem| format!("standard output: {problem}"))?;
                }
                Self::Folder { folder, begun } => {
                    let path = folder.join(path);
                    append(&path, text, begun).map_err(|problem| format!("{}: {problem}", path.display()))?;
                }
            }
        }
        Ok(())
    }

    /// Puts all files to their places; returns how many there are.
    pub fn finish(self) -> Result<usize, String> {
        let Self::Folder { begun, .. } = self else {
            io::stdout().lock().flush().map_err(|problem| format!("standard output: {problem}"))?;
            return Ok(1);
        };
        for path in &begun {
            fs::rename(passing(path), path).map_err(|problem| format!("{}: {problem}", path.display()))?;
        }
        Ok(begun.len())
    }
}

/// Open only while it is written: there may be thousands.
fn append(path: &Path, text: &str, begun: &mut BTreeSet<PathBuf>) -> io::Result<()> {
    let mut file = if begun.contains(path) {
        OpenOptions::new().append(true).open(passing(path))?
    } else {
        fs::create_dir_all(path.parent().unwrap_or(path))?;
        File::create(passing(path))?
    };
    begun.insert(path.to_owned());
    file.write_all(text.as_bytes())
}

fn passing(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}
