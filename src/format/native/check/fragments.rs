//! Where an annotation lies: its fragments against the text they are said to lie in.

use super::Stage;
use crate::format::native::Place;
use crate::format::native::file::{self, Fragment};
use crate::format::native::issue::{Outcome, Problem};
use crate::model::{Anchor, LostFragment, Orphan, Span};
use crate::order::InOrder;
use crate::text::{Found, Offset, Stretch, Text, reanchor};

/// Without a text only the fragments themselves are checked.
pub fn anchor(stated: &file::Annotation, text: Option<&Text>, place: Place<'_>, stage: &mut Stage) -> Anchor {
    let fragments = &stated.fragments;
    if let Some(lost) = &stated.orphaned {
        if fragments.is_empty() {
            return orphan(stated, lost, None);
        }
        stage.report.add(place.field("orphaned"), Problem::PlacedOrphan, Outcome::Skipped);
    }
    if fragments.is_empty() {
        stage.report.add(place.field("fragments"), Problem::NoFragment, Outcome::Orphaned);
        return orphan(stated, fragments, None);
    }
    let place = place.field("fragments");
    let (stretches, troubles) = place_all(stated, text, stage);
    let lost = stretches.iter().any(Option::is_none) || !stretches.is_sorted();
    for Trouble { index, field, problem } in troubles.iter() {
        let from = (fragments[*index].start, fragments[*index].end);
        let outcome = match stretches[*index] {
            Some(to) if !lost => Outcome::Reanchored { from, to },
            _ => Outcome::Orphaned,
        };
        stage.report.add(place.item(*index).field(field), problem.clone(), outcome);
    }
    if troubles.is_empty() {
        report_order(fragments, place, stage);
    }
    let placed = if lost && !troubles.is_empty() { None } else { stretches.into_iter().collect::<Option<Vec<Stretch>>>() };
    placed.and_then(Span::covering).map_or_else(|| orphan(stated, fragments, text), Anchor::Placed)
}

/// What is wrong with one fragment.
struct Trouble {
    index: usize,
    field: &'static str,
    problem: Problem,
}

/// Where each fragment lies, `None` where it was not found, and what was wrong.
fn place_all(stated: &file::Annotation, text: Option<&Text>, stage: &mut Stage) -> (Vec<Option<Stretch>>, Vec<Trouble>) {
    let mut stretches = Vec::with_capacity(stated.fragments.len());
    let mut troubles = Vec::new();
    // How far the words before have moved: those that follow have probably moved as far.
    let mut moved = 0_i64;
    for (index, fragment) in stated.fragments.iter().enumerate() {
        let (field, problem) = match check(fragment, text) {
            Ok(stretch) => {
                stretches.push(Some(stretch));
                continue;
            }
            Err(trouble) => trouble,
        };
        troubles.push(Trouble { index, field, problem });
        let near = Offset::new(u32::try_from(i64::from(fragment.start) + moved).unwrap_or(fragment.start));
        let prefix = if index == 0 { &*stated.prefix } else { "" };
        let suffix = if index + 1 == stated.fragments.len() { &*stated.suffix } else { "" };
        let found = text.zip(fragment.text.as_deref()).and_then(|(text, words)| search(text, words, prefix, suffix, near, stage));
        if let Some(found) = found {
            moved = i64::from(found.start().get()) - i64::from(fragment.start);
        }
        stretches.push(found);
    }
    (stretches, troubles)
}

/// The fragment's stretch, or the field that is wrong and why.
fn check(fragment: &Fragment, text: Option<&Text>) -> Result<Stretch, (&'static str, Problem)> {
    let &Fragment { start, end, text: ref stated } = fragment;
    let stretch = Stretch::of(start, end);
    let stretch =
        stretch.ok_or(("end", if start == end { Problem::EmptyFragment { at: start } } else { Problem::Reversed { start, end } }))?;
    let Some(text) = text else { return Ok(stretch) };
    let found = text.slice(stretch).ok_or_else(|| ("end", Problem::PastEnd { end, length: text.len().get() }))?;
    match stated {
        Some(stated) if **stated != *found => Err(("text", Problem::TextDiffers { stated: stated.to_string(), found: found.to_owned() })),
        _ => Ok(stretch),
    }
}

/// The words' place, as long as the whole file doesn't take too much work.
fn search(text: &Text, words: &str, prefix: &str, suffix: &str, near: Offset, stage: &mut Stage) -> Option<Stretch> {
    let length = u64::from(text.len().get());
    // Comparing for equality goes many code points at a time.
    stage.budget = stage.budget.checked_sub(length / 16)?;
    let found = reanchor(text, words, prefix, suffix, near);
    if !matches!(found, Some((_, Found::Position | Found::Exact))) {
        let fuzzy = length.saturating_mul(words.len() as u64).min(50_000_000);
        stage.budget = stage.budget.saturating_sub(fuzzy);
    }
    found.map(|(stretch, _)| stretch)
}

fn report_order(fragments: &[Fragment], place: Place<'_>, stage: &mut Stage) {
    let mut places: Vec<(u32, u32)> = fragments.iter().map(|fragment| (fragment.start, fragment.end)).collect();
    if !places.is_sorted() {
        stage.report.add(place, Problem::Unsorted, Outcome::Kept);
        places.put_in_order();
    }
    if places.windows(2).any(|pair| pair[1].0 <= pair[0].1) {
        stage.report.add(place, Problem::Touching, Outcome::Kept);
    }
}

/// The fragments as the file has them; words that it leaves out are taken from the text where they can be.
fn orphan(stated: &file::Annotation, fragments: &[Fragment], text: Option<&Text>) -> Anchor {
    let lost = fragments.iter().map(|fragment| {
        let slice = || {
            text.zip(Stretch::of(fragment.start, fragment.end)).and_then(|(text, stretch)| text.slice(stretch)).unwrap_or_default().into()
        };
        LostFragment { start: fragment.start, end: fragment.end, text: fragment.text.clone().unwrap_or_else(slice) }
    });
    Anchor::Orphan(Orphan { fragments: lost.collect(), prefix: stated.prefix.clone(), suffix: stated.suffix.clone() })
}
