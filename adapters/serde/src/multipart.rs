//! Forms of `multipart/form-data`.

use std::borrow::Cow;

use crate::location::latin_1;

/// A name, and what was sent under it.
pub(crate) type Pair<'a> = (Cow<'a, str>, Field<'a>);

/// What a field of a form holds.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Field<'a> {
    Text(Cow<'a, str>),
    File { filename: String, size: usize },
}

/// How many fields a form may have, and as many files.
const FIELDS: usize = 1_000;
/// How long the text of a field may be.
const SIZE: usize = 1 << 20;
const HEADERS: usize = 8;
const HEADER_SIZE: usize = 4_224;
const BOUNDARY: usize = 256;

const TOO_MANY_FIELDS: &str = "Too many fields. Maximum number of fields is 1000.";
const TOO_MANY_FILES: &str = "Too many files. Maximum number of files is 1000.";
const TOO_LARGE: &str = "Part exceeded maximum size of 1024KB.";
const NO_NAME: &str = "The Content-Disposition header field \"name\" must be provided.";
const NO_BOUNDARY: &str = "Missing boundary in multipart.";
const BROKEN: &str = "Invalid multipart data.";

/// Counts the fields of a form, of which FastAPI takes only so many.
pub(crate) fn check_urlencoded(body: &[u8]) -> Result<(), &'static str> {
    let chunks = body.split(|byte| *byte == b'&').filter(|chunk| !chunk.is_empty());
    for (place, chunk) in chunks.enumerate() {
        if chunk.len() - usize::from(chunk.contains(&b'=')) > SIZE {
            return Err("Field exceeded maximum size of 1024KB.");
        }
        if place == FIELDS {
            return Err(TOO_MANY_FIELDS);
        }
    }
    Ok(())
}

/// The fields. An error is what FastAPI answers, with 400; a part that does not end is none.
///
/// Source: `MultiPartParser` of Starlette's `formparsers.py`, and python-multipart.
pub(crate) fn fields<'a>(content_type: &str, body: &'a [u8]) -> Result<Vec<Pair<'a>>, &'static str> {
    let options = options(content_type);
    let boundary = option(&options, "boundary").ok_or(NO_BOUNDARY)?;
    if boundary.len() > BOUNDARY {
        return Err(BROKEN);
    }
    let charset = option(&options, "charset").unwrap_or("utf-8").to_ascii_lowercase().replace('_', "-");
    let is_utf_8 = matches!(charset.as_str(), "utf-8" | "utf8" | "u8");
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    let mut parts = Parts { delimiter, is_utf_8, rest: body, fields: Vec::new(), count: 0, files: 0 };
    if parts.start()? {
        while parts.part()? {}
    }
    Ok(parts.fields)
}

struct Parts<'a> {
    delimiter: Vec<u8>,
    is_utf_8: bool,
    rest: &'a [u8],
    fields: Vec<Pair<'a>>,
    count: usize,
    files: usize,
}

impl Parts<'_> {
    /// Goes over the first delimiter, which has no line before it; `false` where nothing is behind it.
    fn start(&mut self) -> Result<bool, &'static str> {
        if let [b'\r' | b'\n', ..] = self.rest {
            let start = self.rest.iter().position(|byte| *byte == b'-').unwrap_or(self.rest.len());
            self.rest = &self.rest[start..];
        }
        let delimiter = &self.delimiter[2..];
        let Some(rest) = self.rest.strip_prefix(delimiter) else {
            return if delimiter.starts_with(self.rest) { Ok(false) } else { Err(BROKEN) };
        };
        self.rest = rest;
        match rest {
            [] | [b'\r' | b'-'] | [b'-', b'-', ..] => Ok(false),
            [b'\r', b'\n', rest @ ..] => {
                self.rest = rest;
                Ok(true)
            }
            _ => Err(BROKEN),
        }
    }

    /// Reads a part; `false` where no other one follows.
    fn part(&mut self) -> Result<bool, &'static str> {
        let Some(disposition) = self.head()? else { return Ok(false) };
        let options = options(&disposition);
        let decode = |text: &str| self.decode(&encode(text)).into_owned();
        let name = decode(option(&options, "name").ok_or(NO_NAME)?);
        let filename = option(&options, "filename").map(decode);
        let (count, error) = match filename {
            Some(_) => (&mut self.files, TOO_MANY_FILES),
            None => (&mut self.count, TOO_MANY_FIELDS),
        };
        *count += 1;
        if *count > FIELDS {
            return Err(error);
        }
        let (data, end) = self.data()?;
        if filename.is_none() && data.len() > SIZE {
            return Err(TOO_LARGE);
        }
        if end == End::Cut {
            return Ok(false);
        }
        let field = match filename {
            // A file that nobody chose.
            Some(filename) if filename.is_empty() && data.is_empty() => Field::Text(Cow::default()),
            Some(filename) => Field::File { filename, size: data.len() },
            None => Field::Text(self.decode(data)),
        };
        self.fields.push((name.into(), field));
        Ok(end == End::Part)
    }

    /// The value of the header `content-disposition`, or an empty one; `None` where the head does not end.
    fn head(&mut self) -> Result<Option<String>, &'static str> {
        let mut disposition = String::new();
        for count in 0.. {
            match self.rest {
                [] | [b'\r'] => return Ok(None),
                [b'\r', b'\n', rest @ ..] => {
                    self.rest = rest;
                    break;
                }
                [b'\r', ..] => return Err(BROKEN),
                _ if count >= HEADERS => return Err(BROKEN),
                _ => {}
            }
            let colon = position(self.rest, b':');
            let (name, rest) = self.rest.split_at(colon.unwrap_or(self.rest.len()));
            if name.len() > HEADER_SIZE || !name.iter().all(|byte| is_token(*byte)) {
                return Err(BROKEN);
            }
            let [_, rest @ ..] = rest else { return Ok(None) };
            let end = position(rest, b'\r');
            let (value, rest) = rest.split_at(end.unwrap_or(rest.len()));
            if name.is_empty() || name.len() + 1 + value.len() > HEADER_SIZE {
                return Err(BROKEN);
            }
            if name.eq_ignore_ascii_case(b"content-disposition") {
                disposition = latin_1(value).trim_start_matches(' ').to_owned();
            }
            self.rest = match rest {
                [] | [_] => return Ok(None),
                [_, b'\n', rest @ ..] => rest,
                _ => return Err(BROKEN),
            };
        }
        Ok(Some(disposition))
    }
}

/// What stands behind a part's data.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Part,
    Last,
    /// Nothing: the body ends within the part.
    Cut,
}

impl<'a> Parts<'a> {
    fn data(&mut self) -> Result<(&'a [u8], End), &'static str> {
        let body = self.rest;
        let mut from = 0;
        while let Some(place) = find(&body[from..], &self.delimiter) {
            let data = &body[..from + place];
            let after = &body[data.len() + self.delimiter.len()..];
            let padded = after.iter().position(|byte| !b" \t".contains(byte)).unwrap_or(after.len());
            match &after[padded..] {
                [b'\r', b'\n', rest @ ..] => {
                    self.rest = rest;
                    return Ok((data, End::Part));
                }
                [b'-', b'-', ..] if padded == 0 => return Ok((data, End::Last)),
                [] | [b'\r'] => return Ok((data, End::Cut)),
                _ if padded > 0 => return Err(BROKEN),
                _ => from += place + 1,
            }
        }
        Ok((body, End::Cut))
    }

    fn decode<'t>(&self, text: &'t [u8]) -> Cow<'t, str> {
        match std::str::from_utf8(text) {
            Ok(text) if self.is_utf_8 => Cow::Borrowed(text),
            _ => latin_1(text),
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn position(bytes: &[u8], what: u8) -> Option<usize> {
    bytes.iter().position(|byte| *byte == what)
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The bytes of Latin-1.
fn encode(text: &str) -> Vec<u8> {
    text.chars().map(|character| u8::try_from(character).unwrap_or(b'?')).collect()
}

fn option<'a>(options: &'a [(String, String)], name: &str) -> Option<&'a str> {
    options.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// The parameters of a header's value.
///
/// Source: `parse_options_header` of python-multipart.
fn options(value: &str) -> Vec<(String, String)> {
    let mut is_quoted = false;
    let mut last = ' ';
    let segments = value.split(|character| {
        is_quoted ^= character == '"' && last != '\\';
        last = character;
        character == ';' && !is_quoted
    });
    let blank = [' ', '\t'];
    let option = |segment: &str| {
        let (name, value) = segment.split_once('=').unwrap_or((segment, ""));
        let value = value.trim_matches(blank);
        let quoted = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        let value = quoted.map_or_else(|| value.to_owned(), |value| value.replace("\\\\", "\\").replace("\\\"", "\""));
        (name.trim_matches(blank).to_lowercase(), value)
    };
    segments.skip(1).map(option).filter(|(name, _)| !name.contains('*')).collect()
}

#[cfg(test)]
mod tests {
    use super::{BROKEN, Field, NO_BOUNDARY, NO_NAME, Pair, TOO_LARGE, TOO_MANY_FIELDS, TOO_MANY_FILES, fields};

    const TYPE: &str = "multipart/form-data; boundary=\"b\"";
    const HEAD: &str = "--b\r\nContent-Disposition: form-data; ";

    fn read(content_type: &str, body: &[u8]) -> Result<Vec<(String, String)>, &'static str> {
        let shown = |(name, field): Pair<'_>| match field {
            Field::Text(text) => (name.into_owned(), text.into_owned()),
            Field::File { filename, size } => (name.into_owned(), format!("{filename}: {size}")),
        };
        Ok(fields(content_type, body)?.into_iter().map(shown).collect())
    }

    /// The fields' names and texts after another.
    fn texts(rest: &str) -> Vec<String> {
        let fields = read(TYPE, format!("{HEAD}{rest}\r\n--b--").as_bytes()).unwrap();
        fields.into_iter().flat_map(|(name, text)| [name, text]).collect()
    }

    #[test]
    fn text_and_files_are_read() {
        let body = "\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--two\r\n--bx\
                    \r\n--b \r\ncontent-disposition: form-data; name=f; filename=x\r\ncontent-type: text/plain\r\n\r\nfile\r\n\
                    --b\r\ncontent-disposition: form-data; name=\"é\"\r\n\r\n\r\n--b--\r\n";
        let expected = [("a", "one\r\n--two\r\n--bx"), ("f", "x: 4"), ("é", "")];
        assert_eq!(
            read(TYPE, body.as_bytes()).unwrap(),
            expected.map(|(name, text)| (name.to_owned(), text.to_owned()))
        );

        assert_eq!(texts("name=\"a;filename=q\"\r\n\r\nx"), ["a;filename=q", "x"]);
        assert_eq!(texts("name=\"\\\"a\"\r\n\r\nx"), ["\"a", "x"]);
        assert_eq!(texts("NAME=z; name=a; filename*=q\r\n\r\nx"), ["a", "x"]);
        assert_eq!(texts("name=a; filename=\"\"\r\n\r\n"), ["a", ""]);
    }

    #[test]
    fn charsets() {
        let latin = [HEAD.as_bytes(), b"name=a\r\n\r\n\xE9\r\n--b--"].concat();
        let utf_8 = format!("{HEAD}name=a\r\n\r\né\r\n--b--");
        let text = |charset: &str, body: &[u8]| read(&format!("{TYPE}; charset={charset}"), body).unwrap()[0].1.clone();
        assert_eq!(text("latin-1", &latin), "é");
        assert_eq!(text("utf-8", &latin), "é");
        assert_eq!(text("UTF-8", utf_8.as_bytes()), "é");
        assert_eq!(text("unknown", utf_8.as_bytes()), "Ã©");
    }

    #[test]
    fn what_is_cut_off_is_not_there() {
        let cut = format!("{HEAD}name=a\r\n\r\nx");
        for end in 0..=cut.len() {
            assert_eq!(read(TYPE, &cut.as_bytes()[..end]), Ok(vec![]), "{end}");
        }
        for body in ["--b--", "--b-", "\r\n", "\r\njunk", "--b--nonsense"] {
            assert_eq!(read(TYPE, body.as_bytes()), Ok(vec![]), "{body:?}");
        }
    }

    #[test]
    fn what_is_broken_is_told() {
        assert_eq!(read("multipart/form-data", b"x"), Err(NO_BOUNDARY));
        assert_eq!(read(&format!("multipart/form-data; boundary={}", "b".repeat(257)), b""), Err(BROKEN));
        let headers = format!("--b\r\n{}\r\n", "a: b\r\n".repeat(9));
        let header = format!("--b\r\na: {}\r\n", "b".repeat(5_000));
        for body in
            ["nonsense", "--bx", "--b\n", "--b\r\nA B: c\r\n", "--b\r\na: b\rc", "--b\r\n: c\r\n", &headers, &header]
        {
            assert_eq!(read(TYPE, body.as_bytes()), Err(BROKEN), "{body:?}");
        }
        for body in ["--b\r\n\r\nx", &format!("{HEAD}x=y\r\n\r\nx")] {
            assert_eq!(read(TYPE, body.as_bytes()), Err(NO_NAME), "{body:?}");
        }
    }

    #[test]
    fn limits_are_fastapi_s() {
        let parts = |part: &str, count: usize| format!("{HEAD}{part}\r\n\r\nx\r\n").repeat(count) + "--b--";
        assert_eq!(read(TYPE, parts("name=a", 1_000).as_bytes()).unwrap().len(), 1_000);
        assert_eq!(read(TYPE, parts("name=a", 1_001).as_bytes()), Err(TOO_MANY_FIELDS));
        assert_eq!(read(TYPE, parts("name=a; filename=b", 1_001).as_bytes()), Err(TOO_MANY_FILES));
        for (size, is_taken) in [(1 << 20, true), ((1 << 20) + 1, false)] {
            let body = format!("{HEAD}name=a\r\n\r\n{}\r\n--b--", "x".repeat(size));
            assert_eq!(read(TYPE, body.as_bytes()).err(), (!is_taken).then_some(TOO_LARGE));
        }
    }
}
