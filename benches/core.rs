//! What the core costs, natively: `make bench`. Documents are words of the seed articles, recombined by a fixed rule:
//! S has 1,000 words and 50 spans, M ten times and twenty times that, L ten times M. A fifth of the spans overlap others.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod core {
    use std::rc::Rc;

    use divan::{Bencher, black_box};
    use standpoint::edit::{AnnotationStore, Command, Context, Fresh, plan};
    use standpoint::format::{native, stored};
    use standpoint::model::*;
    use standpoint::session::{Action, Moment, State, Unloaded, update};
    use standpoint::text::{Stretch, Text, Utf16Offset, blocks, propose_zones, words};

    /// Words and spans.
    const SIZES: [(usize, usize); 3] = [(1_000, 50), (10_000, 1_000), (100_000, 10_000)];
    const SEED: &str = include_str!("../tests/seeds/001_f575fd86f2f680c2.txt");

    /// Marsaglia's xorshift64: the same documents on every machine.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, bound: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % bound as u64) as usize
        }
    }

    fn text(word_count: usize) -> String {
        let seed: Vec<&str> = SEED.split_whitespace().collect();
        let mut dice = Dice(0x5eed_1234_5678_9abc);
        let mut text = String::new();
        for at in 0..word_count {
            text.push_str(seed[dice.below(seed.len())]);
            text.push_str(if at % 80 == 79 { ".\n\n" } else { " " });
        }
        text
    }

    fn json(text: &str, span_count: usize) -> String {
        let text: Text = text.into();
        let tokens = words(&text, text.whole().expect("words"));
        let mut dice = Dice(0xabcd_ef01_2345_6789);
        let step = tokens.len() / span_count;
        let types = ["speaker", "cue", "claim", "stance", "target"];
        let annotations: Vec<String> = (0..span_count)
            .map(|at| {
                let first = at * step;
                // Every fifth reaches into the next one's words.
                let reach = if at % 5 == 0 { step + 2 } else { 1 + dice.below(step) };
                let last = (first + reach).min(tokens.len() - 1);
                let (start, end) = (tokens[first].start().get(), tokens[last].end().get());
                let type_id = types[dice.below(types.len())];
                format!(
                    r#"{{"id":"s{at}","article":"a","annotator":"me","type":"{type_id}","fragments":[{{"start":{start},"end":{end}}}]}}"#
                )
            })
            .collect();
        let quoted = format!("{:?}", text.as_str()).replace("\\'", "'").replace("\\u{a0}", "\u{a0}");
        format!(
            r#"{{"format":"standpoint","version":1,"annotators":[{{"id":"me","name":"Me"}}],"articles":[{{"id":"a","text":{quoted}}}],"annotations":[{}]}}"#,
            annotations.join(",")
        )
    }

    fn store((word_count, span_count): (usize, usize)) -> AnnotationStore {
        let reading = native::read("bench.json", &json(&text(word_count), span_count)).expect("a project");
        assert!(reading.issues.is_empty(), "{:?}", reading.issues.first());
        assert_eq!(reading.store.annotations(&article_id()).len(), span_count);
        reading.store
    }

    fn article_id() -> ArticleId {
        ArticleId::new("a").expect("an id")
    }

    fn me() -> AnnotatorId {
        AnnotatorId::new("me").expect("an id")
    }

    fn moment(n: u64) -> Moment {
        Moment {
            now: Timestamp::parse("2026-01-01T00:00:00.000Z").expect("a time"),
            fresh: Fresh { millis: 1_790_000_000_000 + n, entropy: n },
        }
    }

    fn desk(size: (usize, usize)) -> Rc<State> {
        let store = store(size);
        let state = State::new(store.clone(), Replica::new("r1").expect("an id"), me());
        update(
            &Rc::new(state),
            Action::Open { store, article: Some(article_id()), saved: true, unexported: 0, rest: Unloaded::default() },
            &moment(0),
        )
    }

    #[divan::bench(args = SIZES)]
    fn index_a_text(bencher: Bencher, size: (usize, usize)) {
        let text = text(size.0);
        bencher.bench_local(|| Text::new(black_box(text.as_str())));
    }

    #[divan::bench(args = SIZES)]
    fn convert_1000_offsets(bencher: Bencher, size: (usize, usize)) {
        let text: Text = text(size.0).as_str().into();
        let units = text.utf16_len().get();
        bencher.bench_local(|| (0..1000).map(|n| text.at_utf16_floor(Utf16Offset::new(units / 1000 * n)).get()).sum::<u32>());
    }

    #[divan::bench(args = SIZES)]
    fn zones_and_blocks(bencher: Bencher, size: (usize, usize)) {
        let text: Text = text(size.0).as_str().into();
        bencher.bench_local(|| blocks(&text, &propose_zones(&text)).len());
    }

    #[divan::bench(args = SIZES)]
    fn read_json(bencher: Bencher, size: (usize, usize)) {
        let json = native::write(&store(size));
        bencher.counter(divan::counter::BytesCount::of_str(&json)).bench_local(|| native::read("bench.json", &json));
    }

    #[divan::bench(args = SIZES)]
    fn write_json(bencher: Bencher, size: (usize, usize)) {
        let store = store(size);
        let bytes = native::write(&store).len();
        bencher.counter(divan::counter::BytesCount::new(bytes)).bench_local(|| native::write(&store));
    }

    #[divan::bench(args = SIZES)]
    fn write_the_stored_layer(bencher: Bencher, size: (usize, usize)) {
        let store = store(size);
        let layers = store.layers(&article_id()).expect("layers").clone();
        bencher.bench_local(|| stored::write_layer(&article_id(), &me(), layers.keyed_records().map(|(id, _, record)| (id, &**record))));
    }

    #[divan::bench(args = SIZES)]
    fn merge_a_copy(bencher: Bencher, size: (usize, usize)) {
        let store = store(size);
        bencher.bench_local(|| store.merge_copy(&store).1.len());
    }

    #[divan::bench(args = SIZES)]
    fn plan_a_tag(bencher: Bencher, size: (usize, usize)) {
        let store = store(size);
        let context = Context { annotator: me(), article: Some(article_id()), fresh: moment(1).fresh };
        let span = Span::single(Stretch::of(40, 90).expect("a stretch"));
        let command = Command::Tag { type_id: TypeId::new("claim").expect("an id"), span, fills: None };
        bencher.bench_local(|| plan(&store, &context, &command));
    }

    /// The whole of what one keystroke costs the core: plan, apply, segments, lists.
    #[divan::bench(args = SIZES)]
    fn tag_at_the_desk(bencher: Bencher, size: (usize, usize)) {
        let state = desk(size);
        let state = update(&state, Action::Select(Stretch::of(40, 90)), &moment(1));
        let tag = Action::Tag(TypeId::new("cue").expect("an id"));
        bencher.bench_local(|| update(&state, tag.clone(), &moment(2)));
    }

    #[divan::bench(args = SIZES)]
    fn move_the_cursor(bencher: Bencher, size: (usize, usize)) {
        let state = desk(size);
        let right = standpoint::session::Motion { unit: standpoint::session::Unit::Word, forward: true };
        bencher.bench_local(|| update(&state, Action::Move(right), &moment(2)));
    }
}
