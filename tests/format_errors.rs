//! A file of the wrong shape is refused, with its name and the place.

#![cfg(not(target_arch = "wasm32"))]

use standpoint::format::native::{MAX_BYTES, MAX_DEPTH, ReadError, read};

fn refusal(json: &str) -> String {
    read("seeds.json", json).expect_err("refused").to_string()
}

/// A file with `rest` behind its head.
fn file(rest: &str) -> String {
    format!("{{\"format\": \"standpoint\", \"version\": 1,\n{rest}}}")
}

#[test]
fn a_truncated_file_says_where_it_ends() {
    assert_eq!(
        refusal("{\"format\": \"standpoint\",\n \"vers"),
        "seeds.json, line 2, column 6: the file ends in the middle; it is incomplete"
    );
    for whole in [file("\"articles\": [{\"id\": \"a\", \"text\": \"“x”\"}]")] {
        for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            assert!(matches!(read("x", &whole[..end]), Err(ReadError::Truncated { .. })), "{}", &whole[..end]);
        }
    }
}

#[test]
fn what_is_no_json_says_where() {
    assert_eq!(refusal("{\"format\": \"standpoint\",\n \"version\": 1,}"), "seeds.json, line 2, column 15: trailing comma");
    assert_eq!(refusal("<html>"), "seeds.json, line 1, column 1: expected value");
    assert!(refusal(&(file("\"articles\": []") + "{}")).contains("trailing characters"));
    assert!(refusal(&file("\"articles\": [{\"id\": \"a\", \"text\": \"\\ud800\"}]")).contains("line 2"));
}

#[test]
fn another_format_or_a_newer_version_has_its_own_message() {
    assert_eq!(refusal("{}"), "seeds.json is not a project file: it has no `format`");
    assert_eq!(refusal("{\"annotations\": [{}]}"), "seeds.json is not a project file: it has no `format`");
    for other in ["[]", "[\"standpoint\", 1]", "7", "null", "\"standpoint\"", "[[0], {}]"] {
        assert_eq!(refusal(other), "seeds.json is not a project file: it has no `format`");
    }
    assert_eq!(refusal("{\"format\": \"brat\"}"), "seeds.json, format: “brat” instead of “standpoint”");
    assert_eq!(refusal("{\"format\": 7}"), "seeds.json, format: “7” instead of “standpoint”");
    assert_eq!(refusal("{\"format\": \"standpoint\"}"), "seeds.json, version: nothing instead of a number from 1");
    for bad in ["0", "-1", "1.5", "\"1\"", "null"] {
        let refusal = refusal(&format!("{{\"format\": \"standpoint\", \"version\": {bad}}}"));
        assert!(refusal.ends_with("instead of a number from 1"), "{refusal}");
    }
    let newer = refusal("{\"format\": \"standpoint\", \"version\": 2, \"invented later\": [[]]}");
    assert_eq!(newer, "seeds.json, version: the file was made by a newer version of this program (format 2, this one reads up to 1)");
    assert_eq!(refusal(&file("\"offsets\": \"utf-16\"")), "seeds.json, offsets: “utf-16” instead of “unicode code points, end exclusive”");
}

#[test]
fn a_wrong_type_names_its_path() {
    let cases = [
        (
            "\"articles\": [{\"id\": \"a\", \"text\": 7}]",
            "articles[0].text (line 2, column 34): invalid type: integer `7`, expected a string",
        ),
        ("\"articles\": {}", "articles (line 2, column 12): invalid type: map, expected a sequence"),
        (
            "\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [{\"start\": -1, \"end\": 2}]}]",
            "annotations[0].fragments[0].start (line 2, column 72): invalid value: integer `-1`, expected u32",
        ),
        (
            "\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [{\"start\": 4294967296, \"end\": 2}]}]",
            "annotations[0].fragments[0].start",
        ),
        (
            "\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [], \"attributes\": {\"x\": true}}]",
            "annotations[0].attributes.x",
        ),
        (
            "\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [], \"version\": {\"r\": -2}}]",
            "annotations[0].version.r",
        ),
        ("\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [], \"version\": 3}]", "annotations[0].version"),
        ("\"annotations\": [{\"article\": \"a\", \"type\": \"t\"}]", "annotations[0] (line 2, column 45): missing field `fragments`"),
        ("\"articles\": [{\"id\": \"a\"}]", "articles[0] (line 2, column 24): missing field `text`"),
        ("\"conflicts\": [{\"kind\": \"annotation\", \"record\": {\"id\": 1}}]", "conflicts[0].record.id"),
        ("\"conflicts\": [{\"kind\": \"thing\", \"record\": {}}]", "conflicts[0].kind"),
        ("\"conflicts\": [{\"record\": {}, \"kind\": \"thing\"}]", "conflicts[0]"),
    ];
    for (rest, expected) in cases {
        let refusal = refusal(&file(rest));
        assert!(refusal.starts_with("seeds.json, ") && refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn an_unknown_field_names_its_path() {
    let cases = [
        ("\"authors\": []", "authors", "authors (line 2"),
        ("\"articles\": [{\"id\": \"a\", \"text\": \"\", \"lang\": \"en\"}]", "lang", "articles[0].lang (line 2"),
        ("\"articles\": [{\"id\": \"a\", \"text\": \"\", \"metadata\": {\"date\": null}}]", "date", "articles[0].metadata.date (line 2"),
        ("\"scheme\": {\"types\": [{\"id\": \"t\", \"colour\": \"red\"}]}", "colour", "scheme.types[0].colour (line 2"),
        (
            "\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [{\"start\": 0, \"end\": 1, \"len\": 1}]}]",
            "len",
            "annotations[0].fragments[0].len (line 2",
        ),
        (
            "\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [], \"roles\": {\"x\": [{\"claim\": \"c\"}]}}]",
            "claim",
            "annotations[0].roles.x[0].claim (line 2",
        ),
        ("\"deleted\": [{\"kind\": \"project\", \"why\": 1}]", "why", "deleted[0].why (line 2"),
        ("\"conflicts\": [{\"kind\": \"project\", \"record\": {}, \"why\": 1}]", "why", "conflicts[0]"),
    ];
    for (rest, field, place) in cases {
        let refusal = refusal(&file(rest));
        assert!(refusal.contains(&format!("unknown field `{field}`")) && refusal.contains(place), "{refusal}");
    }
}

#[test]
fn a_key_given_twice_is_refused() {
    assert!(refusal(&file("\"articles\": [], \"articles\": []")).contains("duplicate field `articles`"));
    let twice = "\"annotations\": [{\"article\": \"a\", \"type\": \"t\", \"fragments\": [], \"attributes\": {\"x\": 1, \"x\": 2}}]";
    assert!(refusal(&file(twice)).contains("annotations[0].attributes"));
    assert!(refusal(&file(twice)).contains("duplicate key `x`"));
}

#[test]
fn deep_nesting_is_refused_before_it_is_followed() {
    let deep = "[".repeat(1_000_000);
    assert_eq!(refusal(&deep), "seeds.json, line 1, column 65: nested deeper than 64 levels");
    let brackets = format!("\"articles\": [{{\"id\": \"a\", \"text\": \"\\\"{}\"}}]", "[{".repeat(MAX_DEPTH));
    assert!(read("x", &file(&brackets)).is_ok());
}

#[test]
fn a_file_above_the_limit_is_not_looked_at() {
    let large = " ".repeat(MAX_BYTES + 1);
    assert_eq!(refusal(&large), "seeds.json has 268435457 bytes, the limit is 268435456");
}
