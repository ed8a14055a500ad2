//! Finding a quotation again in a text whose offsets no longer fit it.

mod fuzzy;

use std::cmp::Reverse;

use super::{Offset, Stretch, Text};

/// How a quotation was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Found {
    /// Where it was.
    Position,
    /// The same words elsewhere.
    Exact,
    /// Similar words; the edit distance in code points.
    Fuzzy { errors: u32 },
}

/// Finds `exact`, which once stood at `near` between `prefix` and `suffix` (each perhaps empty).
///
/// First at `near`; then among all places with the same text, the one with the longest matching context, and of those
/// the nearest (of occurrences that overlap each other only the first counts); then, for quotations of 8 code points or
/// more, the most similar text of at most 20 % errors around `near`, and in the whole text unless that is too much work
/// (50 million cells). `None` for an empty quotation, too.
pub fn reanchor(text: &Text, exact: &str, prefix: &str, suffix: &str, near: Offset) -> Option<(Stretch, Found)> {
    let length = exact.chars().count() as u32;
    let here = Stretch::new(near, near + length)?;
    if text.slice(here) == Some(exact) {
        return Some((here, Found::Position));
    }
    let context = Context { prefix, suffix, near };
    if let Some(stretch) = nearest_exact(text, exact, length, &context) {
        return Some((stretch, Found::Exact));
    }
    let (stretch, errors) = fuzzy::find(text, exact, &context)?;
    Some((stretch, Found::Fuzzy { errors }))
}

/// Where a quotation is expected.
struct Context<'a> {
    prefix: &'a str,
    suffix: &'a str,
    near: Offset,
}

impl Context<'_> {
    /// Code points of context that match around `content`, given what stands before and after.
    fn score(&self, before: &str, after: &str) -> u32 {
        let matching = |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.take_while(|(ours, theirs)| ours == theirs).count() as u32;
        matching(&mut self.prefix.chars().rev().zip(before.chars().rev())) + matching(&mut self.suffix.chars().zip(after.chars()))
    }

    fn distance(&self, start: Offset) -> u32 {
        start.get().abs_diff(self.near.get())
    }
}

fn nearest_exact(text: &Text, exact: &str, length: u32, context: &Context<'_>) -> Option<Stretch> {
    let whole = text.as_str();
    let (mut code_points, mut counted) = (0_u32, 0_usize);
    whole
        .match_indices(exact)
        .filter_map(|(byte, _)| {
            code_points += whole.get(counted..byte)?.chars().count() as u32;
            counted = byte;
            let start = Offset::new(code_points);
            let score = context.score(whole.get(..byte)?, whole.get(byte + exact.len()..)?);
            Some((Reverse(score), context.distance(start), start))
        })
        .min()
        .and_then(|(_, _, start)| Stretch::new(start, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "He said no. She said no. They said no, and the ministers of the alliance agreed with it.";

    fn find(exact: &str, prefix: &str, suffix: &str, near: u32) -> Option<(u32, u32, Found)> {
        let found = reanchor(&Text::new(TEXT), exact, prefix, suffix, Offset::new(near));
        found.map(|(stretch, found)| (stretch.start().get(), stretch.end().get(), found))
    }

    #[test]
    fn at_its_place() {
        assert_eq!(find("said", "", "", 16), Some((16, 20, Found::Position)));
    }

    #[test]
    fn context_beats_distance() {
        assert_eq!(find("said", "", "", 17), Some((16, 20, Found::Exact)));
        assert_eq!(find("said", "They ", "", 0), Some((30, 34, Found::Exact)));
        assert_eq!(find("said", "", " no, and", 0), Some((30, 34, Found::Exact)));
    }

    #[test]
    fn similar_words() {
        let errors = |errors| Found::Fuzzy { errors };
        assert_eq!(find("the minister of the alliance", "", "", 0), Some((43, 72, errors(1))));
        assert_eq!(find("the ministers of an alliance", "", "", 80), Some((43, 72, errors(3))));
        assert_eq!(find("the queens of many kingdoms", "", "", 40), None);
        assert_eq!(find("minster", "", "", 40), None);
        assert_eq!(find("", "", "", 40), None);
    }

    #[test]
    fn of_equal_ones_the_nearest() {
        let text = Text::new("the old rules … the old rules … the old rules");
        let found = |near| reanchor(&text, "the old-rules", "", "", Offset::new(near)).map(|(stretch, _)| stretch.start().get());
        assert_eq!(found(1), Some(0));
        assert_eq!(found(18), Some(16));
        assert_eq!(found(400), Some(32));
    }

    #[test]
    fn in_a_text_full_of_it() {
        let text = Text::new("a".repeat(50_000));
        let found = reanchor(&text, "b", "", "", Offset::new(7));
        assert_eq!(found, None);
        let found = reanchor(&text, "a", "b", "", Offset::new(60_000));
        assert_eq!(found, Stretch::of(49_999, 50_000).map(|stretch| (stretch, Found::Exact)));
    }
}
