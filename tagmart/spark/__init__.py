"""Spark as the engine: what dbt-spark lacks (adapter, python_models), and raw files as Spark reads them (raw_files).

Nothing else of the package imports pyspark: it comes with requirements-spark.txt only.
"""
