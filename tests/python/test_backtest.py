"""`tagmart backtest` on files as shops export them: the figures of the clean Parquet, or one sentence."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from workbooks import write_workbook

from tagmart.cli import main
from tagmart.scoring.cells import UndecidedOrder, amount_reader, cleaned, customer_of, day_reader

UNTIL = "2024-06-30"
Rows = list[tuple[int, dt.date, float]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    """300 customers and their purchases of a year."""
    rng, found = np.random.default_rng(3), []
    for customer in range(1001, 1301):
        day = dt.date(2024, 1, 1) + dt.timedelta(days=int(rng.integers(120)))
        worth = rng.gamma(6, 5)
        while day < dt.date(2025, 1, 1):
            found.append((customer, day, round(float(rng.gamma(6, worth / 6)), 2)))
            day += dt.timedelta(days=int(1 + rng.exponential(40)))
            if rng.random() < 0.2:
                break
    return found


@pytest.fixture(scope="module")
def clean(rows, tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("clean") / "purchases.parquet"
    pq.write_table(pa.table({"customer_id": [row[0] for row in rows], "order_date": [row[1] for row in rows], "dollars": [row[2] for row in rows]}), file)
    return file


@pytest.fixture(scope="module")
def expected(clean) -> list[str]:
    return figures(clean)


def backtest(file: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["backtest", str(file), "--until", UNTIL, *options])


def figures(file: Path, *options: str) -> list[str]:
    """What is said of the fits, without the line about the file."""
    outcome = backtest(file, *options)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output.splitlines()[1:]


def epoch(day: dt.date) -> int:
    return int(dt.datetime(day.year, day.month, day.day, 10, tzinfo=dt.timezone.utc).timestamp())


TEXTS = {
    "ISO": (str, str, str),
    "ISO with a time": (str, lambda day: f"{day}T23:59:59+08:00", str),
    "slashes": (str, lambda day: f"{day.year}/{day.month}/{day.day} 9:05", str),
    "Chinese": (str, lambda day: f"{day.year}年{day.month}月{day.day}日", lambda amount: f"￥{amount:,.2f}"),
    "compact": (str, lambda day: f"{day:%Y%m%d}", str),
    "compact with a time": (str, lambda day: f"{day:%Y%m%d}142530", str),
    "day first": (str, lambda day: f"{day:%d/%m/%Y}", lambda amount: f"{amount:.2f}".replace(".", ",")),
    "month first": (str, lambda day: f"{day:%m/%d/%Y} 10:00", lambda amount: f"${amount:,.2f}"),
    "epoch seconds": (str, lambda day: str(epoch(day)), str),
    "epoch milliseconds": (str, lambda day: str(epoch(day) * 1000), str),
    "epoch as a float": (lambda customer: f"{customer}.0", lambda day: f"{epoch(day)}.0", str),
    "serials of a spreadsheet": (lambda customer: f'="{customer}"', lambda day: str((day - dt.date(1899, 12, 30)).days), str),
    "white space": (lambda customer: f"\u200b{customer}\t", lambda day: f" {day}\u00a0", lambda amount: f" {amount} USD"),
    "full width": (lambda customer: str(customer).translate({48 + digit: 0xFF10 + digit for digit in range(10)}), str, str),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_text_gives_the_figures_of_the_clean_parquet(kind, rows, expected, tmp_path):
    texts = [[write(value) for write, value in zip(TEXTS[kind], row, strict=True)] for row in rows]
    with (tmp_path / "purchases.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["customer_id", "order_date", "dollars"], *texts])
    columns = dict(zip(("customer_id", "order_date", "dollars"), map(list, zip(*texts, strict=True)), strict=True))
    pq.write_table(pa.table(columns), tmp_path / "purchases.parquet")
    assert figures(tmp_path / "purchases.csv") == figures(tmp_path / "purchases.parquet") == expected


@pytest.mark.parametrize(
    ("ids", "days", "amounts"),
    [
        (pa.float64(), pa.timestamp("us"), pa.float64()),
        (pa.string(), pa.timestamp("us", "UTC"), pa.decimal128(12, 2)),
        (pa.int64(), pa.date32(), pa.string()),
    ],
)
def test_other_types_give_the_same_figures(ids, days, amounts, clean, expected, tmp_path):
    as_is = pq.read_table(clean)
    table = pa.table(
        {
            "customer_id": as_is["customer_id"].cast(ids),
            "order_date": as_is["order_date"].cast(pa.timestamp("us")).cast(days),
            "dollars": as_is["dollars"].cast(amounts),
        }
    )
    pq.write_table(table, tmp_path / "typed.parquet")
    assert figures(tmp_path / "typed.parquet") == expected


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig", "big5"])
def test_encodings_give_the_same_figures(encoding, rows, expected, tmp_path):
    lines = ["會員,customer_id,order_date,dollars" if encoding == "big5" else "会员,customer_id,order_date,dollars"]
    lines += [f"{'張小明' if encoding == 'big5' else '张小明'},{customer},{day},{amount}" for customer, day, amount in rows]
    (tmp_path / "orders.csv").write_text("\r\n".join(lines) + "\r\n", encoding=encoding, newline="")
    assert figures(tmp_path / "orders.csv") == expected


def test_spreadsheets_give_the_same_figures(rows, expected, tmp_path):
    file = write_workbook(tmp_path / "orders.xlsx", {"Orders": [["customer_id", "order_date", "dollars"], *rows]})
    assert figures(file) == expected


def test_bad_rows_are_counted_in_one_line(rows, expected, tmp_path):
    bad = [
        ("", "2024-03-01", 5),
        ("NULL", "2024-03-01", 5),
        ("2.02207E+18", "2024-03-01", 5),
        (1001, "2024-02-30", 5),
        (1001, "", 5),
        (1002, "2024-03-01", "abc"),
        (1002, "2024-03-01", "nan"),
    ]
    with (tmp_path / "purchases.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Customer_ID ", "order_date", "dollars"], *bad, *rows])
        file.write("1003,2024-03-01\n")
    outcome = backtest(tmp_path / "purchases.csv")
    assert outcome.output.splitlines()[0] == (
        f"{len(rows) + 8:,} rows in purchases.csv, 8 left out: 2 without customer_id, 1 whose customer_id cannot be read (such as '2.02207E+18'), "
        "1 without order_date, 1 whose order_date cannot be read (such as '2024-02-30'), 1 without dollars, "
        "1 whose dollars cannot be read (such as 'abc'), 1 that are no lines of the table."
    )
    assert outcome.output.splitlines()[1:] == expected


def test_the_table_has_one_measure_a_line(expected):
    lines = expected
    assert lines[0].startswith("300 customers by 2024-06-30, ") and lines[0].endswith("bought again; time in days.")
    names = [line[:30].strip() for line in lines[2:]]
    assert names[1:7] == ["r", "alpha", "a", "b", "drop-out chance", "log-likelihood"]
    assert [line for line in lines if line.startswith("next 1")] and "MAE" in names and "cumulative error" in names
    assert len({len(line) for line in lines[3:9]}) == 1  # aligned to the right


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--customer", "nobody"), "has no column 'nobody', only customer_id, order_date, dollars: name the right one with --customer."),
        (("--date", "when"), "name the right one with --date."),
        (("--date", "dollars"), "has no date that can be read (such as"),
        (("--until", "2023-01-01"), "Nobody had bought by 2023-01-01: the purchases are of 2024-01-"),
        (("--until", "2030-01-01"), "Nothing is known of 2030-01-01"),
        (("--until", "someday"), "--until is 'someday', which is no day: write it as YYYY-MM-DD."),
        (("--unit", "0"), "--unit is 0: give the days of one unit of time, more than 0 (7 for weeks)."),
        (("--unit", "-7"), "--unit is -7"),
        (("--unit", "nan"), "--unit is nan"),
        (("--horizon", "0"), "--horizon is 0"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(options, sentence, clean):
    outcome = backtest(clean, *options)
    assert outcome.exit_code == 1 and sentence in outcome.output
    assert outcome.output.startswith("Error: ") and outcome.output.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("missing.csv", None, "does not exist"),
        ("empty.csv", b"", "is empty"),
        ("broken.parquet", b"PAR1 and no more", "is not a Parquet file"),
        ("header.csv", b"customer_id,order_date,dollars\n", "There is no purchase to look at: 0 rows in header.csv"),
        ("undecided.csv", b"customer_id,order_date,dollars\n1,01/12/2024,5\n2,02/12/2024,5\n", "that may begin with the day or the month"),
        ("nobody.csv", b"customer_id,order_date,dollars\n,2024-01-01,5\n", "1 left out: 1 without customer_id"),
    ],
)
def test_files_that_cannot_be_used_are_named_in_one_sentence(name, content, sentence, tmp_path):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    outcome = backtest(tmp_path / name)
    assert outcome.exit_code == 1 and sentence in outcome.output and name in outcome.output
    assert outcome.output.startswith("Error: ") and outcome.output.count("\n") == 1


def test_the_order_of_day_and_month_can_be_told(tmp_path):
    lines = [f"{customer},{day:02}/{month:02}/2024,5" for customer in range(200) for month in (2, 3, 4) for day in (customer % 12 + 1,)]
    (tmp_path / "dates.csv").write_text("customer_id,order_date,dollars\n" + "\n".join(lines), encoding="utf-8")
    by_day, by_month = (backtest(tmp_path / "dates.csv", "--until", "2024-04-12", "--date-order", order) for order in ("day-first", "month-first"))
    assert "200 customers by 2024-04-12, 200 bought again" in by_day.output
    assert "200 customers by 2024-04-12, 200 bought again" not in by_month.output and by_month.exit_code == 0


def test_too_few_customers_are_said(tmp_path):
    (tmp_path / "few.csv").write_text("customer_id,order_date,dollars\n1,2024-01-01,5\n1,2024-07-01,5\n", encoding="utf-8")
    outcome = backtest(tmp_path / "few.csv")
    assert outcome.exit_code == 0 and "bg_nbd: too_little_data: 1 customers, at least 100 are needed" in outcome.output


def test_cells():
    assert cleaned("\u3000Ａ１２\u200d ") == "A12" and cleaned("'00123") == "00123" and cleaned('="7"') == "7" and cleaned(" N/A ") is None
    assert customer_of("17850.0") == "17850" and customer_of("00.10") == "00.10" and customer_of("1E+5") is None and customer_of("1e5a") == "1e5a"
    plain, comma = amount_reader(["1,234.50"]), amount_reader(["1.234,5", "7"])
    assert [plain(text) for text in ("1,234.50", "(12.5)", "12.5-", "US$3", "5元", "x", "1e3", "-.5")] == [1234.5, -12.5, -12.5, 3, 5, None, 1000, -0.5]
    assert [comma(text) for text in ("1.234,5", "7", "0,05")] == [1234.5, 7, 0.05]
    first = day_reader(["13/02/2024"])
    assert first("01/02/2024") == dt.date(2024, 2, 1) and first("2024-2-30") is None and first("20240229") == dt.date(2024, 2, 29)
    assert day_reader(["1717200000"])("1717200000") == dt.date(2024, 6, 1) == day_reader([])("2024060110")
    assert day_reader(["45444"])("45444") == dt.date(2024, 6, 1) and day_reader(["45444", "7"])("45444") is None
    for undecided in (["01/02/2024"], ["13/02/2024", "02/13/2024"]):
        with pytest.raises(UndecidedOrder, match="/02"):
            day_reader(undecided)
