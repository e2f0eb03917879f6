//! A progress bar on standard error, for runs that take long.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long a run may be silent.
const PATIENCE: Duration = Duration::from_millis(500);

pub(crate) struct Progress {
    files: usize,
    done: usize,
    begun: Instant,
    bar: Option<ProgressBar>,
    is_shown: bool,
}

impl Progress {
    pub(crate) fn new(files: usize) -> Self {
        let is_shown = io::stderr().is_terminal();
        Self { files, done: 0, begun: Instant::now(), bar: None, is_shown }
    }

    pub(crate) fn advance(&mut self) {
        self.done += 1;
        if !self.is_shown {
            return;
        }
        if self.bar.is_none() && self.begun.elapsed() > PATIENCE {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left");
            self.bar = Some(
                ProgressBar::new(self.files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar())),
            );
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done as u64);
        }
    }

    /// Writes without getting in the way of the bar.
    pub(crate) fn aside<W: Write>(&self, out: &mut W, write: impl FnOnce(&mut W) -> io::Result<()>) -> io::Result<()> {
        match &self.bar {
            None => write(out),
            Some(bar) => bar.suspend(|| {
                write(out)?;
                out.flush()
            }),
        }
    }

    pub(crate) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
