//! Random stories: tabs that edit copies of one project and merge, over ugly texts.

use std::rc::Rc;

use proptest::prelude::*;
use standpoint::edit::{Assignee, Command, Context, Fate, Frame, Place, Portrait, Share};
use standpoint::model::*;
use standpoint::text::{Stretch, Text};

use super::*;

/// Pieces that count differently in bytes, UTF-16 units, code points and characters on the screen.
const PIECES: [&str; 16] = [
    "The minister",
    "said",
    "“we win”",
    "Ahmadian’s",
    "👩‍👩‍👧‍👦",
    "🇫🇷🇮🇷",
    "e\u{301}\u{323}\u{30a}",
    "שלום עולם",
    "\u{202b}مرحبا\u{202c}",
    "\u{a0} ",
    "\u{200d}",
    "\n\n",
    "\u{ad}",
    "विश्व",
    "𝕊𝕥𝕒𝕟𝕔𝕖",
    "\u{0}",
];

/// Texts of emoji sequences, combining marks, right-to-left letters and odd blanks.
pub fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(&PIECES[..]), prop::bool::ANY), 1..24)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, gap)| format!("{piece}{}", if gap { " " } else { "" })).collect())
}

/// Three articles: `a` and `b` that stories begin with, `c` that may come.
pub fn articles() -> impl Strategy<Value = Vec<Article>> {
    prop::array::uniform3(texts()).prop_map(|texts| texts.iter().zip(["a", "b", "c"]).map(|(text, id)| article(id, text)).collect())
}

/// How a tab's clock goes; a merge must not depend on it.
#[derive(Clone, Copy, Debug)]
pub enum Skew {
    None,
    Behind,
    Ahead,
    Stopped,
}

/// What somebody wants, before it is known what there is: `picks` choose among the records of the store.
#[derive(Clone, Debug)]
pub struct Wish {
    pub kind: Kind,
    /// Two in three are `ana`'s, so that the tabs meet.
    annotator: usize,
    article: u16,
    picks: [u16; 8],
}

pub fn wishes(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Wish>> {
    let kind = prop::strategy::Union::new_weighted(Kind::ALL.iter().map(|(weight, kind)| (*weight, Just(*kind))).collect());
    let wish = (kind, 0..3usize, any::<u16>(), any::<[u16; 8]>());
    prop::collection::vec(wish.prop_map(|(kind, annotator, article, picks)| Wish { kind, annotator, article, picks }), count)
}

/// Spends the picks of a wish one by one.
struct Picks<'a>(std::iter::Cycle<std::slice::Iter<'a, u16>>);

impl Picks<'_> {
    fn below(&mut self, count: usize) -> usize {
        self.0.next().map_or(0, |&pick| usize::from(pick)) % count.max(1)
    }

    /// What somebody is called, or nothing.
    fn name(&mut self) -> String {
        self.of(&["Raisi", " ", "the EU"]).unwrap_or_default().to_owned()
    }

    /// Rather an early one, so that tabs that know nothing of each other meet.
    fn of<T: Clone>(&mut self, things: &[T]) -> Option<T> {
        let index = self.below(things.len()).min(self.below(things.len()));
        things.get(index).cloned()
    }

    /// One of `things`, or now and then `bogus`.
    fn or<T: Clone>(&mut self, things: &[T], bogus: T) -> T {
        if self.below(16) == 15 { bogus } else { self.of(things).unwrap_or(bogus) }
    }

    /// Mostly inside the text, sometimes past its end.
    fn stretch(&mut self, text: &Text) -> Stretch {
        let length = text.len().get() + u32::from(self.below(10) == 9);
        let start = self.below(length as usize) as u32;
        let room = (length - start).min(12);
        let stretch = Stretch::of(start, start + 1 + self.below(room as usize) as u32);
        stretch.expect("at least one code point")
    }

    fn span(&mut self, text: &Text) -> Span {
        let fragments = 1 + self.below(5) / 3;
        Span::covering((0..fragments).map(|_| self.stretch(text)).collect::<Vec<_>>()).expect("a fragment")
    }
}

impl Wish {
    /// The command in terms of the tab's store, with the desk it is given at.
    pub fn command(&self, tab: &Tab) -> (Context, Command) {
        let names = ["ana", "ana", "bo"];
        // Mostly the first article that is there, so that tabs that know nothing of each other meet.
        let there: Vec<&str> = tab.store.article_ids().iter().map(ArticleId::as_str).collect();
        let article = match self.article % 16 {
            0..12 => there.first().copied().unwrap_or("a"),
            12..15 => there.last().copied().unwrap_or("a"),
            _ => "c",
        };
        let mut context = tab.context(names[self.annotator], article);
        if self.article % 97 == 96 {
            context.article = None;
        }
        (context.clone(), self.kind.command(tab, &context, Picks(self.picks.iter().cycle())))
    }
}

impl Kind {
    fn command(self, tab: &Tab, context: &Context, mut picks: Picks<'_>) -> Command {
        let (store, scheme) = (&tab.store, tab.store.scheme());
        let open = context.article.as_ref().and_then(|id| store.article(id));
        let text = open.map_or_else(|| Text::new("nothing is open"), |article| article.text.clone());
        let all: Vec<Rc<Annotation>> = store.article_ids().iter().flat_map(|id| store.annotations(id)).cloned().collect();
        let here = |annotation: &&Rc<Annotation>| Some(&annotation.article) == context.article.as_ref();
        let own: Vec<Rc<Annotation>> =
            all.iter().filter(here).filter(|annotation| annotation.annotator == context.annotator).cloned().collect();
        let ids = |from: &[Rc<Annotation>]| from.iter().map(|annotation| annotation.id.clone()).collect::<Vec<_>>();
        let roles_of = |annotation: &Annotation| scheme.type_of(&annotation.type_id).map_or(0, |of| of.roles.len());
        let fitting = own.iter().filter(|annotation| match self {
            Self::FillRole => roles_of(annotation) > 0,
            Self::EmptyRole => !annotation.roles.is_empty(),
            _ => true,
        });
        let somebodys = if picks.below(6) == 5 { ids(&all) } else { ids(&fitting.cloned().collect::<Vec<_>>()) };
        let annotation = picks.or(&somebodys, annotation_id("nobody"));
        let of = own.iter().find(|other| other.id == annotation).and_then(|annotation| scheme.type_of(&annotation.type_id));
        let types = ["speaker", "speaker", "claim", "claim", "stance", "target", "cue"].map(type_id);
        let roles: Vec<Role> = of.map_or_else(Vec::new, |of| of.roles.clone());
        let role_ids: Vec<RoleId> = roles.iter().map(|role| role.id.clone()).collect();
        let mut entities: Vec<EntityId> = store.entities().map(|entity| entity.id.clone()).collect();
        entities.push(EntityId::author());
        match self {
            Self::Tag => {
                let holders: Vec<(AnnotationId, RoleId)> = role_ids.iter().map(|role| (annotation.clone(), role.clone())).collect();
                let fills = if picks.below(4) == 0 { picks.of(&holders) } else { None };
                Command::Tag { type_id: picks.or(&types, type_id("bogus")), span: picks.span(&text), fills }
            }
            Self::SetAttribute => {
                let attributes = of.map_or(&[][..], |of| &of.attributes);
                let attribute = picks.of(attributes);
                let options = attribute
                    .iter()
                    .flat_map(|attribute| attribute.options())
                    .map(|option| AttributeValue::Text(option.id.as_str().into()));
                let mut values: Vec<Option<AttributeValue>> = options.map(Some).collect();
                values.extend([None, Some(AttributeValue::Number(3.into()))]);
                let attribute = attribute.map_or(attribute_id("bogus"), |attribute| attribute.id);
                Command::SetAttribute { annotation, attribute, value: picks.or(&values, Some(AttributeValue::Text("bogus".into()))) }
            }
            Self::FillRole => {
                let role = picks.of(&roles);
                let accepted = |annotation: &&Rc<Annotation>| role.as_ref().is_some_and(|role| role.accepts.contains(&annotation.type_id));
                let mut fillers: Vec<Filler> =
                    own.iter().filter(accepted).map(|annotation| Filler::Annotation(annotation.id.clone())).collect();
                if picks.below(4) == 3 {
                    fillers.extend(entities.into_iter().map(Filler::Entity));
                    fillers.push(Filler::Annotation(annotation.clone()));
                }
                Command::FillRole {
                    annotation,
                    role: role.map_or(role_id("bogus"), |role| role.id),
                    filler: picks.or(&fillers, named("nobody")),
                }
            }
            Self::EmptyRole => {
                let found = own.iter().find(|other| other.id == annotation);
                let filled: Vec<(RoleId, Filler)> = found
                    .iter()
                    .flat_map(|annotation| &annotation.roles)
                    .flat_map(|(role, fillers)| fillers.iter().map(|filler| (role.clone(), filler.clone())))
                    .collect();
                let (role, filler) = picks.or(&filled, (role_id("bogus"), named("nobody")));
                Command::EmptyRole { annotation, role, filler }
            }
            Self::TieEntity => {
                let mut entities: Vec<Option<EntityId>> = entities.into_iter().map(Some).collect();
                entities.push(None);
                Command::TieEntity { annotation, entity: picks.or(&entities, Some(entity_id("bogus"))) }
            }
            Self::NewEntity => Command::NewEntity { annotation, name: picks.name(), kind: EntityKind::Group },
            Self::Describe => {
                let portrait = Portrait {
                    name: picks.name(),
                    aliases: (0..picks.below(3)).map(|_| picks.of(&PIECES).unwrap_or_default().to_owned()).collect(),
                    wikidata: picks.of(&["", "Q42", "42"]).unwrap_or_default().to_owned(),
                    ..Portrait::default()
                };
                Command::Describe { entity: picks.or(&entities, entity_id("bogus")), portrait }
            }
            Self::MergeEntities => {
                let mut one = || picks.or(&entities, entity_id("bogus"));
                Command::MergeEntities { from: one(), into: one() }
            }
            Self::PartEntities => Command::PartEntities { entity: picks.or(&entities, entity_id("bogus")) },
            Self::SplitEntity => {
                let tied: Vec<&Rc<Annotation>> = own
                    .iter()
                    .filter(|annotation| annotation.entity.as_ref().is_some_and(|entity| store.entity(entity).is_some()))
                    .collect();
                let mention = picks.of(&tied);
                let entity =
                    mention.and_then(|annotation| annotation.entity.clone()).unwrap_or_else(|| picks.or(&entities, entity_id("bogus")));
                let mentions = mention.map(|annotation| (annotation.article.clone(), annotation.id.clone())).into_iter().collect();
                Command::SplitEntity { entity, name: picks.name(), mentions }
            }
            Self::SetNote => Command::SetNote { annotation, note: picks.of(&PIECES).unwrap_or_default().to_owned() },
            Self::SetSpan => Command::SetSpan { annotation, span: picks.span(&text) },
            Self::AddStretch => Command::AddStretch { annotation, stretch: picks.stretch(&text) },
            Self::CutStretch => {
                let span = own.iter().find(|other| other.id == annotation).and_then(|annotation| annotation.span());
                let edge = span.and_then(|span| Stretch::new(span.start(), span.start() + 1));
                let stretch = [span.map(Span::hull), edge, edge, None][picks.below(4)];
                Command::CutStretch { annotation, stretch: stretch.unwrap_or_else(|| picks.stretch(&text)) }
            }
            Self::ChangeType => Command::ChangeType { annotation, type_id: picks.or(&types, type_id("bogus")) },
            // Frames of any annotation, another's and one of another article too.
            Self::TagAlike | Self::GiveFrame => {
                let bare = Frame::bare(type_id("claim"));
                let frame = Rc::new(picks.of(&all).map_or(bare, |other| Frame::of(&other)));
                if matches!(self, Self::GiveFrame) {
                    Command::GiveFrame { annotation, frame }
                } else {
                    let articles: Vec<ArticleId> = store.article_ids().to_vec();
                    let place = |picks: &mut Picks| {
                        let article = picks.or(&articles, article_id("bogus"));
                        let text = store.article(&article).map_or_else(|| text.clone(), |article| article.text.clone());
                        Place { article, span: picks.span(&text) }
                    };
                    let places = (0..=picks.below(3)).map(|_| place(&mut picks)).collect();
                    let origin = picks.of(&[OriginKind::Manual, OriginKind::Propagated]).unwrap_or(OriginKind::Manual);
                    Command::TagAlike { frame, places, origin }
                }
            }
            Self::Delete => Command::Delete { annotation },
            Self::CopyToMine => {
                let others: Vec<Rc<Annotation>> =
                    all.iter().filter(here).filter(|annotation| annotation.annotator != context.annotator).cloned().collect();
                let from = if context.annotator == annotator_id("ana") { "bo" } else { "ana" };
                let from = picks.or(&[annotator_id(from)], context.annotator.clone());
                Command::CopyToMine { annotation: picks.or(&ids(&others), annotation), from }
            }
            Self::RemoveLayer => {
                Command::RemoveLayer { annotator: picks.or(&[annotator_id("ana"), annotator_id("bo")], annotator_id("nobody")) }
            }
            Self::SetStatus => {
                Command::SetStatus { status: picks.of(&[Status::New, Status::InProgress, Status::Done]).unwrap_or_default() }
            }
            Self::AddArticles => {
                let count = picks.below(4);
                Command::AddArticles { articles: (0..count).filter_map(|_| picks.of(&tab.pool)).map(Rc::new).collect() }
            }
            Self::RemoveArticle => Command::RemoveArticle { article: picks.or(store.article_ids(), article_id("bogus")) },
            Self::RenameProject => {
                Command::RenameProject { title: picks.of(&["A project", " ", "مشروع"]).unwrap_or_default().to_owned() }
            }
            Self::SetGuidelines => {
                Command::SetGuidelines { guidelines: picks.of(&["", "# What", "# ما 📰\n\n- one"]).unwrap_or_default().to_owned() }
            }
            Self::SetScheme => {
                let mut scheme = default_scheme();
                let mut fates = Vec::new();
                // Most of the time all types are there, so that there is something to tag with.
                if picks.below(3) == 0 {
                    let gone = scheme.types.remove(picks.below(scheme.types.len())).id;
                    let into = scheme.types[picks.below(scheme.types.len())].id.clone();
                    fates.push((gone, picks.of(&[Fate::Keep, Fate::Delete, Fate::Convert(into)]).unwrap_or(Fate::Keep)));
                }
                scheme.name = picks.of(&["Ours", "نموذج"]).unwrap_or_default().into();
                Command::SetScheme { scheme: Rc::new(scheme), fates }
            }
            Self::Assign => {
                let mut share = |who: Assignee| {
                    let articles = (0..picks.below(4)).map(|_| picks.or(store.article_ids(), article_id("bogus"))).collect();
                    Share { who, articles }
                };
                let shares = vec![
                    share(Assignee::Known(annotator_id("ana"))),
                    share(Assignee::New("Cleo".to_owned())),
                    share(Assignee::New("Ünal Öz".to_owned())),
                ];
                Command::Assign { shares, others: picks.of(&[Others::Shown, Others::Hidden]).unwrap_or_default() }
            }
            Self::RenameAnnotator => Command::RenameAnnotator { name: picks.of(&["Ana", "", "Bo"]).unwrap_or_default().to_owned() },
            Self::Resolve => {
                let contested =
                    |annotation: &&Rc<Annotation>| store.record(&annotation.key()).is_some_and(|record| !record.conflicts.is_empty());
                let contested: Vec<Rc<Annotation>> = own.iter().filter(contested).cloned().collect();
                Command::Resolve { annotation: picks.of(&ids(&contested)).unwrap_or(annotation), keep: picks.below(3) }
            }
        }
    }
}

/// Three tabs that begin with the same project, edit it and now and then merge with each other.
#[derive(Clone, Debug)]
pub struct Story {
    articles: Vec<Article>,
    before: Vec<Wish>,
    moves: Vec<Move>,
}

#[derive(Clone, Debug)]
enum Move {
    Play(usize, Wish),
    /// The first merges what the second has.
    Merge(usize, usize),
}

const REPLICAS: [(&str, Skew); 3] = [("r1", Skew::Behind), ("r2", Skew::Ahead), ("r3", Skew::Stopped)];

pub fn stories(before: usize, moves: usize) -> impl Strategy<Value = Story> {
    let play = (0..3usize, wishes(1..2)).prop_map(|(tab, wish)| Move::Play(tab, wish[0].clone()));
    let merge = (0..3usize, 0..3usize).prop_map(|(to, from)| Move::Merge(to, from));
    let moves = prop::collection::vec(prop_oneof![6 => play, 1 => merge], moves / 2..moves + 1);
    (articles(), wishes(before / 2..before + 1), moves).prop_map(|(articles, before, moves)| Story { articles, before, moves })
}

impl Story {
    /// The three tabs at the end of the story, each with its own copy.
    pub fn tabs(&self) -> [Tab; 3] {
        let mut first = Tab::open(empty_store(), "r0", Skew::None);
        first.pool = self.articles.clone().into();
        let bring = Command::AddArticles { articles: self.articles[..2].iter().cloned().map(Rc::new).collect() };
        first.does("ana", bring).expect("the articles are new");
        for wish in &self.before {
            // A refusal is an answer too.
            let _ = first.plays(wish);
        }
        let mut tabs = REPLICAS.map(|(replica, skew)| first.fork(replica, skew));
        for step in &self.moves {
            match step {
                Move::Play(tab, wish) => drop(tabs[*tab].plays(wish)),
                Move::Merge(to, from) => {
                    let from = tabs[*from].clone();
                    tabs[*to].merges(&from);
                }
            }
        }
        tabs
    }

    /// One tab with what all three did, conflicts included, and nothing to undo yet.
    pub fn tab(&self) -> Tab {
        let [mut tab, second, third] = self.tabs();
        tab.merges(&second);
        tab.merges(&third);
        // The tab goes on as the same page load, so that rivals are now and then its own work.
        tab.history = Default::default();
        tab
    }
}
