//! What a class derives from, and in which order Python looks there.

use std::collections::{HashMap, HashSet};

use super::Linker;
use super::objects::Object;
use crate::routes::collect::adders;
use crate::routes::facts::{Class, Key, Reference, Thing};

/// Of how many classes the order is worked out.
const MAX_CLASSES: usize = 64;

/// How a class of routers departs from FastAPI's.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::routes) struct Ways {
    /// It has a method of its own by which routes are added.
    pub(in crate::routes) are_own: bool,
    /// Its methods add routes to it.
    pub(in crate::routes) add_routes: bool,
}

impl Linker<'_> {
    /// A class and all that it derives from in the tree, the nearest first.
    pub(in crate::routes) fn classes(&mut self, class: &Key) -> Vec<(Key, Class)> {
        let mut found: Vec<(Key, Class)> = Vec::new();
        let mut bases = HashMap::new();
        let mut seen = HashSet::new();
        let mut todo = vec![class.clone()];
        while let Some(key) = todo.pop() {
            if !seen.insert(key.clone()) {
                continue;
            }
            let class = self.module(&key.0).and_then(|module| module.classes.get(&key.1).cloned());
            let Some(class) = class else {
                continue;
            };
            let mut own = Vec::new();
            for base in &class.bases {
                if let Some(Object::Class(key)) = self.named(base) {
                    own.push(key);
                }
            }
            todo.extend(own.iter().rev().cloned());
            bases.insert(key.clone(), own);
            found.push((key, class));
        }
        let is_a_chain = bases.values().all(|bases| bases.len() < 2);
        if !is_a_chain
            && found.len() <= MAX_CLASSES
            && let Some(order) = order(class, &bases, &mut HashMap::new(), MAX_CLASSES)
        {
            found.sort_by_key(|(key, _)| order.iter().position(|other| other == key));
        }
        found
    }

    /// How a class that routers are made by departs from FastAPI's.
    pub(in crate::routes) fn ways(&mut self, class: &Reference) -> Ways {
        let Some(Object::Class(key)) = self.object(&Thing::Name(class.clone())) else {
            let module = class.key.as_ref().and_then(|key| self.module(&key.0));
            let several = module.zip(class.key.as_ref()).map(|(module, key)| module.several.contains_key(&key.1));
            return Ways { are_own: several == Some(true), add_routes: false };
        };
        let mut ways = Ways::default();
        for (key, class) in self.classes(&key) {
            ways.add_routes |= class.adds_routes;
            let Some(module) = self.module(&key.0) else {
                continue;
            };
            ways.are_own |= adders().any(|name| {
                let full = format!("{}.{name}", key.1);
                let full = full.as_str();
                module.functions.contains_key(full)
                    || module.variables.contains_key(full)
                    || module.several.contains_key(full)
            });
        }
        ways
    }
}

/// The order in which Python looks through a class and its bases; `None` if there is none.
fn order(
    class: &Key,
    bases: &HashMap<Key, Vec<Key>>,
    known: &mut HashMap<Key, Option<Vec<Key>>>,
    depth: usize,
) -> Option<Vec<Key>> {
    if let Some(known) = known.get(class) {
        return known.clone();
    }
    let depth = depth.checked_sub(1)?;
    let own = bases.get(class)?;
    // A class that leads to itself has no order.
    known.insert(class.clone(), None);
    let mut lists = own.iter().map(|base| order(base, bases, known, depth)).collect::<Option<Vec<_>>>()?;
    lists.push(own.clone());
    let mut found = vec![class.clone()];
    while !lists.iter().all(Vec::is_empty) {
        // The first that is behind no other.
        let mut heads = lists.iter().filter_map(|list| list.first());
        let next = heads.find(|head| lists.iter().all(|list| !list.iter().skip(1).any(|other| other == *head)));
        let next = next?.clone();
        for list in &mut lists {
            list.retain(|other| *other != next);
        }
        found.push(next);
    }
    known.insert(class.clone(), Some(found.clone()));
    Some(found)
}
