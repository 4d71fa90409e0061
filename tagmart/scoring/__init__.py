"""Scoring kernels: plain functions of numpy arrays, on grouped data, so that ten million customers fit a laptop.

    groups         sufficient statistics (x, t_x, T, customers_count) in one canonical order
    maximise       damped Newton ascent in logarithms, with standard errors
    btyd           BG/NBD and MBG/NBD: likelihood, fit, choice between the two
    expectation    what a fitted BTYD model says of a customer: alive, purchases to come, none to come
    gamma_gamma    Gamma-Gamma: what a purchase is worth
    outcome        the status of a fit: converged, or why not, as a sentence
"""
