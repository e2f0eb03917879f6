//! The imports of a file, found in its text without parsing the rest.
//!
//! What only stands in a string is found too; that does no harm, as what is found here is looked up before it counts.

use ruff_python_ast::Stmt;

/// An import: `from .a import b as c`, or `import a.b` with no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    pub(crate) level: u32,
    pub(crate) module: String,
    /// What is imported, `*` included; `None` for `import a.b`.
    pub(crate) name: Option<String>,
    /// The name that it is bound to.
    pub(crate) bound: String,
}

/// Every import in a text.
pub(crate) fn in_text(text: &str) -> Vec<Import> {
    let mut imports = Vec::new();
    let mut done = 0;
    for place in memchr::memmem::find_iter(text.as_bytes(), "import") {
        if place < done {
            continue;
        }
        let line_start = memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..place]).map_or(0, |end| end + 1);
        // `import` begins the statement unless a `from` stands before it, perhaps in the line above a backslash.
        if text[line_start..place].contains('#') {
            continue;
        }
        let mut start = text[..place].rfind(['\n', '\r', ';', ':']).map_or(0, |end| end + 1);
        if text[..line_start].trim_end_matches(['\n', '\r']).ends_with('\\') {
            let above = text[..line_start].trim_end_matches(['\n', '\r']);
            start = above.rfind(['\n', '\r', ';', ':']).map_or(0, |end| end + 1);
        }
        let statement = text[start..].trim_start();
        if !statement.starts_with("from") && !statement.starts_with("import") {
            continue;
        }
        let end = end_of(&text[place..]) + place;
        done = end;
        let statement = text[start..end].trim_start();
        if let Ok(parsed) = ruff_python_parser::parse_module(statement) {
            parsed.syntax().body.iter().for_each(|stmt| add(stmt, &mut imports));
        }
    }
    imports
}

/// Where a statement ends that has no brackets but one round pair, and no strings.
fn end_of(text: &str) -> usize {
    let mut is_inside = false;
    let mut is_comment = false;
    let mut before = b' ';
    for (place, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' | b'\r' if is_inside => is_comment = false,
            b'\n' | b'\r' if before != b'\\' => return place,
            b'#' => is_comment = true,
            b'(' if !is_comment => is_inside = true,
            b')' if !is_comment => return place + 1,
            b';' if !is_comment => return place,
            _ => {}
        }
        before = byte;
    }
    text.len()
}

fn add(stmt: &Stmt, imports: &mut Vec<Import>) {
    match stmt {
        Stmt::ImportFrom(import) => {
            let module = import.module.as_ref().map_or("", |module| module.as_str());
            imports.extend(import.names.iter().map(|alias| Import {
                level: import.level,
                module: module.to_owned(),
                name: Some(alias.name.to_string()),
                bound: alias.asname.as_ref().unwrap_or(&alias.name).to_string(),
            }));
        }
        Stmt::Import(import) => imports.extend(import.names.iter().map(|alias| {
            let name = alias.name.as_str();
            let top = name.split('.').next().unwrap_or(name);
            let (module, bound) = match &alias.asname {
                Some(bound) => (name, bound.as_str()),
                None => (top, top),
            };
            Import { level: 0, module: module.to_owned(), name: None, bound: bound.to_owned() }
        })),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::in_text;

    fn names(text: &str) -> Vec<String> {
        in_text(text)
            .iter()
            .map(|import| match &import.name {
                Some(name) => format!("{}{}:{name} {}", ".".repeat(import.level as usize), import.module, import.bound),
                None => format!("{} {}", import.module, import.bound),
            })
            .collect()
    }

    #[test]
    fn imports_are_found_wherever_they_stand() {
        let text = "import a.b, c as d\n\
            from .e import (  # )\n    f,\n    g as h,\n)\n\
            try: from i import j\nexcept ImportError: pass\n\
            x = 1; from k \\\n import l ; y = 2\n\
            def m():\n    from . import *\n    important()\n\
            from n import \\\n    o, \\\n    p\r\nfrom q import r\rimport s";
        let expected = ["a a", "c d", ".e:f f", ".e:g h", "i:j j", "k:l l", ".:* *", "n:o o", "n:p p", "q:r r", "s s"];
        assert_eq!(names(text), expected);
    }

    #[test]
    fn what_is_no_import_is_none() {
        assert_eq!(
            names("important = 'import'\nprint('to import a')\n# so: from y import z\nfrom x import (\n"),
            [""; 0]
        );
    }
}
