"""dbt-spark, extended: Python models run in the session of the profile, and macros may ask Python about raw files."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING, Any

from dbt.adapters.base import PythonJobHelper
from dbt.adapters.spark import SparkAdapter

from tagmart.spark.forgetting import forget_rows
from tagmart.spark.raw_files import ANSWERS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class SessionJob(PythonJobHelper):
    """Runs the compiled code of a Python model in this process; dbt-spark itself knows jobs of Databricks only."""

    def __init__(self, parsed_model: dict, credentials: Any):
        self.credentials = credentials

    def submit(self, compiled_code: str) -> None:
        """Run the code; whatever it raises is the failure of the model."""
        exec(compiled_code, {"spark": session_of(self.credentials)})


def session_of(credentials: Any) -> SparkSession:
    """Return the session that dbt's own statements run in: Connect, or in this process, by the profile."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder
    for name, value in (credentials.server_side_parameters or {}).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def ask_tagmart(adapter: SparkAdapter, function: str, arguments: list[str]) -> Any:
    """What macros get from `adapter.ask_tagmart`: the answer of a function of `tagmart.spark.raw_files`, or rows are forgotten."""
    return (ANSWERS | {"forget_rows": forget_rows})[function](session_of(adapter.config.credentials), *arguments)


def extend() -> None:
    """Add the above to the adapter; again is the same as once."""
    SparkAdapter.python_submission_helpers = property(lambda self: {"session": SessionJob})
    SparkAdapter.default_python_submission_method = property(lambda self: "session")
    SparkAdapter.ask_tagmart = ask_tagmart
    SparkAdapter._available_ = SparkAdapter._available_ | {"ask_tagmart"}
    # It would write the stack of the server's machine into the log of a build; dbt says what went wrong in a sentence.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    # dbt asks for a Hive catalogue at each statement; of Connect only the server decides.
    warnings.filterwarnings("ignore", message=".*spark.sql.catalogImplementation")
