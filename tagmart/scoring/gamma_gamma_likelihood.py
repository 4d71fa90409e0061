"""The likelihood of Gamma-Gamma; see gamma_gamma. Of a customer with x purchases of mean value m:

ln L = ln G(px+q) - ln G(px) - ln G(q) + q ln gamma + (px-1) ln m + px ln x - (px+q) ln(gamma + x m)
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln, polygamma

from tagmart.scoring.maximise import Objective


def log_likelihood(x: np.ndarray, m: np.ndarray, n: np.ndarray) -> Objective:
    """Return the function (p, q, gamma) -> log-likelihood, gradient (3,), Hessian (3, 3), all analytic."""
    xs, x_at = np.unique(x, return_inverse=True)
    n_x = np.bincount(x_at, n, len(xs))
    total, value = n.sum(), x * m
    log_m_x = np.bincount(x_at, n * np.log(m), len(xs))

    def value_gradient_hessian(parameters: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        p, q, gamma = parameters
        scale = gamma + value
        log_x = np.bincount(x_at, n * np.log(scale), len(xs))
        inverse_x = np.bincount(x_at, n / scale, len(xs))
        inverse_2_x = np.bincount(x_at, n / scale**2, len(xs))
        px = p * xs
        likelihood = (n_x * (gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(gamma) + px * np.log(xs)) + (px - 1) * log_m_x - (px + q) * log_x).sum()
        gradient = np.array(
            [
                (xs * (n_x * (digamma(px + q) - digamma(px) + np.log(xs)) + log_m_x - log_x)).sum(),
                (n_x * (digamma(px + q) - digamma(q) + np.log(gamma)) - log_x).sum(),
                total * q / gamma - ((px + q) * inverse_x).sum(),
            ]
        )
        both = polygamma(1, px + q)
        pp, pq = (n_x * xs**2 * (both - polygamma(1, px))).sum(), (n_x * xs * both).sum()
        qq, p_gamma = (n_x * (both - polygamma(1, q))).sum(), -(xs * inverse_x).sum()
        q_gamma, gamma_2 = total / gamma - inverse_x.sum(), ((px + q) * inverse_2_x).sum() - total * q / gamma**2
        return float(likelihood), gradient, np.array([[pp, pq, p_gamma], [pq, qq, q_gamma], [p_gamma, q_gamma, gamma_2]])

    return value_gradient_hessian
