//! What in a file may become a link.

pub const WEB: [&str; 2] = ["http://", "https://"];

/// Whether `address` begins with one of `schemes`, in any case, and goes on without white space and control characters.
pub fn is_address(address: &str, schemes: &[&str]) -> bool {
    let begins = |scheme: &&str| {
        let (head, rest) = (address.get(..scheme.len()), address.get(scheme.len()..));
        head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) && rest.is_some_and(|rest| !rest.is_empty())
    };
    schemes.iter().any(begins) && !address.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}
