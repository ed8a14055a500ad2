//! Text as it flows: white space run together as in a browser, an empty line between blocks.

/// Gathers words to lines, and lines to blocks.
#[derive(Debug, Default)]
pub(super) struct Flow {
    text: String,
    /// What stands between what is there and what comes next.
    pending: Gap,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    #[default]
    None,
    Space,
    Tab,
    Line,
    Block,
}

impl Gap {
    fn written(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Space => " ",
            Self::Tab => "\t",
            Self::Line => "\n",
            Self::Block => "\n\n",
        }
    }
}

impl Flow {
    /// At least this gap before what comes next; none at the beginning, nor at the end.
    pub fn gap(&mut self, gap: Gap) {
        self.pending = self.pending.max(gap);
    }

    /// Runs of white space become one space. That is ASCII's alone: a no-break space is a letter here, as in browsers.
    pub fn say(&mut self, text: &str) {
        let is_space = |letter: char| matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut parts = text.split(is_space);
        if let Some(first) = parts.next() {
            self.put(first);
        }
        for part in parts {
            self.gap(Gap::Space);
            self.put(part);
        }
    }

    /// As it stands, line ends too; those at its end go to what comes next.
    pub fn say_exactly(&mut self, text: &str) {
        let text = text.trim_end_matches(['\n', '\r']);
        if text.trim().is_empty() {
            return;
        }
        self.put(text);
    }

    fn put(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(self.pending.written());
        }
        self.pending = Gap::None;
        self.text.push_str(words);
    }

    pub fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_runs_together_and_blocks_stand_apart() {
        let mut flow = Flow::default();
        flow.gap(Gap::Block);
        flow.say("\n  He ");
        flow.say(" said\u{a0}: ");
        flow.gap(Gap::Line);
        flow.say(" yes\n");
        flow.gap(Gap::Block);
        flow.gap(Gap::Line);
        flow.say_exactly("a  b\n c\n");
        flow.gap(Gap::Block);
        assert_eq!(flow.finish(), "He said\u{a0}:\nyes\n\na  b\n c");
    }
}
