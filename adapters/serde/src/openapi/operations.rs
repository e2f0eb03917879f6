//! Operations, named as FastAPI names them.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{Components, OpenApi, Ref, RefOr};
use utoipa::{Modify, ToSchema};

use super::status::SUCCESS;
use super::{ExceptionBody, RequestValidationError, ValidationError};

/// Makes a document FastAPI's, as `modifiers(&AsFastapi)`.
///
/// - `read_item` on `/items/{item_id}` has the operation id `read_item_items__item_id__get`, from which clients are
///   generated, and the summary "Read Item". What utoipa takes for the name is the handler's, or its `operation_id`.
/// - The documentation of the handler, all of it, is the description.
/// - A success that has no description is a "Successful Response".
/// - The schemas of the [statuses](super::status) are there, where something refers to them.
///
/// ```
/// use fastapi_status_serde::openapi::{AsFastapi, status};
/// use utoipa::OpenApi;
///
/// /// Empties the shelves.
/// #[utoipa::path(delete, path = "/items", responses(status::HTTP_204_NO_CONTENT, status::HTTP_403_FORBIDDEN))]
/// async fn clear_items() {}
///
/// #[derive(OpenApi)]
/// #[openapi(paths(clear_items), modifiers(&AsFastapi))]
/// struct Api;
///
/// let openapi = serde_json::to_value(Api::openapi())?;
/// let operation = &openapi["paths"]["/items"]["delete"];
///
/// assert_eq!(operation["operationId"], "clear_items_items_delete");
/// assert_eq!(operation["summary"], "Clear Items");
/// assert_eq!(operation["description"], "Empties the shelves.");
/// assert_eq!(openapi["components"]["schemas"].as_object().unwrap().keys().collect::<Vec<_>>(), ["HTTPException"]);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AsFastapi;

impl Modify for AsFastapi {
    fn modify(&self, openapi: &mut OpenApi) {
        for (path, item) in &mut openapi.paths.paths {
            for (method, operation) in operations(item) {
                rename(operation, path, method);
                describe(operation);
            }
        }
        if refers_to(openapi, &RequestValidationError::name()) {
            add::<RequestValidationError>(openapi);
            add::<ValidationError>(openapi);
        }
        if refers_to(openapi, &ExceptionBody::name()) {
            add::<ExceptionBody>(openapi);
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let operations = [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("delete", &mut item.delete),
        ("options", &mut item.options),
        ("head", &mut item.head),
        ("patch", &mut item.patch),
        ("trace", &mut item.trace),
    ];
    operations.into_iter().filter_map(|(method, operation)| operation.as_mut().map(|operation| (method, operation)))
}

fn rename(operation: &mut Operation, path: &str, method: &str) {
    let documentation = [operation.summary.take(), operation.description.take()];
    let documentation: Vec<_> = documentation.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    operation.description = (!documentation.is_empty()).then(|| documentation.join("\n\n"));
    let Some(name) = operation.operation_id.take() else { return };
    operation.summary = Some(title(&name));
    let id = format!("{name}{path}").replace(|c: char| !c.is_alphanumeric() && c != '_', "_");
    operation.operation_id = Some(format!("{id}_{method}"));
}

fn describe(operation: &mut Operation) {
    operation.tags.take_if(|tags| tags.is_empty());
    for (status, response) in &mut operation.responses.responses {
        match response {
            RefOr::T(response) if status.starts_with('2') && response.description.is_empty() => {
                response.description = SUCCESS.to_owned();
            }
            _ => {}
        }
    }
}

/// `read_item`: `Read Item`.
fn title(name: &str) -> String {
    let mut title = String::with_capacity(name.len());
    let mut is_start = true;
    for c in name.chars() {
        let c = if c == '_' { ' ' } else { c };
        if is_start {
            title.extend(c.to_uppercase());
        } else {
            title.extend(c.to_lowercase());
        }
        is_start = !c.is_alphabetic();
    }
    title
}

fn refers_to(openapi: &OpenApi, name: &str) -> bool {
    let location = Ref::from_schema_name(name).ref_location;
    let mut items = openapi.paths.paths.clone();
    items.values_mut().flat_map(operations).any(|(_, operation)| {
        let responses = operation.responses.responses.values();
        let contents = responses.filter_map(|response| match response {
            RefOr::T(response) => Some(response.content.values()),
            RefOr::Ref(_) => None,
        });
        contents.flatten().any(|content| match content {
            RefOr::T(content) => matches!(&content.schema, Some(RefOr::Ref(schema)) if schema.ref_location == location),
            RefOr::Ref(_) => false,
        })
    })
}

fn add<T: ToSchema>(openapi: &mut OpenApi) {
    let components = openapi.components.get_or_insert_with(Components::new);
    components.schemas.entry(T::name().into_owned()).or_insert_with(T::schema);
}
