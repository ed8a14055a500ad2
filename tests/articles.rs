//! Articles from web pages, Markdown and tables: what is the text, what is cut, what is kept beside it.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::{expect, expect_file};
use standpoint::format::articles::{Columns, Field, Kind, NativePages, PageParser, Table, markdown, page, stated_encoding};
use standpoint::format::exchange::{Done, Foreign, Source};

fn html(text: &str) -> Foreign {
    let file = Source::whole("news.html", text);
    page(&file.spot(), NativePages.parse(&file.text))
}

fn only_text(foreign: &Foreign) -> &str {
    let [text] = foreign.texts.as_slice() else { panic!("{} texts, {:?}", foreign.texts.len(), foreign.problems) };
    &text.text
}

fn problems(foreign: &Foreign) -> Vec<String> {
    foreign.problems.iter().map(ToString::to_string).collect()
}

const NEWS: &str = include_str!("articles/news.html");

#[test]
fn the_article_of_a_page_of_news_and_nothing_around_it() {
    let read = html(NEWS);
    // The browser's own parser is held to the same: tests/web/pages.rs.
    expect_file!["articles/news.txt"].assert_eq(only_text(&read));
    let text = &read.texts[0];
    expect![[r#"
        "Plan “reckless”, opponents say" "en-GB" Metadata {
            publisher: Some(
                "The Paper",
            ),
            author: Some(
                "A. Writer",
            ),
            url: Some(
                "https://news.example/politics/plan-reckless",
            ),
            published: Some(
                "2023-06-22T20:34:00",
            ),
            license: None,
            credit: None,
            extra: {},
        }"#]]
    .assert_eq(&format!("{:?} {:?} {:#?}", text.title, text.language, text.metadata));
    expect_file!["articles/news.cut.txt"].assert_eq(&problems(&read).join("\n"));
    assert_eq!(read.problems[0].done, Done::Cut);
}

#[test]
fn pages_without_any_of_the_elements_made_for_it() {
    let paragraph = "The minister said on Monday that the plan would go ahead, whatever the opponents of the plan might say about it.";
    // Line breaks in a cell of a table, within a form that holds the whole page.
    let old = format!(
        "<html><body><form><table><tr><td><a href=x>Home</a><br><a href=y>Sport</a></td><td><font>{paragraph}<br><br>{paragraph}</font></td></tr></table></form>"
    );
    assert_eq!(only_text(&html(&old)), format!("{paragraph}\n\n{paragraph}").replace("\n\n", "\n"));
    // Paragraphs in a container, in a page of teasers, each in an article of its own.
    let teaser = "<article><h2><a href=z>Another story altogether, to be read elsewhere</a></h2><p>Read on.</p></article>";
    let page = format!(
        "<main><div class=body><p>{paragraph}</p><p>{paragraph}</p><ul><li>One</li><li>Two</li></ul></div>{}</main>",
        teaser.repeat(3)
    );
    let read = html(&page);
    assert!(only_text(&read).starts_with(&format!("{paragraph}\n\n{paragraph}\n\nOne\nTwo")), "{}", only_text(&read));
    // No markup at all, and right to left.
    assert_eq!(only_text(&html("قال الوزير: “سنفوز”.\n\n قال")), "قال الوزير: “سنفوز”. قال");
    assert_eq!(only_text(&html("<p>e\u{301}\u{a0}👩‍👩‍👧 <b>bo</b>ld</p><pre>a  b\n  c</pre>")), "e\u{301}\u{a0}👩‍👩‍👧 bold\n\na  b\n  c");
}

#[test]
fn nothing_of_a_page_runs_and_no_page_is_too_odd() {
    let hostile = "<p onclick=alert(1)>A &lt;script&gt;alert(2)&lt;/script&gt; word</p><script>alert(3)</script><style>p{}</style><svg><text>x</text></svg>";
    assert_eq!(only_text(&html(hostile)), "A <script>alert(2)</script> word");
    for odd in ["", "   ", "<html>", "<script>only</script>", "<p></p>", "<!-- -->"] {
        let read = html(odd);
        assert!(read.texts.is_empty(), "{odd:?}");
        assert_eq!(problems(&read), ["news.html: there are no words in the page; left out"]);
    }
    let deep = format!("{}word", "<div>".repeat(2_000));
    assert_eq!(only_text(&html(&deep)), "word");
    let wide = "<p>word <a>link</a></p>".repeat(2_000);
    assert_eq!(only_text(&html(&wide)).len(), 2_000 * "word link\n\n".len() - 2);
}

#[test]
fn markdown_is_read_as_its_words() {
    let file = Source::whole(
        "a.md",
        "---\ntitle: \"What he said\"\ndate: 2023-06-22\nurl: https://news.example/a\ntags:\n  - politics\nsection: World\n---\n\n# What he *said*\n\nHe said: “We\nwill **win**” [here](https://x.example) 🎉.\n\n- one\n- two\n\n1986. A year\n\n> quoted `code`\n\n![A picture of him](a.png)\n\n<div class=ad>x</div>\n\n| a | b |\n|---|---|\n| c | d |\n\n```\nx  y\n z\n```\n",
    );
    let read = markdown(&file);
    expect![[r#"
        What he said

        He said: “We will win” here 🎉.

        one
        two

        1986. A year

        quoted code

        a	b
        c	d

        x  y
         z"#]]
    .assert_eq(only_text(&read));
    let text = &read.texts[0];
    expect![[r#"
        "What he said" Metadata {
            publisher: None,
            author: None,
            url: Some(
                "https://news.example/a",
            ),
            published: Some(
                "2023-06-22",
            ),
            license: None,
            credit: None,
            extra: {
                "section": "World",
            },
        }"#]]
    .assert_eq(&format!("{:?} {:#?}", text.title, text.metadata));
    expect!["a.md: cut: 4 words of descriptions of pictures, 2 words of HTML, 2 words of front matter; the rest is the article"]
        .assert_eq(&problems(&read).join("\n"));
    let empty = markdown(&Source::whole("b.md", "---\ntitle: x\n---\n\n![x](y)\n"));
    assert_eq!((empty.texts.len(), problems(&empty)), (0, vec!["b.md: there are no words in it; left out".to_owned()]));
}

fn table(name: &str, text: &str) -> (Table, Columns) {
    let table = Table::read(&Source::whole(name, text));
    let columns = Columns::proposed(&table.headings);
    (table, columns)
}

fn fields(columns: &Columns) -> Vec<(&str, &str)> {
    columns.0.iter().map(|column| (&*column.name, column.field.name())).collect()
}

#[test]
fn columns_are_known_by_their_names_or_their_length() {
    let (read, columns) = table(
        "a.csv",
        "\u{feff}ID;Headline;Body;Published At;Outlet;score\n1;“Win”;\"We will\r\nwin; he said 🎉\";2023-06-22T20:34:00Z;The Paper;0.5\n2;;;x;;\n",
    );
    assert_eq!(
        fields(&columns),
        [("ID", "id"), ("Headline", "title"), ("Body", "text"), ("Published At", "published"), ("Outlet", "publisher"), ("score", "extra")]
    );
    let foreign = read.foreign(&columns);
    let text = &foreign.texts[0];
    assert_eq!((&*text.id, &*text.title, &*text.text), ("1", "“Win”", "We will\r\nwin; he said 🎉"));
    assert_eq!(text.metadata.published.as_deref(), Some("2023-06-22T20:34:00"));
    assert_eq!(text.metadata.publisher.as_deref(), Some("The Paper"));
    assert_eq!(text.metadata.extra.get("score").map(|score| &**score), Some("0.5"));
    assert_eq!(problems(&foreign), ["a.csv, line 4: there is no text in this row; left out"]);
    // A headline that stands nowhere else.
    let with = columns.with(1, Field::Headline);
    assert_eq!(read.text(0, &with).map(|text| text.text).as_deref(), Ok("“Win”\n\nWe will\r\nwin; he said 🎉"));
    // Another column as the text; of a field that one column alone can be, the former keeps its cells.
    let other = columns.with(5, Field::Title);
    assert_eq!(fields(&other)[1], ("Headline", "extra"));
    // Without names: the longest cells are the text.
    let (read, columns) = table("a.tsv", "7\tThe minister said that he would win, and that nobody would stop him from it.\n8\tNo.\n");
    assert_eq!(fields(&columns), [("column 1", "extra"), ("column 2", "text")]);
    assert_eq!(read.len(), 2);
}

#[test]
fn rows_of_json_in_lists_lines_and_lists_within_objects() {
    let row = r#"{"title": "A", "text": "One\nword", "meta": {"source": "The Paper", "date": "2023-06-22"}, "authors": ["B", "C"], "n": 1, "no": null}"#;
    for text in
        [format!("[{row},\n {row}]"), format!("{row}\n\n{row}\n"), format!(r#"{{"status": 1, "articles": [{row}, {row}], "more": 2}}"#)]
    {
        let (read, columns) = table("a.json", &text);
        assert!(read.problems.is_empty(), "{:?}", read.problems);
        let expected =
            [("title", "title"), ("text", "text"), ("meta.source", "extra"), ("meta.date", "extra"), ("authors", "author"), ("n", "extra")];
        assert_eq!(fields(&columns), expected, "{text}");
        let foreign = read.foreign(&columns);
        assert_eq!(foreign.texts.len(), 2);
        assert_eq!(foreign.texts[1].metadata.author.as_deref(), Some("B; C"));
    }
    let (read, columns) = table("a.jsonl", "{\"text\": \"One\"}\n{\"text\": \n\"Two\"\n7\n{\"text\": 3}\n");
    assert_eq!(read.foreign(&columns).texts.iter().map(|text| &*text.text).collect::<Vec<_>>(), ["One", "Two", "3"]);
    let told: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
    expect![[r#"
        a.jsonl, line 2: this is no JSON: expected `,` or `}`; left out
        a.jsonl, line 4: this is neither an object nor a text; left out"#]]
    .assert_eq(&told.join("\n"));
    let (read, _) = table("a.json", "[{\"text\": \"One\"}, {\"text\": ]");
    assert_eq!((read.len(), read.problems.len()), (1, 1));
    assert!(table("a.json", "").0.is_empty() && table("a.csv", "").0.is_empty());
}

#[test]
fn what_is_wrong_with_a_row_is_said_and_the_others_are_read() {
    let (read, _) = table("a.csv", "text,n\none,1\ntwo, and three,2\nfour,3\n");
    assert_eq!(read.len(), 2);
    let told: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["a.csv, line 3: the row has 3 cells, and there are 2 columns: one of its cells should stand in quotation marks; left out"]
    );
    // JSON that is something else.
    for other in ["", "[1, 2]", "{\"format\": \"brat\"}", "<!DOCTYPE html>", "{"] {
        assert!(!table("a.json", other).0.has_texts(), "{other}");
    }
    assert!(
        table("a.json", "{\"text\": \"No.\"}").0.has_texts() && table("a.json", "[{\"said\": \"He said that he would.\"}]").0.has_texts()
    );
    let wide: String = (0..300).map(|n| format!("\"c{n}\": {n},")).collect();
    let (read, columns) = table("a.json", &format!("{{{wide} \"text\": \"word\"}}"));
    assert_eq!((columns.0.len(), read.len()), (200, 1));
}

#[test]
fn kinds_and_encodings_by_what_files_say() {
    let kind = |name: &str, text: &str| Kind::of(&Source::whole(name, text));
    assert_eq!(kind("a.HTM", ""), Some(Kind::Page));
    assert_eq!(kind("pasted text", " <!DOCTYPE html><p>x"), Some(Kind::Page));
    assert_eq!((kind("a.txt", "<html>"), kind("a", "<htm")), (None, None));
    assert_eq!(kind("a.jsonl", "{}"), Some(Kind::Table));
    assert_eq!((kind("standard input", " [ {\"text\": 1}]"), kind("pasted text", "[Agency] He said")), (Some(Kind::Table), None));
    let said = |page: &[u8]| stated_encoding(page);
    assert_eq!(said(b"<meta charset=windows-1251>").as_deref(), Some("windows-1251"));
    assert_eq!(said(b"<META http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>").as_deref(), Some("iso-8859-1"));
    assert_eq!(said(b"<p>charset=x"), None);
}
