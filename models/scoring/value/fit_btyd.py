from tagmart.scoring.fits import fit_btyd_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    grouped = dbt.ref("fit_btyd__grouped")
    return fit_btyd_by_date(grouped.order("as_of_date, repeat_days_count, recency_days, age_days").arrow())
