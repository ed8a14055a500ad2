//! One input as the files that a reader gets.

use standpoint::format::exchange::Source;
use standpoint::format::formats::Format;

/// A line that begins with it has the name of the file that follows.
const FILE: &str = "=== ";

/// The files of an input: what stands below each line `=== name`; without such a line the whole is one file called `name`.
pub fn split(bytes: &[u8], name: &str) -> Vec<Source> {
    let text = String::from_utf8_lossy(bytes);
    let mut files: Vec<Source> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(FILE), files.last_mut()) {
            (Some(name), _) => files.push(Source::whole(name.trim_end(), "")),
            (None, Some(file)) => file.text.push_str(line),
            (None, None) => files.push(Source::whole(name, line)),
        }
    }
    files
}

/// The input that [`split`] makes these files of, but for a line end at the end of each.
pub fn join<'a>(files: impl IntoIterator<Item = (&'a String, &'a String)>) -> String {
    let mut input = String::new();
    for (name, text) in files {
        input += &format!("{FILE}{name}\n{text}");
        if !input.ends_with('\n') {
            input.push('\n');
        }
    }
    input
}

/// What a file of the format is usually called.
pub fn usual_name(format: Format) -> &'static str {
    match format {
        Format::Training | Format::Prodigy | Format::Doccano => "a.jsonl",
        Format::Brat => "a.ann",
        Format::LabelStudio | Format::CasJson | Format::Citron | Format::SemEval => "a.json",
        Format::W3c => "a.jsonld",
        Format::WebAnno => "a.tsv",
        Format::Conll => "a.conll",
        Format::Csv => "annotations.csv",
    }
}
