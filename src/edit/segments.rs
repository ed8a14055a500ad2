//! Segments: a block of text cut wherever an annotation or a zone begins or ends, and the lanes that keep overlapping
//! underlines apart.

use std::collections::BTreeSet;

use crate::order::InOrder;
use crate::text::{Block, Offset, Stretch};

/// A piece of a block that the same annotations cover from end to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    pub stretch: Stretch,
    /// Indices of the spans that cover it, ascending.
    pub covering: Vec<usize>,
}

/// Cuts `block` at the edges of `spans` (fragments of any number of spans, each with its span's index) and at `cuts`.
///
/// Law: the segments partition the block.
pub fn segments(block: Stretch, spans: &[(usize, Stretch)], cuts: &[Offset]) -> Vec<Segment> {
    let clipped: Vec<(usize, Stretch)> = spans.iter().filter_map(|(index, stretch)| Some((*index, stretch.intersection(block)?))).collect();
    let mut edges: BTreeSet<Offset> = [block.start(), block.end()].into();
    edges.extend(cuts.iter().filter(|cut| block.contains(**cut)));
    for (_, stretch) in &clipped {
        edges.extend([stretch.start(), stretch.end()]);
    }
    let edges: Vec<Offset> = edges.into_iter().collect();
    let mut segments: Vec<Segment> =
        edges.windows(2).filter_map(|pair| Some(Segment { stretch: Stretch::new(pair[0], pair[1])?, covering: Vec::new() })).collect();
    for (index, stretch) in clipped {
        let from = segments.partition_point(|segment| segment.stretch.end() <= stretch.start());
        for segment in segments[from..].iter_mut().take_while(|segment| segment.stretch.start() < stretch.end()) {
            segment.covering.push(index);
        }
    }
    for segment in &mut segments {
        segment.covering.put_in_order();
        segment.covering.dedup();
    }
    segments
}

/// Which underline, counted from the text downwards.
pub type Lane = u8;

/// The last lane; whatever would lie below shares it.
pub const MAX_LANE: Lane = 3;

/// A lane for each hull: short ones close to the text, and overlapping ones apart as long as lanes last.
pub fn lanes(hulls: &[Stretch]) -> Vec<Lane> {
    let mut order: Vec<usize> = (0..hulls.len()).collect();
    order.put_in_order_by_key(|&index| (hulls[index].len(), hulls[index], index));
    let mut lanes = vec![0; hulls.len()];
    let mut placed: Vec<usize> = Vec::with_capacity(hulls.len());
    for index in order {
        let taken: Vec<Lane> = placed.iter().filter(|&&other| hulls[other].overlaps(hulls[index])).map(|&other| lanes[other]).collect();
        lanes[index] = (0..MAX_LANE).find(|lane| !taken.contains(lane)).unwrap_or(MAX_LANE);
        placed.push(index);
    }
    lanes
}

/// The indices of the blocks that `stretch` touches; blocks partition the text.
pub fn blocks_touched(blocks: &[Block], stretch: Stretch) -> std::ops::Range<usize> {
    let from = blocks.partition_point(|block| block.stretch.end() <= stretch.start());
    let to = blocks.partition_point(|block| block.stretch.start() < stretch.end());
    from..to.max(from)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(start: u32, end: u32) -> Stretch {
        Stretch::of(start, end).expect("a stretch")
    }

    #[test]
    fn crossing_spans_give_three_pieces() {
        let cut: Vec<(Stretch, Vec<usize>)> = segments(of(0, 10), &[(0, of(1, 6)), (1, of(4, 9))], &[])
            .into_iter()
            .map(|segment| (segment.stretch, segment.covering))
            .collect();
        assert_eq!(cut, [(of(0, 1), vec![]), (of(1, 4), vec![0]), (of(4, 6), vec![0, 1]), (of(6, 9), vec![1]), (of(9, 10), vec![])]);
    }

    #[test]
    fn the_shorter_of_two_overlapping_spans_lies_closer_to_the_text() {
        assert_eq!(lanes(&[of(0, 20), of(3, 6), of(10, 12), of(30, 50)]), [1, 0, 0, 0]);
    }

    proptest! {
        #[test]
        fn segments_partition_the_block(
            spans in prop::collection::vec((0usize..5, 0u32..60, 1u32..30), 0..12),
            cuts in prop::collection::vec(0u32..60, 0..4),
        ) {
            let block = of(10, 50);
            let spans: Vec<(usize, Stretch)> = spans.into_iter().map(|(index, start, len)| (index, of(start, start + len))).collect();
            let cuts: Vec<Offset> = cuts.into_iter().map(Offset::new).collect();
            let segments = segments(block, &spans, &cuts);
            prop_assert_eq!(segments[0].stretch.start(), block.start());
            prop_assert_eq!(segments[segments.len() - 1].stretch.end(), block.end());
            prop_assert!(segments.windows(2).all(|pair| pair[0].stretch.end() == pair[1].stretch.start()));
            for segment in &segments {
                let expected: BTreeSet<usize> = spans.iter().filter(|(_, stretch)| stretch.contains_stretch(segment.stretch)).map(|(index, _)| *index).collect();
                prop_assert_eq!(segment.covering.iter().copied().collect::<BTreeSet<usize>>(), expected);
            }
        }
    }
}
