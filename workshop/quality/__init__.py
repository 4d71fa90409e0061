"""Great Expectations suites over the raw tables and over `customer_tags`, and their runner.

python -m workshop quality raw FOLDER
python -m workshop quality mart FILE.duckdb
"""

import os

# Great Expectations reads this when it is first imported: a check of customer data sends nothing anywhere.
os.environ["GX_ANALYTICS_ENABLED"] = "false"
