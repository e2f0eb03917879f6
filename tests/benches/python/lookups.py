"""Python's own look-ups, of what the arguments say: phrases by their codes, codes by their names."""

import sys
from http import HTTPStatus

from fastapi import status
from turns import take_turns

CODES = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
NAMES = [argument for argument in sys.argv[1:] if not argument.isdigit()]


def phrases() -> None:
    for code in CODES:
        HTTPStatus(code).phrase  # noqa: B018


def names() -> None:
    for name in NAMES:
        getattr(status, name, None)


take_turns({"phrases": phrases, "names": names})
