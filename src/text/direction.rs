/// Whether a paragraph runs from right to left, by its first strong letter (Unicode Standard Annex #9, rules P2 and P3;
/// isolates are not skipped); `None` where there is none.
pub fn right_to_left(paragraph: &str) -> Option<bool> {
    // Digits are no letters, and in no script strong.
    paragraph.chars().find(|letter| letter.is_alphabetic()).map(is_right_to_left)
}

/// Hebrew, Arabic, Syriac, Thaana, N’Ko, Adlam and their like.
fn is_right_to_left(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

#[cfg(test)]
mod tests {
    use super::right_to_left;

    #[test]
    fn the_first_strong_letter_says_which_way_a_paragraph_runs() {
        assert_eq!(right_to_left("75 عاما, said Raisi"), Some(true));
        assert_eq!(right_to_left("«SNSC» אמר"), Some(false));
        assert_eq!(right_to_left("٢٠٢٣ – 20:34"), None);
    }
}
