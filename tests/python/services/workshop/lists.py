"""What another module adds in loops."""

from dataclasses import dataclass

from fastapi import APIRouter

one = APIRouter(prefix="/listed")
two = APIRouter(prefix="/enlisted")
ROUTERS = [one, two]


@dataclass(frozen=True)
class Page:
    paths: tuple[str, ...]
    status: int = 200


PAGES = (Page(("/page", "/pages")), Page(paths=("/leaf",), status=203))


@one.get("/x")
@two.get("/y")
def read():
    return {}
