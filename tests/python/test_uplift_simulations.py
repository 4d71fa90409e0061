"""The simulations of effects: they run, keep their results, and notice intervals that are too narrow."""

from __future__ import annotations

from click.testing import CliRunner

from tagmart.measurement import intervals
from workshop import uplift_simulations
from workshop.uplift_simulations import uplift_simulations_command

FEW = ["--assignments", "40", "--brands", "60", "--folder"]


def test_results_are_kept(tmp_path, monkeypatch):
    first = CliRunner().invoke(uplift_simulations_command, [*FEW, str(tmp_path)])
    assert len(first.output.splitlines()) == 7 and len(list(tmp_path.glob("*.json"))) == 2
    monkeypatch.setattr(uplift_simulations, "measured", None)
    assert CliRunner().invoke(uplift_simulations_command, [*FEW, str(tmp_path)]).output == first.output


def test_narrow_intervals_are_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(intervals, "CONFIDENCE", 0.7)
    found = CliRunner().invoke(uplift_simulations_command, [*FEW, str(tmp_path)])
    assert found.exit_code == 1 and "covered" in next(line for line in found.output.splitlines() if "OUTSIDE" in line and "known" in line)
