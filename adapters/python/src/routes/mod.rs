//! A service's contract: its routes, and the statuses of each.

mod around;
mod collect;
mod facts;
mod handed;
mod link;
mod order;
mod parameters;
mod setup;
mod shared;
mod steps;
mod terms;
mod values;
mod walk;

use std::io;
use std::sync::Arc;

use serde::Serialize;

use crate::nesting;
use crate::prefilter;
use crate::project::{File, Project, absolute, read};
use crate::python;
use crate::source::Unreadable;

/// A route of an app: one row of the contract.
///
/// ```
/// use fastapi_status_python::Project;
///
/// # let folder = tempfile::tempdir()?;
/// let service = "from fastapi import FastAPI, HTTPException\n\
///     app = FastAPI()\n\
///     @app.get('/items/{item_id:int}')\n\
///     def read_item(item_id):\n\
///     \x20   raise HTTPException(404)\n";
/// std::fs::write(folder.path().join("main.py"), service)?;
///
/// let routes = Project::new([folder.path()]).routes(|file, reason| panic!("{}: {reason}", file.name), || {})?;
///
/// assert_eq!(routes[0].method.as_deref(), Some("GET"));
/// assert_eq!(routes[0].path.as_deref(), Some("/items/{item_id}"));
/// assert_eq!(routes[0].status, Some(200));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Route {
    /// The app, as `file:line`; `None` for a router that no app is seen to include.
    pub app: Option<String>,
    /// The path as OpenAPI has it, without converters; `None` where it cannot be known.
    pub path: Option<String>,
    /// The method, `WEBSOCKET` for a WebSocket; `None` where it cannot be known.
    pub method: Option<String>,
    /// The path as it is written, with converters (`{name:path}`); what cannot be known in it is `…`.
    pub pattern: String,
    /// The status of success; `None` where it cannot be known. A WebSocket's is 101.
    pub status: Option<u16>,
    /// The statuses that `responses` declares, of the route and of all routers and apps around it; a WebSocket has none.
    pub responses: Vec<u16>,
    /// The `HTTPException`s that the handler can raise, directly or through functions and dependencies of the same tree,
    /// and those of FastAPI's security schemes.
    pub raises: Vec<Arc<Answer>>,
    /// The statuses of the responses that the handler makes, directly or likewise, and of `response.status_code = …`;
    /// not the status of success.
    pub returns: Vec<Arc<Answer>>,
    /// The codes that a WebSocket can be closed with, directly or likewise.
    pub closes: Vec<Arc<Answer>>,
    /// What FastAPI checks, each with where the parameter is: it answers 422 to what does not fit, and closes a WebSocket
    /// with 1008. Where there may be more that is not known, the code is `None`.
    pub checks: Vec<Arc<Answer>>,
    /// Where the route is, as `file:line`.
    pub place: String,
    /// Whether the OpenAPI document of the app has it.
    pub in_schema: bool,
    /// What else cannot be known without running the service.
    pub unknown: Vec<String>,
}

impl Route {
    /// Is all of it known, and the code of each answer?
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// let service = "from fastapi import FastAPI, HTTPException\n\
    ///     app = FastAPI()\n\
    ///     @app.get('/items')\n\
    ///     def read_items():\n\
    ///     \x20   raise HTTPException(settings.code)\n";
    /// std::fs::write(folder.path().join("main.py"), service)?;
    ///
    /// let routes = Project::new([folder.path()]).routes(|file, reason| panic!("{}: {reason}", file.name), || {})?;
    ///
    /// assert_eq!(routes[0].raises[0].python.as_deref(), Some("settings.code"));
    /// assert!(!routes[0].is_certain());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn is_certain(&self) -> bool {
        let answers = [&self.raises, &self.returns, &self.closes, &self.checks];
        self.unknown.is_empty() && answers.into_iter().flatten().all(|answer| answer.code.is_some())
    }
}

/// A status, or a close code, that can be answered.
///
/// ```
/// use fastapi_status_python::Project;
///
/// # let folder = tempfile::tempdir()?;
/// let service = "from fastapi import FastAPI, HTTPException\n\
///     app = FastAPI()\n\
///     @app.get('/items/{item_id:int}')\n\
///     def read_item(item_id):\n\
///     \x20   raise HTTPException(404)\n";
/// std::fs::write(folder.path().join("main.py"), service)?;
///
/// let routes = Project::new([folder.path()]).routes(|file, reason| panic!("{}: {reason}", file.name), || {})?;
///
/// assert_eq!(routes[0].raises[0].code, Some(404));
/// assert_eq!(routes[0].raises[0].place, "main.py:5");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The number; `None` where it cannot be known.
    pub code: Option<u16>,
    /// The Python that it depends on then; of what is checked, the parameter.
    pub python: Option<String>,
    /// Where, as `file:line`.
    pub place: String,
}

/// What the program prints for a place.
fn place(file: &str, line: usize) -> String {
    format!("{file}:{line}")
}

impl Project {
    /// The routes of all apps, each app's in the order in which FastAPI tries them; files that cannot be read go to a function.
    ///
    /// ```
    /// use fastapi_status_python::Project;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// let service = "from fastapi import FastAPI, HTTPException\n\
    ///     app = FastAPI()\n\
    ///     @app.get('/items/{item_id:int}')\n\
    ///     def read_item(item_id):\n\
    ///     \x20   raise HTTPException(404)\n";
    /// std::fs::write(folder.path().join("main.py"), service)?;
    ///
    /// let routes = Project::new([folder.path()]).routes(|file, reason| panic!("{}: {reason}", file.name), || {})?;
    ///
    /// assert_eq!(routes.len(), 1);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When the function fails.
    pub fn routes(
        &self,
        mut failed: impl FnMut(&File, Unreadable) -> io::Result<()>,
        mut advance: impl FnMut(),
    ) -> io::Result<Vec<Route>> {
        let (mut modules, mut others) = (Vec::new(), Vec::new());
        let work = |file: &File| {
            let source = read(file)?;
            if !prefilter::may_hold_a_route(source.text()) {
                return Ok(None);
            }
            let module = python::parse(&source)?;
            Ok(Some(collect::collect(&module, &source, &absolute(&file.path), &self.tree)))
        };
        self.each(work, |file, facts| {
            advance();
            let path = absolute(&file.path);
            match facts {
                Ok(Some(facts)) => modules.push((Arc::from(path), file.name.clone(), facts)),
                Ok(None) => others.push((path, file.name.clone())),
                Err(reason) => return failed(file, reason),
            }
            Ok(())
        })?;
        let link = || {
            let mut linker = link::Linker::new(&self.tree);
            let mut files = Vec::with_capacity(modules.len());
            for (path, name, facts) in modules {
                linker.add(&path, &name, facts);
                files.push(path);
            }
            for (path, name) in others {
                linker.name(path, &name);
            }
            walk::routes(&mut linker, &files)
        };
        // Other files may be read on the way, which takes as much stack as those before.
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new().stack_size(nesting::STACK_SIZE).spawn_scoped(scope, link)?;
            thread.join().map_err(|_| io::Error::other("the routes could not be put together"))
        })
    }
}
