from tagmart.scoring.churn import fit_churn_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    grouped = dbt.ref("fit_churn__grouped")
    order = "as_of_date, silence_logit_30d, silence_logit_90d, recency, frequency, age, overdue, one_time, active_days_7d, active_days_15d"
    return fit_churn_by_date(grouped.order(order).arrow())
