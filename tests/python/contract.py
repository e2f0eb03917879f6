"""Compares `fastapi-port routes` with what FastAPI itself tells of an app: its OpenAPI document and its route table.

    python3.13 contract.py PROGRAM MODULE:APP FOLDER [TREE…]

Imports the app with FOLDER as the current one, reads the trees (FOLDER, if none is named), and prints how many rows of
(method, path, success status) agree, how many rows that are not marked unknown are wrong, whether the 422s are right, and
whether the rows come in the order in which FastAPI tries them. Exits with 1 if fewer than 95 % agree, or one is wrong.
"""

import collections
import importlib
import inspect
import json
import os
import subprocess
import sys

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.endpoints import HTTPEndpoint
from starlette.routing import Mount, WebSocketRoute

METHODS = ["get", "post", "put", "patch", "delete", "options", "head", "trace"]


def documented(app, prefix=""):
    """The operations of the OpenAPI documents of an app and of the apps that it mounts: method, path, statuses."""
    for path, operations in FastAPI.openapi(app)["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), prefix + path, list(operation["responses"])
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            yield from documented(route.app, prefix + route.path)


def table(app, prefix=""):
    """Every route in the order in which it is tried, documented or not, each as its (method, path) pairs."""
    for route in iter_route_contexts(app.routes):
        original = route.original_route
        if isinstance(original, Mount):
            if isinstance(original.app, FastAPI):
                yield from table(original.app, prefix + original.path)
            continue
        path = prefix + (getattr(route, "path_format", None) or route.path)
        if isinstance(original, WebSocketRoute) or type(original).__name__ == "APIWebSocketRoute":
            methods = ["WEBSOCKET"]
        elif inspect.isclass(original.endpoint) and issubclass(original.endpoint, HTTPEndpoint):
            methods = [method.upper() for method in METHODS if hasattr(original.endpoint, method)]
            methods += ["HEAD"] if "GET" in methods and "HEAD" not in methods else []
        else:
            methods = sorted(route.methods or [])
        # A path's converters: OpenAPI has it without.
        yield [(method, plain(path)) for method in methods]


def plain(path):
    parts = path.split("{")
    return parts[0] + "".join("{" + part.partition("}")[0].partition(":")[0] + "}" + part.partition("}")[2] for part in parts[1:])


def checks(row):
    """Whether a row says that 422 may be answered; None if it does not say."""
    if any(check["code"] for check in row["checks"]) or 422 in row["responses"]:
        return True
    return None if row["checks"] else False


def main(program, app, folder, *trees):
    trees = [os.path.abspath(tree) for tree in trees or [folder]]
    os.chdir(folder)
    sys.path.insert(0, os.getcwd())
    module, _, name = app.partition(":")
    app = getattr(importlib.import_module(module), name)
    lines = subprocess.run([program, "routes", "--format=json", *trees], capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in lines.stdout.splitlines()]
    expected = {(method, path): statuses for method, path, statuses in documented(app)}
    # A tree may have other apps, too: the one that agrees best is meant.
    agreeing = collections.Counter(row["app"] for row in rows if row["app"] and (row["method"], row["path"]) in expected)
    rows = [row for row in rows if agreeing and row["app"] == agreeing.most_common(1)[0][0]]
    order, twice = {}, set()
    for place, keys in enumerate(table(app)):
        twice |= order.keys() & set(keys)
        order.update((key, place) for key in keys)

    found = {(row["method"], row["path"], str(row["status"])) for row in rows}
    agreed = [key for key, statuses in expected.items() if (*key, statuses[0]) in found]
    certain, wrong, places, answers = 0, [], [], {True: 0, False: 0, None: 0}
    for row in rows:
        key = row["method"], row["path"]
        if row["unknown"]:
            continue
        if key not in order or (key in expected and str(row["status"]) != expected[key][0]):
            wrong.append((*key, row["status"], row["place"]))
            continue
        places += [order[key]] if key not in twice else []
        certain += 1
        if key in expected and not {"4XX", "default"} & set(expected[key]):
            said = checks(row)
            is_right = said is None or said == ("422" in expected[key])
            answers[None if said is None else is_right] += 1
            if not is_right:
                print("  422 is", "there:" if "422" in expected[key] else "not there:", *key, row["place"])
    share = len(agreed) / max(1, len(expected))
    late = sum(before > after for before, after in zip(places, places[1:]))
    print(f"  {len(agreed)} of {len(expected)} rows ({share:.1%}), {certain + len(wrong)} of {len(rows)} certain, {len(wrong)} wrong")
    print(f"  422: {answers[True]} right, {answers[False]} wrong, {answers[None]} not known; {late} rows out of order")
    for row in wrong[:20]:
        print("  wrong:", *row)
    for key in [key for key in expected if key not in agreed][:20]:
        print("  missing:", *key, expected[key][0])
    return not wrong and not answers[False] and not late and share >= 0.95


if __name__ == "__main__":
    if len(sys.argv) < 4 or "--help" in sys.argv:
        sys.exit(__doc__)
    sys.exit(not main(*sys.argv[1:]))
