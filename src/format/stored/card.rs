use std::rc::Rc;

use super::StoredError;
use super::envelope::{open, seal};
use super::row::malformed;
use crate::analysis::{Card, Work};
use crate::model::{AnnotatorId, ArticleId, Status};

type Row = (String, usize, usize, usize, usize, u8);
/// What is shown: label, publisher, and work by annotator.
pub type Shown = (Rc<str>, Option<Rc<str>>, Vec<Row>);

/// `[article, label, publisher or null, [[annotator, annotations, claims, unfinished, finished, status], …]]`; only the
/// article where it was removed.
pub fn write_card(article: &ArticleId, card: Option<&Card>) -> String {
    let json = match card {
        None => serde_json::to_string(&[article.as_str()]),
        Some(card) => {
            let (label, publisher, work) = shown(card);
            serde_json::to_string(&(article.as_str(), label, publisher, work))
        }
    };
    seal(&json.expect("invariant: strings and numbers always become JSON"))
}

/// What [`write_card`] wrote for the article; `None` where it was removed.
pub fn read_card(article: &ArticleId, stored: &str) -> Result<Option<Card>, StoredError> {
    type Stored = (String, Rc<str>, Option<Rc<str>>, Vec<Row>);
    let json = open(stored)?;
    if serde_json::from_str::<[String; 1]>(json).is_ok_and(|[of]| of == article.as_str()) {
        return Ok(None);
    }
    let (of, label, publisher, rows): Stored = serde_json::from_str(json).map_err(|error| malformed(&error.to_string()))?;
    if of != article.as_str() {
        return Err(StoredError::OtherKey);
    }
    card_of((label, publisher, rows)).map(Some)
}

pub fn shown(card: &Card) -> Shown {
    let work = card.work.iter().map(|(annotator, work)| {
        let Work { annotations, claims, unfinished, finished, status } = *work;
        (annotator.to_string(), annotations, claims, unfinished, finished, number(status))
    });
    (card.label.clone(), card.publisher.clone(), work.collect())
}

pub fn card_of((label, publisher, rows): Shown) -> Result<Card, StoredError> {
    let work = rows.into_iter().map(|(annotator, annotations, claims, unfinished, finished, status)| {
        let annotator = AnnotatorId::new(&annotator).ok_or_else(|| malformed("an id is outside the grammar of ids"))?;
        let status = [Status::New, Status::InProgress, Status::Done].into_iter().find(|known| number(*known) == status);
        let status = status.ok_or_else(|| malformed("a status is unknown"))?;
        Ok((annotator, Work { annotations, claims, unfinished, finished, status }))
    });
    Ok(Card { label, publisher, work: work.collect::<Result<_, StoredError>>()? })
}

fn number(status: Status) -> u8 {
    match status {
        Status::New => 0,
        Status::InProgress => 1,
        Status::Done => 2,
    }
}
