
/// Whose detail may be any JSON, and keeps its order.
fn refusal(status: StatusCode, detail: impl Into<serde_json::Value>) -> Response {
    (status, axum::Json(serde_json::json!({"detail": detail.into()}))).into_response()
}
