//! The article in a web page: where most of its prose lies, without menus, advertisements and what else stands around it.
//!
//! Prose is where paragraphs with few links are: each gives its words to what holds it, and half of them to what holds that (the idea of
//! “readability” tools). What is around it, and what in it is no prose by its element, role or class, is cut and counted.

use std::rc::Rc;

use super::cut::{Cuts, words_in};
use super::flow::{Flow, Gap};
use super::tree::{Node, Tree};
use crate::format::exchange::{Done, Foreign, ForeignText, Spot};
use crate::format::plain::published;
use crate::model::Metadata;

/// Reads one page; without a text it is a problem.
pub fn read(spot: &Spot, tree: Tree) -> Foreign {
    let mut foreign = Foreign::default();
    let page = Page::of(tree.finished());
    let root = page.root();
    let mut cuts = Cuts::default();
    for cut in &page.cuts {
        cuts.add(cut.what, cut.words);
    }
    let headline = page.headline(&root);
    let outside = page.words_of(&(0..page.nodes.len())) - page.words_of(&root) - headline.as_ref().map_or(0, |of| page.words_of(of));
    cuts.add("outside the main text", outside);
    let mut flow = Flow::default();
    for part in headline.iter().chain([&root]) {
        page.flow(part.clone(), &mut flow);
        flow.gap(Gap::Block);
    }
    let text = flow.finish();
    if text.is_empty() {
        foreign.trouble(spot.clone(), "there are no words in the page", Done::Skipped);
        return foreign;
    }
    let metadata = page.metadata();
    foreign.texts.push(ForeignText {
        spot: spot.clone(),
        title: page.title(headline.as_ref(), &root),
        language: page
            .nodes
            .iter()
            .find(|node| &*node.name == "html")
            .and_then(|node| node.attribute("lang"))
            .unwrap_or_default()
            .trim()
            .into(),
        metadata,
        text: text.into(),
        ..ForeignText::default()
    });
    cuts.told(spot, &mut foreign);
    foreign
}

type Range = std::ops::Range<usize>;

/// A page and what was found out about it.
struct Page {
    nodes: Vec<Node>,
    /// For each node, the words in all texts before it that are not cut.
    words: Vec<usize>,
    /// For each node, whether it is cut.
    is_cut: Vec<bool>,
    cuts: Vec<Cut>,
}

struct Cut {
    what: &'static str,
    words: usize,
}

impl Page {
    fn of(nodes: Vec<Node>) -> Self {
        let mut raw = Vec::with_capacity(nodes.len() + 1);
        raw.push(0_usize);
        for (n, node) in nodes.iter().enumerate() {
            // What programs are for is no text of anybody's.
            let is_code = node.parent.is_some_and(|parent| is_code(&nodes[parent].name));
            let words = if is_code { 0 } else { words_in(&node.text) };
            raw.push(raw[n] + words);
        }
        let all = raw.last().copied().unwrap_or_default();
        let (mut is_cut, mut cuts) = (vec![false; nodes.len()], Vec::new());
        let mut n = 0;
        while n < nodes.len() {
            let node = &nodes[n];
            let words = raw[node.end] - raw[n];
            let is_small = words * 2 <= all;
            match reason(node) {
                // What holds most of the page is the page, whatever it is called.
                Some(what) if is_small => {
                    is_cut[n..node.end].fill(true);
                    cuts.push(Cut { what, words });
                    n = node.end;
                }
                _ => n += 1,
            }
        }
        let mut words = Vec::with_capacity(nodes.len() + 1);
        words.push(0);
        for n in 0..nodes.len() {
            words.push(words[n] + if is_cut[n] { 0 } else { raw[n + 1] - raw[n] });
        }
        Self { nodes, words, is_cut, cuts }
    }

    fn words_of(&self, range: &Range) -> usize {
        self.words[range.end] - self.words[range.start]
    }

    fn range(&self, n: usize) -> Range {
        n..self.nodes[n].end
    }

    /// What holds the prose.
    fn root(&self) -> Range {
        let scores = self.scores();
        let best = scores.iter().enumerate().fold(None, |best: Option<(usize, usize)>, (n, score)| match best {
            Some((_, most)) if most >= *score => best,
            _ => (*score > 0).then_some((n, *score)).or(best),
        });
        let Some((best, _)) = best else {
            let body = self.nodes.iter().position(|node| &*node.name == "body");
            return body.map_or(0..self.nodes.len(), |body| self.range(body));
        };
        // With the headline and byline that an article holds, unless it holds far more than that.
        let most = self.words_of(&self.range(best)) * 3;
        let around = self.and_above(best).find(|n| is_article(&self.nodes[*n]));
        self.range(around.filter(|n| self.words_of(&self.range(*n)) <= most).unwrap_or(best))
    }

    fn and_above(&self, n: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(n), |n| self.nodes[*n].parent)
    }

    fn scores(&self) -> Vec<usize> {
        // Words of each block by itself, those of its links twice against it.
        let (mut prose, mut links) = (vec![0_usize; self.nodes.len()], vec![0_usize; self.nodes.len()]);
        for n in 0..self.nodes.len() {
            let words = self.words_of(&(n..n + 1));
            if words == 0 {
                continue;
            }
            let Some(block) = self.and_above(n).find(|n| gap_of(&self.nodes[*n].name) != Gap::None) else { continue };
            prose[block] += words;
            if self.and_above(n).take_while(|n| *n != block).any(|n| &*self.nodes[n].name == "a") {
                links[block] += words;
            }
        }
        let mut scores = vec![0_usize; self.nodes.len()];
        for (n, node) in self.nodes.iter().enumerate() {
            let score = prose[n].saturating_sub(2 * links[n]);
            let is_paragraph = matches!(&*node.name, "p" | "blockquote" | "pre");
            const FEWEST: usize = 10;
            let holder = match is_paragraph {
                true => node.parent,
                // Text right in a container, parted by line breaks.
                false => (score >= FEWEST && matches!(&*node.name, "div" | "td" | "section" | "article" | "main" | "body")).then_some(n),
            };
            if let Some(holder) = holder {
                scores[holder] += score;
                if let Some(above) = self.nodes[holder].parent {
                    scores[above] += score / 2;
                }
            }
        }
        scores
    }

    /// The page's headline, where it stands before the prose and not in it: the last one of the first rank.
    fn headline(&self, root: &Range) -> Option<Range> {
        let is_headline = |n: &usize| &*self.nodes[*n].name == "h1" && !self.is_cut[*n] && self.words_of(&self.range(*n)) > 0;
        if root.clone().any(|n| is_headline(&n)) {
            return None;
        }
        (0..root.start).rev().find(is_headline).map(|n| self.range(n)).filter(|range| range.end <= root.start)
    }

    fn title(&self, headline: Option<&Range>, root: &Range) -> Rc<str> {
        let within = || root.clone().find(|n| &*self.nodes[*n].name == "h1" && !self.is_cut[*n]).map(|n| self.range(n));
        let said = headline.cloned().or_else(within).map(|range| self.flowing(range)).filter(|said| !said.is_empty());
        let named = || self.meta(&["og:title", "twitter:title", "dc.title"]).map(str::to_owned);
        let titled = || self.nodes.iter().position(|node| &*node.name == "title").map(|n| self.raw(n));
        said.or_else(named).or_else(titled).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ").into()
    }

    fn metadata(&self) -> Metadata {
        let of = |names: &[&str]| self.meta(names).map(Rc::from);
        let canonical =
            self.nodes.iter().find(|node| &*node.name == "link" && node.says("rel", "canonical")).and_then(|node| node.attribute("href"));
        let timed = || self.nodes.iter().zip(&self.is_cut).find_map(|(node, is_cut)| node.attribute("datetime").filter(|_| !is_cut));
        let mut metadata = Metadata {
            publisher: of(&["og:site_name", "application-name", "dc.publisher"]),
            // Some name a page about the author.
            author: of(&["author", "article:author", "dc.creator"]).filter(|author: &Rc<str>| !author.contains("://")),
            url: canonical.filter(|url| url.contains("://")).map(|url| url.trim().into()).or_else(|| of(&["og:url"])),
            ..Metadata::default()
        };
        let stamp =
            self.meta(&["article:published_time", "datepublished", "date", "dc.date", "pubdate", "parsely-pub-date"]).or_else(timed);
        if let Some(stamp) = stamp {
            metadata.published = published(stamp).map(Into::into);
            if metadata.published.is_none() {
                metadata.extra.insert("published".into(), stamp.into());
            }
        }
        metadata
    }

    /// What the page says of itself under one of these names, the first that it has.
    fn meta(&self, names: &[&str]) -> Option<&str> {
        let said = |name: &str| {
            let is_it = |node: &&Node| ["property", "name", "itemprop"].into_iter().any(|key| node.says(key, name));
            let content = self.nodes.iter().filter(|node| &*node.name == "meta").find(is_it).and_then(|node| node.attribute("content"));
            content.map(str::trim).filter(|content| !content.is_empty())
        };
        names.iter().find_map(|name| said(name))
    }

    fn raw(&self, n: usize) -> String {
        self.nodes[self.range(n)].iter().map(|node| &*node.text).collect()
    }

    fn flowing(&self, range: Range) -> String {
        let mut flow = Flow::default();
        self.flow(range, &mut flow);
        flow.finish()
    }

    /// Writes what lies in these nodes and is not cut.
    fn flow(&self, range: Range, flow: &mut Flow) {
        let mut open: Vec<(usize, Gap)> = Vec::new();
        let mut exact_until = 0;
        let mut n = range.start;
        while n < range.end {
            while let Some((_, gap)) = open.pop_if(|(end, _)| *end <= n) {
                flow.gap(gap);
            }
            let node = &self.nodes[n];
            if self.is_cut[n] || is_code(&node.name) {
                n = node.end.max(n + 1);
                continue;
            }
            match &*node.name {
                "" if n < exact_until => flow.say_exactly(&node.text),
                "" => flow.say(&node.text),
                name => {
                    let gap = gap_of(name);
                    flow.gap(gap);
                    open.push((node.end, if gap == Gap::Tab { Gap::None } else { gap }));
                    if name == "pre" {
                        exact_until = node.end;
                    }
                }
            }
            n += 1;
        }
        while let Some((_, gap)) = open.pop() {
            flow.gap(gap);
        }
    }
}

/// How far it stands from what is before and behind it.
fn gap_of(name: &str) -> Gap {
    match name {
        "p" | "div" | "section" | "article" | "main" | "body" | "header" | "footer" | "aside" | "nav" | "h1" | "h2" | "h3" | "h4"
        | "h5" | "h6" | "blockquote" | "ul" | "ol" | "dl" | "table" | "pre" | "figure" | "figcaption" | "address" | "details"
        | "summary" | "hr" | "form" | "fieldset" | "html" | "caption" => Gap::Block,
        "br" | "li" | "tr" | "dt" | "dd" => Gap::Line,
        "td" | "th" => Gap::Tab,
        _ => Gap::None,
    }
}

fn is_code(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript" | "head" | "title" | "iframe" | "svg" | "object" | "canvas" | "math")
}

fn is_article(node: &Node) -> bool {
    matches!(&*node.name, "article" | "main")
        || node.says("role", "main")
        || node.says("role", "article")
        || node.says("itemprop", "articleBody")
}

/// Why an element is no part of an article, in words that follow “7 words”.
fn reason(node: &Node) -> Option<&'static str> {
    let is_hidden = node.attribute("hidden").is_some_and(|hidden| !hidden.eq_ignore_ascii_case("until-found"))
        || node.says("aria-hidden", "true")
        || node.attribute("style").is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none"));
    let by_name = match &*node.name {
        "nav" | "menu" => Some("of menus"),
        "footer" => Some("of a footer"),
        "aside" => Some("beside the text"),
        "form" | "button" | "select" | "textarea" | "dialog" | "input" | "label" => Some("of forms"),
        "figcaption" => Some("of captions"),
        "video" | "audio" => Some("of media"),
        _ => None,
    };
    let by_role = match node.attribute("role").unwrap_or_default().trim() {
        "navigation" | "menu" | "menubar" | "toolbar" | "tablist" => Some("of menus"),
        "contentinfo" => Some("of a footer"),
        "complementary" => Some("beside the text"),
        "search" | "dialog" | "alertdialog" => Some("of forms"),
        _ => None,
    };
    is_hidden.then_some("that are hidden").or(by_name).or(by_role).or_else(|| by_class(node))
}

/// By the words that its class and id are made of.
fn by_class(node: &Node) -> Option<&'static str> {
    if !matches!(&*node.name, "div" | "section" | "ul" | "ol" | "p" | "span" | "table" | "header" | "figure") {
        return None;
    }
    let said = [node.attribute("class"), node.attribute("id")];
    let words = said.into_iter().flatten().flat_map(|said| said.split(|letter: char| !letter.is_ascii_alphanumeric()));
    words.map(str::to_ascii_lowercase).find_map(|word| match word.as_str() {
        "ad" | "ads" | "advert" | "adverts" | "advertisement" | "advertising" | "sponsored" | "sponsor" | "promo" | "promoted"
        | "promotion" => Some("of advertisements"),
        "related" | "recommended" | "recommendations" | "recirculation" | "outbrain" | "taboola" | "trending" => Some("of other articles"),
        "share" | "sharing" | "social" | "newsletter" | "subscribe" | "signup" | "cookie" | "cookies" | "consent" | "paywall" => {
            Some("of forms")
        }
        "comments" | "disqus" => Some("of comments"),
        "breadcrumb" | "breadcrumbs" | "pagination" | "nav" | "navbar" | "menu" | "sidebar" => Some("of menus"),
        "caption" | "captions" => Some("of captions"),
        _ => None,
    })
}
