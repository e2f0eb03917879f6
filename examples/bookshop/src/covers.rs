//! Pictures of books.

use fastapi_status::{HttpException, status};
use serde_json::json;

use crate::{Result, Shop};

const COVER_LIMIT: usize = 1024;

impl Shop {
    /// Keeps a picture.
    pub fn upload_cover(&self, book_id: i64, content_type: &str, image: &[u8]) -> Result<()> {
        if !["image/png", "image/jpeg"].contains(&content_type) {
            return Err(HttpException::new(status::HTTP_415_UNSUPPORTED_MEDIA_TYPE, "Covers are PNG or JPEG")
                .with_header("accept", "image/png, image/jpeg"));
        }
        if image.len() > COVER_LIMIT {
            return Err(HttpException::new(
                status::HTTP_413_CONTENT_TOO_LARGE,
                json!({"error": "cover too large", "limit": COVER_LIMIT, "size": image.len()}),
            ));
        }
        self.state().covers.insert(book_id, image.to_vec());
        Ok(())
    }

    /// The picture, if there is one: image clients expect no text.
    #[must_use]
    pub fn read_cover(&self, book_id: i64) -> Option<Vec<u8>> {
        self.state().covers.get(&book_id).cloned()
    }
}
