"""The second half of the dirty folders, so that two workers share them, and some of them with every model and every data test."""

from __future__ import annotations

import pytest
from dirty_batches import MORE, WHOLE, line, wrong
from draws import name_of

__all__ = ["line"]
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seeds", MORE, ids=name_of)
def test_more_folders_are_green_and_right_or_one_sentence(line, tmp_path, seeds):
    assert not (found := wrong(line, tmp_path / "raw", seeds)), found


@pytest.mark.parametrize("seed", WHOLE)
def test_every_model_and_every_data_test(line, tmp_path, seed):
    assert not (found := wrong(line, tmp_path / "raw", [seed], whole=True)), found
