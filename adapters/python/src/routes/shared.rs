//! What several add to a router that one function makes for each of them: it is told of one router, and marked.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::facts::{Include, Key, Route, Thing};
use super::link::Object;
use super::walk::Walk;

/// A function or a module that calls: its file, and its scope.
type Caller = (Arc<Path>, String);

/// Why something may be of another router than it is told of.
const SHARED: &str = "added by one of several that have a router of their own from here";

impl Walk<'_, '_> {
    /// Marks what is added to what a function has made by several that call it: each has another router.
    pub(super) fn mark_what_is_not_shared(&mut self) {
        let mut adders: HashMap<Key, HashSet<Caller>> = HashMap::new();
        let mut add = |owner: &Key, root: &Arc<Path>, scope: &str| {
            adders.entry(owner.clone()).or_default().insert((Arc::clone(root), scope.to_owned()));
        };
        for route in self.routes.values().flatten().filter(|route| !route.is_of_the_maker) {
            add(&route.owner, &route.root, &route.fact.scope);
        }
        for include in self.includes.values().flatten().filter(|include| !include.is_of_the_maker) {
            add(&include.owner, &include.root, &include.fact.scope);
        }
        for (owner, mut adders) in adders {
            let Some((maker, _)) = owner.1.rsplit_once('.').filter(|_| adders.len() > 1) else {
                continue;
            };
            let callers = self.callers(&(Arc::clone(&owner.0), maker.into()));
            adders.retain(|adder| callers.contains(adder));
            let is_one = |root: &Arc<Path>, scope: &str| adders.contains(&(Arc::clone(root), scope.to_owned()));
            if adders.len() < 2 {
                continue;
            }
            for route in self.routes.get_mut(&owner).into_iter().flatten() {
                if is_one(&route.root, &route.fact.scope) && !route.is_of_the_maker {
                    *route = Rc::new(route.with(Route { condition: Some(SHARED), ..(*route.fact).clone() }));
                }
            }
            for include in self.includes.get_mut(&owner).into_iter().flatten() {
                if is_one(&include.root, &include.fact.scope) && !include.is_of_the_maker {
                    *include = Rc::new(include.with(Include { condition: Some(SHARED), ..(*include.fact).clone() }));
                }
            }
        }
    }

    /// The functions, and modules, that call one.
    fn callers(&mut self, function: &Key) -> HashSet<Caller> {
        let name = function.1.rsplit('.').next().unwrap_or_default();
        let mut callers = HashSet::new();
        for (file, module) in &self.modules {
            let calls = module.calls.iter().map(|call| (String::new(), call));
            let functions = module.functions.iter();
            let in_functions = functions
                .flat_map(|(name, function)| function.calls.iter().map(move |call| (format!("{name}."), call)));
            for (scope, call) in calls.chain(in_functions) {
                let called = call.callee.rest.last().map(|name| &**name);
                let called = called.or(call.callee.key.as_ref().and_then(|key| key.1.rsplit('.').next()));
                if called == Some(name)
                    && let Some(Object::Function(found)) = self.linker.object(&Thing::Name(call.callee.clone()))
                    && found == *function
                {
                    callers.insert((Arc::clone(file), scope));
                }
            }
        }
        callers
    }
}
