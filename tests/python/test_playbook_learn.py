"""`tagmart playbook learn`: how far a prior moves, that only its cells change, and that nothing is learned twice."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from conftest import PROJECT

from tagmart.cli import main
from tagmart.playbook.learning import learn, learned_from, pooled
from tagmart.playbook.seed import cells_of

SEED = PROJECT / "seeds/action_playbook.csv"
ODD = '\ufeff"action_code",objective_en,prior_uplift\r\nhello,"Say ""hello"",\r\nthen wait",0.03\r\ngift,, 0.0200\r\nlast,x,"0.5"'


def test_priors_move_by_how_much_is_known():
    """As sure of one as of the other: the middle. Nine times as sure in precision: nine tenths of the way."""
    assert learned_from(0.04, 0.08, 0.04) == (pytest.approx(0.5), 0.06)
    assert learned_from(0.03, 0.13, 0.01) == (pytest.approx(0.9), 0.12)
    assert learned_from(0.03, 0.13, 1000)[1] == 0.03
    assert learned_from(0.03, -5, 0.001)[1] == 0.0001 and learned_from(0.03, 5, 0.001)[1] == 1.0


def test_campaigns_are_put_together_by_their_precision():
    measured, error = pooled([(0.1, 0.1), (0.2, 0.05)])
    assert (measured, error) == (pytest.approx(0.18), pytest.approx((100 + 400) ** -0.5))
    with pytest.raises(ValueError, match="above 0"):
        pooled([(0.1, 0)])
    found = learn(
        [("b", "rfm", "x", 0.1, 0.1), ("b", "rfm", "x", 0.2, 0.05), ("gone", "rfm", "x", 1, 1), ("a", "rfm", "y", 0.02, 0.02)], {"a": 0.02, "b": 0.05}
    )
    assert [(each.action_code, each.campaigns, each.learned) for each in found] == [("a", 1, 0.02), ("b", 2, 0.1222)]


def database(folder: Path, rows: list[tuple]) -> Path:
    file = folder / "brand.duckdb"
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema measurement")
        columns = "campaign_id text, action_code text, scheme_code text, segment_code text, status text, uplift double, uplift_error double"
        connection.execute(f"create table measurement.campaign_action_effects ({columns})")
        for row in rows:
            connection.execute("insert into measurement.campaign_action_effects values (?, ?, ?, ?, ?, ?, ?)", row)
    return file


def run(folder: Path, *arguments: str):
    files = ["--database", str(folder / "brand.duckdb"), "--seed", str(folder / "seed.csv"), "--evidence", str(folder / "evidence.csv")]
    return CliRunner().invoke(main, ["playbook", "learn", *files, *arguments])


def test_only_the_cells_of_priors_change(tmp_path):
    database(tmp_path, [("c", "hello", "rfm", "x", "measured", 0.09, 0.03), ("c", "gift", "rfm", "y", "not_enough_data", None, None)])
    (tmp_path / "seed.csv").write_bytes(ODD.encode())
    shown = run(tmp_path)
    assert shown.exit_code == 0 and "nothing was written" in shown.output and "not_enough_data 1" in shown.output
    assert (tmp_path / "seed.csv").read_bytes() == ODD.encode() and not (tmp_path / "evidence.csv").exists()
    assert run(tmp_path, "--write").exit_code == 0
    assert (tmp_path / "seed.csv").read_bytes() == ODD.replace("0.03", "0.06").encode()
    assert (tmp_path / "evidence.csv").read_text().splitlines()[1].startswith("hello,rfm,x,0.03,1,0.09,0.03,0.5,0.06")


def test_nothing_is_learned_twice(tmp_path):
    """A second run with the same campaigns writes the same bytes; a prior that a person changed since is a new belief."""
    database(tmp_path, [("c", "hello", "rfm", "x", "measured", 0.09, 0.03)])
    (tmp_path / "seed.csv").write_bytes(ODD.encode())
    run(tmp_path, "--write")
    once = [(tmp_path / name).read_bytes() for name in ("seed.csv", "evidence.csv")]
    assert "0 uplifts changed" in run(tmp_path, "--write").output
    assert [(tmp_path / name).read_bytes() for name in ("seed.csv", "evidence.csv")] == once
    (tmp_path / "seed.csv").write_bytes(ODD.replace("0.03", "0.09").encode())
    assert "0.09" in run(tmp_path).output.splitlines()[1]


def test_the_real_seed_keeps_its_bytes(tmp_path):
    database(tmp_path, [("c", "important_value_adviser", "rfm", "important_value", "measured", 0.5, 0.0001)])
    (tmp_path / "seed.csv").write_bytes(SEED.read_bytes())
    assert run(tmp_path, "--write").exit_code == 0
    before, after = SEED.read_text(encoding="utf-8").splitlines(), (tmp_path / "seed.csv").read_text(encoding="utf-8").splitlines()
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [(before[1], before[1].replace(",0.03,1", ",0.5,1"))]
    assert len(cells_of(SEED.read_text(encoding="utf-8"), SEED, "prior_uplift")) == len(before) - 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "is not there"),
        (b"action_code,uplift\na,1\n", "has no column prior_uplift"),
        (b"action_code,prior_uplift\na,0.1,2\n", "row 2, has 3 cells instead of 2"),
        (b'action_code,prior_uplift\n"a,0.1\n', "a quote that never ends"),
        (b"action_code,prior_uplift\na,much\n", "prior_uplift of a is 'much'"),
        ("action_code,prior_uplift\n动作,0.1\n".encode("gbk"), "is not UTF-8"),
    ],
)
def test_a_seed_that_cannot_be_read_is_one_sentence(tmp_path, text, sentence):
    database(tmp_path, [])
    if text is not None:
        (tmp_path / "seed.csv").write_bytes(text)
    found = run(tmp_path)
    assert found.exit_code == 1 and sentence in found.output and len(found.output.splitlines()) == 1


def test_without_measurement_it_says_so(tmp_path):
    database(tmp_path, [])
    (tmp_path / "seed.csv").write_bytes(ODD.encode())
    assert run(tmp_path).output.splitlines()[0].startswith("No campaign has measured an action yet")
    with duckdb.connect(str(tmp_path / "brand.duckdb")) as connection:
        connection.execute("drop table measurement.campaign_action_effects")
    assert "does not have measurement.campaign_action_effects" in run(tmp_path).output
