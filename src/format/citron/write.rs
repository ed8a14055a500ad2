//! From a project to training files.

use std::collections::BTreeSet;

use super::{Place, Quote, Written};
use crate::format::exchange::{Bare, Layer, Loss, Losses, Mark, Out, Sheet, Sheets, Target, Writer, layers, role_is};
use crate::model::Meaning;
use crate::text::Stretch;

/// Writes a file for each article; in a folder for each annotator where there are several.
pub struct Citron {
    layers: Vec<Layer>,
}

impl Citron {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        Self { layers: layers(sheets) }
    }
}

impl Writer for Citron {
    /// A quote is what means a claim and has a cue: Citron reads no quote without one.
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        for layer in &self.layers {
            let mine = layer.marks(sheet, out);
            let written = Written { text: sheet.article.text.as_str(), quotes: quotes(sheet, &mine, &mut out.losses) };
            let written = serde_json::to_string(&written).expect("invariant: its types can't fail");
            out.add(&format!("{}{}.json", layer.folder, sheet.article.id), &format!("{written}\n"));
        }
        sheet.lose(&[Loss::Metadata, Loss::Zone, Loss::Origin], out);
    }
}

fn quotes(sheet: &Sheet<'_>, mine: &[usize], losses: &mut Losses) -> Vec<Quote> {
    let mut bare = Bare::default();
    let mut whole = BTreeSet::new();
    let mut quotes = Vec::new();
    let place = |stretch: Stretch| Place {
        start: stretch.start().get().into(),
        end: stretch.end().get().into(),
        text: Some(sheet.words(stretch).into()),
    };
    // A source or cue is one stretch, whatever gaps the annotation has.
    let hull = |n: usize| sheet.marks[n].span.hull();
    for n in mine.iter().copied() {
        let mark = &sheet.marks[n];
        let Some(cue) = cue(mark, sheet) else { continue };
        whole.insert(n);
        mark.lose(&[Loss::Note, Loss::Attribute, Loss::Entity], losses);
        bare.add(cue, &[hull(cue)], Meaning::Cue);
        let mut is_cue_told = false;
        let mut sources: Vec<usize> = Vec::new();
        for (role, filler) in &mark.roles {
            match filler {
                Target::Entity(_) => losses.add(Loss::EntityFiller),
                Target::Mark(other) if role_is(role, Meaning::Cue) && *other == cue && !is_cue_told => is_cue_told = true,
                Target::Mark(other)
                    if role_is(role, Meaning::Speaker)
                        && !sheet.marks[*other].is(Meaning::Claim)
                        && sources.iter().all(|source| hull(*source) != hull(*other)) =>
                {
                    sources.push(*other);
                    bare.add(*other, &[hull(*other)], Meaning::Speaker);
                }
                Target::Mark(_) => losses.add(Loss::Role),
            }
        }
        let mut coreferences = Vec::new();
        if let &[source] = &sources[..]
            && let Some(name) = name_of(source, sheet, mine)
        {
            bare.add(name, &[hull(name)], Meaning::Speaker);
            bare.tie(&[hull(source)]);
            bare.tie(&[hull(name)]);
            coreferences.push(place(hull(name)));
        }
        quotes.push(Quote {
            cue: place(hull(cue)),
            sources: sources.into_iter().map(|source| place(hull(source))).collect(),
            contents: mark.span.fragments().iter().copied().map(place).collect(),
            coreferences,
        });
    }
    bare.lose(sheet, mine, &whole, losses);
    quotes
}

/// The cue of what is a claim.
fn cue(mark: &Mark<'_>, sheet: &Sheet<'_>) -> Option<usize> {
    let fillers = mark.roles.iter().filter(|(role, _)| mark.is(Meaning::Claim) && role_is(role, Meaning::Cue));
    let mut marks = fillers.filter_map(|(_, filler)| match filler {
        Target::Mark(n) => Some(*n),
        Target::Entity(_) => None,
    });
    marks.find(|n| !sheet.marks[*n].is(Meaning::Claim))
}

/// The first speaker elsewhere that names whom this one, which does not, stands for.
fn name_of(source: usize, sheet: &Sheet<'_>, mine: &[usize]) -> Option<usize> {
    let of = &sheet.marks[source];
    let entity = of.entity.as_ref().filter(|_| !is_name(of, sheet))?;
    mine.iter().copied().find(|n| {
        let other = &sheet.marks[*n];
        let is_same = other.entity.as_ref().is_some_and(|other| other.id == entity.id);
        is_same && other.is(Meaning::Speaker) && other.span.hull() != of.span.hull() && is_name(other, sheet)
    })
}

/// Whether its form is a name; where no form is stated, whether its words are one of its entity's names.
fn is_name(mark: &Mark<'_>, sheet: &Sheet<'_>) -> bool {
    let form = mark.attributes.iter().find(|(attribute, _)| attribute.id.as_str() == "form");
    match (form, &mark.entity) {
        (Some((_, form)), _) => &**form == "name",
        (None, Some(entity)) => {
            let words = mark.span.quote(&sheet.article.text);
            *entity.name == *words || entity.aliases.iter().any(|alias| **alias == *words)
        }
        (None, None) => false,
    }
}
