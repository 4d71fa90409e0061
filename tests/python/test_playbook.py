"""The seeds that activation reads: the playbook, its channels and their rules, each with a fault that it must see."""

from __future__ import annotations

import re
import shutil

import duckdb
import jinja2
import pytest
import yaml
from click.testing import CliRunner
from conftest import PROJECT

from tagmart.contract import raw_contract
from tagmart.spark.raw_files import seed_rows
from workshop import playbook_docs

SEEDS = ["action_playbook", "contact_channels", "channel_touchpoints", "calendar_events"]
ROWS = {seed: playbook_docs.rows(PROJECT / f"seeds/{seed}.csv") for seed in SEEDS}
PLAYBOOK, SCHEMES = ROWS["action_playbook"], ("rfm", "aipl", "lifecycle", "journey", "price_attitude")
YAML = {seed["name"]: seed for seed in yaml.safe_load((PROJECT / "seeds/_seeds.yml").read_text(encoding="utf-8"))["seeds"]}


def definitions(preset: str) -> list[dict]:
    """The definitions at the top of the scheme models with this journey preset; crowds, which are made by macros, are left out."""
    settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))["vars"] | {"journey_preset": preset}
    files = [file for file in sorted((PROJECT / "models/segments").glob("segment_*.sql")) if "crowd" not in file.stem]
    tops = [re.match(r".*{% set definition %}.*?{% endset %}", file.read_text(encoding="utf-8"), re.DOTALL) for file in files]
    known = {"var": settings.__getitem__, "rfm_inputs": lambda: "as scored"}  # a text that no class depends on
    return [yaml.safe_load(jinja2.Template(top[0] + "{{ definition }}").render(known)) for top in tops if top]


@pytest.fixture(scope="module")
def classes() -> dict[str, set[str]]:
    """The classes of each scheme, those of every journey preset together."""
    found: dict[str, set[str]] = {}
    for scheme in [scheme for preset in ("ecommerce", "education", "high_ticket") for scheme in definitions(preset)]:
        found.setdefault(scheme["code"], set()).update(segment["code"] for segment in scheme["segments"])
    return found


def test_every_class_of_every_preset_has_an_action(classes):
    covered = {(row["scheme_code"], row["segment_code"]) for row in PLAYBOOK}
    assert len(classes["journey"]) == 15
    assert [(scheme, code) for scheme in SCHEMES for code in sorted(classes[scheme]) if (scheme, code) not in covered] == []


def test_actions_are_for_classes_that_exist(classes):
    assert [row["action_code"] for row in PLAYBOOK if row["segment_code"] not in classes.get(row["scheme_code"], ())] == []


def test_rules_name_classes_that_exist(classes):
    """A misspelt class in a rule binds nobody, and no data test would ever see it; the page lists who gets no coupon."""
    rules = {next(iter(test.values()))["name"]: next(iter(test.values()))["arguments"] for test in YAML["action_playbook"]["data_tests"]}
    withheld = re.findall(r"'(\w+)\.(\w+)'", rules["playbook_offers_no_coupon_to_who_buys_without"]["expression"])
    assert (
        rules["playbook_scores_whoever_bought"]["expression"].split("in (")[1]
        == rules["playbook_needs_no_score_of_who_never_bought"]["expression"].split("in (")[1]
    )
    unscored = re.findall(r"'(\w+)\.(\w+)'", rules["playbook_needs_no_score_of_who_never_bought"]["expression"])
    earlier = re.findall(r"'(\w+)\.(\w+)'", (PROJECT / "tests/seeds/coupons_are_the_last_resort.sql").read_text(encoding="utf-8"))
    assert (len(withheld), len(unscored), len(earlier)) == (15, 10, 2)
    assert [pair for pair in withheld + unscored + earlier if pair[1] not in classes[pair[0]]] == []
    assert set(withheld).isdisjoint(earlier)
    coupons = (PROJECT / "docs/playbook.md").read_text(encoding="utf-8").split("## Coupons")[1].split("- Elsewhere")[0]
    assert [code for pair in withheld for code in pair if not re.search(rf"\b{code}\b", coupons)] == []


def test_the_playbook_covers_its_kinds():
    """Offers, anchors, scores and touchpoints that the models know are all used, and the words are what they seem to be."""
    assert len(PLAYBOOK) >= 60
    assert {row["offer"] for row in PLAYBOOK} == {"none", "content", "points", "gift", "coupon", "service", "preview"}
    assert {row["anchor"] for row in PLAYBOOK} == {"none", "add", "order", "birthday", "launch", "promotion", "member_day"}
    assert {row["score"] for row in PLAYBOOK} == {"churn", "purchase", "one"}
    assert {row["touchpoint"] for row in PLAYBOOK} == {row["touchpoint"] for row in ROWS["channel_touchpoints"] if row["channel"]}
    for row in PLAYBOOK:
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", row["action_code"]), row["action_code"]
        assert all(re.search("[一-鿿]", row[name]) for name in ("objective_zh", "action_zh")), row["action_code"]
        assert not any(re.search("[一-鿿]", row[name]) for name in ("objective_en", "action_en")), row["action_code"]
    for name in ("objective_zh", "action_zh", "action_en"):
        within = [(row["scheme_code"], row["segment_code"], row[name]) for row in PLAYBOOK]
        assert len(set(within)) == len(within), f"Two actions of one class have the same {name}."


def test_the_page_is_what_the_seed_says():
    page = (PROJECT / "docs/playbook.md").read_text(encoding="utf-8")
    assert page == playbook_docs.page(page, PLAYBOOK), "docs/playbook.md is stale: run python -m workshop playbook-docs and commit it."


def test_the_page_says_days_and_shares_in_words():
    action = {
        "action_code": "ask", "scheme_code": "rfm", "segment_code": "prospect", "objective_en": "Hear | see", "objective_zh": "倾听", "offer": "coupon",
        "offer_share": ".125", "touchpoint": "sms", "cadence_days": "1", "anchor": "birthday", "day_offset": "-1", "position": "1",
    }  # fmt: skip
    others = [
        action | {"anchor": "order", "day_offset": "3"},
        action | {"anchor": "launch", "day_offset": "0"},
        action | {"anchor": "none", "offer_share": "0"},
    ]
    page = playbook_docs.page(f"Head\n{playbook_docs.BEGIN}old{playbook_docs.END}Tail", [action, *others])
    assert page.startswith(f"Head\n{playbook_docs.BEGIN}\n### rfm\n") and page.endswith(f"{playbook_docs.END}Tail") and "old" not in page
    assert "| `prospect` | 1 | `ask` | Hear \\| see | 倾听 | coupon, 12.5 % | sms | 1 day before: birthday | 1 day |" in page
    assert [when in page for when in ("| 3 days after: order |", "| on the day: launch |", "| coupon | sms | any day |")] == [True] * 3


def test_a_stale_page_is_refused(tmp_path, monkeypatch):
    for file in ("docs/playbook.md", "seeds/action_playbook.csv"):
        (tmp_path / file).parent.mkdir()
        shutil.copy(PROJECT / file, tmp_path / file)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(playbook_docs.playbook_docs_command, ["--check"]).exit_code == 0
    (tmp_path / "seeds/action_playbook.csv").write_text(
        (tmp_path / "seeds/action_playbook.csv").read_text("utf-8").replace("coupon,0.12", "coupon,0.13"), "utf-8"
    )
    refused = CliRunner().invoke(playbook_docs.playbook_docs_command, ["--check"])
    assert (refused.exit_code, refused.output) == (1, "docs/playbook.md is stale: run python -m workshop playbook-docs and commit it.\n")
    assert CliRunner().invoke(playbook_docs.playbook_docs_command).exit_code == 0
    assert "coupon, 13 %" in (tmp_path / "docs/playbook.md").read_text("utf-8")


def test_touchpoints_are_those_of_the_raw_contract():
    contract = raw_contract()["touchpoints"]["codes"]["touchpoint"]["values"]
    assert sorted(row["touchpoint"] for row in ROWS["channel_touchpoints"]) == sorted(contract)


def test_channels_have_places_one_to_n():
    assert sorted(int(row["preference"]) for row in ROWS["contact_channels"]) == list(range(1, 10))
    assert {row["channel"] for row in ROWS["channel_touchpoints"] if row["channel"]} == {row["channel"] for row in ROWS["contact_channels"]} - {
        "phone",
        "email",
    }
    assert {row["channel"] for row in ROWS["contact_channels"] if row["confirmed_by_staff"] == "true"} == {"wecom_chat"}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_column_is_described_and_typed(seed):
    columns = list(ROWS[seed][0])
    assert list(YAML[seed]["config"]["column_types"]) == columns
    assert {column["name"] for column in YAML[seed]["columns"] if column.get("description")} == set(columns)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_cell_is_read_otherwise_by_an_engine(seed):
    """dbt takes the word null for nothing, Spark's rows do not; blanks at an end, tabs and line ends are mistakes of an editor."""
    for row in ROWS[seed]:
        assert all(cell.lower() != "null" and cell == cell.strip() and not re.search(r"[\t\r\n\\]", cell) for cell in row.values()), row


# --- the data tests, each with a fault ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked(workshop, tmp_path_factory):
    """The seeds as dbt loads them, and {name: SQL} of their data tests, which pass."""
    chosen = " ".join(SEEDS)
    built = workshop.build(PROJECT / "data/sample", name="playbook", select=f"{chosen} scenes segment_definitions")
    assert built.success, built.text
    outcome = workshop.build(PROJECT / "data/sample", name="playbook", fresh=False, command="test", select=chosen, exclude="path:tests/activation")
    assert outcome.success, outcome.text
    compiled = workshop.target / "compiled/tagmart"
    files = [*(compiled / "tests/seeds").glob("*.sql"), *(compiled / "seeds/_seeds.yml").glob("*.sql")]
    copy = tmp_path_factory.mktemp("playbook") / "brand.duckdb"
    shutil.copy(built.database, copy)
    return copy, {file.stem: file.read_text(encoding="utf-8") for file in files}


def failing(asked, fault: str) -> set[str]:
    """The data tests that return rows once `fault` has been done to the seeds; what it did is undone."""
    database, tests = asked
    with duckdb.connect(str(database)) as connection:
        connection.execute("begin")
        connection.execute(fault)
        found = {name for name, sql in tests.items() if connection.execute(sql).fetchall()}
        connection.execute("rollback")
    return found


P, CALENDAR = "seeds.action_playbook", "seeds.calendar_events"
PUSHED = f"update {P} set position = position + 1 where scheme_code = 'lifecycle' and segment_code = 'lost'; update {P} set position = 1 where action_code = 'lost_coupon'"
FAULTS = {
    f"delete from {P} where segment_code = 'newbie'": {"every_class_has_an_action"},
    f"update {P} set segment_code = 'newby' where segment_code = 'growing' and position = 4": {
        "actions_are_for_known_classes",
        "actions_have_places_without_gaps",
    },
    f"update {P} set segment_code = 'pupil', score = 'purchase' where segment_code = 'trial'": {"playbook_passes"},
    f"update {P} set touchpoint = 'store' where action_code = 'lost_story'": {"actions_go_over_channels"},
    f"delete from {P} where action_code = 'lost_story'": {"actions_have_places_without_gaps", "coupons_are_the_last_resort"},
    f"update {P} set position = 5 where action_code = 'neutral_stories'": {"actions_have_places_without_gaps"},
    f"update {P} set position = 1 where action_code = 'neutral_stories'": {"actions_have_places_without_gaps", "playbook_has_one_action_per_place"},
    PUSHED: {"coupons_are_the_last_resort"},
    f"update {P} set offer = 'none' where action_code in ('lost_story')": {"coupons_are_the_last_resort"},
    f"update {P} set offer = 'coupon', offer_share = .1 where action_code = 'neutral_stories'": {
        "playbook_offers_no_coupon_to_who_buys_without",
        "coupons_are_the_last_resort",
    },
    f"update {P} set offer = 'coupon', offer_share = .1 where action_code = 'promotion_lover_first_wave'": {"playbook_passes"},
    f"update {P} set offer_share = 0 where action_code = 'lost_coupon'": {"playbook_gives_away_what_its_offers_cost"},
    f"update {P} set offer_share = 1.01 where action_code = 'lost_coupon'": {"playbook_gives_away_what_its_offers_cost"},
    f"update {P} set offer_share = .01 where action_code = 'lost_story'": {"playbook_gives_away_what_its_offers_cost"},
    f"update {P} set offer_share = .01 where action_code = 'lost_launch'": {"playbook_gives_away_what_its_offers_cost"},
    f"update {P} set offer_share = null where action_code = 'lost_story'": {"playbook_gives_away_what_its_offers_cost"},
    f"update {P} set offer_share = 0 where action_code = 'koc_care'": {"playbook_passes"},
    f"update {P} set day_offset = null where action_code = 'lost_launch'": {"playbook_counts_days_from_an_anchor"},
    f"update {P} set day_offset = 0 where action_code = 'lost_story'": {"playbook_counts_days_from_an_anchor"},
    f"update {P} set prior_uplift = 0 where action_code = 'lost_story'": {"playbook_uplifts_are_shares"},
    f"update {P} set prior_uplift = 1 where action_code = 'lost_story'": {"playbook_passes"},
    f"update {P} set prior_uplift = 1.001 where action_code = 'lost_story'": {"playbook_uplifts_are_shares"},
    f"update {P} set cadence_days = 0 where action_code = 'lost_story'": {"playbook_pauses_between_repeats"},
    f"update {P} set cadence_days = 401 where action_code = 'lost_story'": {"playbook_pauses_between_repeats"},
    f"update {P} set score = 'purchase' where action_code = 'lead_welcome'": {"playbook_needs_no_score_of_who_never_bought"},
    f"update {P} set score = 'one' where action_code = 'loyal_community'": {"playbook_scores_whoever_bought"},
    f"update {P} set action_zh = ' ' where action_code = 'lost_story'": {"playbook_speaks_two_languages"},
    f"update {P} set objective_en = null where action_code = 'lost_story'": {"playbook_speaks_two_languages"},
    f"update {P} set scene = 'moonlight' where action_code = 'lost_story'": {"playbook_scenes_are_known"},
    f"update {P} set action_code = 'lost_story' where action_code = 'lost_launch'": {"unique_action_playbook_action_code"},
    "update seeds.contact_channels set weekly_cap = -1 where channel = 'sms'": {"channels_have_a_cap"},
    "update seeds.contact_channels set weekly_cap = null where channel = 'sms'": {"channels_have_a_cap"},
    "update seeds.contact_channels set weekly_cap = 0 where channel = 'sms'": {"playbook_passes"},
    "update seeds.contact_channels set unit_cost_amount = -0.01 where channel = 'sms'": {"channels_have_a_cost"},
    "update seeds.contact_channels set preference = 1 where channel = 'sms'": {"channels_have_places_of_their_own"},
    "update seeds.channel_touchpoints set channel = 'pigeon' where touchpoint = 'store'": {"touchpoints_go_over_known_channels"},
    f"update {CALENDAR} set ends_on = starts_on - 1 where event_code = 'double_11_2025'": {"calendar_events_end_after_they_start"},
    f"update {CALENDAR} set ends_on = date '2026-01-02' where event_code = 'member_day_2025_12'": {"playbook_passes"},
    f"update {CALENDAR} set ends_on = date '2026-01-08' where event_code = 'member_day_2025_12'": {"calendar_events_of_a_kind_do_not_overlap"},
}


@pytest.mark.parametrize(("fault", "seen_by"), FAULTS.items(), ids=range(len(FAULTS)))
def test_each_rule_sees_its_fault(asked, fault, seen_by):
    assert failing(asked, fault) == seen_by - {"playbook_passes"}


@pytest.mark.parametrize("column", ["offer", "anchor", "score"])
def test_unknown_codes_are_seen(asked, column):
    """Names of tests on accepted values are hashes; anchor and offer bind other rules too."""
    found = failing(asked, f"update {P} set {column} = 'voucher' where action_code = 'koc_care'")
    assert [name for name in found if name.startswith("accepted_values_action_playboo")]


@pytest.mark.parametrize("seed", SEEDS)
def test_dbt_loads_what_spark_reads(asked, seed):
    """Cells as tagmart.spark reads them, an empty one as nothing, cast by the declared types, are the rows that dbt loads."""
    types = YAML[seed]["config"]["column_types"]
    cells = [[cell or None for cell in row.values()] for row in seed_rows(None, str(PROJECT / f"seeds/{seed}.csv"))]
    with duckdb.connect(str(asked[0]), read_only=True) as connection:
        loaded = connection.execute(f"select * from seeds.{seed}").fetchall()
    with duckdb.connect() as connection:
        connection.execute(f"create table cells ({', '.join(f'{name} varchar' for name in types)})")
        connection.executemany(f"insert into cells values ({', '.join('?' * len(types))})", cells)
        read = connection.execute(f"select {', '.join(f'cast({name} as {type_})' for name, type_ in types.items())} from cells").fetchall()
    assert len(read) == len(ROWS[seed]) and sorted(map(repr, loaded)) == sorted(map(repr, read))
