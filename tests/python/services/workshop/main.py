"""A service whose routers are made by classes and functions, for `verify.py`."""

import os

from controllers import Books, Controller, Loop, Notes
from factories import Assets, Tiles, Validate, Viewer, account
from fastapi import APIRouter, FastAPI
from functions import add, anyone, health, make_router, register_all, somebody, versions
from lists import PAGES, ROUTERS

app = FastAPI()

plain = Tiles(prefix="/plain", extensions=[Validate(), Viewer()], add_map=True)
app.include_router(plain.router, prefix="/plain")

assets = Assets(add_preview=False, extensions=[Validate(path="/check")])
app.include_router(assets.router, prefix="/assets")


@assets.router.get("/late")
def late():
    return {}


routers = [Books({}).router, Notes({}).router]
routers.append(Controller({}, guard=anyone, tags=["things"]).router)
for router in routers:
    app.include_router(router)
app.include_router(Loop().router)

for router in ROUTERS:
    app.include_router(router)
for page in PAGES:
    for path in page.paths:
        app.add_api_route(path, anyone, status_code=page.status)

health(app)
app.include_router(make_router("/open"))
app.include_router(make_router("/closed", somebody, is_writable=False))
register_all(app, make_router("/one"), make_router(prefix="/two", guard=account))


def ping(size: int = 1):
    return size


PATHS = ("/ping", "/pong")
for path in PATHS:
    add(app, path, ping, methods=["GET"])
for path, code in {"/made": 201, "/taken": 202}.items():
    app.add_api_route(path, anyone, methods=["POST"], status_code=code)
for name, (path, is_shown) in [("a", ("/shown", True)), ("b", ("/hidden", False))]:
    if is_shown:
        app.add_api_route(path, anyone, name=name)
for path in os.environ.get("MORE_PATHS", "").split():
    app.add_api_route(path, anyone)
versions(app)

add(app, "/options", anyone, status_code=206, responses={404: {"description": "Missing"}})

if os.environ.get("WITH_EXTRA"):
    extra = Tiles()
    app.include_router(extra.router, prefix="/extra")
inner = APIRouter(prefix="/inner")
add(inner, "/x", anyone)
app.include_router(inner)
