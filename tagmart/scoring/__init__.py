"""Scoring kernels: plain functions of numpy arrays, on grouped data, so that ten million customers fit a laptop.

groups         sufficient statistics (x, t_x, T, customers_count) in one canonical order
maximise       Newton ascent in logarithms, with standard errors
dropout        when customers stop: the laws behind BG/NBD, MBG/NBD and their limits
likelihood     of repeat buying, with any of these laws
edge           ascents, and the limits where there is no maximum
btyd           BG/NBD and MBG/NBD: fit, choice between the two
expectation    what a fitted BTYD model says of a customer: alive, purchases to come, none to come
quadrature     integrals over a beta density
gamma_gamma    Gamma-Gamma: what a purchase is worth; gamma_gamma_likelihood
fits, outlook  the tables of the models fit_btyd, fit_gamma_gamma and fit_btyd__outlook
tables         between dbt's Python models and the kernels
outcome        the status of a fit: converged, or why not, as a sentence
"""
