//! The table that all of it ends with.

use std::fmt;

/// What a row has to reach.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Aim {
    /// So many times as fast, at least; below 1 it is how much slower it may be.
    Ratio(f64),
    /// What the row says itself, and whether it is so.
    Is(&'static str, bool),
    /// Shown for comparison.
    None,
}

/// A row of the table.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// What is measured.
    pub(crate) what: String,
    /// Against whom.
    pub(crate) against: String,
    pub(crate) ours: String,
    pub(crate) theirs: String,
    /// How many times as fast ours is.
    pub(crate) ratio: Option<f64>,
    pub(crate) aim: Aim,
    /// What the least of work reaches that gives the same, shown where ours falls short.
    pub(crate) limit: Option<String>,
}

impl Row {
    /// A row of two times, in nanoseconds.
    pub(crate) fn times(what: &str, against: &str, ours: f64, theirs: f64, ratio: f64, aim: Aim) -> Self {
        let (ours, theirs) = (time(ours), time(theirs));
        let (what, against) = (what.to_owned(), against.to_owned());
        Self { what, against, ours, theirs, ratio: Some(ratio), aim, limit: None }
    }

    /// With what reaches so much, the least of work that gives the same.
    pub(crate) fn with_limit(mut self, who: &str, ratio: f64) -> Self {
        self.limit = Some(format!("{who} {}", short(ratio)));
        self
    }

    /// With the instructions that were counted.
    pub(crate) fn with_instructions(mut self, ours: Option<f64>, theirs: Option<f64>) -> Self {
        for (cell, count) in [(&mut self.ours, ours), (&mut self.theirs, theirs)] {
            if let Some(count) = count {
                *cell = format!("{cell}, {count:.0} instructions");
            }
        }
        self
    }

    fn verdict(&self) -> String {
        let (aim, is_reached) = match (self.aim, self.ratio) {
            (Aim::Ratio(least), Some(ratio)) => (format!("{} or more", short(least)), ratio >= least),
            (Aim::Is(what, is_so), _) => (what.to_owned(), is_so),
            _ => return String::new(),
        };
        match &self.limit {
            _ if is_reached => format!("{aim}: yes"),
            Some(limit) => format!("{aim}: NO ({limit})"),
            None => format!("{aim}: NO"),
        }
    }

    fn cells(&self) -> [String; 6] {
        let ratio = self.ratio.map_or_else(|| "-".to_owned(), short);
        [self.what.clone(), self.against.clone(), self.ours.clone(), self.theirs.clone(), ratio, self.verdict()]
    }
}

/// Three digits.
fn short(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value => format!("{value:.2}"),
    }
}

/// A time that is given in nanoseconds.
pub(crate) fn time(nanos: f64) -> String {
    match nanos {
        nanos if nanos < 1e3 => format!("{} ns", short(nanos)),
        nanos if nanos < 1e6 => format!("{} us", short(nanos / 1e3)),
        nanos if nanos < 1e9 => format!("{} ms", short(nanos / 1e6)),
        nanos => format!("{} s", short(nanos / 1e9)),
    }
}

/// The rows, and why some are not there.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<Row>,
    skipped: Vec<String>,
}

impl Table {
    /// Adds a row, and shows it, so that one sees how far it is.
    pub(crate) fn push(&mut self, row: Row) {
        println!("{}", row.cells().join(" | "));
        self.rows.push(row);
    }

    /// Says why rows are missing.
    pub(crate) fn skip(&mut self, what: &str, why: impl fmt::Display) {
        println!("skipped: {what}: {why}");
        self.skipped.push(format!("{what}: {why}"));
    }
}

/// As Markdown.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "against", "ours", "theirs", "ratio", "to reach"].map(str::to_owned);
        let rows: Vec<_> = [head].into_iter().chain(self.rows.iter().map(Row::cells)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
        let widths: Vec<_> = (0..6).map(width).collect();
        for (place, row) in rows.iter().enumerate() {
            for (cell, width) in row.iter().zip(&widths) {
                write!(f, "| {cell:width$} ")?;
            }
            writeln!(f, "|")?;
            if place == 0 {
                for width in &widths {
                    write!(f, "| {} ", "-".repeat(*width))?;
                }
                writeln!(f, "|")?;
            }
        }
        for skipped in &self.skipped {
            writeln!(f, "\nskipped: {skipped}")?;
        }
        Ok(())
    }
}
