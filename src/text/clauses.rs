//! Where a clause and a quotation end, as far as punctuation says it.

use super::marks::{is_paired, is_quotation, is_stray, pairs};
use super::{Offset, Stretch, Text};

/// Whether a token says something by itself: it is more than the punctuation that a span leaves out at its ends.
pub fn is_solid(token: &str) -> bool {
    !token.chars().all(is_stray)
}

/// Whether the token at `token` parts two clauses: a comma, semicolon, colon or dash, not one within a number or a word.
pub fn parts_clauses(text: &Text, token: Stretch) -> bool {
    let Some(mark) = text.char_at(token.start()) else { return false };
    let before = text.prefix(token, 1).chars().next();
    let after = text.suffix(token, 1).chars().next();
    let open = |neighbour: Option<char>| neighbour.is_none_or(char::is_whitespace);
    match mark {
        '—' | '―' | '،' | '؛' | '、' | '，' | '；' | '：' => true,
        ',' | ';' | ':' => !after.is_some_and(char::is_alphanumeric),
        '–' => open(before) || open(after),
        '-' => open(before) && open(after),
        _ => false,
    }
}

/// The quotation mark at which what is in hand ends: the partner of the mark that it begins with, or else the next mark
/// behind it within `within`.
pub fn quotation_end(text: &Text, within: Stretch, hand: Stretch) -> Option<Stretch> {
    let slice = text.slice(within)?;
    let before = text.prefix(within, 1).chars().next();
    let place = |index: u32| Stretch::new(within.start() + index, within.start() + index + 1);
    let partner = pairs(before, slice).into_iter().find(|&(open, _)| within.start() + open == hand.start());
    if let Some(partner) = partner.and_then(|(_, close)| place(close)).filter(|partner| partner.start() >= hand.end()) {
        return Some(partner);
    }
    let mut previous = before;
    let mut rest = slice.chars().zip(0..).peekable();
    while let Some((mark, index)) = rest.next() {
        let next = rest.peek().map(|(next, _)| *next);
        let apostrophe = matches!(mark, '\'' | '’') && previous.is_some_and(char::is_alphanumeric) && !next.is_some_and(is_paired);
        if within.start() + index >= hand.end() && is_quotation(mark) && !apostrophe {
            return place(index);
        }
        previous = Some(mark);
    }
    None
}

/// The first token behind `after`, of those given, that begins with `letters`, whatever their case.
pub fn begins_with<'a>(text: &Text, tokens: impl IntoIterator<Item = &'a Stretch>, after: Offset, letters: &str) -> Option<Stretch> {
    let wanted = letters.to_lowercase();
    let found =
        |token: &&Stretch| token.start() >= after && text.slice(**token).is_some_and(|word| word.to_lowercase().starts_with(&wanted));
    tokens.into_iter().find(found).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    fn parted(raw: &str) -> Vec<String> {
        let text = Text::new(raw);
        let tokens = words(&text, text.whole().expect("a text"));
        let mut clauses = vec![String::new()];
        for token in tokens {
            if parts_clauses(&text, token) {
                clauses.push(String::new());
            } else if let Some(clause) = clauses.last_mut() {
                clause.push_str(text.slice(token).unwrap_or_default());
            }
        }
        clauses
    }

    #[test]
    fn clauses_part_at_punctuation_that_is_not_inside_a_word_or_number() {
        for (raw, clauses) in [
            ("a, b; c: d", &["a", "b", "c", "d"][..]),
            ("3,500 at 20:34", &["3,500at20:34"]),
            ("well-known - or so", &["well-known", "orso"]),
            ("he—she – it", &["he", "she", "it"]),
            ("1990–95", &["1990–95"]),
            ("قال، ثم ذهب", &["قال", "ثمذهب"]),
        ] {
            assert_eq!(parted(raw), clauses, "{raw}");
        }
    }

    #[test]
    fn a_quotation_ends_at_the_partner_or_at_the_next_mark() {
        for (raw, hand, end) in [
            ("“We ‘do’ so,” he said", (0, 1), Some(12)),
            ("“We ‘do’ so,” he said", (1, 3), Some(4)),
            ("It’s said “so”", (0, 4), Some(10)),
            ("dogs’ ears", (0, 4), None),
            ("\"Yes\" and \"no\"", (0, 1), Some(4)),
            ("\"Yes\" and \"no\"", (0, 5), Some(10)),
            ("«Oui», dit-il", (0, 1), Some(4)),
        ] {
            let text = Text::new(raw);
            let found = quotation_end(&text, text.whole().expect("a text"), Stretch::of(hand.0, hand.1).expect("a stretch"));
            assert_eq!(found.map(|found| found.start().get()), end, "{raw}");
        }
    }
}
