//! tungstenite's close codes and frames.

use fastapi_status::{CloseCode, InvalidCloseCode, InvalidWebSocketException, WebSocketException};
use tungstenite::protocol::CloseFrame;
use tungstenite::protocol::frame::coding::CloseCode as TungsteniteCode;

/// From core's types to tungstenite's.
///
/// ```
/// use fastapi_status_hyper::{ToTungstenite, WebSocketException, status};
/// use tungstenite::protocol::frame::coding::CloseCode;
///
/// assert_eq!(status::WS_1008_POLICY_VIOLATION.to_tungstenite(), CloseCode::Policy);
///
/// let frame = WebSocketException::new(status::WS_1008_POLICY_VIOLATION, "no token").to_tungstenite()?;
/// assert_eq!(frame.reason, "no token");
/// # Ok::<(), fastapi_status::InvalidWebSocketException>(())
/// ```
pub trait ToTungstenite {
    /// tungstenite's type.
    type Output;

    /// The same in tungstenite's type. For an exception, an error when it cannot be sent
    /// (see [`WebSocketException::close_frame`]).
    fn to_tungstenite(&self) -> Self::Output;
}

impl ToTungstenite for CloseCode {
    type Output = TungsteniteCode;

    fn to_tungstenite(&self) -> TungsteniteCode {
        TungsteniteCode::from(self.as_u16())
    }
}

impl ToTungstenite for WebSocketException {
    type Output = Result<CloseFrame, InvalidWebSocketException>;

    fn to_tungstenite(&self) -> Self::Output {
        let (code, reason) = self.close_frame()?;
        Ok(CloseFrame { code: code.to_tungstenite(), reason: reason.into() })
    }
}

/// From tungstenite's close code to core's.
///
/// ```
/// use fastapi_status_hyper::{FromTungstenite, status};
/// use tungstenite::protocol::frame::coding::CloseCode;
///
/// assert_eq!(CloseCode::Away.to_fastapi()?, status::WS_1001_GOING_AWAY);
/// # Ok::<(), fastapi_status::InvalidCloseCode>(())
/// ```
pub trait FromTungstenite {
    /// The same code as core's [`CloseCode`].
    ///
    /// # Errors
    ///
    /// When the code is not 1000 to 4999: tungstenite holds any number.
    fn to_fastapi(self) -> Result<CloseCode, InvalidCloseCode>;
}

impl FromTungstenite for TungsteniteCode {
    fn to_fastapi(self) -> Result<CloseCode, InvalidCloseCode> {
        CloseCode::from_u16(self.into())
    }
}
