//! `/openapi.json` and `/docs` of the ports are those of the original.
//!
//! The whole document is compared: operations with their ids, parameters, bodies and statuses, and schemas. What utoipa
//! and pydantic write in different words of the same meaning is brought to one form first ([`plain`]); FastAPI's own
//! schemas have to be the same to the letter.

use std::collections::BTreeMap;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};

use fastapi_status_tests::{Server, Stop};
use serde_json::{Map, Value, json};

type Serve = fn(TcpListener, Stop) -> io::Result<()>;

const PORTS: [(&str, Serve); 2] = [("axum", example_axum::serve), ("actix", example_actix::serve)];

/// Python answers with a `dict` here, and the ports with a struct, which says more.
const STRUCTS: [&str; 3] = ["welcome__get", "buy_gift_card_gift_cards_post", "report_reports__kind__get"];

#[test]
fn operations_are_those_of_the_original() {
    let original = original();
    for (port, document) in documents() {
        let (expected, ours) = (operations(&original), operations(&document));
        let names = |operations: &BTreeMap<String, Value>| operations.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&ours), names(&expected), "{port}");
        let differ: Vec<_> = expected.iter().filter(|(name, operation)| ours[*name] != **operation).collect();
        let shown = differ.iter().map(|(name, operation)| format!("{name}\n{operation}\n{}\n", ours[*name]));
        assert!(differ.is_empty(), "{port}, the original first:\n{}", shown.collect::<String>());
    }
}

#[test]
fn error_schemas_are_those_of_the_original_to_the_letter() {
    let original = original();
    for (port, document) in documents() {
        for name in ["HTTPValidationError", "ValidationError"] {
            assert_eq!(schemas(&document)[name], schemas(&original)[name], "{port}: {name}");
        }
    }
}

#[test]
fn models_are_those_of_the_original() {
    let original = original();
    for (port, document) in documents() {
        let (expected, ours) = (schemas(&original), schemas(&document));
        assert!(ours.keys().eq(expected.keys()), "{port}: {:?} and not {:?}", ours.keys(), expected.keys());
        for (name, schema) in expected {
            assert_eq!(plain(&ours[name], &document), plain(schema, &original), "{port}: {name}");
        }
    }
}

#[test]
fn the_document_is_called_as_the_original() {
    let original = original();
    for (port, document) in documents() {
        assert_eq!(document["openapi"], original["openapi"], "{port}");
        for name in ["title", "version"] {
            assert_eq!(document["info"][name], original["info"][name], "{port}: {name}");
        }
    }
}

#[test]
fn docs_fetch_nothing_from_elsewhere() {
    for (port, serve) in PORTS {
        let server = Server::start(serve);
        let (head, page) = get(server.addr(), "/docs");
        let page = String::from_utf8(page).expect("the page is text");

        assert!(head.starts_with("http/1.1 200 "), "{port}: {head}");
        assert!(head.contains("content-type: text/html; charset=utf-8"), "{port}: {head}");
        assert!(!page.contains("//"), "{port}: {page}");
        let files = page.split(['"', '\'']).filter(|text| text.starts_with('/'));
        assert_eq!(files.clone().count(), 4, "{port}: {page}");
        for file in files {
            let (head, content) = get(server.addr(), file);
            assert!(head.starts_with("http/1.1 200 "), "{port}: {file}: {head}");
            assert!(content.len() > 500, "{port}: {file}");
        }
        assert!(get(server.addr(), "/docs/index.html").0.starts_with("http/1.1 404 "), "{port}");
    }
}

fn original() -> Value {
    serde_json::from_str(include_str!("../transcripts/openapi.json")).expect("the recording is JSON")
}

fn documents() -> Vec<(&'static str, Value)> {
    let document = |(port, serve): (&'static str, Serve)| {
        let server = Server::start(serve);
        let (head, body) = get(server.addr(), "/openapi.json");
        assert!(head.contains("content-type: application/json\r\n"), "{port}: {head}");
        (port, serde_json::from_slice(&body).expect("the document is JSON"))
    };
    PORTS.map(document).into()
}

/// Head, in lower case, and body.
fn get(addr: SocketAddr, path: &str) -> (String, Vec<u8>) {
    let mut socket = TcpStream::connect(addr).expect("the port listens");
    write!(socket, "GET {path} HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n").expect("it reads");
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).expect("it answers");
    let end = answer.windows(4).position(|end| end == b"\r\n\r\n").expect("the head ends") + 4;
    let body = answer.split_off(end);
    (String::from_utf8(answer).expect("the head is text").to_ascii_lowercase(), body)
}

fn schemas(document: &Value) -> &Map<String, Value> {
    document["components"]["schemas"].as_object().expect("there are schemas")
}

/// By method and path, as plain as they get.
fn operations(document: &Value) -> BTreeMap<String, Value> {
    let mut operations = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().expect("there are paths") {
        for (method, operation) in methods.as_object().expect("a path has methods") {
            operations.insert(format!("{method} {path}"), plain_operation(operation, document));
        }
    }
    operations
}

fn plain_operation(operation: &Value, document: &Value) -> Value {
    let mut operation = operation.clone();
    let is_struct = STRUCTS.iter().any(|id| operation["operationId"] == *id);
    if let Some(parameters) = operation.get_mut("parameters").and_then(Value::as_array_mut) {
        for parameter in parameters.iter_mut().filter_map(Value::as_object_mut) {
            parameter.remove("description");
            parameter["schema"] = given(&plain(&parameter["schema"], document));
        }
    }
    if let Some(body) = operation.get_mut("requestBody") {
        plain_content(body, document);
    }
    for (status, response) in operation["responses"].as_object_mut().expect("there are responses") {
        plain_content(response, document);
        if is_struct && status.starts_with('2') {
            response["content"]["application/json"]["schema"] = json!("an object");
        }
    }
    operation
}

/// What may be left out need not be null besides: pydantic says so of parameters, and utoipa of bodies.
fn given(schema: &Value) -> Value {
    match schema["anyOf"].as_array().map(Vec::as_slice) {
        Some([schema, null] | [null, schema]) if *null == json!({"type": "null"}) => schema.clone(),
        _ => schema.clone(),
    }
}

fn plain_content(parent: &mut Value, document: &Value) {
    let Some(content) = parent.get_mut("content").and_then(Value::as_object_mut) else { return };
    content.values_mut().for_each(|content| content["schema"] = given(&plain(&content["schema"], document)));
}

/// A schema without titles, descriptions and the widths of numbers, with one spelling for "or null", and with what it
/// takes over from another written out.
fn plain(schema: &Value, document: &Value) -> Value {
    let Some(schema) = schema.as_object() else { return as_float(schema) };
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        return merged(parts, document);
    }
    let mut plain_schema = Map::new();
    for (name, value) in schema {
        let value = match (name.as_str(), value) {
            ("title" | "description" | "format" | "propertyNames", _) => continue,
            ("properties", Value::Object(properties)) => {
                properties.iter().map(|(name, property)| (name.clone(), plain(property, document))).collect()
            }
            ("required", Value::Array(names)) => sorted(names.clone()),
            ("type", Value::Array(types)) => {
                let alternatives = types.iter().map(|kind| json!({"type": kind})).collect();
                plain_schema.insert("anyOf".to_owned(), sorted(alternatives));
                continue;
            }
            ("oneOf" | "anyOf", Value::Array(alternatives)) => {
                let alternatives = alternatives.iter().map(|schema| plain(schema, document)).collect();
                plain_schema.insert("anyOf".to_owned(), sorted(alternatives));
                continue;
            }
            (_, value) => plain(value, document),
        };
        plain_schema.insert(name.clone(), value);
    }
    Value::Object(plain_schema)
}

fn merged(parts: &[Value], document: &Value) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in parts {
        let name = part["$ref"].as_str().and_then(|location| location.rsplit('/').next());
        let part = plain(name.map_or(part, |name| &schemas(document)[name]), document);
        properties.extend(part["properties"].as_object().cloned().unwrap_or_default());
        required.extend(part["required"].as_array().cloned().unwrap_or_default());
    }
    json!({"type": "object", "properties": properties, "required": sorted(required)})
}

fn sorted(mut values: Vec<Value>) -> Value {
    values.sort_by_key(Value::to_string);
    Value::Array(values)
}

/// `0` and `0.0` are one number.
fn as_float(value: &Value) -> Value {
    value.as_f64().map_or_else(|| value.clone(), Value::from)
}
