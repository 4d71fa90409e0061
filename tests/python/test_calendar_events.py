"""seeds/calendar_events.csv: what the script makes, on the days that are known, and a brand's own rows."""

from __future__ import annotations

from datetime import date, timedelta

from click.testing import CliRunner
from conftest import PROJECT

from workshop import calendar_events

WINDOWS = {
    "spring_festival_2025": ("2025-01-28", "2025-02-04"),
    "spring_festival_2011": ("2011-02-02", "2011-02-09"),
    "spring_festival_1997": ("1997-02-06", "1997-02-13"),
    "dragon_boat_2025": ("2025-05-31", "2025-05-31"),
    "mid_autumn_2020": ("2020-10-01", "2020-10-01"),
    "mothers_day_2025": ("2025-05-11", "2025-05-11"),
    "mothers_day_2022": ("2022-05-08", "2022-05-08"),
    "black_friday_2010": ("2010-11-26", "2010-11-29"),
    "black_friday_2024": ("2024-11-29", "2024-12-02"),
    "women_8_march_2025": ("2025-03-01", "2025-03-08"),
    "festival_618_2010": ("2010-06-01", "2010-06-18"),
    "double_11_2009": ("2009-11-01", "2009-11-11"),
    "double_12_2030": ("2030-12-10", "2030-12-12"),
    "member_day_2024_02": ("2024-02-08", "2024-02-08"),
}


def example() -> list[dict[str, str]]:
    return calendar_events.made(range(1997, 2031), 8)


def test_the_calendar_has_what_the_script_makes():
    """Rows that people added may stand beside them, and member days are the brand's own once edited."""
    committed = calendar_events.rows_of((PROJECT / calendar_events.SEED).read_text(encoding="utf-8"))
    rows = [row for row in example() if row["event_kind"] != "member_day"]
    assert [row for row in rows if row not in committed] == [], "Run python -m workshop calendar-events and commit the seed."


def test_events_are_on_their_days():
    rows = {row["event_code"]: row for row in example()}
    assert {code: (rows[code]["starts_on"], rows[code]["ends_on"]) for code in WINDOWS} == WINDOWS
    assert (rows["double_11_2025"]["name_en"], rows["double_11_2025"]["name_zh"]) == ("Double 11 2025", "2025年双11")
    assert [code in rows for code in ("double_11_2008", "festival_618_2009", "double_12_2010", "mid_autumn_2007", "love_20_may_2010")] == [False] * 5


def test_every_kind_is_held_every_year():
    """Once held, each year has one; member days have twelve."""
    by_kind: dict[str, list[int]] = {}
    for row in example():
        by_kind.setdefault(row["event_kind"], []).append(date.fromisoformat(row["starts_on"]).year)
    assert by_kind.pop("member_day") == [year for year in range(1997, 2031) for _ in range(12)]
    assert set(by_kind) == set(calendar_events.KINDS)
    assert {kind: years for kind, years in by_kind.items() if years != list(range(years[0], 2031))} == {}


def test_spring_festival_is_a_new_moon():
    """Independent of the library: 12 or 13 months of 29.53 days lie between two of them, to the day."""
    days = [date.fromisoformat(row["starts_on"]) + timedelta(days=1) for row in example() if row["event_kind"] == "spring_festival"]
    for first, second in zip(days, days[1:]):
        months = (second - first).days / 29.530588
        assert abs(months - round(months)) * 29.530588 < 1.5 and round(months) in (12, 13)
        assert (1, 20) < (second.month, second.day) < (2, 22)


def test_rows_of_a_brand_stay(tmp_path, monkeypatch):
    own = {
        "event_code": "anniversary_2025",
        "event_kind": "anniversary",
        "is_promotion": "true",
        "name_en": "Anniversary",
        "name_zh": "店庆",
        "starts_on": "2025-05-05",
        "ends_on": "2025-05-06",
    }
    day = own | {"event_code": "member_day_2025_03", "event_kind": "member_day", "starts_on": "2025-03-18", "ends_on": "2025-03-18"}
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds").mkdir()
    seed = tmp_path / calendar_events.SEED
    run = ["--first-year", "2025", "--last-year", "2026"]
    assert CliRunner().invoke(calendar_events.calendar_events_command, [*run, "--member-day", "0"]).exit_code == 0
    rows = calendar_events.rows_of(seed.read_text("utf-8"))
    assert len(rows) == 2 * len(calendar_events.KINDS) and "member_day" not in {row["event_kind"] for row in rows}
    seed.write_text(calendar_events.text(rows, [own, day]), "utf-8")
    assert CliRunner().invoke(calendar_events.calendar_events_command, run).exit_code == 0
    again = calendar_events.rows_of(seed.read_text("utf-8"))
    assert [row for row in again if row not in rows] == [own, day]
    assert again[-1] == day and len(again) == len(rows) + 2
    before = seed.read_text("utf-8")
    assert CliRunner().invoke(calendar_events.calendar_events_command, run).exit_code == 0
    assert seed.read_text("utf-8") == before
