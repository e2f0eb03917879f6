"""pydantic on a body of JSON with as many errors as the arguments say: their list, and FastAPI's 422."""

import json
import sys
from functools import partial

from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from turns import take_turns


class Line(BaseModel):
    title: str
    quantity: int
    price: float
    gift: bool
    note: str | None = None
    tags: list[str] = []


class Order(BaseModel):
    customer: str
    lines: list[Line]


LINE = {"title": "Dune", "quantity": 2, "price": "high", "gift": False, "note": "for Ada", "tags": ["a", "b"]}


def body(errors: int) -> bytes:
    order = {"customer": "Ada Lovelace", "lines": [LINE] * errors}
    return json.dumps(order, separators=(",", ":")).encode()


def validate(sent: bytes) -> ValidationError:
    try:
        Order.model_validate(json.loads(sent))
    except ValidationError as error:
        return error
    raise AssertionError("the body is valid")


def answer(sent: bytes) -> bytes:
    """As FastAPI's `request_validation_exception_handler` does."""
    errors = [{**error, "loc": ("body", *error["loc"])} for error in validate(sent).errors(include_url=False)]
    return JSONResponse({"detail": jsonable_encoder(errors)}, 422).body


operations = {}
for argument in sys.argv[1:]:
    sent = body(int(argument))
    assert len(validate(sent).errors()) == int(argument)
    operations[f"list {argument}"] = partial(validate, sent)
    operations[f"body {argument}"] = partial(answer, sent)
take_turns(operations)
