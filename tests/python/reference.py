"""Finds the named uses of statuses in a tree with Python's own `ast` and `symtable`: what `fastapi-port scan` is held to.

Written without a look at the Rust: scopes come from `symtable`, and what a name stands for from a table of the imports
in each scope. Names that FastAPI does not have are not looked for here.
"""

import ast
import os
import re
import symtable
import sys
import warnings

NAME = re.compile(r"(HTTP_[1-5]\d\d|WS_1\d\d\d)_[A-Z_]+\Z")
MODULES = {"fastapi.status", "starlette.status"}
warnings.simplefilter("ignore", SyntaxWarning)


def python_files(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(".py") and not name.startswith("."):
                yield os.path.join(folder, name)


def module_name(root, path):
    parts = os.path.relpath(path, root)[:-3].split(os.sep)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


class File:
    def __init__(self, root, path):
        self.path, self.name = path, module_name(root, path)
        with open(path, "rb") as file:
            self.bytes = file.read()
        self.tree = ast.parse(self.bytes)
        self.package = self.name if path.endswith("__init__.py") else self.name.rpartition(".")[0]
        self.imports = {}  # of the top level, for those who import from here
        self.stars = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if alias.name == "*":
                        self.stars.append(self.source(node))
        for name, target in self.bound(top_level(self.tree)).items():
            self.imports[name] = target

    def source(self, node):
        if not node.level:
            return node.module
        parts = self.package.split(".")
        parts = parts[: len(parts) - node.level + 1]
        return ".".join(parts + ([node.module] if node.module else []))

    def bound(self, nodes):
        names = {}
        for node in nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    names[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if alias.name != "*":
                        names[alias.asname or alias.name] = f"{self.source(node)}.{alias.name}"
        return names


def top_level(scope):
    """The statements of a scope, not those of the functions and classes in it."""
    todo = list(scope.body) if isinstance(getattr(scope, "body", None), list) else []
    while todo:
        node = todo.pop(0)
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for field in ("body", "orelse", "finalbody"):
            todo.extend(part for part in getattr(node, field, []) if isinstance(part, ast.stmt))
        for part in getattr(node, "handlers", []) + getattr(node, "cases", []):
            todo.extend(part.body)


class Reference:
    def __init__(self, root):
        self.files = {}
        for path in python_files(root):
            try:
                file = File(root, path)
            except (SyntaxError, ValueError):
                continue
            self.files[file.name] = file
        # A tree is mostly scanned from its own parent, but `src/app` imports `app` too.
        self.by_tail = {}
        for name in self.files:
            parts = name.split(".")
            for first in range(len(parts)):
                self.by_tail.setdefault(".".join(parts[first:]), name)

    def resolve(self, dotted, depth=0):
        """The name in full, as FastAPI or Starlette has it, or None."""
        if depth > 20:
            return None
        if dotted in MODULES or dotted.rpartition(".")[0] in MODULES:
            return dotted
        if dotted.partition(".")[0] in ("fastapi", "starlette"):
            return None
        parts = dotted.split(".")
        for end in range(len(parts), 0, -1):
            file = self.files.get(self.by_tail.get(".".join(parts[:end])))
            if file is None:
                continue
            rest = parts[end:]
            if not rest:
                return None
            if rest[0] in file.imports:
                return self.resolve(".".join([file.imports[rest[0]], *rest[1:]]), depth + 1)
            for star in file.stars:
                found = self.resolve(".".join([star, *rest]), depth + 1)
                if found and NAME.match(found.rpartition(".")[2]):
                    return found
            return None
        return None

    def uses(self):
        for file in self.files.values():
            yield from self.uses_in(file)

    def uses_in(self, file):
        if not re.search(rb"HTTP_\d|WS_\d", file.bytes) and not re.search(rb"[A-Z]", file.bytes):
            return
        table = symtable.symtable(file.bytes, file.path, "exec")
        yield from self.walk(file, file.tree, [(table, file.imports)])

    def lookup(self, file, name, scopes):
        for depth, (table, imports) in enumerate(reversed(scopes)):
            if depth and table.get_type() == "class":
                continue
            try:
                symbol = table.lookup(name)
            except KeyError:
                continue
            if table.get_type() == "module" or symbol.is_local() or symbol.is_parameter():
                if name in imports:
                    return imports[name]
                if symbol.is_local() or symbol.is_parameter() or symbol.is_assigned():
                    return None
        for star in file.stars:
            found = self.resolve(f"{star}.{name}")
            if found:
                return f"{star}.{name}"
        return None

    def walk(self, file, node, scopes):
        inner = None
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            name = getattr(node, "name", "lambda")
            inner = next(
                (
                    child
                    for child in descendants(scopes[-1][0])
                    if child.get_name() == name and abs(child.get_lineno() - node.lineno) <= decorators(node)
                ),
                None,
            )
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found = self.resolve(f"{file.source(node)}.{alias.name}")
                if found and NAME.match(found.rpartition(".")[2]):
                    yield (file.path, alias.lineno, column(file, alias.lineno, alias.col_offset), "import", found.rpartition(".")[2])
            return
        if isinstance(node, (ast.Attribute, ast.Name)):
            parts, base = [], node
            while isinstance(base, ast.Attribute):
                parts.append(base.attr)
                base = base.value
            if isinstance(base, ast.Name):
                target = self.lookup(file, base.id, scopes)
                found = target and self.resolve(".".join([target, *reversed(parts)]))
                if found and NAME.match(found.rpartition(".")[2]):
                    length = len(node.attr) if isinstance(node, ast.Attribute) else len(node.id)
                    place = column(file, node.end_lineno, node.end_col_offset) - length
                    yield (file.path, node.end_lineno, place, "use", found.rpartition(".")[2])
            elif isinstance(node, ast.Attribute):
                yield from self.walk(file, node.value, scopes)
            return
        for field, value in ast.iter_fields(node):
            is_inside = inner is not None and field == "body"
            within = scopes
            if is_inside:
                within = scopes + [(inner, file.bound(top_level(node)))]
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.AST):
                    yield from self.walk(file, part, within)


def descendants(table):
    """The scopes directly in a scope; comprehensions are taken as transparent."""
    for child in table.get_children():
        yield child
        if child.get_name() in ("listcomp", "setcomp", "dictcomp", "genexpr") or child.get_type() != "function":
            yield from descendants(child) if child.get_type() != "class" else ()


def decorators(node):
    lines = [decorator.lineno for decorator in getattr(node, "decorator_list", [])]
    return node.lineno - min([node.lineno, *lines])


def column(file, line, offset):
    """From 1, in characters; `ast` counts bytes."""
    if not hasattr(file, "lines"):
        file.lines = re.split(rb"\r\n|\r|\n", file.bytes.removeprefix(b"\xef\xbb\xbf"))
    return len(file.lines[line - 1][:offset].decode("utf-8", "replace")) + 1


if __name__ == "__main__":
    sys.setrecursionlimit(20_000)
    for found in sorted(Reference(sys.argv[1]).uses()):
        print(*found, sep="\t")
