//! Small pieces of sentences.

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
