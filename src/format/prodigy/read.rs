//! From lines to what they say.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::format::exchange::{
    Array, Done, End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText, Maybe, Piece, Source, Spot, Unit, lines,
};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Line {
    text: Option<Rc<str>>,
    tokens: Array<Token>,
    spans: Array<Span>,
    relations: Array<Relation>,
    /// As spaCy's own training data has them.
    entities: Array<(u64, u64, Rc<str>)>,
    answer: Maybe<Option<Rc<str>>>,
    #[serde(rename = "_annotator_id")]
    annotator: Maybe<Option<Rc<str>>>,
    #[serde(rename = "_session_id")]
    session: Maybe<Option<Rc<str>>>,
    meta: Maybe<Meta>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Meta {
    article: Maybe<Rc<str>>,
    title: Maybe<Rc<str>>,
    language: Maybe<Rc<str>>,
}

#[derive(Deserialize)]
struct Token {
    text: Rc<str>,
    start: u64,
    end: u64,
    #[serde(default)]
    ws: bool,
}

#[derive(Deserialize)]
struct Span {
    id: Option<Rc<str>>,
    start: u64,
    end: u64,
    label: Rc<str>,
    #[serde(default)]
    attributes: Maybe<BTreeMap<Rc<str>, Box<RawValue>>>,
    #[serde(default)]
    entity: Maybe<Option<Entity>>,
    #[serde(default)]
    note: Maybe<Rc<str>>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Entity {
    id: Option<Rc<str>>,
    name: Rc<str>,
    wikidata: Option<Rc<str>>,
}

#[derive(Deserialize)]
struct Relation {
    head_span: Span,
    child_span: Span,
    label: Rc<str>,
}

/// Offsets count code points; the tokens show it where they count something else.
pub fn read(files: &[Source]) -> Foreign {
    let mut foreign = Foreign::default();
    for file in files {
        for (spot, line) in lines::<Line>(file, "a line of Prodigy") {
            let Some(mut line) = foreign.known(&spot, line) else { continue };
            let Some(text) = line.text.take() else {
                foreign.trouble(spot, "a line without a text", Done::Skipped);
                continue;
            };
            let answer = std::mem::take(&mut line.answer).get().flatten();
            let mut read = ForeignText { text, unit: Unit::CodePoints, spot: spot.clone(), ..ForeignText::default() };
            if let Some(answer) = answer.filter(|answer| matches!(&**answer, "reject" | "ignore")) {
                foreign.trouble(spot, format!("its spans: the answer was “{answer}”"), Done::Skipped);
            } else {
                fill(&mut read, line, &spot, &mut foreign);
            }
            foreign.texts.push(read);
        }
    }
    foreign
}

fn fill(text: &mut ForeignText, line: Line, spot: &Spot, foreign: &mut Foreign) {
    let meta = line.meta.get().unwrap_or_default();
    text.id = meta.article.get().unwrap_or_default();
    (text.title, text.language) = (meta.title.get().unwrap_or_default(), meta.language.get().unwrap_or_default());
    let annotator = line.annotator.get().flatten().or_else(|| line.session.get().flatten());
    let tokens: Vec<Token> = line.tokens.read(&spot.field("tokens"), "a token", foreign).into_iter().map(|(_, token)| token).collect();
    // Relations repeat their spans; those without an id are found by place and label.
    let key = |span: &Span| (span.start, span.end, span.label.clone());
    let mut by_key: BTreeMap<(u64, u64, Rc<str>), Rc<str>> = BTreeMap::new();
    for (n, (spot, span)) in line.spans.items(&spot.field("spans"), "a span with start, end and label").enumerate() {
        let Some(span) = foreign.known(&spot, span) else { continue };
        let id = span.id.clone().unwrap_or_else(|| format!("#{n}").into());
        by_key.entry(key(&span)).or_insert_with(|| id.clone());
        let value = |value: Box<RawValue>| match value.get() {
            "null" => None,
            other => Some(serde_json::from_str(other).unwrap_or_else(|_| other.into())),
        };
        text.spans.push(ForeignSpan {
            spot,
            id,
            label: span.label,
            pieces: vec![Piece { start: span.start, end: span.end, quote: words(&tokens, span.start, span.end) }],
            attributes: span
                .attributes
                .get()
                .unwrap_or_default()
                .into_iter()
                .filter_map(|(name, said)| Some((name, value(said)?)))
                .collect(),
            note: span.note.get().unwrap_or_default(),
            entity: span.entity.get().flatten().map(|entity| ForeignEntity { name: entity.name, wikidata: entity.wikidata, id: entity.id }),
            annotator: annotator.clone(),
        });
    }
    for (n, (spot, item)) in line.entities.items(&spot.field("entities"), "a start, an end and a label").enumerate() {
        let Some((start, end, label)) = foreign.known(&spot, item) else { continue };
        let pieces = vec![Piece { start, end, quote: None }];
        text.spans.push(ForeignSpan {
            spot,
            id: format!("entity {n}").into(),
            label,
            pieces,
            annotator: annotator.clone(),
            ..ForeignSpan::default()
        });
    }
    for (spot, relation) in line.relations.items(&spot.field("relations"), "a relation with head_span, child_span and label") {
        let Some(relation) = foreign.known(&spot, relation) else { continue };
        let end = |span: &Span| span.id.clone().or_else(|| by_key.get(&key(span)).cloned());
        match end(&relation.head_span).zip(end(&relation.child_span)) {
            Some((from, to)) => text.links.push(ForeignLink { spot, label: relation.label, from, to: End::Span(to) }),
            None => foreign.trouble(spot, "it relates spans that are not there", Done::Skipped),
        }
    }
}

/// As many bytes of words show what offsets count; many long spans of one text must not have a copy of it each.
const MOST_WORDS: usize = 240;

/// The words of the tokens from `start` to `end`; `None` where these are no tokens' edges, or more than [`MOST_WORDS`].
fn words(tokens: &[Token], start: u64, end: u64) -> Option<Rc<str>> {
    let first = tokens.partition_point(|token| token.start < start);
    let covered = tokens.get(first..)?.iter().take_while(|token| token.end <= end);
    let mut words = String::new();
    let mut is_spaced = false;
    for token in covered {
        if is_spaced {
            words.push(' ');
        }
        words.push_str(&token.text);
        if words.len() > MOST_WORDS {
            return None;
        }
        is_spaced = token.ws;
        if token.end == end {
            let begins = tokens.get(first).is_some_and(|token| token.start == start);
            return begins.then(|| words.into());
        }
    }
    None
}
