//! On actix-web.

use std::io;
use std::net::TcpListener;

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, ETAG};
use actix_web::web::{self, Data, JsonConfig, PathConfig};
use actix_web::{App, HttpRequest, HttpServer, rt};
use example_bookshop::{NewBook, Shop};
use fastapi_status_actix::FastapiDefaults;

use super::{BAD_BODY, BAD_PATH, UNKNOWN, title};

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

pub(super) fn serve_bare<const SAME: bool>(listener: TcpListener) -> io::Result<()> {
    rt::System::new().block_on(async move {
        let shop = Data::new(Shop::new());
        let app = move || {
            let app = App::new()
                .app_data(shop.clone())
                .service(web::resource("/books/{book_id}").get(bare::read_book))
                .service(web::resource("/books").post(bare::add_book));
            if !SAME {
                return app;
            }
            app.app_data(PathConfig::default().error_handler(|error, _| bare::refuse(error, BAD_PATH)))
                .app_data(JsonConfig::default().error_handler(|error, _| bare::refuse(error, BAD_BODY)))
                .default_service(web::to(async || bare::same(StatusCode::NOT_FOUND, UNKNOWN)))
        };
        HttpServer::new(app).workers(1).listen(listener)?.run().await
    })
}

fn authorization(request: &HttpRequest) -> Option<&str> {
    request.headers().get(AUTHORIZATION)?.to_str().ok()
}

mod ours {
    use actix_web::Responder;
    use fastapi_status_actix::{Json, Path, Result, status};

    use super::{Data, ETAG, HttpRequest, NewBook, Shop, authorization, title};

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
        shop.staff_member(authorization(&request))?;
        Ok((title(&new), status::HTTP_201_CREATED))
    }
}

mod bare {
    use std::fmt::{Debug, Display};

    use actix_web::error::{ErrorForbidden, ErrorGone, InternalError};
    use actix_web::web::{Json, Path};
    use actix_web::{Error, HttpResponse, Responder};
    use example_bookshop::NotForSale;
    use serde_json::json;

    use super::{Data, ETAG, HttpRequest, NewBook, Shop, StatusCode, authorization, title};

    /// An answer of JSON that was made beforehand.
    pub(super) fn same(status: StatusCode, body: &'static str) -> HttpResponse {
        HttpResponse::build(status).content_type("application/json").body(body)
    }

    pub(super) fn refuse(error: impl Display + Debug + 'static, body: &'static str) -> Error {
        InternalError::from_response(error, same(StatusCode::UNPROCESSABLE_ENTITY, body)).into()
    }

    pub(super) async fn read_book(shop: Data<Shop>, book_id: Path<i64>) -> Result<impl Responder, Error> {
        let book = shop.find_book(*book_id).map_err(|reason| match reason {
            NotForSale::Unknown { book_id } => {
                let detail = json!({"error": "no such book", "book_id": book_id});
                let response = HttpResponse::build(StatusCode::NOT_FOUND).json(json!({"detail": detail}));
                InternalError::from_response("no such book", response).into()
            }
            _ => ErrorGone("Gone"),
        })?;
        let etag = book.etag();
        Ok(Json(book).customize().insert_header((ETAG, etag)))
    }

    pub(super) async fn add_book(
        shop: Data<Shop>,
        request: HttpRequest,
        Json(new): Json<NewBook>,
    ) -> Result<impl Responder, Error> {
        shop.staff_member(authorization(&request)).map_err(|_| ErrorForbidden("Staff only"))?;
        Ok((title(&new), StatusCode::CREATED))
    }
}
