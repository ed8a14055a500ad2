//! Which articles tell one story: agencies' texts run in many papers, and one page is fetched many times.

use std::collections::HashMap;
use std::rc::Rc;

use crate::analysis::runs;
use crate::model::Article;
use crate::order::InOrder;

/// Of all texts together at most about so many runs are kept, the same ones in each.
const MOST_RUNS: usize = 2_000_000;
/// A run that stands in more texts than this links each of them to so many.
const MOST_PARTNERS: usize = 8;

/// Articles by number, in groups: those with the same address, those of which half of all runs of words are in both, and
/// those of which four fifths are in a longer one.
pub fn stories(articles: &[&Rc<Article>]) -> Vec<Vec<usize>> {
    let mut groups = Groups { above: (0..articles.len()).collect() };
    let mut by_address: HashMap<String, usize> = HashMap::new();
    for (n, article) in articles.iter().enumerate() {
        if let Some(address) = article.metadata.url.as_deref().map(plain_address).filter(|address| !address.is_empty()) {
            let first = *by_address.entry(address).or_insert(n);
            groups.join(first, n);
        }
    }
    let kept = 1 + articles.iter().map(|article| article.text.as_str().len() / 6).sum::<usize>() / MOST_RUNS;
    let mut sizes = vec![0_u32; articles.len()];
    let mut all: Vec<(u64, u32)> = Vec::new();
    for (n, article) in articles.iter().enumerate() {
        let mut own = runs(&article.text);
        own.retain(|run| run % kept as u64 == 0);
        own.put_in_order();
        own.dedup();
        sizes[n] = own.len() as u32;
        all.extend(own.into_iter().map(|run| (run, n as u32)));
    }
    all.put_in_order();
    let mut shared: HashMap<(u32, u32), u32> = HashMap::new();
    for same in all.chunk_by(|a, b| a.0 == b.0) {
        for (k, (_, a)) in same.iter().enumerate().take(MOST_PARTNERS) {
            for (_, b) in &same[k + 1..] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    for ((a, b), both) in shared {
        let (a, b) = (a as usize, b as usize);
        let (smaller, either) = (sizes[a].min(sizes[b]), sizes[a] + sizes[b] - both);
        if both * 2 >= either || both * 5 >= smaller * 4 {
            groups.join(a, b);
        }
    }
    groups.listed()
}

/// An address without what differs between two ways to one page.
fn plain_address(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let url = url.strip_prefix("www.").unwrap_or(url);
    url.split('#').next().unwrap_or_default().trim_end_matches('/').to_owned()
}

/// Numbers that are joined with one another, each with one above it or itself.
struct Groups {
    above: Vec<usize>,
}

impl Groups {
    fn top(&mut self, mut n: usize) -> usize {
        while self.above[n] != n {
            self.above[n] = self.above[self.above[n]];
            n = self.above[n];
        }
        n
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.top(a), self.top(b));
        // The smallest number is the top, whatever came first.
        self.above[a.max(b)] = a.min(b);
    }

    /// In the order of their first numbers.
    fn listed(mut self) -> Vec<Vec<usize>> {
        let mut at: HashMap<usize, usize> = HashMap::new();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for n in 0..self.above.len() {
            let top = self.top(n);
            let at = *at.entry(top).or_insert(groups.len());
            if at == groups.len() {
                groups.push(Vec::new());
            }
            groups[at].push(n);
        }
        groups
    }
}
