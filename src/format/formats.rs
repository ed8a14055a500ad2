//! The formats by name: which there are, what each is for, how it is read and written, and which one a file is in.

use super::exchange::{Foreign, Out, Sheets, Source, Unit, Writer};
use super::{brat, citron, conll, csv, doccano, labelstudio, prodigy, semeval, training, uima, w3c, webanno};

/// A format that others read, or write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Training,
    Brat,
    LabelStudio,
    Prodigy,
    Doccano,
    Conll,
    Csv,
    SemEval,
    Citron,
    W3c,
    CasJson,
    WebAnno,
}

/// What a writer leaves to the person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Where the format leaves open what offsets count.
    pub unit: Unit,
}

impl Format {
    pub const ALL: [Self; 12] = [
        Self::Training,
        Self::Brat,
        Self::LabelStudio,
        Self::Prodigy,
        Self::Doccano,
        Self::W3c,
        Self::CasJson,
        Self::WebAnno,
        Self::Conll,
        Self::Citron,
        Self::SemEval,
        Self::Csv,
    ];

    /// As it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Training => "training",
            Self::Brat => "brat",
            Self::LabelStudio => "labelstudio",
            Self::Prodigy => "prodigy",
            Self::Doccano => "doccano",
            Self::Conll => "conll",
            Self::Csv => "csv",
            Self::SemEval => "semeval",
            Self::Citron => "citron",
            Self::W3c => "w3c",
            Self::CasJson => "cas",
            Self::WebAnno => "webanno",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether its files are lines that stand for themselves, and can be read and written in parts.
    pub fn is_of_lines(self) -> bool {
        matches!(self, Self::Training | Self::Prodigy | Self::Doccano)
    }

    pub fn writer(self, sheets: &Sheets<'_>, settings: Settings) -> Box<dyn Writer> {
        match self {
            Self::Training => Box::new(training::Training),
            Self::Brat => Box::new(brat::Brat::new(sheets)),
            Self::LabelStudio => Box::new(labelstudio::LabelStudio::new(sheets)),
            Self::Prodigy => Box::new(prodigy::Prodigy),
            Self::Doccano => Box::new(doccano::Doccano::new(settings.unit)),
            Self::Conll => Box::new(conll::Conll::new(sheets)),
            Self::Csv => Box::new(csv::Csv::new(sheets)),
            Self::SemEval => Box::new(semeval::SemEval::new(sheets)),
            Self::Citron => Box::new(citron::Citron::new(sheets)),
            Self::W3c => Box::new(w3c::W3c::new(settings.unit)),
            Self::CasJson => Box::new(uima::CasJson::new(sheets)),
            Self::WebAnno => Box::new(webanno::WebAnno::new(sheets)),
        }
    }

    /// Writes everything at once.
    pub fn write(self, sheets: &Sheets<'_>, settings: Settings) -> Out {
        let mut out = Out::default();
        let mut writer = self.writer(sheets, settings);
        for sheet in sheets.iter() {
            out.losses.add_all(&sheet.losses);
            writer.article(&sheet, &mut out);
        }
        writer.finish(&mut out);
        out
    }

    pub fn read(self, files: &[Source]) -> Foreign {
        match self {
            Self::Training => training::read(files),
            Self::Brat => brat::read(files),
            Self::LabelStudio => labelstudio::read(files),
            Self::Prodigy => prodigy::read(files),
            Self::Doccano => doccano::read(files),
            Self::Conll => conll::read(files),
            Self::Csv => csv::read(files),
            Self::SemEval => semeval::read(files),
            Self::Citron => citron::read(files),
            Self::W3c => w3c::read(files),
            Self::CasJson => uima::read(files),
            Self::WebAnno => webanno::read(files),
        }
    }
}
