//! Extractors that validate as FastAPI does: whatever is wrong with a request is a 422 with all of its errors.
//!
//! Each has the shape of axum's own of the same name, so that the `use` line is all that changes.

mod all;
mod body;
mod data;
mod depends;
mod parts;

pub use all::{All, Refusal, Tuple};
pub use body::{Embed, Form, Json};
pub use data::{Extract, RequestData};
pub use depends::{Dependency, Depends, Part};
pub use parts::{Cookies, Headers, Path, Query};

/// `Deref` for an extractor of one field, and its `FromRequestParts` or `FromRequest`.
macro_rules! extractor {
    ($name:ident) => {
        impl<T> std::ops::Deref for $name<T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> std::ops::DerefMut for $name<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    };
}

use extractor;
