"""What a scheme makes of vars before its rules stands in its definition, so that another value of the var is another definition."""

from __future__ import annotations

import re

import pytest
from conftest import PROJECT

SCHEMES = sorted(path.stem for path in (PROJECT / "models/segments").glob("segment_*.sql") if "{% set definition %}" in path.read_text(encoding="utf-8"))
VAR = re.compile(r"var\('(\w+)'")
MACRO = re.compile(r"{%-? macro (\w+)\(.*?{%-? endmacro", re.S)
MACROS = {found[1]: found[0] for path in (PROJECT / "macros/segments").glob("*.sql") for found in MACRO.finditer(path.read_text(encoding="utf-8"))}
OF_NO_RULE = {"journey_key_care_percent": "is_key_care is a column beside the class", "lint": "of sqlfluff"}


def vars_of(text: str) -> set[str]:
    """The vars that a text reads, by itself and through the macros of segments that it calls."""
    called = (macro for name, macro in MACROS.items() if re.search(rf"\b{name}\(", text))
    return {*VAR.findall(text)}.union(*(VAR.findall(macro) for macro in called))


def parts(scheme: str) -> tuple[str, str]:
    """What decides the definition of a scheme, and the SQL beside it with that of the schemes it reads."""
    text = (PROJECT / f"models/segments/{scheme}.sql").read_text(encoding="utf-8")
    before, definition, sql = re.fullmatch(r"(.*?)({% set definition %}.*?{% endset %})(.*)", text, re.S).groups()
    read = [parts(other)[1] for other in re.findall(r"ref\('(segment_\w+)'\)", sql)]
    return before + definition, "".join([sql, *read])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_vars_of_the_sql_stand_in_the_definition(scheme):
    definition, sql = parts(scheme)
    assert vars_of(sql) - {*OF_NO_RULE} <= vars_of(definition)


def test_vars_are_found_through_macros_and_through_other_schemes():
    cuts = {"rfm_window_days", "rfm_method", "rfm_recency_days", "rfm_frequency_orders", "rfm_monetary_amounts", "rfm_baseline", "rfm_high_includes_baseline"}
    assert cuts <= vars_of(parts("segment_rfm")[1])
    assert cuts <= vars_of(parts("segment_value_level")[1])
    assert "lifecycle_usual_rhythm_days" in vars_of(parts("segment_lifecycle")[1])
    assert len(SCHEMES) == 13
