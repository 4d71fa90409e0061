"""How easy the house is to find one's way in, as numbers: counted from the files and from dbt's manifest.

project    models and macros as texts, and who calls a macro
counts     sizes: lines of macro per line of model, macros with queries, longest, median
ways       how many files a reader opens for a question, or edits for a new tag
command    all of them beside their limits
"""
