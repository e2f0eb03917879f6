//! Every name of `fastapi.status`: HTTP names as [`http::StatusCode`], WebSocket names as [`CloseCode`].
//!
//! ```
//! use fastapi_status_http::status;
//!
//! let retry = match http::StatusCode::TOO_MANY_REQUESTS {
//!     status::HTTP_429_TOO_MANY_REQUESTS | status::HTTP_503_SERVICE_UNAVAILABLE => true,
//!     _ => false,
//! };
//!
//! assert!(retry);
//! ```

use fastapi_status::CloseCode;
use http::StatusCode;

const fn http(code: u16) -> StatusCode {
    match StatusCode::from_u16(code) {
        Ok(status) => status,
        Err(_) => panic!("an HTTP status is 100 to 999"),
    }
}

fastapi_status::for_each_http_status!(fastapi_status::constants { StatusCode, http });

const fn close(code: u16) -> CloseCode {
    match CloseCode::from_u16(code) {
        Ok(code) => code,
        Err(_) => panic!("a WebSocket close code is 1000 to 4999"),
    }
}

fastapi_status::for_each_close_code!(fastapi_status::constants { CloseCode, close });
