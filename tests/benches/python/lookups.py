"""Python's own look-ups: of `phrases` by the codes, or of codes by the `names`, that the arguments say."""

import sys
from http import HTTPStatus

from fastapi import status
from turns import take_turns

CODES = [int(argument) for argument in sys.argv[2:]] if sys.argv[1] == "phrases" else []
NAMES = sys.argv[2:] if sys.argv[1] == "names" else []


def phrases() -> None:
    for code in CODES:
        HTTPStatus(code).phrase  # noqa: B018


def names() -> None:
    for name in NAMES:
        getattr(status, name, None)


take_turns({"phrases": phrases, "names": names})
