"""Records what FastAPI answers: the transcripts that the Rust ports are compared with.

    python3.13 tests/record/record.py                   writes tests/transcripts
    python3.13 tests/record/record.py --out DIR         writes somewhere else
    python3.13 tests/record/record.py --check           records afresh and compares with what is there

It installs the pinned packages of requirements.txt into a temporary virtual environment, starts each service under
uvicorn, sends it the requests of requests_*.py and writes down the answers. The bookshop's /openapi.json becomes
openapi.json.

The parser is httptools, as in `uvicorn[standard]`. h11 answers the whole bookshop alike and differs only in corners: it
closes without a byte where a 1xx is the answer (httptools writes it as a final one, chunked), where a header's name is
empty or its value begins or ends with a space; it lets DEL through in a value; it forgives a content-length that is
wrong on a 204 or 304; and it hands an unknown method (BREW) to the router, where httptools refuses it with its own 400.
"""

import argparse
import difflib
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import requests_bookshop
import requests_corners
from wire import HOST, Client, Conversation, Request, converse, write_transcript

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PYTHON = (3, 13)

VERSIONS = """
import json, platform
from importlib.metadata import version
names = ["fastapi", "starlette", "pydantic", "pydantic_core", "uvicorn", "httptools", "websockets", "python-multipart"]
print(json.dumps({"python": platform.python_version()} | {name: version(name) for name in names}))
"""


@dataclass
class Transcript:
    """A file of tests/transcripts: a service, and what it is asked."""

    name: str
    directory: Path
    app: str
    requests: list[Request]
    conversations: list[Conversation]


TRANSCRIPTS = [
    Transcript(
        "bookshop",
        ROOT / "examples" / "fastapi",
        "main:app",
        requests_bookshop.WELL_FORMED,
        requests_bookshop.CONVERSATIONS,
    ),
    Transcript("bookshop_invalid", ROOT / "examples" / "fastapi", "main:app", requests_bookshop.INVALID, []),
    Transcript("corners", HERE, "corners:app", requests_corners.REQUESTS, requests_corners.CONVERSATIONS),
]


def make_environment(directory: Path) -> Path:
    """A virtual environment with the pinned packages; its Python."""
    venv.create(directory, with_pip=True)
    python = directory / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*install, "-r", HERE / "requirements.txt"], check=True)
    return python


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def serving(python: Path, transcript: Transcript) -> Iterator[int]:
    """The service in a process of its own, started afresh; the port it listens on."""
    port = free_port()
    server = [python, "-m", "uvicorn", transcript.app, "--app-dir", transcript.directory, "--port", str(port)]
    options = ["--loop", "asyncio", "--http", "httptools", "--ws", "websockets-sansio", "--log-level", "critical"]
    # A set's order reaches the wire in `allow`, so hashes are fixed; a slow reader shall not lose the connection.
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen([*server, *options, "--timeout-keep-alive", "600"], env=environment, stderr=log)
        try:
            while not listening(port):
                if process.poll() is not None:
                    log.seek(0)
                    raise SystemExit(f"{transcript.app} did not start:\n{log.read().decode()}")
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()
            process.wait()


def record(python: Path, transcript: Transcript, versions: dict[str, str]) -> str:
    """The transcript's text."""
    names = [entry.name for entry in [*transcript.requests, *transcript.conversations]]
    if repeated := {name for name in names if names.count(name) > 1}:
        raise SystemExit(f"{transcript.name}: used twice: {', '.join(sorted(repeated))}")
    with serving(python, transcript) as port:
        client = Client(port)
        exchanges = [client.exchange(request) for request in transcript.requests]
        client.close()
        websockets = [converse(port, conversation) for conversation in transcript.conversations]
    shown = {"versions": versions, "host": HOST, "exchanges": exchanges, "websockets": websockets}
    return write_transcript(shown)


def record_openapi(python: Path) -> str:
    """The bookshop's /openapi.json, indented."""
    with serving(python, TRANSCRIPTS[0]) as port:
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/openapi.json")
        document = json.load(connection.getresponse())
        connection.close()
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def differences(path: Path, fresh: str) -> list[str]:
    """The lines in which a fresh recording differs; any release of Python 3.13 is as good as another."""
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    old, new = (re.sub(r'("python": "3\.13)[.\d]*', r"\1", text).split("\n") for text in (kept, fresh))
    return list(difflib.unified_diff(old, new, str(path), "recorded afresh", lineterm=""))


def main() -> None:
    parser = argparse.ArgumentParser(description="Records what FastAPI answers.")
    parser.add_argument("--out", type=Path, default=ROOT / "tests" / "transcripts", help="where the transcripts are")
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a fresh recording differs")
    arguments = parser.parse_args()
    if sys.version_info[:2] != PYTHON:
        raise SystemExit("The phrases are CPython 3.13's: run this with Python 3.13")

    changed = False
    with tempfile.TemporaryDirectory() as directory:
        python = make_environment(Path(directory))
        versions = json.loads(subprocess.run([python, "-c", VERSIONS], check=True, capture_output=True).stdout)
        recordings = {transcript.name: record(python, transcript, versions) for transcript in TRANSCRIPTS}
        recordings["openapi"] = record_openapi(python)
        for name, text in recordings.items():
            path = arguments.out / f"{name}.json"
            if arguments.check:
                lines = differences(path, text)
                changed = changed or bool(lines)
                print("\n".join(lines) or f"{path}: as it was")
            else:
                arguments.out.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
                print(f"{path}: {text.count(chr(10))} lines")
    if changed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
