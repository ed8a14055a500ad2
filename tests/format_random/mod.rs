//! Random projects with everything that a project can hold.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use standpoint::edit::{AnnotationStore, merge_records};
use standpoint::model::*;
use standpoint::text::{Change, ChangeKind, Stretch, Text, Zone, ZoneKind, sha256_hex};

const TEXTS: [&str; 4] = [
    "Raisi said the talks failed.",
    "TEHRAN- “Ğöğüs” 🙂🙂 he said;\u{a0} she did not\n\nNo.",
    "قال الرئيس إن المحادثات فشلت.\u{2028}נכשלו",
    "e\u{301}\u{0}\\\"/\t x",
];
const NOTES: [&str; 5] = ["", "“quoted” – 🙂 \\ \" \n\r\t", "\u{7f}\u{80}\u{2028}\u{feff}", "=SUM(A1)", "</script>"];

/// Choices drawn from a list of numbers; zeros when it is used up, so that shorter lists make smaller projects.
pub struct Draw {
    numbers: Vec<u32>,
    at: usize,
}

impl Draw {
    pub fn new(numbers: Vec<u32>) -> Self {
        Self { numbers, at: 0 }
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.at += 1;
        self.numbers.get(self.at - 1).map_or(0, |number| number % limit.max(1))
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u32) as usize].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.yes().then(|| make(self))
    }

    fn list<T>(&mut self, most: u32, mut make: impl FnMut(&mut Self, u32) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|index| make(self, index)).collect()
    }

    fn string(&mut self) -> Rc<str> {
        self.of(&NOTES).into()
    }
}

/// A project; most have conflicts and tombstones.
pub fn stores() -> impl Strategy<Value = AnnotationStore> {
    prop::collection::vec(any::<u32>(), 0..600).prop_map(|numbers| store(&mut Draw::new(numbers)))
}

fn store(draw: &mut Draw) -> AnnotationStore {
    let base = AnnotationStore::empty(header(draw), scheme(draw));
    let mut records: BTreeMap<RecordKey, Record> = BTreeMap::new();
    let texts: Vec<(ArticleId, &str)> = draw.list(4, |draw, index| (id(ArticleId::new, &format!("a-{index}")), draw.of(&TEXTS)));
    for (article, text) in &texts {
        put(draw, &mut records, RecordKey::Article(article.clone()), |draw| Content::Article(Rc::new(self::article(draw, article, text))));
    }
    if draw.yes() {
        put(draw, &mut records, RecordKey::Project, |draw| Content::Project(Rc::new(header(draw))));
    }
    if draw.yes() {
        put(draw, &mut records, RecordKey::Scheme, |draw| Content::Scheme(Rc::new(scheme(draw))));
    }
    for name in ["raisi", "author", "gone"] {
        if draw.yes() {
            let entity_id = id(EntityId::new, name);
            put(draw, &mut records, RecordKey::Entity(entity_id.clone()), |draw| Content::Entity(Rc::new(entity(draw, &entity_id))));
        }
    }
    for name in ["ana", "ben"] {
        let annotator = id(AnnotatorId::new, name);
        if draw.yes() {
            put(draw, &mut records, RecordKey::Annotator(annotator.clone()), |draw| {
                Content::Annotator(Rc::new(Annotator { id: annotator.clone(), name: draw.string() }))
            });
        }
        for (article, text) in &texts {
            layer(draw, &mut records, article, &annotator, text);
        }
    }
    let records = records.into_iter().map(|(key, record)| (key, Rc::new(record)));
    let (store, _) = base.merge(records);
    let mut order = store.article_ids().to_vec();
    if draw.yes() {
        order.reverse();
    }
    store.with_order(&order)
}

fn layer(draw: &mut Draw, records: &mut BTreeMap<RecordKey, Record>, article: &ArticleId, annotator: &AnnotatorId, text: &str) {
    for index in 0..draw.below(5) {
        let annotation_id = id(AnnotationId::new, &format!("n{index}"));
        let key = RecordKey::Annotation(article.clone(), annotator.clone(), annotation_id.clone());
        put(draw, records, key, |draw| annotation(draw, &annotation_id, article, annotator, text).into());
    }
    let (article, annotator) = (article.clone(), annotator.clone());
    if draw.yes() {
        put(draw, records, RecordKey::Progress(article.clone(), annotator.clone()), |draw| {
            let status = draw.of(&[Status::New, Status::InProgress, Status::Done]);
            Content::Progress(Rc::new(Progress { article: article.clone(), annotator: annotator.clone(), status }))
        });
    }
    if draw.yes() {
        put(draw, records, RecordKey::Assignment(article.clone(), annotator.clone()), |draw| {
            Content::Assignment(Rc::new(Assignment {
                article: article.clone(),
                annotator: annotator.clone(),
                place: draw.of(&[None, Some(0), Some(7)]),
            }))
        });
    }
}

/// One to three versions of a record, some of them deletions.
fn put(draw: &mut Draw, records: &mut BTreeMap<RecordKey, Record>, key: RecordKey, mut content: impl FnMut(&mut Draw) -> Content) {
    for _ in 0..1 + draw.below(3) {
        let content = if draw.below(5) == 4 { None } else { Some(content(draw)) };
        let mut version: Vec<(Replica, u64)> =
            ["7f3a", "i-00ff", "b"].into_iter().filter_map(|name| Some((Replica::new(name)?, u64::from(draw.below(3))))).collect();
        version.retain(|entry| entry.1 > 0);
        if version.is_empty() {
            version.push((Replica::new("first").expect("an id"), 1 + u64::from(draw.below(2)) * u64::from(u32::MAX) * 1000));
        }
        let times = ["1970-01-01T00:00:00.000Z", "2026-01-31T12:04:31.007Z", "0001-02-28T23:59:59.999Z"];
        let one = Record::single(Versioned {
            content,
            created: Timestamp::parse(draw.of(&times)).expect("a time"),
            modified: Timestamp::parse(draw.of(&times)).expect("a time"),
            version: Version::new(version).expect("a version"),
        });
        let merged = records.get(&key).map_or_else(|| one.clone(), |record| merge_records(record, &one));
        records.insert(key.clone(), merged);
    }
}

fn header(draw: &mut Draw) -> ProjectHeader {
    ProjectHeader {
        id: id(ProjectId::new, draw.of(&["p-1", "seeds"])),
        title: draw.string(),
        description: draw.string(),
        guidelines: draw.string(),
        others: draw.of(&[Others::Shown, Others::Hidden]),
    }
}

fn scheme(draw: &mut Draw) -> Scheme {
    let mut scheme = default_scheme();
    scheme.name = draw.string();
    if draw.yes() {
        scheme.types.truncate(draw.below(5) as usize);
    }
    for of in &mut scheme.types {
        of.key = draw.maybe(|draw| draw.of(&['s', 'ß', '🙂', '"']));
        of.entity = draw.of(&[Tie::Never, Tie::May, Tie::Must]);
        of.color = draw.of(&COLORS);
        of.description = draw.string();
        if draw.yes() {
            of.means = None;
            let kind = draw.of(&[AttributeKind::Text, AttributeKind::Number, AttributeKind::Choice(Vec::new())]);
            let (name, description) = (draw.string(), draw.string());
            of.attributes.push(Attribute { id: id(AttributeId::new, "weight"), name, kind, required: draw.yes(), description });
        }
        for role in &mut of.roles {
            role.description = draw.string();
        }
        for attribute in &mut of.attributes {
            if let AttributeKind::Choice(options) = &mut attribute.kind {
                options.iter_mut().for_each(|option| option.description = draw.string());
            }
        }
    }
    scheme
}

fn entity(draw: &mut Draw, entity_id: &EntityId) -> Entity {
    Entity {
        kind: draw.of(&[EntityKind::Person, EntityKind::Group, EntityKind::Place, EntityKind::Other]),
        aliases: draw.list(3, |draw, _| draw.string()),
        description: draw.string(),
        wikidata: draw.maybe(|_| "Q42".into()),
        into: draw.maybe(|_| id(EntityId::new, "other")),
        ..Entity::named(entity_id.clone(), &draw.string())
    }
}

fn article(draw: &mut Draw, article: &ArticleId, text: &str) -> Article {
    let text = Text::new(text);
    let zones = [(ZoneKind::Title, 0, 3), (ZoneKind::Noise, 3, 4), (ZoneKind::Dateline, 6, 8)].into_iter().filter(|_| draw.yes());
    let zones = zones
        .filter_map(|(kind, start, end)| Some(Zone { kind, stretch: Stretch::of(start, end)? }))
        .filter(|zone| zone.stretch.end() <= text.len());
    Article {
        id: article.clone(),
        zones: zones.collect(),
        title: draw.string(),
        sha256: sha256_hex(text.as_str()).into(),
        text,
        language: draw.of(&["", "en", "ar"]).into(),
        direction: draw.of(&[Direction::Auto, Direction::LeftToRight, Direction::RightToLeft]),
        metadata: Metadata {
            publisher: draw.maybe(Draw::string),
            author: draw.maybe(Draw::string),
            url: draw.maybe(|draw| draw.of(&["https://example.org/ä?q=1#x", "HTTP://example.org"]).into()),
            published: draw.maybe(|_| "2023-06-22T20:34:00".into()),
            license: draw.maybe(Draw::string),
            credit: draw.maybe(Draw::string),
            extra: draw.list(3, |draw, index| (format!("ключ {index}").into(), draw.string())).into_iter().collect(),
        },
        normalization: draw.list(2, |draw, _| Change {
            kind: draw.of(&[ChangeKind::Bom, ChangeKind::Crlf, ChangeKind::Cr, ChangeKind::Encoding("windows-1252".to_owned())]),
            count: draw.below(9),
        }),
    }
}

fn annotation(draw: &mut Draw, annotation_id: &AnnotationId, article: &ArticleId, annotator: &AnnotatorId, text: &str) -> Annotation {
    let length = text.chars().count() as u32;
    let stretches: Vec<Stretch> = (0..=draw.below(3))
        .filter_map(|_| {
            let start = draw.below(length);
            Stretch::of(start, (start + 1 + draw.below(6)).min(length))
        })
        .collect();
    let orphan = |draw: &mut Draw| {
        let fragments = draw.list(3, |draw, _| LostFragment { start: draw.below(u32::MAX), end: draw.below(9), text: draw.string() });
        Anchor::Orphan(Orphan { fragments, prefix: draw.string(), suffix: draw.string() })
    };
    let anchor = if draw.below(4) == 3 { orphan(draw) } else { Span::covering(stretches).map_or_else(|| orphan(draw), Anchor::Placed) };
    let numbers = [
        0.into(),
        u64::MAX.into(),
        (-7).into(),
        serde_json::Number::from_f64(0.1 + 0.2).expect("finite"),
        serde_json::Number::from_f64(1e300).expect("finite"),
    ];
    let fillers = |draw: &mut Draw| {
        let entities = ["author", "raisi", "nobody"].map(|name| Filler::Entity(id(EntityId::new, name)));
        let annotations = ["n0", "n1", "n9"].map(|name| Filler::Annotation(id(AnnotationId::new, name)));
        let mut fillers: Vec<Filler> = entities.into_iter().chain(annotations).filter(|_| draw.yes()).collect();
        fillers.retain(|filler| *filler != Filler::Annotation(annotation_id.clone()));
        fillers
    };
    let mut roles: BTreeMap<RoleId, Vec<Filler>> =
        ["speaker", "holder", "strange"].into_iter().map(|name| (id(RoleId::new, name), fillers(draw))).collect();
    roles.retain(|_, fillers| !fillers.is_empty());
    let attributes = ["polarity", "weight", "strange"].into_iter().filter_map(|name| {
        let value = match draw.below(3) {
            0 => return None,
            1 => AttributeValue::Text(draw.of(&["against", "direct", "“eigen”"]).into()),
            _ => AttributeValue::Number(draw.of(&numbers)),
        };
        Some((id(AttributeId::new, name), value))
    });
    Annotation {
        id: annotation_id.clone(),
        article: article.clone(),
        annotator: annotator.clone(),
        attributes: attributes.collect(),
        type_id: id(TypeId::new, draw.of(&["speaker", "cue", "claim", "stance", "unheard-of"])),
        anchor,
        roles,
        entity: draw.maybe(|_| id(EntityId::new, "raisi")),
        note: draw.string(),
        origin: Origin {
            kind: draw.of(&[
                OriginKind::Manual,
                OriginKind::Imported,
                OriginKind::Suggested,
                OriginKind::Propagated,
                OriginKind::Transferred,
            ]),
            format: draw.maybe(Draw::string),
            rule: draw.maybe(Draw::string),
            confidence: draw.maybe(|draw| draw.below(101) as u8),
        },
    }
}

pub fn id<T>(parse: fn(&str) -> Option<T>, text: &str) -> T {
    parse(text).expect("an id")
}
