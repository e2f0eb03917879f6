"""What the corner service is asked."""

from http import HTTPStatus
from urllib.parse import quote

from corner_values import DETAILS, HEADERS
from wire import Conversation, Headers, Request

PHRASED = [status.value for status in HTTPStatus]
BODILESS = [100, 101, 102, 103, 199, 204, 205, 304]


def get(target: str, name: str | None = None, headers: Headers | None = None) -> Request:
    return Request(name or f"get {target}", "GET", target, headers or [])


def send(method: str, target: str, body: str | None = None, headers: Headers | None = None) -> Request:
    return Request(f"{method.lower()} {target}", method, target, headers or [], body)


CODES = [
    *(get(f"/raise/{code}") for code in range(100, 600)),
    *(get(f"/raise/{code}?detail=because") for code in [*PHRASED, 199, 299, 306, 419, 420, 499, 599]),
    *(get(f"/raise/{code}?detail=") for code in [204, 404, 420]),
    get("/raise/600"),
    get("/raise/999"),
    *(get(f"/raise-starlette/{code}") for code in [404, 418, 204, 599]),
    *(get(f"/bare/{code}") for code in [200, 404, 405, 418, 422, 500, 599, *BODILESS]),
    *(get(f"/text/{code}") for code in [200, 404, 405, 500, 599]),
    *(get(f"/declared/{code}") for code in [200, 201, 299, 418, 599]),
    *(get(f"/declared-none/{code}") for code in [200, 204, 205, 304]),
    *(get(f"/set-status/{code}") for code in [201, 404, 599, 204, 205, 304]),
]

VALUES = [
    *(get(f"/detail/{name}") for name in DETAILS),
    *(get(f"/returned/{name}") for name in DETAILS),
    *(get(f"/annotated/{name}") for name in DETAILS),
    *(get(f"/headers/{name}") for name in HEADERS),
    *(
        get(f"/headers/{name}?code={code}")
        for code in [204, 205, 304, 103, 401]
        for name in ["custom", "content-type", "length-long", "etag"]
    ),
    get("/cookies"),
]

FAILURES = [
    get("/crash"),
    get("/crash-async"),
    send("POST", "/crash", "secret"),
    get("/crash-invalid-answer"),
    get("/crash-in-stream"),
    get("/stream"),
    get("/sub/crash"),
]

#: A path for each way in which the router finds nothing, finds another method, or redirects.
PATHS = [
    "/",
    "/unknown",
    "/unknown/",
    "/Items",
    "/items",
    "/items/",
    "/items//",
    "//items",
    "/%69tems",
    "/items%2F",
    "/items?a=1&b=2",
    "/items/?a=1&b=%20two&c",
    "/items/?",
    "/items/?x=%C3%A9&y=\"'<>",
    "/things",
    "/things/",
    "/things//",
    "/things?a=1&a=2",
    "/both",
    "/both/",
    "/both//",
    "/only-put",
    "/only-put/",
    "/many",
    "/many/",
    "/words",
    "/words/",
    "/words//",
    "/words/a",
    "/words/a/",
    "/words/a/b",
    "/words/a%20b",
    "/words/a+b",
    "/words/a%2Fb",
    "/words/%2F",
    "/words/%C3%A9",
    "/words/%C3%A9/",
    "/words/%FF",
    "/words/%00",
    "/words/%25",
    "/words/%",
    "/words/%zz",
    "/words/a;b=1,c",
    "/words/a%3Fb%23c",
    "/words/a%3Fb%23c/",
    "/words/.",
    "/words/..",
    "/words/a\"'<>|^`{}",
    "/words/a%5Cb/",
    "/slashed/a/",
    "/slashed/a",
    "/slashed/a%20b",
    "/slashed/%C3%A9?q=%C3%A9",
    "/slashed/%22%3C%3E",
    "/slashed/a:b@c!$&'()*+,;=",
    "/slashed/a%3Fb%23c%5Cd",
    "/slashed/a~b-c_d.e",
    "/files",
    "/files/",
    "/files/a/b/c",
    "/files/a/b/",
    "/files//a",
    "/numbers/7",
    "/numbers/007",
    "/numbers/-7",
    "/numbers/seven",
    "/overlap/fixed",
    "/overlap/other",
    "/nested",
    "/nested/",
    "/nested/leaf",
    "/nested/leaf/",
    "/nested/branch",
    "/nested/branch/",
    "/nested/unknown",
    "/nested/inner",
    "/nested/inner/",
    "/nested/inner/deep/",
    "/again/nested/leaf",
    "/again/nested/branch",
    "/again/nested/inner/?a=1",
    "/again/nested/unknown",
    "/sub",
    "/sub/",
    "/sub/inside",
    "/sub/inside/",
    "/sub/slash",
    "/sub/slash/",
    "/sub/unknown",
    "/sub/raise/418",
    "/subway",
    "/starlette",
    "/starlette/",
    "/starlette/inside",
    "/starlette/inside/",
    "/starlette/deeper",
    "/starlette/unknown",
    "/router",
    "/router/inside",
    "/router/inside/",
    "/router/unknown",
    "/ws/echo",
    "/ws/echo/",
    "/ws/unknown",
]

METHODS = [
    *(send(method, "/items") for method in ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]),
    *(send(method, "/unknown") for method in ["HEAD", "OPTIONS", "POST", "DELETE", "TRACE"]),
    *(send(method, "/items/") for method in ["HEAD", "OPTIONS", "POST", "PUT", "DELETE"]),
    *(send(method, "/things") for method in ["HEAD", "POST", "DELETE"]),
    *(send(method, "/many") for method in ["HEAD", "POST", "DELETE", "PUT"]),
    *(send(method, "/with-head") for method in ["HEAD", "GET", "POST"]),
    *(send(method, "/with-options") for method in ["OPTIONS", "PATCH", "GET", "POST", "HEAD"]),
    *(send(method, "/overlap/fixed") for method in ["DELETE", "PUT"]),
    *(send(method, "/overlap/other") for method in ["DELETE"]),
    *(send(method, "/nested/inner") for method in ["POST", "PUT"]),
    *(send(method, "/nested/leaf") for method in ["POST", "HEAD"]),
    *(send(method, "/sub/inside") for method in ["POST", "HEAD"]),
    *(send(method, "/sub/slash") for method in ["POST"]),
    *(send(method, "/starlette/inside") for method in ["POST", "HEAD"]),
    *(send(method, "/router/inside") for method in ["POST", "HEAD"]),
    *(send(method, "/raise/404") for method in ["HEAD", "POST"]),
    *(send(method, "/ws/echo") for method in ["POST"]),
    send("HEAD", "/crash"),
    send("OPTIONS", "*"),
    send("POST", "/items/?a=1", '{"a": 1}', [("content-type", "application/json")]),
    send("POST", "/unknown?body", "a body that nobody reads"),
    send("PUT", "/words/a", "a body that nobody reads"),
    send("BREW", "/items"),
]

CONNECTIONS = [
    get("/raise/404", "connection close, raised", [("connection", "close")]),
    get("/items", "connection close, answered", [("connection", "close")]),
    get("/items", "connection keep-alive", [("connection", "keep-alive")]),
    get("/unknown", "accepts html", [("accept", "text/html")]),
]

REQUESTS = [*CODES, *VALUES, *FAILURES, *(get(path) for path in PATHS), *METHODS, *CONNECTIONS]

SENDABLE = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]
UNSENDABLE = [999, 1004, 1005, 1006, 1015, 1016, 2999, 5000]
REASONS = {
    "plain": "no token",
    "non-ascii": "kein Schlüssel – ключ – 鍵",
    "emoji": "🦀",
    "quotes": "\"a\" 'b' \\",
    "newline": "a\nb",
    "longest": "r" * 123,
    "longest-non-ascii": "é" * 61 + "r",
    "too-long": "r" * 124,
    "too-long-non-ascii": "é" * 62,
}


def talk(target: str, *steps: dict[str, object], name: str | None = None) -> Conversation:
    return Conversation(name or f"ws {target}", target, list(steps))


RECEIVE: dict[str, object] = {"receive": ""}

CONVERSATIONS = [
    *(talk(f"/ws/refuse/{code}") for code in [*SENDABLE, *UNSENDABLE]),
    talk("/ws/refuse/1008?reason=no%20token"),
    talk("/ws/close-first/1000"),
    *(talk(f"/ws/raise/{code}") for code in [*SENDABLE, *UNSENDABLE]),
    *(talk(f"/ws/raise/1008?reason={quote(reason)}", name=f"ws reason {key}") for key, reason in REASONS.items()),
    talk("/ws/close/1000"),
    talk("/ws/close/1000?reason=goodbye"),
    talk("/ws/close/4321?reason=%C3%A9"),
    talk("/ws/echo", {"send": "one"}, RECEIVE, {"send": "zwei – ü"}, RECEIVE, {"client_close": {"code": 1000}}),
    talk("/ws/echo", {"client_close": {"code": 4000, "reason": "enough"}}, name="ws client closes"),
    talk("/ws/echo", {"client_close": {}}, name="ws client closes without a code"),
    talk("/ws/greet-and-raise", RECEIVE, RECEIVE, {"send": "the reason"}),
    talk("/ws/return"),
    talk("/ws/return-first"),
    talk("/ws/crash"),
    talk("/ws/crash-first"),
    talk("/ws/http-exception/404"),
    talk("/ws/http-exception/401"),
    talk("/ws/http-exception/204"),
    talk("/ws/http-exception/404?accept=true"),
    talk("/ws/deny"),
    talk("/ws/typed/7?flag=yes", RECEIVE),
    talk("/ws/typed/seven?flag=maybe"),
    talk("/ws/typed/7"),
    talk("/ws/protocol"),
    talk("/ws/unknown"),
    talk("/ws/echo/"),
    talk("/items"),
    talk("/sub/unknown"),
    talk("/sub/inside"),
]
