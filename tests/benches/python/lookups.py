"""Nanoseconds of Python's own look-ups: a phrase by code, a code by name."""

from http import HTTPStatus
from timeit import Timer

from fastapi import status

NAMES = [name for name in dir(status) if name.startswith(("HTTP_", "WS_"))]
CODES = [code.value for code in HTTPStatus]


def phrases() -> None:
    for code in CODES:
        HTTPStatus(code).phrase  # noqa: B018


def names() -> None:
    for name in NAMES:
        getattr(status, name)


def misses() -> None:
    for name in NAMES:
        getattr(status, name[1:], None)


def report(what: str, function, operations: int) -> None:
    times = 500
    print(what, min(Timer(function).repeat(7, times)) / times / operations * 1e9)


report("phrase", phrases, len(CODES))
report("name", names, len(NAMES))
report("miss", misses, len(NAMES))
