//! The routes, in the order of the Python original, and how a request finds its own.

use example_bookshop::Shop;
use fastapi_status::toggle_slash;
use fastapi_status_hyper::{HttpException, Result, WebSocketException, status};
use hyper::body::Incoming;
use hyper::header::{HOST, UPGRADE};
use hyper::{Method, Request};
use percent_encoding::percent_decode_str;

use crate::answer::{Response, not_found};
use crate::call::Call;
use crate::{books, counter, feed, orders};

type Handler = fn(&Shop, &Call) -> Result<Response>;

static ROUTES: &[(Method, &str, Handler)] = &[
    (Method::GET, "/books", books::list_books),
    (Method::POST, "/books", books::add_book),
    (Method::GET, "/books/bestseller", books::bestseller),
    (Method::GET, "/books/{book_id}", books::read_book),
    (Method::PUT, "/books/{book_id}", books::replace_book),
    (Method::DELETE, "/books/{book_id}", books::remove_book),
    (Method::GET, "/books/{book_id}/sample", books::read_sample),
    (Method::PUT, "/books/{book_id}/cover", books::upload_cover),
    (Method::GET, "/books/{book_id}/cover", books::read_cover),
    (Method::POST, "/books/{book_id}/restock", books::restock),
    (Method::POST, "/books/{book_id}/reviews", books::post_review),
    (Method::GET, "/orders/", orders::list_orders),
    (Method::POST, "/orders/", orders::place_order),
    (Method::GET, "/orders/{order_id}", orders::read_order),
    (Method::POST, "/orders/{order_id}/cancel", orders::cancel_order),
    (Method::GET, "/", counter::welcome),
    (Method::GET, "/jobs/{job_id}", counter::read_job),
    (Method::GET, "/titles/{title}", counter::find_title),
    (Method::GET, "/search", counter::search),
    (Method::PUT, "/prices", counter::change_prices),
    (Method::POST, "/gift-cards", counter::buy_gift_card),
    (Method::POST, "/login", counter::log_in),
    (Method::GET, "/account", counter::read_account),
    (Method::POST, "/account/logout", counter::log_out),
    (Method::GET, "/catalogue", counter::old_catalogue),
    (Method::POST, "/buy", counter::old_order_form),
    (Method::GET, "/reports/{kind}", counter::report),
    (Method::POST, "/coffee", counter::brew),
];

/// Answers a request as the route that fits it does, or as FastAPI's router does where none fits.
pub(crate) async fn route(shop: Shop, request: Request<Incoming>) -> Result<Response> {
    let path = decode(request.uri().path());
    if request.headers().get(UPGRADE).is_some_and(|to| to.as_bytes().eq_ignore_ascii_case(b"websocket")) {
        return match segments(&path)[..] {
            ["feed"] => feed::feed(&shop, request),
            ["feed", book_id] => feed::feed_of_one(&shop, book_id, request),
            // What FastAPI closes before it is open, uvicorn refuses.
            _ => Err(WebSocketException::new(status::WS_1000_NORMAL_CLOSURE, "").into()),
        };
    }
    let fitting = || ROUTES.iter().filter_map(|route| Some((route, params(route.1, &path)?)));
    let method = match request.method() {
        // hyper leaves out the body.
        &Method::HEAD => Method::GET,
        method => method.clone(),
    };
    if let Some(((_, _, handler), params)) = fitting().find(|((known, ..), _)| *known == method) {
        let call = Call::read(params, request).await?;
        return handler(&shop, &call);
    }
    let methods: Vec<_> = fitting().map(|((known, ..), _)| known.as_str()).collect();
    if methods.is_empty() {
        return Err(redirect_slashes(&request).unwrap_or_else(not_found));
    }
    let head = if methods.contains(&"GET") { ",HEAD" } else { "" };
    let allow = format!("{}{head}", methods.join(","));
    Err(HttpException::from_status(status::HTTP_405_METHOD_NOT_ALLOWED).with_header("allow", allow))
}

/// A redirect to the path with or without a trailing slash, where that one is known.
fn redirect_slashes(request: &Request<Incoming>) -> Option<HttpException> {
    let other = toggle_slash(request.uri().path())?;
    let path = decode(&other);
    ROUTES.iter().find(|(_, known, _)| params(known, &path).is_some())?;
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let origin = format!("http://{host}");
    Some(fastapi_status::HttpException::redirect_slashes(&origin, &other, request.uri().query()).into())
}

fn decode(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

fn segments(path: &str) -> Vec<&str> {
    path.trim_start_matches('/').split('/').collect()
}

/// The path's parameters, if it fits the route's.
fn params(route: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let (route, path) = (segments(route), segments(path));
    if route.len() != path.len() {
        return None;
    }
    let mut params = Vec::new();
    for (known, given) in route.into_iter().zip(path) {
        match known.strip_prefix('{').and_then(|known| known.strip_suffix('}')) {
            Some(name) if !given.is_empty() => params.push((name, given.to_owned())),
            None if known == given => {}
            _ => return None,
        }
    }
    Some(params)
}
