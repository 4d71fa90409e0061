"""The marts of the brand beside the reference of tests/support, which shares no code with the models."""

from __future__ import annotations

import pickle
from pathlib import Path

import duckdb

from workshop.mutate.copies import SEED, reference_module
from workshop.mutate.workspace import BASE, DATABASE, Workspace

FILE = "expected.pickle"
KEEPS_WHAT_WAS_SAID = "score_next_product"  # when its date was the newest; built at once, only the newest date says something


def write_expected(root: Path, folder: Path) -> None:
    """Compute once what the reference says of the brand, for all workers."""
    brands, reference = reference_module(root, "brands"), reference_module(root, "reference")
    tags = reference.customer_tags(brands.brand(brands.Shape(seed=SEED)))
    expected = {"tags.customer_tags": tags.to_dict("records"), "segments.segment_rfm": reference.segment_rfm(tags).to_dict("records")}
    (folder / FILE).write_bytes(pickle.dumps(expected))


class Reference:
    """The comparison that pytest makes too, on the brand of a workspace."""

    def __init__(self, root: Path, folder: Path):
        self.compared = reference_module(root, "compared")
        self.expected = pickle.loads((folder / FILE).read_bytes())

    def difference(self, workspace: Workspace) -> str:
        """Return the first way in which the tag mart and RFM differ from the reference, empty when they do not."""
        for relation, ignored, columns in (
            ("tags.customer_tags", self.compared.NOT_IN_REFERENCE, None),
            ("segments.segment_rfm", set(), self.compared.RFM_COLUMNS),
        ):
            actual = self.compared.rows_of(workspace.folder / DATABASE, relation, columns)
            try:
                self.compared.assert_same(actual, self.expected[relation], ignored=ignored)
            except AssertionError as error:
                return f"reference: {relation}: {' '.join(str(error).splitlines()[:2])[:160]}"
        return ""

    def difference_of_tag_marts(self, workspace: Workspace) -> str:
        """The same for the marts about tags, which read the tag mart."""
        return "".join(f"reference: {line[:160]}" for line in self.compared.tag_mart_differences(workspace.folder / DATABASE)[:1])

    def difference_from_base(self, workspace: Workspace) -> str:
        """The first table by customer and as-of date that is not as the project as it is builds it at once.

        Whether a row was replayed is left out: it is as soon as a later refund is known, and says the same as before.
        """
        with duckdb.connect() as connection:
            connection.execute(f"attach '{workspace.folder / DATABASE}' as now (read_only)")
            connection.execute(f"attach '{workspace.folder / BASE}' as base (read_only)")
            kept = connection.execute(
                "select table_schema, table_name from information_schema.columns where table_catalog = 'base' "
                f"and column_name = 'input_fingerprint' and table_name <> '{KEEPS_WHAT_WAS_SAID}' order by table_name"
            ).fetchall()
            for schema, table in kept:
                base, now = (f"(select columns(lambda name: name <> 'replay_date') from {database}.{schema}.{table})" for database in ("base", "now"))
                (count,) = connection.execute(f"select count(*) from (({base} except all {now}) union all ({now} except all {base}))").fetchall()[0]
                if count:
                    return f"base: {schema}.{table} differs in {count} rows"
        return ""
