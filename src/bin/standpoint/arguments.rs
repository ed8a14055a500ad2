//! What may be said on the command line.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command};
use standpoint::format::articles::{Columns, Field, Table};
use standpoint::format::exchange::{Names, Pick, Unit};
use standpoint::format::formats::Format;
use standpoint::format::package::Split;
use standpoint::model::{AnnotatorId, ArticleId, OriginKind, Status, TypeId};

/// The native project file, beside the formats of others.
pub const PROJECT: &str = "project";

const AFTER: &str = "Exit status: 0 when all is well, 1 when something of the input was left out or has no place in its text (it is \
                     listed), 2 when the input can't be read at all or the command is wrong.";

pub fn command() -> Command {
    Command::new("standpoint")
        .about("Reads, checks, counts and converts annotations of speakers, claims and stance.")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help(AFTER)
        .subcommand(
            with_picks(with_input(Command::new("convert").about("Writes the same annotations in another format."))).args([
                Arg::new("to").long("to").required(true).value_name("FORMAT").value_parser(formats()).help("The format to write"),
                out(),
                unit_argument(),
                card(),
                Arg::new("texts")
                    .long("texts")
                    .value_name("PLACE")
                    .value_parser(["within", "apart"])
                    .default_value("within")
                    .help("Of a project: its texts within project.json, or apart, each in a file of its own, for a host"),
                Arg::new("lenient").long("lenient").action(ArgAction::SetTrue).help("Exit with 0 although something was left out"),
            ]),
        )
        .subcommand(
            with_picks(with_input(
                Command::new("split").about("Writes training, development and test data: by article, what tells one story in one part."),
            ))
            .args([
                Arg::new("to").long("to").required(true).value_name("FORMAT").value_parser(others()).help("The format to write"),
                out().required(true),
                unit_argument(),
                card(),
                Arg::new("parts").long("parts").value_name("SHARES").default_value("80/10/10").help("Shares of train, dev and test"),
                Arg::new("seed")
                    .long("seed")
                    .value_name("NUMBER")
                    .default_value("1")
                    .value_parser(clap::value_parser!(u64))
                    .help("Another seed parts the same articles in another way"),
            ]),
        )
        .subcommand(with_input(Command::new("validate").about("Checks every offset, label and link, and lists what is wrong.")))
        .subcommand(with_picks(with_input(Command::new("stats").about("Counts articles, annotations, links and values."))))
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new([PROJECT].into_iter().chain(Format::ALL.map(Format::name)))
}

fn others() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::ALL.map(Format::name))
}

fn unit_argument() -> Arg {
    let arg = Arg::new("unit").long("unit").value_parser(["code-points", "utf-16"]).default_value("code-points");
    arg.help("What offsets count, where the format leaves it open (doccano, w3c)")
}

fn card() -> Arg {
    Arg::new("card")
        .long("card")
        .action(ArgAction::SetTrue)
        .help("With a README.md that describes the data, in the shape of a dataset card")
}

/// The shares of train, dev and test.
pub fn split(matches: &ArgMatches) -> Result<Split, String> {
    let stated = matches.get_one::<String>("parts").map_or("", String::as_str);
    let shares: Option<Vec<u32>> = stated.split('/').map(|share| share.trim().parse().ok()).collect();
    match shares.as_deref() {
        Some([train, dev, test]) if u64::from(*train) + u64::from(*dev) + u64::from(*test) > 0 => {
            Ok(Split { seed: matches.get_one("seed").copied().unwrap_or(1), train: *train, dev: *dev, test: *test })
        }
        _ => Err(format!("--parts: “{stated}” is no three shares such as 80/10/10")),
    }
}

pub fn out() -> Arg {
    Arg::new("out").long("out").short('o').value_name("FOLDER").help("Where the files go; without it the one file goes to standard output")
}

fn with_input(command: Command) -> Command {
    command.args([
        Arg::new("input")
            .value_name("INPUT")
            .num_args(1..)
            .required(true)
            .help("Files, and folders with all that is in them; - is standard input. A project file, plain texts, web pages, Markdown, tables of articles, or any of the formats"),
        Arg::new("from").long("from").value_name("FORMAT").value_parser(formats()).help("The input's format, where its files don't tell"),
        Arg::new("scheme")
            .long("scheme")
            .value_name("PROJECT")
            .help("A project file whose scheme the labels are mapped to; without it labels become a scheme of their own"),
        Arg::new("columns")
            .long("columns")
            .value_name("COLUMN=MEANING")
            .value_delimiter(',')
            .help("What columns of a table of articles are, such as body=text,head=headline; the others go by their names"),
        Arg::new("annotator")
            .long("annotator")
            .value_name("NAME")
            .default_value("imported")
            .help("Whose work it is, where the files don't say"),
    ])
}

fn with_picks(command: Command) -> Command {
    let many = |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("LIST").value_delimiter(',').help(help);
    command.args([
        many("articles", "Only articles with these ids"),
        many("annotators", "Only the work of annotators with these ids or names"),
        many("types", "Only annotations of these types"),
        many("origins", "Only annotations made so").value_parser(ORIGINS.map(|(name, _)| name)),
        many("status", "Only work on articles that its annotator left so").value_parser(STATUSES.map(|(name, _)| name)),
        Arg::new("redact").long("redact").action(ArgAction::SetTrue).help("annotator-1, annotator-2 … instead of names"),
    ])
}

const ORIGINS: [(&str, OriginKind); 5] = [
    ("manual", OriginKind::Manual),
    ("imported", OriginKind::Imported),
    ("suggested", OriginKind::Suggested),
    ("propagated", OriginKind::Propagated),
    ("transferred", OriginKind::Transferred),
];
const STATUSES: [(&str, Status); 3] = [("new", Status::New), ("in-progress", Status::InProgress), ("done", Status::Done)];

/// The columns of a table: those that the command names, the others by their names.
pub fn columns(matches: &ArgMatches, table: &Table) -> Result<Columns, String> {
    let mut columns = Columns::proposed(&table.headings);
    for stated in matches.get_many::<String>("columns").into_iter().flatten() {
        let fault = || {
            let fields: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
            format!("--columns: “{stated}” is not a column's name, = and one of {}", fields.join(", "))
        };
        let (name, field) = stated.rsplit_once('=').ok_or_else(fault)?;
        let field = Field::of_name(field).ok_or_else(fault)?;
        let n = table.headings.iter().position(|heading| *heading.name == *name);
        let names = || table.headings.iter().map(|heading| &*heading.name).collect::<Vec<_>>().join(", ");
        let n = n.ok_or_else(|| format!("--columns: there is no column “{name}”; there are: {}", names()))?;
        columns = columns.with(n, field);
    }
    Ok(columns)
}

/// The values of a list; `None` where nothing was said.
fn list<T>(matches: &ArgMatches, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<Vec<T>>, String> {
    let Some(values) = matches.get_many::<String>(name) else { return Ok(None) };
    values.map(|value| parse(value).ok_or_else(|| format!("--{name}: “{value}” can't be one"))).collect::<Result<_, _>>().map(Some)
}

fn known<T: Copy>(of: &[(&str, T)], name: &str) -> Option<T> {
    of.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

/// What is to be written; annotators go by their ids, or by the names that `annotators` finds.
pub fn pick(matches: &ArgMatches, annotators: impl Fn(&str) -> Option<AnnotatorId>) -> Result<Pick, String> {
    Ok(Pick {
        articles: list(matches, "articles", ArticleId::new)?.map(|ids| ids.into_iter().collect()),
        annotators: list(matches, "annotators", annotators)?.map(|ids| ids.into_iter().collect()),
        types: list(matches, "types", TypeId::new)?.map(|ids| ids.into_iter().collect()),
        origins: list(matches, "origins", |name| known(&ORIGINS, name))?.map(|kinds| kinds.into_iter().collect()),
        statuses: list(matches, "status", |name| known(&STATUSES, name))?.map(|statuses| statuses.into_iter().collect()),
        names: if matches.get_flag("redact") { Names::Redacted } else { Names::Shown },
    })
}

pub fn unit(matches: &ArgMatches) -> Unit {
    match matches.get_one::<String>("unit").map(String::as_str) {
        Some("utf-16") => Unit::Utf16,
        _ => Unit::CodePoints,
    }
}
