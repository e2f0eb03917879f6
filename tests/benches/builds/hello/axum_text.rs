
/// Whose detail has nothing to be escaped.
fn refusal(status: StatusCode, detail: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], format!("{{\"detail\":\"{detail}\"}}")).into_response()
}
