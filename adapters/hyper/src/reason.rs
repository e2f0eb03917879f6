//! The reason phrase of an HTTP/1.1 status line.

use fastapi_status::status;
use fastapi_status_http::ToFastapi;
use http::{Extensions, Response, StatusCode};
use hyper::ext::ReasonPhrase;

/// Gives a response the reason phrase that FastAPI writes, CPython's, where hyper would write another: `Unprocessable
/// Content` for 422, `I'm a Teapot` for 418, nothing for a code that has none.
///
/// A phrase that the response has already stays, unless it is FastAPI's for another status, left by an exception whose status
/// was changed. HTTP/2 has no reason phrases.
///
/// ```
/// use fastapi_status_hyper::{set_reason_phrase, status};
/// use hyper::{Response, ext::ReasonPhrase};
///
/// let mut response = Response::builder().status(status::HTTP_422_UNPROCESSABLE_CONTENT).body(())?;
/// set_reason_phrase(&mut response);
///
/// assert_eq!(response.extensions().get::<ReasonPhrase>().unwrap().as_bytes(), b"Unprocessable Content");
/// # Ok::<(), http::Error>(())
/// ```
#[inline]
pub fn set_reason_phrase<B>(response: &mut Response<B>) {
    // hyper, that is `http`, has another phrase for these. A later one may come nearer to the registry, which CPython follows;
    // then this sets what it would have written.
    let phrase = match response.status() {
        StatusCode::NON_AUTHORITATIVE_INFORMATION => {
            Some(const { phrase(status::HTTP_203_NON_AUTHORITATIVE_INFORMATION) })
        }
        StatusCode::PAYLOAD_TOO_LARGE => Some(const { phrase(status::HTTP_413_CONTENT_TOO_LARGE) }),
        StatusCode::IM_A_TEAPOT => Some(const { phrase(status::HTTP_418_IM_A_TEAPOT) }),
        StatusCode::UNPROCESSABLE_ENTITY => Some(const { phrase(status::HTTP_422_UNPROCESSABLE_CONTENT) }),
        status if status.to_fastapi().canonical_reason().is_none() => Some(const { ReasonPhrase::from_static(b"") }),
        _ => None,
    };
    set(phrase, response.extensions_mut());
}

/// A `const fn`, so that the compiler does what would take the longest: to look at each byte.
const fn phrase(status: fastapi_status::StatusCode) -> ReasonPhrase {
    match status.canonical_reason() {
        Some(phrase) => ReasonPhrase::from_static(phrase.as_bytes()),
        None => panic!("the status has a phrase"),
    }
}

// Inlined, so that it is compiled with the program, which has what it calls.
#[inline]
fn set(phrase: Option<ReasonPhrase>, extensions: &mut Extensions) {
    match extensions.get::<ReasonPhrase>() {
        // The usual case.
        None if phrase.is_none() => return,
        // That of a service's own stays.
        Some(there) if !is_fastapis(there) => return,
        _ => {}
    }
    match phrase {
        Some(phrase) => drop(extensions.insert(phrase)),
        None => drop(extensions.remove::<ReasonPhrase>()),
    }
}

/// Whether this is one of those that are set here.
fn is_fastapis(phrase: &ReasonPhrase) -> bool {
    const SET: [fastapi_status::StatusCode; 4] = [
        status::HTTP_203_NON_AUTHORITATIVE_INFORMATION,
        status::HTTP_413_CONTENT_TOO_LARGE,
        status::HTTP_418_IM_A_TEAPOT,
        status::HTTP_422_UNPROCESSABLE_CONTENT,
    ];
    let phrase = phrase.as_bytes();
    phrase.is_empty() || SET.iter().any(|status| status.canonical_reason().is_some_and(|set| set.as_bytes() == phrase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_gets_the_phrase_of_cpython() {
        for code in 100..=999 {
            let status = StatusCode::from_u16(code).unwrap();
            let mut response = Response::new(());
            *response.status_mut() = status;
            set_reason_phrase(&mut response);

            let set = response.extensions().get::<ReasonPhrase>().map(ReasonPhrase::as_bytes);
            let written = set.or(status.canonical_reason().map(str::as_bytes));
            assert_eq!(written, Some(status.to_fastapi().canonical_reason().unwrap_or_default().as_bytes()), "{code}");
        }
    }

    #[test]
    fn a_phrase_that_was_set_for_another_status_does_not_stay() {
        let own = b"Gone Fishing";
        for (first, then, phrase) in [
            (422, 400, None),
            (418, 422, Some(&b"Unprocessable Content"[..])),
            (203, 299, Some(b"")),
            (299, 400, None),
            (413, 413, Some(b"Content Too Large")),
        ] {
            let mut response = Response::new(());
            for code in [first, then] {
                *response.status_mut() = StatusCode::from_u16(code).unwrap();
                set_reason_phrase(&mut response);
            }
            assert_eq!(response.extensions().get().map(ReasonPhrase::as_bytes), phrase);

            response.extensions_mut().insert(ReasonPhrase::from_static(own));
            set_reason_phrase(&mut response);
            assert_eq!(response.extensions().get().map(ReasonPhrase::as_bytes), Some(&own[..]));
        }
    }
}
