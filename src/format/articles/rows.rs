//! The rows of a table, one after the other, so that a large one can be read in steps.

use std::rc::Rc;

use serde_json::Value;

use crate::format::exchange::{Done, Place, Source, Spot, Trouble};

/// One row: its place in the file, and what stands in it under which name.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub spot: Spot,
    pub cells: Vec<(Rc<str>, String)>,
}

/// Rows of comma- or tab-separated values, of a list of JSON objects, or of one object a line.
pub enum Rows<'a> {
    Separated(Separated<'a>),
    Json(Json<'a>),
}

impl<'a> Rows<'a> {
    pub fn of(file: &'a Source) -> Self {
        match file.text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '['])
            && !matches!(file.extension().as_str(), "csv" | "tsv")
        {
            true => Self::Json(Json::new(file)),
            false => Self::Separated(Separated::new(file)),
        }
    }

    /// How many bytes of the file are read.
    pub fn position(&self) -> usize {
        match self {
            Self::Separated(rows) => rows.reader.position().byte() as usize,
            Self::Json(rows) => rows.at,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Separated(rows) => rows.next(),
            Self::Json(rows) => rows.next(),
        }
    }
}

/// Of more columns only the first are read.
pub(super) const MOST_COLUMNS: usize = 200;

pub struct Separated<'a> {
    file: &'a Source,
    reader: ::csv::Reader<&'a [u8]>,
    names: Vec<Rc<str>>,
    /// The first row, where it is none of names.
    first: Option<::csv::StringRecord>,
    record: ::csv::StringRecord,
}

impl<'a> Separated<'a> {
    fn new(file: &'a Source) -> Self {
        let text = file.text.trim_start_matches('\u{feff}');
        let first_line = text.lines().next().unwrap_or_default();
        let marks: &[u8] = if file.extension() == "tsv" { b"\t" } else { b"\t;," };
        let delimiter =
            *marks.iter().max_by_key(|mark| first_line.bytes().filter(|byte| byte == *mark).count()).expect("invariant: there are marks");
        let mut reader = ::csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut record = ::csv::StringRecord::new();
        let is_there = reader.read_record(&mut record).unwrap_or_default();
        let has_names = is_there && is_of_names(&record);
        let name = |(n, cell): (usize, &str)| match has_names && !cell.trim().is_empty() {
            true => cell.trim().into(),
            false => format!("column {}", n + 1).into(),
        };
        let mut names: Vec<Rc<str>> = record.iter().take(MOST_COLUMNS).enumerate().map(name).collect();
        for n in 0..names.len() {
            if names[..n].contains(&names[n]) {
                names[n] = format!("{} ({})", names[n], n + 1).into();
            }
        }
        let first = (is_there && !has_names).then(|| record.clone());
        Self { file, reader, names, first, record }
    }

    fn next(&mut self) -> Option<Result<Row, Trouble>> {
        let record = match self.first.take() {
            Some(first) => first,
            None => match self.reader.read_record(&mut self.record) {
                Ok(true) => self.record.clone(),
                Ok(false) => return None,
                Err(problem) => {
                    let spot = Spot { file: self.file.name.clone(), place: Place::Whole };
                    return Some(Err(Trouble { spot, what: problem.to_string().into(), done: Done::Skipped }));
                }
            },
        };
        let line = record.position().map_or(1, |position| position.line() as usize);
        let spot = Spot::line(&self.file.name, line);
        if record.len() > self.names.len() {
            let what = format!(
                "the row has {} cells, and there are {} columns: one of its cells should stand in quotation marks",
                record.len(),
                self.names.len()
            );
            return Some(Err(Trouble { spot, what: what.into(), done: Done::Skipped }));
        }
        let cells = self.names.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        Some(Ok(Row { spot, cells: cells.map(|(name, cell)| (name.clone(), cell.to_owned())).collect() }))
    }
}

/// Names are short, unlike each other, and no numbers.
fn is_of_names(record: &::csv::StringRecord) -> bool {
    const LONGEST: usize = 60;
    let cells: Vec<&str> = record.iter().map(str::trim).collect();
    let is_name = |cell: &&str| cell.chars().count() <= LONGEST && cell.parse::<f64>().is_err();
    cells.iter().all(is_name) && cells.iter().enumerate().all(|(n, cell)| cell.is_empty() || !cells[..n].contains(cell))
}

pub struct Json<'a> {
    file: &'a Source,
    text: &'a str,
    /// In bytes.
    at: usize,
    line: usize,
    /// The number of the next item of a list; `None` for lines.
    item: Option<usize>,
    is_done: bool,
}

impl<'a> Json<'a> {
    fn new(file: &'a Source) -> Self {
        let mut json = Self { file, text: &file.text, at: 0, line: file.first_line.max(1), item: None, is_done: false };
        json.skip(&['\u{feff}']);
        let start = (json.at, json.line);
        if json.take('[') || json.enter_list() {
            json.item = Some(0);
        } else {
            (json.at, json.line) = start;
        }
        json
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn go(&mut self, bytes: usize) {
        let passed = self.rest().get(..bytes).unwrap_or_default();
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        self.at += bytes;
    }

    fn skip(&mut self, also: &[char]) {
        let rest = self.rest();
        let left = rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || also.contains(&letter));
        self.go(rest.len() - left.len());
    }

    fn take(&mut self, mark: char) -> bool {
        self.skip(&[]);
        let is_there = self.rest().starts_with(mark);
        if is_there {
            self.go(mark.len_utf8());
        }
        is_there
    }

    fn value<T: serde::de::DeserializeOwned>(&mut self) -> Option<Result<T, serde_json::Error>> {
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter::<T>();
        let value = values.next()?;
        let read = values.byte_offset();
        if value.is_ok() {
            self.go(read);
        }
        Some(value)
    }

    /// Goes to the first list of objects that an object holds, such as `{"articles": [{`. An object that has a text of its own is a row.
    fn enter_list(&mut self) -> bool {
        if !self.take('{') {
            return false;
        }
        loop {
            let Some(Ok(_)) = self.value::<String>() else { return false };
            if !self.take(':') {
                return false;
            }
            if self.take('[') {
                self.skip(&[]);
                if self.rest().starts_with('{') {
                    return true;
                }
                return false;
            }
            match self.value::<Value>() {
                Some(Ok(Value::String(_))) | None | Some(Err(_)) => return false,
                Some(Ok(_)) => {}
            }
            if !self.take(',') {
                return false;
            }
        }
    }

    fn spot(&self) -> Spot {
        match self.item {
            Some(n) => Spot { file: self.file.name.clone(), ..Spot::default() }.item(n),
            None => Spot::line(&self.file.name, self.line),
        }
    }

    fn next(&mut self) -> Option<Result<Row, Trouble>> {
        if self.is_done {
            return None;
        }
        self.skip(if self.item.is_some() { &[','] } else { &[] });
        if self.rest().is_empty() || (self.item.is_some() && self.rest().starts_with(']')) {
            self.is_done = true;
            return None;
        }
        let spot = self.spot();
        let value = self.value::<Value>()?;
        if let Some(n) = &mut self.item {
            *n += 1;
        }
        let fault = |what: String| Some(Err(Trouble { spot: spot.clone(), what: what.into(), done: Done::Skipped }));
        match value {
            Ok(Value::Object(object)) => {
                let mut cells = Vec::with_capacity(object.len());
                for (name, value) in object {
                    flatten(&name, value, 0, &mut cells);
                }
                Some(Ok(Row { spot, cells }))
            }
            Ok(Value::String(text)) => Some(Ok(Row { spot, cells: vec![("text".into(), text)] })),
            Ok(_) => fault("this is neither an object nor a text".to_owned()),
            Err(problem) => {
                // A line that can't be read ends with itself; a list does not.
                match self.item {
                    None => self.go(self.rest().find('\n').map_or(self.rest().len(), |end| end + 1)),
                    Some(_) => self.is_done = true,
                }
                let said = problem.to_string();
                let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
                fault(match self.item {
                    None => format!("this is no JSON: {what}"),
                    Some(_) => format!("this is no JSON, and nothing behind it is read: {what}"),
                })
            }
        }
    }
}

/// What lies in an object gets its name before its own; a list of words is one cell.
fn flatten(name: &str, value: Value, depth: usize, cells: &mut Vec<(Rc<str>, String)>) {
    const DEEPEST: usize = 3;
    let cell = match value {
        Value::Null => return,
        Value::String(text) => text,
        Value::Object(object) if depth < DEEPEST => {
            for (inner, value) in object {
                flatten(&format!("{name}.{inner}"), value, depth + 1, cells);
            }
            return;
        }
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let words = items.into_iter().filter(|item| !item.is_null()).map(|item| match item {
                Value::String(text) => text,
                other => other.to_string(),
            });
            words.collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    };
    if !cell.is_empty() && cells.len() < MOST_COLUMNS {
        cells.push((name.into(), cell));
    }
}
