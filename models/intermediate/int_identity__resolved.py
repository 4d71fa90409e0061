from tagmart.identity import resolve


def model(dbt, session):
    dbt.config(materialized="table")
    links = dbt.ref("int_identity__links")
    return resolve(links.select("anchor, node").arrow())
