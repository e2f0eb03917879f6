//! The opening words of a book, whole or in part.

use fastapi_status::{HttpException, status};

use crate::{Result, Shop};

/// Some or all of the opening words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The words; a part may begin or end within a character.
    pub text: Vec<u8>,
    /// The `content-range` of a part.
    pub content_range: Option<String>,
}

impl Shop {
    /// The opening words, whole or in part (`range: bytes=0-9`).
    pub fn read_sample(&self, book_id: i64, range: Option<&str>) -> Result<Sample> {
        let book = self.find_book(book_id)?;
        let first_author = &book.new.authors[0].name;
        let text = format!("{}, by {first_author}. Chapter one.", book.new.title).into_bytes();
        let Some(range) = range else {
            return Ok(Sample { text, content_range: None });
        };
        let Some((first, last)) = parse_range(range) else {
            return Err(HttpException::new(status::HTTP_400_BAD_REQUEST, "Ask for a range such as bytes=0-9"));
        };
        let (length, last) = (text.len(), last.min(text.len() - 1));
        if first > last {
            return Err(HttpException::from_status(status::HTTP_416_RANGE_NOT_SATISFIABLE)
                .with_header("content-range", format!("bytes */{length}")));
        }
        let content_range = Some(format!("bytes {first}-{last}/{length}"));
        Ok(Sample { text: text[first..=last].to_vec(), content_range })
    }
}

fn parse_range(range: &str) -> Option<(usize, usize)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    Some((parse_place(first)?, parse_place(last)?))
}

/// A number of any length; one that is too large is beyond every text.
fn parse_place(digits: &str) -> Option<usize> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(usize::MAX))
}
