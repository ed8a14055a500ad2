//! The lines of a text, and whether a paragraph is a line or a group of lines.

use super::marks::{ends_sentence, is_closer, is_terminator};
use super::{Offset, Stretch, Text};

/// A line longer than this (code points) is no line of a wrapped paragraph.
const WRAPPED: u32 = 120;
/// A paragraph from this length on (code points) that ends as a sentence does is prose.
const PROSE: u32 = 80;

/// A paragraph without the white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph<'a> {
    pub(super) stretch: Stretch,
    pub(super) content: &'a str,
    /// Whether a blank line or the end of the text follows.
    pub(super) blank_after: bool,
}

impl Paragraph<'_> {
    pub(super) fn is_one_line(&self) -> bool {
        !self.content.contains('\n')
    }

    /// Whether this is running text: long enough, and it ends as a sentence does.
    pub(super) fn is_prose(&self) -> bool {
        self.stretch.len() >= PROSE && ends_sentence(self.content)
    }
}

#[derive(Clone, Copy)]
struct Line<'a> {
    content: &'a str,
    start: Offset,
    end: Offset,
    /// Where the content starts and ends in bytes.
    bytes: (usize, usize),
    blank_after: bool,
}

/// The paragraphs in order: lines, unless the text is wrapped or is verse, where they end at blank lines.
pub(super) fn paragraphs(text: &Text) -> Vec<Paragraph<'_>> {
    let lines = lines(text.as_str());
    let grouped = lines_continue(&lines);
    let mut paragraphs = Vec::new();
    let mut index = 0;
    while let Some(first) = lines.get(index) {
        let mut last = first;
        while grouped && !last.blank_after {
            index += 1;
            match lines.get(index) {
                Some(line) => last = line,
                None => break,
            }
        }
        let content = text.as_str().get(first.bytes.0..last.bytes.1);
        if let (Some(stretch), Some(content)) = (Stretch::new(first.start, last.end), content) {
            paragraphs.push(Paragraph { stretch, content, blank_after: last.blank_after });
        }
        index += 1;
    }
    paragraphs
}

/// The lines that are not blank.
fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut code_points = 0;
    let mut byte = 0_usize;
    for raw in text.split_inclusive(is_line_break) {
        let content = raw.trim();
        let length = raw.chars().count() as u32;
        // What is left of a CRLF that a file brought frozen is no blank line.
        let half = raw == "\n" && text.as_bytes().get(byte.wrapping_sub(1)) == Some(&b'\r');
        if !content.is_empty() {
            let lead = raw.len() - raw.trim_start().len();
            let start = Offset::new(code_points) + raw[..lead].chars().count() as u32;
            lines.push(Line {
                content,
                start,
                end: start + content.chars().count() as u32,
                bytes: (byte + lead, byte + lead + content.len()),
                blank_after: false,
            });
        } else if let Some(last) = lines.last_mut()
            && !half
        {
            last.blank_after = true;
        }
        code_points += length;
        byte += raw.len();
    }
    if let Some(last) = lines.last_mut() {
        last.blank_after = true;
    }
    lines
}

fn is_line_break(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether most lines run on into the next: inside a sentence, or as verse and lists do.
fn lines_continue(lines: &[Line<'_>]) -> bool {
    let (mut continued, mut ended) = (0_u32, 0_u32);
    for pair in lines.windows(2) {
        let [line, next] = pair else { continue };
        if line.blank_after {
            continue;
        }
        let long = line.end - line.start > WRAPPED || next.end - next.start > WRAPPED;
        if long || ends_sentence(line.content) {
            ended += 1;
        } else {
            continued += 1;
        }
    }
    continued > ended && continued as usize * 5 >= lines.len() * 2
}

/// The places behind a `NBSP + space` that stands where a paragraph break was lost: between two sentences, or
/// beside a headline. Offsets count code points of `content`.
pub(super) fn hints(content: &str) -> Vec<Hint> {
    let mut hints = Vec::new();
    // Most texts have no gap, and searching for one is quicker than going from letter to letter.
    if !content.contains("  ") && !content.contains('\u{a0}') {
        return hints;
    }
    let (mut gap, mut hard, mut gap_start) = (0_u32, false, 0_u32);
    let mut last = None;
    let mut last_solid = None;
    for (index, character) in content.chars().enumerate() {
        let index = index as u32;
        if character == ' ' || character == '\u{a0}' {
            if gap == 0 {
                gap_start = index;
            }
            gap += 1;
            hard |= character == '\u{a0}' && gap == 1 || last == Some('\u{a0}');
        } else {
            if gap >= 2 {
                let kind = if hard { HintKind::Hard } else { HintKind::Soft };
                hints.push(Hint { gap_start, gap_end: index, kind, after_sentence: last_solid.is_some_and(is_terminator) });
            }
            (gap, hard) = (0, false);
            if !is_closer(character) {
                last_solid = Some(character);
            }
        }
        last = Some(character);
    }
    hints
}

/// A gap that may once have been a paragraph break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hint {
    pub(super) gap_start: u32,
    pub(super) gap_end: u32,
    pub(super) kind: HintKind,
    /// Whether a sentence ends before the gap.
    pub(super) after_sentence: bool,
}

impl Hint {
    /// Whether a paragraph break stood here, as far as one can tell.
    pub(super) fn is_lost_break(&self) -> bool {
        self.after_sentence && self.kind == HintKind::Hard
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HintKind {
    /// With a no-break space, which nobody types between sentences.
    Hard,
    /// Two or more plain spaces, which many type between sentences.
    Soft,
}
