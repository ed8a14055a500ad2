//! Who gets which articles: each by as many people as agreement asks for, and nobody much more to read than anybody else.

use std::cmp::Reverse;

use crate::order::InOrder;

/// How articles are to be parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// By how many of the people each article is annotated.
    pub each_by: usize,
    /// So many articles, drawn by the seed, are annotated by all of them.
    pub common: usize,
    /// Another seed parts the same articles in another way.
    pub seed: u64,
}

/// For each person the articles that they get, as positions in `words`, in the order of reading.
///
/// `words` is the length of each article in words, `loads` what each person has to read already. What all are to read is drawn first. The
/// longest of the others come first, each to those who have least to read so far; among equals, to those who share fewest articles with
/// the others of the same one, so that everybody's agreement with everybody can be told; among these the seed decides. Where nobody has
/// anything to read yet, what anybody gets differs from what anybody else gets by the longest article at most. Articles that are the
/// same for two people stand in the same order for both.
pub fn parted(words: &[usize], loads: &[usize], parting: Parting) -> Vec<Vec<usize>> {
    let people = loads.len();
    let drawn = |n: usize, m: usize| mixed(parting.seed ^ mixed(((n as u64) << 32) | m as u64));
    let reading = |n: &usize| drawn(*n, READING);
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.put_in_order_by_key(reading);
    let mut rest = order.split_off(parting.common.min(order.len()));
    rest.put_in_order_by_key(|n| (Reverse(words[*n]), drawn(*n, GIVING)));
    let (common, mut loads) = (order, loads.to_vec());
    let mut shared = vec![vec![0_usize; people]; people];
    let mut given: Vec<Vec<usize>> = vec![common.clone(); people];
    let together: usize = common.iter().map(|n| words[*n].max(1)).sum();
    loads.iter_mut().for_each(|load| *load += together);
    for n in rest {
        let mut chosen: Vec<usize> = Vec::new();
        while chosen.len() < parting.each_by {
            let free = (0..people).filter(|person| !chosen.contains(person));
            let met = |person: usize| chosen.iter().map(|other| shared[person][*other]).sum::<usize>();
            let Some(next) = free.min_by_key(|person| (loads[*person], met(*person), drawn(n, *person))) else { break };
            chosen.push(next);
        }
        for person in &chosen {
            loads[*person] += words[n].max(1);
            given[*person].push(n);
            for other in chosen.iter().filter(|other| *other != person) {
                shared[*person][*other] += 1;
            }
        }
    }
    for articles in &mut given {
        articles.put_in_order_by_key(reading);
    }
    given
}

/// What is drawn for an article that is no person: no project has so many.
const READING: usize = 0xffff_ffff;
const GIVING: usize = 0xffff_fffe;

/// A number that looks like chance and is always the same for the same one: SplitMix64 (Steele, Lea and Flood, 2014).
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_article_goes_to_as_many_as_asked_and_loads_are_even() {
        let mut state = 7;
        let mut next = |most: u64| {
            state = mixed(state);
            (state % most) as usize
        };
        for seed in 0..2_000 {
            let words: Vec<usize> = (0..next(60)).map(|_| next(3_000)).collect();
            let (people, each_by, common) = (next(9), next(5), next(4));
            let parting = Parting { each_by, common, seed };
            let given = parted(&words, &vec![0; people], parting);
            assert_eq!(given, parted(&words, &vec![0; people], parting), "the same seed parts them alike");
            let by = |n: usize| given.iter().filter(|articles| articles.contains(&n)).count();
            let for_all = (0..words.len()).filter(|n| by(*n) == people).count();
            assert!(for_all >= common.min(words.len()) || people == 0, "{for_all} of {common}");
            assert!((0..words.len()).all(|n| by(n) == each_by.min(people) || by(n) == people));
            let loads: Vec<usize> = given.iter().map(|articles| articles.iter().map(|n| words[*n].max(1)).sum()).collect();
            let (least, most) = (loads.iter().min().copied().unwrap_or(0), loads.iter().max().copied().unwrap_or(0));
            let longest = words.iter().max().copied().unwrap_or(0).max(1);
            assert!(most - least <= longest, "{loads:?}, though the longest has {longest}");
            for (a, b) in given.iter().zip(given.iter().skip(1)) {
                let both = |of: &Vec<usize>, other: &Vec<usize>| of.iter().filter(|n| other.contains(n)).copied().collect::<Vec<_>>();
                assert_eq!(both(a, b), both(b, a), "what two share they read in one order");
            }
        }
    }

    #[test]
    fn everybody_meets_everybody() {
        let given = parted(&[500; 100], &[0; 5], Parting { each_by: 2, common: 0, seed: 1 });
        for a in 0..5 {
            for b in 0..a {
                let both = given[a].iter().filter(|n| given[b].contains(n)).count();
                assert!((8..=12).contains(&both), "{a} and {b} share {both}");
            }
        }
    }

    #[test]
    fn who_has_something_to_read_already_gets_less() {
        let given = parted(&[100; 10], &[400, 0], Parting { each_by: 1, common: 0, seed: 3 });
        assert_eq!((given[0].len(), given[1].len()), (3, 7));
    }

    #[test]
    fn another_seed_parts_them_in_another_way() {
        let of = |seed| parted(&[100; 20], &[0; 4], Parting { each_by: 2, common: 0, seed });
        assert_ne!(of(1), of(2));
    }
}
