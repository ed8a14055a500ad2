//! Punctuation: what ends a sentence, what comes in pairs, what is stray at the edge of a selection.

/// How many open marks a closing one looks past; keeps pairing linear in hostile texts.
const DEPTH: usize = 16;

/// Whether the mark ends a sentence.
pub(super) fn is_terminator(mark: char) -> bool {
    matches!(mark, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '؟' | '۔' | '।' | '॥' | '‼' | '⁇' | '⁈' | '⁉')
}

/// Whether the mark is a quotation mark or a bracket, opening or closing.
pub(super) fn is_paired(mark: char) -> bool {
    !closers(mark).is_empty() || is_closer(mark)
}

/// Whether the mark is a bracket, which cannot be mistaken for another mark.
pub(super) fn is_bracket(mark: char) -> bool {
    matches!(mark, '(' | ')' | '[' | ']' | '{' | '}' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉')
}

/// Whether the mark is a quotation mark, opening or closing.
pub(super) fn is_quotation(mark: char) -> bool {
    is_paired(mark) && (!is_bracket(mark) || matches!(mark, '「' | '」' | '『' | '』'))
}

/// Whether the mark may follow the terminator of a sentence: a closing quotation mark or bracket.
pub(super) fn is_closer(mark: char) -> bool {
    matches!(mark, '”' | '’' | '»' | '›' | '"' | '\'' | ')' | ']' | '}' | '“' | '‘' | '」' | '』' | '》' | '〉')
}

/// Whether the mark says nothing by itself at the edge of a quote.
pub(super) fn is_stray(mark: char) -> bool {
    is_terminator(mark)
        || matches!(
            mark,
            ',' | ';'
                | ':'
                | '-'
                | '–'
                | '—'
                | '―'
                | '‐'
                | '‑'
                | '‒'
                | '/'
                | '\\'
                | '|'
                | '*'
                | '_'
                | '~'
                | '`'
                | '´'
                | '•'
                | '·'
                | '‧'
                | '‥'
                | '¿'
                | '¡'
                | '،'
                | '؛'
                | '、'
                | '，'
                | '：'
                | '；'
                | '｡'
                | '､'
                | '・'
        )
}

/// Whether a line or piece ends as a sentence does: a terminator, then perhaps closing marks.
pub(super) fn ends_sentence(piece: &str) -> bool {
    piece.trim_end().trim_end_matches(is_closer).ends_with(is_terminator)
}

/// Whether a full stop at the end belongs to an abbreviation or an initial, so that the sentence probably goes on.
pub(super) fn ends_abbreviated(piece: &str) -> bool {
    const TITLES: [&str; 24] = [
        "mr", "mrs", "ms", "dr", "prof", "sen", "rep", "gov", "gen", "lt", "col", "sgt", "capt", "st", "rev", "hon", "no", "vs", "jr",
        "sr", "mt", "adm", "maj", "pres",
    ];
    let Some(word) = piece.trim_end().strip_suffix('.') else {
        return false;
    };
    let word = word.rsplit(|c: char| c.is_whitespace() || is_paired(c)).next().unwrap_or_default();
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || word.chars().next().is_some_and(char::is_uppercase) && TITLES.iter().any(|title| title.eq_ignore_ascii_case(word))
}

/// The marks that can close what `mark` opens; empty when it opens nothing.
fn closers(mark: char) -> &'static [char] {
    match mark {
        '“' => &['”'],
        '„' => &['“', '”'],
        '‘' => &['’'],
        '‚' => &['‘', '’'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '(' => &[')'],
        '[' => &[']'],
        '{' => &['}'],
        '「' => &['」'],
        '『' => &['』'],
        '《' => &['》'],
        '〈' => &['〉'],
        '"' => &['"'],
        '\'' => &['\''],
        _ => &[],
    }
}

/// The pairs of quotation marks and brackets in `piece`, as indices of code points, by closing mark.
///
/// An apostrophe between two letters or digits is no mark, and a straight or low one at the end of a word closes only
/// what is open. `before` is the code point in front of the piece.
pub(super) fn pairs(before: Option<char>, piece: &str) -> Vec<(u32, u32)> {
    let mut open: Vec<(u32, char)> = Vec::new();
    let mut pairs = Vec::new();
    let mut previous = before;
    let mut rest = piece.chars().peekable();
    let mut index = 0;
    while let Some(mark) = rest.next() {
        let after_word = previous.is_some_and(char::is_alphanumeric);
        let before_word = rest.peek().copied().is_some_and(char::is_alphanumeric);
        let apostrophe = matches!(mark, '\'' | '’') && after_word && before_word;
        let ends_word = mark == '\'' && after_word;
        if !apostrophe && is_paired(mark) {
            let partner = open.iter().rev().take(DEPTH).position(|&(_, opener)| closers(opener).contains(&mark));
            if let Some(above) = partner {
                open.truncate(open.len() - above);
                if let Some((start, _)) = open.pop() {
                    pairs.push((start, index));
                }
            } else if !ends_word && !closers(mark).is_empty() {
                open.push((index, mark));
            }
        }
        previous = Some(mark);
        index += 1;
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_many_scripts() {
        assert_eq!(pairs(None, "“a” (b)"), [(0, 2), (4, 6)]);
        assert_eq!(pairs(None, "„a“ »b« «c»"), [(0, 2), (4, 6), (8, 10)]);
        assert_eq!(pairs(None, "\"a\" 'b'"), [(0, 2), (4, 6)]);
        assert_eq!(pairs(None, "‘Iran’s’"), [(0, 7)]);
        assert_eq!(pairs(None, "dogs' ears' end"), []);
        assert_eq!(pairs(None, "(“a) ”"), [(0, 3)]);
    }

    #[test]
    fn sentence_ends() {
        assert!(ends_sentence("He left.”"));
        assert!(ends_sentence("من هنا؟ "));
        assert!(!ends_sentence("A headline"));
        assert!(ends_abbreviated("he met Mr. "));
        assert!(ends_abbreviated("by J."));
        assert!(!ends_abbreviated("he left."));
        assert!(!ends_abbreviated("they said no."));
    }
}
