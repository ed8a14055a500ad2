//! Hand-outs that travel in a link.

use serde_json::{Value, json};
use standpoint_e2e::{Desk, assert_sound, seen, until};

use crate::keyboard;
use crate::steps::{ALERT, by_palette, listed_articles, tag};

const PREVIEW: &str = "dialog .shared";

/// Makes a link in the dialog, with these choices; what stands behind its `#`.
#[track_caller]
fn link(desk: &Desk, choices: &[&str]) -> String {
    by_palette(desk, "share a link", "Share a link");
    desk.wait_for_text("dialog .sharing", &["nothing is sent to a server", "Whoever has the link can read them"]);
    for choice in choices {
        // What the first choice says may take another line, and move the second.
        until("the choice", || {
            desk.click(&format!("[data-share={choice}]"));
            seen(desk.script(&format!("return document.querySelector('[data-share={choice}]').checked")) == true, choice)
        });
    }
    let told = desk.wait_for_text("dialog [data-told]", &["characters: "]);
    let address = desk.value("[data-share=link]").expect("a link");
    let (page, fragment) = address.split_once('#').expect("a fragment");
    assert_eq!(page, format!("{}/", desk.site().origin()), "the address of the page alone, without anybody’s name");
    let count: String = told.split(" characters").next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    assert_eq!(count, address.len().to_string());
    desk.press("Escape");
    desk.wait_gone("dialog");
    fragment.to_owned()
}

/// A link that some other program made.
fn made(desk: &Desk, json: &str) -> String {
    let script = "const bytes = new Blob([arguments[0]]).stream().pipeThrough(new CompressionStream('deflate-raw'));
        return new Response(bytes).arrayBuffer().then((packed) => {
          let letters = '';
          for (const byte of new Uint8Array(packed)) letters += String.fromCharCode(byte);
          return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        })";
    let letters = desk.script_with(script, json!([json]));
    format!("share=1.{}", letters.as_str().expect("letters"))
}

fn ids(export: &standpoint_e2e::Export, annotator: &str) -> Vec<Value> {
    export.annotations().iter().filter(|annotation| annotation["annotator"] == annotator).cloned().collect()
}

#[test]
fn a_link_brings_exactly_what_was_put_in_it() {
    let sender = keyboard::at_the_text(Desk::bare(), "seed-b");
    keyboard::tag(&sender, "Ali Akbar Ahmadian", "s");
    keyboard::tag(&sender, "[noted] that resistance", "q");
    keyboard::tag(&sender, "that [resistance] is the best method", "g");
    sender.saved();
    let sent = sender.export();
    let fragment = link(&sender, &["own"]);
    assert!(fragment.len() < 5_100, "{} characters", fragment.len());
    assert_eq!(sender.barriers(), Vec::<String>::new());

    // On another device, where nobody has been yet.
    let receiver = Desk::bare();
    receiver.go(&format!("?annotator=ben#{fragment}"));
    assert!(!receiver.sees(".tour"));
    receiver.wait_for_text(
        PREVIEW,
        &["Sample: two articles", "1 article with", "3 annotations by ana", "Guidelines come along", "a project of its own"],
    );
    // Taken out at once: what stands there is the article behind the dialog.
    assert!(!receiver.address().contains("share") && !receiver.address().contains('#'), "{}", receiver.address());
    assert_eq!(receiver.barriers(), Vec::<String>::new());
    receiver.click_command("open-shared");
    receiver.wait_gone("dialog");
    receiver.wait_for_article("seed-b");
    until("the one article", || seen(listed_articles(&receiver) == ["seed-b"], listed_articles(&receiver)));
    let received = receiver.export();
    assert_eq!(received.annotations(), ids(&sent, "ana"), "with their ids, times and versions");
    assert_eq!(received.articles(), [sent.article("seed-b").clone()]);
    assert_eq!(received.project["project"], sent.project["project"]);
    assert_eq!(received.project["scheme"], sent.project["scheme"]);
    assert_sound(&[&received]);

    // Whose desk it is says the address.
    tag(&receiver, "Ismail Haniyeh", "speaker");
    assert_eq!(receiver.export().lines("ben", "seed-b"), ["speaker: Ismail Haniyeh"]);
    receiver.saved();
    receiver.reload();
    receiver.wait_for_article("seed-b");
    assert!(!receiver.sees("dialog"));
    let reloaded = receiver.export();
    assert_eq!(ids(&reloaded, "ana"), ids(&sent, "ana"));
    by_palette(&receiver, "projects", "Projects on this device");
    until("one project", || {
        let count = receiver.script("return document.querySelectorAll('dialog [data-project]').length");
        seen(count == json!(1), count)
    });
    sender.leave();
    receiver.leave();
}

#[test]
fn a_link_is_merged_with_what_is_here_and_can_be_left() {
    let sender = Desk::open("?annotator=ana&article=seed-b");
    tag(&sender, "Ali Akbar Ahmadian", "speaker");
    let sent = sender.export();
    let fragment = link(&sender, &["everybodys", "all"]);
    sender.leave();

    let desk = Desk::open("?annotator=ben&article=seed-b");
    tag(&desk, "Ismail Haniyeh", "speaker");
    desk.saved();
    let before = desk.export();
    // With the page open, the link is put into its address.
    desk.script(&format!("location.hash = '{fragment}'"));
    desk.wait_for_text(PREVIEW, &["2 articles", "19 annotations by Worked example, ana", "nothing of yours is replaced"]);
    desk.click_command("leave-shared");
    desk.wait_gone("dialog");
    assert_eq!(desk.export().content(), before.content());
    desk.reload();
    assert!(!desk.sees("dialog") && !desk.address().contains('#'));

    desk.script(&format!("location.hash = '{fragment}'"));
    desk.wait_for(PREVIEW);
    desk.press("Enter");
    desk.wait_gone("dialog");
    desk.wait_for_text("[role=status] .notice p", &["The share link was merged into this project"]);
    let after = desk.export();
    assert_eq!(ids(&after, "ben"), ids(&before, "ben"));
    assert_eq!(ids(&after, "ana"), ids(&sent, "ana"));
    assert_eq!(ids(&after, "example"), ids(&before, "example"));

    desk.leave();
}

#[test]
fn another_project_opens_beside_ones_own() {
    let desk = Desk::open("?annotator=ben&article=seed-b");
    tag(&desk, "Ismail Haniyeh", "speaker");
    desk.saved();
    let project = json!({ "format": "standpoint", "version": 1, "project": { "id": "other", "title": "Other" }, "articles": [{ "id": "o", "text": "She said no." }] });
    let fragment = made(&desk, &project.to_string());
    desk.fresh_tab();
    desk.go(&format!("?annotator=cleo#{fragment}"));
    desk.wait_for_text(PREVIEW, &["Other", "1 article with 3 words, no annotations", "No guidelines", "beside yours"]);
    desk.click_command("open-shared");
    desk.wait_for_article("o");
    tag(&desk, "[She] said", "speaker");
    desk.saved();
    assert_eq!(desk.export().lines("cleo", "o"), ["speaker: She"]);
    by_palette(&desk, "projects", "Projects on this device");
    desk.wait_for_text("dialog .projects", &["Other", "Sample: two articles"]);
    desk.leave();
}

#[test]
fn what_is_no_sound_link_is_told_and_the_page_starts_as_usual() {
    let desk = Desk::bare();
    desk.go("");
    let fragment =
        made(&desk, r#"{"format":"standpoint","version":1,"articles":[{"id":"a","text":"One sentence that is long enough to be cut."}]}"#);
    let bomb = made(&desk, &" ".repeat(7 << 20));
    assert!(bomb.len() < 11_000);
    let deep = made(&desk, &"[".repeat(70));
    let cases = [
        (format!("share=1.{}", "A".repeat(65_536)), "at most 65536 are read"),
        (bomb, "more than 4 MB"),
        (fragment[..fragment.len() / 2].to_owned(), "the link was cut"),
        (deep, "nested deeper"),
        (fragment.replacen("=1.", "=2.", 1), "newer version"),
        ("share=1.%7B%7D".to_owned(), "changed on its way"),
    ];
    for (fragment, said) in cases {
        desk.fresh_tab();
        desk.go(&format!("#{fragment}"));
        desk.wait_for_text(ALERT, &["The share link can’t be opened", said, "Nothing was changed"]);
        assert!(!desk.sees("dialog"));
        assert_eq!(desk.open_article().as_deref(), Some("seed-a"));
        assert!(!desk.address().contains('#'), "{}", desk.address());
    }
    desk.leave();
}

#[test]
fn markup_in_a_link_stays_text() {
    const MARKUP: &str = "<script>window.hacked = 1</script><img src=x onerror=\"window.hacked = 2\">";
    let desk = Desk::open("");
    let project = json!({ "format": "standpoint", "version": 1,
        "project": { "id": "eve", "title": MARKUP, "guidelines": MARKUP },
        "annotators": [{ "id": "eve", "name": MARKUP }],
        "articles": [{ "id": "e", "title": MARKUP, "text": MARKUP, "metadata": { "url": "javascript:window.hacked=3" } }],
        "annotations": [{ "article": "e", "annotator": "eve", "type": "cue", "fragments": [{ "start": 0, "end": 8 }], "note": MARKUP }] });
    let fragment = made(&desk, &project.to_string());
    desk.script(&format!("location.hash = '{fragment}'"));
    desk.wait_for_text(PREVIEW, &["<script>window.hacked", "1 problem found", "articles[0].metadata.url"]);
    let harm = "return { hacked: window.hacked ?? null, images: document.images.length, scripts: document.body.querySelectorAll('script, iframe').length }";
    let none = json!({ "hacked": null, "images": 0, "scripts": 0 });
    assert_eq!(desk.script(harm), none);
    desk.click_command("open-shared");
    desk.wait_for_article("e");
    assert_eq!(desk.article_text(), MARKUP);
    assert_eq!(desk.script(harm), none);
    desk.leave();
}

#[test]
fn what_is_too_long_for_a_link_is_a_file() {
    let desk = Desk::open("?annotator=ana&article=seed-b");
    let long: String = (0..6_000).map(|n| format!("word{} ", n * 7_919 % 10_007)).collect();
    desk.import(&[standpoint_e2e::Upload::new("long.txt", long.as_str())]);
    until("three articles", || seen(listed_articles(&desk).len() == 3, listed_articles(&desk)));
    by_palette(&desk, "share a link", "Share a link");
    desk.click("[data-share=all]");
    desk.wait_for_text("dialog [data-told]", &["too many for a link", "Attach the file"]);
    assert!(!desk.sees("[data-share=link]"));
    let file = desk.export_by(|desk| desk.click_command("download-handout"));
    assert_eq!(file.name(), "sample-two-articles.handout.standpoint.json");
    assert_eq!((file.articles().len(), file.annotations().len()), (3, 0));

    // What the clipboard is not there for is selected.
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.saved();
    desk.go("?annotator=ana&article=seed-b");
    by_palette(&desk, "share a link", "Share a link");
    desk.wait_for("[data-share=link]");
    desk.script("Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })");
    desk.click_command("copy-link");
    desk.wait_for_text("dialog .outcome", &["Press Ctrl C"]);
    assert_eq!(
        desk.script("const field = document.activeElement; return field.selectionEnd - field.selectionStart === field.value.length"),
        json!(true)
    );
    desk.leave();
}
