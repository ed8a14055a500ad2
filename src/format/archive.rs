//! Many files in one: zip archives, made and opened in memory, deflated.

use std::collections::BTreeMap;
use std::io::Write;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchive, ZipArchiveEntryWayfinder, ZipArchiveWriter, ZipSliceArchive, crc32};
use thiserror::Error;

/// What is unpacked at most, whatever an archive says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub files: usize,
    /// Of all files together, in bytes.
    pub bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { files: 50_000, bytes: 512 << 20 }
    }
}

/// Why an archive is not unpacked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ArchiveError {
    #[error("it is not a zip archive, or its end is missing")]
    NotZip,
    #[error("it unpacks to more than {} MB", .0 >> 20)]
    TooLarge(usize),
    #[error("it holds more than {0} files")]
    TooMany(usize),
    #[error("a file in it is called “{0}”, which leads out of the archive")]
    LeadsOut(String),
    #[error("“{0}” in it is encrypted")]
    Encrypted(String),
    #[error("“{0}” in it is packed by a method that is not read here (only “deflate” and “stored” are)")]
    Method(String),
    #[error("“{0}” in it is damaged")]
    Damaged(String),
}

/// Whether bytes begin as a zip archive does; an empty one does, too.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Unpacks all files, with `/` between their folders; what a system adds for itself is passed over.
///
/// The bounds hold while unpacking: no more than that is ever in memory, be the sizes in the archive true or not.
pub fn unpack(bytes: &[u8], bounds: Bounds) -> Result<Vec<(String, Vec<u8>)>, ArchiveError> {
    let mut archive = Archive::open(bytes, bounds)?;
    let mut files = Vec::with_capacity(archive.len());
    while let Some(file) = archive.next_file() {
        files.push(file?);
    }
    Ok(files)
}

/// An archive whose files are unpacked one after the other.
pub struct Archive<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    entries: Vec<Entry>,
    next: usize,
    bounds: Bounds,
    /// Bytes that may still be unpacked.
    left: usize,
}

struct Entry {
    name: String,
    wayfinder: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    crc32: u32,
}

impl<'a> Archive<'a> {
    /// Reads the archive's list of files; unpacks none.
    pub fn open(bytes: &'a [u8], bounds: Bounds) -> Result<Self, ArchiveError> {
        let archive = ZipArchive::from_slice(bytes).map_err(|_| ArchiveError::NotZip)?;
        let mut listed = Vec::new();
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|_| ArchiveError::NotZip)? {
            let path = entry.file_path();
            let name = String::from_utf8_lossy(path.as_bytes()).replace('\\', "/");
            if leads_out(&name) {
                return Err(ArchiveError::LeadsOut(name));
            }
            if entry.is_dir() || name.ends_with('/') || is_a_systems(&name) {
                continue;
            }
            if listed.len() >= bounds.files {
                return Err(ArchiveError::TooMany(bounds.files));
            }
            if entry.flags().is_encrypted() {
                return Err(ArchiveError::Encrypted(name));
            }
            listed.push(Entry { name, wayfinder: entry.wayfinder(), method: entry.compression_method(), crc32: entry.crc32() });
        }
        Ok(Self { archive, entries: listed, next: 0, bounds, left: bounds.bytes })
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The next file with its name.
    pub fn next_file(&mut self) -> Option<Result<(String, Vec<u8>), ArchiveError>> {
        let entry = self.entries.get(self.next)?;
        self.next += 1;
        let unpacked = self.unpacked(entry);
        if let Ok(bytes) = &unpacked {
            self.left -= bytes.len();
        }
        Some(unpacked.map(|bytes| (self.entries[self.next - 1].name.clone(), bytes)))
    }

    fn unpacked(&self, entry: &Entry) -> Result<Vec<u8>, ArchiveError> {
        let damaged = || ArchiveError::Damaged(entry.name.clone());
        let packed = self.archive.get_entry(entry.wayfinder).map_err(|_| damaged())?;
        let unpacked = match entry.method {
            CompressionMethod::STORE if packed.data().len() > self.left => return Err(ArchiveError::TooLarge(self.bounds.bytes)),
            CompressionMethod::STORE => packed.data().to_vec(),
            CompressionMethod::DEFLATE => match decompress_to_vec_with_limit(packed.data(), self.left) {
                Ok(unpacked) => unpacked,
                Err(error) if error.status == TINFLStatus::HasMoreOutput => return Err(ArchiveError::TooLarge(self.bounds.bytes)),
                Err(_) => return Err(damaged()),
            },
            _ => return Err(ArchiveError::Method(entry.name.clone())),
        };
        if crc32(&unpacked) == entry.crc32 { Ok(unpacked) } else { Err(damaged()) }
    }
}

/// Whether a name is absolute, or climbs.
fn leads_out(name: &str) -> bool {
    let has_drive = name.as_bytes().get(1) == Some(&b':') && name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    name.starts_with('/') || has_drive || name.split('/').any(|part| part == "..")
}

fn is_a_systems(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || last.starts_with('.') || last == "Thumbs.db"
}

/// Packs files by their paths. Of the same files there are the same bytes: no time is written but the earliest that archives know.
pub fn pack(files: &BTreeMap<String, String>) -> Vec<u8> {
    const LEVEL: u8 = 6;
    let written = || -> Result<Vec<u8>, rawzip::Error> {
        let mut archive = ZipArchiveWriter::new(Vec::new());
        for (path, text) in files {
            let mut builder = archive.new_file(path.as_str()).compression_method(CompressionMethod::DEFLATE);
            if let Some(first) = UtcDateTime::from_components(1980, 1, 1, 0, 0, 0, 0) {
                builder = builder.last_modified(first);
            }
            let (mut entry, _) = builder.start()?;
            entry.write_all(&compress_to_vec(text.as_bytes(), LEVEL))?;
            entry.finish(DataDescriptorOutput::new(crc32(text.as_bytes()), text.len() as u64))?;
        }
        archive.finish()
    };
    written().expect("invariant: memory can be written to, and our paths are short")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(of: &[(&str, &str)]) -> BTreeMap<String, String> {
        of.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        let all = files(&[("a.txt", "“We will win” 🎉"), ("folder/b.ann", ""), ("ä ö.txt", &"x".repeat(100_000))]);
        let packed = pack(&all);
        assert!(is_zip(&packed) && is_zip(&pack(&files(&[]))) && packed.len() < 1_000, "{}", packed.len());
        let back = unpack(&packed, Bounds::default()).expect("an archive");
        assert_eq!(back.into_iter().map(|(path, text)| (path, String::from_utf8(text).expect("text"))).collect::<BTreeMap<_, _>>(), all);
        assert_eq!(pack(&all), packed);
    }

    #[test]
    fn what_unpacks_to_too_much_is_refused_while_unpacking() {
        let bomb = pack(&files(&[("a", &"\0".repeat(3 << 20)), ("b", &"\0".repeat(3 << 20))]));
        assert!(bomb.len() < 20_000);
        assert_eq!(unpack(&bomb, Bounds { files: 9, bytes: 4 << 20 }), Err(ArchiveError::TooLarge(4 << 20)));
        assert_eq!(unpack(&bomb, Bounds { files: 1, bytes: 9 << 20 }), Err(ArchiveError::TooMany(1)));
        // An archive that says that it is small is believed in nothing.
        let mut lying = bomb.clone();
        for at in 0..lying.len() - 4 {
            if lying[at..at + 4] == (3_u32 << 20).to_le_bytes() {
                lying[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
            }
        }
        assert_ne!(lying, bomb);
        assert_eq!(unpack(&lying, Bounds { files: 9, bytes: 4 << 20 }), Err(ArchiveError::TooLarge(4 << 20)));
    }

    #[test]
    fn names_that_lead_out_are_refused_and_a_systems_own_files_passed_over() {
        for name in ["/etc/x", "../x", "a/../../x", "\\x", "C:\\x", "c:/x"] {
            assert!(leads_out(&name.replace('\\', "/")), "{name}");
        }
        assert!(!leads_out("a/b..c") && !leads_out("...x"));
        let packed = pack(&files(&[("__MACOSX/._a.txt", "x"), (".DS_Store", "x"), ("a/.hidden", "x"), ("a/b.txt", "x")]));
        let names: Vec<String> = unpack(&packed, Bounds::default()).expect("an archive").into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a/b.txt"]);
        // As a hostile hand would write it: of the same length, so that all else fits.
        let mut hostile = pack(&files(&[("aa/b.txt", "x")]));
        while let Some(at) = hostile.windows(8).position(|part| part == b"aa/b.txt") {
            hostile[at..at + 2].copy_from_slice(b"..");
        }
        assert_eq!(unpack(&hostile, Bounds::default()), Err(ArchiveError::LeadsOut("../b.txt".to_owned())));
    }

    #[test]
    fn damage_is_told_and_nothing_panics() {
        let packed = pack(&files(&[("a.txt", "some text that is packed, some text that is packed")]));
        assert_eq!(unpack(b"PK\x03\x04 and then nothing", Bounds::default()), Err(ArchiveError::NotZip));
        for at in 0..packed.len() {
            for bit in [0x01, 0x80, 0xff] {
                let mut damaged = packed.clone();
                damaged[at] ^= bit;
                drop(unpack(&damaged, Bounds::default()));
            }
            drop(unpack(&packed[..at], Bounds::default()));
        }
    }
}
