//! What a browser's files may look like after it died in the middle of a write.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The beginning of a record of 1,000 bytes in a log of LevelDB (checksum, length, kind, contents), and no end.
fn half_a_record() -> Vec<u8> {
    let mut half = vec![0x12, 0x34, 0x56, 0x78, 0xe8, 0x03, 0x01];
    half.extend([b'x'; 100]);
    half
}

/// Ends the logs of all of Chromium's databases of a profile with half a record; how many there are.
pub fn tear_logs(profile: &Path) -> usize {
    let logs = logs(profile);
    for log in &logs {
        let mut file = fs::File::options().append(true).open(log).expect("a log that can be written");
        file.write_all(&half_a_record()).expect("written");
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

fn logs(profile: &Path) -> Vec<PathBuf> {
    let inside = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let databases = inside(profile.join("Default/IndexedDB"));
    let files = databases.flat_map(inside);
    files.filter(|file| file.extension().is_some_and(|extension| extension == "log")).collect()
}
