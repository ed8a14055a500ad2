//! Letters of an address to text and back: base64url, raw deflate, and a checksum.

use base64ct::{Base64UrlUnpadded, Encoding};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

use super::{MAX_BYTES, ShareError};

const LEVEL: u8 = 10;
/// A CRC-32 in bytes.
const SUM: usize = 4;
/// What memory for the unpacked text begins with, in bytes; most links need no more.
const FIRST: usize = 1 << 16;

/// Without the checksum, one letter that differs could be another word of an article.
pub fn pack(text: &str) -> String {
    let mut bytes = compress_to_vec(text.as_bytes(), LEVEL);
    bytes.extend(crc32fast::hash(text.as_bytes()).to_be_bytes());
    Base64UrlUnpadded::encode_string(&bytes)
}

/// `before` is how many characters of the fragment stand before `packed`.
pub fn unpack(packed: &str, before: usize) -> Result<String, ShareError> {
    let is_strange = |(_, letter): &(usize, char)| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    if let Some((at, character)) = packed.chars().enumerate().find(is_strange) {
        return Err(ShareError::Alphabet { character, place: before + at + 1 });
    }
    // All its letters are sound, so that only the end can be wrong.
    let bytes = Base64UrlUnpadded::decode_vec(packed).map_err(|_| ShareError::Cut)?;
    let (unpacked, rest) = inflated(&bytes)?;
    match rest {
        // As whoever packs a link by hand may leave it.
        [] => {}
        sum if sum.len() < SUM => return Err(ShareError::Cut),
        sum if *sum == crc32fast::hash(&unpacked).to_be_bytes() => {}
        _ => return Err(ShareError::Damaged),
    }
    String::from_utf8(unpacked).map_err(|_| ShareError::Damaged)
}

/// What the bytes unpack to, and what stands behind it. No more than the bound is ever unpacked.
fn inflated(bytes: &[u8]) -> Result<(Vec<u8>, &[u8]), ShareError> {
    let mut unpacking = Box::<DecompressorOxide>::default();
    let mut out = vec![0; FIRST];
    let (mut read, mut written) = (0, 0);
    loop {
        let rest = bytes.get(read..).unwrap_or_default();
        let (status, more_read, more_written) =
            decompress(&mut unpacking, rest, &mut out, written, inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF);
        (read, written) = (read + more_read, written + more_written);
        match status {
            TINFLStatus::Done => {
                out.truncate(written);
                return Ok((out, bytes.get(read..).unwrap_or_default()));
            }
            TINFLStatus::HasMoreOutput if out.len() >= MAX_BYTES => return Err(ShareError::TooLarge),
            TINFLStatus::HasMoreOutput => {
                let larger = (out.len() * 4).min(MAX_BYTES);
                out.resize(larger, 0);
            }
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => return Err(ShareError::Cut),
            _ => return Err(ShareError::Damaged),
        }
    }
}
