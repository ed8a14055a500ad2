//! A Markdown file as an article: its words as they would be read, without the marks; what its front matter says becomes metadata.

use std::collections::BTreeMap;
use std::rc::Rc;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::columns::{Field, Found};
use super::cut::{Cuts, words_in};
use super::flow::{Flow, Gap};
use crate::format::exchange::{Done, Foreign, ForeignText, Source};

/// Reads one file; without a text it is a problem.
pub fn read(file: &Source) -> Foreign {
    let mut foreign = Foreign::default();
    let text = file.text.trim_start_matches('\u{feff}');
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reading = Reading::default();
    for event in Parser::new_ext(text, options) {
        reading.event(event);
    }
    let Reading { flow, headline, front, cuts, .. } = reading;
    let text = flow.finish();
    if text.is_empty() {
        foreign.trouble(file.spot(), "there are no words in it", Done::Skipped);
        return foreign;
    }
    let mut found = Found::default();
    for (name, value) in &front {
        found.take(Field::called(name).unwrap_or(Field::Extra), name, value);
    }
    let headline: Rc<str> = headline.finish().split_whitespace().collect::<Vec<_>>().join(" ").into();
    let title = if found.title.is_empty() { headline } else { found.title };
    foreign.texts.push(ForeignText {
        spot: file.spot(),
        id: found.id,
        title,
        language: found.language,
        metadata: found.metadata,
        text: text.into(),
        ..ForeignText::default()
    });
    cuts.told(&file.spot(), &mut foreign);
    foreign
}

#[derive(Default)]
struct Reading {
    flow: Flow,
    /// The first heading of the first rank.
    headline: Flow,
    is_headline: Headline,
    front: BTreeMap<Rc<str>, Rc<str>>,
    cuts: Cuts,
    within: Within,
    /// For each open list the number of its next item, if they have numbers.
    lists: Vec<Option<u64>>,
}

#[derive(Default, PartialEq, Eq)]
enum Headline {
    #[default]
    ToCome,
    Here,
    Read,
}

/// Where words are something else than text.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Text,
    Code,
    Image,
    Front,
}

impl Reading {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => match self.within {
                Within::Text => self.say(&words),
                Within::Code => self.flow.say_exactly(&words),
                Within::Image => self.cuts.add("of descriptions of pictures", words_in(&words)),
                Within::Front => self.front_matter(&words),
            },
            Event::Code(words) => self.say(&words),
            Event::Html(html) | Event::InlineHtml(html) => self.cuts.add("of HTML", words_in(&html)),
            Event::SoftBreak => self.flow.gap(Gap::Space),
            Event::HardBreak => self.flow.gap(Gap::Line),
            Event::Rule => self.flow.gap(Gap::Block),
            // Of extensions that are off.
            Event::InlineMath(words) | Event::DisplayMath(words) | Event::FootnoteReference(words) => self.say(&words),
            Event::TaskListMarker(_) => {}
        }
    }

    fn say(&mut self, words: &str) {
        self.flow.say(words);
        if self.is_headline == Headline::Here {
            self.headline.say(words);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flow.gap(Gap::Block);
                if self.is_headline == Headline::ToCome && *level == pulldown_cmark::HeadingLevel::H1 {
                    self.is_headline = Headline::Here;
                }
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock | Tag::Table(_) => self.flow.gap(Gap::Block),
            Tag::CodeBlock(_) => {
                self.flow.gap(Gap::Block);
                self.within = Within::Code;
            }
            Tag::List(first) => {
                self.flow.gap(if self.lists.is_empty() { Gap::Block } else { Gap::Line });
                self.lists.push(*first);
            }
            Tag::Item => {
                self.flow.gap(Gap::Line);
                // A line may begin with a year and a full stop: what looks like a list's number is a word of the text.
                if let Some(Some(number)) = self.lists.last_mut() {
                    let said = format!("{number}. ");
                    *number += 1;
                    self.flow.say(&said);
                }
            }
            Tag::TableHead | Tag::TableRow => self.flow.gap(Gap::Line),
            Tag::TableCell => self.flow.gap(Gap::Tab),
            Tag::Image { .. } => self.within = Within::Image,
            Tag::MetadataBlock(_) => self.within = Within::Front,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flow.gap(Gap::Block);
                if self.is_headline == Headline::Here {
                    self.is_headline = Headline::Read;
                }
            }
            TagEnd::Paragraph | TagEnd::BlockQuote(_) | TagEnd::Table => self.flow.gap(Gap::Block),
            TagEnd::CodeBlock => {
                self.flow.gap(Gap::Block);
                self.within = Within::Text;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.flow.gap(if self.lists.is_empty() { Gap::Block } else { Gap::Line });
            }
            TagEnd::Image | TagEnd::MetadataBlock(_) => self.within = Within::Text,
            _ => {}
        }
    }

    /// Lines of a name, a colon and a value; lists and what is deeper are left to the words that they are.
    fn front_matter(&mut self, block: &str) {
        for line in block.lines() {
            let Some((name, value)) = line.split_once(':').filter(|(name, _)| !name.starts_with([' ', '\t', '-', '#'])) else {
                self.cuts.add("of front matter", words_in(line));
                continue;
            };
            let value = value.trim();
            let bare = ['"', '\''].into_iter().find_map(|mark| value.strip_prefix(mark)?.strip_suffix(mark)).unwrap_or(value);
            if !bare.is_empty() {
                self.front.insert(name.trim().into(), bare.into());
            }
        }
    }
}
