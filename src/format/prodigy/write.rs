//! From a project to lines: one for each article and annotator.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use crate::format::exchange::{CONTINUES, Covered, Loss, Mark, Out, Part, Sheet, Target, Tokens, Writer};
use crate::model::Article;
use crate::text::{Offset, Stretch};

/// Writes one file. Spans are widened to the edges of tokens, since spaCy refuses others; how many is counted.
pub struct Prodigy;

impl Writer for Prodigy {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        sheet.lose(&[Loss::EntityDetails, Loss::EntityFiller, Loss::Metadata, Loss::Origin, Loss::Zone], out);
        let (tokens, listed) = tokens(sheet.article);
        let parts: Vec<(Part, Covered)> = sheet.parts().into_iter().map(|part| (part.clone(), covered(&tokens, part.stretch))).collect();
        let widened = parts.iter().filter(|(_, covered)| !covered.is_exact);
        out.lose_many(Loss::InsideToken, widened.count());
        let mut annotators: Vec<&Rc<str>> = sheet.marks.iter().map(|mark| &mark.annotator).collect();
        annotators.sort_unstable();
        annotators.dedup();
        let all: Vec<Option<&Rc<str>>> = if annotators.is_empty() { vec![None] } else { annotators.into_iter().map(Some).collect() };
        for annotator in all {
            let line = line(sheet, &tokens, &listed, &parts, annotator);
            out.add("prodigy.jsonl", &format!("{line}\n"));
        }
    }
}

/// All of the text in tokens, white space too but for single spaces, which are said of the token before: so spaCy has the same text.
fn tokens(article: &Article) -> (Tokens, Value) {
    let text = &article.text;
    let words = Tokens::of(article).tokens;
    let mut all: Vec<Stretch> = Vec::new();
    let mut spaced: Vec<bool> = Vec::new();
    let mut at = Offset::ZERO;
    let ends = words.iter().copied().map(Some).chain([None]);
    for word in ends {
        let until = word.map_or(text.len(), Stretch::start);
        let mut from = at;
        if let (Some(last), Some(' ')) = (spaced.last_mut(), text.char_at(at).filter(|_| at < until)) {
            *last = true;
            from = at + 1;
        }
        if let Some(gap) = Stretch::new(from, until) {
            all.push(gap);
            spaced.push(false);
        }
        if let Some(word) = word {
            all.push(word);
            spaced.push(false);
            at = word.end();
        }
    }
    let listed = all.iter().zip(&spaced).enumerate().map(|(id, (token, ws))| {
        json!({ "text": text.slice(*token).unwrap_or_default(), "start": token.start().get(), "end": token.end().get(), "id": id, "ws": ws })
    });
    let listed = listed.collect();
    (Tokens { tokens: all, sentences: Vec::new() }, listed)
}

/// The tokens that a stretch touches; of a single space, which is none, the token before it.
fn covered(tokens: &Tokens, stretch: Stretch) -> Covered {
    tokens.covered(stretch).unwrap_or_else(|| {
        let before = tokens.tokens.partition_point(|token| token.start() < stretch.start()).saturating_sub(1);
        Covered { first: before, last: before, is_exact: false }
    })
}

fn line(sheet: &Sheet<'_>, tokens: &Tokens, listed: &Value, parts: &[(Part, Covered)], annotator: Option<&Rc<str>>) -> Value {
    let mine = |mark: &Mark<'_>| annotator.is_none_or(|annotator| mark.annotator == *annotator);
    let place = |part: &Part, covered: Covered| place(part, covered, tokens, sheet.marks[part.mark].of.id.as_str());
    let first = |n: usize| parts.iter().find(|(part, _)| part.mark == n);
    let (mut spans, mut relations) = (Vec::new(), Vec::new());
    for (part, covered) in parts.iter().filter(|(part, _)| mine(&sheet.marks[part.mark])) {
        let mark = &sheet.marks[part.mark];
        let mut span = place(part, *covered);
        let tie = |from: &(Part, Covered), to: &(Part, Covered), label: &str| {
            let (head, child) = (place(&from.0, from.1), place(&to.0, to.1));
            json!({ "head": head["token_end"], "child": child["token_end"], "head_span": head, "child_span": child, "label": label })
        };
        let whole = first(part.mark);
        if part.is_first {
            describe(&mut span, mark);
            for (role, target) in &mark.roles {
                if let (Target::Mark(n), Some(from)) = (target, whole) {
                    relations.extend(first(*n).map(|to| tie(from, to, role.id.as_str())));
                }
            }
        } else if let Some(from) = whole {
            relations.push(tie(from, &(part.clone(), *covered), CONTINUES));
        }
        spans.push(Value::Object(span));
    }
    let article = sheet.article;
    let meta = json!({ "article": article.id.as_str(), "title": article.title, "language": article.language });
    let mut line = json!({ "text": article.text.as_str(), "tokens": listed, "spans": spans, "relations": relations, "answer": "accept", "meta": meta });
    if let Some(annotator) = annotator {
        line["_annotator_id"] = json!(annotator);
    }
    line
}

fn place(part: &Part, covered: Covered, tokens: &Tokens, label: &str) -> Map<String, Value> {
    let (start, end) = (tokens.tokens[covered.first].start(), tokens.tokens[covered.last].end());
    let mut span = Map::new();
    span.insert("token_start".to_owned(), covered.first.into());
    span.insert("token_end".to_owned(), covered.last.into());
    span.insert("id".to_owned(), part.id.as_ref().into());
    span.insert("start".to_owned(), start.get().into());
    span.insert("end".to_owned(), end.get().into());
    span.insert("label".to_owned(), label.into());
    span
}

/// What Prodigy has no place for and keeps: further fields of a span.
fn describe(span: &mut Map<String, Value>, mark: &Mark<'_>) {
    if !mark.attributes.is_empty() {
        let attributes = mark.attributes.iter().map(|(attribute, value)| (attribute.id.to_string(), json!(value)));
        span.insert("attributes".to_owned(), Value::Object(attributes.collect()));
    }
    if let Some(entity) = &mark.entity {
        span.insert("entity".to_owned(), json!({ "id": entity.id.as_str(), "name": entity.name, "wikidata": entity.wikidata }));
    }
    if !mark.annotation.note.is_empty() {
        span.insert("note".to_owned(), json!(mark.annotation.note));
    }
}
