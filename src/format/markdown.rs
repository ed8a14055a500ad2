//! Guidelines are Markdown (CommonMark 0.31 with tables and strikethrough); here it becomes a tree that can be drawn.

use std::rc::Rc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::links::{WEB, is_address};

/// A stretch of text, or a part with more inside. HTML in it is text like all else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Markdown {
    Text(Rc<str>),
    Part(Kind, Vec<Markdown>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 1 to 6.
    Heading(u8),
    Paragraph,
    Quote,
    Bullets,
    /// With the first number.
    Numbers(u64),
    Item,
    CodeBlock,
    Table,
    Head,
    Row,
    Cell,
    Rule,
    Code,
    Emphasis,
    Strong,
    Struck,
    /// To a web page or an email address, and nothing else.
    Link(Rc<str>),
    Break,
}

/// Parts lie at most this deep in each other; what is deeper is drawn in the last of them.
const DEEPEST: usize = 24;

/// Reads Markdown; every text is some.
pub fn markdown(text: &str) -> Vec<Markdown> {
    let mut open: Vec<(Option<Kind>, Vec<Markdown>)> = vec![(None, Vec::new())];
    let mut too_deep = 0_usize;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(_) if open.len() > DEEPEST => too_deep += 1,
            Event::Start(tag) => open.push((kind(&tag), Vec::new())),
            Event::End(_) if too_deep > 0 => too_deep -= 1,
            Event::End(_) => {
                if let Some((kind, inside)) = open.pop() {
                    let around = innermost(&mut open);
                    match kind {
                        Some(kind) => around.push(Markdown::Part(kind, inside)),
                        None => around.extend(inside),
                    }
                }
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => say(innermost(&mut open), &text),
            Event::Code(text) => innermost(&mut open).push(Markdown::Part(Kind::Code, vec![Markdown::Text((&*text).into())])),
            Event::SoftBreak => say(innermost(&mut open), "\n"),
            Event::HardBreak => innermost(&mut open).push(Markdown::Part(Kind::Break, Vec::new())),
            Event::Rule => innermost(&mut open).push(Markdown::Part(Kind::Rule, Vec::new())),
            // Of extensions that are off.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => say(innermost(&mut open), &text),
            Event::TaskListMarker(_) => {}
        }
    }
    open.pop().map(|(_, parts)| parts).unwrap_or_default()
}

fn innermost(open: &mut [(Option<Kind>, Vec<Markdown>)]) -> &mut Vec<Markdown> {
    &mut open.last_mut().expect("invariant: the root is closed last").1
}

fn say(around: &mut Vec<Markdown>, text: &str) {
    match around.last_mut() {
        Some(Markdown::Text(before)) => *before = format!("{before}{text}").into(),
        _ => around.push(Markdown::Text(text.into())),
    }
}

/// `None` for what has no look of its own, such as an image: what is inside takes its place.
fn kind(tag: &Tag<'_>) -> Option<Kind> {
    Some(match tag {
        Tag::Heading { level, .. } => Kind::Heading(match level {
            HeadingLevel::H1 => 1,
            HeadingLevel::H2 => 2,
            HeadingLevel::H3 => 3,
            HeadingLevel::H4 => 4,
            HeadingLevel::H5 => 5,
            HeadingLevel::H6 => 6,
        }),
        Tag::Paragraph | Tag::HtmlBlock => Kind::Paragraph,
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::CodeBlock(_) => Kind::CodeBlock,
        Tag::List(Some(first)) => Kind::Numbers(*first),
        Tag::List(None) => Kind::Bullets,
        Tag::Item => Kind::Item,
        Tag::Table(_) => Kind::Table,
        Tag::TableHead => Kind::Head,
        Tag::TableRow => Kind::Row,
        Tag::TableCell => Kind::Cell,
        Tag::Emphasis => Kind::Emphasis,
        Tag::Strong => Kind::Strong,
        Tag::Strikethrough => Kind::Struck,
        // A picture would be fetched from elsewhere: it is a link by its description.
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => Kind::Link(link(dest_url)?),
        _ => return None,
    })
}

fn link(address: &str) -> Option<Rc<str>> {
    let allowed = is_address(address, &WEB) || is_address(address, &["mailto:"]);
    allowed.then(|| address.into())
}

/// Where the guidelines speak of `about`: from the first heading that names it, in one or many, to the next of its level.
///
/// Names are compared as whole words without case.
pub fn section(parts: &[Markdown], about: &str) -> Option<std::ops::Range<usize>> {
    let about = words(about);
    let level = |part: &Markdown| match part {
        Markdown::Part(Kind::Heading(level), _) => Some(*level),
        _ => None,
    };
    let names = |part: &Markdown| {
        let heading = words(&plain(part));
        !about.is_empty() && heading.windows(about.len()).any(|some| is_named(some, &about))
    };
    let start = parts.iter().position(|part| level(part).is_some() && names(part))?;
    let own = level(&parts[start])?;
    let end = parts[start + 1..].iter().position(|part| level(part).is_some_and(|level| level <= own));
    Some(start..end.map_or(parts.len(), |end| start + 1 + end))
}

fn is_named(words: &[String], about: &[String]) -> bool {
    words.iter().zip(about).all(|(word, name)| word == name || word.strip_suffix('s') == Some(name))
}

fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The words alone.
fn plain(part: &Markdown) -> String {
    match part {
        Markdown::Text(text) => text.to_string(),
        Markdown::Part(_, inside) => inside.iter().map(plain).collect(),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The tree in short: `h2[Claim] p[The ‹strong[words]›]`.
    fn picture(parts: &[Markdown]) -> String {
        let one = |part: &Markdown| match part {
            Markdown::Text(text) => text.replace('\n', "⏎"),
            Markdown::Part(kind, inside) => format!("{kind:?}[{}]", picture(inside)),
        };
        parts.iter().map(one).collect()
    }

    #[test]
    fn guidelines_have_headings_lists_tables_and_emphasis() {
        let text =
            "# What\n\nA **claim** is\nwhat is *said*, ~~not~~ `done`.\n\n1. one\n2. two\n\n- a\n\n> so\n\n|a|b|\n|-|-|\n|1|2|\n\n---\n";
        assert_eq!(
            picture(&markdown(text)),
            "Heading(1)[What]Paragraph[A Strong[claim] is⏎what is Emphasis[said], Struck[not] Code[done].]\
             Numbers(1)[Item[one]Item[two]]Bullets[Item[a]]Quote[Paragraph[so]]\
             Table[Head[Cell[a]Cell[b]]Row[Cell[1]Cell[2]]]Rule[]"
        );
    }

    #[test]
    fn html_is_text_and_links_lead_to_pages_and_mail_alone() {
        let text = "<script>x()</script>\n\n<b>bold</b> [a](javascript:x) [b](https://example.org/) [c](mailto:a@b.org) \
                    [d](data:text/html,x) ![e](https://example.org/e.png) <https://f.org> [g](JaVaScRiPt:x) [h](//h.org)";
        assert_eq!(
            picture(&markdown(text)),
            "Paragraph[<script>x()</script>⏎]Paragraph[<b>bold</b> a Link(\"https://example.org/\")[b] \
             Link(\"mailto:a@b.org\")[c] d Link(\"https://example.org/e.png\")[e] Link(\"https://f.org\")[https://f.org] g h]"
        );
    }

    #[test]
    fn what_is_nested_beyond_reason_keeps_its_words() {
        let deep = format!("{}word", "> ".repeat(5_000));
        let tree = markdown(&deep);
        assert_eq!(tree.iter().map(plain).collect::<String>(), "word");
        fn depth(parts: &[Markdown]) -> usize {
            let below = |part: &Markdown| match part {
                Markdown::Text(_) => 0,
                Markdown::Part(_, inside) => depth(inside),
            };
            1 + parts.iter().map(below).max().unwrap_or_default()
        }
        assert!(depth(&tree) <= DEEPEST + 1, "{}", depth(&tree));
    }

    #[test]
    fn a_type_finds_its_section_by_its_name() {
        let parts =
            markdown("# All\n\nx\n\n## Claims and cues\n\nof claims\n\n### More\n\ny\n\n## Disclaimer\n\nz\n\n## Reported speech\n\nr");
        let found = |about: &str| section(&parts, about).map(|range| parts[range].iter().map(plain).collect::<Vec<_>>().join("|"));
        assert_eq!(found("Claim").as_deref(), Some("Claims and cues|of claims|More|y"));
        assert_eq!(found("cue").as_deref(), Some("Claims and cues|of claims|More|y"));
        assert_eq!(found("Reported Speech").as_deref(), Some("Reported speech|r"));
        assert_eq!(found("laim"), None);
        assert_eq!(found("x"), None);
        assert_eq!(found(""), None);
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(text in "[#>*_`~|\\[\\]()<>a\\- \n\u{5d0}\u{1f468}]{0,200}") {
            markdown(&text);
        }
    }
}
