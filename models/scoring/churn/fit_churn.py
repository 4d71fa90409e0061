from tagmart.engines import rows_of, table_for
from tagmart.scoring.churn import fit_churn_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    grouped = dbt.ref("fit_churn__grouped")
    order = "as_of_date, silence_logit_30d, silence_logit_90d, recency, frequency, age, overdue, one_time, active_days_7d, active_days_15d"
    return table_for(session, fit_churn_by_date(rows_of(grouped, order_by=order)))
