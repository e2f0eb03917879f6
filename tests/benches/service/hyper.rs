//! On hyper, which has no router: a `match` on method and path.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;

use bytes::Bytes;
use example_bookshop::{NewBook, Shop};
use fastapi_status_hyper::FastapiDefaults;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::{HttpService, service_fn};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use serde::Serialize;

use super::title;

type Answer = Response<Full<Bytes>>;

pub(super) fn serve_ours(listener: TcpListener) -> io::Result<()> {
    let shop = Shop::new();
    serve(listener, move || {
        let shop = shop.clone();
        FastapiDefaults::new(service_fn(move |request| ours::handle(shop.clone(), request)))
    })
}

pub(super) fn serve_bare(listener: TcpListener) -> io::Result<()> {
    let shop = Shop::new();
    serve(listener, move || {
        let shop = shop.clone();
        service_fn(move |request| {
            let shop = shop.clone();
            async move { Ok::<_, Infallible>(bare::handle(shop, request).await) }
        })
    })
}

pub(super) fn serve_by_hand(listener: TcpListener) -> io::Result<()> {
    let shop = Shop::new();
    serve(listener, move || {
        let shop = shop.clone();
        service_fn(move |request| {
            let shop = shop.clone();
            async move { Ok::<_, Infallible>(by_hand::answer(shop, request).await) }
        })
    })
}

fn serve<S>(listener: TcpListener, service: impl Fn() -> S) -> io::Result<()>
where
    S: HttpService<Incoming, Error = Infallible, Future: 'static> + 'static,
    S::ResBody: Body<Data: Send, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + 'static,
{
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let (socket, _) = listener.accept().await?;
            let connection = http1::Builder::new().serve_connection(TokioIo::new(socket), service());
            tokio::task::spawn_local(async move {
                // A client that goes away is no matter.
                let _ = connection.await;
            });
        }
    })
}

fn authorization(headers: &HeaderMap) -> Option<&str> {
    headers.get(AUTHORIZATION)?.to_str().ok()
}

fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let mut response = Response::new(Full::from(serde_json::to_vec(body).expect("it is JSON")));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn with_etag(mut response: Answer, etag: String) -> Answer {
    if let Ok(etag) = HeaderValue::try_from(etag) {
        response.headers_mut().insert(ETAG, etag);
    }
    response
}

fn text(status: StatusCode, text: String) -> Answer {
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    response
}

mod ours {
    use fastapi_status_hyper::{HttpException, Result, status};
    use fastapi_status_serde::from_path;

    use super::{AUTHORIZATION, Answer, Incoming, Method, NewBook, Request, Shop, json, text, title, with_etag};

    pub(super) async fn handle(shop: Shop, request: Request<Incoming>) -> Result<Answer> {
        match (request.method(), request.uri().path()) {
            (&Method::POST, "/books") => add_book(&shop, request).await,
            (&Method::GET, path) => match path.strip_prefix("/books/") {
                Some(book_id) if !book_id.contains('/') => {
                    let book = shop.find_book(from_path([("book_id", book_id)])?)?;
                    Ok(with_etag(json(status::HTTP_200_OK, &book), book.etag()))
                }
                _ => Err(HttpException::from_status(status::HTTP_404_NOT_FOUND)),
            },
            _ => Err(HttpException::from_status(status::HTTP_404_NOT_FOUND)),
        }
    }

    async fn add_book(shop: &Shop, request: Request<Incoming>) -> Result<Answer> {
        let authorization = request.headers().get(AUTHORIZATION).cloned();
        let new: NewBook = fastapi_status_hyper::json(request, 1 << 20).await?;
        shop.staff_member(authorization.as_ref().and_then(|value| value.to_str().ok()))?;
        Ok(text(status::HTTP_201_CREATED, title(&new)))
    }
}

mod bare {
    use example_bookshop::NotForSale;

    use super::{
        Answer, BodyExt, HeaderMap, Incoming, Method, NewBook, Request, Shop, StatusCode, authorization, json, text,
        title, with_etag,
    };

    pub(super) async fn handle(shop: Shop, request: Request<Incoming>) -> Answer {
        match (request.method(), request.uri().path()) {
            (&Method::POST, "/books") => add_book(&shop, request).await,
            (&Method::GET, path) => match path.strip_prefix("/books/") {
                Some(book_id) if !book_id.contains('/') => match book_id.parse() {
                    Ok(book_id) => show(&shop, book_id),
                    Err(error) => text(StatusCode::UNPROCESSABLE_ENTITY, format!("book_id: {error}")),
                },
                _ => text(StatusCode::NOT_FOUND, String::new()),
            },
            _ => text(StatusCode::NOT_FOUND, String::new()),
        }
    }

    async fn add_book(shop: &Shop, request: Request<Incoming>) -> Answer {
        let (parts, body) = request.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) => return text(StatusCode::BAD_REQUEST, error.to_string()),
        };
        match serde_json::from_slice(&body) {
            Ok(new) => add(shop, &parts.headers, &new),
            Err(error) => text(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
        }
    }

    pub(super) fn show(shop: &Shop, book_id: i64) -> Answer {
        match shop.find_book(book_id) {
            Ok(book) => with_etag(json(StatusCode::OK, &book), book.etag()),
            Err(NotForSale::Unknown { book_id }) => {
                let body = serde_json::json!({"detail": {"error": "no such book", "book_id": book_id}});
                json(StatusCode::NOT_FOUND, &body)
            }
            Err(_) => text(StatusCode::GONE, String::new()),
        }
    }

    pub(super) fn add(shop: &Shop, headers: &HeaderMap, new: &NewBook) -> Answer {
        match shop.staff_member(authorization(headers)) {
            Ok(_) => text(StatusCode::CREATED, title(new)),
            Err(_) => text(StatusCode::FORBIDDEN, String::new()),
        }
    }
}

mod by_hand {
    use std::panic::AssertUnwindSafe;

    use futures_util::FutureExt;

    use super::super::by_hand::{NOT_FOUND, book_id, new_book};
    use super::{
        Answer, BodyExt, CONTENT_TYPE, Full, HeaderValue, Incoming, Method, Request, Response, Shop, StatusCode, bare,
        json, text,
    };

    pub(super) async fn answer(shop: Shop, request: Request<Incoming>) -> Answer {
        let answer = AssertUnwindSafe(handle(shop, request)).catch_unwind().await;
        answer.unwrap_or_else(|_| {
            let mut answer = text(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error".to_owned());
            let content_type = HeaderValue::from_static("text/plain; charset=utf-8");
            answer.headers_mut().insert(CONTENT_TYPE, content_type);
            answer
        })
    }

    async fn handle(shop: Shop, request: Request<Incoming>) -> Answer {
        match (request.method(), request.uri().path()) {
            (&Method::POST, "/books") => add_book(&shop, request).await,
            (&Method::GET, path) => match path.strip_prefix("/books/") {
                Some(id) if !id.contains('/') => match book_id(id) {
                    Ok(book_id) => bare::show(&shop, book_id),
                    Err(refusal) => json(StatusCode::UNPROCESSABLE_ENTITY, &refusal),
                },
                _ => not_found(),
            },
            _ => not_found(),
        }
    }

    fn not_found() -> Answer {
        let mut answer = Response::new(Full::from(NOT_FOUND));
        *answer.status_mut() = StatusCode::NOT_FOUND;
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        answer
    }

    async fn add_book(shop: &Shop, request: Request<Incoming>) -> Answer {
        let (parts, body) = request.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(error) => return text(StatusCode::BAD_REQUEST, error.to_string()),
        };
        let content_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        match new_book(content_type, &body) {
            Ok(new) => bare::add(shop, &parts.headers, &new),
            Err(refusal) => json(StatusCode::UNPROCESSABLE_ENTITY, &refusal),
        }
    }
}
