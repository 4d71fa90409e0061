"""The public marts of scoring say what their columns are; dbt holds only those of SQL models to it, this test the Python ones."""

from __future__ import annotations

import pyarrow as pa
import pytest
import yaml
from conftest import PROJECT

from tagmart.scoring import beta_binomial, churn, fits

SCORING = PROJECT / "models" / "scoring"
TYPES = {
    pa.date32(): "date",
    pa.string(): "varchar",
    pa.bool_(): "boolean",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float64(): "double",
}
PYTHON_MARTS = {
    "fit_btyd": fits.BTYD_SCHEMA,
    "fit_gamma_gamma": fits.GAMMA_GAMMA_SCHEMA,
    "fit_churn": churn.SCHEMA,
    "fit_price_sensitivity": beta_binomial.SCHEMA,
}


def described() -> dict[str, dict]:
    models = {}
    for file in sorted(SCORING.rglob("*.yml")):
        (model,) = yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
        assert model["name"] == file.stem, f"{file.name} describes {model['name']}"
        models[model["name"]] = model
    return models


def test_each_model_has_its_own_yaml_and_says_who_may_read_it():
    models = described()
    assert set(models) == {file.stem for file in [*SCORING.rglob("*.sql"), *SCORING.rglob("*.py")]}
    assert {name for name, model in models.items() if model.get("access") not in ("public", "private")} == set()
    assert all(model["description"].startswith("One row per ") for model in models.values())


def test_public_sql_marts_promise_their_columns_and_python_ones_cannot():
    """When dbt accepts contracts of Python models, fit_*.py get one and the next test goes."""
    promised = {name for name, model in described().items() if model.get("config", {}).get("contract", {}).get("enforced")}
    public = {name for name, model in described().items() if model["access"] == "public"}
    assert public - promised == set(PYTHON_MARTS)
    for name in public:
        for column in described()[name]["columns"]:
            meta = column["config"]["meta"]
            assert column["data_type"] and column["description"] and meta["name_en"] and meta["name_zh"], (name, column["name"])


@pytest.mark.parametrize("name", PYTHON_MARTS)
def test_python_marts_have_the_columns_of_their_yaml(name):
    """What the function returns is what dbt stores: names, types and order."""
    columns = [(column["name"], column["data_type"]) for column in described()[name]["columns"]]
    assert [(field.name, TYPES[field.type]) for field in PYTHON_MARTS[name]] == columns
