//! The shape of a file: what has to be right before anything else is looked at.

use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

use super::{MAX_ANNOTATIONS, MAX_BYTES, MAX_DEPTH, ReadError};
use crate::format::native::file::{Conflict, FORMAT, File, OFFSETS, VERSION, Version};

mod place;

/// What tells one format and version from another; the rest may be anything.
#[derive(Deserialize)]
struct Head {
    format: Option<Value>,
    version: Option<Value>,
}

pub fn parse(file: &str, json: &str) -> Result<File, ReadError> {
    if json.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { file: file.to_owned(), bytes: json.len() });
    }
    // Editors on Windows put one there.
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if let Some((line, column)) = too_deep(json) {
        return Err(ReadError::TooDeep { file: file.to_owned(), line, column });
    }
    head(file, json)?;
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let stated =
        File::deserialize(&mut deserializer).map_err(|error| located(file, &place::at(json, error.line(), error.column()), &error))?;
    deserializer.end().map_err(|error| located(file, "", &error))?;
    if let Some(found) = stated.offsets.as_ref().filter(|offsets| *offsets != OFFSETS) {
        return Err(ReadError::OtherOffsets { file: file.to_owned(), found: found.clone() });
    }
    let conflicts = stated.conflicts.iter().filter(|conflict| matches!(conflict, Conflict::Live(Version::Annotation(_)))).count();
    let count = stated.annotations.len() + conflicts;
    if count > MAX_ANNOTATIONS {
        return Err(ReadError::TooMany { file: file.to_owned(), count });
    }
    Ok(stated)
}

fn head(file: &str, json: &str) -> Result<(), ReadError> {
    let file = file.to_owned();
    let head: Head = match serde_json::from_str(json) {
        // serde would take an array for the list of the fields.
        Ok(head) if json.trim_start().starts_with('{') => head,
        Err(error) if error.classify() != Category::Data || json.trim_start().starts_with('{') => return Err(located(&file, "", &error)),
        Ok(_) | Err(_) => return Err(ReadError::NoFormat { file }),
    };
    match head.format {
        None => return Err(ReadError::NoFormat { file }),
        Some(Value::String(format)) if format == FORMAT => {}
        Some(Value::String(found)) => return Err(ReadError::OtherFormat { file, found }),
        Some(other) => return Err(ReadError::OtherFormat { file, found: other.to_string() }),
    }
    let version = head.version.as_ref().and_then(Value::as_u64);
    match version.filter(|version| *version > 0) {
        Some(version) if version > VERSION => Err(ReadError::Newer { file, version }),
        Some(_) => Ok(()),
        None => Err(ReadError::BadVersion { file, found: head.version.map_or_else(|| "nothing".to_owned(), |found| found.to_string()) }),
    }
}

fn located(file: &str, place: &str, error: &serde_json::Error) -> ReadError {
    let (file, line, column) = (file.to_owned(), error.line(), error.column());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    match error.classify() {
        Category::Eof => ReadError::Truncated { file, line, column },
        Category::Syntax | Category::Io => ReadError::Syntax { file, line, column, message },
        Category::Data => ReadError::Shape {
            file,
            place: if place.is_empty() { "the whole file".to_owned() } else { place.to_owned() },
            line,
            column,
            message,
        },
    }
}

/// The line and column, from 1, where nesting gets too deep. Brackets inside strings don't count.
fn too_deep(json: &str) -> Option<(usize, usize)> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let (mut line, mut line_start) = (1, 0);
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'\n' => (line, line_start) = (line + 1, at + 1),
            b'[' | b'{' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some((line, at - line_start + 1));
                }
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
