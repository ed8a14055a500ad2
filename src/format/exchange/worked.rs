//! The worked sentence that the formats’ tests share, as a project and as each format has it.

use super::*;
use crate::edit::AnnotationStore;
use crate::format::formats::{Format, Settings};
use crate::model::*;

/// 71 code points, 72 UTF-16 code units, 78 bytes.
pub const TEXT: &str = "The minister said: “We will win” 🎉. Opponents called the plan reckless.";

/// s1 speaker 0–12, u1 cue 13–17, c1 claim 20–31 by s1, s2 speaker 36–45 who is somebody, t1 stance 46–70 of s2 against c1.
pub fn foreign() -> Foreign {
    let span = |id: &str, label: &str, start: u64, end: u64| ForeignSpan {
        id: id.into(),
        label: label.into(),
        pieces: vec![Piece { start, end, quote: None }],
        ..ForeignSpan::default()
    };
    let link = |from: &str, label: &str, to: &str| ForeignLink {
        spot: Spot::default(),
        label: label.into(),
        from: from.into(),
        to: End::Span(to.into()),
    };
    let somebody = ForeignEntity { name: "The opposition".into(), wikidata: Some("Q192852".into()), id: None };
    let stance = ForeignSpan {
        attributes: vec![("polarity".into(), "against".into()), ("intensity".into(), "average".into())],
        note: "target is the claim, not the plan".into(),
        ..span("t1", "stance", 46, 70)
    };
    Foreign {
        texts: vec![ForeignText {
            text: TEXT.into(),
            spans: vec![
                span("s1", "speaker", 0, 12),
                span("u1", "cue", 13, 17),
                span("c1", "claim", 20, 31),
                ForeignSpan { entity: Some(somebody), ..span("s2", "speaker", 36, 45) },
                stance,
            ],
            links: vec![link("c1", "speaker", "s1"), link("c1", "cue", "u1"), link("t1", "holder", "s2"), link("t1", "target", "c1")],
            ..ForeignText::default()
        }],
        ..Foreign::default()
    }
}

/// What is read, in the default scheme, with all troubles as texts.
pub fn store(foreign: Foreign) -> (AnnotationStore, Vec<String>) {
    let mapping = Mapping::proposed(&foreign.all_labels(), Some(&default_scheme()));
    let frame = Frame::new(ProjectId::new("p").expect("an id"), AnnotatorId::new("ana").expect("an id"), "test");
    let brought = bring(foreign, &mapping, &frame);
    (brought.store, brought.troubles.iter().map(ToString::to_string).collect())
}

/// The worked sentence as a format writes it.
pub fn out(format: Format) -> Out {
    let (store, troubles) = store(foreign());
    assert_eq!(troubles, Vec::<String>::new());
    format.write(&Sheets::new(&store, &Pick::default()), Settings::default())
}

/// What is read out of files, as one line a span: its label, places, words, attributes, entity and links.
pub fn told(foreign: Foreign) -> (Vec<String>, Vec<String>) {
    let (store, troubles) = store(foreign);
    let pick = Pick::default();
    let mut told = Vec::new();
    for sheet in Sheets::new(&store, &pick).iter() {
        for mark in &sheet.marks {
            let places: Vec<String> = mark.span.fragments().iter().map(ToString::to_string).collect();
            let mut line = format!("{} {} {}", mark.of.id, places.join(" "), mark.span.quote(&sheet.article.text));
            for (attribute, value) in &mark.attributes {
                line += &format!(", {} {value}", attribute.id);
            }
            if let Some(entity) = &mark.entity {
                line += &format!(", is {} {}", entity.name, entity.wikidata.as_deref().unwrap_or("-"));
            }
            for (role, target) in &mark.roles {
                let filler = match target {
                    Target::Mark(n) => sheet.marks[*n].span.quote(&sheet.article.text),
                    Target::Entity(entity) => format!("{} {}", entity.name, entity.wikidata.as_deref().unwrap_or("-")),
                };
                line += &format!(", {}: {filler}", role.id);
            }
            if !mark.annotation.note.is_empty() {
                line += &format!(", note {:?}", mark.annotation.note);
            }
            told.push(line);
        }
    }
    (told, troubles)
}
