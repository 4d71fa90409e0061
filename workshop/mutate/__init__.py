"""`make mutate`: small faults put into the SQL of history, tags and segments one by one; some check must notice each.

places, operators   which characters of a template are SQL, and what can stand in their place
mutants             every mutant of the project, by name; a choice of them
copies, workspace   copies of the project with a small built brand, so that the checkout stays as it is; dbt on them
checks, scope       the checks that a mutant can touch, cheapest first, up to the one that fails
reference           the marts of the brand beside the plain-Python reference of tests/support
report, command     what survived and why; how it is run
"""
