//! Forms of `multipart/form-data`, as far as they are text.

/// The fields; files are left out. An error is what FastAPI answers, with 400.
///
/// Source: `MultiPartParser` of Starlette's `formparsers.py`, and python-multipart.
pub(crate) fn fields(content_type: &str, body: &[u8]) -> Result<Vec<(String, String)>, &'static str> {
    const BROKEN: &str = "Invalid multipart data.";

    let boundary = parameter(content_type, "boundary").ok_or("Missing boundary in multipart.")?;
    let delimiter = [b"\r\n--", boundary.as_bytes()].concat();
    // The first one has no line before it.
    let mut rest = body.strip_prefix(&delimiter[2..]).ok_or(BROKEN)?;
    let mut fields = Vec::new();
    while !rest.starts_with(b"--") {
        let part = rest.strip_prefix(b"\r\n").ok_or(BROKEN)?;
        let (head, part) = split(part, b"\r\n\r\n").ok_or(BROKEN)?;
        let (value, after) = split(part, &delimiter).ok_or(BROKEN)?;
        let head = String::from_utf8_lossy(head);
        let disposition = head.split("\r\n").find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-disposition").then_some(value)
        });
        let disposition = disposition.ok_or(BROKEN)?;
        if parameter(disposition, "filename").is_none() {
            let name = parameter(disposition, "name").ok_or(BROKEN)?;
            fields.push((name.to_owned(), String::from_utf8_lossy(value).into_owned()));
        }
        rest = after;
    }
    Ok(fields)
}

/// The parameter of a header's value.
fn parameter<'a>(value: &'a str, name: &str) -> Option<&'a str> {
    value.split(';').skip(1).find_map(|parameter| {
        let (known, value) = parameter.split_once('=')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let place = bytes.windows(at.len()).position(|window| window == at)?;
    Some((&bytes[..place], &bytes[place + at.len()..]))
}

#[cfg(test)]
mod tests {
    use super::fields;

    const TYPE: &str = "multipart/form-data; boundary=\"b\"";

    #[test]
    fn text_is_read_and_files_are_left_out() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\none\r\n--two\r\n\
                    --b\r\ncontent-disposition: form-data; name=f; filename=x\r\ncontent-type: text/plain\r\n\r\nfile\r\n\
                    --b\r\ncontent-disposition: form-data; name=\"é\"\r\n\r\n\r\n--b--\r\n";

        let expected = [("a".to_owned(), "one\r\n--two".to_owned()), ("é".to_owned(), String::new())];
        assert_eq!(fields(TYPE, body.as_bytes()), Ok(expected.into()));
        assert_eq!(fields(TYPE, b"--b--"), Ok(vec![]));
    }

    #[test]
    fn what_is_broken_is_told() {
        assert_eq!(fields("multipart/form-data", b"x"), Err("Missing boundary in multipart."));
        for body in
            ["", "nonsense", "--b", "--b\r\n", "--b\r\n\r\n\r\n--b--", "--b\r\ncontent-disposition: x\r\n\r\n--b"]
        {
            assert_eq!(fields(TYPE, body.as_bytes()), Err("Invalid multipart data."), "{body:?}");
        }
    }
}
