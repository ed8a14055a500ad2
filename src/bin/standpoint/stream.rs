//! From files of lines to files of lines without ever holding more than some megabytes: pipelines and files of any size.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use clap::ArgMatches;
use standpoint::edit::AnnotationStore;
use standpoint::format::exchange::{Losses, Out, Sheets, Source, Writer};
use standpoint::format::formats::Format;
use standpoint::format::recognise;
use standpoint::model::Scheme;

use crate::commands::picked;
use crate::input::{self, Aim, Report, settings, text};
use crate::output::Output;

/// Bytes of lines that are converted at a time.
const PART: usize = 1024 * 1024;
/// Bytes by which a file's format is told.
const HEAD: usize = 1024 * 1024;

/// Converts in parts; `None` where the formats are not of lines, or several, and everything has to be known first. Standard input is
/// read in parts only where `--from` says what it is.
pub fn convert(matches: &ArgMatches, output: &mut Output) -> Result<Option<(Report, Losses)>, String> {
    let to = matches.get_one::<String>("to").and_then(|name| Format::of_name(name)).filter(|format| format.is_of_lines());
    let Some(to) = to.filter(|_| !matches.get_flag("card")) else { return Ok(None) };
    let stated = matches.get_one::<String>("from").map(|name| Format::of_name(name));
    let paths = input::paths(matches)?;
    let mut files: Vec<(String, Box<dyn BufRead>)> = Vec::new();
    let mut from = None;
    for (name, path) in paths {
        let (format, reader): (Option<Format>, Box<dyn BufRead>) = if path.as_os_str() == "-" {
            (stated.flatten(), Box::new(BufReader::new(io::stdin())))
        } else {
            let said = |problem: io::Error| format!("{}: {problem}", path.display());
            let mut head = Vec::new();
            File::open(&path).map_err(said)?.take(HEAD as u64).read_to_end(&mut head).map_err(said)?;
            let format = match stated {
                Some(stated) => stated,
                None => recognise::recognise(&[Source::whole(&name, String::from_utf8_lossy(&head))]),
            };
            (format.filter(|_| is_of_lines(&head)), Box::new(BufReader::with_capacity(1 << 20, File::open(&path).map_err(said)?)))
        };
        let format = format.filter(|format| format.is_of_lines() && from.is_none_or(|from| from == *format));
        let Some(format) = format else { return Ok(None) };
        from = Some(format);
        files.push((name, reader));
    }
    let Some(from) = from else { return Ok(None) };
    let aim = Aim::of(matches)?;
    let mut streaming =
        Streaming { matches, from, to, report: Report::default(), out: Out::default(), writer: None, scheme: aim.scheme.clone() };
    for (name, mut reader) in files {
        streaming.file(&name.into(), &mut *reader, &aim, output)?;
    }
    if let Some(mut writer) = streaming.writer.take() {
        writer.finish(&mut streaming.out);
    }
    output.add(&streaming.out.take())?;
    Ok(Some((streaming.report, streaming.out.losses)))
}

/// Whether it may be a value a line: what begins with a bracket is one list.
fn is_of_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
}

struct Streaming<'a> {
    matches: &'a ArgMatches,
    from: Format,
    to: Format,
    report: Report,
    out: Out,
    /// Made for the first part; it goes on with the others.
    writer: Option<Box<dyn Writer>>,
    /// Grows by the labels of each part.
    scheme: Option<Scheme>,
}

impl Streaming<'_> {
    fn file(&mut self, name: &Rc<str>, reader: &mut dyn BufRead, aim: &Aim, output: &mut Output) -> Result<(), String> {
        let mut line = 1;
        loop {
            let mut part = Vec::new();
            let mut count = 0;
            while part.len() < PART && reader.read_until(b'\n', &mut part).map_err(|problem| format!("{name}: {problem}"))? > 0 {
                count += 1;
                if part.len() as u64 > input::MAX_BYTES {
                    return Err(format!("{name}, line {line}: longer than {} bytes", input::MAX_BYTES));
                }
            }
            if count == 0 {
                return Ok(());
            }
            self.part(Source { name: name.clone(), first_line: line, text: text(name, &part)? }, aim, output)?;
            line += count;
        }
    }

    fn part(&mut self, source: Source, aim: &Aim, output: &mut Output) -> Result<(), String> {
        let scheme = self.scheme.take().unwrap_or_else(input::none);
        let store = input::add(AnnotationStore::empty(Aim::header(), scheme), self.from, &[source], aim, &mut self.report);
        let pick = picked(self.matches, &store)?;
        let sheets = Sheets::new(&store, &pick);
        let writer = self.writer.get_or_insert_with(|| self.to.writer(&sheets, settings(self.matches)));
        for sheet in sheets.iter() {
            self.out.losses.add_all(&sheet.losses);
            writer.article(&sheet, &mut self.out);
        }
        output.add(&self.out.take())?;
        self.scheme = Some(Scheme::clone(store.scheme()));
        Ok(())
    }
}
