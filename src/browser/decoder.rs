use web_sys::{TextDecoder, TextDecoderOptions};

use crate::text::LegacyDecoder;

/// The browser's own `TextDecoder`, which knows every encoding of the WHATWG standard.
pub struct PageDecoder;

impl LegacyDecoder for PageDecoder {
    fn decode(&self, label: &str, bytes: &[u8]) -> Option<String> {
        let options = TextDecoderOptions::new();
        options.set_fatal(true);
        let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
        decoder.decode_with_u8_array(bytes).ok()
    }
}
