"""The sample brand: the contract holds, the same seed gives the same bytes, and the truth can be found again."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import itertools
import json
import re
import shlex
from pathlib import Path

import duckdb
import numpy as np
import pytest
from click.testing import CliRunner

from tagmart.contract import raw_contract
from workshop.sample import generate as steps
from workshop.sample import people, truth
from workshop.sample import plan as planning
from workshop.sample.catalogue import make_catalogue
from workshop.sample.columns import drawn_ids, id_texts
from workshop.sample.command import sample_command
from workshop.sample.draw import spread
from workshop.sample.groups import make_chats
from workshop.sample.pace import expected_repeats
from workshop.sample.plan import Plan

ROOT = Path(__file__).resolve().parents[2]
COMMITTED = ROOT / "data" / "sample"
MOST_BYTES = 6_000_000
DUCKDB_TYPES = {"text": "VARCHAR", "timestamp": "TIMESTAMP", "date": "DATE", "money": "DECIMAL(18,2)",
                "integer": "INTEGER", "number": "DOUBLE"}  # fmt: skip
EVENT_TYPES = set(
    """
    impression message_delivered moments_shown message_opened message_clicked page_view product_view search favourite
    add_to_cart coupon_claim article_read live_view follow_account join_group message_sent menu_click questionnaire
    review share referral ugc_post""".split()
)


def make(folder: Path, *arguments: str, form: str = "parquet") -> Path:
    """Run `python -m workshop sample` into a folder and return it."""
    result = CliRunner().invoke(sample_command, ["--out", str(folder), "--format", form, *arguments])
    assert result.exit_code == 0, result.output
    return folder


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each data file of a folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "README.md"
    }


def database(folder: Path) -> duckdb.DuckDBPyConnection:
    """Return a connection with a view for each file of a folder; those of truth/ are called truth_…."""
    connection = duckdb.connect()
    with contextlib.suppress(duckdb.Error):  # only DuckDB 2.0 has this optimizer, which breaks TRY_CAST over read_csv
        connection.execute("set disabled_optimizers = 'type_pushdown'")
    for path in sorted(folder.rglob("*")):
        name = ("truth_" if path.parent.name == "truth" else "") + path.stem
        if path.suffix == ".parquet":
            connection.execute(f"create view {name} as from read_parquet('{path}')")
        elif path.suffix == ".csv":
            connection.execute(f"create view {name} as from read_csv('{path}', all_varchar = true, header = true)")
    return connection


@pytest.fixture(scope="module")
def clean_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("clean") / "brand", "--customers", "1500", "--no-dirt",
                "--touchpoints-per-customer", "25")  # fmt: skip


@pytest.fixture(scope="module")
def clean(clean_folder: Path) -> duckdb.DuckDBPyConnection:
    return database(clean_folder)


@pytest.fixture(scope="module")
def dirty() -> duckdb.DuckDBPyConnection:
    return database(COMMITTED)


def offenders(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    """Return the first rows of a query that should have none."""
    return connection.execute(f"from ({query}) limit 5").fetchall()


def value(connection: duckdb.DuckDBPyConnection, query: str) -> float:
    """Return the one value of a query."""
    return connection.execute(query).fetchone()[0]


# --- the files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", list(raw_contract()))
def test_columns_and_types_are_those_of_the_contract(clean: duckdb.DuckDBPyConnection, table: str) -> None:
    found = {name: kind for name, kind, *_ in clean.execute(f"describe {table}").fetchall()}
    assert found == {name: DUCKDB_TYPES[kind] for name, kind in raw_contract()[table]["columns"].items()}
    assert value(clean, f"select count(*) from {table}") > 0


@pytest.mark.parametrize("table", list(raw_contract()))
def test_clean_rows_keep_the_contract(clean: duckdb.DuckDBPyConnection, table: str) -> None:
    contract = raw_contract()[table]
    keys = ", ".join(contract["key"])
    assert not offenders(clean, f"select {keys} from {table} group by all having count(*) > 1")
    for column in (contract["key"] if "any_of" not in contract else []) + contract.get("needs", []):
        assert not offenders(clean, f"select * from {table} where {column} is null")
    if "any_of" in contract:
        assert not offenders(clean, f"select * from {table} where coalesce({', '.join(contract['any_of'])}) is null")
    for column in contract.get("not_negative", []):
        assert not offenders(clean, f"select * from {table} where {column} < 0")
    for column, codes in contract.get("codes", {}).items():
        known = EVENT_TYPES if "seed" in codes else set(codes["values"])
        found = {code for (code,) in clean.execute(f"select distinct {column} from {table}").fetchall()}
        assert found - {None} <= known


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_same_seed_same_bytes(tmp_path: Path, form: str) -> None:
    asked = ("--customers", "300", "--days", "400", "--touchpoints-per-customer", "15")
    first = hashes(make(tmp_path / "first", *asked, form=form))
    assert first == hashes(make(tmp_path / "second", *asked, form=form))
    assert len(first) == len(raw_contract()) + 5
    other = hashes(make(tmp_path / "other", *asked, "--seed", "8", form=form))
    assert all(other[name] != first[name] for name in first)
    part = hashes(make(tmp_path / "part", *asked, "--tables", "refunds,touchpoints", form=form))
    assert {name for name in part if not name.startswith("truth")} == {f"refunds.{form}", f"touchpoints.{form}"}
    assert all(part[name] == first[name] for name in part if "dirt" not in name)


def test_blocks_do_not_depend_on_the_order_they_are_drawn_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (planning, people):
        monkeypatch.setattr(module, "BLOCK_CUSTOMERS", 200)
    plan = Plan(customers=500, days=400, seed=3)
    catalogue, chats = make_catalogue(plan), make_chats(plan)
    forward = [steps._draw(plan, catalogue, chats, number) for number in range(3)]
    backward = [steps._draw(plan, catalogue, chats, number) for number in (2, 1, 0)][::-1]
    for one, other in zip(forward, backward, strict=True):
        assert np.array_equal(one.orders.time, other.orders.time)
        assert np.array_equal(steps._events(plan, one, catalogue).time, steps._events(plan, other, catalogue).time)
    assert not np.array_equal(forward[0].orders.time[:50], forward[1].orders.time[:50])
    numbers = np.concatenate([block.people.numbers for block in forward])
    assert np.array_equal(numbers, np.arange(len(numbers)))


def test_ids_are_distinct_texts() -> None:
    numbers = np.array([0, 7, -1, 12_345_678_901])
    assert id_texts("E", numbers, 11).to_pylist() == ["E00000000000", "E00000000007", None, "E12345678901"]
    assert id_texts("C", np.array([42]), 8).to_pylist() == ["C00000042"]


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("customer_id", r"C\d{16}"),
        ("order_id", r"\d{18}"),
        ("refund_id", r"R\d{16}"),
        ("event_id", "[0-9a-f]{32}"),
        ("unionid", "o[0-9a-z]{27}"),
        ("openid", "o[0-9a-z]{27}"),
        ("external_userid", "wm[0-9a-z]{30}"),
        ("device_id", "[0-9a-f]{32}"),
        ("phone_hash", "[0-9a-f]{64}"),
    ],
)
def test_drawn_ids_have_the_shape_of_their_kind_and_do_not_rise_with_time(kind, shape) -> None:
    drawn = drawn_ids(kind, np.append(np.arange(200_000), -1)).to_pylist()
    assert drawn.pop() is None
    assert len(set(drawn)) == 200_000
    assert all(re.fullmatch(shape, text) for text in drawn[:1000])
    rises = sum(one < other for one, other in itertools.pairwise(drawn))
    assert 0.49 < rises / 200_000 < 0.51


def test_spread_counts_units() -> None:
    owner, rank = spread(np.array([2, 0, 1]))
    assert owner.tolist() == [0, 0, 2]
    assert rank.tolist() == [0, 1, 0]


# --- money and orders ------------------------------------------------------------------------------------------


def test_lines_add_up_to_the_order(clean: duckdb.DuckDBPyConnection) -> None:
    assert not offenders(clean, """
        select order_id from orders left join order_items i using (order_id) group by order_id, order_amount,
            orders.discount_amount
        having sum(quantity * unit_price) filter (where quantity > 0) is distinct from order_amount
            or sum(i.discount_amount) is distinct from orders.discount_amount""")  # fmt: skip
    assert not offenders(clean, "select * from orders where order_amount - discount_amount - coupon_amount <= 0")
    assert value(clean, "select count(*) from order_items where quantity < 0") > 0


def test_refunds_are_full_or_partial(clean: duckdb.DuckDBPyConnection) -> None:
    refunded = """
        select o.status, o.paid_at, sum(refund_amount - shipping_refund_amount) as amount, count(*) as parts, min(refunded_at) as first_at,
            sum(shipping_refund_amount) as shipping, any_value(shipping_amount) as shipped, any_value(order_amount - discount_amount - coupon_amount) as net
        from orders o join refunds using (order_id) group by o.order_id, o.status, o.paid_at"""
    assert not offenders(clean, f"from ({refunded}) where first_at <= paid_at or amount > net")
    assert not offenders(clean, f"from ({refunded}) where status in ('refunded', 'cancelled') and amount <> net")
    assert not offenders(clean, f"from ({refunded}) where status = 'completed' and amount >= net")
    assert not offenders(clean, "select * from orders anti join refunds using (order_id) where status = 'refunded'")
    assert value(clean, f"select count(*) from ({refunded}) where parts > 1") > 0
    assert value(clean, f"select count(*) from ({refunded}) where amount < net") > 0
    assert not offenders(clean, f"from ({refunded}) where shipping > shipped")
    assert value(clean, f"select count(*) from ({refunded}) where shipping > 0 and amount = net") > 0
    assert value(clean, f"select count(*) from ({refunded}) where shipping > 0 and amount = 0") > 0


def test_orders_have_every_status_and_channel(clean: duckdb.DuckDBPyConnection) -> None:
    codes = raw_contract()["orders"]["codes"]
    for column in ("status", "channel"):
        found = {code for (code,) in clean.execute(f"select distinct {column} from orders").fetchall()}
        assert found == set(codes[column]["values"])
    assert not offenders(clean, "select * from orders where paid_at is null and status in ('paid', 'completed')")
    assert value(clean, "select count(*) from orders where paid_at is not null and status = 'cancelled'") > 0


def test_events_lie_within_the_days_asked_for(clean: duckdb.DuckDBPyConnection) -> None:
    for table, contract in raw_contract().items():
        if contract.get("is_event"):
            low, high = clean.execute(f"select min({contract['event_at']}), max({contract['event_at']}) + interval 8 hour from {table}").fetchone()
            assert str(low + datetime.timedelta(hours=8)) >= "2024-01-08", table
            assert str(high) < "2025-07-01", table
    night = value(clean, "select avg((hour(occurred_at + interval 8 hour) between 1 and 5)::int) from touchpoints")
    assert night < 0.05


def test_products_are_not_sold_before_their_launch(clean: duckdb.DuckDBPyConnection) -> None:
    assert not offenders(clean, """
        from orders join order_items using (order_id) join products using (sku_id) where ordered_at < launched_at
            - interval 8 hour""")  # fmt: skip
    assert value(clean, "select count(*) from products where upgrade_of_sku_id is not null") > 0


# --- people and WeCom ------------------------------------------------------------------------------------------

IDENTIFIERS = ["customer_id", "unionid", "openid", "external_userid", "device_id", "phone_hash"]


def pairs_seen(connection: duckdb.DuckDBPyConnection) -> str:
    """Return a query of all pairs of identifiers that stand in one row of any table."""
    parts = []
    for table in ("customers", "touchpoints", "wecom_contacts", "orders"):
        there = [name for name in IDENTIFIERS if name in raw_contract()[table]["columns"]]
        parts += [
            f"select distinct '{one}' as kind, {one} as id, '{two}' as other_kind, {two} as other from {table} where {one} is not null and {two} is not null"
            for place, one in enumerate(there)
            for two in there[place + 1 :]
        ]
    return " union ".join(parts)


def check_identity(connection: duckdb.DuckDBPyConnection) -> None:
    """Identifiers seen together belong to one person, and second accounts are joined by what truth says."""
    connection.execute(f"create or replace temp table pairs as {pairs_seen(connection)}")
    assert value(connection, "select count(*) from pairs") > 1000
    person = "truth_identifiers where identifier_kind = kind and identifier = id"
    other = "truth_identifiers where identifier_kind = other_kind and identifier = other"
    assert not offenders(connection, f"""
        from pairs where not list_has_any((select list(person_id) from {person}),
                                          (select list(person_id) from {other}))""")  # fmt: skip
    # The second account and the first meet in the phone or device named, and in nothing else.
    joined = connection.execute("""
        with links as (
            select customer_id, second_customer_id, second_account_link,
                array_agg(distinct one.other_kind) as kinds
            from truth_people
            join pairs one on one.kind = 'customer_id' and one.id = customer_id
            join pairs two on two.kind = 'customer_id' and two.id = second_customer_id
                and two.other_kind = one.other_kind and two.other = one.other
            group by all
        )
        select second_account_link, kinds, count(*) from links group by all""").fetchall()
    assert {(link, tuple(kinds)) for link, kinds, _ in joined} == {
        ("phone", ("phone_hash",)),
        ("device", ("device_id",)),
    }
    second = value(connection, "select count(second_customer_id) from truth_people")
    assert sum(count for *_, count in joined) == second > 0


def test_identifiers_agree_with_the_truth(clean: duckdb.DuckDBPyConnection) -> None:
    check_identity(clean)
    users = dict(clean.execute("""
        select identifier, count(*) from truth_identifiers where is_shared group by 1""").fetchall())  # fmt: skip
    assert max(users.values()) == truth.OFFICE_PEOPLE > 3
    assert 2 in users.values()
    anonymous = value(clean, "select count(*) from truth_people where customer_id is null")
    assert anonymous == round(1500 * truth.ANONYMOUS_SHARE)
    assert not offenders(
        clean,
        """
        from touchpoints where coalesce(customer_id, unionid, openid, external_userid, device_id, phone_hash) is null""",
    )
    # Nobody is known as a customer before they register.
    assert not offenders(clean, "from touchpoints join customers using (customer_id) where occurred_at < registered_at")
    assert not offenders(clean, "from orders join customers using (customer_id) where ordered_at < registered_at")


def test_contacts_and_groups_hang_together(clean: duckdb.DuckDBPyConnection) -> None:
    ways = "select userid, state from wecom_contact_ways"
    assert not offenders(clean, f"select userid, state from wecom_contacts where state is not null except {ways}")
    assert not offenders(clean, "from wecom_contacts where (add_way = 1) <> (state is not null) or length(state) > 30")
    assert not offenders(clean, "from wecom_contacts where deleted_at <= createtime or (deleted_at is null) <> "
                                "(delete_type is null)")  # fmt: skip
    # What is transferred is there again the same moment, with another member of staff.
    assert not offenders(clean, """
        from wecom_contacts one where delete_type = 'transfer' and not exists (
            from wecom_contacts two where two.external_userid = one.external_userid
            and two.createtime = one.deleted_at and two.add_way = 202 and two.userid <> one.userid)""")  # fmt: skip
    assert not offenders(clean, """
        from wecom_contacts join staff using (userid) where createtime >= left_at""")  # fmt: skip
    assert not offenders(clean, """
        from wecom_group_members join wecom_group_chats using (chat_id)
        where join_time < create_time or join_time >= dismissed_at or quit_time <= join_time""")  # fmt: skip
    assert not offenders(clean, """
        from touchpoints t where chat_id is not null and not exists (
            from wecom_group_members m where m.chat_id = t.chat_id and m.userid = t.external_userid
            and t.occurred_at between m.join_time and coalesce(m.quit_time, '2030-01-01'))""")  # fmt: skip
    counted, added = clean.execute("""
        select (select sum(new_contact_cnt) from wecom_staff_daily),
            (select count(*) from wecom_contacts where add_way <> 202)""").fetchone()  # fmt: skip
    assert counted == added
    # Who was lost may come back to the same member of staff: a second spell, after the first.
    spells = "select lead(createtime) over (partition by userid, external_userid order by createtime) as next_at, * from wecom_contacts"
    assert not offenders(clean, f"from ({spells}) where next_at <= deleted_at or (next_at is not null and deleted_at is null)")
    assert value(clean, f"select count(*) from ({spells}) where next_at is not null") > 5
    kinds = {kind for (kind,) in clean.execute("select distinct delete_type from wecom_contacts").fetchall()}
    assert kinds == {None, "del_follow_user", "del_external_contact", "transfer"}


def test_messages_go_only_to_members_who_were_reached(clean: duckdb.DuckDBPyConnection) -> None:
    assert not offenders(
        clean,
        """
        select customer_id, campaign_id from touchpoints where event_type like 'message_%' and campaign_id is not null
        except select customer_id, campaign_id from campaign_members where variant = 'treatment' and sent_status = 1""",
    )
    assert not offenders(clean, "from campaign_members where variant = 'holdout' and sent_status <> 0")
    statuses = {status for (status,) in clean.execute("select distinct sent_status from campaign_members").fetchall()}
    assert statuses == {0, 1, 2, 3}
    assert not offenders(clean, "from touchpoints where (event_type = 'review') <> (rating between 1 and 5)")


# --- dirt ------------------------------------------------------------------------------------------------------


def test_dirt_stands_beside_the_clean_rows(tmp_path: Path) -> None:
    asked = ("--customers", "300", "--touchpoints-per-customer", "15")
    clean = database(make(tmp_path / "clean", *asked, "--no-dirt"))
    dirty = database(make(tmp_path / "dirty", *asked))
    assert value(clean, "select count(*) from truth_dirt") == 0
    changed = {"customers": "gender", "wecom_contacts": "remark", "manual_tags": "tag_value"}  # dirt in place
    for table in raw_contract():
        columns = f"* exclude ({changed[table]})" if table in changed else "*"
        clean_rows = set(clean.execute(f"select {columns} from {table}").fetchall())
        rows = dirty.execute(f"select {columns} from {table}").fetchall()
        assert clean_rows <= set(rows), table
        added = value(dirty, f"""
            select count(*) from truth_dirt where table_name = '{table}'
            and kind not in ('late_row', 'awkward_text', 'shared_phone')
            and not (table_name = 'customers' and kind = 'unknown_code')""")  # fmt: skip
        assert len(rows) == len(clean_rows) + added, table
    assert value(dirty, "select count(*) from truth_dirt where kind = 'unparsable_date'") == 0


def test_each_kind_of_dirt_is_in_the_committed_files(dirty: duckdb.DuckDBPyConnection) -> None:
    def count(query: str, table: str, kind: str) -> None:
        listed = value(dirty, f"select count(*) from truth_dirt where table_name = '{table}' and kind = '{kind}'")
        assert value(dirty, f"select count(*) from {query}") == listed > 0, (table, kind)

    for table, time in (("orders", "ordered_at"), ("touchpoints", "occurred_at"), ("refunds", "refunded_at")):
        count(f"{table} where try_cast({time} as timestamp) is null", table, "unparsable_date")
        count(f"{table} where {time} like '1970-01-01%'", table, "date_1970")
        count(f"{table} where {time} like '2099-12-31%'", table, "date_2099")
    count("orders where order_amount like '-%'", "orders", "negative_amount")
    count("refunds where refund_amount like '-%'", "refunds", "negative_amount")
    count("order_items where unit_price like '-%'", "order_items", "negative_amount")
    count("orders where status = '待处理'", "orders", "unknown_code")
    count("touchpoints where event_type = 'scan_code'", "touchpoints", "unknown_code")
    count("order_items anti join orders using (order_id)", "order_items", "orphan")
    count("refunds anti join orders using (order_id)", "refunds", "orphan")
    count("""wecom_contacts where contains(remark, ',') or contains(remark, '"') or contains(remark, chr(10))""",
          "wecom_contacts", "awkward_text")  # fmt: skip
    count("(from orders group by all having count(*) > 1)", "orders", "exact_duplicate")
    count("(select order_id from (select distinct * from orders) group by order_id having count(*) > 1)",
          "orders", "same_key_other_content")  # fmt: skip
    order = [row[0] for row in dirty.execute("select order_id from orders where order_id < 'O9'").fetchall()]
    assert order != sorted(order)  # late rows


# --- the committed folder --------------------------------------------------------------------------------------


def test_committed_sample_is_what_its_command_makes(tmp_path: Path) -> None:
    line = re.search(r"^ +python -m workshop (sample .*)$", (COMMITTED / "README.md").read_text(encoding="utf-8"), re.M)
    arguments = shlex.split(line.group(1))[1:]
    arguments[arguments.index("--out") + 1] = str(tmp_path / "made")
    result = CliRunner().invoke(sample_command, arguments)
    assert result.exit_code == 0, result.output
    assert hashes(tmp_path / "made") == hashes(COMMITTED)
    assert result.output.strip().endswith("'")
    assert "dbt build --vars '{raw_path: " in result.output


def test_committed_sample_is_small() -> None:
    files = [path for path in COMMITTED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= MOST_BYTES


# --- the command -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--customers", "3"], "--customers must lie between"),
        (["--days", "5"], "--days must lie between"),
        (["--seed", "-1"], "--seed must not be negative"),
        (["--tables", "orders,carts"], "--tables names carts"),
        (["--orders-per-customer", "400"], "cannot be drawn over 540 days"),
        (["--touchpoints-per-customer", "-2"], "must not be negative"),
    ],
)
def test_bad_arguments_are_refused(tmp_path: Path, arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(sample_command, ["--out", str(tmp_path / "brand"), *arguments])
    assert result.exit_code == 2
    assert said in result.output
    assert not (tmp_path / "brand").exists()


def test_a_folder_with_content_is_kept_unless_forced(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    (tmp_path / "orders.csv").write_text("old")
    asked = ["--customers", "60", "--tables", "orders", "--out", str(tmp_path)]
    result = CliRunner().invoke(sample_command, asked)
    assert result.exit_code == 2
    assert "is not empty" in result.output
    assert CliRunner().invoke(sample_command, [*asked, "--force"]).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["note.txt", "orders.parquet", "truth"]


# --- the truth can be found again ------------------------------------------------------------------------------


def check_purchases(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Valid purchase days are those of the truth; their mean is what BG/NBD expects, within 3 standard errors."""
    days = """
        with refunded as (select order_id, sum(refund_amount - shipping_refund_amount) as refund_amount from refunds group by 1),
        valid as (
            select customer_id, cast(ordered_at + interval 8 hour as date) as order_date from orders
            left join refunded using (order_id)
            where paid_at is not null and status not in ('created', 'cancelled', 'closed')
                and order_amount - discount_amount - coupon_amount > coalesce(refund_amount, 0)
        ),
        owned as (
            select person_id, order_date from valid
            join truth_identifiers on identifier_kind = 'customer_id' and identifier = customer_id
        )
        select p.person_id, count(distinct order_date) as days, min(order_date) as first_date,
            any_value(repeat_purchase_days + 1) as least, any_value(repeat_purchase_days + 1 + extra_orders) as most,
            any_value(first_purchase_date) as true_first
        from truth_people p join owned using (person_id) where customer_id is not null group by 1"""
    assert not offenders(connection, f"from ({days}) where days not between least and most or first_date <> true_first")
    assert value(connection, f"select count(*) from ({days})") == value(connection, "select count(*) from truth_people where is_buyer")

    constants = json.loads((folder / "truth" / "constants.json").read_text(encoding="utf-8"))
    repeats, times = (
        np.array(column, float)
        for column in zip(*connection.execute("""
            select repeat_purchase_days, date_diff('day', first_purchase_date, date '2025-06-30')
            from truth_people where is_buyer""").fetchall(), strict=True)
    )  # fmt: skip
    # The expectation differs by person (their time), so the standard error is that of the differences.
    gap = repeats - expected_repeats(constants["alpha"], times)
    assert abs(gap.mean()) < 3 * gap.std() / np.sqrt(len(gap))

    used, price = connection.execute("""
        select avg((coupon_amount > 0)::int - price_sensitivity),
            stddev((coupon_amount > 0)::int - price_sensitivity) / sqrt(count(*))
        from orders join truth_people using (customer_id)""").fetchone()  # fmt: skip
    assert abs(used) < 3 * price


def test_purchases_follow_the_truth(clean: duckdb.DuckDBPyConnection, clean_folder: Path) -> None:
    check_purchases(clean, clean_folder)
    orders = value(clean, "select count(*) from orders")
    assert orders / 1500 == pytest.approx(10, rel=0.15)
    assert value(clean, "select count(*) from touchpoints") / 1500 == pytest.approx(25, rel=0.1)


@pytest.mark.slow
def test_truth_is_recovered_from_a_large_brand(tmp_path: Path) -> None:
    """100,000 customers: orders, identity and the hold-out effect of each kind of campaign."""
    folder = make(tmp_path / "brand", "--customers", "100000", "--no-dirt", "--touchpoints-per-customer", "12")
    connection = database(folder)
    assert value(connection, "select count(*) from orders") / 100_000 == pytest.approx(10, rel=0.03)
    check_purchases(connection, folder)
    check_identity(connection)
    dropouts, expected, variance = connection.execute("""
        select sum((dropped_date is not null)::int), sum(repeat_purchase_days * dropout_probability),
            sum(repeat_purchase_days * dropout_probability * (1 - dropout_probability))
        from truth_people where is_buyer""").fetchone()
    assert abs(dropouts - expected) < 3 * np.sqrt(variance)
    # Intention to treat: orders in the campaign's days, treatment against holdout, unsent and capped kept in.
    effects = connection.execute("""
        with members as (
            select m.*, cast(starts_at + interval 8 hour as date) as first_date,
                cast(ends_at + interval 8 hour as date) as last_date
            from campaign_members m join campaigns using (campaign_id)
        ),
        outcomes as (
            select m.campaign_id, m.customer_id, m.variant, count(o.order_id) as orders
            from members m left join orders o on o.customer_id = m.customer_id
                and cast(o.ordered_at + interval 8 hour as date) between first_date and last_date
            group by all
        ),
        arms as (
            select campaign_id, variant, avg(orders) as mean, var_samp(orders) / count(*) as variance
            from outcomes group by all
        )
        select t.campaign_id, t.mean - h.mean, sqrt(t.variance + h.variance), intention_to_treat_effect
        from arms t join arms h using (campaign_id) join truth_campaign_effects using (campaign_id)
        where t.variant = 'treatment' and h.variant = 'holdout'""").fetchall()
    assert len(effects) > 20
    scores = np.array([(estimate - true) / error for _, estimate, error, true in effects])
    # Each within 3 standard errors would fail one seed in thirteen by chance alone: all together within them.
    assert abs(scores.mean()) < 3 / np.sqrt(len(scores))
    assert np.abs(scores).max() < 4
