//! What the columns of a table are: which one is the text, which the headline, and what becomes of the others.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::table::Heading;
use crate::format::plain::published;
use crate::model::Metadata;

/// What a column, or a line of front matter, says of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The text; of several columns one behind the other.
    Text,
    /// The headline, which stands in the text already.
    Title,
    /// A headline that stands nowhere else: the text's first paragraph.
    Headline,
    Id,
    Language,
    Published,
    Publisher,
    Author,
    Url,
    License,
    Credit,
    /// Kept beside the text under the column's own name.
    Extra,
    Nothing,
}

impl Field {
    pub const ALL: [Self; 13] = [
        Self::Text,
        Self::Title,
        Self::Headline,
        Self::Id,
        Self::Language,
        Self::Published,
        Self::Publisher,
        Self::Author,
        Self::Url,
        Self::License,
        Self::Credit,
        Self::Extra,
        Self::Nothing,
    ];

    /// On the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Headline => "headline",
            Self::Id => "id",
            Self::Language => "language",
            Self::Published => "published",
            Self::Publisher => "publisher",
            Self::Author => "author",
            Self::Url => "url",
            Self::License => "license",
            Self::Credit => "credit",
            Self::Extra => "extra",
            Self::Nothing => "none",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// What it means, for a list of choices.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "Text",
            Self::Title => "Title",
            Self::Headline => "Title, and first paragraph of the text",
            Self::Id => "Id",
            Self::Language => "Language",
            Self::Published => "Published",
            Self::Publisher => "Publisher",
            Self::Author => "Author",
            Self::Url => "Address",
            Self::License => "Licence",
            Self::Credit => "Credit",
            Self::Extra => "Kept as metadata",
            Self::Nothing => "Left out",
        }
    }

    /// What a column of this name usually is; `None` for the names of anything.
    pub fn called(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
        Some(match plain.as_str() {
            "text" | "content" | "body" | "article" | "articletext" | "articlebody" | "fulltext" | "maintext" | "story" | "document"
            | "contents" => Self::Text,
            "title" | "headline" | "heading" | "header" => Self::Title,
            "id" | "articleid" | "docid" | "documentid" | "uid" | "uuid" | "guid" | "sentid" | "newsid" => Self::Id,
            "language" | "lang" => Self::Language,
            "published" | "date" | "publishedat" | "publisheddate" | "publishdate" | "publicationdate" | "datepublished" | "pubdate"
            | "datetime" | "time" | "timestamp" | "datepublish" => Self::Published,
            "publisher" | "source" | "outlet" | "newspaper" | "publication" | "site" | "domain" | "sourcename" | "medium"
            | "sourcedomain" => Self::Publisher,
            "author" | "authors" | "byline" | "creator" | "writer" => Self::Author,
            "url" | "link" | "href" | "address" | "sourceurl" | "permalink" | "webpage" | "articleurl" => Self::Url,
            "license" | "licence" => Self::License,
            "credit" | "attribution" => Self::Credit,
            _ => return None,
        })
    }

    /// Whether several columns may be it.
    fn takes_many(self) -> bool {
        matches!(self, Self::Text | Self::Extra | Self::Nothing)
    }
}

/// A column: its place in each row, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: Rc<str>,
    pub field: Field,
}

/// All columns of a table, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns(pub Vec<Column>);

impl Columns {
    /// By their names; where none is called a text, the one with the longest cells is.
    pub fn proposed(headings: &[Heading]) -> Self {
        let mut columns = Self(Vec::with_capacity(headings.len()));
        for heading in headings {
            let field = Field::called(&heading.name).filter(|field| !columns.has(*field)).unwrap_or(Field::Extra);
            columns.0.push(Column { name: heading.name.clone(), field });
        }
        if !columns.has(Field::Text) || columns.text_length(headings) == 0 {
            let longest = headings.iter().enumerate().fold(None, |best: Option<(usize, usize)>, (n, heading)| match best {
                Some((_, most)) if most >= heading.letters => best,
                _ => Some((n, heading.letters)),
            });
            if let Some((n, letters)) = longest
                && letters > 0
            {
                columns = columns.with(n, Field::Text);
            }
        }
        columns
    }

    fn text_length(&self, headings: &[Heading]) -> usize {
        self.0.iter().zip(headings).filter(|(column, _)| column.field == Field::Text).map(|(_, heading)| heading.letters).sum()
    }

    pub fn has(&self, field: Field) -> bool {
        self.0.iter().any(|column| column.field == field)
    }

    /// The same with another meaning of one column; the one that had it keeps its cells as metadata.
    pub fn with(&self, n: usize, field: Field) -> Self {
        let mut columns = self.clone();
        let clashes = |other: Field| match field {
            Field::Title | Field::Headline => matches!(other, Field::Title | Field::Headline),
            _ => other == field && !field.takes_many(),
        };
        for (k, column) in columns.0.iter_mut().enumerate() {
            if k == n {
                column.field = field;
            } else if clashes(column.field) {
                column.field = Field::Extra;
            }
        }
        columns
    }
}

/// What cells say of one article.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub id: Rc<str>,
    pub title: Rc<str>,
    pub language: Rc<str>,
    pub metadata: Metadata,
    pub headline: Rc<str>,
    pub text: String,
}

impl Found {
    /// An empty cell says nothing; what a field can't be is kept as metadata.
    pub fn take(&mut self, field: Field, name: &Rc<str>, cell: &str) {
        let trimmed = cell.trim();
        if trimmed.is_empty() {
            return;
        }
        let stated = || Some(Rc::from(trimmed));
        match field {
            Field::Text => {
                if !self.text.is_empty() {
                    self.text.push_str("\n\n");
                }
                self.text.push_str(cell);
            }
            Field::Title => self.title = trimmed.into(),
            Field::Headline => {
                self.title = trimmed.into();
                self.headline = trimmed.into();
            }
            Field::Id => self.id = trimmed.into(),
            Field::Language => self.language = trimmed.into(),
            Field::Published => match published(trimmed) {
                Some(time) => self.metadata.published = Some(time.into()),
                None => self.keep(name, trimmed),
            },
            Field::Publisher => self.metadata.publisher = stated(),
            Field::Author => self.metadata.author = stated(),
            Field::Url => self.metadata.url = stated(),
            Field::License => self.metadata.license = stated(),
            Field::Credit => self.metadata.credit = stated(),
            Field::Extra => self.keep(name, trimmed),
            Field::Nothing => {}
        }
    }

    fn keep(&mut self, name: &Rc<str>, cell: &str) {
        let extra: &mut BTreeMap<Rc<str>, Rc<str>> = &mut self.metadata.extra;
        extra.insert(name.clone(), cell.into());
    }

    /// The text, behind its headline where that stands nowhere else.
    pub fn whole_text(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        match self.headline.is_empty() || text.trim().is_empty() {
            true => text,
            false => format!("{}\n\n{text}", self.headline),
        }
    }
}
