"""Records what FastAPI answers to random bodies and parameters of random types.

    python3.13 tests/record/record_pydantic.py            writes tests/transcripts/pydantic.json and the Rust types
    python3.13 tests/record/record_pydantic.py --check    records afresh and compares with what is there

The types are made twice from one description, in Python here and in Rust in adapters/serde/tests/differential/models.rs.
The inputs and the types come of the seeds that are written into the transcript. The packages are those of
requirements.txt, in a temporary virtual environment. (This file is not called pydantic.py, which would hide pydantic.)
"""

import argparse
import asyncio
import base64
import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import urllib.parse
import venv
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = (3, 13)
SEED = 20_250_726
ENVIRONMENT = "RECORD_PYDANTIC_ENVIRONMENT"
TRANSCRIPT = ROOT / "tests" / "transcripts" / "pydantic.json"
RUST = ROOT / "adapters" / "serde" / "tests" / "differential" / "models.rs"
PER_ROUTE = 34


def main() -> None:
    parser = argparse.ArgumentParser(description="Records what FastAPI answers to random input.")
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a fresh recording differs")
    arguments = parser.parse_args()
    if sys.version_info[:2] != PYTHON:
        raise SystemExit("Messages and positions are CPython 3.13's: run this with Python 3.13")
    if ENVIRONMENT not in os.environ:
        with tempfile.TemporaryDirectory() as directory:
            venv.create(directory, with_pip=True)
            python = Path(directory) / "bin" / "python"
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
            subprocess.run([*install, "-r", HERE / "requirements.txt"], check=True)
            environment = os.environ | {ENVIRONMENT: directory, "PYTHONDONTWRITEBYTECODE": "1"}
            raise SystemExit(subprocess.run([python, *sys.argv], env=environment).returncode)

    transcript, rust = record()
    is_changed = False
    for path, text in [(TRANSCRIPT, transcript), (RUST, rust)]:
        if not arguments.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            print(f"{path}: recorded afresh, it differs")
            is_changed = True
    raise SystemExit(is_changed)


def record() -> tuple[str, str]:
    """The transcript and the Rust types."""
    import pydantic_models as types
    from pydantic_inputs import Inputs

    logging.disable()
    chance = random.Random(SEED)
    models = types.random_models(chance, 28)
    parameters = types.parameter_models(chance, 10)
    routes = types.random_routes(chance, models)
    for location in ("query", "form", "header", "cookie", "path"):
        for model in parameters:
            members = [member for member in model.members if location not in ("cookie", "path") or member.type.kind != "list"]
            if location == "path":
                members = [member for member in members if member.type.kind != "option" and not member.default]
            if members:
                name = f"{location}_{model.name}"
                extra = types.Model("".join(part.capitalize() for part in name.split("_")), members)
                models.append(extra)
                routes.append(types.Route(name.lower(), location, types.Type("model", name=extra.name)))
    types.define(models)
    by_name = {model.name: model for model in models}
    app = make_app(routes, by_name)

    exchanges = []
    for place, route in enumerate(routes):
        seed = SEED + 1 + place
        inputs = Inputs(random.Random(seed), by_name)
        requests = [{"route": route.name} | make_request(inputs, route, by_name) for _ in range(PER_ROUTE)]
        for request in requests:
            status, body = asyncio.run(call(app, request))
            exchanges.append({"seed": seed} | shown(request) | {"status": status, "answer": body})
    versions = {"python": ".".join(map(str, sys.version_info[:3]))} | {
        name: __import__("importlib.metadata", fromlist=["version"]).version(name)
        for name in ["fastapi", "starlette", "pydantic", "pydantic_core", "python-multipart"]
    }
    lines = ",\n".join(json.dumps(exchange, ensure_ascii=False) for exchange in exchanges)
    head = json.dumps({"versions": versions, "seed": SEED}, ensure_ascii=False)[:-1]
    return f'{head}, "exchanges": [\n{lines}\n]}}\n', types.rust_source(models, routes)


def make_app(routes: list[Any], models: dict[str, Any]) -> Any:
    """FastAPI's app: each route answers with what it read."""
    import inspect
    from typing import Annotated

    from fastapi import Body, Cookie, FastAPI, Form, Header, Path, Query

    import pydantic_models as types

    app = FastAPI()
    for route in routes:
        if route.location == "body":

            def endpoint(value):  # type: ignore[no-untyped-def]
                return value

            is_optional = route.type.kind == "option"
            annotation = Annotated[route.type.python(), Body()]
            empty = None if is_optional else inspect.Parameter.empty
            parameters = [inspect.Parameter("value", inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=empty)]
            endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
            app.post(f"/{route.name}", response_model=route.type.python(), response_model_by_alias=False)(endpoint)
            continue

        def read(**values):  # type: ignore[no-untyped-def]
            return values

        marker = {"query": Query, "form": Form, "header": Header, "cookie": Cookie, "path": Path}[route.location]
        parameters = []
        for member in models[route.type.name].members:
            empty = inspect.Parameter.empty
            if member.type.kind == "option" or member.default:
                empty = None if member.type.kind == "option" else types.default(member.type)
            annotation = Annotated[member.type.python(), marker()]
            parameters.append(
                inspect.Parameter(member.name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=empty)
            )
        read.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        path = "".join(f"/{{{parameter.name}}}" for parameter in parameters) if route.location == "path" else ""
        app.post(f"/{route.name}{path}")(read)
    return app


def make_request(inputs: Any, route: Any, models: dict[str, Any]) -> dict[str, Any]:
    """What is sent: `content_type` and `body`, or the parameters as the location has them."""
    chance = inputs.chance
    if route.location == "body":
        text = inputs.write(inputs.value(route.type, chance.choice([0.0, 0.05, 0.15, 0.15, 0.4])))
        content_type: str | None = "application/json"
        if chance.random() < 0.12:
            text = inputs.spoil(text)
        if chance.random() < 0.05:
            content_type = chance.choice([None, "text/plain", "application/geo+json", "Application/JSON; charset=utf-8", "json"])
        encoding = chance.choice(["utf-16", "utf-32", "utf-8-sig", "utf-16-be", "latin-1"]) if chance.random() < 0.03 else "utf-8"
        return {"content_type": content_type, "body": text.encode(encoding, "replace")}
    pairs = inputs.strings(models[route.type.name])
    match route.location:
        case "query":
            return {"query": urllib.parse.urlencode(pairs)}
        case "form":
            body = urllib.parse.urlencode(pairs).encode()
            content_type = chance.choice(["application/x-www-form-urlencoded"] * 9 + ["text/plain"])
            return {"content_type": content_type, "body": body}
        case "header":
            # A header's value is a line of Latin-1, without space around it.
            lines = [(name.replace("_", "-"), " ".join(value.split())) for name, value in pairs if name.isidentifier()]
            return {"headers": [(name, value) for name, value in lines if all(" " <= c <= "\xff" and c != "\x7f" for c in value)]}
        case "cookie":
            pairs = [(name, value) for name, value in pairs if not set(value) & set(';,"\n\t') and value.isascii()]
            return {"cookie": "; ".join(f"{name}={value}" for name, value in pairs)}
    given = dict(pairs)
    values = [given.get(member.name) or "x" for member in models[route.type.name].members]
    names = [member.name for member in models[route.type.name].members]
    return {"path": [(name, value.replace("/", "-")) for name, value in zip(names, values)]}


async def call(app: Any, request: dict[str, Any]) -> tuple[int, str]:
    """The answer: its status and its body."""
    body: bytes = request.get("body", b"")
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in request.get("headers", [])]
    if request.get("content_type") is not None:
        headers.append((b"content-type", request["content_type"].encode()))
    if "cookie" in request:
        headers.append((b"cookie", request["cookie"].encode("latin-1")))
    path = "".join(f"/{value}" for _, value in request.get("path", []))
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": f"/{request['route']}{path}" if "route" in request else path,
        "root_path": "",
        "query_string": request.get("query", "").encode(),
        "headers": headers,
        "client": ("client", 1),
        "server": ("shop.test", 80),
    }
    try:
        await app(scope, receive, send)
    except Exception:  # noqa: BLE001  # Starlette answers 500 first, then lets the server log it.
        pass
    status = next(message["status"] for message in sent if message["type"] == "http.response.start")
    return status, b"".join(message.get("body", b"") for message in sent).decode()


def shown(request: dict[str, Any]) -> dict[str, Any]:
    """The request as JSON: a body that is not UTF-8 in base64."""
    if "body" not in request:
        return request
    try:
        return request | {"body": request["body"].decode()}
    except UnicodeDecodeError:
        rest = {name: value for name, value in request.items() if name != "body"}
        return rest | {"body_base64": base64.b64encode(request["body"]).decode()}


if __name__ == "__main__":
    main()
