//! Nothing that comes in from outside becomes anything but text, and nothing goes out.

use serde_json::json;
use standpoint_e2e::{Desk, Upload, seen, until};

use crate::steps::{by_palette, tag};

const MARKUP: &str =
    "<script>window.hacked = 1</script> <img src=x onerror=\"window.hacked = 2\"> <a href=\"javascript:window.hacked=3\">click</a>";

/// What no text may bring into being; the picture of the links is the page's own.
#[track_caller]
fn assert_harmless(desk: &Desk) {
    let found = desk.script(
        "return { hacked: window.hacked ?? null, images: document.images.length,
            scripts: [...document.body.querySelectorAll('script, iframe, object, embed, svg:not(.over-text > .links)')].length,
            links: [...document.links].map((link) => link.getAttribute('href')).filter((href) => !href.startsWith('#')),
            handlers: [...document.querySelectorAll('*')].filter(({ attributes }) => [...attributes].some(({ name }) => name.startsWith('on'))).length }",
    );
    assert_eq!(found, json!({ "hacked": null, "images": 0, "scripts": 0, "links": [], "handlers": 0 }));
}

#[test]
fn markup_in_a_text_and_in_its_file_name_stays_text() {
    let desk = Desk::open("?annotator=ana");
    let text = format!("{MARKUP}\n\nThe minister said {MARKUP} twice.\n");
    desk.import(&[Upload::new("<img src=x onerror=alert(1)>.txt", text.as_str())]);
    until("the text", || seen(desk.article_text() == text, desk.article_text()));
    assert_harmless(&desk);
    tag(&desk, "[The minister] said <script>", "speaker");
    tag(
        &desk,
        "said [<script>window.hacked = 1</script> <img src=x onerror=\"window.hacked = 2\">] <a href=\"javascript:window.hacked=3\">click</a> twice",
        "claim",
    );
    // The words come back in the frame, in the lists and in the title of the tab.
    assert!(desk.focused().is_some_and(|(_, quote)| quote.contains("<img src=x")), "{:?}", desk.focused());
    assert_harmless(&desk);
    desk.saved();
    desk.reload();
    assert_harmless(&desk);
    desk.import(&[Upload::new("<b>bad.json", "{")]);
    desk.wait_for_text("[role=alert] .notice p", &["<b>bad.json"]);
    assert_harmless(&desk);
    desk.leave();
}

#[test]
fn markup_in_every_field_of_a_project_stays_text() {
    let desk = Desk::bare();
    let project = json!({
        "format": "standpoint", "version": 1,
        "project": { "id": "p", "title": MARKUP, "description": MARKUP,
            "guidelines": format!("# {MARKUP}\n\n[link](javascript:window.hacked=4)") },
        "annotators": [{ "id": "eve", "name": MARKUP }],
        "entities": [{ "id": "e", "name": MARKUP, "kind": "person", "aliases": [MARKUP], "description": MARKUP }],
        "articles": [{ "id": "a", "title": MARKUP, "text": "Eve said no.", "language": "\"><script>window.hacked=5</script>",
            "metadata": { "publisher": MARKUP, "author": MARKUP, "license": MARKUP, "credit": MARKUP,
                "url": "javascript:window.hacked=6" } }],
        "annotations": [
            { "id": "s", "article": "a", "annotator": "eve", "type": "speaker", "fragments": [{ "start": 0, "end": 3 }],
              "entity": "e", "note": MARKUP },
            { "id": "c", "article": "a", "annotator": "eve", "type": "claim", "fragments": [{ "start": 9, "end": 11 }],
              "attributes": { "quotation": "direct" }, "roles": { "speaker": [{ "annotation": "s" }] } },
        ],
    });
    desk.site().add("/eve.json", project.to_string());
    desk.go("?project=/eve.json&annotator=eve");
    // The address that is none is reported, and may be left out.
    desk.wait_for_text("dialog [data-list=issues] li", &["eve.json", "articles[0].metadata.url"]);
    desk.click_command("accept-import");
    desk.wait_for_article("a");
    assert_harmless(&desk);
    desk.wait_for_text(".bar .project", &["<script>"]);
    desk.click_word("[Eve] said");
    until("the frame", || seen(desk.focused().is_some(), ()));
    assert_harmless(&desk);
    for command in ["projects", "annotator"] {
        desk.click_command(command);
        desk.wait_for("dialog");
        assert_harmless(&desk);
        desk.press("Escape");
        desk.wait_gone("dialog");
    }
    by_palette(&desk, "guidelines", "Guidelines");
    desk.wait_for_text("dialog .guidelines", &["<script>", "link"]);
    assert!(!desk.sees("dialog .guidelines a"));
    assert_harmless(&desk);
    desk.press("Escape");
    let export = desk.export();
    assert_eq!(export.project["project"]["title"], MARKUP);
    assert_eq!(export.article("a")["metadata"]["url"], json!(null));
    desk.leave();
}

#[test]
fn the_page_forbids_itself_what_it_does_not_need() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    let policy = desk.script("return document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content ?? null");
    let policy = policy.as_str().expect("a release page has a policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.contains(part), "{part} in {policy}");
    }
    for loose in ["'unsafe-inline'", "'unsafe-eval'", " *"] {
        assert!(!policy.contains(loose), "{loose} in {policy}");
    }
    assert_eq!(desk.complaints(), Vec::<String>::new());
    // The policy is in force, and a breach of it is noticed.
    desk.script(
        "const script = document.createElement('script'), words = document.createElement('p');
         script.textContent = 'window.hacked = 1';
         words.setAttribute('style', 'color: red');
         document.body.append(script, words);
         script.remove();
         words.remove()",
    );
    assert_eq!(desk.script("return window.hacked ?? null"), json!(null));
    let complaints = until("a breach to be noticed", || match desk.complaints() {
        none if none.is_empty() => Err("no complaint".to_owned()),
        some => Ok(some),
    });
    assert!(complaints.iter().all(|line| line.contains("Content Security Policy")), "{complaints:#?}");
}

/// Answers for a server elsewhere, inside the page, since a test has no certificate for one; notes what it was asked for.
const ELSEWHERE: &str = r#"
    const own = window.fetch;
    window.askedElsewhere = [];
    window.fetch = function (request) {
      if (!String(request.url ?? request).startsWith('https://elsewhere.example/')) return own.call(window, ...arguments);
      askedElsewhere.push([request.url, request.credentials, request.redirect]);
      return Promise.resolve(new Response(JSON.stringify({ format: 'standpoint', version: 1, project: { id: 'far', title: 'Far' },
        articles: [{ id: 'f', text: 'Far away.' }, { id: 'g', text: 'Farther still.' }] }), { headers: { 'content-type': 'application/json' } }));
    };
"#;

#[test]
fn a_project_from_elsewhere_is_loaded_only_when_the_person_agrees() {
    let desk = Desk::bare();
    desk.before_each_page(ELSEWHERE);
    let asked = |desk: &Desk| desk.script("return askedElsewhere");
    let link = "?annotator=ana&article=g&project=https://elsewhere.example/far.json";
    desk.go(link);
    desk.wait_for_text("dialog", &["https://elsewhere.example"]);
    // The desk behind the question takes no keys.
    let before = desk.revision();
    desk.press("ArrowRight s");
    assert_eq!(desk.revision(), before);
    desk.press("Escape");
    desk.wait_gone("dialog");
    assert!(desk.open_article().is_some_and(|id| id.starts_with("seed-")));
    assert_eq!(asked(&desk), json!([]), "nothing is asked before the person agrees");

    desk.go(link);
    desk.click_with_text("dialog button", "Don’t");
    desk.wait_gone("dialog");
    assert_eq!(asked(&desk), json!([]));

    desk.go(link);
    desk.click_command("load-foreign");
    desk.click_command("accept-import");
    desk.wait_for_article("g");
    assert_eq!(asked(&desk), json!([["https://elsewhere.example/far.json", "omit", "error"]]), "without cookies, and only from there");
    let project = desk.export();
    assert_eq!(project.list("annotators").iter().map(|annotator| annotator["id"].clone()).collect::<Vec<_>>(), ["ana"]);
    desk.leave();
}

#[test]
fn a_project_from_elsewhere_must_come_over_https() {
    let desk = Desk::bare();
    let elsewhere = desk.elsewhere();
    desk.go(&format!("?annotator=ana&project={}/far.json", elsewhere.origin()));
    desk.wait_for_text("[role=alert] .notice p", &["far.json", "https"]);
    assert!(!desk.sees("dialog"));
    assert_eq!(elsewhere.asked(), Vec::<String>::new());
    desk.leave();
}
