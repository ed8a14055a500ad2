//! UTF-16 in both byte orders.

use super::DecodeError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Order {
    pub(super) fn mark(self) -> [u8; 2] {
        match self {
            Order::Little => [0xff, 0xfe],
            Order::Big => [0xfe, 0xff],
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Order::Little => "utf-16le",
            Order::Big => "utf-16be",
        }
    }

    fn unit(self, pair: [u8; 2]) -> u16 {
        match self {
            Order::Little => u16::from_le_bytes(pair),
            Order::Big => u16::from_be_bytes(pair),
        }
    }
}

/// Half a unit at the end or half a surrogate pair is an error; `skipped` bytes came before these.
pub(super) fn decode(bytes: &[u8], order: Order, skipped: usize) -> Result<String, DecodeError> {
    let not_text = |position| DecodeError::NotText { encoding: order.label().to_owned(), position };
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return Err(not_text(skipped + bytes.len() - 1));
    };
    let mut text = String::with_capacity(bytes.len());
    let mut position = skipped;
    for character in char::decode_utf16(pairs.iter().map(|&pair| order.unit(pair))) {
        let character = character.map_err(|_| not_text(position))?;
        position += 2 * character.len_utf16();
        text.push(character);
    }
    Ok(text)
}

/// The order that the NUL bytes of ASCII letters, digits and spaces betray: many, nearly all on one side.
pub(super) fn recognize(bytes: &[u8]) -> Option<Order> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    let little = pairs.iter().filter(|pair| pair[1] == 0).count();
    let big = pairs.iter().filter(|pair| pair[0] == 0).count();
    // A few letters, such as U+0100, have their NUL on the other side.
    let enough = |these: usize, others: usize| these * 10 >= pairs.len() && these > others * 20;
    if enough(little, big) {
        Some(Order::Little)
    } else if enough(big, little) {
        Some(Order::Big)
    } else {
        None
    }
}
