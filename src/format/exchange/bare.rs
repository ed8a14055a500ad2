//! Fillers that a format has as bare stretches, without an id, a type or anything said of them: those at one place are one when they are
//! read, and the labels follow from what they fill.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::foreign::{ForeignSpan, Piece};
use super::loss::{Loss, Losses};
use super::sheet::Sheet;
use super::trouble::Spot;
use crate::model::Meaning;
use crate::text::Stretch;

/// What was written of an article as bare stretches.
#[derive(Debug, Default)]
pub struct Bare(BTreeMap<Vec<Stretch>, Written>);

#[derive(Debug)]
struct Written {
    /// As what it will be read.
    meaning: Meaning,
    /// The numbers of the marks at this place.
    marks: BTreeSet<usize>,
    is_tied: bool,
}

impl Bare {
    /// Notes that a mark was written at `place`. What is a speaker anywhere is one.
    pub fn add(&mut self, mark: usize, place: &[Stretch], meaning: Meaning) {
        let written = self.0.entry(place.to_vec()).or_insert_with(|| Written { meaning, marks: BTreeSet::new(), is_tied: false });
        written.marks.insert(mark);
        if meaning == Meaning::Speaker {
            written.meaning = meaning;
        }
    }

    /// Notes that the place, which was added with a mark that stands for somebody, will be read as of a somebody without a name.
    pub fn tie(&mut self, place: &[Stretch]) {
        if let Some(written) = self.0.get_mut(place) {
            written.is_tied = true;
        }
    }

    /// Counts what is lost of the marks `mine`, but for those that `whole` has.
    pub fn lose(&self, sheet: &Sheet<'_>, mine: &[usize], whole: &BTreeSet<usize>, losses: &mut Losses) {
        for (place, written) in &self.0 {
            let tied = usize::from(written.is_tied);
            let marks = || written.marks.iter().map(|n| &sheet.marks[*n]);
            for mark in marks() {
                mark.lose(&[Loss::Note, Loss::Attribute, Loss::Role, Loss::EntityFiller], losses);
                losses.add_many(Loss::Gap, usize::from(mark.span.fragments().len() > place.len()));
            }
            losses.add_many(Loss::Entity, marks().filter(|mark| mark.entity.is_some()).count().saturating_sub(tied));
            losses.add_many(Loss::EntityName, tied);
            losses.add_many(Loss::Type, marks().filter(|mark| !mark.is(written.meaning)).count());
            losses.add_many(Loss::Annotation, written.marks.len() - 1);
        }
        let written: BTreeSet<usize> = self.0.values().flat_map(|written| &written.marks).copied().collect();
        for n in mine.iter().filter(|n| !written.contains(n) && !whole.contains(n)) {
            sheet.marks[*n].lose_all(losses);
            losses.add(Loss::Annotation);
        }
    }
}

/// The spans of a text whose fillers are bare stretches.
#[derive(Debug, Default)]
pub struct Fillers {
    pub spans: Vec<ForeignSpan>,
    by_place: HashMap<Vec<Piece>, usize>,
}

impl Fillers {
    /// The id of the span at this place; what is a speaker anywhere is one.
    pub fn id(&mut self, spot: &Spot, label: &str, pieces: Vec<Piece>) -> Rc<str> {
        let at = *self.by_place.entry(pieces).or_insert_with_key(|pieces| {
            let id = format!("f{}", self.spans.len() + 1).into();
            let (spot, label) = (spot.clone(), label.into());
            self.spans.push(ForeignSpan { spot, id, label, pieces: pieces.clone(), ..ForeignSpan::default() });
            self.spans.len() - 1
        });
        if label == "speaker" {
            self.spans[at].label = label.into();
        }
        self.spans[at].id.clone()
    }

    /// The span with an id that [`Fillers::id`] gave.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut ForeignSpan> {
        let n = id.strip_prefix('f')?.parse::<usize>().ok()?.checked_sub(1)?;
        self.spans.get_mut(n).filter(|span| &*span.id == id)
    }
}
