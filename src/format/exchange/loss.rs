//! What a format can't hold, counted by kind and said before anything is written.

use std::collections::BTreeMap;
use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Loss {
    /// Annotations that have no place in the text.
    Orphan,
    /// Annotations of a type that the scheme has not.
    UnknownType,
    /// Annotations that the format has no place for, and those that it can't tell from another at their place.
    Annotation,
    /// Annotations that were written as of another type.
    Type,
    /// Roles filled by what is not there or was not picked.
    FillerElsewhere,
    /// Roles filled by an entity that no words of the article stand for.
    EntityFiller,
    Role,
    Attribute,
    Entity,
    /// Names and Wikidata’s ids of entities that are known by a mention alone.
    EntityName,
    /// Names, descriptions and kinds of entities.
    EntityDetails,
    Note,
    /// Whose an annotation is.
    Annotator,
    /// Where an annotation comes from.
    Origin,
    /// Annotations of several fragments that were written as one stretch from the first to the last.
    Gap,
    /// Annotations whose edges are line ends, or whose gaps are line ends alone.
    LineEnds,
    /// Ends of sentences within an annotation, at which it was cut.
    Sentence,
    /// Annotations with white space at their edges, or between two gaps: it is no token, and was cut off.
    Space,
    /// Annotations that overlap one that was written.
    Overlap,
    /// Annotations whose edges lie inside a token and were widened to it.
    InsideToken,
    Metadata,
    Zone,
}

/// How often each kind was lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(BTreeMap<Loss, usize>);

impl Losses {
    pub fn add(&mut self, loss: Loss) {
        self.add_many(loss, 1);
    }

    pub fn add_many(&mut self, loss: Loss, count: usize) {
        if count > 0 {
            *self.0.entry(loss).or_default() += count;
        }
    }

    pub fn add_all(&mut self, others: &Self) {
        for (loss, count) in others.iter() {
            self.add_many(loss, count);
        }
    }

    /// These, less what `others` count.
    pub fn without(&self, others: &Self) -> Self {
        let rest = self.iter().map(|(loss, count)| (loss, count.saturating_sub(others.count(loss))));
        Self(rest.filter(|(_, count)| *count > 0).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn count(&self, loss: Loss) -> usize {
        self.0.get(&loss).copied().unwrap_or_default()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Loss, usize)> {
        self.0.iter().map(|(loss, count)| (*loss, *count))
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Orphan => "annotations without a place in the text",
            Self::UnknownType => "annotations of a type that the scheme has not",
            Self::Annotation => "annotations that the format has no place for",
            Self::Type => "types of annotations, written as another",
            Self::FillerElsewhere => "roles whose filler is not there, not picked, or of no role in the scheme",
            Self::EntityFiller => "roles filled by an entity and no words",
            Self::Role => "roles",
            Self::Attribute => "attributes",
            Self::Entity => "ties to entities",
            Self::EntityName => "names of entities, known by a mention alone",
            Self::EntityDetails => "names and descriptions of entities",
            Self::Note => "notes",
            Self::Annotator => "annotators’ names",
            Self::Origin => "origins",
            Self::Gap => "gaps between fragments",
            Self::LineEnds => "line ends at the edges or in the gaps of annotations",
            Self::Sentence => "ends of sentences within annotations, which are cut there",
            Self::Space => "white space at the edges of annotations",
            Self::Overlap => "annotations that overlap another",
            Self::InsideToken => "edges inside a word, widened to it",
            Self::Metadata => "metadata of articles",
            Self::Zone => "zones of articles",
        })
    }
}
