from tagmart.engines import rows_of, table_for
from tagmart.scoring.fits import fit_gamma_gamma_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    grouped = dbt.ref("fit_gamma_gamma__grouped")
    columns = "as_of_date, repeat_days_count, customers_count, cast(repeat_amount as double) as repeat_amount"
    return table_for(session, fit_gamma_gamma_by_date(rows_of(grouped, columns, "as_of_date, repeat_days_count, value_step")))
