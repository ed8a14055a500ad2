//! What `cargo bench` printed of the core, with the growth from S to L.

use std::path::Path;

/// A bench with its medians at S, M and L, in microseconds.
pub struct Native {
    pub name: String,
    pub medians: [f64; 3],
}

impl Native {
    /// How much more L takes than S.
    pub fn growth(&self) -> f64 {
        self.medians[2] / self.medians[0]
    }
}

/// Reads divan's tree: a line for each bench, under it one for each size, with the median in the third column.
pub fn read(path: &Path) -> Vec<Native> {
    let printed = std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
    let mut found: Vec<Native> = Vec::new();
    for line in printed.lines() {
        let mut columns = line.split('│').map(str::trim).filter(|column| !column.is_empty());
        let Some(first) = columns.next() else { continue };
        let mut words = first.split_whitespace().skip_while(|word| word.starts_with(['├', '╰', '─']));
        let Some(name) = words.next() else { continue };
        match ["S", "M", "L"].iter().position(|size| *size == name) {
            Some(at) => {
                // The fastest stands beside the name.
                let median = columns.nth(1).and_then(micros);
                if let (Some(native), Some(median)) = (found.last_mut(), median) {
                    native.medians[at] = median;
                }
            }
            None if name.contains('_') => found.push(Native { name: name.replace('_', " "), medians: [f64::NAN; 3] }),
            None => {}
        }
    }
    assert!(
        found.iter().all(|native| native.medians.iter().all(|median| median.is_finite())),
        "a bench without a median in {}",
        path.display()
    );
    found
}

fn micros(text: &str) -> Option<f64> {
    let (number, unit) = text.split_once(' ')?;
    let scale = match unit {
        "ns" => 0.001,
        "µs" => 1.0,
        "ms" => 1_000.0,
        "s" => 1_000_000.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * scale)
}
