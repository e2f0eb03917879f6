
/// Whose detail has nothing to be escaped.
fn refusal(status: StatusCode, detail: &str) -> HttpResponse {
    HttpResponse::build(status).content_type("application/json").body(format!("{{\"detail\":\"{detail}\"}}"))
}
