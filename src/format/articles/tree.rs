//! A page as its parser saw it, flat and in reading order, so that no depth of it is a danger.

/// Reads HTML as browsers do; never draws it, runs it or fetches anything for it. The page fills it with the browser's own parser.
pub trait PageParser {
    fn parse(&self, html: &str) -> Tree;
}

/// Elements and texts in reading order.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    open: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Node {
    /// In lower case; empty for text.
    pub name: Box<str>,
    /// Of text, its words.
    pub text: Box<str>,
    attributes: Vec<(&'static str, Box<str>)>,
    pub parent: Option<usize>,
    /// The number of the first node behind all that lies in this one.
    pub end: usize,
}

/// The attributes that a reader of pages asks for.
pub const ATTRIBUTES: [&str; 15] = [
    "id",
    "class",
    "role",
    "hidden",
    "aria-hidden",
    "itemprop",
    "lang",
    "dir",
    "name",
    "property",
    "content",
    "rel",
    "href",
    "datetime",
    "style",
];

impl Tree {
    /// An element begins. Of its attributes those in [`ATTRIBUTES`] are of use.
    pub fn open(&mut self, name: &str, attributes: impl IntoIterator<Item = (&'static str, String)>) {
        let attributes = attributes.into_iter().map(|(name, value)| (name, value.into_boxed_str())).collect();
        let parent = self.open.last().copied();
        self.open.push(self.nodes.len());
        self.nodes.push(Node { name: name.to_ascii_lowercase().into(), text: "".into(), attributes, parent, end: 0 });
    }

    pub fn text(&mut self, words: &str) {
        let (parent, end) = (self.open.last().copied(), self.nodes.len() + 1);
        self.nodes.push(Node { name: "".into(), text: words.into(), attributes: Vec::new(), parent, end });
    }

    /// The element that was opened last ends.
    pub fn close(&mut self) {
        if let Some(at) = self.open.pop() {
            self.nodes[at].end = self.nodes.len();
        }
    }

    pub(super) fn finished(mut self) -> Vec<Node> {
        while !self.open.is_empty() {
            self.close();
        }
        self.nodes
    }
}

impl Node {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    pub fn says(&self, name: &str, value: &str) -> bool {
        self.attribute(name).is_some_and(|said| said.trim().eq_ignore_ascii_case(value))
    }
}
