//! Small pieces of sentences.

use std::rc::Rc;

/// “1 article”, “2 articles”.
pub fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// A title in a sentence, whichever way its letters run, and not longer than the sentence.
pub fn quoted(title: &str) -> String {
    const MOST: usize = 60;
    let more = if title.chars().count() > MOST { "…" } else { "" };
    let title: String = title.chars().take(MOST).collect();
    // First strong isolate and its end: the sentence around it stays as it is.
    format!("“\u{2068}{}{more}\u{2069}”", title.trim_end())
}

/// At most `most` code points, cut at a word, with an ellipsis.
pub fn shortened(text: &str, most: usize) -> Rc<str> {
    if text.chars().count() <= most {
        return text.into();
    }
    let cut: String = text.chars().take(most).collect();
    let at = cut.rfind(char::is_whitespace).filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end()).into()
}
