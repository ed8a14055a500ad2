//! A table with an article a row.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::columns::{Columns, Field, Found};
use super::rows::{MOST_COLUMNS, Rows};
use crate::format::exchange::{Done, Foreign, ForeignText, Source, Spot, Trouble, Troubles};

/// What a column is called, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub name: Rc<str>,
    /// How many cells say something.
    pub filled: usize,
    /// Bytes in all its cells.
    pub letters: usize,
    /// The first cell that says something, up to a hundred code points of it.
    pub sample: Rc<str>,
}

/// All rows, and what was wrong with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub headings: Vec<Heading>,
    rows: Vec<Kept>,
    pub problems: Troubles,
}

/// A row without the names of its columns, which are the table's.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kept {
    spot: Spot,
    cells: Vec<(u32, Box<str>)>,
}

impl Table {
    /// Reads a whole file.
    pub fn read(file: &Source) -> Self {
        let mut reading = Reading::new(file);
        while reading.step(usize::MAX) {}
        reading.table
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether a column is called a text, or holds what may be one: JSON has many other uses.
    pub fn has_texts(&self) -> bool {
        /// Bytes of a cell, at an average.
        const FEWEST: usize = 20;
        let is_text = |heading: &Heading| heading.letters > 0 && Field::called(&heading.name) == Some(Field::Text);
        self.headings.iter().any(|heading| is_text(heading) || heading.letters > FEWEST * heading.filled)
    }

    /// One row as a text, counted from 0; the problem where it has none.
    pub fn text(&self, n: usize, columns: &Columns) -> Result<ForeignText, Trouble> {
        let row = &self.rows[n];
        let mut found = Found::default();
        // In the order of the columns, whatever the row's own.
        let cells: BTreeMap<u32, &str> = row.cells.iter().map(|(column, cell)| (*column, &**cell)).collect();
        for (column, cell) in cells {
            if let Some(column) = columns.0.get(column as usize) {
                found.take(column.field, &column.name, cell);
            }
        }
        let text = found.whole_text();
        if text.trim().is_empty() {
            return Err(Trouble { spot: row.spot.clone(), what: "there is no text in this row".into(), done: Done::Skipped });
        }
        Ok(ForeignText {
            spot: row.spot.clone(),
            id: found.id,
            title: found.title,
            language: found.language,
            metadata: found.metadata,
            text: text.into(),
            ..ForeignText::default()
        })
    }

    /// All rows as texts; those without one are reported.
    pub fn foreign(&self, columns: &Columns) -> Foreign {
        let mut foreign = Foreign { texts: Vec::with_capacity(self.len()), problems: self.problems.clone(), ..Foreign::default() };
        for n in 0..self.len() {
            match self.text(n, columns) {
                Ok(text) => foreign.texts.push(text),
                Err(problem) => foreign.problems.add(problem),
            }
        }
        foreign
    }
}

/// A table on its way in.
pub struct Reading<'a> {
    rows: Rows<'a>,
    size: usize,
    table: Table,
    at: HashMap<Rc<str>, u32>,
    is_too_wide: bool,
}

impl<'a> Reading<'a> {
    pub fn new(file: &'a Source) -> Self {
        Self { rows: Rows::of(file), size: file.text.len(), table: Table::default(), at: HashMap::new(), is_too_wide: false }
    }

    /// Reads on for about so many bytes; whether there is more.
    pub fn step(&mut self, bytes: usize) -> bool {
        let until = self.rows.position().saturating_add(bytes);
        while self.rows.position() < until {
            match self.rows.next() {
                None => return false,
                Some(Err(problem)) => self.table.problems.add(problem),
                Some(Ok(row)) => {
                    let spot = row.spot;
                    let mut cells = Vec::with_capacity(row.cells.len());
                    for (name, cell) in row.cells {
                        match self.column(&name) {
                            Some(column) => {
                                let heading = &mut self.table.headings[column as usize];
                                if heading.filled == 0 {
                                    heading.sample =
                                        cell.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(100).collect::<String>().into();
                                }
                                heading.filled += 1;
                                heading.letters += cell.len();
                                cells.push((column, cell.into_boxed_str()));
                            }
                            None if !self.is_too_wide => {
                                self.is_too_wide = true;
                                let what =
                                    format!("“{name}” is a column too many: of more than {MOST_COLUMNS} those that come first are read");
                                self.table.problems.add(Trouble { spot: spot.clone(), what: what.into(), done: Done::Skipped });
                            }
                            None => {}
                        }
                    }
                    self.table.rows.push(Kept { spot, cells });
                }
            }
        }
        true
    }

    fn column(&mut self, name: &Rc<str>) -> Option<u32> {
        if let Some(known) = self.at.get(name) {
            return Some(*known);
        }
        let n = self.table.headings.len();
        if n >= MOST_COLUMNS {
            return None;
        }
        self.table.headings.push(Heading { name: name.clone(), filled: 0, letters: 0, sample: "".into() });
        self.at.insert(name.clone(), n as u32);
        Some(n as u32)
    }

    /// How much is read, from 0 to 1.
    pub fn done(&self) -> f64 {
        self.rows.position() as f64 / self.size.max(1) as f64
    }

    pub fn finish(self) -> Table {
        self.table
    }
}
