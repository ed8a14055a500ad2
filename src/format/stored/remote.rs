use std::rc::Rc;

use super::StoredError;
use super::card::{Shown, card_of, shown};
use super::envelope::{open, seal};
use super::row::malformed;
use crate::format::native::Remote;
use crate::model::ArticleId;

/// `[article, address, SHA-256, [label, publisher or null, work], excerpt]`: what lists show as on a card, and the article’s records as
/// a project file within a string.
pub fn write_remote(remote: &Remote) -> String {
    let Remote { article, address, sha256, card, excerpt } = remote;
    let json = serde_json::to_string(&(article.as_str(), &**address, &**sha256, shown(card), &**excerpt));
    seal(&json.expect("invariant: strings and numbers always become JSON"))
}

/// What [`write_remote`] wrote for the article.
pub fn read_remote(article: &ArticleId, stored: &str) -> Result<Remote, StoredError> {
    type Stored = (String, Rc<str>, Rc<str>, Shown, Rc<str>);
    let (of, address, sha256, shown, excerpt): Stored =
        serde_json::from_str(open(stored)?).map_err(|error| malformed(&error.to_string()))?;
    if of != article.as_str() {
        return Err(StoredError::OtherKey);
    }
    Ok(Remote { article: article.clone(), address, sha256, card: Rc::new(card_of(shown)?), excerpt })
}
