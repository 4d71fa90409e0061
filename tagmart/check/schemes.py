"""Segment schemes as the prover takes them, and how a definition becomes one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from tagmart.check.problem import CheckProblem
from tagmart.check.types import parse_type


@dataclass(frozen=True)
class Scheme:
    """`file` is named in messages; `rules` is `{segment code: SQL}` in the order of the file.

    `columns` is `{name: {"type": SQL type, "values": list of strings or absent}}`: all that a rule may use.
    """

    code: str
    file: str
    population: str
    assumes: tuple[str, ...]
    rules: dict[str, str]
    columns: dict[str, dict] = field(default_factory=dict)


class _Strict(yaml.SafeLoader):
    """YAML in which a key that stands twice is an error: the second would silently win."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for position, key in enumerate(keys) if key in keys[:position]), None)
        if twice is not None:
            raise yaml.YAMLError(f"{twice} stands twice, line {node.start_mark.line + 1} and after")
        return super().construct_mapping(node, deep)


def read_file(path: Path) -> Scheme:
    """Read a YAML file of one definition; its `columns` are all the columns there are."""
    try:
        definition = yaml.load(path.read_text(encoding="utf-8"), Loader=_Strict)
    except (OSError, UnicodeDecodeError) as error:
        raise CheckProblem(f"{path} cannot be read: {error}.") from None
    except (yaml.YAMLError, TypeError, ValueError) as error:
        raise CheckProblem(f"{path} is no YAML: {' '.join(str(error).split())}.") from None
    return scheme_of(definition, str(path), {})


def scheme_of(definition: object, file: str, contract: dict[str, dict]) -> Scheme:
    """Return the scheme of a definition (code, population, assumes, columns, segments with code and when).

    `contract` is `{column: {"type", "values"}}` of customer_tags; CheckProblem where a part is missing,
    of the wrong shape, or declares a column of the contract otherwise.
    """
    if not isinstance(definition, dict):
        raise CheckProblem(f"{file} holds no scheme: write code, population, segments and columns.")
    code = _text(definition.get("code"), f"{file}: the code of the scheme")
    segments = definition.get("segments")
    if not isinstance(segments, list) or not segments:
        raise CheckProblem(f"{file}: {code} has no list of segments: write segments with code and when.")
    rules: dict[str, str] = {}
    for position, segment in enumerate(segments, 1):
        if not isinstance(segment, dict):
            raise CheckProblem(f"{file}: segment {position} of {code} is no entry with code and when.")
        name = _text(segment.get("code"), f"{file}: the code of segment {position} of {code}")
        if name in rules:
            raise CheckProblem(f"{file}, rule {name}: the code stands twice; each class needs its own.")
        rules[name] = _sql(segment.get("when"), f"{file}, rule {name}: `when`")
    assumes = definition.get("assumes") or []
    if not isinstance(assumes, list):
        raise CheckProblem(f"{file}: `assumes` of {code} is no list: write one condition an entry.")
    return Scheme(
        code,
        file,
        _sql(definition.get("population", True), f"{file}: `population`"),
        tuple(_sql(text, f"{file}: an entry of `assumes`") for text in assumes),
        rules,
        _columns(definition.get("columns") or {}, file, contract),
    )


def _columns(declared: object, file: str, contract: dict[str, dict]) -> dict[str, dict]:
    if not isinstance(declared, dict):
        raise CheckProblem(f"{file}: `columns` is no mapping: write name: type.")
    columns = dict(contract)
    known = {name.lower(): name for name in contract}
    for name, column in declared.items():
        column = column if isinstance(column, dict) else {"type": column}
        values = column.get("values")
        if (
            set(column) - {"type", "values"}
            or not isinstance(column.get("type"), str)
            or not (values is None or isinstance(values, list) and all(isinstance(value, str) for value in values))
        ):
            raise CheckProblem(f"{file}, column {name}: write a type, or {{type: text, values: [a, b]}} with quoted strings.")
        there = contract.get(known.get(str(name).lower(), ""))
        try:
            own = parse_type(column["type"], None if values is None else tuple(values))
            same = there and own == parse_type(there["type"], None if values is None else tuple(there.get("values") or ()))
        except ValueError as error:
            raise CheckProblem(f"{file}, column {name}: {error}.") from None
        if there is None:
            columns[str(name)] = column
        elif not same:
            raise CheckProblem(
                f"{file}, column {name}: customer_tags has it as {there['type']}"
                f"{' with other values' * (values is not None)}: take it out of `columns`, or name yours otherwise."
            )
    return columns


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise CheckProblem(f"{what} is no text: {value!r}; write a name, in quotes when YAML reads it as something else.")
    return value


def _sql(value: object, what: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str) or not value.strip():
        raise CheckProblem(f"{what} is no SQL condition: {value!r}.")
    return value
