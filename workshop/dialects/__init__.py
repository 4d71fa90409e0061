"""Whether the SQL of models and data tests is the SQL that DuckDB and Spark share; neither Spark nor Java is needed.

compiled       every model and data test as text, in DuckDB's spelling and in Spark's, from one run of dbt on DuckDB
spark_macros   what dbt-spark's own macros write, and what Python answers on Spark
reading        one text parsed by sqlglot: the functions it calls and the constructs that engines take differently
tokens, trees  the constructs, each with the sentence what to write instead
judging        two texts of one model: what stands in both an author wrote, what stands in one a macro of cross_db did
functions.csv  the functions that may be called: in both, or in the spelling of one engine
command        `python -m workshop dialects`
"""
