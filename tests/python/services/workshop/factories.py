"""Routers that classes make."""

import abc
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Depends, Header, HTTPException
from fastapi.responses import RedirectResponse

picture = {"responses": {200: {"description": "A picture"}, 415: {"description": "No"}}, "status_code": 203}
moved = dict(response_class=RedirectResponse, include_in_schema=False)


def source(url: str):
    return url


def account(name: str = Header()):
    if name == "nobody":
        raise HTTPException(401)
    return name


def nothing():
    return None


class Extension(abc.ABC):
    @abc.abstractmethod
    def register(self, factory: "Factory"): ...


@dataclass
class Factory(abc.ABC):
    router: APIRouter = field(default_factory=APIRouter)
    prefix: str = ""
    extensions: list[Extension] = field(default_factory=list)
    path_dependency: Callable[..., Any] = source
    add_preview: bool = True
    add_map: bool = False

    def __post_init__(self):
        self.register_routes()
        for extension in self.extensions:
            extension.register(self)

    @abc.abstractmethod
    def register_routes(self): ...


@dataclass
class Tiles(Factory):
    def register_routes(self):
        self.info()
        self.tile()
        if self.add_preview:
            self.preview()
        if not self.add_map or self.prefix is None:
            return
        self.map()

    def info(self):
        @self.router.get("/info")
        def info(path=Depends(self.path_dependency)):
            return path

    def tile(self):
        @self.router.get("/tiles/{z}", **picture)
        @self.router.get("/tiles/{z}.{format}", **picture)
        def tile(z: int, format: str = "png"):
            if z > 24:
                raise HTTPException(404)
            return z

        @self.router.get("/old", **moved)
        def old():
            return "/info"

    def preview(self):
        @self.router.get("/preview")
        def preview(path=Depends(self.path_dependency)):
            return path

    def map(self):
        @self.router.get("/map", dependencies=[Depends(self.path_dependency)])
        def map():
            return {}


@dataclass
class Assets(Tiles):
    path_dependency: Callable[..., Any] = account

    def register_routes(self):
        super().register_routes()
        self.assets()

    def info(self):
        @self.router.post("/info", status_code=201)
        def info():
            return {}

    def assets(self):
        @self.router.get("/assets")
        def assets(path=Depends(self.path_dependency)):
            return path


@dataclass
class Validate(Extension):
    path: str = "/validate"

    def register(self, factory: Factory):
        @factory.router.get(self.path)
        def validate(source=Depends(factory.path_dependency)):
            return source


class Viewer(Extension):
    def register(self, factory: Factory):
        if not factory.extensions:
            return

        @factory.router.get("/viewer", dependencies=[Depends(nothing)])
        def viewer():
            return {}
