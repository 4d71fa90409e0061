"""Great Expectations, for what dbt's tests cannot say.

python -m workshop quality raw FOLDER           a delivery, before the build
python -m workshop quality mart FILE.duckdb     customer_tags: rules that no dbt test on it holds
python -m workshop quality drift FILE.duckdb    customer_tags: the newest as-of date beside the one before it
"""

import os

# Great Expectations reads this when it is first imported: a check of customer data sends nothing anywhere.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
