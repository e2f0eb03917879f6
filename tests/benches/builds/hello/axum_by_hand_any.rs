//! The same answers by hand for any router, without reason phrases. `refusal` follows in a file of its own.

use axum::{
    Router,
    extract::{OriginalUri, Request},
    http::{StatusCode, Uri, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower_http::catch_panic::CatchPanicLayer;
use tower_service::Service;

async fn hello() -> Result<&'static str, Response> {
    Err(refusal(StatusCode::NOT_FOUND, "nobody"))
}

fn other_form(path: &str) -> String {
    if path.ends_with('/') { path.trim_end_matches('/').to_owned() } else { format!("{path}/") }
}

async fn redirect(OriginalUri(uri): OriginalUri, request: Request, _: Next) -> Redirect {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::temporary(&format!("http://{host}{}{query}", other_form(uri.path())))
}

fn with_answers(router: Router) -> Router {
    let wrong_method = async || refusal(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed");
    let not_found = async || refusal(StatusCode::NOT_FOUND, "Not Found");
    let panicked = CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
        (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response()
    });
    // Of the same paths, each of which redirects.
    let mut redirects = router.clone().layer(from_fn(redirect)).fallback(not_found);
    let unknown_path = async move |mut request: Request| {
        if let Ok(uri) = Uri::try_from(other_form(request.uri().path())) {
            *request.uri_mut() = uri;
        }
        redirects.call(request).await
    };
    router.layer(panicked).method_not_allowed_fallback(wrong_method).fallback(unknown_path)
}

fn main() -> std::io::Result<()> {
    let app = with_answers(Router::new().route("/", get(hello)));
    tokio::runtime::Runtime::new()?
        .block_on(async { axum::serve(tokio::net::TcpListener::bind("127.0.0.1:0").await?, app).await })
}
