"""House rules that no linter knows: sizes and counts, no wall clock, one place for engine differences, layers, the workshop apart."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT
from setuptools import find_packages

from tagmart.contract import raw_contract
from workshop import tag_docs
from workshop.cli import COMMANDS, main
from workshop.house import counts, ways
from workshop.house.command import LIMITS, house
from workshop.house.project import Project
from workshop.layers import violations

MODELS = sorted((PROJECT / "models").rglob("*.sql"))
MACROS = sorted((PROJECT / "macros").rglob("*.sql"))
WALL_CLOCK = re.compile(r"\b(current_date|current_timestamp|now\(\)|today\(\)|localtimestamp)\b", re.IGNORECASE)
CAST = re.compile(r"[\w)'\"]::[a-z]", re.IGNORECASE)
LONGEST, WIDEST = 120, 160


def faults(file: Path) -> list[str]:
    """What the house does not allow in a model or a macro."""
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    wide = [number for number, line in enumerate(lines, 1) if len(line) > WIDEST]
    found = {
        f"{len(lines)} lines: split it": len(lines) > LONGEST,
        f"lines over {WIDEST} columns: {wide}": wide,
        "it reads the wall clock": WALL_CLOCK.search(text),
        "it branches by engine: use macros/cross_db": "target.type" in text and "cross_db" not in file.parts,
        "it casts with `::`: use cast()": CAST.search(text),
    }
    return [sentence for sentence, is_so in found.items() if is_so]


@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_models_are_short_and_timeless(model):
    assert faults(model) == []
    assert not re.search(r"\bqualify\b|\barg_max\b|quantile_cont", model.read_text(encoding="utf-8")), f"{model.name} is not portable SQL."


def test_macros_are_short_and_timeless():
    assert {path.name: faults(path) for path in MACROS if faults(path)} == {}


def test_the_house_keeps_its_counts(workshop):
    """`python -m workshop house` prints them with the names behind them."""
    counted = house(PROJECT, workshop.manifest())
    assert {name: count for name, count in counted.items() if count.value > LIMITS[name]} == {}


SMALL = {
    "models/tags/customer_tags.sql": "select\n    *,\n    orders_count_90d / 2 as half\nfrom {{ ref('customer_tags__orders') }}\n",
    "models/tags/customer_tags__orders.sql": "select\ncoalesce(orders_count_90d, 0) as orders_count_90d\nfrom {{ ref('int_measured') }}\n",
    "models/intermediate/int_measured.sql": """{# calls once() #}
with {{ twice() }},
rows_read as ({{ written() }} from {{ ref('int_read') }}),
windowed as ({% for n in [90] %}count(x) as {{ 'orders_count' ~ n }}{% endfor %} from rows_read),
beside as (select * from {{ ref('int_beside') }})
select * from windowed join beside
""",
    "models/intermediate/int_beside.sql": "select 1",
    "models/intermediate/int_read.sql": "-- it is not orders_count_90d\n{{ twice() }} {{ once() }} {{ once() }}\n" + "x" * 161,
    "macros/a.sql": "{% macro once() %}\nwith one as (\n select 1\n)\n{% endmacro %}\n{% macro default__once() %}{{ 1 }}{% endmacro %}",
    "macros/c.sql": "{% macro written() %}select 1{% endmacro %}",
    "macros/b.sql": "{% macro twice() %}\n{{ name }}_two as (\n select 1\n)\n window w as (order by 1)\n{% endmacro %}",
}


def small_house(root: Path) -> dict:
    """A project of five models and four macros, and its manifest."""
    for file, text in SMALL.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    reads = {"customer_tags": ["customer_tags__orders"], "customer_tags__orders": ["int_measured"], "int_measured": ["int_read", "int_beside"]}
    nodes = {}
    for file in SMALL:
        name = Path(file).stem
        if file.startswith("models"):
            nodes[f"model.p.{name}"] = {
                "resource_type": "model",
                "name": name,
                "package_name": "p",
                "original_file_path": file,
                "raw_code": SMALL[file],
                "columns": {},
            }
            called = ["macro.p.twice", "macro.p.written"] if name == "int_measured" else []
            nodes[f"model.p.{name}"]["depends_on"] = {"nodes": [f"model.p.{read}" for read in reads.get(name, [])], "macros": called}
    nodes["model.p.customer_tags"]["columns"] = {"orders_count_90d": {}}
    macros = {
        f"macro.p.{name}": {"name": name, "package_name": "p", "original_file_path": file, "macro_sql": SMALL[file], "depends_on": {"macros": []}}
        for name, file in (("twice", "macros/b.sql"), ("written", "macros/c.sql"))
    }
    return {"nodes": nodes, "macros": macros, "sources": {}}


def test_sizes_are_counted_as_they_say(tmp_path):
    small_house(tmp_path)
    project = Project(tmp_path)
    assert counts.macro_share(project) == round(13 / 17, 3)
    assert {macro.name: project.callers(macro) for macro in project.macros} == {
        "once": ["models/intermediate/int_read.sql"],
        "default__once": ["models/intermediate/int_read.sql"],
        "twice": ["models/intermediate/int_measured.sql", "models/intermediate/int_read.sql"],
        "written": ["models/intermediate/int_measured.sql"],
    }
    assert counts.hidden_queries(project) == ["once (macros/a.sql)"]
    assert counts.longest(project.models) == (6, "models/intermediate/int_measured.sql")
    assert counts.median_model_lines(project) == 3
    assert counts.wide_lines(project) == ["models/intermediate/int_read.sql:3"]


def test_ways_are_counted_as_they_say(tmp_path):
    files = ways.files_of_a_column(small_house(tmp_path))
    assert files == [
        "models/tags/customer_tags__orders.sql",
        "models/intermediate/int_measured.sql",
        "models/intermediate/int_read.sql",
        "macros/c.sql",
    ]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/definitions.md").write_text("`one_tag`, and another_one_tag elsewhere")
    (tmp_path / "docs/other.md").write_text("another_one_tag")
    assert ways.files_of_a_tag(tmp_path, "one_tag") == ["docs/definitions.md"]


def test_way_to_a_rejection_is_counted_as_it_says():
    """Rules in the source's YAML and in a macro that another one calls; neither names of columns nor kinds of lost values are rules."""

    def macro(sql, *called):
        return {
            "package_name": "p",
            "original_file_path": f"macros/{sql[:3]}.sql",
            "macro_sql": sql,
            "depends_on": {"macros": [f"macro.p.{name}" for name in called]},
        }

    def accepts(model, *values):
        return {"resource_type": "test", "test_metadata": {"name": "accepted_values", "kwargs": {"values": [*values]}}, "attached_node": f"model.p.{model}"}

    named = {"config": {"meta": {}}, "columns": {"a": {"meta": {"name_en": "A"}}}}
    judged = {
        "resource_type": "model", "name": "stg_touchpoints__checked", "package_name": "p", "original_file_path": "models/j.sql", "patch_path": "p://models/j.yml",
        "depends_on": {"nodes": ["source.p.raw.touchpoints"], "macros": ["macro.p.one"]}, **named,
    }  # fmt: skip
    manifest = {
        "nodes": {"j": judged, "r": accepts("stg_rejected_rows", "unknown_code", "orphan"), "l": accepts("stg_value_losses", "unknown_code")},
        "macros": {
            "macro.p.one": macro("one calls two", "two", "six"),
            "macro.p.two": macro("two then 'unknown_code:a'"),
            "macro.p.six": macro("six then 'unknown_code'"),
        },
        "sources": {"source.p.raw.touchpoints": {**named, "config": {"meta": {"needs": ["a"]}}, "original_file_path": "models/s.yml"}},
    }
    assert ways.files_of_a_rejection(manifest) == ["models/j.sql", "models/s.yml", "macros/two.sql"]


def imported(file: Path) -> set[str]:
    """The packages that a Python file imports, anywhere in it."""
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    names = [
        name
        for node in tree
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names] if isinstance(node, ast.Import) else [])
    ]
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("folder", ["tagmart", "models"])
def test_the_product_never_imports_the_workshop(folder):
    files = sorted((PROJECT / folder).rglob("*.py"))
    assert files
    assert [file.name for file in files if imported(file) & {"workshop", "tests", "great_expectations"}] == []


def test_no_command_pays_for_what_another_needs():
    """Help, a wrong path and the commands of `make lint` answer at once: in a process of its own, what they import."""
    light, heavy = ["layers", "segment-docs", "house", "quality"], ["great_expectations", "numpy", "scipy", "duckdb", "dbt", "pyarrow"]
    script = f"import sys; from workshop.cli import main; [main.get_command(None, name) for name in {light}]; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_command_of_the_workshop_is_there():
    assert {name: main.get_command(None, name).name for name in COMMANDS} == {name: name for name in COMMANDS}


def test_the_wheel_holds_the_product_alone():
    settings = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r"\[tool\.setuptools\.packages\.find\]\ninclude = (\[.*?\])", settings)
    packages = find_packages(str(PROJECT), include=ast.literal_eval(found[1]))
    assert "tagmart.check" in packages
    assert {package.split(".")[0] for package in packages} == {"tagmart"}


def test_definitions_name_every_raw_column():
    """A new input says on docs/definitions.md what it means."""
    page = (PROJECT / "docs/definitions.md").read_text(encoding="utf-8")
    page = page[page.index("## Inputs") : page.index("## Tags")]
    inputs = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert set(inputs) == set(raw_contract())
    assert [
        f"{table}.{column}" for table, rules in raw_contract().items() for column in rules["columns"] if column not in re.findall(r"\w+", inputs[table])
    ] == []


def test_definitions_name_every_tag(workshop):
    page = (PROJECT / "docs/definitions.md").read_text(encoding="utf-8")
    assert page == tag_docs.page(page, workshop.manifest()), "docs/definitions.md is stale: run python -m workshop tag-docs and commit it."


def manifest(*models):
    """A small manifest; a model is (name, folder, access, [names it reads])."""
    return {
        "nodes": {
            f"model.tagmart.{name}": {
                "resource_type": "model",
                "name": name,
                "fqn": ["tagmart", folder, name],
                "group": folder,
                "access": access,
                "depends_on": {"nodes": [f"model.tagmart.{read}" if "." not in read else read for read in reads]},
            }
            for name, folder, access, reads in models
        }
    }


STG = ("stg_orders", "staging", "protected", ["source.tagmart.raw.orders"])
INT = ("int_orders", "intermediate", "protected", ["stg_orders"])
EVENTS = ("int_touches", "intermediate", "public", ["stg_orders"])
TAGS = ("customer_tags", "tags", "public", ["int_orders", "int_touches"])


def test_layers_accept_what_points_right():
    assert violations(manifest(STG, INT, EVENTS, TAGS, ("segment_a", "segments", "protected", ["customer_tags", "int_touches"]))) == []


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        (("stg_bad", "staging", "protected", ["int_orders"]), "lies to its right"),
        (("segment_b", "segments", "protected", ["int_orders"]), "past the tag mart"),
        (("segment_c", "segments", "protected", ["stg_orders"]), "past the tag mart"),
        (("int_raw", "intermediate", "protected", ["source.tagmart.raw.orders"]), "only staging may"),
        (("lost", "drawer", "protected", []), "which is no layer"),
    ],
)
def test_layers_refuse_what_points_back(model, sentence):
    found = violations(manifest(STG, INT, EVENTS, TAGS, model))
    assert len(found) == 1 and sentence in found[0] and model[0] in found[0]
