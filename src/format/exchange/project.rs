//! From what foreign files say to a project.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use super::anchoring::anchor;
use super::foreign::{End, Foreign, ForeignEntity, ForeignLink, ForeignSpan, ForeignText};
use super::frame::{Frame, Versions, Whose};
use super::mapping::{As, Mapping, option_for};
use super::trouble::{Done, Spot, Trouble, Troubles};
use crate::edit::AnnotationStore;
use crate::format::links::{WEB, is_address};
use crate::format::native::stamp::Stamps;
use crate::format::native::{Place, Report};
use crate::format::plain;
use crate::model::*;
use crate::text::{OffsetMap, Stretch, Text, normalize_line_endings, sha256_hex};

/// What became of the files.
pub struct Brought {
    pub store: AnnotationStore,
    /// What the texts are, each once, in the files' order; those that the project has already are not in `store`.
    pub articles: Vec<ArticleId>,
    /// In the files' order.
    pub troubles: Vec<Trouble>,
}

impl Brought {
    /// The whole as a project of its own, whose header and scheme are records as all else is.
    pub fn project(&self) -> AnnotationStore {
        let own = [Content::Project(self.store.header().clone()), Content::Scheme(self.store.scheme().clone())];
        let records = own.map(|content| {
            let key = content.key();
            let versioned = Stamps::default().put_on(content, Place::root("record"), &mut Report::of_own());
            (key, Rc::new(Record::single(versioned)))
        });
        self.store.merge(records).0
    }
}

/// Brings in everything that the mapping has a place for; what it has none for is reported, and nothing disappears in silence.
pub fn bring(foreign: Foreign, mapping: &Mapping, frame: &Frame<'_>) -> Brought {
    let mut bringing = Bringing::new(mapping, frame);
    for text in foreign.texts {
        bringing.text(text);
    }
    bringing.finish(foreign.problems)
}

/// The same text by text, so that a page can do something else between them.
pub struct Bringing<'a>(Building<'a>);

impl<'a> Bringing<'a> {
    pub fn new(mapping: &'a Mapping, frame: &'a Frame<'a>) -> Self {
        Self(Building {
            mapping,
            frame,
            records: Vec::new(),
            troubles: Troubles::default(),
            entities: HashMap::new(),
            annotators: HashMap::new(),
            said: HashSet::new(),
            articles: Vec::new(),
            seen: HashSet::new(),
            last: None,
            alike: Version::new([(Replica::new("read").expect("invariant: letters make an id"), 1)]).expect("invariant: one entry"),
            by_text: frame.known.iter().flat_map(|known| known.articles()).map(|of| (of.sha256.clone(), of.id.clone())).collect(),
        })
    }

    pub fn text(&mut self, text: ForeignText) {
        self.0.text(text);
    }

    /// `problems` are the reader's, which come first.
    pub fn finish(self, problems: Troubles) -> Brought {
        let Building { records, troubles, articles, mapping, frame, .. } = self.0;
        let mut all = problems;
        all.append(troubles);
        let (store, _) = AnnotationStore::empty(frame.header.clone(), mapping.scheme.clone()).merge(records);
        Brought { store: store.with_order(&articles), articles, troubles: all.into_vec() }
    }
}

struct Building<'a> {
    mapping: &'a Mapping,
    frame: &'a Frame<'a>,
    records: Vec<(RecordKey, Rc<Record>)>,
    troubles: Troubles,
    entities: HashMap<ForeignEntity, EntityId>,
    annotators: HashMap<Rc<str>, AnnotatorId>,
    /// What was added, but for annotations.
    said: HashSet<RecordKey>,
    /// In the order of the files, each once.
    articles: Vec<ArticleId>,
    seen: HashSet<ArticleId>,
    /// The text before, which may come once more with what another made of it, and what became of it.
    last: Option<(Rc<str>, Option<Rc<Taken>>)>,
    /// For [`Versions::Alike`].
    alike: Version,
    /// The articles of the project and of the files, by the SHA-256 of their texts.
    by_text: HashMap<Rc<str>, ArticleId>,
}

/// A text that became an article.
struct Taken {
    /// As the file has it.
    raw: Text,
    id: ArticleId,
    text: Text,
    map: OffsetMap,
}

impl Building<'_> {
    fn add(&mut self, content: Content) {
        let key = content.key();
        // An annotation that the project has already, as a file of its own export says it, is not made anew either.
        let is_known = self.frame.known.is_some_and(|known| known.live(&key).is_some());
        let is_shared = !matches!(key, RecordKey::Annotation(..));
        if is_known || (is_shared && !self.said.insert(key.clone())) {
            return;
        }
        let versioned = match self.frame.versions {
            Versions::OfContent => Stamps::default().put_on(content, Place::root("record"), &mut Report::of_own()),
            Versions::Alike => {
                let (version, time) = (self.alike.clone(), Timestamp::unknown());
                Versioned { content: Some(content), created: time.clone(), modified: time, version }
            }
        };
        self.records.push((key, Rc::new(Record::single(versioned))));
    }

    fn trouble(&mut self, spot: &Spot, what: String, done: Done) {
        self.troubles.add(Trouble { spot: spot.clone(), what: what.into(), done });
    }

    fn text(&mut self, mut of: ForeignText) {
        of.join_parts();
        let last = self.last.take().filter(|(stated, _)| Rc::ptr_eq(stated, &of.text));
        let taken = last.map_or_else(|| self.taken(&of), |(_, taken)| taken);
        self.last = Some((of.text.clone(), taken.clone()));
        let Some(taken) = taken else {
            let spans = of.spans.len();
            return self.trouble(&of.spot, format!("the text is empty; {spans} annotations go with it"), Done::Skipped);
        };
        let Taken { raw, id, text, map } = &*taken;
        let anchored = anchor(&of, raw);
        self.troubles.append(anchored.troubles);
        let mapped = |stretch: &Stretch| Stretch::new(map.apply(stretch.start()), map.apply(stretch.end()));
        let mut made: BTreeMap<&str, (usize, Annotation)> = BTreeMap::new();
        // How many have the name already: counting on from there, a file of nothing but the same span takes no longer than any other.
        let mut named: HashMap<AnnotationId, usize> = HashMap::new();
        for (n, (span, place)) in of.spans.iter().zip(&anchored.places).enumerate() {
            let placed = place.as_ref().and_then(|place| Span::covering(place.iter().filter_map(mapped)));
            let Some(mut annotation) = self.annotation(id, span, placed, text) else { continue };
            let count = named.entry(annotation.id.clone()).or_default();
            *count += 1;
            if *count > 1 {
                annotation.id = AnnotationId::new(&format!("{}-{count}", annotation.id)).expect("invariant: hex digits and a number");
            }
            if made.insert(&span.id, (n, annotation)).is_some() {
                self.trouble(
                    &span.spot,
                    format!("the id {} comes a second time; the first one with it is left out", span.id),
                    Done::Skipped,
                );
            }
        }
        for link in &of.links {
            self.link(link, &of, &mut made);
        }
        for (_, annotation) in made.into_values() {
            self.add(Content::Annotation(Rc::new(annotation)));
        }
    }

    /// The text as an article, unless it is empty.
    fn taken(&mut self, of: &ForeignText) -> Option<Rc<Taken>> {
        if of.text.trim().is_empty() {
            return None;
        }
        let (text, changes, map) = normalize_line_endings(of.text.to_string());
        let mut article = plain::article(text, changes, &of.spot.file);
        if !of.title.is_empty() {
            article.title = of.title.clone();
        }
        article.language = of.language.clone();
        let Metadata { published, extra, .. } = std::mem::replace(&mut article.metadata, of.metadata.clone());
        article.metadata.published = article.metadata.published.or(published);
        article.metadata.extra.extend(extra);
        // What is no address is kept as what it says, not as a link.
        if let Some(url) = article.metadata.url.take() {
            match is_address(&url, &WEB) {
                true => article.metadata.url = Some(url),
                false => drop(article.metadata.extra.insert("url".into(), url)),
            }
        }
        article.id = self.article_id(of, &article);
        let (id, text) = (article.id.clone(), article.text.clone());
        if self.seen.insert(id.clone()) {
            self.articles.push(id.clone());
        } else if of.spans.is_empty() {
            let what = format!("its words are those of “{}”, which came before: both are one article", article.label());
            self.trouble(&of.spot, what, Done::Kept);
        }
        self.add(Content::Article(Rc::new(article)));
        let raw = if map.is_identity() { text.clone() } else { Text::new(&*of.text) };
        Some(Rc::new(Taken { raw, id, text, map }))
    }

    /// The project's own id of this text; else the file's, if no other text has it; else the one that is made of the text.
    fn article_id(&mut self, of: &ForeignText, article: &Article) -> ArticleId {
        if let Some(id) = self.by_text.get(&article.sha256) {
            return id.clone();
        }
        let is_free = |id: &ArticleId| {
            let key = RecordKey::Article(id.clone());
            !self.said.contains(&key) && self.frame.known.is_none_or(|known| known.record(&key).is_none())
        };
        let numbered = (2_u64..).filter_map(|n| ArticleId::new(&format!("{}-{n}", article.id)));
        let mut ids = ArticleId::new(&of.id).into_iter().chain([article.id.clone()]).chain(numbered);
        let id = ids.find(is_free).unwrap_or_else(|| article.id.clone());
        self.by_text.insert(article.sha256.clone(), id.clone());
        id
    }

    fn link(&mut self, link: &ForeignLink, of: &ForeignText, made: &mut BTreeMap<&str, (usize, Annotation)>) {
        let Some((n, annotator)) = made.get(&*link.from).map(|(n, from)| (*n, from.annotator.clone())) else {
            return self.trouble(&link.spot, format!("“{}” belongs to what is not there", link.label), Done::Skipped);
        };
        let label = of.spans[n].label.clone();
        let role = match self.mapping.roles.get(&(label, link.label.clone())) {
            Some(As::This(role)) => role.clone(),
            Some(As::Nothing) => return self.trouble(&link.spot, format!("“{}” is left out, as chosen", link.label), Done::Skipped),
            None => return self.trouble(&link.spot, format!("“{}” leads to what is not there", link.label), Done::Skipped),
        };
        let filler = match &link.to {
            End::Entity(entity) => Filler::Entity(self.entity(entity)),
            End::Span(to) => match made.get(&**to) {
                Some((_, to)) if to.annotator != annotator => {
                    return self.trouble(&link.spot, format!("“{}” links the work of two people", link.label), Done::Skipped);
                }
                Some((m, _)) if *m == n => {
                    return self.trouble(&link.spot, format!("“{}” leads back to where it began", link.label), Done::Skipped);
                }
                Some((_, to)) => Filler::Annotation(to.id.clone()),
                None => return self.trouble(&link.spot, format!("“{}” leads to what is not there", link.label), Done::Skipped),
            },
        };
        if let Some((_, from)) = made.get_mut(&*link.from) {
            let fillers = from.roles.entry(role).or_default();
            if fillers.contains(&filler) {
                return self.trouble(&link.spot, format!("“{}” says the same a second time", link.label), Done::Skipped);
            }
            fillers.push(filler);
        }
    }

    fn annotation(&mut self, article: &ArticleId, span: &ForeignSpan, placed: Option<Span>, text: &Text) -> Option<Annotation> {
        let Some(type_id) = self.mapping.type_of(&span.label).cloned() else {
            self.trouble(&span.spot, format!("“{}” is left out, as chosen", span.label), Done::Skipped);
            return None;
        };
        let of = self.mapping.scheme.type_of(&type_id)?;
        let anchor = match placed.filter(|span| span.fits(text)) {
            Some(span) => Anchor::Placed(span),
            None => Anchor::Orphan(Orphan {
                fragments: span
                    .pieces
                    .iter()
                    .map(|piece| LostFragment {
                        start: u32::try_from(piece.start).unwrap_or(u32::MAX),
                        end: u32::try_from(piece.end).unwrap_or(u32::MAX),
                        text: piece.quote.clone().unwrap_or_else(|| "".into()),
                    })
                    .collect(),
                prefix: "".into(),
                suffix: "".into(),
            }),
        };
        let preset = self.mapping.presets.get(&span.label).cloned();
        let mut attributes: BTreeMap<AttributeId, AttributeValue> =
            preset.into_iter().map(|(attribute, option)| (attribute, AttributeValue::Text(option.as_str().into()))).collect();
        for (name, stated) in &span.attributes {
            let known = self.mapping.attributes.get(&(span.label.clone(), name.clone()));
            let Some(As::This(id)) = known else {
                self.trouble(&span.spot, format!("“{name}” is left out, as chosen"), Done::Skipped);
                continue;
            };
            let value = match of.attribute(id).map(|attribute| &attribute.kind) {
                Some(AttributeKind::Choice(options)) => {
                    let option = match self.mapping.values.get(&(span.label.clone(), name.clone(), stated.clone())) {
                        Some(As::This(option)) => Some(option.clone()),
                        Some(As::Nothing) => {
                            self.trouble(&span.spot, format!("“{stated}” of “{name}” is left out, as chosen"), Done::Skipped);
                            continue;
                        }
                        None => option_for(options, stated),
                    };
                    option.map(|option| AttributeValue::Text(option.as_str().into()))
                }
                Some(AttributeKind::Text) => Some(AttributeValue::Text(stated.clone())),
                Some(AttributeKind::Number) => stated.parse().ok().map(AttributeValue::Number),
                None => None,
            };
            match value {
                Some(value) => drop(attributes.insert(id.clone(), value)),
                None => self.trouble(&span.spot, format!("“{name}” can’t be “{stated}”"), Done::Skipped),
            }
        }
        let entity = span.entity.as_ref().map(|entity| self.entity(entity));
        let annotator = match &span.annotator {
            Some(name) => self.annotator(name),
            None => match &self.frame.annotator {
                Whose::Id(id) => id.clone(),
                Whose::Named(name) => self.annotator(name),
            },
        };
        let made = || {
            let hash = sha256_hex(&format!("{article} {annotator} {type_id} {anchor:?} {} {:?}", span.id, span.attributes));
            AnnotationId::new(&format!("i-{}", hash.get(..16).unwrap_or_default()))
        };
        let other = |id: &AnnotationId| self.frame.known.and_then(|known| known.annotation(article, &annotator, id));
        let is_same = |id: &AnnotationId| other(id).is_none_or(|other| other.type_id == type_id && other.anchor == anchor);
        Some(Annotation {
            id: AnnotationId::new(&span.id).filter(|id| is_lasting(id.as_str()) && is_same(id)).or_else(made)?,
            article: article.clone(),
            annotator,
            type_id,
            anchor,
            attributes,
            roles: BTreeMap::new(),
            entity,
            note: span.note.clone(),
            origin: Origin { kind: OriginKind::Imported, format: Some(self.frame.format.into()), rule: None, confidence: None },
        })
    }
}

impl Building<'_> {
    fn entity(&mut self, of: &ForeignEntity) -> EntityId {
        if let Some(known) = self.entities.get(of) {
            return known.clone();
        }
        if of.id.as_deref() == Some(EntityId::author().as_str()) {
            return EntityId::author();
        }
        let item = of.wikidata.clone().filter(|item| is_wikidata_id(item));
        let id = self.known_entity(of, &item).unwrap_or_else(|| {
            let hash = sha256_hex(&format!("{} {item:?}", of.name));
            let stated = of.id.as_deref().and_then(EntityId::new).or_else(|| item.as_deref().and_then(EntityId::new));
            stated
                .or_else(|| EntityId::new(&format!("e-{}", hash.get(..12).unwrap_or_default())))
                .expect("invariant: hex digits make an id")
        });
        self.entities.insert(of.clone(), id.clone());
        self.add(Content::Entity(Rc::new(Entity { wikidata: item, ..Entity::named(id.clone(), &of.name) })));
        id
    }

    /// The entity of the project that it means: with the same id in the file or in Wikidata, or else the one with its name.
    fn known_entity(&self, of: &ForeignEntity, item: &Option<Rc<str>>) -> Option<EntityId> {
        let known = self.frame.known?;
        let stated = of.id.as_deref().and_then(EntityId::new).filter(|id| known.entity(id).is_some());
        let same = |entity: &&Rc<Entity>| if item.is_some() { entity.wikidata == *item } else { of.id.is_none() && entity.name == of.name };
        stated.or_else(|| known.entities().find(same).map(|entity| entity.id.clone()))
    }

    fn annotator(&mut self, name: &Rc<str>) -> AnnotatorId {
        if let Some(known) = self.annotators.get(name) {
            return known.clone();
        }
        let known = self.frame.known.and_then(|known| known.annotators().find(|other| other.name == *name).map(|other| other.id.clone()));
        let id = known.or_else(|| AnnotatorId::new(name)).unwrap_or_else(|| {
            AnnotatorId::new(&format!("w-{}", sha256_hex(name).get(..12).unwrap_or_default())).expect("invariant: hex digits make an id")
        });
        self.annotators.insert(name.clone(), id.clone());
        self.add(Content::Annotator(Rc::new(Annotator { id: id.clone(), name: name.clone() })));
        id
    }
}

/// Whether an id is like no other anywhere: a UUID, or one that was made of what it names.
fn is_lasting(id: &str) -> bool {
    let is_made = id.strip_prefix("i-").is_some_and(|hex| hex.len() >= 16 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
    is_made || (id.len() == 36 && uuid::Uuid::try_parse(id).is_ok())
}
