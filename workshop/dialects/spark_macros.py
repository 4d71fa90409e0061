"""What dbt's own macros write for Spark, and what Python answers there, without dbt-spark and without a Spark.

`make install` does not bring dbt-spark. Of its macros these are the ones that the project calls and does not spell itself in
macros/cross_db; test_dialects.py compares them with dbt-spark's where that is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tagmart.reading import answers


def _split_part(text: str, delimiter: str, part: int) -> str:
    escaped = f"case when regexp_extract({delimiter}, '([^A-Za-z0-9])(.*)', 1) != '_' then concat('\\\\', {delimiter}) else {delimiter} end"
    return f"split({text}, {escaped})[({part - 1})]"


SPARK_MACROS: dict[str, Callable] = {
    "bool_or": lambda expression: f"max({expression})",
    "split_part": _split_part,
    "type_string": lambda: "string",
}
# dbt-spark has its own spelling of these too: whoever calls one adds it above.
NOT_SPELLED = {"any_value", "array_append", "array_concat", "array_construct", "concat"} | {
    "current_timestamp",
    "date",
    "escape_single_quotes",
    "listagg",
    "safe_cast",
}


@cache
def answer(engine: str, function: str, arguments: tuple) -> Any:
    """What `ask_python` gives to macros. For Spark no file is converted: only how it would be named in the SQL is said."""
    if engine == "spark" and function == "unreadable_lines":
        return "parquet.`unreadable_lines.parquet`"
    found = getattr(answers, function)(*arguments)
    if engine == "spark" and function == "raw_file" and not found["fault"]:
        columns = {name: column | {"name": f"`{name}`"} for name, column in found["columns"].items()}
        return found | {"from": f"parquet.`{Path(arguments[0]).stem}.parquet`", "columns": columns}
    return found
