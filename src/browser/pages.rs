use web_sys::{DomParser, Element, Node, SupportedType};

use super::JsCast;
use crate::format::articles::{ATTRIBUTES, PageParser, Tree};

/// The browser's own parser. What it makes is never part of this page: no script in it runs, and nothing is fetched for it.
pub struct PagePages;

impl PageParser for PagePages {
    fn parse(&self, html: &str) -> Tree {
        let mut tree = Tree::default();
        let page = DomParser::new().and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml));
        let Some(top) = page.ok().and_then(|page| page.document_element()) else { return tree };
        let top: Node = top.into();
        let mut at = top.clone();
        // One step at a time, so that no depth is too deep.
        'walk: loop {
            let is_element = enter(&at, &mut tree);
            if let Some(child) = at.first_child().filter(|_| is_element) {
                at = child;
                continue;
            }
            if is_element {
                tree.close();
            }
            loop {
                if at == top {
                    break 'walk;
                }
                if let Some(sibling) = at.next_sibling() {
                    at = sibling;
                    break;
                }
                let Some(parent) = at.parent_node() else { break 'walk };
                tree.close();
                at = parent;
            }
        }
        tree
    }
}

/// Whether it is an element, which was opened.
fn enter(node: &Node, tree: &mut Tree) -> bool {
    match node.node_type() {
        Node::TEXT_NODE | Node::CDATA_SECTION_NODE => {
            tree.text(&node.node_value().unwrap_or_default());
            false
        }
        Node::ELEMENT_NODE => {
            let element: &Element = node.unchecked_ref();
            let has_any = element.has_attributes();
            let said = ATTRIBUTES.into_iter().filter(|_| has_any).filter_map(|name| element.get_attribute(name).map(|value| (name, value)));
            tree.open(&element.local_name(), said);
            true
        }
        _ => false,
    }
}
