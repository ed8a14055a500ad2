//! The texts that lie in files beside a project file.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use standpoint::format::plain;

/// A file as it was given.
pub struct Given {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Which files came together: those of an archive, or those of the disk.
    pub batch: usize,
    /// The folder that it lies in; `None` of what lies on no disk.
    pub folder: Option<PathBuf>,
}

/// Files that are no project files, and which of them are texts of one.
pub struct Beside<'a> {
    files: &'a [(Given, String)],
    by_name: BTreeMap<(usize, &'a str), usize>,
    used: RefCell<BTreeSet<usize>>,
}

impl<'a> Beside<'a> {
    pub fn of(files: &'a [(Given, String)]) -> Self {
        let by_name = files.iter().enumerate().map(|(n, (file, _))| ((file.batch, file.name.as_str()), n));
        Self { files, by_name: by_name.collect(), used: RefCell::default() }
    }

    /// The file at a path from the project file, which never leads out of its folder.
    pub fn text(&self, project: &Given, path: &str) -> Result<Vec<u8>, String> {
        let name = match project.name.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{path}"),
            None => path.to_owned(),
        };
        if let Some(n) = self.by_name.get(&(project.batch, name.as_str())) {
            self.used.borrow_mut().insert(*n);
            return Ok(self.files[*n].0.bytes.clone());
        }
        let folder = project.folder.as_ref().ok_or("there is no such file beside the project file")?;
        let said = |problem: std::io::Error| problem.to_string();
        // A symbolic link may lead anywhere.
        let (folder, path) = (folder.canonicalize().map_err(said)?, folder.join(path).canonicalize().map_err(said)?);
        if !path.starts_with(&folder) {
            return Err("it leads out of the folder of the project file".to_owned());
        }
        if fs::metadata(&path).map_err(said)?.len() > plain::MAX_BYTES as u64 {
            return Err(format!("it has more than {} bytes", plain::MAX_BYTES));
        }
        fs::read(&path).map_err(said)
    }

    /// Which of the files were asked for.
    pub fn used(self) -> BTreeSet<usize> {
        self.used.into_inner()
    }
}
