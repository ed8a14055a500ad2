//! The backup file: every row of every project as the stores hold it, with their checksums, a line each.
//!
//! What the recovery page saves is the same file. It is untrusted like any other: a row that does not fit its checksum is
//! reported and left out, all others are taken.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

use super::stored::{Gathered, Holdings, PREFIX, QUARANTINE, Row, Spoilt, by_project, gather, project_prefix};
use crate::model::{ArticleId, ProjectId, Timestamp};

/// What `format` says in a backup file.
pub const FORMAT: &str = "standpoint-backup";
const VERSION: u32 = 1;
/// The greatest number of rows of a file.
const MAX_ROWS: usize = 5_000_000;

/// A backup file.
#[derive(Clone, Debug)]
pub struct Backup {
    pub made: Option<Timestamp>,
    pub projects: Vec<SavedProject>,
    /// How many rows are of no project: a device's settings, another page's.
    pub others: usize,
    /// How many lines could not be read as rows.
    pub unreadable: usize,
}

/// A file's rows, and how many lines are none.
struct Lines {
    rows: Vec<Row>,
    unreadable: usize,
}

/// One project of a backup.
#[derive(Clone, Debug)]
pub struct SavedProject {
    pub id: ProjectId,
    pub store: crate::edit::AnnotationStore,
    /// Rows that can't be read, as sentences.
    pub problems: Vec<String>,
}

/// Why a backup can't be read at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BackupError {
    #[error("{file}, line {line}, column {column}: {message}")]
    Syntax { file: String, line: usize, column: usize, message: String },
    #[error("{file} is a backup of version {version}, this program reads up to {VERSION}: reload the page to get a newer one")]
    Newer { file: String, version: u32 },
    #[error("{file} has {rows} rows, the limit is {MAX_ROWS}")]
    TooMany { file: String, rows: usize },
}

#[derive(Deserialize)]
struct Head {
    version: u32,
    made: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: String,
    #[serde(rename = "version")]
    _version: u32,
    #[serde(rename = "made")]
    _made: Option<String>,
    rows: Vec<Row>,
}

/// Whether a JSON file says that it is a backup. Looks at its beginning alone.
pub fn is_backup(json: &str) -> bool {
    let start: String = json.trim_start_matches('\u{feff}').chars().take(200).filter(|letter| !letter.is_whitespace()).collect();
    start.starts_with(&format!("{{\"format\":\"{FORMAT}\""))
}

/// The file of these rows, made at `made`. Law: `read(write(rows))` has every project of the rows.
pub fn write(made: &Timestamp, rows: &[Row]) -> String {
    let size: usize = rows.iter().map(|(key, value)| key.len() + value.len() + value.len() / 4 + 16).sum();
    let mut out = String::with_capacity(size + 100);
    out.push_str(&format!("{{\"format\":\"{FORMAT}\",\"version\":{VERSION},\"made\":\"{}\",\"rows\":[\n", made.as_str()));
    for (index, row) in rows.iter().enumerate() {
        out.push_str(&serde_json::to_string(row).expect("invariant: strings always become JSON"));
        out.push_str(if index + 1 < rows.len() { ",\n" } else { "\n" });
    }
    out.push_str("]}\n");
    out
}

/// What a backup file holds, project by project.
pub fn read(file: &str, json: &str) -> Result<Backup, BackupError> {
    let syntax = |error: serde_json::Error| BackupError::Syntax {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
    };
    let json = json.trim_start_matches('\u{feff}');
    let head = json.lines().next().unwrap_or_default();
    let head = serde_json::from_str::<Head>(&format!("{head}]}}")).or_else(|_| serde_json::from_str(json)).map_err(syntax)?;
    let Head { version, made } = head;
    if version > VERSION {
        return Err(BackupError::Newer { file: file.to_owned(), version });
    }
    let Lines { rows, unreadable } = match serde_json::from_str::<File>(json) {
        Ok(File { rows, .. }) => Lines { rows, unreadable: 0 },
        // One row that is no JSON, or a file that was cut off, must not cost all the others.
        Err(error) => line_by_line(json).ok_or_else(|| syntax(error))?,
    };
    if rows.len() > MAX_ROWS {
        return Err(BackupError::TooMany { file: file.to_owned(), rows: rows.len() });
    }
    let count = rows.len();
    // A value that was put aside may be sound to a later version of the program, or belong to a row that was lost since.
    let rows = rows.into_iter().map(|(key, value)| match key.strip_prefix(QUARANTINE) {
        Some(original) if original.starts_with(PREFIX) => (original.split('~').next().unwrap_or(original).to_owned(), value),
        _ => (key, value),
    });
    let rows: Vec<Row> = rows.collect();
    let orders: BTreeMap<String, Vec<ArticleId>> = rows
        .iter()
        .filter_map(|(key, value)| Some((order_of(key)?.to_owned(), value.split(' ').filter_map(ArticleId::new).collect())))
        .collect();
    let by_project = by_project(rows);
    let others = count - by_project.values().map(Vec::len).sum::<usize>();
    let listed = |id: &ProjectId| orders.get(id.as_str()).cloned().unwrap_or_default();
    let projects = by_project.into_iter().filter_map(|(id, rows)| saved_project(listed(&id), id, rows)).collect();
    Ok(Backup { made: made.as_deref().and_then(Timestamp::parse), projects, others, unreadable })
}

/// The rows of a file in which not every line can be read; `None` where none can.
fn line_by_line(json: &str) -> Option<Lines> {
    let mut lines = Lines { rows: Vec::new(), unreadable: 0 };
    for line in json.lines().skip(1).map(str::trim).filter(|line| !matches!(*line, "" | "]}")) {
        match serde_json::from_str(line.strip_suffix(',').unwrap_or(line)) {
            Ok(row) => lines.rows.push(row),
            Err(_) => lines.unreadable += 1,
        }
    }
    (!lines.rows.is_empty()).then_some(lines)
}

/// The project whose order of articles a key holds.
fn order_of(key: &str) -> Option<&str> {
    key.strip_prefix(PREFIX)?.strip_prefix("order/")
}

fn saved_project(listed: Vec<ArticleId>, id: ProjectId, rows: Vec<Row>) -> Option<SavedProject> {
    let Gathered { store, spoilt, .. } = gather(&id, Holdings { local: Some(rows), database: None, listed })?;
    let prefix = project_prefix(&id);
    let problems = spoilt.into_iter().map(|Spoilt { row: (key, _), error }| {
        let short = key.strip_prefix(&prefix).unwrap_or(&key);
        format!("{short}: {error}")
    });
    Some(SavedProject { problems: problems.collect(), id, store })
}
