use super::{Refused, Storage};
use crate::edit::{AnnotationStore, RestorePoint};
use crate::format::stored::{StoredError, read_restore_point, restore_prefix};

impl Storage {
    /// The merges of a project that can be taken back, the latest first.
    pub async fn restore_points(&self, store: &AnnotationStore) -> Vec<RestorePoint> {
        let Some(database) = self.database() else { return Vec::new() };
        let project = &store.header().id;
        let rows = database.rows(&restore_prefix(project)).await.unwrap_or_default();
        let read = |(_, value): &(String, String)| -> Result<RestorePoint, StoredError> { read_restore_point(project, value, store) };
        rows.iter().rev().filter_map(|row| read(row).ok()).collect()
    }

    /// Forgets a restore point that was gone back to.
    pub async fn forget_restore_point(&self, store: &AnnotationStore, point: &RestorePoint) {
        let Some(database) = self.database() else { return };
        let name = format!("{}{}", restore_prefix(&store.header().id), point.at.as_str());
        let gone: Result<(), Refused> = database.update(&[], |_| (vec![(name, None)], ())).await;
        drop(gone);
    }
}
