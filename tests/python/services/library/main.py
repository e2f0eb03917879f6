"""A service with routers in several files, for `verify.py`."""

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, Request, Response, WebSocket, status
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel
from routers import loans, members
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


class Feedback(BaseModel):
    text: str


class Audit:
    def __init__(self, agent: str = Header()):
        self.agent = agent


class Role:
    def __init__(self, name: str):
        self.name = name

    def __call__(self, token: Annotated[str, Depends(OAuth2PasswordBearer(tokenUrl="token"))]):
        return self.name


def language(response: Response, request: Request):
    response.status_code = 203
    return request.url


@app.post("/token")
def token(form: Annotated[OAuth2PasswordRequestForm, Depends()]):
    return {"access_token": form.username}


@app.post("/feedback", status_code=201)
def feedback(feedback: Feedback):
    return JSONResponse({}, status_code=202)


@app.get("/audit")
def audit(audit: Annotated[Audit, Depends()]):
    return audit.agent


@app.get("/language", dependencies=[Depends(language), Depends(Role("reader"))])
def languages():
    return "en"


def robots(request):
    return PlainTextResponse("")


app.include_router(api)
app.include_router(members.router, prefix="/v2")
app.add_route("/robots.txt", robots)
app.router.add_route("/status", robots, methods=["GET", "POST"])
app.mount("/admin", members.admin)
app.add_api_route("/ready", ready, status_code=202, methods=["POST"])
