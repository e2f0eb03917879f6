"""Compares `fastapi-port` with Python and with FastAPI, on real packages; not part of `cargo test`.

Downloads the packages and prints, for each, the share of named uses on which `scan` and Python's `ast` agree; whether
`fix` leaves every file with the same tree but for the names; how much faster `scan` is than a walk with `ast`; and how
`routes` compares with `app.openapi()` and the route tables: of the services in this repository, which need FastAPI
0.165.0 and uvicorn where this runs, and, with --services, of real ones, each in a virtual environment of its own.
Exits with 1 if anything differs.
"""

import argparse
import ast
import glob
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
import zipfile

from reference import Reference, python_files

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.path.join(ROOT, "target", "release", "fastapi-port")
program = PROGRAM
PACKAGES = ["fastapi-users==15.0.5", "langflow-base==1.13.0", "titiler.core==2.4.0", "autogenstudio==0.4.2.2", "litellm"]
SERVICES = {
    os.path.join(HERE, "services", "library"): "main:app",
    os.path.join(HERE, "services", "workshop"): "main:app",
    os.path.join(ROOT, "examples", "fastapi"): "main:app",
}
# What to install, what to download as a source, where the app is imported, the app, and what `routes` reads.
REAL_SERVICES = [
    (
        ["fastapi-users[sqlalchemy,oauth]==15.0.5", "aiosqlite"],
        "fastapi-users==15.0.5",
        ["source/*/examples/sqlalchemy", "source/*/examples/sqlalchemy-oauth"],
        "app.app:app",
        [".", "fastapi_users"],
    ),
    (["skypilot==0.14.1"], None, ["."], "sky.server.server:app", ["sky"]),
    (["titiler.application==2.4.0"], None, ["lib/python*/site-packages"], "titiler.application.main:app", ["titiler"]),
]
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", help="where downloads go, and are found again; a temporary one by default")
    parser.add_argument("--program", default=PROGRAM, help="what to verify (default: target/release/fastapi-port)")
    parser.add_argument("--package", action="append", help="only this package; may be repeated")
    parser.add_argument("--services", action="store_true", help="compare real services, too: installs them")
    parser.add_argument("--only-routes", action="store_true", help="leave out `scan` and `fix`")
    options = parser.parse_args()
    if not os.access(options.program, os.X_OK):
        parser.error(f"{options.program} is not there: cargo build --release -p fastapi-status-python")
    if missing := [name for name in ("fastapi", "uvicorn") if importlib.util.find_spec(name) is None]:
        parser.error(f"{' and '.join(missing)} not installed here: pip install fastapi==0.165.0 uvicorn==0.54.0")
    global program  # the functions below run it
    program = os.path.abspath(options.program)
    folder = os.path.abspath(options.folder or tempfile.mkdtemp(prefix="fastapi-port-"))
    os.makedirs(folder, exist_ok=True)
    is_good = True
    for package in [] if options.only_routes else options.package or PACKAGES:
        root = unpack(package, folder)
        is_good &= uses(package, root) & fixes(package, root)
        if package.startswith(("langflow", "litellm")):
            speed(package, root)
    for service, app in SERVICES.items():
        is_good &= routes(sys.executable, app, service)
    if options.services:
        for requirements, source, folders, app, trees in REAL_SERVICES:
            is_good &= real_service(folder, requirements, source, folders, app, trees)
    if not options.folder:
        shutil.rmtree(folder)
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
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True)


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


def routes(python, app, folder, *trees):
    print(f"routes of {os.path.relpath(folder, ROOT) if folder.startswith(ROOT) else folder}, {app}", flush=True)
    script = os.path.join(HERE, "contract.py")
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    command = [python, script, program, app, folder, *trees]
    return subprocess.run(command, env=environment, stderr=subprocess.DEVNULL).returncode == 0


def real_service(folder, requirements, source, folders, app, trees):
    """Installs a service, and compares each of its apps; `source` is an archive of more that it needs."""
    home = os.path.join(folder, "services", re.sub(r"\W+", "-", requirements[0]))
    python = os.path.join(home, "bin", "python")
    if not os.path.exists(os.path.join(home, "installed")):
        venv.create(home, with_pip=True, clear=True)
        for wanted in requirements, ["fastapi==0.165.0"]:
            subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=True)
        if source:
            pip = [python, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", home, source]
            subprocess.run(pip, check=True)
            for archive in glob.glob(os.path.join(home, "*.tar.gz")):
                shutil.unpack_archive(archive, os.path.join(home, "source"), filter="data")
        open(os.path.join(home, "installed"), "w").close()
    packages = glob.glob(os.path.join(home, "lib", "python*", "site-packages"))[0]
    is_good = True
    for pattern in folders:
        for place in sorted(glob.glob(os.path.join(home, pattern))):
            is_good &= routes(python, app, place, *[os.path.join(packages, tree) if tree != "." else place for tree in trees])
    return is_good


if __name__ == "__main__":
    sys.setrecursionlimit(20_000)
    main()
