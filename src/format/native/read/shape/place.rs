//! Where in a JSON text a reader stopped, as a path such as `articles[0].text`.
//!
//! Looked for when there is an error, and not kept along while reading: that would cost every file what only a wrong one needs,
//! and the page a second copy of all its readers.

/// An object or an array that is not closed yet.
enum Open<'a> {
    Object { key: Option<&'a str>, awaits_key: bool },
    Array { index: usize },
}

/// The path of the value that was read last before `line` and `column`, which serde_json counts from 1 and in bytes; empty for the
/// whole.
pub fn at(json: &str, line: usize, column: usize) -> String {
    let lines = json.split_inclusive('\n').take(line.saturating_sub(1));
    let end = (lines.map(str::len).sum::<usize>() + column).min(json.len());
    let mut open: Vec<Open> = Vec::new();
    let (mut string, mut escaped) = (None, false);
    for (at, byte) in json.bytes().enumerate().take(end) {
        if let Some(start) = string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    string = None;
                    if let Some(Open::Object { key, awaits_key: true }) = open.last_mut() {
                        *key = json.get(start..=at);
                    }
                }
                _ => {}
            }
            continue;
        }
        match (byte, open.last_mut()) {
            (b'"', _) => string = Some(at),
            (b'{', _) => open.push(Open::Object { key: None, awaits_key: true }),
            (b'[', _) => open.push(Open::Array { index: 0 }),
            (b'}' | b']', _) => drop(open.pop()),
            (b',', Some(Open::Array { index })) => *index += 1,
            (b',', Some(Open::Object { awaits_key, .. })) => *awaits_key = true,
            (b':', Some(Open::Object { awaits_key, .. })) => *awaits_key = false,
            _ => {}
        }
    }
    let mut path = String::new();
    for part in &open {
        match part {
            Open::Object { key: Some(quoted), .. } => {
                if !path.is_empty() {
                    path.push('.');
                }
                // With its escapes undone.
                path.push_str(&serde_json::from_str::<String>(quoted).unwrap_or_default());
            }
            Open::Object { key: None, .. } => {}
            Open::Array { index } => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Value;

    use super::at;

    #[test]
    fn a_place_is_the_path_of_what_was_read_last() {
        let json = "{\"a\": [1, {\"b c\": \"x,\\\"]}\", \"d\\u0041\":\n [[true], 2]}],\n\"e\": {}}";
        let cases =
            [("[1", "a[0]"), ("x,", "a[1].b c"), ("true", "a[1].dA[0][0]"), ("2", "a[1].dA[1]"), ("]}]", "a[1]"), ("{}", "e"), ("{}}", "")];
        for (last, path) in cases {
            let end = json.rfind(last).expect("a part") + last.len();
            // What closes the array behind the object is not read yet.
            let end = if last == "]}]" { end - 1 } else { end };
            let line = json[..end].matches('\n').count() + 1;
            let column = end - json[..end].rfind('\n').map_or(0, |at| at + 1);
            assert_eq!(at(json, line, column), path, "behind {last}");
        }
        let complete: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(complete["a"][1]["dA"][1], 2);
    }

    #[test]
    fn it_is_where_serde_json_stops() {
        #[derive(Debug, Deserialize)]
        struct Outer {
            #[expect(dead_code, reason = "only its type is looked at")]
            list: Vec<u8>,
        }
        let json = "{\n \"list\": [1,\n 2, \"three\"]}";
        let error = serde_json::from_str::<Outer>(json).expect_err("a word is no number");
        assert_eq!(at(json, error.line(), error.column()), "list[2]");
    }
}
