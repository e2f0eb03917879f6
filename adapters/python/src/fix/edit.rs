//! Replacing ranges of a text.

use ruff_text_size::{Ranged, TextRange};

use super::Left;
use crate::source::{Cursor, Source};

/// What is to be replaced by what, and what is left alone.
#[derive(Debug, Default)]
pub(super) struct Plan {
    edits: Vec<(TextRange, String)>,
    left: Vec<(TextRange, String)>,
}

impl Plan {
    /// Puts a text where a range is.
    pub(super) fn replace(&mut self, range: TextRange, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Leaves a node alone, and says why.
    pub(super) fn leave(&mut self, node: &impl Ranged, reason: impl Into<String>) {
        self.left.push((node.range(), reason.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    pub(super) fn left(&self, source: &Source) -> Vec<Left> {
        let mut places: Vec<&(TextRange, String)> = self.left.iter().collect();
        places.sort_by_key(|(range, _)| range.start());
        let mut cursor = Cursor::new(source);
        let left = |(range, reason): &(TextRange, String)| Left {
            position: cursor.position(range.start()),
            python: source.slice(*range).to_owned(),
            reason: reason.clone(),
        };
        let mut left: Vec<Left> = places.into_iter().map(left).collect();
        left.sort();
        left.dedup();
        left
    }

    /// The text with all edits made. All else stays as it is, byte for byte.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut edits: Vec<&(TextRange, String)> = self.edits.iter().collect();
        edits.sort_by_key(|(range, _)| (range.start(), range.end()));
        edits.dedup();
        let mut after = String::with_capacity(text.len() + 64 * edits.len());
        let mut done = 0;
        for (range, replacement) in edits {
            if range.start().to_usize() < done {
                continue;
            }
            after.push_str(&text[done..range.start().to_usize()]);
            after.push_str(replacement);
            done = range.end().to_usize();
        }
        after.push_str(&text[done..]);
        after
    }
}
