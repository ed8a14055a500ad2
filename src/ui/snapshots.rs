//! What the components write as HTML, kept beside the tests; `UPDATE_EXPECT=1 cargo test --lib snapshots` renews it.

use std::rc::Rc;

use expect_test::{ExpectFile, expect_file};
use yew::prelude::*;

mod annotators;

use super::articles::Articles;
use super::bar::Bar;
use super::clashing::{Away, ClashActions, ClashView, clash_view};
use super::desk::{Hands, Latest};
use super::dialogs::Keeping;
use super::frame::Frame;
use super::handing::{HandInForm, hand_in_view};
use super::lists::SideLists;
use super::notices::Notices;
use super::overlay::Now;
use super::projects::{Doing, ProjectListView, ProjectRow, project_list};
use super::restoring::{RestoreActions, restore_view};
use super::shared::shared_view;
use super::sharing::{ShareView, share_view};
use super::storage::{Lasting, PointActions, PointRow, StoreFacts, Texts, files, lasting, points, reminder, stores, texts};
use super::text::TextPane;
use crate::browser::{Backing, Held, LocalUse, Offline, Persistence, Room};
use crate::edit::{AnnotationStore, Command, Fresh, HandIn, clashes};
use crate::format::native;
use crate::model::*;
use crate::session::*;

#[derive(Properties, PartialEq)]
struct StageProps {
    children: Html,
}

/// What every component finds around it in the page.
#[component]
fn Stage(props: &StageProps) -> Html {
    let hands = Hands { act: Callback::noop(), perform: Callback::noop() };
    html! { <ContextProvider<Hands> context={hands}>{ props.children.clone() }</ContextProvider<Hands>> }
}

fn html_of(children: Html) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let renderer = yew::LocalServerRenderer::<Stage>::with_props(StageProps { children }).hydratable(false);
    tokio::task::LocalSet::new().block_on(&runtime, renderer.render())
}

fn expect(children: Html, file: ExpectFile) {
    // A line an element, so that a change shows where it is.
    file.assert_eq(&(html_of(children).replace("><", ">\n<") + "\n"));
}

fn act(state: &Rc<State>, action: Action) -> Rc<State> {
    let now = Timestamp::parse("2026-11-22T12:00:00.000Z").expect("a time");
    update(state, action, &Moment { now, fresh: Fresh { millis: 1_790_000_000_000, entropy: state.revision } })
}

/// The sample at one of its articles, as its example annotator left it.
fn sample(article: &str) -> Rc<State> {
    let store = native::read("project.json", include_str!("../../static/project.json")).expect("the sample").store;
    let state = State::new(store.clone(), Replica::new("r1").expect("an id"), AnnotatorId::new("example").expect("an id"));
    act(&Rc::new(state), Action::Open { store, article: ArticleId::new(article), saved: true, unexported: 0, rest: Unloaded::default() })
}

fn focus(state: &Rc<State>, id: &str) -> Rc<State> {
    act(state, Action::Focus(AnnotationId::new(id)))
}

fn pane(state: &State) -> Html {
    let now = Now(Latest::new(Rc::new(state.clone())));
    html! { <TextPane page={state.page.clone()} byline="by nobody" filling={state.filling.clone()} near={None::<usize>} overlay={overlay(state)} {now} awaited={None::<AttrValue>} drawn={0} /> }
}

fn frame(state: &State) -> Html {
    html! { <Frame guidelines="" frame={frame_view(state).map(Rc::new)} filling={state.filling.clone()} modified="Changed today"
    previous={intent_view(state, Intent::PreviousAnnotation)} next={intent_view(state, Intent::NextAnnotation)} delete={intent_view(state, Intent::Delete)} /> }
}

#[test]
fn the_text_pane_shows_the_frame_in_hand() {
    let state = focus(&sample("seed-a"), "ex-a1-claim");
    expect(pane(&state), expect_file!["../../tests/snapshots/text.html"]);
}

#[test]
fn an_empty_project_says_what_to_do() {
    let state = State::new(sample("seed-a").store.clone(), Replica::new("r1").expect("an id"), AnnotatorId::new("me").expect("an id"));
    expect(pane(&state), expect_file!["../../tests/snapshots/text-empty.html"]);
}

#[test]
fn a_frame_shows_its_roles_attributes_and_links() {
    expect(frame(&focus(&sample("seed-a"), "ex-a1-claim")), expect_file!["../../tests/snapshots/frame-claim.html"]);
    expect(frame(&focus(&sample("seed-b"), "ex-b1-stance")), expect_file!["../../tests/snapshots/frame-stance.html"]);
}

#[test]
fn guidelines_are_drawn_as_elements_and_never_as_html() {
    let text = "# What\n\n<img src=x onerror=x()> **[a](javascript:x) [b](https://example.org/)**\n\n1. one\n\n|a|b|\n|-|-|\n|1|`2`|\n";
    expect(
        html! { <div>{ super::markdown::drawn(&crate::format::markdown::markdown(text)) }</div> },
        expect_file!["../../tests/snapshots/guidelines.html"],
    );
}

#[test]
fn a_role_that_asks_lists_its_candidates() {
    let state = focus(&sample("seed-a"), "ex-a1-claim");
    let asking = act(&state, Action::AskRole(AnnotationId::new("ex-a1-claim").expect("an id"), RoleId::new("speaker").expect("an id")));
    expect(frame(&asking), expect_file!["../../tests/snapshots/frame-asking.html"]);
}

#[test]
fn the_work_of_another_is_read_only() {
    let mut state = (*sample("seed-a")).clone();
    state.annotator = AnnotatorId::new("me").expect("an id");
    expect(frame(&focus(&Rc::new(state), "ex-a1-claim")), expect_file!["../../tests/snapshots/frame-read-only.html"]);
}

#[test]
fn lists_name_claims_and_what_is_unfinished() {
    let state = act(
        &focus(&sample("seed-a"), "ex-a1-claim"),
        Action::Run(Command::EmptyRole {
            annotation: AnnotationId::new("ex-a1-claim").expect("an id"),
            role: RoleId::new("speaker").expect("an id"),
            filler: Filler::Annotation(AnnotationId::new("ex-a1-speaker").expect("an id")),
        }),
    );
    let lists = html! { <SideLists lists={state.lists.clone()} focus={state.focus.clone()} done=false /> };
    expect(lists, expect_file!["../../tests/snapshots/lists.html"]);
}

#[test]
fn the_left_column_counts() {
    let state = sample("seed-a");
    let view = |intent: Intent| intent_view(&state, intent);
    let column = html! {
        <Articles list={article_list(&state, "", MorePages::default())} total=2 done=0 assigned={None} assign={None} layers={layer_items(&state)} entities={vec![(EntityId::new("raisi").expect("an id"), "Raisi".into(), 3)]} filter=""
            on_filter={Callback::noop()} on_more={Callback::noop()} on_files={Callback::noop()} untied={2} untied_key={"N"} import={view(Intent::Import)} add_text={view(Intent::AddText)} annotator={view(Intent::Annotator)} open=false on_leave={Callback::noop()} />
    };
    expect(column, expect_file!["../../tests/snapshots/articles.html"]);
}

#[test]
fn the_bar_says_what_is_saved() {
    let state = sample("seed-a");
    let view = |intent: Intent| intent_view(&state, intent);
    let bar = |save: SaveState| {
        html! {
            <Bar project="Sample" {save} reads_only=false articles={view(Intent::ToggleArticles)} undo={view(Intent::Undo)} redo={view(Intent::Redo)} search={view(Intent::Find)} palette={view(Intent::Palette)}
                theme={view(Intent::ToggleTheme)} focus_mode={view(Intent::FocusMode)} keys={view(Intent::Keys)} projects={view(Intent::Projects)} share={view(Intent::Share)} export={view(Intent::ExportProject)} export_as={view(Intent::ExportAs)} />
        }
    };
    expect(bar(SaveState::Saved { at: "12:04:31".into() }), expect_file!["../../tests/snapshots/bar-saved.html"]);
    expect(bar(SaveState::NotSaved { why: "the storage is full".into() }), expect_file!["../../tests/snapshots/bar-not-saved.html"]);
}

fn project_id(id: &str) -> ProjectId {
    ProjectId::new(id).expect("an id")
}

#[test]
fn projects_are_listed_with_what_can_be_done_with_each() {
    let row = |id: &str, title: &'static str, open: bool, archived: bool| ProjectRow {
        id: project_id(id),
        title: title.into(),
        articles: 1,
        size: archived.then(|| "34 KB".into()),
        open,
        archived,
    };
    let rows = Some(vec![row("a", "Sample", true, false), row("b", "مسح الصحافة", false, false), row("c", "Old <b>one</b>", false, true)]);
    let list = |doing: Doing| {
        let (rows, deleted) = (rows.clone(), vec!["Gone".into()]);
        project_list(&ProjectListView { rows, deleted, doing: &doing, outcome: Some(&Ok("Renamed.".into())) }, &Callback::noop())
    };
    expect(list(Doing::Nothing), expect_file!["../../tests/snapshots/projects.html"]);
    expect(list(Doing::Renaming(project_id("a"))), expect_file!["../../tests/snapshots/projects-renaming.html"]);
    expect(list(Doing::Deleting(project_id("b"))), expect_file!["../../tests/snapshots/projects-deleting.html"]);
}

#[test]
fn storage_says_what_is_where() {
    let facts = StoreFacts {
        backing: Backing::Both,
        held: Held { records: 30, in_database: Some(30), layers: 5, in_local: Some(3) },
        no_database: None,
        not_mirrored: None,
        local: Some(LocalUse { ours: 16_000, others: 2_000 }),
        room: Some(Room { used: 119_000, limit: 11_000_000_000 }),
    };
    let alone = StoreFacts {
        backing: Backing::LocalAlone,
        held: Held { in_database: None, in_local: Some(5), ..facts.held },
        no_database: Some("the browser denies the page its database".into()),
        room: None,
        ..facts.clone()
    };
    let keeping = Keeping { unexported: 12, remind_after: 300, ..Keeping::default() };
    let on = PointActions { ask: Callback::noop(), take_back: Callback::noop(), forget: Callback::noop() };
    let storage = |facts: &StoreFacts, last: Lasting, rows: Option<&[PointRow]>| {
        html! {
            <>
                { stores(facts) }
                { lasting(last, None, &Callback::noop()) }
                { files(None, &Callback::noop(), &Callback::noop()) }
                { reminder(keeping, &Callback::noop()) }
                { points(rows, None, &on) }
            </>
        }
    };
    let row = |at: &'static str, would: Option<(usize, usize)>| PointRow {
        at: at.into(),
        when: "yesterday".into(),
        label: "bo.json was merged into this project.".into(),
        records: 4,
        would,
    };
    let rows = [row("2026-01-03", None), row("2026-01-02", Some((3, 1))), row("2026-01-01", Some((0, 4)))];
    expect(
        storage(&facts, Lasting { persistence: Persistence::NotPromised, forgets: false, offline: Offline::Ready }, Some(&rows)),
        expect_file!["../../tests/snapshots/storage.html"],
    );
    expect(
        storage(&alone, Lasting { persistence: Persistence::Unknown, forgets: true, offline: Offline::NotHere }, None),
        expect_file!["../../tests/snapshots/storage-alone.html"],
    );
    let getting = Texts { away: 12, progress: Some((40, 52)), outcome: None };
    expect(texts(&getting, &Callback::noop()), expect_file!["../../tests/snapshots/storage-texts.html"]);
}

#[test]
fn handing_in_says_what_there_is_and_whose_it_may_be() {
    let form = |outcome| HandInForm { field: NodeRef::default(), outcome, onsubmit: Callback::noop() };
    let told = OwnWork { name: "Ana <b>".into(), annotations: 12, unfinished: 1, articles: 2, done: 1, all_articles: 5 };
    let view = html! {
        <>
            { hand_in_view(&OwnWork { all_articles: 5, ..OwnWork::default() }, 0, &form(None)) }
            { hand_in_view(&told, 3, &form(Some(Err("Say your name first.".into())))) }
        </>
    };
    expect(view, expect_file!["../../tests/snapshots/handing.html"]);
}

#[test]
fn a_backup_shows_what_it_would_change() {
    let store = sample("seed-a").store.clone();
    let here = Returning::of(store.clone(), Vec::new(), Some(&store));
    let new = Returning { id: project_id("new"), ..Returning::of(store, vec!["a/seed-a/ana/x: damaged".to_owned()], None) };
    let changed = Returning { id: project_id("changed"), effect: Effect::Changes { added: 2, changed: 0, removed: 1 }, ..here.clone() };
    let chosen: std::collections::BTreeSet<ProjectId> = [new.id.clone(), changed.id.clone()].into();
    let restoring =
        Restoring { file: "backup.json".into(), made: Some("yesterday".into()), projects: vec![here, new, changed], unreadable: 1 };
    let on = RestoreActions { choose: Callback::noop(), restore: Callback::noop(), copy: Callback::noop(), close: Callback::noop() };
    let view = restore_view(&restoring, &chosen, &on);
    expect(view, expect_file!["../../tests/snapshots/restore.html"]);
}

fn sharing(link: Option<ShareLink>, outcome: Option<&super::outcome::Outcome>) -> Html {
    let view = ShareView { choice: Sharing::default(), articles: 2, link, outcome, field: NodeRef::default() };
    share_view(&view, &Callback::noop(), &Callback::noop(), &Callback::noop())
}

#[test]
fn a_link_is_held_to_what_arrives() {
    let link = |length: usize| ShareLink::Ready("x".repeat(length).into());
    let page = "https://example.org/";
    let state = sample("seed-b");
    let made = share_link(&state.store, &Sharing::default().what(&state), page);
    let ShareLink::Ready(address) = &made else { panic!("{made:?}") };
    assert!(address.starts_with("https://example.org/#share=1.") && (4_000..5_200).contains(&address.len()), "{}", address.len());
    expect(
        sharing(Some(ShareLink::Ready("https://example.org/#share=1.AAAA".into())), Some(&Ok("Copied.".into()))),
        expect_file!["../../tests/snapshots/share.html"],
    );
    expect(sharing(Some(ShareLink::TooLong(Some(12_345))), None), expect_file!["../../tests/snapshots/share-too-long.html"]);
    assert!(told_of_link(&link(2_000)).starts_with("2,000 characters: mail and chat pass it on"));
    assert!(told_of_link(&link(2_001)).contains("Test it, or attach the file"));
    assert!(html_of(sharing(Some(ShareLink::NoArticle), None)).contains("disabled"));

    let everything = Sharing { reach: Reach::All, work: Work::Everybodys }.what(&state);
    assert!(matches!(share_link(&state.store, &everything, page), ShareLink::Ready(_)));
    let many = crate::format::share::What { articles: (0..101).filter_map(|n| ArticleId::new(&format!("a-{n}"))).collect(), ..everything };
    assert_eq!(share_link(&state.store, &many, page), ShareLink::TooLong(None));
}

#[test]
fn what_a_link_holds_is_shown_as_text_before_it_is_opened() {
    let project = sample("seed-b").store.clone();
    let own = AnnotatorId::new("me").expect("an id");
    let shown = |project: AnnotationStore, standing: Standing, issues: Vec<Rc<str>>| {
        let holds = Contents::of(&project, &own);
        let review = Rc::new(Review { file: "The share link".into(), project, issues, elsewhere: Elsewhere::default() });
        html_of(shared_view(&Shared { review, standing, arrival: Arrival::Later, holds }, &Callback::noop(), &Callback::noop()))
    };
    let holds = Contents::of(&project, &own);
    let review =
        Rc::new(Review { file: "The share link".into(), project: project.clone(), issues: Vec::new(), elsewhere: Elsewhere::default() });
    let shared = Shared { review, standing: Standing::New, arrival: Arrival::Later, holds };
    expect(shared_view(&shared, &Callback::noop(), &Callback::noop()), expect_file!["../../tests/snapshots/shared.html"]);
    assert!(shown(project, Standing::OnDevice, Vec::new()).contains("nothing of yours is replaced"));

    let hostile = "<img src=x onerror=alert(1)>";
    let header = ProjectHeader { title: hostile.into(), ..ProjectHeader::untitled(ProjectId::new("p").expect("an id")) };
    let html = shown(AnnotationStore::empty(header, default_scheme()), Standing::New, vec![hostile.into()]);
    assert!(!html.contains("<img") && html.matches("&lt;img src=x").count() == 2, "{html}");
    assert!(html.contains("0 articles with 0 words, no annotations"), "{html}");
}

/// The sample with what a copy of it has otherwise, `<b>` in all of it.
fn clashing() -> (Rc<State>, Handing) {
    let state = act(&sample("seed-a"), Action::Run(Command::SetGuidelines { guidelines: "# Ours\n\nTag what is said.".to_owned() }));
    let mut scheme = Scheme::clone(state.store.scheme());
    add_type(&mut scheme, "Event");
    let state = act(&state, Action::Run(Command::SetScheme { scheme: Rc::new(scheme), fates: Vec::new() }));
    let mut json: serde_json::Value = serde_json::from_str(include_str!("../../static/project.json")).expect("the sample");
    json["project"]["version"] = serde_json::json!({ "ben": 7 });
    json["project"]["guidelines"] = "# Ours\n\nTag what is <b>meant</b>.".into();
    json["scheme"]["version"] = serde_json::json!({ "ben": 7 });
    json["scheme"]["types"][1]["name"] = "<b>Signal</b>".into();
    json["scheme"]["types"].as_array_mut().expect("a list").remove(4);
    json["annotations"].as_array_mut().expect("a list").retain(|record| record["article"] == "seed-b" && record["type"] != "target");
    let text = json["articles"][0]["text"].as_str().expect("a text").replacen("is the best", "is  <b>the</b>\u{a0}best", 1);
    json["articles"][0].as_object_mut().expect("an article").remove("sha256");
    json["articles"][0]["text"] = text.into();
    let project = native::read("<b>ben</b>.json", &json.to_string()).expect("a project").store;
    let handing = Handing::of_files(vec![HandIn { file: "<b>ben</b>.json".into(), project }]);
    let clashes = clashes(&state.store, &handing.copies);
    (state, Handing { clashes, ..handing })
}

#[test]
fn what_copies_contradict_is_shown_with_the_choices() {
    let (state, handing) = clashing();
    let view = |decided: &Decided, away: &Away| {
        let (texts, fields, options) = (handing.texts(), handing.fields(), scheme_options(&state.store, &handing, &decided.own));
        let on = ClashActions { decide: Callback::noop(), agree: Callback::noop(), close: Callback::noop() };
        clash_view(&ClashView { handing: &handing, texts: &texts, options: &options, fields: &fields, decided, away }, &on)
    };
    expect(view(&Decided::default(), &Away::Counting), expect_file!["../../tests/snapshots/clashes.html"]);
    let own = handing.clashes.texts.iter().map(|clash| clash.own_id.clone()).collect();
    let decided = Decided { own, scheme: Some(SchemeChoice::Joined), header: [(HeaderField::Guidelines, 1)].into() };
    let html = html_of(view(&decided, &Away::Counted(vec![1, 2, 0])));
    assert!(!html.contains("<b>ben") && !html.contains("<b>the") && !html.contains("<b>Signal"), "words stay words");
    expect(view(&decided, &Away::Counted(vec![1, 2, 0])), expect_file!["../../tests/snapshots/clashes-decided.html"]);
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "<img src=x onerror=alert(1)> \"'&";
    let state = act(&sample("seed-a"), Action::Say(Notice::failed(hostile)));
    let html = html_of(html! { <Notices notices={state.notices.clone()} /> });
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"), "{html}");
    assert!(!html.contains("<img"), "{html}");
}

#[test]
fn the_text_of_the_pane_is_the_text_of_the_article() {
    for article in ["seed-a", "seed-b"] {
        let state = sample(article);
        let html = html_of(pane(&state));
        let (_, inside) = html.split_once("<article").expect("an article");
        let inside = inside.split_once('>').expect("the end of the tag").1;
        let mut rest = inside.split_once("</article>").expect("the end of the article").0;
        let mut text = String::new();
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            rest = after.split_once('>').expect("the end of a tag").1;
        }
        text.push_str(rest);
        let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&");
        assert_eq!(plain, state.open_article().expect("an article").text.as_str());
    }
}
