//! Extractors that validate as FastAPI does: whatever is wrong with a request is a 422 with all of its errors.
//!
//! Each has the shape of actix-web's own of the same name, so that the `use` line is all that changes.

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

/// What actix-web's own extractors of one field have; and a function that extracts it, with the future that this gives.
macro_rules! extractor {
    ($name:ident, $from_request:path, $future:ty) => {
        impl<T> $name<T> {
            /// What was extracted.
            ///
            /// ```
            #[doc = concat!("use fastapi_status_actix::", stringify!($name), ";")]
            ///
            #[doc = concat!("async fn taken(given: ", stringify!($name), "<String>) -> String {")]
            ///     given.into_inner()
            /// }
            /// ```
            pub fn into_inner(self) -> T {
                self.0
            }
        }

        impl<T: serde_core::de::DeserializeOwned + 'static> actix_web::FromRequest for $name<T> {
            type Error = crate::HttpException;
            type Future = $future;

            fn from_request(request: &actix_web::HttpRequest, payload: &mut actix_web::dev::Payload) -> Self::Future {
                $from_request(request, payload)
            }
        }

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
