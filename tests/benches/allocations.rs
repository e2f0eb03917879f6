//! Counts the allocations of the responses in `answers.rs`, for the table to show.
//!
//! It stands apart from what is timed, because the allocator that counts is a slow one.

mod answers;

use std::fs;
use std::path::Path;

use answers::{Way, Ways};

fn main() {
    let counts: String = answers::ALL.iter().flat_map(lines).collect();
    print!("allocations, and who makes them:\n{counts}");
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("allocations.txt"), counts)
        .expect("the target directory can be written to");
}

fn lines(ways: &Ways) -> Vec<String> {
    let line = |way: &Way| format!("{}\t{}\t{}\n", allocations(way.make), ways.framework, way.name);
    ways.all().iter().map(line).collect()
}

/// Of any but the first time, when tables and pools are made.
fn allocations(make: fn()) -> u64 {
    make();
    allocation_counter::measure(make).count_total
}
