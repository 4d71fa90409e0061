"""`python -m workshop dialects`: every model and data test, in both spellings, held against what DuckDB and Spark share.

The texts are judged in a process of their own while dbt renders the next ones. A text that was found without a fault is not read
again until it, the rules or sqlglot change.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import click

from workshop.dialects.compiled import NotCompiled, Texts, compile_all
from workshop.dialects.judging import Fault, faults

HERE = Path(__file__).parent


@click.command("dialects")
@click.option("--afresh", is_flag=True, help="Read all texts, also those that were found without a fault before.")
@click.pass_context
def dialects_command(context: click.Context, afresh: bool) -> None:
    """Say what in models and data tests is not the SQL that DuckDB and Spark share. Exit status: 0 nothing, 1 something, 2 dbt failed."""
    begun = time.monotonic()
    kept = Path(os.environ.get("DBT_TARGET_PATH", "target")) / "dialects.json"
    try:
        found, count = judged(kept, set() if afresh else _known(kept))
    except NotCompiled as error:
        click.echo(f"dbt does not compile the project:\n{error}")
        context.exit(2)
    for fault in found:
        click.echo(str(fault))
    said = f"{len(found)} faults" if found else "DuckDB and Spark share what they write"
    click.echo(f"Dialects: {count} models and data tests: {said} ({time.monotonic() - begun:.0f} s).")
    context.exit(1 if found else 0)


def judged(kept: Path, known: set[str], project: str = ".") -> tuple[list[Fault], int]:
    """Return the faults of a project, and how many models and data tests it has; texts with a hash in `known` have none.

    The hashes of all that have none are written to `kept`.
    """
    asked: dict[str, object] = {}
    rules = _rules()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as other:

        def heard(texts: Texts) -> None:
            key = sha256("\0".join([rules, texts.duckdb, texts.spark]).encode()).hexdigest()
            if key not in asked:
                asked[key] = None if key in known else other.submit(faults, texts)

        count = compile_all(heard, project)
        found = {key: future.result() if future else [] for key, future in asked.items()}
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(json.dumps(sorted(key for key, each in found.items() if not each)), encoding="utf-8")
    return sorted({fault for each in found.values() for fault in each}), count


def _known(kept: Path) -> set[str]:
    return set(json.loads(kept.read_text(encoding="utf-8"))) if kept.is_file() else set()


def _rules() -> str:
    """A hash of what decides: these modules, the list of functions, and the parsers."""
    files = b"".join(file.read_bytes() for file in sorted(HERE.iterdir()) if file.suffix in (".py", ".csv"))
    return sha256(files + version("sqlglot").encode() + version("duckdb").encode()).hexdigest()
