//! Finding words in a text, alike in case and accents or not.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{ByteOffset, Offset, Stretch, Text, ceil_grapheme, is_grapheme_boundary};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub words: Rc<str>,
    /// No letter or digit may stand beside it: see [`is_whole`].
    pub whole: bool,
    /// Large and small letters differ.
    pub case: bool,
    /// Accents and other marks count, and so does the kind of quotation marks and dashes.
    pub marks: bool,
}

/// Knows how letters are made up (Unicode's canonical decomposition), and which parts of them are marks.
pub trait Letters {
    /// The canonical decomposition of a letter that is not ASCII; without its marks unless `marks`.
    fn parts(&mut self, letter: char, marks: bool) -> Rc<str>;
}

/// Where a text says what is looked for, in order; no two overlap, and none cuts a grapheme cluster.
///
/// White space of any kind and length is alike; soft hyphens and other characters that nobody sees do not count. Searching
/// for nothing but such finds nothing.
pub fn find(text: &Text, query: &Query, letters: &mut dyn Letters) -> Vec<Stretch> {
    let mut folding = Folding { query, letters, known: BTreeMap::new() };
    let wanted = folding.fold(query.words.trim());
    let wanted = wanted.text.trim_end();
    if wanted.is_empty() {
        return Vec::new();
    }
    let Folded { text: folded, starts } = folding.fold(text.as_str());
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = folded.get(from..).and_then(|rest| rest.find(wanted)).map(|at| from + at) {
        let end = at + wanted.len();
        match stretch(text, &starts, at, end, folded.len()).filter(|hit| !query.whole || is_whole(text, *hit)) {
            Some(hit) => {
                found.push(hit);
                from = end;
            }
            None => from = at + folded[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Whether a stretch is a word or several, by itself: no letter or digit stands beside it, nor a hyphen with something before
/// it ("Nakhala" in "al-Nakhala"), nor the other half of a number ("500" in "3,500"). What a hyphen or an apostrophe leads on to
/// does not count: "US" is whole in "US-led", "Iran" in "Iran’s".
pub fn is_whole(text: &Text, stretch: Stretch) -> bool {
    let inside = text.slice(stretch).unwrap_or_default();
    let (first, last) = (inside.chars().next(), inside.chars().next_back());
    let mut before = text.prefix(stretch, 2).chars().rev();
    let (before, further_before) = (before.next(), before.next());
    let mut after = text.suffix(stretch, 2).chars();
    let (after, further_after) = (after.next(), after.next());
    let is = |letter: Option<char>, test: fn(char) -> bool| letter.is_some_and(test);
    let joins = |mark: Option<char>| is(mark, |mark| matches!(mark, '-' | '\u{2010}' | '\u{2011}'));
    let points = |mark: Option<char>| is(mark, |mark| matches!(mark, '.' | ','));
    let begins = !is(first, char::is_alphanumeric)
        || !(is(before, char::is_alphanumeric)
            || joins(before) && is(further_before, char::is_alphanumeric)
            || points(before) && is(first, char::is_numeric) && is(further_before, char::is_numeric));
    let ends = !is(last, char::is_alphanumeric)
        || !(is(after, char::is_alphanumeric) || points(after) && is(last, char::is_numeric) && is(further_after, char::is_numeric));
    begins && ends
}

/// Whether a text holds these words as whole ones: see [`is_whole`]. Letters are compared as they are.
pub fn holds_whole(text: &Text, words: &str) -> bool {
    let found = |(at, _): (usize, &str)| {
        let offset = |byte: usize| text.at_byte(ByteOffset::new(byte as u32));
        offset(at).zip(offset(at + words.len())).and_then(|(start, end)| Stretch::new(start, end))
    };
    !words.is_empty() && text.as_str().match_indices(words).filter_map(found).any(|hit| is_whole(text, hit))
}

/// A text as it is compared.
struct Folded {
    text: String,
    /// For each code point of which something is left: where it begins in `text` (bytes), and its offset.
    starts: Vec<(u32, Offset)>,
}

struct Folding<'a> {
    query: &'a Query,
    letters: &'a mut dyn Letters,
    known: BTreeMap<char, Rc<str>>,
}

impl Folding<'_> {
    fn fold(&mut self, text: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), starts: Vec::with_capacity(text.len()) };
        let mut spaced = false;
        for (letter, offset) in text.chars().zip(0..) {
            let begin = folded.text.len();
            if letter.is_whitespace() {
                if !spaced {
                    folded.text.push(' ');
                }
            } else if letter.is_ascii() {
                folded.text.push(if self.query.case { letter } else { letter.to_ascii_lowercase() });
            } else {
                folded.text.push_str(&self.parts(letter));
            }
            if folded.text.len() > begin {
                spaced = letter.is_whitespace();
                folded.starts.push((begin as u32, Offset::new(offset)));
            }
        }
        folded
    }

    fn parts(&mut self, letter: char) -> Rc<str> {
        if let Some(known) = self.known.get(&letter) {
            return known.clone();
        }
        let mut parts = String::new();
        if !is_unseen(letter) {
            let cased: String = if self.query.case { letter.into() } else { letter.to_lowercase().collect() };
            for letter in cased.chars() {
                match letter {
                    letter if !self.query.marks && plain(letter).is_some() => parts.extend(plain(letter)),
                    letter if letter.is_ascii() => parts.push(letter),
                    // The sigma at a word's end is no other letter.
                    'ς' if !self.query.case => parts.push('σ'),
                    letter => parts.push_str(&self.letters.parts(letter, self.query.marks)),
                }
            }
        }
        let parts: Rc<str> = parts.into();
        self.known.insert(letter, parts.clone());
        parts
    }
}

/// Characters that only say how others are set: soft hyphen, zero-width space, direction marks and the like.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What a keyboard has for a typographic mark.
fn plain(mark: char) -> Option<char> {
    match mark {
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' => Some('-'),
        _ => None,
    }
}

/// The code points that bytes `at` to `end` of the folded text come from; `None` where they cut one, or a grapheme cluster.
fn stretch(text: &Text, starts: &[(u32, Offset)], at: usize, end: usize, len: usize) -> Option<Stretch> {
    let first = starts.binary_search_by_key(&(at as u32), |(byte, _)| *byte).ok()?;
    let behind = starts.partition_point(|(byte, _)| (*byte as usize) < end);
    let next = match starts.get(behind) {
        Some((byte, offset)) => (*byte as usize == end).then_some(*offset)?,
        None if end == len => text.len(),
        None => return None,
    };
    let start = starts[first].1;
    // Marks that were left out belong to the letter before them.
    let end = ceil_grapheme(text, starts[behind.checked_sub(1)?].1 + 1);
    (end <= next && is_grapheme_boundary(text, start)).then(|| Stretch::new(start, end))?
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As much of Unicode as the tests need.
    struct Few;

    impl Letters for Few {
        fn parts(&mut self, letter: char, marks: bool) -> Rc<str> {
            let parts = match letter {
                'é' => "e\u{301}",
                'É' => "E\u{301}",
                'ā' => "a\u{304}",
                letter => return if is_mark(letter) && !marks { "".into() } else { letter.to_string().into() },
            };
            if marks { parts.into() } else { parts[..1].into() }
        }
    }

    fn is_mark(letter: char) -> bool {
        ('\u{300}'..='\u{36f}').contains(&letter)
    }

    fn found(text: &str, query: &Query) -> Vec<String> {
        let text = Text::from(text);
        find(&text, query, &mut Few).into_iter().map(|hit| text.slice(hit).expect("inside").to_owned()).collect()
    }

    fn query(words: &str) -> Query {
        Query { words: words.into(), ..Query::default() }
    }

    #[test]
    fn case_and_accents_count_when_asked_for() {
        let text = "Élysée, elysee, e\u{301}lyse\u{301}e, ELYSEE";
        assert_eq!(found(text, &query("elysée")), ["Élysée", "elysee", "e\u{301}lyse\u{301}e", "ELYSEE"]);
        assert_eq!(found(text, &Query { case: true, ..query("elysee") }), ["elysee", "e\u{301}lyse\u{301}e"]);
        assert_eq!(found(text, &Query { marks: true, ..query("élysée") }), ["Élysée", "e\u{301}lyse\u{301}e"]);
        assert_eq!(found(text, &Query { marks: true, case: true, ..query("Élysée") }), ["Élysée"]);
        assert_eq!(found("ΛΌΓΟΣ λόγος", &Query { marks: true, ..query("λόγοσ") }), ["ΛΌΓΟΣ", "λόγος"]);
    }

    #[test]
    fn what_nobody_sees_does_not_count() {
        assert_eq!(found("co\u{ad}operation\u{200e}", &query("cooperation")), ["co\u{ad}operation"]);
        assert_eq!(found("Security\u{a0}\n  Council", &query("security council")), ["Security\u{a0}\n  Council"]);
        assert_eq!(found("he said “no”", &query("\"no\"")), ["“no”"]);
        assert_eq!(found("he said “no”", &Query { marks: true, ..query("\"no\"") }), Vec::<String>::new());
        for nothing in ["", "  ", "\u{ad}", "\u{301}"] {
            assert_eq!(found("a \u{ad}e\u{301}", &query(nothing)), Vec::<String>::new(), "{nothing:?}");
        }
    }

    #[test]
    fn no_hit_cuts_what_is_one_character() {
        assert_eq!(found("👨‍👩‍👧 👨", &query("👨")), ["👨"]);
        assert_eq!(found("cafe\u{301}", &Query { marks: true, ..query("cafe") }), Vec::<String>::new());
        assert_eq!(found("a\u{301}b", &query("b")), ["b"]);
    }

    #[test]
    fn whole_words_stand_by_themselves() {
        let cases = [
            ("Iranian Iran Iran’s Iran-backed", "Iran", 3),
            ("al-Nakhala, Nakhala", "Nakhala", 1),
            ("US-led, USA", "US", 1),
            ("3,500 and 500, 500.1", "500", 1),
            ("l’Iran (Iran)", "Iran", 2),
            ("x.y", "x", 1),
            ("…no…", "…", 2),
        ];
        for (text, words, expected) in cases {
            assert_eq!(found(text, &Query { whole: true, ..query(words) }).len(), expected, "{words} in {text}");
        }
    }

    #[test]
    fn hits_do_not_overlap() {
        assert_eq!(found("aaaaa", &query("aa")).len(), 2);
        assert_eq!(find(&Text::from("xaa"), &query("A"), &mut Few).iter().map(|hit| hit.start().get()).collect::<Vec<_>>(), [1, 2]);
    }

    /// Every stretch of whole characters that comes down to the same letters, the first ones without those that overlap them.
    fn reference(text: &Text, query: &Query) -> Vec<Stretch> {
        let fold = |part: &str| {
            let mut folding = Folding { query, letters: &mut Few, known: BTreeMap::new() };
            folding.fold(part).text
        };
        let wanted = fold(query.words.trim()).trim_end().to_owned();
        let edges: Vec<Offset> = (0..=text.len().get()).map(Offset::new).filter(|offset| is_grapheme_boundary(text, *offset)).collect();
        let mut hits: Vec<Stretch> = Vec::new();
        for (index, start) in edges.iter().enumerate() {
            if wanted.is_empty() || hits.last().is_some_and(|hit| hit.end() > *start) {
                continue;
            }
            // The shortest of them: white space and unseen characters behind it are none of it.
            let mut ends = edges[index + 1..].iter().filter_map(|end| Stretch::new(*start, *end));
            let hit = ends.find(|hit| fold(text.slice(*hit).unwrap_or_default()) == wanted);
            hits.extend(hit.filter(|hit| {
                let first = text.char_at(hit.start()).expect("inside");
                !is_unseen(first) && !fold(&first.to_string()).is_empty() && (!query.whole || is_whole(text, *hit))
            }));
        }
        hits
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_same_is_found_by_comparing_every_stretch(
            text in "[abAé \u{301}\u{ad}👨\u{200d}👩’'-]{0,24}", words in "[abé 👨'-]{0,3}",
            whole: bool, case: bool, marks: bool,
        ) {
            let text = Text::from(text);
            let query = Query { words: words.as_str().into(), whole, case, marks };
            prop_assert_eq!(find(&text, &query, &mut Few), reference(&text, &query));
        }
    }
}
