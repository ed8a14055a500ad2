//! Small pieces of sentences.

use std::rc::Rc;

/// “1 article”, “2 articles”.
pub fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// A number with its thousands apart.
pub fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", grouped(number / 1_000), number % 1_000),
    }
}

/// A title in a sentence, whichever way its letters run, and not longer than the sentence.
pub fn quoted(title: &str) -> String {
    const MOST: usize = 60;
    let more = if title.chars().count() > MOST { "…" } else { "" };
    let title: String = title.chars().take(MOST).collect();
    // First strong isolate and its end: the sentence around it stays as it is.
    format!("“\u{2068}{}{more}\u{2069}”", title.trim_end())
}

/// What was done by a step that is called so: “tag cue” is “tagged cue”.
pub fn past(step: &str) -> String {
    let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
    let done = match verb {
        "tag" => "tagged".to_owned(),
        "empty" => "emptied".to_owned(),
        "write" => "wrote".to_owned(),
        "take" => "took".to_owned(),
        "give" => "gave".to_owned(),
        "set" | "split" => verb.to_owned(),
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ => format!("{verb}ed"),
    };
    format!("{done} {rest}").trim_end().to_owned()
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

#[cfg(test)]
mod tests {
    use super::past;

    #[test]
    fn what_was_done_is_said_in_the_past() {
        let said =
            ["tag cue", "fill a role", "empty a role", "take off a fragment", "give claim the copied frame", "reopen", "tie to an entity"];
        let done = [
            "tagged cue",
            "filled a role",
            "emptied a role",
            "took off a fragment",
            "gave claim the copied frame",
            "reopened",
            "tied to an entity",
        ];
        assert_eq!(said.map(past), done);
    }
}
