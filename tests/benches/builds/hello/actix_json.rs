
/// Whose detail may be any JSON, and keeps its order.
fn refusal(status: StatusCode, detail: impl Into<serde_json::Value>) -> HttpResponse {
    HttpResponse::build(status).json(serde_json::json!({"detail": detail.into()}))
}
