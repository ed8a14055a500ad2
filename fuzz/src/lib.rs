//! Every reader of Standpoint on whatever bytes a fuzzer thinks of.
//!
//! A panic, a hang, or more memory than 20 times the input is a bug. `targets/` has a program for each reader, which all
//! are one line: [`run`] does the rest. `scripts/fuzz.sh` builds and runs them.

mod articles;
pub mod counting;
mod exchange;
mod files;
mod own;
pub mod seeds;

use standpoint::format::formats::Format;

#[global_allocator]
static COUNTING: counting::Counting = counting::Counting;

/// How many times its bytes an input may take.
const FACTOR: usize = 20;
/// Bytes that are there once, however short the input: buffers of the readers, a scheme, and a thousand troubles, of which more are
/// only counted.
const ONCE: usize = 512 << 10;
/// Bytes for each text, annotation and link that was read, however short it is written: in files of nothing but the shortest
/// annotations that there can be, such as `a B-a`, what is known of each takes more than 20 times its line.
const EACH: usize = 1 << 10;

/// Gives the bytes to the reader of that name: one of the formats, or `native`, `share`, `backup`, `archive`, `plain`, `recognise`,
/// `page`, `markdown`, `table`.
pub fn run(target: &str, bytes: &[u8]) {
    match target {
        "native" => own::native(bytes),
        "share" => own::share(bytes),
        "backup" => own::backup(bytes),
        "archive" => own::archive(bytes),
        "plain" => own::plain(bytes),
        "recognise" => exchange::recognised(bytes),
        "page" => articles::pages(bytes),
        "markdown" => articles::notes(bytes),
        "table" => articles::table(bytes),
        name => match Format::of_name(name) {
            Some(format) => exchange::format(format, bytes),
            None => panic!("there is no reader called {name}"),
        },
    }
}

/// Runs it, and holds it to the memory that `bytes` of input allow, and as many things in it as `count` finds in what it gives.
fn within<T>(what: &str, bytes: usize, count: impl FnOnce(&T) -> usize, run: impl FnOnce() -> T) -> T {
    let (given, most) = counting::peak(run);
    if std::env::var_os("SHOW_MEMORY").is_some() {
        eprintln!("{what}: {most} bytes for {bytes}, {:.1} times", most as f64 / bytes.max(1) as f64);
    }
    let things = count(&given);
    assert!(
        most <= FACTOR * bytes + ONCE + EACH * things,
        "{what} took {most} bytes for {bytes} and {things} things in them, {} times as much",
        most / bytes.max(1)
    );
    given
}
