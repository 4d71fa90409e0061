"""Which dirty folders are built, and in what portions: shared by the test modules, which pytest-xdist spreads over the cores."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from dirty_checks import faults
from dirty_folders import Folder
from dirty_runs import Line
from draws import drawn, portions

# A folder takes about 3 seconds of a core, most of it dbt's rendering and DuckDB's planning; a whole build takes 14.
FIRST = portions(drawn(range(80, 580)), 20)
MORE = portions(drawn(range(580, 1080)), 20)
WHOLE = range(10_000, 10_006)


@pytest.fixture(scope="module")
def line(tmp_path_factory) -> Iterator[Line]:
    place = tmp_path_factory.mktemp("dirty_folders")
    with pytest.MonkeyPatch.context() as patch:
        yield Line(place, patch)
    shutil.rmtree(place, ignore_errors=True)


def wrong(line: Line, raw: Path, seeds: Iterable[int], *, whole: bool = False) -> str:
    """Build the folders of the seeds and return what is wrong with each: its seed, the kinds of dirt in it, the faults."""
    found = []
    for seed in seeds:
        folder = Folder(seed)
        folder.write(raw)
        run = line.build_all(raw) if whole else line.run(raw, list(folder.tables))
        if lines := faults(folder, run):
            found.append("\n  ".join([f"DIRTY_SEEDS={seed}", *folder.kinds, *lines]))
    return "\n".join(found)
