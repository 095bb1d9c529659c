//! A script in the percent format as a Jupyter notebook (nbformat 4.5).
//!
//! A line `# %%` begins a cell of code, `# %% [markdown]` one of text, whose lines are comments in the script.

use serde_json::Value;

/// The notebook of `script`, as JSON.
pub fn notebook(script: &str) -> String {
    let mut cells = Vec::new();
    for part in script.split("# %%").skip(1) {
        let (mark, body) = part.split_once('\n').unwrap_or((part, ""));
        let body = body.trim_matches('\n');
        let text = mark.contains("[markdown]");
        let source = if text { uncommented(body) } else { body.into() };
        let kind = if text {
            r#""markdown""#
        } else {
            r#""code","execution_count":null,"outputs":[]"#
        };
        let (id, source) = (cells.len(), Value::String(source));
        cells.push(format!(
            r#"{{"id":"cell-{id}","metadata":{{}},"source":{source},"cell_type":{kind}}}"#
        ));
    }
    const METADATA: &str = r#"{"kernelspec":{"name":"python3","display_name":"Python 3","language":"python"},"language_info":{"name":"python"}}"#;
    format!(
        r#"{{"nbformat":4,"nbformat_minor":5,"metadata":{METADATA},"cells":[{}]}}"#,
        cells.join(",\n")
    )
}

fn uncommented(body: &str) -> String {
    let line = |l: &str| {
        l.strip_prefix("# ")
            .unwrap_or(l.trim_start_matches('#'))
            .to_string()
    };
    body.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_alternate_as_the_script_says() {
        let script = "# %% [markdown]\n# # Title\n#\n# \"Words\"\n\n# %%\nx = 1\n# a comment stays\n";
        let value: Value = serde_json::from_str(&notebook(script)).unwrap();
        let cells = value["cells"].as_array().unwrap();
        assert_eq!(cells.len(), 2);
        assert_eq!(
            (&cells[0]["cell_type"], &cells[0]["source"]),
            (&"markdown".into(), &"# Title\n\n\"Words\"".into())
        );
        assert_eq!(
            (&cells[1]["cell_type"], &cells[1]["source"]),
            (&"code".into(), &"x = 1\n# a comment stays".into())
        );
    }
}
