//! A project that somebody hosts with its texts in files of their own: each comes when it is needed, and stays.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use standpoint_e2e::{Desk, Host, seen, until};

use crate::steps::{ALERT, tag};

const MANY: usize = 1000;

/// As `sha256sum` says it.
fn sha256(text: &str) -> String {
    let mut sum = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("sha256sum");
    sum.stdin.take().expect("its input").write_all(text.as_bytes()).expect("it reads");
    let said = sum.wait_with_output().expect("it ends").stdout;
    String::from_utf8_lossy(&said).split(' ').next().expect("a hash").to_owned()
}

fn text(n: usize) -> String {
    format!("Raisi said “no” in article {n}.\n\nNobody else did.")
}

fn article(n: usize, hash: &str) -> Value {
    json!({ "id": format!("a{n}"), "title": format!("Story {n}"), "text": { "href": format!("articles/a{n}.txt") }, "sha256": hash })
}

/// Puts a project of so many articles beside the page; the first has a claim in it already.
fn hand_out(host: &Host, many: usize) -> Value {
    let articles: Vec<Value> = (0..many)
        .map(|n| {
            host.put(&format!("articles/a{n}.txt"), text(n));
            article(n, &sha256(&text(n)))
        })
        .collect();
    let project = json!({
        "format": "standpoint", "version": 1, "project": { "id": "apart", "title": "Far and wide" }, "articles": articles,
        "annotators": [{ "id": "bo", "name": "Bo" }],
        "annotations": [{ "article": "a0", "annotator": "bo", "type": "claim", "fragments": [{ "start": 11, "end": 15, "text": "“no”" }] }],
    });
    host.put("project.json", project.to_string());
    project
}

fn asked(host: &Host) -> Vec<String> {
    host.asked().into_iter().filter_map(|name| Some(name.strip_prefix("articles/")?.strip_suffix(".txt")?.to_owned())).collect()
}

#[track_caller]
fn opened(host: &Host, query: &str) -> Desk {
    let desk = Desk::bare().before_host(host);
    desk.go(query);
    desk.end_tour();
    desk
}

/// Waits until what was read of the host is stored and remembered.
#[track_caller]
fn remembered(desk: &Desk) {
    desk.saved();
    until("the edition to be remembered", || {
        let marks = desk.storage().into_iter().filter(|(key, _)| key.starts_with("standpoint/hosted/")).count();
        seen(marks == 1, marks)
    });
}

#[test]
fn a_text_comes_when_it_is_needed_and_stays() {
    let mut host = Host::start();
    hand_out(&host, MANY);
    let mut desk = opened(&host, "?annotator=Ana");
    desk.wait_for_article("a0");
    desk.wait_for_text("nav.left h2", &["0 of 1000 done"]);
    assert_eq!(asked(&host), ["a0"], "of a thousand texts the one that is open");
    remembered(&desk);
    desk.wait_for("html[data-offline=ready]");
    desk.click("[data-open-article=a3]");
    desk.wait_for_article("a3");
    tag(&desk, "[Raisi]", "speaker");
    desk.saved();
    assert_eq!(asked(&host), ["a0", "a3"]);
    assert_eq!(host.asked().iter().filter(|name| **name == "project.json").count(), 1);

    host.cut();
    desk.forgive("project.json");
    desk.forgive("articles/");
    desk.reload();
    desk.wait_for_article("a3");
    desk.wait_for_text("nav.left h2", &["0 of 1000 done"]);
    desk.click("[data-open-article=a0]");
    desk.wait_for_article("a0");
    desk.click("[data-open-article=a2]");
    desk.wait_for_text(ALERT, &["Story 2", "is not on this device yet; it comes with a network."]);
    assert_eq!(desk.open_article().as_deref(), Some("a0"), "what was open stays");
    // A file that lacks something is not made in silence.
    desk.click_command("export-project");
    desk.wait_for_text(ALERT, &["Nothing was exported: 998 texts are not on this device"]);
    let rest = desk.export_by(|desk| desk.click(".notice [data-command=export-rest]"));
    assert_eq!((rest.name().contains(".without-998."), rest.list("articles").len(), rest.work_of("Ana").len()), (true, 2, 1));
    // One’s own work needs the articles alone that one worked on.
    desk.press("H");
    desk.wait_for("#hand-in-name");
    let own = desk.export_by(|desk| desk.click_command("download-hand-in"));
    assert_eq!((own.list("articles").len(), own.annotations().len()), (1, 1));
    desk.press("Escape");
    desk.wait_gone("dialog");

    host.connect();
    desk.click_command("storage");
    desk.wait_for_text("dialog [data-away]", &["998 texts are not on this device yet."]);
    desk.click("dialog [data-command=fetch-texts]");
    desk.wait_for_text("dialog [role=status]", &["All texts are on this device now"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.saved();
    let all = asked(&host);
    assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (MANY, MANY), "each once");

    host.cut();
    desk.reload();
    desk.wait_for_article("a0");
    let export = desk.export();
    let articles = export.list("articles");
    assert_eq!(articles.len(), MANY);
    for (n, article) in articles.iter().enumerate() {
        assert_eq!((&article["id"], &article["text"]), (&json!(format!("a{n}")), &json!(text(n))));
    }
    assert_eq!((export.work_of("Ana").len(), export.work_of("bo").len()), (1, 1));
    desk.leave();
}

#[test]
fn what_is_new_of_articles_apart_is_merged_and_another_text_is_not() {
    let host = Host::start();
    let mut project = hand_out(&host, 5);
    let desk = opened(&host, "?annotator=Ana&article=a1");
    desk.wait_for_article("a1");
    tag(&desk, "[Raisi]", "speaker");
    remembered(&desk);
    assert_eq!(asked(&host), ["a1"]);

    // Titles of both kinds, and one more.
    project["articles"][1]["title"] = json!("Story one");
    project["articles"][2]["title"] = json!("Story two");
    host.put("articles/a5.txt", text(5));
    project["articles"].as_array_mut().expect("a list").push(article(5, &sha256(&text(5))));
    host.put("project.json", project.to_string());
    desk.go("?annotator=Ana");
    desk.wait_for_text("[data-open-article=a1]", &["Story one"]);
    desk.wait_for_text("[data-open-article=a2]", &["Story two"]);
    desk.wait_for_text("[data-open-article=a5]", &["Story 5"]);
    assert_eq!(asked(&host), ["a1"], "no text is needed for that");
    desk.saved();

    // Another text under an id: left out where there is work, and there alone.
    for n in [1, 2] {
        host.put(&format!("articles/a{n}.txt"), "Another text.");
        project["articles"][n]["sha256"] = json!(sha256("Another text."));
    }
    host.put("project.json", project.to_string());
    desk.go("?annotator=Ana");
    desk.wait_for_text("dialog", &["Story one"]);
    desk.click("dialog [data-command=accept-merge]");
    desk.wait_gone("dialog");
    desk.click("[data-open-article=a2]");
    desk.wait_for_article("a2");
    assert_eq!(desk.article_text(), "Another text.");
    let export = desk.export();
    assert_eq!(export.article("a1")["text"], json!(text(1)));
    assert_eq!(export.work_of("Ana").len(), 1);
    desk.leave();
}

#[test]
fn texts_that_are_not_what_they_should_be_are_refused_by_name() {
    let host = Host::start();
    let mut project = hand_out(&host, 4);
    host.put("articles/a1.txt", format!("\u{feff}{}", text(1)));
    host.put("articles/a2.txt", "Else.");
    host.remove("articles/a3.txt");
    let bad = ["https://example.org/a.txt", "javascript:alert(1)", "data:text/plain,x", "file:///etc/passwd", "//example.org/a.txt"];
    for (n, href) in bad.iter().enumerate() {
        let mut article = article(10 + n, &sha256("x"));
        article["text"]["href"] = json!(href);
        project["articles"].as_array_mut().expect("a list").push(article);
    }
    host.put("project.json", project.to_string());
    let mut desk = opened(&host, "?annotator=Ana");
    for (n, href) in bad.iter().enumerate() {
        desk.wait_for_text("dialog", &[&format!("articles[{}].text", 4 + n), href, "can't be the place of a text"]);
    }
    desk.click("dialog .primary");
    desk.wait_for_article("a0");
    desk.wait_for_text("nav.left h2", &["0 of 4 done"]);
    desk.forgive("a3.txt");
    for (article, why) in [("a1", "it begins with a byte order mark"), ("a2", "another text than the project says"), ("a3", "answered 404")]
    {
        desk.click(&format!("[data-open-article={article}]"));
        desk.wait_for_text(ALERT, &["The text of", "Story", why]);
        assert_eq!(desk.open_article().as_deref(), Some("a0"));
    }
    desk.leave();
}
