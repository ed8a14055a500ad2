use super::file::File;

/// The JSON Schema of the project file, generated from the types that read it.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(File).to_value()
}
