//! What routes, routers and inclusions say by names that code which runs has bound: the values at that moment.

use super::Runner;
use crate::routes::facts::{
    Argument, Arguments, Code, Handler, Include, Options, Reference, Route, Router, Text, Thing,
};
use crate::routes::link::Value;

impl Runner<'_, '_> {
    pub(super) fn settled_route(&mut self, route: Route) -> Route {
        Route {
            path: self.settled_text(&route.path),
            status: route.status.map(|status| self.settled_code(status)),
            options: self.settled_options(route.options),
            handler: self.settled_handler(route.handler),
            ..route
        }
    }

    pub(super) fn settled_include(&mut self, include: Include) -> Include {
        let prefix = self.settled_text(&include.prefix);
        Include { prefix, options: self.settled_options(include.options), ..include }
    }

    pub(super) fn settled_router(&mut self, router: &Router) -> Router {
        let options = self.settled_options(router.options.clone());
        let given = router.given.as_deref().map(|given| Box::new(self.settled_arguments(given)));
        Router { prefix: self.settled_text(&router.prefix), options, given, ..router.clone() }
    }

    fn settled_arguments(&mut self, arguments: &Arguments) -> Arguments {
        let keywords = arguments.keywords.iter();
        Arguments {
            list: arguments.list.iter().map(|argument| self.settled_argument(argument)).collect(),
            keywords: keywords.map(|(name, argument)| (name.clone(), self.settled_argument(argument))).collect(),
            ..arguments.clone()
        }
    }

    fn settled_argument(&mut self, argument: &Argument) -> Argument {
        let thing = argument.thing.clone().map(|thing| match thing {
            Thing::Name(reference) => Thing::Name(self.settled_name(reference)),
            thing => thing,
        });
        Argument {
            text: self.settled_text(&argument.text),
            code: self.settled_code(argument.code.clone()),
            thing,
            options: self.settled_options(argument.options.clone()),
        }
    }

    pub(super) fn settled_text(&mut self, text: &Text) -> Text {
        match text {
            Text::Name(reference) => match self.bound(reference) {
                Some(Value::Text(text)) => Text::Known(text.to_string()),
                Some(Value::Number(number)) => Text::Known(number.to_string()),
                _ => text.clone(),
            },
            Text::Joined(parts) => Text::Joined(parts.iter().map(|part| self.settled_text(part)).collect()),
            _ => text.clone(),
        }
    }

    fn settled_code(&mut self, code: Code) -> Code {
        match &code {
            Code::Name(reference) => match self.bound(reference) {
                Some(Value::Number(number)) => Code::Known(number),
                _ => code,
            },
            _ => code,
        }
    }

    fn settled_options(&mut self, mut options: Options) -> Options {
        options.responses = options.responses.into_iter().map(|code| self.settled_code(code)).collect();
        options.depends = options.depends.iter().map(|depends| self.linker.settled(depends)).collect();
        options
    }

    fn settled_handler(&mut self, handler: Handler) -> Handler {
        match handler {
            Handler::Function(reference) => Handler::Function(self.settled_name(reference)),
            other => other,
        }
    }

    /// The name of the function or the class that another name stands for.
    fn settled_name(&mut self, reference: Reference) -> Reference {
        let value = self.bound(&reference);
        value.and_then(|value| self.linker.name_of(&value, &reference.text)).unwrap_or(reference)
    }

    /// What a name stands for, if code that runs has bound it.
    fn bound(&mut self, reference: &Reference) -> Option<Value> {
        self.linker.held(reference.key.as_ref()?)?;
        Some(self.named(reference))
    }
}
