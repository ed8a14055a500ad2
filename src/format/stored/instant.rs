//! Instants as milliseconds since the beginning of 1970, and back.
//!
//! Days and civil dates after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (`days_from_civil`,
//! `civil_from_days`).

use crate::model::Timestamp;

const DAY: i64 = 86_400_000;

pub fn to_millis(instant: &Timestamp) -> i64 {
    let text = instant.as_str();
    let number = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or_default();
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    days * DAY + number(11, 13) * 3_600_000 + number(14, 16) * 60_000 + number(17, 19) * 1_000 + number(20, 23)
}

/// `None` outside the years 0 to 9999.
pub fn from_millis(millis: i64) -> Option<Timestamp> {
    // Far outside, before the sums could overflow.
    if !(-100_000_000_000_000..=300_000_000_000_000).contains(&millis) {
        return None;
    }
    let (days, rest) = (millis.div_euclid(DAY) + 719_468, millis.rem_euclid(DAY));
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1_000 % 60, rest % 1_000);
    Timestamp::parse(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let days = ["0000-01-01", "0000-03-01", "1969-12-31", "1970-01-01", "2000-02-29", "2023-06-22", "2100-03-01", "9999-12-31"];
        for day in days {
            for time in ["00:00:00.000", "23:59:59.999", "20:34:00.007"] {
                let instant = Timestamp::parse(&format!("{day}T{time}Z")).expect(day);
                assert_eq!(from_millis(to_millis(&instant)), Some(instant));
            }
        }
        assert_eq!(to_millis(&Timestamp::unknown()), 0);
        assert_eq!(from_millis(1_687_466_040_000).map(|instant| instant.to_string()).as_deref(), Some("2023-06-22T20:34:00.000Z"));
    }

    #[test]
    fn outside_four_digit_years_there_is_none() {
        let last = Timestamp::parse("9999-12-31T23:59:59.999Z").expect("the last instant");
        assert_eq!(from_millis(to_millis(&last) + 1), None);
        for far in [i64::MIN, i64::MAX, -62_167_219_200_001] {
            assert_eq!(from_millis(far), None);
        }
    }
}
