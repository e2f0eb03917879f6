//! Adds routes and inclusions to the routers that they belong to.

use std::collections::HashSet;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::{Added, MAX_ADDED, Runner};
use crate::routes::collect::{CONDITION, SEVERAL};
use crate::routes::facts::{Include, Key, Module, Options, Reference, Route, Text, Thing, Variable};
use crate::routes::link::{Object, Value};
use crate::routes::steps::Term;

impl Runner<'_, '_> {
    pub(super) fn route(&mut self, place: usize) {
        let fact = self.fact(|module| module.routes.get(place), |route: &Route| &route.owner);
        let Some((owner, is_other, fact)) = fact else { return };
        let (scope, offset) = (self.root.scope.clone(), self.root.offset);
        let condition = self.why(fact.condition, &owner, is_other);
        let fact = Route { condition, scope, offset, order: offset, ..self.settled_route(fact) };
        if let Some(file) = self.seen(true, place) {
            let (number, scene) = (self.number, self.linker.scene.clone());
            let (root, target) = (Arc::clone(&self.root.file), None);
            let is_of_the_maker = self.is_of_the_maker(&owner);
            self.found.routes.push(Added {
                owner,
                file,
                fact: Rc::new(fact),
                root,
                number,
                scene,
                target,
                is_of_the_maker,
            });
        }
    }

    pub(super) fn include(&mut self, place: usize, router: &Term) {
        let fact = self.fact(|module| module.includes.get(place), |include: &Include| &include.owner);
        let Some((owner, is_other, fact)) = fact else { return };
        let router = self.value(router);
        let is_other = is_other || matches!(router, Value::Maybe(_));
        let target = match router {
            Value::Object(Object::Router(key)) | Value::Maybe(key) => Some(key),
            _ => None,
        };
        let (scope, offset) = (self.root.scope.clone(), self.root.offset);
        let condition = self.why(fact.condition, &owner, is_other);
        let fact = Include { condition, scope, offset, ..self.settled_include(fact) };
        if let Some(target) = &target
            && self.doubt(target).is_some()
        {
            self.found.loose.insert(target.clone());
        }
        if let Some(file) = self.seen(false, place) {
            let (number, scene) = (self.number, self.linker.scene.clone());
            let root = Arc::clone(&self.root.file);
            let is_of_the_maker = self.is_of_the_maker(&owner);
            self.found.includes.push(Added {
                owner,
                file,
                fact: Rc::new(fact),
                root,
                number,
                scene,
                target,
                is_of_the_maker,
            });
        }
    }

    /// What the module of the function that runs says of a route or an inclusion, if its router is known; and whether it
    /// may be another one.
    fn fact<T: Clone>(
        &mut self,
        find: impl Fn(&Module) -> Option<&T>,
        owner: impl Fn(&T) -> &Reference,
    ) -> Option<(Key, bool, T)> {
        let file = Arc::clone(&self.frames.last()?.function.0);
        let module = self.linker.module(&file)?;
        let fact = find(&module)?;
        match self.named(owner(fact)) {
            Value::Object(Object::Router(key)) => Some((key, false, fact.clone())),
            Value::Maybe(key) => Some((key, true, fact.clone())),
            _ => None,
        }
    }

    /// Notes that a route or an inclusion was met; its file, if it is to be added.
    fn seen(&mut self, is_route: bool, place: usize) -> Option<Arc<Path>> {
        let file = Arc::clone(&self.frames.last()?.function.0);
        let seen = if is_route { &mut self.found.seen_routes } else { &mut self.found.seen_includes };
        seen.insert((Arc::clone(&file), place));
        self.number += 1;
        let is_full = self.found.routes.len() + self.found.includes.len() >= MAX_ADDED;
        self.is_cut |= is_full && !self.is_passing;
        let is_added = !self.is_passing && !is_full;
        is_added.then_some(file)
    }

    /// Whether the function that makes a router runs.
    fn is_of_the_maker(&self, router: &Key) -> bool {
        let is_maker = |function: &Key| function.0 == router.0 && super::within(&router.1, &function.1);
        self.frames.iter().any(|frame| !frame.function.1.is_empty() && is_maker(&frame.function))
    }

    /// Marks all apps: there may be more routes than were followed.
    pub(super) fn mark(&mut self, files: &[Arc<Path>]) {
        let mut apps: HashSet<Key> = self.found.routes.iter().map(|route| route.owner.clone()).collect();
        apps.extend(self.found.includes.iter().map(|include| include.owner.clone()));
        for (file, module) in files.iter().filter_map(|file| Some((file, self.linker.module(file)?))) {
            let routers = module.variables.iter().filter(|(_, variable)| matches!(variable, Variable::Router(_)));
            apps.extend(routers.map(|(name, _)| (Arc::clone(file), Arc::clone(name))));
        }
        let mut apps: Vec<Key> = apps.into_iter().collect();
        apps.sort();
        for owner in apps {
            if let Some((router, _)) = self.linker.router_at(&owner).filter(|(router, _)| router.is_app) {
                let reference = Reference { key: None, rest: Vec::new(), text: "what is too much to follow".into() };
                let include = Include {
                    text: reference.text.to_string(),
                    owner: reference.clone(),
                    router: Thing::Name(reference),
                    prefix: Text::Known(String::new()),
                    options: Options::default(),
                    line: router.line,
                    scope: String::new(),
                    offset: u32::MAX,
                    condition: Some(CONDITION),
                };
                let file = Arc::clone(&owner.0);
                self.found.includes.push(Added::plain(&owner, &file, include, "", None));
            }
        }
    }

    /// Why it is not certain that a fact holds of a router.
    fn why(&self, condition: Option<&'static str>, owner: &Key, is_other: bool) -> Option<&'static str> {
        let condition = condition.filter(|why| *why == SEVERAL).or_else(|| self.doubt(owner));
        condition.or(is_other.then_some(CONDITION))
    }

    /// Why it is not certain that something is added to a router, if that is not the reason for the router as well.
    fn doubt(&self, owner: &Key) -> Option<&'static str> {
        let made_under = self.made_under.get(owner);
        self.condition.filter(|condition| made_under != Some(&condition.number)).map(|condition| condition.why)
    }
}
