"""Classes whose methods handle the routes."""

from fastapi import APIRouter, Depends, Header, HTTPException


def user(token: str = Header()):
    return token


class Controller:
    prefix = "/things"
    has_delete = True

    def __init__(self, store, guard=None, *, tags: list[str] | None = None):
        self.store = store
        self._router = APIRouter(prefix=self.prefix, tags=tags)
        self._router.add_api_route("/", self.all, methods=["GET"])
        self._router.add_api_route("/{id}", self.one, methods=["GET"], status_code=200)
        if guard is not None:
            self._router.add_api_route("/", self.add, methods=["POST"], status_code=201, dependencies=[Depends(guard)])
        if self.has_delete:
            self._router.add_api_route("/{id}", self.remove, methods=["DELETE"], status_code=204)

    @property
    def router(self) -> APIRouter:
        return self._router

    def all(self):
        return list(self.store)

    def one(self, id: int):
        return self.find(id)

    def add(self):
        return {}

    def remove(self, id: int):
        return None

    def find(self, id: int):
        if id not in self.store:
            raise HTTPException(404)
        return self.store[id]


class Books(Controller):
    prefix = "/books"

    def __init__(self, store):
        super().__init__(store, user)
        self._router.add_api_route("/{id}/pages", self.pages, methods=["GET"])

    def pages(self, id: int, size: int = 10):
        return [id, size]


class Notes(Controller):
    prefix = "/notes"
    has_delete = False

    def all(self):
        return []


class Loop:
    """Methods that call each other."""

    def __init__(self):
        self.router = APIRouter(prefix="/first")
        self.router = APIRouter(prefix="/loop")
        self.router.patch("/by-hand", status_code=202)(self.handle)
        self.one()

    def one(self, again=True):
        self.router.add_api_route("/one", self.handle)
        if again:
            self.two()

    def two(self):
        self.router.add_api_route("/two", self.handle)

    @staticmethod
    def handle():
        return {}
