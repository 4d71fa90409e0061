from tagmart.engines import rows_of, table_for
from tagmart.scoring.beta_binomial import fit_shares_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    grouped = dbt.ref("fit_price_sensitivity__grouped")
    return table_for(session, fit_shares_by_date(rows_of(grouped, order_by="as_of_date, share_kind, orders_count, with_count")))
