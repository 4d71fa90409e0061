"""seeds/calendar_events.csv: festivals and promotion seasons by year, and the member days of the example brand.

`python -m workshop calendar-events` writes the file. Rows that people added stay, and so do member days once there are any.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable
from pathlib import Path

import click
from holidays import country_holidays

SEED = Path("seeds/calendar_events.csv")
COLUMNS = ["event_code", "event_kind", "is_promotion", "name_en", "name_zh", "starts_on", "ends_on"]
FIRST_YEAR, LAST_YEAR = 1997, 2030
MEMBER_DAY = "member_day"
ONE_DAY = datetime.timedelta(days=1)
# kind: (names in two languages, first and last (month, day)); the same window every year, so that years compare.
FIXED = {
    "new_year": ("New Year", "元旦", (1, 1), (1, 1)),
    "valentines_day": ("Valentine's Day", "情人节", (2, 14), (2, 14)),
    "women_8_march": ("Women's Day sale", "三八节", (3, 1), (3, 8)),
    "labour_day": ("Labour Day", "劳动节", (5, 1), (5, 5)),
    "love_20_may": ("20 May", "520", (5, 20), (5, 20)),
    "childrens_day": ("Children's Day", "儿童节", (6, 1), (6, 1)),
    "festival_618": ("618", "618", (6, 1), (6, 18)),
    "national_day": ("National Day", "国庆节", (10, 1), (10, 7)),
    "double_11": ("Double 11", "双11", (11, 1), (11, 11)),
    "double_12": ("Double 12", "双12", (12, 10), (12, 12)),
    "christmas": ("Christmas", "圣诞节", (12, 24), (12, 25)),
}
# kind: (names, the holiday of mainland China that it follows, how many days it begins before that and ends after it)
LUNAR = {
    "spring_festival": ("Spring Festival", "春节", "Chinese New Year (Spring Festival)", 1, 6),
    "dragon_boat": ("Dragon Boat Festival", "端午节", "Dragon Boat Festival", 0, 0),
    "mid_autumn": ("Mid-Autumn Festival", "中秋节", "Mid-Autumn Festival", 0, 0),
}
WEEKDAY = {"mothers_day": ("Mother's Day", "母亲节"), "black_friday": ("Black Friday", "黑色星期五")}
# An event is no event before it was held, or, if a lunar festival, before it was a public holiday, which the library knows.
HELD_SINCE = {"love_20_may": 2011, "festival_618": 2010, "double_11": 2009, "double_12": 2011}
# Seasons in which the trade sells at a discount; on a member day the brand decides itself.
PROMOTIONS = {"women_8_march", "festival_618", "double_11", "double_12", "black_friday"}
KINDS = sorted({*FIXED, *LUNAR, *WEEKDAY})


@click.command("calendar-events", context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--first-year", default=FIRST_YEAR, show_default=True, type=click.IntRange(1950, 2100))
@click.option("--last-year", default=LAST_YEAR, show_default=True, type=click.IntRange(1950, 2100))
@click.option("--member-day", default=8, show_default=True, type=click.IntRange(0, 28), help="Day of the month where the file has no member days; 0: none.")
def calendar_events_command(first_year: int, last_year: int, member_day: int) -> None:
    """Write seeds/calendar_events.csv: festivals of these years anew, rows of your own as they are."""
    kept = rows_of(SEED.read_text(encoding="utf-8")) if SEED.is_file() else []
    SEED.write_text(text(made(range(first_year, last_year + 1), member_day), kept), encoding="utf-8")


def made(years: Iterable[int], member_day: int) -> list[dict[str, str]]:
    """Return the rows of these years; `member_day` is the day of each month (0: no member days)."""
    years = list(years)
    rows = [_row(kind, f"{kind}_{year}", *_names(kind, year), *_window(kind, year)) for kind in KINDS for year in years if _is_held(kind, year)]
    for year, month in [(year, month) for year in years if member_day for month in range(1, 13)]:
        day = datetime.date(year, month, member_day)
        rows.append(_row(MEMBER_DAY, f"{MEMBER_DAY}_{year}_{month:02}", f"Member day {year}-{month:02}", f"{year}年{month}月会员日", day, day))
    return rows


def text(rows: list[dict[str, str]], kept: list[dict[str, str]]) -> str:
    """Return the file: `rows`, and those of `kept` that no row replaces; kept member days replace the example's."""
    own_days = any(row["event_kind"] == MEMBER_DAY for row in kept)
    rows = [row for row in rows if not (own_days and row["event_kind"] == MEMBER_DAY)]
    codes = {row["event_code"] for row in rows}
    rows = rows + [row for row in kept if row["event_code"] not in codes]
    # By kind, so that a brand finds its member days together, at the end.
    rows.sort(key=lambda row: (row["event_kind"] == MEMBER_DAY, row["event_kind"], row["starts_on"], row["event_code"]))
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def rows_of(written: str) -> list[dict[str, str]]:
    """Return the rows of a file, each as {column: cell}."""
    return list(csv.DictReader(io.StringIO(written)))


def _row(kind: str, code: str, name_en: str, name_zh: str, starts_on: datetime.date, ends_on: datetime.date) -> dict[str, str]:
    return dict(zip(COLUMNS, [code, kind, str(kind in PROMOTIONS).lower(), name_en, name_zh, starts_on.isoformat(), ends_on.isoformat()]))


def _names(kind: str, year: int) -> tuple[str, str]:
    name_en, name_zh = {**FIXED, **LUNAR, **WEEKDAY}[kind][:2]
    return f"{name_en} {year}", f"{year}年{name_zh}"


def _is_held(kind: str, year: int) -> bool:
    return year >= HELD_SINCE.get(kind, 0) and (kind not in LUNAR or bool(_lunar_days(kind, year)))


def _window(kind: str, year: int) -> tuple[datetime.date, datetime.date]:
    if kind in FIXED:
        _, _, first, last = FIXED[kind]
        return datetime.date(year, *first), datetime.date(year, *last)
    if kind in LUNAR:
        first_day, (before, after) = _lunar_days(kind, year)[0], LUNAR[kind][3:]
        return first_day - before * ONE_DAY, first_day + after * ONE_DAY
    if kind == "mothers_day":
        day = _nth_weekday(year, 5, 6, 2)
        return day, day
    friday = _nth_weekday(year, 11, 3, 4) + ONE_DAY
    return friday, friday + 3 * ONE_DAY


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> datetime.date:
    """The nth such weekday (0 = Monday) of a month."""
    first = datetime.date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * ONE_DAY


def _lunar_days(kind: str, year: int) -> list[datetime.date]:
    """The days of a year that bear the holiday's own name, in order; days off in lieu have another."""
    calendar = country_holidays("CN", years=year, language="en_US")
    return sorted(day for day in calendar if day.year == year and LUNAR[kind][2] in calendar.get_list(day))
