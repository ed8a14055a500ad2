//! The schemas in `static/schema` are what the types say. `UPDATE_SCHEMA=1 cargo test --test format_schema` rewrites them.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use serde_json::Value;
use standpoint::format::native::schema;
use standpoint::format::training;

#[test]
fn the_published_schemas_are_those_of_the_types() {
    for (name, schema) in [("standpoint-1", schema()), ("standpoint-training-1", training::schema())] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("static/schema/{name}.json"));
        let generated = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
        if std::env::var_os("UPDATE_SCHEMA").is_some_and(|update| update == "1") {
            fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            fs::write(&path, &generated).expect("the schema can be written");
        }
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert!(published == generated, "{name} is out of date: run UPDATE_SCHEMA=1 cargo test --test format_schema");
    }
}

#[test]
fn every_object_of_the_schema_is_closed_and_described() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().expect("definitions");
    for (name, definition) in definitions.iter().filter(|(_, definition)| definition.get("properties").is_some()) {
        assert_eq!(definition["additionalProperties"], Value::Bool(false), "{name}");
        assert!(definition["description"].is_string(), "{name}");
    }
    assert_eq!(schema["required"], serde_json::json!(["format", "version"]));
    assert_eq!(schema["$defs"]["Annotation"]["required"], serde_json::json!(["article", "type", "fragments"]));
    assert_eq!(schema["$defs"]["Article"]["required"], serde_json::json!(["id", "text"]));
}
