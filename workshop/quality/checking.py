"""Runs expectations over views in an in-memory DuckDB and says what failed, a sentence each."""

from __future__ import annotations

import tempfile
import uuid
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType

import duckdb
import great_expectations as gx
from great_expectations.core import ExpectationValidationResult
from great_expectations.datasource.fluent.interfaces import Batch
from great_expectations.expectations import (
    ExpectColumnToExist,
    ExpectTableColumnsToMatchSet,
    UnexpectedRowsExpectation,
)
from great_expectations.expectations.expectation import Expectation
from sqlalchemy.exc import SQLAlchemyError

from tagmart.reading.sql_functions import register
from workshop.quality.gx_duckdb import keep_duckdb_connections
from workshop.quality.unreadable import Unreadable

# Expectations about missing columns: the ones to ask when a column is not there.
PRESENCE = (ExpectColumnToExist, ExpectTableColumnsToMatchSet)

NO_PROGRESS_BAR = "set enable_progress_bar = false"


@dataclass(frozen=True)
class SuiteResult:
    """What came of one suite. An expectation on a missing column counts as failed, without a sentence of its own."""

    name: str
    expectations: int
    failed: int
    sentences: list[str]


class Checks:
    """An in-memory DuckDB that holds the views to check, and the Great Expectations context that checks them.

    Expectations carry what a failure should say: `description` states the rule and starts with its
    column, `meta["columns"]` names the columns that it needs (see `expect`).
    """

    def __init__(self) -> None:
        keep_duckdb_connections()
        # DuckDB would spill next to the caller's files; it may spill here only.
        self._spill = tempfile.TemporaryDirectory(prefix="tagmart-quality-")
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        self._source = context.data_sources.add_sql(
            "tagmart",
            # A named in-memory database is shared by all connections of this process, so Great
            # Expectations sees the views made here; the name is unique so that two checks never meet.
            connection_string=f"duckdb:///:memory:quality_{uuid.uuid4().hex}",
            kwargs={"connect_args": {"config": _settings(self._spill.name)}},
        )
        self._engine = self._source.get_engine()
        self._connection = self._engine.connect()
        # After two seconds of one query DuckDB 1.5 draws a progress bar on standard output, into the
        # report. The setting belongs to a connection; Great Expectations has one of its own, and keeps it.
        self.sql(NO_PROGRESS_BAR)
        with self._source.get_execution_engine().get_connection() as connection:
            connection.exec_driver_sql(NO_PROGRESS_BAR)

    def __enter__(self) -> Checks:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        # Great Expectations has an engine of its own on the same database, whose connection it keeps.
        self._source.get_execution_engine().close()
        self._connection.close()
        self._engine.dispose()
        self._spill.cleanup()

    def sql(self, statement: str) -> list[tuple]:
        """Run one statement in the database of the views and return its rows."""
        result = self._connection.exec_driver_sql(statement)
        rows = [tuple(row) for row in result.fetchall()] if result.returns_rows else []
        # Other connections see a view only after the commit.
        self._connection.commit()
        return rows

    def ask_python(self) -> None:
        """Add the SQL functions by which staging's macros read raw files; converted ones live as long as the checks."""
        register(self._connection.connection.dbapi_connection, Path(self._spill.name))

    def columns(self, relation: str) -> list[str]:
        """The columns of a relation, in lower case."""
        return [row[0].lower() for row in self.sql(f"describe {relation}")]

    def validate(self, view: str, expectations: list[Expectation], suite: str) -> SuiteResult:
        """Check a view. Raises Unreadable when the data could not be queried at all."""
        present = set(self.columns(view))
        runnable = [e for e in expectations if isinstance(e, PRESENCE) or present.issuperset(e.meta["columns"])]
        # An expectation on a missing column could only say once more that it is missing.
        blocked = len(expectations) - len(runnable)
        failing = self._failing(self._batch(view), runnable, suite)
        sentences = [_sentence(view, expectation, result) for expectation, result in failing]
        if blocked:
            sentences.append(f"{view}: {blocked} more could not be checked, since they need a missing column.")
        return SuiteResult(suite, len(expectations), len(failing) + blocked, sentences)

    def _failing(self, batch: Batch, expectations: list[Expectation], suite: str) -> list[tuple[Expectation, dict]]:
        """The failed expectations in the suite's order, each with what was observed.

        A first pass asks for yes or no, which Great Expectations computes in a few queries for the whole
        suite; only what failed is looked at again for its observed values.
        """
        failed = self._pass(batch, expectations, suite, "BOOLEAN_ONLY")
        by_sql = [e for e in expectations if e.description in failed and isinstance(e, UnexpectedRowsExpectation)]
        by_value = [e for e in expectations if e.description in failed and e not in by_sql]
        observed = {
            # Only COMPLETE gives the row of a query; on columns it would list every bad value.
            **self._pass(batch, by_sql, suite, "COMPLETE"),
            **self._pass(batch, by_value, suite, "BASIC"),
        }
        return [(e, observed[e.description]) for e in expectations if e.description in failed]

    def observed(self, view: str, expectations: list[Expectation], suite: str) -> dict[str, ExpectationValidationResult]:
        """Check a view; `{description: success and result}` of every expectation, met or not."""
        return {result.expectation_config.description: result for result in self._results(self._batch(view), expectations, suite, "BASIC")}

    def _batch(self, view: str) -> Batch:
        return self._source.add_table_asset(view, table_name=view).add_batch_definition_whole_table("all").get_batch()

    def _pass(self, batch: Batch, expectations: list[Expectation], suite: str, result_format: str) -> dict[str, dict]:
        """Validate and return `{description: result}` of the failed expectations."""
        results = self._results(batch, expectations, suite, result_format)
        return {result.expectation_config.description: dict(result.result or {}) for result in results if not result.success}

    def _results(self, batch: Batch, expectations: list[Expectation], suite: str, result_format: str) -> list[ExpectationValidationResult]:
        if not expectations:
            return []
        try:
            outcome = batch.validate(gx.ExpectationSuite(suite, expectations=[e.copy() for e in expectations]), result_format=result_format)
        except SQLAlchemyError as error:
            raise Unreadable(f"{suite}: {first_line(error)}") from error
        for result in outcome.results:
            if error := _raised(result.exception_info):
                raise Unreadable(f"{suite}: {result.expectation_config.description}: {error}")
        return list(outcome.results)


def _settings(spill_folder: str) -> dict[str, object]:
    settings: dict[str, object] = {"temp_directory": spill_folder, "preserve_insertion_order": False}
    # TRY_CAST over a file raises in duckdb 2.0.0 unless this is off (duckdb issue 23818); 1.5 does not know it.
    with duckdb.connect() as connection:
        if connection.execute("select 1 from duckdb_optimizers() where name = 'type_pushdown'").fetchall():
            settings["disabled_optimizers"] = "type_pushdown"
    return settings


def expect(kind: type[Expectation], must: str, columns: list[str], **arguments: object) -> Expectation:
    """An expectation that knows its rule in words and the columns that it needs.

    The description tells the expectations of a suite apart, so it must be unique in the suite.
    """
    return kind(description=must, meta={"columns": columns}, **arguments)


def first_line(error: BaseException) -> str:
    """The first line of what the database said, without SQLAlchemy's wrapping."""
    return str(getattr(error, "orig", None) or error).strip().splitlines()[0]


def _raised(exception_info: dict | None) -> str | None:
    """The message of an exception that an expectation met; Great Expectations nests it by metric."""
    if not exception_info:
        return None
    entries = [exception_info] if "raised_exception" in exception_info else list(exception_info.values())
    messages = [entry["exception_message"] for entry in entries if entry["raised_exception"]]
    return messages[0].strip().splitlines()[0] if messages else None


def _sentence(table: str, expectation: Expectation, result: dict) -> str:
    columns = expectation.meta["columns"]
    subject = f"{table}.{expectation.description}" if columns else f"{table} {expectation.description}"
    if isinstance(expectation, ExpectColumnToExist):
        return f"{subject}: it is missing."
    if isinstance(expectation, ExpectTableColumnsToMatchSet):
        missing = [name for name in expectation.column_set if name not in result["observed_value"]]
        return f"{subject}: {', '.join(missing)} missing."
    allowed = 1 - (getattr(expectation, "mostly", None) or expectation.meta.get("mostly", 1))
    limit = f"at most {_share(allowed)} may" if allowed > 0 else "none may"
    if isinstance(expectation, UnexpectedRowsExpectation):
        row = result["details"]["unexpected_rows"][0]
        return f"{subject}: {row['bad']} of {row['total']} rows do not, {limit}."
    if "observed_value" in result:
        return f"{subject}: observed {result['observed_value']}."
    checked = result["element_count"] - result.get("missing_count", 0)
    return f"{subject}: {result['unexpected_count']} of {checked} do not{_examples(result)}, {limit}."


def _examples(result: dict) -> str:
    """Up to three of the bad values, in brackets; nothing when they are all null."""
    seen = sorted({_plain(value) for value in result.get("partial_unexpected_list", []) if value is not None})
    return f" (such as {', '.join(seen[:3])})" if seen else ""


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(_plain(part) for part in value.values())
    if isinstance(value, (tuple, list)):
        return " against ".join(_plain(part) for part in value)
    return str(value.normalize()) if isinstance(value, Decimal) else str(value)


def _share(share: float) -> str:
    return f"{share * 100:.3g} %"


def quoted(path: Path) -> str:
    """A path as an SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
