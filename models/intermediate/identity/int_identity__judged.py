from tagmart.engines import rows_of, table_for
from tagmart.identity import resolve


def model(dbt, session):
    dbt.config(materialized="table")
    max_customers = int(dbt.config.meta_get("max_customers"))
    links = dbt.ref("int_identity__links")
    return table_for(session, resolve(rows_of(links, "anchor, node, first_seen_date"), max_customers))
