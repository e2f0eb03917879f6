//! Reads FastAPI services in Python.
#![forbid(unsafe_code)]

mod access;
mod calls;
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

pub use fix::{Fixed, Left};
pub use project::{Failure, File, Project};
pub use routes::{Raised, Route};
pub use source::{Position, Source, Unreadable};
pub use usage::{Kind, Standing, Use};
