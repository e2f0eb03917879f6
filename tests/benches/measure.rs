//! Times contestants against each other: a slice of each in turn, over and over, so that whatever else the machine does
//! meets all of them alike.

use std::env;
use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The argument with which this program measures in a process of its own.
pub(crate) const ARGUMENT: &str = "--race";

/// How long a contestant runs before the next one has its turn.
const SLICE: Duration = Duration::from_micros(400);

/// How often each has its turn.
const ROUNDS: usize = 301;

/// How many inputs are made before the clock starts.
const INPUTS: u32 = 512;

/// Something that can be done any number of times.
pub(crate) struct Contestant<'a> {
    name: &'static str,
    /// How many operations one call does.
    operations: f64,
    most: u32,
    run: Box<dyn FnMut(u32) -> Duration + 'a>,
}

/// What was measured of a contestant.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) name: String,
    /// Nanoseconds for one operation, the median of all rounds.
    pub(crate) nanos: f64,
    /// How many times as long as the first contestant it takes: the median of the rounds' own ratios.
    pub(crate) ratio: f64,
}

impl<'a> Contestant<'a> {
    /// One operation a call.
    pub(crate) fn new<T>(name: &'static str, mut operation: impl FnMut() -> T + 'a) -> Self {
        let run = move |times| {
            let start = Instant::now();
            for _ in 0..times {
                black_box(operation());
            }
            start.elapsed()
        };
        Self { name, operations: 1.0, most: u32::MAX, run: Box::new(run) }
    }

    /// An operation that uses up its input. To make the input costs nothing here, to drop the output does.
    pub(crate) fn fed<I, T>(
        name: &'static str,
        mut input: impl FnMut() -> I + 'a,
        mut operation: impl FnMut(I) -> T + 'a,
    ) -> Self {
        let run = move |times| {
            let inputs: Vec<I> = (0..times).map(|_| input()).collect();
            let start = Instant::now();
            for input in inputs {
                black_box(operation(input));
            }
            start.elapsed()
        };
        Self { name, operations: 1.0, most: INPUTS, run: Box::new(run) }
    }

    /// An operation of another process, which does it so many times and says how long that took.
    pub(crate) fn elsewhere(name: &'static str, run: impl FnMut(u32) -> Duration + 'a) -> Self {
        Self { name, operations: 1.0, most: u32::MAX, run: Box::new(run) }
    }

    /// Says that one call does many operations.
    pub(crate) fn of(self, operations: usize) -> Self {
        Self { operations: operations as f64, ..self }
    }

    /// How many calls fill a slice.
    fn calls(&mut self) -> u32 {
        let mut calls = 1;
        // Only if three are slow in a row: an interruption is not.
        while calls < self.most && (0..3).any(|_| (self.run)(calls) < SLICE) {
            calls = calls.saturating_mul(2).min(self.most);
        }
        calls
    }
}

/// Measures all of them; ratios are to the first.
pub(crate) fn race(contestants: Vec<Contestant<'_>>) -> Vec<Measured> {
    race_for(ROUNDS, contestants)
}

/// As [`race`], with another number of rounds.
pub(crate) fn race_for(rounds: usize, mut contestants: Vec<Contestant<'_>>) -> Vec<Measured> {
    let calls: Vec<u32> = contestants.iter_mut().map(Contestant::calls).collect();
    let mut nanos = vec![Vec::with_capacity(rounds); contestants.len()];
    for round in 0..rounds {
        for turn in 0..contestants.len() {
            // Each comes first as often as the others, and every second round goes backwards: no one always comes after
            // the same other.
            let turn = if round % 2 == 0 { turn } else { contestants.len() - 1 - turn };
            let who = (round / 2 + turn) % contestants.len();
            let took = (contestants[who].run)(calls[who]).as_nanos() as f64;
            nanos[who].push(took / f64::from(calls[who]) / contestants[who].operations);
        }
    }
    let ratios = |who: usize| nanos[who].iter().zip(&nanos[0]).map(|(its, first)| its / first).collect();
    contestants
        .iter()
        .enumerate()
        .map(|(who, contestant)| Measured {
            name: contestant.name.to_owned(),
            nanos: median(nanos[who].clone()),
            ratio: median(ratios(who)),
        })
        .collect()
}

/// What several processes of this program measured, one after the other: of each number the median. The address at which
/// a program was loaded decides how fast code is that takes no more than some tens of nanoseconds, and a machine may be
/// slower for some seconds.
///
/// # Panics
///
/// When a process cannot be started, or fails.
pub(crate) fn in_processes(processes: usize, race: &str) -> Vec<Measured> {
    let runs: Vec<_> = (0..processes).map(|_| in_process(race)).collect();
    let number = |who: usize, of: fn(&Measured) -> f64| median(runs.iter().map(|run| of(&run[who])).collect());
    let measured = runs[0].iter().enumerate().map(|(who, measured)| Measured {
        name: measured.name.clone(),
        nanos: number(who, |measured| measured.nanos),
        ratio: number(who, |measured| measured.ratio),
    });
    measured.collect()
}

fn in_process(race: &str) -> Vec<Measured> {
    let program = env::current_exe().expect("a program that runs has a path");
    let mut command = Command::new(program);
    let output = command.args([ARGUMENT, race]).stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.expect("this program can be run once more");
    assert!(output.status.success(), "the race of {race} ends with {}", output.status);
    let parse = |line: &str| {
        let mut cells = line.splitn(3, '\t');
        let mut number = || cells.next()?.parse().ok();
        let (nanos, ratio) = (number()?, number()?);
        Some(Measured { name: cells.next()?.to_owned(), nanos, ratio })
    };
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| parse(line).expect("a race tells two numbers and a name")).collect()
}

/// Says what was measured to [`in_processes`].
pub(crate) fn tell(measured: &[Measured]) {
    for Measured { name, nanos, ratio } in measured {
        println!("{nanos}\t{ratio}\t{name}");
    }
}

/// The middle one.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
