//! Any text as a Python file: it is scanned, its routes are read, and `fix` leaves Python that differs in nothing but
//! names, in which it finds nothing more to do.
#![no_main]

use std::fs;
use std::io;
use std::path::Path;
use std::sync::LazyLock;

use fastapi_status::Entry;
use fastapi_status_python::report::{Github, Json, Report, Tally, Text};
use fastapi_status_python::{Fixed, Project, Source, Unreadable};
use libfuzzer_sys::fuzz_target;
use ruff_python_ast::PySourceType;
use ruff_python_ast::token::TokenKind;
use ruff_text_size::Ranged as _;

/// Where the file stands; it is left to the operating system to tidy up.
static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder can be made"));

fuzz_target!(|data: &[u8]| {
    let path = FOLDER.path().join("main.py");
    fs::write(&path, data).expect("a file can be written");
    let project = Project::new([&path]);
    scan(&project);
    fix(&project, &path, data.len() % 2 == 1);
});

fn scan(project: &Project) {
    let mut tally = Tally::default();
    let mut out = Vec::new();
    let mut reports: [Box<dyn Report>; 3] = [Box::new(Text), Box::new(Github), Box::new(Json)];
    project
        .scan(|file, uses| {
            let Ok(uses) = uses else { return Ok(()) };
            tally.add(&uses);
            for found in &uses {
                let _ = (found.problem(), found.rust(), found.replacement());
            }
            if !uses.is_empty() {
                reports.iter_mut().try_for_each(|report| report.file(file, &uses, &mut out))?;
            }
            Ok(())
        })
        .expect("nothing here fails");
    for report in &mut reports {
        report.end(&tally, &mut out).expect("a vector takes everything");
    }
    let routes = project.routes(|_, _| Ok(()), || {}).expect("nothing here fails");
    serde_json::to_string(&routes).expect("routes are JSON");
}

fn fix(project: &Project, path: &Path, numbers: bool) {
    let Some(fixed) = fixed(project, numbers) else { return };
    let Some(after) = &fixed.after else {
        assert_eq!((fixed.renamed, fixed.numbers), (0, 0));
        return;
    };
    let before = fixed.before.text();
    assert!(fixed.renamed + fixed.numbers > 0 && before != after);
    if !numbers {
        assert_eq!(renamed(before), renamed(after), "nothing but deprecated names changes");
    }
    let rest = tokens(after).expect("what was Python is Python");
    let mut rest = rest.iter();
    for (kind, token) in tokens(before).expect("only Python is changed") {
        let may_go = numbers && kind == TokenKind::Int;
        assert!(may_go || rest.any(|other| renamed(&other.1) == renamed(&token)), "{token:?} is lost in\n{after}");
    }

    fixed.write(path).expect("the file can be written");
    assert_eq!(Source::read(path).expect("it can be read").text(), after);
    let again = self::fixed(project, numbers).expect("what was Python is Python");
    assert_eq!(again.after, None, "a second run changes nothing");
}

fn fixed(project: &Project, numbers: bool) -> Option<Fixed> {
    let mut kept = None;
    let keep = |_: &_, fixed: Result<Fixed, Unreadable>| -> io::Result<()> {
        kept = fixed.ok();
        Ok(())
    };
    project.fix(numbers, keep).expect("nothing here fails");
    kept
}

/// The text with every deprecated name replaced, wherever it stands.
fn renamed(text: &str) -> String {
    let deprecated = Entry::all().filter_map(|entry| Some((entry.name(), entry.replacement()?)));
    deprecated.fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
}

/// All tokens but those of layout.
fn tokens(text: &str) -> Option<Vec<(TokenKind, String)>> {
    let parsed = ruff_python_parser::parse_unchecked_source(text, PySourceType::Python);
    let is_word = |kind| !matches!(kind, TokenKind::Newline | TokenKind::NonLogicalNewline | TokenKind::Indent | TokenKind::Dedent);
    let tokens = parsed.tokens().iter().filter(|token| is_word(token.kind()));
    parsed.errors().is_empty().then(|| tokens.map(|token| (token.kind(), text[token.range()].to_owned())).collect())
}
