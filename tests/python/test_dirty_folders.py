"""Random dirty folders: green and right, or one sentence. The dirt stands in dirty_folders.py, what must be true in dirty_checks.py.

A failure names its seeds; they alone are built again by `DIRTY_SEEDS=12,34 pytest tests/python/test_dirty_folders.py -k given`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from dirty_checks import faults
from dirty_folders import Folder
from dirty_runs import Line

FOLDERS = 1000
BATCH = 50
WHOLE = 25  # so many of them with every model and every data test

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def line(tmp_path_factory) -> Iterator[Line]:
    place = tmp_path_factory.mktemp("dirty_folders")
    with pytest.MonkeyPatch.context() as patch:
        yield Line(place, patch)
    shutil.rmtree(place, ignore_errors=True)


def wrong(line: Line, folder: Path, seeds, whole: bool = False) -> list[str]:
    found = []
    for seed in seeds:
        brand = Folder(seed)
        brand.write(folder)
        run = line.build_all(folder) if whole else line.run(folder, list(brand.tables))
        if lines := faults(brand, run):
            found.append("\n  ".join([f"seed {seed}: {brand.kinds}", *lines]))
    return found


@pytest.mark.parametrize("first", range(0, FOLDERS, BATCH))
def test_folders_are_green_and_right_or_one_sentence(line, tmp_path, first):
    found = wrong(line, tmp_path / "raw", range(first, first + BATCH))
    assert not found, "\n".join(found)


@pytest.mark.skipif("DIRTY_SEEDS" not in os.environ, reason="DIRTY_SEEDS names the folders to build again.")
def test_given_folders(line, tmp_path):
    found = wrong(line, tmp_path / "raw", [int(seed) for seed in os.environ["DIRTY_SEEDS"].split(",")])
    assert not found, "\n".join(found)
