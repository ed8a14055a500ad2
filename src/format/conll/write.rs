//! From a project to columns.

use std::fmt::Write as _;

use super::{DOCUMENT, bare};
use crate::format::exchange::{Layer, Loss, Out, Sheet, Sheets, Tokens, Writer, layers};
use crate::model::{Scheme, TypeId};

/// Writes a file for each type that is used, in a folder for each annotator where there are several, and the texts beside them: the
/// columns alone don't say where white space stands.
pub struct Conll {
    scheme: Scheme,
    layers: Vec<Layer>,
}

impl Conll {
    pub fn new(sheets: &Sheets<'_>) -> Self {
        Self { scheme: sheets.scheme().clone(), layers: layers(sheets) }
    }

    fn lines(sheet: &Sheet<'_>, tokens: &Tokens, of: &TypeId, mine: &[usize], out: &mut Out) -> String {
        let mut tags: Vec<Option<String>> = vec![None; tokens.tokens.len()];
        for mark in mine.iter().map(|n| &sheet.marks[*n]).filter(|mark| mark.of.id == *of) {
            let covered = tokens.covered_by(mark.span);
            if covered.len() < mark.span.fragments().len() {
                // White space is no token.
                out.lose(Loss::Annotation);
            } else if covered.iter().any(|covered| tags[covered.first..=covered.last].iter().any(Option::is_some)) {
                out.lose(Loss::Overlap);
            } else {
                out.lose_many(Loss::Gap, usize::from(covered.len() > 1));
                // A mark of direction makes one token with the space before it, which the columns don't say.
                let begins_blank = |n: usize| sheet.words(tokens.tokens[n]).starts_with(char::is_whitespace);
                let is_moved = covered.iter().any(|covered| !covered.is_exact || begins_blank(covered.first));
                out.lose_many(Loss::InsideToken, usize::from(is_moved));
                for covered in covered {
                    for (n, tag) in tags.iter_mut().enumerate().take(covered.last + 1).skip(covered.first) {
                        let is_cut = n > covered.first && tokens.sentences.binary_search(&n).is_ok();
                        out.lose_many(Loss::Sentence, usize::from(is_cut));
                        *tag = Some(format!("{}-{of}", if n == covered.first || is_cut { 'B' } else { 'I' }));
                    }
                }
            }
        }
        let mut lines = format!("{DOCUMENT}\tO\n\n");
        for sentence in 0..tokens.sentences.len() {
            for n in tokens.sentence(sentence) {
                let _ = writeln!(lines, "{}\t{}", bare(sheet.words(tokens.tokens[n])), tags[n].as_deref().unwrap_or("O"));
            }
            lines.push('\n');
        }
        lines
    }
}

impl Writer for Conll {
    fn article(&mut self, sheet: &Sheet<'_>, out: &mut Out) {
        use Loss::{Attribute, Entity, EntityDetails, EntityFiller, Metadata, Note, Origin, Role, Zone};
        sheet.lose(&[Attribute, Entity, EntityDetails, EntityFiller, Metadata, Note, Origin, Role, Zone], out);
        let tokens = Tokens::of(sheet.article);
        for layer in &self.layers {
            let mine = layer.marks(sheet, out);
            for of in &self.scheme.types {
                let lines = Self::lines(sheet, &tokens, &of.id, &mine, out);
                out.add(&format!("{}{}.conll", layer.folder, of.id), &lines);
            }
        }
        out.add(&format!("{}.txt", sheet.article.id), sheet.article.text.as_str());
    }
}
