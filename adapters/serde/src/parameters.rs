//! Strings by name: the path, the query, forms, headers and cookies.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_core::de::DeserializeOwned;

use crate::location::{Location, latin_1};
use crate::multipart::{self, Field, Pair};
use crate::plain;
use crate::python::{Kind, Pick, Tape, Text};
use crate::recorder::record;
use crate::{LocItem, RequestValidationError};

/// Reads the parameters of a path, by name.
///
/// `T` is a struct or a map with the parameters' names, a tuple with as many items as there are parameters, or the type
/// of the only one.
///
/// ```
/// use fastapi_status_serde::from_path;
///
/// let shelf: u32 = from_path([("shelf", "7")])?;
/// let (shelf_again, place): (u32, f64) = from_path([("shelf", "7"), ("place", "1.5")])?;
///
/// assert_eq!((shelf, shelf_again, place), (7, 7, 1.5));
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// All that is wrong, each at `["path", name]`.
///
/// ```
/// use fastapi_status_serde::from_path;
///
/// let error = from_path::<u32>([("shelf", "top")]).unwrap_err();
///
/// assert_eq!(error.errors()[0].loc(), ["path".into(), "shelf".into()]);
/// ```
pub fn from_path<T: DeserializeOwned>(
    parameters: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
) -> Result<T, RequestValidationError> {
    let mut parameters = parameters.into_iter();
    let (first, second) = (parameters.next(), parameters.next());
    if let (Some((name, value)), None) = (&first, &second) {
        match plain::read(value.as_ref()) {
            Ok(value) => return Ok(value),
            Err(Some(error)) => {
                let loc = [LocItem::from(Location::Path.name()), LocItem::from(name.as_ref().to_owned())];
                return Err(error.at(loc).into());
            }
            Err(None) => {}
        }
    }
    let parameters: Vec<_> = first.into_iter().chain(second).chain(parameters).collect();
    read(Location::Path, &texts(&parameters), None)
}

/// Reads a query string, without its `?`.
///
/// Each field of `T` is a parameter: one that is a list takes all values of the name, any other one the last. `T` may also
/// be a map, or a list of pairs.
///
/// ```
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Search {
///     q: String,
///     #[serde(default, rename = "tag")]
///     tags: Vec<String>,
///     page: Option<u32>,
/// }
///
/// let search: Search = fastapi_status_serde::from_query("q=space%20opera&tag=new&tag=used")?;
///
/// assert_eq!((search.q.as_str(), search.tags.len(), search.page), ("space opera", 2, None));
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// All that is wrong, each at `["query", name]`; of a missing one the input is `null`.
///
/// ```
/// # use serde::Deserialize;
/// #[derive(Deserialize)]
/// struct Page {
///     number: u32,
///     descending: bool,
/// }
///
/// let error = fastapi_status_serde::from_query::<Page>("descending=perhaps").map(|page| (page.number, page.descending)).unwrap_err();
/// let kinds: Vec<_> = error.errors().iter().map(|error| error.kind()).collect();
///
/// assert_eq!(kinds, ["missing", "bool_parsing"]);
/// ```
pub fn from_query<T: DeserializeOwned>(query: &str) -> Result<T, RequestValidationError> {
    read(Location::Query, &parse_pairs(query.as_bytes()), Some(Pick::Last))
}

/// Reads a form, `application/x-www-form-urlencoded` or `multipart/form-data`; with any other content type, it has no
/// fields.
///
/// As [`from_query`], but a field that is sent empty counts as not sent, unless it is a list. A file is no text: it is
/// refused where text is wanted, and read nowhere; the error's input is its name and size, not FastAPI's `UploadFile`.
/// FastAPI's limits hold: 1000 fields, 1000 files, and a megabyte of text in each field; what is more is answered with 400.
///
/// ```
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Login {
///     username: String,
///     remember_days: Option<u8>,
/// }
///
/// let login: Login = fastapi_status_serde::from_form(
///     Some("application/x-www-form-urlencoded"),
///     b"username=ada&remember_days=",
/// )?;
///
/// assert_eq!((login.username.as_str(), login.remember_days), ("ada", None));
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// All that is wrong, each at `["body", name]`; of a missing one the input is `null`.
///
/// ```
/// let error = fastapi_status_serde::from_form::<Vec<(String, u8)>>(
///     Some("application/x-www-form-urlencoded"),
///     b"days=x",
/// );
///
/// assert_eq!(error.unwrap_err().errors()[0].kind(), "int_parsing");
/// ```
pub fn from_form<T: DeserializeOwned>(content_type: Option<&str>, body: &[u8]) -> Result<T, RequestValidationError> {
    let pairs = form_pairs(content_type.unwrap_or_default(), body).map_err(RequestValidationError::unreadable)?;
    read(Location::Form, &pairs, Some(Pick::LastUnlessEmpty))
}

fn form_pairs<'a>(content_type: &str, body: &'a [u8]) -> Result<Vec<Pair<'a>>, &'static str> {
    match content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => {
            multipart::check_urlencoded(body)?;
            Ok(parse_pairs(body))
        }
        "multipart/form-data" => multipart::fields(content_type, body),
        _ => Ok(Vec::new()),
    }
}

/// Reads the text fields of a form that was parsed already, such as one with files.
///
/// ```
/// let fields = [("title", "Dune"), ("tag", "new"), ("tag", "used")];
/// let form: std::collections::HashMap<String, Vec<String>> = fastapi_status_serde::from_form_fields(fields)?;
///
/// assert_eq!(form["tag"], ["new", "used"]);
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// As [`from_form`].
pub fn from_form_fields<T: DeserializeOwned>(
    fields: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
) -> Result<T, RequestValidationError> {
    let fields: Vec<_> = fields.into_iter().collect();
    read(Location::Form, &texts(&fields), Some(Pick::LastUnlessEmpty))
}

/// Reads headers.
///
/// The field `user_agent` is the header `user-agent`, in any case; a header whose name has underscores on the wire is not
/// seen, as by FastAPI's `Header()`.
/// A field that is a list takes all headers of the name, any other one the first.
///
/// ```
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Client {
///     x_client_version: f64,
/// }
///
/// let client: Client = fastapi_status_serde::from_headers([("X-Client-Version", "1.5")])?;
///
/// assert_eq!(client.x_client_version, 1.5);
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// All that is wrong, each at `["header", name]`, with hyphens.
///
/// ```
/// # use serde::Deserialize;
/// # #[derive(Debug, Deserialize)]
/// # struct Client { x_client_version: f64 }
/// # assert_eq!(Client { x_client_version: 1.0 }.x_client_version, 1.0);
/// let error = fastapi_status_serde::from_headers::<Client>([("accept", "*/*")]).unwrap_err();
///
/// assert_eq!(error.errors()[0].loc(), ["header".into(), "x-client-version".into()]);
/// ```
pub fn from_headers<T: DeserializeOwned>(
    headers: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<[u8]>)>,
) -> Result<T, RequestValidationError> {
    let seen: Vec<_> = headers.into_iter().filter(|(name, _)| !name.as_ref().contains('_')).collect();
    let pairs = seen.iter().map(|(name, value)| (in_lower_case(name.as_ref()), Field::Text(latin_1(value.as_ref()))));
    read(Location::Header, &pairs.collect::<Vec<_>>(), Some(Pick::First))
}

/// Reads cookies, from the values of all `cookie` headers.
///
/// ```
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Visitor {
///     visits: u32,
/// }
///
/// let visitor: Visitor = fastapi_status_serde::from_cookies(["theme=dark; visits=12"])?;
///
/// assert_eq!(visitor.visits, 12);
/// # Ok::<(), fastapi_status_serde::RequestValidationError>(())
/// ```
///
/// # Errors
///
/// All that is wrong, each at `["cookie", name]`.
pub fn from_cookies<T: DeserializeOwned>(
    headers: impl IntoIterator<Item = impl AsRef<[u8]>>,
) -> Result<T, RequestValidationError> {
    let headers: Vec<_> = headers.into_iter().collect();
    let headers: Vec<_> = headers.iter().map(|header| latin_1(header.as_ref())).collect();
    let mut pairs = Vec::new();
    headers.iter().for_each(|header| push_cookies(header, &mut pairs));
    read(Location::Cookie, &pairs, None)
}

/// Appends the cookies of a header.
fn push_cookies<'a>(header: &'a str, pairs: &mut Vec<Pair<'a>>) {
    for chunk in header.split(';') {
        let (name, value) = chunk.split_once('=').unwrap_or(("", chunk));
        let (name, value) = (name.trim(), value.trim());
        if !name.is_empty() || !value.is_empty() {
            pairs.push((name.into(), Field::Text(unquote_cookie(value))));
        }
    }
}

/// Names and texts as pairs.
fn texts<'a>(pairs: &'a [(impl AsRef<str>, impl AsRef<str>)]) -> Vec<Pair<'a>> {
    pairs.iter().map(|(name, text)| (name.as_ref().into(), Field::Text(text.as_ref().into()))).collect()
}

fn in_lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { name.to_ascii_lowercase().into() } else { name.into() }
}

/// Reads pairs; without a pick, a name has only one value, the last.
fn read<T: DeserializeOwned>(
    location: Location,
    pairs: &[Pair<'_>],
    pick: Option<Pick>,
) -> Result<T, RequestValidationError> {
    let (tape, list) = tape_of(pairs, pick);
    record(tape, location, Some(list))
}

/// The pairs as an object, and the place at which they are a list.
fn tape_of<'a>(pairs: &'a [Pair<'a>], pick: Option<Pick>) -> (Tape<'a>, u32) {
    // A pair stands there twice, each time in up to three places.
    let mut tape = Tape::with_capacity(2 + 6 * pairs.len());
    let object = tape.open(Kind::Object);
    if pairs.len() <= FEW {
        for (place, (name, _)) in pairs.iter().enumerate() {
            let is_same = |pair: &&Pair<'_>| pair.0 == *name;
            if !pairs[..place].iter().any(|pair| is_same(&pair)) {
                push_named(&mut tape, name, pick, pairs[place..].iter().filter(is_same).map(|(_, value)| value));
            }
        }
    } else {
        let mut values: HashMap<&str, Vec<&Field<'_>>> = HashMap::new();
        for (name, value) in pairs {
            values.entry(name).or_default().push(value);
        }
        for (name, _) in pairs {
            if let Some(values) = values.remove(name.as_ref()) {
                push_named(&mut tape, name, pick, values.into_iter());
            }
        }
    }
    tape.close(object);
    let list = tape.open(Kind::Array);
    for (name, value) in pairs {
        let pair = tape.open(Kind::Array);
        tape.push(Kind::Text(Text::Sent(name)));
        push(&mut tape, value);
        tape.close(pair);
    }
    tape.close(list);
    (tape, list)
}

/// Up to how many pairs are compared with one another.
const FEW: usize = 16;

/// Appends a name and its values.
fn push_named<'a>(
    tape: &mut Tape<'a>,
    name: &'a str,
    pick: Option<Pick>,
    mut values: impl DoubleEndedIterator<Item = &'a Field<'a>>,
) {
    let value = tape.len() + 1;
    tape.push(Kind::Key { name: Text::Sent(name), value });
    if let Some(pick) = pick {
        let repeated = tape.open(|end| Kind::Repeated(pick, end));
        values.for_each(|value| push(tape, value));
        tape.close(repeated);
    } else if let Some(value) = values.next_back() {
        push(tape, value);
    }
}

/// Appends what a field holds. A file is an object: no text, number or list.
fn push<'a>(tape: &mut Tape<'a>, field: &'a Field<'_>) {
    match field {
        Field::Text(text) => {
            tape.push(Kind::Text(Text::Sent(text)));
        }
        Field::File { filename, size } => {
            let object = tape.open(Kind::Object);
            let size = tape.make(size.to_string());
            let members = [("filename", Kind::Text(Text::Sent(filename))), ("size", Kind::Int(size))];
            for (name, kind) in members {
                let value = tape.len() + 1;
                tape.push(Kind::Key { name: Text::Sent(name), value });
                tape.push(kind);
            }
            tape.close(object);
        }
    }
}

/// `urllib.parse.parse_qsl(text, keep_blank_values=True)`.
fn parse_pairs(text: &[u8]) -> Vec<Pair<'_>> {
    let chunks = text.split(|byte| *byte == b'&').filter(|chunk| !chunk.is_empty());
    chunks.map(pair_of).collect()
}

fn pair_of(chunk: &[u8]) -> Pair<'_> {
    let end = chunk.iter().position(|byte| *byte == b'=').unwrap_or(chunk.len());
    (unquote_plus(&chunk[..end]), Field::Text(unquote_plus(chunk.get(end + 1..).unwrap_or_default())))
}

/// `urllib.parse.unquote_plus`: bytes that are not ASCII are Latin-1, escaped ones are UTF-8.
fn unquote_plus(text: &[u8]) -> Cow<'_, str> {
    if let Some(text) = std::str::from_utf8(text).ok().filter(|text| text.bytes().all(stands_for_itself)) {
        return Cow::Borrowed(text);
    }
    let mut unquoted = String::with_capacity(text.len());
    let mut run = Vec::new();
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match (byte, tail) {
            (b'+', _) => run.push(b' '),
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap_or_default();
                run.extend(u8::try_from(digit(high) * 16 + digit(low)));
                rest = after;
            }
            (byte, _) if byte.is_ascii() => run.push(*byte),
            (byte, _) => {
                unquoted.push_str(&String::from_utf8_lossy(&run));
                run.clear();
                unquoted.push(char::from(*byte));
            }
        }
    }
    unquoted.push_str(&String::from_utf8_lossy(&run));
    Cow::Owned(unquoted)
}

fn stands_for_itself(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'+' | b'%')
}

/// `http.cookies._unquote`: what stands in double quotes may have `\"` and `\012` in it.
fn unquote_cookie(value: &str) -> Cow<'_, str> {
    let Some(quoted) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(value);
    };
    let mut unquoted = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some((before, after)) = rest.split_once('\\') {
        unquoted.push_str(before);
        let octal = after.get(..3).filter(|digits| digits.bytes().all(|digit| (b'0'..=b'7').contains(&digit)));
        let code = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok());
        rest = if let Some(code) = code {
            unquoted.push(char::from(code));
            &after[3..]
        } else {
            let mut characters = after.chars();
            // At the end it stands for itself.
            unquoted.push(characters.next().unwrap_or('\\'));
            characters.as_str()
        };
    }
    Cow::Owned(unquoted + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `http.cookies._unquote` of CPython 3.13.
    #[test]
    fn a_quoted_cookie() {
        for (sent, read) in [
            (r#"abc\""#, r#"abc\""#),
            (r#""abc""#, "abc"),
            (r#""a\"b""#, r#"a"b"#),
            (r#""a\054b""#, "a,b"),
            (r#""a\8""#, "a8"),
            (r#""abc\""#, r"abc\"),
            (r#""\""#, r"\"),
            (r#""\\""#, r"\"),
        ] {
            assert_eq!(unquote_cookie(sent), read, "{sent}");
        }
    }
}
