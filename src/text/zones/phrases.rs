//! Lines and sentences known by their wording.

use super::super::words::segments;
use super::super::{Stretch, sentence_ends};

/// Code points that may follow the last known sentence, such as the rest of a list of names.
const REST: u32 = 100;
/// A longer sentence (code points) is the article's, whatever words it uses.
const SENTENCE: usize = 400;

/// Whether a whole line is left over from the page around the article.
pub(super) fn is_noise(line: &str) -> bool {
    const WHOLE: [&str; 40] = [
        "advertisement",
        "advertisment",
        "advertising",
        "sponsored",
        "sponsored content",
        "promoted content",
        "ad",
        "loading",
        "please wait",
        "share",
        "tweet",
        "print",
        "email",
        "comments",
        "comment",
        "no comments",
        "leave a comment",
        "post a comment",
        "share this",
        "share this article",
        "share this story",
        "share this post",
        "share this page",
        "share on facebook",
        "share on twitter",
        "share on x",
        "copy link",
        "link copied",
        "skip to content",
        "skip to main content",
        "skip advertisement",
        "play video",
        "watch video",
        "tap to unmute",
        "click to play",
        "accept cookies",
        "toggle navigation",
        "back to top",
        "an error occurred",
        "page not found",
    ];
    const STARTS: [&str; 17] = [
        "error!",
        "error:",
        "an error occurred",
        "an error has occurred",
        "error 404",
        "404 not found",
        "error 500",
        "story continues below",
        "article continues below",
        "article continues after",
        "please enable javascript",
        "javascript is disabled",
        "javascript must be enabled",
        "your browser does not support",
        "this video is not available",
        "this content is not available",
        "something went wrong",
    ];
    // No such line is longer; keeps long paragraphs out cheaply.
    if line.len() > 160 {
        return false;
    }
    let lower = line.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    WHOLE.contains(&bare) || STARTS.iter().any(|start| lower.starts_with(start))
}

/// Whether the line names who wrote or photographed.
pub(super) fn is_byline(line: &str) -> bool {
    ["by ", "photo", "image", "picture", "source:", "credit:"].iter().any(|start| starts_with(line, start))
}

/// The licence, copyright and promotion sentences at the end of a paragraph, if any.
pub(super) fn boilerplate(stretch: Stretch, content: &str) -> Option<Stretch> {
    let sentences: Vec<(Stretch, &str)> = segments(stretch.start(), sentence_ends::split(content)).collect();
    let mut first = None;
    for (place, sentence) in sentences.iter().rev() {
        if is_boilerplate(sentence) {
            first = Some(place.start());
        } else {
            let known = first.unwrap_or(stretch.end());
            if known - place.start() > REST {
                break;
            }
        }
    }
    Stretch::new(first?, stretch.end())
}

fn is_boilerplate(sentence: &str) -> bool {
    const STARTS: [&str; 22] = [
        "copyright ",
        "(c) 1",
        "(c) 2",
        "follow us",
        "follow @",
        "sign up for ",
        "sign up to ",
        "subscribe to our",
        "subscribe now",
        "subscribe today",
        "read more:",
        "read more on ",
        "read more at ",
        "read also",
        "also read",
        "read next",
        "click here",
        "for more information, ",
        "reporting by ",
        "(reporting by ",
        "editing by ",
        "additional reporting by ",
    ];
    const ANYWHERE: [&str; 7] = [
        "all rights reserved",
        "may not be published, broadcast",
        "contributed to this report",
        "was originally published",
        "was first published on",
        "under a creative commons",
        "download our app",
    ];
    let sentence = sentence.trim();
    if sentence.len() > SENTENCE {
        return false;
    }
    let lower = sentence.to_lowercase();
    STARTS.iter().any(|start| lower.starts_with(start))
        || ANYWHERE.iter().any(|phrase| lower.contains(phrase))
        || lower.starts_with('©')
        || lower == "read more"
        || lower.contains("licensed under cc")
        || lower.contains("creative commons") && lower.contains("licen")
        || lower.contains("republished") && lower.contains("licen")
}

fn starts_with(line: &str, start: &str) -> bool {
    line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise() {
        for line in ["Error! Error occured!", "ADVERTISEMENT", "Loading…", "Share this:", "[Advertisement]"] {
            assert!(is_noise(line), "{line}");
        }
        for line in ["Share the burden", "Errors were made.", "Loading docks are full", "—", ""] {
            assert!(!is_noise(line), "{line}");
        }
    }

    fn tail(content: &str) -> Option<&str> {
        let whole = Stretch::of(0, content.chars().count() as u32)?;
        let start = boilerplate(whole, content)?.start().get() as usize;
        content.char_indices().nth(start).and_then(|(byte, _)| content.get(byte..))
    }

    #[test]
    fn ends_of_paragraphs() {
        assert_eq!(tail("He left. © 2023 The Paper. All rights reserved."), Some("© 2023 The Paper. All rights reserved."));
        assert_eq!(tail("(Reporting by A. B. Smith; Editing by C. Jones)"), Some("(Reporting by A. B. Smith; Editing by C. Jones)"));
        assert_eq!(tail("He is licensed under state law."), None);
        assert_eq!(tail("“Follow us,” he said. They went."), None);
    }
}
