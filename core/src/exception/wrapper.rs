//! The `HttpException` of an adapter: core's, in a type that is local to the adapter, so that it can implement the traits
//! of the framework and take any error that becomes core's.

/// Makes an adapter's `HttpException`: core's [`HttpException`](crate::HttpException) with constructors that take the
/// framework's own status type, and a `From` for every error that converts into core's.
///
/// The orphan rule asks for it: an adapter can implement its framework's traits for a type of its own only. The macro
/// takes the status type and a function from it to core's; what answers with the exception is left to the adapter:
/// `into_inner` hands out core's, and [`answer`](crate::HttpException::answer) says what to send.
///
/// A third argument, the adapter's name as in `"fastapi_status_axum"`, adds examples to the documentation: they use its
/// `HttpException` and its `status`.
///
/// ```
/// use std::net::Ipv4Addr;
///
/// /// Stands for a framework's status.
/// #[derive(Clone, Copy)]
/// pub struct Status(u16);
///
/// fn to_fastapi(status: Status) -> fastapi_status::StatusCode {
///     fastapi_status::StatusCode::from_u16(status.0).expect("a status of the framework's is 100 to 999")
/// }
///
/// fastapi_status::http_exception!(Status, to_fastapi);
///
/// fn handler() -> Result<&'static str, HttpException> {
///     Err(fastapi_status::HttpException::from_status(fastapi_status::status::HTTP_404_NOT_FOUND))?
/// }
///
/// assert_eq!(handler().unwrap_err().into_inner(), HttpException::new(Status(404), "Not Found").into_inner());
/// ```
#[macro_export]
macro_rules! http_exception {
    ($status:ty, $to_fastapi:path $(, $example:literal)?) => {
        /// FastAPI's `HTTPException`: the error type of a handler.
        ///
        /// It wraps [`fastapi_status::HttpException`] and comes, by `?`, of that and of every error that converts into it,
        /// so that one domain serves every framework.
        $(#[doc = concat!(
            "\n```\nuse ", $example, "::{HttpException, status};\n\n",
            "let error = HttpException::new(status::HTTP_404_NOT_FOUND, \"Item not found\");\n",
            "\n",
            "assert_eq!(error.to_string(), \"404: Item not found\");\n",
            "```",
        )])?
        #[doc(alias = "HTTPException")]
        #[derive(Clone, Debug, PartialEq)]
        #[must_use = "an exception does nothing until it is returned"]
        pub struct HttpException($crate::HttpException);

        impl HttpException {
            /// An exception with a detail: text, or any JSON. See [`fastapi_status::HttpException::new`].
            $(#[doc = concat!(
                "\n```\nuse ", $example, "::{HttpException, status};\n\n",
                "let error = HttpException::new(status::HTTP_409_CONFLICT, \"Sold out\");\n",
                "\n",
                "assert_eq!(error.answer().body(), br#\"{\"detail\":\"Sold out\"}\"#);\n",
                "```",
            )])?
            pub fn new(status: $status, detail: impl Into<$crate::Detail>) -> Self {
                Self($crate::HttpException::new($to_fastapi(status), detail))
            }

            /// An exception whose detail is the phrase of the status. See
            /// [`fastapi_status::HttpException::from_status`].
            $(#[doc = concat!(
                "\n```\nuse ", $example, "::{HttpException, status};\n\n",
                "let error = HttpException::from_status(status::HTTP_410_GONE);\n",
                "\n",
                "assert_eq!(error.answer().body(), br#\"{\"detail\":\"Gone\"}\"#);\n",
                "```",
            )])?
            pub fn from_status(status: $status) -> Self {
                Self($crate::HttpException::from_status($to_fastapi(status)))
            }

            /// Adds a header. See [`fastapi_status::HttpException::with_header`] for what becomes of one that HTTP
            /// forbids.
            $(#[doc = concat!(
                "\n```\nuse ", $example, "::{HttpException, status};\n\n",
                "let error = HttpException::new(status::HTTP_401_UNAUTHORIZED, \"Not authenticated\")\n",
                "    .with_header(\"www-authenticate\", \"Bearer\");\n",
                "\n",
                "assert_eq!(error.headers()[0].value(), b\"Bearer\");\n",
                "```",
            )])?
            pub fn with_header(
                self,
                name: impl Into<::std::borrow::Cow<'static, str>>,
                value: impl Into<::std::borrow::Cow<'static, str>>,
            ) -> Self {
                Self(self.0.with_header(name, value))
            }

            /// The framework-free exception.
            $(#[doc = concat!(
                "\n```\nuse ", $example, "::{HttpException, status};\n\n",
                "let error = HttpException::from_status(status::HTTP_410_GONE).into_inner();\n",
                "\n",
                "assert_eq!(error.status(), 410);\n",
                "```",
            )])?
            pub fn into_inner(self) -> $crate::HttpException {
                self.0
            }
        }

        impl<E: Into<$crate::HttpException>> From<E> for HttpException {
            fn from(error: E) -> Self {
                Self(error.into())
            }
        }

        impl ::std::ops::Deref for HttpException {
            type Target = $crate::HttpException;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        /// As Python's `str(exception)`: `404: Item not found`.
        impl ::std::fmt::Display for HttpException {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ::std::error::Error for HttpException {}
    };
}
