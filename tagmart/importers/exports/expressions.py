"""The expressions of a profile as SQL over text cells."""

from __future__ import annotations

import re

from tagmart.importers.exports.amounts import ARITHMETIC, amount
from tagmart.importers.exports.cells import named, quoted

# What an operator takes: one expression, a list of them, or the keys of a mapping.
OPERATORS = {
    "constant": None,
    "first": list,
    "code": {"of", "words"},
    "add": list,
    "subtract": list,
    "multiply": list,
    "divide": list,
    "at_least_zero": "one",
    "phone": list,
    "email": list,
    "identifier": list,
    "hash": "one",
    "text": None,
    "extract": {"of", "pattern"},
    "position": "names",
    "choose": "rules",
}
PLACE = re.compile(r"\{(\w+)\}")
TESTS = ("filled", "blank", "amount")


def fields_of(expression: object) -> list[str]:
    """Return the fields that an expression reads; a ValueError says what is wrong with it."""
    if isinstance(expression, str):
        return [expression]
    if not isinstance(expression, dict) or len(expression) != 1:
        raise ValueError("must be a field or one operator with what it takes, such as {first: [a, b]}")
    name, value = next(iter(expression.items()))
    if name not in OPERATORS:
        raise ValueError(f"has the unknown operator {name}")
    shape = OPERATORS[name]
    if shape is None:
        return PLACE.findall(str(value)) if name == "text" else []
    if shape == "one":
        return fields_of(value)
    if shape == "rules":
        return _fields_of_rules(value)
    if isinstance(shape, set):
        if not isinstance(value, dict) or set(value) != shape:
            raise ValueError(f"must give {name} the keys {' and '.join(sorted(shape))}")
        return fields_of(value["of"])
    if not isinstance(value, list) or not value:
        raise ValueError(f"must give {name} a list")
    return list(value) if shape == "names" else [item for part in value for item in fields_of(part)]


def _fields_of_rules(rules: object) -> list[str]:
    found = []
    for rule in rules if isinstance(rules, list) else [None]:
        if not isinstance(rule, dict) or set(rule) not in ({"when", "then"}, {"otherwise"}):
            raise ValueError("must give choose a list of {when: …, then: …} and at last {otherwise: …}")
        found += fields_of_tests(rule.get("when", {})) + fields_of(rule.get("then", rule.get("otherwise")))
    return found


def fields_of_tests(tests: object) -> list[str]:
    """Return the fields that conditions read; a ValueError says what is wrong with them."""
    for test in tests.values() if isinstance(tests, dict) else [None]:
        words = test.get("not") if isinstance(test, dict) and set(test) == {"not"} else test
        if test not in TESTS and not (isinstance(words, list) and words):
            raise ValueError("must test a field for filled, blank, amount, a list of words or {not: [words]}")
    return list(tests)


def text_sql(expression: object, codes: dict[str, dict[str, list[str]]]) -> str:
    """Return the SQL of a checked expression; its value is text, null where there is nothing."""

    def sql(inner: object) -> str:
        return text_sql(inner, codes)

    if isinstance(expression, str):
        return named(expression)
    name, value = next(iter(expression.items()))
    if name in ARITHMETIC:
        return amount(expression, sql)
    if name == "constant":
        return quoted(value)
    if name == "first":
        return f"coalesce({', '.join(f'filled({sql(item)})' for item in value)})"
    if name in ("phone", "email", "identifier"):
        macro = {"phone": "phone_hash", "email": "email_hash", "identifier": "identifier"}[name]
        return f"coalesce({', '.join(f'{macro}({sql(item)})' for item in value)})"
    if name == "hash":
        return f"sha256(clean({sql(value)}))"
    if name == "text":
        parts = [quoted(part) if place % 2 == 0 else f"clean({named(part)})" for place, part in enumerate(PLACE.split(value))]
        return "(" + " || ".join(parts) + ")"
    if name == "extract":
        return f"nullif(tidy(regexp_extract({sql(value['of'])}, {quoted(value['pattern'])}, 1)), '')"
    if name == "position":
        per = ", ".join(f"clean({named(item)})" for item in value)
        return f"cast(row_number() over (partition by file_no, {per} order by row_no, part_no) as varchar)"
    if name == "code":
        return _code(sql(value["of"]), codes[value["words"]])
    rules = [f"when {conditions(rule['when'])} then {sql(rule['then'])}" for rule in value if "when" in rule]
    last = next((f" else {sql(rule['otherwise'])}" for rule in value if "otherwise" in rule), "")
    return f"case {' '.join(rules)}{last} end"


def _code(cell: str, words: dict[str, list[str]]) -> str:
    """A word outside the list goes through as it is: staging knows more words, or rejects it with a reason."""
    cases = [f"when {_in(cell, [code, *listed])} then {quoted(code)}" for code, listed in words.items()]
    return f"case {' '.join(cases)} else {cell} end"


def _in(cell: str, words: list[str]) -> str:
    return f"word({cell}) in ({', '.join(f'word({quoted(word)})' for word in words)})"


def conditions(tests: dict[str, object]) -> str:
    """Return the SQL of `{field: filled | blank | amount | [words] | {not: [words]}}`, all of which must hold."""
    return " and ".join(_condition(named(name), test) for name, test in tests.items()) or "true"


def _condition(cell: str, test: object) -> str:
    if test in ("filled", "blank"):
        return f"filled({cell}) is {'not ' if test == 'filled' else ''}null"
    if test == "amount":
        return f"(filled({cell}) is not null and number({cell}) is distinct from 0)"
    if isinstance(test, dict):
        return f"not coalesce({_in(cell, test['not'])}, false)"
    return f"coalesce({_in(cell, test)}, false)"
