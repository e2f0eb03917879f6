//! In which order the code of the modules runs: as they import each other, from those with an app on.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use super::facts::Module;

/// When what stands in a file runs.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// From which places on the file runs, and when: at its start, and after each import that runs another.
    times: HashMap<Arc<Path>, Vec<(u32, usize)>>,
    now: usize,
}

impl Order {
    /// The order in which the files run if they are imported one after the other.
    pub(super) fn of<'f>(
        files: impl IntoIterator<Item = &'f Arc<Path>>,
        modules: &HashMap<Arc<Path>, Rc<Module>>,
    ) -> Self {
        let mut order = Self::default();
        for file in files {
            order.import(file, modules);
        }
        order
    }

    fn import(&mut self, file: &Arc<Path>, modules: &HashMap<Arc<Path>, Rc<Module>>) {
        // Modules that run, each with the number of its imports that were followed: they may import each other in circles.
        let mut open = Vec::new();
        self.begin(file, &mut open);
        while let Some((file, next)) = open.last_mut() {
            let import = modules.get(file).and_then(|module| module.imports.get(*next)).cloned();
            *next += 1;
            let file = Arc::clone(file);
            match import {
                Some((place, imported)) => {
                    if self.begin(&imported, &mut open) {
                        // It goes on there when that one is done.
                        self.times.entry(file).or_default().push((place, usize::MAX));
                    }
                }
                None => {
                    open.pop();
                    if let Some((file, _)) = open.last()
                        && let Some((_, time)) = self.times.get_mut(file).and_then(|times| times.last_mut())
                    {
                        self.now += 1;
                        *time = self.now;
                    }
                }
            }
        }
    }

    fn begin(&mut self, file: &Arc<Path>, open: &mut Vec<(Arc<Path>, usize)>) -> bool {
        let is_new = !self.times.contains_key(file);
        if is_new {
            self.now += 1;
            self.times.insert(Arc::clone(file), vec![(0, self.now)]);
            open.push((Arc::clone(file), 0));
        }
        is_new
    }

    /// When what stands at a place of a file runs.
    pub(super) fn time(&self, file: &Path, place: u32) -> usize {
        let times = self.times.get(file).map_or(&[][..], Vec::as_slice);
        let next = times.partition_point(|(from, _)| *from <= place);
        times[..next].last().map_or(usize::MAX, |(_, time)| *time)
    }
}
