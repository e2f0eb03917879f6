"""Compares `fastapi-port` with Python and with FastAPI, on real packages; not part of `cargo test`.

    cargo build --release -p fastapi-status-python
    python3.13 tests/python/verify.py [FOLDER]

Downloads the packages to FOLDER (a temporary one by default) and prints, for each, the share of named uses on which
`scan` and Python's `ast` agree; whether `fix` leaves every file with the same tree but for the names; how much faster
`scan` is than a walk with `ast`; and, where FastAPI is installed, how `routes` compares with `app.openapi()`.
"""

import ast
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

from reference import Reference, python_files

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.join(ROOT, "target", "release", "fastapi-port")
PACKAGES = ["fastapi-users==15.0.5", "langflow-base==1.13.0", "titiler.core==2.4.0", "autogenstudio==0.4.2.2", "litellm"]
SERVICES = {os.path.join(HERE, "services", "library"): "main:app", os.path.join(ROOT, "examples", "fastapi"): "main:app"}
RENAMED = {
    "HTTP_413_REQUEST_ENTITY_TOO_LARGE": "HTTP_413_CONTENT_TOO_LARGE",
    "HTTP_414_REQUEST_URI_TOO_LONG": "HTTP_414_URI_TOO_LONG",
    "HTTP_416_REQUESTED_RANGE_NOT_SATISFIABLE": "HTTP_416_RANGE_NOT_SATISFIABLE",
    "HTTP_422_UNPROCESSABLE_ENTITY": "HTTP_422_UNPROCESSABLE_CONTENT",
    "WS_1004_NO_STATUS_RCVD": "WS_1005_NO_STATUS_RCVD",
    "WS_1005_ABNORMAL_CLOSURE": "WS_1006_ABNORMAL_CLOSURE",
}
NAMED = re.compile(r"(HTTP_[1-5]\d\d|WS_1\d\d\d)_")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="fastapi-port-")
    is_good = True
    for package in PACKAGES:
        root = unpack(package, folder)
        is_good &= uses(package, root) & fixes(package, root)
        if package.startswith(("langflow", "litellm")):
            speed(package, root)
    for service, app in SERVICES.items():
        if os.path.isdir(service):
            is_good &= routes(service, app)
    sys.exit(not is_good)


def unpack(package, folder):
    root = os.path.join(folder, package.partition("=")[0])
    if not os.path.isdir(root):
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", root + ".wheel", package]
        subprocess.run(pip, check=True)
        for wheel in os.listdir(root + ".wheel"):
            zipfile.ZipFile(os.path.join(root + ".wheel", wheel)).extractall(root)
    return root


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=True)


def uses(package, root):
    expected = {(os.path.relpath(path, root), line, column, name) for path, line, column, _, name in Reference(root).uses()}
    found = set()
    for line in run("scan", "--format=json", root).stdout.splitlines():
        use = json.loads(line)
        # Numbers, and names that FastAPI does not have, are not in the reference.
        if use["standing"] != "unknown" and (use["kind"] == "import" or NAMED.search(use["python"])):
            found.add((use["path"], use["line"], use["column"], use["name"]))
    share = len(expected & found) / max(1, len(expected | found))
    print(f"{package}: {len(expected)} named uses, {share:.2%} agree")
    for what, rows in ("missing", expected - found), ("invented", found - expected):
        for row in sorted(rows):
            print(f"  {what}:", *row)
    return expected == found


class Names(ast.NodeTransformer):
    """Makes a deprecated name and its successor the same; with numbers, a name and its number."""

    def __init__(self, numbers):
        self.numbers = numbers

    def visit_Attribute(self, node):
        self.generic_visit(node)
        number = re.match(r"(?:HTTP_(\d{3})|WS_(\d{4}))_", node.attr)
        if self.numbers and number:
            return ast.Constant(int(number[1] or number[2]))
        node.attr = RENAMED.get(node.attr, node.attr)
        return node

    def visit_Name(self, node):
        node.id = RENAMED.get(node.id, node.id)
        return node

    def visit_ImportFrom(self, node):
        for alias in node.names:
            alias.name = RENAMED.get(alias.name, alias.name)
        if self.numbers and node.module in ("fastapi", "starlette"):
            node.names = [alias for alias in node.names if alias.name != "status"]
        return node if node.names else None


def fixes(package, root):
    is_good = True
    for flags in [], ["--numbers"]:
        copy = root + ".fixed"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(root, copy)
        run("fix", *flags, copy)
        changed = 0
        for path in python_files(root):
            with open(path, "rb") as before, open(os.path.join(copy, os.path.relpath(path, root)), "rb") as after:
                before, after = before.read(), after.read()
            if before == after:
                continue
            changed += 1
            trees = [ast.dump(Names(bool(flags)).visit(ast.parse(text))) for text in (before, after)]
            if trees[0] != trees[1]:
                is_good = False
                print("  another tree:", path)
        again = run("fix", *flags, copy).stdout
        is_good &= not again
        print(f"  fix {' '.join(flags)}: {changed} files changed, second run: {again.strip() or 'nothing'}")
        shutil.rmtree(copy)
    return is_good


def speed(package, root):
    def python():
        for path in python_files(root):
            with open(path, "rb") as file:
                try:
                    for _ in ast.walk(ast.parse(file.read())):
                        pass
                except (SyntaxError, ValueError):
                    pass

    def best(what, times):
        seconds = []
        for _ in range(times):
            begun = time.perf_counter()
            what()
            seconds.append(time.perf_counter() - begun)
        return min(seconds)

    slow, fast = best(python, 2), best(lambda: run("scan", "--format=json", root), 5)
    print(f"  ast.parse and ast.walk {slow:.2f} s, scan {fast:.3f} s: {slow / fast:.1f} times as fast")


def routes(service, app):
    try:
        import fastapi  # noqa: F401
    except ImportError:
        print("routes: FastAPI is not installed")
        return True
    module, _, name = app.partition(":")
    sys.path.insert(0, service)
    for known in list(sys.modules):
        if known.split(".")[0] in (module, "routers"):
            del sys.modules[known]
    paths = getattr(importlib.import_module(module), name).openapi()["paths"]
    sys.path.remove(service)
    expected = {
        (method.upper(), path, next(iter(operation["responses"])))
        for path, operations in paths.items()
        for method, operation in operations.items()
    }
    rows = [json.loads(line) for line in run("routes", "--format=json", service).stdout.splitlines()]
    certain = {(row["method"], row["path"], str(row["status"])) for row in rows if row["in_schema"] and not row["unknown"]}
    print(f"routes of {os.path.basename(service)}: {len(expected & certain)} of {len(expected)} rows, {len(certain - expected)} wrong")
    for row in sorted(certain ^ expected):
        print("  not agreed:", *row)
    return not certain - expected and len(expected & certain) >= 0.95 * len(expected)


if __name__ == "__main__":
    sys.setrecursionlimit(20_000)
    main()
