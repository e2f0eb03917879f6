//! The message of a panic, for the log.

use alloc::string::String;
use core::any::Any;

/// The message of a panic that was caught, for an adapter to log before it answers with
/// [`HttpException::unhandled`](crate::HttpException::unhandled).
///
/// ```
/// let payload = std::panic::catch_unwind(|| panic!("no {}", "book")).unwrap_err();
///
/// assert_eq!(fastapi_status::panic_message(&*payload), "no book");
/// ```
#[must_use]
pub fn panic_message(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&str>(), payload.downcast_ref::<String>()) {
        (Some(message), _) => message,
        (_, Some(message)) => message,
        _ => "a panic without a message",
    }
}
