//! One status, or close code, with all that is known of it.

use fastapi_status::{CloseCode, Entry, StatusCode};

/// A code with its names, or what comes near to what was asked for.
///
/// ```
/// use fastapi_status_python::Explanation;
///
/// let found = &Explanation::find("413")[0];
///
/// assert_eq!(found.entry.name(), "HTTP_413_CONTENT_TOO_LARGE");
/// assert_eq!(found.older, ["HTTP_413_REQUEST_ENTITY_TOO_LARGE"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Explanation {
    /// The row of the current name.
    pub entry: &'static Entry,
    /// Older names of the same code.
    pub older: Vec<&'static str>,
}

impl Explanation {
    /// Explains a code (`422`), a name (`HTTP_422_UNPROCESSABLE_ENTITY`, `NOT_FOUND`), or words of a phrase (`teapot`).
    ///
    /// Words may fit several codes; nothing is found for what fits none.
    ///
    /// ```
    /// use fastapi_status_python::Explanation;
    ///
    /// let found = Explanation::find("teapot");
    /// assert_eq!(found[0].entry.name(), "HTTP_418_IM_A_TEAPOT");
    ///
    /// let found = Explanation::find("422");
    /// assert_eq!(found[0].older, ["HTTP_422_UNPROCESSABLE_ENTITY"]);
    /// ```
    #[must_use]
    pub fn find(query: &str) -> Vec<Self> {
        let query = query.trim();
        let query = query.rsplit('.').next().unwrap_or(query);
        if let Ok(number) = query.parse::<u16>() {
            return current(number).map(Self::of).into_iter().collect();
        }
        if query.parse::<i128>().is_ok() {
            return Vec::new();
        }
        if let Some(entry) = Entry::from_name(&query.to_ascii_uppercase()) {
            // A deprecated name is explained by the one that took its place.
            let entry = entry.replacement().and_then(Entry::from_name).unwrap_or(entry);
            return vec![Self::of(entry)];
        }
        let words: Vec<String> = words(query).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let fits = |entry: &&'static Entry| {
            let text = format!("{} {}", entry.name(), entry.phrase().unwrap_or_default());
            let known: Vec<String> = self::words(&text).collect();
            words.iter().all(|word| known.iter().any(|known| known.starts_with(word.as_str())))
        };
        let current = |entry: &'static Entry| entry.replacement().and_then(Entry::from_name).unwrap_or(entry);
        let mut entries: Vec<_> = Entry::all().filter(fits).map(current).collect();
        entries.sort_by_key(|entry| entry.code());
        entries.dedup();
        entries.into_iter().map(Self::of).collect()
    }

    fn of(entry: &'static Entry) -> Self {
        let older = Entry::all().filter(|older| older.replacement() == Some(entry.name())).map(Entry::name).collect();
        Self { entry, older }
    }

    /// The answer that FastAPI gives to `HTTPException(code)`, as it goes over the wire: head and body.
    ///
    /// `None` for a close code.
    ///
    /// ```
    /// use fastapi_status_python::Explanation;
    ///
    /// let body = |code| Explanation::find(code)[0].default_body().unwrap();
    ///
    /// assert_eq!(body("404"), r#"{"detail":"Not Found"}"#);
    /// assert_eq!(body("204"), "", "a 204 has no body");
    /// ```
    #[must_use]
    pub fn default_body(&self) -> Option<String> {
        let code = StatusCode::from_u16(self.entry.code()).ok()?;
        if !code.is_body_allowed() {
            return Some(String::new());
        }
        Some(serde_json::json!({ "detail": self.entry.phrase().unwrap_or_default() }).to_string())
    }
}

/// What is said of a number that has no name; `None` for one that has one, or is no code.
///
/// ```
/// use fastapi_status_python::nameless;
///
/// assert_eq!(nameless(599).unwrap(), "599 is an HTTP status code, but FastAPI has no name for it");
/// assert_eq!(nameless(404), None);
/// ```
#[must_use]
pub fn nameless(number: u16) -> Option<String> {
    if current(number).is_some() {
        return None;
    }
    if StatusCode::from_u16(number).is_ok() {
        return Some(format!("{number} is an HTTP status code, but FastAPI has no name for it"));
    }
    CloseCode::from_u16(number).ok()?;
    Some(match number {
        3000..=3999 => format!("{number} is a WebSocket close code for libraries and frameworks: it has no name"),
        4000..=4999 => format!("{number} is a WebSocket close code for an application's own use: it has no name"),
        1004 => "1004 is a reserved WebSocket close code, and never sent: it has no name".to_owned(),
        _ => format!("{number} is a WebSocket close code, but FastAPI has no name for it"),
    })
}

/// The row of a number's current name.
fn current(number: u16) -> Option<&'static Entry> {
    StatusCode::from_u16(number).ok().and_then(StatusCode::entry).or_else(|| CloseCode::from_u16(number).ok()?.entry())
}

/// The words of a text, in lower case: `I'm a Teapot` is `im`, `a`, `teapot`.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.replace('\'', "").to_lowercase())
        .filter(|word| !word.is_empty())
}
