//! FastAPI's `HTTPException` and `WebSocketException`, and the answers that they become.

mod answer;
mod detail;
mod header;
mod http;
pub mod json;
mod origin;
mod panic;
mod redirect;
#[cfg(feature = "json_detail")]
mod value;
mod websocket;
mod wrapper;

pub use answer::Answer;
pub use detail::Detail;
pub use header::{Header, InvalidHeader};
pub use http::HttpException;
pub use panic::panic_message;
pub use redirect::{percent_decode, toggle_slash};
pub use websocket::{InvalidWebSocketException, WebSocketException};
