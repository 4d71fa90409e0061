from tagmart.identity import resolve


def model(dbt, session):
    dbt.config(materialized="table")
    max_customers = int(dbt.config.meta_get("max_customers"))
    links = dbt.ref("int_identity__links")
    return resolve(links.select("anchor, node, first_seen_date").arrow(), max_customers)
