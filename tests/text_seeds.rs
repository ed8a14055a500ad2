//! Zones and reading blocks of the two seed articles.

#![cfg(not(target_arch = "wasm32"))]

use standpoint::text::{Text, ZoneKind, blocks, propose_zones};

const A: &str = include_str!("seeds/000_52a99f930c138b10.txt");
const B: &str = include_str!("seeds/001_f575fd86f2f680c2.txt");

fn zones(text: &str) -> Vec<(ZoneKind, u32, u32)> {
    propose_zones(&Text::new(text)).iter().map(|zone| (zone.kind, zone.stretch.start().get(), zone.stretch.end().get())).collect()
}

#[test]
fn zones_of_the_first() {
    assert_eq!(
        zones(A),
        [
            (ZoneKind::Title, 0, 68),
            (ZoneKind::Timestamp, 70, 89),
            (ZoneKind::Title, 90, 158),
            (ZoneKind::Subhead, 1251, 1302),
            (ZoneKind::Noise, 2087, 2108),
        ]
    );
}

#[test]
fn zones_of_the_second() {
    assert_eq!(
        zones(B),
        [
            (ZoneKind::Dateline, 0, 8),
            (ZoneKind::Subhead, 1097, 1148),
            (ZoneKind::Subhead, 1930, 1991),
            (ZoneKind::Subhead, 3186, 3246),
            (ZoneKind::Boilerplate, 5878, 5985),
        ]
    );
}

#[test]
fn the_first_reads_in_its_own_paragraphs() {
    let text = Text::new(A);
    let blocks = blocks(&text, &propose_zones(&text));
    let lines = A.lines().filter(|line| !line.is_empty()).count();
    assert_eq!(blocks.len(), lines);
}

#[test]
fn the_second_reads_in_groups_of_sentences() {
    let text = Text::new(B);
    let zones = propose_zones(&text);
    let blocks = blocks(&text, &zones);
    assert!(blocks.iter().all(|block| block.stretch.len() < 900));
    for zone in zones.iter().filter(|zone| zone.kind != ZoneKind::Dateline) {
        let alone = blocks.iter().any(|block| block.stretch.start() == zone.stretch.start() && block.content_end == zone.stretch.end());
        assert!(alone, "{:?}", zone.kind);
    }
    // The hint after "… apartheid Zionist regime." begins a block, the one inside "the Zionist community" does not.
    let starts: Vec<u32> = blocks.iter().map(|block| block.stretch.start().get()).collect();
    assert!(starts.contains(&3868));
    assert!(!starts.contains(&2209));
}
