"""What Superset shows, over its REST API: a bundle goes in, the numbers of its charts come out."""

from __future__ import annotations

import json

import click
import httpx

from workshop.superset.server import USER, Superset


class Refused(click.ClickException):
    """Superset's own sentence for what it did not do."""


class Api:
    """Asks as the administrator; every answer that is no success is a Refused."""

    def __init__(self, server: Superset):
        self.client = httpx.Client(base_url=f"{server.url}/api/v1/", timeout=300)
        token = self.ask("POST", "security/login", json={"username": USER, "password": server.password, "provider": "db", "refresh": False})["access_token"]
        self.client.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, **given) -> dict:
        answer = self.client.request(method, path, **given)
        if answer.is_error:
            raise Refused(f"Superset refused {method} {path} with {answer.status_code}: {answer.text[:500]}")
        return answer.json()

    def import_bundle(self, packed: bytes, database: str, password: str) -> None:
        """Import a zip file of a dashboard as its import page does, over what is there; `database` is its file in it."""
        given = {"passwords": json.dumps({database: password}), "overwrite": "true"}
        self.ask("POST", "dashboard/import/", files={"formData": ("tagmart.zip", packed, "application/zip")}, data=given)

    def charts(self, dashboard: str) -> dict[str, int]:
        """{name: id} of the charts of a dashboard, by its slug."""
        return {chart["slice_name"]: chart["id"] for chart in self.ask("GET", f"dashboard/{dashboard}/charts")["result"]}

    def rows(self, chart: int) -> list[dict]:
        """The rows that a chart shows, each by column and metric; dates are milliseconds since 1970."""
        described = self.ask("GET", f"chart/{chart}")["result"]
        params = json.loads(described["params"])
        number, kind = params["datasource"].split("__")
        asked = {"datasource": {"id": int(number), "type": kind}, "queries": [query_of(params)], "result_format": "json", "result_type": "full"}
        [answer] = self.ask("POST", "chart/data", json=asked)["result"]
        if answer.get("error"):
            raise Refused(f"Superset could not read the chart {described['slice_name']}: {answer['error']}")
        return answer["data"]


def query_of(params: dict) -> dict:
    """The query that a browser makes of a chart's settings, for the kinds of charts in the bundle."""
    axis = params.get("x_axis")
    dated = {"columnType": "BASE_AXIS", "expressionType": "SQL", "label": axis, "sqlExpression": axis, "timeGrain": params.get("time_grain_sqla")}
    metrics = params["metrics"] if "metrics" in params else [params["metric"]]
    filters = [{"col": one["subject"], "op": one["operator"], "val": one.get("comparator")} for one in params["adhoc_filters"]]
    columns = ([dated] if axis else []) + params.get("groupby", [])
    return {"columns": columns, "metrics": metrics, "filters": filters, "row_limit": params.get("row_limit"), "orderby": [], "extras": {}}
