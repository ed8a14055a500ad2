//! Cells that no spreadsheet takes for a formula.
//!
//! What begins as a formula gets an apostrophe before it, as OWASP advises (“CSV Injection”). So that this can be undone, what begins
//! so behind apostrophes of its own gets one more. Numbers are no formulas: they stay as they are.

use std::borrow::Cow;

pub fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// `unguarded(guarded(cell)) = cell`.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(cell)
}

/// Whether it is a number as JSON and spreadsheets write them, with a sign.
fn is_number(cell: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = |text: &str| text.strip_prefix(['+', '-']).unwrap_or(text).to_owned();
    let (number, exponent) = cell.split_once(['e', 'E']).map_or((cell, None), |(number, exponent)| (number, Some(exponent)));
    let number = unsigned(number);
    let (whole, part) = number.split_once('.').map_or((number.as_str(), None), |(whole, part)| (whole, Some(part)));
    is_digits(whole) && part.is_none_or(is_digits) && exponent.is_none_or(|exponent| is_digits(&unsigned(exponent)))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn formulas_get_an_apostrophe_and_numbers_none() {
        let pairs = [
            ("=1+1", "'=1+1"),
            ("'=1+1", "''=1+1"),
            ("@a", "'@a"),
            ("\tx", "'\tx"),
            ("\r", "'\r"),
            ("-", "'-"),
            ("-7", "-7"),
            ("-2.5e-3", "-2.5e-3"),
            ("'-7", "'-7"),
            ("-7+1", "'-7+1"),
            ("-7.", "'-7."),
            ("'tis", "'tis"),
            ("", ""),
            ("'", "'"),
        ];
        for (cell, written) in pairs {
            assert_eq!(guarded(cell), written);
            assert_eq!(unguarded(written), cell);
        }
    }

    proptest! {
        #[test]
        fn what_was_guarded_is_undone_exactly(cell in "'{0,3}[=+@\\t\\r\\-0-9.eE]{0,4}[a-z]?") {
            let written = guarded(&cell);
            prop_assert_eq!(unguarded(&written), cell.as_str());
            prop_assert!(!is_formula(&written));
        }
    }
}
