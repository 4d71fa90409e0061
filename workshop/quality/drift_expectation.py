"""An expectation of this project: that a column of bins keeps the shares it had."""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.expectations.expectation import ColumnAggregateExpectation
from great_expectations.validator.metric_configuration import MetricConfiguration

from workshop.quality.drift_measures import psi

COUNTS = "column.value_counts"


class ExpectColumnToKeepItsShares(ColumnAggregateExpectation):
    """The population stability index of the values, beside the counts that they had before, is at most `max_value`."""

    before: dict[str, int]
    max_value: float

    success_keys: ClassVar[tuple[str, ...]] = ("before", "max_value")

    def get_validation_dependencies(self, execution_engine: Any = None, runtime_configuration: dict | None = None) -> Any:
        """Great Expectations' own counts of the values."""
        wanted = super().get_validation_dependencies(execution_engine, runtime_configuration)
        domain = self.configuration.get_domain_kwargs()
        wanted.set_metric_configuration(COUNTS, MetricConfiguration(COUNTS, domain, {"sort": "none"}))
        return wanted

    def _validate(self, metrics: dict, runtime_configuration: dict | None = None, execution_engine: Any = None) -> dict:
        after = {str(value): int(count) for value, count in metrics[COUNTS].items()}
        size = psi(self.before, after)
        return {"success": size <= self.max_value, "result": {"observed_value": size, "details": {"after": after}}}
