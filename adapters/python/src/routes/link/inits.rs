//! Routers and exceptions as FastAPI's own classes make them: what the `__init__`s of the tree hand on to those.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::objects::Object;
use super::{Linker, MAX_PARTS};
use crate::routes::facts::{
    ANY, Argument, Arguments, Class, Code, Dependency, Depends, Init, Key, Options, Reference, Router, Text, Thing,
};

impl Linker<'_> {
    /// A router with what its class makes of what it is given; and whether that is known.
    pub(in crate::routes) fn as_made(&mut self, mut router: Router, file: &Arc<Path>) -> (Router, bool) {
        let (Some(class), Some(given)) = (&router.class, router.given.take()) else {
            return (router, true);
        };
        if let Some(Object::Class(key)) = self.object(&Thing::Name(class.clone()))
            && let classes = self.classes(&key)
            && let Some(given) = self.handed_on(&classes, *given)
        {
            (router.prefix, router.options) = given.of_a_router();
            return (router, true);
        }
        let Options { responses, depends, .. } = unknown(&class.text, file, router.line).options;
        router.options.responses.extend(responses);
        router.options.depends.extend(depends);
        (router, false)
    }

    /// The status that `HTTPException` has in the end, by what a class is given that derives from it.
    pub(super) fn code_raised(&mut self, classes: &[(Key, Class)], given: &Arguments) -> Option<Code> {
        // What methods set, and what a class has of its own.
        let is_odd = |(name, code): &(Box<str>, Option<Code>)| match code {
            None => matches!(&**name, "status_code" | "__init__" | ANY),
            Some(_) => matches!(&**name, "__getattribute__" | "__new__" | "__init_subclass__"),
        };
        let is_replaced =
            ["__init__", "__defaults__", "__kwdefaults__", "__bases__"].map(|name| self.resets.contains(name));
        if is_replaced.contains(&true) || classes.iter().any(|(_, class)| class.constants.iter().any(is_odd)) {
            return None;
        }
        self.handed_on(classes, given.clone())?.status()
    }

    /// What FastAPI's own class is given in the end, by the class that is made and those that it derives from.
    pub(super) fn handed_on(&mut self, classes: &[(Key, Class)], mut given: Arguments) -> Option<Arguments> {
        let (made, _) = classes.first()?;
        for (key, class) in classes {
            let has_all = class.bases.iter().all(|base| match self.object(&Thing::Name(base.clone())) {
                Some(Object::Class(base)) => classes.iter().any(|(key, _)| *key == base),
                _ => false,
            });
            let name = format!("{}.__init__", key.1);
            let module = self.module(&key.0)?;
            let is_odd = module.several.contains_key(name.as_str())
                || module.variables.contains_key(name.as_str())
                || module.resets.contains(&key.1);
            if !has_all || is_odd || class.stranger.is_some() {
                return None;
            }
            if let Some(function) = module.functions.get(name.as_str()) {
                let init = function.init.as_deref().filter(|_| function.changed_by.is_none())?;
                given = Bound::to(init, given, made, &key.0, function.line).handed();
                if init.is_last {
                    break;
                }
            }
        }
        Some(given)
    }
}

impl Arguments {
    /// Such as may be any.
    pub(super) fn unknown() -> Self {
        Self { more: vec![None], has_more_in_list: true, ..Self::default() }
    }

    /// The status that `HTTPException(…)` takes from them.
    pub(super) fn status(&self) -> Option<Code> {
        let named = self.keywords.iter().find(|(name, _)| &**name == "status_code").map(|(_, argument)| argument);
        named.or(self.list.first()).map(|argument| argument.code.clone())
    }

    /// What `APIRouter(…)` makes of them.
    fn of_a_router(self) -> (Text, Options) {
        let find = |name: &str| self.keywords.iter().find(|(other, _)| &**other == name).map(|(_, argument)| argument);
        let prefix = match find("prefix") {
            Some(prefix) => prefix.text.clone(),
            None if self.more.is_empty() => Text::Known(String::new()),
            None => Text::Spread,
        };
        let options = |name| find(name).map(|argument| argument.options.clone()).unwrap_or_default();
        let options = Options {
            responses: options("responses").responses,
            depends: options("dependencies").depends,
            is_hidden: options("include_in_schema").is_hidden,
            class_status: options("default_response_class").class_status,
            more: self.more,
        };
        (prefix, options)
    }
}

/// What has more than [`MAX_PARTS`]: each class that hands a parameter on twice makes what it is given twice as large.
const TOO_MANY: &str = "an expression of many parts";

/// An `__init__`, and what its parameters are given.
struct Bound<'i> {
    init: &'i Init,
    /// The class of the instance.
    made: &'i Key,
    file: &'i Path,
    values: HashMap<&'i str, Argument>,
    /// What is left.
    rest: Arguments,
}

impl<'i> Bound<'i> {
    fn to(init: &'i Init, mut given: Arguments, made: &'i Key, file: &'i Arc<Path>, line: usize) -> Self {
        let mut list = std::mem::take(&mut given.list).into_iter();
        let mut values = HashMap::new();
        let has_more = !given.more.is_empty() || given.has_more_in_list;
        for parameter in &init.parameters {
            let positional = if parameter.is_keyword_only { None } else { list.next() };
            let place = given.keywords.iter().position(|(name, _)| *name == parameter.name);
            let named = place.filter(|_| !parameter.is_positional_only).map(|place| given.keywords.remove(place).1);
            let default = || parameter.default.clone().filter(|_| !has_more && place.is_none());
            let value = positional.or(named).or_else(default).filter(|_| !parameter.is_changed);
            let value = value.unwrap_or_else(|| unknown(&parameter.name, file, line));
            values.insert(&*parameter.key, value);
        }
        given.list = list.collect();
        Self { init, made, file, values, rest: given }
    }

    /// What the `__init__` above is given.
    fn handed(self) -> Arguments {
        let handed = &self.init.handed;
        let keywords = handed.keywords.iter();
        let mut all = Arguments {
            list: handed.list.iter().map(|argument| self.argument(argument)).collect(),
            keywords: keywords.map(|(name, argument)| (name.clone(), self.argument(argument))).collect(),
            more: self.more(&handed.more),
            has_more_in_list: handed.has_more_in_list,
        };
        if self.init.hands_on_list {
            all.list.extend(self.rest.list);
            all.has_more_in_list |= self.rest.has_more_in_list;
        }
        if self.init.hands_on_keywords {
            all.keywords.extend(self.rest.keywords);
            all.more.extend(self.rest.more);
        }
        all
    }

    /// What a name is given, if it is one of the parameters.
    fn value(&self, name: &Reference) -> Option<&Argument> {
        let key = name.key.as_ref().filter(|key| *key.0 == *self.file && name.rest.is_empty())?;
        self.values.get(&*key.1)
    }

    /// `self.STATUS` and `self.__class__.STATUS`, as an attribute of the class that the instance is of.
    fn of_the_class(&self, name: &Reference) -> Reference {
        let is_own = name.key.as_ref().is_some_and(|key| *key.0 == *self.file && key.1 == self.init.instance);
        let rest = match &name.rest[..] {
            [class, rest @ ..] if &**class == "__class__" => rest,
            rest => rest,
        };
        match is_own {
            true => Reference { key: Some(self.made.clone()), rest: rest.to_vec(), text: name.text.clone() },
            false => name.clone(),
        }
    }

    fn argument(&self, argument: &Argument) -> Argument {
        match &argument.thing {
            Some(Thing::Name(name)) if let Some(value) = self.value(name) => value.clone(),
            thing => Argument {
                text: self.text(&argument.text),
                code: self.code(&argument.code),
                thing: thing.as_ref().and_then(|thing| self.thing(thing)),
                options: self.options(&argument.options),
            },
        }
    }

    fn text(&self, text: &Text) -> Text {
        let text = match text {
            Text::Name(name) => self.value(name).map_or_else(|| text.clone(), |value| value.text.clone()),
            Text::Joined(parts) => Text::Joined(parts.iter().map(|part| self.text(part)).collect()),
            text => text.clone(),
        };
        if parts_of_text(&text) > MAX_PARTS { Text::Unknown(TOO_MANY.to_owned()) } else { text }
    }

    fn code(&self, code: &Code) -> Code {
        let code = match code {
            Code::Name(name) => {
                self.value(name).map_or_else(|| Code::Name(self.of_the_class(name)), |value| value.code.clone())
            }
            Code::Either(codes) => Code::Either(Box::new((self.code(&codes.0), self.code(&codes.1)))),
            code => code.clone(),
        };
        if parts_of_code(&code) > MAX_PARTS { Code::Unknown(TOO_MANY.to_owned()) } else { code }
    }

    /// What a name or a call stands for; `None` where that is not known of what a parameter is given.
    fn thing(&self, thing: &Thing) -> Option<Thing> {
        let (Thing::Name(name) | Thing::Made(name) | Thing::Of(name)) = thing;
        match (thing, self.value(name).map(|value| &value.thing)) {
            (_, None) => Some(thing.clone()),
            (Thing::Name(_), Some(value)) => value.clone(),
            (Thing::Made(_), Some(Some(Thing::Name(made)))) => Some(Thing::Made(made.clone())),
            _ => None,
        }
    }

    fn options(&self, options: &Options) -> Options {
        Options {
            responses: options.responses.iter().map(|code| self.code(code)).collect(),
            depends: options.depends.iter().map(|depends| self.depends(depends)).collect(),
            more: self.more(&options.more),
            ..options.clone()
        }
    }

    fn depends(&self, depends: &Depends) -> Depends {
        let on = match &depends.on {
            Dependency::Thing(thing) => match (self.thing(thing), thing) {
                (Some(thing), _) => Dependency::Thing(thing),
                (None, Thing::Name(name) | Thing::Made(name) | Thing::Of(name)) => {
                    Dependency::Unknown(name.text.clone())
                }
            },
            on => on.clone(),
        };
        Depends { on, ..depends.clone() }
    }

    fn more(&self, more: &[Option<Reference>]) -> Vec<Option<Reference>> {
        let reference = |name: &Reference| match self.value(name).map(|value| &value.thing) {
            None => Some(name.clone()),
            Some(Some(Thing::Name(name))) => Some(name.clone()),
            Some(_) => None,
        };
        more.iter().map(|more| more.as_ref().and_then(reference)).collect()
    }
}

fn parts_of_text(text: &Text) -> usize {
    match text {
        Text::Joined(parts) => parts.iter().map(parts_of_text).sum::<usize>() + 1,
        _ => 1,
    }
}

fn parts_of_code(code: &Code) -> usize {
    match code {
        Code::Either(codes) => parts_of_code(&codes.0) + parts_of_code(&codes.1) + 1,
        _ => 1,
    }
}

/// An argument that is not known.
fn unknown(python: &str, file: &Arc<Path>, line: usize) -> Argument {
    let code = Code::Unknown(python.to_owned());
    let on = Dependency::Unknown(python.into());
    let depends = Depends { on, handed: Vec::new(), file: Arc::clone(file), line };
    let (responses, depends) = (vec![code.clone()], vec![depends]);
    let options = Options { responses, depends, ..Options::default() };
    Argument { text: Text::Unknown(python.to_owned()), code, thing: None, options }
}
