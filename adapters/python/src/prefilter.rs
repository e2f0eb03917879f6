//! Files that cannot hold a status are not parsed: a look at their bytes tells.

use std::path::Path;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::tree::Tree;

/// One of them stands in every file that names FastAPI or Starlette itself.
static FRAMEWORKS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["fastapi", "starlette"].map(Finder::new));

/// Every form of a use has one of these words.
static USES: LazyLock<[Finder<'static>; 7]> = LazyLock::new(|| {
    ["status", "HTTP_", "HTTPException", "WS_1", "WebSocketException", "responses", "close("].map(Finder::new)
});

/// Likewise in a file that has FastAPI's names from another module of its tree.
static USES_AT_SECOND_HAND: LazyLock<[Finder<'static>; 6]> = LazyLock::new(|| {
    ["HTTP_", "status_code", "HTTPException", "WS_1", "WebSocketException", "status."].map(Finder::new)
});

static IMPORT: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("import"));

/// Whether a file has to be parsed to know its uses of statuses.
pub(crate) fn has_to_be_parsed(text: &str, path: &Path, tree: &Tree) -> bool {
    may_hold_a_status(text) && (names_a_framework(text) || tree.may_bring_a_status(text, path))
}

fn may_hold_a_status(text: &str) -> bool {
    if names_a_framework(text) {
        holds(text, &*USES)
    } else {
        holds(text, &*USES_AT_SECOND_HAND) && IMPORT.find(text.as_bytes()).is_some()
    }
}

/// Words of which one stands in every file that has a route, or a router, from another module.
static ROUTES: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| ["router", "app", "api", "route"].map(Finder::new));

/// Likewise what a file does with them: it adds to them, or makes what has them.
static ADDITIONS: LazyLock<[Finder<'static>; 5]> =
    LazyLock::new(|| ["\n@", " @", "include_router(", "().app", "().router"].map(Finder::new));

/// Whether a file has to be parsed to know its routes.
pub(crate) fn may_hold_a_route(text: &str) -> bool {
    names_a_framework(text) || (holds(text, &*ROUTES) && holds(text, &*ADDITIONS))
}

/// Whether FastAPI or Starlette is named.
pub(crate) fn names_a_framework(text: &str) -> bool {
    holds(text, &*FRAMEWORKS)
}

fn holds(text: &str, words: &[Finder<'static>]) -> bool {
    words.iter().any(|word| word.find(text.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::may_hold_a_status;

    #[test]
    fn what_is_parsed() {
        assert!(may_hold_a_status("from fastapi import status as st\n"));
        assert!(may_hold_a_status("from app.http import st\nst.HTTP_404_NOT_FOUND\n"));
        assert!(may_hold_a_status("from .base import HTTPException as E\n"));
        assert!(!may_hold_a_status("import fastapi\n"));
        assert!(!may_hold_a_status("import requests\nstatus = 'ok'\n"));
        assert!(!may_hold_a_status("HTTP_404 = 404\n"));
    }
}
