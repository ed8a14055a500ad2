//! What the core costs, natively: `make bench`, which puts the growth from S to L beside it. The documents are those that
//! the page is measured on.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    divan::main();
}

#[cfg(not(target_arch = "wasm32"))]
#[expect(dead_code, reason = "the page’s bench needs more of it")]
#[path = "../tests/bench/src/document.rs"]
mod document;

#[cfg(not(target_arch = "wasm32"))]
mod core {
    use std::rc::Rc;

    use super::document::{SIZES, Size, document, project};
    use divan::{Bencher, black_box};
    use standpoint::edit::{AnnotationStore, Command, Context, Frame, Fresh, Place, plan};
    use standpoint::format::{native, stored};
    use standpoint::model::*;
    use standpoint::session::{Action, Moment, State, Unloaded, update};
    use standpoint::text::{Letters, Query, Stretch, Text, Utf16Offset, blocks, find, propose_zones};

    const SEED: &str = include_str!("../tests/seeds/001_f575fd86f2f680c2.txt");

    fn text(size: Size) -> String {
        document(SEED, size).text
    }

    fn json(size: Size) -> String {
        project("a", &document(SEED, size)).to_string()
    }

    fn store(size: Size) -> AnnotationStore {
        let reading = native::read("bench.json", &json(size)).expect("a project");
        assert!(reading.issues.is_empty(), "{:?}", reading.issues.first());
        assert_eq!(reading.store.annotations(&article_id()).len(), size.spans);
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

    fn desk(size: Size) -> Rc<State> {
        open(store(size))
    }

    fn open(store: AnnotationStore) -> Rc<State> {
        let state = State::new(store.clone(), Replica::new("r1").expect("an id"), me());
        update(
            &Rc::new(state),
            Action::Open { store, article: Some(article_id()), saved: true, unexported: 0, rest: Unloaded::default() },
            &moment(0),
        )
    }

    #[divan::bench(args = SIZES)]
    fn index_a_text(bencher: Bencher, size: Size) {
        let text = text(size);
        bencher.bench_local(|| Text::new(black_box(text.as_str())));
    }

    #[divan::bench(args = SIZES)]
    fn convert_1000_offsets(bencher: Bencher, size: Size) {
        let text: Text = text(size).as_str().into();
        let units = text.utf16_len().get();
        bencher.bench_local(|| (0..1000).map(|n| text.at_utf16_floor(Utf16Offset::new(units / 1000 * n)).get()).sum::<u32>());
    }

    #[divan::bench(args = SIZES)]
    fn zones_and_blocks(bencher: Bencher, size: Size) {
        let text: Text = text(size).as_str().into();
        bencher.bench_local(|| blocks(&text, &propose_zones(&text)).len());
    }

    #[divan::bench(args = SIZES)]
    fn read_json(bencher: Bencher, size: Size) {
        let json = native::write(&store(size));
        bencher.counter(divan::counter::BytesCount::of_str(&json)).bench_local(|| native::read("bench.json", &json));
    }

    #[divan::bench(args = SIZES)]
    fn write_json(bencher: Bencher, size: Size) {
        let store = store(size);
        let bytes = native::write(&store).len();
        bencher.counter(divan::counter::BytesCount::new(bytes)).bench_local(|| native::write(&store));
    }

    #[divan::bench(args = SIZES)]
    fn write_the_stored_layer(bencher: Bencher, size: Size) {
        let store = store(size);
        let layers = store.layers(&article_id()).expect("layers").clone();
        bencher.bench_local(|| stored::write_layer(&article_id(), &me(), layers.keyed_records().map(|(id, _, record)| (id, &**record))));
    }

    #[divan::bench(args = SIZES)]
    fn merge_a_copy(bencher: Bencher, size: Size) {
        let store = store(size);
        bencher.bench_local(|| store.merge_copy(&store).1.len());
    }

    #[divan::bench(args = SIZES)]
    fn plan_a_tag(bencher: Bencher, size: Size) {
        let store = store(size);
        let context = Context { annotator: me(), article: Some(article_id()), fresh: moment(1).fresh };
        let span = Span::single(Stretch::of(40, 90).expect("a stretch"));
        let command = Command::Tag { type_id: TypeId::new("claim").expect("an id"), span, fills: None };
        bencher.bench_local(|| plan(&store, &context, &command));
    }

    /// Cards, segments, lists: what it takes to show an article that was read.
    #[divan::bench(args = SIZES)]
    fn open_at_the_desk(bencher: Bencher, size: Size) {
        let store = store(size);
        bencher.bench_local(|| open(store.clone()));
    }

    /// The whole of what one keystroke costs the core: plan, apply, segments, lists.
    #[divan::bench(args = SIZES)]
    fn tag_at_the_desk(bencher: Bencher, size: Size) {
        let state = desk(size);
        let state = update(&state, Action::Select(Stretch::of(40, 90)), &moment(1));
        let tag = Action::Tag(TypeId::new("cue").expect("an id"));
        bencher.bench_local(|| update(&state, tag.clone(), &moment(2)));
    }

    /// Letters as they are: what their decomposition costs is the browser's.
    struct AsTheyAre;

    impl Letters for AsTheyAre {
        fn parts(&mut self, letter: char, _: bool) -> Rc<str> {
            letter.to_string().into()
        }
    }

    fn query() -> Query {
        Query { words: "resistance".into(), ..Query::default() }
    }

    #[divan::bench(args = SIZES)]
    fn find_a_word(bencher: Bencher, size: Size) {
        let text: Text = text(size).as_str().into();
        assert!(!find(&text, &query(), &mut AsTheyAre).is_empty());
        bencher.bench_local(|| find(&text, &query(), &mut AsTheyAre).len());
    }

    /// A hundred places of the text, tagged alike in one step; how many words say the same must not grow with the text.
    #[divan::bench(args = SIZES)]
    fn tag_100_alike(bencher: Bencher, size: Size) {
        let state = desk(size);
        let text = state.open_article().expect("an article").text.clone();
        let step = text.len().get() / 100;
        let place = |n| Place { article: article_id(), span: Span::single(Stretch::of(n * step, n * step + 5).expect("a stretch")) };
        let frame = Rc::new(Frame::bare(TypeId::new("target").expect("an id")));
        let command = Command::TagAlike { frame, places: (0..100).map(place).collect(), origin: OriginKind::Propagated };
        bencher.bench_local(|| update(&state, Action::Run(command.clone()), &moment(2)));
    }

    #[divan::bench(args = SIZES)]
    fn move_the_cursor(bencher: Bencher, size: Size) {
        let state = desk(size);
        let right = standpoint::session::Motion { unit: standpoint::session::Unit::Word, forward: true };
        bencher.bench_local(|| update(&state, Action::Move(right), &moment(2)));
    }
}
