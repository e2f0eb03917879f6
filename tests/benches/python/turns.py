"""Has the benchmark say when what is done, and how often: a line for each turn, answered with its nanoseconds."""

import sys
from collections.abc import Callable
from time import perf_counter_ns


def take_turns(operations: dict[str, Callable[[], object]]) -> None:
    for line in sys.stdin:
        name, times = line.rsplit(maxsplit=1)
        operation, times = operations[name], int(times)
        start = perf_counter_ns()
        for _ in range(times):
            operation()
        print(perf_counter_ns() - start, flush=True)
