//! Which way links between lines of text go without hiding any: along the gaps between lines, and beside the text.

/// The scrolled column and the text in it, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub left: f64,
    pub right: f64,
    pub text_left: f64,
    pub text_right: f64,
}

/// The first line of an annotation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    pub left: f64,
    pub right: f64,
    /// Where its letters end, above the underlines.
    pub bottom: f64,
    /// Whether it is read from right to left.
    pub leftwards: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Route {
    /// SVG path data.
    pub path: String,
    /// The arrow's head, at the filler.
    pub head: String,
    /// Where the role's name stands and which of its ends is there, if there is room for it.
    pub label: Option<(f64, f64, &'static str)>,
}

/// Below the letters of a line, under its lanes of underline.
const GAP: f64 = 18.0;
/// Between the text and the first vertical, and between one vertical and the next.
const STEP: f64 = 6.0;
const ROUND: f64 = 5.0;
/// Lines whose lower ends are nearer than this are the same.
const SAME: f64 = 4.0;
/// The width of a letter of a role's name, or a little more.
const LETTER: f64 = 6.0;
/// A name's height, so that names of one line do not lie over each other.
const NAME: f64 = 11.0;

/// A route for each pair of lines, from whose role it is to its filler, and the number of letters in the role's name. Verticals lie beside the text, each in a lane of its
/// own as far as there is room; links within a line go below it.
pub(super) fn routes(column: &Column, ends: &[(Line, Line, usize)]) -> Vec<Route> {
    let mut named: Vec<f64> = Vec::new();
    let crosses = |(from, to, _): &&(Line, Line, usize)| (from.bottom - to.bottom).abs() >= SAME;
    let verticals = ends.iter().filter(crosses).count();
    let mut vertical = 0;
    let mut route = |ends: &(Line, Line, usize)| {
        let (from, to, letters) = ends;
        let leftwards = from.leftwards;
        let (start, end) = (start_of(from), start_of(to));
        let (y, end_y) = (from.bottom + GAP, to.bottom + GAP);
        if !crosses(&ends) {
            let path = format!("M{start:.1} {:.1}V{y:.1}H{end:.1}V{:.1}", y - 3.0, y - 4.0);
            return Route { path, head: head(end, y), label: None };
        }
        let room = if leftwards { column.right - column.text_right } else { column.text_left - column.left };
        let lanes = ((room - STEP) / STEP).floor().clamp(1.0, (verticals as f64).clamp(1.0, 4.0));
        let lane = STEP * (1.0 + f64::from(vertical) % lanes);
        vertical += 1;
        // Away from the text is to the left, or in a script that runs leftwards to the right.
        let out = if leftwards { 1.0 } else { -1.0 };
        let side = if leftwards { column.text_right } else { column.text_left };
        let x = side + out * lane;
        let down = (end_y - y).signum() * ROUND;
        let turn = out * ROUND;
        let path = format!(
            "M{start:.1} {y:.1}H{:.1}Q{x:.1} {y:.1} {x:.1} {:.1}V{:.1}Q{x:.1} {end_y:.1} {:.1} {end_y:.1}H{end:.1}V{:.1}",
            x - turn,
            y + down,
            end_y - down,
            x - turn,
            end_y - 4.0,
        );
        let beyond = STEP * lanes + 4.0;
        let label = (room >= beyond + LETTER * *letters as f64).then(|| {
            let above = named.iter().filter(|other| (**other - end_y).abs() < SAME).count() as f64;
            named.push(end_y);
            let x = side + out * beyond;
            (x, end_y + 3.0 - above * NAME, if leftwards { "start" } else { "end" })
        });
        Route { path, head: head(end, end_y), label }
    };
    ends.iter().map(&mut route).collect()
}

/// A little inside the edge at which the line begins.
fn start_of(line: &Line) -> f64 {
    let inside = ((line.right - line.left) / 2.0).min(6.0);
    if line.leftwards { line.right - inside } else { line.left + inside }
}

/// A small triangle that points up to the filler.
fn head(x: f64, y: f64) -> String {
    format!("M{x:.1} {:.1}l-3 5h6z", y - 7.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMN: Column = Column { left: 0.0, right: 800.0, text_left: 80.0, text_right: 720.0 };

    fn line(left: f64, bottom: f64) -> Line {
        Line { left, right: left + 60.0, bottom, leftwards: false }
    }

    /// The coordinates that a path goes through, all of them absolute.
    fn points(path: &str) -> Vec<(f64, f64)> {
        let commands: Vec<char> = path.chars().filter(char::is_ascii_uppercase).collect();
        let parts = path.split(|c: char| c.is_ascii_uppercase()).skip(1);
        let mut at = (0.0, 0.0);
        let step = |(command, part): (&char, &str)| {
            let numbers: Vec<f64> = part.split_whitespace().filter_map(|number| number.parse().ok()).collect();
            match (command, numbers.as_slice()) {
                ('M', [x, y]) | ('Q', [_, _, x, y]) => at = (*x, *y),
                ('H', [x]) => at.0 = *x,
                ('V', [y]) => at.1 = *y,
                _ => panic!("{path}: {command} {numbers:?}"),
            }
            at
        };
        commands.iter().zip(parts).map(step).collect()
    }

    #[test]
    fn what_crosses_lines_does_so_beside_the_text() {
        for (from, to) in [(line(300.0, 100.0), line(90.0, 340.0)), (line(500.0, 500.0), line(400.0, 60.0))] {
            let route = &routes(&COLUMN, &[(from, to, 7)])[0];
            let through = points(&route.path);
            for pair in through.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                let crosses = (a.1 - b.1).abs() > ROUND + 0.1;
                assert!(!crosses || a.0.max(b.0) < COLUMN.text_left, "{}: {a:?} to {b:?}", route.path);
            }
            assert_eq!(through.first().map(|at| at.1), Some(from.bottom + GAP));
            assert_eq!(through.last().map(|at| at.0), Some(start_of(&to)));
        }
    }

    #[test]
    fn links_of_a_frame_keep_apart_and_so_do_their_names() {
        let ends = [(line(300.0, 100.0), line(90.0, 340.0), 7), (line(300.0, 100.0), line(200.0, 340.0), 3)];
        let routes = routes(&COLUMN, &ends);
        assert_ne!(routes[0].path, routes[1].path);
        let (first, second) = (routes[0].label.expect("room"), routes[1].label.expect("room"));
        assert!((first.1 - second.1).abs() >= NAME, "{first:?} {second:?}");
    }

    #[test]
    fn a_link_within_a_line_stays_below_it() {
        let route = &routes(&COLUMN, &[(line(300.0, 100.0), line(500.0, 100.0), 7)])[0];
        assert!(points(&route.path).iter().all(|at| at.1 > 100.0), "{}", route.path);
        assert_eq!(route.label, None);
    }

    #[test]
    fn on_a_phone_there_are_lines_and_no_names() {
        let phone = Column { left: 0.0, right: 390.0, text_left: 16.0, text_right: 374.0 };
        let route = &routes(&phone, &[(line(100.0, 100.0), line(90.0, 340.0), 7)])[0];
        assert_eq!(route.label, None);
        assert!(points(&route.path).iter().all(|at| at.0 > 0.0), "{}", route.path);
    }

    #[test]
    fn a_script_that_runs_leftwards_has_its_links_on_the_right() {
        let right = |line: Line| Line { leftwards: true, ..line };
        let route = &routes(&COLUMN, &[(right(line(300.0, 100.0)), right(line(90.0, 340.0)), 7)])[0];
        assert!(points(&route.path).iter().any(|at| at.0 > COLUMN.text_right), "{}", route.path);
        assert_eq!(route.label.map(|label| label.2), Some("start"));
    }
}
