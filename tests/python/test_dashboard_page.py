"""The page in a browser: what stands on the screen is what MetricFlow and SQL say, in two languages, with no request and no error."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from browsers import ARGUMENTS, chromium
from click.testing import CliRunner
from conftest import PROJECT
from metric_queries import Metrics

from tagmart.cli import main

DATABASE = PROJECT / "target/tagmart.duckdb"
VIEWS = ["overview", "classes", "flows", "value", "revenue", "campaigns", "contacts", "channels", "tags", "scores"]
DATE = "2025-06-30"
pytestmark = [
    pytest.mark.skipif(not DATABASE.is_file(), reason="target/tagmart.duckdb is not there: run make build first."),
    pytest.mark.skipif(chromium() is None, reason="No Chromium: make test installs one where npm is, and TAGMART_CHROMIUM names another."),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    from playwright.sync_api import sync_playwright

    out = tmp_path_factory.mktemp("dashboard") / "page.html"
    ran = CliRunner().invoke(main, ["dashboard", str(out), "--database", str(DATABASE)])
    assert ran.exit_code == 0, ran.output
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.requests, page.errors, page.address = [], [], out.as_uri()
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.errors.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        yield page
        browser.close()


def show(page, **state: str) -> None:
    page.goto(page.address + "#" + "&".join(f"{key}={value}" for key, value in state.items()))
    page.wait_for_selector("main section")


def numbers(page, figure: str) -> list[list[str]]:
    """The cells of a figure's table."""
    return page.eval_on_selector_all(f"#{figure} tbody tr", "lines => lines.map(line => [...line.cells].map(cell => cell.textContent))")


def test_every_view_in_both_languages(page):
    for language in ("en", "zh"):
        for view in VIEWS:
            show(page, view=view, lang=language)
            figures = page.eval_on_selector_all(
                "main figure", "all => all.map(one => [one.id, one.querySelectorAll('table, .empty').length, one.querySelectorAll('.chart').length])"
            )
            assert figures and all(told == 1 for _, told, _ in figures), figures
            charts = page.eval_on_selector_all(".chart", "all => all.map(one => [one.getAttribute('aria-label'), one.querySelectorAll('path').length])")
            assert all(label and paths for label, paths in charts), (view, charts)
            assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("[...tagmart.missing]") == []
    assert page.errors == []
    assert {address.split("#")[0] for address in page.requests} == {page.address}


def test_numbers_of_the_overview_are_those_of_the_metrics(page):
    metrics = Metrics.of_built_sample(PROJECT)
    names = ["customers", "buyers", "repurchase_rate", "active_customers_30d", "wecom_customers", "net_amount_365d"]
    show(page, view="overview")
    shown = {name: page.get_attribute(f"#kpi-{name} b", "title") for name in names}
    assert len(names) == len(shown)
    for name in names:
        (value,) = metrics.query([name])[0]
        assert shown[name] == {"repurchase_rate": f"{value:.1%}", "net_amount_365d": f"{value:,.2f}"}.get(name, f"{value:,}"), name
    (month,) = [row for row in numbers(page, "periods") if row[:2] == ["2025-06", "2025-05"]]
    (sales,) = metrics.query(["net_amount"], where=["{{ TimeDimension('metric_time', 'month') }} = '2025-06-01'"])[0]
    assert month[2] == f"{sales:,.2f}"


def test_filters_are_exact(page):
    show(page, view="classes")
    page.select_option("#choose-scheme", "value_level")
    page.wait_for_function("location.hash.includes('value_level')")
    page.select_option("#choose-channel", "douyin_ad")
    page.wait_for_function("location.hash.includes('douyin_ad')")
    sql = """select name_en, count(*), count(*) filter (where orders_count > 0), sum(net_amount_365d)
        from tags.customer_tags join segments.customer_segments using (customer_id, as_of_date) join segments.segment_definitions using (scheme_code, segment_code)
        where as_of_date = ? and scheme_code = 'value_level' and source_channel = 'douyin_ad' group by all"""
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        expected = {name: (f"{customers:,}", f"{buyers:,}", f"{amount:,.2f}") for name, customers, buyers, amount in connection.execute(sql, [DATE]).fetchall()}
    found = {row[0]: (row[1], row[4], row[5]) for row in numbers(page, "sizes")}
    assert len(found) > 2 and {name: row for name, row in found.items() if name in expected}.items() <= expected.items()
    assert sum(int(row[1].replace(",", "")) for row in numbers(page, "sizes")) == sum(int(row[0].replace(",", "")) for row in expected.values())
    page.select_option("#choose-class", index=1)
    page.wait_for_function("location.hash.includes('class=')")
    assert len(numbers(page, "sizes")) == 1
    page.select_option("#choose-date", "2025-05-31")
    page.wait_for_function("location.hash.includes('2025-05-31')")
    assert "2025-05-31" in page.inner_text("#sizes .note")
    page.reload()
    assert page.input_value("#choose-channel") == "douyin_ad" and page.input_value("#choose-date") == "2025-05-31"


def test_links_of_the_flow_add_up_to_the_sizes(page):
    show(page, view="flows", scheme="aipl")
    links = page.evaluate("echarts.getInstanceByDom(document.querySelector('#flow .chart')).getOption().series[0].links")
    into = {}
    for link in links:
        into[link["target"]] = into.get(link["target"], 0) + link["value"]
    with duckdb.connect(str(DATABASE), read_only=True) as connection:
        sizes = connection.execute(
            "select name_en, customers_count from segments.segment_sizes join segments.segment_definitions using (scheme_code, segment_code) where scheme_code = 'aipl' and as_of_date = ?",
            [DATE],
        ).fetchall()
    said = {name: count for name, count in sizes if f"{name} · {DATE}" in into}
    assert len(said) > 2 and said == {name: into[f"{name} · {DATE}"] for name in said}


def test_names_are_text_in_tips_too(page, tmp_path):
    name = next(row["campaign_name"] for row in page.evaluate("tagmart.rows('campaigns')") if row["scheme_code"] == "all" and row["status"] == "measured")
    bad = '<img src=x onerror="window.hit = 1">'
    text = Path(page.address.removeprefix("file://")).read_text(encoding="utf-8")
    there = tmp_path / "bad.html"
    there.write_text(text.replace(json.dumps(name, ensure_ascii=False), json.dumps(bad).replace("<", "\\u003c")), encoding="utf-8")
    page.goto(there.as_uri() + "#view=campaigns")
    page.evaluate("echarts.getInstanceByDom(document.querySelector('#uplift .chart')).dispatchAction({type: 'showTip', seriesIndex: 0, dataIndex: 0})")
    page.wait_for_function("document.body.innerText.includes('<img src=x')")
    assert page.evaluate("document.images.length") == 0 and page.evaluate("window.hit") is None


def test_keyboard_and_print(page):
    show(page, view="overview")
    page.focus("#tab-overview")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#tab-classes[aria-selected=true]")
    assert page.evaluate("document.activeElement.id") == "tab-classes"
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#tab-overview[aria-selected=true]")
    page.evaluate("tagmart.showAll()")
    assert page.eval_on_selector_all("main section", "all => all.length") == len(VIEWS)
    page.emulate_media(media="print")
    assert not page.is_visible("#tabs") and page.is_visible("#head-scores")
    page.emulate_media(media="screen")
    assert page.errors == []
