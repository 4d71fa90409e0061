"""`tagmart check`: proves of each segment scheme that every customer of its population is in exactly one class.

schemes, manifest   read definitions: from a YAML file, from dbt's manifest (and parse the project for it)
types, terms        what a column holds; SQL values as z3 terms with NULL; three-valued logic
space               the customer: one variable a column
translate           SQL of a rule -> term; comparisons, numbers, dates and calls are its parts
prove, example      gaps, overlaps, unreachable rules, each with the simplest customer that shows it
mend, changes       the smallest change of one threshold that would make the scheme provable
report, command     for people, for CI
"""
