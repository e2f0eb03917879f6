//! Every name of `fastapi.status`, as a [`StatusCode`] or a [`CloseCode`].
//!
//! The adapters have a module of the same name and content, in their framework's own type.
//!
//! ```
//! use fastapi_status::status;
//!
//! let text = match status::HTTP_201_CREATED {
//!     status::HTTP_200_OK => "there already",
//!     status::HTTP_201_CREATED => "made",
//!     _ => "what now?",
//! };
//!
//! assert_eq!(text, "made");
//! ```

use crate::{CloseCode, StatusCode};

crate::for_each_http_status!(constants { StatusCode, StatusCode::known });
crate::for_each_close_code!(constants { CloseCode, CloseCode::known });

use crate::constants;
