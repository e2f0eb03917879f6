"""Types that exist twice, in Python and in Rust: `compare` finds out whether both take the same for them.

A type knows its Python annotation and its Rust type; a model is a list of fields. `rust_source` writes the Rust half.
"""

import random
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Literal, Optional

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model, model_validator

INTS = {f"{sign}{bits}": (sign, bits) for sign in "iu" for bits in (8, 16, 32, 64, 128)}


def bounds(name: str) -> tuple[int, int]:
    sign, bits = INTS[name]
    return (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if sign == "i" else (0, 2**bits - 1)


def even(value: int) -> int:
    if value % 2:
        raise ValueError("must be even")
    return value


def lower(value: str) -> str:
    if value != value.lower():
        raise ValueError("must be in lower case")
    return value


class Color(str, Enum):
    red = "red"
    green = "green"
    its = "it's"


class Single(str, Enum):
    only = "only"


@dataclass(frozen=True)
class Type:
    """`kind` is a scalar's name, or that of a shape with types in it, or `model` with a model's name."""

    kind: str
    inner: tuple["Type", ...] = ()
    name: str = ""

    def python(self) -> Any:
        inner = [each.python() for each in self.inner]
        match self.kind:
            case kind if kind in INTS:
                least, greatest = bounds(kind)
                return Annotated[int, Field(ge=least, le=greatest)]
            case "list":
                return list[inner[0]]
            case "option":
                return Optional[inner[0]]
            case "dict":
                return dict[inner[0], inner[1]]
            case "tuple":
                return tuple[tuple(inner)]
            case "model":
                return PYTHON[self.name]
        return {
            "f64": float,
            "bool": bool,
            "str": str,
            "char": Annotated[str, Field(min_length=1, max_length=1)],
            "unit": None,
            "any": Any,
            "color": Color,
            "single": Single,
            "literal": Literal["asc", "desc"],
            "even": Annotated[int, Field(ge=-(2**63), le=2**63 - 1), AfterValidator(even)],
            "lower": Annotated[str, AfterValidator(lower)],
        }[self.kind]

    def rust(self) -> str:
        inner = [each.rust() for each in self.inner]
        match self.kind:
            case kind if kind in INTS:
                return kind
            case "list":
                return f"Vec<{inner[0]}>"
            case "option":
                return f"Option<{inner[0]}>"
            case "dict":
                return f"BTreeMap<{inner[0]}, {inner[1]}>"
            case "tuple":
                return "(" + "".join(f"{each}, " for each in inner).rstrip(" " if len(inner) == 1 else ", ") + ")"
            case "model":
                return self.name
        names = {"f64": "f64", "bool": "bool", "str": "String", "char": "char", "unit": "()", "any": "Value"}
        return names.get(self.kind) or self.kind.capitalize()


@dataclass
class Member:
    name: str
    type: Type
    alias: str | None = None
    #: With `default`, the field may be left out; an `option` always may.
    default: bool = False


@dataclass
class Model:
    name: str
    members: list[Member]
    forbids: bool = False
    #: A check over all fields, as Python's `model_validator(mode="after")`.
    checked: bool = False


SCALARS = [*INTS, "f64", "f64", "f64", "bool", "bool", "str", "str", "str", "char", "unit", "any"]
CHECKED = ["color", "color", "single", "literal", "even", "lower"]
KEYS = ["str", "str", "i32", "u8", "bool", "color", "even", "f64"]


def random_type(chance: random.Random, models: list[Model], depth: int = 0) -> Type:
    roll = chance.random()
    if depth < 3 and roll < 0.45:
        shape = chance.choice(["list", "list", "option", "dict", "tuple", "model", "model"])

        def inner() -> Type:
            return random_type(chance, models, depth + 1)

        if shape == "dict":
            key = chance.choice([key for key in KEYS if key != "f64"])
            return Type("dict", (Type(key), inner()))
        if shape == "tuple":
            return Type("tuple", tuple(inner() for _ in range(chance.randint(1, 3))))
        if shape == "option":
            # `Option<Option<T>>` and `Option<()>` are more than Python can tell apart.
            while (each := inner()).kind in ("option", "unit", "any"):
                pass
            return Type("option", (each,))
        if shape == "list" or not models:
            return Type("list", (inner(),))
        return Type("model", name=chance.choice(models).name)
    return Type(chance.choice(CHECKED if roll < 0.65 else SCALARS))


FIELDS = ["id", "name", "price", "tags", "count", "address", "note", "ratio", "flag", "kind", "extra_info", "größe"]


def random_models(chance: random.Random, count: int) -> list[Model]:
    models: list[Model] = [
        Model("Span", [Member("start", Type("i64")), Member("end", Type("i64"))], checked=True),
    ]
    for place in range(count):
        names = chance.sample(FIELDS, chance.randint(1, 6))
        members = []
        for name in names:
            type = random_type(chance, models)
            # A model has no default of its own.
            has_default = type.kind not in ("model", "tuple", "option", "even", "lower") and chance.random() < 0.2
            alias = name.replace("_", " ").title().replace(" ", "") if chance.random() < 0.15 else None
            members.append(Member(name, type, alias, has_default))
        models.append(Model(f"M{place:02}", members, forbids=chance.random() < 0.25))
    return models


PYTHON: dict[str, type[BaseModel]] = {}
DEFAULTS: dict[str, Any] = {"f64": 0.0, "bool": False, "str": "", "char": "\0", "color": Color.red}
DEFAULTS |= {"single": Single.only, "literal": "asc"}


def default(type: Type) -> Any:
    return {"list": [], "dict": {}}.get(type.kind, DEFAULTS.get(type.kind, 0 if type.kind in INTS else None))


class Ordered(BaseModel):
    @model_validator(mode="after")
    def check(self) -> "Ordered":
        if self.start > self.end:
            raise ValueError("start is after end")
        return self


def define(models: list[Model]) -> None:
    """Makes the pydantic models."""
    for model in models:
        fields: dict[str, Any] = {}
        for member in model.members:
            options: dict[str, Any] = {"alias": member.alias} if member.alias else {}
            if member.type.kind == "option" or member.default:
                options["default"] = None if member.type.kind == "option" else default(member.type)
            fields[member.name] = (member.type.python(), Field(**options))
        if model.checked:
            PYTHON[model.name] = create_model(model.name, __base__=Ordered, **fields)
        else:
            config = ConfigDict(extra="forbid") if model.forbids else None
            PYTHON[model.name] = create_model(model.name, __config__=config, **fields)


@dataclass
class Route:
    """A request whose body, or query, or the like, is of a type."""

    name: str
    location: Literal["body", "query", "path", "header", "cookie", "form"]
    type: Type
    seed: int = field(default=0)


def random_routes(chance: random.Random, models: list[Model]) -> list[Route]:
    """A body of each model and of many other types; and models whose fields are parameters."""
    routes = [Route(model.name.lower(), "body", Type("model", name=model.name)) for model in models]
    for place in range(24):
        type = random_type(chance, models)
        while type.kind == "any":
            type = random_type(chance, models)
        routes.append(Route(f"b{place:02}", "body", type))
    return routes


def parameter_models(chance: random.Random, count: int) -> list[Model]:
    """Models of which each field is a parameter: scalars, and lists of such."""
    scalars = [scalar for scalar in SCALARS if scalar not in ("unit", "any")] + CHECKED
    models = []
    for place in range(count):
        members = []
        for name in chance.sample([name for name in FIELDS if name.isascii()], chance.randint(1, 5)):
            type = Type(chance.choice(scalars))
            shape = chance.random()
            if shape < 0.3:
                type = Type("option", (type,))
            elif shape < 0.5:
                type = Type("list", (type,))
            has_default = type.kind not in ("option", "even", "lower") and chance.random() < 0.2
            members.append(Member(name, type, None, has_default))
        models.append(Model(f"P{place:02}", members))
    return models


def rust_source(models: list[Model], routes: list[Route]) -> str:
    """The Rust half: the types, and a function that reads a route's."""
    out = [
        "//! Written by `tests/record/record_pydantic.py`: the types of `transcripts/pydantic.json`, in Rust.",
        "",
        "use std::collections::BTreeMap;",
        "",
        "use serde::{Deserialize, Serialize};",
        "use serde_json::Value;",
        "",
        "use crate::support::{Answer, Color, Even, Literal, Lower, Request, Single, Span};",
    ]
    for model in models:
        if model.checked:
            continue
        out += ["", "#[derive(Debug, Deserialize, Serialize)]"]
        if model.forbids:
            out.append("#[serde(deny_unknown_fields)]")
        out.append(f"pub(crate) struct {model.name} {{")
        for member in model.members:
            options = ["default"] if member.default else []
            # Python writes no alias in an answer but where it is told to.
            options += [f'rename(deserialize = "{member.alias}")'] if member.alias else []
            if options:
                out.append(f"    #[serde({', '.join(options)})]")
            out.append(f"    {member.name}: {member.type.rust()},")
        out.append("}")
    out += ["", "/// Reads a request as its route does.", "pub(crate) fn answer(request: &Request) -> Answer {"]
    out += ["    match request.route.as_str() {"]
    out += [f'        "{route.name}" => request.{route.location}::<{route.type.rust()}>(),' for route in routes]
    out += ['        route => panic!("no route {route}"),', "    }", "}", ""]
    return "\n".join(out)
