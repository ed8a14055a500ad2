//! The same as files that brat opens: `.txt`, `.ann`, and the two that say what there is and how it looks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::format::exchange::{Layer, Loss, Losses, Out, Sheet, Sheets, Target, Writer, layers};
use crate::model::*;
use crate::text::{Stretch, Text};

/// Writes articles as brat has them: a folder for each annotator where there are several, since brat has one layer a folder.
pub struct Brat {
    scheme: Scheme,
    names: Names,
    layers: Vec<Layer>,
}

impl Brat {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        Self { scheme: sheets.scheme().clone(), names: Names::of(sheets.scheme()), layers: layers(sheets) }
    }
}

impl Writer for Brat {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        for layer in &self.layers {
            let name = format!("{}{}", layer.folder, sheet.article.id);
            out.add(&format!("{name}.txt"), sheet.article.text.as_str());
            let mine = layer.marks(sheet, out);
            let ann = ann(sheet, &mine, &self.names, &mut out.losses);
            out.add(&format!("{name}.ann"), &ann);
        }
        sheet.lose(&[Loss::Metadata, Loss::Zone, Loss::Origin, Loss::EntityDetails], out);
    }

    fn finish(&mut self, out: &mut Out) {
        out.add("annotation.conf", &annotation_conf(&self.scheme, &self.names));
        out.add("visual.conf", &visual_conf(&self.scheme, &self.names));
    }
}

/// What types, roles and attributes are called in files that know letters, digits, `-` and `_` alone; no two alike.
struct Names {
    types: BTreeMap<TypeId, String>,
    roles: BTreeMap<(TypeId, RoleId), String>,
    attributes: BTreeMap<(TypeId, AttributeId), String>,
}

impl Names {
    fn of(scheme: &Scheme) -> Self {
        let mut names = Self { types: BTreeMap::new(), roles: BTreeMap::new(), attributes: BTreeMap::new() };
        let mut taken = BTreeSet::new();
        for of in &scheme.types {
            names.types.insert(of.id.clone(), free(&of.name, &of.id.to_string(), &mut taken));
            let mut roles = BTreeSet::new();
            for role in &of.roles {
                names.roles.insert((of.id.clone(), role.id.clone()), free(&role.name, role.id.as_str(), &mut roles));
            }
            let mut attributes = BTreeSet::new();
            for attribute in &of.attributes {
                names
                    .attributes
                    .insert((of.id.clone(), attribute.id.clone()), free(&attribute.name, attribute.id.as_str(), &mut attributes));
            }
        }
        names
    }
}

fn free(name: &str, id: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |text: &str| -> String {
        text.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' }).collect()
    };
    // A number at its end is how brat tells a role that is filled twice.
    let ends_well = |text: &str| text.ends_with(|letter: char| letter.is_ascii_alphabetic());
    let first = Some(safe(name)).filter(|name| name.chars().any(|letter| letter.is_ascii_alphabetic()) && ends_well(name));
    let first = first.unwrap_or_else(|| format!("{}_", safe(id)));
    let mut more = (b'a'..=b'z').map(|letter| format!("{first}_{}", letter as char));
    let name = if taken.contains(&first) { more.find(|name| !taken.contains(name)).unwrap_or(first) } else { first };
    taken.insert(name.clone());
    name
}

fn ann(sheet: &Sheet<'_>, mine: &[usize], names: &Names, losses: &mut Losses) -> String {
    let text = &sheet.article.text;
    let mut numbered: BTreeMap<usize, (usize, Vec<Stretch>)> = BTreeMap::new();
    for at in mine.iter().copied() {
        let mark = &sheet.marks[at];
        let pieces = cut_at_line_ends(mark.span, text, losses);
        if pieces.is_empty() {
            // Of line ends alone nothing is left.
            mark.lose_all(losses);
        } else {
            let n = numbered.len() + 1;
            numbered.insert(at, (n, pieces));
        }
    }
    let mut lines = Lines::default();
    for (at, (n, pieces)) in &numbered {
        let mark = &sheet.marks[*at];
        let label = &names.types[&mark.of.id];
        let places: Vec<String> = pieces.iter().map(|piece| format!("{} {}", piece.start(), piece.end())).collect();
        let words: Vec<&str> = pieces.iter().map(|piece| sheet.words(*piece)).collect();
        let _ = writeln!(lines.spans, "T{n}\t{label} {}\t{}", places.join(";"), words.join(" "));
        let mut fillers: Vec<(&str, usize)> = Vec::new();
        for (role, target) in &mark.roles {
            match target {
                Target::Mark(other) => match numbered.get(other) {
                    Some((other, _)) => fillers.push((&names.roles[&(mark.of.id.clone(), role.id.clone())], *other)),
                    None => losses.add(Loss::FillerElsewhere),
                },
                Target::Entity(_) => losses.add(Loss::EntityFiller),
            }
        }
        let owner = lines.event(*n, label, &fillers);
        for (attribute, value) in &mark.attributes {
            if value.is_empty() || value.contains(char::is_whitespace) {
                losses.add(Loss::Attribute);
            } else {
                lines.attribute(&names.attributes[&(mark.of.id.clone(), attribute.id.clone())], &owner, value);
            }
        }
        lines.note(&mark.annotation.note, &owner);
        if let Some(entity) = &mark.entity {
            lines.reference(entity, *n);
        }
    }
    [lines.spans, lines.events, lines.attributes, lines.notes, lines.references].concat()
}

/// The lines of each kind, and how many of those that are counted.
#[derive(Default)]
struct Lines {
    spans: String,
    events: String,
    attributes: String,
    notes: String,
    references: String,
    event: usize,
    attribute: usize,
    note: usize,
    reference: usize,
}

impl Lines {
    /// The span's event, where it has roles; what else is said of it is said of the event then. Returns its id.
    fn event(&mut self, n: usize, label: &str, fillers: &[(&str, usize)]) -> String {
        if fillers.is_empty() {
            return format!("T{n}");
        }
        self.event += 1;
        let id = format!("E{}", self.event);
        let _ = write!(self.events, "{id}\t{label}:T{n}");
        let mut count: BTreeMap<&str, usize> = BTreeMap::new();
        for (role, other) in fillers {
            let count = count.entry(role).or_default();
            *count += 1;
            let number = if *count > 1 { count.to_string() } else { String::new() };
            let _ = write!(self.events, " {role}{number}:T{other}");
        }
        self.events.push('\n');
        id
    }

    fn attribute(&mut self, name: &str, owner: &str, value: &str) {
        self.attribute += 1;
        let _ = writeln!(self.attributes, "A{}\t{name} {owner} {value}", self.attribute);
    }

    fn note(&mut self, note: &str, owner: &str) {
        // A line of a note is a note.
        for line in note.split('\n').filter(|_| !note.is_empty()) {
            self.note += 1;
            let _ = writeln!(self.notes, "#{}\tAnnotatorNotes {owner}\t{line}", self.note);
        }
    }

    fn reference(&mut self, entity: &Entity, n: usize) {
        self.reference += 1;
        let item = entity.wikidata.as_ref().map_or_else(|| format!("Entity:{}", entity.id), |item| format!("Wikidata:{item}"));
        let name = entity.name.replace(char::is_control, " ");
        let _ = writeln!(self.references, "N{}\tReference T{n} {item}\t{name}", self.reference);
    }
}

/// brat has no line end within a stretch: what is cut there only is put together again when it is read.
fn cut_at_line_ends(span: &Span, text: &Text, losses: &mut Losses) -> Vec<Stretch> {
    let mut pieces: Vec<Stretch> = Vec::new();
    for fragment in span.fragments() {
        let mut from = fragment.start();
        for line in text.slice(*fragment).unwrap_or_default().split('\n') {
            let end = from + line.chars().count() as u32;
            pieces.extend(Stretch::new(from, end));
            from = end + 1;
        }
    }
    let blank = |a: Stretch, b: Stretch| Stretch::new(a.end(), b.start()).and_then(|gap| text.slice(gap)).is_some_and(is_line_ends);
    let gaps = pieces.windows(2).filter(|pair| blank(pair[0], pair[1])).filter_map(|pair| Stretch::new(pair[0].end(), pair[1].start()));
    let as_read = Span::covering(pieces.iter().copied().chain(gaps));
    // Gaps of line ends alone are closed when it is read, and line ends at its edges are gone.
    losses.add_many(Loss::LineEnds, usize::from(as_read.as_ref() != Some(span)));
    pieces
}

pub(super) fn is_line_ends(gap: &str) -> bool {
    gap.chars().all(|letter| letter == '\n' || letter == '\r')
}

fn annotation_conf(scheme: &Scheme, names: &Names) -> String {
    let name = |id: &TypeId| names.types.get(id).cloned().unwrap_or_default();
    let mut conf = String::from("[entities]\n");
    for of in scheme.types.iter() {
        let _ = writeln!(conf, "{}", name(&of.id));
    }
    conf.push_str("\n[relations]\n<OVERLAP>\tArg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>\n\n[events]\n");
    for of in scheme.types.iter().filter(|of| !of.roles.is_empty()) {
        let roles = of.roles.iter().map(|role| {
            let accepts: Vec<String> = role.accepts.iter().map(&name).collect();
            let count = match (role.min, role.max) {
                (0, Some(1)) => "?",
                (0, _) => "*",
                (_, Some(1)) => "",
                (_, _) => "+",
            };
            format!("{}{count}:{}", names.roles[&(of.id.clone(), role.id.clone())], accepts.join("|"))
        });
        let _ = writeln!(conf, "{}\t{}", name(&of.id), roles.collect::<Vec<_>>().join(", "));
    }
    conf.push_str("\n[attributes]\n");
    for of in &scheme.types {
        for attribute in of.attributes.iter().filter(|attribute| !attribute.options().is_empty()) {
            let values: Vec<&str> = attribute.options().iter().map(|option| option.id.as_str()).collect();
            let _ = writeln!(
                conf,
                "{}\tArg:{}, Value:{}",
                names.attributes[&(of.id.clone(), attribute.id.clone())],
                name(&of.id),
                values.join("|")
            );
        }
    }
    conf
}

fn visual_conf(scheme: &Scheme, names: &Names) -> String {
    let mut conf = String::from("[labels]\n");
    for of in &scheme.types {
        let _ = writeln!(conf, "{} | {}", names.types[&of.id], of.name);
    }
    conf.push_str("\n[drawing]\nSPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken\nARC_DEFAULT\tcolor:black, arrowHead:triangle-5\n");
    conf
}
