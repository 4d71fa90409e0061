from tagmart.scoring.beta_binomial import fit_shares_by_date


def model(dbt, session):
    dbt.config(materialized="table")
    grouped = dbt.ref("fit_price_sensitivity__grouped")
    return fit_shares_by_date(grouped.order("as_of_date, share_kind, orders_count, with_count").arrow())
