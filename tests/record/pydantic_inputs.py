"""Random inputs for a type: what it wants, what it takes for that, and what it refuses."""

import json
import random
from dataclasses import dataclass
from typing import Any

from pydantic_models import INTS, Model, Type, bounds


@dataclass(frozen=True)
class Raw:
    """JSON as it is to be written, well formed or not."""

    text: str


@dataclass
class Pairs:
    """An object, whose keys may be repeated."""

    members: list[tuple[str, Any]]


INT_TEXTS = ["1", "0", " 12 ", "-3", "+4", "+-4", "--4", "1_000", "1__0", "_1", "1.0", "1.50", "01", "-01", "0_1", "", " ", "x"]
INT_TEXTS += ["1e3", "0x10", "٣", "99999999999999999999", "-0", "0.0", "00.0", "-1.0", "1.", ".0", "4 2", "\u00a07", "+ 7", "-_1"]
FLOAT_TEXTS = [*INT_TEXTS, "1.5", " 2.5\n", "1e5", "-1E-7", "nan", "inf", "-Infinity", "infinity", ".5", "5.", "1_0.5", "1,5"]
BOOL_TEXTS = ["yes", "no", "on", "OFF", "True", "fAlse", "1", "0", "t", "f", "Y", "n", "", " true", "2", "maybe"]
WORDS = ["", "a", "red", "green", "it's", "only", "asc", "desc", "Blue", "naïve", "日本", "😀", "tab\there", 'quo"te', "\u2028", "_sa"]
WORDS += [*INT_TEXTS[:8], "true", "null", "12"]
ODD = ["1E400", "-1e999", "NaN", "Infinity", "-Infinity", "-0", "-0.0", "1e16", "1e-7", "123456789012345678901234567890"]
ODD += ["9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615"]
ODD += ["0.1", "1e22", "5e-324", "1.7976931348623157e308", "100000.0", "2.0", "1.0", "0.0", "3.5", "1e18", "1e19", '"\\ud800"']
ODD += ["255", "256", "-1", "-129", "65536", "2147483648", "4294967296", '"\\u00e9\\n"', '"\\ud83d\\ude00"', "1" + "0" * 400]


class Inputs:
    def __init__(self, chance: random.Random, models: dict[str, Model]) -> None:
        self.chance = chance
        self.models = models

    def anything(self, depth: int = 0) -> Any:
        """Any JSON."""
        chance = self.chance
        roll = chance.random()
        if depth < 2 and roll < 0.2:
            return [self.anything(depth + 1) for _ in range(chance.randint(0, 3))]
        if depth < 2 and roll < 0.4:
            return {chance.choice(WORDS): self.anything(depth + 1) for _ in range(chance.randint(0, 3))}
        if roll < 0.6:
            return chance.choice([None, True, False, 0, 1, 2, -1, 1.5])
        return chance.choice(WORDS) if roll < 0.8 else Raw(chance.choice(ODD))

    def value(self, type: Type, wrong: float) -> Any:
        """A value for the type; with the chance `wrong` at each place, another one."""
        chance = self.chance
        if chance.random() < wrong:
            return self.anything()
        match type.kind:
            case kind if kind in INTS:
                return self.integer(kind, wrong)
            case "even":
                return chance.choice([2, 4, "6", 8.0, -2, 1, "3"] if wrong else [2, 4, -2])
            case "f64":
                if wrong and chance.random() < 0.3:
                    return chance.choice(FLOAT_TEXTS)
                return chance.choice([0, 1, -2, 0.5, 1.25, 1e16, 1e-7, 123456.789])
            case "bool":
                if wrong and chance.random() < 0.4:
                    return chance.choice([*BOOL_TEXTS, 0, 1, 2, 1.0, 0.0, 0.5])
                return chance.choice([True, False])
            case "lower":
                return chance.choice(["a", "low", "Up"] if wrong else ["a", "low"])
            case "str":
                return chance.choice(WORDS)
            case "char":
                return chance.choice(["a", "é", "😀", "", "ab"] if wrong else ["a", "é", "😀"])
            case "unit":
                return None
            case "any":
                return self.anything() if wrong else chance.choice([None, 1, "x", [1, 2.5], {"a": None}])
            case "color":
                return chance.choice(["red", "green", "it's"] + (["blue", "Red"] if wrong else []))
            case "single":
                return "only"
            case "literal":
                return chance.choice(["asc", "desc"] + (["up"] if wrong else []))
            case "list":
                return [self.value(type.inner[0], wrong) for _ in range(chance.randint(0, 4))]
            case "option":
                return None if chance.random() < 0.3 else self.value(type.inner[0], wrong)
            case "tuple":
                items = [self.value(each, wrong) for each in type.inner]
                if wrong and chance.random() < 0.15:
                    items = chance.choice([items[:-1], [*items, 1], []])
                return items
            case "dict":
                return Pairs([(self.key(type.inner[0], wrong), self.value(type.inner[1], wrong)) for _ in range(chance.randint(0, 3))])
            case "model":
                return self.model(self.models[type.name], wrong)
        raise ValueError(type)

    def integer(self, kind: str, wrong: float) -> Any:
        chance = self.chance
        least, greatest = bounds(kind)
        if not wrong or chance.random() < 0.5:
            return chance.choice([0, 1, 2, 100, least, greatest])
        return chance.choice([chance.choice(INT_TEXTS), least - 1, greatest + 1, 1.0, 2.5, 1e18, True, str(greatest), str(greatest + 1)])

    def key(self, type: Type, wrong: float) -> str:
        if wrong and self.chance.random() < 0.2:
            return self.chance.choice(WORDS)
        value = self.value(type, 0.0)
        return json.dumps(value) if isinstance(value, bool) else str(value)

    def model(self, model: Model, wrong: float) -> Any:
        chance = self.chance
        members = []
        for member in model.members:
            may_lack = member.default or member.type.kind == "option"
            if chance.random() < (0.3 if may_lack else wrong / 2):
                continue
            members.append((member.alias or member.name, self.value(member.type, wrong)))
        if chance.random() < wrong:
            members.append((chance.choice([*WORDS, *(name for name, _ in members)]), self.anything()))
        if chance.random() < 0.5:
            chance.shuffle(members)
        return Pairs(members)

    def write(self, value: Any) -> str:
        space = self.chance.choice(["", "", " ", "\n  "])
        match value:
            case Raw(text):
                return text
            case Pairs(members):
                inner = [f"{self.write(name)}:{space}{self.write(each)}" for name, each in members]
                return "{" + f",{space}".join(inner) + "}"
            case dict():
                return self.write(Pairs(list(value.items())))
            case list():
                return "[" + f",{space}".join(self.write(each) for each in value) + "]"
        return json.dumps(value, ensure_ascii=self.chance.random() < 0.3)

    def spoil(self, text: str) -> str:
        """The text with a slip in it: mostly no JSON any more."""
        chance = self.chance
        place = chance.randint(0, len(text))
        match chance.randint(0, 4):
            case 0:
                return text[:place]
            case 1:
                return text[:place] + chance.choice(list("{}[],:\"\\'01-.e nN\n\t\x01é") + ["\\u12", "\\ud800", "\\x", "//"]) + text[place:]
            case 2:
                return text[:place] + text[place + 1 :]
            case 3:
                return text + chance.choice([" x", "]", "}", ",", "{}", "\n", "\x00"])
        return chance.choice(["", " ", "\ufeff" + text, text.replace('"', "'"), text.replace(":", ""), text.replace("}", ",}"), "{", '{"a"', '{"a":', '{"a":1', "[1", '"', '"\\', "nul", "-", "1.", "1.e5", "01", "tru", "--1", "[,]", "{,}", "+1"])

    def strings(self, model: Model) -> list[tuple[str, str]]:
        """Parameters: names and values."""
        chance = self.chance
        pairs: list[tuple[str, str]] = []
        wrong = chance.choice([0.0, 0.1, 0.4])
        for member in model.members:
            type = member.type.inner[0] if member.type.kind in ("option", "list") else member.type
            count = chance.choice([0, 1, 1, 1, 2] if member.type.kind == "list" or wrong else [1])
            for _ in range(count):
                value = self.value(type, 0.0)
                text = value if isinstance(value, str) else json.dumps(value)
                if chance.random() < wrong:
                    text = chance.choice([*FLOAT_TEXTS, *BOOL_TEXTS, *WORDS])
                pairs.append((member.name, text))
        if chance.random() < wrong:
            pairs.append((chance.choice(["other", "x y", ""]), "1"))
        chance.shuffle(pairs)
        return pairs
