use std::fmt;
use std::rc::Rc;

/// An instant as RFC 3339 in UTC with milliseconds: `2026-01-31T12:04:31.007Z`.
///
/// Always 24 ASCII characters, so instants compare as their texts do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(Rc<str>);

impl Timestamp {
    /// `None` when `text` has another shape or names no day of the calendar.
    pub fn parse(text: &str) -> Option<Self> {
        const SHAPE: &[u8] = b"0000-00-00T00:00:00.000Z";
        let fits = text.len() == SHAPE.len()
            && text.bytes().zip(SHAPE).all(|(byte, shape)| if *shape == b'0' { byte.is_ascii_digit() } else { byte == *shape });
        if !fits {
            return None;
        }
        let number = |from: usize, to: usize| text[from..to].parse::<u32>().ok();
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            _ => return None,
        };
        let sound = (1..=days).contains(&day) && number(11, 13)? < 24 && number(14, 16)? < 60 && number(17, 19)? < 60;
        sound.then(|| Self(text.into()))
    }

    /// What a record without a time is given: the beginning of 1970.
    pub fn unknown() -> Self {
        Self("1970-01-01T00:00:00.000Z".into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_in_this_one_shape() {
        for good in ["2026-01-31T12:04:31.007Z", "2024-02-29T00:00:00.000Z"] {
            assert_eq!(Timestamp::parse(good).expect(good).as_str(), good);
        }
        for bad in [
            "2026-01-31T12:04:31Z",
            "2023-02-29T00:00:00.000Z",
            "2026-13-01T00:00:00.000Z",
            "2026-01-01T24:00:00.000Z",
            "2026-01-01T00:00:00.000é",
        ] {
            assert_eq!(Timestamp::parse(bad), None, "{bad}");
        }
    }
}
