"""HTTP/1.1 and WebSocket conversations over plain sockets: nothing is added, and nothing that comes is tidied."""

import base64
import json
import os
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

Headers = list[tuple[str, str]]

#: The `host` header of every request, so that redirects name no port.
HOST = "shop.test"
#: Headers that say when and with what an answer was made, not what it is.
UNRECORDED = {"date", "server"}
TIMEOUT = 10.0


@dataclass
class Request:
    """One HTTP request of a transcript."""

    name: str
    method: str
    target: str
    headers: Headers = field(default_factory=list)
    body: str | bytes | None = None

    def encode(self) -> bytes:
        """The request as it goes on the wire."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = [("host", HOST), *self.headers]
        if body is not None:
            headers.append(("content-length", str(len(body))))
        head = f"{self.method} {self.target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers)
        return head.encode("latin-1") + b"\r\n" + (body or b"")

    def to_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"method": self.method, "target": self.target, "headers": self.headers}
        return shown | ({} if self.body is None else body_to_json(self.body))


@dataclass
class Conversation:
    """One WebSocket conversation of a transcript: what the client does, `receive` where it waits for the server."""

    name: str
    target: str
    steps: list[dict[str, Any]] = field(default_factory=list)
    headers: Headers = field(default_factory=list)


def body_to_json(body: str | bytes) -> dict[str, str]:
    """`body` where it is text, `body_base64` where it is not."""
    if isinstance(body, bytes):
        try:
            body = body.decode()
        except UnicodeDecodeError:
            return {"body_base64": base64.b64encode(body).decode()}
    return {"body": body}


class ConnectionEnded(Exception):
    """The server ended the connection; holds what came since the last whole message."""

    def __init__(self, partial: bytes) -> None:
        super().__init__("the server closed the connection")
        self.partial = partial


class Connection:
    """A socket that reads by lines and by counts."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.buffer = b""

    def send(self, data: bytes) -> None:
        """Sends all of it; a connection that the server has ended is found by reading."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.socket.sendall(data)

    def _more(self) -> None:
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        if not data:
            partial, self.buffer = self.buffer, b""
            raise ConnectionEnded(partial)
        self.buffer += data

    def until(self, end: bytes) -> bytes:
        while end not in self.buffer:
            self._more()
        found, _, self.buffer = self.buffer.partition(end)
        return found

    def exactly(self, count: int) -> bytes:
        while len(self.buffer) < count:
            self._more()
        found, self.buffer = self.buffer[:count], self.buffer[count:]
        return found

    def close(self) -> None:
        self.socket.close()


def read_head(connection: Connection) -> tuple[int, str, Headers]:
    """Status, reason phrase and all headers of an answer."""
    line, *fields = connection.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
    version, _, rest = line.partition(" ")
    status, _, reason = rest.partition(" ")
    if version != "HTTP/1.1" or not status.isdigit():
        raise ValueError(f"not a status line: {line!r}; is it a stray body of the answer before?")
    headers = [(name.lower(), value.strip(" ")) for name, _, value in (entry.partition(":") for entry in fields)]
    return int(status), reason, headers


def read_chunks(connection: Connection) -> bytes:
    body = b""
    try:
        while count := int(connection.until(b"\r\n"), 16):
            body += connection.exactly(count)
            connection.until(b"\r\n")
        connection.until(b"\r\n")
    except ConnectionEnded as end:
        raise ConnectionEnded(body + end.partial) from None
    return body


def read_body(connection: Connection, method: str, status: int, headers: Headers) -> bytes:
    """The body as the headers delimit it; a 1xx counts as an answer like any other, as the server means it."""
    fields = dict(headers)
    if method == "HEAD" or status in (204, 304):
        return b""
    if fields.get("transfer-encoding") == "chunked":
        return read_chunks(connection)
    return connection.exactly(int(fields.get("content-length", 0)))


def read_response(connection: Connection, method: str) -> dict[str, Any]:
    """One answer; `incomplete` where the server gave up in the middle of the body."""
    status, reason, headers = read_head(connection)
    ended = False
    try:
        body = read_body(connection, method, status, headers)
    except ConnectionEnded as end:
        ended, body = True, end.partial
    shown: dict[str, Any] = {"status": status, "reason": reason}
    shown["headers"] = [header for header in headers if header[0] not in UNRECORDED]
    if body:
        shown |= body_to_json(body)
    return shown | ({"incomplete": True} if ended else {})


class Client:
    """Sends requests one after the other, on one connection for as long as the server keeps it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = Connection(port)
        self.last: dict[str, Any] | None = None

    def exchange(self, request: Request) -> dict[str, Any]:
        """One exchange. `closes` is added to it when the next finds the connection closed, so nobody waits for that."""
        response = self._ask(request)
        if response is None and self.last is not None:
            # Either the last answer closed the connection, or the server has no answer to this: ask on a fresh one.
            last = self.last
            self._reconnect()
            response = self._ask(request)
            if response is not None:
                last["closes"] = True
        exchange = {"name": request.name, "request": request.to_json(), "response": response}
        if response is None or "incomplete" in response:
            exchange["closes"] = True
            self._reconnect()
        else:
            self.last = exchange
        return exchange

    def _reconnect(self) -> None:
        self.connection.close()
        self.connection, self.last = Connection(self.port), None

    def _ask(self, request: Request) -> dict[str, Any] | None:
        """The answer; none where the server closed without a byte."""
        self.connection.send(request.encode())
        try:
            return read_response(self.connection, request.method)
        except ConnectionEnded:
            return None

    def close(self) -> None:
        """Asks once more, unrecorded, to learn whether the last answer closed the connection."""
        self.exchange(Request("probe", "GET", "/probe"))
        self.connection.close()


TEXT, BINARY, CLOSE = 1, 2, 8


def write_frame(opcode: int, payload: bytes) -> bytes:
    """A whole client's frame, masked as they must be."""
    size = len(payload)
    length = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0x80 | 126, size)
    mask = os.urandom(4)
    return bytes([0x80 | opcode]) + length + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def read_frame(connection: Connection) -> tuple[int, bytes]:
    first, second = connection.exactly(2)
    length = second
    if second == 126:
        (length,) = struct.unpack("!H", connection.exactly(2))
    elif second == 127:
        (length,) = struct.unpack("!Q", connection.exactly(8))
    return first & 0x0F, connection.exactly(length)


def receive_step(connection: Connection) -> dict[str, Any]:
    """The server's next frame as a step; `dropped` where the connection ends without a close frame."""
    try:
        opcode, payload = read_frame(connection)
    except ConnectionEnded:
        return {"dropped": True}
    if opcode == TEXT:
        return {"receive": payload.decode()}
    if opcode == BINARY:
        return {"receive_bytes": base64.b64encode(payload).decode()}
    if opcode != CLOSE:
        raise ValueError(f"unexpected frame: opcode {opcode}")
    if not payload:
        return {"close": {}}
    return {"close": {"code": int.from_bytes(payload[:2]), "reason": payload[2:].decode()}}


def converse(port: int, conversation: Conversation) -> dict[str, Any]:
    """One conversation, from the handshake to the close."""
    shown: dict[str, Any] = {"name": conversation.name, "target": conversation.target, "headers": conversation.headers}
    upgrade = [("connection", "Upgrade"), ("upgrade", "websocket"), ("sec-websocket-version", "13")]
    upgrade.append(("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="))
    handshake = Request(conversation.name, "GET", conversation.target, [*upgrade, *conversation.headers])
    connection = Connection(port)
    try:
        connection.send(handshake.encode())
        status, reason, headers = read_head(connection)
        if status != 101:
            refused: dict[str, Any] = {"status": status, "reason": reason}
            refused["headers"] = [header for header in headers if header[0] not in UNRECORDED]
            if body := read_body(connection, "GET", status, headers):
                refused |= body_to_json(body)
            return shown | {"refused": refused}
        shown["steps"] = steps = []
        for step in conversation.steps:
            if "send" in step:
                connection.send(write_frame(TEXT, step["send"].encode()))
            elif "send_bytes" in step:
                connection.send(write_frame(BINARY, base64.b64decode(step["send_bytes"])))
            elif "client_close" in step:
                close = step["client_close"]
                payload = struct.pack("!H", close["code"]) + close.get("reason", "").encode() if close else b""
                connection.send(write_frame(CLOSE, payload))
            steps.append(receive_step(connection) if "receive" in step else step)
        while not steps or steps[-1].keys().isdisjoint({"close", "dropped"}):
            steps.append(receive_step(connection))
        return shown
    finally:
        connection.close()


def write_transcript(transcript: dict[str, Any]) -> str:
    """The transcript as JSON, one request or answer to a line; what cannot be seen is escaped."""

    def line(value: object) -> str:
        text = json.dumps(value, ensure_ascii=False)
        return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)

    def members(entry: dict[str, Any]) -> str:
        return ",\n   ".join(f"{line(key)}: {line(value)}" for key, value in entry.items())

    parts = []
    for key, value in transcript.items():
        if isinstance(value, list):
            entries = ",\n".join(f"  {{{members(entry)}}}" for entry in value)
            parts.append(f" {line(key)}: [\n{entries}\n ]")
        else:
            parts.append(f" {line(key)}: {line(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"
