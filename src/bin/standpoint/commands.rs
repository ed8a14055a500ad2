//! What each command does.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::ArgMatches;
use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Counts, Losses, Pick, Sheets};
use standpoint::format::formats::Format;
use standpoint::format::native;
use standpoint::format::package::{Card, Packing, Split, pack};
use standpoint::model::AnnotatorId;

use crate::arguments::{self, PROJECT, pick};
use crate::input::{Report, load, settings};
use crate::output::Output;
use crate::stream;

/// Of a report as many lines are shown.
const MOST_LINES: usize = 1000;

pub fn run(matches: &ArgMatches) -> Result<ExitCode, String> {
    match matches.subcommand() {
        Some(("convert", matches)) => convert(matches),
        Some(("split", matches)) => split(matches),
        Some(("validate", matches)) => validate(matches),
        Some(("stats", matches)) => stats(matches),
        _ => Err("no such command".to_owned()),
    }
}

fn convert(matches: &ArgMatches) -> Result<ExitCode, String> {
    let to = matches.get_one::<String>("to").map_or("", String::as_str);
    let mut output = Output::to(matches.get_one::<String>("out"));
    let (report, losses) = match stream::convert(matches, &mut output)? {
        Some(streamed) => streamed,
        None => {
            let input = load(matches)?;
            let pick = picked(matches, &input.store)?;
            let losses = match Format::of_name(to) {
                Some(format) => {
                    let package = pack(&input.store, &pick, &packing(matches, format, None));
                    output.add(&package.files)?;
                    package.losses
                }
                None => {
                    debug_assert_eq!(to, PROJECT, "invariant: clap lets nothing else pass");
                    output.add(&project_files(matches, &input.store))?;
                    Losses::default()
                }
            };
            (input.report, losses)
        }
    };
    tell(&report);
    tell_losses(&losses);
    if matches.get_one::<String>("out").is_some() {
        let count = output.finish()?;
        eprintln!("{count} files written");
    } else {
        output.finish()?;
    }
    Ok(if matches.get_flag("lenient") { ExitCode::SUCCESS } else { code(&report) })
}

/// A project as one file, or with each text in a file of its own.
fn project_files(matches: &ArgMatches, store: &AnnotationStore) -> BTreeMap<String, String> {
    let is_apart = matches.get_one::<String>("texts").is_some_and(|texts| texts == "apart");
    let (json, mut files) = if is_apart { native::write_apart(store) } else { (native::write(store), BTreeMap::new()) };
    files.insert("project.json".to_owned(), json);
    files
}

fn split(matches: &ArgMatches) -> Result<ExitCode, String> {
    let format = matches.get_one::<String>("to").and_then(|name| Format::of_name(name)).ok_or("no such format")?;
    let mut output = Output::to(matches.get_one::<String>("out"));
    let split = arguments::split(matches)?;
    let input = load(matches)?;
    let pick = picked(matches, &input.store)?;
    let package = pack(&input.store, &pick, &packing(matches, format, Some(split)));
    output.add(&package.files)?;
    output.finish()?;
    tell(&input.report);
    tell_losses(&package.losses);
    for (part, holds) in &package.parts {
        println!("{}: {} articles, {} annotations", part.name(), holds.articles, holds.annotations);
    }
    Ok(code(&input.report))
}

fn packing(matches: &ArgMatches, format: Format, split: Option<Split>) -> Packing {
    let card = if matches.get_flag("card") { Card::Written } else { Card::None };
    Packing { format, settings: settings(matches), split, card }
}

fn tell_losses(losses: &Losses) {
    for (loss, count) in losses.iter() {
        eprintln!("lost in this format: {count} {loss}");
    }
}

fn validate(matches: &ArgMatches) -> Result<ExitCode, String> {
    let input = load(matches)?;
    for line in &input.report.lines {
        println!("{line}");
    }
    let counts = Counts::of(&Sheets::new(&input.store, &Pick::default()));
    let problems = input.report.lines.len();
    println!(
        "{} articles, {} annotations, {problems} problems, {} of them cost something",
        counts.articles,
        counts.annotations(),
        input.report.costly
    );
    Ok(code(&input.report))
}

fn stats(matches: &ArgMatches) -> Result<ExitCode, String> {
    let input = load(matches)?;
    let pick = picked(matches, &input.store)?;
    print!("{}", Counts::of(&Sheets::new(&input.store, &pick)));
    tell(&input.report);
    Ok(code(&input.report))
}

/// What the command picks; annotators may be named.
pub fn picked(matches: &ArgMatches, store: &AnnotationStore) -> Result<Pick, String> {
    let named = |name: &str| store.annotators().find(|annotator| *annotator.name == *name).map(|annotator| annotator.id.clone());
    pick(matches, |name| named(name).or_else(|| AnnotatorId::new(name)))
}

fn tell(report: &Report) {
    for line in report.lines.iter().take(MOST_LINES) {
        eprintln!("{line}");
    }
    if let Some(more) = report.lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        eprintln!("and {more} more: standpoint validate lists all");
    }
}

fn code(report: &Report) -> ExitCode {
    ExitCode::from(u8::from(report.costly > 0))
}
