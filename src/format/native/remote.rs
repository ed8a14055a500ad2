//! Articles whose texts lie in files of their own: what the project file says of them waits until the text is there.

use std::rc::Rc;

use thiserror::Error;

use super::check::BUDGET;
use super::file::{self, ArticleText};
use super::issue::Issue;
use super::read::{collect, shape};
use super::to_file::json;
use crate::analysis::Card;
use crate::edit::AnnotationStore;
use crate::model::*;
use crate::text::sha256_hex;

/// An article whose text lies elsewhere, with all that the project file says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remote {
    pub article: ArticleId,
    /// Where the text is.
    pub address: Rc<str>,
    /// Of the text in UTF-8, 64 lower-case hex digits.
    pub sha256: Rc<str>,
    /// What lists show of it. What annotations lack is not known before they are in the text.
    pub card: Rc<Card>,
    /// The records of the article as a project file of their own.
    pub excerpt: Rc<str>,
}

/// Why a text is not taken for the article's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotTheText {
    #[error("the file is not UTF-8 text (byte {0})")]
    NotUtf8(usize),
    #[error("the file is another text than the project says{0}")]
    Other(&'static str),
    #[error("what the project says of it can't be read ({0})")]
    BadExcerpt(String),
}

type Records = Vec<(RecordKey, Rc<Record>)>;

const BOM: char = '\u{feff}';

/// A file's text, if it is exactly the one with this hash; nothing of it is changed.
pub fn exact_text(bytes: Vec<u8>, sha256: &str) -> Result<String, NotTheText> {
    let text = String::from_utf8(bytes).map_err(|error| NotTheText::NotUtf8(error.utf8_error().valid_up_to()))?;
    is_text(&text, sha256).map(|()| text)
}

fn is_text(text: &str, sha256: &str) -> Result<(), NotTheText> {
    let is = |text: &str| sha256_hex(text).eq_ignore_ascii_case(sha256);
    if is(text) {
        return Ok(());
    }
    let bare = text.strip_prefix(BOM).unwrap_or(text);
    let lines = bare.replace("\r\n", "\n");
    Err(NotTheText::Other(match () {
        () if is(bare) => ": it begins with a byte order mark, which the text has not",
        () if is(&lines) || is(&lines.replace('\n', "\r\n")) => ": its line ends were changed (CR LF and LF)",
        () => "",
    }))
}

impl Remote {
    /// The article's records, now that its text is here; what they name is looked for in `beside`.
    ///
    /// What is wrong with them is reported, as of any file.
    pub fn records(&self, text: &str, beside: &AnnotationStore) -> Result<(Records, Vec<Issue>), NotTheText> {
        is_text(text, &self.sha256)?;
        let name = format!("“{}”", self.card.label);
        let mut stated = shape::parse(&name, &self.excerpt).map_err(|error| NotTheText::BadExcerpt(error.to_string()))?;
        for article in &mut stated.articles {
            article.text = ArticleText::Here(text.into());
        }
        let reading = collect::collect(&name, stated, BUDGET, super::Texts::Nowhere, Some(beside));
        let own = reading.store.shared_records().filter(|(key, _)| key.article() == Some(&self.article));
        Ok((own.collect(), reading.issues))
    }
}

/// What of a file is about one article whose text is elsewhere.
#[derive(Debug)]
pub struct Draft {
    pub id: ArticleId,
    pub address: Rc<str>,
    pub article: file::Article,
    pub annotations: Vec<file::Annotation>,
    pub conflicts: Vec<file::Conflict>,
    pub deleted: Vec<file::Tombstone>,
    pub progress: Vec<file::Progress>,
}

impl Draft {
    pub fn new(id: ArticleId, address: Rc<str>, article: file::Article) -> Self {
        Self { id, address, article, annotations: Vec::new(), conflicts: Vec::new(), deleted: Vec::new(), progress: Vec::new() }
    }

    pub fn into_remote(self, scheme: &Scheme) -> Remote {
        let excerpt = format!(
            r#"{{"format":"{}","version":{},"articles":[{}],"annotations":{},"conflicts":{},"deleted":{},"progress":{}}}"#,
            file::FORMAT,
            file::VERSION,
            json(&self.article),
            json(&self.annotations),
            json(&self.conflicts),
            json(&self.deleted),
            json(&self.progress)
        );
        let card = Rc::new(self.card(scheme));
        let sha256 = self.article.sha256.as_deref().unwrap_or_default().to_ascii_lowercase();
        Remote { article: self.id, address: self.address, sha256: sha256.into(), card, excerpt: excerpt.into() }
    }

    fn card(&self, scheme: &Scheme) -> Card {
        let is_claim = |id: &str| scheme.types.iter().any(|of| of.id.as_str() == id && of.means == Some(Meaning::Claim));
        let mut card = Card { label: self.label(), publisher: self.article.metadata.publisher.clone(), ..Card::default() };
        for annotation in &self.annotations {
            let annotator = annotation.annotator.as_deref().unwrap_or(super::check::FILE_ANNOTATOR);
            if let Some(annotator) = AnnotatorId::new(annotator) {
                let work = card.work.entry(annotator).or_default();
                work.annotations += 1;
                work.claims += usize::from(is_claim(&annotation.type_id));
            }
        }
        for progress in &self.progress {
            if let (Some(annotator), Some(status)) = (AnnotatorId::new(&progress.annotator), super::words::parse_status(&progress.status))
                && status != Status::New
            {
                card.work.entry(annotator).or_default().status = status;
            }
        }
        card
    }

    /// Its title, or else what its file is called.
    fn label(&self) -> Rc<str> {
        let title = self.article.title.trim();
        if !title.is_empty() {
            return title.into();
        }
        let path = self.address.split(['?', '#']).next().unwrap_or_default();
        path.rsplit('/').find(|part| !part.is_empty()).unwrap_or(self.id.as_str()).into()
    }
}
