//! How a name of `status` can be written at a place of a file.

use ruff_text_size::TextSize;

use crate::names::Names;
use crate::scope::Kind;
use crate::symbol::Symbol;
use crate::tree::Meaning;
use crate::usage::Access;

/// The ways that the imports of a module's top level open: `status`, `st`, `fastapi.status`.
pub(crate) fn ways(names: &Names<'_>) -> Vec<String> {
    let scope = &names.scopes[0];
    let mut ways: Vec<(TextSize, String)> = scope
        .names()
        .filter_map(|name| {
            let binding = scope.get(name, None)?;
            let Meaning::Framework(full) = names.meaning(&[name], TextSize::new(u32::MAX)) else {
                return None;
            };
            let way = match Symbol::of(&full) {
                Symbol::Status => name.to_owned(),
                _ if full == "fastapi" => format!("{name}.status"),
                _ => return None,
            };
            binding.value.is_import().then_some((binding.from, way))
        })
        .collect();
    // The module itself before the way through `fastapi`, and the first import first.
    ways.sort_by_key(|(from, way)| (way.contains('.'), *from));
    ways.into_iter().map(|(_, way)| way).collect()
}

/// How the name of a number can be written at a place.
pub(crate) fn at(
    names: &Names<'_>,
    place: TextSize,
    ways: &[String],
    is_package: bool,
    name: Option<&'static str>,
) -> Access {
    let is_later = names.scopes.iter().any(|scope| scope.kind == Kind::Function);
    let mut is_for_typing = false;
    for (index, way) in ways.iter().enumerate() {
        let chain: Vec<&str> = way.split('.').collect();
        let is_status =
            matches!(names.meaning(&chain, place), Meaning::Framework(name) if Symbol::of(&name) == Symbol::Status);
        let Some(binding) = names.binding(chain[0], place).filter(|_| is_status) else {
            continue;
        };
        if binding.is_for_typing {
            is_for_typing = true;
        } else if binding.from <= place || is_later {
            return Access::Through(index);
        }
    }
    if is_for_typing {
        return Access::Typing;
    }
    let has_star = !names.scopes[0].stars.is_empty();
    let is_taken = names.binding("status", place).is_some()
        || !names.scopes[0].all("status").is_empty()
        || has_star
        || (is_package && names.has_sibling("status"));
    match name {
        None => Access::Unasked,
        Some(_) if is_taken => Access::Taken,
        Some(_) => Access::Free,
    }
}
