//! Articles that come as something else than plain text: looked at before they come in.

use standpoint_e2e::{Desk, Upload, seen, until};

use crate::steps::{ALERT, by_palette, listed_articles};

const NEWS: &str = include_str!("../../../articles/news.html");
const ROWS: &str = "nr,head,words,seen on\n1,First,“We will win” 🎉,2023-06-22\n2,Second,He said no.,x\n3,Third,“We will win” 🎉,y\n\
    4,Fourth,\"One of them said that the house would vote on the plan again in autumn, if there was a government by then, and that nobody knew.\",z\n\
    5,Fifth,\"One of them said that the house would vote on the plan again in autumn, if there was a government by then, and that nobody cared.\",z\n";

#[test]
fn a_page_of_news_comes_in_as_its_article() {
    let mut desk = Desk::open("?annotator=ana&article=seed-a");
    // The styles of the page that is read are as dead as its scripts, which the browser notes.
    desk.forgive("Applying inline style violates");
    desk.import(&[Upload::new("news.html", NEWS), Upload::new("notes.md", "# Notes\n\nHe *said* so.\n")]);
    // Two kinds are two questions.
    desk.wait_for_text("dialog .bringing", &["Web pages: 1 text", "Article 1 of 1", "1 article"]);
    desk.wait_for_text("dialog .sight", &["Plan “reckless”, opponents say", "The Paper · A. Writer", "“We will\u{a0}win” 🎉"]);
    desk.wait_for_text("dialog .problems", &["parts that are no article", "19 words of comments"]);
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.click_command("accept-bring");
    desk.wait_for_text("dialog .bringing", &["Markdown: 1 text", "He said so."]);
    desk.click_command("accept-bring");
    desk.wait_gone("dialog");
    until("both", || seen(listed_articles(&desk).len() == 4, listed_articles(&desk)));
    let after = desk.export();
    let page = after.articles().iter().find(|article| article["title"] == "Plan “reckless”, opponents say").expect("the page").clone();
    assert_eq!(page["metadata"]["url"], "https://news.example/politics/plan-reckless");
    assert!(page["text"].as_str().is_some_and(|text| text.ends_with("the speaker of the house told us.")), "{page}");
    // The same page again is here already; taken back, all is as it was.
    desk.import(&[Upload::new("news.html", NEWS)]);
    desk.wait_for_text("dialog [data-told]", &["1 article (1 of them here already)"]);
    desk.press("Escape");
    desk.wait_gone("dialog");
    desk.click_command("take-back");
    until("three", || seen(listed_articles(&desk).len() == 3, listed_articles(&desk)));
    assert!(desk.export().articles().iter().all(|article| article["title"] != "Notes"));
    desk.leave();
}

#[test]
fn the_columns_of_a_table_are_told_apart_and_twins_left_out() {
    let desk = Desk::open("?annotator=ana&article=seed-a");
    desk.import(&[Upload::new("corpus.csv", ROWS)]);
    desk.wait_for_text(
        "dialog .bringing",
        &["A table of articles: 5 rows of 4 columns", "Article 1 of 4", "1 text nearly the same as another"],
    );
    // Two rows have the same words: that is said, and is one article.
    desk.wait_for_text("dialog [data-list=problems]", &["1 noticed"]);
    desk.script("document.querySelector('dialog .dialog-body').scrollTo(0, 1e6)");
    desk.click("dialog [data-list=problems] summary");
    desk.wait_for_text("dialog [data-list=problems]", &["corpus.csv, line 4", "both are one article"]);
    desk.choose("[data-column=head]", "headline");
    desk.wait_for_text("dialog .sight", &["Article 1 of 5", "First\n\n“We will win” 🎉", "seen on: 2023-06-22"]);
    desk.choose("[data-column='seen on']", "published");
    desk.click_command("preview-next");
    desk.wait_for_text("dialog .sight", &["Article 2 of 5", "Second\n\nHe said no.", "seen on: x"]);
    assert_eq!(desk.barriers(), Vec::<String>::new());
    // Without a text there is nothing to import.
    desk.choose("[data-column=words]", "none");
    desk.wait_for_text("dialog .bringing", &["Say which column is the text", "No text can be read"]);
    assert_eq!(desk.is_enabled("accept-bring"), Some(false));
    desk.choose("[data-column=words]", "text");
    desk.choose("[data-column=head]", "title");
    desk.wait_for_text("dialog [data-list=alike]", &["“Fifth” is to ", " % the same as “Fourth”"]);
    desk.script("document.querySelector('dialog .dialog-body').scrollTo(0, 1e6)");
    desk.click("[data-command=leave-twins]");
    desk.click_command("accept-bring");
    desk.wait_gone("dialog");
    until("three more", || seen(listed_articles(&desk).len() == 5, listed_articles(&desk)));

    // What is here already in other words is told of plain texts, too.
    let near = format!("{} And no more.", desk.export().article("seed-a")["text"].as_str().expect("a text"));
    desk.import(&[Upload::new("again.txt", near)]);
    desk.wait_for_text(ALERT, &[" % the same as", "which is here already"]);
    desk.leave();
}

#[test]
fn a_text_is_typed_or_loaded_from_an_address() {
    let mut desk = Desk::open("?annotator=ana&article=seed-a");
    by_palette(&desk, "by hand", "Add a text by hand or from a web address");
    desk.wait_for_keyboard("#add-address");
    assert_eq!(desk.barriers(), Vec::<String>::new());
    desk.type_text("news.example");
    desk.press("Enter");
    // The browser itself refuses what is no address; the page what is none of the web.
    desk.script("document.getElementById('add-address').form.noValidate = true");
    desk.press("Enter");
    desk.wait_for_text("dialog [role=alert]", &["begins with https:// or http://"]);
    desk.forgive("nowhere.html");
    let address = format!("{}project.json", desk.script("return location.origin + '/'").as_str().expect("an address"));
    desk.script_with("const field = document.getElementById('add-address'); field.focus(); field.select()", serde_json::json!([]));
    desk.type_text(&address.replace("project.json", "nowhere.html"));
    desk.press("Enter");
    desk.wait_for_text("dialog [role=alert]", &["can’t be loaded: the server answered 404", "save the page as a file"]);
    desk.script_with("const field = document.getElementById('add-address'); field.focus(); field.select()", serde_json::json!([]));
    desk.type_text(&address.replace("project.json", "recover.html"));
    desk.press("Enter");
    desk.wait_for_text("dialog .bringing", &["Web pages: 1 text"]);
    desk.wait_for_text("dialog .sight", &["recover.html"]);
    desk.press("Escape");
    desk.wait_gone("dialog");

    desk.press("Shift+A");
    desk.wait_for_keyboard("#add-address");
    desk.press("Tab Tab");
    desk.click("#add-text");
    desk.type_text("Nobody said so.");
    desk.click_command("add-typed");
    until("three", || seen(listed_articles(&desk).len() == 3, listed_articles(&desk)));
    desk.leave();
}
