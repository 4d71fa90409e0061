from tagmart.engines import rows_of, table_for
from tagmart.scoring.fits import fit_btyd_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    grouped = dbt.ref("fit_btyd__grouped")
    return table_for(session, fit_btyd_by_date(rows_of(grouped, order_by="as_of_date, repeat_days_count, recency_days, age_days")))
