//! brat's standoff files: a text, and beside it a line for each span, event, relation, attribute, note and reference.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::conf::declared;
use super::write::is_line_ends;
use crate::format::exchange::{
    Done, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Piece, Source, Spot, Trouble, Troubles, Unit, whose_folders,
};
use crate::text::{Stretch, Text};

/// Reads `.ann` files, each with the `.txt` file of its name; of several folders with the same texts each is called after whose
/// work it is.
///
/// Offsets count code points of the text file as it is, line ends included. Events lend their roles and attributes to their
/// trigger. A stretch that was cut at line ends only, as brat itself does, is one stretch.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    let texts: HashMap<&str, &Source> = files.iter().filter(|file| file.extension() == "txt").map(|file| (file.stem(), file)).collect();
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for file in files.iter().filter(|file| file.extension() == "ann") {
        match texts.get(file.stem()) {
            Some(text) => {
                used.insert(file.stem());
                one(text, file, &mut foreign);
            }
            None => foreign.trouble(file.spot(), format!("there is no {}.txt beside it", file.stem()), Done::Skipped),
        }
    }
    for file in files.iter().filter(|file| file.base() == "annotation" && file.extension() == "conf") {
        foreign.declared = std::mem::take(&mut foreign.declared).with(&declared(&file.text));
    }
    whose_folders(&mut foreign.texts);
    // A text that nobody annotated yet.
    for (stem, text) in texts.into_iter().collect::<std::collections::BTreeMap<_, _>>() {
        if !used.contains(stem) {
            foreign.texts.push(ForeignText {
                spot: text.spot(),
                id: text.base().into(),
                text: text.text.as_str().into(),
                ..ForeignText::default()
            });
        }
    }
    foreign
}

fn one(text: &Source, ann: &Source, foreign: &mut Foreign) {
    let mut reader = Reader {
        file: ann.name.clone(),
        spans: Vec::new(),
        by_id: HashMap::new(),
        links: Vec::new(),
        noted: BTreeSet::new(),
        problems: Troubles::default(),
    };
    let lines = records(&ann.text);
    // What names others may stand before them.
    for (number, line) in &lines {
        if line.starts_with('T') {
            reader.span(*number, line);
        }
    }
    for (number, line) in lines.iter().filter(|(_, line)| line.starts_with('E')) {
        reader.event(*number, line);
    }
    for (number, line) in lines.iter().filter(|(_, line)| !line.starts_with(['T', 'E'])) {
        reader.other(*number, line);
    }
    reader.resolve();
    let read = Text::new(text.text.as_str());
    for span in &mut reader.spans {
        close_line_ends(&mut span.pieces, &read);
    }
    foreign.problems.append(reader.problems);
    foreign.texts.push(ForeignText {
        spot: ann.spot(),
        id: text.base().into(),
        text: text.text.as_str().into(),
        unit: Unit::CodePoints,
        spans: reader.spans,
        links: reader.links,
        ..ForeignText::default()
    });
}

/// Pieces between which there is nothing but line ends are one.
fn close_line_ends(pieces: &mut Vec<Piece>, text: &Text) {
    let mut closed: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces.drain(..) {
        let gap = closed.last().and_then(|last| {
            let place = Stretch::new(Unit::CodePoints.read(text, last.end)?, Unit::CodePoints.read(text, piece.start)?)?;
            text.slice(place).filter(|gap| is_line_ends(gap))
        });
        match (closed.last_mut(), gap) {
            (Some(last), Some(gap)) => {
                last.end = piece.end;
                last.quote = last.quote.take().zip(piece.quote).map(|(before, after)| format!("{before}{gap}{after}").into());
            }
            _ => closed.push(piece),
        }
    }
    *pieces = closed;
}

/// The file's records with the numbers of their first lines. A quotation may hold line ends: what does not begin as a record goes on
/// with the one before it.
fn records(ann: &str) -> Vec<(usize, String)> {
    let mut records: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(ann.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match records.last_mut() {
            Some((_, record)) if !begins_record(line) && !line.is_empty() => {
                record.push('\n');
                record.push_str(line);
            }
            _ if line.is_empty() => {}
            _ => records.push((number, line.to_owned())),
        }
    }
    records
}

fn begins_record(line: &str) -> bool {
    let Some((id, _)) = line.split_once('\t') else { return false };
    let mut letters = id.chars();
    match letters.next() {
        Some('*') => letters.as_str().is_empty(),
        Some('T' | 'E' | 'R' | 'A' | 'M' | 'N' | '#') => {
            !letters.as_str().is_empty() && letters.as_str().bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

struct Reader {
    file: Rc<str>,
    spans: Vec<ForeignSpan>,
    /// Spans by their ids, and by those of the events that they trigger.
    by_id: HashMap<String, usize>,
    links: Vec<ForeignLink>,
    /// Spans that have a note, be it empty.
    noted: BTreeSet<usize>,
    problems: Troubles,
}

impl Reader {
    fn spot(&self, number: usize) -> Spot {
        Spot::line(&self.file, number)
    }

    fn trouble(&mut self, number: usize, what: impl Into<Rc<str>>, done: Done) {
        let spot = self.spot(number);
        self.problems.add(Trouble { spot, what: what.into(), done });
    }

    /// Links lead to spans; what was said of events was said before all of them were known.
    fn resolve(&mut self) {
        for link in std::mem::take(&mut self.links) {
            let End::Span(to) = &link.to else { continue };
            match self.by_id.get(&**to) {
                Some(at) => self.links.push(ForeignLink { to: End::Span(self.spans[*at].id.clone()), ..link }),
                None => {
                    let what = format!("there is no span or event {to}").into();
                    self.problems.add(Trouble { spot: link.spot, what, done: Done::Skipped });
                }
            }
        }
    }

    /// `T1<tab>Claim 20 22;28 31<tab>We win`
    fn span(&mut self, number: usize, line: &str) {
        let mut fields = line.splitn(3, '\t');
        let (id, place, words) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default(), fields.next());
        let read = place.split_once(' ').and_then(|(label, numbers)| Some((label, pieces(numbers)?)));
        let Some((label, mut pieces)) = read else {
            return self.trouble(number, format!("“{place}” is no label with stretches such as “Claim 20 31”"), Done::Skipped);
        };
        if self.by_id.contains_key(id) {
            return self.trouble(number, format!("{id} comes a second time"), Done::Skipped);
        }
        if let Some(words) = words {
            quote(&mut pieces, words);
        }
        self.by_id.insert(id.to_owned(), self.spans.len());
        let spot = self.spot(number);
        self.spans.push(ForeignSpan { spot, id: id.into(), label: label.into(), pieces, ..ForeignSpan::default() });
    }

    /// `E1<tab>Claim:T2 Speaker:T1 Supports:T4 Supports2:T5`
    fn event(&mut self, number: usize, line: &str) {
        let (id, rest) = line.split_once('\t').unwrap_or((line, ""));
        let mut arguments = rest.split_whitespace();
        let trigger = arguments.next().and_then(|trigger| self.by_id.get(trigger.split_once(':')?.1).copied());
        let Some(trigger) = trigger else {
            return self.trouble(number, "an event without its trigger", Done::Skipped);
        };
        self.by_id.insert(id.to_owned(), trigger);
        let from = self.spans[trigger].id.clone();
        let mut names: Vec<&str> = Vec::new();
        for argument in arguments {
            let Some((name, to)) = argument.split_once(':') else {
                self.trouble(number, format!("“{argument}” is no role such as “Speaker:T1”"), Done::Skipped);
                continue;
            };
            // A role that is filled twice is numbered the second time.
            let base = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
            let name = if names.contains(&base) { base } else { name };
            names.push(name);
            self.links.push(ForeignLink { spot: self.spot(number), label: name.into(), from: from.clone(), to: End::Span(to.into()) });
        }
    }

    fn other(&mut self, number: usize, line: &str) {
        let (id, rest) = line.split_once('\t').unwrap_or((line, ""));
        match id.chars().next() {
            Some('R') => self.relation(number, rest),
            Some('A' | 'M') => self.attribute(number, rest),
            Some('N') => self.reference(number, rest),
            Some('#') => self.note(number, rest),
            Some('*') => self.equal(number, rest),
            _ => self.trouble(number, format!("“{id}” begins no record"), Done::Skipped),
        }
    }

    /// `Supports Arg1:T1 Arg2:T2`
    fn relation(&mut self, number: usize, rest: &str) {
        let mut words = rest.split_whitespace();
        let label = words.next().unwrap_or_default();
        let mut ends = words.filter_map(|word| Some(word.split_once(':')?.1));
        let (Some(from), Some(to)) = (ends.next(), ends.next()) else {
            return self.trouble(number, "a relation without its two ends", Done::Skipped);
        };
        let Some(from) = self.by_id.get(from).map(|at| self.spans[*at].id.clone()) else {
            return self.trouble(number, format!("there is no {from}"), Done::Skipped);
        };
        self.links.push(ForeignLink { spot: self.spot(number), label: label.into(), from, to: End::Span(to.into()) });
    }

    /// `Polarity E2 against`; a flag has no value.
    fn attribute(&mut self, number: usize, rest: &str) {
        let mut words = rest.splitn(3, ' ');
        let (name, of, value) = (words.next().unwrap_or_default(), words.next().unwrap_or_default(), words.next().unwrap_or_default());
        match self.by_id.get(of) {
            Some(at) => self.spans[*at].attributes.push((name.into(), value.trim().into())),
            None => self.trouble(number, format!("there is no span or event {of}"), Done::Skipped),
        }
    }

    /// `Reference T1 Wikidata:Q42<tab>Douglas Adams`
    fn reference(&mut self, number: usize, rest: &str) {
        let (place, name) = rest.split_once('\t').unwrap_or((rest, ""));
        let mut words = place.split_whitespace().skip(1);
        let (of, item) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let Some(at) = self.by_id.get(of).copied() else {
            return self.trouble(number, format!("there is no span {of}"), Done::Skipped);
        };
        let (resource, item) = item.split_once(':').unwrap_or(("", item));
        let wikidata = resource.eq_ignore_ascii_case("wikidata").then(|| Rc::from(item));
        let name = if name.is_empty() { item } else { name };
        let id = resource.eq_ignore_ascii_case("entity").then(|| Rc::from(item));
        self.spans[at].entity = Some(ForeignEntity { name: name.into(), wikidata, id });
    }

    /// `AnnotatorNotes T1<tab>words`
    fn note(&mut self, number: usize, rest: &str) {
        let (place, words) = rest.split_once('\t').unwrap_or((rest, ""));
        let of = place.split_whitespace().nth(1).unwrap_or_default();
        match self.by_id.get(of).copied() {
            Some(at) => {
                let note = &mut self.spans[at].note;
                *note = if self.noted.insert(at) { words.into() } else { format!("{note}\n{words}").into() };
            }
            None => self.trouble(number, format!("a note on {of}, which is no span or event"), Done::Skipped),
        }
    }

    /// `Equiv T1 T2 T3`: they mean the same.
    fn equal(&mut self, number: usize, rest: &str) {
        let places: Vec<usize> = rest.split_whitespace().skip(1).filter_map(|id| self.by_id.get(id).copied()).collect();
        let words = |at: &usize| self.spans[*at].pieces.first().and_then(|piece| piece.quote.clone()).unwrap_or_default();
        let Some(name) = places.iter().map(words).max_by_key(|words| words.len()) else {
            return self.trouble(number, "an equivalence of nothing", Done::Skipped);
        };
        let known = places.iter().find_map(|at| self.spans[*at].entity.clone());
        let entity = known.unwrap_or(ForeignEntity { name, ..ForeignEntity::default() });
        for at in places {
            self.spans[at].entity.get_or_insert_with(|| entity.clone());
        }
    }
}

/// `20 22;28 31`
fn pieces(numbers: &str) -> Option<Vec<Piece>> {
    let piece = |pair: &str| {
        let (start, end) = pair.trim().split_once(' ')?;
        Some(Piece { start: start.parse().ok()?, end: end.trim().parse().ok()?, quote: None })
    };
    numbers.split(';').map(piece).collect()
}

/// Shares the words of a span, whose pieces are joined by a space, out among them; of what does not fit, one piece has it all and
/// several have none.
fn quote(pieces: &mut [Piece], words: &str) {
    if let [piece] = pieces {
        piece.quote = Some(words.into());
        return;
    }
    let lengths: Vec<usize> =
        pieces.iter().map(|piece| usize::try_from(piece.end.saturating_sub(piece.start)).unwrap_or(usize::MAX)).collect();
    let shares = [shares(words, &lengths, |_| 1), shares(words, &lengths, char::len_utf16), shares(words, &lengths, char::len_utf8)];
    if let Some(shares) = shares.into_iter().flatten().next() {
        for (piece, share) in pieces.iter_mut().zip(shares) {
            piece.quote = Some(share.into());
        }
    }
}

/// `words` cut into parts of these lengths, with a character between; `None` where they do not come out even.
fn shares(words: &str, lengths: &[usize], measure: impl Fn(char) -> usize) -> Option<Vec<String>> {
    let mut letters = words.chars();
    let mut shares = Vec::with_capacity(lengths.len());
    for (n, length) in lengths.iter().enumerate() {
        if n > 0 {
            letters.next()?;
        }
        let (mut share, mut size) = (String::new(), 0);
        while size < *length {
            let letter = letters.next()?;
            size += measure(letter);
            share.push(letter);
        }
        if size != *length {
            return None;
        }
        shares.push(share);
    }
    letters.next().is_none().then_some(shares)
}
