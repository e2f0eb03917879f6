//! On actix-web.

use std::io;
use std::net::TcpListener;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, ETAG, HeaderName};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpServer, rt};
use example_bookshop::{NewBook, Shop};
use fastapi_status_actix::FastapiDefaults;

use super::title;

pub(super) fn serve_ours(listener: TcpListener) -> io::Result<()> {
    rt::System::new().block_on(async move {
        let shop = Data::new(Shop::new());
        let app = move || {
            App::new()
                .app_data(shop.clone())
                .service(web::resource("/books/{book_id}").get(ours::read_book))
                .service(web::resource("/books").post(ours::add_book))
                .wrap(FastapiDefaults::default())
        };
        HttpServer::new(app).workers(1).listen(listener)?.run().await
    })
}

pub(super) fn serve_bare(listener: TcpListener) -> io::Result<()> {
    rt::System::new().block_on(async move {
        let shop = Data::new(Shop::new());
        let app = move || {
            App::new()
                .app_data(shop.clone())
                .service(web::resource("/books/{book_id}").get(bare::read_book))
                .service(web::resource("/books").post(bare::add_book))
        };
        HttpServer::new(app).workers(1).listen(listener)?.run().await
    })
}

pub(super) fn serve_by_hand(listener: TcpListener) -> io::Result<()> {
    rt::System::new().block_on(async move {
        let shop = Data::new(Shop::new());
        let app = move || {
            App::new()
                .app_data(shop.clone())
                .service(
                    web::resource("/books/{book_id}")
                        .get(by_hand::read_book)
                        .default_service(web::to(async || by_hand::wrong_method("GET"))),
                )
                .service(
                    web::resource("/books")
                        .post(by_hand::add_book)
                        .default_service(web::to(async || by_hand::wrong_method("POST"))),
                )
                .service(web::resource("/books/{book_id}/").to(by_hand::redirect))
                .service(web::resource("/books/").to(by_hand::redirect))
                .default_service(web::to(by_hand::not_found))
                .wrap(from_fn(by_hand::catch_panic))
        };
        HttpServer::new(app).workers(1).listen(listener)?.run().await
    })
}

fn header(request: &HttpRequest, name: HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

mod ours {
    use actix_web::Responder;
    use fastapi_status_actix::{Json, Path, Result, status};

    use super::{AUTHORIZATION, Data, ETAG, HttpRequest, NewBook, Shop, header, title};

    pub(super) async fn read_book(shop: Data<Shop>, Path(book_id): Path<i64>) -> Result<impl Responder> {
        let book = shop.find_book(book_id)?;
        let etag = book.etag();
        Ok(Json(book).customize().insert_header((ETAG, etag)))
    }

    pub(super) async fn add_book(
        shop: Data<Shop>,
        request: HttpRequest,
        Json(new): Json<NewBook>,
    ) -> Result<impl Responder> {
        shop.staff_member(header(&request, AUTHORIZATION))?;
        Ok((title(&new), status::HTTP_201_CREATED))
    }
}

mod bare {
    use actix_web::error::{ErrorForbidden, ErrorGone, InternalError};
    use actix_web::web::{Json, Path};
    use actix_web::{Error, HttpResponse, Responder};
    use example_bookshop::NotForSale;
    use serde_json::json;

    use super::{AUTHORIZATION, Data, ETAG, HttpRequest, NewBook, Shop, StatusCode, header, title};

    pub(super) async fn read_book(shop: Data<Shop>, book_id: Path<i64>) -> Result<impl Responder, Error> {
        show(&shop, *book_id)
    }

    pub(super) async fn add_book(
        shop: Data<Shop>,
        request: HttpRequest,
        Json(new): Json<NewBook>,
    ) -> Result<impl Responder, Error> {
        add(&shop, &request, &new)
    }

    pub(super) fn show(shop: &Shop, book_id: i64) -> Result<impl Responder + use<>, Error> {
        let book = shop.find_book(book_id).map_err(|reason| match reason {
            NotForSale::Unknown { book_id } => {
                let body = json!({"detail": {"error": "no such book", "book_id": book_id}});
                let response = HttpResponse::build(StatusCode::NOT_FOUND).json(body);
                InternalError::from_response("no such book", response).into()
            }
            _ => ErrorGone("Gone"),
        })?;
        let etag = book.etag();
        Ok(Json(book).customize().insert_header((ETAG, etag)))
    }

    pub(super) fn add(shop: &Shop, request: &HttpRequest, new: &NewBook) -> Result<impl Responder + use<>, Error> {
        shop.staff_member(header(request, AUTHORIZATION)).map_err(|_| ErrorForbidden("Staff only"))?;
        Ok((title(new), StatusCode::CREATED))
    }
}

mod by_hand {
    use std::panic::AssertUnwindSafe;

    use actix_web::body::MessageBody;
    use actix_web::dev::{ServiceRequest, ServiceResponse};
    use actix_web::error::{ErrorInternalServerError, InternalError};
    use actix_web::http::header::{ALLOW, CONTENT_TYPE, HOST};
    use actix_web::middleware::Next;
    use actix_web::web::{Bytes, Path, Redirect};
    use actix_web::{Error, HttpResponse, Responder};
    use futures_util::FutureExt;
    use serde::Serialize;

    use super::super::by_hand::{NOT_FOUND, Refusal, book_id, location, new_book};
    use super::{Data, HttpRequest, Shop, StatusCode, bare, header};

    pub(super) async fn not_found() -> impl Responder {
        HttpResponse::build(StatusCode::NOT_FOUND).content_type("application/json").body(NOT_FOUND)
    }

    pub(super) fn wrong_method(allowed: &'static str) -> impl Responder {
        let mut response = HttpResponse::build(StatusCode::METHOD_NOT_ALLOWED);
        response.insert_header((ALLOW, allowed)).json(Refusal { detail: "Method Not Allowed" })
    }

    pub(super) async fn redirect(request: HttpRequest) -> impl Responder {
        let query = request.uri().query();
        Redirect::to(location(header(&request, HOST), request.path(), query)).temporary()
    }

    pub(super) async fn catch_panic(
        request: ServiceRequest,
        next: Next<impl MessageBody>,
    ) -> Result<ServiceResponse<impl MessageBody>, Error> {
        let response = AssertUnwindSafe(next.call(request)).catch_unwind().await;
        response.map_err(|_| ErrorInternalServerError("Internal Server Error"))?
    }

    fn unprocessable(refusal: impl Serialize) -> Error {
        let response = HttpResponse::build(StatusCode::UNPROCESSABLE_ENTITY).json(refusal);
        InternalError::from_response("unprocessable", response).into()
    }

    pub(super) async fn read_book(shop: Data<Shop>, id: Path<String>) -> Result<impl Responder, Error> {
        bare::show(&shop, book_id(&id).map_err(unprocessable)?)
    }

    pub(super) async fn add_book(shop: Data<Shop>, request: HttpRequest, body: Bytes) -> Result<impl Responder, Error> {
        bare::add(&shop, &request, &new_book(header(&request, CONTENT_TYPE), &body).map_err(unprocessable)?)
    }
}
