//! Pages read without a browser, for the command line and the tests.

use scraper::Html;
use scraper::node::Node;

use super::tree::{ATTRIBUTES, PageParser, Tree};

/// An implementation of the standard that browsers follow.
#[derive(Clone, Copy, Debug, Default)]
pub struct NativePages;

impl PageParser for NativePages {
    fn parse(&self, html: &str) -> Tree {
        let page = Html::parse_document(html);
        let mut tree = Tree::default();
        let mut next = page.tree.root().first_child();
        let mut open = 0_usize;
        while let Some(node) = next {
            match node.value() {
                Node::Element(element) => {
                    let said = ATTRIBUTES.into_iter().filter_map(|name| element.attr(name).map(|value| (name, value.to_owned())));
                    tree.open(element.name(), said);
                }
                Node::Text(words) => tree.text(words),
                _ => {}
            }
            let is_element = node.value().is_element();
            if is_element && let Some(child) = node.first_child() {
                open += 1;
                next = Some(child);
                continue;
            }
            if is_element {
                tree.close();
            }
            let mut at = node;
            next = loop {
                if let Some(sibling) = at.next_sibling() {
                    break Some(sibling);
                }
                match at.parent().filter(|_| open > 0) {
                    Some(parent) => {
                        open -= 1;
                        tree.close();
                        at = parent;
                    }
                    None => break None,
                }
            };
        }
        tree
    }
}
