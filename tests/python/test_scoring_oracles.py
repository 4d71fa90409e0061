"""tagmart/scoring against lifetimes and pymc-marketing: the same likelihood, and the same scores of the same parameters.

Needs `pip install -r requirements-oracles.txt`. With flat priors (HalfFlat) the most probable parameters of pymc-marketing
are the likeliest ones. Its optimiser stops early: a hundredth of a standard error is what may be asked of it.
"""

from __future__ import annotations

import warnings
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pytest

from tagmart.scoring import gamma_gamma_likelihood
from tagmart.scoring.btyd import PARAMETERS, SURVIVED_AT_FIRST, fit_model
from tagmart.scoring.dropout import MODELS
from tagmart.scoring.expectation import expected_purchases, p_alive
from tagmart.scoring.gamma_gamma import expected_amount, fit_gamma_gamma
from tagmart.scoring.groups import purchase_groups
from tagmart.scoring.likelihood import log_likelihood

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def lifetimes():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("lifetimes", reason="lifetimes is not installed: pip install -r requirements-oracles.txt")


@pytest.fixture(scope="module")
def pymc_marketing():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("pymc_marketing.clv", reason="pymc-marketing is not installed: pip install -r requirements-oracles.txt")


@pytest.fixture(scope="module")
def cdnow(shared_data) -> dict:
    file = shared_data / "cdnow/cdnow_customers_summary_with_transactions.parquet"
    with duckdb.connect() as connection:
        return connection.execute(f"select x, t_x, T, zbar as m from read_parquet('{file}')").fetchnumpy()


@pytest.fixture(scope="module", params=sorted(SURVIVED_AT_FIRST))
def both(request, lifetimes, cdnow):
    """Our fit and theirs."""
    theirs = {"bg_nbd": lifetimes.BetaGeoFitter, "mbg_nbd": lifetimes.ModifiedBetaGeoFitter}[request.param](penalizer_coef=0)
    theirs.fit(cdnow["x"], cdnow["t_x"], cdnow["T"], tol=1e-7)
    return fit_model(purchase_groups(cdnow["x"], cdnow["t_x"], cdnow["T"]), request.param), theirs


def test_likelihood_is_the_same_and_ours_no_lower(both, cdnow):
    fit, theirs = both
    objective = log_likelihood(purchase_groups(cdnow["x"], cdnow["t_x"], cdnow["T"]), MODELS[fit.model])
    parameters = theirs.params_[["r", "alpha", "a", "b"]].to_numpy()
    at_theirs = objective(parameters)[0]
    # Their mean negative log-likelihood, of logarithms, in our unit of time (they fit in one of their own).
    customers = len(cdnow["x"])
    mean = theirs._negative_log_likelihood(np.log(parameters), cdnow["x"].astype(float), cdnow["t_x"], cdnow["T"], np.ones(customers), 0.0)
    assert at_theirs == pytest.approx(-customers * mean, abs=1e-6)
    assert fit.log_likelihood >= at_theirs - 1e-9
    assert parameters == pytest.approx([fit.r, fit.alpha, fit.a, fit.b], rel=1e-3)


def test_scores_of_our_parameters_are_the_same(both, cdnow):
    fit, theirs = both
    for name in ("r", "alpha", "a", "b"):
        theirs.params_[name] = getattr(fit, name)
    x, t_x, T = cdnow["x"].astype(float), cdnow["t_x"], cdnow["T"]
    assert p_alive(fit, x, t_x, T) == pytest.approx(np.asarray(theirs.conditional_probability_alive(x, t_x, T)), rel=1e-9)
    expected = np.asarray(theirs.conditional_expected_number_of_purchases_up_to_time(39, x, t_x, T))
    assert expected_purchases(fit, x, t_x, T, 39) == pytest.approx(expected, rel=1e-7)


def test_gamma_gamma_is_the_same(lifetimes, cdnow):
    again = cdnow["x"] > 0
    x, m = cdnow["x"][again].astype(float), cdnow["m"][again]
    theirs = lifetimes.GammaGammaFitter(penalizer_coef=0).fit(x, m, tol=1e-7)
    fit = fit_gamma_gamma(x, m)
    assert theirs.params_[["p", "q", "v"]].to_numpy() == pytest.approx([fit.p, fit.q, fit.gamma], rel=1e-3)
    theirs.params_["p"], theirs.params_["q"], theirs.params_["v"] = fit.p, fit.q, fit.gamma
    amounts = np.asarray(theirs.conditional_expected_average_profit(x, m))
    assert expected_amount(fit, x, m) == pytest.approx(amounts, rel=1e-12)


def most_probable(kind, data, names: tuple[str, ...]) -> tuple[object, np.ndarray, float]:
    """Fit a model of pymc-marketing with flat priors; the model, its parameters and their log-likelihood."""
    from pymc_extras.prior import Prior

    theirs = kind(data=data, model_config={name: Prior("HalfFlat") for name in names})
    theirs.fit(method="map", progressbar=False)
    parameters = np.array([float(theirs.idata.posterior[name].to_numpy().ravel()[0]) for name in names])
    log_probability = theirs.model.compile_logp(jacobian=False)({f"{name}_log__": np.log(value) for name, value in zip(names, parameters, strict=True)})
    return theirs, parameters, float(log_probability)


@pytest.mark.parametrize("model", sorted(SURVIVED_AT_FIRST))
def test_pymc_marketing_finds_the_same_maximum_and_scores(pymc_marketing, cdnow, model):
    kind = {"bg_nbd": pymc_marketing.BetaGeoModel, "mbg_nbd": pymc_marketing.ModifiedBetaGeoModel}[model]
    data = pd.DataFrame({"customer_id": np.arange(len(cdnow["x"])), "frequency": cdnow["x"].astype(float), "recency": cdnow["t_x"], "T": cdnow["T"]})
    theirs, parameters, at_theirs = most_probable(kind, data, PARAMETERS)
    groups = purchase_groups(cdnow["x"], cdnow["t_x"], cdnow["T"])
    fit = fit_model(groups, model)
    assert log_likelihood(groups, MODELS[model])(parameters)[0] == pytest.approx(at_theirs, abs=1e-6)
    assert at_theirs - 1e-9 <= fit.log_likelihood <= at_theirs + 1e-3
    for name, value in zip(PARAMETERS, parameters, strict=True):
        assert abs(getattr(fit, name) - value) < 0.01 * getattr(fit, name + "_se"), name
    same = replace(fit, **dict(zip(PARAMETERS, parameters, strict=True)))
    x, t_x, T = cdnow["x"], cdnow["t_x"], cdnow["T"]
    assert p_alive(same, x, t_x, T) == pytest.approx(theirs.expected_probability_alive(data=data).to_numpy().ravel(), rel=1e-8)
    assert expected_purchases(same, x, t_x, T, 39) == pytest.approx(theirs.expected_purchases(data=data, future_t=39).to_numpy().ravel(), rel=1e-6)


def test_pymc_marketing_finds_the_same_gamma_gamma(pymc_marketing, cdnow):
    again = cdnow["x"] > 0
    x, m = cdnow["x"][again].astype(float), cdnow["m"][again]
    data = pd.DataFrame({"customer_id": np.arange(len(x)), "frequency": x, "monetary_value": m})
    theirs, parameters, at_theirs = most_probable(pymc_marketing.GammaGammaModel, data, ("p", "q", "v"))
    fit = fit_gamma_gamma(x, m)
    assert gamma_gamma_likelihood.log_likelihood(x, m, np.ones(len(x)))(parameters)[0] == pytest.approx(at_theirs, abs=1e-6)
    assert at_theirs - 1e-9 <= fit.log_likelihood <= at_theirs + 1e-3
    for name, value in zip(("p", "q", "gamma"), parameters, strict=True):
        assert abs(getattr(fit, name) - value) < 0.01 * getattr(fit, name + "_se"), name
    same = replace(fit, **dict(zip(("p", "q", "gamma"), parameters, strict=True)))
    assert expected_amount(same, x, m) == pytest.approx(theirs.expected_customer_spend(data=data).to_numpy().ravel(), rel=1e-8)
