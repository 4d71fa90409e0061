"""An independent reference: tags and RFM computed from the definitions, one customer and one as-of date at a time.

It shares no code with the models: plain loops over the raw rows, no SQL, no difference encoding, no incremental state.
A brand is `{table: [row]}`, a row is `{column: value}` with UTC datetimes without a time zone.
"""

from reference.identity import People, business_date, newest_date_of
from reference.rfm import segment_rfm
from reference.tags import as_of_dates, customer_tags

__all__ = ["People", "as_of_dates", "business_date", "customer_tags", "newest_date_of", "segment_rfm"]
