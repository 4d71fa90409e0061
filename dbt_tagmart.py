"""dbt imports every top-level module whose name begins with `dbt_` when it starts: here it gets what dbt-spark lacks (tagmart.spark)."""

from importlib.util import find_spec

if find_spec("dbt.adapters.spark"):
    from tagmart.spark.adapter import extend

    extend()
