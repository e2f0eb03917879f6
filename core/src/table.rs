//! The one table: every name, in one line. All else is made from it.
//!
//! A row reads `NAME = code, phrase, specification, its address, when to answer with it;`. The phrase is that of CPython
//! 3.13's `http.HTTPStatus` (for close codes, that of the specification), empty where there is none. A name that FastAPI
//! has given up carries `#[deprecated(note = "use …")]`.

/// Hands every row of the HTTP table to a macro of yours.
///
/// The rows come in one call, each as
///
/// ```text
/// $(#[$deprecated:meta])? $name:ident = $code:literal, $phrase:literal, $specification:literal, $url:literal, $meaning:literal;
/// ```
///
/// in ascending order of code, the deprecated names last. `$phrase` is `""` where CPython has none (306). What you write
/// in braces after the macro's name is handed on before the rows, in braces too.
///
/// This is how every adapter makes its `status` module, and how you make one for a framework that has none yet:
///
/// ```
/// /// The status type of some framework.
/// #[derive(Debug, PartialEq, Eq)]
/// pub struct Status(u16);
///
/// macro_rules! constants {
///     ($($(#[$deprecated:meta])? $name:ident = $code:literal, $phrase:literal, $specification:literal, $url:literal, $meaning:literal;)*) => {
///         $(
///             #[doc = concat!("`", $code, " ", $phrase, "`: ", $meaning, "\n\n[", $specification, "](", $url, ")")]
///             $(#[$deprecated])?
///             pub const $name: Status = Status($code);
///         )*
///     };
/// }
///
/// fastapi_status::for_each_http_status!(constants);
///
/// assert_eq!(HTTP_404_NOT_FOUND, Status(404));
/// ```
#[macro_export]
macro_rules! for_each_http_status {
    ($($callback:ident)::+ $({ $($before:tt)* })?) => {
        $($callback)::+! {
            $({ $($before)* })?
            HTTP_100_CONTINUE = 100, "Continue", "RFC 9110, Section 15.2.1", "https://www.rfc-editor.org/rfc/rfc9110#section-15.2.1", "The first part of the request has arrived: the client may send the rest.";
            HTTP_101_SWITCHING_PROTOCOLS = 101, "Switching Protocols", "RFC 9110, Section 15.2.2", "https://www.rfc-editor.org/rfc/rfc9110#section-15.2.2", "The server agrees to the `upgrade` that the client asked for, as in a WebSocket handshake.";
            HTTP_102_PROCESSING = 102, "Processing", "RFC 2518, Section 10.1", "https://www.rfc-editor.org/rfc/rfc2518#section-10.1", "The request has been accepted whole and is taking long; the final answer follows.";
            HTTP_103_EARLY_HINTS = 103, "Early Hints", "RFC 8297, Section 2", "https://www.rfc-editor.org/rfc/rfc8297#section-2", "Headers that the final answer will likely have, so that the client can begin to preload.";
            HTTP_200_OK = 200, "OK", "RFC 9110, Section 15.3.1", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.1", "The request has succeeded; the body holds its result.";
            HTTP_201_CREATED = 201, "Created", "RFC 9110, Section 15.3.2", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.2", "A new resource was made; `location` names it.";
            HTTP_202_ACCEPTED = 202, "Accepted", "RFC 9110, Section 15.3.3", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.3", "The request was taken on and will be worked on later: a queued job.";
            HTTP_203_NON_AUTHORITATIVE_INFORMATION = 203, "Non-Authoritative Information", "RFC 9110, Section 15.3.4", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.4", "The request has succeeded, and a proxy on the way has changed the content.";
            HTTP_204_NO_CONTENT = 204, "No Content", "RFC 9110, Section 15.3.5", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.5", "The request has succeeded and there is nothing to say: the usual answer to a DELETE.";
            HTTP_205_RESET_CONTENT = 205, "Reset Content", "RFC 9110, Section 15.3.6", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.6", "The request has succeeded and the client should reset the form it came from.";
            HTTP_206_PARTIAL_CONTENT = 206, "Partial Content", "RFC 9110, Section 15.3.7", "https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7", "The ranges that the `range` header asked for.";
            HTTP_207_MULTI_STATUS = 207, "Multi-Status", "RFC 4918, Section 11.1", "https://www.rfc-editor.org/rfc/rfc4918#section-11.1", "Several independent operations, each with a status of its own in the body (WebDAV, batches).";
            HTTP_208_ALREADY_REPORTED = 208, "Already Reported", "RFC 5842, Section 7.1", "https://www.rfc-editor.org/rfc/rfc5842#section-7.1", "Within a 207: this member was listed before under another binding (WebDAV).";
            HTTP_226_IM_USED = 226, "IM Used", "RFC 3229, Section 10.4.1", "https://www.rfc-editor.org/rfc/rfc3229#section-10.4.1", "The body is the result of instance manipulations, such as a delta to an earlier version.";
            HTTP_300_MULTIPLE_CHOICES = 300, "Multiple Choices", "RFC 9110, Section 15.4.1", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.1", "The resource has several representations and the client is to choose.";
            HTTP_301_MOVED_PERMANENTLY = 301, "Moved Permanently", "RFC 9110, Section 15.4.2", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.2", "The resource lives at `location` for good; clients may turn a POST into a GET.";
            HTTP_302_FOUND = 302, "Found", "RFC 9110, Section 15.4.3", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.3", "The resource is at `location` for now; clients may turn a POST into a GET.";
            HTTP_303_SEE_OTHER = 303, "See Other", "RFC 9110, Section 15.4.4", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.4", "The result is at `location`, to be fetched by GET: the answer to a submitted form.";
            HTTP_304_NOT_MODIFIED = 304, "Not Modified", "RFC 9110, Section 15.4.5", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.5", "The copy that the client has is still good: the answer to a matching `if-none-match`.";
            HTTP_305_USE_PROXY = 305, "Use Proxy", "RFC 9110, Section 15.4.6", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.6", "Once: use this proxy. Out of use for security reasons; do not send it.";
            HTTP_306_RESERVED = 306, "", "RFC 9110, Section 15.4.7", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.7", "Reserved; once \"Switch Proxy\". Do not send it.";
            HTTP_307_TEMPORARY_REDIRECT = 307, "Temporary Redirect", "RFC 9110, Section 15.4.8", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.8", "The resource is at `location` for now; the method stays. FastAPI's answer to a missing or surplus trailing slash.";
            HTTP_308_PERMANENT_REDIRECT = 308, "Permanent Redirect", "RFC 9110, Section 15.4.9", "https://www.rfc-editor.org/rfc/rfc9110#section-15.4.9", "The resource lives at `location` for good; the method stays.";
            HTTP_400_BAD_REQUEST = 400, "Bad Request", "RFC 9110, Section 15.5.1", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.1", "The request makes no sense to the server, and no code below says it better.";
            HTTP_401_UNAUTHORIZED = 401, "Unauthorized", "RFC 9110, Section 15.5.2", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2", "The client has to authenticate; `www-authenticate` says how.";
            HTTP_402_PAYMENT_REQUIRED = 402, "Payment Required", "RFC 9110, Section 15.5.3", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.3", "Reserved by the RFC; used where an account has run out of credit.";
            HTTP_403_FORBIDDEN = 403, "Forbidden", "RFC 9110, Section 15.5.4", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4", "The client is known and may not do this.";
            HTTP_404_NOT_FOUND = 404, "Not Found", "RFC 9110, Section 15.5.5", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5", "There is no such resource, or its existence is not to be told. The router's answer to an unknown path.";
            HTTP_405_METHOD_NOT_ALLOWED = 405, "Method Not Allowed", "RFC 9110, Section 15.5.6", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6", "The resource is there but not for this method; `allow` lists those it has.";
            HTTP_406_NOT_ACCEPTABLE = 406, "Not Acceptable", "RFC 9110, Section 15.5.7", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.7", "No representation fits what the `accept` headers ask for.";
            HTTP_407_PROXY_AUTHENTICATION_REQUIRED = 407, "Proxy Authentication Required", "RFC 9110, Section 15.5.8", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.8", "The client has to authenticate to the proxy; `proxy-authenticate` says how.";
            HTTP_408_REQUEST_TIMEOUT = 408, "Request Timeout", "RFC 9110, Section 15.5.9", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.9", "The client took too long to send its request.";
            HTTP_409_CONFLICT = 409, "Conflict", "RFC 9110, Section 15.5.10", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.10", "The request contradicts the present state: a duplicate, a concurrent edit.";
            HTTP_410_GONE = 410, "Gone", "RFC 9110, Section 15.5.11", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.11", "The resource was here and has been removed for good.";
            HTTP_411_LENGTH_REQUIRED = 411, "Length Required", "RFC 9110, Section 15.5.12", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.12", "The server wants a `content-length`.";
            HTTP_412_PRECONDITION_FAILED = 412, "Precondition Failed", "RFC 9110, Section 15.5.13", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.13", "A condition such as `if-match` does not hold: somebody else was faster.";
            HTTP_413_CONTENT_TOO_LARGE = 413, "Content Too Large", "RFC 9110, Section 15.5.14", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14", "The body is larger than the server takes.";
            HTTP_414_URI_TOO_LONG = 414, "URI Too Long", "RFC 9110, Section 15.5.15", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.15", "The target is longer than the server reads.";
            HTTP_415_UNSUPPORTED_MEDIA_TYPE = 415, "Unsupported Media Type", "RFC 9110, Section 15.5.16", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16", "The body has a format that this resource does not take.";
            HTTP_416_RANGE_NOT_SATISFIABLE = 416, "Range Not Satisfiable", "RFC 9110, Section 15.5.17", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.17", "The `range` lies outside the resource.";
            HTTP_417_EXPECTATION_FAILED = 417, "Expectation Failed", "RFC 9110, Section 15.5.18", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.18", "The server cannot meet the `expect` header.";
            HTTP_418_IM_A_TEAPOT = 418, "I'm a Teapot", "RFC 2324, Section 2.3.2", "https://www.rfc-editor.org/rfc/rfc2324#section-2.3.2", "The server is a teapot and will not brew coffee.";
            HTTP_421_MISDIRECTED_REQUEST = 421, "Misdirected Request", "RFC 9110, Section 15.5.20", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20", "The request came to a server that does not answer for this host.";
            HTTP_422_UNPROCESSABLE_CONTENT = 422, "Unprocessable Content", "RFC 9110, Section 15.5.21", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21", "The syntax is right and the content is not. FastAPI's answer to a request that fails validation.";
            HTTP_423_LOCKED = 423, "Locked", "RFC 4918, Section 11.3", "https://www.rfc-editor.org/rfc/rfc4918#section-11.3", "The resource is locked by somebody else (WebDAV).";
            HTTP_424_FAILED_DEPENDENCY = 424, "Failed Dependency", "RFC 4918, Section 11.4", "https://www.rfc-editor.org/rfc/rfc4918#section-11.4", "It failed because another operation that it needed has failed (WebDAV).";
            HTTP_425_TOO_EARLY = 425, "Too Early", "RFC 8470, Section 5.2", "https://www.rfc-editor.org/rfc/rfc8470#section-5.2", "The request came as TLS early data and might be a replay.";
            HTTP_426_UPGRADE_REQUIRED = 426, "Upgrade Required", "RFC 9110, Section 15.5.22", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.22", "The client has to switch to the protocol that `upgrade` names.";
            HTTP_428_PRECONDITION_REQUIRED = 428, "Precondition Required", "RFC 6585, Section 3", "https://www.rfc-editor.org/rfc/rfc6585#section-3", "The server wants a condition such as `if-match`, against lost updates.";
            HTTP_429_TOO_MANY_REQUESTS = 429, "Too Many Requests", "RFC 6585, Section 4", "https://www.rfc-editor.org/rfc/rfc6585#section-4", "The client is over its rate limit; `retry-after` says when to come back.";
            HTTP_431_REQUEST_HEADER_FIELDS_TOO_LARGE = 431, "Request Header Fields Too Large", "RFC 6585, Section 5", "https://www.rfc-editor.org/rfc/rfc6585#section-5", "One header, or all together, are larger than the server reads.";
            HTTP_451_UNAVAILABLE_FOR_LEGAL_REASONS = 451, "Unavailable For Legal Reasons", "RFC 7725, Section 3", "https://www.rfc-editor.org/rfc/rfc7725#section-3", "The law forbids to serve it.";
            HTTP_500_INTERNAL_SERVER_ERROR = 500, "Internal Server Error", "RFC 9110, Section 15.6.1", "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.1", "The server met something it did not expect. The answer to an unhandled error.";
            HTTP_501_NOT_IMPLEMENTED = 501, "Not Implemented", "RFC 9110, Section 15.6.2", "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.2", "The server does not have this function, for any resource.";
            HTTP_502_BAD_GATEWAY = 502, "Bad Gateway", "RFC 9110, Section 15.6.3", "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3", "The server behind this one gave an invalid answer.";
            HTTP_503_SERVICE_UNAVAILABLE = 503, "Service Unavailable", "RFC 9110, Section 15.6.4", "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4", "Overload or maintenance; `retry-after` may say for how long.";
            HTTP_504_GATEWAY_TIMEOUT = 504, "Gateway Timeout", "RFC 9110, Section 15.6.5", "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.5", "The server behind this one did not answer in time.";
            HTTP_505_HTTP_VERSION_NOT_SUPPORTED = 505, "HTTP Version Not Supported", "RFC 9110, Section 15.6.6", "https://www.rfc-editor.org/rfc/rfc9110#section-15.6.6", "The server does not speak this version of HTTP.";
            HTTP_506_VARIANT_ALSO_NEGOTIATES = 506, "Variant Also Negotiates", "RFC 2295, Section 8.1", "https://www.rfc-editor.org/rfc/rfc2295#section-8.1", "The server is set up wrongly: the variant that was chosen negotiates itself.";
            HTTP_507_INSUFFICIENT_STORAGE = 507, "Insufficient Storage", "RFC 4918, Section 11.5", "https://www.rfc-editor.org/rfc/rfc4918#section-11.5", "There is no room to store what the request needs (WebDAV).";
            HTTP_508_LOOP_DETECTED = 508, "Loop Detected", "RFC 5842, Section 7.2", "https://www.rfc-editor.org/rfc/rfc5842#section-7.2", "The operation was stopped in an endless loop (WebDAV).";
            HTTP_510_NOT_EXTENDED = 510, "Not Extended", "RFC 2774, Section 7", "https://www.rfc-editor.org/rfc/rfc2774#section-7", "The request lacks an extension that the server wants. Obsolete.";
            HTTP_511_NETWORK_AUTHENTICATION_REQUIRED = 511, "Network Authentication Required", "RFC 6585, Section 6", "https://www.rfc-editor.org/rfc/rfc6585#section-6", "The client has to log in to the network first: the page of a captive portal.";
            #[deprecated(note = "use HTTP_413_CONTENT_TOO_LARGE")] HTTP_413_REQUEST_ENTITY_TOO_LARGE = 413, "Content Too Large", "RFC 9110, Section 15.5.14", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14", "The name that RFC 2616 gave to 413.";
            #[deprecated(note = "use HTTP_414_URI_TOO_LONG")] HTTP_414_REQUEST_URI_TOO_LONG = 414, "URI Too Long", "RFC 9110, Section 15.5.15", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.15", "The name that RFC 2616 gave to 414.";
            #[deprecated(note = "use HTTP_416_RANGE_NOT_SATISFIABLE")] HTTP_416_REQUESTED_RANGE_NOT_SATISFIABLE = 416, "Range Not Satisfiable", "RFC 9110, Section 15.5.17", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.17", "The name that RFC 2616 gave to 416.";
            #[deprecated(note = "use HTTP_422_UNPROCESSABLE_CONTENT")] HTTP_422_UNPROCESSABLE_ENTITY = 422, "Unprocessable Content", "RFC 9110, Section 15.5.21", "https://www.rfc-editor.org/rfc/rfc9110#section-15.5.21", "The name that RFC 4918 gave to 422.";
        }
    };
}

/// Hands every row of the WebSocket table to a macro of yours.
///
/// The rows have the form of [`for_each_http_status!`]'s, so that one macro takes both.
///
/// ```
/// macro_rules! codes {
///     ($($(#[$deprecated:meta])? $name:ident = $code:literal, $phrase:literal, $specification:literal, $url:literal, $meaning:literal;)*) => {
///         [$($code),*]
///     };
/// }
///
/// let codes: &[u16] = &fastapi_status::for_each_close_code!(codes);
///
/// assert!(codes.contains(&1008));
/// ```
#[macro_export]
macro_rules! for_each_close_code {
    ($($callback:ident)::+ $({ $($before:tt)* })?) => {
        $($callback)::+! {
            $({ $($before)* })?
            WS_1000_NORMAL_CLOSURE = 1000, "Normal Closure", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "The conversation is over and did what it was for.";
            WS_1001_GOING_AWAY = 1001, "Going Away", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "The server shuts down, or the browser leaves the page.";
            WS_1002_PROTOCOL_ERROR = 1002, "Protocol Error", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "The peer broke the WebSocket protocol.";
            WS_1003_UNSUPPORTED_DATA = 1003, "Unsupported Data", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "The peer sent a kind of data that this endpoint does not take, such as binary to one that reads text.";
            WS_1005_NO_STATUS_RCVD = 1005, "No Status Received", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "What an endpoint reports when the close frame held no code. Never sent.";
            WS_1006_ABNORMAL_CLOSURE = 1006, "Abnormal Closure", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "What an endpoint reports when the connection broke without a close frame. Never sent.";
            WS_1007_INVALID_FRAME_PAYLOAD_DATA = 1007, "Invalid Frame Payload Data", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "A message does not fit its type, such as text that is not UTF-8.";
            WS_1008_POLICY_VIOLATION = 1008, "Policy Violation", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "A message goes against the endpoint's rules, and no other code says it better. FastAPI's code for a request that fails validation.";
            WS_1009_MESSAGE_TOO_BIG = 1009, "Message Too Big", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "A message is larger than the endpoint takes.";
            WS_1010_MANDATORY_EXT = 1010, "Mandatory Extension", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "The client wanted an extension that the server did not offer.";
            WS_1011_INTERNAL_ERROR = 1011, "Internal Error", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "The server met something it did not expect.";
            WS_1012_SERVICE_RESTART = 1012, "Service Restart", "IANA WebSocket Close Code Number Registry", "https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number", "The server restarts; the client may come back after a random pause of some seconds.";
            WS_1013_TRY_AGAIN_LATER = 1013, "Try Again Later", "IANA WebSocket Close Code Number Registry", "https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number", "The server is overloaded; the client should try another address, or wait.";
            WS_1014_BAD_GATEWAY = 1014, "Bad Gateway", "IANA WebSocket Close Code Number Registry", "https://www.iana.org/assignments/websocket/websocket.xhtml#close-code-number", "The server behind this one gave an invalid answer.";
            WS_1015_TLS_HANDSHAKE = 1015, "TLS Handshake", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "What an endpoint reports when the TLS handshake failed. Never sent.";
            #[deprecated(note = "use WS_1005_NO_STATUS_RCVD")] WS_1004_NO_STATUS_RCVD = 1004, "Reserved", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "Starlette's misnomer, until 0.45, for 1005. The code 1004 is reserved and never sent.";
            #[deprecated(note = "use WS_1006_ABNORMAL_CLOSURE")] WS_1005_ABNORMAL_CLOSURE = 1005, "No Status Received", "RFC 6455, Section 7.4.1", "https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1", "Starlette's misnomer, until 0.45, for 1006. The code 1005 is never sent.";
        }
    };
}

/// Makes a constant of every row that [`for_each_http_status!`] or [`for_each_close_code!`] hands out: with the
/// documentation and the deprecation of the row, of the type named first, by the `const fn` of the code named second.
///
/// ```
/// pub mod status {
///     /// The status type of some framework.
///     #[derive(Debug, PartialEq, Eq)]
///     pub struct Status(u16);
///
///     fastapi_status::for_each_http_status!(fastapi_status::constants { Status, Status });
/// }
///
/// # #[expect(deprecated, reason = "that both are the same is what is shown")] {
/// assert_eq!(status::HTTP_422_UNPROCESSABLE_CONTENT, status::HTTP_422_UNPROCESSABLE_ENTITY);
/// # }
/// ```
#[macro_export]
macro_rules! constants {
    (
        { $type:ty, $constructor:path }
        $($(#[$deprecated:meta])? $name:ident = $code:literal, $phrase:literal, $specification:literal, $url:literal, $meaning:literal;)*
    ) => {
        $(
            #[doc = concat!("`", $code, " ", $phrase, "`: ", $meaning, "\n\n[", $specification, "](", $url, ")")]
            $(#[$deprecated])?
            pub const $name: $type = $constructor($code);
        )*
    };
}
