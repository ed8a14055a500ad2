//! What a browser's files may look like after it died in the middle of a write.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A log of LevelDB is written in blocks of so many bytes, and a record that does not fit into one is cut.
const BLOCK: u64 = 32 * 1024;
/// Checksum, length and kind.
const HEAD: u64 = 7;

/// The first half of a record that would have filled the rest of its block, or been of 1,000 bytes.
fn half_a_record(size: u64) -> Vec<u8> {
    let whole = (BLOCK - size % BLOCK).saturating_sub(HEAD).min(1_000);
    let length = u16::try_from(whole).expect("it fits").to_le_bytes();
    let mut half = vec![0x12, 0x34, 0x56, 0x78, length[0], length[1], 0x01];
    half.resize(half.len() + usize::from(u16::from_le_bytes(length)) / 2, b'x');
    half
}

/// Ends the log of each of Chromium's databases of a profile with half a record; how many there are.
pub fn tear_logs(profile: &Path) -> usize {
    let logs = logs(profile);
    for log in &logs {
        let mut file = fs::File::options().append(true).open(log).expect("a log that can be written");
        let size = file.metadata().expect("a size").len();
        file.write_all(&half_a_record(size)).expect("written");
    }
    logs.len()
}

/// Changes a byte in the midst of each of the logs; how many there are.
pub fn damage_logs(profile: &Path) -> usize {
    let logs = logs(profile);
    for log in &logs {
        let mut bytes = fs::read(log).expect("a log that can be read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(log, bytes).expect("written");
    }
    logs.len()
}

/// The log of each database that is being written: the last by its number, beside which one may be that is moved just now.
fn logs(profile: &Path) -> Vec<PathBuf> {
    let inside = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_log = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "log");
    inside(profile.join("Default/IndexedDB")).filter_map(|database| inside(database).filter(is_log).max()).collect()
}
