"""`tagmart export lists`: what may go out, and nothing else, whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import yaml
from click.testing import CliRunner
from dbt_calls import PROJECT
from hand_lists import LISTS, RECALLED, TODAY, hand_made, row

from tagmart.cli import main
from tagmart.exports import folder as folders
from tagmart.exports import lists


@pytest.fixture
def database(tmp_path) -> Path:
    return hand_made(tmp_path / "brand.duckdb")


def export(database: Path, folder: Path, *options: str) -> tuple[int, str]:
    outcome = CliRunner().invoke(main, ["export", "lists", str(folder), "--database", str(database), *options])
    assert outcome.exception is None or isinstance(outcome.exception, SystemExit), outcome.exception
    return outcome.exit_code, outcome.output


def refused(database: Path, folder: Path, *options: str) -> str:
    """The one sentence with which an export is refused."""
    status, output = export(database, folder, *options)
    assert status == 1 and output.startswith("Error: ") and output.count("\n") == 1, output
    return output


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def entry(folder: Path, file: str) -> dict:
    [found] = [each for each in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"] if each["file"] == file]
    return found


def test_only_what_may_go_out_is_written_and_the_rest_is_counted(database, tmp_path):
    status, output = export(database, tmp_path / "out")
    assert status == 0
    assert [row["customer_id"] for row in cells(tmp_path / "out/recall_list.csv")] == ["a1", "b1", "e1"]
    held = {"complaint": 2, "no_longer_allowed": 2, "not_usable": 1, "over_cap": 1}
    for file in ("recall_list.csv", "recall_list.parquet"):
        found = entry(tmp_path / "out", file)
        assert (found["rows"], found["held_back"], found["private_columns"]) == (3, held, [])
    assert "recall_list                       3 rows, held back 6: complaint 2, no_longer_allowed 2, not_usable 1, over_cap 1\n" in output
    assert "research_pool                     0 rows\n" in output


@pytest.mark.parametrize("name", ["next_best_action", "touch_calendar"])
def test_over_staff_capacity_is_held_back_after_the_cap(tmp_path, name):
    more = {"due_date": TODAY + dt.timedelta(1)} if name == "touch_calendar" else {}
    rows = [
        row("a1", is_over_staff_capacity=False, **more),
        row("b1", is_over_staff_capacity=True, is_usable=False, **more),
        row("d1", is_over_staff_capacity=True, is_over_cap=True, is_usable=False, **more),
    ]
    export(hand_made(tmp_path / "brand.duckdb", {name: rows}), tmp_path / "out")
    assert entry(tmp_path / "out", f"{name}.csv")["held_back"] == {"over_cap": 1, "over_staff_capacity": 1}
    assert [row["customer_id"] for row in cells(tmp_path / "out" / f"{name}.csv")] == ["a1"]


def test_excel_shows_chinese_and_both_files_say_the_same(database, tmp_path):
    export(database, tmp_path / "out")
    assert (tmp_path / "out/recall_list.csv").read_bytes().startswith(b"\xef\xbb\xbfcustomer_id,as_of_date,")
    written, typed = cells(tmp_path / "out/recall_list.csv"), pq.read_table(tmp_path / "out/recall_list.parquet").to_pylist()
    assert [each["reason_zh"] for each in written] == [each["reason_zh"] for each in typed] == ["末单距今三天。", '他说："贵，\n再看看"', "末单距今三天。"]
    assert [each["value_at_stake"] for each in written] == ["", "12.5", "12.5"]
    assert [each["value_at_stake"] for each in typed] == [None, 12.5, 12.5]
    assert {each["as_of_date"] for each in typed} == {TODAY}


def test_the_manifest_describes_each_file(database, tmp_path):
    export(database, tmp_path / "out")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    assert (manifest["command"], manifest["as_of_date"]) == ("tagmart export lists", "2025-06-30")
    assert {file["file"] for file in manifest["files"]} | {"manifest.json"} == set(bytes_of(tmp_path / "out"))
    assert [file["list"] for file in manifest["files"]] == [name for name in LISTS for _ in range(2)]
    for file in manifest["files"]:
        path = tmp_path / "out" / file["file"]
        assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        columns = pq.read_schema(path).names if path.suffix == ".parquet" else path.read_text(encoding="utf-8-sig").split("\n")[0].split(",")
        assert file["columns"] == columns


def test_the_same_rows_give_the_same_bytes(database, tmp_path):
    """Whatever the order in which the engine holds them."""
    turned = hand_made(tmp_path / "turned.duckdb", {"recall_list": RECALLED[::-1]})
    export(database, tmp_path / "one", "--with", "phone_hash")
    export(turned, tmp_path / "two", "--with", "phone_hash")
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_rows_of_one_customer_stand_in_the_order_of_their_key(tmp_path):
    days = [TODAY + dt.timedelta(days) for days in (9, 2, 5)]
    rows = [row(customer, due_date=day, is_over_staff_capacity=False) for customer in ("b1", "a1") for day in days]
    export(hand_made(tmp_path / "brand.duckdb", {"touch_calendar": rows}), tmp_path / "out")
    found = [(each["customer_id"], each["due_date"]) for each in cells(tmp_path / "out/touch_calendar.csv")]
    assert found == [(customer, f"2025-07-{day:02}") for customer in ("a1", "b1") for day in (2, 5, 9)]


def test_identifiers_are_written_when_asked_for_and_said(database, tmp_path):
    status, output = export(database, tmp_path / "out", "--with", "openid", "--with", "phone_hash")
    assert status == 0 and "The files hold phone_hash, openid, by which people are known" in output
    found = [(each["customer_id"], each["phone_hash"], each["openid"]) for each in cells(tmp_path / "out/recall_list.csv")]
    assert found == [("a1", "cafe", ""), ("b1", "beef;f00d", ""), ("e1", "", "oA")]
    assert entry(tmp_path / "out", "recall_list.parquet")["private_columns"] == ["phone_hash", "openid"]
    export(database, tmp_path / "out")
    assert not any(re.search(b"cafe|beef|f00d|oA", content) for content in bytes_of(tmp_path / "out").values())


def test_an_identifier_within_a_list_is_not_written_unasked(tmp_path):
    brand = hand_made(tmp_path / "brand.duckdb", {"recall_list": [row("a1", phone_hash="face")]}, column="phone_hash varchar")
    export(brand, tmp_path / "out")
    assert "phone_hash" not in entry(tmp_path / "out", "recall_list.csv")["columns"]
    export(brand, tmp_path / "out", "--with", "phone_hash")
    assert [each["phone_hash"] for each in cells(tmp_path / "out/recall_list.csv")] == ["cafe"]


@pytest.mark.parametrize("asked", [["--with", "name"], ["--only", "everybody"]])
def test_what_is_unknown_is_an_error_that_lists_what_there_is(database, tmp_path, asked):
    status, output = export(database, tmp_path / "out", *asked)
    known = ("phone_hash", "external_userid", "openid", "unionid") if asked[0] == "--with" else LISTS
    assert status == 2 and all(f"'{name}'" in output for name in known) and not (tmp_path / "out").exists()


def test_only_the_lists_asked_for_are_written(database, tmp_path):
    export(database, tmp_path / "out")
    export(database, tmp_path / "out", "--only", "research_pool", "--only", "recall_list")
    assert set(bytes_of(tmp_path / "out")) == {f"{name}.{ending}" for name in ("recall_list", "research_pool") for ending in ("csv", "parquet")} | {
        "manifest.json"
    }


@pytest.mark.parametrize(
    "manifest", [None, "{}", "[]", "no json", '{"command": "tagmart export lists"}', '{"command": "other", "files": [{"file": "mine.txt"}]}']
)
def test_a_folder_that_holds_something_else_is_refused(database, tmp_path, manifest):
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")
    if manifest is not None:
        (tmp_path / "out/manifest.json").write_text(manifest)
    before = bytes_of(tmp_path / "out")
    assert f"{tmp_path / 'out'} holds m" in refused(database, tmp_path / "out")
    assert bytes_of(tmp_path / "out") == before and {path.name for path in tmp_path.iterdir()} == {"brand.duckdb", "out"}


def test_a_file_laid_into_an_export_is_not_thrown_away(database, tmp_path):
    export(database, tmp_path / "out")
    (tmp_path / "out/notes.txt").write_text("mine")
    assert "holds notes.txt, which no earlier `tagmart export lists` wrote" in refused(database, tmp_path / "out")
    assert (tmp_path / "out/notes.txt").read_text() == "mine"


def test_a_file_is_no_folder_and_a_link_leads_to_one(database, tmp_path):
    (tmp_path / "file").write_text("mine")
    assert "is a file: give a folder" in refused(database, tmp_path / "file")
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far", target_is_directory=True)
    assert export(database, tmp_path / "link")[0] == 0
    assert (tmp_path / "link").is_symlink() and (tmp_path / "far/recall_list.csv").is_file()


@pytest.mark.parametrize("step", ["_write", "_write_manifest"])
def test_a_killed_export_leaves_the_old_one_whole_and_the_next_clears_up(database, tmp_path, step):
    export(database, tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    killed = (
        "import os, signal; from pathlib import Path; from tagmart.exports import writing\n"
        f"step = writing.{step}\n"
        f"def dies(*given): step(*given); os.kill(os.getpid(), signal.SIGKILL)\n"
        f"writing.{step} = dies\n"
        f"writing.export_lists(Path({str(database)!r}), Path({str(tmp_path / 'out')!r}), {list(LISTS)!r}, ['phone_hash'])\n"
    )
    assert subprocess.run([sys.executable, "-c", killed], cwd=PROJECT).returncode == -9
    assert bytes_of(tmp_path / "out") == before and (tmp_path / ".out.unfinished/next_best_action.parquet").exists()
    assert export(database, tmp_path / "out", "--only", "recall_list")[0] == 0
    assert {path.name for path in tmp_path.iterdir()} == {"brand.duckdb", "out"}
    assert len(bytes_of(tmp_path / "out")) == 3


def test_an_export_that_fails_leaves_nothing(tmp_path):
    brand = hand_made(tmp_path / "brand.duckdb", without="activation.recall_list")
    assert "does not have activation.recall_list: run dbt build to its end." in refused(brand, tmp_path / "out")
    assert export(brand, tmp_path / "out", "--only", "lost_contacts")[0] == 0
    before = bytes_of(tmp_path / "out")
    stale = hand_made(tmp_path / "stale.duckdb", {"recall_list": [row("a1", as_of_date=dt.date(2025, 5, 31))]})
    assert "activation.recall_list of" in (said := refused(stale, tmp_path / "out")) and "is of 2025-05-31, and the newest date is 2025-06-30" in said
    assert bytes_of(tmp_path / "out") == before and not (tmp_path / ".out.unfinished").exists()


@pytest.mark.parametrize("fails", [False, True])
def test_where_folders_cannot_be_swapped_in_one_step_they_are_renamed(database, tmp_path, monkeypatch, fails):
    export(database, tmp_path / "out")
    before, rename = bytes_of(tmp_path / "out"), Path.rename
    monkeypatch.setattr(folders, "_exchanged", lambda work, folder: False)

    def renamed(path: Path, target: Path) -> Path:
        if fails and path.name == ".out.unfinished":
            raise OSError(28, "No space left on device", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", renamed)
    if fails:
        assert "cannot be written (No space left on device)" in refused(database, tmp_path / "out", "--only", "recall_list")
    else:
        assert export(database, tmp_path / "out", "--only", "recall_list")[0] == 0
    assert (bytes_of(tmp_path / "out") == before) is fails
    assert {path.name for path in tmp_path.iterdir()} == {"brand.duckdb", "out"}


def test_two_exports_into_one_folder_do_not_mix(database, tmp_path):
    with folders.replaced_folder(tmp_path / "out", "tagmart export lists") as work:
        (work / "manifest.json").write_text('{"command": "tagmart export lists", "files": []}')
        assert "Another export into" in refused(database, tmp_path / "out")
    assert set(bytes_of(tmp_path / "out")) == {"manifest.json"}


def test_what_is_wrong_with_the_database_is_said_in_one_sentence(database, tmp_path):
    assert "nowhere.duckdb is not there: run dbt build first" in refused(tmp_path / "nowhere.duckdb", tmp_path / "out")
    assert not (tmp_path / "nowhere.duckdb").exists()
    (tmp_path / "text.duckdb").write_text("no database" * 1000)
    assert "text.duckdb is no database that can be read" in refused(tmp_path / "text.duckdb", tmp_path / "out")
    hold = f"import duckdb, sys; con = duckdb.connect({str(database)!r}); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as build:
        assert build.stdout.readline() == "held\n"
        assert "is locked, most likely by a build: try again" in refused(database, tmp_path / "out")
        build.stdin.close()
    assert not (tmp_path / "out").exists()


def test_every_list_of_the_project_is_exported_in_the_order_of_its_key():
    union = (PROJECT / "models/activation/coverage/activation_lists.sql").read_text(encoding="utf-8")
    assert set(re.findall(r"ref\('(\w+)'\)", union)) == set(lists.LISTS)
    for name, key in lists.LISTS.items():
        [path] = (PROJECT / "models/activation").rglob(f"{name}.yml")
        [model] = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
        [unique] = [test["primary_key"]["arguments"]["columns"] for test in model["data_tests"] if "primary_key" in test]
        assert tuple(unique) == key
