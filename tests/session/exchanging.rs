//! Other programs' files, out and in.

use std::collections::BTreeSet;
use std::rc::Rc;

use standpoint::edit::AnnotationStore;
use standpoint::format::articles::{Field, Table};
use standpoint::format::exchange::{Done, Mapping, Source, Wish};
use standpoint::format::formats::Format;
use standpoint::format::package::pack;
use standpoint::model::*;
use standpoint::session::*;

use crate::desk::*;

const TEXT: &str = "The minister said: “No.” 🎉 Others agree.\n";
const ANN: &str = "T1\tSprecher 0 12\tThe minister\nT2\tClaim 20 22\tNo\nE1\tClaim:T2 Speaker:T1\nA1\tQuotation E1 verbatim\n\
    T3\tNoise 27 33\tOthers\nT4\tSprecher 900 910\tnowhere at all\nbroken\n";

fn incoming() -> Incoming {
    let files = [Source::whole("a.txt", TEXT), Source::whole("a.ann", ANN)];
    Incoming::new("a.ann", Format::Brat, Format::Brat.read(&files), Vec::new())
}

fn header() -> ProjectHeader {
    ProjectHeader { title: "a".into(), ..ProjectHeader::untitled(ProjectId::new("new").expect("an id")) }
}

fn read(desk: &Desk, choosing: &Choosing) -> (Mapping, Brings) {
    bring(&incoming(), choosing, &header(), &desk.state.store, &desk.state.annotator)
}

/// The table, as a person reads it.
fn table(desk: &Desk, mapping: &Mapping) -> Vec<String> {
    let rows = rows(&incoming().labels, mapping, desk.state.store.scheme());
    let becomes = |row: &Row| match (&row.becomes, &row.made) {
        (Some(id), _) => id.to_string(),
        (None, Some(made)) => format!("new {made}"),
        (None, None) => "-".to_owned(),
    };
    rows.iter().map(|row| format!("{} {} {}", row.name, row.count, becomes(row))).collect()
}

fn choose(choosing: &Choosing, of: Mapped, wish: Wish<&str>) -> Choosing {
    let wish = match wish {
        Wish::This(id) => Wish::This(id.into()),
        Wish::New => Wish::New,
        Wish::Nothing => Wish::Nothing,
    };
    choosing.with(&of, &wish)
}

fn bring_in(desk: &mut Desk, choosing: &Choosing) {
    let (mapping, brings) = read(desk, choosing);
    let scheme = Rc::new(mapping.scheme);
    desk.act(Action::Bring { incoming: brings.project, scheme, notice: "a.ann was imported.".into() });
}

#[test]
fn what_each_label_becomes_is_proposed_and_changed() {
    let desk = Desk::open("seed-a");
    let proposed = Choosing::default();
    assert_eq!(
        table(&desk, &read(&desk, &proposed).0),
        [
            "Claim 1 claim",
            "Quotation 1 quotation",
            "verbatim 1 new verbatim",
            "Speaker 1 speaker",
            "Noise 1 new Noise",
            "Sprecher 2 new Sprecher"
        ]
    );
    let chosen = choose(&proposed, Mapped::Type("Sprecher".into()), Wish::This("speaker"));
    let chosen = choose(&chosen, Mapped::Type("Noise".into()), Wish::Nothing);
    let value = Mapped::Value("Claim".into(), "Quotation".into(), "verbatim".into());
    let chosen = choose(&chosen, value, Wish::This("direct"));
    let (mapping, brings) = read(&desk, &chosen);
    assert_eq!(
        table(&desk, &mapping),
        ["Claim 1 claim", "Quotation 1 quotation", "verbatim 1 direct", "Speaker 1 speaker", "Noise 1 -", "Sprecher 2 speaker"]
    );
    assert_eq!(brings.scheme, [], "nothing is new in the scheme");
    assert_eq!((brings.articles.len(), brings.known_articles, brings.annotations, brings.orphans, brings.roles), (1, 0, 3, 1, 1));
    // Of a label that is something else, its attributes and roles are asked for anew.
    let (mapping, brings) = read(&desk, &choose(&chosen, Mapped::Type("Claim".into()), Wish::New));
    assert_eq!(
        table(&desk, &mapping)[..4],
        ["Claim 1 new Claim", "Quotation 1 new Quotation", "verbatim 1 new verbatim", "Speaker 1 new Speaker"]
    );
    assert_eq!(brings.scheme, [SchemeChange::Type("Claim".into())]);
}

#[test]
fn whose_work_it_is_is_chosen_where_the_files_do_not_say() {
    let desk = Desk::open("seed-a");
    let by = |whose: &str| {
        let (_, brings) = read(&desk, &Choosing { whose: whose.into(), ..Choosing::default() });
        let annotator = |id: &AnnotatorId| brings.project.annotator(id).map(|annotator| annotator.name.to_string());
        let article = &brings.articles[0];
        let all: BTreeSet<_> = brings.project.annotations(article).iter().map(|one| one.annotator.clone()).collect();
        all.iter().map(|id| (id.to_string(), annotator(id))).collect::<Vec<_>>()
    };
    assert_eq!(incoming().unsigned, 4);
    assert_eq!(by(""), [("ana".to_owned(), None)], "the desk knows her already");
    assert_eq!(by(" Model 1 ").len(), 1);
    assert_eq!(by(" Model 1 ")[0].1.as_deref(), Some("Model 1"));
    let said = Format::Training.read(&[Source::whole("a.jsonl", r#"{"format":"standpoint-training","version":1,"text":"No.","spans":[{"id":"s","annotator":"ben","label":"claim","start":0,"end":2,"text":"No"}]}"#)]);
    assert_eq!(Incoming::new("a.jsonl", Format::Training, said, Vec::new()).unsigned, 0);
}

#[test]
fn a_project_of_its_own_gets_the_labels_that_nobody_used_yet() {
    let desk = Desk::open("seed-a");
    let conf =
        "[entities]\nSprecher\nPlace\n[events]\nClaim\tSpeaker:Sprecher, Where?:Place\n[attributes]\nSure\tArg:Claim, Value:yes|no\n";
    let files = [Source::whole("a.txt", TEXT), Source::whole("a.ann", ANN), Source::whole("annotation.conf", conf)];
    let incoming = Incoming::new("a.ann", Format::Brat, Format::Brat.read(&files), Vec::new());
    let scheme = |goal: Goal| {
        let choosing = Choosing { goal, ..Choosing::default() };
        let (mapping, _) = bring(&incoming, &choosing, &header(), &desk.state.store, &desk.state.annotator);
        mapping.scheme
    };
    let here = scheme(Goal::ThisProject);
    assert!(here.types.iter().all(|of| &*of.name != "Place"), "nobody asked for it here");
    let own = scheme(Goal::NewProject);
    let place = own.types.iter().find(|of| &*of.name == "Place").expect("a type");
    let claim = own.types.iter().find(|of| of.id.as_str() == "claim").expect("a type");
    let role = claim.roles.iter().find(|role| &*role.name == "Where").expect("a role");
    assert_eq!(role.accepts, std::slice::from_ref(&place.id));
    let sure = claim.attributes.iter().find(|attribute| &*attribute.name == "Sure").expect("an attribute");
    assert_eq!(sure.options().iter().map(|option| &*option.name).collect::<Vec<_>>(), ["no", "yes"]);
}

#[test]
fn problems_are_told_with_their_places_and_what_was_done() {
    let desk = Desk::open("seed-a");
    let (_, brings) = read(&desk, &choose(&Choosing::default(), Mapped::Type("Noise".into()), Wish::Nothing));
    let told: Vec<(Done, Vec<String>)> = by_outcome(&brings.troubles)
        .into_iter()
        .map(|(done, troubles)| (done, troubles.iter().map(|trouble| trouble.spot.to_string()).collect()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert_eq!(told[0], (Done::Orphaned, vec!["a.ann, line 6".to_owned()]));
    assert!(told[1].0 == Done::Skipped && told[1].1.contains(&"a.ann, line 5".to_owned()), "{told:?}");
}

#[test]
fn an_import_is_one_merge_with_its_scheme_and_is_taken_back_as_one() {
    let mut desk = Desk::open("seed-a");
    let before = desk.state.store.clone();
    bring_in(&mut desk, &Choosing::default());
    let state = desk.state.clone();
    assert_eq!(state.store.article_ids().len(), 3);
    let key = |name: &str| state.store.scheme().types.iter().find(|of| &*of.name == name).map(|of| of.key);
    // "p", "r", "e" and "n" are the desk's, "s" and "c" are types'.
    assert_eq!((key("Sprecher"), key("Noise")), (Some(Some('h')), Some(Some('o'))));
    assert!(state.notices.iter().any(|notice| notice.offer == Some(Offer::TakeBack)), "{:?}", state.notices);
    assert!(state.unsaved.contains_key(&RecordKey::Scheme));
    // The same again brings nothing.
    bring_in(&mut desk, &Choosing::default());
    assert_eq!(desk.state.store, state.store);
    assert_eq!(read(&desk, &Choosing::default()).1.known_articles, 1);

    let mut desk = Desk::open("seed-a");
    bring_in(&mut desk, &Choosing::default());
    desk.act(Action::TakeBack);
    assert_eq!(desk.state.store, before);
}

#[test]
fn a_text_that_the_project_has_is_the_same_article_whatever_its_id() {
    let desk = Desk::open("seed-a");
    let text = desk.state.open_article().expect("an article").text.as_str().to_owned();
    let files = [Source::whole("b.txt", text.replace('\n', "\r\n")), Source::whole("b.ann", "T1\tSpeaker 0 10\tResistance\n")];
    let incoming = Incoming::new("b.ann", Format::Brat, Format::Brat.read(&files), Vec::new());
    let (_, brings) = bring(&incoming, &Choosing::default(), &header(), &desk.state.store, &desk.state.annotator);
    assert_eq!((brings.articles.clone(), brings.known_articles), (desk.state.article.clone().into_iter().collect(), 1));
    assert_eq!(brings.annotations, 1);
}

#[test]
fn nothing_changes_where_another_tab_edits() {
    let mut desk = Desk::open("seed-a");
    let before: AnnotationStore = desk.state.store.clone();
    desk.act(Action::Edit(Editing::InAnotherTab));
    bring_in(&mut desk, &Choosing::default());
    assert_eq!(desk.state.store, before);
}

#[test]
fn a_project_of_its_own_has_the_types_that_it_needs() {
    let desk = Desk::open("seed-a");
    let (mapping, brings) = read(&desk, &Choosing { goal: Goal::NewProject, ..Choosing::default() });
    let types: Vec<&str> = mapping.scheme.types.iter().map(|of| of.id.as_str()).collect();
    assert_eq!(types, ["claim", "noise", "sprecher"]);
    assert_eq!((brings.project.header().id.as_str(), brings.project.article_ids().len()), ("new", 1));
    assert!(brings.project.live(&RecordKey::Project).is_some() && brings.project.live(&RecordKey::Scheme).is_some());
    let speaker = mapping.scheme.types[0].roles.iter().find(|role| role.id.as_str() == "speaker").expect("the role");
    assert_eq!(speaker.accepts.iter().map(TypeId::as_str).collect::<Vec<_>>(), ["sprecher"]);
}

#[test]
fn a_file_waits_for_its_decision_and_closing_changes_nothing() {
    let mut desk = Desk::open("seed-a");
    let before = desk.state.store.clone();
    desk.act(Action::Dialog(Some(Dialog::Bring(Rc::new(incoming())))));
    desk.act(Action::Dialog(Some(Dialog::Export)));
    assert!(matches!(desk.state.dialog, Some(Dialog::Bring(_))), "what is no decision does not push it aside");
    desk.press("Escape");
    assert_eq!((desk.state.dialog.clone(), &desk.state.store), (None, &before));
    desk.press("Shift+E");
    assert_eq!(desk.state.dialog, Some(Dialog::Export));
}

#[test]
fn an_export_is_picked_by_what_is_left_out() {
    let desk = Desk::open("seed-a");
    let store = &desk.state.store;
    let all = Exporting::default();
    let article = desk.state.article.clone();
    assert_eq!(all.pick(store, article.as_ref()), Default::default());
    let claims_out = Exporting {
        scope: Scope::This,
        without_types: BTreeSet::from([TypeId::new("claim").expect("an id")]),
        format: Format::Brat,
        ..Exporting::default()
    };
    let pick = claims_out.pick(store, article.as_ref());
    assert_eq!(pick.articles, Some(article.into_iter().collect()));
    assert!(pick.types.as_ref().is_some_and(|types| types.len() == store.scheme().types.len() - 1));
    let said = told(&pack(store, &pick, &claims_out.packing()), None);
    assert!(said.types.iter().all(|(name, _)| &**name != "Claim") && !said.is_empty, "{said:?}");
    assert!(said.losses.iter().any(|(count, what)| *count == 1 && what == "metadata of articles"), "{said:?}");
    let nothing = Exporting { scope: Scope::Done, ..Exporting::default() };
    assert!(told(&pack(store, &nothing.pick(store, None), &nothing.packing()), None).is_empty);
    // The sample's two articles tell one story.
    let parted = Exporting { split: Some(Exporting::SPLIT), ..Exporting::default() };
    let said = told(&pack(store, &parted.pick(store, None), &parted.packing()), parted.split);
    assert_eq!((said.parts, said.empty_parts), (vec!["train: 2 articles".to_owned()], vec!["dev", "test"]));
}

fn rows_of_a_table() -> Incoming {
    let file =
        Source::whole("corpus.csv", "nr,head,words\n1,First,“We will win” 🎉\n2,Second,He said no.\n3,Third,“We will win” 🎉\n4,Fourth,\n");
    Incoming::table("corpus.csv", Table::read(&file), Vec::new())
}

#[test]
fn a_table_is_read_by_its_columns_as_they_are_chosen() {
    let desk = Desk::open("seed-a");
    let incoming = rows_of_a_table();
    assert_eq!(incoming.told(), "A table of articles: 4 rows of 3 columns");
    let read = |choosing: &Choosing| bring(&incoming, choosing, &header(), &desk.state.store, &desk.state.annotator).1;
    let proposed = Choosing::of(&incoming);
    let brings = read(&proposed);
    // One text is there twice, and one row has none.
    assert_eq!((brings.articles.len(), brings.scheme.len()), (2, 0));
    assert_eq!(
        brings.troubles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "corpus.csv, line 5: there is no text in this row; left out",
            "corpus.csv, line 4: its words are those of ““We will win” 🎉”, which came before: both are one article; kept"
        ]
    );
    let first = brings.project.article(&brings.articles[0]).expect("an article");
    assert_eq!((&*first.title, first.metadata.extra.get("head").map(|head| &**head)), ("", Some("First")));
    let with = Choosing { columns: proposed.columns.with(1, Field::Headline), ..proposed.clone() };
    let brings = read(&with);
    let texts: Vec<&str> =
        brings.articles.iter().filter_map(|id| brings.project.article(id)).map(|article| article.text.as_str()).collect();
    assert_eq!(texts, ["First\n\n“We will win” 🎉", "Second\n\nHe said no.", "Third\n\n“We will win” 🎉"]);
    // Some of them alone.
    let without = brings.without(&BTreeSet::from([brings.articles[0].clone()]));
    assert_eq!(without.article_ids(), &brings.articles[1..]);
    // A project of its own has the whole scheme.
    let own = read(&Choosing { goal: Goal::NewProject, ..with });
    assert_eq!(own.project.scheme().types.len(), desk.state.store.scheme().types.len());
    assert_eq!(&*own.project.header().title, "a");
}
