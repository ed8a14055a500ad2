//! How much of what there is.

use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

use super::foreign::{Tally, Within};
use super::loss::Losses;
use super::sheet::{Sheets, Target};

/// What sheets hold, counted; labels are ids of the scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub articles: usize,
    /// Of all texts, in code points.
    pub code_points: u64,
    pub types: BTreeMap<Rc<str>, usize>,
    /// By type, attribute and value.
    pub values: Tally<(Rc<str>, Rc<str>, Rc<str>)>,
    /// By type and role, and the type of what fills it; `None` for entities.
    pub roles: BTreeMap<Within, Tally<Option<Rc<str>>>>,
    pub annotators: BTreeMap<Rc<str>, usize>,
    pub with_gaps: usize,
    pub with_entity: usize,
    pub with_note: usize,
    /// What the sheets could not take in.
    pub losses: Losses,
}

/// Values of a text attribute are not counted one by one where they are longer.
const LONGEST_VALUE: usize = 40;

impl Counts {
    pub fn of(sheets: &Sheets<'_>) -> Self {
        let mut counts = Self::default();
        for sheet in sheets.iter() {
            counts.articles += 1;
            counts.code_points += u64::from(sheet.article.text.len().get());
            counts.losses.add_all(&sheet.losses);
            for mark in &sheet.marks {
                let of: Rc<str> = mark.of.id.as_str().into();
                *counts.types.entry(of.clone()).or_default() += 1;
                *counts.annotators.entry(mark.annotator.clone()).or_default() += 1;
                counts.with_gaps += usize::from(mark.span.is_discontinuous());
                counts.with_entity += usize::from(mark.entity.is_some());
                counts.with_note += usize::from(!mark.annotation.note.is_empty());
                for (attribute, value) in &mark.attributes {
                    let value = if value.chars().count() > LONGEST_VALUE { "…".into() } else { value.clone() };
                    *counts.values.entry((of.clone(), attribute.id.as_str().into(), value)).or_default() += 1;
                }
                for (role, target) in &mark.roles {
                    let filler = match target {
                        Target::Mark(n) => Some(sheet.marks[*n].of.id.as_str().into()),
                        Target::Entity(_) => None,
                    };
                    *counts.roles.entry((of.clone(), role.id.as_str().into())).or_default().entry(filler).or_default() += 1;
                }
            }
        }
        counts
    }

    pub fn annotations(&self) -> usize {
        self.types.values().sum()
    }

    pub fn links(&self) -> usize {
        self.roles.values().flat_map(Tally::values).sum()
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut row = |count: u64, what: &str| writeln!(formatter, "{count:>10}  {what}");
        row(self.articles as u64, "articles")?;
        row(self.code_points, "code points of text")?;
        row(self.annotations() as u64, "annotations")?;
        for (of, count) in &self.types {
            row(*count as u64, &format!("  {of}"))?;
        }
        row(self.links() as u64, "links")?;
        for ((of, role), fillers) in &self.roles {
            for (filler, count) in fillers {
                row(*count as u64, &format!("  {of} – {role} → {}", filler.as_deref().unwrap_or("an entity")))?;
            }
        }
        row(self.values.values().sum::<usize>() as u64, "attributes")?;
        for ((of, attribute, value), count) in &self.values {
            row(*count as u64, &format!("  {of} {attribute}: {value}"))?;
        }
        row(self.with_gaps as u64, "annotations with gaps")?;
        row(self.with_entity as u64, "annotations tied to an entity")?;
        row(self.with_note as u64, "annotations with a note")?;
        for (annotator, count) in &self.annotators {
            row(*count as u64, &format!("by {annotator}"))?;
        }
        for (loss, count) in self.losses.iter() {
            row(count as u64, &format!("not counted: {loss}"))?;
        }
        Ok(())
    }
}
