//! What random stories do, and how often.

/// The variants of `Command`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Tag,
    SetAttribute,
    FillRole,
    EmptyRole,
    TieEntity,
    NewEntity,
    Describe,
    MergeEntities,
    PartEntities,
    SplitEntity,
    SetNote,
    SetSpan,
    AddStretch,
    CutStretch,
    ChangeType,
    TagAlike,
    GiveFrame,
    Delete,
    CopyToMine,
    RemoveLayer,
    SetStatus,
    AddArticles,
    RemoveArticle,
    RenameAnnotator,
    RenameProject,
    Resolve,
}

impl Kind {
    /// With how often stories use them.
    pub const ALL: [(u32, Kind); 26] = [
        (90, Kind::Tag),
        (16, Kind::SetAttribute),
        (60, Kind::FillRole),
        (10, Kind::EmptyRole),
        (8, Kind::TieEntity),
        (8, Kind::NewEntity),
        (6, Kind::Describe),
        (6, Kind::MergeEntities),
        (3, Kind::PartEntities),
        (3, Kind::SplitEntity),
        (14, Kind::SetNote),
        (8, Kind::SetSpan),
        (8, Kind::AddStretch),
        (8, Kind::CutStretch),
        (12, Kind::ChangeType),
        (12, Kind::TagAlike),
        (12, Kind::GiveFrame),
        (30, Kind::Delete),
        (14, Kind::CopyToMine),
        (1, Kind::RemoveLayer),
        (8, Kind::SetStatus),
        (8, Kind::AddArticles),
        (2, Kind::RemoveArticle),
        (5, Kind::RenameAnnotator),
        (5, Kind::RenameProject),
        (14, Kind::Resolve),
    ];
}
