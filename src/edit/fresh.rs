use uuid::Builder;

/// Where new ids come from: the instant and the randomness that an action brought along.
///
/// The same `Fresh` gives the same ids, so planning is a dry run that can be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// Milliseconds since the beginning of 1970, UTC.
    pub millis: u64,
    /// Random bits, new for each action.
    pub entropy: u64,
}

impl Fresh {
    /// The `n`th UUIDv7 of this action; later ones sort after earlier ones.
    pub fn uuid(self, n: u32) -> String {
        // 12 bits of counter after the time keep the order within one action; the rest is random.
        let low = spread(self.entropy.wrapping_add(u64::from(n)));
        let mut random = [0; 10];
        random[..2].copy_from_slice(&((n & 0xfff) as u16).to_be_bytes());
        random[2..].copy_from_slice(&low.to_be_bytes());
        let millis = self.millis + u64::from(n >> 12);
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid().hyphenated().to_string()
    }
}

/// SplitMix64's finaliser (Steele, Lea and Flood, 2014): neighbouring inputs give unrelated outputs.
fn spread(seed: u64) -> u64 {
    let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuidv7_distinct_and_in_order() {
        let fresh = Fresh { millis: 1_790_000_000_000, entropy: 7 };
        let ids: Vec<String> = (0..5000).map(|n| fresh.uuid(n)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.len() == 36 && &id[14..15] == "7"));
    }
}
