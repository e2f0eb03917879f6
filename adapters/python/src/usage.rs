//! A use of a status: what is reported of it.

use std::fmt;

use fastapi_status::{CloseCode, Entry, StatusCode};
use ruff_text_size::TextRange;
use serde::Serialize;

use crate::source::Position;
use crate::symbol;

/// What a status is used for.
///
/// ```
/// use fastapi_status_python::{Kind, Project};
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nfound = response.status_code == status.HTTP_200_OK\n")?;
///
/// let mut found = Vec::new();
/// Project::new([folder.path()]).scan(|_, uses| {
///     found.extend(uses.expect("it is Python"));
///     Ok(())
/// })?;
///
/// assert_eq!(found[0].kind, Kind::Compare);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// The name itself, where it is imported.
    Import,
    /// What a route answers with: `@router.post("/", status_code=…)`.
    Route,
    /// In an `HTTPException`, or a class that derives from it.
    Raise,
    /// In a response, or put on one: `response.status_code = …`.
    Response,
    /// A key of `responses={…}`.
    Responses,
    /// Compared, or matched, with the status of an answer.
    Compare,
    /// A WebSocket close code: `close(code=…)`, `WebSocketException(code=…)`.
    Close,
    /// Anything else.
    Other,
}

impl Kind {
    /// As in the JSON output.
    ///
    /// ```
    /// assert_eq!(fastapi_status_python::Kind::Raise.as_str(), "raise");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Route => "route",
            Self::Raise => "raise",
            Self::Response => "response",
            Self::Responses => "responses",
            Self::Compare => "compare",
            Self::Close => "close",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How FastAPI stands to a name or a number.
///
/// ```
/// use fastapi_status_python::{Project, Standing};
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_404_NOTFOUND\n")?;
///
/// let mut found = Vec::new();
/// Project::new([folder.path()]).scan(|_, uses| {
///     found.extend(uses.expect("it is Python"));
///     Ok(())
/// })?;
///
/// assert_eq!(found[0].standing, Standing::Unknown);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// It has the name, or a name for the number; or the number is a close code of an application's own, 3000 to 4999.
    Current,
    /// It has given up the name for another one.
    Deprecated,
    /// It has no such name, or no name for the number.
    Unknown,
}

impl Standing {
    /// As in the JSON output.
    ///
    /// ```
    /// assert_eq!(fastapi_status_python::Standing::Deprecated.as_str(), "deprecated");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Deprecated => "deprecated",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How a status was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Written {
    /// A name of `fastapi.status`, under whatever name it goes in the file.
    Name(String),
    /// A member of `http.HTTPStatus`.
    Member(String),
    /// A number; `None` for one beyond all bounds.
    Number(Option<u32>),
}

/// By what way a name came to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// From the framework: an attribute of its `status` module, or a name that is imported from that.
    Framework,
    /// Another module of the tree handed it on.
    Tree,
}

/// How a name or number stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// The name in a `from … import`, and whether it is bound to another name: `as`.
    Import { has_alias: bool },
    /// `status.HTTP_404_NOT_FOUND`.
    Attribute,
    /// `HTTP_404_NOT_FOUND`.
    Name,
    /// The name in a string.
    Text,
    /// A number, and how the name for it could be written here.
    Number(Access),
}

/// How the `status` module can be had at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Access {
    /// Nobody asked.
    Unasked,
    /// By this one of [`Scan::access`](crate::scan::Scan::access).
    Through(usize),
    /// Nothing is called `status`: it can be imported under its own name.
    Free,
    /// Something else is called `status`.
    Taken,
    /// It is imported, but only for type checkers.
    Typing,
}

/// The family of codes that is expected at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Family {
    Http,
    WebSocket,
}

/// A use of a status in a file.
///
/// ```
/// use fastapi_status_python::Project;
///
/// # let folder = tempfile::tempdir()?;
/// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nmissing = status.HTTP_404_NOT_FOUND\n")?;
///
/// let mut found = Vec::new();
/// Project::new([folder.path()]).scan(|_, uses| {
///     found.extend(uses.expect("it is Python"));
///     Ok(())
/// })?;
///
/// assert_eq!((found[0].position.line, found[0].position.column), (2, 18));
/// assert_eq!(found[0].python, "status.HTTP_404_NOT_FOUND");
/// assert_eq!(found[0].code, Some(404));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Use {
    /// Where the name or the number itself begins: of `status.HTTP_404_NOT_FOUND`, the `H`.
    pub position: Position,
    /// What it is used for.
    pub kind: Kind,
    /// The Python, such as `status.HTTP_404_NOT_FOUND`, on one line.
    pub python: String,
    /// FastAPI's name for it, as Python spells it: the deprecated one where that was written. For a name that FastAPI
    /// does not have, the nearest one that it has.
    pub name: Option<&'static str>,
    /// The number.
    pub code: Option<u32>,
    /// How FastAPI stands to it.
    pub standing: Standing,
    pub(crate) written: Written,
    pub(crate) family: Family,
    /// The name or number itself.
    pub(crate) range: TextRange,
    /// The name or the number with all that belongs to it: `status.HTTP_404_NOT_FOUND`, `HTTPStatus.NOT_FOUND.value`.
    pub(crate) whole: TextRange,
    /// Whether `fix` may put a name where the number stands: not where it is a bound, as in `< 300`.
    pub(crate) is_bound: bool,
    pub(crate) origin: Origin,
    pub(crate) form: Form,
    /// Whether it stands where an older release is provided for.
    pub(crate) is_guarded: bool,
}

impl Use {
    /// The name to write instead of a deprecated or misspelt one.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_404_NOTFOUND\n")?;
    ///
    /// let mut found = Vec::new();
    /// Project::new([folder.path()]).scan(|_, uses| {
    ///     found.extend(uses.expect("it is Python"));
    ///     Ok(())
    /// })?;
    ///
    /// assert_eq!(found[0].replacement(), Some("HTTP_404_NOT_FOUND"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn replacement(&self) -> Option<&'static str> {
        match self.standing {
            Standing::Current => None,
            Standing::Deprecated => self.entry().and_then(Entry::replacement),
            Standing::Unknown => self.name,
        }
    }

    /// The Rust for it; `None` where there is none.
    ///
    /// A name becomes a constant of the adapter's `status` module, the current one for a deprecated name; a number that
    /// has no name becomes an expression.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.WS_1008_POLICY_VIOLATION\n")?;
    ///
    /// let mut found = Vec::new();
    /// Project::new([folder.path()]).scan(|_, uses| {
    ///     found.extend(uses.expect("it is Python"));
    ///     Ok(())
    /// })?;
    ///
    /// assert_eq!(found[0].rust().unwrap(), "status::WS_1008_POLICY_VIOLATION");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn rust(&self) -> Option<String> {
        if self.standing != Standing::Unknown
            && let Some(entry) = self.entry()
        {
            return Some(format!("status::{}", entry.replacement().unwrap_or(entry.name())));
        }
        let Written::Number(_) = self.written else {
            return None;
        };
        let code = u16::try_from(self.code?).ok()?;
        match self.family {
            Family::Http => {
                StatusCode::from_u16(code).ok().map(|code| format!("StatusCode::from_u16({}).unwrap()", code.as_u16()))
            }
            Family::WebSocket => {
                CloseCode::from_u16(code).ok().map(|code| format!("CloseCode::from_u16({}).unwrap()", code.as_u16()))
            }
        }
    }

    /// What is wrong with it, and what would be right; `None` if nothing is.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// std::fs::write(folder.path().join("main.py"), "from fastapi import status\nstatus.HTTP_404_NOTFOUND\n")?;
    ///
    /// let mut found = Vec::new();
    /// Project::new([folder.path()]).scan(|_, uses| {
    ///     found.extend(uses.expect("it is Python"));
    ///     Ok(())
    /// })?;
    ///
    /// assert!(found[0].problem().unwrap().contains("HTTP_404_NOT_FOUND"));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        match (&self.standing, &self.written) {
            (Standing::Current, _) => None,
            (Standing::Deprecated, _) => Some(format!("`{}` is deprecated: use `{}`", self.name?, self.replacement()?)),
            (Standing::Unknown, Written::Number(number)) => {
                Some(match number.and_then(|code| u16::try_from(code).ok()) {
                    Some(code) => match self.family {
                        Family::Http => StatusCode::from_u16(code)
                            .map_or_else(|error| error.to_string(), |_| format!("{code} has no name in FastAPI")),
                        Family::WebSocket => CloseCode::from_u16(code)
                            .map_or_else(|error| error.to_string(), |_| format!("{code} has no name in FastAPI")),
                    },
                    None => {
                        let (what, range) = match self.family {
                            Family::Http => ("an HTTP status code", "100 to 999"),
                            Family::WebSocket => ("a WebSocket close code", "1000 to 4999"),
                        };
                        format!("{} is not {what}: {range}", self.python)
                    }
                })
            }
            (Standing::Unknown, Written::Name(name)) => Some(unknown_name(name).0),
            (Standing::Unknown, Written::Member(member)) => Some(match self.name {
                Some(name) => {
                    let nearest = &name["HTTP_404_".len()..];
                    format!("`{member}` is not a member of `http.HTTPStatus`: did you mean `{nearest}`?")
                }
                None => format!("`{member}` is not a member of `http.HTTPStatus`"),
            }),
        }
    }

    fn entry(&self) -> Option<&'static Entry> {
        self.name.and_then(Entry::from_name)
    }
}

/// Why a name is none of FastAPI's, and the nearest that is.
fn unknown_name(name: &str) -> (String, Option<&'static str>) {
    if name.starts_with("WS_")
        && let Err(error) = CloseCode::from_name(name)
    {
        return (error.to_string(), error.nearest());
    }
    match StatusCode::from_name(name) {
        Err(error) => (error.to_string(), error.nearest()),
        Ok(code) => (format!("`{name}` is not a FastAPI close code name"), code.name()),
    }
}

/// Name, code and standing of what was written.
pub(crate) fn judge(written: &Written, family: Family) -> (Option<&'static str>, Option<u32>, Standing) {
    let of_entry = |entry: &'static Entry| {
        let standing = if entry.is_deprecated() { Standing::Deprecated } else { Standing::Current };
        (Some(entry.name()), Some(u32::from(entry.code())), standing)
    };
    match written {
        Written::Name(name) => match Entry::from_name(name) {
            Some(entry) => of_entry(entry),
            None => (unknown_name(name).1, None, Standing::Unknown),
        },
        Written::Member(member) => {
            match symbol::member_entry(member).and_then(|entry| current(Some(entry.code().into()), Family::Http)) {
                // Python keeps the older spellings, so that they are not deprecated here.
                Some(entry) => of_entry(entry),
                None => {
                    let is_member = |name: &&str| symbol::member_entry(&name["HTTP_404_".len()..]).is_some();
                    (unknown_name(member).1.filter(is_member), None, Standing::Unknown)
                }
            }
        }
        Written::Number(number) => match current(*number, family) {
            Some(entry) => of_entry(entry),
            None => {
                let is_own = family == Family::WebSocket && number.is_some_and(|code| (3000..=4999).contains(&code));
                (None, *number, if is_own { Standing::Current } else { Standing::Unknown })
            }
        },
    }
}

/// The row of a number's current name.
fn current(number: Option<u32>, family: Family) -> Option<&'static Entry> {
    let code = u16::try_from(number?).ok()?;
    match family {
        Family::Http => StatusCode::from_u16(code).ok()?.entry(),
        Family::WebSocket => CloseCode::from_u16(code).ok()?.entry(),
    }
}
