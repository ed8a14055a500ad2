//! The words that files use for the choices of `model`, and the way back.

use crate::model::{Direction, EntityKind, Line, Meaning, OriginKind, Others, Status};

macro_rules! words {
    ($name:ident, $parse:ident, $of:ty, $($choice:ident = $word:literal),+ $(,)?) => {
        pub fn $name(choice: $of) -> &'static str {
            match choice {
                $(<$of>::$choice => $word,)+
            }
        }

        pub fn $parse(word: &str) -> Option<$of> {
            match word {
                $($word => Some(<$of>::$choice),)+
                _ => None,
            }
        }
    };
}

words!(
    meaning,
    parse_meaning,
    Meaning,
    Speaker = "speaker",
    Cue = "cue",
    Claim = "claim",
    Stance = "stance",
    Target = "target",
    Holder = "holder"
);
words!(direction, parse_direction, Direction, Auto = "auto", LeftToRight = "ltr", RightToLeft = "rtl");
words!(entity_kind, parse_entity_kind, EntityKind, Person = "person", Group = "group", Place = "place", Other = "other");
words!(others, parse_others, Others, Shown = "shown", Hidden = "hidden");
words!(status, parse_status, Status, New = "new", InProgress = "in progress", Done = "done");
words!(
    origin_kind,
    parse_origin_kind,
    OriginKind,
    Manual = "manual",
    Imported = "imported",
    Suggested = "suggested",
    Propagated = "propagated",
    Transferred = "transferred",
);

pub fn parse_line(word: &str) -> Option<Line> {
    [Line::Solid, Line::Dotted, Line::Dashed, Line::Double].into_iter().find(|line| line.as_str() == word)
}
