"""A service for the corners: every code, odd details and headers, and all that the router answers by itself."""

from collections.abc import Iterator
from typing import Any

from corner_values import DETAILS, HEADERS
from fastapi import APIRouter, FastAPI, HTTPException, Request, Response, WebSocket, WebSocketException, status
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import Mount, Route, Router

app = FastAPI(openapi_url=None)

# --- Codes ---


@app.get("/raise/{code}")
def raise_code(code: int, detail: str | None = None) -> None:
    raise HTTPException(code, detail)


@app.get("/raise-starlette/{code}")
def raise_starlettes_code(code: int) -> None:
    """Starlette's own exception, that FastAPI's derives from."""
    raise StarletteHTTPException(code)


@app.get("/bare/{code}")
def bare(code: int) -> Response:
    """A handler's own answer, which is nobody else's business even where it is a 404 or a 405."""
    return Response(status_code=code)


@app.get("/text/{code}")
def text(code: int) -> Response:
    return PlainTextResponse("a text", code)


@app.get("/declared/200", status_code=status.HTTP_200_OK)
@app.get("/declared/201", status_code=status.HTTP_201_CREATED)
@app.get("/declared/299", status_code=299)
@app.get("/declared/418", status_code=status.HTTP_418_IM_A_TEAPOT)
@app.get("/declared/599", status_code=599)
def declared() -> dict[str, int]:
    return {"answer": 42}


@app.get("/declared-none/200", status_code=status.HTTP_200_OK)
@app.get("/declared-none/204", status_code=status.HTTP_204_NO_CONTENT)
@app.get("/declared-none/205", status_code=status.HTTP_205_RESET_CONTENT)
@app.get("/declared-none/304", status_code=status.HTTP_304_NOT_MODIFIED)
def declared_none() -> None:
    return None


@app.get("/set-status/{code}")
def set_status(code: int, response: Response) -> dict[str, int]:
    """The code is set on the answer, while a body is returned."""
    response.status_code = code
    return {"answer": 42}


# --- Details ---


@app.get("/detail/{name}")
def detail(name: str) -> None:
    raise HTTPException(status.HTTP_400_BAD_REQUEST, DETAILS[name])


@app.get("/returned/{name}")
def returned(name: str):
    """The same values as an ordinary answer, that no annotation describes: through Python's json."""
    return DETAILS[name]


@app.get("/annotated/{name}")
def annotated(name: str) -> Any:
    """The same values as an ordinary answer with an annotation: through pydantic's serialiser."""
    return DETAILS[name]


# --- Headers ---


@app.get("/headers/{name}")
def headers(name: str, code: int = 400) -> None:
    raise HTTPException(code, "text", HEADERS[name])


@app.get("/cookies")
def cookies(response: Response) -> dict[str, str]:
    response.set_cookie("a", "1")
    response.set_cookie("b", "two words", max_age=60, secure=True, httponly=True, samesite="strict")
    response.headers.append("X-Twice", "1")
    response.headers.append("X-Twice", "2")
    return {}


# --- Failures ---


class Strict(BaseModel):
    number: int


@app.get("/crash")
def crash() -> None:
    raise RuntimeError("a secret: <password>")


@app.get("/crash-async")
async def crash_async() -> None:
    raise KeyError("a secret")


@app.post("/crash")
async def crash_after_body(request: Request) -> None:
    raise ValueError(await request.body())


@app.get("/crash-invalid-answer")
def crash_invalid_answer() -> Strict:
    return {"number": "not a number"}  # type: ignore[return-value]


@app.get("/crash-in-stream")
def crash_in_stream() -> StreamingResponse:
    def parts() -> Iterator[bytes]:
        yield b"the first part"
        raise RuntimeError("a secret")

    return StreamingResponse(parts(), media_type="text/plain")


@app.get("/stream")
def stream() -> StreamingResponse:
    return StreamingResponse(iter([b"one", b"two"]), media_type="text/plain")


# --- Routes ---


@app.get("/items")
@app.post("/items")
@app.get("/things/")
@app.post("/things/")
@app.get("/both")
@app.put("/only-put/")
async def echo(request: Request) -> dict[str, str]:
    return {"path": request.url.path, "query": request.url.query, "method": request.method}


@app.get("/both/")
async def both_with_slash() -> str:
    return "with slash"


@app.api_route("/many", methods=["GET", "POST", "DELETE"])
@app.api_route("/with-head", methods=["GET", "HEAD"])
@app.options("/with-options")
@app.get("/with-options")
@app.patch("/with-options")
async def many(request: Request) -> str:
    return request.method


@app.get("/words/{word}")
def read_word(word: str) -> dict[str, str]:
    return {"word": word}


@app.get("/slashed/{word}/")
def read_slashed_word(word: str) -> dict[str, str]:
    return {"word": word}


@app.get("/files/{path:path}")
def read_file(path: str) -> dict[str, str]:
    return {"path": path}


@app.get("/numbers/{number:int}")
def read_number(number: int) -> dict[str, int]:
    return {"number": number}


@app.get("/overlap/fixed")
def overlap_fixed() -> str:
    return "fixed"


@app.delete("/overlap/{name}")
def overlap_named(name: str) -> str:
    return name


router = APIRouter(prefix="/nested")


@router.get("")
def nested_root() -> str:
    return "root"


@router.get("/leaf")
@router.get("/branch/")
def nested_leaf() -> str:
    return "leaf"


inner = APIRouter(prefix="/inner")


@inner.get("/")
@inner.post("/")
@inner.get("/deep")
def inner_root() -> str:
    return "inner"


router.include_router(inner)
app.include_router(router)
app.include_router(router, prefix="/again")

sub = FastAPI(openapi_url=None)


@sub.get("/")
@sub.get("/inside")
@sub.post("/slash/")
def sub_inside(request: Request) -> dict[str, str]:
    return {"path": request.url.path, "root": request.scope["root_path"]}


@sub.get("/crash")
def sub_crash() -> None:
    raise RuntimeError("a secret")


@sub.get("/raise/{code}")
def sub_raise(code: int) -> None:
    raise HTTPException(code)


app.mount("/sub", sub)


async def plain(request: Request) -> Response:
    return JSONResponse({"path": request.url.path})


#: A mounted application of Starlette's own answers its 404 and 405 as text; a mounted router leaves them to FastAPI.
app.mount("/starlette", Starlette(routes=[Route("/inside", plain), Mount("/deeper", routes=[Route("/", plain)])]))
app.mount("/router", Router(routes=[Route("/inside", plain)]))

# --- WebSockets ---


@app.websocket("/ws/refuse/{code}")
async def ws_refuse(websocket: WebSocket, code: int, reason: str | None = None) -> None:
    raise WebSocketException(code, reason)


@app.websocket("/ws/close-first/{code}")
async def ws_close_first(websocket: WebSocket, code: int) -> None:
    await websocket.close(code)


@app.websocket("/ws/raise/{code}")
async def ws_raise(websocket: WebSocket, code: int, reason: str | None = None) -> None:
    await websocket.accept()
    raise WebSocketException(code, reason)


@app.websocket("/ws/close/{code}")
async def ws_close(websocket: WebSocket, code: int, reason: str | None = None) -> None:
    await websocket.accept()
    await websocket.close(code, reason)


@app.websocket("/ws/echo")
async def ws_echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


@app.websocket("/ws/greet-and-raise")
async def ws_greet_and_raise(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json({"name": "Zoë", "ratio": 0.5, "none": None})
    await websocket.send_bytes(b"\xff\x00")
    raise WebSocketException(status.WS_1008_POLICY_VIOLATION, await websocket.receive_text())


@app.websocket("/ws/return")
async def ws_return(websocket: WebSocket) -> None:
    """Accepts, and ends without a close."""
    await websocket.accept()


@app.websocket("/ws/return-first")
async def ws_return_first(websocket: WebSocket) -> None:
    """Ends without accept or close."""


@app.websocket("/ws/crash")
async def ws_crash(websocket: WebSocket) -> None:
    await websocket.accept()
    raise RuntimeError("a secret")


@app.websocket("/ws/crash-first")
async def ws_crash_first(websocket: WebSocket) -> None:
    raise RuntimeError("a secret")


@app.websocket("/ws/http-exception/{code}")
async def ws_http_exception(websocket: WebSocket, code: int, accept: bool = False) -> None:
    if accept:
        await websocket.accept()
    raise HTTPException(code, "not here", {"X-Custom": "value"})


@app.websocket("/ws/deny")
async def ws_deny(websocket: WebSocket) -> None:
    await websocket.send_denial_response(JSONResponse({"error": "log in"}, 401, {"WWW-Authenticate": "Bearer"}))


@app.websocket("/ws/typed/{number}")
async def ws_typed(websocket: WebSocket, number: int, flag: bool) -> None:
    await websocket.accept()
    await websocket.send_json({"number": number, "flag": flag})
    await websocket.close()


@app.websocket("/ws/protocol")
async def ws_protocol(websocket: WebSocket) -> None:
    await websocket.accept(subprotocol="chat", headers=[(b"x-custom", b"value")])
    await websocket.close()
