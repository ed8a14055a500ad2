//! What a selection made with the mouse means.

use unicode_segmentation::UnicodeSegmentation;

use super::marks::{is_bracket, is_paired, is_stray, pairs};
use super::{Offset, Stretch, Text, ceil_grapheme, floor_grapheme, is_grapheme_boundary};
use crate::order::InOrder;

/// The stretch that a selection stands for; `None` when it is white space only.
///
/// `within` holds the tokens around it, sorted and disjoint, as [`words()`](super::words()) gives them. The selection is widened to
/// the edges of the tokens that it cuts into; a token that it only touches is not included. Then white space, stray
/// punctuation and quotation marks or brackets without their partner are taken off both ends: `“We will,”` keeps its
/// marks, `said.` loses its full stop. A bracket beside the edge whose partner is inside comes in: `Council (SNSC` takes
/// its closing one. Punctuation alone stays as it is. Grapheme clusters stay whole.
///
/// Law: `snap(snap(x)) = snap(x)`.
pub fn snap(text: &Text, selection: Stretch, within: &[Stretch]) -> Option<Stretch> {
    let core = trimmed(text, selection, within)?;
    let whole = balanced(text, core, within);
    if whole == core {
        return Some(core);
    }
    // Marks can be paired in several ways; what would not stay as it is, is not taken in.
    let stays = trimmed(text, whole, within) == Some(whole) && balanced(text, whole, within) == whole;
    Some(if stays { whole } else { core })
}

/// The whole tokens of a selection without what is stray at its ends.
fn trimmed(text: &Text, selection: Stretch, within: &[Stretch]) -> Option<Stretch> {
    let wide = widen(text, selection, within)?;
    let slice = text.slice(wide)?;
    let solid = trim(slice, |_, grapheme| is_space(grapheme))?;
    let edges = Edges::new(text, wide, within, slice);
    let core = trim(slice, |place, grapheme| edges.is_loose(place, grapheme));
    let says_something = |&(start, end): &(u32, u32)| {
        let kept = edges.characters.get(start as usize..end as usize);
        kept.unwrap_or_default().iter().any(|&c| !c.is_whitespace() && !is_stray(c) && !is_paired(c))
    };
    let (start, end) = core.filter(says_something).unwrap_or(solid);
    Stretch::new(wide.start() + start, wide.start() + end)
}

/// At most so many marks on either side are looked at for a partner inside.
const MOST_PARTNERS: u32 = 4;

/// The stretch with the brackets beside its edges whose partners are inside, though not at the other edge: from an opening
/// one to the last word before the closing one, the words alone are meant. Quotation marks can be told apart less surely.
fn balanced(text: &Text, core: Stretch, within: &[Stretch]) -> Stretch {
    let before: String = text.prefix(core, MOST_PARTNERS).chars().rev().take_while(|mark| is_bracket(*mark)).collect();
    let lead = before.chars().count() as u32;
    let after: String = text.suffix(core, MOST_PARTNERS).chars().take_while(|mark| is_bracket(*mark)).collect();
    if before.is_empty() && after.is_empty() {
        return core;
    }
    let slice = text.slice(core).unwrap_or_default();
    let whole: String = before.chars().rev().chain(slice.chars()).chain(after.chars()).collect();
    let (first, last) = (lead, lead + core.len() - 1);
    let base = core.start().saturating_sub(lead);
    let in_front = base.get().checked_sub(1).and_then(|index| text.char_at(Offset::new(index)));
    let found = pairs(in_front, &whole);
    let (mut start, mut end) = (first, last);
    // From the inside out, as long as each mark has its partner.
    let is_whole = |edge: u32| {
        let edge = base + edge;
        is_grapheme_boundary(text, edge) && token_at(within, edge).is_none_or(|token| token.start() == edge)
    };
    while found.iter().any(|&(open, close)| close == end + 1 && open > first) && is_whole(end + 2) {
        end += 1;
    }
    while start > 0 && found.iter().any(|&(open, close)| open + 1 == start && close < last) && is_whole(start - 1) {
        start -= 1;
    }
    Stretch::new(base + start, base + end + 1).unwrap_or(core)
}

fn widen(text: &Text, selection: Stretch, within: &[Stretch]) -> Option<Stretch> {
    let mut wide = selection.intersection(text.whole()?)?;
    loop {
        let mut start = floor_grapheme(text, wide.start());
        let mut end = ceil_grapheme(text, wide.end());
        if let Some(token) = token_at(within, start) {
            start = token.start();
        }
        if let Some(token) = token_at(within, end.saturating_sub(1)) {
            end = token.end().min(text.len());
        }
        let wider = Stretch::new(start, end)?;
        if wider == wide {
            return Some(wide);
        }
        wide = wider;
    }
}

fn token_at(within: &[Stretch], offset: Offset) -> Option<Stretch> {
    let index = within.partition_point(|token| token.end() <= offset);
    let token = within.get(index).copied()?;
    token.contains(offset).then_some(token)
}

/// What is stray at the edges of one selection; places count code points of the selection.
struct Edges<'a> {
    wide: Stretch,
    within: &'a [Stretch],
    /// The code point in front of the selection.
    before: Option<char>,
    characters: Vec<char>,
    /// Marks that have their partner inside, sorted.
    paired: Vec<u32>,
}

impl<'a> Edges<'a> {
    fn new(text: &Text, wide: Stretch, within: &'a [Stretch], slice: &str) -> Self {
        let before = text.prefix(wide, 1).chars().next();
        let mut paired: Vec<u32> = pairs(before, slice).into_iter().flat_map(|(open, close)| [open, close]).collect();
        paired.put_in_order();
        Self { wide, within, before, characters: slice.chars().collect(), paired }
    }

    /// Whether the grapheme at `place` may be taken off.
    fn is_loose(&self, place: u32, grapheme: &str) -> bool {
        if is_space(grapheme) {
            return true;
        }
        if self.is_inside_token(place, grapheme) {
            return false;
        }
        if grapheme.chars().all(is_paired) {
            return self.paired.binary_search(&place).is_err();
        }
        grapheme.chars().all(is_stray) && !self.is_sign(place) && !self.ends_initialism(place)
    }

    /// Whether the mark belongs to a longer token, as the full stop of `3.5`.
    fn is_inside_token(&self, place: u32, grapheme: &str) -> bool {
        let count = grapheme.chars().count() as u32;
        token_at(self.within, self.wide.start() + place).is_some_and(|token| token.len() > count)
    }

    /// Whether the mark is the sign or the point of a number: `-5`, `.5`.
    fn is_sign(&self, place: u32) -> bool {
        let place = place as usize;
        let previous = match place.checked_sub(1) {
            Some(previous) => self.characters.get(previous).copied(),
            None => self.before,
        };
        matches!(self.characters.get(place), Some('-' | '.'))
            && self.characters.get(place + 1).is_some_and(|c| c.is_numeric())
            && previous.is_none_or(|c| c.is_whitespace() || is_paired(c))
    }

    /// Whether the mark is the last full stop of `U.S.`, which UAX #29 leaves out of the word.
    fn ends_initialism(&self, place: u32) -> bool {
        let characters = self.characters.get(..place as usize).unwrap_or_default();
        let mut letters = 0;
        for pair in characters.rchunks(2) {
            match *pair {
                ['.', letter] if letter.is_uppercase() => letters += 1,
                [other, letter] if letter.is_uppercase() && !other.is_alphanumeric() => {
                    return self.is_full_stop(place) && letters > 0;
                }
                [letter] if letter.is_uppercase() => {
                    let starts = self.before.is_none_or(|c| !c.is_alphanumeric());
                    return self.is_full_stop(place) && letters > 0 && starts;
                }
                _ => return false,
            }
        }
        false
    }

    fn is_full_stop(&self, place: u32) -> bool {
        self.characters.get(place as usize) == Some(&'.')
    }
}

/// Takes graphemes off both ends while `loose` says so; the kept range in code points of the slice.
fn trim(slice: &str, loose: impl Fn(u32, &str) -> bool) -> Option<(u32, u32)> {
    let mut start = 0;
    for grapheme in slice.graphemes(true) {
        if !loose(start, grapheme) {
            break;
        }
        start += grapheme.chars().count() as u32;
    }
    let mut end = slice.chars().count() as u32;
    for grapheme in slice.graphemes(true).rev() {
        let index = end - grapheme.chars().count() as u32;
        if end <= start || !loose(index, grapheme) {
            break;
        }
        end = index;
    }
    (start < end).then_some((start, end))
}

fn is_space(grapheme: &str) -> bool {
    grapheme.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use crate::text::{Stretch, Text, snap, words};

    /// `[…]`-like picture: `⟦` and `⟧` mark the selection, the result is the slice.
    fn picture(marked: &str) -> Option<String> {
        let start = marked.chars().position(|c| c == '⟦').expect("an opening mark");
        let end = marked.chars().position(|c| c == '⟧').expect("a closing mark");
        let text = Text::new(marked.replace(['⟦', '⟧'], ""));
        let selection = Stretch::of(start as u32, end as u32 - 1).expect("a selection");
        let within = words(&text, text.whole().expect("a text"));
        let snapped = snap(&text, selection, &within)?;
        assert_eq!(snap(&text, snapped, &within), Some(snapped), "idempotent: {marked}");
        text.slice(snapped).map(str::to_owned)
    }

    #[test]
    fn pictures() {
        for (marked, result) in [
            ("He ⟦sa⟧id so.", "said"),
            ("He⟦ said ⟧so.", "said"),
            ("H⟦e said s⟧o.", "He said so"),
            ("He said ⟦so.⟧", "so"),
            ("to end ⟦Israe⟧l’s occupation", "Israel’s"),
            ("⟦“We believe … countries,”⟧ he noted", "“We believe … countries,”"),
            ("⟦“We believe … countries,” ⟧he noted", "“We believe … countries,”"),
            ("⟦“We believe, ⟧he noted", "We believe"),
            ("countries ⟦bear fruit,” ⟧he noted", "bear fruit"),
            ("he called it ⟦“apartheid”.⟧", "“apartheid”"),
            ("he called ⟦it “apartheid”.⟧", "it “apartheid”"),
            ("the ⟦Council (SNSC)⟧ has", "Council (SNSC)"),
            ("the Council ⟦(SNSC⟧) has", "SNSC"),
            ("the ⟦Council (SNSC⟧) has", "Council (SNSC)"),
            ("the (⟦SNSC) Council⟧ has", "(SNSC) Council"),
            ("he ⟦said [yes (or no⟧)] to it", "said [yes (or no)]"),
            ("he ⟦said “yes⟧” to it", "said “yes"),
            ("the ⟦dogs⟧’ ears", "dogs"),
            ("the ⟦Palestinians’ ⟧tenacity", "Palestinians"),
            ("in the ⟦U.S. ⟧today", "U.S."),
            ("it cost ⟦$3.5 ⟧million", "$3.5"),
            ("it was ⟦-5, ⟧they said", "-5"),
            ("tag ⟦#now!⟧", "#now"),
            ("a ⟦ … ⟧ b", "…"),
            ("a⟦ — “⟧ b", "— “"),
            ("«⟦Oui», ⟧dit-il", "Oui"),
            ("⟦„Ja“, ⟧sagte er", "„Ja“"),
            ("\"⟦Yes\" ⟧he said", "Yes"),
            ("⟦\"Yes\" ⟧he said", "\"Yes\""),
            ("the 👩\u{200d}⟦👩\u{200d}👧⟧ sat", "👩\u{200d}👩\u{200d}👧"),
            ("cafe⟦\u{301} ⟧noir", "cafe\u{301}"),
            ("قال ⟦الوزي⟧ر، إن", "الوزير"),
            ("א⟦ב'⟧ ג", "אב'"),
        ] {
            assert_eq!(picture(marked).as_deref(), Some(result), "{marked}");
        }
    }

    #[test]
    fn white_space_means_nothing() {
        assert_eq!(picture("a⟦ \u{a0}\n⟧b"), None);
    }
}
