"""Functions that are handed a router, or make one."""

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException


def health(app: FastAPI):
    @app.get("/health", status_code=204)
    def healthy():
        return None


def add(router, path: str, handler, **options):
    router.add_api_route(path, handler, **options)


def make_router(prefix: str, guard=None, *, is_writable: bool = True) -> APIRouter:
    router = APIRouter(prefix=prefix, dependencies=[Depends(guard)] if guard else None)

    def current(it=Depends(guard or anyone)):
        return it

    @router.get("/")
    def read(it=Depends(current)):
        return it

    if is_writable:

        @router.put("/{id}")
        def write(id: int):
            raise HTTPException(409)

    return router


def anyone():
    return None


def somebody(name: str = Header()):
    return name


def register_all(app: FastAPI, *routers: APIRouter, prefix: str = "/all"):
    for router in routers:
        app.include_router(router, prefix=prefix)


def versions(app):
    for number, suffix in enumerate(["a", "b"]):

        @app.get(f"/version/{number}{suffix}")
        def version():
            return suffix
