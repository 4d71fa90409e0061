"""The sample brand: twenty raw tables of a Chinese pet-food brand, drawn from known truth.

One direction, one module a step:
plan (sizes, dates, random streams) -> calendar, catalogue (what the brand has) -> pace (how fast people buy) -> people (who) ->
purchases, members (what they decide) -> orders, baskets, contacts, groups, touches, sessions, permissions (what is
recorded) -> dirt (what goes wrong on the way) -> writer (files). `generate` runs the steps.

Inside the package times are int64 seconds of Shanghai wall-clock time since 1970-01-01, days are whole
days since 1970-01-01, money is int64 cents. Files hold UTC times and decimals with two digits.
"""
