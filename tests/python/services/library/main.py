"""A service with routers in several files, for `verify.py`."""

from fastapi import APIRouter, FastAPI, WebSocket, status
from fastapi.responses import RedirectResponse
from routers import loans
from routers.books import VERSION
from routers.books import router as books

app = FastAPI()
api = APIRouter(prefix="/api")
api.include_router(books, prefix=VERSION)
api.include_router(loans.make_router(), prefix="/loans")


@app.api_route("/health", methods=["GET", "HEAD"], status_code=status.HTTP_204_NO_CONTENT)
def health():
    return None


@app.get("/old", response_class=RedirectResponse)
def old():
    return "/api"


@app.get("/hidden", include_in_schema=False)
def hidden():
    return {}


@app.websocket("/feed")
async def feed(socket: WebSocket):
    await socket.close(code=status.WS_1008_POLICY_VIOLATION)


def ready():
    return {}


app.include_router(api)
app.add_api_route("/ready", ready, status_code=202, methods=["POST"])
