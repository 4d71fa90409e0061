"""Random dirty folders: green and right, or one sentence. The dirt stands in dirty_folders.py, what must be true in dirty_checks.py.

A failure names its seeds; they alone are built again by `DIRTY_SEEDS=12,34 pytest tests/python/test_dirty_folders.py -k given`.
"""

from __future__ import annotations

import os

import pytest
from dirty_batches import FIRST, line, wrong
from draws import name_of

__all__ = ["line"]
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seeds", FIRST, ids=name_of)
def test_folders_are_green_and_right_or_one_sentence(line, tmp_path, seeds):
    assert not (found := wrong(line, tmp_path / "raw", seeds)), found


@pytest.mark.skipif("DIRTY_SEEDS" not in os.environ, reason="DIRTY_SEEDS names the folders to build again.")
@pytest.mark.parametrize("whole", [False, True], ids=["in part", "whole"])
def test_given_folders(line, tmp_path, whole):
    assert not (found := wrong(line, tmp_path / "raw", map(int, os.environ["DIRTY_SEEDS"].split(",")), whole=whole)), found
