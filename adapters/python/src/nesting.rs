//! How deep a file nests, from its tokens alone: syntax trees are walked and dropped by recursion, so that a file with
//! a hundred thousand brackets is turned away before there is a tree of it.

use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{ModModule, PySourceType};
use ruff_python_parser::{Mode, ParseError, lexer};

use crate::source::{Source, Unreadable};

/// The deepest tree that is walked. CPython gives up at some 200 brackets and a few thousand operators.
pub(crate) const LIMIT: usize = 3_000;

/// The stack that a thread needs to parse, walk and drop a tree of [`LIMIT`] levels, without optimization too.
pub(crate) const STACK_SIZE: usize = 128 << 20;

/// Files up to this size are parsed before they are measured: the parser itself takes any depth, and its tokens are
/// there already then.
const PARSED_FIRST: usize = 1 << 17;

/// Parses a file, unless it might nest deeper than [`LIMIT`].
///
/// The measure is never too low: every token that can open a level of the tree counts until the comma, bracket or line
/// end that is sure to close it.
pub(crate) fn parse(source: &Source) -> Result<Result<ModModule, ParseError>, Unreadable> {
    let text = source.text();
    if text.len() > PARSED_FIRST && is_too_deep(text) {
        return Err(too_deep(source));
    }
    let parsed = ruff_python_parser::parse_unchecked_source(text, PySourceType::Python);
    // A level takes a byte at least.
    if text.len() > LIMIT && text.len() <= PARSED_FIRST {
        let mut depth = Depth::default();
        if parsed.tokens().iter().any(|token| depth.after(token.kind()) > LIMIT) {
            // To drop it would take as much stack as to walk it.
            std::mem::forget(parsed);
            return Err(too_deep(source));
        }
    }
    Ok(match parsed.errors().first() {
        Some(error) => Err(error.clone()),
        None => Ok(parsed.into_syntax()),
    })
}

fn too_deep(source: &Source) -> Unreadable {
    // The lexer does not tell where it is. The line is the first with which the text so far is too deep.
    let text = source.text();
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1).collect();
    let line = 1 + ends.partition_point(|&end| !is_too_deep(&text[..end]));
    Unreadable::TooDeep { line, limit: LIMIT }
}

fn is_too_deep(text: &str) -> bool {
    let mut lexer = lexer::lex(text, Mode::Module);
    let mut depth = Depth::default();
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return false,
            kind if depth.after(kind) > LIMIT => return true,
            _ => {}
        }
    }
}

#[derive(Default)]
struct Depth {
    indents: usize,
    /// Levels that are open, in this bracket and around it.
    levels: usize,
    /// How many of them a comma does not close: brackets and lambdas.
    kept: usize,
    /// `levels` and `kept` as they were before each open bracket.
    outer: Vec<(usize, usize)>,
}

impl Depth {
    fn after(&mut self, kind: TokenKind) -> usize {
        match kind {
            TokenKind::Indent => self.indents += 1,
            TokenKind::Dedent => self.indents = self.indents.saturating_sub(1),
            TokenKind::Newline => {
                self.outer.clear();
                (self.levels, self.kept) = (0, 0);
            }
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                // What follows the bracket hangs on it too: `f()()()`.
                self.outer.push((self.levels + 1, self.kept));
                self.levels += 1;
                self.kept = self.levels;
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace | TokenKind::FStringEnd | TokenKind::TStringEnd => {
                if let Some(outer) = self.outer.pop() {
                    (self.levels, self.kept) = outer;
                }
            }
            TokenKind::Comma => self.levels = self.kept,
            TokenKind::Lambda => {
                self.levels += 1;
                self.kept += 1;
            }
            TokenKind::Name
            | TokenKind::Int
            | TokenKind::Float
            | TokenKind::Complex
            | TokenKind::String
            | TokenKind::FStringMiddle
            | TokenKind::TStringMiddle
            | TokenKind::Comment
            | TokenKind::NonLogicalNewline => {}
            _ => self.levels += 1,
        }
        self.indents + self.levels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(text: &str) -> bool {
        matches!(parse(&Source::from(text)), Err(Unreadable::TooDeep { .. }))
    }

    #[test]
    fn everything_that_nests_is_seen() {
        let many = 2 * LIMIT;
        for (open, middle, close) in [
            ("(", "1", ")"),
            ("[", "1", "]"),
            ("{1: ", "1", "}"),
            ("f(1, ", "1", ")"),
            ("not ", "1", ""),
            ("-", "1", ""),
            ("1 + ", "1", ""),
            ("1 ** ", "1", ""),
            ("1 if 1 else ", "1", ""),
            ("lambda: ", "1", ""),
            ("lambda a, b: ", "1", ""),
            ("", "f", "()"),
            ("", "f", ".a"),
            ("", "f", "[0]"),
            ("await ", "1", ""),
        ] {
            let text = format!("{}{middle}{}\n", open.repeat(many), close.repeat(many));
            assert!(is_refused(&text), "{open}{middle}{close}");
        }
        let blocks: String = (0..many).map(|depth| " ".repeat(depth) + "if 1:\n").collect();
        assert!(is_refused(&blocks));
    }

    #[test]
    fn long_is_not_deep() {
        let rows = "    'a': [1, -2, f(x.y)], # a row\n".repeat(10 * LIMIT);
        assert!(!is_refused(&format!("rows = {{\n{rows}}}\n")));
        assert!(!is_refused(&"x = f'{a}' 'b'\n".repeat(10 * LIMIT)));
        assert!(!is_refused(&format!("x = ({})\n", "'a'\n".repeat(10 * LIMIT))));
    }
}
