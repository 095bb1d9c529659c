//! A script in the percent format as a Jupyter notebook (nbformat 4.5).
//!
//! A line `# %%` begins a cell of code, `# %% [markdown]` one of text, whose lines are comments in the script.

use super::script::cut;

/// The notebook of `script`, as JSON.
pub fn notebook(script: &str) -> String {
    const METADATA: &str = r#"{"kernelspec":{"name":"python3","display_name":"Python 3","language":"python"},"language_info":{"name":"python"}}"#;
    let mut cells = String::new();
    let (mut text, mut source, mut id) = (false, String::new(), 0);
    let mut rest = script;
    loop {
        // A last mark, which begins nothing, ends the last cell.
        let (line, after) = cut(rest, "\n").unwrap_or(("# %%", ""));
        rest = after;
        if !line.starts_with("# %%") {
            let line = if text { uncommented(line) } else { line };
            source.push_str(line);
            source.push('\n');
            continue;
        }
        if id > 0 {
            let kind = if text { r#""markdown""# } else { r#""code","execution_count":null,"outputs":[]"# };
            let comma = if id > 1 { ",\n" } else { "" };
            let source = serde_json::Value::from(source.trim());
            cells.push_str(&format!(
                r#"{comma}{{"id":"cell-{id}","metadata":{{}},"source":{source},"cell_type":{kind}}}"#
            ));
        }
        if line == "# %%" && rest.is_empty() {
            break;
        }
        (text, id) = (line.ends_with("[markdown]"), id + 1);
        source.clear();
    }
    format!(r#"{{"nbformat":4,"nbformat_minor":5,"metadata":{METADATA},"cells":[{cells}]}}"#)
}

/// A line of text, which is a comment in the script; `#` alone is an empty one.
fn uncommented(line: &str) -> &str {
    let line = line.strip_prefix('#').unwrap_or(line);
    line.strip_prefix(' ').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

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
