//! Reads FastAPI services in Python: which statuses they use and where, what those become in Rust, and what each route
//! answers. The program `fastapi-port` is a thin layer over this library.
//!
//! ```
//! use fastapi_status_python::{Kind, Project, Standing};
//!
//! let folder = tempfile::tempdir()?;
//! let service = "from fastapi import HTTPException, status\n\
//!     raise HTTPException(status.HTTP_422_UNPROCESSABLE_ENTITY)\n";
//! std::fs::write(folder.path().join("main.py"), service)?;
//!
//! Project::new([folder.path()]).scan(|file, uses| {
//!     let uses = uses.expect("it is Python");
//!     assert_eq!(file.name, "main.py");
//!     assert_eq!(uses[0].kind, Kind::Raise);
//!     assert_eq!(uses[0].standing, Standing::Deprecated);
//!     assert_eq!(uses[0].rust().unwrap(), "status::HTTP_422_UNPROCESSABLE_CONTENT");
//!     Ok(())
//! })?;
//! # Ok::<(), std::io::Error>(())
//! ```
#![forbid(unsafe_code)]

mod access;
mod calls;
mod explain;
mod exports;
mod fix;
mod folders;
mod imports;
mod names;
mod nesting;
mod prefilter;
mod project;
mod python;
pub mod report;
mod routes;
mod scan;
mod scope;
mod source;
mod symbol;
mod tree;
mod usage;

pub use explain::{Explanation, nameless};
pub use fix::{Fixed, Left};
pub use project::{Failure, File, Project};
pub use routes::{Answer, Route};
pub use source::{Position, Source, Unreadable};
pub use usage::{Kind, Standing, Use};
