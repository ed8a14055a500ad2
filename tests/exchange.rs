//! Each format: what is written is read back, up to what was reported as lost.

#![cfg(not(target_arch = "wasm32"))]

mod exchange {
    pub mod random;
    pub mod view;
}

use exchange::random::{id, numbers, project, scheme};
use exchange::view::compare;
use proptest::prelude::*;
use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Brought, Done, Foreign, Frame, Losses, Mapping, Pick, Sheets, Source, Unit, bring};
use standpoint::format::formats::{Format, Settings};
use standpoint::model::*;
use standpoint::text::{Offset, Text};

fn brought(foreign: Foreign, format: Format, known: Option<&Scheme>) -> Brought {
    let mapping = Mapping::proposed(&foreign.all_labels(), known);
    let frame = Frame::new(id(ProjectId::new, "back"), id(AnnotatorId::new, "ana"), format.name());
    bring(foreign, &mapping, &frame)
}

/// The files as a reader gets them, and what was lost by the format itself.
fn written(store: &AnnotationStore, format: Format, settings: Settings) -> (Vec<Source>, Losses) {
    let pick = Pick::default();
    let sheets = Sheets::new(store, &pick);
    let mut out = format.write(&sheets, settings);
    assert!(sheets.iter().all(|sheet| sheet.marks.iter().all(|mark| !mark.span.quote(&sheet.article.text).is_empty())));
    let before: Losses = sheets.iter().fold(Losses::default(), |mut all, sheet| {
        all.add_all(&sheet.losses);
        all
    });
    let own = out.losses.without(&before);
    (out.take().into_iter().map(|(name, text)| Source::whole(&name, text)).collect(), own)
}

/// As many as `PROPTEST_CASES` says.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn every_format_gives_back_what_it_does_not_report_as_lost(numbers in numbers()) {
        let store = project(&numbers);
        for format in Format::ALL {
            let (files, losses) = written(&store, format, Settings::default());
            let foreign = format.read(&files);
            prop_assert!(foreign.problems.is_empty(), "{}: {:?}", format.name(), foreign.problems);
            let back = brought(foreign, format, Some(&scheme()));
            let bad: Vec<_> = back.troubles.iter().filter(|trouble| trouble.done != Done::Kept).collect();
            prop_assert!(bad.is_empty(), "{}: {bad:?}\n{files:#?}", format.name());
            if let Err(difference) = compare(&store, &back.store, &losses) {
                prop_assert!(false, "{}: {difference}\nlosses {losses:?}\n{files:#?}", format.name());
            }
        }
    }
}

/// The file with some letters gone, doubled, exchanged for others, or cut off.
fn broken(text: &str, breaks: &[(u32, u32)]) -> String {
    const LETTERS: [char; 16] = ['"', '{', '}', '[', ']', ',', ':', '\t', '\n', '\r', '0', '9', '-', 'T', '\u{1F389}', '\\'];
    let mut letters: Vec<char> = text.chars().collect();
    for (place, how) in breaks {
        let at = *place as usize % (letters.len() + 1);
        match how % 5 {
            0 if at < letters.len() => drop(letters.remove(at)),
            1 => letters.insert(at, LETTERS[(how / 5) as usize % LETTERS.len()]),
            2 if at < letters.len() => letters[at] = LETTERS[(how / 5) as usize % LETTERS.len()],
            3 => letters.truncate(at.max(letters.len() / 2)),
            _ => {
                let part: Vec<char> = letters[at..].iter().take((how / 5) as usize % 40).copied().collect();
                letters.splice(at..at, part);
            }
        }
    }
    letters.into_iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_broken_file_never_breaks_the_reader(numbers in numbers(), breaks in prop::collection::vec(any::<(u32, u32)>(), 1..12)) {
        let store = project(&numbers);
        for format in Format::ALL {
            let (mut files, _) = written(&store, format, Settings::default());
            for (n, file) in files.iter_mut().enumerate() {
                let mine: Vec<_> = breaks.iter().copied().skip(n % 3).collect();
                file.text = broken(&file.text, &mine);
            }
            let back = brought(format.read(&files), format, Some(&scheme())).store;
            for article in back.articles() {
                for annotation in back.annotations(&article.id).iter() {
                    prop_assert!(annotation.span().is_none_or(|span| span.fits(&article.text)), "{}", format.name());
                }
            }
        }
    }

    #[test]
    fn offsets_in_another_unit_are_found_out(numbers in numbers()) {
        let store = project(&numbers);
        let (files, _) = written(&store, Format::Brat, Settings::default());
        for unit in [Unit::Utf16, Unit::Bytes] {
            let mut foreign = Format::Brat.read(&files);
            for text in &mut foreign.texts {
                let of = Text::new(&*text.text);
                let counted = |number: u64| u64::from(unit.write(&of, Offset::new(number as u32)));
                for piece in text.spans.iter_mut().flat_map(|span| &mut span.pieces) {
                    (piece.start, piece.end) = (counted(piece.start), counted(piece.end));
                }
            }
            let words = |store: &AnnotationStore| {
                let all = store.articles().flat_map(|article| store.annotations(&article.id).iter().map(move |one| {
                    (one.type_id.clone(), one.span().map(|span| span.quote(&article.text)))
                }));
                let mut all: Vec<_> = all.collect();
                all.sort();
                all
            };
            let right = brought(Format::Brat.read(&files), Format::Brat, Some(&scheme()));
            let found = brought(foreign, Format::Brat, Some(&scheme()));
            prop_assert_eq!(words(&found.store), words(&right.store));
        }
    }

    #[test]
    fn doccano_counts_what_it_is_told_to_count(numbers in numbers()) {
        let store = project(&numbers);
        let (files, losses) = written(&store, Format::Doccano, Settings { unit: Unit::Utf16 });
        let back = brought(Format::Doccano.read(&files), Format::Doccano, Some(&scheme()));
        if let Err(difference) = compare(&store, &back.store, &losses) {
            prop_assert!(false, "{difference}\n{files:#?}");
        }
    }
}
