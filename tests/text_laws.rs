//! Laws of offsets, words, blocks, zones and decoding, on ugly texts.

#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use standpoint::text::{
    ByteOffset, Found, LegacyDecoder, Offset, Stretch, Text, Utf16Offset, blocks, decode, is_grapheme_boundary, normalize_line_endings,
    propose_zones, reanchor, sentences, snap, words,
};

const PIECES: [&str; 44] = [
    "word",
    "Israel’s",
    "U.S.",
    "said",
    "The",
    "3.5",
    "-5",
    "é",
    "e\u{301}",
    "👩\u{200d}👩\u{200d}👧",
    "🇳🇴",
    "👍🏽",
    "𝒳",
    "الوزير",
    "שלום",
    "א'",
    "กำ",
    "汉字",
    "。",
    " ",
    " ",
    " ",
    "\u{a0}",
    "\u{a0} ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "(",
    ")",
    ".",
    ",",
    "…",
    "—",
    "\u{200f}",
    "\u{308}",
];

fn ugly() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..200).prop_map(|pieces| pieces.concat()),
        prop::collection::vec(any::<char>(), 0..100).prop_map(String::from_iter),
        prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..40).prop_map(|pieces| pieces.concat().repeat(60)),
    ]
}

/// Two places in the text, as fractions of its length.
fn selected(text: &Text, from: f64, to: f64) -> Option<Stretch> {
    let at = |fraction: f64| (f64::from(text.len().get()) * fraction) as u32;
    Stretch::of(at(from.min(to)), at(from.max(to)) + 1).and_then(|it| it.intersection(text.whole()?))
}

struct NoDecoder;

impl LegacyDecoder for NoDecoder {
    fn decode(&self, _: &str, _: &[u8]) -> Option<String> {
        None
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn offsets_go_there_and_back(raw in ugly()) {
        let text = Text::new(raw.as_str());
        let (mut byte, mut utf16) = (0_u32, 0_u32);
        for (index, character) in raw.chars().enumerate() {
            let offset = Offset::new(index as u32);
            prop_assert_eq!(text.byte_at(offset), Some(ByteOffset::new(byte)));
            prop_assert_eq!(text.utf16_at(offset), Some(Utf16Offset::new(utf16)));
            prop_assert_eq!(text.at_byte(ByteOffset::new(byte)), Some(offset));
            prop_assert_eq!(text.at_utf16(Utf16Offset::new(utf16)), Some(offset));
            prop_assert_eq!(text.char_at(offset), Some(character));
            for inside in 1..character.len_utf8() as u32 {
                prop_assert_eq!(text.at_byte(ByteOffset::new(byte + inside)), None);
            }
            if character.len_utf16() == 2 {
                prop_assert_eq!(text.at_utf16(Utf16Offset::new(utf16 + 1)), None);
                prop_assert_eq!(text.at_utf16_floor(Utf16Offset::new(utf16 + 1)), offset);
            }
            byte += character.len_utf8() as u32;
            utf16 += character.len_utf16() as u32;
        }
        let end = text.len();
        prop_assert_eq!(text.at_byte(ByteOffset::new(byte)), Some(end));
        prop_assert_eq!(text.at_utf16(Utf16Offset::new(utf16)), Some(end));
        prop_assert_eq!(text.utf16_len(), Utf16Offset::new(utf16));
        prop_assert_eq!(text.char_at(end), None);
        prop_assert_eq!(text.byte_at(end + 1), None);
        prop_assert_eq!(text.at_byte(ByteOffset::new(byte + 1)), None);
        prop_assert_eq!(text.at_utf16(Utf16Offset::new(utf16 + 1)), None);
        prop_assert_eq!(text.at_utf16_floor(Utf16Offset::new(u32::MAX)), end);
    }

    #[test]
    fn slices_and_context_concatenate(raw in ugly(), from in 0.0..1.0, to in 0.0..1.0) {
        let text = Text::new(raw.as_str());
        if let Some(stretch) = selected(&text, from, to) {
            let joined = [text.prefix(stretch, u32::MAX), text.slice(stretch).unwrap_or_default(), text.suffix(stretch, u32::MAX)];
            prop_assert_eq!(joined.concat(), raw);
        }
    }

    #[test]
    fn words_do_not_overlap_and_leave_only_white_space(raw in ugly()) {
        let text = Text::new(raw.as_str());
        if let Some(whole) = text.whole() {
            let words = words(&text, whole);
            prop_assert!(words.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
            let kept: usize = words.iter().filter_map(|&word| text.slice(word)).map(|word| word.chars().filter(|c| !c.is_whitespace()).count()).sum();
            prop_assert_eq!(kept, raw.chars().filter(|c| !c.is_whitespace()).count());
            let sentences = sentences(&text, whole);
            prop_assert_eq!(sentences.iter().filter_map(|&sentence| text.slice(sentence)).collect::<String>(), raw);
        }
    }

    #[test]
    fn blocks_partition_the_text(raw in ugly()) {
        let text = Text::new(raw.as_str());
        let blocks = blocks(&text, &propose_zones(&text));
        let joined: String = blocks.iter().filter_map(|block| text.slice(block.stretch)).collect();
        prop_assert_eq!(&joined, &raw);
        for (index, block) in blocks.iter().enumerate() {
            let slice = text.slice(block.stretch).unwrap_or_default();
            prop_assert!(is_grapheme_boundary(&text, block.stretch.start()));
            prop_assert_eq!(block.content_end - block.stretch.start(), slice.trim_end().chars().count() as u32);
            prop_assert!(index == 0 || !slice.starts_with(char::is_whitespace) || !is_grapheme_boundary(&text, block.stretch.start() + 1));
            prop_assert!(block.stretch.len() < 5_000);
        }
    }

    #[test]
    fn zones_are_sorted_disjoint_and_inside(raw in ugly()) {
        let text = Text::new(raw.as_str());
        let zones = propose_zones(&text);
        prop_assert!(zones.windows(2).all(|pair| pair[0].stretch.end() <= pair[1].stretch.start()));
        prop_assert!(zones.iter().all(|zone| text.slice(zone.stretch).is_some_and(|slice| !slice.trim().is_empty())));
    }

    #[test]
    fn snapping_is_idempotent_and_stays_near(raw in ugly(), from in 0.0..1.0, to in 0.0..1.0) {
        let text = Text::new(raw.as_str());
        if let (Some(selection), Some(whole)) = (selected(&text, from, to), text.whole()) {
            let within = words(&text, whole);
            if let Some(snapped) = snap(&text, selection, &within) {
                let mut cover = selection;
                // A cluster may reach over tokens, and a token over clusters.
                for _ in 0..2 {
                    let start = standpoint::text::floor_grapheme(&text, cover.start());
                    let end = standpoint::text::ceil_grapheme(&text, cover.end());
                    cover = Stretch::new(start, end).unwrap_or(cover);
                    cover = within.iter().filter(|word| word.overlaps(cover)).fold(cover, |cover, &word| cover.cover(word));
                }
                // Marks at its edges may come in, whose partners are inside.
                let marks = |piece: &str| piece.chars().all(|mark| !mark.is_alphanumeric() && !mark.is_whitespace());
                for (from, to) in [(snapped.start(), cover.start()), (cover.end(), snapped.end())] {
                    if let Some(more) = Stretch::new(from, to) {
                        prop_assert!(more.len() <= 4 && text.slice(more).is_some_and(marks));
                    }
                }
                prop_assert!(is_grapheme_boundary(&text, snapped.start()) && is_grapheme_boundary(&text, snapped.end()));
                prop_assert_eq!(snap(&text, snapped, &within), Some(snapped));
            }
        }
    }

    #[test]
    fn decoding_keeps_all_but_line_endings(raw in ugly()) {
        // NUL bytes may make it UTF-16.
        let plain = raw.replace('\0', "");
        if let Ok(decoded) = decode(plain.as_bytes(), None, &NoDecoder) {
            let before: Vec<char> = plain.strip_prefix('\u{feff}').unwrap_or(&plain).chars().collect();
            let after: Vec<char> = decoded.text.chars().collect();
            let mut last = Offset::ZERO;
            for (index, &character) in before.iter().enumerate() {
                let place = decoded.map.apply(Offset::new(index as u32));
                prop_assert!(last <= place);
                last = place;
                let expected = if character == '\r' { '\n' } else { character };
                prop_assert_eq!(after.get(place.get() as usize), Some(&expected));
            }
            let end = decoded.map.apply(Offset::new(before.len() as u32));
            prop_assert_eq!(end.get() as usize, after.len());
        }
        let (normal, _, _) = normalize_line_endings(raw);
        let (again, changes, map) = normalize_line_endings(normal.clone());
        prop_assert_eq!(again, normal);
        prop_assert!(changes.is_empty() && map.is_identity());
    }

    #[test]
    fn a_quotation_is_found_where_it_went(raw in ugly(), from in 0.0..1.0, to in 0.0..1.0, inserted in 0..50_usize) {
        let text = Text::new(raw.as_str());
        if let Some(stretch) = selected(&text, from, to) {
            let exact = text.slice(stretch).unwrap_or_default();
            let (prefix, suffix) = (text.prefix(stretch, 32), text.suffix(stretch, 32));
            let near = stretch.start();
            prop_assert_eq!(reanchor(&text, exact, prefix, suffix, near), Some((stretch, Found::Position)));
            let moved = Text::new("#".repeat(inserted) + &raw);
            let found = reanchor(&moved, exact, prefix, suffix, near).and_then(|(place, _)| moved.slice(place));
            prop_assert_eq!(found, Some(exact));
        }
    }
}
