//! Random projects as annotators make them: everything fits the scheme.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use standpoint::edit::AnnotationStore;
use standpoint::format::plain;
use standpoint::model::*;
use standpoint::text::{Stretch, Text};

/// All scripts, gaps of all kinds, and what breaks counting: emoji, joined ones, combining marks, right to left, soft hyphens, NBSP.
pub const TEXTS: [&str; 8] = [
    "The minister said: “We will win” 🎉. Opponents called the plan reckless.",
    "TEHRAN- “Ğöğüs” 🙂🙂 he said;\u{a0}she did not.\n\nNo, 👩‍👩‍👧‍👦 never: na\u{ef}ve, nai\u{308}ve.\n",
    "قال الرئيس إن المحادثات فشلت.\u{2028}נכשלו היום\n\nThe \u{202b}شرق\u{202c} agreed.",
    "e\u{301}\u{ad}lan 𝒜𝒷 \\\"/\t x",
    "一つの文。二つ目の文。",
    "\n\nTitle only\n\n\nBy A. Person\n\nHe: no.  Two  spaces.\n",
    "a",
    "One sentence. Another one, \"quoted\", with 'more', <b>markup</b> & =1+1. T1\tfake line\nT2 fake too",
];
const NOTES: [&str; 6] =
    ["", "", "“quoted” – 🙂 \\ \" \n\ttab", "\nbegins with an empty line\n\nends so\n", "=SUM(A1)", "</script>, ; | \u{2028}"];
const WORDS: [&str; 5] = ["plain", "two words", "=1+1", "“Ğ”, 🙂; \"x\"", "a:b|c_d[2]*\\n"];

/// Choices drawn from a list of numbers; zeros when it is used up, so that shorter lists make smaller projects.
struct Draw {
    numbers: Vec<u32>,
    at: usize,
}

impl Draw {
    fn below(&mut self, limit: u32) -> u32 {
        self.at += 1;
        self.numbers.get(self.at - 1).map_or(0, |number| number % limit.max(1))
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u32) as usize].clone()
    }
}

/// What [`project`] makes a project of.
pub fn numbers() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(any::<u32>(), 0..400)
}

pub fn project(numbers: &[u32]) -> AnnotationStore {
    drawn(&mut Draw { numbers: numbers.to_vec(), at: 0 })
}

/// The default scheme, with a text and a number.
pub fn scheme() -> Scheme {
    let mut scheme = default_scheme();
    for (of, (name, kind)) in scheme.types.iter_mut().zip([("nickname", AttributeKind::Text), ("weight", AttributeKind::Number)]) {
        of.attributes.push(Attribute { id: id(AttributeId::new, name), name: name.into(), kind, required: false, description: "".into() });
    }
    for of in &mut scheme.types {
        of.entity = Tie::May;
    }
    scheme
}

fn drawn(draw: &mut Draw) -> AnnotationStore {
    let scheme = scheme();
    let mut contents: Vec<Content> = Vec::new();
    let ids = ["Q42", "e-somebody", "author"].map(|name| id(EntityId::new, name));
    contents.push(Content::Entity(Rc::new(Entity { wikidata: Some("Q42".into()), ..Entity::named(ids[0].clone(), "Douglas Adams") })));
    contents
        .push(Content::Entity(Rc::new(Entity { aliases: vec!["S.".into()], ..Entity::named(ids[1].clone(), "Somebody, \"so\" 🙂") })));
    let ana = id(AnnotatorId::new, "ana");
    let ben = id(AnnotatorId::new, "0193-ben");
    for (id, name) in [(&ana, ""), (&ben, "Ben Öz")] {
        contents.push(Content::Annotator(Rc::new(Annotator { id: id.clone(), name: name.into() })));
    }
    let mut texts = TEXTS.to_vec();
    for _ in 0..1 + draw.below(3) {
        let text = texts.swap_remove(draw.below(texts.len() as u32) as usize);
        let mut article = plain::article(text.to_owned(), Vec::new(), "a.txt");
        if draw.below(2) == 1 {
            article.metadata.publisher = Some("The \"Times\", daily".into());
            article.metadata.url = Some("https://example.org/ä?q=1#x".into());
        }
        let article_id = article.id.clone();
        contents.push(Content::Article(Rc::new(article)));
        for annotator in [&ana, &ben] {
            if draw.below(3) > 0 {
                layer(draw, &mut contents, &scheme, &article_id, annotator, text, &ids);
            }
        }
    }
    let records = contents.into_iter().map(|content| {
        let key = content.key();
        let time = Timestamp::unknown();
        let version = Version::new([(Replica::new("r").expect("an id"), 1)]).expect("a version");
        (key, Rc::new(Record::single(Versioned { content: Some(content), created: time.clone(), modified: time, version })))
    });
    AnnotationStore::empty(ProjectHeader::untitled(id(ProjectId::new, "p")), scheme).merge(records).0
}

fn layer(
    draw: &mut Draw,
    contents: &mut Vec<Content>,
    scheme: &Scheme,
    article: &ArticleId,
    annotator: &AnnotatorId,
    text: &str,
    entities: &[EntityId; 3],
) {
    let count = draw.below(7);
    let names: Vec<AnnotationId> = (0..count).map(|n| id(AnnotationId::new, &format!("n{n}"))).collect();
    let length = Text::new(text).len().get();
    for name in &names {
        let of = draw.of(&scheme.types);
        let fragments: Vec<Stretch> = (0..1 + draw.below(5) / 3 * (1 + draw.below(3)))
            .filter_map(|_| {
                let start = draw.below(length);
                Stretch::of(start, (start + 1 + draw.below(12)).min(length))
            })
            .collect();
        let Some(span) = Span::covering(fragments) else { continue };
        let mut roles: BTreeMap<RoleId, Vec<Filler>> = BTreeMap::new();
        for role in &of.roles {
            for _ in 0..draw.below(3) {
                let filler = match draw.below(4) {
                    0 if role.entities => Filler::Entity(draw.of(entities)),
                    _ => Filler::Annotation(draw.of(&names)),
                };
                let fillers = roles.entry(role.id.clone()).or_default();
                if filler != Filler::Annotation(name.clone()) && !fillers.contains(&filler) {
                    fillers.push(filler);
                }
            }
        }
        roles.retain(|_, fillers| !fillers.is_empty());
        let mut attributes = BTreeMap::new();
        for attribute in &of.attributes {
            let value = match &attribute.kind {
                _ if draw.below(3) == 0 => continue,
                AttributeKind::Choice(options) => AttributeValue::Text(draw.of(options).id.as_str().into()),
                AttributeKind::Text => AttributeValue::Text(draw.of(&WORDS).into()),
                AttributeKind::Number => {
                    AttributeValue::Number(draw.of(&[0.into(), (-7).into(), serde_json::Number::from_f64(2.5).expect("finite")]))
                }
            };
            attributes.insert(attribute.id.clone(), value);
        }
        contents.push(
            Annotation {
                id: name.clone(),
                article: article.clone(),
                annotator: annotator.clone(),
                type_id: of.id.clone(),
                anchor: Anchor::Placed(span),
                attributes,
                roles,
                entity: if draw.below(3) == 0 { Some(draw.of(&entities[..2])) } else { None },
                note: draw.of(&NOTES).into(),
                origin: Origin::manual(),
            }
            .into(),
        );
    }
}

pub fn id<T>(parse: fn(&str) -> Option<T>, text: &str) -> T {
    parse(text).expect("an id")
}
