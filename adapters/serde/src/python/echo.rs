//! JSON as FastAPI echoes it: `json.dumps(jsonable_encoder(value), ensure_ascii=False, separators=(",", ":"))`.

use fastapi_status::json::{write_float, write_string};

use super::tape::{Kind, Tape};

/// An array or an object that is being written.
struct Open {
    next: u32,
    end: u32,
    is_object: bool,
    is_empty: bool,
}

/// Writes the value at `place`.
///
/// A list of query parameters is one even if it has one value; within an object, where nobody asks for a list, it is that
/// value. A float that JSON does not have is written as `null`, where FastAPI fails with a 500. Members whose name begins with
/// `_sa` are left out, as by FastAPI's `jsonable_encoder`, which takes them for those of `SQLAlchemy`.
pub(crate) fn echo(tape: &Tape<'_>, place: u32, out: &mut String) {
    let mut open = Vec::new();
    write(tape, place, &mut open, out);
    while let Some(top) = open.last_mut() {
        let value = if top.is_object {
            tape.member(top.next, top.end).map(|(key, value)| (Some(key), value))
        } else {
            (top.next < top.end).then_some((None, top.next))
        };
        let Some((key, value)) = value else {
            out.push(if top.is_object { '}' } else { ']' });
            open.pop();
            continue;
        };
        top.next = tape.end(key.map_or(value, |key| key + 1));
        let name = key.map(|key| tape.key(key));
        if name.is_some_and(|name| name.starts_with("_sa")) {
            continue;
        }
        if !std::mem::take(&mut top.is_empty) {
            out.push(',');
        }
        if let Some(name) = name {
            write_string(name, out);
            out.push(':');
        }
        write(tape, tape.single(value), &mut open, out);
    }
}

/// Writes a scalar whole, and opens an array or an object.
fn write(tape: &Tape<'_>, place: u32, open: &mut Vec<Open>, out: &mut String) {
    let is_object = match tape.kind(place) {
        Kind::Object(_) => true,
        Kind::Array(_) | Kind::Repeated(..) => false,
        Kind::Bool(true) => return out.push_str("true"),
        Kind::Bool(false) => return out.push_str("false"),
        Kind::Int(digits) => return out.push_str(tape.str(digits)),
        Kind::Float(value) if value.is_finite() => return write_float(value, out),
        Kind::Text(text) | Kind::Broken(text) | Kind::Key { name: text, .. } => {
            return write_string(tape.str(text), out);
        }
        Kind::Null | Kind::Float(_) | Kind::Shadowed | Kind::Absent => return out.push_str("null"),
    };
    out.push(if is_object { '{' } else { '[' });
    open.push(Open { next: place + 1, end: tape.end(place), is_object, is_empty: true });
}
